"""One API call on its way to a handler."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from cchc_gforms.local_google.errors import invalid
from cchc_gforms.local_google.state import State

_PER_FILE = frozenset(
    f"https://www.googleapis.com/auth/{name}" for name in ("drive.file", "drive.appdata")
)


@dataclass(frozen=True, slots=True)
class Account:
    """Who calls, through which OAuth client and with which of the scopes that the method takes."""

    email: str
    client_id: str
    scopes: frozenset[str]

    @property
    def sees_only_own_files(self) -> bool:
        """Under `drive.file` alone an app sees what it made, and nothing else (facts 8.3)."""
        return self.scopes <= _PER_FILE


@dataclass(frozen=True, slots=True)
class Media:
    """Bytes and their type: what came with a call, or is answered in place of JSON."""

    content: bytes
    mime_type: str


@dataclass(frozen=True, slots=True)
class Call:
    """A request that was let in: its body is checked, its parameters are decoded."""

    state: State
    tx: sqlite3.Connection
    account: Account
    path: Mapping[str, str]
    query: Mapping[str, list[str]]
    body: Any
    base_url: str
    media: Media | None = None

    @property
    def now(self) -> datetime:
        return self.state.clock.now()

    def one(self, name: str, default: str = "") -> str:
        values = self.query.get(name)
        return values[-1] if values else default

    def flag(self, name: str) -> bool:
        return self.one(name).lower() in ("true", "1")

    def number(self, name: str, default: int) -> int:
        """400 when it is none."""
        text = self.one(name)
        if not text:
            return default
        try:
            return int(text)
        except ValueError:
            raise invalid(f"Invalid value at '{name}' (TYPE_INT32), \"{text}\"") from None


Handler = Callable[[Call], dict[str, Any] | Media | None]
"""Answers the resource, the bytes asked for, or None for an empty answer (204)."""
