"""What a harvest of many responses costs: a local Google in a process of its own, the command in
another, whose time and most memory are measured."""

from __future__ import annotations

import random
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sample_year.answers import document_answers
from sample_year.people import SPECS, Office

from benches.desk import Desk
from benches.local_google import served
from cchc_gforms.local_google.forms import responses, store
from cchc_gforms.local_google.serve import open_state
from cchc_gforms.regime.load import load as load_regime
from cchc_gforms.spec.load import load as load_specs

RESPONSES = 10_000
FORMS = tuple(f"periodic_report/2022-{period}" for period in ("q1", "h1", "q3", "year"))


def main(small: bool) -> None:
    """`small` has a hundredth."""
    count = RESPONSES // (100 if small else 1)
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder) / "google"
        with served(data) as url:
            forms = _open(url, Desk(url, Path(folder), SPECS))
        _fill(data, forms, count)
        with served(data) as url:
            desk = Desk(url, Path(folder), SPECS)
            print(f"{count:,} responses of {len(FORMS)} periodic reports, linked to a Sheet")
            for name in ("first harvest", "nothing new"):
                run = desk.run("harvest")
                said = run.answer
                print(
                    f"{name}: {said['new_events']:,} new, {run.cost}, {said['calls']} round trips"
                )


def _open(url: str, desk: Desk) -> dict[str, str]:
    """Builds the forms and links those; their ids by name."""
    applied = desk.run("forms", "apply", "--yes").answer
    forms = {one["name"]: one["form_id"] for one in applied["forms"] if one["name"] in FORMS}
    office = Office(url)
    for form_id in forms.values():
        office.link(form_id, applied["responses"]["id"])
    office.close()
    return forms


def _fill(data: Path, forms: dict[str, str], count: int) -> None:
    """Responses as the schools send them, a minute apart, the last an hour ago; written by the
    local Google's own hand, for posting them takes an hour."""
    year = load_regime(SPECS, 2022)
    specs = [spec for spec in load_specs(SPECS, year) if spec.name in FORMS]
    chance = random.Random(260)  # noqa: S311 - sample data
    state = open_state(data, seed=None)
    begun = datetime.now(UTC) - timedelta(hours=1, minutes=count)
    for number in range(count):
        spec = specs[number % len(specs)]
        unit = year.roster.units[number % len(year.roster.units)]
        state.clock.set(begun + timedelta(minutes=number))
        answers = _answers(document_answers(spec, year.roster.choice(unit), chance))
        with state.transaction() as tx:
            form = store.load_form(tx, forms[spec.name])
            responses.submit(state, tx, form, answers=answers, email=unit.emails[0])
    state.close()


def _answers(fields: list[tuple[str, str]]) -> dict[str, list[str]]:
    """Answers by question id, from the fields of a browser (facts 7.4)."""
    found: dict[str, list[str]] = {}
    for name, value in fields:
        if name.removeprefix("entry.").isdigit():
            found.setdefault(f"{int(name.removeprefix('entry.')):08x}", []).append(value)
    return found
