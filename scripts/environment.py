"""A virtual environment in the checkout, made once and brought up to date when pins change.

Standard library only: this runs before anything is installed, on Windows too.
"""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
import venv
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
_HOME = ROOT / ".venv"
_STAMP = _HOME / "cchc-installed.json"


def ensure(extras: Sequence[str]) -> Path:
    """The environment's python, with the product and at least these extras installed."""
    if sys.version_info < (3, 11):  # noqa: UP036 - whoever has an older one runs this too
        sys.exit("Python 3.11 or newer is needed: https://www.python.org/downloads/")
    python = _HOME / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    pins = hashlib.sha256()
    for name in ("pyproject.toml", "constraints.txt"):
        pins.update((ROOT / name).read_bytes())
    stamp = {"pins": pins.hexdigest(), "extras": sorted(extras)}
    before = json.loads(_STAMP.read_text()) if _STAMP.exists() else {"pins": "", "extras": []}
    if before["pins"] == stamp["pins"] and set(stamp["extras"]) <= set(before["extras"]):
        return python
    if not python.exists():
        print(f"making a virtual environment in {_HOME.name} …", flush=True)
        venv.create(_HOME, with_pip=True)
    print(f"installing cchc-gforms[{','.join(stamp['extras'])}] …", flush=True)
    what = f"{ROOT}[{','.join(stamp['extras'])}]"
    pip = [str(python), "-m", "pip", "--disable-pip-version-check", "install", "-qq"]
    done = subprocess.run(
        [*pip, "--constraint", str(ROOT / "constraints.txt"), "--editable", what], check=False
    )
    if done.returncode:
        sys.exit("pip could not install: see its message above, then run this again")
    _STAMP.write_text(json.dumps(stamp))
    return python


def go_on_in(python: Path, script: str, arguments: Sequence[str]) -> int:
    """Runs a script of this folder in the environment; returns its exit code. Where it can it
    becomes that script, so that whoever ends this process ends it and what it started."""
    command = [str(python), str(ROOT / "scripts" / script), *arguments]
    environment = {**os.environ, "PYTHONUTF8": "1"}
    if os.name != "nt":
        os.chdir(ROOT)
        os.execve(command[0], command, environment)  # noqa: S606 - no shell
    return subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode
