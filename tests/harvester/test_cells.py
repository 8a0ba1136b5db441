"""What a cell says as an answer, and digests by which a cell and an answer compare."""

from __future__ import annotations

import unicodedata

import pytest

from cchc_gforms.harvester.cells import LONGEST, Cells, chosen, digest
from cchc_gforms.spec.model import FormSpec

SPEC = FormSpec.model_validate(
    {
        "name": "periodic_report/2022-h1",
        "document": "periodic_report",
        "period": "2022-h1",
        "title": "Báo cáo",
        "description": "",
        "collect_email": "none",
        "sections": [
            {
                "key": "page",
                "title": "Trang",
                "items": [
                    {"key": "text", "type": "text", "title": "Chữ"},
                    {"key": "day", "type": "date", "title": "Ngày"},
                    {"key": "when", "type": "date", "title": "Lúc", "with_time": True},
                    {"key": "clock", "type": "time", "title": "Giờ"},
                    {"key": "one", "type": "radio", "title": "Một", "choices": ["a, b", "a"]},
                    {
                        "key": "some",
                        "type": "checkbox",
                        "title": "Nhiều",
                        "choices": ["a", "a, b", "c"],
                        "other": True,
                    },
                    {
                        "key": "grid",
                        "type": "checkbox_grid",
                        "title": "Bảng",
                        "rows": [{"key": "r", "title": "Hàng"}],
                        "columns": ["tốt", "khá, giỏi"],
                    },
                    {"key": "level", "type": "scale", "title": "Mức"},
                    {"key": "file", "type": "file_upload", "title": "Tệp"},
                ],
            }
        ],
    }
)
CELLS = Cells(SPEC)


@pytest.mark.parametrize(
    ("key", "said", "values"),
    [
        ("text", "0042", ("0042",)),
        ("text", "=1+1", ("=1+1",)),
        ("text", "a\u202eb\x07", ("a\u202eb\x07",)),
        ("day", "44714", ("2022-06-02",)),
        ("when", "44714.5", ("2022-06-02 12:00",)),
        ("clock", "0.5", ("12:00",)),
        ("one", "a, b", ("a, b",)),
        ("some", "a, b, c", ("a, b", "c")),
        ("some", "c, a", ("c", "a")),
        ("some", "a, việc khác, nữa", ("a", "việc khác, nữa")),
        ("grid/r", "khá, giỏi, tốt", ("khá, giỏi", "tốt")),
        ("level", "4", ("4",)),
        ("file", "https://x.example/1, https://x.example/2", ("https://x.example/1", "https://x.example/2")),
        ("gone", "vẫn còn", ("vẫn còn",)),
    ],
)  # fmt: skip
def test_a_cell_is_the_answer_that_a_response_has(
    key: str, said: str, values: tuple[str, ...]
) -> None:
    assert CELLS.answers({key: said}) == {key: values}
    assert CELLS.of_row({key: said}) == {key: digest(values)}


def test_an_empty_cell_is_no_answer() -> None:
    assert CELLS.answers({"text": " "}) == {}
    assert CELLS.of_row({"text": " "}) == {"text": ""}


def test_a_choice_with_a_comma_is_not_cut() -> None:
    assert chosen("a, b", ["a", "b", "a, b"]) == ("a, b",)
    assert chosen("", ["a"]) == ()


def test_a_file_is_a_link_in_the_sheet_and_an_id_in_the_api_so_neither_is_compared() -> None:
    assert CELLS.of_answers({"file": ("1a2b",), "text": ("x",)}) == {"text": digest(("x",))}


@pytest.mark.parametrize(
    ("one", "another"),
    [
        ("0042", "42"),
        ("1.50", "1.5"),
        ("Mầm non", unicodedata.normalize("NFD", "Mầm non")),
        (" x ", "x"),
        ("y" * LONGEST + "the rest", "y" * LONGEST),
    ],
    ids=["zeros", "decimals", "NFD", "blanks", "cut by the cell"],
)
def test_what_the_sheet_writes_otherwise_is_the_same(one: str, another: str) -> None:
    assert digest((one,)) == digest((another,))


def test_other_answers_have_other_digests() -> None:
    said = ["", "0", "1", "01x", "a", "A", "a, b", "\ud800"]
    assert len({digest((one,)) for one in said}) == len(said)
