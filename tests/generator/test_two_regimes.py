"""Two regimes in one Google account: whose a form or a spreadsheet is."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from cchc_gforms.cli.main import run
from cchc_gforms.google.registry import Registry
from cchc_gforms.local_google.serve import Running
from tests.generator.live import FORMS, google_at, spec_copy
from tests.office import YEAR, cchc

OURS, THEIRS = "260/GDĐT", "99/PGD"
NUMBER = f"number: {OURS}"


@pytest.fixture
def neighbour(tmp_path: Path) -> tuple[str, ...]:
    """The options of another office: another dispatch, other reviewers, a log of its own."""
    edits = (f"{NUMBER}\n", f"number: {THEIRS}\n")
    specs = spec_copy(tmp_path / "neighbour", regime=edits)
    regime = specs / "regime.yaml"
    regime.write_text(regime.read_text("utf-8").replace("@phonggd", "@lang-gieng"), "utf-8")
    return "--spec", str(specs), "--store", str(tmp_path / "neighbour.sqlite")


def apply(*more: str) -> dict[str, Any]:
    return cchc("forms", "apply", "--yes", *YEAR, *more)


def files(server: Running) -> dict[str, Any]:
    """All that is in Drive, by id: whose it is, which version, who may answer."""
    with google_at(server) as google:
        found = Registry.look_up(google)
    return {
        one.id: (one.tags.get("cchc_regime"), one.version, sorted(one.responders))
        for one in (*found.forms, *found.spreadsheets)
    }


def untag(server: Running) -> None:
    """Files as they were made before they said whose they are."""
    with google_at(server) as google:
        for id in files(server):
            body: Any = {"appProperties": {"cchc_regime": None}}
            google.execute(google.drive.files().update(fileId=id, body=body))


def test_neither_of_two_regimes_touches_what_the_other_has(
    empty: Running, neighbour: tuple[str, ...]
) -> None:
    """Both have the same year, and forms of the same names and titles."""
    ours = apply()
    before = files(empty)
    theirs = apply(*neighbour)
    assert {one["done"] for one in theirs["forms"]} == {"created"}
    after = files(empty)
    assert {id: after[id] for id in before} == before
    assert len(after) == 2 * len(before) == 2 * (FORMS + 1)
    assert {one["form_id"] for one in ours["forms"]}.isdisjoint(
        one["form_id"] for one in theirs["forms"]
    )
    assert cchc("forms", "plan", *YEAR)["left_over"] == []
    cchc("forms", "plan", *YEAR, *neighbour)
    assert apply()["responses"] == ours["responses"]
    assert apply(*neighbour)["responses"] == theirs["responses"]
    assert files(empty) == after
    by_name = {one["name"]: one["form_id"] for one in theirs["forms"]}
    whose, _, people = after[by_name["processing/2022"]]
    assert (whose, people) == (THEIRS, ["duyet1@lang-gieng.example", "duyet2@lang-gieng.example"])


def test_status_links_close_and_the_roster_keep_to_their_own_regime(
    empty: Running, neighbour: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    apply()
    shared = cchc("regime", "roster", "push", *YEAR)["id"]
    spec = neighbour[:2]
    told = cchc("forms", "status", *YEAR, *spec)
    assert {one["form_id"] for one in told["forms"]} == {None}
    name = "periodic_report/2022-h1"
    assert run(["forms", "close", name, *YEAR, *spec]) == 1
    assert run(["forms", "links", name, *YEAR, *neighbour]) == 1
    assert run(["harvest", *YEAR, *neighbour]) == 1
    assert capsys.readouterr().err.count("chưa có biểu mẫu") == 3
    assert cchc("regime", "roster", "push", *YEAR, *spec)["id"] != shared


def test_a_dashboard_is_of_one_regime(empty: Running, neighbour: tuple[str, ...]) -> None:
    for office in ((), neighbour):
        apply(*office)
        cchc("period", "open", "--all", *YEAR, *office)
    ours = cchc("dashboard", "publish", *YEAR)
    theirs = cchc("dashboard", "publish", *YEAR, *neighbour)
    assert theirs["spreadsheet_id"] != ours["spreadsheet_id"]
    assert cchc("dashboard", "publish", *YEAR)["spreadsheet_id"] == ours["spreadsheet_id"]


def test_files_of_before_are_ours_and_say_so_after_the_next_apply(
    empty: Running, neighbour: tuple[str, ...]
) -> None:
    made = apply()
    roster = cchc("regime", "roster", "push", *YEAR)["id"]
    untag(empty)
    told = cchc("forms", "plan", *YEAR, code=3)
    assert {one["done"] for one in told["forms"]} == {"change"}
    assert sorted(told["unclaimed"]) == sorted([roster, made["responses"]["id"]])
    again = apply()
    assert [one["form_id"] for one in again["forms"]] == [one["form_id"] for one in made["forms"]]
    assert {whose for whose, *_ in files(empty).values()} == {OURS}
    assert cchc("forms", "plan", *YEAR)["unclaimed"] == []
    assert {one["done"] for one in apply(*neighbour)["forms"]} == {"created"}


def test_a_corrected_number_of_the_dispatch_keeps_its_forms_by_an_id(
    empty: Running, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    apply()
    corrected = spec_copy(tmp_path / "corrected", regime=(NUMBER, "number: 261/GDĐT"))
    assert run(["forms", "plan", *YEAR, "--spec", str(corrected)]) == 3
    assert f"`id: {OURS}`" in " ".join(capsys.readouterr().out.split())
    regime = corrected / "regime.yaml"
    regime.write_text(f"id: {OURS}\n" + regime.read_text("utf-8"), "utf-8")
    told = cchc("forms", "plan", *YEAR, "--spec", str(corrected), code=3)
    assert "create" not in {one["done"] for one in told["forms"]}  # the number is in their texts
    assert told["other_regimes"] == []


def test_the_log_of_one_regime_is_refused_to_another_before_anything_is_made(
    empty: Running, neighbour: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    """Units and documents are called alike: theirs would count as ours."""
    apply()
    cchc("period", "open", "--all", *YEAR)
    before = files(empty)
    for command in (["forms", "apply", "--yes"], ["period", "open", "--all"], ["harvest"]):
        assert run([*command, *YEAR, *neighbour[:2]]) == 1
        told = capsys.readouterr().err
        assert f"của chế độ “{OURS}”, không phải “{THEIRS}”" in told
        assert "CCHC_STORE" in told
    assert files(empty) == before
    assert cchc("harvest", *YEAR)["new_events"] == 0


def test_a_log_without_events_is_anybodys(empty: Running, neighbour: tuple[str, ...]) -> None:
    specs, store = neighbour[:2], neighbour[2:]
    assert run(["harvest", *YEAR, *store]) == 1  # there is nothing to harvest yet
    assert cchc("period", "open", "--all", *YEAR, *specs, *store)["opened"]
