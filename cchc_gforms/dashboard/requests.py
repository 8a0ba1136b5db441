"""A workbook as one atomic spreadsheets.batchUpdate against what the spreadsheet is now.

Google's own names stand here, and nowhere else in this room. Ids are derived from keys, so a
second publish updates what the first made. Text goes as `stringValue` only: an answer that looks
like a formula stays text (facts C, Values).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from cchc_gforms.dashboard.columns import Value
from cchc_gforms.dashboard.workbook import Cell, Chart, Rule, Style, Tab, Workbook
from cchc_gforms.google.registry import settle

Request = dict[str, Any]

_EPOCH = date(1899, 12, 30)
_LONGEST = 50_000  # characters in a cell; Sheets refuses the whole batch for one more
_FORMATS = {
    "number": {"type": "NUMBER", "pattern": "#,##0.##"},
    "day": {"type": "DATE", "pattern": "dd/MM/yyyy"},
    "time": {"type": "DATE_TIME", "pattern": "dd/MM/yyyy HH:mm:ss"},
}
_ALIGN = {"left": "LEFT", "centre": "CENTER", "right": "RIGHT"}


def batch(workbook: Workbook, now: Mapping[str, Any]) -> Request:
    """The body of batchUpdate; `now` is the Spreadsheet resource (no cell data needed)."""
    sheets = {sheet["properties"].get("sheetId", 0): sheet for sheet in now["sheets"]}
    zone = ZoneInfo(workbook.zone)
    requests = [*settle(now, workbook.zone), *_make_way(workbook, sheets)]
    for index, tab in enumerate(workbook.tabs):
        requests.extend(_tab(tab, index, sheets.get(sheet_id(tab)), zone))
    # A new spreadsheet comes with one empty tab of Google's own.
    if list(sheets) == [0]:
        requests.append({"deleteSheet": {"sheetId": 0}})
    return {"requests": requests}


def _make_way(workbook: Workbook, sheets: Mapping[int, Mapping[str, Any]]) -> Iterator[Request]:
    """A tab of somebody else that bears a title of ours keeps its content under another title."""
    ours = {sheet_id(tab): tab.title for tab in workbook.tabs}
    for id, sheet in sheets.items():
        title = sheet["properties"].get("title")
        if id not in ours and title in ours.values():
            properties = {"sheetId": id, "title": f"{title} ({id})"}
            yield {"updateSheetProperties": {"properties": properties, "fields": "title"}}


def sheet_id(tab: Tab) -> int:
    return _number(f"tab:{tab.key}")


def chart_id(tab: Tab, chart: Chart) -> int:
    return _number(f"chart:{tab.key}/{chart.key}")


def _number(key: str) -> int:
    """A positive int32 from a key."""
    return int.from_bytes(hashlib.sha256(key.encode()).digest()[:4], "big") % 0x7FFFFFFF + 1


def _tab(tab: Tab, index: int, now: Mapping[str, Any] | None, zone: ZoneInfo) -> Iterator[Request]:
    id = sheet_id(tab)
    yield from _sheet(tab, index, now)
    yield {
        "updateCells": {
            "range": {"sheetId": id},
            "rows": [{"values": [_cell(cell, zone) for cell in row]} for row in tab.rows],
            "fields": "userEnteredValue,userEnteredFormat",
        }
    }
    for column, width in enumerate(tab.widths):
        yield {
            "updateDimensionProperties": {
                "range": {
                    "sheetId": id,
                    "dimension": "COLUMNS",
                    "startIndex": column,
                    "endIndex": column + 1,
                },
                "properties": {"pixelSize": width},
                "fields": "pixelSize",
            }
        }
    if tab.filter_row is not None:
        area = {"sheetId": id, "startRowIndex": tab.filter_row, "startColumnIndex": 0}
        size = {"endRowIndex": len(tab.rows), "endColumnIndex": len(tab.widths)}
        yield {"setBasicFilter": {"filter": {"range": {**area, **size}}}}
    yield from _rules(tab, now)
    yield from _charts(tab, now)
    yield from _protection(tab, now)


def _sheet(tab: Tab, index: int, now: Mapping[str, Any] | None) -> Iterator[Request]:
    """The tab itself, as large as its rows; what stood beyond them goes."""
    properties = {
        "sheetId": sheet_id(tab),
        "title": tab.title,
        "index": index,
        "gridProperties": {
            "rowCount": len(tab.rows),
            "columnCount": len(tab.widths),
            "frozenRowCount": tab.frozen_rows,
            "frozenColumnCount": tab.frozen_columns,
            "hideGridlines": not tab.gridlines,
        },
    }
    if now is None:
        yield {"addSheet": {"properties": properties}}
        return
    if "basicFilter" in now:
        yield {"clearBasicFilter": {"sheetId": sheet_id(tab)}}
    yield {
        "updateSheetProperties": {"properties": properties, "fields": "title,index,gridProperties"}
    }


def _cell(cell: Cell, zone: ZoneInfo) -> Request:
    made: Request = {}
    value = _value(cell.value, zone)
    if value is not None:
        made["userEnteredValue"] = value
    if style := _format(cell.style):
        made["userEnteredFormat"] = style
    return made


def _value(value: Value, zone: ZoneInfo) -> Request | None:
    if value is None or value == "":
        return None
    if isinstance(value, str):
        return {"stringValue": value[:_LONGEST]}
    if isinstance(value, datetime):
        return {"numberValue": _serial(value, zone)}
    if isinstance(value, date):
        return {"numberValue": (value - _EPOCH).days}
    return {"numberValue": value}


def _serial(moment: datetime, zone: ZoneInfo) -> float:
    """Days since 1899-12-30 on the zone's wall clock; cut to the second, never rounded up past a
    deadline."""
    local = moment.astimezone(zone)
    seconds = timedelta(hours=local.hour, minutes=local.minute, seconds=local.second)
    return (local.date() - _EPOCH).days + seconds / timedelta(days=1)


def _format(style: Style) -> Request:
    made: Request = {"verticalAlignment": "MIDDLE"}
    if style.kind in _FORMATS:
        made["numberFormat"] = _FORMATS[style.kind]
    if style.background:
        made["backgroundColorStyle"] = _colour(style.background)
    if style.align:
        made["horizontalAlignment"] = _ALIGN[style.align]
    if style.wrap:
        made["wrapStrategy"] = "WRAP"
    text: Request = {"bold": True} if style.bold else {}
    if style.colour:
        text["foregroundColorStyle"] = _colour(style.colour)
    if style.size:
        text["fontSize"] = style.size
    if text:
        made["textFormat"] = text
    return made


def _colour(hex: str) -> Request:
    red, green, blue = (int(hex[i : i + 2], 16) / 255 for i in (1, 3, 5))
    return {"rgbColor": {"red": red, "green": green, "blue": blue}}


def _rules(tab: Tab, now: Mapping[str, Any] | None) -> Iterator[Request]:
    """Rules have no ids: the old ones go, from the highest index down, then ours come."""
    for index in reversed(range(len((now or {}).get("conditionalFormats", ())))):
        yield {"deleteConditionalFormatRule": {"sheetId": sheet_id(tab), "index": index}}
    for index, rule in enumerate(tab.rules):
        yield {"addConditionalFormatRule": {"rule": _rule(tab, rule), "index": index}}


def _rule(tab: Tab, rule: Rule) -> Request:
    area = {
        "sheetId": sheet_id(tab),
        "startRowIndex": rule.first,
        "endRowIndex": len(tab.rows),
        "startColumnIndex": rule.column,
        "endColumnIndex": rule.column + 1,
    }
    condition = {"type": "TEXT_EQ", "values": [{"userEnteredValue": rule.text}]}
    look = {
        "backgroundColorStyle": _colour(rule.background),
        "textFormat": {"foregroundColorStyle": _colour(rule.colour)},
    }
    return {"ranges": [area], "booleanRule": {"condition": condition, "format": look}}


def _charts(tab: Tab, now: Mapping[str, Any] | None) -> Iterator[Request]:
    there = {chart["chartId"] for chart in (now or {}).get("charts", ())}
    for chart in tab.charts:
        id, spec, position = chart_id(tab, chart), _spec(tab, chart), _position(tab, chart)
        if id not in there:
            whole = {"chartId": id, "spec": spec, "position": position}
            yield {"addChart": {"chart": whole}}
            continue
        yield {"updateChartSpec": {"chartId": id, "spec": spec}}
        yield {
            "updateEmbeddedObjectPosition": {"objectId": id, "newPosition": position, "fields": "*"}
        }


def _spec(tab: Tab, chart: Chart) -> Request:
    def column(index: int) -> Request:
        area = {
            "sheetId": sheet_id(tab),
            "startRowIndex": chart.first,
            "endRowIndex": chart.last + 1,
            "startColumnIndex": index,
            "endColumnIndex": index + 1,
        }
        return {"sourceRange": {"sources": [area]}}

    basic: Request = {
        "chartType": "BAR",
        "legendPosition": "BOTTOM_LEGEND" if len(chart.series) > 1 else "NO_LEGEND",
        "headerCount": 1,
        "domains": [{"domain": column(chart.domain)}],
        "series": [
            {
                "series": column(series.column),
                "targetAxis": "BOTTOM_AXIS",
                "colorStyle": _colour(series.colour),
            }
            for series in chart.series
        ],
    }
    if chart.stacked:
        basic["stackedType"] = "STACKED"
    return {"title": chart.title, "basicChart": basic}


def _position(tab: Tab, chart: Chart) -> Request:
    anchor = {"sheetId": sheet_id(tab), "rowIndex": chart.row, "columnIndex": chart.column}
    size = {"widthPixels": chart.width, "heightPixels": chart.height}
    return {"overlayPosition": {"anchorCell": anchor, **size}}


def _protection(tab: Tab, now: Mapping[str, Any] | None) -> Iterator[Request]:
    """Derived tabs warn whoever types into them; the next publish would undo it anyway."""
    id = _number(f"protection:{tab.key}")
    there = {one["protectedRangeId"] for one in (now or {}).get("protectedRanges", ())}
    if id not in there:
        yield {
            "addProtectedRange": {
                "protectedRange": {
                    "protectedRangeId": id,
                    "range": {"sheetId": sheet_id(tab)},
                    "description": "Tự động ghi lại sau mỗi lần cập nhật",
                    "warningOnly": True,
                }
            }
        }
