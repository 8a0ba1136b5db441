"""One form: what it costs, and what happens when other hands are at it."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import pytest

from cchc_gforms.cli.main import show_error
from cchc_gforms.errors import CchcError, GoogleError
from cchc_gforms.generator.apply import apply_form
from cchc_gforms.generator.form_plan import FormPlan, form_plan, subject
from cchc_gforms.generator.plan import Allowed
from cchc_gforms.google.client import Google
from cchc_gforms.google.deployed import from_tags
from cchc_gforms.google.registry import ANYONE, Registry, form_tags
from cchc_gforms.local_google.serve import Running
from cchc_gforms.spec.compile import CompiledForm, compile_form
from cchc_gforms.spec.ids import question_id
from cchc_gforms.spec.model import FormSpec
from tests.generator.live import break_at, clear_log, edit, form, google_at, ids, log, retitle

NAME = "khao_sat/2022-h1"
REGIME_ID = "260/GDĐT"
NOTHING = Allowed()


@dataclass
class Bench:
    server: Running
    google: Google

    def plan(
        self, spec: FormSpec, responders: Sequence[str] = (ANYONE,), allowed: Allowed = NOTHING
    ) -> FormPlan:
        wanted = subject(
            NAME, compile_form(spec), form_tags(NAME, 2022, REGIME_ID), tuple(responders)
        )
        deployed = Registry.look_up(self.google).form(NAME, wanted.document_title)
        return form_plan(self.google, deployed, wanted, allowed)

    def apply(
        self, spec: FormSpec, responders: Sequence[str] = (ANYONE,), allowed: Allowed = NOTHING
    ) -> str:
        return apply_form(self.google, self.plan(spec, responders, allowed)).form_id

    def calls(self) -> Counter[str]:
        return Counter(entry["method_id"] for entry in log(self.server))


@pytest.fixture
def bench(empty: Running) -> Iterator[Bench]:
    with google_at(empty) as google:
        yield Bench(empty, google)


def survey(titles: Sequence[str], *, email: str = "verified") -> FormSpec:
    """A page of short texts."""
    items = [
        {"key": f"cau_{number}", "type": "text", "title": title}
        for number, title in enumerate(titles)
    ]
    return FormSpec.model_validate(
        {
            "name": NAME,
            "document": "khao_sat",
            "period": "2022-h1",
            "title": "Khảo sát",
            "description": "",
            "collect_email": email,
            "sections": [{"key": "trang", "title": "Trang", "items": items}],
        }
    )


SIXTY = [f"Câu {number}" for number in range(60)]


def test_sixty_questions_take_one_create_one_batch_one_publish_and_the_grants(
    bench: Bench,
) -> None:
    people = ("a@truong.example", "b@truong.example")
    form_id = bench.apply(survey(SIXTY), people)
    assert bench.calls() == {
        "drive.files.list": 1,
        "forms.forms.create": 1,
        "forms.forms.batchUpdate": 1,
        "forms.forms.setPublishSettings": 1,
        "drive.permissions.create": 2,
        "drive.files.update": 1,
    }
    assert len(form(bench.server, form_id)["items"]) == 61  # the page's heading


def test_a_new_title_takes_one_get_and_one_batch_and_no_id_changes(bench: Bench) -> None:
    form_id = bench.apply(survey(SIXTY))
    before = form(bench.server, form_id)
    clear_log(bench.server)
    bench.apply(survey(["Câu 0", "Câu một", *SIXTY[2:]]))
    assert bench.calls() == {
        "drive.files.list": 1,
        "forms.forms.get": 1,
        "forms.forms.batchUpdate": 1,
    }
    after = form(bench.server, form_id)
    assert after["items"][2]["title"] == "Câu một"
    assert ids(after) == ids(before)


def test_nothing_to_do_takes_one_get(bench: Bench) -> None:
    bench.apply(survey(SIXTY))
    clear_log(bench.server)
    bench.apply(survey(SIXTY))
    assert bench.calls() == {"drive.files.list": 1, "forms.forms.get": 1}


def test_an_edit_between_plan_and_batch_is_told_and_not_overwritten(bench: Bench) -> None:
    form_id = bench.apply(survey(["Một", "Hai"]))
    made = bench.plan(survey(["Một", "Hai (mới)"]))
    retitle(bench.server, form_id, 1, "Một, do người khác sửa")
    item = {"title": "Ba", "questionItem": {"question": {"textQuestion": {}}}}
    edit(bench.server, form_id, {"createItem": {"item": item, "location": {"index": 3}}})
    edited = form(bench.server, form_id)
    with pytest.raises(CchcError) as refused:
        apply_form(bench.google, made)
    lines = refused.value.message.splitlines()
    assert lines == [
        "có người vừa sửa biểu mẫu “Khảo sát”, nên không ghi đè gì; họ đã:",
        "  thêm trả lời ngắn “Ba” ở vị trí 4",
        "  sửa trả lời ngắn “Một”; tên: “Một” → “Một, do người khác sửa”",
    ]
    assert form(bench.server, form_id) == edited
    # Planned anew, with the edit seen, it goes through; what the person added stays.
    apply_form(bench.google, bench.plan(survey(["Một", "Hai (mới)"])))
    titles = [item["title"] for item in form(bench.server, form_id)["items"]]
    assert titles == ["Trang", "Một", "Hai (mới)", "Ba"]


def test_a_refusal_that_is_not_about_the_revision_is_told_as_it_came(bench: Bench) -> None:
    bench.apply(survey(["Một"]))
    made = bench.plan(survey(["Một", "Hai"]))
    break_at(bench.server, method_id="forms.forms.batchUpdate", status=400)
    with pytest.raises(GoogleError) as refused:
        apply_form(bench.google, made)
    assert refused.value.status == 400


def test_what_a_person_changed_back_is_put_right(bench: Bench) -> None:
    form_id = bench.apply(survey(["Một", "Hai"]))
    settings = {"emailCollectionType": "DO_NOT_COLLECT"}
    update = {"settings": settings, "updateMask": "emailCollectionType"}
    move = {"originalLocation": {"index": 2}, "newLocation": {"index": 1}}
    edit(bench.server, form_id, {"updateSettings": update}, {"moveItem": move})
    made = bench.plan(survey(["Một", "Hai"]))
    assert len(made.plan.changes) == 2
    apply_form(bench.google, made)
    now = form(bench.server, form_id)
    assert now["settings"]["emailCollectionType"] == "VERIFIED"
    assert [item["title"] for item in now["items"]] == ["Trang", "Một", "Hai"]


@pytest.mark.parametrize("email", ["verified", "responder_input", "none"])
def test_the_way_of_collecting_addresses_is_set_and_read_back(bench: Bench, email: str) -> None:
    meant = {"verified": "VERIFIED", "responder_input": "RESPONDER_INPUT", "none": "DO_NOT_COLLECT"}
    form_id = bench.apply(survey(["Một"], email=email))
    assert form(bench.server, form_id)["settings"]["emailCollectionType"] == meant[email]


def responders(bench: Bench) -> set[str]:
    (file,) = Registry.look_up(bench.google).forms
    return set(file.responders)


def test_a_form_for_named_people_is_no_longer_for_anyone(bench: Bench) -> None:
    bench.apply(survey(["Một"]))
    assert responders(bench) == {ANYONE}
    made = bench.plan(survey(["Một"]), ["A@truong.example"])
    assert (made.grant, set(made.revoke)) == (("A@truong.example",), {ANYONE})
    apply_form(bench.google, made)
    assert responders(bench) == {"a@truong.example"}
    assert not bench.plan(survey(["Một"]), ["A@truong.example"]).has_work


def test_a_responder_whom_a_person_let_in_is_told_and_stays(bench: Bench) -> None:
    bench.apply(survey(["Một"]), ["a@truong.example", "b@truong.example"])
    made = bench.plan(survey(["Một"]), ["a@truong.example"])
    assert made.others == ("b@truong.example",)
    assert not made.has_work


def with_odd_keys(count: int, *, since: int = 0) -> FormSpec:
    """Keys that have nothing in common."""
    numbers = range(since, count)
    written = survey([f"Câu {number}" for number in numbers]).model_dump(exclude_unset=True)
    for number, item in zip(numbers, written["sections"][0]["items"], strict=True):
        item["key"] = odd_key(number)
    return FormSpec.model_validate(written)


def odd_key(number: int) -> str:
    return f"k{hashlib.sha256(str(number).encode()).hexdigest()[:18]}"


def test_a_form_of_three_hundred_questions_keeps_the_key_of_each(bench: Bench) -> None:
    """As many as Google Forms is known to take (facts 2.6): they fill the properties of our own and
    go on in those that others may see."""
    bench.apply(with_odd_keys(300))
    assert not bench.plan(with_odd_keys(300)).has_work
    (stake, other) = bench.plan(with_odd_keys(298)).plan.at_stake
    assert (stake.name, stake.column) == (odd_key(298), "Câu 298")
    assert (other.name, other.column) == (odd_key(299), "Câu 299")
    leave = Allowed(remove=frozenset({odd_key(298), odd_key(299)}))
    bench.apply(with_odd_keys(298), allowed=leave)
    assert not bench.plan(with_odd_keys(298)).has_work


def test_a_form_that_was_longer_once_still_knows_the_keys_of_then(bench: Bench) -> None:
    """Answers to a question that was removed before the harvest are read under its key."""
    bench.apply(with_odd_keys(300))
    bench.apply(survey(["Một"]), allowed=Allowed(everything=True))
    assert not bench.plan(survey(["Một"])).has_work
    (file,) = Registry.look_up(bench.google).forms
    known = from_tags(file.tags, question_id)
    assert {odd_key(number) for number in range(300)} <= set(known.values())


def test_what_the_form_cannot_keep_in_mind_is_told_once(bench: Bench) -> None:
    """The oldest goes, and a person can still harvest before."""
    everything = Allowed(everything=True)
    bench.apply(with_odd_keys(300))
    bench.apply(survey(["Một"]), allowed=everything)
    more = with_odd_keys(600, since=300)
    made = bench.plan(more, allowed=everything)
    assert made.forgotten
    assert set(made.forgotten) < {odd_key(number) for number in range(300)}
    bench.apply(more, allowed=everything)
    assert bench.plan(more).forgotten == ()


def test_a_picture_is_sent_by_its_address_and_not_sent_again(bench: Bench) -> None:
    """Google gives another address back each time (facts 2.10)."""
    picture = {"sourceUri": "https://truong.example/bia.png", "altText": "Bìa"}
    compiled = CompiledForm(
        info={"title": "Khảo sát", "documentTitle": "Khảo sát"},
        settings={"emailCollectionType": "VERIFIED"},
        items=({"itemId": "0000000a", "title": "Ảnh", "imageItem": {"image": picture}},),
        questions={},
        columns={},
    )
    wanted = subject(NAME, compiled, form_tags(NAME, 2022, REGIME_ID), (ANYONE,))
    form_id = apply_form(bench.google, form_plan(bench.google, None, wanted, Allowed())).form_id
    image = form(bench.server, form_id)["items"][0]["imageItem"]["image"]
    assert image["contentUri"]
    deployed = Registry.look_up(bench.google).form(NAME, "")
    assert not form_plan(bench.google, deployed, wanted, Allowed()).has_work


def test_what_others_wrote_reaches_no_terminal_unprinted(
    bench: Bench, capsys: pytest.CaptureFixture[str]
) -> None:
    show_error(CchcError("họ đã:\n  sửa “\x1b[2Jlừa”"))
    assert capsys.readouterr().err == "Lỗi: họ đã:\n  sửa “�[2Jlừa”\n"


def test_a_key_that_moved_keeps_its_question_and_is_the_one_to_be_named(bench: Bench) -> None:
    """`moved` gives a new key the ids of the old one."""
    compiled = compile_form(survey(["Một"]))
    renamed = replace(compiled, questions=dict.fromkeys(compiled.questions, "ten_moi"))
    bench.apply(survey(["Một"]))

    def plan(wanted: CompiledForm) -> FormPlan:
        deployed = Registry.look_up(bench.google).form(NAME, "")
        made = subject(NAME, wanted, form_tags(NAME, 2022, REGIME_ID), (ANYONE,))
        return form_plan(bench.google, deployed, made, Allowed())

    made = plan(renamed)
    assert made.plan.changes == ()
    assert set(made.tags) == {"cchc_k00"}
    apply_form(bench.google, made)
    (stake,) = plan(replace(compiled, items=compiled.items[:1], questions={})).plan.at_stake
    assert (stake.name, stake.column) == ("ten_moi", "Một")
