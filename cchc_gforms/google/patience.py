"""How long Google is waited for: between calls, before the same call again, and in all."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC
from email.utils import parsedate_to_datetime

import requests

from cchc_gforms.errors import TimeUpError

_TIMEOUT = 180.0  # seconds; Sheets gives up on a request after as long


class Patience:
    """Waits through `sleep`; `clock` tells seconds. Nothing is waited for or begun once `seconds`
    have passed (None: no limit), `spent` of them before it was made: TimeUpError."""

    def __init__(
        self,
        sleep: Callable[[float], None],
        clock: Callable[[], float],
        seconds: float | None,
        spent: float = 0,
    ) -> None:
        self.clock = clock
        self._sleep = sleep
        self._seconds = seconds
        self._end = None if seconds is None else clock() + seconds - spent

    def wait(self, seconds: float) -> None:
        """TimeUpError at once when the wait would end too late."""
        if self._end is not None and self.clock() + seconds >= self._end:
            raise self._time_up()
        self._sleep(seconds)

    def for_an_answer(self) -> float:
        """Seconds that a call may take from now on."""
        if self._end is None:
            return _TIMEOUT
        left = self._end - self.clock()
        if left <= 0:
            raise self._time_up()
        return min(left, _TIMEOUT)

    def _time_up(self) -> TimeUpError:
        return TimeUpError(
            f"hết thời gian cho phép ({self._seconds:g} giây) khi còn phải đợi Google",
            "chạy lại sau ít phút: những gì đã thu được giữ nguyên; hoặc cho thêm thời gian",
        )


def asked_pause(response: requests.Response) -> float | None:
    """Seconds that `Retry-After` asks for, as a number or as a date by Google's own clock; None
    when it does not ask, or not in a way that can be read (RFC 9110, 10.2.3)."""
    asked = response.headers.get("Retry-After", "").strip()
    if asked.isascii() and asked.isdigit():
        return float(asked)
    try:
        until, now = (parsedate_to_datetime(said) for said in (asked, response.headers["Date"]))
        return max(0.0, (until.replace(tzinfo=UTC) - now.replace(tzinfo=UTC)).total_seconds())
    except (ValueError, KeyError):
        return None
