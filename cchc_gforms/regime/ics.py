"""A year's due dates and closing dates as a calendar file (RFC 5545). Pure."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from icalendar import Alarm, Calendar, Event

from cchc_gforms.regime.deadlines import DueDates
from cchc_gforms.regime.duties import Duty
from cchc_gforms.regime.year import ReportingYear

_REMIND = timedelta(days=-2)


def calendar_file(year: ReportingYear, at: datetime) -> bytes:
    """All-day events: each due date that counts, with a reminder two days before, and each closing
    date. `at` is when the file is made. Importing it again updates the same events."""
    calendar = Calendar()
    calendar.add("prodid", "-//cchc-gforms//cchc-gforms//VI")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", f"{year.regime.name} {year.year.year}")
    for duty in year.duties:
        for event in _events(year, duty):
            event.add("dtstamp", at)
            calendar.add_component(event)
    return bytes(calendar.to_ical())


def _events(year: ReportingYear, duty: Duty) -> Iterator[Event]:
    label = year.label(*duty.key)
    uid = "-".join(duty.key)
    if duty.window:
        said = f"Số liệu từ {duty.window[0]:%d/%m/%Y} đến {duty.window[1]:%d/%m/%Y}."
        yield _all_day(f"{uid}-closing", duty.window[1], f"Chốt số liệu {label}", said)
    for level, due in [("", year.due(*duty.key)), *duty.due_by_level.items()]:
        ours = f" ({year.level_label(level)})" if level else ""
        event = _all_day(
            f"{uid}-due{'-' + level if level else ''}",
            due.counted,
            f"Hạn {label}{ours}",
            _explained(due),
        )
        alarm = Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("description", f"Hạn {label}{ours}")
        alarm.add("trigger", _REMIND)
        event.add_component(alarm)
        yield event


def _all_day(uid: str, day: date, summary: str, description: str) -> Event:
    event = Event()
    event.add("uid", f"{uid}@cchc-gforms")
    event.add("summary", summary)
    event.add("description", description)
    event.add("dtstart", day)
    event.add("dtend", day + timedelta(days=1))
    event.add("transp", "TRANSPARENT")
    return event


def _explained(due: DueDates) -> str:
    if due.rolled_because is None:
        return f"Hạn: hết ngày {due.due_on:%d/%m/%Y}."
    return (
        f"Hạn theo văn bản: hết ngày {due.due_on:%d/%m/%Y}; nếu dời ngày nghỉ: "
        f"{due.due_on_rolled:%d/%m/%Y} ({due.rolled_because})."
    )
