"""Phrases that a year words otherwise, put into its forms (E17). Pure.

A phrase is whole words, written as in the form (capitals too). Keys, and so ids and answers, stay
as they are. So do the choices of questions that the harvester reads (unit, document, decision):
those are names, not wording. Where the rules of a form wait for an answer (`unless`), they wait for
it as it is worded now.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final

from cchc_gforms.spec.model import FormSpec

_TEXTS: Final = frozenset(
    {
        "title",
        "description",
        "help",
        "value",
        "answer",
        "columns",
        "low_label",
        "high_label",
        "caption",
        "alt",
    }
)
_KEPT: Final = frozenset({"moved", "avoid", "about"})  # keys and rules, not wording


def reworded(spec: FormSpec, wording: Mapping[str, str]) -> FormSpec:
    """The form with each phrase replaced, the longest first, and no replacement replaced again."""
    if not wording:
        return spec
    phrases = _any_of(wording)
    return FormSpec.model_validate(
        _mapped_texts(spec, lambda said: phrases.sub(lambda found: wording[found[0]], said))
    )


def texts(spec: FormSpec) -> list[str]:
    """All that a year may word otherwise."""
    found: list[str] = []

    def noted(said: str) -> str:
        found.append(said)
        return said

    _mapped_texts(spec, noted)
    return found


def says(said: str, phrase: str) -> bool:
    """Whether the phrase is there, as whole words."""
    return _any_of([phrase]).search(said) is not None


def _any_of(phrases: Iterable[str]) -> re.Pattern[str]:
    longest_first = sorted(phrases, key=len, reverse=True)
    return re.compile("|".join(_whole_words(phrase) for phrase in longest_first))


def _whole_words(phrase: str) -> str:
    """No word goes on at an edge that is a letter or a digit."""
    before = r"\b" if re.match(r"\w", phrase) else ""
    behind = r"\b" if re.search(r"\w\Z", phrase) else ""
    return f"{before}{re.escape(phrase)}{behind}"


def _mapped_texts(spec: FormSpec, text: Callable[[str], str]) -> Any:
    names = frozenset(one.key for one in spec.questions() if one.role)
    return _mapped(spec.model_dump(exclude_unset=True), text, names)


def _mapped(value: Any, text: Callable[[str], str], names: frozenset[str], name: str = "") -> Any:
    """`names` are the keys of the questions whose choices are names."""
    if isinstance(value, str):
        return text(value) if name in _TEXTS else value
    if isinstance(value, (list, tuple)):
        return [_mapped(inner, text, names, name) for inner in value]
    if isinstance(value, dict):
        kept = set(_KEPT)
        if value.get("role"):
            kept.add("choices")
        if value.get("question") in names:
            kept.add("answer")
        return {
            key: inner if key in kept else _mapped(inner, text, names, key)
            for key, inner in value.items()
        }
    return value
