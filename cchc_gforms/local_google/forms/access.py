"""Who may answer a form: by a permission of the published view, or a right to edit (1.10, 8.2)."""

from __future__ import annotations

import sqlite3

from cchc_gforms.local_google.drive import files


def open_to_anyone(tx: sqlite3.Connection, form_id: str) -> bool:
    return any(
        one.type == "anyone" and one.view == "published" for one in files.permissions(tx, form_id)
    )


def may_respond(tx: sqlite3.Connection, form_id: str, email: str | None) -> bool:
    """Whether this address (None: nobody signed in) may answer; publishing is another matter."""
    return any(
        one.view == "published" or (one.type != "anyone" and one.role in ("owner", "writer"))
        for one in files.permissions(tx, form_id)
        if one.reaches(email)
    )
