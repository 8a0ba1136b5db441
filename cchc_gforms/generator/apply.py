"""Builds the forms of a year and brings them up to date; opens the periods whose day has come (L1).

A form takes one look-up (shared by all), one create, one batch, one publish, one HTTP batch for the
tag and the responders. Cut off anywhere, the next run finds the same form and finishes it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from cchc_gforms.errors import CchcError
from cchc_gforms.generator import requests
from cchc_gforms.generator.plan import Image, Item, Plan, plan, replay
from cchc_gforms.google.client import Google
from cchc_gforms.google.registry import (
    ANYONE,
    DeployedFile,
    Registry,
    admit,
    create_spreadsheet,
    form_tags,
    responses_tags,
    settle,
)
from cchc_gforms.regime.load import ReportingYear
from cchc_gforms.regime.openings import due_to_open, openings
from cchc_gforms.spec.compile import CompiledForm, compile_form
from cchc_gforms.spec.model import PROCESSING, FormSpec
from cchc_gforms.store.log import EventLog

Progress = Callable[[str], object]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What was done to one form. `strangers` are questions on it that the spec does not know."""

    name: str
    title: str
    form_id: str
    responder_uri: str
    done: Literal["created", "changed", "unchanged"]
    changes: int = 0
    strangers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Applied:
    """A year's forms and the spreadsheet to link them to."""

    forms: tuple[Outcome, ...]
    responses_id: str
    periods_opened: int


def apply_year(
    google: Google,
    log: EventLog,
    year: ReportingYear,
    specs: Sequence[FormSpec],
    progress: Progress,
) -> Applied:
    """Creates, completes and publishes every form of the year. Doing it again changes nothing."""
    registry = Registry.look_up(google)
    outcomes = []
    for spec in specs:
        progress(spec.title)
        outcomes.append(_apply_form(google, registry, year, spec))
    responses_id = _responses_spreadsheet(google, registry, year)
    due = due_to_open(year, google.now, log.periods_opened())
    opened = log.append(openings(year, google.now, due), google.now)
    return Applied(tuple(outcomes), responses_id, len(opened))


def _apply_form(google: Google, registry: Registry, year: ReportingYear, spec: FormSpec) -> Outcome:
    compiled = compile_form(spec)
    document_title = compiled.info["documentTitle"]
    deployed = registry.form(spec.name, document_title)
    service = google.forms.forms()
    form: Any
    if deployed is None:
        body = requests.new_form(compiled.info["title"], document_title)
        form = google.execute(service.create(body=body))  # type: ignore[arg-type]
        deployed = DeployedFile(form["formId"], document_title, "")
        created = True
    else:
        form = google.execute(service.get(formId=deployed.id))
        created = False
    made, form = _bring_up_to_date(google, form, compiled)
    published = created or not requests.is_published(form)
    if published:
        request = service.setPublishSettings(formId=deployed.id, body=requests.publish())  # type: ignore[arg-type]
        google.execute(request)
    admit(google, deployed, form_tags(spec.name, year.year.year), _responders(year, spec))
    return Outcome(
        name=spec.name,
        title=spec.title,
        form_id=deployed.id,
        responder_uri=form.get("responderUri", ""),
        done="created" if created else "changed" if made.changes or published else "unchanged",
        changes=len(made.changes),
        strangers=tuple(item.title for item in made.strangers),
    )


def _bring_up_to_date(google: Google, form: Any, compiled: CompiledForm) -> tuple[Plan, Any]:
    """One batch, checked against the revision that was planned on, read back and compared."""
    live, wanted = requests.image_of(form), requests.image_of(compiled.wire)
    made = plan(live, wanted)
    _refuse_clashes(wanted.title, made.clashes)
    if not made.changes:
        return made, form
    body = requests.batch(made.changes, form["revisionId"])
    request = google.forms.forms().batchUpdate(formId=form["formId"], body=body)  # type: ignore[arg-type]
    answer = google.execute(request)["form"]
    _compare(wanted.title, requests.image_of(answer), replay(live, made.changes))
    return made, answer


def _refuse_clashes(title: str, clashes: Iterable[tuple[Item, Item]]) -> None:
    named = [f"“{old.title}” ({old.kind} → {new.kind})" for old, new in clashes]
    if named:
        raise CchcError(
            f"biểu mẫu “{title}”: đổi loại câu hỏi sẽ làm mất câu trả lời đã có: "
            + "; ".join(named),
            "đặt một `key` mới cho câu hỏi đã đổi loại trong đặc tả",
        )


def _compare(title: str, is_now: Image, should_be: Image) -> None:
    """Google may answer with other ids or wordings than asked for; then nothing may go on."""
    if is_now == should_be:
        return
    pairs = zip(is_now.items, should_be.items, strict=False)
    first = next(((now, then) for now, then in pairs if now != then), None)
    if first:
        detail = f"Google có {first[0]!r}, đặc tả cần {first[1]!r}"
    else:
        detail = (
            f"Google có {len(is_now.items)} mục, đặc tả cần {len(should_be.items)}; "
            f"{replace(is_now, items=())!r} / {replace(should_be, items=())!r}"
        )
    raise CchcError(
        f"biểu mẫu “{title}” sau khi ghi không giống đặc tả: {detail}",
        "chạy lại `cchc forms apply`; nếu vẫn lỗi, gửi thông báo này cho người phụ trách",
    )


def _responders(year: ReportingYear, spec: FormSpec) -> list[str]:
    """Reviewers answer the processing form; anyone signed in may answer the others (L13 guards)."""
    reviewers = [one.email for one in year.regime.reviewers]
    return reviewers if spec.document == PROCESSING else [ANYONE]


def _responses_spreadsheet(google: Google, registry: Registry, year: ReportingYear) -> str:
    """The spreadsheet that people link the forms to. Made by us, `drive.file` lets us read it."""
    tags = responses_tags(year.year.year)
    found = registry.responses(year.year.year)
    name = f"CCHC {year.year.year} – Câu trả lời"
    id = found.id if found else create_spreadsheet(google, name=name, tags=tags)
    http = google.sheets.http_client
    now = http.fetch_sheet_metadata(id, params={"fields": "properties(locale,timeZone)"})
    if unsettled := settle(now, year.regime.timezone):
        http.batch_update(id, {"requests": unsettled})
    return id
