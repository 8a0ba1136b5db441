"""The fault campaign's short run, and that it would tell if something were lost or doubled."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from hard_years import weather
from hard_years.campaign import live_through
from hard_years.checks import ledger_differences, log_differences
from hard_years.deeds import REVIEWERS, Deed
from hard_years.files import REPORT
from hard_years.life import Life, Response
from hard_years.town import Town


@pytest.mark.parametrize("seed", [2, 3, 10, 13, 15, 21])
def test_a_year_in_which_everything_goes_wrong_comes_out_right(seed: int) -> None:
    """Issue 6: zero lost, zero doubled, whatever people, networks and killers do."""
    outcome = live_through(seed)
    assert not outcome.wrong, "\n".join([*outcome.story, *outcome.wrong])


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Town]:
    with Town.founded(tmp_path, random.Random(1)) as town:
        yield town


@pytest.fixture
def life(town: Town) -> Life:
    """One report of the first school, harvested."""
    life = Life(town, random.Random(1))
    life.go_to(REPORT)
    school = town.year.roster.unit("T01")
    wording, own = town.year.roster.choice(school), school.emails[0]
    sent = Deed(life.now, "submit", REPORT, "T01", own, 1, text="=1+1", wording=wording)
    town.do(sent)
    life.responses[1] = Response([sent])
    town.set_clock(life.now + timedelta(minutes=1))
    assert weather.calm(town).code == 0
    life.harvest_went_well()
    return life


def test_what_is_as_it_was_done_has_no_differences(town: Town, life: Life) -> None:
    assert list(ledger_differences(town, life)) == []
    assert list(log_differences(town, life)) == []


def test_a_deed_that_the_ledger_does_not_know_is_told(town: Town, life: Life) -> None:
    returned = Deed(life.now, "return", REPORT, "T01", REVIEWERS[0], text="Thiếu.")
    life.decided.append(returned)
    told = list(ledger_differences(town, life))
    assert told == [
        "T01 report/2022-h1: return_count 0, not 1",
        "T01 report/2022-h1: review waiting, not returned",
    ]


def test_a_deed_that_was_not_harvested_is_told_as_lost(town: Town, life: Life) -> None:
    returned = Deed(
        life.now + timedelta(hours=1), "return", REPORT, "T01", REVIEWERS[0], text="Thiếu."
    )
    town.do(returned)
    life.decided.append(returned)
    assert [one.split(":")[0] for one in log_differences(town, life)] == ["lost, 1 times"]


def test_an_event_of_nobodys_doing_is_told(town: Town, life: Life) -> None:
    life.responses.clear()
    assert "versions 1, not 0" in " ".join(ledger_differences(town, life))
    assert [one.split(":")[0] for one in log_differences(town, life)] == ["1 too many in the log"]


def test_an_answer_that_is_not_as_it_was_sent_is_told(town: Town, life: Life) -> None:
    sent = life.responses[1].latest
    life.responses[1] = Response([replace(sent, text="2")])
    assert len(list(log_differences(town, life))) == 1
