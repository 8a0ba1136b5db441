"""What sample people write into the forms: fields as a browser posts them (facts 7.4)."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Mapping
from typing import TypeGuard

from cchc_gforms.spec.ids import entry_id, row_key
from cchc_gforms.spec.model import (
    ChoiceItem,
    FormSpec,
    GridItem,
    Item,
    Note,
    PlainItem,
    Question,
    ScaleItem,
)

Field = tuple[str, str]

_SENTENCES = (
    "Đã triển khai đầy đủ theo kế hoạch, có phân công cụ thể.",
    "Thực hiện đúng tiến độ; rút ngắn thời gian giải quyết hồ sơ.",
    "Phối hợp tốt với phụ huynh; tiếp tục theo dõi và cải thiện.",
    "Còn khó khăn về thiết bị; đề nghị được hỗ trợ thêm.",
)
_FIGURES = "Chỉ ghi số"  # what the forms say where a figure is asked for


def document_answers(spec: FormSpec, unit: str, chance: random.Random) -> list[Field]:
    """A plan, report or result of a unit, all pages filled in."""
    fields = [field for question in spec.questions() for field in _answer(question, unit, chance)]
    return [*fields, *_browser_fields(range(len(spec.sections)))]


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
    first = {question.role: question for question in spec.sections[0].items if _is_asked(question)}
    action = first["action"]
    assert isinstance(action, ChoiceItem)
    choice = next(choice for choice in action.choices if choice.means == deed)
    fields = [
        (_entry(first["unit"].key), unit),
        (_entry(first["document"].key), document),
        (_entry(action.key), choice.value),
    ]
    pages = [0]
    for number, section in enumerate(spec.sections):
        if section.key == choice.go_to:
            pages.append(number)
            for item in section.items:
                if _is_asked(item):
                    fields += _said(item, said)
    return [*fields, *_browser_fields(pages)]


def _said(question: Question, said: Mapping[str, str]) -> Iterator[Field]:
    name, value = _entry(question.key), said.get(question.role or "", "")
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


def _is_asked(item: Item) -> TypeGuard[Question]:
    return not isinstance(item, Note)


def _answer(question: Question, unit: str, chance: random.Random) -> Iterator[Field]:
    name = _entry(question.key)
    if question.role == "unit":
        yield name, unit
    elif isinstance(question, ChoiceItem):
        yield name, chance.choice(question.choices).value
    elif isinstance(question, ScaleItem):
        yield name, str(chance.randint(question.low, question.high))
    elif isinstance(question, GridItem):
        for row in question.rows:
            yield _entry(row_key(question.key, row.key)), chance.choice(question.columns)
    else:
        yield from _plain(question, name, chance)


def _plain(question: PlainItem, name: str, chance: random.Random) -> Iterator[Field]:
    if question.type == "date":
        for part, value in (("year", 2022), ("month", chance.randint(1, 12)), ("day", 15)):
            yield f"{name}_{part}", str(value)
    elif question.help.startswith(_FIGURES):
        yield name, str(chance.randint(0, 100))
    else:
        yield name, chance.choice(_SENTENCES)


def _entry(key: str) -> str:
    return f"entry.{entry_id(key)}"


def _browser_fields(pages: Iterable[int]) -> list[Field]:
    history = ",".join(str(page) for page in pages)
    return [
        ("fvv", "1"),
        ("pageHistory", history),
        ("fbzx", "-1234567890"),
        ("partialResponse", '[null,null,"-1234567890"]'),
        ("submissionTimestamp", "-1"),
    ]
