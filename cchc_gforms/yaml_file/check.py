"""A file against a pydantic model: every mistake at its place, in Vietnamese."""

from __future__ import annotations

from typing import TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from cchc_gforms.errors import Problem, Where
from cchc_gforms.yaml_file.expected import keys_at, words_at
from cchc_gforms.yaml_file.near import near_miss
from cchc_gforms.yaml_file.nodes import Loc
from cchc_gforms.yaml_file.read import YamlFile
from cchc_gforms.yaml_file.wording import wording

Model = TypeVar("Model", bound=BaseModel)

_FIRST_OF_A_KIND = "include"  # the key that tells a kind by being there


def parse(file: YamlFile, model: type[Model]) -> tuple[Model | None, list[Problem]]:
    """The model of a file's data, or None with every mistake in it.

    A validator of the model says what is wrong by `ValueError(message)`, or with a code and a
    fix of its own by `PydanticCustomError("SPEC-CODE", message, {"fix": …})`.
    """
    try:
        return model.model_validate(file.data), []
    except ValidationError as error:
        details = error.errors(include_url=False)
        found = [_problem(file, model, one) for one in details if not _follows(one, details)]
        return None, list(dict.fromkeys(found))


def _follows(detail: ErrorDetails, all_details: list[ErrorDetails]) -> bool:
    """A list whose wrong entries do not count is called too short as well: that says nothing."""
    loc = detail["loc"]
    return detail["type"] == "too_short" and any(
        len(other["loc"]) > len(loc) and other["loc"][: len(loc)] == loc for other in all_details
    )


def _problem(file: YamlFile, model: type[BaseModel], detail: ErrorDetails) -> Problem:
    kind, loc = detail["type"], detail["loc"]
    if kind == "extra_forbidden":
        return _unknown_key(file, keys_at(model, loc[:-1]), loc)
    if kind == "missing":
        return _missing_key(file.where(loc[:-1]), str(loc[-1]))
    if kind in ("literal_error", "enum"):
        return _bad_choice(file.where(loc), detail["input"], words_at(model, loc))
    if kind == "union_tag_not_found":
        return _without_tag(file, model, detail)
    if kind == "union_tag_invalid":
        tag = (*loc, _discriminator(detail))
        return _bad_choice(file.where(tag), detail["ctx"]["tag"], words_at(model, tag))
    return _other(file, detail)


def _discriminator(detail: ErrorDetails) -> str:
    """The key that tells the models of a union apart; where a function does, it goes by `type`."""
    named = str(detail["ctx"]["discriminator"]).strip("'")
    return "type" if named.endswith("()") else named


def _without_tag(file: YamlFile, model: type[BaseModel], detail: ErrorDetails) -> Problem:
    """No group at all, a misspelt key that would have told its kind, or none."""
    loc, given, wanted = detail["loc"], detail["input"], _discriminator(detail)
    if not isinstance(given, dict):
        fix = "cần một nhóm các dòng 'khóa: giá trị'"
        message = f"{_shown(given)} không dùng được ở đây"
        return Problem("YAML-WRONG-TYPE", file.where(loc), message, fix)
    known = keys_at(model, loc)
    for key in given:
        meant = near_miss(str(key), known)
        if key not in known and meant in (wanted, _FIRST_OF_A_KIND):
            where, fix = file.key_where((*loc, key)), f"có phải ý là '{meant}'?"
            return Problem("YAML-UNKNOWN-KEY", where, f"khóa lạ '{key}'", fix)
    return _missing_key(file.where(loc), wanted)


def _missing_key(where: Where, key: str) -> Problem:
    fix = f"thêm dòng '{key}: …' vào nhóm này"
    return Problem("YAML-MISSING-KEY", where, f"thiếu khóa '{key}'", fix)


def _unknown_key(file: YamlFile, known: list[str], loc: Loc) -> Problem:
    key = str(loc[-1])
    unused = [name for name in known if file.where((*loc[:-1], name)) == file.where(loc[:-1])]
    fix = _one_of(near_miss(key, unused), known) if known else "xóa khóa này"
    return Problem("YAML-UNKNOWN-KEY", file.key_where(loc), f"khóa lạ '{key}'", fix)


def _bad_choice(where: Where, given: object, known: list[str]) -> Problem:
    message = f"'{given}' không thuộc các giá trị được dùng"
    return Problem("YAML-BAD-CHOICE", where, message, _one_of(near_miss(str(given), known), known))


def _one_of(meant: str | None, known: list[str]) -> str:
    allowed = "dùng một trong: " + ", ".join(known)
    return f"có phải ý là '{meant}'? Nếu không, {allowed}" if meant else allowed


def _other(file: YamlFile, detail: ErrorDetails) -> Problem:
    where = file.where(detail["loc"])
    context = detail.get("ctx", {})
    if detail["type"].isupper():
        return Problem(detail["type"], where, detail["msg"], str(context.get("fix", "")))
    if detail["type"] in ("value_error", "assertion_error"):
        message = str(context["error"])
        return Problem("YAML-BAD-VALUE", where, message, "sửa lại giá trị này")
    code, need = wording(detail["type"], context)
    shown = _shown(detail["input"])
    return Problem(code, where, f"{shown} không dùng được ở đây", f"cần {need}")


def _shown(value: object) -> str:
    if value is None:
        return "giá trị trống"
    if isinstance(value, dict):
        return "nhóm 'khóa: giá trị'"
    if isinstance(value, list):
        return "danh sách"
    text = str(value)
    return f"'{text[:57]}…'" if len(text) > 60 else f"'{text}'"
