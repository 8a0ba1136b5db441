"""The scripts that run before anything is installed (`scripts/environment.py`)."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

SCRIPTS = Path(__file__).parent.parent / "scripts"
_GO_ON = """
import sys
from pathlib import Path
import environment
sys.exit(environment.go_on_in(Path(sys.executable), sys.argv[1], ["--serve"]))
"""
_SERVE = "import os, sys; print(os.getpid(), *sys.argv[1:], flush=True); sys.stdin.read()"


@pytest.mark.skipif(os.name == "nt", reason="there is no becoming another program")
def test_whoever_ends_the_demo_ends_what_it_goes_on_as(tmp_path: Path) -> None:
    """One process, so that SIGTERM leaves no server behind."""
    script = tmp_path / "serve.py"
    script.write_text(_SERVE, "utf-8")
    with subprocess.Popen(
        [sys.executable, "-c", _GO_ON, str(script)],
        cwd=SCRIPTS, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    ) as demo:  # fmt: skip
        assert demo.stdout is not None
        assert demo.stdout.readline() == f"{demo.pid} --serve\n"
        demo.terminate()
        assert demo.wait() != 0
