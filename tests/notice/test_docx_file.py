"""The notice as a Word file, opened again by python-docx: its form, its tables, its inertness."""

from __future__ import annotations

import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from docx import Document
from docx.document import Document as Opened
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from cchc_gforms.ledger.row import Ledger
from cchc_gforms.notice.compose import Signing, compose
from cchc_gforms.notice.docx_file import write_docx
from cchc_gforms.notice.letter import Column, Table
from cchc_gforms.regime.year import ReportingYear
from tests.five_schools import ledger, loaded
from tests.hostile import HOSTILE, LONG


@pytest.fixture
def year(tmp_path: Path) -> ReportingYear:
    return loaded(tmp_path)


def opened(book: Ledger, year: ReportingYear, folder: Path) -> Opened:
    path = folder / "thong-bao.docx"
    write_docx(compose(book, year, Signing()), path)
    return Document(str(path))


def rows(document: Opened, table: int) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in document.tables[table].rows]


def test_the_page_is_that_of_the_decree(year: ReportingYear, tmp_path: Path) -> None:
    """Decree 30/2020/NĐ-CP, annex I, part I, I.1, I.3, I.4, I.7 and III.1đ."""
    document = opened(ledger(year), year, tmp_path)
    assert len(document.sections) == 2
    for section in document.sections:
        sizes = (
            section.page_width, section.page_height, section.top_margin, section.bottom_margin,
            section.left_margin, section.right_margin,
        )  # fmt: skip
        assert [round((size or 0) / Mm(1)) for size in sizes] == [210, 297, 20, 20, 30, 15]
        assert section.different_first_page_header_footer
        assert section.first_page_header.paragraphs[0].text == ""
        (number,) = section.header.paragraphs
        assert number.alignment == WD_ALIGN_PARAGRAPH.CENTER
        assert [one.text for one in number._p.iter(qn("w:instrText"))] == ["PAGE"]
        (start,) = section._sectPr.findall(qn("w:pgNumType"))
        assert start.get(qn("w:start")) == "1"
    normal = document.styles["Normal"].font
    assert (normal.name, normal.size) == ("Times New Roman", Pt(14))


def test_the_head_names_bureau_and_nation_side_by_side(year: ReportingYear, tmp_path: Path) -> None:
    """II.1–II.5."""
    document = opened(ledger(year), year, tmp_path)
    (left, right), (number, date) = rows(document, 0)
    assert left.split("\n")[:2] == ["UBND QUẬN 7", "PHÒNG GIÁO DỤC VÀ ĐÀO TẠO QUẬN 7"]
    assert right.split("\n")[:2] == [
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
    ]
    assert number == "Số: ……/TB-GDĐT"
    assert date == "Quận 7, ngày …… tháng …… năm 2022"
    said = [paragraph.text for paragraph in document.paragraphs if paragraph.text]
    assert said[:2] == ["THÔNG BÁO", "Về kết quả thực hiện Báo cáo CCHC 06 tháng đầu năm 2022"]
    bold = [
        run.text
        for paragraph in document.tables[0].cell(0, 0).paragraphs
        for run in paragraph.runs
        if run.bold and run.text
    ]
    assert bold == ["PHÒNG GIÁO DỤC VÀ ĐÀO TẠO QUẬN 7"]  # and not its parent (II.2b)


def test_the_tables_are_those_of_the_letter(year: ReportingYear, tmp_path: Path) -> None:
    document = opened(ledger(year), year, tmp_path)
    assert rows(document, 1)[-1] == ["Cộng", "4", "2", "1", "1", "50,0%", "2"]
    assert rows(document, 2)[1:] == [
        ["1", "Trường Mầm non Mẫu 02", "04/06/2022 00:00:00", "03/06/2022", "1"]
    ]
    annex = rows(document, -1)
    assert annex[1] == ["Mầm non (02 đơn vị)"] * 7  # one merged cell
    assert annex[2][:3] == ["1", "Trường Mầm non Mẫu 01", "02/06/2022 09:00:00"]
    header = document.tables[-1].rows[0]._tr
    assert header.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None  # again on each page
    assert document.tables[-1].cell(0, 0).paragraphs[0].paragraph_format.keep_with_next
    for table in document.tables:
        assert sum(round((column.width or 0) / Mm(1)) for column in table.columns) <= 166


def test_a_long_row_goes_on_overleaf_and_a_short_one_stays_whole(
    year: ReportingYear, tmp_path: Path
) -> None:
    """A row of forty names that may not be parted would leave half a page blank above it."""
    table = Table((Column("Gồm", 100, "left"),) * 2, (("1", "Trường; " * 40), ("2", "Trường")))
    letter = replace(compose(ledger(year), year, Signing()), body=(table,))
    write_docx(letter, tmp_path / "t.docx")
    rows = Document(str(tmp_path / "t.docx")).tables[1].rows
    whole = [bool(row._tr.xpath("./w:trPr/w:cantSplit")) for row in rows]
    assert whole == [True, False, True]


def test_who_gets_it_and_who_signs_stand_at_the_end(year: ReportingYear, tmp_path: Path) -> None:
    """II.7, II.9."""
    ((to, signs),) = rows(opened(ledger(year), year, tmp_path), -2)
    assert to.split("\n") == [
        "Nơi nhận:",
        "- UBND Quận 7 (để báo cáo);",
        "- Các đơn vị: Mầm non, Tiểu học, THCS (để thực hiện);",
        "- Lưu: VT, ……",
    ]
    assert signs.split("\n") == ["TRƯỞNG PHÒNG", ""]


@pytest.mark.parametrize(("text", "seen"), HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_name_is_text_in_the_file(
    year: ReportingYear, tmp_path: Path, text: str, seen: str
) -> None:
    """Issue 7: nothing acts, nothing breaks the file; no field but the page numbers."""
    book = _named(ledger(year), text)
    document = opened(book, year, tmp_path)
    assert rows(document, -1)[2][1] == seen
    with zipfile.ZipFile(tmp_path / "thong-bao.docx") as file:
        body = file.read("word/document.xml").decode()
    assert "instrText" not in body
    assert "w:hyperlink" not in body


def test_a_name_of_50_000_characters_does_not_fill_the_notice(
    year: ReportingYear, tmp_path: Path
) -> None:
    document = opened(_named(ledger(year), LONG), year, tmp_path)
    shown = rows(document, -1)[2][1]
    assert shown == f"{LONG[:1000]}…"


def _named(book: Ledger, name: str) -> Ledger:
    """The first school under another name, as a roster may never have it."""
    first, *others = book.rows
    unit = first.unit.model_construct(**{**first.unit.model_dump(), "name": name})
    return replace(book, rows=(replace(first, unit=unit), *others))
