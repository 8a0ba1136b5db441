"""YAML files whose every value knows its line and column.

`load` reads a file, `parse` turns it into a pydantic model, `parse_partly` into as much of it as is
right; all give every problem found, each at its place, and the caller raises them at once as
`ProblemsError`.
"""

from __future__ import annotations

from cchc_gforms.yaml_file.edit import Written
from cchc_gforms.yaml_file.known import Known
from cchc_gforms.yaml_file.near import near_miss
from cchc_gforms.yaml_file.nodes import Loc
from cchc_gforms.yaml_file.parse import UNKNOWN_KEY, StandIn, parse, parse_partly
from cchc_gforms.yaml_file.read import YamlFile, load, read, read_bytes
from cchc_gforms.yaml_file.shape import Day, Flag, Number, Shape, Whole, wrong_value
from cchc_gforms.yaml_file.text import decode, place

__all__ = [
    "UNKNOWN_KEY",
    "Day",
    "Flag",
    "Known",
    "Loc",
    "Number",
    "Shape",
    "StandIn",
    "Whole",
    "Written",
    "YamlFile",
    "decode",
    "load",
    "near_miss",
    "parse",
    "parse_partly",
    "place",
    "read",
    "read_bytes",
    "wrong_value",
]
