"""What the address of a spreadsheet page asks for: tab, editing, filter view, slicers' choices."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import parse_qs, urlencode

_LONGEST = 20_000


@dataclass(frozen=True)
class Asked:
    """`gid` names the tab. `slicers` maps the id of a slicer that was set to the values chosen."""

    gid: str
    editing: bool
    filter_view: str
    slicers: Mapping[str, frozenset[str]]

    def pairs(self) -> list[tuple[str, str]]:
        """The query that asks for the same."""
        made = [("gid", self.gid)] if self.gid else []
        made += [("edit", "1")] if self.editing else []
        made += [("fvid", self.filter_view)] if self.filter_view else []
        for number, values in self.slicers.items():
            made.append(("slicer", number))
            made += [(f"s{number}", value) for value in sorted(values)]
        return made

    def query(self) -> str:
        return urlencode(self.pairs())


def read_address(query: str) -> Asked:
    """Anything that is not understood is left out. What is too long to be a link is no query."""
    fields = parse_qs(query[:_LONGEST], keep_blank_values=True, errors="replace")
    numbers = [text for text in dict.fromkeys(fields.get("slicer", [])) if is_number(text)]
    view = fields.get("fvid", [""])[-1]
    gid = fields.get("gid", [""])[-1]
    return Asked(
        gid=gid if is_number(gid) else "",
        editing=fields.get("edit", [""])[-1] == "1",
        filter_view=view if is_number(view) else "",
        slicers={number: frozenset(fields.get(f"s{number}", [])) for number in numbers},
    )


def is_number(text: str) -> bool:
    """Whether a text is the id of a tab, a view or an object."""
    return text.isascii() and text.isdigit() and len(text) < 11
