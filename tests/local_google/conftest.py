"""A local Google for every test, on a free port, its answers held against Google's schemas."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from cchc_gforms.local_google.serve import Running, open_state, running


@pytest.fixture
def local_google() -> Iterator[Running]:
    state = open_state(None, seed=1)
    with running(state) as server:
        yield server
    state.close()
