"""What posts, prefilled links and earlier answers make of each kind of question."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cchc_gforms.local_google.forms.outline import Kind, Option, Question
from cchc_gforms.local_google.pages.entries import (
    OTHER,
    Entry,
    NotAnAnswer,
    answer,
    answered,
    posted,
    prefilled,
)

FRUIT = (Option("Cam"), Option("Quýt"), Option("Bưởi, hồng"))
OPEN = (*FRUIT, Option("", is_other=True))


def question(kind: Kind, **details: Any) -> Question:
    """A question whose field is `entry.255`."""
    return Question("000000ff", kind, **details)


SHORT = question(Kind.SHORT_TEXT)
LONG = question(Kind.PARAGRAPH)
RADIO = question(Kind.RADIO, options=FRUIT)
RADIO_OPEN = question(Kind.RADIO, options=OPEN)
CHECKBOX = question(Kind.CHECKBOX, options=FRUIT)
CHECKBOX_OPEN = question(Kind.CHECKBOX, options=OPEN)
DROP_DOWN = question(Kind.DROP_DOWN, options=FRUIT)
SCALE = question(Kind.SCALE, low=0, high=10)
RATING = question(Kind.RATING, low=1, high=5)
DATE = question(Kind.DATE, with_year=True)
DAY = question(Kind.DATE)
DATE_TIME = question(Kind.DATE, with_year=True, with_time=True)
DAY_TIME = question(Kind.DATE, with_time=True)
TIME = question(Kind.TIME)
DURATION = question(Kind.DURATION)
FILE = question(Kind.FILE)

Fields = dict[str, list[str]]

TAKEN: dict[str, tuple[Question, Fields, list[str]]] = {
    "short text stays as typed": (SHORT, {"entry.255": ["  =1+1 <b> "]}, ["  =1+1 <b> "]),
    "line ends become one": (LONG, {"entry.255": ["một\r\nhai\n"]}, ["một\nhai\n"]),
    "blank text is no answer": (LONG, {"entry.255": [" \r\n "]}, []),
    "a text that reads like the other mark": (SHORT, {"entry.255": [OTHER]}, [OTHER]),
    "radio": (RADIO, {"entry.255": ["Quýt"], "entry.255_sentinel": [""]}, ["Quýt"]),
    "radio with only its sentinel": (RADIO, {"entry.255_sentinel": [""]}, []),
    "radio other": (
        RADIO_OPEN,
        {"entry.255": [OTHER], "entry.255.other_option_response": ["Mít"]},
        ["Mít"],
    ),
    "radio other left blank": (RADIO_OPEN, {"entry.255": [OTHER]}, []),
    "other text without choosing other": (
        RADIO_OPEN,
        {"entry.255": ["Cam"], "entry.255.other_option_response": ["Mít"]},
        ["Cam"],
    ),
    "checkbox in the order of its options": (
        CHECKBOX,
        {"entry.255": ["Bưởi, hồng", "Cam", "Cam"]},
        ["Cam", "Bưởi, hồng"],
    ),
    "checkbox other comes last": (
        CHECKBOX_OPEN,
        {"entry.255": [OTHER, "Quýt"], "entry.255.other_option_response": ["Mít"]},
        ["Quýt", "Mít"],
    ),
    "drop-down": (DROP_DOWN, {"entry.255": ["Cam"]}, ["Cam"]),
    "drop-down not chosen": (DROP_DOWN, {"entry.255": [""]}, []),
    "scale from nought": (SCALE, {"entry.255": ["0"]}, ["0"]),
    "scale to ten": (SCALE, {"entry.255": ["10"]}, ["10"]),
    "rating": (RATING, {"entry.255": ["5"]}, ["5"]),
    "date unpadded": (
        DATE,
        {"entry.255_year": ["2022"], "entry.255_month": ["3"], "entry.255_day": ["9"]},
        ["2022-03-09"],
    ),
    "day without year may be 29/02": (
        DAY,
        {"entry.255_month": ["2"], "entry.255_day": ["29"]},
        ["02-29"],
    ),
    "date with time": (
        DATE_TIME,
        {
            "entry.255_year": ["2024"],
            "entry.255_month": ["02"],
            "entry.255_day": ["29"],
            "entry.255_hour": ["7"],
            "entry.255_minute": ["05"],
        },
        ["2024-02-29 07:05"],
    ),
    "day with time": (
        DAY_TIME,
        {
            "entry.255_month": ["5"],
            "entry.255_day": ["19"],
            "entry.255_hour": ["14"],
            "entry.255_minute": ["51"],
        },
        ["05-19 14:51"],
    ),
    "time": (TIME, {"entry.255_hour": ["00"], "entry.255_minute": ["00"]}, ["00:00"]),
    "time left blank": (TIME, {"entry.255_hour": [""], "entry.255_minute": [" "]}, []),
    "duration": (
        DURATION,
        {"entry.255_hour": ["100"], "entry.255_minute": ["2"], "entry.255_second": ["3"]},
        ["100:02:03"],
    ),
    "file left alone": (FILE, {}, []),
}


@pytest.mark.parametrize("case", TAKEN.values(), ids=TAKEN.keys())
def test_a_post_becomes_the_answer_that_the_api_gives(
    case: tuple[Question, Fields, list[str]],
) -> None:
    asked, fields, expected = case
    assert answer(asked, posted(asked, fields) or Entry()) == expected


REFUSED: dict[str, tuple[Question, Fields]] = {
    "radio, no such option": (RADIO, {"entry.255": ["Mít"]}),
    "radio, other case": (RADIO, {"entry.255": ["cam"]}),
    "radio without other": (
        RADIO,
        {"entry.255": [OTHER], "entry.255.other_option_response": ["Mít"]},
    ),
    "two for a radio": (RADIO, {"entry.255": ["Cam", "Quýt"]}),
    "option and other for a radio": (
        RADIO_OPEN,
        {"entry.255": ["Cam", OTHER], "entry.255.other_option_response": ["Mít"]},
    ),
    "checkbox, one unknown": (CHECKBOX, {"entry.255": ["Cam", "Mít"]}),
    "drop-down, no such option": (DROP_DOWN, {"entry.255": ["Mít"]}),
    "scale beyond its end": (SCALE, {"entry.255": ["11"]}),
    "rating nought": (RATING, {"entry.255": ["0"]}),
    "date whole, not split": (DATE, {"entry.255": ["2022-03-09"]}),
    "date without its month": (DATE, {"entry.255_year": ["2022"], "entry.255_day": ["9"]}),
    "date that is not": (
        DATE,
        {"entry.255_year": ["2022"], "entry.255_month": ["2"], "entry.255_day": ["29"]},
    ),
    "year of two digits": (
        DATE,
        {"entry.255_year": ["22"], "entry.255_month": ["2"], "entry.255_day": ["2"]},
    ),
    "hour 24": (TIME, {"entry.255_hour": ["24"], "entry.255_minute": ["0"]}),
    "minute 60": (TIME, {"entry.255_hour": ["1"], "entry.255_minute": ["60"]}),
    "minute below nought": (TIME, {"entry.255_hour": ["1"], "entry.255_minute": ["-1"]}),
    "digits of another script": (TIME, {"entry.255_hour": ["١"], "entry.255_minute": ["0"]}),
    "second 60": (
        DURATION,
        {"entry.255_hour": ["1"], "entry.255_minute": ["0"], "entry.255_second": ["60"]},
    ),
}


@pytest.mark.parametrize("case", REFUSED.values(), ids=REFUSED.keys())
def test_a_post_that_is_no_answer_is_refused(case: tuple[Question, Fields]) -> None:
    asked, fields = case
    entry = posted(asked, fields)
    assert entry is not None
    with pytest.raises(NotAnAnswer):
        answer(asked, entry)


def test_a_post_that_does_not_name_a_question_says_nothing_of_it() -> None:
    assert posted(CHECKBOX, {"entry.2550": ["Cam"], "pageHistory": ["0"]}) is None


PREFILLED: dict[str, tuple[Question, Fields, list[str]]] = {
    "text": (SHORT, {"entry.255": ["Trường Mẫu 01"]}, ["Trường Mẫu 01"]),
    "checkbox, repeated": (CHECKBOX, {"entry.255": ["Cam", "Quýt"]}, ["Cam", "Quýt"]),
    "other": (
        CHECKBOX_OPEN,
        {"entry.255": [OTHER], "entry.255.other_option_response": ["Mít"]},
        ["Mít"],
    ),
    "date whole": (DATE, {"entry.255": ["2022-03-19"]}, ["2022-03-19"]),
    "date split": (
        DATE,
        {"entry.255_year": ["2022"], "entry.255_month": ["3"], "entry.255_day": ["19"]},
        ["2022-03-19"],
    ),
    "date and time whole": (DATE_TIME, {"entry.255": ["2022-03-19 08:30"]}, ["2022-03-19 08:30"]),
    "time whole": (TIME, {"entry.255": ["08:30"]}, ["08:30"]),
}


@pytest.mark.parametrize("case", PREFILLED.values(), ids=PREFILLED.keys())
def test_a_prefilled_link_fills_the_boxes(case: tuple[Question, Fields, list[str]]) -> None:
    asked, query, expected = case
    entry = prefilled(asked, query)
    assert entry is not None
    assert answer(asked, entry) == expected


@pytest.mark.parametrize("whole", ["19/03/2022", "2022", "2022-03-19 08:30"])
def test_a_prefilled_date_of_another_shape_fills_nothing(whole: str) -> None:
    assert prefilled(DATE, {"entry.255": [whole]}) == Entry()


texts = st.text(min_size=1).filter(str.strip)
ANSWERS = st.one_of(
    st.tuples(st.just(LONG), texts.map(lambda text: [text])),
    st.tuples(st.just(RADIO), st.sampled_from(RADIO.choices).map(lambda one: [one])),
    st.tuples(st.just(RADIO_OPEN), texts.map(lambda text: [text])),
    st.tuples(
        st.just(CHECKBOX_OPEN),
        st.tuples(st.sets(st.sampled_from(FRUIT)), texts).map(
            lambda both: [
                *(one.value for one in FRUIT if one in both[0]),
                *([both[1]] if both[1] not in CHECKBOX.choices else []),
            ]
        ),
    ),
    st.tuples(st.just(SCALE), st.integers(0, 10).map(lambda step: [str(step)])),
    st.tuples(st.just(TIME), st.times().map(lambda at: [f"{at:%H:%M}"])),
    st.tuples(
        st.just(DATE_TIME),
        st.datetimes(datetime(1000, 1, 1)).map(lambda at: [f"{at:%Y-%m-%d %H:%M}"]),  # noqa: DTZ001
    ),
)


@given(ANSWERS)
def test_an_answer_put_back_into_its_boxes_is_the_same_answer(
    both: tuple[Question, list[str]],
) -> None:
    asked, values = both
    assert answer(asked, answered(asked, values)) == values
