"""What a form's own properties hold of its questions, and where they end."""

from __future__ import annotations

import base64
import hashlib
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cchc_gforms.errors import CchcError
from cchc_gforms.google.deployed import as_tags, from_tags, is_public, with_room

ids = st.integers(0, 0x7FFFFFFF).map(lambda number: f"{number:08x}")
keys = st.from_regex(r"[a-z][a-z0-9_]{0,30}(/[a-z][a-z0-9_]{0,9})?", fullmatch=True)


def id_of(key: str) -> str:
    digest = hashlib.sha256(key.encode()).digest()
    return f"{int.from_bytes(digest[:4], 'big') % 0x7FFFFFFF + 1:08x}"


def set_on(tags: dict[str, str | None]) -> dict[str, str]:
    return {name: piece for name, piece in tags.items() if piece}


def questions(count: int, *, moved: bool = False) -> dict[str, str]:
    """Keys that have nothing in common; moved ones have ids that do not follow from them."""
    made = [f"k{hashlib.sha256(str(n).encode()).hexdigest()[:15]}" for n in range(count)]
    return {id_of(f"from_{key}" if moved else key): key for key in made}


@given(st.sets(keys, max_size=40), st.dictionaries(ids, keys | st.just(""), max_size=40))
def test_what_is_kept_is_read_again(own: set[str], others: dict[str, str]) -> None:
    """Questions by their keys, those that moved or that Google made by id and key, pages by id."""
    deployed = {id_of(key): key for key in own} | others
    assert from_tags(set_on(as_tags(deployed, {}, id_of)), id_of) == deployed


@given(st.dictionaries(ids, keys, max_size=300), st.dictionaries(ids, keys, max_size=300))
def test_drive_takes_what_is_set_and_nothing_of_before_is_left(
    before: dict[str, str], after: dict[str, str]
) -> None:
    """124 bytes a property, 30 of our own with the four tags, 30 that others may see (facts)."""
    now = set_on(as_tags(before, {}, id_of))
    left = set_on({**now, **as_tags(after, now, id_of)})
    assert from_tags(left, id_of) == after
    assert all(len((name + piece).encode()) <= 124 for name, piece in left.items())
    assert sum(not is_public(name) for name in left) <= 26
    assert sum(is_public(name) for name in left) <= 30


def test_of_removed_questions_the_newest_are_kept_in_their_order() -> None:
    removed, there = questions(900, moved=True), questions(200)
    kept = with_room(removed, there, id_of)
    assert 0 < len(kept) < 900
    assert list(kept) == list(removed)[-len(kept) :]
    known = from_tags(set_on(as_tags(there, {}, id_of, kept)), id_of)
    assert list(known)[: len(kept)] == list(kept)
    assert known == kept | there
    assert with_room(questions(3), there, id_of) == questions(3)


@pytest.mark.parametrize(("count", "moved"), [(200, False), (300, False), (300, True)])
def test_as_many_questions_as_google_forms_takes_find_room(count: int, moved: bool) -> None:
    """Facts 2.6: some 300 items. All of them `moved` is a form that was taken over."""
    deployed = questions(count, moved=moved)
    assert from_tags(set_on(as_tags(deployed, {}, id_of)), id_of) == deployed


def test_what_an_earlier_version_kept_is_understood() -> None:
    """It wrote every id, with the key behind it."""
    lines = f"{id_of('a')} a\n0000000b\n0000000c moved_key"
    text = base64.urlsafe_b64encode(zlib.compress(lines.encode(), 9)).decode()
    known = from_tags({"cchc_k00": text[:20], "cchc_k01": text[20:]}, id_of)
    assert known == {id_of("a"): "a", "0000000b": "", "0000000c": "moved_key"}


@pytest.mark.parametrize("text", ["", "?", "AAAA"])
def test_what_makes_no_sense_tells_nothing(text: str) -> None:
    assert from_tags({"cchc_k00": text}, id_of) == {}


def test_a_form_beyond_what_drive_keeps_is_refused_before_anything_is_sent() -> None:
    with pytest.raises(CchcError, match="quá nhiều") as refused:
        as_tags(questions(2_000), {}, id_of)
    assert "repeat" in refused.value.fix
