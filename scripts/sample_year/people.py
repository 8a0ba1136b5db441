"""The people of the sample year: the office, 60 schools, two reviewers, each in a browser.

They post what a browser posts, to the addresses a browser sees, signed in at the sign-in page.
"""

from __future__ import annotations

import csv
import random
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from typing import Any

import requests

from cchc_gforms.regime.load import ReportingYear
from cchc_gforms.regime.load import load as load_regime
from cchc_gforms.spec.load import load as load_specs
from cchc_gforms.spec.model import FormSpec
from sample_year.answers import decision, document_answers, processing
from sample_year.behaviours import PLAN, REPORT, Step

HERE = Path(__file__).resolve().parent
SPECS = HERE.parent.parent / "forms_spec"
OFFICE = "vanphong@cchc.example"
REVIEWERS = ("duyet1@phonggd.example", "duyet2@phonggd.example")
STRANGER = "nguoila@khac.example"

_EDIT_LINK = re.compile(r"edit2=([\w-]+)")


class Browser:
    """One person's browser, signed in."""

    def __init__(self, url: str, email: str) -> None:
        self.url = url
        self._session = requests.Session()
        self._session.post(
            f"{url}/signin", data={"email": email, "continue": "/"}, allow_redirects=False
        ).raise_for_status()

    def post(self, address: str, fields: Sequence[tuple[str, str]]) -> str:
        """Posts a form; returns the page. Anything but 200 is an error."""
        answer = self._session.post(address, data=list(fields))
        if answer.status_code != 200:
            raise RuntimeError(f"{address} answered {answer.status_code}: {answer.text[:500]}")
        return answer.text

    def get(self, address: str) -> str:
        """Opens a page. Anything but 200 is an error."""
        answer = self._session.get(address)
        answer.raise_for_status()
        return answer.text

    def close(self) -> None:
        self._session.close()


class Office(Browser):
    """The bureau's office: owns the forms, and holds the clock of the local Google."""

    def __init__(self, url: str) -> None:
        super().__init__(url, OFFICE)

    def link(self, form_id: str, spreadsheet_id: str) -> None:
        """What a person clicks in the form editor: the linked Sheet, and edits allowed."""
        editor = f"{self.url}/forms/d/{form_id}"
        self.post(f"{editor}/link", [("spreadsheet", spreadsheet_id)])
        self.post(f"{editor}/settings", [("allow_edits", "1")])

    def set_clock(self, now: datetime) -> None:
        stamp = now.astimezone(UTC).isoformat().replace("+00:00", "Z")
        self._session.post(f"{self.url}/_control/clock", json={"now": stamp}).raise_for_status()


@dataclass(order=True, frozen=True, slots=True)
class _Turn:
    at: datetime
    order: int
    step: Step = field(compare=False)
    unit: str = field(compare=False)
    form: str = field(compare=False)


@dataclass(slots=True)
class _Cast:
    """Who is there, and what was sent so far."""

    url: str
    office: Office
    uris: Mapping[str, str]
    year: ReportingYear
    specs: Mapping[str, FormSpec]
    chance: random.Random
    browsers: dict[str, Browser] = field(default_factory=dict)
    edit_links: dict[tuple[str, str], str] = field(default_factory=dict)

    def browser(self, email: str) -> Browser:
        if email not in self.browsers:
            self.browsers[email] = Browser(self.url, email)
        return self.browsers[email]

    def close(self) -> None:
        for browser in (self.office, *self.browsers.values()):
            browser.close()

    def take(self, turn: _Turn) -> None:
        self.office.set_clock(turn.at)
        if turn.step.deed in ("submit", "submit_as_other", "edit"):
            self._submit(turn)
        else:
            self._decide(turn)

    def _submit(self, turn: _Turn) -> None:
        unit = self.year.roster.unit(turn.unit)
        email = STRANGER if turn.step.deed == "submit_as_other" else unit.emails[0]
        spec = self.specs[turn.form]
        fields = document_answers(spec, self.year.roster.choice(unit), self.chance)
        address = self._response_address(turn.form)
        if turn.step.deed == "edit":
            address += f"?edit2={self.edit_links[turn.unit, turn.form]}"
        page = self.browser(email).post(address, fields)
        if link := _EDIT_LINK.search(page):
            self.edit_links[turn.unit, turn.form] = link.group(1)

    def _decide(self, turn: _Turn) -> None:
        spec = next(spec for spec in self.specs.values() if spec.document == "processing")
        document, _, period = turn.form.partition("/")
        unit = self.year.roster.choice(self.year.roster.unit(turn.unit))
        label = self.year.label(document, period)
        if turn.step.said:
            fields = processing(spec, unit, label, turn.step.deed, turn.step.said)
        else:
            fields = decision(spec, unit, label, turn.step.deed, self.chance)
        reviewer = self.chance.choice(REVIEWERS)
        self.browser(reviewer).post(self._response_address(spec.name), fields)

    def _response_address(self, form: str) -> str:
        return self.uris[form].replace("/viewform", "/formResponse")


def play(
    url: str, uris: Mapping[str, str], seed: int, until: datetime | None = None
) -> Iterator[tuple[int, int, datetime]]:
    """Lives the year through, or its part before `until`, in order of time; yields (done, of how
    many, when)."""
    chance = random.Random(seed)  # noqa: S311 - sample data
    year = load_regime(SPECS, 2022)
    specs = {spec.name: spec for spec in load_specs(SPECS, year)}
    turns = sorted(turn for turn in _turns(year, chance) if until is None or turn.at < until)
    cast = _Cast(url, Office(url), uris, year, specs, chance)
    try:
        for done, turn in enumerate(turns, start=1):
            cast.take(turn)
            yield done, len(turns), turn.at
    finally:
        cast.close()


def _turns(year: ReportingYear, chance: random.Random) -> Iterator[_Turn]:
    due = {(d, p): year.due(d, p).counted for d, p in year.obligated()}
    order = count()
    for row in _table():
        for form, letter in row.items():
            if form == "unit":
                continue
            document, _, period = form.partition("/")
            behaviour = (PLAN if document == "annual_plan" else REPORT)[letter]
            for step in behaviour(due[document, period], chance):
                yield _Turn(step.at, next(order), step, row["unit"], form)


def _table() -> list[dict[str, Any]]:
    with (HERE / "2022.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
