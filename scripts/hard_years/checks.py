"""What the product says, held against what people did."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import fields
from datetime import date
from typing import Any

from hard_years.deeds import Deed
from hard_years.files import OWED
from hard_years.life import Life
from hard_years.town import PROCESSING, Town, cchc, moment, utc
from hard_years.truth import Row, row_of

_TOLD = ("version_seen", "unreadable")
_PUT_ON_RECORD = (
    "decided", "extended", "received_in_person", "exempted", "voided", "accepted", "revoked",
)  # fmt: skip
_SENT = ("submit", "edit", "type_row")
_MOMENTS = ("first_submitted_at", "last_submitted_at", "approved_at")
_ALWAYS = [["0042"], ["2022-05-09"], ["Giấy"]]  # what everybody answers to the rest

Place = tuple[str, str, str]  # form, response, moment


def ledger_differences(town: Town, life: Life) -> Iterator[str]:
    """Row by row: first and last submission, versions, approval, returns, review, timeliness, late
    days."""
    left = cchc("ledger", "show", *town.book)
    if left.code:
        yield f"ledger show left with {left.code}: {left.err}"
        return
    book = json.loads(left.out)
    as_of = utc(book["as_of"])
    shown = {(one["unit"], f"{one['document']}/{one['period']}"): one for one in book["rows"]}
    expected = {(unit, subject) for unit in town.addresses for subject in OWED}
    if shown.keys() != expected or len(book["rows"]) != len(expected):
        yield f"rows of {sorted(shown)}, not of {sorted(expected)}"
    deeds = life.deeds
    if (latest := max((one.at for one in deeds), default=as_of)) > as_of:
        yield f"the ledger is as of {as_of}, before what was done at {latest}"
    for unit, subject in sorted(expected & shown.keys()):
        about = [one for one in deeds if one.subject == subject]
        told = _row(shown[unit, subject])
        true = row_of(about, unit, OWED[subject], town.addresses, as_of)
        for difference in told.differences(true):
            yield f"{unit} {subject}: {difference}"


def verify_differences(town: Town) -> Iterator[str]:
    left = cchc("store", "verify", "--store", town.store)
    if left.code:
        yield f"store verify left with {left.code}: {left.out} {left.err}"


def log_differences(town: Town, life: Life) -> Iterator[str]:
    """Every deed once in the log, by its response (of a Sheet alone, by its row) and time, with
    what was written."""
    yield from verify_differences(town)
    events = [one for one in exported(town) if one["kind"] in (*_TOLD, *_PUT_ON_RECORD)]
    by_row = town.source == "sheet"
    places = _row_places(town, life) if by_row else _places(town, life)
    told = [one for one in events if by_row or not one["response_id"].startswith("row:")]
    found = {_place(one, by_row=by_row): one for one in told}
    logged = Counter(_place(one, by_row=by_row) for one in told)
    for place, count in (logged - Counter(places.values())).items():
        yield f"{count} too many in the log: {place}"
    for place, count in (Counter(places.values()) - logged).items():
        yield f"lost, {count} times: {place}"
    if not by_row:
        yield from _typed_differences(town, life, events)
    for deed, place in places.items():
        if place in found:
            yield from _wording_differences(life, deed, found[place], by_row=by_row)


def _typed_differences(town: Town, life: Life, events: list[dict[str, Any]]) -> Iterator[str]:
    """Rows that no response stands behind and that count: those that were typed. What names no
    unit, or comes from a foreign address, is kept, listed and not counted (L13)."""
    typed = Counter(
        (town.forms[one.subject]["form_id"], moment(one.at.isoformat())) for one in life.typed
    )
    rows = Counter(
        (one["form_id"], moment(one["at"]))
        for one in events
        if one["response_id"].startswith("row:")
        and one.get("unit_code")
        and one.get("email") in (None, *town.addresses[one["unit_code"]])
    )
    if rows != typed:
        found, known = sorted(rows.elements()), sorted(typed.elements())
        yield f"rows without a response in the log: {found}; typed were {known}"


def _wording_differences(
    life: Life, deed: Deed, event: Mapping[str, Any], *, by_row: bool
) -> Iterator[str]:
    """As sent; of a version that was edited before it was harvested there is nothing."""
    if deed.kind == "type_row":
        if event["answers"].get("content") != [deed.text]:
            yield f"the answer of {deed} is {event['answers'].get('content')!r:.80}"
        return
    if deed.kind not in _SENT:
        if event.get("reason", deed.text.strip()) != deed.text.strip():
            yield f"the reason of {deed} is {event['reason']!r:.80}"
        return
    response = life.responses[deed.number]
    answers = event["answers"]
    if answers is None:
        if by_row or deed in response.answers_known:
            yield f"the answers of {deed} are lost"
    elif answers.get("content") != [deed.text]:
        yield f"the answer of {deed} is {answers.get('content')!r:.80}"
    elif [answers.get(key) for key in ("figure", "day", "pick")] != _ALWAYS:
        yield f"the other answers of {deed} are {answers!r:.300}"


def _places(town: Town, life: Life) -> dict[Deed, Place]:
    """The response that Google made of each deed, by when and from whom it came."""
    made = town.response_ids()
    places: dict[Deed, Place] = {}
    for response in life.responses.values():
        first = response.versions[0]
        id = made[first.subject, moment(first.at.isoformat()), first.email]
        form_id = town.forms[first.subject]["form_id"]
        places |= {one: (form_id, id, moment(one.at.isoformat())) for one in response.versions}
    for deed in life.decided:
        at = moment(deed.at.isoformat())
        places[deed] = town.forms[PROCESSING]["form_id"], made[PROCESSING, at, deed.email], at
    return places


def _row_places(town: Town, life: Life) -> dict[Deed, Place]:
    """By the second alone: a Sheet knows no more, and its deeds are seconds apart."""
    decisions = town.forms[PROCESSING]["form_id"]
    return {
        deed: (
            decisions if deed.kind not in _SENT else town.forms[deed.subject]["form_id"],
            "",
            moment(deed.at.isoformat()),
        )
        for deed in life.deeds
    }


def _place(event: Mapping[str, Any], *, by_row: bool) -> Place:
    return event["form_id"], "" if by_row else event["response_id"], moment(event["at"])


def exported(town: Town) -> list[dict[str, Any]]:
    """The log's events, as `cchc store export` writes them."""
    file = town.work / "events.jsonl"
    left = cchc("store", "export", str(file), "--store", town.store)
    if left.code:
        raise RuntimeError(f"store export left with {left.code}: {left.err}")
    text = file.read_text("utf-8")
    return [json.loads(line) for line in text.split("\n") if line]


def _row(shown: Mapping[str, Any]) -> Row:
    values = {one.name: shown[one.name] for one in fields(Row)}
    for name in _MOMENTS:
        values[name] = utc(values[name]) if values[name] else None
    values["due"] = date.fromisoformat(values["due"])
    return Row(**values)
