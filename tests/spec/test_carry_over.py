"""What a question takes over from another form's answers, and how much of it an address holds."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from cchc_gforms.events import Answers
from cchc_gforms.spec.carry_over import carried_over, sources
from cchc_gforms.spec.ids import entry_id
from cchc_gforms.spec.model import FormSpec
from cchc_gforms.spec.prefill import fitting, prefilled

TAKES = {"document": "plan", "questions": ["task", "target", "due"]}


def form(name: str, *items: dict[str, Any], moved: dict[str, str] | None = None) -> FormSpec:
    return FormSpec.model_validate(
        {
            "name": f"{name}/2022-year", "document": name, "period": "2022-year", "title": name,
            "description": "", "collect_email": "verified", "moved": moved or {},
            "sections": [{"key": "s", "title": "S", "items": items}],
        }
    )  # fmt: skip


def item(key: str, type: str = "paragraph", **more: Any) -> dict[str, Any]:
    return {"key": key, "type": type, "title": key, **more}


PLAN = form(
    "plan",
    item("task"), item("target", "text"), item("due", "date"),
    item("task_2"), item("target_2", "text"), item("due_2", "date"),
    moved={"task_2": "second", "second": "id_0000000a_0000000b"},
)  # fmt: skip
RESULT = form("result", item("unit", "text"), item("r", prefill_from=TAKES))


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        ({}, []),
        ({"task": ("A",), "target": ("1",), "due": ("2022-06-05",)}, ["A; 1; 05/06/2022"]),
        ({"task": ("A\r\n\n B  b ",), "target": ("1\n2",)}, ["A; 1 2", "B b; 1 2"]),
        ({"task": ("A",), "due": ("tháng sáu",)}, ["A; tháng sáu"]),
        ({"target": ("1",), "due": ("2022-06-05",)}, []),
        ({"task": ("A",), "task_2": ("B",), "target_2": ("2",)}, ["A", "B; 2"]),
        ({"second": ("B",)}, ["B"]),  # harvested before the key moved
        ({"id_0000000a_0000000b": ("B",)}, ["B"]),  # and before it moved the first time
        ({"task": (" \n ",)}, []),
    ],
)
def test_each_task_is_a_line(answers: Answers, expected: list[str]) -> None:
    found = carried_over(RESULT, [RESULT, PLAN], {"plan": answers})
    assert [(one.key, lines) for one, lines in found] == ([("r", expected)] if expected else [])


def test_without_that_document_nothing_is_taken_over() -> None:
    assert sources(RESULT) == ["plan"]
    assert sources(PLAN) == []
    assert carried_over(RESULT, [RESULT, PLAN], {"other": {"task": ("A",)}}) == []
    assert carried_over(RESULT, [RESULT], {"plan": {"task": ("A",)}}) == []


def test_an_address_that_would_be_too_long_loses_whole_lines() -> None:
    """Each letter becomes nine characters of the address; a line that never fits goes as well."""
    spec = form("result", item("unit", "text"), item("long"), item("short"), item("one"))
    unit, long, short, one = spec.questions()
    chosen = [(unit, "MN01")]
    lines = [
        (long, [f"{number}" + "ạ" * 99 for number in range(1, 9)]),
        (short, ["ngắn"]),
        (one, ["ạ" * 1000]),
    ]
    kept = fitting(spec, "https://docs.example/viewform", chosen, lines)
    link = prefilled(spec, "https://docs.example/viewform", [*chosen, *kept])
    assert len(link) <= 7999
    said = parse_qs(urlsplit(link).query)
    assert said[f"entry.{entry_id('one')}"] == ["…"]
    assert said[f"entry.{entry_id('short')}"] == ["ngắn"]
    whole = [f"{number}" + "ạ" * 99 for number in range(1, 9)]
    assert said[f"entry.{entry_id('long')}"] == ["\n".join(whole)]


def test_lines_that_fit_stay_as_they_are() -> None:
    spec = form("result", item("unit", "text"), item("r"))
    unit, question = spec.questions()
    kept = fitting(spec, "https://docs.example/f", [(unit, "MN01")], [(question, ["A", "B"])])
    assert kept == [(question, "A\nB")]
