"""The fault campaign's short run, and that it would tell if something were lost or doubled."""

from __future__ import annotations

import random
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from hard_years import keeping, tally, weather, words
from hard_years.campaign import live_through
from hard_years.checks import ledger_differences, log_differences
from hard_years.deeds import REVIEWERS, Deed
from hard_years.files import REPORT
from hard_years.life import Life, Response
from hard_years.town import Town


@pytest.mark.parametrize("seed", [2, 3, 6, 13])
def test_a_year_in_which_everything_goes_wrong_comes_out_right(seed: int) -> None:
    """Issue 6: zero lost, zero doubled, whatever people, networks and killers do; read from both
    sides (3, 13), from the Sheet (6), from the forms (2)."""
    outcome = live_through(seed)
    assert not outcome.wrong, "\n".join([*outcome.story, *outcome.wrong])


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    with Town.founded(tmp_path_factory.mktemp("town"), random.Random(1)) as town:
        yield town


@pytest.fixture(scope="module")
def sent(town: Town) -> Deed:
    """A report of the first school, harvested."""
    return reported(town)


def reported(town: Town) -> Deed:
    life = Life(town, random.Random(1))
    life.go_to(REPORT)
    school = town.year.roster.unit("T01")
    wording, own = town.year.roster.choice(school), school.emails[0]
    sent = Deed(life.now, "submit", REPORT, "T01", own, 1, text="=1+1", wording=wording)
    town.do(sent)
    town.set_clock(sent.at + timedelta(minutes=1))
    assert weather.calm(town).code == 0
    return sent


@pytest.fixture
def life(town: Town, sent: Deed) -> Life:
    """What is true: that report, and no more."""
    return after(town, sent)


def after(town: Town, sent: Deed) -> Life:
    life = Life(town, random.Random(1))
    life.now = sent.at
    life.responses[1] = Response([sent], asked=True, harvested=True, answers_known={sent})
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


def test_every_other_log_is_as_good_as_the_one_that_it_was_made_of(tmp_path: Path) -> None:
    """Issue 6: backup and restore, export and import, the dashboard's tab, rebuild; and that the
    campaign would tell when it is not."""
    with Town.founded(tmp_path, random.Random(1)) as town:
        life = after(town, reported(town))
        for way in keeping.WAYS:
            before = town.store
            store = town.stores.new(random.Random(1))
            assert list(keeping.leave_for(town, life, way, store)) == []
            assert town.store == store != before
        life.responses.clear()
        again = town.stores.new(random.Random(1))
        assert "1 too many" in " ".join(keeping.leave_for(town, life, keeping.REBUILT, again))


def test_what_never_came_about_is_named() -> None:
    """A campaign without kills, say, is not silently a good one."""
    every = Counter(name for names in tally.NAMED.values() for name in names)
    assert tally.absent(every, with_server=True) == []
    del every["two at once"], every["PostgreSQL"]
    assert tally.absent(every, with_server=True) == ["two at once", "PostgreSQL"]
    assert tally.absent(every, with_server=False) == ["two at once"]
    assert "answer cut in half 1" in "".join(tally.table(every))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("=IMPORTXML(1)", ["like a formula"]),
        ("+1", ["like a formula"]),
        ("a\x1b", ["control characters"]),
        ("Kế hoạch", ["composed (NFC)"]),
        (unicodedata.normalize("NFD", "Kế hoạch"), ["decomposed (NFD)"]),
        ("a" * 50_000, ["50,000 characters"]),
        ("a" * 49_999, []),
    ],
)  # fmt: skip
def test_what_people_write_is_counted_by_what_is_hostile_about_it(
    text: str, found: list[str]
) -> None:
    assert list(words.sorts(text)) == found
