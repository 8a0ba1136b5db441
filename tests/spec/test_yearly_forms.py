"""A wrong processing or news form: each problem at its place, with what to do."""

from __future__ import annotations

from pathlib import Path

import pytest

from cchc_gforms.errors import ProblemsError
from cchc_gforms.regime.load import load as load_regime
from cchc_gforms.spec.load import load
from tests.generator.test_apply import copy_specs

PROCESSING = """\
title: Phiếu
sections:
  - key: first
    title: Đầu
    items:
      - {key: unit, type: dropdown, title: Đơn vị, required: true, role: unit, choices_from: roster}
      - {key: document, type: dropdown, title: Văn bản, role: document, choices_from: documents}
      - key: action
        type: radio
        title: Việc
        role: action
        choices:
          - {value: Duyệt, means: approve, go_to: submit}
          - {value: Gia hạn, means: extend, go_to: extending}
          - {value: Hủy, means: void, go_to: voiding}
  - key: extending
    title: Gia hạn
    items:
      - {key: to, type: date, title: Hạn mới, role: due_on}
      - {key: why, type: text, title: Lý do, role: reason}
      - key: whom
        type: radio
        title: Cho ai
        required: true
        role: scope
        choices:
          - {value: Một, means: one_unit, go_to: submit}
          - {value: Tất cả, means: everyone, go_to: submit}
  - key: voiding
    title: Hủy
    items:
      - {key: why_void, type: text, title: Lý do hủy, role: reason}
"""

WRONG = {
    "a form that anybody may sign with any address": (
        "title: Phiếu\n",
        "title: Phiếu\ncollect_email: ⟦responder_input\n",
        "SPEC-UNVERIFIED",
    ),
    "a choice that means nothing": (
        "- {value: Duyệt, means: approve, go_to: submit}",
        "- ⟦{value: Duyệt, go_to: submit}",
        "SPEC-ACTION",
    ),
    "a choice that means no action": (
        "- {value: Duyệt, means: approve, go_to: submit}",
        "- ⟦{value: Duyệt, means: everyone, go_to: submit}",
        "SPEC-ACTION",
    ),
    "an action that leads to whatever comes next": (
        "- {value: Hủy, means: void, go_to: voiding}",
        "- ⟦{value: Hủy, means: void, go_to: next}",
        "SPEC-ACTION",
    ),
    "an action that needs a page and has none": (
        "- {value: Duyệt, means: approve, go_to: submit}",
        "- ⟦{value: Miễn, means: exempt, go_to: submit}",
        "SPEC-PAGE",
    ),
    "an extension that asks for no date": (
        "- {value: Gia hạn, means: extend, go_to: extending}\n"
        "          - {value: Hủy, means: void, go_to: voiding}\n"
        "  - key: extending\n    title: Gia hạn\n    items:\n"
        "      - {key: to, type: date, title: Hạn mới, role: due_on}\n",
        "- ⟦{value: Gia hạn, means: extend, go_to: extending}\n"
        "          - {value: Hủy, means: void, go_to: voiding}\n"
        "  - key: extending\n    title: Gia hạn\n    items:\n",
        "SPEC-PAGE",
    ),
    "a role that the action does not read": (
        "title: Lý do hủy, role: reason}\n",
        "title: Lý do hủy, role: reason}\n"
        "      - {key: until, type: date, title: Hạn, role: ⟦due_on}\n",
        "SPEC-PAGE",
    ),
    "a role twice on a page": (
        "title: Lý do hủy, role: reason}\n",
        "title: Lý do hủy, role: reason}\n"
        "      - {key: more, type: text, title: Lý do khác, role: ⟦reason}\n",
        "SPEC-PAGE",
    ),
    "a date that is asked as a text": (
        "{key: to, type: date, title: Hạn mới",
        "{key: to, type: ⟦text, title: Hạn mới",
        "SPEC-ROLE-TYPE",
    ),
    "a scope whose choice means nothing": (
        "      - key: whom\n        type: radio",
        "      - ⟦key: whom\n        type: radio",
        "SPEC-MEANS",
        "{value: Tất cả, means: everyone, go_to: submit}",
        "{value: Tất cả, go_to: submit}",
    ),
    "a page after which the form goes on to another action's": (
        "  - key: extending",
        "  - key: ⟦extending",
        "SPEC-FALLS-THROUGH",
        "means: everyone, go_to: submit}",
        "means: everyone}",
    ),
    "a page that may be passed by without the choice that ends it": (
        "  - key: extending",
        "  - key: ⟦extending",
        "SPEC-FALLS-THROUGH",
        "        title: Cho ai\n        required: true\n",
        "        title: Cho ai\n",
    ),
}


@pytest.fixture
def specs(tmp_path: Path) -> Path:
    target = tmp_path / "specs"
    copy_specs(target)
    return target


def problems(specs: Path, name: str, text: str) -> list[tuple[str, str]]:
    (specs / name).write_text(text, "utf-8")
    with pytest.raises(ProblemsError) as caught:
        load(specs, load_regime(specs, 2022))
    assert all(problem.message and problem.fix for problem in caught.value.problems)
    return [(problem.code, str(problem.where)) for problem in caught.value.problems]


def test_a_form_that_offers_some_actions_only_is_one(specs: Path) -> None:
    (specs / "processing.yaml").write_text(PROCESSING, "utf-8")
    assert load(specs, load_regime(specs, 2022))[-1].title == "Phiếu"


@pytest.mark.parametrize("wrong", WRONG.values(), ids=WRONG)
def test_it_is_said_what_is_wrong_and_where(specs: Path, wrong: tuple[str, ...]) -> None:
    old, new, code, *more = wrong
    text = PROCESSING
    for before, after in [(old, new), *zip(more[::2], more[1::2], strict=True)]:
        assert text.count(before) == 1
        text = text.replace(before, after)
    ahead, marked, rest = text.partition("⟦")
    assert marked
    line, column = ahead.count("\n") + 1, len(ahead) - ahead.rfind("\n")
    place = f"specs/processing.yaml:{line}:{column}"
    assert problems(specs, "processing.yaml", ahead + rest) == [(code, place)]


def test_a_void_that_names_a_version_asks_for_day_and_time(specs: Path) -> None:
    """One of three questions: the other two are missing."""
    question = "      - {key: day, type: date, title: Ngày, role: target_on}\n"
    found = problems(specs, "processing.yaml", PROCESSING + question)
    assert found == [("SPEC-PAGE", "specs/processing.yaml:15:13")] * 2


def test_a_news_form_asks_for_title_and_link(specs: Path) -> None:
    """R33."""
    text = (specs / "news.yaml").read_text("utf-8")
    found = problems(specs, "news.yaml", text.replace("        role: news_link\n", ""))
    assert [code for code, _ in found] == ["SPEC-ROLE"]


def test_an_office_without_news_items_has_no_form_for_them(specs: Path) -> None:
    (specs / "news.yaml").unlink()
    names = [spec.name for spec in load(specs, load_regime(specs, 2022))]
    assert len(names) == 10
    assert "news/2022" not in names
