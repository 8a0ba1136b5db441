"""The roster as a spreadsheet that people edit together: written from units.csv, read back into it.

units.csv stays what everything else reads: what people type counts only once it was read back,
checked, and the file written.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from cchc_gforms.errors import CchcError
from cchc_gforms.google.client import Google
from cchc_gforms.google.registry import Registry, create_spreadsheet, roster_tags
from cchc_gforms.regime.model import Regime

_TAB = 0  # the tab that a new spreadsheet comes with
_SPARE_ROWS = 200
_TEXT = {"userEnteredFormat": {"numberFormat": {"type": "TEXT"}}}


def title(regime: Regime) -> str:
    """What the spreadsheet is called."""
    return f"{regime.name} – Danh sách đơn vị"


def push(google: Google, regime: Regime, table: Sequence[Sequence[str]]) -> str:
    """Writes the table (its header first) over the spreadsheet, made if there is none; its id.

    All cells are text, so that 0042 stays 0042 and a date stays as it was typed.
    """
    found = Registry.look_up(google, regime.identity).roster()
    tags = roster_tags(regime.identity)
    id = found.id if found else create_spreadsheet(google, name=title(regime), tags=tags)
    http = google.sheets.http_client
    now = http.fetch_sheet_metadata(id)["sheets"][0]["properties"]
    http.batch_update(id, {"requests": _requests(table, now)})
    return id


def pull(google: Google, regime: Regime) -> list[list[str]]:
    """The table as people left it; CchcError when there is no such spreadsheet."""
    found = Registry.look_up(google, regime.identity).roster()
    if found is None:
        raise CchcError(
            "chưa có trang tính danh sách đơn vị", "chạy `cchc regime roster push` để tạo"
        )
    http = google.sheets.http_client
    tab = http.fetch_sheet_metadata(found.id)["sheets"][0]["properties"]["title"]
    quoted = "'{}'".format(tab.replace("'", "''"))
    answer = http.values_get(found.id, quoted, {"valueRenderOption": "FORMATTED_VALUE"})
    return [[str(cell) for cell in row] for row in answer.get("values", [])]


def _requests(table: Sequence[Sequence[str]], now: dict[str, Any]) -> list[dict[str, Any]]:
    width, height = len(table[0]), len(table) + _SPARE_ROWS
    tab = now.get("sheetId", _TAB)
    grid = now["gridProperties"]
    size = {
        "rowCount": max(height, grid["rowCount"]),
        "columnCount": max(width, grid["columnCount"]),
        "frozenRowCount": 1,
    }
    everywhere = {"sheetId": tab, "startRowIndex": 0, "startColumnIndex": 0}
    return [
        {
            "updateSheetProperties": {
                "properties": {"sheetId": tab, "gridProperties": size},
                "fields": "gridProperties(rowCount,columnCount,frozenRowCount)",
            }
        },
        {
            "updateCells": {
                "range": everywhere,
                "rows": [
                    {"values": [{"userEnteredValue": {"stringValue": text}} for text in row]}
                    for row in table
                ],
                "fields": "userEnteredValue",
            }
        },
        {
            "repeatCell": {
                "range": {"sheetId": tab},
                "cell": _TEXT,
                "fields": "userEnteredFormat.numberFormat",
            }
        },
    ]
