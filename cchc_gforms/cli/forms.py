"""`cchc forms`: the forms of a year."""

from __future__ import annotations

import click

from cchc_gforms.cli.forms_apply import apply
from cchc_gforms.cli.forms_plan import plan


@click.group()
def forms() -> None:
    """Tạo, cập nhật, phát hành và theo dõi các biểu mẫu của một năm."""


for _command in (plan, apply):
    forms.add_command(_command)
