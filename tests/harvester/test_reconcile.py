"""Joining the Sheet's rows and the API's responses."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from cchc_gforms.harvester.reconcile import Joined, Sender, join
from cchc_gforms.harvester.responses import Response
from cchc_gforms.harvester.sheet import Row

NOON = datetime(2022, 6, 1, 5, tzinfo=UTC)


def response(name: str, email: str, seconds: float) -> Response:
    at = NOON + timedelta(seconds=seconds)
    return Response(name, at, at, email, {})


def row(number: int, email: str, seconds: float | None) -> Row:
    return Row(number, None if seconds is None else NOON + timedelta(seconds=seconds), email, {})


def joined(responses: list[Response], rows: list[Row]) -> Joined:
    return join(
        responses,
        rows,
        lambda one: Sender(one.email, ""),
        lambda row: Sender(row.email, row.cells.get("đơn vị", "")),
    )


def test_the_sheets_whole_second_is_the_apis_microsecond() -> None:
    sent, written = response("A", "mn01@truong.example", 0.87), row(2, "mn01@truong.example", 0)
    assert joined([sent], [written]) == Joined(((sent, written),), (), ())


def test_another_sender_at_the_same_second_is_another_row() -> None:
    sent, written = response("A", "mn01@truong.example", 0), row(2, "mn02@truong.example", 0)
    assert joined([sent], [written]) == Joined((), (sent,), (written,))


def test_two_responses_of_one_sender_find_their_own_rows() -> None:
    early, late = response("A", "a@x.example", 0), response("B", "a@x.example", 1)
    first, second = row(2, "a@x.example", 0), row(3, "a@x.example", 1)
    assert joined([late, early], [second, first]).pairs == ((early, first), (late, second))


def test_a_row_without_a_time_stands_alone() -> None:
    written = row(2, "a@x.example", None)
    assert joined([response("A", "a@x.example", 0)], [written]).sheet_only == (written,)


def test_a_row_that_lost_its_address_is_known_by_time_alone() -> None:
    """Somebody renamed the header of the address column."""
    sent, written = response("A", "a@x.example", 0.5), Row(2, NOON, None, {"đơn vị": "mn01"})
    assert joined([sent], [written]).pairs == ((sent, written),)


def test_of_two_rows_of_one_second_the_one_that_agrees_is_taken() -> None:
    sent = response("A", "a@x.example", 0.5)
    nameless, named = Row(2, NOON, None, {}), row(3, "a@x.example", 0)
    assert joined([sent], [nameless, named]).pairs == ((sent, named),)


def test_a_sheet_in_another_time_zone_is_at_odds() -> None:
    responses = [response(str(i), "a@x.example", i * 60) for i in range(3)]
    rows = [row(i + 2, "a@x.example", i * 60 - 7 * 3600) for i in range(3)]
    assert joined(responses, rows).at_odds
    assert not joined(responses, [row(i + 2, "a@x.example", i * 60) for i in range(3)]).at_odds
    assert not joined([], rows).at_odds, "without responses the Sheet is all there is"


moments = st.lists(st.tuples(st.sampled_from("ab"), st.integers(0, 12)), max_size=8)


@given(moments, moments)
def test_nothing_is_lost_and_nothing_is_used_twice(
    sent: list[tuple[str, int]], written: list[tuple[str, int]]
) -> None:
    responses = [response(str(i), who, at) for i, (who, at) in enumerate(sent)]
    rows = [row(i, who, at) for i, (who, at) in enumerate(written, start=2)]
    found = joined(responses, rows)
    told = [one.id for one, _ in found.pairs] + [one.id for one in found.api_only]
    assert sorted(told) == sorted(one.id for one in responses)
    used = [one.number for _, one in found.pairs] + [one.number for one in found.sheet_only]
    assert sorted(used) == [one.number for one in rows]
