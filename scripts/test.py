"""Every check and every test: `python scripts/test.py [--no-browser] [--no-postgres]`.

Browser tests drive a real browser, the event log's a real PostgreSQL server, and LibreOffice opens
the files; on Debian, as root, all are installed when missing.

Further arguments go to pytest.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import environment
import postgres

_BROWSERS = (
    "google-chrome", "google-chrome-stable", "chromium", "chromium-browser", "microsoft-edge",
    "msedge", "chrome",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
    r"C:\Program Files\Google\Chrome\Application\chrome.exe",
    r"C:\Program Files (x86)\Google\Chrome\Application\chrome.exe",
    r"C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe",
    r"C:\Program Files\Microsoft\Edge\Application\msedge.exe",
)  # fmt: skip
_OFFICE = ("libreoffice-calc-nogui", "libreoffice-writer-nogui", "--no-install-recommends")


def main(arguments: Sequence[str]) -> int:
    rest = [argument for argument in arguments if argument not in ("--no-browser", "--no-postgres")]
    left_out = []
    if "--no-browser" in arguments:
        left_out.append("browser")
    else:
        os.environ["CCHC_BROWSER"] = _browser()
    if "--no-postgres" in arguments:
        left_out.append("postgres")
    else:
        os.environ["CCHC_POSTGRES"] = _postgres()
    if left_out:
        print(f"tests left out, as asked: {', '.join(left_out)}", flush=True)
        rest += ["-m", " and ".join(f"not {mark}" for mark in left_out)]
    if not _found(lambda: shutil.which("soffice"), *_OFFICE):
        print("no LibreOffice found: its tests are skipped", flush=True)
    python = environment.ensure(["local", "postgres", "dev"])
    os.environ["PYTHONUTF8"] = "1"
    checks = (
        ["ruff", "check", "."],
        ["ruff", "format", "--check", "."],
        ["mypy"],
        ["pytest", "--numprocesses", "2", *rest],
    )
    for check in checks:
        print(f"$ {' '.join(check)}", flush=True)
        module = [str(python), "-m", *check]
        code = subprocess.run(module, cwd=environment.ROOT, check=False).returncode
        if code:
            return code
    return 0


def _browser() -> str:
    """The path of a browser; installs Debian's chromium where that is ours to do."""
    return _needed(
        _installed,
        "chromium",
        "no browser found: install Chrome, Edge or Chromium, or set CCHC_BROWSER to one; "
        "--no-browser leaves the browser tests out",
    )


def _postgres() -> str:
    """The folder of PostgreSQL's initdb and pg_ctl; installs Debian's where that is ours to do."""
    return _needed(
        _postgres_installed,
        "postgresql",
        "no PostgreSQL found: install a server, or set CCHC_POSTGRES to the folder of its initdb; "
        "--no-postgres leaves its tests out",
    )


def _needed(find: Callable[[], str | None], package: str, otherwise: str) -> str:
    return _found(find, package) or sys.exit(otherwise)


def _found(find: Callable[[], str | None], *packages: str) -> str | None:
    """What `find` finds, once Debian's packages are installed where that is ours to do."""
    found = find()
    if found is None and shutil.which("apt-get") and hasattr(os, "geteuid") and os.geteuid() == 0:
        print(f"installing {', '.join(packages)} …", flush=True)
        subprocess.run(["apt-get", "update", "-qq"], check=False)
        subprocess.run(["apt-get", "install", "-y", "-qq", *packages], check=False)
        found = find()
    return found


def _postgres_installed() -> str | None:
    found = postgres.binaries()
    return str(found) if found else None


def _installed() -> str | None:
    asked = os.environ.get("CCHC_BROWSER")
    if asked:
        return asked
    for name in _BROWSERS:
        path = shutil.which(name) or (name if Path(name).is_file() else None)
        if path:
            return path
    return None


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
