"""addTable, updateTable, deleteTable."""

from __future__ import annotations

from typing import Any

from cchc_gforms.local_google.errors import invalid
from cchc_gforms.local_google.sheets import table_columns, table_headers
from cchc_gforms.local_google.sheets.areas import Area, area_of, wire_of
from cchc_gforms.local_google.sheets.cell_values import Shown
from cchc_gforms.local_google.sheets.edit import Change, Edit
from cchc_gforms.local_google.sheets.field_masks import mask_of, masked
from cchc_gforms.local_google.sheets.wire import outgoing
from cchc_gforms.local_google.sheets.workbook import Sheet, Workbook


def add(edit: Edit, body: dict[str, Any]) -> dict[str, Any]:
    """Columns without a name are called after their header cell, or `Column 1` and so on."""
    asked = body.get("table", {})
    sheet, area = _checked_range(edit, asked, None)
    made = {
        "tableId": _free_id(edit, asked.get("tableId")),
        "name": asked.get("name") or _free_name(edit.workbook),
        **{name: part for name, part in asked.items() if name not in {"tableId", "name"}},
        "range": wire_of(sheet.sheet_id, area),
    }
    _check_name(edit.workbook, made, None)
    made["columnProperties"] = _columns(edit, sheet, area, asked.get("columnProperties", []))
    _settle(sheet, made)
    sheet.listed("tables").append(made)
    return {"addTable": {"table": outgoing(made)}}


def update(edit: Edit, body: dict[str, Any]) -> dict[str, Any]:
    """The columns are replaced as a whole: those left out keep their header and lose their type."""
    asked = body.get("table", {})
    tree = mask_of(body, "Table")
    sheet, old = find(edit.workbook, asked.get("tableId", ""))
    made = masked(old, asked, tree) | {"tableId": old["tableId"]}
    target, area = _checked_range(edit, made, old)
    if target is not sheet:
        raise invalid("A table cannot move to another sheet.")
    made["range"] = wire_of(sheet.sheet_id, area)
    _check_name(edit.workbook, made, old)
    given = made.get("columnProperties", [])
    if {"columnProperties", "*"} & tree.keys():
        if any(not column.get("columnName") for column in given):
            raise invalid("Table header row cell must have a value.")
    else:
        given = [column for column in given if column["columnIndex"] < area.width]
    made["columnProperties"] = _columns(edit, sheet, area, given)
    _settle(sheet, made)
    tables = sheet.listed("tables")
    tables[tables.index(old)] = made
    return {}


def delete(edit: Edit, body: dict[str, Any]) -> dict[str, Any]:
    """The table goes with what it holds (doc: guides/tables)."""
    sheet, table = find(edit.workbook, body.get("tableId", ""))
    _, area = edit.editable(table["range"])
    for row, column in area.cells():
        sheet.put(row, column, {})
    sheet.listed("tables").remove(table)
    return {}


def find(workbook: Workbook, wanted: str) -> tuple[Sheet, dict[str, Any]]:
    for sheet in workbook.sheets:
        for table in sheet.listed("tables"):
            if table["tableId"] == wanted:
                return sheet, table
    raise invalid(f"No table with ID: {wanted}")


def _checked_range(
    edit: Edit, table: dict[str, Any], old: dict[str, Any] | None
) -> tuple[Sheet, Area]:
    if "range" not in table:
        raise invalid("Table must specify a range.")
    sheet, area = edit.editable(table["range"])
    others = [one["range"] for one in sheet.listed("tables") if one is not old]
    bands = [one["range"] for one in sheet.listed("bandedRanges")]
    if any(area_of(sheet, wire).meets(area) for wire in [*others, *bands]):
        raise invalid(
            "You cannot add alternating background colors to a range that already has "
            "alternating background colors."
        )
    if any(area_of(sheet, wire).meets(area) for wire in sheet.listed("merges")):
        raise invalid("A table cannot contain merged cells.")
    return sheet, area


def _columns(edit: Edit, sheet: Sheet, area: Area, given: list[dict[str, Any]]) -> list[Any]:
    """One entry a column of the range, each with its name."""
    known: dict[int, dict[str, Any]] = {}
    for column in given:
        index = column.get("columnIndex", 0)
        if not 0 <= index < area.width:
            raise invalid(f"Column index {index} is outside the table.")
        if index in known:
            raise invalid(f"Column index {index} is given more than once.")
        _check_type(column)
        known[index] = {"columnIndex": index, **column}
    shown = Shown.now(edit, sheet)
    for index in range(area.width):
        if index not in known:
            known[index] = {"columnIndex": index}
            if header := shown.text(area.top, area.left + index):
                known[index]["columnName"] = header
    names = {column["columnName"] for column in known.values() if column.get("columnName")}
    for index in range(area.width):
        if not known[index].get("columnName"):
            known[index]["columnName"] = table_columns.free_name(names)
            names.add(known[index]["columnName"])
    return [known[index] for index in range(area.width)]


def _check_type(column: dict[str, Any]) -> None:
    condition = column.get("dataValidationRule", {}).get("condition")
    if column.get("columnType") != "DROPDOWN":
        if condition is not None:
            raise invalid("Cannot set condition for non-dropdown column type.")
    elif condition is None:
        raise invalid("Condition must be set for dropdown column type.")
    elif condition.get("type") != "ONE_OF_LIST" or not condition.get("values"):
        raise invalid("The condition of a dropdown column must be ONE_OF_LIST with values.")


def _settle(sheet: Sheet, table: dict[str, Any]) -> None:
    table_headers.write(sheet, table)
    table_columns.fill_defaults(sheet, table)


def _check_name(workbook: Workbook, table: dict[str, Any], old: dict[str, Any] | None) -> None:
    name = table.get("name", "")
    if not name:
        raise invalid("Table must specify a name.")
    others = (one for sheet in workbook.sheets for one in sheet.listed("tables") if one is not old)
    if any(one["name"].casefold() == name.casefold() for one in others):
        raise invalid(f"A table with the name {name} already exists.")


def _free_id(edit: Edit, asked: str | None) -> str:
    taken = {one["tableId"] for sheet in edit.workbook.sheets for one in sheet.listed("tables")}
    if asked:
        if asked in taken:
            raise invalid(f"A table with id {asked} already exists.")
        return asked
    while (drawn := str(edit.number())) in taken:
        pass
    return drawn


def _free_name(workbook: Workbook) -> str:
    taken = {one["name"].casefold() for sheet in workbook.sheets for one in sheet.listed("tables")}
    number = 1
    while f"table{number}" in taken:
        number += 1
    return f"Table{number}"


CHANGES: dict[str, Change] = {"addTable": add, "updateTable": update, "deleteTable": delete}
