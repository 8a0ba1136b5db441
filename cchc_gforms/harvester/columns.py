"""Which column of a tab is which question's: by header, and by what was made out before. Pure.

Nothing is guessed: a column whose header is no question's, or stands there twice, is taken for a
question's when its cells say what is known of that question's answers, or of its name only it has
any, and else left out and told.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal

TIME: Final = "@time"
EMAIL: Final = "@email"

OWN_HEADERS: Final = {
    "dấu thời gian": TIME,
    "timestamp": TIME,
    "địa chỉ email": EMAIL,
    "email address": EMAIL,
}
"""What forms head their own columns with (facts 6.2)."""

Proof = Callable[[int, str], bool]
"""Whether the column of that index holds what is known of that key."""


@dataclass(frozen=True, slots=True)
class Finding:
    """Something about a column that people should know. `header` is what stands there now."""

    what: Literal["renamed", "missing", "double", "strange"]
    key: str
    header: str = ""


@dataclass(frozen=True, slots=True)
class Columns:
    """`places` are indices by key; `seen` the headers with their keys in order, to be noted: an
    empty key for a column that is no question's, an empty header for one that is missing."""

    places: Mapping[str, int]
    seen: tuple[tuple[str, str], ...]
    findings: tuple[Finding, ...]


def keys_of(
    headers: Sequence[str],
    questions: Mapping[str, str],
    noted: Sequence[tuple[str, str]] = (),
) -> dict[str, list[int]]:
    """The columns headed like each key, as the spec has it (`questions`: keys by header,
    normalised), or else as it was when the tab was last seen."""
    found = _headed(headers, {**questions, **OWN_HEADERS})
    before = {header: key for header, key in noted if header and key and key not in found}
    return found | _headed(headers, {h: k for h, k in before.items() if h not in questions})


def _headed(headers: Sequence[str], keys: Mapping[str, str]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for index, header in enumerate(headers):
        if header in keys:
            found.setdefault(keys[header], []).append(index)
    return found


def make_out(
    headers: Sequence[str],
    questions: Mapping[str, str],
    noted: Sequence[tuple[str, str]],
    needed: Sequence[str],
    proof: Proof,
    is_empty: Callable[[int], bool] = lambda _: False,
) -> Columns:
    """The columns of a tab. `noted` are those seen before, if any; `needed` the keys that are
    missed even if they never were seen; `is_empty` tells a column without a cell."""
    headed = keys_of(headers, questions, noted)
    places: dict[str, int] = {}
    findings: list[Finding] = []
    for key, columns in headed.items():
        proven = [one for one in columns if len(columns) > 1 and proof(one, key)][:1]
        right = proven or [one for one in columns if not is_empty(one)] or columns
        if len(right) == 1:
            places[key] = right[0]
        else:
            findings.append(Finding("double", key, headers[columns[0]]))
    strange = [i for i, header in enumerate(headers) if header and not _is_headed(headed, i)]
    known = {*questions.values(), EMAIL}
    expected = dict.fromkeys([*needed, *(key for _, key in noted if key in known)])
    for key in (one for one in expected if one not in headed):
        proven = [index for index in strange if proof(index, key)]
        if len(proven) == 1:
            places[key] = proven[0]
            strange.remove(proven[0])
            findings.append(Finding("renamed", key, headers[proven[0]]))
        else:
            findings.append(Finding("missing", key))
    findings += _strange(headers, strange, noted)
    by_place = {place: key for key, place in places.items()}
    seen = [(header, by_place.get(index, "")) for index, header in enumerate(headers)]
    seen += [("", one.key) for one in findings if one.what == "missing"]
    return Columns(places, tuple(seen), tuple(findings))


def _is_headed(headed: Mapping[str, Sequence[int]], index: int) -> bool:
    return any(index in columns for columns in headed.values())


def _strange(
    headers: Sequence[str], strange: Sequence[int], noted: Sequence[tuple[str, str]]
) -> Iterator[Finding]:
    """Columns that came since the tab was last seen and are no question's."""
    before = {header for header, _ in noted}
    for index in strange if noted else ():
        if headers[index] not in before:
            yield Finding("strange", "", headers[index])
