"""Durations as people write them: 90s, 15m, 1h, 2d."""

from __future__ import annotations

import re
from collections.abc import Callable

import click

METAVAR = "KHOẢNG"
_UNITS = {"s": 1, "m": 60, "h": 3600, "d": 86400}
_WRITTEN = re.compile(r"([1-9]\d{0,6})([smhd])")

Callback = Callable[[click.Context, click.Parameter, str | None], int | None]


def seconds(least: int = 1) -> Callback:
    """The callback of an option that holds a duration: whole seconds, at least `least`."""

    def read(_: click.Context, __: click.Parameter, value: str | None) -> int | None:
        if value is None:
            return None
        written = _WRITTEN.fullmatch(value.strip())
        if written is None:
            raise click.BadParameter(
                f"{value!r} không phải khoảng thời gian, viết như 90s, 15m, 1h, 2d"
            )
        told = int(written[1]) * _UNITS[written[2]]
        if told < least:
            raise click.BadParameter(f"{value} ngắn quá, ít nhất {in_words(least)}")
        return told

    return read


def in_words(seconds: float) -> str:
    """In the two largest units: "2 ngày 3 giờ"."""
    left = round(seconds)
    parts = []
    for size, word in ((86400, "ngày"), (3600, "giờ"), (60, "phút"), (1, "giây")):
        count, left = divmod(left, size)
        if count:
            parts.append(f"{count} {word}")
    return " ".join(parts[:2]) or "0 giây"
