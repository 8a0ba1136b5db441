"""Several reads of Google Forms in one HTTP batch; one that fails does not fail the others."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from googleapiclient.errors import BatchError, HttpError

from cchc_gforms.errors import GoogleError
from cchc_gforms.google.client import BATCH_MOST, Google
from cchc_gforms.google.refusals import translated

if TYPE_CHECKING:
    from googleapiclient.http import HttpRequest

Read = TypeVar("Read")

_HOPELESS = (None, 401)
"""No line to Google, or nobody signed in: the next one would wait as long, and fail as well."""


def read_together(
    google: Google, requests: Mapping[str, HttpRequest], read: Callable[[Any], Read]
) -> dict[str, Read | GoogleError]:
    """What is read out of the answer to each request, or its error; by any name. Of answers that
    are read one by one no more than one is there at a time.

    What the batch has no answer to, a batch that failed as a whole included, is asked for again
    alone, with the patience of a single read.
    """
    names = list(requests)
    answers: dict[str, Read | GoogleError] = {}
    for start in range(0, len(names), BATCH_MOST):
        some = names[start : start + BATCH_MOST]
        if len(some) > 1:
            answers |= _batch(google, {name: requests[name] for name in some}, read)
    hopeless: GoogleError | None = None
    for name in names:
        if name in answers:
            continue
        try:
            if hopeless:
                raise hopeless
            answers[name] = read(google.execute(requests[name]))
        except GoogleError as error:
            answers[name] = error
            hopeless = error if error.status in _HOPELESS else None
    return answers


def _batch(
    google: Google, requests: Mapping[str, HttpRequest], read: Callable[[Any], Read]
) -> dict[str, Read]:
    """The answers that came. Parts are numbered: a longer id is folded on its way, and lost."""
    names = list(requests)
    answers: dict[str, Read] = {}

    def keep(number: str, answer: Any, error: HttpError | None) -> None:
        if error is None:
            answers[names[int(number)]] = read(answer)

    batch = google.forms.new_batch_http_request(callback=keep)
    for number, name in enumerate(names):
        batch.add(requests[name], request_id=str(number))
    try:
        with translated(google.address):
            batch.execute()
    except (HttpError, BatchError, GoogleError):
        return {}
    return answers
