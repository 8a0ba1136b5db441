"""Changes made to an earlier revision, brought into the latest one (writeControl, facts 2.3).

How Google settles a conflict is not told. Here the later write wins field by field, what someone
deleted stays deleted, and what has two kinds in the end is refused.
"""

from __future__ import annotations

import copy
from collections.abc import Mapping, Sequence
from difflib import SequenceMatcher
from typing import Any

from cchc_gforms.local_google.errors import invalid
from cchc_gforms.local_google.forms.grading import drop_grading
from cchc_gforms.local_google.forms.items import check_kind, ids_of

Resource = Mapping[str, Any]
Item = Mapping[str, Any]


def merged(base: Resource, latest: Resource, ours: Resource) -> dict[str, Any]:
    """`ours` is `base` with the requests done to it; the result is `latest` with the same done."""
    made = copy.deepcopy(dict(latest))
    for part in ("info", "settings"):
        made[part] = _fields(base.get(part, {}), latest.get(part, {}), ours.get(part, {}))
    made["items"] = _items(*(one.get("items", []) for one in (base, latest, ours)))
    if not made["settings"].get("quizSettings", {}).get("isQuiz"):
        for item in made["items"]:
            drop_grading(item)
    _check(made["items"])
    return made


def _fields(
    base: Mapping[str, Any], latest: Mapping[str, Any], ours: Mapping[str, Any]
) -> dict[str, Any]:
    made = copy.deepcopy(dict(latest))
    for name in [*base, *(name for name in ours if name not in base)]:
        was, will = base.get(name), ours.get(name)
        if was == will:
            continue
        here = made.get(name)
        if isinstance(was, Mapping) and isinstance(will, Mapping) and isinstance(here, Mapping):
            made[name] = _fields(was, here, will)
        elif will is None:
            made.pop(name, None)
        else:
            made[name] = copy.deepcopy(will)
    return made


def _items(
    base: Sequence[Item], latest: Sequence[Item], ours: Sequence[Item]
) -> list[dict[str, Any]]:
    was, will = _by_id(base), _by_id(ours)
    if (_by_id(latest).keys() & will.keys()) - was.keys():
        raise invalid("Invalid ID")
    made = {
        id: _fields(was.get(id, {}), item, will[id]) if id in will else dict(item)
        for id, item in _by_id(latest).items()
        if id in will or id not in was
    }
    order = list(made)
    placed = [id for id in will if id in made or id not in was]
    for id in _out_of_place(list(was), list(will)):
        if id not in placed:
            continue  # deleted meanwhile
        made.setdefault(id, copy.deepcopy(dict(will[id])))
        order = [one for one in order if one != id]
        before = [one for one in placed[: placed.index(id)] if one in order]
        order.insert(order.index(before[-1]) + 1 if before else 0, id)
    return [made[id] for id in order]


def _out_of_place(before: list[str], after: list[str]) -> list[str]:
    """What came or moved, in its order; the rest stands as it stood."""
    blocks = SequenceMatcher(None, before, after, autojunk=False).get_matching_blocks()
    stood = {id for block in blocks for id in after[block.b : block.b + block.size]}
    return [id for id in after if id not in stood]


def _by_id(items: Sequence[Item]) -> dict[str, Item]:
    return {item["itemId"]: item for item in items}


def _check(items: Sequence[Item]) -> None:
    """Two people may have chosen one id for a question, or made one item two things."""
    questions = [id for item in items for id in ids_of(item).questions]
    if len(set(questions)) != len(questions):
        raise invalid("Invalid ID")
    for item in items:
        check_kind(item)
