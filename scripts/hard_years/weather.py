"""A harvest in all weathers: calm, in a storm of faults, killed, two at once.

The client's waiting is real, so that a campaign would wait for minutes: a refusal therefore says
`Retry-After: 0`, which the client honours; a cut line cannot say it, and strikes once a harvest,
which mostly has no time to wait (`--max-time`).

What is counted is what was met: a fault that the local Google says struck, a process that died of
SIGKILL, two that were at it at the same time.
"""

from __future__ import annotations

import contextlib
import random
import time
from collections.abc import Iterator, Sequence
from typing import Any

from hard_years.apart import begin
from hard_years.stores import watched
from hard_years.town import Left, Town, cchc

_HELD = 500  # milliseconds for which the call is held at which a harvest is killed
_BUSY = 5  # the exit code of who finds another at it
_PAUSE = 0.005  # seconds between two looks at its calls
_WATCHED = 0.2  # seconds for which one who should wait is watched
_SLIP = 0.02  # seconds for which one who writes may go on

Met = list[str]
"""What befell a harvest, by the names of `tally`."""


def calm(town: Town) -> Left:
    town.control("DELETE", "log")
    left = cchc("harvest", *town.settings())
    town.calls = _calls(town)
    return left


def stormy(town: Town, chance: random.Random) -> tuple[Left, Met, str]:
    """With faults, a few or without end; they stop afterwards."""
    faults = _faults(chance, town.calls)
    hurry = ("--max-time", "1s") if chance.random() < 0.9 else ()
    met: Met = []
    with _under(town, faults):
        left = cchc("harvest", *hurry, *town.settings())
        for fault, times in zip(faults, town.control("GET", "faults")["struck"], strict=True):
            met += [_name(fault)] * times
    told = ", ".join(f"{name}={value}" for one in faults for name, value in one.items())
    return left, met, f"{told}, struck {len(met)} times"


def killed(town: Town, chance: random.Random) -> tuple[Met, str]:
    """A harvest in a process of its own is killed (SIGKILL): while it waits for its n-th call, or
    when it has begun to write into the store."""
    writes = chance.random() < 0.6
    slip = chance.random() * _SLIP
    nth = 0 if writes else chance.randint(1, max(1, town.calls))
    town.control("DELETE", "log")
    hold = [] if writes else [{"path_prefix": "/", "nth": nth, "delay_ms": _HELD}]
    met: Met = []
    with _under(town, hold), watched(town.store) as is_written:
        harvest = begin("harvest", *town.settings())
        while harvest.is_running:
            if is_written() if writes else _calls(town) >= nth:
                time.sleep(slip if writes else 0)
                break
            time.sleep(_PAUSE / 10 if writes else _PAUSE)
        if harvest.kill():
            met.append("killed while it wrote" if writes else "killed between calls")
    ended = "killed" if met else "done before"
    return met, f"{ended}, {'as it wrote' if writes else f'at call {nth}'}"


def two_at_once(town: Town, chance: random.Random) -> tuple[Met, str, list[str]]:
    """The first has the turn, and is stopped (SIGSTOP) at a call, while the second begins, which
    waits or does not; the first may be killed over it. What they did, and what they should not
    have."""
    patient, dies = chance.random() < 0.6, chance.random() < 0.4
    town.control("DELETE", "log")
    with _under(town, [{"path_prefix": "/", "nth": 1, "delay_ms": _HELD}]):
        first = begin("harvest", *town.settings())
        while first.is_running and not _calls(town):
            time.sleep(_PAUSE)
        first.stop()
    met, before = ["two at once"] if first.is_running else [], _calls(town)
    second = begin("harvest", *town.settings(), *(() if patient else ("--wait", "0")))
    second.has_begun()
    if patient:
        time.sleep(_WATCHED)
    else:
        met += ["one of two turned away"] * (second.left() == _BUSY)
    wrong = ["a second harvest did not wait for the first"] * (_calls(town) > before)
    if patient and dies:
        met += ["one of two killed"] * first.kill()
    else:
        first.go_on()
    codes = [first.left(), second.left()]
    if "one of two killed" not in met and codes[0]:
        wrong.append(f"the first of two harvests left with {codes[0]}")
    if codes[1] != (0 if patient else _BUSY):
        wrong.append(f"the second of two harvests left with {codes[1]}")
    return met, f"{', '.join(met)}, left with {codes}", wrong


@contextlib.contextmanager
def _under(town: Town, faults: Sequence[dict[str, Any]]) -> Iterator[None]:
    town.control("POST", "faults", list(faults))
    try:
        yield
    finally:
        town.control("POST", "faults", [])


def _faults(chance: random.Random, calls: int) -> list[dict[str, Any]]:
    kind = chance.random()
    if kind < 0.25:
        return [_cut(chance, calls)]
    seed = chance.getrandbits(16)
    if kind < 0.4:  # one service is down for good
        path = chance.choice(("/v4/", "/v1/forms/", "/drive/"))
        return [_refusal(chance, path_prefix=path, nth=0)]
    if kind < 0.7:
        return [_refusal(chance, path_prefix="/", chance=chance.choice((0.1, 0.3, 0.6)), seed=seed)]
    late = {"path_prefix": "/", "chance": 0.3, "seed": seed, "delay_ms": chance.choice((1, 5, 20))}
    return [late, _refusal(chance, path_prefix="/", nth=chance.randint(1, max(1, calls)))]


def _cut(chance: random.Random, calls: int) -> dict[str, Any]:
    """Nothing, or half an answer: once."""
    cut = (
        {"drop": True, "after": chance.random() < 0.5} if chance.random() < 0.5 else {"half": True}
    )
    return {"path_prefix": "/", "nth": chance.randint(1, max(1, calls)), **cut}


def _refusal(luck: random.Random, **when: Any) -> dict[str, Any]:
    status = luck.choice((429, 500, 503))
    return {**when, "status": status, "retry_after": 0, "after": luck.random() < 0.3}


def _name(fault: dict[str, Any]) -> str:
    if "status" in fault:
        return f"answered {fault['status']}"
    if "drop" in fault:
        return "answer dropped" if fault["after"] else "call dropped"
    return "answer cut in half" if "half" in fault else "answer late"


def _calls(town: Town) -> int:
    return len(town.control("GET", "log"))
