"""The dashboard as CSV, a file a tab: UTF-8 with BOM, so that Excel reads the letters."""

from __future__ import annotations

import csv
import unicodedata
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from cchc_gforms.dashboard.workbook import Aged, Content, Jump, Link, Sparkline, Tab, Workbook
from cchc_gforms.foreign_text import in_csv


def write_csv_folder(workbook: Workbook, folder: Path) -> tuple[Path, ...]:
    """The files written: one a tab, in a folder made if need be. OSError when one cannot be
    written."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = tuple(folder / f"{plain_name(tab.title)}.csv" for tab in workbook.tabs)
    for tab, path in zip(workbook.tabs, paths, strict=True):
        write_csv(tab, ZoneInfo(workbook.zone), path)
    return paths


def write_csv(tab: Tab, zone: ZoneInfo, path: Path) -> None:
    """Dates dd/MM/yyyy in the zone, links as their address; nothing acts as a formula."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows([_text(value, zone) for value in row] for row in _rows(tab))


def plain_name(title: str) -> str:
    """Sổ theo dõi: so-theo-doi."""
    letters = unicodedata.normalize("NFD", title.casefold().replace("đ", "d"))
    kept = (letter if letter.isascii() and letter.isalnum() else " " for letter in letters
            if not unicodedata.combining(letter))  # fmt: skip
    return "-".join("".join(kept).split())


def _rows(tab: Tab) -> Iterator[Sequence[Content]]:
    """Of a table no line above its header, else no empty one: programs read these files too."""
    head = tab.head[-1:] if tab.filtered else tab.head
    for row in head:
        values = [cell.value for cell in row]
        if any(value is not None for value in values):
            yield values
    yield from tab.body


def _text(value: Content, zone: ZoneInfo) -> str | int | float | None:
    if isinstance(value, Link):
        return in_csv(value.address)
    if isinstance(value, Jump):
        return in_csv(value.text)
    if isinstance(value, Aged):
        return in_csv(value.fresh)
    if isinstance(value, Sparkline):
        return None
    if isinstance(value, datetime):
        return value.astimezone(zone).strftime("%d/%m/%Y %H:%M:%S")
    if isinstance(value, date):
        return value.strftime("%d/%m/%Y")
    return in_csv(value) if isinstance(value, str) else value
