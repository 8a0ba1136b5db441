"""What a person does to a sheet from its page: the same changes as the API's, and its refusals."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import requests

from cchc_gforms.local_google.serve import Running
from tests.local_google.office import visitor
from tests.local_google.sheets.book import OWNER, Book, Sheets, grid
from tests.local_google.sheets.conftest import token

OTHER = "canbo@truong.example"
ORDER = [["Tên", "Số"], ["Cần", "3"], ["An", "1"], ["Bình", "2"]]
PROTECTED = "You are trying to edit a protected cell or object."


class Person:
    """Somebody at the page of one spreadsheet."""

    def __init__(self, url: str, book: Book, email: str) -> None:
        self._session = visitor(url, email)
        self.address = f"{url}/spreadsheets/d/{book.id}"

    def close(self) -> None:
        self._session.close()

    def page(self, query: str = "edit=1") -> str:
        answer = self._session.get(f"{self.address}/edit?{query}")
        assert answer.status_code == 200
        return answer.text

    def post(self, action: str, area: str = "A1", value: str = "", **more: str) -> Any:
        fields = {"gid": "0", "range": area, "value": value, "action": action, "query": "", **more}
        headers = {"Sec-Fetch-Site": "same-origin"}
        return self._session.post(
            f"{self.address}/change", data=fields, headers=headers, allow_redirects=False
        )

    def do(self, action: str, area: str = "A1", value: str = "", **more: str) -> str:
        """Does what is let in; answers where the page goes on."""
        answer = self.post(action, area, value, **more)
        assert answer.status_code == 303, answer.text
        return str(answer.headers["location"])


@pytest.fixture
def lists(sheets: Sheets) -> Book:
    """A header and three rows, out of order; a second tab, id 7."""
    book = sheets.book(title="Danh sách", locale="vi_VN", timeZone="Asia/Ho_Chi_Minh")
    book.write("A1", [["Tên", "Số"], ["Cần", 3], ["An", 1], ["Bình", 2]])
    book.batch({"addSheet": {"properties": {"sheetId": 7, "title": "Phụ"}}})
    return book


@pytest.fixture
def owner(server: Running, lists: Book) -> Iterator[Person]:
    person = Person(server.url, lists, OWNER)
    yield person
    person.close()


@pytest.fixture
def other(server: Running, lists: Book) -> Iterator[Person]:
    person = Person(server.url, lists, OTHER)
    yield person
    person.close()


def share(server: Running, book: Book, role: str) -> None:
    requests.post(
        f"{server.url}/drive/v3/files/{book.id}/permissions",
        headers={"Authorization": f"Bearer {token(server.url)}"},
        params={"sendNotificationEmail": "false"},
        json={"type": "user", "role": role, "emailAddress": OTHER},
        timeout=10,
    ).raise_for_status()


def protect(area: dict[str, int], **more: Any) -> dict[str, Any]:
    return {"addProtectedRange": {"protectedRange": {"range": area, **more}}}


@pytest.mark.parametrize(
    ("text", "held"),
    [
        ("Dũng", "Dũng"),
        ("1234,5", 1234.5),
        ("25%", 0.25),
        ("'0123", "0123"),
        ("19/03/2022", 44639),
        ("TRUE", True),
        ("dòng một\r\ndòng hai", "dòng một\ndòng hai"),
        ("<script>alert(1)</script>", "<script>alert(1)</script>"),
    ],
)
def test_what_is_typed_is_read_as_a_person_means_it(
    lists: Book, owner: Person, text: str, held: Any
) -> None:
    owner.do("type", "B2", text)
    assert lists.values("B2", valueRenderOption="UNFORMATTED_VALUE") == [[held]]
    assert "<script>alert" not in owner.page()


def test_a_formula_that_is_typed_is_a_formula(lists: Book, owner: Person) -> None:
    owner.do("type", "B5", "=SUM(B2:B4)")
    assert lists.values("B5", valueRenderOption="FORMULA") == [["=SUM(B2:B4)"]]
    assert 'data-typed="=SUM(B2:B4)"' in owner.page()


def test_an_empty_text_and_clearing_leave_the_look(lists: Book, owner: Person) -> None:
    look = {"userEnteredFormat": {"textFormat": {"bold": True}}}
    lists.batch({"repeatCell": {"range": grid(1, 4, 0, 2), "cell": look, "fields": "*"}})
    lists.write("A2", [["Cần", 3], ["An", 1]])
    owner.do("type", "A2")
    owner.do("clear", "B2:B3")
    assert lists.values("A1:B4") == [["Tên", "Số"], [], ["An"]]
    assert lists.cells("B3")[0][0]["userEnteredFormat"] == {"textFormat": {"bold": True}}


def test_typing_into_a_merged_area_fills_its_first_cell(lists: Book, owner: Person) -> None:
    lists.batch({"mergeCells": {"range": grid(5, 7, 0, 2), "mergeType": "MERGE_ALL"}})
    owner.do("type", "B7", "gộp")
    assert lists.values("A6:B7") == [["gộp"]]


@pytest.mark.parametrize(
    ("action", "area", "rows"),
    [
        ("insert_above", "A2", [*ORDER[:1], [], *ORDER[1:]]),
        ("insert_below", "A3:A4", ORDER),
        ("insert_below", "A1:B2", [*ORDER[:2], [], [], *ORDER[2:]]),
        ("insert_left", "B4", [[name, "", n] for name, n in ORDER]),
        ("insert_right", "B1", ORDER),
        ("delete_rows", "A1:B2", [["An", "1"], ["Bình", "2"]]),
        ("delete_rows", "3:3", [["Tên", "Số"], ["Cần", "3"], ["Bình", "2"]]),
        ("delete_columns", "A:A", [["Số"], ["3"], ["1"], ["2"]]),
    ],
)
def test_rows_and_columns_come_and_go(
    lists: Book, owner: Person, action: str, area: str, rows: list[list[str]]
) -> None:
    owner.do(action, area)
    assert lists.values("A1:D9") == rows


@pytest.mark.parametrize(
    ("action", "area", "frozen", "rows"),
    [
        ("sort_sheet_az", "B1", 0, [["An", "1"], ["Bình", "2"], ["Cần", "3"], ["Tên", "Số"]]),
        ("sort_sheet_az", "B3", 1, [["Tên", "Số"], ["An", "1"], ["Bình", "2"], ["Cần", "3"]]),
        ("sort_sheet_za", "A1", 1, [["Tên", "Số"], ["Cần", "3"], ["Bình", "2"], ["An", "1"]]),
        ("sort_range_az", "A2:A4", 0, [["Tên", "Số"], ["An", "3"], ["Bình", "1"], ["Cần", "2"]]),
        ("sort_range_za", "B3:B4", 0, [["Tên", "Số"], ["Cần", "3"], ["An", "2"], ["Bình", "1"]]),
    ],
)
def test_sorting_a_tab_moves_whole_rows_and_the_header_unless_frozen(
    lists: Book, owner: Person, action: str, area: str, frozen: int, rows: list[list[str]]
) -> None:
    properties = {"gridProperties": {"frozenRowCount": frozen}}
    mask = "gridProperties.frozenRowCount"
    lists.batch({"updateSheetProperties": {"properties": properties, "fields": mask}})
    owner.do(action, area)
    assert lists.values("A1:B9") == rows


def test_tabs_are_renamed_added_hidden_shown_and_deleted(lists: Book, owner: Person) -> None:
    def titles() -> list[str]:
        return [sheet["properties"]["title"] for sheet in lists.get()["sheets"]]

    assert owner.do("rename_tab", gid="7", title="Đơn vị").endswith("/edit?gid=7#gid=7")
    assert titles() == ["Sheet1", "Đơn vị"]
    owner.do("add_tab")
    assert titles() == ["Sheet1", "Đơn vị", "Trang tính3"]
    owner.do("hide_tab", gid="7")
    assert lists.sheet(1)["properties"]["hidden"] is True
    assert "Hiện “Đơn vị”" in owner.page()
    assert owner.do("show_tab:7").endswith("#gid=7")
    assert "hidden" not in lists.sheet(1)["properties"]
    asked = owner.post("delete_tab", gid="7")
    assert asked.status_code == 409
    assert "Xóa trang tính “Đơn vị”" in asked.text
    assert titles() == ["Sheet1", "Đơn vị", "Trang tính3"]
    owner.do("delete_tab", gid="7", confirmed="1")
    assert titles() == ["Sheet1", "Trang tính3"]


def test_a_name_of_a_tab_is_text_wherever_it_is_shown(lists: Book, owner: Person) -> None:
    owner.do("rename_tab", gid="7", title='"><img src=x>')
    for page in (owner.page("edit=1&gid=7"), owner.post("delete_tab", gid="7").text):
        assert "<img" not in page
        assert "&#34;&gt;&lt;img src=x&gt;" in page


def test_a_chart_is_deleted(lists: Book, owner: Person) -> None:
    source = {"sourceRange": {"sources": [grid(0, 4, 1, 2)]}}
    spec = {"basicChart": {"chartType": "COLUMN", "series": [{"series": source}]}}
    at = {"overlayPosition": {"anchorCell": {"rowIndex": 6, "columnIndex": 1}}}
    lists.batch({"addChart": {"chart": {"chartId": 11, "spec": spec, "position": at}}})
    assert 'value="delete_object:11"' in owner.page()
    owner.do("delete_object:11")
    assert "charts" not in lists.sheet()


def test_a_protection_is_removed_by_who_may_edit_it(
    server: Running, lists: Book, owner: Person, other: Person
) -> None:
    share(server, lists, "writer")
    lists.batch(protect(grid(0, 1, 0, 2), protectedRangeId=5))
    assert "unprotect:5" not in other.page()
    refused = other.post("unprotect:5")
    assert (refused.status_code, PROTECTED in refused.text) == (400, True)
    assert 'value="unprotect:5"' in owner.page()
    owner.do("unprotect:5")
    assert "protectedRanges" not in lists.sheet()


@pytest.mark.parametrize(
    ("action", "area"),
    [
        ("type", "B1"),
        ("clear", "A1:B4"),
        ("delete_rows", "A1"),
        ("delete_columns", "B2"),
        ("insert_above", "A1"),
        ("rename_tab", "A1"),
        ("delete_tab", "A1"),
        ("hide_tab", "A1"),
    ],
)
def test_a_protected_range_refuses_who_is_not_an_editor(
    server: Running, lists: Book, other: Person, action: str, area: str
) -> None:
    share(server, lists, "writer")
    lists.batch(protect(grid(0, 1, 0, 2)))
    before = lists.get(includeGridData=True)
    refused = other.post(action, area, "x", title="x", confirmed="1")
    assert refused.status_code == 400
    assert PROTECTED in refused.text
    assert lists.get(includeGridData=True) == before
    other.do("type", "A2", "được sửa")
    assert lists.values("A2") == [["được sửa"]]


def test_a_warning_asks_first_and_the_owner_too(lists: Book, owner: Person) -> None:
    lists.batch(protect(grid(0, 1, 0, 2), warningOnly=True))
    asked = owner.post("type", "A1", "Họ tên\n<b>")
    assert asked.status_code == 409
    assert "Vẫn chỉnh sửa?" in asked.text
    assert "Họ tên\n&lt;b&gt;</textarea>" in asked.text
    assert lists.values("A1") == [["Tên"]]
    owner.do("type", "A1", "Họ tên\n<b>", confirmed="1")
    assert lists.values("A1") == [["Họ tên\n<b>"]]
    owner.do("type", "A2", "không hỏi")


@pytest.mark.parametrize("role", ["reader", None])
def test_viewers_and_strangers_cannot_edit(
    server: Running, lists: Book, other: Person, role: str | None
) -> None:
    if role:
        share(server, lists, role)
        assert "data-editing" not in other.page("edit=1")
        assert ">Chỉnh sửa<" not in other.page("")
    assert other.post("type", "A1", "x").status_code == 403
    with visitor(server.url) as stranger:
        posted = stranger.post(f"{other.address}/change", data={"gid": "0", "action": "clear"})
        assert posted.status_code == 401
    assert lists.values("A1") == [["Tên"]]


def test_the_page_is_read_only_until_editing_is_switched_on(owner: Person) -> None:
    page = owner.page("")
    assert "data-editing" not in page
    assert 'name="action"' not in page
    assert "edit?gid=0&amp;edit=1#gid=0" in page
    assert "data-editing" in owner.page("gid=0&edit=1")


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "https://noi-khac.example"},
        {"Origin": "null"},
    ],
)
def test_a_post_of_another_site_is_refused(
    server: Running, lists: Book, headers: dict[str, str]
) -> None:
    with visitor(server.url, OWNER) as browser:
        fields = {"gid": "0", "range": "A1", "value": "x", "action": "type"}
        address = f"{server.url}/spreadsheets/d/{lists.id}/change"
        assert browser.post(address, data=fields, headers=headers).status_code == 403
    assert lists.values("A1") == [["Tên"]]


@pytest.mark.parametrize(
    ("fields", "status"),
    [
        ({"action": "format_disk"}, 400),
        ({"action": "type", "range": "ZZZ9"}, 400),
        ({"action": "type", "range": "A1001"}, 400),
        ({"action": "type", "range": "'Phụ'!A1"}, 400),
        ({"action": "type", "gid": "99"}, 400),
        ({"action": "type", "gid": "x"}, 400),
        ({"action": "delete_object:99"}, 400),
        ({"action": "delete_object:x"}, 400),
        ({"action": "rename_tab", "title": "phụ"}, 400),
        ({"action": "rename_tab", "title": " "}, 400),
        ({"action": "delete_rows", "range": "1:1000"}, 400),
        ({"action": "type", "value": "x" * 50_001}, 400),
    ],
)
def test_what_cannot_be_is_refused_as_a_page(
    lists: Book, owner: Person, fields: dict[str, str], status: int
) -> None:
    more = dict(fields)
    answer = owner.post(more.pop("action"), more.pop("range", "A1"), more.pop("value", "x"), **more)
    assert answer.status_code == status
    assert "<h1>" in answer.text
    assert lists.values("A1:B2") == [["Tên", "Số"], ["Cần", "3"]]


def rule(kind: str, *values: str, strict: bool = True) -> dict[str, Any]:
    condition = {"type": kind, "values": [{"userEnteredValue": value} for value in values]}
    return {
        "setDataValidation": {
            "range": grid(1, 4, 1, 2),
            "rule": {"condition": condition, "strict": strict, "inputMessage": "Chọn một."},
        }
    }


@pytest.mark.parametrize(
    ("kind", "values", "right", "wrong"),
    [
        ("ONE_OF_LIST", ("Có", "Không"), "Không", "Chưa"),
        ("ONE_OF_RANGE", ("=$A$2:$A$4",), "Bình", "Tên"),
        ("BOOLEAN", (), "TRUE", "có"),
        ("BOOLEAN", ("Xong",), "Xong", "TRUE"),
    ],
)
def test_a_strict_rule_refuses_what_it_does_not_offer(
    lists: Book, owner: Person, kind: str, values: tuple[str, ...], right: str, wrong: str
) -> None:
    lists.batch(rule(kind, *values))
    refused = owner.post("type", "B3", wrong)
    assert refused.status_code == 400
    assert "ô B3 vi phạm quy tắc xác thực dữ liệu" in refused.text
    assert "Chọn một." in refused.text
    assert lists.values("B3") == [["1"]]
    owner.do("type", "B3", right)
    assert lists.values("B3") == [[right]]
    owner.do("type", "B3", "")
    lists.batch(rule(kind, *values, strict=False))
    owner.do("type", "B3", wrong)


def test_the_page_offers_the_values_of_a_rule(lists: Book, owner: Person) -> None:
    lists.batch(rule("ONE_OF_LIST", "Có", '"><script>'))
    page = owner.page()
    assert '<option value="Có"><option value="&#34;&gt;&lt;script&gt;">' in page
    assert page.count('data-choices="list0"') == 3


@pytest.mark.parametrize(
    ("value", "look", "typed"),
    [
        ("0123", {}, "&#39;0123"),
        ("=1+1", {}, "&#39;=1+1"),
        (0.5, {"type": "PERCENT", "pattern": "0%"}, None),
        (1234.5, {"type": "NUMBER", "pattern": "#,##0"}, "1234,5"),
        (44639.25, {"type": "DATE", "pattern": "dd/MM/yyyy"}, "44639,25"),
        (44639, {"type": "DATE", "pattern": "dd/MM/yyyy"}, None),
    ],
)
def test_editing_begins_with_a_text_that_gives_the_same_value(
    lists: Book, owner: Person, value: Any, look: dict[str, str], typed: str | None
) -> None:
    kind = "stringValue" if isinstance(value, str) else "numberValue"
    cell = {"userEnteredValue": {kind: value}, "userEnteredFormat": {"numberFormat": look}}
    lists.batch(
        {"updateCells": {"range": grid(0, 4, 0, 2), "rows": [{"values": [cell]}], "fields": "*"}}
    )
    page = owner.page()
    assert page.count("data-typed") == (typed is not None)
    assert typed is None or f'data-typed="{typed}"' in page
