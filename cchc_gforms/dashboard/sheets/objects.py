"""What lies over and around the cells: charts, rules, filters, slicers, protection."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from cchc_gforms.dashboard.sheets.cells import Wire, colour, column_letters
from cchc_gforms.dashboard.sheets.ids import object_id, sheet_id
from cchc_gforms.dashboard.sheets.standing import Standing
from cchc_gforms.dashboard.workbook import Chart, Choices, FilterView, Rule, Slicer, Source, Tab

_CONDITIONS = {
    "is": "TEXT_EQ",
    "begins": "TEXT_STARTS_WITH",
    "at_least": "NUMBER_GREATER_THAN_EQ",
    "below": "NUMBER_LESS",
    "first_begins": "CUSTOM_FORMULA",
}
_SLICER_DOWN = 4  # pixels


def objects(tab: Tab, now: Standing) -> Iterator[Wire]:
    """Of a tab without rules: everything anew, or as it should be where it is there by our id."""
    for index, rule in enumerate(tab.rules):
        yield {"addConditionalFormatRule": {"rule": _rule(tab, rule), "index": index}}
    yield from _filters(tab, now)
    for chart in tab.charts:
        yield from _chart(tab, chart, now)
    for slicer in tab.slicers:
        yield from _slicer(tab, slicer, now)
    yield from _protection(tab, now)


def area(tab: Tab, rows: tuple[int, int | None], columns: tuple[int, int]) -> Wire:
    """A GridRange; None reaches to the last row there will ever be."""
    made = {
        "sheetId": sheet_id(tab),
        "startRowIndex": rows[0],
        "startColumnIndex": columns[0],
        "endColumnIndex": columns[1],
    }
    return made if rows[1] is None else {**made, "endRowIndex": rows[1]}


def without_rules(tab: Tab, now: Standing) -> Iterator[Wire]:
    """Rules have no ids: the old ones go, from the highest index down."""
    for index in reversed(range(len(now.rules))):
        yield {"deleteConditionalFormatRule": {"sheetId": sheet_id(tab), "index": index}}


def conditions(tab: Tab) -> list[str]:
    """The kinds of conditions of the tab's rules."""
    return [_CONDITIONS[rule.when] for rule in tab.rules]


def _rule(tab: Tab, rule: Rule) -> Wire:
    first, last = (len(tab.head), tab.rows) if rule.row is None else (rule.row, rule.row + 1)
    value = str(rule.than)
    if rule.when == "first_begins":
        cell = f"${column_letters(rule.first)}{first + 1}"
        value = f'=LEFT({cell};{len(value)})="{value}"'
    return {
        "ranges": [area(tab, (first, last), (rule.first, rule.last))],
        "booleanRule": {
            "condition": {
                "type": _CONDITIONS[rule.when],
                "values": [{"userEnteredValue": value}],
            },
            "format": {
                "backgroundColorStyle": colour(rule.background),
                "textFormat": {"foregroundColorStyle": colour(rule.colour)},
            },
        },
    }


def _filters(tab: Tab, now: Standing) -> Iterator[Wire]:
    if not tab.filtered:
        return
    yield {"setBasicFilter": {"filter": {"range": table(tab)}}}
    for view in tab.views:
        made = _view(tab, view)
        if made["filterViewId"] in now.views:
            yield {"updateFilterView": {"filter": made, "fields": "title,range,filterSpecs"}}
        else:
            yield {"addFilterView": {"filter": made}}


def table(tab: Tab) -> Wire:
    """The body under the last row of the head."""
    return area(tab, (len(tab.head) - 1, tab.rows), (0, len(tab.lanes)))


def _view(tab: Tab, view: FilterView) -> Wire:
    return {
        "filterViewId": object_id("view", tab, view.key),
        "title": view.title,
        "range": table(tab),
        "filterSpecs": [
            {
                "columnIndex": column,
                "filterCriteria": {
                    "condition": {"type": "TEXT_EQ", "values": [{"userEnteredValue": text}]}
                },
            }
            for column, text in view.shown
        ],
    }


def _chart(tab: Tab, chart: Chart, now: Standing) -> Iterator[Wire]:
    id, spec = object_id("chart", tab, chart.key), _spec(tab, chart)
    size = {"widthPixels": chart.width, "heightPixels": chart.height}
    position = _overlay(tab, chart.row, chart.column, size)
    if id not in now.charts:
        yield {"addChart": {"chart": {"chartId": id, "spec": spec, "position": position}}}
        return
    yield {"updateChartSpec": {"chartId": id, "spec": spec}}
    yield _moved(id, position)


def _overlay(tab: Tab, row: int, column: int, more: Mapping[str, Any]) -> Wire:
    anchor = {"sheetId": sheet_id(tab), "rowIndex": row, "columnIndex": column}
    return {"overlayPosition": {"anchorCell": anchor, **more}}


def _moved(id: int, position: Wire) -> Wire:
    return {
        "updateEmbeddedObjectPosition": {"objectId": id, "newPosition": position, "fields": "*"}
    }


def _spec(tab: Tab, chart: Chart) -> Wire:
    def column(index: int) -> Wire:
        return {
            "sourceRange": {"sources": [area(tab, (chart.first, chart.last), (index, index + 1))]}
        }

    lies = chart.kind == "bar"
    basic: Wire = {
        "chartType": "BAR" if lies else "COLUMN",
        "legendPosition": "BOTTOM_LEGEND" if len(chart.series) > 1 else "NO_LEGEND",
        "headerCount": 1,
        "domains": [{"domain": column(chart.domain)}],
        "series": [
            {
                "series": column(series.column),
                "targetAxis": "BOTTOM_AXIS" if lies else "LEFT_AXIS",
                "colorStyle": colour(series.colour),
            }
            for series in chart.series
        ],
    }
    if chart.stacked:
        basic["stackedType"] = "STACKED"
    return {"title": chart.title, "basicChart": basic}


def _slicer(tab: Tab, slicer: Slicer, now: Standing) -> Iterator[Wire]:
    """What a person chose in it stays chosen."""
    id = object_id("slicer", tab, slicer.key)
    spec = {
        "dataRange": table(tab),
        "columnIndex": slicer.column,
        "title": slicer.title,
        "applyToPivotTables": False,
    }
    size = {"offsetYPixels": _SLICER_DOWN, "widthPixels": slicer.width, "heightPixels": 32}
    position = _overlay(tab, 0, slicer.at, size)
    if id not in now.slicers:
        yield {"addSlicer": {"slicer": {"slicerId": id, "spec": spec, "position": position}}}
        return
    yield {"updateSlicerSpec": {"slicerId": id, "spec": spec, "fields": ",".join(spec)}}
    yield _moved(id, position)


def offered(tab: Tab, choices: Choices, column: int) -> Wire:
    """A list to choose from that lets other words pass too."""
    if isinstance(choices.of, Source):
        letters = column_letters(choices.of.column)
        values = [f"='{choices.of.tab}'!${letters}${choices.of.first + 1}:${letters}"]
        kind = "ONE_OF_RANGE"
    else:
        values, kind = list(choices.of), "ONE_OF_LIST"
    condition = {"type": kind, "values": [{"userEnteredValue": value} for value in values]}
    return {
        "setDataValidation": {
            "range": area(tab, (len(tab.head), None), (column, column + 1)),
            "rule": {"condition": condition, "strict": False, "showCustomUi": True},
        }
    }


def _protection(tab: Tab, now: Standing) -> Iterator[Wire]:
    """Derived tabs warn whoever types into them; the next publish would undo it anyway. The log is
    for whoever publishes alone."""
    id = object_id("protection", tab)
    wanted: Wire = {
        "protectedRangeId": id,
        "range": {"sheetId": sheet_id(tab)},
        "description": "Tự động ghi lại sau mỗi lần cập nhật",
        "warningOnly": tab.kind == "derived",
    }
    if id not in now.protections:
        yield {"addProtectedRange": {"protectedRange": wanted}}
        return
    fields = "range,description,warningOnly"
    yield {"updateProtectedRange": {"protectedRange": wanted, "fields": fields}}
