"""What has to be done to one form: made, changed, published, opened to its responders, tagged."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from cchc_gforms.generator import requests
from cchc_gforms.generator.changes import replay
from cchc_gforms.generator.control import is_for_reviewers
from cchc_gforms.generator.image import Image
from cchc_gforms.generator.plan import Allowed, Plan, plan
from cchc_gforms.generator.uploads import matched, out_of_place
from cchc_gforms.google import forms
from cchc_gforms.google.client import Google
from cchc_gforms.google.deployed import as_tags, from_tags, with_room
from cchc_gforms.google.registry import ANYONE, TEMPLATE, DeployedFile, form_tags
from cchc_gforms.regime.load import ReportingYear
from cchc_gforms.spec.compile import CompiledForm, compile_form
from cchc_gforms.spec.ids import question_id
from cchc_gforms.spec.model import FormSpec


@dataclass(frozen=True, slots=True)
class Subject:
    """What a form is to be. `questions` are the ids of questions with our keys; `template` is the
    name or the id of the form to copy."""

    name: str
    title: str
    document_title: str
    wanted: Image
    questions: Mapping[str, str]
    tags: Mapping[str, str]
    responders: tuple[str, ...]
    template: str | None = None

    @property
    def unmade(self) -> Image:
        """What Google makes of the title alone (facts 1.1)."""
        return Image(self.title, "", "DO_NOT_COLLECT")


@dataclass(frozen=True, slots=True)
class FormPlan:
    """`live` is the form as it was planned on, at `revision`; `form_id` None: it is to be made.

    `revoke` are responders with the ids of their permissions, `others` those whom nobody asked
    for and who stay. Where the form is to be a copy, `live` is the `template`. `by_hand` is what a
    person has to do in the editor before anything else can be done. `removed` are the keys
    of questions that the form had once, `forgotten` those for which its tags have no room any more.
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
    allowed: Allowed = field(default_factory=Allowed)
    template: DeployedFile | None = None
    by_hand: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    forgotten: tuple[str, ...] = ()

    @property
    def after(self) -> Image:
        """The form when all is done."""
        return replay(self.live, self.plan.changes)

    @property
    def has_work(self) -> bool:
        parts = (self.plan.changes, self.publish, self.grant, self.revoke, self.tags)
        return self.form_id is None or any(map(bool, parts))


def subject_of(year: ReportingYear, spec: FormSpec, at: datetime) -> Subject:
    """What the form is to be at an instant (aware)."""
    tags = form_tags(spec.name, year.year.year, year.regime.identity)
    people = responders_of(year, spec, at.astimezone(year.zone).date())
    return subject(spec.name, compile_form(spec), tags, people, spec.template)


def subject(
    name: str,
    compiled: CompiledForm,
    tags: Mapping[str, str],
    responders: tuple[str, ...],
    template: str | None = None,
) -> Subject:
    return Subject(
        name=name,
        title=compiled.info["title"],
        document_title=compiled.info["documentTitle"],
        wanted=requests.image_of(compiled.wire),
        questions=compiled.questions,
        tags=tags,
        responders=responders,
        template=template,
    )


def responders_of(year: ReportingYear, spec: FormSpec, today: date) -> tuple[str, ...]:
    """Reviewers answer the processing form as long as they are in office; the others anyone, or
    the addresses of the roster where the regime says so (L13 guards either way)."""
    if is_for_reviewers(spec):
        return tuple(one.email for one in year.regime.reviewers if one.holds_on(today))
    if year.regime.respondents == "anyone":
        return (ANYONE,)
    units = year.roster.units
    if spec.period:
        units = year.duty(spec.document, spec.period).expected(year.roster)
    return tuple(dict.fromkeys(address for unit in units for address in unit.emails))


def form_plan(
    google: Google,
    deployed: DeployedFile | None,
    subject: Subject,
    allowed: Allowed,
    template: DeployedFile | None = None,
) -> FormPlan:
    """One get for a form that is there, or for the template of one that is not."""
    if deployed is not None:
        return planned(deployed, subject, allowed, forms.get(google, deployed.id))
    if subject.template is None:
        return planned(None, subject, allowed, None)
    if template is None:
        return replace(planned(None, subject, allowed, None), by_hand=(no_template(subject),))
    made = planned(template, subject, allowed, forms.get(google, template.id))
    return replace(
        made,
        form_id=None,
        responder_uri="",
        template=template,
        publish=True,
        closed=False,
        grant=subject.responders,
        revoke={},
        others=(),
        by_hand=tuple(f"trên “{template.name}”: {one}" for one in made.by_hand),
    )


def no_template(subject: Subject) -> str:
    """What to do where the template is not among our files."""
    return (
        f"không thấy mẫu “{subject.template}” trong các tệp do chương trình này tạo ra: chạy `cchc "
        f"forms template {subject.template}`, rồi thêm các câu hỏi tải tệp lên vào mẫu"
    )


def planned(
    deployed: DeployedFile | None, subject: Subject, allowed: Allowed, form: Any | None
) -> FormPlan:
    """From a form as Google gave it; None: it is to be made."""
    file = deployed or DeployedFile("", subject.document_title, "")
    live = subject.unmade if form is None else requests.image_of(form)
    ours = from_tags(file.tags, question_id)
    there = matched(live, subject.wanted, ours, subject.questions)
    made = plan(live, there.wanted, ours, allowed)
    mine = deployed_by(there.wanted, there.questions)
    removed = {id: key for id, key in ours.items() if key and id not in mine}
    kept = with_room(removed, mine, question_id)
    wanted = {one.lower() for one in subject.responders}
    others = [one for one in file.responders if one not in wanted]
    published = form is not None and requests.is_published(form)
    return FormPlan(
        subject=replace(subject, wanted=there.wanted, questions=there.questions),
        form_id=requests.id_of(form) if form else None,
        revision=requests.revision_of(form) if form else "",
        responder_uri=form.get("responderUri", "") if form else "",
        live=live,
        plan=made,
        publish=not published,
        closed=published and requests.is_accepting(form or {}) is False,
        grant=tuple(one for one in subject.responders if one.lower() not in file.responders),
        revoke={one: file.responders[one] for one in others if one == ANYONE},
        others=tuple(sorted(one for one in others if one != ANYONE)),
        tags=_tags_to_set(subject, as_tags(mine, file.tags, question_id, kept), file.tags),
        allowed=allowed,
        by_hand=there.by_hand + out_of_place(made.changes, replay(live, made.changes)),
        removed=tuple(removed.values()),
        forgotten=tuple(key for id, key in removed.items() if id not in kept),
    )


def deployed_by(wanted: Image, questions: Mapping[str, str]) -> dict[str, str]:
    """Question ids with their keys; items that hold no question by their own id, without one."""
    found = {id: questions.get(id, "") for item in wanted.items for id in item.questions}
    return found | {item.id: "" for item in wanted.items if not item.questions}


def _tags_to_set(
    subject: Subject, keys: Mapping[str, str | None], now: Mapping[str, str]
) -> dict[str, str | None]:
    """What differs from now; the name of a template is none of a form's."""
    tags = {TEMPLATE: None, **subject.tags, **keys}
    return {name: value for name, value in tags.items() if now.get(name) != value}
