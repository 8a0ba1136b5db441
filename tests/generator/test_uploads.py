"""Forms copied from a template, for the file upload questions on it (facts 3, 3.1, 1.11)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import requests

from cchc_gforms.errors import CchcError, GoogleError
from cchc_gforms.generator.apply import apply_form
from cchc_gforms.generator.form_plan import FormPlan, form_plan, subject
from cchc_gforms.generator.plan import Allowed
from cchc_gforms.generator.template import make_template
from cchc_gforms.google.address import Address
from cchc_gforms.google.client import Google
from cchc_gforms.google.credentials import Identity
from cchc_gforms.google.deployed import from_tags
from cchc_gforms.google.registry import ANYONE, Registry, form_tags
from cchc_gforms.local_google.serve import Running
from cchc_gforms.spec.compile import compile_form
from cchc_gforms.spec.ids import question_id as id_of_key
from cchc_gforms.spec.model import FormSpec
from tests.generator.live import clear_log, form, forms_in_drive, log
from tests.generator.uploading import add_upload, change_upload, restore_folders

NAME = "minh_chung_phieu/2022-h1"
REGIME_ID = "260/GDĐT"
NOTHING = Allowed()
TEXT = {"key": "so_hieu", "type": "text", "title": "Số hiệu"}
SCAN = {"key": "ban_scan", "type": "file_upload", "title": "Bản scan"}
REMARK = {"key": "ghi_chu", "type": "paragraph", "title": "Ghi chú"}


def spec_of(*items: dict[str, Any], **more: Any) -> FormSpec:
    return FormSpec.model_validate(
        {
            "name": NAME,
            "document": "minh_chung_phieu",
            "period": "2022-h1",
            "title": "Minh chứng",
            "description": "",
            "collect_email": "verified",
            "template": "minh_chung",
            "sections": [{"key": "trang", "title": "Trang", "items": items}],
            **more,
        }
    )


@dataclass
class Bench:
    server: Running
    google: Google

    def template(self, *titles: str) -> str:
        """The template with upload questions of these titles."""
        form_id = make_template(self.google, "minh_chung").form_id
        for place, title in enumerate(titles):
            add_upload(self.server, form_id, title, place)
        return form_id

    def plan(self, spec: FormSpec, allowed: Allowed = NOTHING) -> FormPlan:
        tags = form_tags(NAME, 2022, REGIME_ID)
        wanted = subject(NAME, compile_form(spec), tags, (ANYONE,), spec.template)
        registry = Registry.look_up(self.google)
        deployed = registry.form(NAME, wanted.document_title)
        template = registry.template(spec.template or "")
        return form_plan(self.google, deployed, wanted, allowed, template)

    def apply(self, spec: FormSpec, allowed: Allowed = NOTHING) -> str:
        return apply_form(self.google, self.plan(spec, allowed)).form_id

    def titles(self, form_id: str) -> list[str]:
        return [item["title"] for item in form(self.server, form_id)["items"]]

    def upload(self, form_id: str) -> dict[str, Any]:
        (item,) = (
            one
            for one in form(self.server, form_id)["items"]
            if "fileUploadQuestion" in one.get("questionItem", {}).get("question", {})
        )
        return dict(item)

    def keys(self) -> dict[str, str]:
        """What the form's tags say of its questions."""
        file = Registry.look_up(self.google).form(NAME, "")
        assert file is not None
        return {id: key for id, key in from_tags(file.tags, id_of_key).items() if key}


@pytest.fixture
def bench(empty: Running) -> Iterator[Bench]:
    nobody = Identity(Path("none"), Path("none"))
    google = Google(nobody, Address.parse(empty.url), sleep=lambda _: None)
    yield Bench(empty, google)
    google.close()


def question_id(item: dict[str, Any]) -> str:
    found: str = item["questionItem"]["question"]["questionId"]
    return found


def test_the_template_is_made_once(bench: Bench) -> None:
    made = make_template(bench.google, "minh_chung")
    again = make_template(bench.google, "minh_chung")
    assert (made.made, again.made, again.form_id) == (True, False, made.form_id)
    (file,) = forms_in_drive(bench.server)
    assert file["name"] == "Mẫu minh_chung"
    assert file["appProperties"] == {"cchc": "template", "cchc_template": "minh_chung"}


def test_a_form_is_copied_and_filled_in_around_the_upload_question(bench: Bench) -> None:
    template_id = bench.template("Bản scan")
    scan = bench.upload(template_id)
    clear_log(bench.server)
    form_id = bench.apply(spec_of(TEXT, SCAN, REMARK))
    assert Counter(entry["method_id"] for entry in log(bench.server)) == {
        "drive.files.list": 1,
        "forms.forms.get": 2,  # the template as planned on, the copy as it is
        "drive.files.copy": 1,
        "forms.forms.batchUpdate": 1,
        "forms.forms.setPublishSettings": 1,
        "drive.permissions.create": 1,
        "drive.files.update": 1,
    }
    made = form(bench.server, form_id)
    assert made["info"] == {"title": "Minh chứng", "documentTitle": "Minh chứng"}
    assert made["settings"] == {"emailCollectionType": "VERIFIED"}
    assert bench.titles(form_id) == ["Trang", "Số hiệu", "Bản scan", "Ghi chú"]
    assert bench.upload(form_id)["itemId"] == scan["itemId"]
    assert bench.keys()[question_id(scan)] == "ban_scan"
    (tags,) = (one["appProperties"] for one in forms_in_drive(bench.server) if one["id"] == form_id)
    assert (tags["cchc"], tags["cchc_form"], "cchc_template" in tags) == ("form", NAME, False)
    assert bench.titles(template_id) == ["Bản scan"]
    assert not bench.plan(spec_of(TEXT, SCAN, REMARK)).has_work


def test_everything_around_it_changes_and_it_stays(bench: Bench) -> None:
    bench.template("Bản scan")
    form_id = bench.apply(spec_of(TEXT, SCAN, REMARK))
    scan = bench.upload(form_id)
    day = {"key": "ngay", "type": "date", "title": "Ngày ký"}
    number = {**TEXT, "title": "Số văn bản", "required": True}
    after = spec_of(day, {**REMARK, "title": "Ý kiến"}, SCAN, description="Lời dẫn.")
    before = spec_of(day, number, SCAN, REMARK)
    bench.apply(before)
    assert bench.titles(form_id) == ["Trang", "Ngày ký", "Số văn bản", "Bản scan", "Ghi chú"]
    bench.apply(after, Allowed(remove=frozenset({"so_hieu"})))
    assert bench.titles(form_id) == ["Trang", "Ngày ký", "Ý kiến", "Bản scan"]
    assert bench.upload(form_id) == scan
    assert not bench.plan(after).has_work


def test_two_of_them_are_told_apart_by_their_titles(bench: Bench) -> None:
    template_id = bench.template("Bản scan", "Ảnh")
    photo = {"key": "anh", "type": "file_upload", "title": "Ảnh"}
    form_id = bench.apply(spec_of(SCAN, TEXT, photo))
    assert bench.titles(form_id) == ["Trang", "Bản scan", "Số hiệu", "Ảnh"]
    first, second = (item for item in form(bench.server, template_id)["items"])
    keys = bench.keys()
    assert (keys[question_id(first)], keys[question_id(second)]) == ("ban_scan", "anh")


@pytest.mark.parametrize(
    ("items", "says"),
    [
        ([SCAN, TEXT], "“Bản scan” không đúng chỗ: kéo nó lên ngay sau “Trang”"),
        ([TEXT, {**SCAN, "title": "Bản chụp"}], "phải có tên “Bản chụp”"),
        ([TEXT, {**SCAN, "help": "Một tệp PDF."}], "phải có mô tả “Một tệp PDF.”"),
        ([TEXT, {**SCAN, "required": True}], "phải bắt buộc"),
        (
            [TEXT, SCAN, {"key": "anh", "type": "file_upload", "title": "Ảnh"}],
            "chưa có câu hỏi tải tệp lên “Ảnh”",
        ),
    ],
    ids=["another place", "another title", "a help", "required", "one more"],
)
def test_what_only_a_person_can_do_to_it_is_told(
    bench: Bench, items: Sequence[dict[str, Any]], says: str
) -> None:
    bench.template("Bản scan")
    bench.apply(spec_of(TEXT, SCAN))
    (line,) = bench.plan(spec_of(*items)).by_hand
    assert says in line


def test_when_the_person_has_done_it_the_plan_goes_on(bench: Bench) -> None:
    bench.template("Bản scan")
    form_id = bench.apply(spec_of(TEXT, SCAN))
    wanted = spec_of(TEXT, {**SCAN, "title": "Bản chụp", "help": "Một tệp PDF."}, REMARK)
    assert bench.plan(wanted).by_hand
    change_upload(bench.server, form_id, title="Bản chụp", description="Một tệp PDF.")
    assert bench.apply(wanted) == form_id
    assert bench.titles(form_id) == ["Trang", "Số hiệu", "Bản chụp", "Ghi chú"]


def test_what_the_spec_does_not_say_is_the_persons(bench: Bench) -> None:
    bench.template("Bản scan")
    form_id = bench.apply(spec_of(TEXT, SCAN))
    change_upload(bench.server, form_id, description="Một tệp PDF.")
    plan = bench.plan(spec_of(TEXT, SCAN))
    assert (plan.has_work, plan.by_hand) == (False, ())


def test_a_form_that_is_there_takes_one_that_a_person_added(bench: Bench) -> None:
    """No copy: answers that came in stay where they are."""
    form_id = bench.apply(spec_of(TEXT, template=None))
    wanted = spec_of(TEXT, SCAN, REMARK)
    assert bench.plan(wanted).by_hand
    item = add_upload(bench.server, form_id, "Bản scan", 2)
    assert bench.apply(wanted) == form_id
    assert bench.titles(form_id) == ["Trang", "Số hiệu", "Bản scan", "Ghi chú"]
    assert bench.keys()[question_id(item)] == "ban_scan"


def test_another_key_is_the_same_question(bench: Bench) -> None:
    bench.template("Bản scan")
    form_id = bench.apply(spec_of(TEXT, SCAN))
    change_upload(bench.server, form_id, title="Bản chụp")
    renamed = {**SCAN, "key": "ban_chup", "title": "Bản chụp"}
    wanted = spec_of(TEXT, renamed, moved={"ban_chup": "ban_scan"})
    bench.apply(wanted)
    assert bench.keys()[question_id(bench.upload(form_id))] == "ban_chup"
    assert not bench.plan(wanted).has_work


def test_taken_out_of_the_spec_it_goes_only_when_named(bench: Bench) -> None:
    bench.template("Bản scan")
    form_id = bench.apply(spec_of(TEXT, SCAN))
    (lost,) = bench.plan(spec_of(TEXT)).plan.at_stake
    assert (lost.name, lost.column) == ("ban_scan", "Bản scan")
    bench.apply(spec_of(TEXT), Allowed(remove=frozenset({"ban_scan"})))
    assert bench.titles(form_id) == ["Trang", "Số hiệu"]


def test_without_a_template_nothing_is_made(bench: Bench) -> None:
    (line,) = bench.plan(spec_of(TEXT, SCAN)).by_hand
    assert "cchc forms template minh_chung" in line
    assert forms_in_drive(bench.server) == []


def test_a_template_without_the_question_makes_no_copy(bench: Bench) -> None:
    bench.template("Bản chụp")
    plan = bench.plan(spec_of(TEXT, SCAN))
    assert plan.by_hand[0].startswith(
        "trên “Mẫu minh_chung”: chưa có câu hỏi tải tệp lên “Bản scan”"
    )
    assert len(forms_in_drive(bench.server)) == 1


def test_a_template_that_changed_after_the_plan_is_told(bench: Bench) -> None:
    template_id = bench.template("Bản scan")
    plan = bench.plan(spec_of(TEXT, SCAN))
    change_upload(bench.server, template_id, title="Bản chụp")
    with pytest.raises(CchcError, match="vừa bị sửa"):
        apply_form(bench.google, plan)
    change_upload(bench.server, template_id, title="Bản scan")
    copy_id = next(one["id"] for one in forms_in_drive(bench.server) if one["id"] != template_id)
    change_upload(bench.server, copy_id, title="Bản scan")
    assert bench.apply(spec_of(TEXT, SCAN)) == copy_id


def test_a_template_may_be_named_by_its_id(bench: Bench) -> None:
    template_id = bench.template("Bản scan")
    form_id = bench.apply(spec_of(TEXT, SCAN, template=template_id))
    assert form_id != template_id
    assert bench.titles(form_id) == ["Trang", "Số hiệu", "Bản scan"]


def test_a_copy_that_still_has_its_templates_tags_is_finished(bench: Bench) -> None:
    """Should Google copy the tags and not take those sent along."""
    template_id = bench.template("Bản scan")
    copying = bench.google.drive.files().copy(fileId=template_id, body={"name": "Minh chứng"})
    copy_id = bench.google.execute(copying)["id"]
    assert bench.apply(spec_of(TEXT, SCAN)) == copy_id
    tags = {one["id"]: one["appProperties"] for one in forms_in_drive(bench.server)}
    assert tags[copy_id]["cchc_form"] == NAME
    assert "cchc_template" not in tags[copy_id]
    assert tags[template_id] == {"cchc": "template", "cchc_template": "minh_chung"}


def live(bench: Bench, form_id: str) -> Any:
    """What Google holds, but for ids and revisions of the form."""
    made = form(bench.server, form_id)
    return {name: made[name] for name in ("info", "settings", "items", "publishSettings")}


@pytest.mark.parametrize("kind", ["before", "after", "429"])
def test_cut_off_at_any_call_the_next_apply_finishes_the_same_form(bench: Bench, kind: str) -> None:
    wanted = spec_of(TEXT, SCAN, REMARK)
    faults = f"{bench.server.url}/_control/faults"
    failed = 0
    for call in range(9):
        requests.post(f"{bench.server.url}/_control/reset", timeout=5).raise_for_status()
        Registry.look_up(bench.google)  # our token is of no use after that: a new one is asked for
        template_id = bench.template("Bản scan")
        clear_log(bench.server)
        cut = [{"nth": call, "drop": True, "after": kind == "after"}]
        if kind == "429":
            cut = [{"nth": call + again, "status": 429} for again in range(8)]
        requests.post(faults, json=cut if call else [], timeout=5).raise_for_status()
        try:
            bench.apply(wanted)
        except GoogleError:
            failed += 1
        if call == 0:
            assert len(log(bench.server)) == 8
        requests.post(faults, json=[], timeout=5).raise_for_status()
        form_id = bench.apply(wanted)
        assert {one["id"] for one in forms_in_drive(bench.server)} == {template_id, form_id}
        found = live(bench, form_id)
        assert [item["title"] for item in found["items"]] == [
            "Trang",
            "Số hiệu",
            "Bản scan",
            "Ghi chú",
        ]
        state = {"isPublished": True, "isAcceptingResponses": True}
        assert found["publishSettings"] == {"publishState": state}
        assert bench.keys()[question_id(bench.upload(form_id))] == "ban_scan"
        assert not bench.plan(wanted).has_work
    assert failed >= 5


def test_a_strangers_upload_is_kept(bench: Bench) -> None:
    form_id = bench.apply(spec_of(TEXT, template=None))
    add_upload(bench.server, form_id, "Của người khác", 0)
    bench.apply(spec_of(TEXT, REMARK, template=None))
    assert "Của người khác" in bench.titles(form_id)
    restore_folders(bench.server, form_id)
    assert bench.plan(spec_of(TEXT, REMARK, template=None)).by_hand == ()
