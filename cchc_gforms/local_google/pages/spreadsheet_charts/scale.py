"""A value axis: round steps that cover the data."""

from __future__ import annotations

import math
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Scale:
    """Values `low` to `high`, with a mark every `step`."""

    low: float
    high: float
    step: float

    def part(self, value: float) -> float:
        """Where a value lies, from 0 (lowest) to 1; values beyond the axis lie at its ends."""
        return min(1.0, max(0.0, (value - self.low) / (self.high - self.low)))

    def marks(self) -> list[float]:
        count = round((self.high - self.low) / self.step)
        return [round(self.low + index * self.step, 10) for index in range(count + 1)]


def scale_for(values: list[float], *, marks: int = 5, whole: bool = False) -> Scale:
    """From or through zero; about `marks` steps of 1, 2 or 5 times a power of ten."""
    low, high = min([0.0, *values]), max([0.0, *values])
    if low == high:
        high = 1.0
    rough = (high - low) / marks
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(size * power for size in (1, 2, 5, 10) if size * power >= rough * 0.999)
    if whole:
        step = max(1.0, step)
    return Scale(math.floor(low / step) * step, math.ceil(high / step) * step, step)
