"""YAML files whose every value knows its line and column.

`load` reads a file, `parse` turns it into a pydantic model; both give all problems found, each
at its place, and the caller raises them at once as `ProblemsError`.
"""

from __future__ import annotations

from cchc_gforms.yaml_file.check import parse
from cchc_gforms.yaml_file.near import near_miss
from cchc_gforms.yaml_file.nodes import Loc
from cchc_gforms.yaml_file.read import YamlFile, load, read, read_bytes
from cchc_gforms.yaml_file.text import decode, place

__all__ = ["Loc", "YamlFile", "decode", "load", "near_miss", "parse", "place", "read", "read_bytes"]
