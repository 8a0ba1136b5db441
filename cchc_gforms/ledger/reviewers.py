"""Who may decide, and when (L13)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Final

_ALWAYS: Final = (datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC))


@dataclass(frozen=True, slots=True)
class Reviewers:
    """Addresses, in lower case, with the instants between which each may decide.

    `frozen` are those who could decide when a period was opened: taking one off the list later,
    instead of ending the term, takes nothing of what was decided away (L1).
    """

    terms: Mapping[str, tuple[datetime, datetime]]
    frozen: frozenset[str] = frozenset()

    @classmethod
    def of(cls, addresses: Iterable[str]) -> Reviewers:
        """For good."""
        return cls({address.lower(): _ALWAYS for address in addresses})

    def with_frozen(self, addresses: Iterable[str]) -> Reviewers:
        return replace(self, frozen=frozenset(address.lower() for address in addresses))

    def has(self, address: str, at: datetime) -> bool:
        """Whether an address may decide at an instant."""
        term = self.terms.get(address)
        return address in self.frozen if term is None else term[0] <= at <= term[1]
