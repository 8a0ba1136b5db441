"""What sample people write into the forms: fields as a browser posts them (facts 7.4)."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Mapping

from cchc_gforms.spec.ids import entry_id, row_key
from cchc_gforms.spec.model import (
    ChoiceItem,
    DateItem,
    FileUploadItem,
    FormSpec,
    GridItem,
    PlainItem,
    Question,
    RatingItem,
    ScaleItem,
    is_question,
)

Field = tuple[str, str]

_SENTENCES = (
    "Đã triển khai đầy đủ theo kế hoạch CCHC, có phân công cụ thể.",
    "Thực hiện CCHC đúng tiến độ; rút ngắn thời gian giải quyết hồ sơ.",
    "Phối hợp tốt với phụ huynh trong CCHC; theo dõi và cải thiện hằng tháng.",
    "Còn khó khăn về thiết bị cho công tác CCHC; đề nghị được hỗ trợ thêm.",
)
_FIGURES = (
    "100 % hồ sơ đúng hạn",
    "02 buổi tập huấn",
    "90 % phụ huynh hài lòng",
    "12 tin, bài về CCHC",
)
_EVIDENCE = (
    "12/BC-MNM; 15/02/2022; https://drive.example/bao-cao",
    "07/QĐ-MNM; 10/02/2022; https://drive.example/quyet-dinh",
    "31/KH-MNM; 20/02/2022; https://drive.example/ke-hoach",
    "18/BB-MNM; 25/02/2022; https://drive.example/bien-ban",
)
_BY_ROLE = {
    "evidence_number": "25/BC-MNM",
    "evidence_link": "https://drive.example/ban-scan",
}


def document_answers(spec: FormSpec, unit: str, chance: random.Random) -> list[Field]:
    """A plan, report or result of a unit, every page filled in on the way that the answers lead."""
    fields: list[Field] = []
    visited: list[int] = []
    at: int | None = 0
    while at is not None:
        visited.append(at)
        section = spec.sections[at]
        answers = [
            (question, list(_answer(spec, question, unit, chance)))
            for question in section.items
            if is_question(question)
        ]
        fields += [field for _, given in answers for field in given]
        at = _next(spec, at, answers)
    return [*fields, *_browser_fields(visited)]


def decision(
    spec: FormSpec, unit: str, document: str, deed: str, chance: random.Random
) -> list[Field]:
    """The processing form: approved, or returned with some reason."""
    said = {}
    if deed == "return":
        said["reason"] = chance.choice(
            ("Thiếu số liệu mục II.2.", "Bổ sung minh chứng có số hiệu.")
        )
    return processing(spec, unit, document, deed, said)


def processing(
    spec: FormSpec, unit: str, document: str, deed: str, said: Mapping[str, str]
) -> list[Field]:
    """The processing form: its first page, and the page of the deed.

    `said` is by role: texts as typed, "2022-06-03", "08:30", of a choice what it means.
    """
    first = {
        question.role: question for question in spec.sections[0].items if is_question(question)
    }
    action = first["action"]
    assert isinstance(action, ChoiceItem)
    choice = next(choice for choice in action.choices if choice.means == deed)
    fields = [
        (_entry(spec, first["unit"].key), unit),
        (_entry(spec, first["document"].key), document),
        (_entry(spec, action.key), choice.value),
    ]
    pages = [0]
    for number, section in enumerate(spec.sections):
        if section.key == choice.go_to:
            pages.append(number)
            for item in section.items:
                if is_question(item):
                    fields += _said(spec, item, said)
    return [*fields, *_browser_fields(pages)]


def _said(spec: FormSpec, question: Question, said: Mapping[str, str]) -> Iterator[Field]:
    name, value = _entry(spec, question.key), said.get(question.role or "", "")
    if isinstance(question, ChoiceItem) and question.role is None:
        yield name, question.choices[0].value  # only to confirm
    elif not value:
        return
    elif isinstance(question, ChoiceItem) and question.role in ("scope", "target"):
        yield name, next(one.value for one in question.choices if one.means == value)
    elif question.type == "date":
        for part, number in zip(("year", "month", "day"), value.split("-"), strict=True):
            yield f"{name}_{part}", number
    elif question.type == "time":
        for part, number in zip(("hour", "minute"), value.split(":"), strict=True):
            yield f"{name}_{part}", number
    else:
        yield name, value


def _next(spec: FormSpec, at: int, answers: list[tuple[Question, list[Field]]]) -> int | None:
    """The page after this one: the last question that branches decides (facts 2.9)."""
    way = "next"
    for question, given in answers:
        if isinstance(question, ChoiceItem) and any(one.go_to for one in question.choices):
            said = {value for _, value in given}
            way = next((one.go_to or "next" for one in question.choices if one.value in said), way)
    if way == "submit" or (way == "next" and at + 1 == len(spec.sections)):
        return None
    if way == "next":
        return at + 1
    return [section.key for section in spec.sections].index(way)


def _answer(
    spec: FormSpec, question: Question, unit: str, chance: random.Random
) -> Iterator[Field]:
    name = _entry(spec, question.key)
    if question.role == "unit":
        yield name, unit
    elif isinstance(question, FileUploadItem):
        return  # the sample schools have no files
    elif question.role in _BY_ROLE:
        yield name, _BY_ROLE[question.role]
    elif isinstance(question, ChoiceItem):
        yield name, chance.choice(question.choices).value
    elif isinstance(question, ScaleItem):
        yield name, str(chance.randint(question.low, question.high))
    elif isinstance(question, RatingItem):
        yield name, str(chance.randint(1, question.levels))
    elif isinstance(question, GridItem):
        for row in question.rows:
            field = _entry(spec, question.key, row.key)
            yield field, chance.choice(question.columns)
    elif isinstance(question, DateItem):
        yield from _date(question, name, chance)
    else:
        yield from _plain(question, name, chance)


def _date(question: DateItem, name: str, chance: random.Random) -> Iterator[Field]:
    parts = {"year": 2022} if question.with_year else {}
    parts |= {"month": chance.randint(1, 12), "day": 15}
    parts |= {"hour": 9, "minute": 30} if question.with_time else {}
    for part, value in parts.items():
        yield f"{name}_{part}", str(value)


def _plain(question: PlainItem, name: str, chance: random.Random) -> Iterator[Field]:
    if question.type in ("time", "duration"):
        for part in ("hour", "minute", "second")[: 2 if question.type == "time" else 3]:
            yield f"{name}_{part}", f"{chance.randint(0, 23):02}"
    elif question.checks and question.checks.number:
        number = question.checks.number
        low = int(number.min or 0)
        yield name, str(chance.randint(low, int(number.max if number.max is not None else 100)))
    elif question.checks and question.checks.quantified:
        yield name, chance.choice(_FIGURES)
    elif question.checks and question.checks.evidence:
        yield name, chance.choice(_EVIDENCE)
    else:
        yield name, chance.choice(_SENTENCES)


def _entry(spec: FormSpec, key: str, row: str | None = None) -> str:
    origin = spec.origin(key)
    return f"entry.{entry_id(row_key(origin, row) if row else origin)}"


def _browser_fields(pages: Iterable[int]) -> list[Field]:
    history = ",".join(str(page) for page in pages)
    return [
        ("fvv", "1"),
        ("pageHistory", history),
        ("fbzx", "-1234567890"),
        ("partialResponse", '[null,null,"-1234567890"]'),
        ("submissionTimestamp", "-1"),
    ]
