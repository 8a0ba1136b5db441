"""The product's way to Google: Forms and Drive services, the gspread client, one session."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any

import gspread
from googleapiclient import discovery
from googleapiclient.errors import HttpError

from cchc_gforms.errors import GoogleError
from cchc_gforms.google import credentials
from cchc_gforms.google.address import Address
from cchc_gforms.google.patience import Patience
from cchc_gforms.google.refusals import refusal, translated
from cchc_gforms.google.session import ApiHttp, Session, may_retry

if TYPE_CHECKING:
    from googleapiclient._apis.drive.v3.resources import DriveResource
    from googleapiclient._apis.forms.v1.resources import FormsResource
    from googleapiclient.http import BatchHttpRequest, HttpRequest

BATCH_MOST = 100  # parts in one HTTP batch, Google's limit


class Google:
    """One account at one address. Errors come as GoogleError; nothing else leaves this room.

    After `seconds` (None: no limit), less those `spent` before, it neither waits nor asks any
    more: TimeUpError.
    """

    def __init__(
        self,
        identity: credentials.Identity,
        address: Address,
        sleep: Callable[[float], None] = time.sleep,
        clock: Callable[[], float] = time.monotonic,
        seconds: float | None = None,
        spent: float = 0,
    ) -> None:
        self.address = address
        patience = Patience(sleep, clock, seconds, spent)
        self._session = Session(credentials.load(identity, address), address, patience)

    @property
    def calls(self) -> int:
        """HTTP requests sent so far, retries counted, token requests not."""
        return self._session.calls

    @property
    def now(self) -> datetime:
        """Google's clock as of its last answer (UTC, whole seconds); the machine's before any."""
        return self._session.google_time or datetime.now(UTC)

    @cached_property
    def forms(self) -> FormsResource:
        return discovery.build("forms", "v1", http=ApiHttp(self._session), static_discovery=True)

    @cached_property
    def drive(self) -> DriveResource:
        return discovery.build("drive", "v3", http=ApiHttp(self._session), static_discovery=True)

    @cached_property
    def sheets(self) -> gspread.Client:
        session, address = self._session, self.address

        class Http(gspread.HTTPClient):
            """gspread's calls, on our session. Its own BackOffHTTPClient never gives up."""

            def request(self, *args: Any, **kwargs: Any) -> Any:
                with translated(address):
                    try:
                        return super().request(*args, **kwargs)
                    except gspread.exceptions.APIError as error:
                        raise refusal(error.response.status_code, error.error["message"]) from error

        return gspread.Client(auth=None, session=session, http_client=Http)  # type: ignore[arg-type]

    def execute(self, request: HttpRequest) -> Any:
        """Sends one request of a googleapiclient service and returns the decoded answer."""
        with translated(self.address):
            try:
                return request.execute()
            except HttpError as error:
                raise refusal(error.status_code, error.reason) from error

    def execute_together(self, requests: Sequence[HttpRequest]) -> list[Any]:
        """As `try_together`; the first error is raised, after all were tried."""
        answers = self.try_together(requests)
        for answer in answers:
            if isinstance(answer, GoogleError):
                raise answer
        return answers

    def try_together(self, requests: Sequence[HttpRequest]) -> list[Any]:
        """Sends Drive requests as HTTP batches of at most 100; in the order given, of each its
        answer or its GoogleError, for parts are independent.

        A part that may be sent again is sent again alone.
        """
        answers: list[Any] = [None] * len(requests)
        again: list[int] = []

        def keep(part: str, answer: Any, error: HttpError | None) -> None:
            place = int(part)
            if error is None:
                answers[place] = answer
            elif may_retry(requests[place].method, error.status_code, error.content):
                again.append(place)
            else:
                answers[place] = refusal(error.status_code, error.reason)

        for start in range(0, len(requests), BATCH_MOST):
            batch = self.drive.new_batch_http_request(callback=keep)
            for place, request in enumerate(requests[start : start + BATCH_MOST], start):
                batch.add(request, request_id=str(place))
            try:
                self._send(batch)
            except GoogleError as error:
                answers[start:] = [error] * (len(requests) - start)
                break
        for place in again:
            try:
                answers[place] = self.execute(requests[place])
            except GoogleError as error:
                answers[place] = error
        return answers

    def _send(self, batch: BatchHttpRequest) -> None:
        with translated(self.address):
            try:
                batch.execute()
            except HttpError as error:
                raise refusal(error.status_code, error.reason) from error

    def list_files(self, query: str, fields: str, **options: Any) -> list[Mapping[str, Any]]:
        """All pages of Drive files.list; `fields` are those of a file."""
        files: list[Mapping[str, Any]] = []
        token: str | None = None
        while True:
            page = self.execute(
                self.drive.files().list(
                    q=query,
                    pageSize=1000,
                    pageToken=token,
                    fields=f"nextPageToken,files({fields})",
                    **options,
                )
            )
            files += page.get("files", [])
            token = page.get("nextPageToken")
            if not token:
                return files

    def close(self) -> None:
        self._session.close()
