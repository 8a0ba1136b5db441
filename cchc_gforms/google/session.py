"""One HTTP session under both client libraries.

googleapiclient's own transport (httplib2) silently sends a POST again when the connection drops,
which makes a second form; requests does not. So both libraries share one requests session, and
what may be sent again is decided here alone: reads, and what Google refused for quota. Each
attempt keeps the pace (pace.py) and the time allowed (patience.py).
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any

import httplib2
import requests
import tenacity
from google.auth.credentials import Credentials
from google.auth.transport.requests import AuthorizedSession
from urllib3.exceptions import MaxRetryError, NewConnectionError

from cchc_gforms.google.address import Address
from cchc_gforms.google.pace import Pace, counted, is_read
from cchc_gforms.google.patience import Patience, asked_pause

_ATTEMPTS = 8  # 1 + 2 + 4 + … + 64 s: longer than the quota minute
_CUT = (
    requests.ConnectionError,
    requests.Timeout,
    requests.exceptions.ChunkedEncodingError,  # half an answer
)
_LONGEST = 900.0  # seconds that Google may ask for; it is told as a refusal when it asks for more


class Session:
    """Authorized, routed to the address, retried; remembers Google's clock and counts calls."""

    def __init__(self, credentials: Credentials, address: Address, patience: Patience) -> None:
        self.calls = 0
        self.google_time: datetime | None = None
        self._address = address
        self._requests = AuthorizedSession(credentials)
        self._patience = patience
        self._pace = Pace()
        self._retrying = tenacity.Retrying(
            retry=tenacity.retry_if_exception_type(_AgainError),
            wait=_wait,
            stop=tenacity.stop_after_attempt(_ATTEMPTS),
            sleep=patience.wait,
            reraise=True,
        )

    def request(self, method: str, url: str, **kwargs: Any) -> requests.Response:
        """As `requests.Session.request`. The last refusal is returned as it came; TimeUpError
        when the time allowed is over first."""
        try:
            return self._retrying(self._once, method.upper(), url, kwargs)
        except _AgainError as last:
            if last.response is None:
                raise last.cause from None
            return last.response

    def close(self) -> None:
        self._requests.close()

    def _once(self, method: str, url: str, kwargs: dict[str, Any]) -> requests.Response:
        cost = counted(method, url, kwargs.get("data"))
        if pause := self._pace.pause(cost, self._patience.clock()):
            self._patience.wait(pause)
        kwargs["timeout"] = self._patience.for_an_answer()
        self._pace.sent(cost, self._patience.clock())
        self.calls += 1
        try:
            response: requests.Response = self._requests.request(
                method, self._address.route(url), **kwargs
            )
        except _CUT as error:
            if is_read(method, url) and not _nobody_listens(error):
                raise _AgainError(cause=error) from error
            raise
        if stamp := response.headers.get("Date"):
            self.google_time = parsedate_to_datetime(stamp).astimezone(UTC)
        if may_retry(method, response.status_code, response.content, url) and (
            (asked_pause(response) or 0) <= _LONGEST
        ):
            raise _AgainError(response=response)
        return response


class ApiHttp(httplib2.Http):
    """googleapiclient's transport, over the session."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session

    def request(
        self,
        uri: str,
        method: str = "GET",
        body: bytes | str | None = None,
        headers: Mapping[str, str] | None = None,
        *_: object,
        **__: object,
    ) -> tuple[httplib2.Response, bytes]:
        data = body.encode() if isinstance(body, str) else body
        answer = self._session.request(method, uri, data=data, headers=dict(headers or {}))
        fields = {name.lower(): value for name, value in answer.headers.items()}
        response = httplib2.Response({**fields, "status": str(answer.status_code)})
        response.reason = answer.reason
        return response, answer.content

    def close(self) -> None:
        self._session.close()


class _AgainError(Exception):
    """This attempt failed in a way that may be tried again."""

    def __init__(
        self, response: requests.Response | None = None, cause: Exception | None = None
    ) -> None:
        super().__init__()
        self.response = response
        self.cause = cause or RuntimeError("no answer and no cause")


def _nobody_listens(error: requests.RequestException) -> bool:
    """Asking again within the minute does not start a server."""
    root = error.args[0] if error.args else None
    return isinstance(root, MaxRetryError) and isinstance(root.reason, NewConnectionError)


def may_retry(method: str, status: int, content: bytes, url: str = "") -> bool:
    """Whether the same call may be made again after this refusal: it was not done, or reads."""
    if status == 429 or (status == 403 and _over_quota(content)):
        return True
    return status in (500, 502, 503, 504) and is_read(method, url)


def _over_quota(content: bytes) -> bool:
    """Drive says 403 for quota, with a reason (facts 5.2)."""
    try:
        errors = json.loads(content)["error"].get("errors", [])
    except (ValueError, KeyError, TypeError, AttributeError):
        return False
    reasons = {"rateLimitExceeded", "userRateLimitExceeded"}
    return any(one.get("reason") in reasons for one in errors)


def _wait(state: tenacity.RetryCallState) -> float:
    """Seconds to wait: Retry-After when Google says so, else doubling with jitter."""
    failure = state.outcome.exception() if state.outcome else None
    if isinstance(failure, _AgainError) and failure.response is not None:
        asked = asked_pause(failure.response)
        if asked is not None:
            return asked
    return tenacity.wait_exponential_jitter(initial=1, max=64, jitter=1)(state)
