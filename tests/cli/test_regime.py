"""`cchc regime` and `cchc period`, as a person and as a program uses them."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path
from typing import Any

import pytest

from cchc_gforms.cli.main import run
from cchc_gforms.cli.settings import GoogleSettings
from tests.office import SPECS, YEAR, Bureau, cchc, local_google


@pytest.fixture
def specs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Specs of one's own, to which the commands look."""
    target = tmp_path / "specs"
    shutil.copytree(SPECS, target)
    monkeypatch.setenv("CCHC_SPEC", str(target))
    return target


def _said(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    assert run(arguments) == 0, capsys.readouterr().err
    return capsys.readouterr().out


def test_check_counts_errors_and_warnings_and_leaves_with_1_for_errors(
    specs: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["regime", "check", *YEAR]) == 0
    assert "0 lỗi, 0 cảnh báo." in capsys.readouterr().out
    with (specs / "units.csv").open("a", encoding="utf-8") as file:
        file.write(
            "MN1,Truong Mam non Mau 1,MN,a@b.example,,,,\nTH01,Trường lạ,TH,c@d.example,,,,\n"
        )
    assert run(["regime", "check", *YEAR]) == 1
    out, err = capsys.readouterr()
    assert "1 lỗi, 2 cảnh báo." in out
    assert out.count("ROSTER-LOOK-ALIKE: cảnh báo:") == 2
    assert "ROSTER-DUPLICATE-CODE" in err


def test_check_as_json_has_place_and_severity(
    specs: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (specs / "years/2022.yaml").write_text("year: 2022\n", "utf-8")
    (problem,) = json.loads(_said(capsys, "regime", "check", *YEAR, "--json"))
    assert (problem["code"], problem["severity"]) == ("YEAR-NO-PLAN", "warning")
    assert problem["file"] == "specs/years/2022.yaml"


def test_the_calendar_of_2026_is_that_of_the_requirements(
    specs: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Requirements 2.2; the plan waits for its issue date."""
    rows = json.loads(_said(capsys, "regime", "calendar", "--year", "2026", "--json"))
    reports = [row for row in rows if row["document"] == "periodic_report"]
    assert [(row["closes_on"], row["due_on"], row["due_on_rolled"]) for row in reports] == [
        ("2026-03-01", "2026-03-03", "2026-03-03"),
        ("2026-06-01", "2026-06-03", "2026-06-03"),
        ("2026-09-01", "2026-09-03", "2026-09-03"),
        ("2026-12-01", "2026-12-03", "2026-12-03"),
    ]
    (plan,) = [row for row in rows if row["document"] == "annual_plan"]
    assert plan["due_on"] is None
    said = _said(capsys, "regime", "calendar", "--year", "2026")
    assert "chưa có" in said
    assert "years/2026.yaml" in said


def test_the_calendar_for_people_tells_why_a_date_would_be_rolled(
    specs: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    said = _said(capsys, "regime", "calendar", *YEAR)
    assert "03/09/2022 *" in said
    assert "03/09 thứ" in said
    assert all(len(line.rstrip()) <= 80 for line in said.splitlines())


def test_a_calendar_file_that_cannot_be_written_is_said(
    specs: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = tmp_path / "not there" / "x.ics"
    assert run(["regime", "calendar", *YEAR, "--ics", str(target)]) == 1
    assert "không ghi được" in capsys.readouterr().err


def _status(*arguments: str) -> dict[tuple[str, str], dict[str, Any]]:
    rows: Any = cchc("period", "status", *YEAR, *arguments)
    return {(row["document"], row["period"]): row for row in rows}


def test_periods_open_in_time_and_stay_as_they_were_opened(
    specs: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """L1, A23: a school that begins in May owes the half-year report and not what was open."""
    with (
        local_google(tmp_path, seed=3) as server,
        Bureau.at_work(server, linked=False, opened=False) as bureau,
    ):
        before = _status()
        assert {key for key, row in before.items() if row["opened"]} == {
            ("annual_plan", "2022-year"),
            ("periodic_report", "2022-q1"),
            ("plan_result", "2022-q1"),
        }
        assert before["periodic_report", "2022-h1"]["opens_on"] == "2022-05-02"
        with (specs / "units.csv").open("a", encoding="utf-8") as file:
            file.write("MN99,Trường Mầm non Mới,MN,mn99@truong.example,2022-02-01,,,\n")
        bureau.at("2022-05-02 00:00")
        done = cchc("harvest", *YEAR)
        assert done["new_by_kind"] == {"period_opened": 2}
        assert cchc("harvest", *YEAR)["new_events"] == 0
        after = _status()
        assert len(after["periodic_report", "2022-h1"]["opened"]["units"]) == 61
        assert after["periodic_report", "2022-h1"]["differences"] == []
        (late,) = after["periodic_report", "2022-q1"]["differences"]
        assert (late["subject"], late["unit"]) == ("unit_added", "MN99")
        assert len(after["periodic_report", "2022-q1"]["opened"]["units"]) == 60
        again = cchc("period", "open", "periodic_report", "q1", *YEAR)
        assert again == {"opened": [], "kept": ["periodic_report 2022-q1"]}
        said = _said(capsys, "period", "status", *YEAR)
        assert "MN99 (Trường Mầm non Mới) nay có trong danh sách, kỳ này không tính" in said


def test_a_period_may_be_opened_early_by_name(
    specs: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with local_google(tmp_path, seed=3) as server:
        Bureau.open_for_business(server)
        said = _said(capsys, "period", "open", "periodic_report", "year", *YEAR)
        assert said == "Đã mở Báo cáo CCHC năm 2022: 60 đơn vị, hạn 03/12/2022.\n"
        assert run(["period", "open", "periodic_report", "q2", *YEAR]) == 2
        assert "periodic_report 2022-q1" in capsys.readouterr().err


def test_the_roster_goes_to_a_sheet_is_edited_there_and_comes_back_checked(
    specs: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    units = specs / "units.csv"
    before = units.read_text("utf-8")
    regime = specs / "regime.yaml"
    regime.write_text(regime.read_text("utf-8").replace("about: CCHC", "about: Số hóa"), "utf-8")
    with local_google(tmp_path, seed=3):
        made = cchc("regime", "roster", "push", *YEAR)
        assert made["units"] == 60
        assert cchc("regime", "roster", "push", *YEAR)["id"] == made["id"]
        assert cchc("regime", "roster", "pull", *YEAR)["units"] == 60
        _type(made["id"], "A62:E62", ["0042", "Trường Mẫu 42", "TH", "a@b.example", "2022-09-05"])
        assert cchc("regime", "roster", "pull", *YEAR) == {"units": 61, "changed": True}
        last = units.read_text("utf-8-sig").splitlines()[-1]
        assert last == "0042,Trường Mẫu 42,TH,a@b.example,2022-09-05,,,"
        assert cchc("regime", "roster", "pull", *YEAR)["changed"] is False
        _type(made["id"], "C62:E62", ["THX", "không phải địa chỉ", "05/09/2022"])
        assert run(["regime", "roster", "pull", *YEAR]) == 1
        err = capsys.readouterr().err
        assert "Số hóa – Danh sách đơn vị:62:3: ROSTER-UNKNOWN-LEVEL" in err
        assert "Số hóa – Danh sách đơn vị:62:4: ROSTER-BAD-EMAIL" in err
        assert "Số hóa – Danh sách đơn vị:62:5: ROSTER-BAD-DATE" in err
        assert units.read_text("utf-8-sig").splitlines()[-1] == last
    assert before.splitlines() == units.read_text("utf-8-sig").splitlines()[:-1]


def test_a_roster_that_was_never_pushed_cannot_be_pulled(
    specs: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with local_google(tmp_path, seed=3):
        assert run(["regime", "roster", "pull", *YEAR]) == 1
        assert "cchc regime roster push" in capsys.readouterr().err


def _account() -> GoogleSettings:
    files = (Path(os.environ["CCHC_CREDENTIALS"]), Path(os.environ["CCHC_TOKEN"]))
    return GoogleSettings(os.environ["CCHC_GOOGLE_URL"], *files, None)


def _type(spreadsheet_id: str, cells: str, values: list[str]) -> None:
    """As a person types: what looks like a number becomes one, unless the cell is text."""
    with _account().open() as google:
        google.sheets.http_client.values_update(
            spreadsheet_id, cells, {"valueInputOption": "USER_ENTERED"}, {"values": [values]}
        )


def test_a_request_is_opened_sent_and_judged_like_any_document(specs: Path, tmp_path: Path) -> None:
    """R16, A13: its own date, its own audience."""
    with (specs / "years/2022.yaml").open("a", encoding="utf-8") as file:
        file.write(
            "requests:\n  - {key: dan, document: ad_hoc_report, title: về tiếp dân,"
            " source_document: Công văn mẫu, due_on: 2022-05-20, audience: {levels: [primary]}}\n"
        )
    with (
        local_google(tmp_path, seed=3) as server,
        Bureau.at_work(server, opened=False, specs=specs) as bureau,
    ):
        bureau.at("2022-05-21 00:00")
        bureau.submit("ad_hoc_report/2022-dan", "TH01 – Trường Tiểu học Mẫu 01", _TH01)
        bureau.at("2022-05-25 08:00")
        cchc("harvest", *YEAR)
        rows = cchc("ledger", "show", *YEAR, "--document", "ad_hoc_report")["rows"]
        assert {row["level"] for row in rows} == {"primary"}
        assert len(rows) == 20
        (row,) = [row for row in rows if row["unit"] == "TH01"]
        assert (row["timeliness"], row["late_days"]) == ("late", 1)
        assert row["source_document"] == "Công văn mẫu"
        assert row["label"] == "Báo cáo CCHC đột xuất về tiếp dân"


_TH01 = "th01@truong.example"


def test_a_unit_that_left_the_roster_is_still_recognised_and_explained(
    specs: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """L1: the frozen roster decides who is known."""
    with local_google(tmp_path, seed=3) as server, Bureau.at_work(server) as bureau:
        bureau.at("2022-06-02 10:00")
        bureau.submit("periodic_report/2022-h1", "TH01 – Trường Tiểu học Mẫu 01", _TH01)
        units = specs / "units.csv"
        lines = units.read_text("utf-8").splitlines(keepends=True)
        units.write_text("".join(line for line in lines if not line.startswith("TH01,")), "utf-8")
        cchc("harvest", *YEAR)
        book = cchc("ledger", "show", *YEAR, "--unit", "TH01", "--period", "h1")
        assert book["anomalies"] == []
        assert [row["timeliness"] for row in book["rows"] if row["document"] != "plan_result"] == [
            "on_time"
        ]
        said = _said(capsys, "ledger", "explain", "th01", "periodic_report", "h1", *YEAR)
        assert "TH01 – Trường Tiểu học Mẫu 01" in said
        assert "Kết quả: Đúng hạn." in said
