"""The ledger as CSV: UTF-8 with BOM, so that Excel reads the letters."""

from __future__ import annotations

import csv
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from cchc_gforms.dashboard.columns import LEDGER, Value, table
from cchc_gforms.ledger.row import Ledger
from cchc_gforms.regime.year import ReportingYear

_ACTIVE = ("=", "+", "-", "@", "\t", "\r")  # a spreadsheet program would run what follows


def write_csv(ledger: Ledger, year: ReportingYear, path: Path) -> None:
    """One line a row, dates dd/MM/yyyy in the regime's zone; nothing acts as a formula."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow([column.title for column in LEDGER])
        for values in table(ledger, year):
            writer.writerow([_text(value, year.zone) for value in values])


def _text(value: Value, zone: ZoneInfo) -> str | int | float | None:
    if isinstance(value, datetime):
        return value.astimezone(zone).strftime("%d/%m/%Y %H:%M:%S")
    if isinstance(value, date):
        return value.strftime("%d/%m/%Y")
    if isinstance(value, str) and value.startswith(_ACTIVE):
        return f"'{value}"
    return value
