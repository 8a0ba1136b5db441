"""One seed of the campaign: a year lived through, and compared."""

from __future__ import annotations

import random
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

from hard_years import weather, words
from hard_years.checks import ledger_differences, log_differences
from hard_years.deeds import ZONE, Source
from hard_years.files import OWED
from hard_years.keeping import go_on_with_another_log
from hard_years.life import Life
from hard_years.stores import DATABASES, is_database
from hard_years.town import Left, Town
from hard_years.vandals import KINDS, READABLE, vandalise

_SETTLED = timedelta(seconds=30)  # what is in the Sheet by then, or never will be
_SOURCES: Mapping[Source, int] = {"both": 70, "sheet": 15, "forms": 15}
_STORMS = {0: "in a storm, all well", 1: "in a storm, in vain", 4: "in a storm, in part"}


@dataclass
class Outcome:
    """A seed's story, and what came out wrong."""

    seed: int
    story: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    did: Counter[str] = field(default_factory=Counter)
    seconds: float = 0.0


class Year:
    """One seed, lived through."""

    def __init__(self, town: Town, chance: random.Random, outcome: Outcome) -> None:
        self._town = town
        self._chance = chance
        self._outcome = outcome
        self._life = Life(town, chance)
        kinds = READABLE if town.source == "sheet" else KINDS
        self._is_read = False  # since the last deed
        self._habits = chance.sample(kinds, 5)  # what people of this office do to the Sheet

    def live(self) -> None:
        self._count(self._town.source, DATABASES[is_database(self._town.store)])
        self._count(*words.sorts(*(unit.name for unit in self._town.year.roster.units)))
        self._count(*(["Google lists edits late"] if self._town.edits_show_late else []))
        for subject in OWED:
            self._life.go_to(subject)
            for _ in range(self._chance.randint(12, 18)):
                about = subject if self._chance.random() < 0.9 else self._chance.choice(list(OWED))
                self._life.wait(about)
                self._step(about)
                if self._outcome.wrong:
                    return
        self._life.now += timedelta(days=1, minutes=1)
        self._harvest_calmly(whole=True)
        again = self._harvest_calmly()
        if not self._outcome.wrong and '"new_events": 0' not in again.out:
            self._outcome.wrong.append(f"a harvest of nothing new: {again.out}")
        self._compare(whole=True)

    def _step(self, about: str) -> None:
        what = self._chance.random()
        if what < 0.62:
            if deed := self._life.next(about):
                self._is_read = False
                self._tell(str(deed), deed.kind, *words.sorts(deed.text, deed.wording))
                if deed.kind == "type_row":
                    self._harvest_calmly()
        elif what < 0.64:
            left = self._town.reword(self._chance)
            told = f"a question is worded anew: forms apply leaves with {left.code}"
            self._tell_at(told, "a question worded anew")
            if left.code:
                self._outcome.wrong.append(f"forms apply left with {left.code}: {left.err}")
        elif what < 0.83:
            self._vandalise()
        else:
            self._harvest()

    def _vandalise(self) -> None:
        """What a Sheet alone says must have been read before people spoil it."""
        if self._town.source == "sheet" and not self._is_read:
            self._harvest_calmly()
        if done := vandalise(self._town, self._chance, self._habits):
            kind, told = done
            self._tell_at(told, *([kind] if kind else []))

    def _harvest(self) -> None:
        settled = self._chance.random() < 0.8
        self._life.now += _SETTLED if settled else timedelta(milliseconds=1)
        self._town.set_clock(self._life.now)
        self._life.harvest_begins()
        way = self._chance.random()
        if way < 0.35:
            left, met, faults = weather.stormy(self._town, self._chance)
            how = _STORMS.get(left.code, "in a storm, crashed") if met else "in no storm"
            self._tell_at(f"a harvest in a storm ({faults}) leaves with {left.code}", how, *met)
            self._judge(left, settled=settled)
        elif way < 0.55:
            met, told = weather.killed(self._town, self._chance)
            self._tell_at(f"a harvest is killed: {told}", *met)
        elif way < 0.65:
            met, told, wrong = weather.two_at_once(self._town, self._chance)
            self._tell_at(f"two harvests at once: {told}", *met)
            self._outcome.wrong += wrong
            if settled and not wrong:
                self._life.harvest_went_well()
                self._compare_if_all_shows()
        elif way < 0.9:
            self._harvest_calmly()
        else:
            self._change_logs()

    def _harvest_calmly(self, *, whole: bool = False) -> Left:
        self._life.now += _SETTLED
        self._town.set_clock(self._life.now)
        self._life.harvest_begins()
        left = weather.calm(self._town)
        self._tell_at(f"a harvest leaves with {left.code}", "calm")
        if left.code:
            self._outcome.wrong.append(f"a harvest in calm left with {left.code}: {left.err}")
        else:
            self._is_read = True
            self._life.harvest_went_well(whole=whole)
            if whole:
                self._compare()
            else:
                self._compare_if_all_shows()
        return left

    def _change_logs(self) -> None:
        """The office goes on with another log, if nothing is lost with what only this one notes."""
        self._harvest_calmly()
        if self._life.typed or self._outcome.wrong:
            return
        met, wrong = go_on_with_another_log(self._town, self._life, self._chance)
        self._tell_at(f"the log is {', '.join(met)}", *met)
        self._outcome.wrong += wrong

    def _judge(self, left: Left, *, settled: bool) -> None:
        """What a harvest said that had faults: it may fail, but properly, and where it says that
        all went well it must be so."""
        if left.crashed or left.code not in _STORMS:
            self._outcome.wrong.append(f"a harvest with faults left with {left.code}: {left.err}")
        elif left.code == 0 and settled:
            self._life.harvest_went_well()
            self._compare_if_all_shows()

    def _compare_if_all_shows(self) -> None:
        if not self._town.edits_show_late:
            self._compare()

    def _compare(self, *, whole: bool = False) -> None:
        wrong = list(ledger_differences(self._town, self._life))
        if whole and not wrong:
            wrong = list(log_differences(self._town, self._life))
        self._outcome.wrong += wrong

    def _tell_at(self, story: str, *kinds: str) -> None:
        self._tell(f"{self._life.now.astimezone(ZONE):%d/%m %H:%M:%S} {story}", *kinds)

    def _tell(self, line: str, *kinds: str) -> None:
        self._count(*kinds)
        self._outcome.story.append(line)

    def _count(self, *kinds: str) -> None:
        self._outcome.did.update(kinds)


def live_through(seed: int, server: str | None = None) -> Outcome:
    """A year, from its seed; with a PostgreSQL `server` some logs lie there."""
    outcome, begun = Outcome(seed), time.monotonic()
    chance = random.Random(seed)  # noqa: S311 - reproducible
    source: Source = chance.choices(list(_SOURCES), list(_SOURCES.values()))[0]
    with (
        tempfile.TemporaryDirectory(prefix="cchc-", ignore_cleanup_errors=True) as work,
        Town.founded(Path(work), chance, source, server) as town,
    ):
        try:
            Year(town, chance, outcome).live()
        except Exception:  # the story is needed all the more
            outcome.wrong.append(traceback.format_exc())
    outcome.seconds = time.monotonic() - begun
    return outcome
