"""The tab that a form writes: header, rows, edits, and what people do to it (facts 6)."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest

from cchc_gforms.local_google.serve import open_state
from cchc_gforms.local_google.sheets import linked, store, structure
from cchc_gforms.local_google.sheets.areas import whole
from cchc_gforms.local_google.sheets.linked import Header
from cchc_gforms.local_google.sheets.reading import rendered
from cchc_gforms.local_google.sheets.rendering import renderer
from cchc_gforms.local_google.state import State

FILE = "1" + "x" * 43
LAST_SECOND = datetime(2022, 3, 19, 16, 59, 59, 870_191, tzinfo=UTC)
HEADERS = [Header("0000000a", "Tên đơn vị"), Header("0000000b", "Ngày ban hành", "date")]


@pytest.fixture
def state() -> Iterator[State]:
    state = open_state(None, seed=1)
    with state.transaction() as tx:
        store.create_spreadsheet(
            state, tx, file_id=FILE, title="x", locale="vi_VN", time_zone="Asia/Ho_Chi_Minh"
        )
    yield state
    state.close()


@pytest.fixture
def tx(state: State) -> Iterator[sqlite3.Connection]:
    with state.transaction() as tx:
        yield tx


class Form:
    """A linked form and its tab."""

    def __init__(self, state: State, tx: sqlite3.Connection, **options: Any) -> None:
        self._state, self._tx = state, tx
        self.sheet_id = linked.link(
            state, tx, form_id="f", headers=HEADERS, spreadsheet_id=FILE, **options
        )

    def write(
        self, name: str, row: int | None = None, at: datetime = LAST_SECOND, **more: list[str]
    ) -> int:
        answers = {"0000000a": [name]} | {f"0000000{key}": value for key, value in more.items()}
        written = linked.write_response(
            self._state, self._tx, spreadsheet_id=FILE, sheet_id=self.sheet_id, row=row,
            submitted_at=at, email=None, answers_by_question_id=answers,
        )  # fmt: skip
        assert written is not None
        return written

    def refresh(self, headers: list[Header]) -> None:
        linked.refresh(self._tx, spreadsheet_id=FILE, sheet_id=self.sheet_id, headers=headers)

    def shown(self, option: str = "FORMATTED_VALUE") -> list[list[Any]]:
        workbook = store.load(self._tx, FILE)
        sheet = workbook.sheet(self.sheet_id)
        found = rendered(sheet, whole(sheet), renderer("vi_VN", option))
        rows: list[list[Any]] = found["values"]
        return rows

    def change(self, what: Any) -> None:
        """What a person does to the tab: `what` gets the workbook and the sheet."""
        workbook = store.load(self._tx, FILE)
        before = store.snapshot(workbook)
        what(workbook, workbook.sheet(self.sheet_id))
        store.save(self._tx, workbook, before)

    def type_in(self, row: int, column: int, text: str) -> None:
        cell = {"userEnteredValue": {"stringValue": text}}
        self.change(lambda _, sheet: sheet.put(row, column, cell))


def names(form: Form) -> list[str]:
    return [row[1] if len(row) > 1 else "" for row in form.shown()[1:]]


def test_the_tab_is_the_first_with_a_frozen_header_in_vietnamese(
    state: State, tx: sqlite3.Connection
) -> None:
    form = Form(state, tx, collects_email=True)
    tab = store.load(tx, FILE).sheets[0]
    assert tab.title == "Câu trả lời biểu mẫu 1"
    assert tab.grid["frozenRowCount"] == 1
    assert form.shown() == [["Dấu thời gian", "Địa chỉ email", "Tên đơn vị", "Ngày ban hành"]]
    Form(state, tx)
    assert store.load(tx, FILE).sheets[0].title == "Câu trả lời biểu mẫu 2"
    Form(state, tx, language="en")
    assert store.load(tx, FILE).sheets[0].title == "Form Responses 1"


def test_a_response_is_a_row_with_a_time_of_the_sheets_zone_and_text_that_stays_text(
    state: State, tx: sqlite3.Connection
) -> None:
    form = Form(state, tx)
    form.write("=1+1", b=["2022-02-17"])
    assert form.shown()[1] == ["19/03/2022 23:59:59", "=1+1", "17/02/2022"]
    serial, name, day = form.shown("UNFORMATTED_VALUE")[1]
    assert serial == pytest.approx(44639 + 86_399 / 86_400, abs=1e-9)
    assert (name, day) == ("=1+1", 44609)
    assert form.shown("FORMULA")[1][1] == "=1+1"


def test_several_choices_are_joined_with_commas(state: State, tx: sqlite3.Connection) -> None:
    form = Form(state, tx)
    form.write("x", c=["Một", "Hai, ba"])
    assert form.shown()[1][3] == "Một, Hai, ba"


def test_an_edit_overwrites_its_row_moves_the_time_and_notes_what_changed(
    state: State, tx: sqlite3.Connection
) -> None:
    form = Form(state, tx)
    first = form.write("một", b=["2022-02-17"])
    form.write("hai")
    form.type_in(1, 7, "ghi tay")
    edited = form.write("một", row=first, at=datetime(2022, 3, 20, 1, 0, tzinfo=UTC))
    assert edited == first
    expected = ["20/03/2022 08:00:00", "một", "", "", "", "", "", "ghi tay"]
    assert form.shown()[1] == expected
    cells = store.get_row(tx, FILE, form.sheet_id, 1)
    assert cells[2]["note"] == "Người trả lời đã cập nhật giá trị này."
    assert "note" not in cells[0]
    assert "note" not in cells[1]
    assert names(form) == ["một", "hai"]


def test_rows_typed_below_are_pushed_down(state: State, tx: sqlite3.Connection) -> None:
    form = Form(state, tx)
    form.write("một")
    form.type_in(2, 1, "ghi tay")
    form.write("hai")
    assert names(form) == ["một", "hai", "ghi tay"]


def test_an_edit_finds_its_row_after_rows_were_inserted_and_deleted(
    state: State, tx: sqlite3.Connection
) -> None:
    form = Form(state, tx)
    first, second = form.write("một"), form.write("hai")
    form.change(lambda workbook, sheet: structure.insert(workbook, sheet, "ROWS", 1, 2))
    form.write("hai lần nữa", row=second)
    assert names(form) == ["", "", "một", "hai lần nữa"]
    form.change(lambda workbook, sheet: structure.delete(workbook, sheet, "ROWS", 3, 4))
    form.write("một lần nữa", row=first)
    assert names(form) == ["", "", "hai lần nữa", "một lần nữa"]


def test_columns_follow_the_form_by_place_not_by_header(
    state: State, tx: sqlite3.Connection
) -> None:
    form = Form(state, tx)
    form.type_in(0, 1, "Đổi tên bằng tay")
    form.write("một")
    assert form.shown()[0][1] == "Đổi tên bằng tay"
    assert names(form) == ["một"]
    form.refresh([Header("0000000c", "Câu mới"), Header("0000000a", "Tên trường")])
    assert form.shown()[0] == ["Dấu thời gian", "Tên trường", "Ngày ban hành", "Câu mới"]
    form.write("hai", c=["mới"])
    assert form.shown()[2][1:] == ["hai", "", "mới"]


def test_a_deleted_tab_is_written_no_more(state: State, tx: sqlite3.Connection) -> None:
    form = Form(state, tx)
    form.change(lambda workbook, sheet: workbook.sheets.remove(sheet))
    answers = {"0000000a": ["x"]}
    written = linked.write_response(
        state, tx, spreadsheet_id=FILE, sheet_id=form.sheet_id, row=None,
        submitted_at=LAST_SECOND, email=None, answers_by_question_id=answers,
    )  # fmt: skip
    assert written is None
    assert [sheet.title for sheet in store.load(tx, FILE).sheets] == ["Sheet1"]


def test_formulas_and_names_of_the_tab_grow_with_a_response(
    state: State, tx: sqlite3.Connection
) -> None:
    form = Form(state, tx)
    form.write("Mẫu 1")
    workbook = store.load(tx, FILE)
    before = store.snapshot(workbook)
    tab = workbook.sheet(form.sheet_id).title
    formula = f"=COUNTA('{tab}'!A2:A100)"
    workbook.sheet(0).put(0, 0, {"userEnteredValue": {"formulaValue": formula}})
    area = {"sheetId": form.sheet_id, "startRowIndex": 1, "endRowIndex": 100}
    workbook.named_ranges = [{"namedRangeId": "n", "name": "Ten", "range": area}]
    store.save(tx, workbook, before)
    form.write("Mẫu 2")
    workbook = store.load(tx, FILE)
    cell = workbook.sheet(0).cell(0, 0)["userEnteredValue"]
    assert cell == {"formulaValue": f"=COUNTA('{tab}'!A2:A101)"}
    assert workbook.named_ranges[0]["range"]["endRowIndex"] == 101


def test_formulas_follow_the_rows_that_a_form_inserts(state: State, tx: sqlite3.Connection) -> None:
    form = Form(state, tx)

    def count_the_tab(workbook: Any, sheet: Any) -> None:
        other = next(one for one in workbook.sheets if one is not sheet)
        formula = f"=COUNTA('{sheet.title}'!B1:B1000)+COUNTA('{sheet.title}'!B2:B1000)"
        other.put(0, 0, {"userEnteredValue": {"formulaValue": formula}})

    form.change(count_the_tab)
    form.write("Trường A")
    form.write("Trường B")
    workbook = store.load(tx, FILE)
    other = next(one for one in workbook.sheets if one.sheet_id != form.sheet_id)
    title = workbook.sheet(form.sheet_id).title
    # A range that begins where the first response comes to lie is pushed down by each.
    made = f"=COUNTA('{title}'!B1:B1002)+COUNTA('{title}'!B4:B1002)"
    assert other.cell(0, 0) == {"userEnteredValue": {"formulaValue": made}}
