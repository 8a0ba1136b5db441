"""A harvest in all weathers: calm, in a storm of faults, killed, two at once.

The client's waiting is real, so that a campaign would wait for minutes: a refusal therefore says
`Retry-After: 0`, which the client honours; a cut line cannot say it, and strikes once a harvest,
which mostly has no time to wait (`--max-time`).
"""

from __future__ import annotations

import contextlib
import random
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from hard_years.apart import begin
from hard_years.town import Left, Town, cchc

_HELD = 500  # milliseconds for which the call is held at which a harvest is killed
_CALLS = 10  # about as many as a harvest makes here


def calm(town: Town) -> Left:
    return cchc("harvest", *town.settings())


def stormy(town: Town, chance: random.Random) -> tuple[Left, str]:
    """With faults, a few or without end; they stop afterwards."""
    faults = _faults(chance)
    hurry = ("--max-time", "1s") if chance.random() < 0.9 else ()
    with _under(town, faults):
        left = cchc("harvest", *hurry, *town.settings())
    return left, ", ".join(_shown(one) for one in faults)


def killed(town: Town, chance: random.Random) -> str:
    """A harvest in a process of its own is killed (SIGKILL): at its n-th call, or, past the last
    one, when it begins to write into the store."""
    last = chance.random() < 0.4
    nth = 0 if last else chance.randint(1, _CALLS)
    town.control("DELETE", "log")
    hold = [] if last else [{"path_prefix": "/", "nth": nth, "delay_ms": _HELD}]
    with _under(town, hold):
        before = _written(town.store)
        process = begin("harvest", *town.settings())
        while process.is_alive():
            if _written(town.store) != before if last else _calls(town) >= nth:
                process.kill()
                break
        process.join()
    ended = "killed" if process.exitcode and process.exitcode < 0 else "done before"
    process.close()
    return f"{ended}, {'at its first write' if last else f'at call {nth}'}"


def two_at_once(town: Town) -> tuple[list[int], str]:
    """Two processes at the same time; their exit codes."""
    processes = [begin("harvest", *town.settings()) for _ in range(2)]
    for process in processes:
        process.join()
    codes = [process.exitcode if process.exitcode is not None else -1 for process in processes]
    for process in processes:
        process.close()
    return codes, f"left with {codes}"


@contextlib.contextmanager
def _under(town: Town, faults: Sequence[dict[str, Any]]) -> Iterator[None]:
    town.control("POST", "faults", list(faults))
    try:
        yield
    finally:
        town.control("POST", "faults", [])


def _faults(chance: random.Random) -> list[dict[str, Any]]:
    kind = chance.random()
    if kind < 0.2:
        return [_cut(chance)]
    seed = chance.getrandbits(16)
    if kind < 0.4:  # one service is down for good
        path = chance.choice(("/v4/", "/v1/forms/", "/drive/"))
        return [_refusal(chance, path_prefix=path, nth=0)]
    if kind < 0.7:
        return [_refusal(chance, path_prefix="/", chance=chance.choice((0.1, 0.3, 0.6)), seed=seed)]
    late = {"path_prefix": "/", "chance": 0.3, "seed": seed, "delay_ms": chance.choice((1, 5, 20))}
    return [late, _refusal(chance, path_prefix="/", nth=chance.randint(1, _CALLS))]


def _cut(chance: random.Random) -> dict[str, Any]:
    """Nothing, or half an answer: once."""
    cut = (
        {"drop": True, "after": chance.random() < 0.5} if chance.random() < 0.5 else {"half": True}
    )
    return {"path_prefix": "/", "nth": chance.randint(1, _CALLS), **cut}


def _refusal(luck: random.Random, **when: Any) -> dict[str, Any]:
    status = luck.choice((429, 500, 503))
    return {**when, "status": status, "retry_after": 0, "after": luck.random() < 0.3}


def _shown(fault: dict[str, Any]) -> str:
    return " ".join(f"{name}={value}" for name, value in fault.items())


def _calls(town: Town) -> int:
    return len(town.control("GET", "log"))


def _written(store: Path) -> int:
    """How much has been written beside the store's file, which is where SQLite writes first."""
    beside = store.with_name(f"{store.name}-wal")
    try:
        return beside.stat().st_size
    except FileNotFoundError:
        return 0
