"""A spreadsheet in memory: sheets, their sparse cells, and what lies over them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from cchc_gforms.local_google.errors import invalid

# What was entered in one cell (wire CellData, entered parts only). Replaced, never changed.
Cell = Mapping[str, Any]
Row = dict[int, Cell]

LISTS = (
    "merges", "conditionalFormats", "protectedRanges", "bandedRanges", "charts", "slicers",
    "filterViews", "tables", "rowGroups", "columnGroups",
)  # fmt: skip


@dataclass
class Sheet:
    """One tab. `resource` is the wire Sheet without data; indexes count from 0.

    `sizes` holds, for ROWS and COLUMNS, the DimensionProperties that are not the default.
    Every GridRange inside `resource` names its sheet, also sheet 0. `linked` is what a form that
    writes here needs to know (see `linked`).
    """

    resource: dict[str, Any]
    rows: dict[int, Row] = field(default_factory=dict)
    sizes: dict[str, dict[int, dict[str, Any]]] = field(
        default_factory=lambda: {"ROWS": {}, "COLUMNS": {}}
    )
    linked: dict[str, Any] | None = None

    @property
    def properties(self) -> dict[str, Any]:
        properties: dict[str, Any] = self.resource["properties"]
        return properties

    @property
    def sheet_id(self) -> int:
        return int(self.properties["sheetId"])

    @property
    def title(self) -> str:
        return str(self.properties["title"])

    @property
    def grid(self) -> dict[str, Any]:
        grid: dict[str, Any] = self.properties["gridProperties"]
        return grid

    @property
    def row_count(self) -> int:
        return int(self.grid["rowCount"])

    @property
    def column_count(self) -> int:
        return int(self.grid["columnCount"])

    def listed(self, name: str) -> list[dict[str, Any]]:
        """The list of one kind of object (`LISTS`), to read or to change."""
        found: list[dict[str, Any]] = self.resource.setdefault(name, [])
        return found

    def cell(self, row: int, column: int) -> Cell:
        return self.rows.get(row, {}).get(column, {})

    def put(self, row: int, column: int, cell: Cell) -> None:
        """An empty cell is no cell."""
        if cell:
            self.rows.setdefault(row, {})[column] = cell
            return
        cells = self.rows.get(row, {})
        cells.pop(column, None)
        if not cells:
            self.rows.pop(row, None)

    def used(self) -> Iterator[tuple[int, int, Cell]]:
        """Cells that hold anything, in reading order."""
        for row in sorted(self.rows):
            for column in sorted(self.rows[row]):
                yield row, column, self.rows[row][column]


class Asides(Protocol):
    """Formulas that stand in no cell; see `formulas.asides`. `now` is a serial."""

    now: float

    def value(
        self, formula: str, cell: tuple[int, int, int], down: int, across: int
    ) -> Mapping[str, Any]: ...


@dataclass
class Workbook:
    """A spreadsheet with its sheets in the order of their tabs.

    `asides` are there where the formulas were calculated (`formulas.shown`).
    """

    spreadsheet_id: str
    properties: dict[str, Any]
    sheets: list[Sheet]
    metadata: list[dict[str, Any]] = field(default_factory=list)
    named_ranges: list[dict[str, Any]] = field(default_factory=list)
    asides: Asides | None = None

    @property
    def locale(self) -> str:
        return str(self.properties["locale"])

    @property
    def time_zone(self) -> str:
        return str(self.properties["timeZone"])

    def sheet(self, sheet_id: int) -> Sheet:
        """Raises Google's 400 for an unknown id."""
        for sheet in self.sheets:
            if sheet.sheet_id == sheet_id:
                return sheet
        raise invalid(f"No grid with id: {sheet_id}")

    def titled(self, title: str) -> Sheet | None:
        """Without regard to case: no two titles differ by case alone."""
        wanted = title.casefold()
        return next((sheet for sheet in self.sheets if sheet.title.casefold() == wanted), None)

    def first_visible(self) -> Sheet:
        return next(sheet for sheet in self.sheets if not sheet.properties.get("hidden"))
