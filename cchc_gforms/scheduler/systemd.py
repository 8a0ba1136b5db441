"""A user's timer and service of systemd, as texts (systemd.syntax(7), systemd.timer(5))."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from datetime import datetime, tzinfo
from pathlib import PurePath
from typing import Any

from cchc_gforms.scheduler.job import Delete, Job, Run, Standing, Step, Write

_USER = ("systemctl", "--user")
_EVERY = re.compile(r"^OnUnitActiveSec=(\d+)min$", re.MULTILINE)


def install(job: Job, folder: PurePath) -> list[Step]:
    """`folder` holds the user's units. Lingering lets the timer go on when nobody is signed in."""
    return [
        Write(folder / f"{job.name}.service", service(job)),
        Write(folder / f"{job.name}.timer", timer(job)),
        Run((*_USER, "daemon-reload")),
        Run((*_USER, "enable", f"{job.name}.timer")),
        Run((*_USER, "restart", f"{job.name}.timer")),
        Run(("loginctl", "enable-linger"), needed=False),
    ]


def remove(name: str, folder: PurePath) -> list[Step]:
    return [
        Run((*_USER, "disable", "--now", f"{name}.timer"), needed=False),
        Delete(folder / f"{name}.timer"),
        Delete(folder / f"{name}.service"),
        Run((*_USER, "daemon-reload")),
    ]


def service(job: Job) -> str:
    """Exit code 5 (another harvest is at it) is no failure."""
    command = " ".join(_quoted(word) for word in job.command)
    return (
        f"[Unit]\nDescription={_literal(job.title)}\n\n[Service]\nType=oneshot\n"
        f"WorkingDirectory={_literal(job.directory)}\nExecStart=:{command}\n"
        "SuccessExitStatus=5\n"
    )


def timer(job: Job) -> str:
    return (
        f"[Unit]\nDescription={_literal(job.title)}\n\n[Timer]\nOnActiveSec=1min\n"
        f"OnUnitActiveSec={job.minutes}min\nAccuracySec=10s\n\n[Install]\nWantedBy=timers.target\n"
    )


def questions(name: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The commands whose outputs `standing` reads."""
    timer = f"{name}.timer"
    listed = (*_USER, "list-timers", "--all", "--output=json", timer)
    return listed, (*_USER, "is-active", timer)


def standing(unit: str, listed: str, state: str, zone: tzinfo | None = None) -> Standing:
    """From the timer's text, the list and `is-active`; older systemd lists no JSON, and tells no
    times. A timer that was stopped, or that systemd gave up, is not started by itself."""
    every = _EVERY.search(unit)
    last, upcoming = (_moment(listed, key, zone) for key in ("last", "next"))
    runs = state.strip() not in ("inactive", "failed")
    return Standing(int(every[1]) if every else None, last, upcoming, runs)


def _moment(listed: str, key: str, zone: tzinfo | None) -> str | None:
    """Microseconds since 1970; 0, null or the largest number when there is none."""
    try:
        timers: Sequence[Any] = json.loads(listed)
        stamp = timers[0][key] / 1_000_000
        moment = datetime.fromtimestamp(stamp, zone)
    except (ValueError, LookupError, TypeError, OverflowError, OSError):
        return None
    return moment.strftime("%d/%m/%Y %H:%M:%S") if stamp else None


def _literal(said: str) -> str:
    return said.replace("%", "%%")


def _quoted(word: str) -> str:
    """One word of a command line; `:` before it keeps `$` what it is."""
    escaped = word.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{_literal(escaped)}"'
