"""Joining the Sheet's rows and the responses."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from cchc_gforms.harvester.reconcile import Joined, join
from cchc_gforms.harvester.sides import Digests, Party, Row, Sender
from cchc_gforms.store.notes import written

NOON = datetime(2022, 6, 1, 5, tzinfo=UTC)


def response(name: str, email: str, *seconds: float, said: str = "", timed: bool = True) -> Party:
    moments = tuple(NOON + timedelta(seconds=one) for one in seconds)
    return Party(name, moments, Sender(email, ""), lambda: answers(said), timed=timed)


def row(number: int, email: str | None, seconds: float | None, said: str = "") -> Row:
    at = None if seconds is None else NOON + timedelta(seconds=seconds)
    return Row(0, number, at, Sender(email, ""), written(answers(said)), dict)


def answers(said: str) -> Digests:
    """A letter for each answer; a dot for none."""
    return {str(place): letter.strip(".") for place, letter in enumerate(said)}


def named(joined: Joined) -> str:
    """Pairs, responses alone / rows alone / copies."""
    pairs = " ".join(f"{party.id}{one.number}" for party, one in joined.pairs)
    parties = " ".join(party.id for party in joined.parties)
    rows = " ".join(str(one.number) for one in joined.rows)
    return f"{pairs}, {parties} / {rows} / {' '.join(str(one.number) for one in joined.copies)}"


def test_the_sheets_whole_second_is_the_apis_microsecond() -> None:
    assert named(join([response("A", "x", 0.87)], [row(2, "x", 0)])) == "A2,  /  / "


def test_another_sender_at_the_same_second_is_the_row_typed_over_unless_it_has_its_own() -> None:
    assert named(join([response("A", "x", 0)], [row(2, "y", 0)])) == "A2,  /  / "
    both = [response("A", "x", 0), response("B", "y", 0)]
    assert named(join(both, [row(2, "y", 0), row(3, "x", 0)])) == "A3 B2,  /  / "


def test_two_responses_of_one_sender_find_their_own_rows() -> None:
    sent = [response("B", "x", 1), response("A", "x", 0)]
    assert named(join(sent, [row(3, "x", 1), row(2, "x", 0)])) == "A2 B3,  /  / "


def test_a_row_without_a_time_stands_alone() -> None:
    assert named(join([response("A", "x", 0)], [row(2, "x", None)])) == ", A / 2 / "


def test_a_row_that_lost_its_address_is_known_by_time_alone() -> None:
    """Somebody took the column of the addresses out."""
    assert named(join([response("A", "x", 0.5)], [row(2, None, 0)])) == "A2,  /  / "


def test_of_two_rows_of_one_second_the_one_that_agrees_is_taken() -> None:
    rows = [row(2, None, 0), row(3, "x", 0)]
    assert named(join([response("A", "x", 0.5)], rows)) == "A3,  /  / 2"


def test_a_row_at_an_earlier_time_of_the_response_is_its_row() -> None:
    assert named(join([response("A", "x", 60, 0)], [row(2, "x", 0)])) == "A2,  /  / "


def test_the_time_of_now_goes_before_an_earlier_time() -> None:
    sent = [response("A", "x", 60, 0)]
    assert named(join(sent, [row(2, "x", 0), row(3, "x", 60)])) == "A3,  /  / 2"


def test_a_row_at_another_time_is_known_by_what_it_says() -> None:
    rows = [row(2, "x", 500, "abcd"), row(3, "x", 700, "abxy")]
    assert named(join([response("A", "x", 0, said="abcd")], rows)) == "A2,  / 3 / "


def test_one_other_answer_may_be_changed_as_well() -> None:
    sent = [response("A", "x", 0, said="abcd")]
    assert named(join(sent, [row(2, "x", 500, "abcz")])) == "A2,  /  / "
    assert named(join(sent, [row(2, "x", 500, "abyz")])) == ", A / 2 / "


def test_empty_answers_are_nothing_alike() -> None:
    sent = [response("A", "x", 0, said="ab....")]
    assert named(join(sent, [row(2, "x", 500, "ab....")])) == ", A / 2 / "


def test_a_time_that_google_does_not_tell_is_not_compared_by_what_is_said() -> None:
    """L3: where only the Sheet's row is known, a moved time is a further version."""
    sent = [response("A", "x", 0, said="abcd", timed=False)]
    assert named(join(sent, [row(2, "x", 500, "abcd")])) == ", A / 2 / "


def test_a_row_in_another_zone_is_known_by_its_sender_and_by_minute_and_second() -> None:
    sent = [response("A", "x", 0, said="ab")]
    assert named(join(sent, [row(2, "x", 7 * 3600, "ac")])) == "A2,  /  / "
    assert named(join(sent, [row(2, "x", 7 * 3600, "cd")])) == ", A / 2 / "
    assert named(join(sent, [row(2, "x", 7 * 3600 + 60, "ab")])) == ", A / 2 / "
    assert named(join(sent, [row(2, "y", 7 * 3600, "ab")])) == ", A / 2 / "
    assert named(join(sent, [row(2, "x", 48 * 3600, "ab")])) == ", A / 2 / "
    rows = [row(2, "x", 0, "ab"), row(3, "x", 3600, "ab"), row(4, "x", 3600, "ac")]
    assert named(join(sent, rows)) == "A2,  / 4 / 3"


def test_a_row_as_it_was_noted_is_still_the_same() -> None:
    at = NOON + timedelta(seconds=500)
    noted = Party("A", (NOON, at), Sender("x", ""), lambda: answers("abz"), noted_at=at)
    rows = [row(2, "x", 0, "abc"), row(3, "y", 500, "abz")]
    assert named(join([noted, response("B", "y", 700)], rows)) == "A3, B /  / 2"


def test_what_repeats_time_and_sender_is_a_copy() -> None:
    rows = [row(2, "x", 0), row(3, "x", 0), row(4, "y", 9), row(5, "y", 9), row(6, None, 0)]
    assert named(join([response("A", "x", 0)], rows)) == "A2,  / 4 / 3 5 6"


moments = st.lists(st.tuples(st.sampled_from("ab"), st.integers(0, 12)), max_size=8)


@given(moments, moments)
def test_nothing_is_lost_and_nothing_is_used_twice(
    sent: list[tuple[str, int]], written: list[tuple[str, int]]
) -> None:
    responses = [response(str(i), who, at, said=who * 4) for i, (who, at) in enumerate(sent)]
    rows = [row(i, who, at, who * 4) for i, (who, at) in enumerate(written, start=2)]
    found = join(responses, rows)
    told = [one.id for one, _ in found.pairs] + [one.id for one in found.parties]
    assert sorted(told) == sorted(one.id for one in responses)
    used = [one for _, one in found.pairs] + [*found.rows, *found.copies]
    assert sorted(one.number for one in used) == [one.number for one in rows]
    assert named(join(responses[::-1], rows[::-1])) == named(found)
