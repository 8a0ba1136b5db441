"""Logs out and in again: JSON Lines, and whole copies from one database to the other."""

from __future__ import annotations

import json
import re
from contextlib import nullcontext
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cchc_gforms.errors import ProblemsError, StoreError
from cchc_gforms.events import Event, Unreadable
from cchc_gforms.store.log import EventLog
from cchc_gforms.store.transfer import bring_in, copy, lines, read_lines
from tests.ledger.histories import histories
from tests.store.conftest import Raw

NOON = datetime(2022, 6, 1, 5, tzinfo=UTC)


def _event(number: int, problem: str = "p") -> Event:
    at = NOON + timedelta(seconds=number)
    return Unreadable(at=at, form_id="F", response_id=f"R{number}", problem=problem)


def _bring(log: EventLog, text: str) -> list[Event]:
    return bring_in(log, text.encode(), "tệp.jsonl", recorded_by="Nguyễn Văn Mẫu", at=NOON)


@given(histories)
def test_every_event_comes_back_as_it_went_out(history: list[Event]) -> None:
    with EventLog.open("sqlite://") as log, EventLog.open("sqlite://") as other:
        log.append(history, NOON)
        out = "\n".join(lines(log))
        _bring(other, out)
        back = [event for event in other.events() if event.kind != "imported"]
        assert back == list(log.events())


@pytest.mark.parametrize("text", ["\u2028", "\x85", "\r", "=1+1", "ữ", "\u202e", "x" * 50_000])
def test_answers_of_any_letters_survive(text: str, log: EventLog) -> None:
    with EventLog.open("sqlite://") as first:
        first.append([_event(1, text)], NOON)
        _bring(log, "\n".join(lines(first)))
    assert next(log.events()) == _event(1, text)


def test_what_is_imported_says_by_whom_and_from_what(log: EventLog) -> None:
    log.append([_event(1)], NOON)
    with EventLog.open("sqlite://") as other:
        other.append([_event(1), _event(2)], NOON)
        text = "\n".join(lines(other))
    assert _bring(log, text) == [_event(2)]
    *_, note = log.events()
    assert note.kind == "imported"
    assert (note.file, note.recorded_by) == ("tệp.jsonl", "Nguyễn Văn Mẫu")
    assert note.event_ids == (_event(2).id,)
    assert _bring(log, text) == []
    assert sum(one.kind == "imported" for one in log.events()) == 1


def test_a_file_with_wrong_lines_is_refused_whole_with_every_line(log: EventLog) -> None:
    good = json.loads("".join(lines_of(_event(1))))
    wrong = [
        json.dumps(good),
        "",
        "{",
        json.dumps(good | {"kind": "nothing"}),
        json.dumps({key: value for key, value in good.items() if key != "at"}),
        json.dumps(good | {"at": "2022-06-01T00:00:00"}),
        json.dumps(good | {"more": 1}),
    ]
    with pytest.raises(ProblemsError) as refused:
        _bring(log, "\n".join(wrong))
    assert {problem.where.line for problem in refused.value.problems} == {3, 4, 5, 6, 7}
    assert all(problem.where.file == "tệp.jsonl" for problem in refused.value.problems)
    assert list(log.events()) == []


def test_what_is_wrong_with_a_line_is_told_in_vietnamese(log: EventLog) -> None:
    good = json.loads("".join(lines_of(_event(1))))
    wrong = {
        "{": "không đúng cú pháp JSON",
        json.dumps(good | {"kind": "nothing"}): "không có loại sự kiện nothing",
        json.dumps({"at": good["at"]}): "thiếu trường kind",
        json.dumps({key: value for key, value in good.items() if key != "at"}): "thiếu trường này",
        json.dumps(good | {"at": "hôm qua"}): "cần ngày giờ, ví dụ",
        json.dumps(good | {"at": "2022-06-01T00:00:00"}): "cần ngày giờ có múi giờ",
        json.dumps(good | {"more": 1}): "more: trường lạ",
    }
    with pytest.raises(ProblemsError, match=r"7 lỗi trong tệp tệp\.jsonl") as refused:
        _bring(log, "\n".join(wrong))
    for problem, told in zip(refused.value.problems, wrong.values(), strict=True):
        assert told in problem.message


def lines_of(event: Event) -> list[str]:
    with EventLog.open("sqlite://") as log:
        log.append([event], NOON)
        return list(lines(log))


def test_lines_in_another_encoding_hide_no_other_wrong_line(log: EventLog) -> None:
    content = b"\n{\n" + "sự kiện\n".encode("cp1258", "replace") + b"\xff\n["
    with pytest.raises(ProblemsError) as refused:
        bring_in(log, content, "x.jsonl", recorded_by="a", at=NOON)
    assert [(one.where.line, one.code) for one in refused.value.problems] == [
        (2, "IMPORT-BAD-LINE"),
        (3, "IMPORT-BAD-LINE"),
        (4, "IMPORT-ENCODING"),
        (5, "IMPORT-BAD-LINE"),
    ]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.text(max_size=40), max_size=4))
def test_nothing_but_events_is_read_as_events(text: list[str]) -> None:
    said = [line for line in text if line.strip()]
    with pytest.raises(ProblemsError) if said else nullcontext():
        assert read_lines(text, "x") == []


def test_a_copy_has_the_same_records_hashes_and_harvests(log: EventLog, tmp_path: Path) -> None:
    log.append([_event(1), _event(2)], NOON)
    log.append([_event(3)], NOON + timedelta(days=1))
    log.record_harvest(started_at=NOON, as_of=NOON + timedelta(minutes=1), new=3)
    url = f"sqlite:///{(tmp_path / 'copy.sqlite').as_posix()}"
    with EventLog.open(url) as target:
        assert copy(log, target) == 3
        assert list(target.records()) == list(log.records())
        assert target.harvests() == log.harvests()
        assert target.verify() == []
        target.append([_event(4)], NOON)
        assert target.verify() == []


def test_a_copy_goes_back_into_an_empty_log_only(log: EventLog) -> None:
    with EventLog.open("sqlite://") as backup:
        backup.append([_event(1)], NOON)
        assert copy(backup, log) == 1
        assert list(log.events()) == [_event(1)]
        with pytest.raises(StoreError, match="không ghi đè"):
            copy(backup, log)


def test_a_log_that_was_tampered_with_is_not_copied(log: EventLog, raw: Raw, disarm: str) -> None:
    log.append([_event(1)], NOON)
    raw(disarm, "update event set body = replace(body, '\"p\"', '\"q\"')")
    with EventLog.open("sqlite://") as target:
        with pytest.raises(StoreError, match="không còn nguyên vẹn"):
            copy(log, target)
        assert list(target.events()) == []


FORMAT = (Path(__file__).parent.parent.parent / "docs" / "event-log.md").read_text("utf-8")


def test_the_lines_of_the_documentation_are_events() -> None:
    example = FORMAT.partition("```json\n")[2].partition("```")[0]
    with EventLog.open("sqlite://") as log:
        assert [event.kind for event in _bring(log, example)] == ["version_seen", "decided"]


def test_the_documentation_names_every_kind_and_what_it_is_known_by() -> None:
    told = dict(re.findall(r"^\| `(\w+)` \| (.+?) \|", FORMAT, re.MULTILINE))
    known_by = ""
    for kind in get_args(Event):
        name = kind.model_fields["kind"].default
        if name == "imported":  # written by the import itself
            continue
        known_by = known_by if told[name] == "the same" else told[name]
        assert tuple(re.findall(r"`(\w+)`", known_by)) == kind.identity, name
    assert len(told) == len(get_args(Event)) - 1
