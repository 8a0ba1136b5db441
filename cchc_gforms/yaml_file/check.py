"""What a pydantic model refuses in a file: every mistake at its place, in Vietnamese."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from typing import TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from cchc_gforms.errors import Problem, Where
from cchc_gforms.yaml_file.expected import keys_at, kinds_with, words_at
from cchc_gforms.yaml_file.near import near_miss
from cchc_gforms.yaml_file.nodes import Loc, path_of
from cchc_gforms.yaml_file.read import YamlFile
from cchc_gforms.yaml_file.wording import wording

Model = TypeVar("Model", bound=BaseModel)

NAME = "[key]"  # pydantic's word for the name of an entry of a group
_FIRST_OF_A_KIND = "include"  # the key that tells a kind by being there
_OF_VALUES = ("YAML-WRONG-TYPE", "YAML-BAD-VALUE", "YAML-BAD-CHOICE")


def wrong(
    file: YamlFile, model: type[Model], error: ValidationError, known: Collection[Loc] = ()
) -> list[Problem]:
    """What a failed validation means for the file; nothing of the values at `known`."""
    details = error.errors(include_url=False)
    found = [
        _problem(file, model, one)
        for one in details
        if not _follows(file, one, details) and path_of(file.root, one["loc"]) not in known
    ]
    return _one_a_place(found)


def misspelt(
    file: YamlFile, model: type[Model], error: ValidationError
) -> list[tuple[Loc, str, Problem]]:
    """The keys that were most likely meant to be others, each with the other."""
    found = []
    for detail in error.errors(include_url=False):
        if detail["type"] == "extra_forbidden":
            path = path_of(file.root, detail["loc"])
            if meant := _meant(file, model, detail["loc"]):
                found.append((path, meant, _problem(file, model, detail)))
        elif detail["type"] == "union_tag_not_found" and isinstance(detail["input"], dict):
            for key, meant in _tags_meant(model, detail):
                path = (*path_of(file.root, detail["loc"]), key)
                found.append((path, meant, _problem(file, model, detail)))
    return found


def _follows(file: YamlFile, detail: ErrorDetails, all_details: list[ErrorDetails]) -> bool:
    """A list whose wrong entries do not count is called too short as well, and a group with
    something wrong in it no word that may stand for it: that says nothing."""
    if detail["type"] not in ("too_short", "literal_error"):
        return False
    path = path_of(file.root, detail["loc"])
    others = [path_of(file.root, other["loc"]) for other in all_details]
    return any(len(other) > len(path) and other[: len(path)] == path for other in others)


def _one_a_place(problems: list[Problem]) -> list[Problem]:
    """A value that none of several kinds takes is wrong once, and needs one of them."""
    merged: dict[object, Problem] = {}
    for problem in sorted(problems, key=lambda one: one.code == "YAML-BAD-CHOICE"):
        key = problem.where if problem.code in _OF_VALUES else problem
        if (other := merged.get(key)) and problem.fix != other.fix:
            needs = problem.fix.removeprefix("cần ")
            problem = replace(other, fix=f"{other.fix}, hoặc {needs}")
        merged[key] = problem
    return list(merged.values())


def _problem(file: YamlFile, model: type[BaseModel], detail: ErrorDetails) -> Problem:
    kind, loc = detail["type"], detail["loc"]
    if kind == "extra_forbidden":
        return _unknown_key(file, model, loc)
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
    for key, meant in _tags_meant(model, detail):
        where, fix = file.key_where((*loc, key)), f"có phải ý là '{meant}'?"
        return Problem("YAML-UNKNOWN-KEY", where, f"khóa lạ '{key}'", fix)
    return _missing_key(file.where(loc), wanted)


def _tags_meant(model: type[BaseModel], detail: ErrorDetails) -> list[tuple[str, str]]:
    """The first key that was to tell the kind and is misspelt, with what was meant."""
    known = keys_at(model, detail["loc"])
    wanted = (_discriminator(detail), _FIRST_OF_A_KIND)
    given = [(str(key), near_miss(str(key), known)) for key in detail["input"] if key not in known]
    return [(key, meant) for key, meant in given if meant in wanted][:1]


def _missing_key(where: Where, key: str) -> Problem:
    fix = f"thêm dòng '{key}: …' vào nhóm này"
    return Problem("YAML-MISSING-KEY", where, f"thiếu khóa '{key}'", fix)


def _unknown_key(file: YamlFile, model: type[BaseModel], loc: Loc) -> Problem:
    known, others = keys_at(model, loc[:-1]), kinds_with(model, loc)
    if others:
        fix = f"{loc[-1]} chỉ dùng cho type: {', '.join(others)}; bỏ khóa này, hoặc đổi type"
    else:
        fix = _one_of(_meant(file, model, loc), known) if known else "xóa khóa này"
    return Problem("YAML-UNKNOWN-KEY", file.key_where(loc), f"khóa lạ '{loc[-1]}'", fix)


def _meant(file: YamlFile, model: type[BaseModel], loc: Loc) -> str | None:
    """The key that one nobody knows was meant to be: one that its group does not have. None where
    it is known, but to another kind."""
    if kinds_with(model, loc):
        return None
    path = path_of(file.root, loc)
    group = file.value(path[:-1])
    known = keys_at(model, loc[:-1])
    unused = [name for name in known if not isinstance(group, dict) or name not in group]
    return near_miss(str(path[-1]), unused)


def _bad_choice(where: Where, given: object, known: list[str]) -> Problem:
    message = f"{_shown(given)} không thuộc các giá trị được dùng"
    return Problem("YAML-BAD-CHOICE", where, message, _one_of(near_miss(str(given), known), known))


def _one_of(meant: str | None, known: list[str]) -> str:
    allowed = "dùng một trong: " + ", ".join(known)
    return f"có phải ý là '{meant}'? Nếu không, {allowed}" if meant else allowed


def _other(file: YamlFile, detail: ErrorDetails) -> Problem:
    loc = detail["loc"]
    where = file.key_where(loc[:-1]) if loc[-1:] == (NAME,) else file.where(loc)
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
    text = str(value).replace("\n", "↵")
    return f"'{text[:57]}…'" if len(text) > 60 else f"'{text}'"
