"""One form, written inside a test, among the specs that ship."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from cchc_gforms.regime.load import load as load_regime
from cchc_gforms.spec.load import load
from cchc_gforms.spec.model import ChoiceItem, FormSpec, Item
from tests.generator.test_apply import copy_specs

UNIT = "{key: unit, type: text, title: 'Đơn vị {period.title}', role: unit}"


def form_of(
    work: Path,
    sections: str,
    *,
    head: str = "",
    parts: dict[str, dict[str, Any]] | None = None,
    lists: dict[str, Any] | None = None,
) -> FormSpec:
    """The 06 tháng form of a document whose file has these sections (YAML, a list).

    `parts` and `lists` come to those that ship.
    """
    specs = work / "specs"
    copy_specs(specs)
    (specs / "plan_result.yaml").write_text(f"title: T\n{head}\nsections:\n{sections}", "utf-8")
    for kind, more in (parts or {}).items():
        _add(specs / "parts.yaml", kind, more)
    _add(specs / "lists.yaml", "lists", lists or {})
    found = {spec.name: spec for spec in load(specs, load_regime(specs, 2022))}
    return found["plan_result/2022-h1"]


def item(spec: FormSpec, key: str) -> Item:
    return next(one for section in spec.sections for one in section.items if one.key == key)


def ways(spec: FormSpec, key: str) -> dict[str, str | None]:
    """Where each choice of a question leads."""
    question = item(spec, key)
    assert isinstance(question, ChoiceItem)
    return {choice.value: choice.go_to for choice in question.choices}


def _add(path: Path, kind: str, more: dict[str, Any]) -> None:
    data = YAML(typ="safe").load(path) if path.exists() else {}
    data.setdefault(kind, {}).update(more)
    path.write_text(json.dumps(data, ensure_ascii=False), "utf-8")
