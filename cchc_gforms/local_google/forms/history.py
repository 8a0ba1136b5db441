"""The revisions a form had of late, which a write may still aim at (facts 2.3)."""

from __future__ import annotations

import json
import sqlite3
from typing import Any

from cchc_gforms.local_google.forms.store import Form

TABLES = """
create table if not exists form_revisions (
    form_id text not null, revision_id text not null, resource text not null,
    superseded_us integer not null, primary key (form_id, revision_id)
);
"""

RECENT = 300_000_000  # microseconds; Google says "several minutes"


def keep(tx: sqlite3.Connection, form: Form, now_us: int) -> None:
    """The form as it is, before a change makes a new revision of it."""
    tx.execute("delete from form_revisions where superseded_us < ?", (now_us - RECENT,))
    tx.execute(
        "insert or replace into form_revisions values (?, ?, ?, ?)",
        (form.form_id, form.revision_id, json.dumps(form.resource, ensure_ascii=False), now_us),
    )


def recall(
    tx: sqlite3.Connection, form_id: str, revision_id: str, now_us: int
) -> dict[str, Any] | None:
    """The resource of that revision; None when it is too old or never was."""
    row = tx.execute(
        "select resource from form_revisions where form_id = ? and revision_id = ? "
        "and superseded_us >= ?",
        (form_id, revision_id, now_us - RECENT),
    ).fetchone()
    found: dict[str, Any] | None = json.loads(row["resource"]) if row else None
    return found
