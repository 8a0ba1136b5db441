"""`cchc schedule` against the machine's real programs, or programs of that name on the path."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from cchc_gforms.cli.main import run
from tests.office import SPECS

YEAR = ("--year", "2022")

pytestmark = pytest.mark.skipif(os.name == "nt", reason="programs are scripts of the shell here")

CRONTAB = """#!/bin/sh
if [ "$1" = -l ]; then
  [ -f "$TABLE" ] && exec cat "$TABLE"
  echo "no crontab for thu" >&2; exit 1
fi
exec cat > "$TABLE"
"""
SYSTEMCTL = """#!/bin/sh
echo "systemctl $*" >> "$SAID"
case "$*" in *list-timers*) echo '[]';; esac
"""
LOGINCTL = """#!/bin/sh
echo "Access denied" >&2; exit 1
"""


@pytest.fixture
def work(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a difficult name, an empty path of programs, and all settings by variables."""
    work = tmp_path / "Phòng GDĐT 100% của tôi"
    (work / "bin").mkdir(parents=True)
    monkeypatch.chdir(work)
    monkeypatch.setenv("PATH", str(work / "bin"))
    monkeypatch.setenv("TABLE", str(work / "crontab"))
    monkeypatch.setenv("SAID", str(work / "said"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(work / "config"))
    monkeypatch.setenv("CCHC_SPEC", str(SPECS))
    monkeypatch.setenv("CCHC_STORE", "sổ.sqlite")
    monkeypatch.setenv("CCHC_SUBJECT", "phong@gddt.example")
    for name in ("CCHC_GOOGLE_URL", "CCHC_CREDENTIALS", "CCHC_TOKEN"):
        monkeypatch.delenv(name, raising=False)
    return work


def program(work: Path, name: str, text: str) -> None:
    file = work / "bin" / name
    file.write_text(text, "utf-8")
    file.chmod(0o755)
    for shell in ("sh", "cat"):
        link = work / "bin" / shell
        if not link.exists():
            link.symlink_to(shutil.which(shell, path="/usr/bin:/bin") or shell)


def test_a_crontab_line_carries_every_setting_along_and_runs_as_it_stands(
    work: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    program(work, "crontab", CRONTAB)
    (work / "crontab").write_text("0 7 * * * echo chào\n", "utf-8")
    assert run(["schedule", "install", *YEAR, "--every", "1h", "--publish", "--yes"]) == 0
    said = capsys.readouterr().out
    assert "crontab -, với nội dung" in said
    assert "Lưu ý: lịch chưa chạy được: chưa đăng nhập Google" in said
    kept, _, line, _ = (work / "crontab").read_text("utf-8").splitlines()
    assert kept == "0 7 * * * echo chào"
    when, command = line.split(" cd ", 1)
    assert when == "0 * * * *"
    for said in (f"{work}/sổ.sqlite", str(SPECS), "--subject phong@gddt.example", "--publish"):
        assert said.replace("%", "\\%") in command
    asked = command.replace("\\%", "%").replace(" --publish", " --help").replace(">/dev/null", "")
    done = subprocess.run(
        ["/bin/sh", "-c", f"cd {asked}"], capture_output=True, text=True, check=True, env={}
    )
    assert "Thu thập câu trả lời" in done.stdout
    assert run(["schedule", "status", *YEAR, "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["installed"], told["with"], told["every_minutes"]) == (True, "cron", 60)
    assert told["log"] in command.replace("\\%", "%")
    assert run(["schedule", "remove", *YEAR, "--yes"]) == 0
    assert (work / "crontab").read_text("utf-8") == "0 7 * * * echo chào\n"
    assert run(["schedule", "status", *YEAR]) == 3


def test_a_line_that_was_commented_out_is_said_not_to_run_and_where_the_log_is(
    work: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    program(work, "crontab", CRONTAB)
    assert run(["schedule", "install", *YEAR, "--yes"]) == 0
    table = (work / "crontab").read_text("utf-8")
    assert run(["schedule", "status", *YEAR]) == 0
    assert "Kết quả từng lượt: " in capsys.readouterr().out
    (work / "crontab").write_text(table.replace("*/15", "#*/15"), "utf-8")
    assert run(["schedule", "status", *YEAR]) == 3
    said = capsys.readouterr().out
    assert "SẼ KHÔNG CHẠY" in said
    assert "thu-thap-2022.log" in said
    assert run(["schedule", "status", *YEAR, "--json"]) == 3
    assert json.loads(capsys.readouterr().out)["runs"] is False
    (work / "crontab").write_text(table.replace("*/15", "7,37"), "utf-8")
    assert run(["schedule", "status", *YEAR]) == 0
    assert "đã bị sửa tay" in capsys.readouterr().out


def test_a_crontab_that_cannot_be_read_is_not_written(
    work: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    program(work, "crontab", "#!/bin/sh\necho 'you are not allowed' >&2\nexit 1\n")
    assert run(["schedule", "install", *YEAR, "--yes", "--with", "cron"]) == 1
    assert "không đọc được crontab: you are not allowed" in capsys.readouterr().err
    assert not (work / "crontab").exists()


def test_an_install_that_fails_leaves_nothing_that_status_or_remove_would_find(
    work: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    program(work, "crontab", CRONTAB)
    assert run(["schedule", "install", *YEAR, "--yes"]) == 0
    program(work, "systemctl", "#!/bin/sh\necho 'no bus' >&2\nexit 1\n")
    assert run(["schedule", "install", *YEAR, "--yes", "--with", "systemd"]) == 1
    assert "no bus → làm theo thông báo trên rồi chạy lại lệnh vừa rồi" in capsys.readouterr().err
    assert list((work / "config" / "systemd" / "user").iterdir()) == []
    assert run(["schedule", "remove", *YEAR, "--yes"]) == 0
    assert "cchc" not in (work / "crontab").read_text("utf-8")


def test_systemd_comes_first_and_its_timer_is_found_and_removed(
    work: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    program(work, "crontab", CRONTAB)
    program(work, "systemctl", SYSTEMCTL)
    program(work, "loginctl", LOGINCTL)
    assert run(["schedule", "install", *YEAR, "--yes"]) == 0
    said = capsys.readouterr().out
    assert "Lưu ý: lệnh `loginctl enable-linger` thoát với mã 1: Access denied" in said
    units = work / "config" / "systemd" / "user"
    assert sorted(file.name for file in units.iterdir()) == [
        "cchc-harvest-2022.service",
        "cchc-harvest-2022.timer",
    ]
    assert "enable cchc-harvest-2022.timer" in (work / "said").read_text("utf-8")
    assert run(["schedule", "status", *YEAR]) == 0
    said = capsys.readouterr().out
    assert "(systemd), cứ 15 phút một lần" in said
    assert "Kết quả từng lượt: `journalctl --user -u cchc-harvest-2022`" in said
    assert run(["schedule", "remove", *YEAR, "--yes"]) == 0
    assert list(units.iterdir()) == []


def test_nothing_is_done_without_a_yes(work: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Standard input is empty here."""
    program(work, "crontab", CRONTAB)
    stdin, sys.stdin = sys.stdin, open(os.devnull, encoding="utf-8")  # noqa: SIM115, PTH123
    try:
        assert run(["schedule", "install", *YEAR]) == 130
    finally:
        sys.stdin.close()
        sys.stdin = stdin
    assert "*/15 * * * * cd" in capsys.readouterr().out
    assert not (work / "crontab").exists()


@pytest.mark.parametrize(
    "store",
    ["postgresql://thu:bi-mat@may/so", "postgresql://thu@may/so?password=bi-mat"],
)
def test_a_password_is_never_written_into_a_schedule(
    work: Path, store: str, capsys: pytest.CaptureFixture[str]
) -> None:
    program(work, "crontab", CRONTAB)
    assert run(["schedule", "install", *YEAR, "--yes", "--store", store]) == 1
    said = capsys.readouterr()
    assert "mật khẩu" in said.err
    assert "pgpass" in said.err
    assert "bi-mat" not in said.out + said.err
    assert not (work / "crontab").exists()


def test_a_machine_without_any_scheduler_is_told_what_to_do(
    work: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["schedule", "install", *YEAR, "--yes"]) == 1
    assert "`cchc harvest --every 15m`" in capsys.readouterr().err
    assert run(["schedule", "remove", *YEAR, "--yes"]) == 0


def test_the_interval_of_the_schedule_says_when_a_log_is_stale(
    work: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    from datetime import UTC, datetime, timedelta

    from cchc_gforms.store.log import EventLog

    program(work, "crontab", CRONTAB)
    with EventLog.open(f"sqlite:///{(work / 'sổ.sqlite').as_posix()}") as log:
        at = datetime.now(UTC) - timedelta(minutes=50)
        log.record_harvest(started_at=at, as_of=at, new=0)
    assert run(["harvest", "status", *YEAR]) == 0
    assert "cho phép 1 ngày" in capsys.readouterr().out
    assert run(["schedule", "install", *YEAR, "--every", "20m", "--yes"]) == 0
    assert run(["harvest", "status", *YEAR]) == 3
    assert "cho phép 40 phút" in capsys.readouterr().out
