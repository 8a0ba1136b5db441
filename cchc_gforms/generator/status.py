"""How the forms of a year stand, as far as Google shows it. Nothing is changed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from cchc_gforms.generator import control, requests
from cchc_gforms.generator.control import Listed
from cchc_gforms.generator.form_plan import FormPlan, Subject, no_template, planned, subject_of
from cchc_gforms.generator.plan import Allowed
from cchc_gforms.generator.year_plan import Progress
from cchc_gforms.google import forms
from cchc_gforms.google.client import Google
from cchc_gforms.google.registry import DeployedFile, Registry
from cchc_gforms.regime.load import ReportingYear
from cchc_gforms.spec.model import FormSpec

Step = Literal["by_hand", "apply", "restore_folders", "link", "link_elsewhere", "script"]


@dataclass(frozen=True, slots=True)
class Standing:
    """A form that is there. `accepting` is None where the API does not tell (a form of before
    2025). `linked_to` is the spreadsheet of its answers, `script` what the script last wrote about
    it in the list of forms, `steps` what is still to be done, `by_hand` what a person has to do to
    file upload questions before apply can go on. `changes` counts what apply would change,
    `refused` what it would not without leave. `other_responders` may answer, but are not (or no
    longer) on the list."""

    name: str
    title: str
    form_id: str | None
    responder_uri: str = ""
    published: bool = False
    accepting: bool | None = None
    linked_to: str | None = None
    email_collection: str = ""
    responders: tuple[str, ...] = ()
    other_responders: tuple[str, ...] = ()
    changes: int = 0
    refused: int = 0
    strangers: tuple[str, ...] = ()
    script: str = ""
    by_hand: tuple[str, ...] = ()
    steps: tuple[Step, ...] = ()


@dataclass(frozen=True, slots=True)
class Standings:
    forms: tuple[Standing, ...]
    responses_id: str | None


def status(
    google: Google, year: ReportingYear, specs: Sequence[FormSpec], progress: Progress
) -> Standings:
    """One look-up, one get a form, two of the spreadsheet."""
    registry = Registry.look_up(google, year.regime.identity)
    book = control.read(google, registry, year)
    found = []
    for spec in specs:
        progress(spec.title)
        subject = subject_of(year, spec, google.now)
        file = registry.form(spec.name, subject.document_title)
        if file is None:
            found.append(_unmade(registry, spec, subject))
        else:
            listed = Listed(file.id, subject.title, control.settings_of(year, spec))
            found.append(_standing(google, subject, file, listed, book))
    return Standings(tuple(found), book.id if book else None)


def _unmade(registry: Registry, spec: FormSpec, subject: Subject) -> Standing:
    """A form to be copied needs its template first."""
    if subject.template is None or registry.template(subject.template) is not None:
        return Standing(spec.name, spec.title, None, steps=("apply",))
    missing = (no_template(subject),)
    return Standing(spec.name, spec.title, None, by_hand=missing, steps=("by_hand", "apply"))


def _standing(
    google: Google,
    subject: Subject,
    file: DeployedFile,
    listed: Listed,
    book: control.Control | None,
) -> Standing:
    form = forms.get(google, file.id)
    plan = planned(file, subject, Allowed(), form)
    script = book.result(listed) if book else ""
    return Standing(
        name=subject.name,
        title=subject.title,
        form_id=file.id,
        responder_uri=plan.responder_uri,
        published=requests.is_published(form),
        accepting=requests.is_accepting(form),
        linked_to=requests.linked_sheet(form),
        email_collection=plan.live.email_collection,
        responders=tuple(sorted(file.responders)),
        other_responders=plan.others,
        changes=len(plan.plan.changes),
        refused=len(plan.plan.at_stake),
        strangers=tuple(item.title for item in plan.plan.strangers),
        script=script,
        by_hand=plan.by_hand,
        steps=tuple(_steps(form, plan, book, script)),
    )


def _steps(form: Any, plan: FormPlan, book: control.Control | None, script: str) -> Iterator[Step]:
    if plan.by_hand:
        yield "by_hand"
    if plan.has_work or plan.plan.at_stake:
        yield "apply"
    if requests.without_folder(form):
        yield "restore_folders"
    linked = requests.linked_sheet(form)
    if linked is None:
        yield "link"
    elif book is None or linked != book.id:
        yield "link_elsewhere"
    if not script:
        yield "script"
