"""The reference and the schemas are those of the models, and what they show can be loaded."""

from __future__ import annotations

import re
from datetime import date, datetime
from pathlib import Path
from typing import Any, get_args

import jsonschema
import pytest
from ruamel.yaml import YAML

from cchc_gforms.regime.year_file import YearFile
from cchc_gforms.spec.chapters import ACTIONS, ROLES, YEAR_EXAMPLE
from cchc_gforms.spec.check_yearly import ASKED
from cchc_gforms.spec.described import FILES, described, models_of, summary
from cchc_gforms.spec.examples import ANOTHER_OFFICE, EXAMPLES, Example
from cchc_gforms.spec.load import load_all
from cchc_gforms.spec.model import Action
from cchc_gforms.spec.reference import reference
from cchc_gforms.spec.schema import DIRECTORY, schema, written
from cchc_gforms.yaml_file import parse
from cchc_gforms.yaml_file import read as read_yaml
from tests.office import SPECS

DOCS = SPECS.parent / "docs" / "form-language.md"


def kind_of(path: Path) -> str:
    if path.parent.name == "years":
        return "year"
    return path.stem if path.stem in FILES else "form"


SPEC_FILES = sorted([*SPECS.glob("*.yaml"), *(SPECS / "years").glob("*.yaml")])
OFFICE_FILES = sorted((Path(__file__).parent / "other_office").rglob("*.yaml"))


def read(path: Path) -> Any:
    """As an editor sees it: dates are texts."""

    def plain(value: Any) -> Any:
        if isinstance(value, dict):
            return {str(key): plain(inner) for key, inner in value.items()}
        if isinstance(value, list):
            return [plain(inner) for inner in value]
        return value.isoformat() if isinstance(value, (date, datetime)) else value

    return plain(YAML(typ="safe").load(path))


def test_the_reference_that_is_kept_is_that_of_the_models() -> None:
    assert DOCS.read_text("utf-8") == reference(), "stale: run `cchc spec docs`"


@pytest.mark.parametrize("kind", FILES)
def test_the_schema_that_is_kept_is_that_of_the_models(kind: str) -> None:
    kept = (SPECS / DIRECTORY / f"{kind}.json").read_text("utf-8")
    assert kept == written(kind), "stale: run `cchc spec schema --write`"


@pytest.mark.parametrize("kind", FILES)
def test_every_group_and_field_says_what_it_is_for(kind: str) -> None:
    for model in models_of(FILES[kind]):
        assert summary(model), model.__name__
        for field in model.model_fields:
            assert described(model, field), f"{model.__name__}.{field}"


@pytest.mark.parametrize("path", [*SPEC_FILES, *OFFICE_FILES], ids=lambda path: path.name)
def test_each_file_is_valid_by_its_schema(path: Path) -> None:
    jsonschema.Draft202012Validator(schema(kind_of(path))).validate(read(path))


@pytest.mark.parametrize("path", SPEC_FILES, ids=lambda path: path.name)
def test_each_file_names_its_schema_for_editors(path: Path) -> None:
    first = path.read_text("utf-8").split("\n", 1)[0]
    named = re.fullmatch(r"# yaml-language-server: \$schema=(\S+)", first)
    assert named, first
    found = (path.parent / named[1]).resolve()
    assert found == (SPECS / DIRECTORY / f"{kind_of(path)}.json").resolve()


@pytest.mark.parametrize(
    "wrong",
    [
        {"titel": "T"},
        {"sections": []},
        {"sections": [{"key": "a", "title": "A", "items": [{"key": "q", "type": "txt"}]}]},
        {"sections": [{"key": "A B", "title": "A", "items": []}]},
    ],
)
def test_a_schema_refuses_what_the_loader_refuses(wrong: dict[str, Any]) -> None:
    right = {"title": "T", "sections": [{"key": "a", "title": "A", "items": []}]}
    validator = jsonschema.Draft202012Validator(schema("form"))
    validator.validate(right)
    assert not validator.is_valid({**right, **wrong})


def put(files: Example, target: Path) -> None:
    for name, text in files.files.items():
        path = target / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text.lstrip(), "utf-8")


def test_the_pages_of_the_processing_form_are_told_as_they_are_checked() -> None:
    """R11-R13: each action that can be offered, and each role that is read on its page."""
    assert set(ACTIONS) == set(get_args(Action)) == set(ASKED)
    assert set(ROLES) == {role for asks in ASKED.values() for role in (*asks.needs, *asks.may)}
    told = reference()
    assert "| `extend` | gia hạn | `due_on`, `reason` | `scope` |" in told
    assert "| `received_at` | giờ nhận | `type: time` |" in told


def test_the_example_of_a_year_is_one() -> None:
    file, problems = read_yaml(YEAR_EXAMPLE.encode(), "2022.yaml")
    assert file is not None
    year, more = parse(file, YearFile)
    assert year is not None
    assert problems + more == []
    assert year.requests[0].audience is not None
    assert year.requests[0].audience.has("primary", "TH01")
    assert year.requests[0].audience.has("preschool", "MN01")


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda one: one.title)
def test_an_example_of_the_reference_can_be_loaded(tmp_path: Path, example: Example) -> None:
    put(ANOTHER_OFFICE, tmp_path)
    put(example, tmp_path)
    _, specs = load_all(tmp_path, 2026)
    assert len(specs) == 3
    assert example.files["report.yaml"].strip() in reference()


def test_the_whole_office_of_the_reference_has_its_dates(tmp_path: Path) -> None:
    """Three working days after 31/01/2026, a Saturday: 2, 3 and 4 February; five: 6 February."""
    put(ANOTHER_OFFICE, tmp_path)
    year, specs = load_all(tmp_path, 2026)
    assert [spec.name for spec in specs] == [
        "monthly/2026-t01",
        "monthly/2026-t02",
        "processing/2026",
    ]
    duty = year.duty("monthly", "2026-t01")
    dues = [duty.due_of(level) for level in ("commune", "ward")]
    assert [due.counted for due in dues if due] == [date(2026, 2, 4), date(2026, 2, 6)]
    assert (
        specs[0].description
        == "Số liệu từ 01/01/2026 đến 31/01/2026, gửi trước hết ngày 04/02/2026 "
        "(Phường: 06/02/2026)."
    )
