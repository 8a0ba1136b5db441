"""The dashboard as an Excel file, opened again by openpyxl."""

from __future__ import annotations

import warnings
import zipfile
from datetime import UTC, date, datetime
from pathlib import Path

import openpyxl
import pytest
from openpyxl.cell.cell import Cell as Opened
from openpyxl.workbook import Workbook as OpenedBook

from cchc_gforms.dashboard.build import snapshot
from cchc_gforms.dashboard.situation import Addresses, Situation
from cchc_gforms.dashboard.workbook import (
    Aged,
    Cell,
    Content,
    Lane,
    Link,
    Rule,
    Sparkline,
    Style,
    Tab,
    Workbook,
)
from cchc_gforms.dashboard.xlsx_file import sheet_name, write_xlsx
from cchc_gforms.dashboard.xlsx_looks import LONGEST
from tests.five_schools import AS_OF, ledger, loaded
from tests.hostile import HOSTILE, LONG

ZONE = "Asia/Ho_Chi_Minh"


def opened(workbook: Workbook, folder: Path) -> OpenedBook:
    path = folder / "bang.xlsx"
    write_xlsx(workbook, path)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # openpyxl says that it knows no sparklines
        return openpyxl.load_workbook(path)


def tab(*body: tuple[Content, ...], lane: Lane | None = None) -> Workbook:
    """One tab with a header and these rows."""
    width = len(body[0])
    head = tuple(Cell(f"Cột {number}", Style(bold=True)) for number in range(width))
    lanes = (lane or Lane(120),) * width
    return Workbook("Thử", ZONE, (Tab("t", "Trang thử", lanes, (head,), body, filtered=True),))


def cell(book: OpenedBook, place: str) -> Opened:
    found = book.worksheets[0][place]
    assert isinstance(found, Opened)
    return found


def dashboard(folder: Path, *, scoring: bool = False) -> Workbook:
    year = loaded(folder, scoring=scoring)
    addresses = Addresses(response=lambda row: f"https://docs.example/{row.unit.code}")
    return snapshot(Situation(ledger(year), year, AS_OF, addresses=addresses))


def test_the_sheets_are_the_tabs_of_one_moment(tmp_path: Path) -> None:
    """No notes (they live in the spreadsheet) and no journal (`cchc store export` has it)."""
    book = opened(dashboard(tmp_path), tmp_path)
    assert book.sheetnames == [
        "Tổng quan", "Sổ theo dõi", "Chờ xử lý", "Chưa nộp", "Theo đơn vị", "Ngoại lệ",
    ]  # fmt: skip


def test_the_ledgers_sheet_is_filtered_frozen_and_linked(tmp_path: Path) -> None:
    sheet = opened(dashboard(tmp_path), tmp_path)["Sổ theo dõi"]
    titles = {str(one.value): one.coordinate[:-1] for one in sheet[2]}
    assert sheet.freeze_panes == "D3"
    assert sheet.auto_filter.ref == f"A2:{sheet.cell(2, len(titles)).coordinate[:-1]}7"
    first = sheet[f"{titles['Nộp lần đầu']}3"]
    assert (str(first.value), first.number_format) == ("2022-06-02 09:00:00", "dd/mm/yyyy hh:mm:ss")
    due = sheet[f"{titles['Hạn theo văn bản']}3"]
    assert (str(due.value), due.number_format) == ("2022-06-03 00:00:00", "dd/mm/yyyy")
    link = sheet[f"{titles['Phiếu đã nộp']}3"]
    assert (link.value, link.hyperlink.target) == ("Mở phiếu", "https://docs.example/MN01")
    assert sheet.column_dimensions[titles["Tên đơn vị"]].width == pytest.approx(27, abs=1)


def test_the_charts_are_excels_own_over_the_tables_of_their_sheet(tmp_path: Path) -> None:
    sheet = opened(dashboard(tmp_path), tmp_path)["Tổng quan"]
    charts = sheet._charts  # type: ignore[attr-defined]
    assert len(charts) == 5
    areas = [one.val.numRef.f for chart in charts for one in chart.series]
    assert all(area.startswith("'Tổng quan'!$") for area in areas)
    assert not sheet.sheet_view.showGridLines
    names = [chart.series[0].tx.strRef.f.replace("'Tổng quan'!", "") for chart in charts]
    assert {str(sheet[name.replace("$", "")].value) for name in names} == {
        "Nộp trong hạn", "Đúng hạn", "Số văn bản", "Đã xử lý",
    }  # fmt: skip


def test_points_stand_with_their_formula_only_when_the_regime_gives_them(tmp_path: Path) -> None:
    for scoring, there in ((False, 0), (True, 1)):
        folder = tmp_path / str(scoring)
        folder.mkdir()
        sheet = opened(dashboard(folder, scoring=scoring), folder)["Theo đơn vị"]
        said = [one.value for one in sheet[1] if str(one.value or "").startswith("Điểm thi đua. ")]
        assert len(said) == there
        assert [one.value for one in sheet[2]].count("Tổng điểm") == there


def test_the_overview_leads_to_the_other_sheets_within_the_file(tmp_path: Path) -> None:
    sheet = opened(dashboard(tmp_path), tmp_path)["Tổng quan"]
    ways = [sheet[f"A{row}"].hyperlink for row in (4, 5, 6)]
    assert [way.location for way in ways] == ["'Chưa nộp'!A1", "'Chờ xử lý'!A1", "'Ngoại lệ'!A1"]


def test_pages_hold_a_table_in_full_width_without_what_is_for_the_screen(tmp_path: Path) -> None:
    """Landscape, the header on every page; the reminders of Chưa nộp are there to be pasted."""
    book = opened(dashboard(tmp_path), tmp_path)
    across = {name: book[name].page_setup.fitToWidth or 1 for name in book.sheetnames}
    assert across.pop("Sổ theo dõi") == 3
    assert set(across.values()) == {1}
    sheet = book["Chưa nộp"]
    assert sheet.print_area == "'Chưa nộp'!$A$1:$K$3"
    assert (sheet["K2"].value, sheet["L2"].value) == (
        "Ghi chú của phòng", "Lời nhắc, để dán vào Zalo, thư",
    )  # fmt: skip
    assert (sheet.page_setup.orientation, sheet.print_title_rows) == ("landscape", "$2:$2")


def test_times_are_cut_to_the_second_and_never_rounded_past_a_deadline(tmp_path: Path) -> None:
    """L2."""
    moment = datetime(2022, 6, 3, 16, 59, 59, 999_999, tzinfo=UTC)
    book = opened(tab((moment, date(2022, 6, 3)), lane=Lane(145, Style("time"))), tmp_path)
    assert str(cell(book, "A2").value) == "2022-06-03 23:59:59"
    assert cell(book, "B2").number_format == "dd/mm/yyyy"


@pytest.mark.parametrize(("text", "seen"), HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_answer_is_text(tmp_path: Path, text: str, seen: str) -> None:
    """Issue 7: as an answer, as the text of a link, as a note, as a title. And it stays one when a
    person edits the cell in Excel, which otherwise reads what begins so as a formula."""
    table = tab((text, Link(text, "https://docs.example/")))
    head = (Cell(text, note=text), Cell())
    (one,) = table.tabs
    whole = Workbook("Thử", ZONE, (Tab("t", text, one.lanes, (head,), one.body),))
    book = opened(whole, tmp_path)
    for place in ("A1", "A2", "B2"):
        found = cell(book, place)
        shown = str(found.value).replace("_x005F_", "_")  # Excel's own escape; openpyxl leaves it
        assert (shown, found.data_type) == (seen, "s")
        assert bool(found.quotePrefix) == (seen.strip()[0] in "=+-@＝")
    with zipfile.ZipFile(tmp_path / "bang.xlsx") as file:
        sheet = file.read("xl/worksheets/sheet1.xml").decode()
        assert "<f>" not in sheet
        others = [name for name in file.namelist() if "external" in name.lower()]
    assert others == []


@pytest.mark.parametrize("text", [LONG, "🌸" * 20_000], ids=["words", "pairs"])
def test_a_text_that_no_cell_can_hold_is_cut_with_a_mark(tmp_path: Path, text: str) -> None:
    shown = str(cell(opened(tab((text,)), tmp_path), "A2").value)
    assert shown.endswith("… (còn nữa, xem câu trả lời)")
    assert text.startswith(shown.removesuffix("… (còn nữa, xem câu trả lời)"))
    assert LONGEST - 1 <= len(shown.encode("utf-16-le")) / 2 <= LONGEST


def test_a_link_too_long_for_excel_is_its_text(tmp_path: Path) -> None:
    book = opened(tab((Link("Duyệt", "https://docs.example/" + "a" * 2_100),)), tmp_path)
    assert cell(book, "A2").value == "Duyệt"
    assert cell(book, "A2").hyperlink is None


def test_what_turns_old_says_in_a_file_when_it_was(tmp_path: Path) -> None:
    aged = Aged(AS_OF, 48, "Thu thập lúc 9 giờ", "đã cũ")
    assert cell(opened(tab((aged,)), tmp_path), "A2").value == "Thu thập lúc 9 giờ"


def test_a_sparkline_is_drawn_from_its_row(tmp_path: Path) -> None:
    opened(tab((1, 2, Sparkline(0, 2, "#8e5ea2"))), tmp_path)
    with zipfile.ZipFile(tmp_path / "bang.xlsx") as file:
        sheet = file.read("xl/worksheets/sheet1.xml").decode()
    assert "<xm:f>'Trang thử'!A2:B2</xm:f>" in sheet.replace("$", "")


@pytest.mark.parametrize(
    ("rule", "formula"),
    [
        (Rule(1, 2, "is", 'Trễ "hạn"', "#ffffff"), 'B2="Trễ ""hạn"""'),
        (Rule(1, 2, "begins", "Trễ", "#ffffff"), 'LEFT(B2,3)="Trễ"'),
        (Rule(0, 2, "first_begins", "⚠", "#ffffff"), 'LEFT($A2,1)="⚠"'),
        (Rule(1, 2, "at_least", 7, "#ffffff"), "AND(ISNUMBER(B2),B2>=7)"),
        (Rule(1, 2, "below", 0, "#ffffff"), "AND(ISNUMBER(B2),B2<0)"),
    ],
    ids=lambda value: value.when if isinstance(value, Rule) else "",
)
def test_a_rule_is_a_condition_of_excel(tmp_path: Path, rule: Rule, formula: str) -> None:
    """ "Không có" in a column of numbers is more than 7 to Excel; so numbers are asked for."""
    (one,) = tab(("Không có", 3)).tabs
    ruled = Workbook("Thử", ZONE, (Tab("t", "T", one.lanes, one.head, one.body, rules=(rule,)),))
    sheet = opened(ruled, tmp_path).worksheets[0]
    (area,) = sheet.conditional_formatting
    (made,) = area.rules
    assert str(area.sqref).split(":")[-1] == "B2"
    assert (made.formula, made.stopIfTrue) == ([formula], True)


def test_names_of_sheets_are_those_that_excel_allows() -> None:
    assert sheet_name("Kỳ [1]: a/b?*\\c", ()) == "Kỳ  1   a b   c"
    assert sheet_name("'Trích'", ()) == "Trích"
    assert sheet_name("", ()) == "Trang"
    assert sheet_name("History", ()) == "History 2"
    assert sheet_name("A" * 40, ["a" * 31]) == "A" * 29 + " 2"
