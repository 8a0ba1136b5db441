"""The outline of the report (requirements 1.3) as data, and which of its nodes no form asks for."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from pydantic import BaseModel, ConfigDict, Field

from cchc_gforms.errors import Problem, ProblemsError, Where
from cchc_gforms.regime.model import Text
from cchc_gforms.spec.model import FormSpec, is_question
from cchc_gforms.yaml_file import Known, StandIn, Written, YamlFile, parse_partly
from cchc_gforms.yaml_file import load as load_yaml


class Node(BaseModel):
    """A heading or bullet of the outline."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str = Field(
        min_length=1,
        description="số của mục; dấu chấm ngăn các cấp, sâu bao nhiêu cấp cũng được (I.3.1)",
    )
    kind: str = Field("", description="gọi cấp này là gì, ví dụ part, section, bullet; để đọc")
    text: Text = Field(description="chữ của mục trong đề cương")


class Outline(BaseModel):
    """outline.yaml: what a report has to say."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    nodes: tuple[Node, ...] = Field(description="các mục, theo thứ tự")


@dataclass(frozen=True, slots=True)
class Served:
    """A node and the documents whose forms ask for it; none: it is left out."""

    node: Node
    documents: tuple[str, ...]


def load_outline(spec_dir: Path) -> Outline:
    """outline.yaml; ProblemsError with what is wrong in it."""
    _, outline, problems = _outline(spec_dir)
    if problems:
        raise ProblemsError(problems)
    return outline or Outline(nodes=())


def outline_nodes(spec_dir: Path) -> tuple[Known, list[Problem]]:
    """Ids of the nodes, open where there is no outline to name; and what is wrong in it."""
    if not (spec_dir / "outline.yaml").exists():
        return Known(open=True), []
    file, outline, problems = _outline(spec_dir)
    if file is None or outline is None:
        return Known(open=True), problems
    unread = any(_id(raw) is None for loc, raw in file.lost.items() if loc[0] == "nodes")
    return Known((node.id for node in outline.nodes), open=unread), problems


def coverage(specs: Iterable[FormSpec], nodes: Iterable[Node]) -> list[Served]:
    """Which documents ask for each node. A node that has others under it is a heading: it is
    served by a section or a note, or by whatever serves one under it; others by a question only."""
    named: dict[str, dict[str, None]] = {}
    nodes = list(nodes)
    headings = {id for node in nodes for id in _above(node.id)}
    for spec in specs:
        for source in _named(spec, headings):
            for id in (source, *_above(source)):
                named.setdefault(id, {})[spec.document] = None
    return [Served(node, tuple(named.get(node.id, ()))) for node in nodes]


def _named(spec: FormSpec, headings: set[str]) -> list[str]:
    found: list[str] = []
    for section in spec.sections:
        found += [source for source in section.source if source in headings]
        for item in section.items:
            asked = is_question(item)
            found += [source for source in item.source if asked or source in headings]
    return found


def _above(id: str) -> list[str]:
    """The ids of the headings over a node: I.3 and I over I.3.1."""
    parts = id.split(".")
    return [".".join(parts[:depth]) for depth in range(len(parts) - 1, 0, -1)]


def _outline(spec_dir: Path) -> tuple[YamlFile | None, Outline | None, list[Problem]]:
    file, problems = load_yaml(spec_dir / "outline.yaml", f"{spec_dir.name}/outline.yaml")
    if file is None:
        return None, None, problems
    file, outline, more = parse_partly(file, Outline, _STAND_INS)
    if outline:
        more += _twice(file, outline)
    return file, outline, [*problems, *more]


def _stand_in(raw: object, where: Where) -> Written:
    """A wrong node keeps the id it has."""
    return {"id": _id(raw) or f"{where.line}:{where.column}", "text": "…"}


def _id(raw: object) -> str | None:
    id = raw.get("id") if isinstance(raw, dict) else None
    return id if isinstance(id, str) and id else None


_STAND_INS: Final = (
    StandIn(("nodes", None), _stand_in),
    StandIn(("nodes",), []),
    StandIn((None,)),
)


def _twice(file: YamlFile, outline: Outline) -> list[Problem]:
    seen: set[str] = set()
    problems = []
    for n, node in enumerate(outline.nodes):
        if node.id in seen:
            where = file.where(("nodes", n, "id"))
            message, fix = f"mục '{node.id}' có hai lần", "đánh số lại một trong hai mục"
            problems.append(Problem("OUTLINE-DUPLICATE-ID", where, message, fix))
        seen.add(node.id)
    return problems
