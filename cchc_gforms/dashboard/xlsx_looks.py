"""How Excel says what a tab looks like: formats, conditions, texts that fit into a cell."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from xlsxwriter import Workbook as File
from xlsxwriter.utility import xl_rowcol_to_cell

from cchc_gforms.dashboard import palette
from cchc_gforms.dashboard.columns import Kind
from cchc_gforms.dashboard.workbook import Rule, Style
from cchc_gforms.foreign_text import in_file

if TYPE_CHECKING:
    from xlsxwriter.format import Format

FONT: Final = "Arial"
"""As in Sheets, whose widths the tabs are made for."""

LONGEST: Final = 32_767
"""Characters in a cell of Excel, those beyond the first plane counting twice."""

_ACTIVE: Final = tuple("=+-@＝＋－＠")
_CUT: Final = "… (còn nữa, xem câu trả lời)"
_PATTERNS: Final[dict[Kind, str]] = {
    "decimal": "0.0", "day": "dd/mm/yyyy", "time": "dd/mm/yyyy hh:mm:ss",
}  # fmt: skip
_ALIGN: Final = {"left": "left", "centre": "center", "right": "right"}


def fitted(text: str) -> str:
    """A text as a cell can hold it; where something is cut off, it says so."""
    text = in_file(text)
    if len(text.encode("utf-16-le")) <= 2 * LONGEST:
        return text
    room = 2 * (LONGEST - len(_CUT))
    return text.encode("utf-16-le")[:room].decode("utf-16-le", "ignore") + _CUT


@dataclass
class Formats:
    """Each look once."""

    file: File
    made: dict[tuple[Style, Kind, bool, bool], Format] = field(default_factory=dict)

    def of(self, style: Style, kind: Kind, *, link: bool = False, quoted: bool = False) -> Format:
        key = (style, kind, link, quoted)
        if key not in self.made:
            look = _format(style, kind, link=link) | ({"quote_prefix": True} if quoted else {})
            self.made[key] = self.file.add_format(look)
        return self.made[key]

    def of_text(self, text: str, style: Style, *, link: bool = False) -> Format:
        """Marked as a text where it begins as a formula does: Excel would make it one when a person
        edits the cell."""
        return self.of(style, "text", link=link, quoted=text.lstrip().startswith(_ACTIVE))


def _format(style: Style, kind: Kind, *, link: bool) -> dict[str, Any]:
    made: dict[str, Any] = {"valign": "vcenter"}
    if kind in _PATTERNS:
        made["num_format"] = _PATTERNS[kind]
    if style.bold:
        made["bold"] = True
    if style.background:
        made["bg_color"] = style.background
    if colour := palette.LINK if link else style.colour:
        made["font_color"] = colour
    if link:
        made["underline"] = 1
    if style.align:
        made["align"] = _ALIGN[style.align]
    if style.size:
        made["font_size"] = style.size
    if style.wrap:
        made["text_wrap"] = True
    elif style.align:
        made["shrink"] = True
    return made


def condition(rule: Rule, row: int) -> str:
    """Excel's formula of a rule, seen from its first cell; a text is no number there, however large
    Excel finds it."""
    cell = xl_rowcol_to_cell(row, rule.first)
    first = xl_rowcol_to_cell(row, rule.first, col_abs=True)
    than = str(rule.than).replace('"', '""')
    size = len(str(rule.than))
    formulas = {
        "is": f'={cell}="{than}"',
        "begins": f'=LEFT({cell},{size})="{than}"',
        "first_begins": f'=LEFT({first},{size})="{than}"',
        "at_least": f"=AND(ISNUMBER({cell}),{cell}>={rule.than})",
        "below": f"=AND(ISNUMBER({cell}),{cell}<{rule.than})",
    }
    return formulas[rule.when]
