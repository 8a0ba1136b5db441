"""The dashboard as CSV, read again by Python's csv and, where it is installed, by LibreOffice."""

from __future__ import annotations

import csv
import re
from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from cchc_gforms.dashboard.build import snapshot
from cchc_gforms.dashboard.csv_file import plain_name, write_csv, write_csv_folder
from cchc_gforms.dashboard.situation import Situation
from cchc_gforms.dashboard.workbook import Aged, Cell, Content, Jump, Lane, Link, Sparkline, Tab
from tests.five_schools import AS_OF, ledger, loaded
from tests.hostile import HOSTILE, LONG

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
ACTIVE = re.compile(r"\s*[=+\-@＝＋－＠]")


def written(path: Path, *values: Content) -> list[str]:
    """One row, as csv reads it."""
    write_csv(Tab("t", "T", (Lane(80),) * len(values), (), (values,)), ZONE, path)
    (row,) = rows(path)
    return row


def rows(path: Path) -> list[list[str]]:
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))


def test_each_tab_is_a_file_with_its_header_on_top(tmp_path: Path) -> None:
    year = loaded(tmp_path)
    paths = write_csv_folder(snapshot(Situation(ledger(year), year, AS_OF)), tmp_path / "bang")
    assert [path.name for path in paths] == [
        "tong-quan.csv", "so-theo-doi.csv", "cho-xu-ly.csv", "chua-nop.csv", "theo-don-vi.csv",
        "ngoai-le.csv",
    ]  # fmt: skip
    header, *body = rows(tmp_path / "bang" / "so-theo-doi.csv")
    assert header[:4] == ["STT", "Mã đơn vị", "Tên đơn vị", "Cấp học"]
    assert [row[1] for row in body] == ["MN01", "MN02", "TH01", "TH02", "THCS01"]
    missing = rows(tmp_path / "bang" / "chua-nop.csv")
    assert [row[1] for row in missing[1:]] == ["TH02"]


def test_days_and_times_are_those_of_the_regimes_zone(tmp_path: Path) -> None:
    moment = datetime(2022, 6, 3, 17, 0, tzinfo=UTC)
    assert written(tmp_path / "t.csv", moment, date(2022, 6, 3), 2.5, None) == [
        "04/06/2022 00:00:00", "03/06/2022", "2.5", "",
    ]  # fmt: skip


def test_what_is_no_text_is_said_plainly(tmp_path: Path) -> None:
    aged = Aged(AS_OF, 48, "mới", "cũ")
    link = Link("Mở phiếu", "https://docs.example/1")
    way = Jump("→ Chưa nộp", "missing")
    assert written(tmp_path / "t.csv", link, aged, Sparkline(0, 1, "#000000"), way) == [
        "https://docs.example/1", "mới", "", "→ Chưa nộp",
    ]  # fmt: skip


@pytest.mark.parametrize(("text", "seen"), HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_answer_is_text_wherever_a_program_may_cut_it(
    tmp_path: Path, text: str, seen: str
) -> None:
    """Issue 7: neither the cell begins as a formula, nor any part of it between the signs that end
    a cell in some country; but for apostrophes before such signs, all is there."""
    (shown,) = written(tmp_path / "t.csv", text)
    for part in re.split(r"[;|\t\n]", shown):
        assert not ACTIVE.match(part)
    assert re.sub(r"'(?=[=+\-@＝＋－＠])", "", shown) == re.sub(r"'(?=[=+\-@＝＋－＠])", "", seen)


def test_a_long_answer_is_whole(tmp_path: Path) -> None:
    assert written(tmp_path / "t.csv", LONG) == [LONG]


def test_a_file_name_has_plain_letters() -> None:
    assert plain_name("Sổ theo dõi – Quận Đống Đa/2022") == "so-theo-doi-quan-dong-da-2022"


def test_lines_above_the_header_of_a_table_are_left_out(tmp_path: Path) -> None:
    head = ((Cell("Tính đến hôm nay"), Cell()), (Cell("Mã"), Cell("Tên")))
    table = Tab("t", "T", (Lane(80), Lane(80)), head, (("MN01", "Trường"),), filtered=True)
    write_csv(table, ZONE, tmp_path / "t.csv")
    assert rows(tmp_path / "t.csv") == [["Mã", "Tên"], ["MN01", "Trường"]]
