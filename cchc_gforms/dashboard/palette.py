"""Colours that colour-blind eyes tell apart (after Okabe and Ito); a word always stands beside."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from cchc_gforms.ledger.row import Timeliness

HEADER: Final = "#1f4e79"
ON_HEADER: Final = "#ffffff"
TOTAL: Final = "#e8eef4"
MUTED: Final = "#5f6368"
RETURNS: Final = "#8e5ea2"
RETURNED: Final = "#ece2f0"  # behind black text, as the next four
RETURNS_2: Final = "#d9c2e2"
RETURNS_3: Final = "#c39fd2"
APPROVED: Final = "#d6e9f5"
WAITING: Final = "#fdf6d8"
WARNING: Final = "#e69f00"
TILE: Final = "#f1f5f9"
LINK: Final = "#1155cc"

TIMELINESS: Final[Mapping[Timeliness, str]] = {
    "on_time": "#0072b2",
    "late": "#e69f00",
    "missing": "#d55e00",
    "overdue": "#cc79a7",
    "not_due": "#56b4e9",
    "exempt": "#999999",
    "not_assessed": "#bbbbbb",
}

PALE: Final[Mapping[Timeliness, str]] = {
    "on_time": "#d6e9f5",
    "late": "#fdebc8",
    "missing": "#f8d9c6",
    "overdue": "#f4dfea",
    "not_due": "#e3f3fb",
    "exempt": "#e4e4e4",
    "not_assessed": "#eeeeee",
}
"""Behind black text."""

INK: Final[Mapping[Timeliness, str]] = {
    "on_time": "#0072b2",
    "late": "#8a5a00",
    "missing": "#b34700",
}
"""Of large figures on a tile: dark enough to be read (3 : 1 and more)."""
