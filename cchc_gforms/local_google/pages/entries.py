"""What stands in a question's boxes, and the answer that it makes.

Three sources fill the boxes: a post (facts 7.4: split dates and times, the sentinel), a prefilled
link (7.3) and an earlier answer (4.11). Only `answer` decides what counts.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from cchc_gforms.local_google.forms.outline import Kind, Question

OTHER = "__other_option__"

Fields = Mapping[str, Sequence[str]]
"""Form fields by name, each with every value posted under it."""

_LEAP_YEAR = 2020
_DATE, _CLOCK, _LENGTH = ("year", "month", "day"), ("hour", "minute"), ("hour", "minute", "second")


@dataclass(frozen=True)
class Entry:
    """`values` as chosen or typed, `other` the text beside "other", `parts` of a date or time."""

    values: tuple[str, ...] = ()
    other: str = ""
    parts: Mapping[str, str] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(any(self.values) or any(self.parts.values()))


class NotAnAnswer(Exception):
    """What was entered cannot be taken; the text says why, to the person who entered it."""


def part_names(question: Question) -> tuple[str, ...]:
    """The boxes of a date, a time or a duration; none for other kinds."""
    match question.kind:
        case Kind.DATE:
            year = _DATE if question.with_year else _DATE[1:]
            return year + _CLOCK if question.with_time else year
        case Kind.TIME:
            return _CLOCK
        case Kind.DURATION:
            return _LENGTH
    return ()


def posted(question: Question, fields: Fields) -> Entry | None:
    """The boxes as posted; None when the post says nothing of this question."""
    name = question.entry
    names = [f"{name}_{part}" for part in part_names(question)]
    if not any(known in fields for known in (name, f"{name}_sentinel", *names)):
        return None
    parts = {part: _first(fields, f"{name}_{part}").strip() for part in part_names(question)}
    values = tuple(_line_ends(value) for value in fields.get(name, ()))
    return Entry(values, _line_ends(_first(fields, f"{name}.other_option_response")), parts)


def prefilled(question: Question, query: Fields) -> Entry | None:
    """The boxes as a prefilled link sets them: dates and times whole, or split as in a post."""
    if question.kind is Kind.FILE:
        return None
    whole = _first(query, question.entry)
    if part_names(question) and whole:
        return Entry(parts=_split(question, whole))
    return posted(question, query)


def answered(question: Question, values: Sequence[str]) -> Entry:
    """The boxes that gave this answer. A choice that is no option (any more) is "other"."""
    if part_names(question):
        return Entry(parts=_split(question, values[0]) if values else {})
    if not question.has_other:
        return Entry(tuple(values))
    free = [value for value in values if value not in question.choices]
    chosen = [value for value in values if value in question.choices]
    return Entry((*chosen, OTHER), free[0]) if free else Entry(tuple(chosen))


def answer(question: Question, entry: Entry) -> list[str]:
    """The answer as facts 4.11 write it; empty when the question is not answered.

    Raises `NotAnAnswer`. Whether an answer is required is not decided here.
    """
    if part_names(question):
        return _moment(question, entry)
    match question.kind:
        case Kind.SHORT_TEXT | Kind.PARAGRAPH:
            text = entry.values[0] if entry.values else ""
            return [text] if text.strip() else []
        case Kind.FILE:
            return [file_id for file_id in entry.values if file_id]
    return _choice(question, entry)


def _choice(question: Question, entry: Entry) -> list[str]:
    given = set(entry.values) - {""}
    other = given & {OTHER} if question.has_other else set()
    if given - other - set(question.choices):
        raise NotAnAnswer("Lựa chọn này không có trong câu hỏi. Hãy chọn lại.")
    chosen = [value for value in dict.fromkeys(question.choices) if value in given]
    if other and entry.other.strip():
        chosen.append(entry.other)
    if len(chosen) > 1 and question.kind is not Kind.CHECKBOX:
        raise NotAnAnswer("Chỉ được chọn một câu trả lời.")
    return chosen


def _moment(question: Question, entry: Entry) -> list[str]:
    """A post gives dates and times split (facts 7.4): a whole one is no answer."""
    if not entry:
        return []
    given = {name: entry.parts.get(name, "") for name in part_names(question)}
    if not all(text.isascii() and text.isdigit() and len(text) <= 4 for text in given.values()):
        raise NotAnAnswer(_NOT_A_MOMENT[question.kind])
    numbers = {name: int(text) for name, text in given.items()}
    if not _possible(question, numbers):
        raise NotAnAnswer(_NOT_A_MOMENT[question.kind])
    return [_written(numbers)]


_NOT_A_MOMENT = {
    Kind.DATE: "Ngày không hợp lệ. Hãy điền đủ các ô bằng số, năm đủ bốn chữ số.",
    Kind.TIME: "Giờ không hợp lệ. Hãy điền giờ từ 0 đến 23 và phút từ 0 đến 59.",
    Kind.DURATION: "Thời lượng không hợp lệ. Hãy điền số giờ, phút và giây (phút, giây đến 59).",
}


def _possible(question: Question, numbers: Mapping[str, int]) -> bool:
    hours = 23 if question.kind is not Kind.DURATION else 9999
    if numbers.get("hour", 0) > hours:
        return False
    if max(numbers.get("minute", 0), numbers.get("second", 0)) > 59:
        return False
    if "day" not in numbers:
        return True
    year = numbers.get("year", _LEAP_YEAR)
    try:
        date(year, numbers["month"], numbers["day"])
    except ValueError:
        return False
    return year >= 1000


def _written(numbers: Mapping[str, int]) -> str:
    days = [f"{numbers['year']:04}"] if "year" in numbers else []
    days += [f"{numbers[name]:02}" for name in ("month", "day") if name in numbers]
    clock = [f"{numbers[name]:02}" for name in _LENGTH if name in numbers]
    return " ".join(part for part in ("-".join(days), ":".join(clock)) if part)


def _split(question: Question, text: str) -> dict[str, str]:
    """The parts of a written date or time; what has another shape gives none."""
    names = part_names(question)
    numbers = text.replace("-", " ").replace(":", " ").split()
    return dict(zip(names, numbers, strict=True)) if len(numbers) == len(names) else {}


def _first(fields: Fields, name: str) -> str:
    return next(iter(fields.get(name, ())), "")


def _line_ends(text: str) -> str:
    return text.replace("\r\n", "\n")
