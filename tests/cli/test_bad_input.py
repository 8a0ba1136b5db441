"""What a person or a school can get wrong: said in lines, never run, never a traceback."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from cchc_gforms.cli.main import run
from cchc_gforms.events import Decided, Event, Unreadable, VersionSeen
from cchc_gforms.regime.load import load
from cchc_gforms.regime.openings import openings
from cchc_gforms.store.log import EventLog
from tests.generator.test_apply import copy_specs
from tests.google.answering import nobody
from tests.office import SPECS, YEAR

ISSUED = datetime(2022, 2, 17, tzinfo=UTC)
SUBMITTED = datetime(2022, 6, 2, 3, tzinfo=UTC)
_LINE = re.compile(r"(specs/[\w/.]+)(?::\d+:\d+)?: ([A-Z-]+): .+ → .+")


@pytest.fixture
def wrong_specs(tmp_path: Path) -> Path:
    """Three files wrong in four ways."""
    target = tmp_path / "specs"
    copy_specs(target)
    (target / "lists.yaml").unlink()
    (target / "processing.yaml").write_text("titel: T\nsections: []\n", "utf-8")
    regime = target / "regime.yaml"
    regime.write_text(regime.read_text("utf-8").replace("days: 30", "days: ba mươi"), "utf-8")
    return target


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A store of one's own, and no Google anywhere; the store's file."""
    store = tmp_path / "log.sqlite"
    with nobody() as url:
        monkeypatch.setenv("CCHC_GOOGLE_URL", url)
        monkeypatch.setenv("CCHC_STORE", str(store))
        monkeypatch.setenv("CCHC_SPEC", str(SPECS))
        yield store


def test_a_wrong_spec_leaves_with_1_and_a_line_for_every_problem(
    wrong_specs: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["spec", "check", *YEAR, "--spec", str(wrong_specs)]) == 1
    out, err = capsys.readouterr()
    assert out == ""
    *lines, last = err.splitlines()
    found = [match.groups() if (match := _LINE.fullmatch(line)) else line for line in lines]
    assert found == [
        ("specs/lists.yaml", "FILE-MISSING"),
        ("specs/processing.yaml", "YAML-UNKNOWN-KEY"),
        ("specs/processing.yaml", "YAML-BAD-VALUE"),
        ("specs/regime.yaml", "YAML-WRONG-TYPE"),
    ]
    assert last.startswith("Lỗi: 4 lỗi trong tệp cấu hình")


@pytest.mark.parametrize("command", ["forms apply", "harvest", "ledger show", "dashboard publish"])
def test_no_command_goes_on_with_a_wrong_spec(
    settings: Path, wrong_specs: Path, command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run([*command.split(), *YEAR, "--spec", str(wrong_specs)]) == 1
    err = capsys.readouterr().err
    assert "specs/regime.yaml" in err
    assert "Google" not in err
    assert not settings.exists()


def test_a_directory_that_is_not_there_is_said_file_by_file(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["spec", "check", *YEAR, "--spec", str(tmp_path / "specs")]) == 1
    err = capsys.readouterr().err
    for name in ("regime.yaml", "years/2022.yaml", "units.csv", "lists.yaml"):
        assert f"specs/{name}: FILE-MISSING: " in err


def test_what_ships_is_right(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["spec", "check", *YEAR, "--spec", str(SPECS)]) == 0
    assert capsys.readouterr().out.startswith("Không có lỗi: 11 biểu mẫu, ")


def history(store: Path, *events: Event) -> None:
    """The year opened, MN01's report handed in, then `events`."""
    report = VersionSeen(
        at=SUBMITTED, form_id="F", response_id="R", document="periodic_report", period="2022-h1",
        claimed_unit="MN01", unit_code="MN01", email="mn01@truong.example",
    )  # fmt: skip
    with EventLog.open(f"sqlite:///{store}") as log:
        log.append([*openings(load(SPECS, 2022), ISSUED), report, *events], ISSUED)


def returned(reason: str) -> Event:
    return Decided(
        at=datetime(2022, 6, 3, 3, tzinfo=UTC), form_id="P", response_id="D", action="return",
        document="periodic_report", period="2022-h1", claimed_unit="MN01", unit_code="MN01",
        reviewer="duyet1@phonggd.example", reason=reason,
    )  # fmt: skip


REASONS = {
    "a call": ('=HYPERLINK("http://x.example";"mở")', '\'=HYPERLINK("http://x.example";"mở")'),
    "a sum": ("+1+1", "'+1+1"),
    "a difference, as a list often begins": ("- thiếu số liệu", "'- thiếu số liệu"),
    "an old call": ("@SUM(A1)", "'@SUM(A1)"),
    "a call behind a tab and a line break, which the ledger drops": ("\t\n=1", "'=1"),
    "a wide equals sign, which some programs narrow": ("＝1+1", "'＝1+1"),
    "a call behind a quote and a comma": ('x",=1', 'x",=1'),
    "a plain reason": ("Thiếu số liệu mục I.2", "Thiếu số liệu mục I.2"),
    "an equals sign inside": ("đạt = 5", "đạt = 5"),
}


@pytest.mark.parametrize(("reason", "written"), REASONS.values(), ids=REASONS)
def test_no_reason_becomes_a_formula_in_the_csv(
    settings: Path, tmp_path: Path, reason: str, written: str
) -> None:
    history(settings, returned(reason))
    target = tmp_path / "so.csv"
    asked = ["ledger", "show", *YEAR, "--as-of", "2022-06-10", "--csv", str(target)]
    assert run(asked) == 0
    with target.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    (row,) = (row for row in rows if row["Số lần chuyển trả"] == "1")
    assert row["Lý do chuyển trả"] == written
    assert (row["Mã đơn vị"], row["Nộp lần đầu"]) == ("MN01", "02/06/2022 10:00:00")
    for row in rows:
        assert not [cell for cell in row.values() if cell.startswith(("=", "+", "@", "\t", "\r"))]


def test_a_csv_that_cannot_be_written_is_one_line(
    settings: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    history(settings)
    target = tmp_path / "không có" / "so.csv"
    assert run(["ledger", "show", *YEAR, "--csv", str(target)]) == 1
    assert re.fullmatch(r"Lỗi: không ghi được .+ → .+\n", capsys.readouterr().err)


@pytest.mark.parametrize(
    "command", ["ledger show", "ledger missing", "ledger rates", "ledger news", "period status"]
)
def test_a_log_that_is_not_there_is_said_and_not_made(
    settings: Path, command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """An empty answer would look like good news."""
    assert run([*command.split(), *YEAR]) == 1
    assert "chưa có sổ sự kiện nào ở" in capsys.readouterr().err
    assert not settings.exists()


@pytest.mark.parametrize("command", ["show", "missing", "rates"])
def test_a_year_of_which_nothing_is_open_is_said(
    settings: Path, command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    history(settings)
    assert run(["ledger", command, "--year", "2026"]) == 1
    said = capsys.readouterr().err
    assert "chưa mở kỳ nào của năm 2026" in said
    assert "`cchc period open --all --year 2026`" in said


def test_a_moment_beyond_every_calendar_is_wrong_usage(
    settings: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    history(settings)
    assert run(["ledger", "show", *YEAR, "--as-of", "0001-01-01"]) == 2
    assert "năm 1 không nằm trong khoảng" in capsys.readouterr().err


def test_an_answer_cannot_draw_on_the_terminal(
    settings: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    stranger = VersionSeen(
        at=SUBMITTED, form_id="F", response_id="X", document="periodic_report", period="2022-h1",
        claimed_unit="\x1b[2J\x1b]0;lừa\x07Trường\nKhông tính: hết", unit_code=None,
    )  # fmt: skip
    silent = Unreadable(at=SUBMITTED, form_id="F", response_id="Y", problem="không rõ đơn vị")
    history(settings, stranger, silent)
    assert run(["ledger", "show", *YEAR, "--as-of", "2022-06-10"]) == 0
    out = capsys.readouterr().out
    assert "\x1b" not in out
    assert "\x07" not in out
    listed = [line for line in out.splitlines() if line.startswith("Không tính: ")]
    assert listed == [
        "Không tính: Câu trả lời không đọc được (?, 02/06/2022 10:00:00).",
        "Không tính: Không nhận ra đơn vị (�[2J�]0;lừa�Trường�Không tính: hết, "
        "02/06/2022 10:00:00).",
    ]


@pytest.mark.parametrize("command", ["forms apply", "harvest", "dashboard publish"])
def test_where_no_google_answers_one_line_says_what_to_start(
    settings: Path, command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    history(settings)
    assert run([*command.split(), *YEAR]) == 1
    (line,) = capsys.readouterr().err.splitlines()
    assert re.fullmatch(r"Lỗi: .+ http://127\.0\.0\.1:\d+ → .*`cchc local serve`.*", line)


@pytest.mark.parametrize("url", ["http://example.org", "https://127.0.0.1:1", "http://10.0.0.5"])
def test_a_google_that_is_not_on_this_machine_is_refused(
    settings: Path, url: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["harvest", *YEAR, "--google-url", url]) == 1
    assert f"CCHC_GOOGLE_URL = '{url}'" in capsys.readouterr().err
