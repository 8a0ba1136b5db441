"""A log out to JSON Lines and in again, and whole logs copied record by record."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from datetime import datetime

from pydantic import ValidationError

from cchc_gforms.errors import Problem, ProblemsError, StoreError, Where
from cchc_gforms.events import Event, Imported, from_json, to_json
from cchc_gforms.store.log import EventLog


def lines(log: EventLog) -> Iterator[str]:
    """Every event as one line of JSON, in the order they were stored."""
    return (to_json(event) for event in log.events())


def read_lines(text: Iterable[str], name: str) -> list[Event]:
    """Events from lines of JSON, blank ones left out; ProblemsError with every line that is bad."""
    found: list[Event] = []
    problems: list[Problem] = []
    for number, line in enumerate(text, start=1):
        if not line.strip():
            continue
        try:
            found.append(from_json(line))
        except ValidationError as error:
            problems += _problems(error, Where(name, number, 1))
    if problems:
        raise ProblemsError(problems)
    return found


def bring_in(
    log: EventLog, content: bytes, name: str, *, recorded_by: str, at: datetime
) -> list[Event]:
    """Appends the events of a JSON Lines file, all or none, with a note of where they came from;
    returns those that were new. `at` is now (aware).

    ProblemsError, and nothing appended, when any line is wrong.
    """
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        fix = "lưu tệp ở dạng UTF-8"
        raise ProblemsError(
            [Problem("IMPORT-ENCODING", Where(name, line, 1), "không phải UTF-8", fix)]
        ) from None
    events = read_lines(text.split("\n"), name)  # an answer may hold other line breaks
    new = {event.id for event in log.unknown(events)}
    if not new:
        return []
    note = Imported(
        at=at,
        file=name,
        digest=hashlib.sha256(content).hexdigest(),
        recorded_by=recorded_by,
        event_ids=tuple(sorted(new)),
    )
    appended = log.append([*events, note], at)
    return [event for event in appended if event.id in new]


def copy(source: EventLog, target: EventLog) -> int:
    """Copies every record as it is, hashes and all, into an empty log; how many.

    StoreError when the source is not what it was, or the target not empty.
    """
    if wrong := source.verify():
        raise StoreError(
            f"sổ nguồn không còn nguyên vẹn: {wrong[0]}",
            "dùng một bản sao lưu khác; `cchc store verify` liệt kê mọi chỗ hỏng",
        )
    return target.fill(source.records(), source.harvests())


def _problems(error: ValidationError, where: Where) -> Iterator[Problem]:
    for detail in error.errors(include_url=False, include_input=False):
        place = ".".join(str(step) for step in detail["loc"])
        message = f"không phải sự kiện hợp lệ ({place + ': ' if place else ''}{detail['msg']})"
        fix = "mỗi dòng một sự kiện, đúng dạng mà `cchc store export` ghi ra"
        yield Problem("IMPORT-BAD-LINE", where, message, fix)
