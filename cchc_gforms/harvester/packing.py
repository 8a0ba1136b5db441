"""Much text in little room, while a harvest has to keep it."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any, Generic, TypeVar

Row = TypeVar("Row")

_BLOCK = 100  # rows packed together


def packed(value: object) -> bytes:
    """Anything that JSON can hold."""
    return zlib.compress(json.dumps(value, ensure_ascii=False).encode(errors="surrogatepass"))


def unpacked(value: bytes) -> Any:
    return json.loads(zlib.decompress(value).decode(errors="surrogatepass"))


class Lines(Generic[Row]):
    """Rows, packed a hundred together. Read them in order: one block is unpacked at a time."""

    def __init__(self, rows: Sequence[Row] = ()) -> None:
        self._blocks: list[bytes] = []
        self._count = 0
        self._at, self._rows = -1, list[Row]()
        self.extend(rows)

    def extend(self, rows: Sequence[Row]) -> None:
        """Only after a multiple of a hundred rows, for each block to be full but the last."""
        assert self._count % _BLOCK == 0
        self._blocks += [packed(rows[at : at + _BLOCK]) for at in range(0, len(rows), _BLOCK)]
        self._count += len(rows)

    def __len__(self) -> int:
        return self._count

    def __getitem__(self, place: int) -> Row:
        block, within = divmod(place, _BLOCK)
        if block != self._at:
            self._at, self._rows = block, unpacked(self._blocks[block])
        return self._rows[within]

    def since(self, first: int) -> Iterable[Row]:
        return (self[place] for place in range(first, self._count))

    def __iter__(self) -> Iterator[Row]:
        return iter(self.since(0))

    def first(self, count: int) -> list[Row]:
        return list(islice(self, count))
