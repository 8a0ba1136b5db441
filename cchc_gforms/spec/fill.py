"""A form for one year and period: what its placeholders stand for, put in. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from cchc_gforms.spec.expand import Page, filled, filled_text
from cchc_gforms.spec.files import FormFile
from cchc_gforms.spec.model import FormSpec


def fill(
    form: FormFile,
    pages: Sequence[Page],
    *,
    name: str,
    document: str,
    period: str | None,
    values: Mapping[str, str],
) -> FormSpec:
    """The form of `pages`. `values` are what placeholders stand for; the checks have seen to it
    that each is there."""
    return FormSpec(
        name=name,
        document=document,
        period=period,
        title=filled_text(form.title, values),
        description=filled_text(form.description, values),
        collect_email=form.collect_email,
        template=form.template,
        moved={new: old for old, new in form.moved.items()},
        sections=tuple(filled(page.section, values) for page in pages),
    )
