"""The colours of results as eyes see them that lack one kind of cone.

Seen through the matrices of Machado, Oliveira and Fernandes (2009), severity 1, on linear RGB; told
apart by the distance in CIE L*a*b* (1976), of which about 2 can just be seen side by side.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import combinations

import pytest

from cchc_gforms.dashboard import palette

Colour = tuple[float, float, float]

EYES: dict[str, tuple[Colour, Colour, Colour]] = {
    "all cones": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "deuteranopia": (
        (0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "protanopia": (
        (0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "tritanopia": (
        (1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
}  # fmt: skip


def linear(hex: str) -> Colour:
    red, green, blue = (int(hex[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return _linear(red), _linear(green), _linear(blue)


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else float(((part + 0.055) / 1.055) ** 2.4)


def lab(hex: str, eyes: str) -> Colour:
    red, green, blue = (
        min(1, max(0, sum(a * b for a, b in zip(line, linear(hex), strict=True))))
        for line in EYES[eyes]
    )
    x = _root((0.4124564 * red + 0.3575761 * green + 0.1804375 * blue) / 0.95047)
    y = _root(0.2126729 * red + 0.7151522 * green + 0.0721750 * blue)
    z = _root((0.0193339 * red + 0.1191920 * green + 0.9503041 * blue) / 1.08883)
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def _root(part: float) -> float:
    return float(part ** (1 / 3)) if part > 216 / 24389 else (24389 / 27 * part + 16) / 116


def apart(one: str, other: str, eyes: str) -> float:
    pairs = zip(lab(one, eyes), lab(other, eyes), strict=True)
    return float(sum((a - b) ** 2 for a, b in pairs) ** 0.5)


def contrast(one: str, other: str) -> float:
    """WCAG 2: 4.5 for text, 3 for large figures."""
    light = sorted(
        sum(a * b for a, b in zip((0.2126, 0.7152, 0.0722), linear(hex), strict=True))
        for hex in (one, other)
    )
    return (light[1] + 0.05) / (light[0] + 0.05)


@pytest.mark.parametrize("eyes", EYES)
@pytest.mark.parametrize(
    ("colours", "least"), [(palette.TIMELINESS, 18), (palette.PALE, 8)], ids=["charts", "cells"]
)
def test_no_two_results_look_alike(colours: Mapping[str, str], least: float, eyes: str) -> None:
    found = {
        (one, other): apart(colours[one], colours[other], eyes)
        for one, other in combinations(colours, 2)
    }
    assert {pair: far for pair, far in found.items() if far < least} == {}


def test_words_can_be_read_on_what_is_behind_them() -> None:
    behind = (*palette.PALE.values(), palette.RETURNS_3, palette.WAITING, palette.WARNING)
    assert min(contrast("#000000", one) for one in behind) > 7
    assert contrast(palette.ON_HEADER, palette.HEADER) > 7
    assert contrast(palette.MUTED, palette.TILE) > 4.5
    assert contrast(palette.LINK, "#ffffff") > 4.5
    large = (*palette.INK.values(), palette.RETURNS, palette.HEADER)
    assert min(contrast(one, palette.TILE) for one in large) > 3
