"""A YAML file to plain Python values, with the node of each kept for its place."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.nodes import Node

from cchc_gforms.errors import Problem, Where, why
from cchc_gforms.yaml_file.build import Builder
from cchc_gforms.yaml_file.known import Known
from cchc_gforms.yaml_file.nodes import Loc, at_mark, deepest, is_empty, key_of, place_of
from cchc_gforms.yaml_file.text import decode
from cchc_gforms.yaml_file.wording import syntax


@dataclass(frozen=True, slots=True)
class YamlFile:
    """A file as read: plain values (strings in NFC), and the place of each.

    `lost` is what was wrong in it, where something else stands or nothing (see `parse_partly`).
    """

    name: str
    data: object
    root: Node | None = field(repr=False, compare=False)
    lost: Mapping[Loc, object] = field(default_factory=dict)

    def where(self, loc: Loc = ()) -> Where:
        """The place of the value at `loc`, or of its nearest parent that the file has.

        The place of the key when the value was left out.
        """
        node = deepest(self.root, loc)
        return place_of((key_of(self.root, loc) if is_empty(node) else None) or node, self.name)

    def key_where(self, loc: Loc) -> Where:
        """The place of the key that names `loc`; of the value where there is no such key."""
        key = key_of(self.root, loc)
        return place_of(key, self.name) if key else self.where(loc)

    def value(self, loc: Loc) -> object:
        """The value at `loc`; None where there is none."""
        value = self.data
        for step in loc:
            if isinstance(value, dict):
                value = value.get(step)
            elif isinstance(value, list) and isinstance(step, int) and step < len(value):
                value = value[step]
            else:
                return None
        return value

    def known(self, loc: Loc) -> Known:
        """The keys of the group at `loc`, those included whose values are lost."""
        group = self.value(loc)
        lost = [str(one[-1]) for one in self.lost if one and one[:-1] == loc]
        return Known([*(group if isinstance(group, dict) else ()), *lost], open=loc in self.lost)

    def changed(self, root: Node, lost: Mapping[Loc, object] | None = None) -> YamlFile:
        """The file with another document, and what more is lost by that."""
        builder = Builder(self.name, YAML(typ="safe", pure=True).constructor)
        return YamlFile(self.name, builder.build(root), root, {**self.lost, **(lost or {})})


def load(path: Path, shown: str | None = None) -> tuple[YamlFile | None, list[Problem]]:
    """Read a file; None with the problems when nothing can be made of it.

    `shown` is the file's name in messages, `path` itself unless given. A duplicate key is a
    problem, yet the file is given all the same, so that its other problems can be found.
    """
    name = shown or path.as_posix()
    raw, problems = read_bytes(path, name)
    return read(raw, name) if raw is not None else (None, problems)


def read_bytes(path: Path, name: str) -> tuple[bytes | None, list[Problem]]:
    """The bytes of a file, called `name` in messages; None with the reason when it has none."""
    where = Where(name)
    try:
        return path.read_bytes(), []
    except FileNotFoundError:
        fix = "tạo tệp này, hoặc xem lại thư mục đã chỉ ra"
        return None, [Problem("FILE-MISSING", where, "không có tệp này", fix)]
    except OSError as error:
        message, fix = f"không đọc được tệp ({why(error)})", "xem lại tên tệp và quyền đọc tệp"
        return None, [Problem("FILE-UNREADABLE", where, message, fix)]


def read(raw: bytes, name: str) -> tuple[YamlFile | None, list[Problem]]:
    """Read the bytes of a file called `name`; see `load`."""
    text, problems = decode(raw, name)
    if text is None:
        return None, problems
    yaml = YAML(typ="safe", pure=True)
    try:
        root: Node | None = yaml.compose(text)
        builder = Builder(name, yaml.constructor)
        data = builder.build(root)
    except MarkedYAMLError as error:
        return None, [_syntax(error, text, name)]
    except RecursionError:
        return None, [_syntax_problem(Where(name), "lồng nhau quá sâu", "bớt số cấp lồng nhau")]
    except YAMLError:
        return None, [_syntax_problem(Where(name), "sai cú pháp YAML", "sửa lại cú pháp YAML")]
    return YamlFile(name, data, root), builder.problems


def _syntax(error: MarkedYAMLError, text: str, name: str) -> Problem:
    where = at_mark(error.problem_mark or error.context_mark, name)
    line = "".join(text.split("\n")[where.line - 1 : where.line])
    if "\t" in line[: len(line) - len(line.lstrip())]:
        fix = "thay ký tự tab bằng dấu cách"
        return Problem("YAML-TAB", where, "thụt lề bằng ký tự tab, YAML không cho phép", fix)
    message, fix = syntax(error.problem or "")
    return _syntax_problem(where, message, fix)


def _syntax_problem(where: Where, message: str, fix: str) -> Problem:
    return Problem("YAML-SYNTAX", where, message, fix)
