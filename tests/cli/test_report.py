"""`cchc report notice` over a log made by hand."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from docx import Document

from cchc_gforms.cli.main import run
from cchc_gforms.store.log import EventLog
from tests.five_schools import AS_OF, sent


def said(path: Path) -> str:
    return "\n".join(paragraph.text for paragraph in Document(str(path)).paragraphs)


def test_a_notice_is_written_beside_you(where: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["report", "notice", "--year", "2022", "--period", "h1"]) == 0
    assert "Đã ghi thong-bao-2022-h1.docx" in capsys.readouterr().out
    text = said(where / "thong-bao-2022-h1.docx")
    assert "1. Báo cáo CCHC 06 tháng đầu năm 2022" in text
    assert "Kết quả thực hiện Kế hoạch" not in text  # its date only reminds (A9)


def test_a_document_whose_date_only_reminds_is_there_when_asked_for(where: Path) -> None:
    asked = ("--period", "2022-h1", "--document", "plan_result", "--docx", "kq.docx")
    assert run(["report", "notice", "--year", "2022", *asked]) == 0
    assert "Thời hạn này chỉ để nhắc." in said(where / "kq.docx")


def test_what_is_known_at_signing_is_written(
    where: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    signed = ("--number", "45", "--date", "2022-06-10", "--signer", "Nguyễn Văn A", "--json")
    assert run(["report", "notice", "--year", "2022", "--period", "h1", *signed]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["documents"] == {
        "periodic_report/2022-h1": {"on_time": 2, "late": 1, "missing": 1, "exempt": 1}
    }
    assert datetime.fromisoformat(told["as_of"]) == AS_OF.astimezone(UTC)
    document = Document(told["file"])
    assert document.tables[0].cell(1, 0).text == "Số: 45/TB-GDĐT"
    assert document.tables[0].cell(1, 1).text == "Quận 7, ngày 10 tháng 6 năm 2022"
    assert document.tables[-2].cell(0, 1).text == "TRƯỞNG PHÒNG\nNguyễn Văn A"


def test_a_period_that_is_not_over_is_told(where: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["report", "notice", "--year", "2022", "--period", "q3"]) == 0
    assert "chưa đến hạn (03/09/2022)" in capsys.readouterr().err


def test_a_date_before_the_figures_is_told(where: Path, capsys: pytest.CaptureFixture[str]) -> None:
    notice = ["report", "notice", "--year", "2022", "--period", "h1", "--date", "2022-06-05"]
    assert run(notice) == 0
    assert "số liệu tính đến 10/06/2022, sau ngày ban hành 05/06/2022" in capsys.readouterr().err
    assert run([*notice, "--as-of", "2022-06-05"]) == 0
    assert "sau ngày ban hành" not in capsys.readouterr().err


def test_a_unit_whose_report_is_in_quarantine_is_told(
    where: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """L13: it does not count until somebody has looked at it."""
    stranger = sent("TH02", "1", 2, 2, email="nguoila@khac.example")
    with EventLog.open(f"sqlite:///{where / 'so.sqlite'}") as log:
        log.append([stranger], AS_OF)
    assert run(["report", "notice", "--year", "2022", "--period", "h1"]) == 0
    told = capsys.readouterr().err
    assert "Trường Tiểu học Mẫu 02 có Báo cáo CCHC 06 tháng đầu năm 2022 gửi từ địa chỉ lạ" in told


def test_a_report_in_a_name_that_nobody_has_is_told(
    where: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """It may be that of a unit which the notice calls missing."""
    nobody = sent("TH02", "1", 2, 2).model_copy(
        update={"claimed_unit": "Tiểu học số 2", "unit_code": None}
    )
    with EventLog.open(f"sqlite:///{where / 'so.sqlite'}") as log:
        log.append([nobody], AS_OF)
    assert run(["report", "notice", "--year", "2022", "--period", "h1"]) == 0
    assert "có bản gửi ghi đơn vị “Tiểu học số 2”, không nhận ra" in capsys.readouterr().err
    assert run(["report", "notice", "--year", "2022", "--period", "q3"]) == 0
    assert "Tiểu học số 2" not in capsys.readouterr().err


def test_a_period_that_nobody_is_held_to_is_told(
    where: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A20: quý I of 2022 was due before the dispatch was issued."""
    assert run(["report", "notice", "--year", "2022", "--period", "q1"]) == 0
    assert "không đơn vị nào bị xét ở kỳ này" in capsys.readouterr().err
    assert "Không xét đúng hạn, trễ hạn: " in said(where / "thong-bao-2022-q1.docx")


@pytest.mark.parametrize(
    ("asked", "code", "told"),
    [
        (["--period", "h3"], 2, "không có 'h3'"),
        (["--period", "q1", "--document", "annual_plan"], 1, "không có kết quả"),
        (["--period", "h1", "--docx", "khong/co/tep.docx"], 1, "không ghi được"),
    ],
    ids=["no such period", "not of that period", "no such folder"],
)
def test_what_cannot_be_done_is_said(
    where: Path, capsys: pytest.CaptureFixture[str], asked: list[str], code: int, told: str
) -> None:
    assert run(["report", "notice", "--year", "2022", *asked]) == code
    assert told in capsys.readouterr().err
