"""The outline of the report (requirements 1.3) as data, and which of its nodes no item serves."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict

from cchc_gforms.errors import ProblemsError
from cchc_gforms.spec.model import FormFile
from cchc_gforms.yaml_file import load as load_yaml
from cchc_gforms.yaml_file import parse


class Node(BaseModel):
    """A heading or bullet of the outline; `id` is its number ("I.3.1"), bullets by letter."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    kind: Literal["part", "section", "subsection", "bullet"]
    text: str


class Outline(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    nodes: tuple[Node, ...]


def load_outline(spec_dir: Path) -> Outline:
    """outline.yaml; ProblemsError with what is wrong in it."""
    file, problems = load_yaml(spec_dir / "outline.yaml", f"{spec_dir.name}/outline.yaml")
    outline, more = parse(file, Outline) if file else (None, [])
    if outline is None or problems:
        raise ProblemsError([*problems, *more])
    return outline


def not_served(form: FormFile, nodes: Iterable[Node]) -> list[str]:
    """Ids of the nodes that no section or item names as its source."""
    served = {source for section in form.sections for source in section.source}
    for section in form.sections:
        served.update(source for item in section.items for source in item.source)
    return [node.id for node in nodes if node.id not in served]
