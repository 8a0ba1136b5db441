"""Colours that colour-blind eyes tell apart (after Okabe and Ito; held to it by
tests/dashboard/test_palette.py); a word always stands beside."""

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
    "overdue": "#882e72",
    "not_due": "#9ad0f0",
    "exempt": "#999999",
    "not_assessed": "#cccccc",
}

PALE: Final[Mapping[Timeliness, str]] = {
    "on_time": "#c9e2f5",
    "late": "#ffeab3",
    "missing": "#f5bfa0",
    "overdue": "#d3b9e6",
    "not_due": "#ffffff",
    "exempt": "#cfcfcf",
    "not_assessed": "#e6e6e6",
}
"""Behind black text."""

INK: Final[Mapping[Timeliness, str]] = {
    "on_time": "#0072b2",
    "late": "#8a5a00",
    "missing": "#b34700",
}
"""Of large figures on a tile: dark enough to be read (3 : 1 and more)."""
