"""`cchc ledger`: who owes what, and who sent it when."""

from __future__ import annotations

import click

from cchc_gforms.cli.ledger_diff import diff
from cchc_gforms.cli.ledger_explain import explain
from cchc_gforms.cli.ledger_missing import missing
from cchc_gforms.cli.ledger_news import news
from cchc_gforms.cli.ledger_rates import rates
from cchc_gforms.cli.ledger_scores import scores
from cchc_gforms.cli.ledger_show import show


@click.group()
def ledger() -> None:
    """Sổ theo dõi: ai đã nộp, đúng hạn hay trễ hạn, bị chuyển trả mấy lần."""


for _command in (show, explain, rates, missing, diff, news, scores):
    ledger.add_command(_command)
