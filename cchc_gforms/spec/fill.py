"""A form for one year and period: what its placeholders stand for, put in. Pure."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from cchc_gforms.spec.expand import Page, filled, filled_text
from cchc_gforms.spec.files import FormFile
from cchc_gforms.spec.model import ChoiceItem, FormSpec, Section


def fill(
    form: FormFile,
    pages: Sequence[Page],
    *,
    name: str,
    document: str,
    period: str | None,
    values: Mapping[str, str],
    not_for: Collection[str] = (),
) -> FormSpec:
    """The form of `pages`. `values` are what placeholders stand for; the checks have seen to it
    that each is there. `not_for` are units that need not be offered."""
    return FormSpec(
        name=name,
        document=document,
        period=period,
        title=filled_text(form.title, values),
        description=filled_text(form.description, values),
        collect_email=form.collect_email,
        template=form.template,
        moved={new: old for old, new in form.moved.items()},
        sections=tuple(_without(filled(page.section, values), not_for) for page in pages),
    )


def _without(section: Section, units: Collection[str]) -> Section:
    """The page with the other units to choose from; with all of them, were none left."""
    items = []
    for item in section.items:
        if isinstance(item, ChoiceItem) and item.role == "unit":
            kept = tuple(one for one in item.choices if one.value not in units)
            item = item.model_copy(update={"choices": kept or item.choices})
        items.append(item)
    return section.model_copy(update={"items": tuple(items)})
