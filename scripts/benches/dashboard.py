"""What a publish costs: a local Google in a process of its own, `cchc dashboard publish` in
another, whose time and most memory are measured with the sending, the log's reading and the ledger.

2,500 units with 14 documents each: a new spreadsheet, the same again without news, and once more
after a day on which something changed on every tab.
"""

from __future__ import annotations

import csv
import random
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from sample_year.people import SPECS

from benches.desk import Desk
from benches.local_google import served
from cchc_gforms.cli.dashboard_addresses import remember_forms
from cchc_gforms.events import Decided, Event, PeriodOpened, RosterUnit, VersionSeen
from cchc_gforms.regime.load import load as load_regime
from cchc_gforms.regime.openings import openings
from cchc_gforms.spec.load import load as load_specs
from cchc_gforms.store.log import EventLog

UNITS = 2_500
OPENED = datetime(2022, 1, 1, tzinfo=UTC)
TODAY = datetime(2022, 12, 1, tzinfo=UTC)
YESTERDAY = TODAY - timedelta(days=1)
FORM = "https://docs.google.com/forms/d/e/" + "x" * 56 + "/viewform"
REQUESTS = """
requests:
""" + "".join(
    f"""  - {{key: mau_{number}, document: ad_hoc_report, title: về việc {number} năm 2022,
     source_document: Công văn {number}/MẪU-UBND, due_on: 2022-0{number}-20, channel: online}}
"""
    for number in range(1, 6)
)
"""With the nine documents of the dispatch, fourteen."""
TEXT = "Triển khai đầy đủ các nhiệm vụ theo kế hoạch; chi tiết tại văn bản kèm theo. " * 3


def main(small: bool) -> None:
    """`small` has a fiftieth of the units."""
    with tempfile.TemporaryDirectory() as folder:
        specs = _specs(Path(folder), UNITS // (50 if small else 1))
        with served(Path(folder) / "google") as url:
            desk = Desk(url, Path(folder), specs)
            with EventLog.open(f"sqlite:///{desk.store}") as log:
                _write(log, specs)
            _publish(desk, "a new spreadsheet")
            _publish(desk, "nothing new")
            with EventLog.open(f"sqlite:///{desk.store}") as log:
                log.record_harvest(started_at=TODAY, as_of=TODAY, new=0)
            _publish(desk, "another day")


def _publish(desk: Desk, name: str) -> None:
    run = desk.run("dashboard", "publish")
    said = run.answer
    print(f"{name}: {run.cost}, {said['calls']} calls, {said['batches']} of them write", flush=True)


def _specs(folder: Path, count: int) -> Path:
    """Those of the sample year, for so many schools."""
    made = folder / "forms_spec"
    shutil.copytree(SPECS, made)
    header = (SPECS / "units.csv").read_text("utf-8").splitlines()[0].split(",")
    with (made / "units.csv").open("w", encoding="utf-8", newline="") as file:
        lines = csv.DictWriter(file, header)
        lines.writeheader()
        for number in range(count):
            code = f"U{number:04}"
            lines.writerow(
                {
                    "code": code,
                    "name": f"Trường Tiểu học Mẫu {number:04}",
                    "level": "TH",
                    "emails": f"{code.lower()}@truong.example",
                }
            )
    with (made / "years" / "2022.yaml").open("a", encoding="utf-8") as file:
        file.write(REQUESTS)
    return made


def _write(log: EventLog, specs: Path) -> None:
    """What a year of harvests left in the log; the forms' addresses are as long as real ones."""
    year = load_regime(specs, 2022)
    opened = openings(year, OPENED)
    events = [*opened, *_events(opened)]
    log.append(events, YESTERDAY)
    log.record_harvest(started_at=YESTERDAY, as_of=YESTERDAY, new=len(events))
    remember_forms(log, {spec.name: FORM for spec in load_specs(specs, year)})
    duties = sum(len(one.units) for one in opened)
    print(f"{duties:,} rows of {len(opened)} documents, {len(events):,} events")


def _events(opened: Iterable[PeriodOpened]) -> Iterator[Event]:
    """Nine in ten submit, one in ten of these is returned, half of the rest approved."""
    chance = random.Random(14)  # noqa: S311 - sample data
    for period in opened:
        for unit in period.units:
            if chance.random() < 0.9:
                yield from _history(period, unit, chance)


def _history(period: PeriodOpened, unit: RosterUnit, chance: random.Random) -> Iterator[Event]:
    due = datetime.combine(period.due_on, datetime.min.time(), UTC)
    at = due - timedelta(seconds=chance.randrange(-86_400, 432_000))
    named: dict[str, Any] = {
        "document": period.document,
        "period": period.period,
        "claimed_unit": f"{unit.code} – {unit.name}",
        "unit_code": unit.code,
    }
    response = f"{unit.code}-{period.document}-{period.period}"
    yield VersionSeen(
        at=at, form_id="F" * 44, response_id=response, email=unit.emails[0],
        answers={"unit": (named["claimed_unit"],), "summary": (TEXT,)}, **named,
    )  # fmt: skip
    if chance.random() < 0.5:
        action: Any = "return" if chance.random() < 0.2 else "approve"
        yield Decided(
            at=at + timedelta(days=2), form_id="P" * 44, response_id=response, action=action,
            reviewer=period.reviewers[0], reason="Thiếu số liệu.", **named,
        )  # fmt: skip
