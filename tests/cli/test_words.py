"""What click itself says, in Vietnamese, as a person sees it in a process of its own."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from pathlib import Path

import click
import pytest
from babel.messages.pofile import read_po
from translate import PO, compiled

# Said to programmers only, or by features that no command uses.
_NOT_SAID = (
    "Arguments take exactly", "Boolean option", "Could not determine name", "Couldn't detect Bash",
    "DeprecationWarning", "Invalid start character", "Name '{name}' defined", "No options defined",
    "Shell completion", "Unknown", "Value must be", "Windows error", "deprecated", "d",
    "{editor}: Editing failed", "Repeat for confirmation", "Error: The two entered values",
    "Choice({choices})", "{len_type} values are required", "{value!r} is not a valid UUID.",
)  # fmt: skip


def _cchc(*arguments: str) -> tuple[int, str]:
    environment = {**os.environ, "PYTHONUTF8": "1", "LANGUAGE": "fr", "LANG": "de_DE.UTF-8"}
    code = "from cchc_gforms.cli.main import main; main()"
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments],
        env=environment, capture_output=True, text=True, encoding="utf-8", check=False,
    )  # fmt: skip
    return done.returncode, done.stdout + done.stderr


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["--help"], 0, ["Cách dùng:", "Tuỳ chọn:", "Lệnh:", "In hướng dẫn này rồi thoát."]),
        (["ledger", "show"], 2, ["Lỗi: Thiếu tuỳ chọn '--year'", "Xem hướng dẫn: 'cchc ledger"]),
        (["ledger", "sow"], 2, ["Không có lệnh 'sow'."]),
        (["ledger", "show", "--yaer", "2022"], 2, ["Không có tuỳ chọn '--yaer'."]),
        (["ledger", "show", "--year", "x"], 2, ["'x' không phải số hợp lệ."]),
        (["ledger", "rates", "--year", "2022", "--by", "x"], 2, ["'x' không thuộc:"]),
        (["ledger", "diff", "--year", "2022", "--from", "x"], 2, ["'x' không đúng dạng"]),
        (["--version"], 0, ["phiên bản"]),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else str(value),
)
def test_click_speaks_vietnamese(arguments: list[str], code: int, said: list[str]) -> None:
    left, out = _cchc(*arguments)
    assert left == code
    for words in said:
        assert words in out
    assert "Error" not in out
    assert "Usage" not in out


def test_the_compiled_words_are_those_of_the_source() -> None:
    assert PO.with_suffix(".mo").read_bytes() == compiled(PO)


def test_everything_that_click_may_say_to_a_person_is_translated() -> None:
    with PO.open("rb") as file:
        ids = [message.id for message in read_po(file)]
    told = {one if isinstance(one, str) else one[0] for one in ids}
    missing = {
        words for words in _said_by_click() if words not in told and not words.startswith(_NOT_SAID)
    }
    assert missing == set()


def _said_by_click() -> set[str]:
    found = set()
    for path in Path(click.__file__).parent.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.args:
                first = node.args[0]
                if node.func.id in ("_", "ngettext") and isinstance(first, ast.Constant):
                    found.add(str(first.value))
    return found
