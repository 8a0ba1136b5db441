"""Where the titles of a header are, after people moved columns or typed over one."""

from __future__ import annotations

from collections.abc import Sequence


def is_gone(titles: Sequence[str], there: Sequence[object]) -> bool:
    """Whether something else stands in its row, and none of its titles: the row was deleted, or
    another put above it."""
    known = [text for text in map(_text, there) if text]
    return bool(known) and set(titles).isdisjoint(known)


def places(titles: Sequence[str], there: Sequence[object]) -> list[int]:
    """The column of each title in the header `there`.

    A title that is gone belongs after the one before it, over what was typed there (what is written
    below it is still its own), unless that is another title's place; then after all of them.
    """
    known = [] if is_gone(titles, there) else [_text(cell) for cell in there]
    taken = {known.index(title) for title in titles if title in known}
    found: list[int] = []
    for title in titles:
        if title in known:
            found.append(known.index(title))
            continue
        next_to = found[-1] + 1 if found else 0
        found.append(next_to if next_to not in taken else max(taken) + 1)
        taken.add(found[-1])
    return found


def _text(cell: object) -> str:
    return str(cell).strip() if cell is not None else ""
