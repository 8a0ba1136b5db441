"""What stands in for what is wrong in regime.yaml and a year file, so that the rest can be read.

A kind of document or period that is wrong is left out; its name is still known (`Known`).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from cchc_gforms.errors import Where
from cchc_gforms.regime.model import Level
from cchc_gforms.yaml_file import StandIn, Written, YamlFile

_OFFICE: Final[Written] = {"name": "…", "short_name": "…"}


def _code(raw: object) -> str | None:
    code = raw.get("code") if isinstance(raw, dict) else None
    return code if isinstance(code, str) and code else None


def _level(raw: object, where: Where) -> Written:
    """A wrong level keeps the code by which the roster names it."""
    return {"code": _code(raw) or f"{where.line}:{where.column}", "label": "…"}


def _levels(raw: object, where: Where) -> Written:
    return {"lost": _level(raw, where)}


REGIME: Final = (
    StandIn(("documents", None)),
    StandIn(("documents",), {}),
    StandIn(("periods", None)),
    StandIn(("periods",), {}),
    StandIn(("levels", None), _level),
    StandIn(("levels",), _levels),
    StandIn(("agencies", None)),
    StandIn(("agencies",), [{"bureau": _OFFICE, "parent": _OFFICE}]),
    StandIn(("reviewers", None)),
    StandIn(("reviewers",), []),
    StandIn(("calendar",), {"country": "VN", "weekend": []}),
    StandIn(
        ("dispatch",),
        {"number": "…", "issued_on": "2000-01-01", "subject": "…"},
    ),
    StandIn(("timezone",), "UTC"),
    StandIn((None,)),
)


def year_file(year: int) -> tuple[StandIn, ...]:
    """Those for the file of that year."""
    return (
        StandIn(("requests", None)),
        StandIn(("not_assessed", None)),
        StandIn(("wording", None)),
        StandIn(("year",), year),
        StandIn((None,)),
    )


def is_whole(file: YamlFile, key: str) -> bool:
    """Whether nothing is lost of what is under a key of the file."""
    return not any(loc[0] == key for loc in file.lost)


def levels_written(file: YamlFile, levels: Mapping[str, Level]) -> Mapping[str, Level] | None:
    """The levels, with those that are wrong but for their codes; None where a code is unknown."""
    lost = {str(loc[-1]): _code(raw) for loc, raw in file.lost.items() if loc[0] == "levels"}
    codes = {id: code for id, code in lost.items() if code}
    if len(codes) < len(lost):
        return None
    return {**levels, **{id: Level(code=code, label="…") for id, code in codes.items()}}
