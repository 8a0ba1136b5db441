"""Every check and every test, browser ones included: `python scripts/test.py [--no-browser]`.

Further arguments go to pytest.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import environment

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


def main(arguments: Sequence[str]) -> int:
    rest = [argument for argument in arguments if argument != "--no-browser"]
    if "--no-browser" in arguments:
        print("browser tests are left out, as asked by --no-browser", flush=True)
        rest += ["-m", "not browser"]
    else:
        os.environ["CCHC_BROWSER"] = _browser()
    python = environment.ensure(["local", "dev"])
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
    found = _installed()
    if found:
        return found
    if shutil.which("apt-get") and hasattr(os, "geteuid") and os.geteuid() == 0:
        print("installing chromium …", flush=True)
        subprocess.run(["apt-get", "update", "-qq"], check=False)
        subprocess.run(["apt-get", "install", "-y", "-qq", "chromium"], check=False)
        found = _installed()
        if found:
            return found
    sys.exit(
        "no browser found: install Chrome, Edge or Chromium, or set CCHC_BROWSER to one; "
        "--no-browser leaves the browser tests out"
    )


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
