"""`scripts/bench.py`: each benchmark runs in its small form, and only those that there are."""

from __future__ import annotations

import re

import bench
import pytest


@pytest.mark.parametrize(
    ("name", "lines"),
    [
        ("ledger", [r"obligations 3,000, events 10,000"]),
        (
            "dashboard",
            [
                r"700 rows of 14 documents, [\d,]+ events",
                r"a new spreadsheet: [\d.]+ s of CPU, \d+ MB at most, 3 calls, 1 of them write",
                r"nothing new: [\d.]+ s of CPU, \d+ MB at most, 1 calls, 0 of them write",
                r"another day: [\d.]+ s of CPU, \d+ MB at most, 3 calls, 1 of them write",
            ],
        ),
        (
            "local_google",
            [
                r"200 submissions of 10 answers by 8 clients, into the form: [\d,]+ a second",
                r"200 submissions of 10 answers by 8 clients, into a linked Sheet too: [\d,]+ a",
                r"values\.get of 1,000 x 20 cells: \d+\.\d\d s",
                r"batch build of a form of 20 items: \d+\.\d\d s",
            ],
        ),
        (
            "harvest",
            [
                r"100 responses of 4 periodic reports",
                r"first harvest: 100 new, [\d.]+ s of CPU, \d+ MB at most, 4 round trips",
                r"nothing new: 0 new, [\d.]+ s of CPU, \d+ MB at most, 2 round trips",
            ],
        ),
    ],
)
def test_a_benchmark_prints_its_figures(
    capsys: pytest.CaptureFixture[str], name: str, lines: list[str]
) -> None:
    assert bench.main([name, "--small"]) == 0
    printed = capsys.readouterr().out
    assert [line for line in lines if not re.search(line, printed)] == []


def test_another_name_is_no_benchmark(capsys: pytest.CaptureFixture[str]) -> None:
    assert bench.main(["nothing"]) == 2
    assert "ledger, harvest, dashboard, local_google" in capsys.readouterr().out
