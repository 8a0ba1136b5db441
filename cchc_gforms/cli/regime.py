"""`cchc regime`: who owes what and by when, as the files in forms_spec say."""

from __future__ import annotations

import click

from cchc_gforms.cli.regime_calendar import calendar
from cchc_gforms.cli.regime_check import check
from cchc_gforms.cli.regime_roster import roster


@click.group()
def regime() -> None:
    """Chế độ báo cáo: ai nộp gì, trước ngày nào, theo các tệp trong forms_spec."""


for _command in (check, calendar, roster):
    regime.add_command(_command)
