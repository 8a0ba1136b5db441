"""Building forms at a local Google: how many calls, and what a fault half-way leaves."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import requests

from cchc_gforms.cli.main import run
from cchc_gforms.google.address import Address
from cchc_gforms.google.client import Google
from cchc_gforms.google.credentials import Identity
from cchc_gforms.local_google.serve import Running
from tests.office import SPECS, YEAR, cchc, local_google


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Running]:
    with local_google(tmp_path, seed=11) as server:
        yield server


def log(server: Running) -> list[dict[str, Any]]:
    entries: list[dict[str, Any]] = requests.get(f"{server.url}/_control/log", timeout=5).json()
    return entries


def break_at(server: Running, **fault: Any) -> None:
    requests.post(f"{server.url}/_control/faults", json=[fault], timeout=5).raise_for_status()


def forms_in_drive(server: Running) -> list[dict[str, Any]]:
    google = Google(Identity(Path("none"), Path("none")), Address.parse(server.url))
    query = "mimeType = 'application/vnd.google-apps.form'"
    found = [dict(file) for file in google.list_files(query, "id,name,appProperties")]
    google.close()
    return found


def live_forms(server: Running) -> list[dict[str, Any]]:
    """What Google holds, but for ids and revisions, which differ from one making to the next."""
    google = Google(Identity(Path("none"), Path("none")), Address.parse(server.url))
    query = "mimeType = 'application/vnd.google-apps.spreadsheet'"
    for file in google.list_files(query, "id"):
        settings = google.sheets.open_by_key(file["id"])
        assert (settings.locale, settings.timezone) == ("vi_VN", "Asia/Ho_Chi_Minh")
    forms = []
    for file in forms_in_drive(server):
        form: Any = google.execute(google.forms.forms().get(formId=file["id"]))
        own = {k: form[k] for k in ("info", "settings", "items", "publishSettings")}
        forms.append({**own, "tags": file["appProperties"]})
    google.close()
    return sorted(forms, key=lambda form: str(form["info"]["title"]))


def test_a_form_takes_one_create_one_batch_one_publish_and_its_grants(server: Running) -> None:
    cchc("forms", "apply", *YEAR)
    calls = Counter(entry["method_id"] for entry in log(server))
    assert calls == {
        "drive.files.list": 1,  # one look-up for all
        "forms.forms.create": 11,
        "forms.forms.batchUpdate": 11,
        "forms.forms.setPublishSettings": 11,
        "drive.permissions.create": 10 + 2,  # anyone; the processing form: two reviewers
        "drive.files.update": 11,  # the tag, in the same HTTP batch as the grants
        "drive.files.create": 1,  # the spreadsheet for the answers
        "sheets.spreadsheets.get": 1,
        "sheets.spreadsheets.batchUpdate": 1,  # its locale and time zone
    }


def test_nothing_to_do_takes_one_look_up_and_one_get_a_form(server: Running) -> None:
    cchc("forms", "apply", *YEAR)
    requests.delete(f"{server.url}/_control/log", timeout=5)
    again = cchc("forms", "apply", *YEAR)
    assert {form["done"] for form in again["forms"]} == {"unchanged"}
    calls = Counter(entry["method_id"] for entry in log(server))
    assert calls == {"drive.files.list": 1, "forms.forms.get": 11, "sheets.spreadsheets.get": 1}


def test_a_new_wording_is_one_batch_and_keeps_every_id(server: Running, tmp_path: Path) -> None:
    first = cchc("forms", "apply", *YEAR)
    before = live_forms(server)
    specs = tmp_path / "specs"
    copy_specs(specs)
    report = specs / "periodic_report.yaml"
    text = report.read_text("utf-8").replace("title: 2. Khó khăn, vướng mắc", "title: 2. Khó khăn")
    report.write_text(text, "utf-8")
    requests.delete(f"{server.url}/_control/log", timeout=5)
    second = cchc("forms", "apply", *YEAR, "--spec", str(specs))
    assert [form["form_id"] for form in second["forms"]] == [
        form["form_id"] for form in first["forms"]
    ]
    assert [form["changes"] for form in second["forms"]] == [0, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0]
    calls = Counter(entry["method_id"] for entry in log(server))
    assert calls["forms.forms.batchUpdate"] == 4
    assert [ids(form) for form in live_forms(server)] == [ids(form) for form in before]


def ids(form: dict[str, Any]) -> list[tuple[str, str]]:
    return [
        (item["itemId"], item.get("questionItem", {}).get("question", {}).get("questionId", ""))
        for item in form["items"]
    ]


def copy_specs(target: Path) -> None:
    for source in SPECS.rglob("*"):
        if source.is_file():
            copy = target / source.relative_to(SPECS)
            copy.parent.mkdir(parents=True, exist_ok=True)
            copy.write_bytes(source.read_bytes())


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
        cchc("forms", "apply", *YEAR)
        return live_forms(server)


@pytest.mark.parametrize("done", [False, True], ids=["before it is done", "after it is done"])
@pytest.mark.parametrize("call", CALLS)
def test_a_connection_lost_at_any_call_is_made_good_by_the_next_apply(
    server: Running, undisturbed: list[dict[str, Any]], call: str, done: bool
) -> None:
    break_at(server, method_id=call, nth=1, drop=True, after=done)
    assert run(["forms", "apply", *YEAR]) == 1
    break_at(server, method_id="none")
    cchc("forms", "apply", *YEAR)
    assert live_forms(server) == undisturbed


def test_a_stranger_question_on_the_form_is_named_and_left_alone(server: Running) -> None:
    made = cchc("forms", "apply", *YEAR)
    google = Google(Identity(Path("none"), Path("none")), Address.parse(server.url))
    question: Any = {"question": {"textQuestion": {}}}
    item = {"title": "Thêm bằng tay", "questionItem": question}
    body: Any = {"requests": [{"createItem": {"item": item, "location": {"index": 3}}}]}
    form_id = made["forms"][0]["form_id"]
    google.execute(google.forms.forms().batchUpdate(formId=form_id, body=body))
    google.close()
    again = cchc("forms", "apply", *YEAR)
    assert again["forms"][0]["done"] == "unchanged"
    assert again["forms"][0]["strangers"] == ["Thêm bằng tay"]


def test_a_wrong_spec_sends_nothing(
    server: Running, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    specs = tmp_path / "specs"
    copy_specs(specs)
    (specs / "processing.yaml").write_text("title: x\nsectoins: []\n", "utf-8")
    (specs / "units.csv").write_text("code,name\nMN01,Trường Mẫu\n", "utf-8")
    assert run(["forms", "apply", *YEAR, "--spec", str(specs)]) == 1
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
    assert run(["forms", "apply", *YEAR]) == 1
    complaint = capsys.readouterr().err
    assert complaint.count("\n") == 1
    assert address in complaint
    assert "cchc local serve" in complaint
