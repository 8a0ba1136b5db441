"""A form as its pages need it: sections of items, read from the resource the Forms API keeps."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import Enum, StrEnum
from typing import Any


class Kind(StrEnum):
    SHORT_TEXT = "short_text"
    PARAGRAPH = "paragraph"
    RADIO = "radio"
    CHECKBOX = "checkbox"
    DROP_DOWN = "drop_down"
    SCALE = "scale"
    RATING = "rating"
    DATE = "date"
    TIME = "time"
    DURATION = "duration"
    FILE = "file"


class Jump(Enum):
    """Where an option leads when it names no section."""

    NEXT = "NEXT_SECTION"
    RESTART = "RESTART_FORM"
    SUBMIT = "SUBMIT_FORM"


@dataclass(frozen=True)
class Picture:
    uri: str
    alt: str = ""
    width: int | None = None


@dataclass(frozen=True)
class Option:
    """`goes_to` is a section's item id, a jump, or None when the option says nothing of it."""

    value: str
    is_other: bool = False
    goes_to: str | Jump | None = None
    picture: Picture | None = None


@dataclass(frozen=True)
class Upload:
    """What files a question takes. `folder_id` is empty on a copied form until it is restored."""

    folder_id: str
    types: tuple[str, ...]
    most: int
    most_bytes: int


@dataclass(frozen=True)
class Question:
    """One thing to answer; a row of a grid is a question with a `row` title."""

    id: str
    kind: Kind
    required: bool = False
    row: str = ""
    options: tuple[Option, ...] = ()
    low: int = 0
    high: int = 0
    low_label: str = ""
    high_label: str = ""
    icon: str = ""
    with_time: bool = False
    with_year: bool = False
    upload: Upload | None = None

    @property
    def entry(self) -> str:
        """The name of its field: `entry.` and the id, which is hex, in decimal (facts 7.2)."""
        return f"entry.{int(self.id, 16)}"

    @property
    def choices(self) -> tuple[str, ...]:
        """The values it can be answered with beside "other"; empty for what is typed."""
        if self.kind in (Kind.SCALE, Kind.RATING):
            return tuple(str(step) for step in range(self.low, self.high + 1))
        return tuple(option.value for option in self.options if not option.is_other)

    @property
    def has_other(self) -> bool:
        return any(option.is_other for option in self.options)


@dataclass(frozen=True)
class Item:
    """What stands on a page between two others: a question, a grid, a text, a picture, a video."""

    id: str
    title: str
    description: str
    questions: tuple[Question, ...] = ()
    is_grid: bool = False
    picture: Picture | None = None
    video_uri: str = ""
    caption: str = ""

    @property
    def required(self) -> bool:
        return any(question.required for question in self.questions)


@dataclass(frozen=True)
class Section:
    """One page. The first has no id and bears the form's own title and description."""

    id: str | None
    title: str
    description: str
    items: tuple[Item, ...] = ()

    def questions(self) -> Iterator[Question]:
        for item in self.items:
            yield from item.questions


@dataclass(frozen=True)
class Outline:
    """`email` is the form's emailCollectionType, DO_NOT_COLLECT when it has none."""

    title: str
    description: str
    email: str
    sections: tuple[Section, ...]

    def questions(self) -> Iterator[Question]:
        for section in self.sections:
            yield from section.questions()

    @property
    def lacks_folders(self) -> bool:
        """Whether an upload question takes nothing until its folder is restored."""
        asked = (question.upload for question in self.questions())
        return any(upload is not None and not upload.folder_id for upload in asked)

    @property
    def takes_files(self) -> bool:
        return any(question.kind is Kind.FILE for question in self.questions())


def outline(form: Mapping[str, Any]) -> Outline:
    """Reads a form resource (wire shape). A page break starts a section."""
    info = form.get("info", {})
    title = info.get("title") or info.get("documentTitle") or "Biểu mẫu không có tiêu đề"
    description = info.get("description", "")
    return Outline(
        title=title,
        description=description,
        email=form.get("settings", {}).get("emailCollectionType", "DO_NOT_COLLECT"),
        sections=tuple(_sections(title, description, form.get("items", ()))),
    )


def _sections(title: str, description: str, items: Sequence[Mapping[str, Any]]) -> list[Section]:
    sections = [Section(None, title, description)]
    for item in items:
        if "pageBreakItem" in item:
            sections.append(
                Section(item["itemId"], item.get("title", ""), item.get("description", ""))
            )
        else:
            last = sections[-1]
            sections[-1] = replace(last, items=(*last.items, _item(item)))
    return sections


def _item(item: Mapping[str, Any]) -> Item:
    single, group = item.get("questionItem", {}), item.get("questionGroupItem", {})
    video = item.get("videoItem", {})
    shown = single or group or item.get("imageItem", {})
    return Item(
        id=item["itemId"],
        title=item.get("title", ""),
        description=item.get("description", ""),
        questions=_grid(group) if group else _single(single),
        is_grid=bool(group),
        picture=_picture(shown.get("image")),
        video_uri=video.get("video", {}).get("youtubeUri", ""),
        caption=video.get("caption", ""),
    )


def _single(item: Mapping[str, Any]) -> tuple[Question, ...]:
    return (_question(item["question"]),) if item else ()


def _grid(group: Mapping[str, Any]) -> tuple[Question, ...]:
    columns = group.get("grid", {}).get("columns", {})
    kind = Kind.CHECKBOX if columns.get("type") == "CHECKBOX" else Kind.RADIO
    return tuple(
        Question(
            id=row["questionId"],
            kind=kind,
            required=row.get("required", False),
            row=row.get("rowQuestion", {}).get("title", ""),
            options=_options(columns),
        )
        for row in group.get("questions", ())
    )


def _question(question: Mapping[str, Any]) -> Question:
    kind, details = _kind(question)
    return Question(
        id=question["questionId"],
        kind=kind,
        required=question.get("required", False),
        options=_options(details),
        low=1 if kind is Kind.RATING else details.get("low", 0),
        high=details.get("ratingScaleLevel", details.get("high", 0)),
        low_label=details.get("lowLabel", ""),
        high_label=details.get("highLabel", ""),
        icon=details.get("iconType", ""),
        with_time=details.get("includeTime", False),
        with_year=details.get("includeYear", False),
        upload=_upload(details) if kind is Kind.FILE else None,
    )


def _upload(details: Mapping[str, Any]) -> Upload:
    return Upload(
        details.get("folderId", ""),
        tuple(details.get("types", ("ANY",))),
        details.get("maxFiles", 1),
        int(details.get("maxFileSize", 0)),
    )


def _kind(question: Mapping[str, Any]) -> tuple[Kind, Mapping[str, Any]]:
    """The kind of a question and the part of the resource that says more about it."""
    if "textQuestion" in question:
        text = question["textQuestion"]
        return (Kind.PARAGRAPH if text.get("paragraph") else Kind.SHORT_TEXT), text
    if "choiceQuestion" in question:
        choice = question["choiceQuestion"]
        return Kind(choice["type"].lower()), choice
    if "timeQuestion" in question:
        time = question["timeQuestion"]
        return (Kind.DURATION if time.get("duration") else Kind.TIME), time
    names = {
        "scaleQuestion": Kind.SCALE,
        "ratingQuestion": Kind.RATING,
        "dateQuestion": Kind.DATE,
        "fileUploadQuestion": Kind.FILE,
    }
    name = next(name for name in names if name in question)
    return names[name], question[name]


def _options(choice: Mapping[str, Any]) -> tuple[Option, ...]:
    return tuple(
        Option(
            value=option.get("value", ""),
            is_other=option.get("isOther", False),
            goes_to=option.get("goToSectionId") or _jump(option.get("goToAction")),
            picture=_picture(option.get("image")),
        )
        for option in choice.get("options", ())
    )


def _jump(action: str | None) -> Jump | None:
    return Jump(action) if action in {jump.value for jump in Jump} else None


def _picture(image: Mapping[str, Any] | None) -> Picture | None:
    uri = (image or {}).get("contentUri") or (image or {}).get("sourceUri")
    if image is None or not uri:
        return None
    return Picture(uri, image.get("altText", ""), image.get("properties", {}).get("width"))
