"""What click itself says, in Vietnamese, as a person sees it in a process of its own; and how
Vietnamese is spelt throughout."""

from __future__ import annotations

import ast
import os
import re
import subprocess
import sys
import unicodedata
from collections.abc import Iterator
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
        (["--help"], 0, ["Cách dùng:", "Tùy chọn:", "Lệnh:", "In hướng dẫn này rồi thoát."]),
        (["--help"], 0, ["--version   In phiên bản rồi thoát."]),
        (["ledger", "show", "--help"], 0, ["2022<=x<=2100; bắt buộc]"]),
        (["store", "restore", "none"], 2, ["Tệp 'none' không tồn tại."]),
        (["ledger", "show"], 2, ["Lỗi: Thiếu tùy chọn '--year'", "Xem hướng dẫn: 'cchc ledger"]),
        (["ledger", "sow"], 2, ["Không có lệnh 'sow'."]),
        (["ledger", "show", "--yaer", "2022"], 2, ["Không có tùy chọn '--yaer'."]),
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
    assert "exit." not in out


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


_ROOT = Path(__file__).parents[2]
_MARKS = "\u0300\u0301\u0309\u0303\u0323"
_LATE = "|".join(
    unicodedata.normalize("NFC", vowels + mark)
    for vowels in ("oa", "oe", "uy", "Oa", "Oe", "Uy", "OA", "OE", "UY")
    for mark in _MARKS
)
_NEWER = re.compile(rf"\w*(?<![qQ])({_LATE})(?![^\W\d_])")


def _texts() -> Iterator[Path]:
    for directory in ("cchc_gforms", "forms_spec", "docs", "scripts", "tests"):
        for path in (_ROOT / directory).rglob("*"):
            if path.suffix in {
                ".py",
                ".yaml",
                ".csv",
                ".md",
                ".html",
                ".po",
                ".js",
                ".gs",
                ".json",
            }:
                yield path
    yield from (_ROOT / name for name in ("README.md", "README.vi.md", "CHANGELOG.md"))


def test_the_tone_stands_on_the_first_vowel_everywhere() -> None:
    """Khóa, hủy, ủy, hòa: one spelling of oa, oe, uy (quý is another sound), and all in NFC."""
    for path in _texts():
        text = path.read_text("utf-8")
        found = _NEWER.search(text)
        assert found is None, f"{path.relative_to(_ROOT)}: {found and found[0]}"


def test_the_code_names_no_office_and_no_signer_of_one_regime() -> None:
    """Another office has other ones: they come from the regime and the forms."""
    for path in (_ROOT / "cchc_gforms").rglob("*.py"):
        found = re.search(r"Hiệu trưởng|\bPhòng\b|Quận 7", path.read_text("utf-8"))
        assert found is None, f"{path.relative_to(_ROOT)}: {found and found[0]}"
