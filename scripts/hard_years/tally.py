"""What a campaign must have met, by name: nothing of it may be silently absent."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from hard_years import keeping, stores, vandals, words
from hard_years.life import DEEDS

NAMED: Mapping[str, tuple[str, ...]] = {
    "schools and reviewers": DEEDS,
    "they wrote": words.SORTS,
    "done to the Sheet": vandals.KINDS,
    "a harvest met": (
        "answered 429", "answered 500", "answered 503", "call dropped", "answer dropped",
        "answer cut in half", "answer late",
    ),
    "a harvest was": (
        "calm", "in a storm, all well", "in a storm, in part", "in a storm, in vain",
        "killed between calls", "killed while it wrote", "two at once", "one of two killed",
        "one of two turned away",
    ),
    "the log was": keeping.DONE,
    "the source was": ("both", "sheet", "forms"),
    "the log was in": tuple(stores.DATABASES.values()),
    "other": ("a question worded anew", "Google lists edits late"),
}  # fmt: skip
ENOUGH = 30
"""Seeds after which each of these must have come about."""


def table(did: Counter[str]) -> Iterator[str]:
    """The counts, a heading a line; what never came about is among them, with 0."""
    for heading, names in NAMED.items():
        yield f"{heading}: {', '.join(f'{name} {did[name]}' for name in names)}"
    if others := did.keys() - {name for names in NAMED.values() for name in names}:
        yield f"besides: {', '.join(f'{name} {did[name]}' for name in sorted(others))}"


def absent(did: Counter[str], *, with_server: bool) -> list[str]:
    """What never came about; without a server nothing can lie in PostgreSQL."""
    needs_server = () if with_server else (stores.DATABASES[True], keeping.MOVED)
    every = [name for names in NAMED.values() for name in names if name not in needs_server]
    return [name for name in every if not did[name]]
