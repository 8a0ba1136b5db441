"""An office with a local Google of its own: forms of 2022 applied and linked, commands at hand."""

from __future__ import annotations

import contextlib
import io
import json
import os
import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from sample_year.answers import document_answers, processing
from sample_year.behaviours import ZONE
from sample_year.people import Browser, Office

from cchc_gforms.cli.main import run
from cchc_gforms.local_google.serve import Running, open_state, running
from cchc_gforms.regime.load import load as load_regime
from cchc_gforms.spec.ids import entry_id
from cchc_gforms.spec.load import load as load_specs
from cchc_gforms.spec.model import FormSpec
from cchc_gforms.store.log import EventLog

SPECS = Path(__file__).parent.parent / "forms_spec"
YEAR = ("--year", "2022")
H1 = "periodic_report/2022-h1"


def cchc(*arguments: str, code: int = 0) -> dict[str, Any]:
    """Runs a command as a person does and reads its JSON; it leaves with `code`."""
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        left = run([*arguments, "--json"])
    assert left == code, f"cchc {' '.join(arguments)} left with {left}"
    answer: dict[str, Any] = json.loads(printed.getvalue())
    return answer


@contextlib.contextmanager
def local_google(work: Path, *, seed: int) -> Iterator[Running]:
    """A local Google to which the settings of the commands point."""
    state = open_state(None, seed=seed)
    with running(state) as server, pytest.MonkeyPatch.context() as setting:
        setting.setenv("CCHC_GOOGLE_URL", server.url)
        setting.setenv("CCHC_STORE", str(work / "log.sqlite"))
        setting.setenv("CCHC_TOKEN", str(work / "token.json"))
        setting.setenv("CCHC_CREDENTIALS", str(work / "credentials.json"))
        yield server
    state.close()


@dataclass
class _Built:
    """An office as it begins, built at a local Google at `url`."""

    url: str
    google: bytes
    log: bytes
    applied: dict[str, Any]

    def write(self, file: Path, url: str) -> None:
        """The log, at a local Google elsewhere."""
        file.write_bytes(self.log)
        with EventLog.open(f"sqlite:///{file.as_posix()}") as log:
            known = {name: value.replace(self.url, url) for name, value in log.recall().items()}
            log.remember(known)

    def applied_at(self, url: str) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(json.dumps(self.applied).replace(self.url, url))
        return found


_BUILT: dict[tuple[bool, bool], _Built] = {}
"""By whether its forms are linked, and its periods opened."""


@dataclass
class Bureau:
    """The forms as they are deployed, and the people who use them."""

    server: Running
    office: Office
    applied: dict[str, Any]
    specs: dict[str, FormSpec]

    @classmethod
    @contextlib.contextmanager
    def at_work(
        cls, server: Running, *, linked: bool = True, opened: bool = True, specs: Path = SPECS
    ) -> Iterator[Bureau]:
        """`opened`: every period of the year, at once. `specs` are those that `CCHC_SPEC` names.

        The commands that build an office run once; the next that is to be like it is a copy."""
        log = Path(os.environ["CCHC_STORE"])
        fresh = specs == SPECS and not log.exists()
        built = _BUILT.get((linked, opened)) if fresh else None
        if built:
            server.state.become(built.google)
            built.write(log, server.url)
        office = cls.open_for_business(server)
        if built:
            applied = built.applied_at(server.url)
        else:
            applied = cls._build(office, linked=linked, opened=opened)
        if fresh and not built:
            copied = server.state.copied()
            _BUILT[linked, opened] = _Built(server.url, copied, log.read_bytes(), applied)
        forms = {spec.name: spec for spec in load_specs(specs, load_regime(specs, 2022))}
        yield cls(server, office, applied, forms)
        office.close()

    @staticmethod
    def _build(office: Office, *, linked: bool, opened: bool) -> dict[str, Any]:
        applied = cchc("forms", "apply", "--yes", *YEAR)
        if opened:
            cchc("period", "open", "--all", *YEAR)
        if linked:
            for form in applied["forms"]:
                office.link(form["form_id"], applied["responses"]["id"])
        return applied

    @staticmethod
    def open_for_business(server: Running) -> Office:
        """On the day on which the bureau's plan was issued."""
        office = Office(server.url)
        office.set_clock(datetime(2022, 2, 17, 8, tzinfo=ZONE))
        return office

    def at(self, moment: str) -> None:
        """Sets Google's clock: "2022-06-02 10:00", in Ho Chi Minh City."""
        self.office.set_clock(datetime.fromisoformat(moment).replace(tzinfo=ZONE))

    def form_id(self, name: str) -> str:
        return str(next(one["form_id"] for one in self.applied["forms"] if one["name"] == name))

    def submit(
        self,
        name: str,
        unit: str,
        email: str,
        *,
        edit2: str = "",
        said: Mapping[str, str] | None = None,
    ) -> str:
        """A school answers a form, `said` by key and the rest anyhow; the confirmation page."""
        answers = document_answers(self.specs[name], unit, random.Random(1))
        own = {f"entry.{entry_id(key)}": value for key, value in (said or {}).items()}
        fields = [(field, own.get(field, value)) for field, value in answers]
        return self._post(name, email, fields, edit2)

    def decide(self, unit: str, label: str, deed: str, email: str, *, said: str = "") -> str:
        """A reviewer answers the processing form; `said` is the reason."""
        reason = {"reason": said or "Thiếu số liệu."} if deed == "return" else {}
        return self.record(unit, label, deed, email, reason)

    def record(
        self,
        unit: str,
        label: str,
        deed: str,
        email: str,
        said: Mapping[str, str] | None = None,
        *,
        edit2: str = "",
    ) -> str:
        """A reviewer answers the processing form, whatever the deed; `said` by role."""
        spec = self.specs["processing/2022"]
        fields = processing(spec, unit, label, deed, said or {})
        return self._post("processing/2022", email, fields, edit2)

    def open(self, address: str, email: str) -> str:
        """The page that somebody sees at that address."""
        browser = Browser(self.server.url, email)
        try:
            return browser.get(address)
        finally:
            browser.close()

    def _post(self, name: str, email: str, fields: list[tuple[str, str]], edit2: str) -> str:
        uri = next(one["responder_uri"] for one in self.applied["forms"] if one["name"] == name)
        address = uri.replace("/viewform", "/formResponse") + (f"?edit2={edit2}" if edit2 else "")
        browser = Browser(self.server.url, email)
        try:
            return browser.post(address, fields)
        finally:
            browser.close()
