"""The ledger as CSV: UTF-8 with BOM, so that Excel reads the letters."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pandas as pd

from cchc_gforms.dashboard.columns import LEDGER, NUMBER, Value, table
from cchc_gforms.errors import CchcError
from cchc_gforms.ledger.row import Ledger
from cchc_gforms.regime.year import ReportingYear

# A spreadsheet program would run what follows; Excel takes the full-width ones too.
_ACTIVE = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def write_csv(ledger: Ledger, year: ReportingYear, path: Path) -> None:
    """One line a row, dates dd/MM/yyyy in the regime's zone; nothing acts as a formula.

    CchcError when the file cannot be written.
    """
    rows = [
        [number, *(_text(value, year.zone) for value in values)]
        for number, values in enumerate(table(ledger, year), start=1)
    ]
    titles = [NUMBER, *(column.title for column in LEDGER)]
    frame = pd.DataFrame(rows, columns=titles, dtype=object)
    try:
        frame.to_csv(path, index=False, encoding="utf-8-sig")
    except OSError as error:
        raise CchcError(
            f"không ghi được {path} ({error.strerror or error})",
            "đóng tệp đó nếu đang mở trong Excel, hoặc chọn nơi khác",
        ) from error


def _text(value: Value, zone: ZoneInfo) -> str | int | float | None:
    if isinstance(value, datetime):
        return value.astimezone(zone).strftime("%d/%m/%Y %H:%M:%S")
    if isinstance(value, date):
        return value.strftime("%d/%m/%Y")
    if isinstance(value, str) and value.startswith(_ACTIVE):
        return f"'{value}"
    return value
