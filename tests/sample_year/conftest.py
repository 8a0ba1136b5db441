"""The sample year, lived once for all tests here, with the public commands."""

from __future__ import annotations

import contextlib
import io
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from sample_year.behaviours import ZONE
from sample_year.people import Office, play

from cchc_gforms.cli.main import run
from cchc_gforms.local_google.serve import Running, open_state, running

YEAR = ("--year", "2022")


@dataclass
class Lived:
    """The year as it stands at its end."""

    server: Running
    applied: dict[str, Any]
    harvests: list[dict[str, Any]]
    ledger: dict[str, Any]
    dashboard: dict[str, Any]


def cchc(*arguments: str) -> dict[str, Any]:
    """Runs a command as a person does and reads its JSON."""
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        code = run([*arguments, "--json"])
    assert code == 0, f"cchc {' '.join(arguments)} left with {code}"
    answer: dict[str, Any] = json.loads(printed.getvalue())
    return answer


@pytest.fixture(scope="session")
def work(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("year")


@pytest.fixture(scope="session")
def lived(work: Path) -> Iterator[Lived]:
    state = open_state(None, seed=260)
    with running(state, strict_answers=True) as server, pytest.MonkeyPatch.context() as setting:
        setting.setenv("CCHC_GOOGLE_URL", server.url)
        setting.setenv("CCHC_STORE", str(work / "log.sqlite"))
        setting.setenv("CCHC_TOKEN", str(work / "token.json"))
        setting.setenv("CCHC_CREDENTIALS", str(work / "credentials.json"))
        office = Office(server.url)
        office.set_clock(datetime(2022, 2, 17, 8, tzinfo=ZONE))
        applied = cchc("forms", "apply", *YEAR)
        for form in applied["forms"]:
            office.link(form["form_id"], applied["responses"]["id"])
        uris = {form["name"]: form["responder_uri"] for form in applied["forms"]}
        for _ in play(server.url, uris, seed=260):
            pass
        office.set_clock(datetime(2022, 12, 31, 9, tzinfo=ZONE))
        yield Lived(
            server=server,
            applied=applied,
            harvests=[cchc("harvest", *YEAR), cchc("harvest", *YEAR)],
            ledger=cchc("ledger", "show", *YEAR),
            dashboard=cchc("dashboard", "publish", *YEAR),
        )
        office.close()
    state.close()
