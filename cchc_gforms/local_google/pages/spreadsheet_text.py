"""The text of a cell in parts: linked, and with the looks of its text format runs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from cchc_gforms.local_google.pages.spreadsheet_css import StyleSheet, declarations
from cchc_gforms.local_google.sheets.workbook import Cell

_SAFE_LINKS = ("http://", "https://", "mailto:")
_TAB = re.compile(r"#gid=(?P<gid>[0-9]{1,10})")


@dataclass(frozen=True)
class Part:
    """A stretch of a text; `link` is "" or an address of the web, of mail, or of another tab."""

    text: str
    link: str
    classes: str


def parts(
    cell: Cell, text: str, look: Mapping[str, Any], styles: StyleSheet, theme: Mapping[str, Any]
) -> list[Part]:
    """The whole text as one part, or one part a run."""
    whole = safe_link(str(cell.get("hyperlink", "")) or _uri(look.get("textFormat", {})))
    runs = cell.get("textFormatRuns", [])
    if not runs or cell.get("userEnteredValue", {}).get("stringValue") != text:
        return [Part(text, whole, "")]
    made = []
    for stretch, own in _stretches(text, runs):
        name = styles.name(declarations({"textFormat": own}, {}, theme))
        made.append(Part(stretch, safe_link(_uri(own)) or whole, name))
    return made


def safe_link(address: str) -> str:
    """What a person may follow: to the web, by mail, or to a tab of the same spreadsheet."""
    if tab := _TAB.fullmatch(address):
        return f"?gid={tab['gid']}{address}"
    return address if address.lower().startswith(_SAFE_LINKS) else ""


def _uri(text_format: Mapping[str, Any]) -> str:
    return str(text_format.get("link", {}).get("uri", ""))


def _stretches(text: str, runs: list[Mapping[str, Any]]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Runs begin at UTF-16 code units and reach to the next."""
    units = text.encode("utf-16-le")
    starts = [(run.get("startIndex", 0), run.get("format", {})) for run in runs]
    if starts[0][0] > 0:
        starts.insert(0, (0, {}))
    ends = [start for start, _ in starts[1:]] + [len(units) // 2]
    for (start, own), end in zip(starts, ends, strict=True):
        stretch = units[2 * start : 2 * end].decode("utf-16-le", "replace")
        if stretch:
            yield stretch, own
