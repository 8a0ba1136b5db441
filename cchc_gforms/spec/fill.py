"""Fills a form file in for one year and period: lists, repetitions, placeholders. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from cchc_gforms.spec.model import Entry, FormFile, FormSpec

PLACEHOLDER = re.compile(r"\{([^{}]*)\}")


def fill(
    form: FormFile,
    *,
    name: str,
    document: str,
    period: str | None,
    values: Mapping[str, str],
    lists: Mapping[str, tuple[Entry, ...]],
    choices: Mapping[str, tuple[str, ...]],
) -> FormSpec:
    """`values` are what placeholders stand for, `lists` what `for_each` repeats over, `choices`
    what `choices_from` names; the checks have seen to it that each name is there."""
    sections = []
    for section in form.model_dump(exclude_unset=True)["sections"]:
        repeated = section.pop("for_each", None)
        entries = lists[repeated] if repeated else (None,)
        for entry in entries:
            own = {"each.key": entry.key, "each.title": entry.title} if entry else {}
            sections.append(_substitute(section, {**values, **own}))
    for section in sections:
        for item in section["items"]:
            named = item.pop("choices_from", None)
            if named:
                item["choices"] = [{"value": value} for value in choices[named]]
    return FormSpec.model_validate(
        {
            "name": name,
            "document": document,
            "period": period,
            "title": _text(form.title, values),
            "description": _text(form.description, values),
            "collect_email": form.collect_email,
            "sections": sections,
        }
    )


def _substitute(value: Any, values: Mapping[str, str]) -> Any:
    if isinstance(value, str):
        return _text(value, values)
    if isinstance(value, dict):
        return {name: _substitute(inner, values) for name, inner in value.items()}
    if isinstance(value, (list, tuple)):
        return [_substitute(inner, values) for inner in value]
    return value


def _text(text: str, values: Mapping[str, str]) -> str:
    return PLACEHOLDER.sub(lambda found: values[found[1]], text)
