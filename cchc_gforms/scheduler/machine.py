"""The machine whose scheduler is meant: here alone its programs are run and its files written."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Literal

from cchc_gforms.errors import CchcError
from cchc_gforms.scheduler import cron, systemd, windows
from cchc_gforms.scheduler.job import Delete, Job, Run, Standing, Step, Write

Kind = Literal["systemd", "cron", "windows"]


@dataclass(frozen=True, slots=True)
class Answer:
    code: int
    out: str
    err: str


class Machine:
    """`units` is the folder of the user's systemd units, `scratch` one for passing files."""

    def __init__(self, units: Path, scratch: Path) -> None:
        self.units = units
        self.scratch = scratch

    @classmethod
    def here(cls, scratch: Path) -> Machine:
        config = os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config"
        return cls(Path(config) / "systemd" / "user", scratch)

    def kind(self) -> Kind:
        """The scheduler that this machine has; CchcError when it has none of the three."""
        if os.name == "nt":
            return "windows"
        if self.ask(("systemctl", "--user", "show-environment")).code == 0:
            return "systemd"
        if shutil.which("crontab"):
            return "cron"
        raise CchcError(
            "máy này không có systemd của người dùng, cron hay Windows Task Scheduler",
            "chạy `cchc harvest --every 15m` trong chương trình giám sát sẵn có, hoặc dùng Docker",
        )

    def ask(self, command: Sequence[str], stdin: str | None = None) -> Answer:
        """Code 127 when there is no such program."""
        try:
            done = subprocess.run(  # noqa: S603 - our own words, no shell
                command, input=stdin, capture_output=True, text=True, errors="replace", check=False
            )
        except OSError as error:
            return Answer(127, "", str(error))
        return Answer(done.returncode, done.stdout, done.stderr)

    def carry_out(self, steps: Iterable[Step]) -> list[str]:
        """Does the steps in order; what failed without need (Vietnamese). CchcError at the first
        that failed otherwise, and the files that were not there before are gone again."""
        remarks: list[str] = []
        new: list[Path] = []
        try:
            for step in steps:
                if isinstance(step, Write):
                    path = Path(step.path)
                    new += [] if path.exists() else [path]
                    path.parent.mkdir(parents=True, exist_ok=True)
                    path.write_text(step.text, step.encoding)
                elif isinstance(step, Delete):
                    Path(step.path).unlink(missing_ok=True)
                elif failure := self._run(step):
                    remarks.append(failure)
        except CchcError:
            for path in new:
                path.unlink(missing_ok=True)
            raise
        return remarks

    def install(self, kind: Kind, job: Job, now: datetime) -> list[Step]:
        """The steps, not done yet. `now` as the machine's clock shows it."""
        if kind == "systemd":
            return systemd.install(job, self.units)
        if kind == "cron":
            return cron.install(job, self._crontab())
        return windows.install(job, self.scratch, now.replace(second=0, microsecond=0, tzinfo=None))

    def remove(self, kind: Kind, name: str) -> list[Step]:
        if kind == "systemd":
            return systemd.remove(name, self.units)
        return cron.remove(name, self._crontab()) if kind == "cron" else windows.remove(name)

    def standing(self, kind: Kind, name: str, now: datetime) -> Standing | None:
        """None when the job is not installed there."""
        if kind == "systemd":
            unit = self.units / f"{name}.timer"
            if not unit.exists():
                return None
            timers, state = (self.ask(question).out for question in systemd.questions(name))
            return systemd.standing(unit.read_text("utf-8"), timers, state)
        if kind == "cron":
            return cron.standing(name, self._crontab(), now)
        xml, listed = (self.ask(question) for question in windows.questions(name))
        return windows.standing(xml.out, listed.out) if xml.out and not xml.code else None

    def found(self, name: str, now: datetime) -> tuple[Kind, Standing] | None:
        """The scheduler that has the job, and how it has it."""
        kinds: tuple[Kind, ...] = ("windows",) if os.name == "nt" else ("systemd", "cron")
        for kind in kinds:
            if standing := self.standing(kind, name, now):
                return kind, standing
        return None

    def _crontab(self) -> str:
        """Empty when the user has none, which cron tells only in words; whatever else goes wrong
        must not end in a crontab that lost its other lines."""
        answer = self.ask(cron.READ)
        if answer.code == 127 or (answer.code and "no crontab for" in answer.err):
            return ""
        if answer.code:
            raise CchcError(
                f"không đọc được crontab: {answer.err.strip()}",
                "chạy `crontab -l` để xem vì sao; chưa có gì bị thay đổi",
            )
        return answer.out

    def _run(self, step: Run) -> str | None:
        answer = self.ask(step.command, step.stdin)
        if answer.code == 0:
            return None
        said = " ".join((answer.err or answer.out).split())[:300]
        failure = f"lệnh `{' '.join(step.command)}` thoát với mã {answer.code}: {said}"
        if step.needed:
            raise CchcError(failure, "làm theo thông báo trên rồi chạy lại lệnh vừa rồi")
        return failure
