"""What has to be done to one form: made, changed, published, opened to its responders, tagged."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from cchc_gforms.generator import requests
from cchc_gforms.generator.changes import replay
from cchc_gforms.generator.control import is_for_reviewers
from cchc_gforms.generator.deployed import as_tags, deployed_by, from_tags
from cchc_gforms.generator.image import Image
from cchc_gforms.generator.plan import Allowed, Plan, plan
from cchc_gforms.google import forms
from cchc_gforms.google.client import Google
from cchc_gforms.google.registry import ANYONE, DeployedFile, form_tags
from cchc_gforms.regime.load import ReportingYear
from cchc_gforms.spec.compile import CompiledForm, compile_form
from cchc_gforms.spec.model import FormSpec


@dataclass(frozen=True, slots=True)
class Subject:
    """What a form is to be. `questions` are the ids of questions with our keys."""

    name: str
    title: str
    document_title: str
    wanted: Image
    questions: Mapping[str, str]
    tags: Mapping[str, str]
    responders: tuple[str, ...]

    @property
    def unmade(self) -> Image:
        """What Google makes of the title alone (facts 1.1)."""
        return Image(self.title, "", "DO_NOT_COLLECT")


@dataclass(frozen=True, slots=True)
class FormPlan:
    """`live` is the form as it was planned on, at `revision`; `form_id` None: it is to be made.

    `revoke` are responders with the ids of their permissions, `others` those whom nobody asked
    for and who stay.
    """

    subject: Subject
    form_id: str | None
    revision: str
    responder_uri: str
    live: Image
    plan: Plan
    publish: bool
    closed: bool
    grant: tuple[str, ...]
    revoke: Mapping[str, str]
    others: tuple[str, ...]
    tags: Mapping[str, str | None]

    @property
    def after(self) -> Image:
        """The form when all is done."""
        return replay(self.live, self.plan.changes)

    @property
    def has_work(self) -> bool:
        parts = (self.plan.changes, self.publish, self.grant, self.revoke, self.tags)
        return self.form_id is None or any(map(bool, parts))


def subject_of(year: ReportingYear, spec: FormSpec) -> Subject:
    compiled = compile_form(spec)
    return subject(
        spec.name, compiled, form_tags(spec.name, year.year.year), responders_of(year, spec)
    )


def subject(
    name: str, compiled: CompiledForm, tags: Mapping[str, str], responders: tuple[str, ...]
) -> Subject:
    return Subject(
        name=name,
        title=compiled.info["title"],
        document_title=compiled.info["documentTitle"],
        wanted=requests.image_of(compiled.wire),
        questions=compiled.questions,
        tags=tags,
        responders=responders,
    )


def responders_of(year: ReportingYear, spec: FormSpec) -> tuple[str, ...]:
    """Reviewers answer the processing form; the others anyone, or the addresses of the roster
    where the regime says so (L13 guards either way)."""
    if is_for_reviewers(spec):
        return tuple(one.email for one in year.regime.reviewers)
    if year.regime.respondents == "anyone":
        return (ANYONE,)
    units = year.roster.units
    if spec.period:
        units = year.duty(spec.document, spec.period).expected(year.roster)
    return tuple(dict.fromkeys(address for unit in units for address in unit.emails))


def form_plan(
    google: Google, deployed: DeployedFile | None, subject: Subject, allowed: Allowed
) -> FormPlan:
    """One get for a form that is there, nothing for one that is not."""
    if deployed is None:
        return planned(None, subject, allowed, None)
    return planned(deployed, subject, allowed, forms.get(google, deployed.id))


def planned(
    deployed: DeployedFile | None, subject: Subject, allowed: Allowed, form: Any | None
) -> FormPlan:
    """From a form as Google gave it; None: it is to be made."""
    file = deployed or DeployedFile("", subject.document_title, "")
    live = subject.unmade if form is None else requests.image_of(form)
    ours = from_tags(file.tags)
    wanted = {one.lower() for one in subject.responders}
    others = [one for one in file.responders if one not in wanted]
    keys = as_tags(deployed_by(subject.wanted, subject.questions), file.tags)
    published = form is not None and requests.is_published(form)
    return FormPlan(
        subject=subject,
        form_id=requests.id_of(form) if form else None,
        revision=requests.revision_of(form) if form else "",
        responder_uri=form.get("responderUri", "") if form else "",
        live=live,
        plan=plan(live, subject.wanted, ours, allowed),
        publish=not published,
        closed=published and requests.is_accepting(form or {}) is False,
        grant=tuple(one for one in subject.responders if one.lower() not in file.responders),
        revoke={one: file.responders[one] for one in others if one == ANYONE},
        others=tuple(sorted(one for one in others if one != ANYONE)),
        tags={k: v for k, v in {**subject.tags, **keys}.items() if file.tags.get(k) != v},
    )
