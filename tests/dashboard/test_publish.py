"""Publishing to a local Google: what it takes, what it leaves alone, what it repairs."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import gspread
import pytest

from cchc_gforms.cli.main import run
from cchc_gforms.cli.settings import open_store
from cchc_gforms.dashboard.build import TITLES
from cchc_gforms.dashboard.sheets.ids import sheet_id_of
from tests.generator.live import clear_log, google_at, log
from tests.office import YEAR, Bureau, cchc, local_google

SCHOOL = "MN01 – Trường Mầm non Mẫu 01"
REPORT = "Báo cáo CCHC 06 tháng đầu năm 2022"
DERIVED = [key for key in TITLES if key != "notes"]
NOTE = ["MN01", REPORT, "Hiệu trưởng mới, gọi 0901."]

READ, READ_ALL = "sheets.spreadsheets.getByDataFilter", "sheets.spreadsheets.get"
LOOK, WRITE = "drive.files.get", "sheets.spreadsheets.batchUpdate"

Deed = Callable[[gspread.Spreadsheet], list[dict[str, Any]]]


@pytest.fixture(scope="module")
def bureau(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bureau]:
    """MN01 has sent a report of 06 tháng, which waits, and somebody wrote a note on that."""
    work = tmp_path_factory.mktemp("dashboard")
    with local_google(work, seed=5) as server, Bureau.at_work(server) as bureau:
        bureau.at("2022-06-02 10:00")
        bureau.submit("periodic_report/2022-h1", SCHOOL, "mn01@truong.example")
        cchc("harvest", *YEAR)
        yield bureau


def publish() -> dict[str, Any]:
    return cchc("dashboard", "publish", *YEAR)


@pytest.fixture(scope="module")
def book(bureau: Bureau) -> Iterator[gspread.Spreadsheet]:
    """The published spreadsheet, as a person with gspread has it."""
    with google_at(bureau.server) as google:
        book = google.sheets.open_by_key(publish()["spreadsheet_id"])
        notes = book.get_worksheet_by_id(sheet_id_of("notes"))
        notes.update([NOTE], "A2")
        publish()
        yield book


def picture(book: gspread.Spreadsheet) -> dict[str, Any]:
    """Every tab with its objects and its values, without what never stays (the order of rules has
    no ids, protections are told by theirs)."""
    tabs = book.fetch_sheet_metadata()["sheets"]
    ranges = [f"'{tab['properties']['title']}'" for tab in tabs]
    values = book.values_batch_get(ranges, params={"valueRenderOption": "UNFORMATTED_VALUE"})[
        "valueRanges"
    ]
    lines = "sheets(data(rowMetadata(hiddenByUser),columnMetadata(hiddenByUser)))"
    hidden = book.fetch_sheet_metadata({"fields": lines})["sheets"]
    return {
        tab["properties"]["title"]: (
            tab["properties"],
            out_of_sight,
            [one["chartId"] for one in tab.get("charts", ())],
            [one["slicerId"] for one in tab.get("slicers", ())],
            [one["filterViewId"] for one in tab.get("filterViews", ())],
            [one["protectedRangeId"] for one in tab.get("protectedRanges", ())],
            tab.get("conditionalFormats"),
            tab.get("basicFilter"),
            cells.get("values"),
        )
        for tab, cells, out_of_sight in zip(tabs, values, hidden, strict=True)
    }


def calls(bureau: Bureau) -> list[str]:
    """What the last command asked of Google, by the request log."""
    return [one["method_id"] for one in log(bureau.server)]


def test_before_any_period_is_open_there_is_a_dashboard_too(tmp_path: Path) -> None:
    with local_google(tmp_path, seed=6) as server, Bureau.at_work(server, opened=False) as bureau:
        bureau.at("2021-06-02 10:00")
        assert cchc("harvest", *YEAR)["new_events"] == 0
        with google_at(server) as google:
            book = google.sheets.open_by_key(publish()["spreadsheet_id"])
            assert [tab.title for tab in book.worksheets()] == list(TITLES.values())


def test_the_first_publish_takes_three_calls_and_one_without_news_takes_one(
    bureau: Bureau,
) -> None:
    clear_log(bureau.server)
    first = publish()
    assert calls(bureau) == [
        "drive.files.list", "drive.files.create", WRITE,
    ]  # fmt: skip
    assert (first["calls"], first["batches"]) == (3, 1)
    clear_log(bureau.server)
    again = publish()
    assert calls(bureau) == [READ]
    assert (again["calls"], again["batches"]) == (1, 0)
    assert again["spreadsheet_id"] == first["spreadsheet_id"]


def test_when_everything_changed_three_calls_do(bureau: Bureau, book: gspread.Spreadsheet) -> None:
    """Another day, another harvest: days left, times, figures and the log are new on every tab."""
    bureau.at("2022-06-05 09:00")
    bureau.decide(SCHOOL, REPORT, "return", "duyet1@phonggd.example")
    cchc("harvest", *YEAR)
    clear_log(bureau.server)
    done = publish()
    assert calls(bureau) == [
        READ, LOOK, WRITE,
    ]  # fmt: skip
    assert done["calls"] == 3


def test_a_fresh_machine_finds_the_spreadsheet_by_its_tag(
    bureau: Bureau, book: gspread.Spreadsheet, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing remembered: one look-up for the forms and one for the spreadsheet, a get a form. The
    log comes from the dashboard."""
    publish()
    monkeypatch.setenv("CCHC_STORE", str(tmp_path / "other.sqlite"))
    assert run(["store", "restore", "--from-dashboard", "2022"]) == 0
    cchc("harvest", *YEAR)
    assert publish()["spreadsheet_id"] == book.id
    clear_log(bureau.server)
    publish()
    assert calls(bureau) == [READ]
    monkeypatch.undo()
    publish()


def test_a_note_stands_beside_its_row_wherever_the_row_is(book: gspread.Spreadsheet) -> None:
    publish()
    for key in ("ledger",):
        tab = book.get_worksheet_by_id(sheet_id_of(key))
        rows = [row for row in tab.get_all_values() if "Hiệu trưởng mới, gọi 0901." in row]
        (row,) = rows
        assert row[1] == "MN01"
        assert row[5] == "06 tháng đầu năm 2022"


def test_a_note_is_told_as_people_see_it_and_then_nothing_is_new(
    bureau: Bureau, book: gspread.Spreadsheet
) -> None:
    """The result of a formula, a day and a tick as the tab shows them."""
    notes = book.get_worksheet_by_id(sheet_id_of("notes"))
    link = '=HYPERLINK("http://a.example";"biên bản")'
    typed = [["MN02", "", "=1+1"], ["MN02", "", link], ["MN02", "", "15/6/2022"]]
    notes.update([*typed, ["MN02", "", "TRUE"]], "A3:C6", raw=False)
    shown = "; ".join(row[2] for row in notes.get("A3:C6"))
    assert shown.startswith("2; biên bản; 15")
    assert shown.endswith("; TRUE")
    publish()
    (told,) = {
        row[10]
        for row in book.get_worksheet_by_id(sheet_id_of("missing")).get_all_values()
        if row[1] == "MN02"
    }
    assert told == shown
    clear_log(bureau.server)
    assert publish()["batches"] == 0
    assert calls(bureau) == [READ, "sheets.spreadsheets.values.get"]
    notes.batch_clear(["A3:C6"])
    publish()


def _on_each(request: Callable[[int], dict[str, Any]]) -> Deed:
    return lambda _: [request(sheet_id_of(key)) for key in DERIVED]


def _unprotected(book: gspread.Spreadsheet) -> list[dict[str, Any]]:
    return [
        {"deleteProtectedRange": {"protectedRangeId": one["protectedRangeId"]}}
        for tab in book.fetch_sheet_metadata()["sheets"]
        for one in tab.get("protectedRanges", ())
    ]


def _bare(book: gspread.Spreadsheet) -> list[dict[str, Any]]:
    tabs = book.fetch_sheet_metadata()["sheets"]
    charts = [one["chartId"] for tab in tabs for one in tab.get("charts", ())]
    slicers = [one["slicerId"] for tab in tabs for one in tab.get("slicers", ())]
    views = [one["filterViewId"] for tab in tabs for one in tab.get("filterViews", ())]
    return [
        *({"deleteEmbeddedObject": {"objectId": one}} for one in (*charts, *slicers)),
        *({"deleteFilterView": {"filterId": one}} for one in views),
    ]


def _sort(id: int) -> dict[str, Any]:
    order = {"dimensionIndex": 1, "sortOrder": "DESCENDING"}
    return {"sortRange": {"range": {"sheetId": id, "startRowIndex": 1}, "sortSpecs": [order]}}


def _properties(id: int, fields: str, **properties: Any) -> dict[str, Any]:
    properties["sheetId"] = id
    return {"updateSheetProperties": {"properties": properties, "fields": fields}}


def _out_of_sight(id: int, dimension: str) -> dict[str, Any]:
    """The second row or column."""
    line = {"sheetId": id, "dimension": dimension, "startIndex": 1, "endIndex": 2}
    change = {"properties": {"hiddenByUser": True}, "fields": "hiddenByUser"}
    return {"updateDimensionProperties": {"range": line, **change}}


_MERGED = {"startRowIndex": 0, "endRowIndex": 2, "startColumnIndex": 0, "endColumnIndex": 1}
_SECOND = {"dimension": "COLUMNS", "startIndex": 1, "endIndex": 2}
_NOTHING = {"0": {"condition": {"type": "TEXT_EQ", "values": [{"userEnteredValue": "?"}]}}}
_FROZEN = "gridProperties(frozenRowCount,frozenColumnCount)"

VANDALISM: dict[str, Deed] = {
    "sorted": _on_each(_sort),
    "emptied": _on_each(
        lambda id: {"updateCells": {"range": {"sheetId": id}, "fields": "userEnteredValue"}}
    ),
    "renamed, moved, hidden": _on_each(
        lambda id: _properties(
            id, "title,index,hidden", title=f"Tên khác {id}", index=0, hidden=True
        )
    ),
    "deleted": _on_each(lambda id: {"deleteSheet": {"sheetId": id}}),
    "without protection, charts, slicers and filter views": lambda book: [
        *_unprotected(book),
        *_bare(book),
    ],
    "merged": _on_each(
        lambda id: {
            "mergeCells": {"range": {"sheetId": id, **_MERGED}, "mergeType": "MERGE_COLUMNS"}
        }
    ),
    "filtered": _on_each(
        lambda id: {"setBasicFilter": {"filter": {"range": {"sheetId": id}, "criteria": _NOTHING}}}
    ),
    "with rows and columns hidden": lambda _: [
        _out_of_sight(sheet_id_of(key), dimension)
        for key in DERIVED
        for dimension in ("ROWS", "COLUMNS")
    ],
    "unfrozen": _on_each(lambda id: _properties(id, _FROZEN, gridProperties={})),
    "with a column more": _on_each(
        lambda id: {"insertDimension": {"range": {"sheetId": id, **_SECOND}}}
    ),
}


@pytest.mark.parametrize("deed", VANDALISM)
def test_one_publish_repairs_what_a_person_did_to_each_tab_and_notes_survive(
    bureau: Bureau, book: gspread.Spreadsheet, deed: str
) -> None:
    """The next test finds everything as it should be again, or fails. Google refuses a range on a
    tab that is gone."""
    before = picture(book)
    assert before["Ghi chú"][-1][1] == NOTE
    book.batch_update({"requests": VANDALISM[deed](book)})
    assert picture(book) != before
    clear_log(bureau.server)
    assert publish()["batches"] == 1
    again = [READ_ALL] if deed == "deleted" else []
    assert calls(bureau) == [READ, *again, LOOK, WRITE]
    assert picture(book) == before


def test_titles_that_people_swapped_come_back(bureau: Bureau, book: gspread.Spreadsheet) -> None:
    publish()
    before = picture(book)
    waiting, missing = sheet_id_of("waiting"), sheet_id_of("missing")
    swap = [(waiting, "x"), (missing, TITLES["waiting"]), (waiting, TITLES["missing"])]
    book.batch_update({"requests": [_properties(id, "title", title=title) for id, title in swap]})
    clear_log(bureau.server)
    publish()
    assert calls(bureau) == [READ, LOOK, WRITE]
    assert picture(book) == before


def test_a_tab_of_somebodys_own_that_took_the_title_of_ours_keeps_what_it_holds(
    bureau: Bureau, book: gspread.Spreadsheet
) -> None:
    """Nobody reads it until Google refuses a second tab of that title."""
    publish()
    before, title = picture(book), TITLES["waiting"]
    book.get_worksheet_by_id(sheet_id_of("waiting")).update_title("Bản cũ")
    own = book.add_worksheet(title, 5, 2)
    own.update([["a", "b"]], "A1")
    clear_log(bureau.server)
    assert publish()["batches"] == 1
    assert calls(bureau) == [READ, LOOK, WRITE, READ_ALL, WRITE]
    own = book.get_worksheet_by_id(own.id)
    assert (own.title, own.get("A1:B1")) == (f"{title} ({own.id})", [["a", "b"]])
    book.del_worksheet(own)
    assert picture(book) == before


def test_a_tab_of_people_stays_as_they_have_it_but_for_its_titles(
    book: gspread.Spreadsheet,
) -> None:
    """Typed over, with a column more at the left, renamed: notes stay under their titles."""
    notes = book.get_worksheet_by_id(sheet_id_of("notes"))
    notes.update([["Việc riêng"], ["x"]], "E1")
    notes.insert_cols([["Ngày", "02/06"]])
    notes.update([["Cái gì đây"]], "D1")
    notes.update_title("Sổ tay")
    publish()
    notes = book.get_worksheet_by_id(sheet_id_of("notes"))
    assert notes.title == "Ghi chú"
    assert notes.get("A1:F2") == [
        ["Ngày", "Mã đơn vị", "Văn bản, kỳ", "Ghi chú", "", "Việc riêng"],
        ["02/06", *NOTE, "", "x"],
    ]
    assert publish()["batches"] == 0
    notes.delete_columns(1)
    assert publish()["batches"] == 0


def test_a_note_is_not_written_over_where_the_row_of_titles_was_deleted(
    book: gspread.Spreadsheet,
) -> None:
    notes = book.get_worksheet_by_id(sheet_id_of("notes"))
    titles = notes.row_values(1)[:3]
    notes.delete_rows(1)
    publish()
    assert notes.get("A1:C2") == [titles, NOTE]
    notes.insert_row(["Ghi chú của phòng"])
    publish()
    assert notes.get("A1:C4") == [titles, ["Ghi chú của phòng"], titles, NOTE]
    assert publish()["batches"] == 0
    notes.delete_rows(2, 3)
    publish()


def test_other_tabs_in_the_spreadsheet_are_nobodys_business(book: gspread.Spreadsheet) -> None:
    own = book.add_worksheet("Việc của tôi", 5, 2, index=0)
    own.update([["a", "b"]], "A1")
    assert publish()["batches"] == 0
    book.del_worksheet(book.get_worksheet_by_id(sheet_id_of("units")))
    publish()
    assert own.get("A1:B1") == [["a", "b"]]
    titles = [tab.title for tab in book.worksheets()]
    assert [title for title in titles if title != "Việc của tôi"] == list(TITLES.values())
    book.del_worksheet(own)


def test_the_overview_warns_by_itself_when_no_harvest_comes(
    bureau: Bureau, book: gspread.Spreadsheet
) -> None:
    """Nobody publishes once the job has stopped: the spreadsheet's own clock has to tell."""
    bureau.at("2022-06-06 09:00")
    cchc("harvest", *YEAR)
    publish()
    overview = book.get_worksheet_by_id(sheet_id_of("overview"))
    bureau.at("2022-06-08 08:59")
    assert overview.acell("A3").value == "Thu thập lần cuối lúc 06/06/2022 09:00:00"
    bureau.at("2022-06-08 09:01")
    assert str(overview.acell("A3").value).startswith("⚠ Dữ liệu cũ: lần thu thập cuối lúc 06/06")
    data = book.client.request(
        "get",
        f"https://sheets.googleapis.com/v4/spreadsheets/{book.id}",
        params={
            "ranges": "'Tổng quan'!A3:M3",
            "fields": "sheets.data.rowData.values.effectiveFormat.backgroundColorStyle.rgbColor",
        },
    ).json()["sheets"][0]["data"][0]["rowData"][0]["values"]
    colours = [one["effectiveFormat"]["backgroundColorStyle"]["rgbColor"] for one in data]
    assert [round(one["red"] * 255) for one in colours] == [0xE6] * len(colours)


def test_notes_that_are_lost_are_told_with_where_to_find_them(
    book: gspread.Spreadsheet, capsys: pytest.CaptureFixture[str]
) -> None:
    """On stderr, beside the JSON of stdout."""
    publish()
    assert capsys.readouterr().err == ""
    tab = book.get_worksheet_by_id(sheet_id_of("notes"))
    there = tab.get("A2:C2")
    book.del_worksheet(tab)
    publish()
    told = capsys.readouterr().err
    assert told.startswith("Chú ý: trang Ghi chú đã bị xóa, nay dựng lại trang trống.")
    assert "Tệp > Nhật ký phiên bản" in told
    book.get_worksheet_by_id(sheet_id_of("notes")).update(there, "A2")
    publish()
    assert capsys.readouterr().err == ""


def test_a_spreadsheet_thrown_away_or_deleted_is_made_anew_and_told(
    bureau: Bureau, book: gspread.Spreadsheet, capsys: pytest.CaptureFixture[str]
) -> None:
    """A file in the trash takes what is written, and nobody sees it."""
    capsys.readouterr()
    with google_at(bureau.server) as google:
        drive = google.drive.files()
        google.execute(drive.update(fileId=book.id, body={"trashed": True}))
        cchc("harvest", *YEAR)
        bureau.at("2022-06-08 09:00")
        cchc("harvest", *YEAR)
        made = publish()
        second = made["spreadsheet_id"]
        assert second != book.id
        told = capsys.readouterr().err
        assert f"nên đây là tệp khác: {made['url']}. Ghi chú trong tệp cũ không có ở đây" in told
        assert "Người xem phải thêm lại bằng --viewer." in told
        google.execute(drive.delete(fileId=second))
        third = publish()["spreadsheet_id"]
        assert third not in (book.id, second)
        google.execute(drive.update(fileId=book.id, body={"trashed": False}))


def test_a_leader_may_look_and_not_write(bureau: Bureau) -> None:
    """Least rights: a reader of this one file, told by no mail."""
    done = cchc("dashboard", "publish", *YEAR, "--viewer", "Lanhdao@phonggd.example")
    assert done["viewers"] == ["lanhdao@phonggd.example"]
    with google_at(bureau.server) as google:
        found = google.execute(
            google.drive.permissions().list(
                fileId=done["spreadsheet_id"], fields="permissions(role,emailAddress)"
            )
        )["permissions"]
    assert {(one["role"], one["emailAddress"]) for one in found} == {
        ("owner", "vanphong@cchc.example"),
        ("reader", "lanhdao@phonggd.example"),
    }


def test_once_a_day_it_looks_in_the_trash_though_nothing_is_new(
    bureau: Bureau, book: gspread.Spreadsheet
) -> None:
    """Who threw the dashboard away would otherwise be told for ever that all is well."""
    kept = publish()["spreadsheet_id"]
    with open_store(f"sqlite:///{os.environ['CCHC_STORE']}") as log_:
        log_.remember({"dashboard:2022:looked": "2022-06-01"})
    clear_log(bureau.server)
    publish()
    assert calls(bureau) == [READ, LOOK]
    with open_store(f"sqlite:///{os.environ['CCHC_STORE']}") as log_:
        log_.remember({"dashboard:2022:looked": "2022-06-01"})
    with google_at(bureau.server) as google:
        google.execute(google.drive.files().update(fileId=kept, body={"trashed": True}))
        assert publish()["spreadsheet_id"] != kept
