"""What a form's own properties hold of its questions, and where they end."""

from __future__ import annotations

import hashlib

import pytest

from cchc_gforms.errors import CchcError
from cchc_gforms.google.deployed import as_tags, from_tags


def _questions(count: int) -> dict[str, str]:
    return {hashlib.sha256(str(n).encode()).hexdigest()[:8]: f"question_{n}" for n in range(count)}


def test_a_form_of_ordinary_size_keeps_ids_and_keys() -> None:
    deployed = _questions(200)
    tags = as_tags(deployed, {})
    assert len(tags) <= 26
    assert from_tags({name: piece for name, piece in tags.items() if piece}) == deployed


def test_a_form_beyond_what_drive_keeps_is_refused_before_anything_is_sent() -> None:
    with pytest.raises(CchcError, match="quá nhiều") as refused:
        as_tags(_questions(2_000), {})
    assert "repeat" in refused.value.fix
