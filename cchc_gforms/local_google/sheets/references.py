"""Cell references inside formulas: they follow what moves, and shift where formulas are copied."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from cchc_gforms.local_google.sheets import a1
from cchc_gforms.local_google.sheets.shifting import Box, Rule
from cchc_gforms.local_google.sheets.workbook import Workbook

LOST = "#REF!"

_CORNER = r"\$?[A-Za-z]{1,3}\$?[1-9][0-9]*|\$?[A-Za-z]{1,3}|\$?[1-9][0-9]*"
_PART = re.compile(
    r'"(?:[^"]|"")*"'
    r"|(?P<sheet>'(?:[^']|'')+'!|[^\W\d][\w.]*!)?"
    rf"(?P<first>{_CORNER})(?::(?P<last>{_CORNER}))?(?![\w(.!$])"
    r"|'(?:[^']|'')*'|[\w.$]+"
)
_ENDS = re.compile(r"(?:(\$?)([A-Za-z]{1,3}))?(?:(\$?)([1-9][0-9]*))?")


@dataclass(frozen=True, slots=True)
class Corner:
    """One end of a reference; None where it has no row or no column. `fixed` are the dollars."""

    row: int | None
    column: int | None
    fixed_row: bool = False
    fixed_column: bool = False

    def text(self) -> str:
        column = "" if self.column is None else a1.column_letters(self.column)
        row = "" if self.row is None else str(self.row + 1)
        return f"{'$' * self.fixed_column}{column}{'$' * self.fixed_row}{row}"

    def shifted(self, down: int, across: int) -> Corner:
        row = None if self.row is None else self.row + (0 if self.fixed_row else down)
        column = None if self.column is None else self.column + (0 if self.fixed_column else across)
        return replace(self, row=row, column=column)

    def is_cell(self) -> bool:
        return self.row is not None and self.column is not None

    def on_grid(self) -> bool:
        return (self.row or 0) >= 0 and (self.column or 0) >= 0


@dataclass(frozen=True, slots=True)
class Reference:
    """`A1`, `A1:B2`, `A:C`, `2:5`, `A2:C`; `sheet` is the title it names, if any."""

    sheet: str | None
    first: Corner
    last: Corner | None

    def text(self) -> str:
        prefix = "" if self.sheet is None else f"{a1.quoted(self.sheet)}!"
        last = "" if self.last is None else f":{self.last.text()}"
        return f"{prefix}{self.first.text()}{last}"

    def box(self, sheet_id: int) -> Box:
        last = self.last or self.first
        bottom = None if last.row is None else last.row + 1
        right = None if last.column is None else last.column + 1
        return Box(sheet_id, self.first.row, self.first.column, bottom, right)

    def at(self, box: Box, sheet: str | None) -> Reference:
        """The same kind of reference to other cells."""
        first = replace(self.first, row=box.top, column=box.left)
        if self.last is None:
            return Reference(sheet, first, None)
        bottom = None if box.bottom is None else box.bottom - 1
        right = None if box.right is None else box.right - 1
        return Reference(sheet, first, replace(self.last, row=bottom, column=right))


def rewritten(
    formula: str, change: Callable[[Reference], Reference | None], *, anew: bool = False
) -> str:
    """The formula with each reference changed; None makes it `#REF!`. Other text is left alone.

    A reference that stays as it is is written `anew` only when asked for.
    """
    if not formula.startswith("="):
        return formula

    def one(match: re.Match[str]) -> str:
        found = _reference(match)
        if found is None:
            return match[0]
        made = change(found)
        if made is None:
            return LOST
        return match[0] if made == found and not anew else made.text()

    return _PART.sub(one, formula)


def shifted(formula: str, down: int, across: int) -> str:
    """As the formula reads when it is copied to another cell: what has no dollar moves along."""

    def change(found: Reference) -> Reference | None:
        first = found.first.shifted(down, across)
        last = found.last and found.last.shifted(down, across)
        fine = first.on_grid() and (last is None or last.on_grid())
        return _ordered(replace(found, first=first, last=last)) if fine else None

    return rewritten(formula, change)


@dataclass(frozen=True)
class Follower:
    """Rewrites the formulas of a workbook in which cells move by a rule."""

    titles: Mapping[str, int]
    names: Mapping[int, str]
    rule: Rule

    def formula(self, text: str, home: int, new_home: int | None = None) -> str:
        """`home` is the sheet that the formula lies on, `new_home` the one it comes to lie on."""
        lies_on = home if new_home is None else new_home

        def change(found: Reference) -> Reference | None:
            sheet_id = home if found.sheet is None else self.titles.get(found.sheet.casefold())
            if sheet_id is None:
                return found
            box = self.rule.box(found.box(sheet_id))
            if box is None:
                return None
            plain = found.sheet is None and box.sheet_id == lies_on
            title = found.sheet if box.sheet_id == sheet_id else self.names[box.sheet_id]
            return found.at(box, None if plain else title or self.names[box.sheet_id])

        return rewritten(text, change)


def follower(workbook: Workbook, rule: Rule) -> Follower:
    titles = {sheet.title.casefold(): sheet.sheet_id for sheet in workbook.sheets}
    names = {sheet.sheet_id: sheet.title for sheet in workbook.sheets}
    return Follower(titles, names, rule)


def renamed(formula: str, old: str, new: str) -> str:
    """References to a sheet by its new title."""

    def change(found: Reference) -> Reference:
        if found.sheet is None or found.sheet.casefold() != old.casefold():
            return found
        return replace(found, sheet=new)

    return rewritten(formula, change)


def canonical(formula: str, titles: Mapping[str, str]) -> str:
    """As Google stores it: capitals, titles as they are written, one cell not twice.

    `titles` are the sheets' titles by their case-folded form.
    """

    def change(found: Reference) -> Reference:
        last = None if found.last == found.first and found.first.is_cell() else found.last
        sheet = found.sheet and titles.get(found.sheet.casefold(), found.sheet)
        return Reference(sheet, found.first, last)

    return rewritten(formula, change, anew=True)


def with_name(formula: str, old: str, new: str) -> str:
    """A named range by its new name; functions and texts keep theirs."""
    if not formula.startswith("="):
        return formula

    def one(match: re.Match[str]) -> str:
        plain = match["first"] is None and match[0].casefold() == old.casefold()
        called = formula[match.end() :].lstrip().startswith("(")
        return new if plain and not called else match[0]

    return _PART.sub(one, formula)


def _reference(match: re.Match[str]) -> Reference | None:
    """The reference of a match; None for a text, a name, a number or a function."""
    if match["first"] is None:
        return None
    first, last = _corner(match["first"]), match["last"] and _corner(match["last"])
    if not last and None in (first.row, first.column):
        return None
    title = match["sheet"]
    if title is not None:
        title = title[:-1]
        title = title[1:-1].replace("''", "'") if title.startswith("'") else title
    return _ordered(Reference(title, first, last or None))


def _corner(text: str) -> Corner:
    match = _ENDS.fullmatch(text)
    assert match is not None
    column = a1.column_index(match[2]) if match[2] else None
    row = int(match[4]) - 1 if match[4] else None
    return Corner(row, column, bool(match[3]), bool(match[1]))


def _ordered(found: Reference) -> Reference:
    """The upper left corner first, each dollar with its row or column."""
    if found.last is None:
        return found
    first, last = found.first, found.last
    if first.row is not None and last.row is not None and first.row > last.row:
        first, last = (
            replace(first, row=last.row, fixed_row=last.fixed_row),
            replace(last, row=first.row, fixed_row=first.fixed_row),
        )
    if first.column is not None and last.column is not None and first.column > last.column:
        first, last = (
            replace(first, column=last.column, fixed_column=last.fixed_column),
            replace(last, column=first.column, fixed_column=first.fixed_column),
        )
    return replace(found, first=first, last=last)
