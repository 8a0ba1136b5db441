"""The main job, from nothing to a dashboard, with the public `cchc` commands.

    python scripts/demo.py [--serve] [--until 2022-09-06T09:15] [--seed N]

A local Google is started; its clock is set by the sample year, so that a year passes in seconds.
"""

from __future__ import annotations

import argparse
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn
from rich.table import Table

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from sample_year.behaviours import ZONE
from sample_year.people import Office, play

ROOT = Path(__file__).resolve().parent.parent.parent
YEAR = 2022
ISSUED = datetime(YEAR, 2, 17, 8, tzinfo=ZONE)
YEAR_IS_OVER = datetime(YEAR, 12, 31, 9, tzinfo=ZONE)

console = Console()


def main() -> int:
    arguments = argparse.ArgumentParser(description="A whole reporting year on this machine.")
    arguments.add_argument("--serve", action="store_true", help="keep the local Google up")
    arguments.add_argument("--seed", type=int, default=260, help="of the sample answers and times")
    arguments.add_argument(
        "--until", type=datetime.fromisoformat, default=YEAR_IS_OVER.replace(tzinfo=None),
        help="stop the year at this local time: 2022-09-06T09:15",
    )  # fmt: skip
    options = arguments.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that the server ends with us
    with (
        tempfile.TemporaryDirectory(prefix="cchc-demo-", ignore_cleanup_errors=True) as work,
        Demo(Path(work), options.seed, options.until.replace(tzinfo=ZONE)) as demo,
    ):
        demo.run()
        if options.serve:
            demo.tell_settings()
            console.print("The local Google stays up. Ctrl+C ends it.")
            demo.wait()
    return 0


class Demo:
    """The steps, each timed; the server belongs to this object and ends with it."""

    def __init__(self, work: Path, seed: int, until: datetime) -> None:
        self._work = work
        self._seed = seed
        self._until = until
        self._times: dict[str, float] = {}

    def __enter__(self) -> Demo:
        with self._timed("start the local Google"):
            self._server = subprocess.Popen(
                [*_cchc(), "local", "serve", "--port", "0", "--data", str(self._work / "google"),
                 "--seed", str(self._seed)],
                stdout=subprocess.PIPE, text=True, encoding="utf-8",
            )  # fmt: skip
            assert self._server.stdout is not None
            self.url = self._server.stdout.readline().strip()
            if not self.url.startswith("http://"):
                sys.exit("the local Google did not start: see its message above")
        return self

    def __exit__(self, *_: object) -> None:
        self._server.terminate()
        self._server.wait()
        if self._server.stdout:
            self._server.stdout.close()

    def tell_settings(self) -> None:
        """How to run the commands on this year, in another terminal in this folder."""
        console.print("To try commands on it, in another terminal in this folder:")
        put = "set" if os.name == "nt" else "export"
        for name, value in self._settings.items():
            console.print(f"  {put} {name}={value}", soft_wrap=True, highlight=False)
        console.print(f"  {_cchc()[0]} ledger show --year {YEAR}", soft_wrap=True, highlight=False)

    @property
    def _settings(self) -> dict[str, str]:
        return {
            "CCHC_GOOGLE_URL": self.url,
            "CCHC_STORE": str(self._work / "so-su-kien.sqlite"),
            "CCHC_TOKEN": str(self._work / "token.json"),
            "CCHC_CREDENTIALS": str(self._work / "credentials.json"),
        }

    def wait(self) -> None:
        try:
            self._server.wait()
        except KeyboardInterrupt:
            console.print("Bye.")

    def run(self) -> dict[str, str]:
        """Returns the addresses of the forms, by their names, and of the dashboard."""
        year = ["--year", str(YEAR)]
        office = Office(self.url)
        office.set_clock(ISSUED)
        with self._timed("build and publish the forms"):
            applied = self.cchc("forms", "apply", "--yes", *year)
            # Nobody harvests before the year is over here, so the periods would open late.
            self.cchc("period", "open", "--all", *year)
        with self._timed("link the forms to the spreadsheet"):
            for form in applied["forms"]:
                office.link(form["form_id"], applied["responses"]["id"])
        with self._timed("60 schools and 2 reviewers live through the year"):
            self._play(applied)
        office.set_clock(self._until)
        with self._timed("harvest"):
            first = self.cchc("harvest", *year)
        with self._timed("harvest again"):
            second = self.cchc("harvest", *year)
        with self._timed("ledger"):
            ledger = self.cchc("ledger", "show", *year)
        with self._timed("dashboard"):
            dashboard = self.cchc("dashboard", "publish", *year)
        self._report(applied, first, second, ledger, dashboard)
        forms = {one["name"]: one["responder_uri"] for one in applied["forms"]}
        return forms | {"dashboard": dashboard["url"]}

    def _play(self, applied: dict[str, Any]) -> None:
        uris = {form["name"]: form["responder_uri"] for form in applied["forms"]}
        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
        with Progress(*columns, console=console, transient=True) as progress:
            task = progress.add_task("the year passes", total=None)
            for done, total, when in play(self.url, uris, self._seed, self._until):
                progress.update(
                    task, completed=done, total=total, description=when.strftime("%d/%m/%Y")
                )

    def _report(
        self,
        applied: dict[str, Any],
        first: dict[str, Any],
        second: dict[str, Any],
        ledger: dict[str, Any],
        dashboard: dict[str, Any],
    ) -> None:
        console.print(_summary(ledger["rows"]))
        console.print(
            f"Harvest: {first['responses']} responses, {first['new_events']} events; "
            f"again: {second['new_events']} new. Not counted: {len(ledger['anomalies'])} remarks."
        )
        for form in applied["forms"]:
            console.print(f"{form['title']}\n  {form['responder_uri']}", soft_wrap=True)
        console.print(f"Responses: {applied['responses']['url']}", soft_wrap=True)
        console.print(f"Dashboard: {dashboard['url']}", soft_wrap=True)
        times = Table("Step", "Seconds", title="Time", title_justify="left")
        for step, seconds in self._times.items():
            times.add_row(step, f"{seconds:.1f}")
        times.add_row("all", f"{sum(self._times.values()):.1f}")
        console.print(times)

    def cchc(self, *arguments: str) -> dict[str, Any]:
        environment = {**os.environ, **self._settings}
        done = subprocess.run(
            [*_cchc(), *arguments, "--json"],
            cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True, encoding="utf-8",
            check=False,
        )  # fmt: skip
        if done.returncode:
            sys.exit(f"cchc {' '.join(arguments)} failed with exit code {done.returncode}")
        answer: dict[str, Any] = json.loads(done.stdout)
        return answer

    @contextmanager
    def _timed(self, step: str) -> Iterator[None]:
        start = time.perf_counter()
        with console.status(step):
            yield
        self._times[step] = time.perf_counter() - start
        console.print(f"[green]✓[/green] {step} [dim]{self._times[step]:.1f} s[/dim]")


def _cchc() -> list[str]:
    """The installed command, beside the python that runs this."""
    return [str(Path(sys.executable).with_name("cchc.exe" if os.name == "nt" else "cchc"))]


def _summary(rows: list[dict[str, Any]]) -> Table:
    statuses = ("on_time", "late", "missing", "overdue", "not_assessed")
    headings = ("on time", "late", "miss", "over", "n/a")
    counts: dict[str, Counter[str]] = {}
    returns: Counter[str] = Counter()
    for row in rows:
        counts.setdefault(row["label"], Counter())[row["timeliness"]] += 1
        returns[row["label"]] += row["return_count"]
    table = Table(title="Ledger", title_justify="left", caption="over: sent, not approved in time")
    table.add_column("Document")
    for heading in (*headings, "ret."):
        table.add_column(heading, justify="right", no_wrap=True)
    for label, count in counts.items():
        figures = [str(count[status]) for status in statuses]
        table.add_row(label, *figures, str(returns[label]))
    return table


if __name__ == "__main__":
    sys.exit(main())
