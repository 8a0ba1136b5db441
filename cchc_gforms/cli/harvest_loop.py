"""Rounds one after the other, until somebody asks to stop: between rounds, never within one."""

from __future__ import annotations

import signal
from collections.abc import Callable
from types import FrameType
from typing import Any

_SIGNALS = ("SIGINT", "SIGTERM", "SIGBREAK")  # SIGBREAK: Ctrl+Break on Windows
_SLICE = 0.5  # seconds; a sleep goes on after a signal, so it is cut


class Stopping:
    """While entered, notes that a signal asked to stop; `told` is called at the first. A second
    one ends the process as it would have without us."""

    def __init__(self, told: Callable[[], object]) -> None:
        self.asked = False
        self._told = told
        self._before: dict[int, Any] = {}

    def __enter__(self) -> Stopping:
        for name in _SIGNALS:
            if number := getattr(signal, name, None):
                self._before[number] = signal.signal(number, self._heard)
        return self

    def __exit__(self, *_: object) -> None:
        for number, handler in self._before.items():
            signal.signal(number, handler)

    def _heard(self, number: int, _: FrameType | None) -> None:
        self.asked = True
        signal.signal(number, self._before[number])
        self._told()


def repeat(
    do: Callable[[], object],
    every: float,
    stopping: Stopping,
    clock: Callable[[], float],
    sleep: Callable[[float], None],
) -> None:
    """A round begins `every` seconds after the one before began, or at once when that one took
    longer."""
    while not stopping.asked:
        begun = clock()
        do()
        while not stopping.asked and (left := begun + every - clock()) > 0:
            sleep(min(left, _SLICE))
