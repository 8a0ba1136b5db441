"""Calls a minute, of a user and of a project, as Google counts them (facts C, 5.1)."""

from __future__ import annotations

import hashlib
from collections import Counter
from datetime import datetime

from cchc_gforms.local_google.call import Account
from cchc_gforms.local_google.discovery import Method
from cchc_gforms.local_google.errors import ApiError, over_quota

_MOST = {
    ("sheets", "read"): (300, 60),
    ("sheets", "write"): (300, 60),
    ("forms", "read"): (975, 390),
    ("forms", "expensive read"): (450, 180),
    ("forms", "write"): (375, 150),
}
"""Of a project, and of a user in it. Drive's own are not told on the facts page, so none."""

_READS_BY_POST = ("batchGetByDataFilter", "getByDataFilter", "developerMetadata.search")


class Quotas:
    """Counts from each full minute of the local clock on. A refused call is not counted."""

    def __init__(self) -> None:
        self._minute = ""
        self._seen: Counter[tuple[str, ...]] = Counter()

    def clear(self) -> None:
        self._seen.clear()

    def count(self, method: Method, account: Account, now: datetime) -> None:
        """429 for one call too many. A project is an OAuth client here."""
        kind = _kind(method)
        if (method.api, kind) not in _MOST:
            return
        minute = now.strftime("%Y-%m-%dT%H:%M")
        if minute != self._minute:
            self._minute = minute
            self._seen.clear()
        of_project, of_user = _MOST[method.api, kind]
        project = (method.api, kind, account.client_id)
        user = (*project, account.email)
        for counted, most, per_user in ((user, of_user, True), (project, of_project, False)):
            if self._seen[counted] >= most:
                raise _refusal(method.api, kind, account.client_id, per_user=per_user)
        self._seen.update((project, user))


def _kind(method: Method) -> str:
    if method.id == "forms.forms.responses.list":
        return "expensive read"
    reads = method.verb == "GET" or method.id.endswith(_READS_BY_POST)
    return "read" if reads else "write"


def _refusal(api: str, kind: str, client_id: str, *, per_user: bool) -> ApiError:
    words = kind.capitalize()
    name = "".join(word.capitalize() for word in kind.split())
    return over_quota(
        f"{api}.googleapis.com",
        metric=f"{words} requests",
        limit=f"{words} requests per minute" + (" per user" if per_user else ""),
        project=_number(client_id),
        names={
            "quota_limit": f"{name}RequestsPerMinutePer{'User' if per_user else 'Project'}",
            "quota_metric": f"{api}.googleapis.com/{kind.replace(' ', '_')}_requests",
        },
    )


def _number(client_id: str) -> str:
    """A project's number, always the same for an OAuth client."""
    digest = hashlib.sha256(client_id.encode()).digest()
    return str(int.from_bytes(digest[:5]) % 10**12)
