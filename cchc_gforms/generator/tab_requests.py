"""The tab that lists the forms: from the Spreadsheet resource, and to batchUpdate requests.

Google's own names stand here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

FIELDS = "properties(locale,timeZone),sheets.properties(sheetId,title)"
"""What has to be known of the spreadsheet."""

_SHEET_ID = 260_000_001  # ours for good, whatever a person calls the tab


def titles_of(spreadsheet: Mapping[str, Any]) -> tuple[frozenset[str], str | None]:
    """The titles of all tabs, and that of ours, None when there is none."""
    properties = [one["properties"] for one in spreadsheet["sheets"]]
    titles = {one["sheetId"]: str(one["title"]) for one in properties}
    return frozenset(titles.values()), titles.get(_SHEET_ID)


def add_tab(title: str) -> dict[str, Any]:
    grid = {"frozenRowCount": 1}
    properties = {"sheetId": _SHEET_ID, "title": title, "gridProperties": grid}
    return {"addSheet": {"properties": properties}}


def write_lines(lines: Sequence[Sequence[str]], most: int) -> dict[str, Any]:
    """All lines of the tab, the first as its header; of `most` those left over are emptied. A text
    that looks like a formula stays a text."""
    bold: dict[str, Any] = {"userEnteredFormat": {"textFormat": {"bold": True}}}
    rows: list[list[dict[str, Any]]] = [
        [{"userEnteredValue": {"stringValue": text}} if text else {} for text in line]
        for line in lines
    ]
    rows[0] = [{**cell, **bold} for cell in rows[0]]
    area = {
        "sheetId": _SHEET_ID, "startRowIndex": 0, "endRowIndex": most,
        "startColumnIndex": 0, "endColumnIndex": len(lines[0]),
    }  # fmt: skip
    values = [{"values": row} for row in rows]
    fields = "userEnteredValue,userEnteredFormat.textFormat.bold"
    return {"updateCells": {"range": area, "rows": values, "fields": fields}}
