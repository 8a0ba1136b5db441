"""Page tokens: where the next page begins, good only for the question they were given for."""

from __future__ import annotations

import base64
import hashlib


def token(start: int, *question: str) -> str:
    return base64.urlsafe_b64encode(f"{start}.{_digest(question)}".encode()).decode()


def start(token: str, *question: str) -> int | None:
    """0 for no token, None for one that was not given for this question."""
    if not token:
        return 0
    try:
        place, _, digest = base64.urlsafe_b64decode(token).decode("ascii").partition(".")
    except ValueError:
        return None
    return int(place) if place.isdigit() and digest == _digest(question) else None


def _digest(question: tuple[str, ...]) -> str:
    return hashlib.sha256("\0".join(question).encode()).hexdigest()[:16]
