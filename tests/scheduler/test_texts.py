"""What is written for each scheduler: golden files, and what the schedulers themselves say of it.

`CCHC_GOLDEN=write` rewrites the files.
"""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import xml.etree.ElementTree as ET
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath, PureWindowsPath

import pytest

from cchc_gforms.errors import CchcError
from cchc_gforms.scheduler import cron, systemd, windows
from cchc_gforms.scheduler.job import Job, Run, Standing, Write

GOLDEN = Path(__file__).parent / "golden"
FOLDER = "/home/thu/Phòng GDĐT 100% \"Q7\" $HOME 'x'"
JOB = Job(
    name="cchc-harvest-2022",
    title="Thu thập báo cáo CCHC năm 2022",
    command=("/opt/cchc gforms/bin/cchc", "harvest", "--year", "2022", "--spec", FOLDER),
    directory="/home/thu/Phòng GDĐT 100%",
    minutes=15,
)
ON_WINDOWS = Job(
    name="cchc-harvest-2022",
    title="Thu thập báo cáo CCHC năm 2022",
    command=(
        "C:\\Program Files\\Python\\pythonw.exe",
        "-c",
        "from cchc_gforms.cli.main import main; main()",
        "harvest",
        "--spec",
        "D:\\Phòng GDĐT & <Q7>\\",
    ),
    directory="D:\\Phòng GDĐT & <Q7>",
    minutes=60,
)
NOW = datetime(2026, 11, 24, 10, 7, 30, tzinfo=UTC)
START = datetime(2026, 11, 24, 10, 15)  # noqa: DTZ001 - as the machine's clock shows it
TEXTS = {
    "harvest.service": systemd.service(JOB),
    "harvest.timer": systemd.timer(JOB),
    "crontab": cron.lines(JOB),
    "task.xml": windows.task(ON_WINDOWS, START),
}


@pytest.mark.parametrize("name", TEXTS)
def test_the_text_is_the_golden_one(name: str) -> None:
    file = GOLDEN / name
    if os.environ.get("CCHC_GOLDEN") == "write":
        file.write_text(TEXTS[name], "utf-8")
    assert TEXTS[name] == file.read_text("utf-8")


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="no systemd here")
def test_systemd_finds_nothing_wrong_with_its_units(tmp_path: Path) -> None:
    program = tmp_path / "Phòng GDĐT 100% $x" / "cchc"
    program.parent.mkdir()
    program.write_text("#!/bin/sh\n", "utf-8")
    program.chmod(0o755)
    job = Job(JOB.name, JOB.title, (str(program), *JOB.command[1:]), str(program.parent), 15)
    files = [tmp_path / f"{JOB.name}.service", tmp_path / f"{JOB.name}.timer"]
    files[0].write_text(systemd.service(job), "utf-8")
    files[1].write_text(systemd.timer(job), "utf-8")
    done = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", *files],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")


def test_the_shell_gets_the_words_of_the_job_from_its_crontab_line() -> None:
    """Cron takes the backslash off `%` and gives the rest to sh."""
    line = cron.lines(JOB).splitlines()[1].replace("\\%", "%")
    when, command = line.split(" cd ", 1)
    assert when == "*/15 * * * *"
    assert shlex.split(command) == [JOB.directory, "&&", *JOB.command, ">/dev/null"]


def test_the_task_of_windows_is_xml_with_the_words_of_the_job() -> None:
    root = ET.fromstring(windows.task(ON_WINDOWS, START).partition("\n")[2])
    said = {element.tag.partition("}")[2]: element.text for element in root.iter()}
    assert said["Command"] == ON_WINDOWS.command[0]
    assert said["Arguments"] == (
        '-c "from cchc_gforms.cli.main import main; main()" harvest --spec '
        '"D:\\Phòng GDĐT & <Q7>\\\\"'
    )
    assert said["WorkingDirectory"] == "D:\\Phòng GDĐT & <Q7>"
    assert (said["Interval"], said["StartBoundary"]) == ("PT60M", "2026-11-24T10:15:00")


def test_the_task_is_passed_in_the_encoding_that_it_declares() -> None:
    write, run, _ = windows.install(ON_WINDOWS, PureWindowsPath("C:\\tam"), START)
    assert isinstance(write, Write)
    assert isinstance(run, Run)
    assert write.text.encode(write.encoding).startswith((b"\xff\xfe", b"\xfe\xff"))
    assert run.command == (
        *("schtasks", "/create", "/tn", "cchc-harvest-2022"),
        *("/xml", "C:\\tam\\cchc-harvest-2022.xml", "/f"),
    )


@pytest.mark.parametrize("said", ["a\nb", "a\x00", "a\x1b[1m"])
def test_control_characters_never_reach_a_scheduler(said: str) -> None:
    with pytest.raises(CchcError, match="ký tự điều khiển"):
        Job("x", "x", ("/bin/cchc", said), "/tmp", 15)


OTHERS = "MAILTO=thu@truong.example\n0 7 * * * echo chào\n"


def _table(minutes: int = 15, before: str = OTHERS) -> str:
    job = Job(JOB.name, JOB.title, JOB.command, JOB.directory, minutes)
    (step,) = cron.install(job, before)
    assert isinstance(step, Run)
    return step.stdin or ""


def test_the_other_lines_of_a_crontab_stay() -> None:
    table = _table()
    assert table == OTHERS + cron.lines(JOB)
    assert _table(before=table) == table
    (step,) = cron.remove(JOB.name, table + "# cuối\n")
    assert isinstance(step, Run)
    assert step.stdin == OTHERS + "# cuối\n"


def test_the_line_before_keeps_its_own_line() -> None:
    assert _table(before="0 7 * * * x") == "0 7 * * * x\n" + cron.lines(JOB)


NEXT = {
    1: "24/11/2026 10:08:00",
    15: "24/11/2026 10:15:00",
    30: "24/11/2026 10:30:00",
    60: "24/11/2026 11:00:00",
    180: "24/11/2026 12:00:00",
    1440: "25/11/2026 00:00:00",
}


@pytest.mark.parametrize(("minutes", "following"), NEXT.items())
def test_a_crontab_tells_how_often_and_when_next(minutes: int, following: str) -> None:
    assert cron.standing(JOB.name, _table(minutes), NOW) == Standing(minutes, next=following)


def test_a_line_that_somebody_changed_is_installed_all_the_same() -> None:
    table = _table().replace("*/15 *", "7 3")
    assert cron.standing(JOB.name, table, datetime.now(UTC)) == Standing(None)
    assert cron.standing("cchc-harvest-2023", table, datetime.now(UTC)) is None


@pytest.mark.parametrize("minutes", [7, 45, 90, 300, 2880])
def test_what_cron_cannot_count_is_refused(minutes: int) -> None:
    with pytest.raises(CchcError, match="cron không lập được lịch"):
        _table(minutes)


def test_systemd_tells_last_and_next_in_microseconds() -> None:
    """As `systemctl list-timers --output=json` of systemd 252 prints it."""
    listed = (
        '[{"next":1795569300000000,"left":1795569300000000,"last":1795568400000000,'
        '"passed":1795568400000000,"unit":"cchc-harvest-2022.timer",'
        '"activates":"cchc-harvest-2022.service"}]'
    )
    told = systemd.standing(systemd.timer(JOB), listed, "active\n", UTC)
    assert told == Standing(15, "25/11/2026 01:00:00", "25/11/2026 01:15:00")


@pytest.mark.parametrize("listed", ["", "[]", "0 timers listed.", '[{"next":0,"last":null}]'])
def test_what_systemd_does_not_tell_is_not_told(listed: str) -> None:
    assert systemd.standing(systemd.timer(JOB), listed, "active\n", UTC) == Standing(15)


def test_a_timer_is_enabled_and_lives_on_without_anybody_signed_in() -> None:
    steps = systemd.install(JOB, PurePosixPath("/home/thu/.config/systemd/user"))
    run = [step.command for step in steps if isinstance(step, Run)]
    assert run == [
        ("systemctl", "--user", "daemon-reload"),
        ("systemctl", "--user", "enable", "cchc-harvest-2022.timer"),
        ("systemctl", "--user", "restart", "cchc-harvest-2022.timer"),
        ("loginctl", "enable-linger"),
    ]


def test_windows_tells_last_and_next_by_the_place_of_the_column() -> None:
    listed = (
        '"MAY","\\cchc-harvest-2022","24/11/2026 10:30:00","Ready","Interactive only",'
        '"24/11/2026 10:15:00","0","may\\thu"\n'
    )
    told = windows.standing(windows.task(JOB, START), listed)
    assert told == Standing(15, "24/11/2026 10:15:00", "24/11/2026 10:30:00")
    assert windows.standing("<Task/>", "") == Standing(None)


def test_a_job_that_was_switched_off_will_not_run() -> None:
    """By a comment sign before cron's line, `systemctl stop`, or in Task Scheduler's window."""
    begin, line, end = cron.lines(JOB).splitlines()
    for left in (f"#{line}\n", f"  # {line}\n", ""):
        table = f"{OTHERS}{begin}\n{left}{end}\n"
        assert cron.standing(JOB.name, table, NOW) == Standing(None, runs=False)
    for state in ("inactive\n", "failed\n"):
        assert not systemd.standing(systemd.timer(JOB), "[]", state).runs
    task = windows.task(JOB, START)
    off = task.replace("<Settings>", "<Settings>\n    <Enabled>false</Enabled>")
    assert (windows.standing(task, "").runs, windows.standing(off, "").runs) == (True, False)


def test_a_comment_of_somebody_above_the_line_switches_nothing_off() -> None:
    begin, line, end = cron.lines(JOB).splitlines()
    table = f"{begin}\n# thu thập\n\n{line}\n{end}\n"
    told = cron.standing(JOB.name, table, NOW)
    assert told is not None
    assert (told.minutes, told.runs) == (15, True)


def test_a_last_comment_that_is_gone_takes_no_other_line_along() -> None:
    begin, line, _ = cron.lines(JOB).splitlines()
    (step,) = cron.remove(JOB.name, f"{begin}\n{line}\n{OTHERS}")
    assert isinstance(step, Run)
    assert step.stdin == OTHERS
