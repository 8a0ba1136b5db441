"""Building forms at a local Google: how many calls, and what a fault half-way leaves."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from cchc_gforms.cli.main import run
from cchc_gforms.local_google.serve import Running
from tests.generator.live import FORMS, break_at, clear_log, edit, ids, live_forms, log, spec_copy
from tests.generator.live import copy_specs as copy_specs
from tests.office import YEAR, cchc, local_google


@pytest.fixture
def server(empty: Running) -> Running:
    return empty


def test_a_form_takes_one_create_one_batch_one_publish_and_its_grants(server: Running) -> None:
    cchc("forms", "apply", "--yes", *YEAR)
    calls = Counter(entry["method_id"] for entry in log(server))
    assert calls == {
        "drive.files.list": 1,  # one look-up for all
        "forms.forms.create": FORMS,
        "forms.forms.batchUpdate": FORMS,
        "forms.forms.setPublishSettings": FORMS,
        "drive.permissions.create": FORMS - 1 + 2,  # anyone; the processing form: two reviewers
        "drive.files.update": FORMS,  # the tag, in the same HTTP batch as the grants
        "drive.files.create": 1,  # the spreadsheet for the answers
        "sheets.spreadsheets.get": 1,
        "sheets.spreadsheets.batchUpdate": 1,  # its locale and time zone
    }


def test_nothing_to_do_takes_one_look_up_and_one_get_a_form(server: Running) -> None:
    cchc("forms", "apply", "--yes", *YEAR)
    clear_log(server)
    again = cchc("forms", "apply", "--yes", *YEAR)
    assert {form["done"] for form in again["forms"]} == {"unchanged"}
    calls = Counter(entry["method_id"] for entry in log(server))
    assert calls == {
        "drive.files.list": 1,
        "forms.forms.get": FORMS,
        "sheets.spreadsheets.get": 1,  # the spreadsheet for the answers, shared by all forms
        "sheets.spreadsheets.values.get": 1,  # and its list of the forms
    }


def test_a_new_wording_is_one_batch_and_keeps_every_id(server: Running, tmp_path: Path) -> None:
    first = cchc("forms", "apply", "--yes", *YEAR)
    before = live_forms(server)
    wording = ("title: 2. Khó khăn, vướng mắc", "title: 2. Khó khăn")
    specs = spec_copy(tmp_path / "specs", periodic_report=wording)
    clear_log(server)
    second = cchc("forms", "apply", "--yes", *YEAR, "--spec", str(specs))
    assert [form["form_id"] for form in second["forms"]] == [
        form["form_id"] for form in first["forms"]
    ]
    assert [form["changes"] for form in second["forms"]] == [0, 1, 1, 1, 1] + [0] * (FORMS - 5)
    calls = Counter(entry["method_id"] for entry in log(server))
    assert calls["forms.forms.batchUpdate"] == 4
    assert [ids(form) for form in live_forms(server)] == [ids(form) for form in before]


CALLS = (
    "forms.forms.create",
    "forms.forms.batchUpdate",
    "forms.forms.setPublishSettings",
    "drive.permissions.create",
    "drive.files.update",
    "drive.files.create",
    "sheets.spreadsheets.batchUpdate",
)


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, Any]]:
    with local_google(tmp_path_factory.mktemp("undisturbed"), seed=11) as server:
        cchc("forms", "apply", "--yes", *YEAR)
        return live_forms(server)


@pytest.mark.parametrize("done", [False, True], ids=["before it is done", "after it is done"])
@pytest.mark.parametrize("call", CALLS)
def test_a_connection_lost_at_any_call_is_made_good_by_the_next_apply(
    server: Running, undisturbed: list[dict[str, Any]], call: str, done: bool
) -> None:
    break_at(server, method_id=call, nth=1, drop=True, after=done)
    assert run(["forms", "apply", "--yes", *YEAR]) == 1
    break_at(server, method_id="none")
    cchc("forms", "apply", "--yes", *YEAR)
    assert live_forms(server) == undisturbed


def test_a_stranger_question_on_the_form_is_named_and_left_alone(server: Running) -> None:
    made = cchc("forms", "apply", "--yes", *YEAR)
    item = {"title": "Thêm bằng tay", "questionItem": {"question": {"textQuestion": {}}}}
    form_id = made["forms"][0]["form_id"]
    edit(server, form_id, {"createItem": {"item": item, "location": {"index": 3}}})
    again = cchc("forms", "apply", "--yes", *YEAR)
    assert again["forms"][0]["done"] == "unchanged"
    assert again["forms"][0]["strangers"] == ["Thêm bằng tay"]


def test_a_wrong_spec_sends_nothing(
    server: Running, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    specs = spec_copy(tmp_path / "specs")
    (specs / "processing.yaml").write_text("title: x\nsectoins: []\n", "utf-8")
    (specs / "units.csv").write_text("code,name\nMN01,Trường Mẫu\n", "utf-8")
    assert run(["forms", "apply", "--yes", *YEAR, "--spec", str(specs)]) == 1
    lines = capsys.readouterr().err.splitlines()
    places = [line.split(": ")[0] for line in lines[:-1]]
    assert "specs/processing.yaml:2:1" in places
    assert any(place.startswith("specs/units.csv:1") for place in places)
    assert log(server) == []


def test_no_server_is_one_line_that_says_so(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with local_google(tmp_path, seed=1) as server:
        address = server.url
    monkeypatch.setenv("CCHC_GOOGLE_URL", address)
    monkeypatch.setenv("CCHC_STORE", str(tmp_path / "log.sqlite"))
    monkeypatch.setenv("CCHC_TOKEN", str(tmp_path / "token.json"))
    assert run(["forms", "apply", "--yes", *YEAR]) == 1
    complaint = capsys.readouterr().err
    assert complaint.count("\n") == 1
    assert address in complaint
    assert "cchc local serve" in complaint
