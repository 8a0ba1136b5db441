"""One small workbook as requests: what Google is told of a new spreadsheet, and of one that is
there."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

from msgspec.json import encode

from cchc_gforms.dashboard.build import with_journal
from cchc_gforms.dashboard.sheets.changes import changes, digest
from cchc_gforms.dashboard.sheets.ids import object_id
from cchc_gforms.dashboard.sheets.standing import BRAND_NEW, Spreadsheet, Standing
from cchc_gforms.dashboard.workbook import (
    Cell,
    Chart,
    Content,
    FilterView,
    Lane,
    Link,
    Rule,
    Series,
    Slicer,
    Style,
    Tab,
    Workbook,
)
from tests.dashboard.ledger_of_few import HOSTILE, workbook
from tests.google.discovery import wrong_in

# From the first four bytes of sha256sum of "tab:t", "chart:t/c", "protection:t", by the shell.
TAB, CHART, PROTECTION = 1411901095, 1263295462, 1888003929
SETTLED = {"locale": "vi_VN", "timeZone": "Asia/Ho_Chi_Minh"}


def one_tab(*values: Content, **more: Any) -> Tab:
    chart = Chart(
        "c", "Biểu đồ", "column", stacked=True, first=0, last=2, domain=0,
        series=(Series(0, "#0072b2"),), row=4, column=0, width=640, height=400,
    )  # fmt: skip
    return Tab(
        key="t",
        title="Trang",
        lanes=(Lane(100, Style("number")),),
        head=((Cell("Cột"),),),
        body=tuple((value,) for value in values),
        charts=(chart,),
        rules=(Rule(0, 1, "is", "Trễ hạn", "#ffffff"), Rule(0, 1, "at_least", 3, "#fff0f0")),
        views=(FilterView("v", "Chỉ trễ", ((0, "Trễ hạn"),)),),
        slicers=(Slicer("s", "Cột", 0, 0, 150),),
        filtered=True,
        **more,
    )


def sent(book: Workbook, now: Spreadsheet) -> list[Any]:
    """The steps as Google gets them."""
    return [json.loads(encode(step)) for step in changes(book, now)]


def requests(tab: Tab, now: Spreadsheet) -> list[tuple[str, Any]]:
    """Kind and content of each request, in order; each known to Google."""
    steps = sent(Workbook("Sổ", "Asia/Ho_Chi_Minh", (tab,)), now)
    made = [request for step in steps for request in step]
    assert wrong_in("sheets.v4", "BatchUpdateSpreadsheetRequest", {"requests": made}) == []
    return [next(iter(request.items())) for request in made]


def kinds(tab: Tab, now: Spreadsheet) -> list[str]:
    return [kind for kind, _ in requests(tab, now)]


def of_kind(made: list[tuple[str, Any]], kind: str) -> list[Any]:
    return [content for name, content in made if name == kind]


def there(tab: Tab, **more: Any) -> Spreadsheet:
    """The tab as we leave it, but for what is said."""
    standing = Standing(
        id=TAB,
        title="Trang",
        index=0,
        grid={"rowCount": tab.rows, "columnCount": 1, "frozenRowCount": 1},
        rules=["TEXT_EQ", "NUMBER_GREATER_THAN_EQ"],
        filtered=True,
        views=frozenset({object_id("view", tab, "v")}),
        charts=frozenset({CHART}),
        slicers=frozenset({object_id("slicer", tab, "s")}),
        protections={PROTECTION: tab.kind == "derived"},
        digest=digest(tab),
        digest_id=9,
        rows=[["Cột"], *([value] for (value,) in tab.body)],
    )
    standing = replace(standing, **more)
    return Spreadsheet(SETTLED, {TAB: standing})


def test_a_new_spreadsheet_is_made_whole_and_loses_the_tab_it_came_with() -> None:
    assert kinds(one_tab("a"), BRAND_NEW) == [
        "updateSpreadsheetProperties", "addSheet", "repeatCell", "updateCells", "repeatCell",
        "updateCells", "updateDimensionProperties", "updateDimensionProperties",
        "addConditionalFormatRule", "addConditionalFormatRule", "setBasicFilter", "addFilterView",
        "addChart", "addSlicer", "addProtectedRange", "createDeveloperMetadata", "deleteSheet",
    ]  # fmt: skip


def test_a_new_tab_is_as_large_as_what_it_holds() -> None:
    (added,) = of_kind(requests(one_tab("a", "b"), BRAND_NEW), "addSheet")
    assert added["properties"] == {
        "sheetId": TAB,
        "title": "Trang",
        "index": 0,
        "gridProperties": {
            "rowCount": 3,
            "columnCount": 1,
            "frozenRowCount": 1,
            "frozenColumnCount": 0,
            "hideGridlines": False,
        },
    }


def test_a_tab_that_is_as_it_should_be_is_left_alone() -> None:
    tab = one_tab("a", 1.5, None)
    assert requests(tab, there(tab)) == []


UNDONE: dict[str, dict[str, Any]] = {
    "a value": {"rows": [["Cột"], ["b"]]},
    "the order of rows": {"rows": [["a"], ["Cột"]]},
    "a number typed over a text": {"rows": [["Cột"], [1.0]]},
    "everything": {"rows": []},
    "a row more": {"grid": {"rowCount": 3, "columnCount": 1, "frozenRowCount": 1}},
    "a cell beside": {"rows": [["Cột"], ["a", "b"]]},
    "the title": {"title": "Khác"},
    "hidden": {"hidden": True},
    "frozen rows": {"grid": {"rowCount": 2, "columnCount": 1}},
    "more columns": {"grid": {"rowCount": 2, "columnCount": 2, "frozenRowCount": 1}},
    "merged": {"merged": True},
    "a row or column out of sight": {"lines_hidden": True},
    "a rule": {"rules": ["TEXT_EQ"]},
    "another rule": {"rules": ["TEXT_EQ", "BLANK"]},
    "the filter": {"filtered": False},
    "the filter, in use": {"filter_in_use": True},
    "a filter view": {"views": frozenset()},
    "the chart": {"charts": frozenset()},
    "the slicer": {"slicers": frozenset()},
    "the protection": {"protections": {}},
    "a protection made strict": {"protections": {PROTECTION: False}},
    "the look, by another version": {"digest": "0"},
}


def test_whatever_a_person_undid_is_done_again_and_nothing_is_made_twice() -> None:
    tab = one_tab("a")
    for what, undone in UNDONE.items():
        made = kinds(tab, there(tab, **undone))
        assert made.count("updateCells") == 2, what
        assert "addSheet" not in made, what
        assert made.count("addChart") == (what == "the chart"), what
        assert made.count("addSlicer") == (what == "the slicer"), what
        assert made.count("addFilterView") == (what == "a filter view"), what
        assert made.count("addProtectedRange") == (what == "the protection"), what
        assert "updateDeveloperMetadata" in made, what


def test_old_rules_go_from_the_last_to_the_first_before_ours_come() -> None:
    tab = one_tab("a")
    made = requests(tab, there(tab, rules=["BLANK"] * 4))
    assert [one["index"] for one in of_kind(made, "deleteConditionalFormatRule")] == [3, 2, 1, 0]
    assert [one["index"] for one in of_kind(made, "addConditionalFormatRule")] == [0, 1]


def test_a_link_is_an_address_of_the_cells_text() -> None:
    tab = one_tab(Link("Mở", "https://x.example/?a=1"))
    made = of_kind(requests(tab, BRAND_NEW), "updateCells")
    assert made[1]["rows"] == [{"values": [{"userEnteredValue": {"stringValue": "Mở"}}]}]
    (row,) = made[2]["rows"]
    text = row["values"][0]["userEnteredFormat"]["textFormat"]
    assert text["link"] == {"uri": "https://x.example/?a=1"}
    assert made[2]["fields"] == "userEnteredFormat.textFormat"


def test_a_tab_of_somebody_else_that_bears_our_title_gets_another() -> None:
    tab = one_tab("a")
    theirs = Standing(7, "Trang", 0)
    first, *_ = requests(tab, Spreadsheet(SETTLED, {7: theirs}))
    assert first == (
        "updateSheetProperties",
        {"properties": {"sheetId": 7, "title": "Trang (7)"}, "fields": "title"},
    )
    assert "deleteSheet" not in kinds(tab, Spreadsheet(SETTLED, {7: theirs}))


def test_a_spreadsheet_of_another_zone_is_set_right_before_times_are_written() -> None:
    tab = one_tab("a")
    abroad = replace(there(tab), properties={"locale": "en_US", "timeZone": "America/New_York"})
    ((kind, update),) = requests(tab, abroad)
    assert kind == "updateSpreadsheetProperties"
    assert update["properties"] == SETTLED


def test_a_log_grows_at_its_end_and_is_written_anew_where_it_was_touched() -> None:
    log = one_tab("a", "b", "c", kind="log", proof=1)
    short = there(
        log, rows=[["Cột"], ["a"]], grid={"rowCount": 2, "columnCount": 1, "frozenRowCount": 1}
    )
    made = requests(log, short)
    assert [kind for kind, _ in made] == [
        "updateSheetProperties", "repeatCell", "updateCells", "updateDeveloperMetadata",
    ]  # fmt: skip
    assert made[2][1]["start"]["rowIndex"] == 2
    assert len(made[2][1]["rows"]) == 2
    sorted_by_a_person = there(log, rows=[["Cột"], ["b"], ["a"]])
    written = of_kind(requests(log, sorted_by_a_person), "updateCells")
    assert [len(one["rows"]) for one in written] == [1, 3]


def test_no_answer_can_become_a_formula_and_google_knows_every_request() -> None:
    book = with_journal(workbook(), ("STT",), ((1,),))
    made = [request for step in sent(book, BRAND_NEW) for request in step]
    assert wrong_in("sheets.v4", "BatchUpdateSpreadsheetRequest", {"requests": made}) == []
    text = json.dumps(made, ensure_ascii=False)
    assert json.dumps({"stringValue": HOSTILE}, ensure_ascii=False) in text
    formulas = {part.split("(")[0] for part in text.split('"formulaValue": "')[1:]}
    assert formulas == {"=SPARKLINE", "=IF"}
