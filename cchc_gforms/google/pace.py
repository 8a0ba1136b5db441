"""Calls a minute, kept under Google's limits for one user, so that no call is refused for quota.

The minute is counted as it slides: whichever full minute Google counts by, its calls are within
one. Another program of the same account may still use the quota up; session.py waits that out.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict, deque
from collections.abc import Mapping
from typing import Final
from urllib.parse import urlsplit

LIMITS: Final[Mapping[str, int]] = {
    "forms read": 390,
    "forms expensive read": 180,
    "forms write": 150,
    "sheets read": 60,
    "sheets write": 60,
    "drive": 1_000,
}
"""Of one user (facts C, 5.1). Drive's own, told as 12,000 calls or as 325,000 units, is far above:
developers.google.com/workspace/drive/api/guides/limits."""

_MINUTE = 62.0  # seconds; one call may take a little longer on its way than the next
_PART = re.compile(rb"^(GET|POST|PUT|PATCH|DELETE) (/\S+)", re.MULTILINE)
_SERVICES = {
    "forms.googleapis.com": "forms",
    "sheets.googleapis.com": "sheets",
    "www.googleapis.com": "drive",
}
_READS_BY_POST = (":batchGetByDataFilter", ":getByDataFilter", "developerMetadata:search")


class Pace:
    """When calls of each kind were sent, in seconds of one clock."""

    def __init__(self) -> None:
        self._sent: defaultdict[str, deque[float]] = defaultdict(deque)

    def pause(self, calls: Counter[str], now: float) -> float:
        """Seconds to wait before these calls may be sent together."""
        return max((self._pause(kind, count, now) for kind, count in calls.items()), default=0)

    def sent(self, calls: Counter[str], now: float) -> None:
        for kind, count in calls.items():
            self._sent[kind].extend([now] * count)

    def _pause(self, kind: str, count: int, now: float) -> float:
        times = self._sent[kind]
        while times and times[0] <= now - _MINUTE:
            times.popleft()
        too_many = min(len(times), len(times) + count - LIMITS[kind])
        return times[too_many - 1] + _MINUTE - now if too_many > 0 else 0


def is_read(method: str, url: str) -> bool:
    """Whether a call changes nothing; a few are sent by POST."""
    return method == "GET" or url.partition("?")[0].endswith(_READS_BY_POST)


def counted(method: str, url: str, body: bytes | str | None) -> Counter[str]:
    """What a request costs, by kind of limit; of an HTTP batch, what its parts cost."""
    parts = urlsplit(url)
    service = _SERVICES.get(parts.hostname or "")
    if service is None:
        return Counter()
    if not parts.path.startswith("/batch"):
        return _cost(service, method, parts.path)
    text = body.encode() if isinstance(body, str) else body or b""
    found = (match.groups() for match in _PART.finditer(text))
    costs = (_cost(service, verb.decode(), path.decode()) for verb, path in found)
    return sum(costs, Counter())


def _cost(service: str, method: str, path: str) -> Counter[str]:
    if service == "drive":
        return Counter(["drive"])
    path = path.partition("?")[0]
    if service == "forms" and path.endswith("/responses"):
        return Counter(["forms read", "forms expensive read"])
    return Counter([f"{service} {'read' if is_read(method, path) else 'write'}"])
