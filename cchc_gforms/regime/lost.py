"""What stands in for what is wrong in regime.yaml and a year file, so that the rest can be read.

A wrong value of a document, a rule or a request is one that says nothing; the names beside it are
still looked at. Nothing is computed from what has a stand-in in it (`is_whole`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from cchc_gforms.errors import Where
from cchc_gforms.regime.model import Level
from cchc_gforms.yaml_file import UNKNOWN_KEY, Loc, StandIn, Written, YamlFile

_OFFICE: Final[Written] = {"name": "…", "short_name": "…"}
_RULE: Final[Written] = {"after": "closing_date", "days": 0}
_AUDIENCE: Final = ("requests", None, "audience")


def _code(raw: object) -> str | None:
    code = raw.get("code") if isinstance(raw, dict) else None
    return code if isinstance(code, str) and code else None


def _level(raw: object, where: Where) -> Written:
    """A wrong level keeps the code by which the roster names it."""
    return {"code": _code(raw) or f"{where.line}:{where.column}", "label": "…"}


def _levels(raw: object, where: Where) -> Written:
    return {"lost": _level(raw, where)}


def _name(_: object, where: Where) -> Written:
    return f"lost_{where.line}_{where.column}"


def _rule(*at: str | None) -> Iterator[StandIn]:
    """A due rule there; whether it counts from one thing is seen by which keys it has."""
    yield StandIn((*at, UNKNOWN_KEY))
    yield StandIn((*at, "on", "year"), neutral=True)
    yield StandIn((*at, "on", "weekday"), neutral=True)
    yield StandIn((*at, "on"), {"day": 1, "month": 1}, neutral=True)
    yield StandIn((*at, "after"), "closing_date", neutral=True)
    yield StandIn((*at, "days"), 0, neutral=True)
    for key in ("limit", "counting", "roll"):
        yield StandIn((*at, key), neutral=True)
    yield StandIn(at, _RULE)


REGIME: Final = (
    *_rule("documents", None, "due"),
    *_rule("documents", None, "due_by_level", None),
    *_rule("documents", None, "due_by_period", None),
    *_rule("documents", None, "due_by_period", None, "by_level", None),
    *(
        StandIn(("documents", None, key))
        for key in ("periods", "levels", "has_data", "advisory", UNKNOWN_KEY)
    ),
    StandIn(("documents", None, "periods", None)),
    StandIn(("documents", None, "levels", None)),
    StandIn(("documents", None, "label"), "…"),
    StandIn(("documents", None, "spec"), _name),
    StandIn(("documents", None, "deciding"), "approval"),
    StandIn(("documents", None, "due_by_level"), {}),
    StandIn(("documents", None, "due_by_period"), {}),
    StandIn(("documents", None, "due_by_period", None, "by_level"), {}),
    StandIn(("documents", None)),
    StandIn(("documents",), {}),
    StandIn(("periods", None, "label"), "…"),
    StandIn(("periods", None, "title"), "…"),
    StandIn(("periods", None, UNKNOWN_KEY)),
    StandIn(("periods", None)),
    StandIn(("periods",), {}),
    StandIn(("levels", None), _level),
    StandIn(("levels",), _levels),
    StandIn(("agencies", None, "bureau"), _OFFICE),
    StandIn(("agencies", None, "parent"), _OFFICE),
    StandIn(("agencies", None, UNKNOWN_KEY)),
    StandIn(("agencies", None)),
    StandIn(("agencies",), [{"bureau": _OFFICE, "parent": _OFFICE}]),
    StandIn(("reviewers", None)),
    StandIn(("reviewers",), ["lost@lost.invalid"]),
    StandIn(("calendar", "country"), "VN"),
    StandIn(("calendar", "weekend"), []),
    StandIn(("calendar", "extra_holidays")),
    StandIn(("calendar", "extra_workdays")),
    StandIn(("calendar",), {"country": "VN", "weekend": []}),
    StandIn(
        ("dispatch",),
        {"number": "…", "issued_on": "2000-01-01", "subject": "…"},
    ),
    StandIn(("timezone",), "UTC"),
    StandIn((None,)),
)


def year_file(year: int) -> tuple[StandIn, ...]:
    """Those for the file of that year. An entry of a list is never left out, so that the others
    keep their places."""
    due_on = f"{year}-06-30"

    def request(_: object, where: Where) -> Written:
        name = _name(_, where)
        return {
            "key": name, "document": name, "title": "…", "source_document": "…", "due_on": due_on
        }  # fmt: skip

    return (
        StandIn(("requests", None, "key"), _name),
        StandIn(("requests", None, "document"), _name),
        StandIn(("requests", None, "title"), "…"),
        StandIn(("requests", None, "source_document"), "…"),
        StandIn(("requests", None, "due_on"), due_on),
        StandIn(("requests", None, "window_from"), "1900-01-01", neutral=True),
        StandIn(("requests", None, "closes_on"), "2900-01-01", neutral=True),
        *(
            StandIn(("requests", None, key), neutral=True)
            for key in ("roll", "channel", "audience", UNKNOWN_KEY)
        ),
        StandIn((*_AUDIENCE, "levels", None)),
        StandIn((*_AUDIENCE, "units", None)),
        StandIn((*_AUDIENCE, UNKNOWN_KEY)),
        StandIn(("requests", None), request),
        StandIn(("not_assessed", None, "periods", None), _name),
        StandIn(("not_assessed", None, "reason"), "…"),
        StandIn(("not_assessed", None, UNKNOWN_KEY)),
        StandIn(("not_assessed", None), {"document": "lost", "periods": ["lost"], "reason": "…"}),
        StandIn(("wording", None)),
        StandIn(("plan", "number"), "…"),
        StandIn(("plan", UNKNOWN_KEY)),
        StandIn(("year",), year),
        StandIn((None,)),
    )


def is_whole(file: YamlFile, loc: Loc) -> bool:
    """Whether nothing is lost of what is there."""
    return not any(lost[: len(loc)] == loc or loc[: len(lost)] == lost for lost in file.lost)


def levels_written(file: YamlFile, levels: Mapping[str, Level]) -> Mapping[str, Level] | None:
    """The levels, with those that are wrong but for their codes; None where a code is unknown, or
    that of two: it is not known which other was meant."""
    lost = {str(loc[-1]): _code(raw) for loc, raw in file.lost.items() if loc[0] == "levels"}
    codes = {id: code for id, code in lost.items() if code}
    written = {**levels, **{id: Level(code=code, label="…") for id, code in codes.items()}}
    if len(codes) < len(lost) or len({level.code for level in written.values()}) < len(written):
        return None
    return written
