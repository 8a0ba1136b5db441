"""Durations as people write them: 90s, 15m, 1h, 2d."""

from __future__ import annotations

import re

import click

_UNITS = {"s": 1, "m": 60, "h": 3600, "d": 86400}
_WRITTEN = re.compile(r"([1-9]\d{0,6})([smhd])")


class Duration(click.ParamType):
    """Whole seconds, at least `least`."""

    name = "duration"

    def __init__(self, least: int = 1) -> None:
        self._least = least

    def convert(
        self, value: str | int, param: click.Parameter | None, ctx: click.Context | None
    ) -> int:
        if isinstance(value, int):
            return value
        written = _WRITTEN.fullmatch(value.strip())
        if written is None:
            self.fail(
                f"{value!r} không phải khoảng thời gian: viết như 90s, 15m, 1h, 2d", param, ctx
            )
        seconds = int(written[1]) * _UNITS[written[2]]
        if seconds < self._least:
            self.fail(f"{value} ngắn quá, ít nhất {in_words(self._least)}", param, ctx)
        return seconds

    def get_metavar(self, *_: object, **__: object) -> str:
        return "KHOẢNG"


def in_words(seconds: float) -> str:
    """Rounded to the two largest units: "2 ngày 3 giờ"."""
    left = round(seconds)
    parts = []
    for size, word in ((86400, "ngày"), (3600, "giờ"), (60, "phút"), (1, "giây")):
        count, left = divmod(left, size)
        if count:
            parts.append(f"{count} {word}")
    return " ".join(parts[:2]) or "0 giây"
