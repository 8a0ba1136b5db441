"""A form as far as this product decides it. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Item:
    """An item of a form. `body` is Google's own shape, compared whole; `sent` is what to send for
    it, which also holds what Google does not give back (a picture's address). `kind` names what
    cannot change under the same id; `questions` are the ids that answers stand under, each with
    the header of its column in a linked Sheet (facts 6.2)."""

    id: str
    kind: str
    title: str
    description: str
    body: Mapping[str, Any]
    is_section: bool = False
    is_upload: bool = False  # a person made it, and nobody else may change or move it (facts 3.1)
    questions: Mapping[str, str] = field(default_factory=dict)
    sent: Mapping[str, Any] = field(default_factory=dict, compare=False)

    @property
    def content(self) -> tuple[str, str, str, Mapping[str, Any]]:
        """What can differ while the item stays the same one."""
        return self.kind, self.title, self.description, self.body


@dataclass(frozen=True, slots=True)
class Image:
    """A form: its head, and its items in order."""

    title: str
    description: str
    email_collection: str
    items: tuple[Item, ...] = ()
