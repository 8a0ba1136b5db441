"""Apply at a terminal: it shows the plan and asks."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from cchc_gforms.local_google.serve import Running
from tests.generator.live import FORMS, forms_in_drive
from tests.office import SPECS, YEAR

pty = pytest.importorskip("pty", reason="no pseudo-terminals here")

COMMAND = "import sys; from cchc_gforms.cli.main import main; main(sys.argv[1:])"


def apply_and_say(answer: str) -> tuple[int, str]:
    """Exit code, and what was printed, of a run at a terminal at which that is typed."""
    keyboard, terminal = pty.openpty()
    try:
        os.write(keyboard, f"{answer}\n".encode())
        done = subprocess.run(
            [sys.executable, "-c", COMMAND, "forms", "apply", *YEAR, "--spec", str(SPECS)],
            stdin=terminal, capture_output=True, encoding="utf-8", check=False, timeout=60,
            env={**os.environ, "PYTHONUTF8": "1"},
        )  # fmt: skip
    finally:
        os.close(keyboard)
        os.close(terminal)
    return done.returncode, done.stdout


def test_no_leaves_everything_as_it_is(empty: Running) -> None:
    code, printed = apply_and_say("n")
    assert code == 3
    assert "Kế hoạch CCHC năm 2022 (annual_plan/2022-year) – tạo mới" in printed
    assert "Làm các việc trên? [y/N]" in printed
    assert printed.endswith("Chưa thay đổi gì.\n")
    assert forms_in_drive(empty) == []


def test_yes_does_it_and_then_there_is_nothing_to_ask(empty: Running) -> None:
    assert apply_and_say("y")[0] == 0
    assert len(forms_in_drive(empty)) == FORMS
    code, printed = apply_and_say("")
    assert code == 0
    assert "Làm các việc trên?" not in printed
