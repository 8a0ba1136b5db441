"""A form to copy others from: empty and tagged, for a person to put file upload questions on.

Made by this product, because under the scope `drive.file` it sees no other (facts 8.3).
"""

from __future__ import annotations

from dataclasses import dataclass

from cchc_gforms.generator import requests
from cchc_gforms.google import forms
from cchc_gforms.google.client import Google
from cchc_gforms.google.registry import Registry, admit, template_tags


@dataclass(frozen=True, slots=True)
class Template:
    """`made`: it was not there before."""

    form_id: str
    made: bool


def make_template(google: Google, name: str) -> Template:
    """One look-up, one create, one tag. One whose making was cut off is finished."""
    registry = Registry.look_up(google)
    there = registry.template(name)
    if there is not None:
        return Template(there.id, made=False)
    title = f"Mẫu {name}"
    begun = registry.untagged(title)
    form_id = begun.id if begun else requests.id_of(_created(google, title))
    admit(google, form_id, tags={**template_tags(name)})
    return Template(form_id, made=True)


def _created(google: Google, title: str) -> dict[str, object]:
    made: dict[str, object] = forms.create(google, requests.new_form(title, title))
    return made
