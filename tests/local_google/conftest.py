"""A local Google on a free port, its answers held against Google's schemas."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import requests

from cchc_gforms.local_google.serve import Running, open_state, running
from tests.local_google.api import Http, access_token, service


@pytest.fixture
def local_google() -> Iterator[Running]:
    """One of its own for a test."""
    state = open_state(None, seed=1)
    with running(state) as server:
        yield server
    state.close()


@pytest.fixture(scope="session")
def google() -> Iterator[Running]:
    """One for all tests that look only at what they made themselves."""
    state = open_state(None, seed=1)
    with running(state) as server:
        yield server
    state.close()


@pytest.fixture(scope="session")
def http(google: Running) -> Iterator[Http]:
    """The built-in account over bare HTTP, with the scope that the product asks for."""
    http = Http(google.url, access_token(google.url))
    yield http
    http.close()


@pytest.fixture(scope="session")
def forms(google: Running) -> Iterator[Any]:
    """`forms()` of the unmodified client."""
    made = service(google.url, "forms")
    yield made.forms()
    made.close()


@pytest.fixture(scope="session")
def drive(google: Running) -> Iterator[Any]:
    made = service(google.url, "drive")
    yield made
    made.close()


@pytest.fixture
def clock(google: Running) -> Iterator[Any]:
    """Sets the shared Google's clock, for this test."""

    def at(moment: str) -> None:
        answer = requests.post(f"{google.url}/_control/clock", json={"now": moment}, timeout=10)
        answer.raise_for_status()

    yield at
    requests.post(f"{google.url}/_control/clock", json={"release": True}, timeout=10)
