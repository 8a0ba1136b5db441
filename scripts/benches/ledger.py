"""What a large ledger costs, in counts and ratios: `python scripts/bench.py [--small]`.

One table of events, read by pandas' plain groupby and by the ledger, in the same run. The table
is integers: what a log is read into once (`ledger.tabulate`), which is not timed here.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from functools import partial
from resource import RUSAGE_SELF, getrusage
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd

from cchc_gforms.events import (
    Decided,
    Event,
    Extended,
    PeriodOpened,
    RosterUnit,
    VersionSeen,
    Voided,
)
from cchc_gforms.ledger.figures import Events, Figures, Owed, figures
from cchc_gforms.ledger.fold import fold
from cchc_gforms.ledger.running import Running

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
DAY = 86_400_000_000  # microseconds
DUE = 19_146 * DAY - 7 * DAY // 24  # 03/06/2022 00:00 in Viet Nam
AS_OF = DUE + 60 * DAY
Result = TypeVar("Result")


def main(small: bool) -> None:
    scale = 100 if small else 1
    obligations, count = 300_000 // scale, 1_000_000 // scale
    events, owed = _table(obligations, count)
    frame = pd.DataFrame({"obligation": events.obligation, "at": events.at})
    plain = _best(lambda: frame.groupby("obligation")["at"].agg(["min", "max", "count"]))
    full = _best(lambda: figures(events, owed, AS_OF, ZONE))
    running = Running(events, owed, AS_OF, ZONE)
    more = [_few(obligations, seed) for seed in range(5)]
    update = min(_timed(partial(running.add, one)) for one in more)
    found = running.figures
    rest = _not_plain(obligations // 1000)
    exact = _best(lambda: fold(rest, as_of=_moment(AS_OF), zone=ZONE, reviewers=()))
    print(f"obligations {obligations:,}, events {count:,}, 100 new events")
    print(f"groupby().agg(min, max, count)  {plain:8.4f} s")
    print(f"full ledger                     {full:8.4f} s  {full / plain:6.2f} times groupby")
    print(f"  and the fold of one in 1,000  {exact:8.4f} s  {(full + exact) / plain:6.2f} times")
    print(f"brought up to date              {update:8.4f} s  {update / full:6.2%} of the full")
    print(f"more for the fold in the table  {int(found.exact.sum()):,} obligations")
    print(f"most memory                     {getrusage(RUSAGE_SELF).ru_maxrss / 1024:,.0f} MB")
    _print_counts(found)


def _table(obligations: int, count: int) -> tuple[Events, Owed]:
    """Every obligation is sent once; the rest are edits, returns and approvals at random."""
    random = np.random.default_rng(260)
    rest = count - obligations
    owed_by = np.r_[
        np.arange(obligations, dtype=np.int32),
        random.integers(0, obligations, rest, dtype=np.int32),
    ]
    first = DUE - random.integers(0, 20 * DAY, obligations) + 3 * DAY
    later = first[owed_by[obligations:]] + random.integers(1, 30 * DAY, rest)
    action = np.r_[np.zeros(obligations, np.int8), random.integers(0, 3, rest, dtype=np.int8)]
    order = random.permutation(count)
    events = Events(owed_by[order], np.r_[first, later][order], action[order])
    owed = Owed(
        due=np.full(obligations, DUE + DAY),
        due_day=np.full(obligations, 19_146),
        by_approval=np.arange(obligations) % 5 == 0,
        not_assessed=np.zeros(obligations, np.bool_),
    )
    return events, owed


def _not_plain(obligations: int) -> list[Event]:
    """Obligations with a version that is void, an edit, a return and an extension each."""
    codes = [f"U{number}" for number in range(obligations)]
    due_on = date(2022, 6, 3)
    units = tuple(RosterUnit(code=code, name=code, level="primary") for code in codes)
    subject: dict[str, Any] = {"document": "report", "period": "2022-h1"}
    opened = PeriodOpened(
        at=_moment(DUE - 30 * DAY), due_on=due_on, due_on_rolled=due_on, units=units,
        deciding="first_submission", **subject,
    )  # fmt: skip
    events: list[Event] = [opened]
    for code in codes:
        mine: dict[str, Any] = {"form_id": "f", "claimed_unit": code, "unit_code": code, **subject}
        first, second, at = (_moment(DUE + days * DAY) for days in (0, 2, 3))
        events += [
            VersionSeen(at=first, response_id=code, **mine),
            VersionSeen(at=second, response_id=code, **mine),
            Decided(at=at, response_id=f"{code} return", action="return", **mine),
            Voided(at=at, response_id=f"{code} void", **mine),
            Extended(at=at, response_id=f"{code} extend", due_on=date(2022, 6, 9), **mine),
        ]
    return events


def _moment(micros: int) -> datetime:
    return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=micros)


def _few(obligations: int, seed: int) -> Events:
    random = np.random.default_rng(seed)
    return Events(
        random.integers(0, obligations, 100, dtype=np.int32),
        DUE + 40 * DAY + random.integers(0, DAY, 100),
        random.integers(0, 3, 100, dtype=np.int8),
    )


def _best(work: Callable[[], Result], times: int = 5) -> float:
    return min(_timed(work) for _ in range(times))


def _timed(work: Callable[[], Result]) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def _print_counts(found: Figures) -> None:
    print(f"versions {int(found.versions.sum()):,}, returns {int(found.returns.sum()):,}")


if __name__ == "__main__":
    main("--small" in sys.argv[1:])
