"""What an item is held against: the form it stands in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from cchc_gforms.local_google.errors import invalid
from cchc_gforms.local_google.forms.store import Form


@dataclass(frozen=True, slots=True)
class Around:
    """The sections that options may lead to, whether there are grades, the pictures of the item
    that Google holds already (by contentUri)."""

    sections: frozenset[str]
    is_quiz: bool
    pictures: frozenset[str] = frozenset()

    @classmethod
    def of(cls, form: Form, item_now: Mapping[str, Any] | None = None) -> Around:
        return cls(
            frozenset(item["itemId"] for item in form.items if "pageBreakItem" in item),
            is_quiz(form),
            frozenset(_content_uris(item_now or {})),
        )


def is_quiz(form: Form) -> bool:
    settings = form.resource.get("settings", {})
    return bool(settings.get("quizSettings", {}).get("isQuiz"))


def is_upload(item: Mapping[str, Any]) -> bool:
    return "fileUploadQuestion" in item.get("questionItem", {}).get("question", {})


def one_line(text: str) -> None:
    """Titles, options and labels; descriptions may have more (facts 2.7)."""
    if "\n" in text or "\r" in text:
        raise invalid("Displayed text cannot contain newlines")


def _content_uris(value: Any) -> Iterator[str]:
    if isinstance(value, Mapping):
        if "contentUri" in value:
            yield value["contentUri"]
        for inner in value.values():
            yield from _content_uris(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _content_uris(inner)
