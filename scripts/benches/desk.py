"""Where the commands of a benchmark are run: each in a process of its own, whose CPU time and most
memory are measured."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benches.local_google import COMMAND

_MEASURED = f"""import atexit, os, pathlib
status = pathlib.Path("/proc/self/status")
atexit.register(lambda: pathlib.Path(os.environ["BENCH_STATUS"]).write_bytes(status.read_bytes()))
{COMMAND}"""
"""The command, leaving its own peak behind: `ru_maxrss` of a child starts with its parent's."""


@dataclass(frozen=True, slots=True)
class Run:
    """What a command said, and what it took."""

    answer: dict[str, Any]
    seconds: float
    megabytes: float

    @property
    def cost(self) -> str:
        return f"{self.seconds:.1f} s of CPU, {self.megabytes:,.0f} MB at most"


@dataclass(frozen=True, slots=True)
class Desk:
    """An office's machine: a local Google's address, the specs, a folder that holds the log."""

    url: str
    folder: Path
    specs: Path

    @property
    def store(self) -> Path:
        return self.folder / "log.sqlite"

    def run(self, *arguments: str) -> Run:
        status = self.folder / "status"
        settings = {
            "BENCH_STATUS": str(status),
            "CCHC_GOOGLE_URL": self.url,
            "CCHC_SPEC": str(self.specs),
            "CCHC_STORE": str(self.store),
        }
        command = [sys.executable, "-c", _MEASURED, *arguments, "--year", "2022", "--json"]
        with subprocess.Popen(
            command, stdout=subprocess.PIPE, text=True, env=_environment() | settings
        ) as process:
            assert process.stdout is not None
            printed = process.stdout.read()
            _, left, used = os.wait4(process.pid, 0)
            process.returncode = os.waitstatus_to_exitcode(left)
        if process.returncode:
            raise RuntimeError(f"cchc {' '.join(arguments)} left with {process.returncode}")
        (peak,) = re.findall(r"VmHWM:\s+(\d+) kB", status.read_text())
        return Run(json.loads(printed), used.ru_utime + used.ru_stime, int(peak) / 1024)


def _environment() -> dict[str, str]:
    """Bytecode is kept, as where the command is installed."""
    return {name: text for name, text in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
