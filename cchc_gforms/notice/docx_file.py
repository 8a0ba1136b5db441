"""A letter as DOCX, in the form of Decree 30/2020/NĐ-CP, annex I: the numbers in brackets are its.

Sizes are points, widths millimetres. Text of people becomes text nodes, whatever it holds.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from itertools import repeat
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal

from docx import Document
from docx.enum.section import WD_SECTION
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from cchc_gforms.foreign_text import in_file
from cchc_gforms.notice.letter import TEXT_WIDTH, Annex, Block, Letter, Paragraph, Table

if TYPE_CHECKING:
    from docx.document import Document as DocxDocument
    from docx.oxml.xmlchemy import BaseOxmlElement
    from docx.section import Section
    from docx.table import _Cell
    from docx.text.paragraph import Paragraph as DocxParagraph

    Place = DocxDocument | _Cell

_FONT: Final = "Times New Roman"
_NATION: Final = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
_MOTTO: Final = "Độc lập - Tự do - Hạnh phúc"
_MOTTO_WIDTH: Final = 60  # of the line below it, which is as long as the text (II.1b)
_LEFT, _RIGHT = 72, 93  # of the head's two columns
_SHORT = 200  # characters in a cell of a row that stays whole; a longer one would leave a blank
_LONGEST = 1_000  # characters in a cell: a name that is none must not fill pages
_ALIGN = {
    "left": WD_ALIGN_PARAGRAPH.LEFT,
    "centre": WD_ALIGN_PARAGRAPH.CENTER,
    "both": WD_ALIGN_PARAGRAPH.JUSTIFY,
}
Align = Literal["left", "centre", "both"]
_CENTRED: Final[Iterable[Align]] = repeat("centre")


def write_docx(letter: Letter, path: Path) -> None:
    """OSError when the file cannot be written."""
    document = Document()
    _set_up(document, letter)
    _page(document.sections[0])
    _head(document, letter)
    _blocks(document, letter.body)
    _foot(document, letter)
    for annex in letter.annexes:
        _page(document.add_section(WD_SECTION.NEW_PAGE))
        _annex(document, annex, letter)
    document.save(str(path))


def _set_up(document: DocxDocument, letter: Letter) -> None:
    """The font of everything (I.4), the language, and who wrote it."""
    style = document.styles["Normal"]
    style.font.name, style.font.size = _FONT, Pt(14)
    properties = style.element.get_or_add_rPr()
    for script in ("eastAsia", "cs"):
        properties.rFonts.set(qn(f"w:{script}"), _FONT)
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), "vi-VN")
    properties.append(language)
    about = document.core_properties
    about.title = in_file(letter.subject)[:255]
    about.author = about.last_modified_by = in_file(letter.issuer)[:255]
    about.comments, about.language = "", "vi-VN"
    about.created = about.modified = datetime.now(UTC).replace(tzinfo=None)


def _page(section: Section) -> None:
    """A4, margins 20, 20, 30, 15 (I.1, I.3); the number in the middle above, not on the first page
    (I.7), counted anew for each annex (III.1đ)."""
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin = section.bottom_margin = Mm(20)
    section.left_margin, section.right_margin = Mm(30), Mm(15)
    section.header_distance = section.footer_distance = Mm(10)
    section.different_first_page_header_footer = True
    numbering = OxmlElement("w:pgNumType")
    numbering.set(qn("w:start"), "1")
    for earlier in section._sectPr.findall(qn("w:pgNumType")):
        section._sectPr.remove(earlier)
    section._sectPr.append(numbering)
    section.first_page_header.is_linked_to_previous = False
    section.header.is_linked_to_previous = False
    paragraph = section.header.paragraphs[0]
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    run = paragraph.add_run()
    run.font.size = Pt(13)
    for kind, text in (("begin", None), (None, "PAGE"), ("end", None)):
        if kind:
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
        else:
            mark = OxmlElement("w:instrText")
            mark.text = text
        run._r.append(mark)


def _head(document: DocxDocument, letter: Letter) -> None:
    """Who, to the left; the nation, to the right; number and date; name and subject (II.1–5)."""
    (left, right), (below_left, below_right) = _grid(document, 2, (_LEFT, _RIGHT))
    _say(left, letter.parent.upper(), size=12)
    _say(left, letter.issuer.upper(), size=12, bold=True)
    _line(left, _LEFT, _third(letter.issuer.upper(), 12, _LEFT))
    _say(right, _NATION, size=12, bold=True)
    _say(right, _MOTTO, size=13, bold=True)
    _line(right, _RIGHT, _MOTTO_WIDTH)
    _say(below_left, f"Số: {letter.number}", size=13)
    _say(below_right, f"{letter.place}, {letter.dated}", size=13, italic=True)
    _say(document, letter.name.upper(), bold=True, before=18)
    _say(document, letter.subject, bold=True)
    _line(document, TEXT_WIDTH, _third(letter.subject, 14, TEXT_WIDTH), after=12)


def _blocks(document: DocxDocument, blocks: Sequence[Block]) -> None:
    for block in blocks:
        if isinstance(block, Table):
            _table(document, block)
        else:
            _body(document, block)


def _body(document: DocxDocument, block: Paragraph) -> None:
    """Justified, 6 points apart, the first line 1 cm in (II.6e)."""
    said = _say(
        document, block.text, align="both", after=6, bold=block.kind == "heading",
        italic=block.kind == "basis",
    )  # fmt: skip
    said.paragraph_format.first_line_indent = Mm(10)
    said.paragraph_format.keep_with_next = block.kind == "heading" or block.text.endswith(":")


def _foot(document: DocxDocument, letter: Letter) -> None:
    """To whom, and who signs, on one page (II.7, II.9)."""
    ((left, right),) = (cells,) = _grid(document, 1, (80, 85))
    _keep_whole(cells)
    _say(left, "Nơi nhận:", size=12, bold=True, italic=True, align="left")
    for one in letter.recipients:
        _say(left, f"- {one}", size=11, align="left")
    _say(right, letter.signed_as.upper(), bold=True)
    _say(right, letter.signer, bold=True, before=78)


def _annex(document: DocxDocument, annex: Annex, letter: Letter) -> None:
    """Its number, its title, and what it belongs to (III.1)."""
    _say(document, f"Phụ lục {annex.number}".strip(), bold=True)
    _say(document, annex.title.upper(), bold=True)
    _say(document, f"(Kèm theo {letter.reference})", italic=True, after=12)
    _blocks(document, annex.blocks)


def _say(
    place: Place, text: str, *, size: int = 14, bold: bool = False, italic: bool = False,
    align: Align = "centre", before: float = 0, after: float = 0,
) -> DocxParagraph:  # fmt: skip
    """A paragraph; a cell's first one is there already."""
    there = place.paragraphs
    fresh = len(there) == 1 and not there[0].runs and hasattr(place, "merge")
    paragraph = there[0] if fresh else place.add_paragraph()
    form = paragraph.paragraph_format
    form.alignment = _ALIGN[align]
    form.space_before, form.space_after = Pt(before), Pt(after)
    form.line_spacing_rule = WD_LINE_SPACING.SINGLE
    run = paragraph.add_run(in_file(text))
    run.bold, run.italic, run.font.size = bold, italic, Pt(size)
    return paragraph


def _line(place: Place, width: float, length: float, after: float = 4) -> None:
    """A solid line in the middle: the upper edge of an empty paragraph."""
    paragraph = _say(place, "", size=2, after=after, before=2)
    form = paragraph.paragraph_format
    form.left_indent = form.right_indent = Mm((width - length) / 2)
    form.line_spacing_rule, form.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(2)
    edges = OxmlElement("w:pBdr")
    top = OxmlElement("w:top")
    for name, value in (("val", "single"), ("sz", "6"), ("space", "1"), ("color", "000000")):
        top.set(qn(f"w:{name}"), value)
    edges.append(top)
    paragraph._p.get_or_add_pPr().insert_element_before(
        edges, "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc", "w:rPr"
    )


def _third(text: str, size: int, width: float) -> float:
    """A length between a third and half of the text's (II.2b, II.5b), its letters being about six
    tenths as wide as high."""
    return 0.4 * min(len(text) * size * 0.6 * 0.3528, width)


def _grid(document: DocxDocument, rows: int, widths: Sequence[float]) -> list[list[_Cell]]:
    """The cells of a new table, row by row; no row is torn apart by a page's end.

    The widths are fixed: Word goes by the cells, LibreOffice by the grid.
    """
    table = document.add_table(rows=rows, cols=len(widths))
    table.autofit = False
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    table._tblPr.append(_cell_margins())
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)
    grid = []
    for row in table.rows:
        grid.append(list(row.cells))
        for cell, width in zip(grid[-1], widths, strict=True):
            cell.width = Mm(width)
    return grid


def _keep_whole(cells: Sequence[_Cell]) -> None:
    """A row that no page parts."""
    cells[0]._tc.getparent().get_or_add_trPr().append(OxmlElement("w:cantSplit"))


def _cell_margins() -> BaseOxmlElement:
    margins = OxmlElement("w:tblCellMar")
    for side in ("left", "right"):
        margin = OxmlElement(f"w:{side}")
        margin.set(qn("w:w"), "57")  # twentieths of a point: 1 mm
        margin.set(qn("w:type"), "dxa")
        margins.append(margin)
    return margins


def _table(document: DocxDocument, table: Table) -> None:
    """With edges; its head comes again on each page, and never stands alone at the end of one."""
    header, *body = _grid(document, 1 + len(table.rows), [one.width for one in table.columns])
    made = document.tables[-1]
    made.style = "Table Grid"
    made.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    _row(header, tuple(column.title for column in table.columns), _CENTRED, bold=True)
    for cell in header:
        cell.paragraphs[0].paragraph_format.keep_with_next = True
    for cells, row in zip(body, table.rows, strict=True):
        last = table.total and row is table.rows[-1]
        _row(cells, row, [column.align for column in table.columns], bold=last)
    _say(document, "", size=6)


def _row(
    cells: Sequence[_Cell], row: tuple[str, ...], aligned: Iterable[Align], *, bold: bool
) -> None:
    if len(row) == 1:
        said = _say(cells[0].merge(cells[-1]), row[0], size=12, bold=True, align="left")
        said.paragraph_format.keep_with_next = True
        return
    if max(map(len, row)) <= _SHORT:
        _keep_whole(cells)
    for cell, text, align in zip(cells, row, aligned, strict=False):
        short = text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
        _say(cell, short, size=12, bold=bold, align=align)
        cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
