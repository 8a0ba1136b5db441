"""How the forms of a year stand, as far as Google shows it. Nothing is changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from cchc_gforms.generator import control, requests
from cchc_gforms.generator.control import Listed
from cchc_gforms.generator.form_plan import planned, subject_of
from cchc_gforms.generator.plan import Allowed
from cchc_gforms.generator.year_plan import Progress
from cchc_gforms.google import forms
from cchc_gforms.google.client import Google
from cchc_gforms.google.registry import DeployedFile, Registry
from cchc_gforms.regime.load import ReportingYear
from cchc_gforms.spec.model import FormSpec

Step = Literal["apply", "link", "link_elsewhere", "script"]


@dataclass(frozen=True, slots=True)
class Standing:
    """A form that is there. `accepting` is None where the API does not tell (a form of before
    2025). `linked_to` is the spreadsheet of its answers, `script` what the script last wrote about
    it in the list of forms, `steps` what is still to be done. `changes` counts what apply would
    change, `refused` what it would not without leave."""

    name: str
    title: str
    form_id: str | None
    responder_uri: str = ""
    published: bool = False
    accepting: bool | None = None
    linked_to: str | None = None
    email_collection: str = ""
    responders: tuple[str, ...] = ()
    changes: int = 0
    refused: int = 0
    strangers: tuple[str, ...] = ()
    script: str = ""
    steps: tuple[Step, ...] = ()


@dataclass(frozen=True, slots=True)
class Standings:
    forms: tuple[Standing, ...]
    responses_id: str | None


def status(
    google: Google, year: ReportingYear, specs: Sequence[FormSpec], progress: Progress
) -> Standings:
    """One look-up, one get a form, two of the spreadsheet."""
    registry = Registry.look_up(google)
    book = control.read(google, registry, year)
    found = []
    for spec in specs:
        progress(spec.title)
        file = registry.form(spec.name, subject_of(year, spec).document_title)
        found.append(_standing(google, year, spec, file, book))
    return Standings(tuple(found), book.id if book else None)


def _standing(
    google: Google,
    year: ReportingYear,
    spec: FormSpec,
    file: DeployedFile | None,
    book: control.Control | None,
) -> Standing:
    subject = subject_of(year, spec)
    if file is None:
        return Standing(spec.name, spec.title, None, steps=("apply",))
    form = forms.get(google, file.id)
    plan = planned(file, subject, Allowed(), form)
    listed = Listed(file.id, subject.title, control.settings_of(year, spec))
    script = book.result(listed) if book else ""
    linked = requests.linked_sheet(form)
    steps: list[Step] = ["apply"] if plan.has_work or plan.plan.at_stake else []
    if linked is None:
        steps.append("link")
    elif book is None or linked != book.id:
        steps.append("link_elsewhere")
    if not script:
        steps.append("script")
    return Standing(
        name=spec.name,
        title=subject.title,
        form_id=file.id,
        responder_uri=plan.responder_uri,
        published=requests.is_published(form),
        accepting=requests.is_accepting(form),
        linked_to=linked,
        email_collection=plan.live.email_collection,
        responders=tuple(sorted(file.responders)),
        changes=len(plan.plan.changes),
        refused=len(plan.plan.at_stake),
        strangers=tuple(item.title for item in plan.plan.strangers),
        script=script,
        steps=tuple(steps),
    )
