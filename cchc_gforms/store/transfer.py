"""A log out to JSON Lines and in again, and whole logs copied record by record."""

from __future__ import annotations

import codecs
import hashlib
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Final

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from cchc_gforms.errors import Problem, ProblemsError, StoreError, Where
from cchc_gforms.events import Event, Imported, from_json, to_json
from cchc_gforms.store.log import EventLog
from cchc_gforms.yaml_file.wording import wording

_REASONS: Final = {
    "json_invalid": "không đúng cú pháp JSON",
    "missing": "thiếu trường này",
    "extra_forbidden": "trường lạ",
    "union_tag_not_found": "thiếu trường kind",
    "union_tag_invalid": "không có loại sự kiện {tag}",
    "literal_error": "phải là một trong: {expected}",
}
"""What is wrong with a line, by pydantic's error types; what is wanted of a value says the file
language."""


def lines(log: EventLog) -> Iterator[str]:
    """Every event as one line of JSON, in the order they were stored."""
    return (to_json(event) for event in log.events())


def read_lines(text: Iterable[str | bytes], name: str) -> list[Event]:
    """Events from lines of JSON (bytes are UTF-8), blank ones left out; ProblemsError with every
    line that is bad."""
    found: list[Event] = []
    problems: list[Problem] = []
    for number, line in enumerate(text, start=1):
        if not line.strip():
            continue
        where = Where(name, number, 1)
        try:
            found.append(from_json(line if isinstance(line, str) else line.decode()))
        except UnicodeDecodeError:
            fix = "lưu tệp ở dạng UTF-8"
            problems.append(Problem("IMPORT-ENCODING", where, "không phải UTF-8", fix))
        except ValidationError as error:
            problems += _problems(error, where)
    if problems:
        raise ProblemsError(problems, f"tệp {name}")
    return found


def bring_in(
    log: EventLog, content: bytes, name: str, *, recorded_by: str, at: datetime
) -> list[Event]:
    """Appends the events of a JSON Lines file, all or none, with a note of where they came from;
    returns those that were new. `at` is now (aware).

    ProblemsError, and nothing appended, when any line is wrong.
    """
    lines = content.removeprefix(codecs.BOM_UTF8).split(b"\n")  # an answer may hold other breaks
    events = read_lines(lines, name)
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
        message = f"không phải sự kiện hợp lệ ({place + ': ' if place else ''}{_reason(detail)})"
        fix = "mỗi dòng một sự kiện, đúng dạng mà `cchc store export` ghi ra"
        yield Problem("IMPORT-BAD-LINE", where, message, fix)


def _reason(detail: ErrorDetails) -> str:
    kind, context = detail["type"], detail.get("ctx", {})
    if kind in _REASONS:
        return _REASONS[kind].format_map(context).replace(" or ", " hoặc ")
    if kind in ("value_error", "assertion_error"):
        return str(context["error"])
    return f"cần {wording(kind, context)[1]}"
