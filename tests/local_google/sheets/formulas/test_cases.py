"""The cases of `cases.txt`, each computed in a workbook of its own."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from cchc_gforms.local_google.sheets import a1, defaults
from cchc_gforms.local_google.sheets.error_values import SHOWN
from cchc_gforms.local_google.sheets.formulas.shown import calculated
from cchc_gforms.local_google.sheets.workbook import Sheet, Workbook

NOW = datetime(2026, 11, 24, 10, tzinfo=UTC)
FILE = Path(__file__).with_name("cases.txt")
_CELL = re.compile(r"([A-Z]+[0-9]+): (.*)")


@dataclass
class Group:
    """`cells` by tab and name, as they are written in the file."""

    title: str
    locale: str = "en_US"
    cells: dict[tuple[str, str], Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Case:
    group: Group
    cell: str
    formula: str
    expected: str


def read() -> Iterator[Case]:
    group, tab = Group(""), "Sheet1"
    for line in FILE.read_text("utf-8").splitlines():
        if line.startswith("## "):
            group, tab = Group(line[3:]), "Sheet1"
        elif not line or line.startswith("# ") or line == "#":
            continue
        elif line.startswith("@ "):
            group.locale = line[2:]
        elif line.startswith("["):
            tab = line.strip("[]")
        else:
            match = _CELL.fullmatch(line)
            cell, rest = (match[1], match[2]) if match else ("H50", line)
            formula, arrow, expected = rest.rpartition(" -> ")
            if arrow:
                yield Case(group, cell, formula, expected)
            else:
                text = expected
                group.cells[tab, cell] = text if text.startswith("=") else json.loads(text)


def workbook_of(case: Case) -> Workbook:
    properties = defaults.spreadsheet_properties("x", case.group.locale, "Asia/Ho_Chi_Minh")
    titles = list(dict.fromkeys(["Sheet1", *(tab for tab, _ in case.group.cells)]))
    sheets = [
        Sheet({"properties": defaults.sheet_properties(number, title)})
        for number, title in enumerate(titles)
    ]
    workbook = Workbook("x", properties, sheets)
    for (tab, name), value in {**case.group.cells, ("Sheet1", case.cell): case.formula}.items():
        sheet, area = a1.located(workbook, f"'{tab}'!{name}")
        if value != "":
            sheet.put(area.top, area.left, {"userEnteredValue": entered(value)})
    return workbook


def entered(value: Any) -> dict[str, Any]:
    if isinstance(value, bool):
        return {"boolValue": value}
    if isinstance(value, str):
        return {"formulaValue" if value.startswith("=") else "stringValue": value}
    return {"numberValue": value}


def plain(value: dict[str, Any]) -> Any:
    """An ExtendedValue as the file writes it."""
    if "errorValue" in value:
        return SHOWN[value["errorValue"]["type"]]
    return next(iter(value.values()), None)


def near(value: Any) -> Any:
    number = isinstance(value, int | float) and not isinstance(value, bool)
    return pytest.approx(value, rel=1e-12, abs=1e-12) if number else value


CASES = list(read())


def test_no_case_is_lost_in_reading() -> None:
    lines = FILE.read_text("utf-8").splitlines()
    assert len(CASES) == sum(" -> " in line for line in lines if not line.startswith("#"))


@pytest.mark.parametrize("case", CASES, ids=[f"{one.group.title}: {one.formula}" for one in CASES])
def test_a_formula_gives(case: Case) -> None:
    workbook = workbook_of(case)
    sheet, area = a1.located(workbook, f"Sheet1!{case.cell}")
    made = calculated(workbook, NOW).sheet(sheet.sheet_id)
    found = plain(made.cell(area.top, area.left)["effectiveValue"])
    if case.expected.startswith("#"):
        assert found == case.expected
        return
    expected = None if case.expected == "blank" else json.loads(case.expected)
    if not isinstance(expected, list):
        assert found == near(expected)
        assert type(found) is bool or not isinstance(expected, bool)
        return
    for down, line in enumerate(expected):
        for across, value in enumerate(line):
            cell = made.cell(area.top + down, area.left + across)
            assert plain(cell["effectiveValue"]) == near(value)
    last_row, last_column = area.top + len(expected), area.left + len(expected[0])
    assert "effectiveValue" not in made.cell(last_row, area.left)
    assert "effectiveValue" not in made.cell(area.top, last_column)
