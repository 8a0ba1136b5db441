"""A task of Windows Task Scheduler, as the XML that schtasks takes."""

from __future__ import annotations

import csv
import re
import subprocess
from datetime import datetime
from pathlib import PurePath
from xml.sax.saxutils import escape

from cchc_gforms.scheduler.job import Delete, Job, Run, Standing, Step, Write

_EVERY = re.compile(r"<Interval>PT(\d+)M</Interval>")


def install(job: Job, folder: PurePath, start: datetime) -> list[Step]:
    """`start` is local time, without a zone; `folder` holds the file while schtasks reads it."""
    file = folder / f"{job.name}.xml"
    return [
        Write(file, task(job, start), "utf-16"),
        Run(("schtasks", "/create", "/tn", job.name, "/xml", str(file), "/f")),
        Delete(file),
    ]


def remove(name: str) -> list[Step]:
    return [Run(("schtasks", "/delete", "/tn", name, "/f"))]


def task(job: Job, start: datetime) -> str:
    """Runs while its user is signed in, with his least rights, on battery too; a start missed
    while the machine was off is made up for."""
    program, *arguments = job.command
    return f"""\
<?xml version="1.0" encoding="UTF-16"?>
<Task version="1.2" xmlns="http://schemas.microsoft.com/windows/2004/02/mit/task">
  <RegistrationInfo>
    <Description>{escape(job.title)}</Description>
  </RegistrationInfo>
  <Triggers>
    <TimeTrigger>
      <Repetition>
        <Interval>PT{job.minutes}M</Interval>
      </Repetition>
      <StartBoundary>{start.isoformat(timespec="seconds")}</StartBoundary>
    </TimeTrigger>
  </Triggers>
  <Principals>
    <Principal id="Author">
      <LogonType>InteractiveToken</LogonType>
      <RunLevel>LeastPrivilege</RunLevel>
    </Principal>
  </Principals>
  <Settings>
    <MultipleInstancesPolicy>IgnoreNew</MultipleInstancesPolicy>
    <DisallowStartIfOnBatteries>false</DisallowStartIfOnBatteries>
    <StopIfGoingOnBatteries>false</StopIfGoingOnBatteries>
    <StartWhenAvailable>true</StartWhenAvailable>
    <ExecutionTimeLimit>PT1H</ExecutionTimeLimit>
  </Settings>
  <Actions Context="Author">
    <Exec>
      <Command>{escape(program)}</Command>
      <Arguments>{escape(subprocess.list2cmdline(arguments))}</Arguments>
      <WorkingDirectory>{escape(job.directory)}</WorkingDirectory>
    </Exec>
  </Actions>
</Task>
"""


def questions(name: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The commands whose outputs `standing` reads."""
    asked = ("schtasks", "/query", "/tn", name)
    return (*asked, "/xml"), (*asked, "/v", "/fo", "csv", "/nh")


def standing(xml: str, listed: str) -> Standing:
    """The list's columns are told by place, as their heads are in Windows' language: host, task,
    next run, status, logon mode, last run. The task or its trigger may be switched off."""
    every = _EVERY.search(xml)
    row = next(csv.reader(listed.splitlines()), [])
    last, upcoming = (row[5], row[2]) if len(row) > 5 else (None, None)
    runs = "<Enabled>false</Enabled>" not in xml
    return Standing(int(every[1]) if every else None, last, upcoming, runs)
