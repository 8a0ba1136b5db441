"""The rooms: who imports whom, and where Google's names may stand."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from importlinter.cli import lint_imports

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "cchc_gforms"

WIRE = re.compile(
    r"\b(itemId|questionId|responseId|formId|goToSectionId|emailCollectionType|appProperties"
    r"|userEnteredValue|updateCells|sheetId|publishState|textAnswers|createTime)\b"
)
MAY_SPEAK_WIRE = {
    "google",
    "local_google",
    "spec/compile.py",
    "generator/requests.py",
    "generator/tab_requests.py",
    "generator/features.py",  # reads items for people
    "generator/adopt.py",  # and for the language
    "dashboard/sheets",
    "harvester/responses.py",
}


def test_imports_point_one_way(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    assert lint_imports(no_cache=True) == 0


def test_an_import_that_climbs_would_be_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, text in {"low": "import climbing.high\n", "high": "", "__init__": ""}.items():
        file = tmp_path / "climbing" / f"{name}.py"
        file.parent.mkdir(exist_ok=True)
        file.write_text(text, "utf-8")
    (tmp_path / ".importlinter").write_text(
        "[importlinter]\nroot_package = climbing\n\n[importlinter:contract:one]\n"
        "name = layers\ntype = layers\nlayers =\n    climbing.high\n    climbing.low\n",
        "utf-8",
    )
    monkeypatch.chdir(tmp_path)
    monkeypatch.syspath_prepend(str(tmp_path))
    assert lint_imports(no_cache=True) == 1


def test_googles_own_names_stand_only_where_the_wire_is() -> None:
    """Style, habit 2."""
    found = []
    for path in PACKAGE.rglob("*.py"):
        inside = path.relative_to(PACKAGE).as_posix()
        rooms = {"/".join(inside.split("/")[:depth]) for depth in (1, 2, 3)}
        if rooms & MAY_SPEAK_WIRE:
            continue
        code = re.sub(r'""".*?"""|#.*', "", path.read_text("utf-8"), flags=re.DOTALL)
        found += [f"{inside}: {name}" for name in WIRE.findall(code)]
    assert found == []


def test_rooms_are_small() -> None:
    """Architecture: no module over 400 lines."""
    large = {
        path.relative_to(PACKAGE).as_posix(): lines
        for path in PACKAGE.rglob("*.py")
        if (lines := path.read_text("utf-8").count("\n")) > 400
    }
    assert large == {}


def test_no_pin_carries_an_address() -> None:
    lines = (ROOT / "constraints.txt").read_text("utf-8").splitlines()
    assert lines
    assert all(re.fullmatch(r"[A-Za-z0-9._-]+==[A-Za-z0-9.+!]+", line) for line in lines)
