"""What a chart's picture is made of, in pixels from its top left corner."""

from __future__ import annotations

from dataclasses import dataclass, field

_NARROW = set("iljtfrI.,:;|!'()[]-/ ")
_WIDE = set("mwMWĐOQG@%—–")


@dataclass(frozen=True, slots=True)
class Box:
    """A filled rectangle; `label` is what a pointer resting on it reads."""

    x: float
    y: float
    width: float
    height: float
    fill: str
    label: str = ""


@dataclass(frozen=True, slots=True)
class Stroke:
    """A path that is drawn (`stroke`), filled (`fill`), or both; in SVG's path language."""

    path: str
    stroke: str = "none"
    width: float = 1
    fill: str = "none"
    opacity: float = 1
    label: str = ""


@dataclass(frozen=True, slots=True)
class Dot:
    x: float
    y: float
    radius: float
    fill: str
    label: str = ""


@dataclass(frozen=True, slots=True)
class Words:
    """A line of text; `anchor` is start, middle or end; `turn` are degrees around its point."""

    x: float
    y: float
    text: str
    size: float = 12
    anchor: str = "start"
    fill: str = "#444444"
    weight: str = "400"
    turn: float = 0
    whole: str = ""


@dataclass
class Picture:
    """A drawn chart. `summary` says in words what it shows, for those who do not see it."""

    width: int
    height: int
    summary: str
    background: str = "#ffffff"
    boxes: list[Box] = field(default_factory=list)
    strokes: list[Stroke] = field(default_factory=list)
    dots: list[Dot] = field(default_factory=list)
    words: list[Words] = field(default_factory=list)


def ink_on(color: str) -> str:
    """Dark or light letters, whichever is read better on a colour (`#rrggbb`)."""
    red, green, blue = (int(color[place : place + 2], 16) for place in (1, 3, 5))
    return "#202124" if 0.299 * red + 0.587 * green + 0.114 * blue > 140 else "#ffffff"


def text_width(text: str, size: float) -> float:
    """About as wide as a sans-serif face sets it."""
    return sum(map(_breadth, text)) * size


def _breadth(letter: str) -> float:
    if letter in _NARROW:
        return 0.33
    if letter in _WIDE:
        return 0.88
    return 0.68 if letter.isupper() else 0.56


def shortened(text: str, size: float, width: float) -> str:
    """The text, or its beginning and an ellipsis, no wider than `width`."""
    if text_width(text, size) <= width:
        return text
    kept = text
    while kept and text_width(kept + "…", size) > width:
        kept = kept[:-1]
    return kept.rstrip() + "…" if kept else ""


def wrapped(text: str, size: float, width: float, lines: int) -> list[str]:
    """The text in at most `lines` lines no wider than `width`; what does not fit is shortened."""
    done: list[str] = []
    rest = text.split()
    while rest and len(done) < lines:
        if len(done) == lines - 1:
            return [*done, shortened(" ".join(rest), size, width)]
        taken = 1
        while taken < len(rest) and text_width(" ".join(rest[: taken + 1]), size) <= width:
            taken += 1
        done.append(shortened(" ".join(rest[:taken]), size, width))
        rest = rest[taken:]
    return done
