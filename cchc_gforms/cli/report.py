"""`cchc report`: letters made of the ledger."""

from __future__ import annotations

import click

from cchc_gforms.cli.report_notice import notice


@click.group()
def report() -> None:
    """Văn bản lập từ sổ theo dõi: thông báo kết quả gửi các trường."""


report.add_command(notice)
