"""Ids of our own choosing, derived from keys."""

from __future__ import annotations

import hashlib

from cchc_gforms.dashboard.workbook import Tab


def sheet_id(tab: Tab) -> int:
    return sheet_id_of(tab.key)


def sheet_id_of(key: str) -> int:
    return _number(f"tab:{key}")


def object_id(kind: str, tab: Tab, key: str = "") -> int:
    """Of a chart, a slicer, a filter view, a protection, or the tab's digest."""
    return _number(f"{kind}:{tab.key}/{key}" if key else f"{kind}:{tab.key}")


def _number(key: str) -> int:
    """A positive int32 from a key."""
    return int.from_bytes(hashlib.sha256(key.encode()).digest()[:4], "big") % 0x7FFFFFFF + 1
