"""YAML files: what they say, and where; every mistake at its line and column."""

from __future__ import annotations

import unicodedata
from datetime import date
from pathlib import Path
from typing import Annotated, Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import AfterValidator, BaseModel, ConfigDict, Field
from pydantic_core import PydanticCustomError

from cchc_gforms.errors import Problem
from cchc_gforms.yaml_file import Loc, Shape, YamlFile, load, near_miss, parse, read


class _Strict(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Choice(_Strict):
    type: Literal["choice"]
    title: str
    options: tuple[str, ...] = Field(min_length=1)


class Text(_Strict):
    type: Literal["text"]
    title: str
    rows: int = Field(1, ge=1)


def _no_dot(text: str) -> str:
    if text.endswith("."):
        raise PydanticCustomError("SPEC-DOT", "tên có dấu chấm cuối", {"fix": "bỏ dấu chấm"})
    if text == "cũ":
        raise ValueError("tên này không còn dùng")
    return text


class Form(_Strict):
    name: Annotated[str, AfterValidator(_no_dot)]
    issued: date = date(2022, 1, 1)
    roll: Literal["none", "next_working_day"] = "none"
    items: tuple[Annotated[Choice | Text, Field(discriminator="type")], ...] = ()
    lists: dict[str, Text] = {}
    from_: str = Field("", alias="from")


def _file(text: str) -> YamlFile:
    file, problems = read(text.encode(), "f.yaml")
    assert file is not None
    assert problems == []
    return file


def _places(problems: list[Problem]) -> list[str]:
    assert all(problem.message and problem.fix for problem in problems)
    return [f"{p.where.line}:{p.where.column} {p.code}" for p in problems]


_UNREADABLE = {
    "an open bracket": ("a: [1\n", "2:1 YAML-SYNTAX"),
    "a tab as indentation": ("a:\n\t- b\n", "2:1 YAML-TAB"),
    "a tab on the last line": ("a:\n\t- b", "2:1 YAML-TAB"),
    "a colon too many": ("a: b: c\n", "1:5 YAML-SYNTAX"),
    "a key out of line": ("a: 1\n b: 2\n", "2:3 YAML-SYNTAX"),
    "an open quote": ("a: 'x\n", "2:1 YAML-SYNTAX"),
    "two documents": ("---\na: 1\n---\nb: 2\n", "3:1 YAML-SYNTAX"),
    "an alias of nothing": ("a: *x\n", "1:4 YAML-SYNTAX"),
    "another YAML": ("%YAML 3.0\n---\na: 1\n", "1:1 YAML-SYNTAX"),
    "a control character": ("ă: 1\nb: đ\x07\n", "2:5 FILE-CONTROL-CHARACTER"),
    "a thousand brackets": ("[" * 3000, "0:0 YAML-SYNTAX"),
}


@pytest.mark.parametrize(("text", "expected"), _UNREADABLE.values(), ids=_UNREADABLE)
def test_a_file_that_is_no_yaml(text: str, expected: str) -> None:
    file, problems = read(text.encode(), "f.yaml")
    assert file is None
    assert _places(problems) == [expected]


_ODD = {
    "a key twice": ("a: 1\nb: 2\na: 3\n", "3:1 YAML-DUPLICATE-KEY", {"a": 1, "b": 2}),
    "a key twice, composed otherwise": (
        "mẫu: 1\n" + unicodedata.normalize("NFD", "mẫu") + ": 2\n",
        "2:1 YAML-DUPLICATE-KEY",
        {"mẫu": 1},
    ),
    "a list as a key": ("? [1, 2]\n: 3\n", "1:3 YAML-WRONG-TYPE", {}),
    "a tag": ("a: !python/object:os.system x\n", "1:4 YAML-TAG", {"a": None}),
    "an alias of itself": ("a: &x [*x]\n", "1:4 YAML-CYCLE", {"a": [None]}),
}


@pytest.mark.parametrize(("text", "expected", "data"), _ODD.values(), ids=_ODD)
def test_a_file_that_can_be_read_on(text: str, expected: str, data: object) -> None:
    file, problems = read(text.encode(), "f.yaml")
    assert file is not None
    assert file.data == data
    assert _places(problems) == [expected]


@pytest.mark.parametrize(
    ("text", "data"),
    [
        ("a: 2022-02-17", {"a": date(2022, 2, 17)}),
        ("a: 17/02/2022", {"a": "17/02/2022"}),
        ("a: 2022-02-30", {"a": "2022-02-30"}),
        ("a: no", {"a": "no"}),
        ("a: true", {"a": True}),
        ("a: 012", {"a": 12}),
        ("a:", {"a": None}),
        ("", None),
        ("\ufeffa: 1", {"a": 1}),
        ("a: &x [1]\nb: *x", {"a": [1], "b": [1]}),
        ("1: một", {"1": "một"}),
        (unicodedata.normalize("NFD", "tên: Mẫu"), {"tên": "Mẫu"}),
    ],
)
def test_values_are_plain_python_in_nfc(text: str, data: object) -> None:
    assert _file(text).data == data


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        (b"a: 1\n\xc4\x91: \xff\n", "2:4 FILE-ENCODING"),
        ("a: 1".encode("utf-16"), "0:0 FILE-ENCODING"),
    ],
    ids=["a stray byte", "UTF-16"],
)
def test_a_file_that_is_no_utf_8(raw: bytes, expected: str) -> None:
    file, problems = read(raw, "f.yaml")
    assert file is None
    assert _places(problems) == [expected]


_GIVEN = """\
name: a
items:
  - type: choice
    title: Một
    options: [x, y]
  - {type: text, title: Hai}
lists:
"""


@pytest.mark.parametrize(
    ("loc", "value", "key"),
    [
        ((), "1:1", "1:1"),
        (("name",), "1:7", "1:1"),
        (("items", 0), "3:5", "3:5"),
        (("items", 0, "options", 1), "5:18", "5:18"),
        (("items", 0, "choice", "title"), "4:12", "4:5"),  # the tag of a union is passed over
        (("items", 1, "title"), "6:25", "6:18"),
        (("items", 1, "absent"), "6:5", "6:5"),
        (("items", 7), "3:3", "3:3"),
        (("items", "name"), "3:3", "3:3"),  # a name further up is not meant
        (("lists",), "7:1", "7:1"),  # left out: the place of its key
    ],
)
def test_every_value_and_key_has_its_place(loc: Loc, value: str, key: str) -> None:
    file = _file(_GIVEN)
    assert str(file.where(loc)) == f"f.yaml:{value}"
    assert str(file.key_where(loc)) == f"f.yaml:{key}"


def test_a_right_file_is_its_model() -> None:
    form, problems = parse(_file(_GIVEN.removesuffix("lists:\n") + "from: đây\n"), Form)
    assert problems == []
    assert form is not None
    assert form.items == (
        Choice(type="choice", title="Một", options=("x", "y")),
        Text(type="text", title="Hai"),
    )
    assert form.from_ == "đây"


_WRONG = {
    "a key left out": ("issued: 2022-01-01\n", ["1:1 YAML-MISSING-KEY"]),
    "an unknown key": ("name: a\nrol: none\n", ["2:1 YAML-UNKNOWN-KEY"]),
    "a number for text": ("name: 5\n", ["1:7 YAML-WRONG-TYPE"]),
    "a value left out": ("issued:\nname: a\n", ["1:1 YAML-WRONG-TYPE"]),
    "a day that is none": ("name: a\nissued: 2022-02-30\n", ["2:9 YAML-WRONG-TYPE"]),
    "a word not allowed": ("name: a\nroll: next_workday\n", ["2:7 YAML-BAD-CHOICE"]),
    "text for a list": (
        "name: a\nitems:\n  - {type: choice, title: a, options: x}\n",
        ["3:39 YAML-WRONG-TYPE"],
    ),
    "an empty list": (
        "name: a\nitems:\n  - {type: choice, title: a, options: []}\n",
        ["3:39 YAML-BAD-VALUE"],
    ),
    "a number too small": (
        "name: a\nlists:\n  x: {type: text, title: a, rows: 0}\n",
        ["3:35 YAML-BAD-VALUE"],
    ),
    "a kind that is none": ("name: a\nitems:\n  - type: chioce\n", ["3:11 YAML-BAD-CHOICE"]),
    "no kind": ("name: a\nitems:\n  - title: a\n", ["3:5 YAML-MISSING-KEY"]),
    "text for an item": ("name: a\nitems:\n  - x\n", ["3:5 YAML-WRONG-TYPE"]),
    "a list for the file": ("- a\n", ["1:1 YAML-WRONG-TYPE"]),
    "an empty file": ("", ["0:0 YAML-WRONG-TYPE"]),
    "a validator's own code": ("name: a.\n", ["1:7 SPEC-DOT"]),
    "a validator's message": ("name: cũ\n", ["1:7 YAML-BAD-VALUE"]),
    "several at once": (
        "nam: a\nroll: x\nitems:\n  - {type: text, titel: a}\n",
        ["1:1 YAML-UNKNOWN-KEY", "2:7 YAML-BAD-CHOICE", "4:18 YAML-UNKNOWN-KEY"],
    ),
}


@pytest.mark.parametrize(("text", "expected"), _WRONG.values(), ids=_WRONG)
def test_every_mistake_has_its_code_and_place(text: str, expected: list[str]) -> None:
    form, problems = parse(_file(text), Form)
    assert form is None
    assert sorted(_places(problems)) == sorted(expected)


@pytest.mark.parametrize(
    ("text", "message", "fix"),
    [
        (
            "name: a\nrol: none\n",
            "khóa lạ 'rol'",
            "có phải ý là 'roll'? Nếu không, "
            "dùng một trong: name, issued, roll, items, lists, from",
        ),
        (
            "name: a\nzzz: 1\n",
            "khóa lạ 'zzz'",
            "dùng một trong: name, issued, roll, items, lists, from",
        ),
        (
            "name: a\nitems:\n  - {type: txt, title: a}\n",
            "'txt' không thuộc các giá trị được dùng",
            "có phải ý là 'text'? Nếu không, dùng một trong: choice, text",
        ),
        ("issued: 2022-01-01\n", "thiếu khóa 'name'", "thêm dòng 'name: …' vào nhóm này"),
        (
            "name: 5\n",
            "'5' không dùng được ở đây",
            "cần chữ (số hay ngày dùng làm chữ thì đặt trong dấu nháy)",
        ),
        ("name: a.\n", "tên có dấu chấm cuối", "bỏ dấu chấm"),
        ("name: cũ\n", "tên này không còn dùng", "sửa lại giá trị này"),
    ],
)
def test_a_message_says_what_is_wrong_and_what_to_do(text: str, message: str, fix: str) -> None:
    _, (problem,) = parse(_file(text), Form)
    assert (problem.message, problem.fix) == (message, fix)


def test_a_key_already_there_is_not_what_was_meant() -> None:
    _, (problem,) = parse(_file("name: a\nnamee: b\n"), Form)
    assert not problem.fix.startswith("có phải")


class Shaped(_Strict):
    names: dict[Annotated[str, Shape("^[a-z]+$", "chữ thường")], str] = Field(default_factory=dict)
    title: Annotated[str, Shape("^[^\\n]+$", "một dòng")] = "T"


def test_a_shape_is_that_of_the_whole_text() -> None:
    """A line break at the end too is one (facts 2.7); shown on one line."""
    assert _problems(Shaped, "title: |\n  T\n") == [
        "f.yaml:1:8: YAML-BAD-VALUE: 'T↵' không dùng được ở đây → cần một dòng"
    ]


def test_a_wrong_name_is_told_at_the_name() -> None:
    assert _problems(Shaped, "names:\n  A1: x\n") == [
        "f.yaml:2:3: YAML-BAD-VALUE: 'A1' không dùng được ở đây → cần chữ thường"
    ]


def _problems(model: type[BaseModel], text: str) -> list[str]:
    file, _ = read(text.encode(), "f.yaml")
    assert file is not None
    return [str(problem) for problem in parse(file, model)[1]]


def test_a_missing_file_and_a_directory_are_problems(tmp_path: Path) -> None:
    missing, (problem,) = load(tmp_path / "no.yaml", "spec/no.yaml")
    assert missing is None
    assert (problem.code, str(problem.where)) == ("FILE-MISSING", "spec/no.yaml")
    _, (problem,) = load(tmp_path)
    assert problem.code == "FILE-UNREADABLE"


def test_a_file_is_shown_by_its_path_unless_told(tmp_path: Path) -> None:
    path = tmp_path / "f.yaml"
    path.write_bytes(b"a: 1")
    file, _ = load(path)
    assert file is not None
    assert file.name == path.as_posix()


@pytest.mark.parametrize(
    ("word", "meant"),
    [("titel", "title"), ("Title", "title"), ("zzz", None), ("", None)],
)
def test_near_misses(word: str, meant: str | None) -> None:
    assert near_miss(word, ["title", "type", "options"]) == meant


@given(
    st.one_of(
        st.binary(max_size=60),
        st.text(alphabet="a:- []{}&*!'\"\n\t#|>%?,1é", max_size=60).map(str.encode),
    )
)
def test_any_bytes_give_a_file_or_problems(raw: bytes) -> None:
    file, problems = read(raw, "f.yaml")
    assert file is not None or problems
    if file is not None:
        form, mistakes = parse(file, Form)
        assert (form is None) == bool(mistakes)
