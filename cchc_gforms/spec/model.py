"""The form language, as written in forms_spec/*.yaml. Texts may hold `{…}` placeholders."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

Key = Annotated[str, Field(pattern=r"^([a-z]|\{each\.key\})([a-z0-9_]|\{each\.key\})*$")]
"""A stable name in a form; answers hang on it, so it never changes once answers came in."""

Text = Annotated[str, Field(min_length=1)]
Line = Annotated[str, Field(min_length=1, pattern=r"^[^\n]*$")]
"""Google Forms refuses line breaks in titles and options (facts 2.7)."""

Sources = Annotated[
    tuple[str, ...], BeforeValidator(lambda one: (one,) if isinstance(one, str) else one)
]
Role = Literal[
    "unit",
    "document",
    "action",
    "reason",
    "evidence_number",
    "evidence_link",
    "evidence_confirmation",
    "due_on",
    "received_on",
    "received_at",
    "scope",
    "target",
    "target_on",
    "target_at",
    "to_unit",
    "news_title",
    "news_link",
]
"""What an answer means to the harvester."""

Action = Literal[
    "approve", "return", "extend", "receive_in_person", "exempt", "void", "accept", "revoke"
]
"""What a response of the processing form puts on record (L5, L9–L14)."""

Meaning = Literal[Action, "one_unit", "everyone", "latest", "named", "confirmed"]
"""What a choice says beside its words: an action, whom it concerns, which version, or that the
principal has confirmed the evidence (R17)."""

PROCESSING = "processing"
NEWS = "news"
"""Names of the files, and documents, of the two forms that a year has once."""


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Choice(_Part):
    """An option. `go_to` is a section's key, `next` or `submit`."""

    value: Line
    go_to: str | None = None
    means: Meaning | None = None


def _choice(written: object) -> object:
    return {"value": written} if isinstance(written, str) else written


class _Item(_Part):
    """`source` names the outline's nodes that the item serves ("I.1.a")."""

    key: Key
    title: Line
    help: str = ""
    source: Sources = ()


class Note(_Item):
    """Text without a question."""

    type: Literal["note"]


class _Question(_Item):
    """`if_any` is the outline's "nếu có": left without an answer, it is not missed."""

    required: bool = False
    if_any: bool = False
    role: Role | None = None


class PlainItem(_Question):
    type: Literal["text", "paragraph", "date", "time", "duration"]


class ChoiceItem(_Question):
    """Options written here, or `choices_from` the roster, the year's documents, or a list."""

    type: Literal["radio", "checkbox", "dropdown"]
    choices: tuple[Annotated[Choice, BeforeValidator(_choice)], ...] = ()
    choices_from: str | None = None
    other: bool = False


class ScaleItem(_Question):
    type: Literal["scale"]
    low: Annotated[int, Field(ge=0, le=1)] = 1
    high: Annotated[int, Field(ge=2, le=10)] = 5
    low_label: str = ""
    high_label: str = ""


class GridRow(_Part):
    key: Key
    title: Line


class GridItem(_Question):
    """One answer a row (`radio_grid`) or several (`checkbox_grid`), among the columns."""

    type: Literal["radio_grid", "checkbox_grid"]
    rows: Annotated[tuple[GridRow, ...], Field(min_length=1)]
    columns: Annotated[tuple[Line, ...], Field(min_length=1)]


Item = Annotated[Note | PlainItem | ChoiceItem | ScaleItem | GridItem, Field(discriminator="type")]
Question = PlainItem | ChoiceItem | ScaleItem | GridItem


class Section(_Part):
    """A page of the form. `for_each` repeats it for every entry of a list of lists.yaml."""

    key: Key
    title: Line
    help: str = ""
    source: Sources = ()
    for_each: str | None = None
    items: tuple[Item, ...]


class FormFile(_Part):
    """A file of forms_spec: the form of a document, once a period."""

    title: Line
    description: str = ""
    collect_email: Literal["verified", "responder_input", "none"] = "verified"
    sections: Annotated[tuple[Section, ...], Field(min_length=1)]


class Entry(_Part):
    """An entry of a list: `{each.key}` and `{each.title}` in what it repeats."""

    key: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]
    title: Line


class ListsFile(_Part):
    """lists.yaml: named lists, shared by all forms."""

    lists: dict[str, Annotated[tuple[Entry, ...], Field(min_length=1)]]


class FormSpec(_Part):
    """A form of one year and period, everything filled in.

    `name` is "periodic_report/2022-q1"; the processing form is "processing/2022", its document
    "processing" and its period None; so are those of the news form.
    """

    name: str
    document: str
    period: str | None
    title: Line
    description: str
    collect_email: Literal["verified", "responder_input", "none"]
    sections: tuple[Section, ...]

    def questions(self) -> list[Question]:
        return [
            item
            for section in self.sections
            for item in section.items
            if not isinstance(item, Note)
        ]

    def item(self, role: Role) -> Question | None:
        """The question with that role."""
        return next((one for one in self.questions() if one.role == role), None)
