"""The job: what one round tells and leaves with, and rounds until somebody asks to stop."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, get_args

import pytest
import requests

from cchc_gforms.cli.harvest_loop import Stopping, repeat
from cchc_gforms.cli.harvest_round import KINDS
from cchc_gforms.cli.main import run
from cchc_gforms.events import Event
from cchc_gforms.google.address import Address
from cchc_gforms.google.client import Google
from cchc_gforms.google.credentials import Identity
from cchc_gforms.harvester.harvest import harvest as run_harvest
from cchc_gforms.local_google.serve import Running
from cchc_gforms.spec.load import load_all
from cchc_gforms.store.log import EventLog
from cchc_gforms.store.turn import one_at_a_time
from tests.office import H1, SPECS, YEAR, Bureau, local_google

MN01 = "MN01 – Trường Mầm non Mẫu 01"
HOME = "mn01@truong.example"
STRANGE = "la@khac.example"


@pytest.fixture
def bureau(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Bureau]:
    monkeypatch.setenv("CCHC_SPEC", str(SPECS))
    with local_google(tmp_path, seed=3) as server, Bureau.at_work(server) as bureau:
        yield bureau


def break_at(server: Running, **fault: Any) -> None:
    requests.post(f"{server.url}/_control/faults", json=[fault], timeout=5).raise_for_status()


def harvest(capsys: pytest.CaptureFixture[str], *options: str) -> tuple[int, dict[str, Any]]:
    capsys.readouterr()
    code = run(["harvest", *YEAR, "--json", *options])
    told: dict[str, Any] = json.loads(capsys.readouterr().out)
    return code, told


def test_a_round_tells_what_came_of_it(bureau: Bureau, capsys: pytest.CaptureFixture[str]) -> None:
    bureau.at("2022-06-02 10:00")
    bureau.submit(H1, MN01, HOME)
    bureau.submit(H1, MN01, STRANGE)
    bureau.at("2022-06-02 11:00")
    code, told = harvest(capsys)
    assert (code, told["exit_code"]) == (0, 0)
    assert told["new_by_kind"] == {"version_seen": 2}
    assert (told["edited"], told["quarantined"], told["vanished"]) == (0, 1, 0)
    assert 0 < told["calls"] <= 3 + 11
    assert (told["failed"], told["published"], told["publish_error"]) == ([], None, None)


def test_people_read_it_in_words(bureau: Bureau, capsys: pytest.CaptureFixture[str]) -> None:
    bureau.at("2022-06-02 10:00")
    bureau.submit(H1, MN01, STRANGE)
    bureau.at("2022-06-02 11:00")
    capsys.readouterr()
    assert run(["harvest", *YEAR]) == 0
    said = capsys.readouterr().out
    assert "Đã đọc 1 câu trả lời: 1 lượt nộp.\n" in said
    assert run(["harvest", *YEAR, "--source", "sheet"]) == 0
    assert "Đã đọc trang tính: không có gì mới.\n" in capsys.readouterr().out
    assert "Trong đó: 1 lượt nộp từ địa chỉ lạ, chờ xác nhận" in said
    assert re.search(r"Đã gọi Google \d+ lần\. Sổ đầy đủ đến 02/06/2022 11:00:00\.\n", said)


def test_every_kind_of_event_that_a_harvest_brings_has_words() -> None:
    """`imported` comes from a file, never from a harvest."""
    kinds = {one.model_fields["kind"].default for one in get_args(Event)}
    assert set(KINDS) == kinds - {"imported"}


def test_a_form_that_cannot_be_read_is_exit_code_four(
    bureau: Bureau, capsys: pytest.CaptureFixture[str]
) -> None:
    break_at(bureau.server, path_prefix=f"/v1/forms/{bureau.form_id(H1)}/", status=403, nth=0)
    code, told = harvest(capsys)
    assert (code, told["exit_code"]) == (4, 4)
    assert [one["form"] for one in told["failed"]] == [H1]
    assert run(["harvest", *YEAR]) == 4
    assert "Không đọc được “Báo cáo CCHC 06 tháng đầu năm 2022”: Google trả lời 403" in (
        capsys.readouterr().out
    )


def test_when_no_form_can_be_read_nothing_is_done(
    bureau: Bureau, capsys: pytest.CaptureFixture[str]
) -> None:
    break_at(bureau.server, path_prefix="/v1/forms/", status=403, nth=0)
    code, told = harvest(capsys)
    assert (code, len(told["failed"])) == (1, 11)
    assert run(["harvest", *YEAR]) == 1
    (line,) = [one for one in capsys.readouterr().out.splitlines() if "Không đọc được" in one]
    assert "“Báo cáo CCHC quý I năm 2022”, “Báo cáo CCHC 06 tháng đầu năm 2022”" in line
    assert line.count("Google trả lời 403") == 1  # forms that say the same are told together


def test_a_form_that_takes_the_time_away_leaves_what_was_read(
    bureau: Bureau, tmp_path: Path
) -> None:
    """A quota that stays refused: the pauses of one form end with the time, those of others too."""
    bureau.at("2022-06-02 10:00")
    bureau.submit("periodic_report/2022-q1", MN01, HOME)
    bureau.at("2022-06-02 11:00")
    break_at(bureau.server, path_prefix=f"/v1/forms/{bureau.form_id(H1)}/", status=429, nth=0)
    time = Time()
    nobody, address = Identity(Path("none"), Path("none")), Address.parse(bureau.server.url)
    google = Google(nobody, address, time.sleep, lambda: time.now, seconds=30)
    year, specs = load_all(SPECS, 2022)
    with EventLog.open("sqlite://") as log:
        done = run_harvest(google, log, year, specs, lambda _: None)
    google.close()
    assert done.kinds["version_seen"] == 1
    assert [one.name for one in done.failed] == [H1]
    assert "hết thời gian cho phép (30 giây)" in done.failed[0].message
    assert 15 <= time.now < 30


def test_a_round_that_has_no_time_left_says_so(
    bureau: Bureau, capsys: pytest.CaptureFixture[str]
) -> None:
    """The first pause, of a second at least, would be over too late: none is made."""
    break_at(bureau.server, method_id="drive.files.list", status=429, nth=0)
    assert run(["harvest", *YEAR, "--max-time", "1s"]) == 1
    assert "hết thời gian cho phép (1 giây)" in capsys.readouterr().err


def test_a_log_for_lines_that_cannot_be_written_is_told_before_anything_is_done(
    bureau: Bureau, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").touch()
    wrong = (tmp_path / "file" / "log.jsonl", tmp_path / "log.sqlite", tmp_path)
    for file in wrong:
        capsys.readouterr()
        assert run(["harvest", *YEAR, "--log", str(file)]) == 2
        said = capsys.readouterr()
        assert "--log" in said.err
        assert str(file) in said.err
        assert said.out == ""


def test_a_log_that_is_begun_is_told(
    bureau: Bureau, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    new = str(tmp_path / "new.sqlite")
    capsys.readouterr()
    assert run(["harvest", *YEAR, "--json", "--store", new]) == 0
    said = capsys.readouterr()
    assert json.loads(said.out)["new_log"] == new
    assert f"đã bắt đầu sổ mới ở {new}" in said.err
    assert run(["harvest", *YEAR, "--store", new]) == 0
    said = capsys.readouterr()
    assert "sổ mới" not in (said.out + said.err).lower()
    assert run(["harvest", *YEAR, "--store", f"{new}2"]) == 0
    assert f"đã bắt đầu sổ mới ở {new}2" in capsys.readouterr().err


@pytest.mark.parametrize("is_there", [False, True], ids=["no file", "an empty file"])
def test_a_log_that_was_lost_is_not_begun_anew_silently(
    bureau: Bureau, tmp_path: Path, capsys: pytest.CaptureFixture[str], is_there: bool
) -> None:
    """The year's dashboard tells that there was one; `store rebuild` is asked for by name."""
    assert run(["dashboard", "publish", *YEAR]) == 0
    new = tmp_path / "new.sqlite"
    if is_there:
        new.touch()
    for _ in range(2):
        capsys.readouterr()
        assert run(["harvest", *YEAR, "--store", str(new)]) == 1
        said = capsys.readouterr()
        assert "sổ cũ bị mất, hoặc trỏ nhầm sổ" in said.err
        assert "sổ mới" not in said.err
    assert run(["store", "rebuild", *YEAR, "--store", str(new)]) == 0
    assert run(["harvest", *YEAR, "--store", str(new)]) == 0


def trashed(bureau: Bureau, *names: str) -> None:
    nobody, address = Identity(Path("none"), Path("none")), Address.parse(bureau.server.url)
    google = Google(nobody, address)
    for name in names:
        id = bureau.form_id(name)
        google.execute(google.drive.files().update(fileId=id, body={"trashed": True}))
    google.close()


def test_a_form_that_is_gone_is_looked_for_not_made_again(
    bureau: Bureau, capsys: pytest.CaptureFixture[str]
) -> None:
    """`forms apply` would make a new one, empty, while the answers are with the old one."""
    trashed(bureau, H1)
    code, told = harvest(capsys)
    assert (code, [one["form"] for one in told["failed"]]) == (4, [H1])
    assert "thùng rác của Drive" in told["failed"][0]["message"]
    assert not [one for one in told["remarks"] if "apply" in one]
    assert run(["forms", "plan", *YEAR]) == 3
    said = capsys.readouterr().err
    assert "“Báo cáo CCHC 06 tháng đầu năm 2022” đã được tạo mà nay không thấy" in said
    assert "quý III" not in said
    trashed(bureau, *{one["name"] for one in bureau.applied["forms"]})
    assert run(["harvest", *YEAR]) == 1
    said = capsys.readouterr().err
    assert "không còn thấy biểu mẫu nào của năm 2022" in said
    assert "đừng chạy `cchc forms apply`" in said


@pytest.mark.parametrize("status", [403, 404])
def test_an_account_that_lost_its_access_is_told_to_ask_the_owner(
    bureau: Bureau, capsys: pytest.CaptureFixture[str], status: int
) -> None:
    break_at(bureau.server, path_prefix="/", status=status, nth=0)
    capsys.readouterr()
    assert run(["harvest", *YEAR]) == 1
    said = capsys.readouterr().err
    assert f"Google trả lời {status}" in said
    assert "nhờ chủ tệp chia sẻ lại" in said
    assert "apply" not in said


def test_publishing_brings_the_dashboard_up_to_date(
    bureau: Bureau, capsys: pytest.CaptureFixture[str]
) -> None:
    code, told = harvest(capsys, "--publish")
    assert code == 0
    assert told["published"].startswith(f"{bureau.server.url}/spreadsheets/d/")


def test_a_dashboard_that_cannot_be_written_does_not_undo_the_harvest(
    bureau: Bureau, capsys: pytest.CaptureFixture[str]
) -> None:
    bureau.at("2022-06-02 10:00")
    bureau.submit(H1, MN01, HOME)
    bureau.at("2022-06-02 11:00")
    break_at(bureau.server, method_id="sheets.spreadsheets.batchUpdate", status=403, nth=0)
    code, told = harvest(capsys, "--publish")
    assert (code, told["published"]) == (4, None)
    assert "Google trả lời 403" in told["publish_error"]
    assert harvest(capsys)[1]["new_events"] == 0


def test_a_log_gets_a_line_of_json_a_round_whatever_became_of_it(
    bureau: Bureau, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "chưa có" / "thu thập.log"
    assert run(["harvest", *YEAR, "--log", str(file)]) == 0
    with one_at_a_time(f"sqlite:///{(tmp_path / 'log.sqlite').as_posix()}", 0):
        assert run(["harvest", *YEAR, "--wait", "0", "--log", str(file)]) == 5
    first, second = (json.loads(line) for line in file.read_text("utf-8").splitlines())
    assert (first["exit_code"], first["failed"]) == (0, [])
    assert second["exit_code"] == 5
    assert second["error"].startswith("một lượt thu thập khác đang chạy")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no disk that is always full")
def test_a_log_for_lines_that_fills_its_disk_takes_nothing_from_the_round(
    bureau: Bureau, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["harvest", *YEAR, "--log", "/dev/full"]) == 0
    said = capsys.readouterr()
    assert "Đã đọc 0 câu trả lời" in said.out
    assert "không ghi được /dev/full (đĩa đã đầy)" in said.err


def test_a_year_is_asked_for(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["harvest"]) == 2
    assert "--year" in capsys.readouterr().err


@pytest.mark.parametrize("said", ["15", "0m", "15 phút", "-1m", "1.5h", "30s"])
def test_what_is_no_interval_is_refused(said: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["harvest", *YEAR, "--every", said]) == 2
    assert "--every" in capsys.readouterr().err


class Time:
    """A clock that only sleeping moves."""

    def __init__(self) -> None:
        self.now = 0.0

    def sleep(self, seconds: float) -> None:
        self.now += seconds


@contextmanager
def quiet() -> Iterator[Stopping]:
    with Stopping(lambda: None) as stopping:
        yield stopping


def test_rounds_begin_an_interval_apart_and_a_long_one_delays_the_next() -> None:
    time, begun = Time(), list[float]()
    took = iter([10.0, 100.0, 0.0, 0.0])
    with quiet() as stopping:

        def one() -> None:
            begun.append(time.now)
            time.now += next(took)
            stopping.asked = len(begun) == 4

        repeat(one, 60, stopping, lambda: time.now, time.sleep)
    assert begun == [0, 60, 160, 220]


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_stops_between_rounds(number: signal.Signals) -> None:
    time, rounds = Time(), list[str]()
    before = signal.getsignal(number)
    with quiet() as stopping:

        def one() -> None:
            rounds.append("begun")
            signal.raise_signal(number)
            rounds.append("done")

        repeat(one, 60, stopping, lambda: time.now, time.sleep)
    assert rounds == ["begun", "done"]
    assert time.now == 0
    assert signal.getsignal(number) is before


def test_a_signal_while_waiting_stops_at_once() -> None:
    time, rounds = Time(), list[float]()

    def sleep(seconds: float) -> None:
        time.sleep(seconds)
        if time.now >= 5:
            signal.raise_signal(signal.SIGTERM)

    with quiet() as stopping:
        repeat(lambda: rounds.append(time.now), 900, stopping, lambda: time.now, sleep)
    assert rounds == [0]
    assert time.now == 5


@pytest.fixture
def interruptible() -> Iterator[None]:
    """As at a terminal; a shell's background job is deaf to Ctrl+C."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.usefixtures("interruptible")
def test_a_second_interrupt_does_not_wait_for_the_round() -> None:
    with quiet() as stopping:
        signal.raise_signal(signal.SIGINT)
        assert stopping.asked
        with pytest.raises(KeyboardInterrupt):
            signal.raise_signal(signal.SIGINT)


def test_the_loop_tells_a_line_a_round_goes_on_after_errors_and_ends_well(
    bureau: Bureau, tmp_path: Path
) -> None:
    """As Docker runs it: no terminal, stopped by SIGTERM. The first round fails."""
    break_at(bureau.server, method_id="drive.files.list", status=403, nth=1)
    code = "from cchc_gforms.cli.main import main; main()"
    job = subprocess.Popen(
        [sys.executable, "-c", code, "harvest", *YEAR, "--every", "1m"],
        env=dict(os.environ), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, bufsize=1,
    )  # fmt: skip
    assert job.stdout is not None
    first = json.loads(job.stdout.readline())
    job.send_signal(signal.SIGTERM)
    out, err = job.communicate(timeout=20)
    assert (first["exit_code"], job.returncode, out) == (1, 0, "")
    assert "Google trả lời 403" in first["error"]
    assert err == "Đang dừng; lượt đang chạy (nếu có) sẽ chạy xong.\n"


def status_of(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], *harvests: tuple[timedelta, int]
) -> tuple[int, dict[str, Any], str]:
    """Code, JSON and words of `cchc harvest status` after harvests so long ago, with so many
    forms failed."""
    file = tmp_path / "so.sqlite"
    with EventLog.open(f"sqlite:///{file.as_posix()}") as log:
        for age, failed in harvests:
            at = datetime.now(UTC) - age
            log.record_harvest(started_at=at, as_of=at, new=0, failed=failed)
    command = ["harvest", "status", *YEAR, "--spec", str(SPECS), "--store", str(file)]
    command += ["--older-than", "30m"]
    code = run([*command, "--json"])
    told = json.loads(capsys.readouterr().out)
    assert run(command) == code
    return code, told, capsys.readouterr().out


def minutes(count: int) -> timedelta:
    return timedelta(minutes=count)


def test_a_fresh_log_is_fine(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, told, said = status_of(tmp_path, capsys, (minutes(50), 0), (minutes(20), 0))
    assert (code, told["stale"], told["partial_since"]) == (0, False, 0)
    assert 20 * 60 <= told["age_seconds"] < 21 * 60
    assert "cách đây 20 phút" in said
    assert "cho phép 30 phút" in said


def test_a_log_older_than_the_schedule_allows_is_stale(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, told, said = status_of(tmp_path, capsys, (timedelta(days=2, hours=3), 0))
    assert (code, told["stale"]) == (3, True)
    assert "cách đây 2 ngày 3 giờ" in said
    assert "ĐÃ CŨ: chạy `cchc harvest --year 2022`" in said


def test_a_harvest_that_missed_a_form_is_not_the_last_good_one(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, told, said = status_of(
        tmp_path, capsys, (minutes(40), 0), (minutes(25), 1), (minutes(10), 2)
    )
    assert (code, told["partial_since"]) == (3, 2)
    assert "2 lượt không đọc được hết" in said


def test_good_rounds_that_are_alike_are_not_counted_as_bad(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Google's clock tells whole seconds: rounds soon after each other have the same `as_of`."""
    at = datetime.now(UTC) - minutes(5)
    with EventLog.open(f"sqlite:///{(tmp_path / 'so.sqlite').as_posix()}") as log:
        for _ in range(4):
            log.record_harvest(started_at=at, as_of=at, new=0)
    code, told, said = status_of(tmp_path, capsys)
    assert (code, told["partial_since"]) == (0, 0)
    assert "Từ đó đến nay" not in said


def test_a_harvest_of_another_year_keeps_no_log_fresh(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    at = datetime.now(UTC) - minutes(5)
    with EventLog.open(f"sqlite:///{(tmp_path / 'so.sqlite').as_posix()}") as log:
        log.record_harvest(started_at=at, as_of=at, new=0, year=2023)
    code, told, _ = status_of(tmp_path, capsys)
    assert (code, told["last_good"]) == (1, None)


def test_a_log_without_a_good_harvest_is_exit_code_one(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, told, said = status_of(tmp_path, capsys, (minutes(1), 1))
    assert (code, told["last_good"], told["stale"]) == (1, None, True)
    assert "Chưa có lượt thu thập nào" in said


def test_without_a_log_there_is_nothing_to_tell(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    store = ["--spec", str(SPECS), "--store", str(tmp_path / "none.sqlite")]
    assert run(["harvest", "status", *YEAR, *store]) == 1
    assert not (tmp_path / "none.sqlite").exists()
