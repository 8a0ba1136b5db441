"""copyPaste and cutPaste."""

from __future__ import annotations

from typing import Any

from cchc_gforms.local_google.errors import invalid, unimplemented
from cchc_gforms.local_google.sheets import a1, pasted_rules
from cchc_gforms.local_google.sheets.areas import Area, area_of, whole, wire_of
from cchc_gforms.local_google.sheets.cell_values import Shown
from cchc_gforms.local_google.sheets.copying import copied
from cchc_gforms.local_google.sheets.edit import Change, Edit
from cchc_gforms.local_google.sheets.following import follow, rewritten_cell
from cchc_gforms.local_google.sheets.protection import check_may_edit, check_not_of_a_form
from cchc_gforms.local_google.sheets.references import follower
from cchc_gforms.local_google.sheets.shifting import Box, Relocation
from cchc_gforms.local_google.sheets.workbook import Cell, Sheet

_PARTS = {
    "PASTE_VALUES": ("userEnteredValue",),
    "PASTE_FORMULA": ("userEnteredValue",),
    "PASTE_FORMAT": ("userEnteredFormat", "textFormatRuns"),
    "PASTE_DATA_VALIDATION": ("dataValidation",),
    "PASTE_CONDITIONAL_FORMATTING": (),
}
_WITH_MERGES = {"PASTE_NORMAL", "PASTE_NO_BORDERS"}
_WITH_RULES = _WITH_MERGES | {"PASTE_FORMAT", "PASTE_CONDITIONAL_FORMATTING"}


def copy(edit: Edit, body: dict[str, Any]) -> dict[str, Any]:
    """Repeated where the destination is a multiple of the source, once where it is not."""
    kind = body.get("pasteType", "PASTE_NORMAL")
    turned = body.get("pasteOrientation") == "TRANSPOSE"
    sheet, source = edit.area(body.get("source", {}))
    target, asked = edit.area(body.get("destination", {}))
    area = _filled(source, asked, turned=turned)
    _check_room(edit, target, area)
    if kind in _WITH_MERGES:
        _check_merges(sheet, source)
        _copy_merges(sheet, source, target, area, turned=turned)
    tiles = pasted_rules.tiles(source, area, turned=turned)
    if kind in _WITH_RULES:
        pasted_rules.paste(sheet, source, target, area, turned=turned)
    shown = Shown.now(edit, sheet)
    taken = {place: _taken(sheet.cell(*place), shown, place, kind) for place in source.cells()}
    for tile in tiles:
        for row, column in source.cells():
            down, across = row - source.top, column - source.left
            place = (down, across) if not turned else (across, down)
            to = (tile.top + place[0], tile.left + place[1])
            cell = taken[row, column]
            if turned and "formulaValue" in cell.get("userEnteredValue", {}):
                raise unimplemented("copyPaste of formulas with TRANSPOSE")
            new = copied(cell, to[0] - row, to[1] - column)
            target.put(*to, _pasted(target.cell(*to), new, kind))
    return {}


def cut(edit: Edit, body: dict[str, Any]) -> dict[str, Any]:
    """The cells move with all that names them; what they cover is gone."""
    if body.get("pasteType", "PASTE_NORMAL") != "PASTE_NORMAL":
        raise unimplemented(f"cutPaste with {body['pasteType']}")
    sheet, source = edit.editable(body.get("source", {}))
    check_not_of_a_form(sheet, source)
    corner = body.get("destination", {})
    target = edit.sheet(corner)
    top, left = corner.get("rowIndex", 0), corner.get("columnIndex", 0)
    area = Area(top, left, top + source.height, left + source.width)
    _check_room(edit, target, area)
    _check_merges(sheet, source)
    down, across = top - source.top, left - source.left
    box = Box(sheet.sheet_id, source.top, source.left, source.bottom, source.right)
    rule = Relocation(box, target.sheet_id, down, across)
    taken = {place: sheet.cell(*place) for place in source.cells()}
    for place in taken:
        sheet.put(*place, {})
    for place in area.cells():
        target.put(*place, {})
    formulas = follower(edit.workbook, rule)
    ids = (sheet.sheet_id, target.sheet_id)
    _split_all(target, area, keep=source if target is sheet else None)
    follow(edit.workbook, rule)
    for (row, column), cell in taken.items():
        moved = rewritten_cell(cell, lambda text: formulas.formula(text, *ids))
        target.put(row + down, column + across, moved)
    return {}


def _filled(source: Area, asked: Area, *, turned: bool) -> Area:
    """The destination as it is pasted to [disc CopyPasteRequest.destination]."""
    height, width = (source.width, source.height) if turned else (source.height, source.width)
    tall = asked.height if asked.height % height == 0 else height
    wide = asked.width if asked.width % width == 0 else width
    return Area(asked.top, asked.left, asked.top + tall, asked.left + wide)


def _check_room(edit: Edit, sheet: Sheet, area: Area) -> None:
    if not area.within(whole(sheet)):
        raise a1.off_grid(sheet, area)
    check_may_edit(sheet, area, edit.person)
    _check_merges(sheet, area)


def _check_merges(sheet: Sheet, area: Area) -> None:
    for wire in sheet.listed("merges"):
        merged = area_of(sheet, wire)
        if merged.meets(area) and not merged.within(area):
            raise invalid("You can't perform a paste that partially intersects a merge.")


def _copy_merges(sheet: Sheet, source: Area, target: Sheet, area: Area, *, turned: bool) -> None:
    merges = [area_of(sheet, wire) for wire in sheet.listed("merges")]
    inside = [merged for merged in merges if merged.within(source)]
    _split_all(target, area, keep=None)
    for merged in inside:
        for tile in pasted_rules.placed(merged, source, area, turned=turned):
            wire = wire_of(target.sheet_id, tile)
            if wire not in target.listed("merges"):
                target.listed("merges").append(wire)


def _split_all(sheet: Sheet, area: Area, keep: Area | None) -> None:
    """Merges inside the area go, but those that are themselves on the move."""
    kept = []
    for wire in sheet.listed("merges"):
        merged = area_of(sheet, wire)
        if not merged.within(area) or (keep is not None and merged.within(keep)):
            kept.append(wire)
    sheet.resource["merges"] = kept


def _taken(cell: Cell, shown: Shown, place: tuple[int, int], kind: str) -> Cell:
    """The cell to be copied; PASTE_VALUES takes of a formula what it shows."""
    if kind != "PASTE_VALUES" or "formulaValue" not in cell.get("userEnteredValue", {}):
        return cell
    value = shown.value(*place)
    if "errorValue" in value:
        raise unimplemented("PASTE_VALUES of a formula that shows an error")
    return {**cell, "userEnteredValue": dict(value)}


def _pasted(old: Cell, new: Cell, kind: str) -> Cell:
    """What of the copied cell the kind of paste takes over; the rest stays."""
    if kind == "PASTE_NORMAL":
        return new
    if kind == "PASTE_NO_BORDERS":
        return _with_borders_of(old, new)
    parts = _PARTS[kind]
    kept = {name: part for name, part in old.items() if name not in parts}
    return kept | {name: new[name] for name in parts if name in new}


def _with_borders_of(old: Cell, new: Cell) -> Cell:
    style = {
        name: part for name, part in new.get("userEnteredFormat", {}).items() if name != "borders"
    }
    borders = old.get("userEnteredFormat", {}).get("borders")
    if borders:
        style["borders"] = borders
    made = {name: part for name, part in new.items() if name != "userEnteredFormat"}
    return made | ({"userEnteredFormat": style} if style else {})


CHANGES: dict[str, Change] = {"copyPaste": copy, "cutPaste": cut}
