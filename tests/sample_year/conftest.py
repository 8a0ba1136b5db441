"""The sample year, lived once for all tests here, with the public commands."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import pytest
from sample_year.behaviours import ZONE
from sample_year.people import play

from cchc_gforms.local_google.serve import Running
from tests.office import YEAR, Bureau, cchc, local_google


@dataclass
class Lived:
    """The year as it stands at its end."""

    server: Running
    applied: dict[str, Any]
    harvests: list[dict[str, Any]]
    ledger: dict[str, Any]
    dashboard: dict[str, Any]


@pytest.fixture(scope="session")
def lived(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lived]:
    work = tmp_path_factory.mktemp("year")
    with local_google(work, seed=260) as server, Bureau.at_work(server) as bureau:
        uris = {form["name"]: form["responder_uri"] for form in bureau.applied["forms"]}
        for _ in play(server.url, uris, seed=260):
            pass
        bureau.office.set_clock(datetime(2022, 12, 31, 9, tzinfo=ZONE))
        yield Lived(
            server=server,
            applied=bureau.applied,
            harvests=[cchc("harvest", *YEAR), cchc("harvest", *YEAR)],
            ledger=cchc("ledger", "show", *YEAR),
            dashboard=cchc("dashboard", "publish", *YEAR),
        )
