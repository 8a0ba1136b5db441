"""Laws of apply, over random specs, at a local Google: what was wanted is what is there, nothing is
left to do, ids stay, and answers are read under the keys under which they were given.

100 pairs of specs; `CCHC_PAIRS=2000` for more.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cchc_gforms.errors import GoogleError
from cchc_gforms.generator import requests
from cchc_gforms.generator.apply import apply_form
from cchc_gforms.generator.form_plan import FormPlan, form_plan, subject
from cchc_gforms.generator.image import Image
from cchc_gforms.generator.plan import Allowed
from cchc_gforms.google.address import Address
from cchc_gforms.google.client import Google
from cchc_gforms.google.credentials import Identity
from cchc_gforms.google.deployed import from_tags
from cchc_gforms.google.registry import ANYONE, Registry, form_tags
from cchc_gforms.harvester.responses import list_responses
from cchc_gforms.local_google.forms import responses, store
from cchc_gforms.local_google.serve import Running, open_state, running
from cchc_gforms.spec.compile import CompiledForm, compile_form, decode
from cchc_gforms.spec.ids import question_id
from cchc_gforms.spec.model import FormSpec

PAIRS = int(os.environ.get("CCHC_PAIRS", "100"))
EVERYTHING = Allowed(everything=True)
SECTIONS = ("mot", "hai", "ba", "bon")
KEYS = tuple(f"cau_{number}" for number in range(9))
TITLES = st.sampled_from(["Số liệu", "Kết quả (nếu có)", "Ý kiến – đề xuất", "Đơn vị?", "=1+1"])
HELP = st.sampled_from(["", "Chỉ ghi số.", "Hai\ndòng"])
OPTIONS = st.lists(st.sampled_from(["Có", "Không", "Đang làm", "0"]), min_size=1, unique=True)
PLAIN = ("text", "paragraph", "date", "time", "duration")


@st.composite
def items(draw: st.DrawFn, key: str, later: tuple[str, ...]) -> dict[str, Any]:
    kind = draw(
        st.sampled_from(
            [
                *PLAIN,
                "radio",
                "dropdown",
                "checkbox",
                "scale",
                "radio_grid",
                "checkbox_grid",
                "note",
            ]
        )
    )
    made: dict[str, Any] = {"key": key, "type": kind, "title": draw(TITLES), "help": draw(HELP)}
    if kind != "note":
        made["required"] = draw(st.booleans())
    if kind in ("radio", "dropdown"):
        ways = st.sampled_from([None, "next", "submit", *later])
        made["choices"] = [{"value": v, "go_to": draw(ways)} for v in draw(OPTIONS)]
    if kind == "checkbox":
        made |= {"choices": [{"value": v} for v in draw(OPTIONS)], "other": draw(st.booleans())}
    if kind == "scale":
        made |= {"low": draw(st.integers(0, 1)), "high": draw(st.integers(2, 10))}
    if kind.endswith("grid"):
        rows = draw(st.lists(st.sampled_from("abc"), min_size=1, unique=True))
        made |= {"rows": [{"key": r, "title": draw(TITLES)} for r in rows]}
        made["columns"] = draw(OPTIONS)
    return made


@st.composite
def specs(draw: st.DrawFn) -> FormSpec:
    names = draw(st.lists(st.sampled_from(SECTIONS), min_size=1, unique=True))
    keys = draw(st.permutations(draw(st.lists(st.sampled_from(KEYS), unique=True))))
    places = sorted(draw(st.integers(0, len(names) - 1)) for _ in keys)
    sections = [
        {
            "key": name,
            "title": draw(TITLES),
            "help": draw(HELP),
            "items": [
                draw(items(key, tuple(names[at + 1 :])))
                for key, place in zip(keys, places, strict=True)
                if place == at
            ],
        }
        for at, name in enumerate(names)
    ]
    return FormSpec.model_validate(
        {
            "name": "bao_cao/2022-h1",
            "document": "bao_cao",
            "period": "2022-h1",
            "title": draw(TITLES),
            "description": draw(HELP),
            "collect_email": draw(st.sampled_from(["verified", "responder_input", "none"])),
            "sections": sections,
        }
    )


@dataclass
class Bench:
    """A local Google, emptied before each pair, and our way to it."""

    server: Running
    google: Google

    def plan(self, compiled: CompiledForm) -> FormPlan:
        tags = form_tags("bao_cao/2022-h1", 2022, "chế độ")
        wanted = subject("bao_cao/2022-h1", compiled, tags, (ANYONE,))
        deployed = Registry.look_up(self.google).form(wanted.name, wanted.document_title)
        return form_plan(self.google, deployed, wanted, EVERYTHING)

    def form(self, form_id: str) -> Any:
        return self.google.execute(self.google.forms.forms().get(formId=form_id))

    def answer(self, form_id: str, answers: dict[str, list[str]]) -> None:
        """As if somebody had sent it: nothing here is about the pages."""
        state = self.server.state
        with state.transaction() as tx:
            form = store.load_form(tx, form_id)
            responses.submit(state, tx, form, answers=answers, email=None)


@pytest.fixture(scope="module")
def bench() -> Iterator[Bench]:
    state = open_state(None, seed=4)
    with running(state) as server:
        google = Google(
            Identity(Path("none"), Path("none")), Address.parse(server.url), sleep=lambda _: None
        )
        yield Bench(server, google)
        google.close()
    state.close()


def question_ids(form: Any, compiled: CompiledForm) -> dict[str, str]:
    """Ids as Google has them, by our keys."""
    found = (id for item in requests.image_of(form).items for id in item.questions)
    return {compiled.questions[id]: id for id in found}


def kinds(image: Image) -> dict[str, str]:
    return {id: item.kind for item in image.items for id in item.questions}


@given(specs(), specs())
@settings(
    max_examples=PAIRS,
    derandomize=PAIRS == 100,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
def test_a_form_made_of_one_spec_becomes_that_of_another(
    bench: Bench, first: FormSpec, second: FormSpec
) -> None:
    bench.server.state.reset()
    before, after = compile_form(first), compile_form(second)
    form_id = apply_form(bench.google, bench.plan(before)).form_id
    ids = question_ids(bench.form(form_id), before)
    assert set(ids) == set(before.questions.values())
    said = {id: [f"trả lời của {key}"] for key, id in ids.items()}
    bench.answer(form_id, said)

    made = bench.plan(after)
    assert apply_form(bench.google, made).form_id == form_id

    form = bench.form(form_id)
    assert requests.image_of(form) == requests.image_of(after.wire)
    assert not bench.plan(after).has_work
    now = question_ids(form, after)
    assert {key: now[key] for key in now.keys() & ids.keys()} == {
        key: ids[key] for key in now.keys() & ids.keys()
    }
    found = list_responses(bench.google, {form_id: None})[form_id]
    assert not isinstance(found, GoogleError)
    (response,) = found
    (file,) = Registry.look_up(bench.google).forms
    kept = from_tags(file.tags, question_id)  # as the harvest reads it
    read = decode(replace(after, questions={**kept, **after.questions}), response.answers)
    assert read == {key: (f"trả lời của {key}",) for key in ids}


@given(specs(), specs())
@settings(max_examples=PAIRS, suppress_health_check=[HealthCheck.too_slow])
def test_without_leave_no_question_that_was_answered_is_parted_from_its_answers(
    first: FormSpec, second: FormSpec
) -> None:
    """What is not refused keeps every question's id and kind."""
    from cchc_gforms.generator.changes import replay
    from cchc_gforms.generator.form_plan import deployed_by
    from cchc_gforms.generator.plan import plan

    before, after = compile_form(first), compile_form(second)
    live, wanted = requests.image_of(before.wire), requests.image_of(after.wire)
    made = plan(live, wanted, deployed_by(live, before.questions))
    lost = {one.name for one in made.at_stake}
    left = kinds(replay(live, made.changes))
    for id, kind in kinds(live).items():
        assert left.get(id) == kind or before.questions[id] in lost
    assert made.strangers == ()
