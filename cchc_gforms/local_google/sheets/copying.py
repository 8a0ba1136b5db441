"""A cell as it reads where it is copied to."""

from __future__ import annotations

from cchc_gforms.local_google.sheets.following import rewritten_cell
from cchc_gforms.local_google.sheets.references import shifted
from cchc_gforms.local_google.sheets.workbook import Cell


def copied(cell: Cell, down: int, across: int) -> Cell:
    """Relative references of its formula, and of its validation, move along."""
    if not (down or across):
        return cell
    return rewritten_cell(cell, lambda text: shifted(text, down, across))
