"""The language reference, in Markdown: tables from the models, between them prose and examples."""

from __future__ import annotations

import datetime
import types
from collections.abc import Iterator
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from cchc_gforms.regime.model import Regime
from cchc_gforms.regime.year_file import YearFile
from cchc_gforms.spec.answer_rules import (
    Checks,
    Floor,
    Needs,
    NumberRule,
    PageChecks,
    Unless,
    WordsRule,
)
from cchc_gforms.spec.chapters import YEAR, processing_chapter
from cchc_gforms.spec.described import described, models_of, summary
from cchc_gforms.spec.examples import (
    AFTER_FORMS,
    ANOTHER_OFFICE,
    EXAMPLES,
    FORMS,
    INTRODUCTION,
    Example,
)
from cchc_gforms.spec.files import FormFile, ListsFile, PartsFile, Repeat, WrittenSection
from cchc_gforms.spec.model import (
    Choice,
    ChoiceItem,
    DateItem,
    FileUploadItem,
    GridItem,
    GridRow,
    ImageItem,
    Include,
    Note,
    PlainItem,
    PrefillFrom,
    RatingItem,
    ScaleItem,
    ShowIf,
    VideoItem,
)
from cchc_gforms.spec.outline import Node, Outline
from cchc_gforms.spec.regime_guide import REGIME, ROSTER

_ITEMS = (
    Note, PlainItem, DateItem, ChoiceItem, ScaleItem, RatingItem, GridItem, ImageItem, VideoItem,
    FileUploadItem,
)  # fmt: skip
_GROUPS = (
    Choice,
    GridRow,
    Include,
    Repeat,
    ShowIf,
    PrefillFrom,
    PageChecks,
    Checks,
    NumberRule,
    WordsRule,
    Needs,
    Unless,
    Floor,
)
_WORDS = {
    str: "chữ",
    int: "số nguyên",
    float: "số",
    bool: "true/false",
    datetime.date: "ngày (2022-03-16)",
}
_TEXTS = {"key", "title", "help", "source", "for_each", "show_if", "once", "type"}
"""Fields of every item, told once."""


def reference() -> str:
    """docs/form-language.md."""
    parts = [
        "<!-- Sinh ra bởi `cchc spec docs`; sửa ở cchc_gforms/spec/, không sửa ở đây. -->",
        INTRODUCTION,
        FORMS,
        *_tables((FormFile, WrittenSection)),
        "### Mọi câu hỏi, mọi dòng chữ",
        _table(ChoiceItem, only=_TEXTS),
        "Riêng câu hỏi còn có:",
        _table(PlainItem, without=_TEXTS),
        *_item_tables(),
        *_tables(_GROUPS),
        AFTER_FORMS,
        *(_example(one) for one in EXAMPLES),
        processing_chapter(),
        "## Danh sách, phần dùng chung, đề cương",
        *_tables((ListsFile, *models_of(ListsFile)[1:], PartsFile, Outline, Node)),
        REGIME,
        *_tables(models_of(Regime)),
        YEAR,
        *_tables(models_of(YearFile)),
        ROSTER,
        _example(ANOTHER_OFFICE),
    ]
    return "\n\n".join(part.strip("\n") for part in parts) + "\n"


def _item_tables() -> Iterator[str]:
    own = _TEXTS | set(PlainItem.model_fields)
    for model in _ITEMS:
        words = ", ".join(f"`{word}`" for word in get_args(model.model_fields["type"].annotation))
        yield f"#### type: {words}\n\n{summary(model)}"
        if set(model.model_fields) - own:
            yield _table(model, without=own)


def _tables(models: tuple[type[BaseModel], ...] | list[type[BaseModel]]) -> Iterator[str]:
    for model in models:
        yield f"### {model.__name__}\n\n{summary(model)}"
        yield _table(model)


def _table(
    model: type[BaseModel], *, only: set[str] | None = None, without: set[str] | None = None
) -> str:
    rows = ["| khóa | giá trị | mặc định | để làm gì |", "|---|---|---|---|"]
    for name, field in model.model_fields.items():
        if (only is not None and name not in only) or name in (without or ()):
            continue
        cells = (f"`{name}`", _kind(field.annotation), _default(field), described(model, name))
        rows.append("| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |")
    return "\n".join(rows)


def _default(field: FieldInfo) -> str:
    if field.is_required():
        return "**phải có**"
    value = field.get_default(call_default_factory=True, validated_data={})
    if value is None or value in ("", (), {}) or isinstance(value, BaseModel):
        return ""
    return f"`{str(value).lower() if isinstance(value, bool) else value}`"


def _kind(annotation: Any) -> str:
    """A type in words."""
    origin, inside = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        return _kind(inside[0])
    if origin is Literal:
        return " · ".join(f"`{word}`" for word in inside)
    if origin in (Union, types.UnionType):
        kinds = [_kind(one) for one in inside if one is not type(None)]
        return " hoặc ".join(dict.fromkeys(kinds))
    if origin is tuple:
        return f"danh sách: {_kind(inside[0])}"
    if origin is dict:
        return f"nhóm {{tên: {_kind(inside[1])}}}"
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return f"`{annotation.__name__}`"
    return _WORDS[annotation]


def _example(example: Example) -> str:
    """Prose, then each file of the example under its name."""
    blocks = [f"## {example.title}", example.prose]
    for name, text in example.files.items():
        language = "csv" if name.endswith(".csv") else "yaml"
        blocks.append(f"`{name}`\n\n```{language}\n{text.strip()}\n```")
    return "\n\n".join(block.strip("\n") for block in blocks)
