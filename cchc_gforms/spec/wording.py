"""Phrases that a year words otherwise, put into its forms (E17). Pure.

Keys, and so ids and answers, stay as they are. So do the choices of questions that the harvester
reads (unit, document, decision): those are names, not wording. Where the rules of a form wait for
an answer (`unless`), they wait for it as it is worded now.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
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
    """The form with each phrase replaced, the longest first."""
    phrases = sorted(wording, key=len, reverse=True)
    if not phrases:
        return spec

    def text(said: str) -> str:
        for phrase in phrases:
            said = said.replace(phrase, wording[phrase])
        return said

    names = frozenset(one.key for one in spec.questions() if one.role)
    return FormSpec.model_validate(_mapped(spec.model_dump(exclude_unset=True), text, names))


def unused(specs: Iterable[FormSpec], wording: Mapping[str, str]) -> list[str]:
    """The phrases that no form says."""
    left = dict.fromkeys(wording)
    for spec in specs:
        for phrase in [phrase for phrase in left if reworded(spec, {phrase: "\0"}) != spec]:
            del left[phrase]
    return list(left)


def _mapped(value: Any, text: Any, names: frozenset[str], name: str = "") -> Any:
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
