"""One seed of the campaign: a year lived through, and compared."""

from __future__ import annotations

import random
import tempfile
import time
import traceback
from collections import Counter
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

from hard_years import weather
from hard_years.checks import ledger_differences, log_differences
from hard_years.deeds import ZONE
from hard_years.files import OWED
from hard_years.life import Life
from hard_years.town import Left, Town
from hard_years.vandals import KINDS, vandalise

_SETTLED = timedelta(seconds=30)  # what is in the Sheet by then, or never will be
_PROPER = (0, 1, 4)  # how a harvest may leave: done, nothing done, done in part


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
        self._habits = chance.sample(KINDS, 5)  # what people of this office do to the Sheet

    def live(self) -> None:
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
                self._note(deed.kind, str(deed))
                if deed.kind == "type_row":
                    self._harvest_calmly()
        elif what < 0.64:
            left = self._town.reword(self._chance)
            self._tell("reword", f"a question is worded anew: forms apply leaves with {left.code}")
            if left.code:
                self._outcome.wrong.append(f"forms apply left with {left.code}: {left.err}")
        elif what < 0.83:
            if done := vandalise(self._town, self._chance, self._habits):
                self._tell(*done)
        else:
            self._harvest()

    def _harvest(self) -> None:
        settled = self._chance.random() < 0.8
        self._life.now += _SETTLED if settled else timedelta(milliseconds=1)
        self._town.set_clock(self._life.now)
        self._life.harvest_begins()
        way = self._chance.random()
        if way < 0.35:
            left, faults = weather.stormy(self._town, self._chance)
            self._tell("storm", f"a harvest in a storm ({faults}) leaves with {left.code}")
            self._judge(left, settled=settled)
        elif way < 0.55:
            self._tell("kill", f"a harvest is killed: {weather.killed(self._town, self._chance)}")
        elif way < 0.65:
            codes, told = weather.two_at_once(self._town)
            self._tell("two at once", f"two harvests at once {told}")
            if any(codes):
                self._outcome.wrong.append(f"two harvests at once left with {codes}")
        else:
            self._harvest_calmly()

    def _harvest_calmly(self, *, whole: bool = False) -> Left:
        self._life.now += _SETTLED
        self._town.set_clock(self._life.now)
        self._life.harvest_begins()
        left = weather.calm(self._town)
        self._tell("calm", f"a harvest leaves with {left.code}")
        if left.code:
            self._outcome.wrong.append(f"a harvest in calm left with {left.code}: {left.err}")
        else:
            self._life.harvest_went_well(whole=whole)
            if whole or not self._town.edits_show_late:
                self._compare()
        return left

    def _judge(self, left: Left, *, settled: bool) -> None:
        """What a harvest said that had faults: it may fail, but properly, and where it says that
        all went well it must be so."""
        if left.crashed or left.code not in _PROPER:
            self._outcome.wrong.append(f"a harvest with faults left with {left.code}: {left.err}")
        elif left.code == 0 and settled:
            self._life.harvest_went_well()
            if not self._town.edits_show_late:
                self._compare()

    def _compare(self, *, whole: bool = False) -> None:
        wrong = list(ledger_differences(self._town, self._life))
        if whole and not wrong:
            wrong = list(log_differences(self._town, self._life))
        self._outcome.wrong += wrong

    def _tell(self, kind: str, story: str) -> None:
        self._note(kind, f"{self._life.now.astimezone(ZONE):%d/%m %H:%M:%S} {story}")

    def _note(self, kind: str, line: str) -> None:
        self._outcome.did[kind] += 1
        self._outcome.story.append(line)


def live_through(seed: int) -> Outcome:
    """A year, from its seed."""
    outcome, begun = Outcome(seed), time.monotonic()
    chance = random.Random(seed)  # noqa: S311 - reproducible
    with (
        tempfile.TemporaryDirectory(prefix="cchc-", ignore_cleanup_errors=True) as work,
        Town.founded(Path(work), chance) as town,
    ):
        try:
            Year(town, chance, outcome).live()
        except Exception:  # the story is needed all the more
            outcome.wrong.append(traceback.format_exc())
    outcome.seconds = time.monotonic() - begun
    return outcome
