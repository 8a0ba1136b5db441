"""Carries a plan out: forms made, brought up to date, published; periods opened (L1).

A form takes one create, one batch, one publish, one HTTP batch for the tags and the responders.
Cut off anywhere, the next plan finds the same form and finishes it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

from cchc_gforms.errors import CchcError, GoogleError
from cchc_gforms.generator import control, requests
from cchc_gforms.generator.changes import replay
from cchc_gforms.generator.form_plan import FormPlan, planned
from cchc_gforms.generator.image import Image
from cchc_gforms.generator.plan import differences, plan
from cchc_gforms.generator.wording import said
from cchc_gforms.generator.year_plan import YearPlan
from cchc_gforms.google import forms
from cchc_gforms.google.client import Google
from cchc_gforms.google.registry import DeployedFile, admit, claim, copy_form
from cchc_gforms.regime.load import ReportingYear
from cchc_gforms.regime.openings import due_to_open, openings
from cchc_gforms.store.log import EventLog

Progress = Callable[[str], object]
Done = Literal["created", "changed", "unchanged"]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What was done to one form. `strangers` are questions on it that no spec ever knew."""

    name: str
    title: str
    form_id: str
    responder_uri: str
    done: Done
    changes: int = 0
    strangers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Applied:
    """A year's forms and the spreadsheet to link them to."""

    forms: tuple[Outcome, ...]
    responses_id: str
    periods_opened: int


def apply_year(
    google: Google, log: EventLog, year: ReportingYear, made: YearPlan, progress: Progress
) -> Applied:
    """Does what the plan says; `made.refuse_losses` comes before."""
    outcomes = []
    for one in made.forms:
        progress(one.subject.title)
        outcomes.append(apply_form(google, one))
    claim(google, made.unclaimed, year.regime.identity)
    listed = made.listed([one.form_id for one in outcomes])
    responses_id = control.bring_up_to_date(google, made.control, year, listed)
    due = due_to_open(year, google.now, log.periods_opened())
    opened = log.append(openings(year, google.now, due), google.now)
    return Applied(tuple(outcomes), responses_id, len(opened))


def apply_form(google: Google, one: FormPlan) -> Outcome:
    """Each step only where the plan has it."""
    assert not one.plan.at_stake, "refused before"
    assert not one.by_hand, "refused before"
    done: Done = "created" if one.form_id is None else "changed" if one.has_work else "unchanged"
    if one.template is not None:
        one = _copied(google, one, one.template)
    changes, revision, live, uri = one.plan.changes, one.revision, one.live, one.responder_uri
    form_id = one.form_id
    if form_id is None:
        body = requests.new_form(one.subject.title, one.subject.document_title)
        form = forms.create(google, body)
        form_id, revision = requests.id_of(form), requests.revision_of(form)
        live = requests.image_of(form)
        uri = form.get("responderUri", "")
        # Google chooses the settings of a new form, so they are planned on as they are.
        changes = plan(live, one.subject.wanted).changes
    if changes:
        _batch(google, form_id, revision, one, live, changes)
    if one.publish:
        _publish(google, form_id, one.subject.title)
    admit(google, form_id, tags=one.tags, grant=one.grant, revoke=tuple(one.revoke.values()))
    return Outcome(
        name=one.subject.name,
        title=one.subject.title,
        form_id=form_id,
        responder_uri=uri,
        done=done,
        changes=len(changes),
        strangers=tuple(item.title for item in one.plan.strangers),
    )


def _copied(google: Google, one: FormPlan, template: DeployedFile) -> FormPlan:
    """The copy of the template, planned on as it is: it may have been changed since. CchcError if
    so; the next apply goes on from the copy."""
    subject = one.subject
    file = copy_form(google, template, name=subject.document_title, tags=subject.tags)
    made = planned(file, subject, one.allowed, forms.get(google, file.id))
    if made.by_hand or made.plan.at_stake:
        raise CchcError(
            f"mẫu của biểu mẫu “{subject.title}” vừa bị sửa, nay không khớp đặc tả",
            "xem lại bằng `cchc forms plan`",
        )
    return made


def _batch(
    google: Google, form_id: str, revision: str, one: FormPlan, live: Image, changes: Any
) -> None:
    """One batch, checked against the revision that was planned on, read back and compared."""
    body = requests.batch(changes, revision)
    try:
        answer = forms.batch_update(google, form_id, body)
    except GoogleError as error:
        if error.status == 400:
            _tell_of_other_hands(google, form_id, revision, one, live)
        raise
    _compare(one.subject.title, requests.image_of(answer), replay(live, changes))


def _tell_of_other_hands(
    google: Google, form_id: str, revision: str, one: FormPlan, live: Image
) -> None:
    """Google's words for a revision that is not the latest are not known (facts 2.3), so the form
    is read again: if it is another one by now, that is why. CchcError with what changed on it."""
    now = forms.get(google, form_id)
    if requests.revision_of(now) == revision:
        return
    raise CchcError(
        f"có người vừa sửa biểu mẫu “{one.subject.title}”, nên không ghi đè gì; họ đã:"
        + changed_by_others(live, requests.image_of(now)),
        "xem lại bằng `cchc forms plan` rồi chạy lại `cchc forms apply`",
    )


def changed_by_others(before: Image, after: Image) -> str:
    """Line by line, which questions and how."""
    lines = [
        "\n  " + "; ".join([one.line, *map(str, one.fields)])
        for one in (said(change, after) for change in differences(before, after))
    ]
    return "".join(lines) or " sửa rồi trả lại như cũ, hoặc sửa phần không thuộc đặc tả"


def _compare(title: str, is_now: Image, should_be: Image) -> None:
    """Google may answer with other ids or wordings than asked for; then nothing may go on."""
    if is_now == should_be:
        return
    raise CchcError(
        f"biểu mẫu “{title}” sau khi ghi không giống đặc tả; từ bản Google trả về đến bản đã yêu "
        f"cầu còn phải:{changed_by_others(is_now, should_be)}",
        "chạy lại `cchc forms apply`; nếu vẫn lỗi, gửi thông báo này cho người phụ trách",
    )


def _publish(google: Google, form_id: str, title: str) -> None:
    answer = forms.set_publish_settings(google, form_id, requests.publish())
    if not (requests.is_published(answer) and requests.is_accepting(answer)):
        raise CchcError(
            f"Google không phát hành biểu mẫu “{title}”",
            "mở biểu mẫu, bấm Phát hành (Publish), rồi chạy lại `cchc forms apply`",
        )
