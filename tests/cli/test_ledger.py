"""`cchc ledger …` over a log made by hand."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from cchc_gforms.cli.main import run
from cchc_gforms.events import Decided, Event, Extended, NewsItem, VersionSeen
from cchc_gforms.regime.load import load
from cchc_gforms.regime.openings import openings
from cchc_gforms.store.log import EventLog

_SPEC = Path(__file__).parents[2] / "forms_spec"
_REVIEWER = "duyet1@phonggd.example"

Cchc = Callable[..., str]


def _at(day: int, hour: int = 9) -> datetime:
    """In June 2022; hours are local."""
    return datetime(2022, 6, day, hour - 7, tzinfo=UTC)


def _subject(unit: str, at: datetime) -> dict[str, Any]:
    return {
        "at": at,
        "document": "periodic_report",
        "period": "2022-h1",
        "claimed_unit": unit,
        "unit_code": unit,
        "response_id": f"{unit}-{at.isoformat()}",
    }


def _sent(unit: str, at: datetime, *flags: str) -> VersionSeen:
    email = f"{unit.lower()}@truong.example"
    return VersionSeen(form_id="form", email=email, flags=flags, **_subject(unit, at))


_EVENTS: list[Event] = [
    _sent("MN01", _at(2), "thiếu số hiệu"),
    Decided(
        form_id="processing",
        action="return",
        reviewer=_REVIEWER,
        reason="=thiếu số liệu",
        **_subject("MN01", _at(5)),
    ),
    _sent("TH01", _at(9)),
    Extended(
        form_id="processing",
        reviewer=_REVIEWER,
        reason="mất mạng",
        due_on=date(2022, 6, 10),
        **_subject("TH01", _at(3)),
    ),
    NewsItem(at=_at(20), form_id="news", response_id="n1", claimed_unit="MN01", unit_code="MN01"),
]


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("store") / "so.sqlite"
    opened = openings(load(_SPEC, 2022), datetime(2022, 1, 1, tzinfo=UTC))
    with EventLog.open(f"sqlite:///{path}") as log:
        log.append([*opened, *_EVENTS], datetime(2022, 7, 1, tzinfo=UTC))
        july = datetime(2022, 7, 1, tzinfo=UTC)
        log.record_harvest(started_at=july, as_of=july, new=len(_EVENTS))
    return path


@pytest.fixture
def cchc(store: Path, capsys: pytest.CaptureFixture[str]) -> Cchc:
    def call(*arguments: str) -> str:
        where = ["--year", "2022", "--spec", str(_SPEC), "--store", str(store)]
        assert run(["ledger", *arguments, *where]) == 0
        return capsys.readouterr().out

    return call


def test_show_filters_by_period_unit_level_document_and_status(cchc: Cchc) -> None:
    def units(*filters: str) -> list[str]:
        return [row["unit"] for row in json.loads(cchc("show", "--json", *filters))["rows"]]

    report = ("--document", "periodic_report", "--period", "h1")
    assert units(*report, "--status", "returned") == ["MN01"]
    assert units(*report, "--status", "on_time") == ["MN01", "TH01"]
    assert units(*report, "--status", "on_time", "--level", "TH") == ["TH01"]
    assert units(*report, "--unit", "MN02") == ["MN02"]
    assert len(units(*report)) == 60


def test_show_as_of_a_moment_knows_nothing_later(cchc: Cchc) -> None:
    only = ("--unit", "MN01", "--document", "periodic_report", "--period", "2022-h1")
    (row,) = json.loads(cchc("show", "--json", *only, "--as-of", "2022-06-03"))["rows"]
    assert (row["review"], row["timeliness"]) == ("waiting", "on_time")


def test_show_names_the_filters_it_does_not_know(
    store: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    where = ["--year", "2022", "--spec", str(_SPEC), "--store", str(store)]
    assert run(["ledger", "show", "--status", "late_ish", *where]) == 2
    assert "late_ish" in capsys.readouterr().err


def test_csv_opens_in_excel_and_runs_nothing(cchc: Cchc, tmp_path: Path) -> None:
    path = tmp_path / "so.csv"
    cchc("show", "--csv", str(path), "--unit", "MN01", "--period", "h1")
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(path.read_text("utf-8-sig"))))
    assert [row["Hạn theo văn bản"] for row in rows] == ["03/06/2022", "03/06/2022"]
    assert rows[0]["Nộp lần đầu"] == "02/06/2022 09:00:00"
    assert rows[0]["Lý do chuyển trả"] == "'=thiếu số liệu"


def test_xlsx_has_dates_that_are_dates_and_no_formulas(cchc: Cchc, tmp_path: Path) -> None:
    path = tmp_path / "so.xlsx"
    cchc("show", "--xlsx", str(path), "--unit", "MN01", "--period", "h1")
    with zipfile.ZipFile(path) as file:
        sheet = file.read("xl/worksheets/sheet1.xml").decode()
    assert "<v>44715</v>" in sheet  # 03/06/2022
    assert "<v>44714.375</v>" in sheet  # 02/06/2022 09:00
    assert "<f>" not in sheet


def test_explain_tells_the_story_of_a_row(cchc: Cchc) -> None:
    """L22."""
    told = cchc("explain", "TH01", "periodic_report", "2022-h1")
    in_a_line = " ".join(told.split())
    assert "Gia hạn nộp; hạn ban đầu vẫn ghi bên cạnh. Hạn mới: 10/06/2022" in in_a_line
    assert "Kết quả: Đúng hạn. Xét theo thời điểm nộp lần đầu: 09/06/2022 09:00:00." in told
    assert "Trễ so với hạn ban đầu, đúng hạn nhờ gia hạn" in told
    assert "\n  L8  Báo cáo CCHC xét theo thời điểm nộp lần đầu.\n" in told
    rules = [
        one["rule"]
        for one in json.loads(cchc("explain", "--json", "TH01", "periodic_report", "h1"))
    ]
    assert rules == ["L1", "L10", "L4"]


def test_explain_tells_what_the_checks_say_of_the_latest_version(cchc: Cchc) -> None:
    """L21."""
    told = cchc("explain", "MN01", "periodic_report", "2022-h1")
    assert "Cần xem lại ở bản gần nhất (L21):\n- thiếu số hiệu\n" in told
    assert max(map(len, told.splitlines())) <= 80
    assert "\n  L21  Minh chứng, nội dung thiếu hoặc sai dạng chỉ bị ghi chú" in told
    assert "L21" not in cchc("explain", "TH01", "periodic_report", "2022-h1")


def test_rates_have_numerators_and_denominators(cchc: Cchc) -> None:
    """L20: one preschool sent and was returned, one primary school sent on time."""
    found = json.loads(
        cchc("rates", "--json", "--by", "level", "--document", "periodic_report", "--period", "h1")
    )
    by_level = {one["group"][0]: one for one in found}
    assert by_level["Mầm non"]["completeness"]["numerator"] == 1
    assert by_level["Mầm non"]["returns"] == {"numerator": 1, "denominator": 1}
    assert by_level["Tiểu học"]["on_time_of_submitted"] == {"numerator": 1, "denominator": 1}
    assert sum(one["completeness"]["denominator"] for one in found) == 60
    shown = cchc("rates", "--document", "periodic_report", "--period", "h1")
    assert "2/60" in shown
    assert "3,3%" in shown


def test_missing_gives_contact_and_text(cchc: Cchc) -> None:
    only = ("--unit", "MN02", "--document", "periodic_report", "--period", "h1")
    (one,) = json.loads(cchc("missing", "--json", *only))
    assert one["emails"] == ["mn02@truong.example"]
    assert "đã quá hạn 28 ngày (hạn 03/06/2022)" in one["text"]
    assert one["text"] in cchc("missing", *only)
    assert "Không đơn vị nào" in cchc("missing", *only[2:], "--unit", "MN01")


def test_diff_tells_what_changed_between_two_moments(cchc: Cchc) -> None:
    span = ("--from", "2022-06-04", "--to", "2022-06-06")
    found = json.loads(cchc("diff", "--json", *span))
    mine = [one for one in found if one["unit"] == "MN01"]
    assert [one["fields"]["review"] for one in mine if "review" in one["fields"]] == [
        {"before": "waiting", "after": "returned"}
    ]
    told = cchc("diff", *span)
    head = "MN01, Báo cáo CCHC 06 tháng đầu năm 2022:\n"
    assert head + "  trạng thái: Chờ duyệt → Đã chuyển trả\n" in told
    assert "\n  kiểm tra nội dung:\n    + thiếu số hiệu\n" in cchc("diff", "--from", "2022-06-01")
    assert max(map(len, told.splitlines())) <= 80


def test_news_is_counted_by_quarter(cchc: Cchc) -> None:
    """R33, A21."""
    assert json.loads(cchc("news", "--json"))["by_unit"]["MN01"] == [0, 1, 0, 0]
