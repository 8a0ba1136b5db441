"""Names that may be referred to, as far as the file that gives them could be read."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator


class Known(Collection[str]):
    """The names read. `open`: some could not be, so that none is unknown for certain."""

    def __init__(self, names: Iterable[str] = (), *, open: bool = False) -> None:
        self._names = tuple(dict.fromkeys(names))
        self.open = open

    def __contains__(self, name: object) -> bool:
        return self.open or name in self._names

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)

    def __len__(self) -> int:
        return len(self._names)

    def __or__(self, other: Known) -> Known:
        return Known((*self, *other), open=self.open or other.open)
