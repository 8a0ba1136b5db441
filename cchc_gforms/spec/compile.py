"""From a spec to the shape in which the Forms API gives the form back, and answers back to keys.

Google's own names stand here; what is false, empty or zero is left out, as Google leaves it out.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from cchc_gforms.events import Answers
from cchc_gforms.spec.ids import item_id, question_id, row_key, section_id
from cchc_gforms.spec.model import (
    Choice,
    ChoiceItem,
    DateItem,
    FileUploadItem,
    FormSpec,
    GridItem,
    ImageItem,
    Item,
    Note,
    PlainItem,
    Question,
    RatingItem,
    ScaleItem,
    Section,
    VideoItem,
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
    """The whole form. The first section has no page break before it, so its title is a text.

    A file upload question stands in it under an id that Google never gave: on a live form its place
    is taken by the one that a person made (generator/uploads.py).
    """
    info = {"title": spec.title, "documentTitle": spec.title, "description": spec.description}
    items: list[Mapping[str, Any]] = []
    for place, section in enumerate(spec.sections):
        items.append(_section(section, spec, first=place == 0))
        items.extend(_item(item, spec) for item in section.items)
    answers = [named for question in spec.questions() for named in _answers_of(question, spec)]
    return CompiledForm(
        info={name: text for name, text in info.items() if text},
        settings={"emailCollectionType": _COLLECTION[spec.collect_email]},
        items=tuple(items),
        questions={one.id: one.key for one in answers},
        columns={one.header: one.key for one in answers},
    )


def decode(compiled: CompiledForm, answers: Mapping[str, Any]) -> Answers:
    """Answers of a response by key, values in Google's forms (facts 4.11).

    An answer to a question that the spec no longer has stands under `?` and its id.
    """
    return {
        compiled.questions.get(id, f"?{id}"): tuple(_values(answer))
        for id, answer in answers.items()
    }


def with_uploads(
    compiled: CompiledForm, spec: FormSpec, deployed: Mapping[str, str]
) -> CompiledForm:
    """With the ids of file upload questions, which Google gave: `deployed` are ids of the live form
    with the keys that they had at the last apply."""
    keys = {spec.origin(one.key): one.key for one in spec.uploads()}
    keys |= {key: key for key in keys.values()}
    found = {id: keys[key] for id, key in deployed.items() if key in keys}
    return replace(compiled, questions={**compiled.questions, **found})


def _values(answer: Mapping[str, Any]) -> Iterator[str]:
    for text in answer.get("textAnswers", {}).get("answers", ()):
        yield text.get("value", "")
    for file in answer.get("fileUploadAnswers", {}).get("answers", ()):
        yield file["fileId"]


@dataclass(frozen=True, slots=True)
class _Answer:
    """One answer that a question can have; its header is in the linked Sheet (facts 6.2)."""

    id: str
    key: str
    header: str


def _answers_of(question: Question, spec: FormSpec) -> Iterator[_Answer]:
    key, origin, title = question.key, spec.origin(question.key), question.title
    if not isinstance(question, GridItem):
        yield _Answer(question_id(origin), key, title)
        return
    for row in question.rows:
        id = question_id(row_key(origin, row.key))
        yield _Answer(id, row_key(key, row.key), f"{title} [{row.title}]")


def _section(section: Section, spec: FormSpec, *, first: bool) -> dict[str, Any]:
    kind = "textItem" if first else "pageBreakItem"
    id = section_id(spec.origin(section.key))
    return {**_head(id, section.title, section.help), kind: {}}


def _item(item: Item, spec: FormSpec) -> dict[str, Any]:
    origin = spec.origin(item.key)
    head = _head(item_id(origin), item.title, item.help)
    match item:
        case Note():
            return {**head, "textItem": {}}
        case ImageItem():
            return {**head, "imageItem": {"image": _image(item)}}
        case VideoItem():
            return {**head, "videoItem": _video(item)}
        case GridItem():
            return {**head, "questionGroupItem": _grid(item, origin)}
    question = {"questionId": question_id(origin), **_required(item), **_kind(item, spec)}
    return {**head, "questionItem": {"question": question}}


def _image(item: ImageItem) -> dict[str, Any]:
    image = {"sourceUri": item.picture, "altText": item.alt}
    properties: dict[str, Any] = {"alignment": (item.align or "").upper(), "width": item.width}
    return {**_said(image), **_said({"properties": _said(properties)})}


def _video(item: VideoItem) -> dict[str, Any]:
    video = {"youtubeUri": item.youtube, "properties": _said({"width": item.width})}
    return _said({"video": _said(video), "caption": item.caption})


def _said(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value}


def _head(id: str, title: str, help: str) -> dict[str, Any]:
    head = {"itemId": id, "title": title}
    return {**head, "description": help} if help else head


def _required(item: Question) -> dict[str, bool]:
    return {"required": True} if item.required else {}


def _kind(
    item: PlainItem | DateItem | ChoiceItem | ScaleItem | RatingItem | FileUploadItem,
    spec: FormSpec,
) -> dict[str, Any]:
    match item:
        case FileUploadItem():
            return {"fileUploadQuestion": {}}
        case PlainItem():
            return _PLAIN[item.type]
        case DateItem():
            parts = {"includeYear": item.with_year, "includeTime": item.with_time}
            return {"dateQuestion": _said(parts)}
        case RatingItem():
            rating = {"ratingScaleLevel": item.levels, "iconType": item.icon.upper()}
            return {"ratingQuestion": rating}
        case ScaleItem():
            labels = {"lowLabel": item.low_label, "highLabel": item.high_label}
            return {"scaleQuestion": _said({"low": item.low, "high": item.high, **labels})}
    options = [_option(choice, spec) for choice in item.choices]
    if item.other:
        options.append({"isOther": True})
    return {"choiceQuestion": {"type": _CHOICE[item.type], "options": options}}


def _option(choice: Choice, spec: FormSpec) -> dict[str, Any]:
    option = {"value": choice.value}
    if choice.go_to == "submit":
        return {**option, "goToAction": "SUBMIT_FORM"}
    if choice.go_to == "next":
        return {**option, "goToAction": "NEXT_SECTION"}
    if choice.go_to is None:
        return option
    return {**option, "goToSectionId": section_id(spec.origin(choice.go_to))}


def _grid(item: GridItem, origin: str) -> dict[str, Any]:
    rows = [
        {
            "questionId": question_id(row_key(origin, row.key)),
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
