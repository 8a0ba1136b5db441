"""A real PostgreSQL server for tests and campaigns: a cluster of its own, on a socket and no port.

Standard library only: `test.py` looks for the server before anything is installed.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path


def binaries() -> Path | None:
    """The folder of initdb and pg_ctl: `CCHC_POSTGRES`, where Debian has it, or on the path."""
    named = os.environ.get("CCHC_POSTGRES")
    control = shutil.which("pg_ctl")
    places = [
        *([Path(named)] if named else []),
        *sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True),
        *([Path(control).resolve().parent] if control else []),
    ]
    return next((place for place in places if (place / "initdb").exists()), None)


@contextmanager
def serving(place: Path) -> Iterator[str]:
    """The URL of a server of those binaries, which ends with the context.

    Its socket lies in a folder of its own, so no port is taken. PostgreSQL refuses to run as root:
    then it runs as the user `postgres`, whom Debian's package makes.
    """
    with tempfile.TemporaryDirectory(prefix="cchc-pg-") as work:
        yield from _served(place, Path(work))


def _served(place: Path, work: Path) -> Iterator[str]:
    as_other = ["runuser", "-u", "postgres", "--"] if _is_root() else []
    if as_other:
        shutil.chown(work, "postgres")
    data = work / "data"
    options = ["--auth=trust", "--encoding=UTF8", "--username=cchc", "--no-sync"]
    _run([*as_other, str(place / "initdb"), "-D", str(data), *options])
    start = f"-c listen_addresses='' -c unix_socket_directories='{work}' -c fsync=off"
    control = [*as_other, str(place / "pg_ctl"), "-D", str(data), "-w", "-l", str(work / "log")]
    _run([*control, "-o", start, "start"])
    try:
        yield f"postgresql://cchc@/postgres?host={work}"
    finally:
        _run([*control, "-m", "immediate", "stop"])


def _is_root() -> bool:
    return sys.platform != "win32" and os.geteuid() == 0


def _run(command: Sequence[str]) -> None:
    done = subprocess.run(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, cwd="/", check=False
    )
    if done.returncode:
        raise RuntimeError(f"{command[0]} left with {done.returncode}: {done.stdout}")
