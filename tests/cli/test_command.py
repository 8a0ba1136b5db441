"""The command line itself: quick, documented, and safe in what it writes."""

from __future__ import annotations

import csv
import importlib
import inspect
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from cchc_gforms.cli.main import COMMANDS, run
from tests.office import H1, YEAR, Bureau, cchc, local_google

MN01 = "MN01 – Trường Mầm non Mẫu 01"


def leaves() -> Iterator[tuple[str, click.Command]]:
    for name, (where, _) in COMMANDS.items():
        module, attribute = where.split(":")
        yield from _leaves(f"cchc {name}", getattr(importlib.import_module(module), attribute))


def _leaves(name: str, command: click.Command) -> Iterator[tuple[str, click.Command]]:
    if isinstance(command, click.Group):
        for inner, one in command.commands.items():
            yield from _leaves(f"{name} {inner}", one)
    else:
        yield name, command


@pytest.mark.parametrize("arguments", ["--help", "forms --help", "ledger show --help"])
def test_help_loads_nothing_heavy(arguments: str) -> None:
    script = (
        "import sys; from cchc_gforms.cli.main import run; run(sys.argv[1:]);"
        "print([name for name in ('pandas', 'numpy', 'googleapiclient', 'gspread', 'sqlalchemy',"
        " 'pydantic', 'starlette') if name in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, *arguments.split()],
        capture_output=True, text=True, encoding="utf-8", check=True,
    )  # fmt: skip
    assert done.stdout.splitlines()[-1] == "[]"


@pytest.mark.parametrize(("name", "command"), list(leaves()), ids=lambda one: str(one))
def test_every_command_shows_an_example_of_itself(name: str, command: click.Command) -> None:
    assert f"Ví dụ:\n  {name}" in inspect.cleandoc(command.help or "")
    assert all(
        parameter.help for parameter in command.params if isinstance(parameter, click.Option)
    )


def test_wrong_usage_leaves_with_2(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["ledger", "show", "--year", "năm nay"]) == 2
    assert run(["leger"]) == 2
    assert "leger" in capsys.readouterr().err


def test_a_formula_in_a_reason_is_text_in_the_csv(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = tmp_path / "ledger.csv"
    with local_google(tmp_path, seed=9) as server, Bureau.at_work(server) as bureau:
        bureau.at("2022-06-02 10:00")
        bureau.submit(H1, MN01, "mn01@truong.example")
        bureau.at("2022-06-03 10:00")
        label = "Báo cáo CCHC 06 tháng đầu năm 2022"
        bureau.decide(MN01, label, "return", "duyet1@phonggd.example", said="=HYPERLINK(1)")
        cchc("harvest", *YEAR)
        assert run(["ledger", "show", *YEAR, "--csv", str(target)]) == 0
    assert target.read_bytes().startswith(b"\xef\xbb\xbf")
    with target.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    row = next(r for r in rows if r["Mã đơn vị"] == "MN01" and r["Kỳ"] == "06 tháng đầu năm 2022"
               and r["Loại văn bản"] == "Báo cáo CCHC")  # fmt: skip
    assert row["Lý do chuyển trả"] == "'=HYPERLINK(1)"
    assert row["Nộp lần đầu"] == "02/06/2022 10:00:00"
    assert row["Hạn theo văn bản"] == "03/06/2022"
    assert row["Đúng hạn/Trễ hạn"] == "Đúng hạn"
    assert len(rows) == 540


def test_the_ledger_can_be_read_as_of_any_moment(tmp_path: Path) -> None:
    """L19: before the return it was waiting, before the submission nothing was there."""
    with local_google(tmp_path, seed=9) as server, Bureau.at_work(server) as bureau:
        bureau.at("2022-06-02 10:00")
        bureau.submit(H1, MN01, "mn01@truong.example")
        bureau.at("2022-06-03 10:00")
        label = "Báo cáo CCHC 06 tháng đầu năm 2022"
        bureau.decide(MN01, label, "return", "duyet1@phonggd.example")
        cchc("harvest", *YEAR)

        def seen(moment: str) -> tuple[str, str]:
            rows = cchc("ledger", "show", *YEAR, "--as-of", moment)["rows"]
            keys = ("MN01", "periodic_report", "2022-h1")
            row = next(r for r in rows if (r["unit"], r["document"], r["period"]) == keys)
            return row["timeliness"], row["review"]

        assert seen("2022-06-02T09:59:59") == ("not_due", "none")
        assert seen("2022-06-02T10:00:00") == ("on_time", "waiting")
        assert seen("2022-06-03T10:00:00") == ("on_time", "returned")


def test_json_is_for_programs_and_the_table_for_people(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with local_google(tmp_path, seed=9) as server, Bureau.at_work(server):
        cchc("harvest", *YEAR)
        capsys.readouterr()
        assert run(["ledger", "show", *YEAR, "--json"]) == 0
        assert len(json.loads(capsys.readouterr().out)["rows"]) == 540
        assert run(["ledger", "show", *YEAR]) == 0
        shown = capsys.readouterr().out
    assert "Báo cáo CCHC 06 tháng đầu năm 2022 – hạn 03/06/2022" in shown
    assert "Tính đến 17/02/2022 08:00:00." in shown
