"""Lines in the user's crontab, between two comments that name the job (crontab(5))."""

from __future__ import annotations

import shlex
from datetime import datetime, timedelta

from cchc_gforms.errors import CchcError
from cchc_gforms.scheduler.job import Job, Run, Standing, Step

_WRITE = ("crontab", "-")
READ = ("crontab", "-l")
_WHEN = {
    1: "* * * * *",
    **{minutes: f"*/{minutes} * * * *" for minutes in range(2, 60) if 60 % minutes == 0},
    60: "0 * * * *",
    **{hours * 60: f"0 */{hours} * * *" for hours in range(2, 24) if 24 % hours == 0},
    24 * 60: "0 0 * * *",
}
"""By minutes: cron counts within the hour, and within the day."""


def install(job: Job, table: str) -> list[Step]:
    """`table` is the crontab as it is; the job's lines are put at its end, all others kept."""
    rest = _without(job.name, table)
    if rest and not rest.endswith("\n"):
        rest += "\n"
    return [Run(_WRITE, stdin=rest + lines(job))]


def remove(name: str, table: str) -> list[Step]:
    return [Run(_WRITE, stdin=_without(name, table))]


def lines(job: Job) -> str:
    """What cron prints goes to its mail: only errors, the rest is in the job's own log."""
    if job.minutes not in _WHEN:
        raise CchcError(
            f"cron không lập được lịch cứ {job.minutes} phút một lần",
            "chọn số phút là ước của 60 (5m, 10m, 15m, 20m, 30m…) hoặc số giờ là ước của 24 "
            "(1h, 2h, 3h…)",
        )
    command = f"cd {shlex.quote(job.directory)} && {shlex.join(job.command)} >/dev/null"
    begin, end = _marks(job.name)
    line = f"{_WHEN[job.minutes]} {command.replace('%', chr(92) + '%')}"
    return f"{begin}\n{line}\n{end}\n"


def standing(name: str, table: str, now: datetime) -> Standing | None:
    """`now` as the machine's clock shows it, which cron goes by. Cron does not tell when it ran
    last."""
    before, block, _ = _parted(name, table)
    if before == table:
        return None
    lines = [line for line in block if not line.lstrip().startswith("#") and line.strip()]
    if not lines:
        return Standing(None, runs=False)
    minutes = next((one for one, when in _WHEN.items() if lines[0].startswith(when + " ")), None)
    if minutes is None:
        return Standing(None)
    midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
    passed = (now - midnight) // timedelta(minutes=minutes)
    following = midnight + timedelta(minutes=minutes) * (passed + 1)
    return Standing(minutes, next=following.strftime("%d/%m/%Y %H:%M:%S"))


def _marks(name: str) -> tuple[str, str]:
    return f"# {name}: cchc schedule", f"# {name}: end"


def _without(name: str, table: str) -> str:
    before, _, after = _parted(name, table)
    return before + after


def _parted(name: str, table: str) -> tuple[str, list[str], str]:
    """What stands before the job's lines, those between its comments, and what stands after. Where
    somebody took the last comment away they are the one line that was written."""
    begin, end = _marks(name)
    before, _, rest = table.partition(f"{begin}\n")
    lines = rest.splitlines(keepends=True)
    ends = [number for number, line in enumerate(lines) if line.strip() == end]
    last = ends[0] if ends else 0
    return before, [line.rstrip("\n") for line in lines[: last or 1]], "".join(lines[last + 1 :])
