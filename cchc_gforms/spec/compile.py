"""From a spec to the shape in which the Forms API gives the form back, and answers back to keys.

Google's own names stand here; what is false, empty or zero is left out, as Google leaves it out.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from cchc_gforms.events import Answers
from cchc_gforms.spec.ids import item_id, question_id, row_key, section_id
from cchc_gforms.spec.model import (
    Choice,
    ChoiceItem,
    FormSpec,
    GridItem,
    Item,
    Note,
    PlainItem,
    Question,
    ScaleItem,
    Section,
)

_COLLECTION = {
    "verified": "VERIFIED",
    "responder_input": "RESPONDER_INPUT",
    "none": "DO_NOT_COLLECT",
}
_CHOICE = {
    "radio": "RADIO",
    "checkbox": "CHECKBOX",
    "dropdown": "DROP_DOWN",
    "radio_grid": "RADIO",
    "checkbox_grid": "CHECKBOX",
}
_PLAIN: dict[str, dict[str, Any]] = {
    "text": {"textQuestion": {}},
    "paragraph": {"textQuestion": {"paragraph": True}},
    "date": {"dateQuestion": {"includeYear": True}},
    "time": {"timeQuestion": {}},
    "duration": {"timeQuestion": {"duration": True}},
}


@dataclass(frozen=True)
class CompiledForm:
    """A Form resource in parts; `questions` maps question ids to keys, `columns` the headers of
    the linked Sheet to keys (a grid's row stands under `key/row` in both)."""

    info: Mapping[str, str]
    settings: Mapping[str, str]
    items: tuple[Mapping[str, Any], ...]
    questions: Mapping[str, str]
    columns: Mapping[str, str]

    @cached_property
    def wire(self) -> dict[str, Any]:
        return {"info": self.info, "settings": self.settings, "items": list(self.items)}


def compile_form(spec: FormSpec) -> CompiledForm:
    """The whole form. The first section has no page break before it, so its title is a text."""
    info = {"title": spec.title, "documentTitle": spec.title, "description": spec.description}
    items: list[Mapping[str, Any]] = []
    for place, section in enumerate(spec.sections):
        items.append(_section(section, first=place == 0))
        items.extend(_item(item) for item in section.items)
    keys = [named for question in spec.questions() for named in _answers_of(question)]
    return CompiledForm(
        info={name: text for name, text in info.items() if text},
        settings={"emailCollectionType": _COLLECTION[spec.collect_email]},
        items=tuple(items),
        questions={question_id(key): key for key, _ in keys},
        columns={header: key for key, header in keys},
    )


def decode(compiled: CompiledForm, answers: Mapping[str, Any]) -> Answers:
    """Answers of a response by key, values in Google's forms (facts 4.11).

    An answer to a question that the spec no longer has stands under `?` and its id.
    """
    return {
        compiled.questions.get(id, f"?{id}"): tuple(_values(answer))
        for id, answer in answers.items()
    }


def _values(answer: Mapping[str, Any]) -> Iterator[str]:
    for text in answer.get("textAnswers", {}).get("answers", ()):
        yield text.get("value", "")
    for file in answer.get("fileUploadAnswers", {}).get("answers", ()):
        yield file["fileId"]


def _answers_of(question: Question) -> Iterator[tuple[str, str]]:
    """Key and Sheet header of each answer that a question can have (facts 6.2)."""
    if isinstance(question, GridItem):
        for row in question.rows:
            yield row_key(question.key, row.key), f"{question.title} [{row.title}]"
    else:
        yield question.key, question.title


def _section(section: Section, *, first: bool) -> dict[str, Any]:
    kind = "textItem" if first else "pageBreakItem"
    return {**_head(section_id(section.key), section.title, section.help), kind: {}}


def _item(item: Item) -> dict[str, Any]:
    head = _head(item_id(item.key), item.title, item.help)
    if isinstance(item, Note):
        return {**head, "textItem": {}}
    if isinstance(item, GridItem):
        return {**head, "questionGroupItem": _grid(item)}
    question = {"questionId": question_id(item.key), **_required(item), **_kind(item)}
    return {**head, "questionItem": {"question": question}}


def _head(id: str, title: str, help: str) -> dict[str, Any]:
    head = {"itemId": id, "title": title}
    return {**head, "description": help} if help else head


def _required(item: Question) -> dict[str, bool]:
    return {"required": True} if item.required else {}


def _kind(item: PlainItem | ChoiceItem | ScaleItem) -> dict[str, Any]:
    if isinstance(item, PlainItem):
        return _PLAIN[item.type]
    if isinstance(item, ScaleItem):
        scale: dict[str, Any] = {"low": item.low, "high": item.high}
        labels = {"lowLabel": item.low_label, "highLabel": item.high_label}
        scale |= {name: label for name, label in labels.items() if label}
        return {"scaleQuestion": {name: value for name, value in scale.items() if value}}
    options = [_option(choice) for choice in item.choices]
    if item.other:
        options.append({"isOther": True})
    return {"choiceQuestion": {"type": _CHOICE[item.type], "options": options}}


def _option(choice: Choice) -> dict[str, Any]:
    option = {"value": choice.value}
    if choice.go_to == "submit":
        return {**option, "goToAction": "SUBMIT_FORM"}
    if choice.go_to == "next":
        return {**option, "goToAction": "NEXT_SECTION"}
    return {**option, "goToSectionId": section_id(choice.go_to)} if choice.go_to else option


def _grid(item: GridItem) -> dict[str, Any]:
    rows = [
        {
            "questionId": question_id(row_key(item.key, row.key)),
            **_required(item),
            "rowQuestion": {"title": row.title},
        }
        for row in item.rows
    ]
    options = [{"value": column} for column in item.columns]
    return {
        "questions": rows,
        "grid": {"columns": {"type": _CHOICE[item.type], "options": options}},
    }
