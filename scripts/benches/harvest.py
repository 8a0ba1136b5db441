"""What a harvest of many responses costs: a local Google in a process of its own, the command in
another, whose time and most memory are measured."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sample_year.answers import document_answers
from sample_year.people import SPECS, Browser, Office

from benches.local_google import CLIENTS, COMMAND, served
from cchc_gforms.regime.load import load as load_regime
from cchc_gforms.spec.load import load as load_specs

RESPONSES = 10_000
FORM = "periodic_report/2022-h1"


def main(small: bool) -> None:
    """`small` sends a hundredth."""
    count = RESPONSES // (100 if small else 1) // CLIENTS * CLIENTS
    with tempfile.TemporaryDirectory() as folder, served(Path(folder) / "google") as url:
        desk = _Desk(url, Path(folder))
        _submit(url, _open(url, desk), count)
        print(f"{count:,} responses of the periodic report, linked to a Sheet")
        for name in ("first harvest", "nothing new"):
            run = desk.run("harvest")
            said = run.answer
            print(
                f"{name}: {said['new_events']:,} new, {run.seconds:.1f} s of CPU, "
                f"{run.megabytes:,.0f} MB at most, {said['calls']} round trips"
            )


@dataclass(frozen=True, slots=True)
class _Run:
    answer: dict[str, Any]
    seconds: float
    megabytes: float


@dataclass(frozen=True, slots=True)
class _Desk:
    """Where commands are run."""

    url: str
    folder: Path

    def run(self, *arguments: str) -> _Run:
        settings = {
            "CCHC_GOOGLE_URL": self.url,
            "CCHC_SPEC": str(SPECS),
            "CCHC_STORE": str(self.folder / "log.sqlite"),
        }
        command = [sys.executable, "-c", COMMAND, *arguments, "--year", "2022", "--json"]
        with subprocess.Popen(
            command, stdout=subprocess.PIPE, text=True, env={**os.environ, **settings}
        ) as process:
            assert process.stdout is not None
            printed = process.stdout.read()
            _, status, used = os.wait4(process.pid, 0)
            process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            raise RuntimeError(f"cchc {' '.join(arguments)} left with {process.returncode}")
        seconds = used.ru_utime + used.ru_stime
        return _Run(json.loads(printed), seconds, used.ru_maxrss / 1024)


def _open(url: str, desk: _Desk) -> str:
    """Builds the forms and links the one; the address that its answers go to."""
    applied = desk.run("forms", "apply", "--yes").answer
    form = next(one for one in applied["forms"] if one["name"] == FORM)
    office = Office(url)
    office.link(form["form_id"], applied["responses"]["id"])
    office.close()
    return str(form["responder_uri"]).replace("/viewform", "/formResponse")


def _submit(url: str, address: str, count: int) -> None:
    """The schools send them one after the other, each many times."""
    year = load_regime(SPECS, 2022)
    spec = next(one for one in load_specs(SPECS, year) if one.name == FORM)
    units = year.roster.units

    def post(client: int) -> None:
        chance = random.Random(client)  # noqa: S311 - sample data
        unit = units[client % len(units)]
        browser = Browser(url, unit.emails[0])
        for _ in range(count // CLIENTS):
            browser.post(address, document_answers(spec, year.roster.choice(unit), chance))
        browser.close()

    with ThreadPoolExecutor(CLIENTS) as pool:
        list(pool.map(post, range(CLIENTS)))
