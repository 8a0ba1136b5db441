"""The ledger of the sample year agrees with tables written by hand from the rules."""

from __future__ import annotations

import csv
from collections import Counter
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from sample_year.behaviours import ZONE

from tests.office import cchc
from tests.sample_year.conftest import Lived

HERE = Path(__file__).parent
FORM_NAMES = {
    "annual_plan/2022-year",
    *(f"periodic_report/2022-{period}" for period in ("q1", "h1", "q3", "year")),
    *(f"plan_result/2022-{period}" for period in ("q1", "h1", "m9", "year")),
    "news/2022",
    "processing/2022",
}


def table(name: str) -> list[dict[str, str]]:
    with (HERE / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def local(stamp: str | None) -> str:
    """As the tables have it: "2022-06-03 23:59:59.999", empty for never."""
    if not stamp:
        return ""
    moment = datetime.fromisoformat(stamp).astimezone(ZONE)
    return moment.strftime("%Y-%m-%d %H:%M:%S.") + f"{moment.microsecond // 1000:03d}"


def found(lived: Lived, case: dict[str, str]) -> dict[str, Any]:
    wanted = (case["unit"], case["document"], case["period"])
    rows = [
        row
        for row in lived.ledger["rows"]
        if (row["unit"], row["document"], row["period"]) == wanted
    ]
    assert len(rows) == 1
    row: dict[str, Any] = rows[0]
    return row


def test_the_table_of_cases_is_as_large_as_promised() -> None:
    assert len(table("expected_2022.csv")) >= 40


@pytest.mark.parametrize(
    "case",
    table("expected_2022.csv"),
    ids=lambda case: f"{case['unit']}-{case['document']}-{case['period']}-{case['rules']}",
)
def test_a_row_is_what_the_rules_say(lived: Lived, case: dict[str, str]) -> None:
    row = found(lived, case)
    is_now = {
        "timeliness": row["timeliness"],
        "review": row["review"],
        "late_days": "" if row["late_days"] is None else str(row["late_days"]),
        "return_count": str(row["return_count"]),
        "submission": row["submission"] or "",
    }
    assert is_now == {name: case[name] for name in is_now}, case["why"]
    for name in ("first_submitted", "approved"):
        stamp = local(row[f"{name}_at"])
        assert stamp.startswith(case[name]), (name, stamp, case["why"])
        assert bool(stamp) == bool(case[name]), (name, stamp, case["why"])


@pytest.mark.parametrize(
    "total", table("totals_2022.csv"), ids=lambda total: f"{total['document']}-{total['period']}"
)
def test_the_totals_are_what_was_counted_by_hand(lived: Lived, total: dict[str, str]) -> None:
    rows = [
        row
        for row in lived.ledger["rows"]
        if (row["document"], row["period"]) == (total["document"], total["period"])
    ]
    counts = Counter(row["timeliness"] for row in rows)
    statuses = ("on_time", "late", "missing", "overdue", "not_assessed")
    is_now = {status: str(counts[status]) for status in statuses}
    is_now["returns"] = str(sum(row["return_count"] for row in rows))
    assert is_now == {name: total[name] for name in is_now}
    assert len(rows) == 60


def test_all_eleven_forms_are_there_with_the_real_dates(lived: Lived) -> None:
    assert {form["name"] for form in lived.applied["forms"]} == FORM_NAMES
    due = {(row["document"], row["period"]): row["due"] for row in lived.ledger["rows"]}
    assert due == {
        ("annual_plan", "2022-year"): "2022-03-19",
        ("periodic_report", "2022-q1"): "2022-03-03",
        ("periodic_report", "2022-h1"): "2022-06-03",
        ("periodic_report", "2022-q3"): "2022-09-03",
        ("periodic_report", "2022-year"): "2022-12-03",
        ("plan_result", "2022-q1"): "2022-03-03",
        ("plan_result", "2022-h1"): "2022-06-03",
        ("plan_result", "2022-m9"): "2022-09-03",
        ("plan_result", "2022-year"): "2022-12-03",
    }


def test_a_second_harvest_appends_nothing(lived: Lived) -> None:
    first, second = lived.harvests
    assert first["new_events"] > 1000
    assert second["new_events"] == 0
    assert first["remarks"] == second["remarks"] == []


def test_every_version_was_seen_on_both_sides(lived: Lived) -> None:
    marks = {mark for row in lived.ledger["rows"] for mark in row["marks"]}
    assert "sheet_only" not in marks
    assert "api_only" not in marks


def test_a_stranger_in_a_schools_name_is_listed_and_not_counted(lived: Lived) -> None:
    kinds = Counter(one["kind"] for one in lived.ledger["anomalies"])
    assert kinds == {"version_quarantined": 1}
    assert lived.ledger["anomalies"][0]["unit"] == "TH08"


def test_a_second_apply_changes_nothing_and_makes_no_form(lived: Lived) -> None:
    again = cchc("forms", "apply", "--year", "2022")
    assert {form["done"] for form in again["forms"]} == {"unchanged"}
    assert [form["form_id"] for form in again["forms"]] == [
        form["form_id"] for form in lived.applied["forms"]
    ]
    assert again["periods_opened"] == 0
    assert again["calls"] == 1 + len(FORM_NAMES) + 1
