"""A question made anew with another kind, as `--allow-replace` has it: nobody touched a cell."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from cchc_gforms.events import RowEdited
from cchc_gforms.harvester.cells import Cells, digest
from cchc_gforms.regime.load import load as load_regime
from cchc_gforms.spec.load import load as load_specs
from tests.harvester.stand import Stand, kinds
from tests.office import H1, SPECS, YEAR, Bureau, cchc, local_google

PARAGRAPH = "type: paragraph\n        title: Công tác chỉ đạo, triển khai thực hiện\n"
DATE = PARAGRAPH.replace("paragraph", "date")
CHECKS = "        checks: {words: {max: 400}}\n"


@pytest.fixture
def specs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the specs that the commands read."""
    found = tmp_path / "specs"
    found.mkdir()
    for file in (one for one in SPECS.rglob("*") if one.is_file()):
        copy = found / file.relative_to(SPECS)
        copy.parent.mkdir(exist_ok=True, parents=True)
        copy.write_bytes(file.read_bytes())
    monkeypatch.setenv("CCHC_SPEC", str(found))
    return found


@pytest.fixture
def bureau(tmp_path: Path, specs: Path) -> Iterator[Bureau]:
    with local_google(tmp_path, seed=3) as server, Bureau.at_work(server, specs=specs) as bureau:
        yield bureau


def replace(specs: Path, now: str, then: str) -> None:
    file = specs / "periodic_report.yaml"
    said = file.read_text(encoding="utf-8")
    assert said.count(now) == 1
    file.write_text(said.replace(now, then), encoding="utf-8")
    cchc("forms", "apply", "--yes", "--allow-replace", "steering", *YEAR)


def test_a_question_of_another_kind_and_back_is_no_edit_of_the_rows(
    bureau: Bureau, specs: Path
) -> None:
    def harvested_after(unit: int) -> int:
        bureau.specs = {one.name: one for one in load_specs(specs, load_regime(specs, 2022))}
        sender = f"mn0{unit}@truong.example"
        bureau.at(f"2022-06-0{unit} 09:00")
        bureau.submit(H1, f"MN0{unit} – Trường Mầm non Mẫu 0{unit}", sender)
        return int(cchc("harvest", *YEAR)["new_events"])

    assert harvested_after(1) == 1
    replace(specs, PARAGRAPH + CHECKS, DATE)
    assert harvested_after(2) == 1
    replace(specs, DATE, PARAGRAPH + CHECKS)
    assert harvested_after(3) == 1


def test_a_question_that_is_read_from_a_column_of_its_own_now_is_no_edit() -> None:
    """Google gives a question made anew a new column; the old one keeps its header."""
    stand = Stand()
    stand.submit("A", "MN01", 0, "11")
    stand.harvest(3)
    stand.rows[0][3] = "Số liệu cũ"
    assert stand.harvest(5) == []
    for line, cell in zip(stand.rows, ("Số liệu", ""), strict=True):
        line.append(cell)
    assert stand.harvest(6) == []
    stand.rows[1][4] = "Gõ đè"
    (event,) = stand.harvest(7)
    assert isinstance(event, RowEdited)
    assert (kinds([event]), event.columns) == (["row_edited"], ("Đánh giá",))


@pytest.mark.parametrize("noted", ["44696", "2022-05-15"])
def test_a_serial_day_is_what_was_noted_of_a_date_or_of_a_text(noted: str) -> None:
    assert Cells.says("44696", digest((noted,)))
    assert not Cells.says("44697", digest((noted,)))
