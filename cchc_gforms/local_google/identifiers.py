"""Ids in the shapes Google gives them; reproducible when a seed is given."""

from __future__ import annotations

import random
import string

_BASE64URL = string.ascii_letters + string.digits + "-_"


class Identifiers:
    """Draws ids from the system's randomness, or from `seed` and the number of the `start`."""

    def __init__(self, seed: int | None = None, start: int = 1) -> None:
        own = seed if start == 1 else f"{seed}/{start}"
        self._random = random.SystemRandom() if seed is None else random.Random(own)  # noqa: S311

    def _text(self, length: int) -> str:
        return "".join(self._random.choice(_BASE64URL) for _ in range(length))

    def file_id(self) -> str:
        """44 characters, the first a 1 (facts 7.1)."""
        return "1" + self._text(43)

    def public_form_id(self) -> str:
        """56 characters, beginning 1FAIpQLS (facts 7.1)."""
        return "1FAIpQLS" + self._text(48)

    def response_id(self) -> str:
        """71 characters, beginning ACYDBN (facts 4.10)."""
        return "ACYDBN" + self._random.choice("ghij") + self._text(64)

    def edit_id(self) -> str:
        return "2_ABaOnu" + self._text(80)

    def item_id(self) -> str:
        """Eight lower-case hex digits, 00000001 to 7fffffff (facts 2.8)."""
        return f"{self._random.randint(1, 0x7FFFFFFF):08x}"

    def number(self) -> int:
        """A positive int32, for sheets, charts and the like."""
        return self._random.randint(1, 0x7FFFFFFF)

    def token(self) -> str:
        return "ya29." + self._text(120)

    def permission_id(self) -> str:
        return "".join(self._random.choice(string.digits) for _ in range(20))

    def comment_id(self) -> str:
        return "AAAA" + self._text(7)

    def upload_id(self) -> str:
        return self._text(80)
