"""Laws of merging a change to an earlier revision into the latest (facts 2.3)."""

from __future__ import annotations

import copy
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from cchc_gforms.local_google.errors import ApiError
from cchc_gforms.local_google.forms.merging import merged

Form = dict[str, Any]
TITLES = st.sampled_from(["A", "B", "C"])


def form(ids: list[int], titles: list[str], title: str) -> Form:
    items = [
        {"itemId": f"{id:08x}", "title": one, "textItem": {}}
        for id, one in zip(ids, titles, strict=False)
    ]
    return {"info": {"title": title}, "settings": {}, "items": items}


def ids(one: Form) -> set[str]:
    return {item["itemId"] for item in one["items"]}


def forms(low: int, high: int) -> st.SearchStrategy[Form]:
    """Any items of these ids in any order."""
    chosen = st.lists(st.integers(low, high), unique=True, max_size=6)
    return st.builds(form, chosen, st.lists(TITLES, min_size=6, max_size=6), TITLES)


@given(forms(1, 8), forms(1, 8))
def test_where_nobody_else_wrote_the_change_is_the_result(base: Form, ours: Form) -> None:
    assert merged(base, copy.deepcopy(base), ours) == ours


@given(forms(1, 8), forms(1, 8))
def test_a_change_of_nothing_leaves_the_latest(base: Form, latest: Form) -> None:
    assert merged(base, latest, copy.deepcopy(base)) == latest


@given(forms(1, 8), forms(1, 8), forms(1, 8))
def test_what_one_deleted_is_gone_and_what_one_made_is_there(
    base: Form, latest: Form, ours: Form
) -> None:
    was, theirs, mine = (ids(each) for each in (base, latest, ours))
    if (theirs & mine) - was:
        with pytest.raises(ApiError, match="Invalid ID"):
            merged(base, latest, ours)
        return
    made = [one["itemId"] for one in merged(base, latest, ours)["items"]]
    assert len(set(made)) == len(made)
    assert set(made) == (was & theirs & mine) | (theirs - was) | (mine - was)


@given(forms(1, 8), forms(1, 8), forms(1, 8))
def test_nothing_that_is_given_is_changed(base: Form, latest: Form, ours: Form) -> None:
    assume(not (ids(latest) & ids(ours)) - ids(base))
    before = copy.deepcopy((base, latest, ours))
    made = merged(base, latest, ours)
    for item in made["items"]:
        item["title"] = "?"
    made["info"]["title"] = "?"
    assert (base, latest, ours) == before
