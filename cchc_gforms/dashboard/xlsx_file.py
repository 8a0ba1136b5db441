"""The dashboard as an Excel file: dates are dates, text stays text, charts are Excel's own.

Filter views and slicers are left out: Excel has them only for its own tables.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

from xlsxwriter import Workbook as File

from cchc_gforms.dashboard.workbook import Tab, Workbook
from cchc_gforms.dashboard.xlsx_looks import FONT, Formats
from cchc_gforms.dashboard.xlsx_sheet import Sheet
from cchc_gforms.foreign_text import in_file

_OPTIONS: Final = {
    "constant_memory": True,  # rows go to the disk as they come
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "default_format_properties": {"font_name": FONT, "font_size": 10},
}


def write_xlsx(workbook: Workbook, path: Path) -> None:
    """One sheet a tab. OSError when the file cannot be written."""
    zone = ZoneInfo(workbook.zone)
    with path.open("wb") as target, File(target, dict(_OPTIONS)) as file:
        file.set_properties({"title": workbook.title})
        formats, named = Formats(file), list(_named(workbook.tabs))
        names = {tab.key: name for name, tab in named}
        for name, tab in named:
            Sheet(file, file.add_worksheet(name), tab, formats, zone, names).write()


def sheet_name(title: str, taken: Collection[str]) -> str:
    """A title as Excel allows it: 31 characters, none of []:*?/\\, no apostrophe at an end, and no
    other sheet of that name."""
    plain = re.sub(r"[\[\]:*?/\\]", " ", in_file(title)).strip("' ") or "Trang"
    others = {name.casefold() for name in (*taken, "History")}
    name, number = plain[:31], 1
    while name.casefold() in others:
        number += 1
        end = f" {number}"
        name = plain[: 31 - len(end)] + end
    return name


def _named(tabs: Iterable[Tab]) -> Iterator[tuple[str, Tab]]:
    taken: list[str] = []
    for tab in tabs:
        taken.append(sheet_name(tab.title, taken))
        yield taken[-1], tab
