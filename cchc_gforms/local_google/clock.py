"""The local Google's clock: the machine's, until the control path sets it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta


class Clock:
    """`now()` is UTC with microseconds. Set, it stands still until set again or released, or goes
    on by a step for every request."""

    def __init__(self) -> None:
        self._fixed: datetime | None = None
        self._step = timedelta()

    def now(self) -> datetime:
        return self._fixed if self._fixed is not None else datetime.now(UTC)

    def step(self, by: timedelta) -> None:
        self._step = by

    def tick(self) -> None:
        """A request begins."""
        if self._fixed is not None:
            self._fixed += self._step

    def set(self, at: datetime) -> None:
        self._fixed = at.astimezone(UTC)

    def release(self) -> None:
        self._fixed, self._step = None, timedelta()
