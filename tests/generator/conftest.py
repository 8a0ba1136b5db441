"""One local Google a module, emptied before each test."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import requests

from cchc_gforms.local_google.serve import Running
from tests.office import local_google


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    with local_google(tmp_path_factory.mktemp("shared"), seed=11) as server:
        yield server


@pytest.fixture
def empty(shared: Running) -> Running:
    """Nothing at Google. The event log goes on: nothing here is about periods."""
    requests.post(f"{shared.url}/_control/reset", timeout=5).raise_for_status()
    return shared
