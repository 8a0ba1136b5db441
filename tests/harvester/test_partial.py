"""One form that cannot be read does not hold up the others."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
import requests

from cchc_gforms.cli.main import run as run_command
from cchc_gforms.google.address import Address
from cchc_gforms.google.client import Google
from cchc_gforms.google.credentials import Identity
from cchc_gforms.harvester.harvest import harvest
from cchc_gforms.harvester.tally import Harvest
from cchc_gforms.spec.load import load_all
from cchc_gforms.store.log import EventLog
from tests.generator.live import google_at
from tests.office import H1, SPECS, YEAR, Bureau, local_google

MN01 = "MN01 – Trường Mầm non Mẫu 01"
HOME = "mn01@truong.example"
Q1 = "periodic_report/2022-q1"

Desk = tuple[Bureau, Callable[[], Harvest], EventLog]


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with (
        local_google(tmp_path, seed=3) as server,
        Bureau.at_work(server) as bureau,
        EventLog.open(f"sqlite:///{tmp_path / 'log.sqlite'}") as log,
    ):
        year, specs = load_all(SPECS, 2022)
        google = Google(
            Identity(Path("none"), Path("none")), Address.parse(server.url), sleep=lambda _: None
        )
        yield bureau, lambda: harvest(google, log, year, specs, print), log
        google.close()


def faults(bureau: Bureau, *those: dict[str, object]) -> None:
    address = f"{bureau.server.url}/_control/faults"
    requests.post(address, json=list(those), timeout=5).raise_for_status()


def test_a_form_that_is_refused_is_named_and_the_rest_is_stored(desk: Desk) -> None:
    bureau, run, log = desk
    bureau.at("2022-06-02 10:00")
    bureau.submit(Q1, MN01, HOME)
    bureau.submit(H1, MN01, HOME)
    bureau.at("2022-06-02 11:00")
    faults(bureau, {"path_prefix": f"/v1/forms/{bureau.form_id(H1)}/", "status": 403, "nth": 0})
    done = run()
    (failure,) = done.failed
    assert (failure.name, failure.title) == (H1, "Báo cáo CCHC 06 tháng đầu năm 2022")
    assert "Google trả lời 403" in failure.message
    assert (done.kinds, done.forms) == ({"version_seen": 1}, 10)
    assert [one.failed for one in log.harvests()] == [1]
    faults(bureau)
    bureau.at("2022-06-02 12:00")
    again = run()
    assert (again.kinds, again.failed) == ({"version_seen": 1}, ()), "its cursor had not moved"
    assert {event.source for event in log.events() if event.kind == "version_seen"} == {"both"}


def test_a_sheet_that_cannot_be_read_does_not_hold_up_the_answers(desk: Desk) -> None:
    """They are marked as not compared, not as missing in the Sheet."""
    bureau, run, log = desk
    bureau.at("2022-06-02 10:00")
    bureau.submit(H1, MN01, HOME)
    bureau.at("2022-06-02 11:00")
    faults(bureau, {"path_prefix": "/v4/", "status": 503, "nth": 0})
    done = run()
    (failure,) = done.failed
    assert failure.name == "responses"
    (event,) = [event for event in log.events() if event.kind == "version_seen"]
    assert event.source == "forms"
    faults(bureau)
    bureau.at("2022-06-02 12:00")
    again = run()
    assert (again.new, again.failed) == (0, ())


@pytest.mark.parametrize("source", ["both", "sheet"])
def test_a_spreadsheet_in_the_trash_is_named(
    desk: Desk, capsys: pytest.CaptureFixture[str], source: str
) -> None:
    """Not a word that all is well; out of the trash again, nothing was lost."""
    bureau, _, log = desk
    command = ["harvest", "--source", source, *YEAR]
    bureau.at("2022-06-02 10:00")
    assert run_command(command) == 0
    bureau.submit(H1, MN01, HOME)
    throw_away(bureau, trashed=True)
    bureau.at("2022-06-02 11:00")
    assert run_command(command) == (4 if source == "both" else 1), "1: nothing else was to be read"
    told = capsys.readouterr()
    assert "“bảng tính câu trả lời năm 2022”: không thấy trong Drive" in told.out + told.err
    assert log.harvests()[-1].failed == (1 if source == "both" else 0)
    throw_away(bureau, trashed=False)
    bureau.at("2022-06-02 12:00")
    assert run_command(command) == 0
    (event,) = [event for event in log.events() if event.kind == "version_seen"]
    assert event.at == datetime(2022, 6, 2, 3, tzinfo=UTC)


def throw_away(bureau: Bureau, *, trashed: bool) -> None:
    """The spreadsheet of the answers, into the trash or out of it."""
    with google_at(bureau.server) as google:
        id = bureau.applied["responses"]["id"]
        google.execute(google.drive.files().update(fileId=id, body={"trashed": trashed}))


def test_when_no_form_can_be_read_no_harvest_is_noted(desk: Desk) -> None:
    """Else the ledger would be as of a moment of which nobody knows what was sent till then."""
    bureau, run, log = desk
    bureau.at("2022-06-02 11:00")
    faults(bureau, {"path_prefix": "/v1/forms/", "status": 500, "nth": 0})
    done = run()
    assert (len(done.failed), done.forms) == (11, 0)
    assert log.harvests() == []
