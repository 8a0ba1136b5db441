"""What a form file may say beyond questions: parts, repetitions, conditions, moved keys."""

from __future__ import annotations

from pathlib import Path

import pytest

from cchc_gforms.errors import ProblemsError
from cchc_gforms.spec.compile import compile_form, decode
from cchc_gforms.spec.ids import item_id, question_id, section_id
from cchc_gforms.spec.model import ChoiceItem, GridItem
from tests.google.discovery import wrong_in
from tests.spec.one_form import UNIT, form_of, item, ways

HEAD = f"  - {{key: s, title: S, items: [{UNIT}]}}\n"


def keys(spec: object) -> dict[str, list[str]]:
    """Keys of the items by key of their section."""
    sections = getattr(spec, "sections")  # noqa: B009
    return {section.key: [one.key for one in section.items] for section in sections}


def test_a_part_stands_where_it_is_included(tmp_path: Path) -> None:
    spec = form_of(
        tmp_path,
        f"  - {{key: s, title: S, items: [{UNIT}, {{include: mine}}, "
        "{key: z, type: note, title: Z}]}\n  - include: more\n",
        parts={
            "items": {
                "mine": [{"key": "a", "type": "text", "title": "A"}],
                "other": [{"key": "b", "type": "date", "title": "Đến {period.closes_on}"}],
            },
            "sections": {
                "more": [
                    {"key": "m1", "title": "M1", "items": [{"include": "other"}]},
                    {"key": "m2", "title": "M2", "items": []},
                ]
            },
        },
    )
    assert keys(spec) == {"s": ["unit", "a", "z"], "m1": ["b"], "m2": []}
    assert item(spec, "b").title == "Đến 01/06/2022"


def test_an_item_is_repeated_for_each_entry(tmp_path: Path) -> None:
    spec = form_of(
        tmp_path,
        f"  - {{key: s, title: S, items: [{UNIT}, "
        "{key: '{each.key}_n', type: text, title: 'Số {each.title}', help: '{each.note}', "
        "for_each: two, checks: {floor: each}}, {key: z, type: note, title: Z}]}\n",
        lists={
            "two": [
                {"key": "a", "title": "Một", "note": "≥ 90", "floor": 90},
                {"key": "b", "title": "Hai"},
            ]
        },
    )
    assert keys(spec) == {"s": ["unit", "a_n", "b_n", "z"]}
    first, second = item(spec, "a_n"), item(spec, "b_n")
    assert (first.title, first.help, second.title, second.help) == ("Số Một", "≥ 90", "Số Hai", "")
    floors = [getattr(one, "checks").floor for one in (first, second)]  # noqa: B009
    assert floors[0].value == 90
    assert floors[1] is None


def test_the_rows_of_a_grid_come_from_a_list(tmp_path: Path) -> None:
    spec = form_of(
        tmp_path,
        f"  - {{key: s, title: S, items: [{UNIT}, "
        "{key: g, type: radio_grid, title: G, rows_from: met, columns: [Có, Không]}]}\n",
    )
    grid = item(spec, "g")
    assert isinstance(grid, GridItem)
    assert [row.key for row in grid.rows] == ["met", "not_met", "not_due"]


def test_choices_come_from_the_periods_of_the_year(tmp_path: Path) -> None:
    spec = form_of(
        tmp_path,
        f"  - {{key: s, title: S, items: [{UNIT}, "
        "{key: p, type: dropdown, title: P, choices_from: periods}]}\n",
    )
    asked = item(spec, "p")
    assert isinstance(asked, ChoiceItem)
    assert [choice.value for choice in asked.choices] == [
        "quý I năm 2022", "06 tháng đầu năm 2022", "quý III năm 2022", "09 tháng năm 2022",
        "năm 2022",
    ]  # fmt: skip


REPEATED = (
    HEAD
    + """
  - key: task
    title: Nhiệm vụ
    repeat: {max: 3, question: Còn nữa?, yes: Còn, no: Hết}
    items:
      - {key: goal, type: text, title: Mục tiêu, once: true}
      - {key: name, type: text, title: Tên}
"""
)


def test_a_repeated_section_has_copies_that_each_ask_for_another(tmp_path: Path) -> None:
    spec = form_of(tmp_path, REPEATED + "  - {key: z, title: Z, items: []}\n")
    assert keys(spec) == {
        "s": ["unit"],
        "task": ["goal", "name", "task_another"],
        "task_2": ["name_2", "task_another_2"],
        "task_3": ["name_3"],
        "z": [],
    }
    assert ways(spec, "task_another") == {"Còn": "task_2", "Hết": "z"}
    assert ways(spec, "task_another_2") == {"Còn": "task_3", "Hết": "z"}
    titles = [item(spec, key).title for key in ("name", "name_2", "name_3")]
    assert titles == ["Tên", "Tên (2)", "Tên (3)"]
    assert [section.title for section in spec.sections[1:4]] == [
        "Nhiệm vụ", "Nhiệm vụ (2)", "Nhiệm vụ (3)",
    ]  # fmt: skip
    wire = compile_form(spec).wire
    assert wrong_in("forms.v1", "Form", wire) == []
    options = wire["items"][5]["questionItem"]["question"]["choiceQuestion"]["options"]
    assert [option["goToSectionId"] for option in options] == [
        section_id("task_2"), section_id("z"),
    ]  # fmt: skip


def test_the_first_copy_has_the_ids_of_the_section_without_copies(tmp_path: Path) -> None:
    """So a section can be made repeatable, or have more copies, while answers are coming in."""
    single = form_of(tmp_path / "a", REPEATED.replace("    repeat: {max: 3,", "    #").replace(
        ", once: true", ""))  # fmt: skip
    three = form_of(tmp_path / "b", REPEATED)
    five = form_of(tmp_path / "c", REPEATED.replace("max: 3", "max: 5"))
    known = [set(compile_form(spec).questions.items()) for spec in (single, three, five)]
    assert known[0] < known[1] < known[2]


def test_after_the_last_copy_the_form_is_sent_when_nothing_follows(tmp_path: Path) -> None:
    assert ways(form_of(tmp_path, REPEATED), "task_another_2")["Hết"] == "submit"


def test_a_text_can_say_which_copy_it_is_in(tmp_path: Path) -> None:
    written = REPEATED.replace("title: Tên}", "title: 'Tên nhiệm vụ {copy}'}")
    spec = form_of(tmp_path, written)
    assert item(spec, "name").title == "Tên nhiệm vụ 1"
    assert item(spec, "name_3").title == "Tên nhiệm vụ 3"


ASKED = f"""
  - key: s
    title: S
    items:
      - {UNIT}
      - {{key: has, type: radio, title: Có không?, choices: [Có, Không, Sắp có]}}
"""


def test_sections_shown_after_an_answer_are_skipped_after_the_others(tmp_path: Path) -> None:
    """What follows the section of the question can be passed over, and nothing else (facts 2.9)."""
    spec = form_of(
        tmp_path,
        ASKED
        + """
  - {key: a, title: A, show_if: {question: has, answer: Có}, items: []}
  - {key: b, title: B, show_if: {question: has, answer: [Có, Sắp có]}, items: []}
  - {key: c, title: C, items: []}
""",
    )
    assert ways(spec, "has") == {"Có": "next", "Không": "c", "Sắp có": "b"}


def test_when_all_that_follows_is_hidden_the_form_is_sent(tmp_path: Path) -> None:
    hidden = "  - {key: a, title: A, show_if: {question: has, answer: Có}, items: []}\n"
    spec = form_of(tmp_path, ASKED + hidden)
    assert ways(spec, "has")["Không"] == "submit"


def test_what_hangs_on_a_hidden_question_is_hidden_with_it(tmp_path: Path) -> None:
    spec = form_of(
        tmp_path,
        ASKED
        + """
  - key: a
    title: A
    show_if: {question: has, answer: Có}
    items: [{key: why, type: dropdown, title: Vì sao, choices: [Một, Hai]}]
  - {key: b, title: B, show_if: {question: why, answer: Hai}, items: []}
  - {key: c, title: C, items: []}
""",
    )
    assert ways(spec, "has") == {"Có": "next", "Không": "c", "Sắp có": "c"}
    assert ways(spec, "why") == {"Một": "c", "Hai": "next"}


def test_items_shown_after_an_answer_get_a_page_of_their_own(tmp_path: Path) -> None:
    spec = form_of(
        tmp_path,
        ASKED
        + """
      - {key: x, type: text, title: X, show_if: {question: has, answer: Có}}
      - {key: y, type: text, title: Y, show_if: {question: has, answer: Có}}
      - {key: z, type: text, title: Z}
""",
    )
    assert keys(spec) == {"s": ["unit", "has"], "s_x": ["x", "y"], "s_z": ["z"]}
    assert ways(spec, "has") == {"Có": "next", "Không": "s_z", "Sắp có": "s_z"}


def test_a_copy_asks_its_own_condition(tmp_path: Path) -> None:
    spec = form_of(
        tmp_path,
        HEAD
        + """
  - key: t
    title: T
    repeat: {max: 2}
    items:
      - {key: has, type: radio, title: Có không?, choices: [Có, Không]}
      - {key: x, type: text, title: X, show_if: {question: has, answer: Có}}
      - {key: z, type: text, title: Z}
""",
    )
    assert ways(spec, "has_2") == {"Có": "next", "Không": "t_2_z_2"}
    assert list(keys(spec)) == ["s", "t", "t_x", "t_z", "t_2", "t_2_x_2", "t_2_z_2"]


MOVED = HEAD.replace("]}", ", {key: new_name, type: text, title: Tên}]}")


def test_a_question_that_got_another_key_keeps_its_ids_and_answers(tmp_path: Path) -> None:
    spec = form_of(tmp_path, MOVED, head="moved: {old_name: new_name}")
    compiled = compile_form(spec)
    wire = compiled.items[2]
    assert wire["itemId"] == item_id("old_name")
    assert wire["questionItem"]["question"]["questionId"] == question_id("old_name")
    given = {question_id("old_name"): {"textAnswers": {"answers": [{"value": "A"}]}}}
    assert decode(compiled, given) == {"new_name": ("A",)}
    assert spec.origin("new_name") == "old_name"
    assert spec.origin("unit") == "unit"


def test_a_question_that_got_another_key_twice_keeps_those_of_its_first(tmp_path: Path) -> None:
    """One line for each time, in any order."""
    head = "moved: {second_name: new_name, old_name: second_name}"
    spec = form_of(tmp_path, MOVED, head=head)
    assert compile_form(spec).items[2]["itemId"] == item_id("old_name")
    assert spec.origin("new_name") == "old_name"


def test_moves_in_a_circle_lead_nowhere(tmp_path: Path) -> None:
    with pytest.raises(ProblemsError) as caught:
        form_of(tmp_path, MOVED, head="moved: {a: b, b: c, c: a}")
    assert [problem.code for problem in caught.value.problems] == ["SPEC-MOVED"] * 3
    assert "vòng" in caught.value.problems[0].message


def test_a_grid_that_got_another_key_keeps_the_ids_of_its_rows(tmp_path: Path) -> None:
    grid = "{key: g2, type: radio_grid, title: G, rows: [{key: a, title: A}], columns: [Có, Không]}"
    spec = form_of(tmp_path, HEAD.replace("]}", f", {grid}]}}"), head="moved: {g: g2}")
    assert compile_form(spec).questions[question_id("g/a")] == "g2/a"


def test_a_section_that_got_another_key_keeps_its_id_and_the_ways_to_it(tmp_path: Path) -> None:
    spec = form_of(
        tmp_path,
        ASKED + "  - {key: z2, title: Z, show_if: {question: has, answer: Có}, items: []}\n"
        "  - {key: y2, title: Y, items: []}\n",
        head="moved: {y: y2, z: z2}",
    )
    wire = compile_form(spec).items
    assert [item["itemId"] for item in wire if "pageBreakItem" in item] == [
        section_id("z"), section_id("y"),
    ]  # fmt: skip
    options = wire[2]["questionItem"]["question"]["choiceQuestion"]["options"]
    assert options[1]["goToSectionId"] == section_id("y")
