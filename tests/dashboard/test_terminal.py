"""The overview in the terminal: five schools, 80 columns, with colour and without."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from rich.console import Console

from cchc_gforms.dashboard.situation import Situation
from cchc_gforms.dashboard.terminal import is_stale, shown, standings
from tests.five_schools import AS_OF, ledger, loaded


@pytest.fixture
def now(tmp_path: Path) -> Situation:
    year = loaded(tmp_path)
    return Situation(ledger(year), year, AS_OF)


def printed(now: Situation, **how: object) -> str:
    out = io.StringIO()
    console = Console(file=out, width=80, **how)  # type: ignore[arg-type]
    console.print(shown(now))
    return out.getvalue()


def test_the_figures_are_those_of_the_five_schools(now: Situation) -> None:
    """L11: the exempt school is in no figure but its own."""
    (one,) = standings(now)
    assert (one.expected, one.submitted, one.approved, one.returns) == (4, 3, 1, 2)
    assert (one.waiting, one.returned) == (1, 1)
    assert one.timeliness == {"on_time": 2, "late": 1, "missing": 1, "exempt": 1}


def test_it_fits_80_columns_and_is_plain_when_piped(now: Situation) -> None:
    text = printed(now)
    assert "\x1b" not in text
    assert max(map(len, text.splitlines())) <= 80
    (line,) = [one for one in text.splitlines() if one.startswith("Báo cáo CCHC 06 tháng")]
    assert line.split()[-3:] == ["████████████▓▓▓▓▓▓░░░░░░", "2/4", "50,0%"]
    (late,) = [one for one in text.splitlines() if one.startswith("Trễ hạn")]
    assert late.split()[-3:] == ["██████··················", "1/4", "25,0%"]


def test_colours_are_there_for_a_terminal(now: Situation) -> None:
    coloured = printed(now, force_terminal=True, color_system="truecolor", legacy_windows=False)
    assert "\x1b[38;2;0;114;178m" in coloured  # on time, #0072b2


def test_a_late_harvest_is_told(now: Situation) -> None:
    assert "⚠" not in printed(now)
    old = Situation(now.ledger, now.year, AS_OF - timedelta(hours=49))
    assert is_stale(old)
    assert "⚠ Thu thập lần cuối 08/06/2022 08:00:00: đã cũ." in printed(old)
    never = Situation(now.ledger, now.year, None)
    assert "⚠ Chưa thu thập lần nào" in printed(never)


def test_it_is_headed_by_what_the_regime_is_about(now: Situation) -> None:
    assert printed(now).startswith("CCHC năm 2022 – ")
    other = now.year.regime.model_copy(update={"about": "Kiểm soát nhiễm khuẩn"})
    of_another = Situation(now.ledger, replace(now.year, regime=other), AS_OF)
    assert printed(of_another).startswith("Kiểm soát nhiễm khuẩn năm 2022 – ")
    unnamed = now.year.regime.model_copy(update={"about": None})
    of_none = Situation(now.ledger, replace(now.year, regime=unnamed), AS_OF)
    assert printed(of_none).startswith("260/GDĐT năm 2022 – ")


def test_before_any_period_is_open_no_empty_lines_are_drawn(now: Situation) -> None:
    """Of a moment in the past a harvest after it tells all there is."""
    nothing = replace(now.ledger, rows=(), as_of=AS_OF - timedelta(days=150))
    assert printed(Situation(nothing, now.year, AS_OF)).splitlines() == [
        "CCHC năm 2022 – Phòng Giáo dục và Đào tạo Quận 7",
        "Tính đến 11/01/2022 09:00:00",
        "Thu thập lần đầu 10/06/2022 09:00:00",
        "",
        "Chưa mở kỳ nào.",
    ]
