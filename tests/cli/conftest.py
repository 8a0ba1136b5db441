"""The five schools' log, for commands that need no Google."""

from __future__ import annotations

from pathlib import Path

import pytest

from cchc_gforms.regime.load import load
from cchc_gforms.store.log import EventLog
from tests.five_schools import AS_OF, events, spec_dir


@pytest.fixture
def where(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with their log, to which the settings point."""
    specs = spec_dir(tmp_path)
    store = tmp_path / "so.sqlite"
    with EventLog.open(f"sqlite:///{store}") as log:
        log.append(events(load(specs, 2022)), AS_OF)
        log.record_harvest(started_at=AS_OF, as_of=AS_OF, new=1)
    monkeypatch.setenv("CCHC_SPEC", str(specs))
    monkeypatch.setenv("CCHC_STORE", str(store))
    monkeypatch.setenv("CCHC_GOOGLE_URL", "http://127.0.0.1:1")  # nobody there, nobody asked
    monkeypatch.chdir(tmp_path)
    return tmp_path
