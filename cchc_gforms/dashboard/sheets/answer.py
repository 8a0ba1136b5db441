"""Google's answer as what stands there.

At full size it holds more than a million cells: rows stay as they came until one is looked at.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, overload

from msgspec import Raw, Struct
from msgspec.json import Decoder

from cchc_gforms.dashboard.sheets.cells import FORMULA
from cchc_gforms.dashboard.sheets.standing import DIGEST, Row, Spreadsheet, Standing


class _Value(Struct, rename="camel"):
    string_value: str | None = None
    number_value: float | None = None
    bool_value: bool | None = None
    formula_value: str | None = None

    @property
    def plain(self) -> object:
        if self.string_value is not None:
            return self.string_value
        if self.number_value is not None:
            return self.number_value
        return self.bool_value if self.formula_value is None else FORMULA


class _Cell(Struct, rename="camel"):
    user_entered_value: _Value | None = None


class _Row(Struct):
    values: list[_Cell] = []


class _Line(Struct, rename="camel"):
    hidden_by_user: bool = False


class _Data(Struct, rename="camel"):
    row_data: list[Raw] = []
    row_metadata: list[_Line] = []
    column_metadata: list[_Line] = []


class _Condition(Struct, frozen=True):
    type: str = ""


class _Boolean(Struct, frozen=True):
    condition: _Condition = _Condition()


class _Rule(Struct, rename="camel"):
    boolean_rule: _Boolean = _Boolean()


class _Filter(Struct, rename="camel"):
    criteria: dict[str, Any] = {}
    filter_specs: list[Any] = []


class _View(Struct, rename="camel"):
    filter_view_id: int = 0


class _Chart(Struct, rename="camel"):
    chart_id: int = 0


class _Slicer(Struct, rename="camel"):
    slicer_id: int = 0


class _Protection(Struct, rename="camel"):
    protected_range_id: int = 0
    warning_only: bool = False


class _Metadata(Struct, rename="camel"):
    metadata_id: int
    metadata_key: str
    metadata_value: str = ""


class _Properties(Struct, rename="camel"):
    title: str
    sheet_id: int = 0
    index: int = 0
    hidden: bool = False
    grid_properties: dict[str, Any] = {}


class _Sheet(Struct, rename="camel"):
    properties: _Properties
    merges: list[Any] = []
    conditional_formats: list[_Rule] = []
    basic_filter: _Filter | None = None
    filter_views: list[_View] = []
    charts: list[_Chart] = []
    slicers: list[_Slicer] = []
    protected_ranges: list[_Protection] = []
    developer_metadata: list[_Metadata] = []
    data: list[_Data] = []


class _Spreadsheet(Struct):
    properties: dict[str, Any]
    sheets: list[_Sheet]


_ANSWER = Decoder(_Spreadsheet)
_ROW = Decoder(_Row)


class Rows(Sequence[Row]):
    """Rows of cells, each decoded when it is asked for."""

    def __init__(self, encoded: Sequence[Raw]) -> None:
        self._encoded = encoded

    def __len__(self) -> int:
        return len(self._encoded)

    @overload
    def __getitem__(self, place: int) -> Row: ...
    @overload
    def __getitem__(self, place: slice) -> Rows: ...
    def __getitem__(self, place: int | slice) -> Row | Rows:
        if isinstance(place, slice):
            return Rows(self._encoded[place])
        return _row(self._encoded[place])

    def __iter__(self) -> Iterator[Row]:
        return map(_row, self._encoded)


def _row(encoded: Raw) -> Row:
    cells = _ROW.decode(encoded).values
    return [cell.user_entered_value and cell.user_entered_value.plain for cell in cells]


def decoded(answer: bytes) -> Spreadsheet:
    """From the JSON of a Spreadsheet resource."""
    resource = _ANSWER.decode(answer)
    tabs = map(_standing, resource.sheets)
    return Spreadsheet(resource.properties, {tab.id: tab for tab in tabs})


def _standing(sheet: _Sheet) -> Standing:
    properties, used = sheet.properties, sheet.basic_filter
    digests = [one for one in sheet.developer_metadata if one.metadata_key == DIGEST]
    data = sheet.data[0] if sheet.data else _Data()  # of the one range that was asked for
    lines = (*data.row_metadata, *data.column_metadata)
    return Standing(
        id=properties.sheet_id,
        title=properties.title,
        index=properties.index,
        hidden=properties.hidden,
        grid=properties.grid_properties,
        merged=bool(sheet.merges),
        lines_hidden=any(line.hidden_by_user for line in lines),
        rules=[rule.boolean_rule.condition.type for rule in sheet.conditional_formats],
        filtered=used is not None,
        filter_in_use=used is not None and bool(used.criteria or used.filter_specs),
        views=frozenset(one.filter_view_id for one in sheet.filter_views),
        charts=frozenset(one.chart_id for one in sheet.charts),
        slicers=frozenset(one.slicer_id for one in sheet.slicers),
        protections={one.protected_range_id: one.warning_only for one in sheet.protected_ranges},
        digest=digests[0].metadata_value if digests else "",
        digest_id=digests[0].metadata_id if digests else None,
        rows=Rows(data.row_data),
    )
