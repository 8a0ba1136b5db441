"""Conditions with formulas, and days by the clock: in rules, filters and validation."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import requests

from cchc_gforms.local_google.serve import Running
from tests.local_google.sheets.book import OWNER, Book, grid
from tests.local_google.sheets.test_objects import add_rule, backgrounds, rule
from tests.local_google.sheets.test_page_change import Person

RED, WHITE = {"red": 1}, {"red": 1, "green": 1, "blue": 1}


@pytest.fixture
def clock(server: Running) -> Iterator[Any]:
    """Sets the clock of the Google of these tests."""

    def at(moment: str) -> None:
        answer = requests.post(f"{server.url}/_control/clock", json={"now": moment}, timeout=10)
        answer.raise_for_status()

    yield at
    requests.post(f"{server.url}/_control/clock", json={"release": True}, timeout=10)


@pytest.fixture
def person(server: Running, book: Book) -> Iterator[Person]:
    person = Person(server.url, book, OWNER)
    yield person
    person.close()


def red(book: Book, area: str) -> list[str]:
    """One letter a cell, `x` where it is red."""
    return [
        "".join("x" if color == RED else "." for color in line) for line in backgrounds(book, area)
    ]


@pytest.mark.parametrize(
    ("kind", "values", "expected"),
    [
        ("CUSTOM_FORMULA", ["=$B2>10"], ["...", "xxx", "...", "xxx"]),
        ("CUSTOM_FORMULA", ["=B2>10"], ["...", "x..", "...", "x.."]),
        ("CUSTOM_FORMULA", ["=$B$2>10"], ["...", "xxx", "xxx", "xxx"]),
        ("CUSTOM_FORMULA", ["=A1=A2"], ["...", "x..", "x..", "..."]),
        ("CUSTOM_FORMULA", ["=LT($B2,median($B$2:$B$4))"], ["...", "...", "xxx", "..."]),
        ("CUSTOM_FORMULA", ["=nguong<$B2"], ["...", "xxx", "...", "xxx"]),
        ("CUSTOM_FORMULA", ["=1/0"], ["...", "...", "...", "..."]),
        ("CUSTOM_FORMULA", ['="TRUE"'], ["...", "...", "...", "..."]),
        ("CUSTOM_FORMULA", ["=$B2-7"], ["...", "xxx", "...", "xxx"]),
        ("NUMBER_EQ", ["=$C2*10"], ["...", ".x.", "...", ".x."]),
        ("TEXT_EQ", ["=LEFT($A$2,2)"], ["...", "x..", "x..", "..."]),
    ],
)
def test_a_formula_reads_from_each_cell_as_if_copied_there(
    book: Book, kind: str, values: list[str], expected: list[str]
) -> None:
    """Written for A2, the first cell of the rule."""
    book.write("A1:C4", [["An", 99, 9], ["an", 20, 2], ["an", 7, 7], ["Bình", 30, 3]])
    book.batch(
        {"addNamedRange": {"namedRange": {"name": "nguong", "range": grid(2, 3, 2, 3)}}},
    )
    book.batch(add_rule(rule(grid(1, 4, 0, 3), kind, *values)))
    assert red(book, "A1:C4") == expected


def test_the_formulas_of_a_rule_see_what_formulas_compute_and_follow_their_cells(
    book: Book,
) -> None:
    book.write("A1:B3", [[1, "=A1*10"], [2, "=A2*10"], [3, "=A3*10"]], "USER_ENTERED")
    book.batch(add_rule(rule(grid(0, 3, 0, 1), "CUSTOM_FORMULA", "=B1>=20")))
    assert red(book, "A1:A3") == [".", "x", "x"]
    lines = {"sheetId": 0, "dimension": "COLUMNS", "startIndex": 1, "endIndex": 2}
    book.batch({"insertDimension": {"range": lines}})
    [kept] = book.sheet()["conditionalFormats"]
    assert kept["booleanRule"]["condition"]["values"] == [{"userEnteredValue": "=C1>=20"}]
    assert red(book, "A1:A3") == [".", "x", "x"]


@pytest.mark.parametrize(
    ("kind", "name", "expected"),
    [
        ("DATE_BEFORE", "TODAY", "xxxx.."),
        ("DATE_AFTER", "TODAY", ".....x"),
        ("DATE_AFTER", "YESTERDAY", "....xx"),
        ("DATE_BEFORE", "TOMORROW", "xxxxx."),
        ("DATE_BEFORE", "PAST_WEEK", "xx...."),
        ("DATE_AFTER", "PAST_WEEK", "...xxx"),
        ("DATE_BEFORE", "PAST_MONTH", "x....."),
        ("DATE_BEFORE", "PAST_YEAR", "......"),
    ],
)
def test_relative_dates_are_of_the_local_clock(
    book: Book, clock: Any, kind: str, name: str, expected: str
) -> None:
    """On the last of March; a month before is the last of February."""
    days = ["2022-02-27", "2022-03-23", "2022-03-24", "2022-03-30", "2022-03-31", "2022-04-01"]
    book.write("A1", [days], "USER_ENTERED")
    made = rule(grid(0, 1, 0, 6), kind)
    made["booleanRule"]["condition"]["values"] = [{"relativeDate": name}]
    book.batch(add_rule(made))
    clock("2022-03-31T12:00:00Z")
    assert red(book, "A1:F1") == [expected]


@pytest.mark.parametrize(
    ("kind", "value", "message"),
    [
        ("CUSTOM_FORMULA", {"userEnteredValue": "A1>1"}, "userEnteredValue: A1>1"),
        ("CUSTOM_FORMULA", {"userEnteredValue": "=A1>("}, "userEnteredValue: =A1>("),
        ("NUMBER_EQ", {"userEnteredValue": "mười"}, "userEnteredValue: mười"),
        (
            "CUSTOM_FORMULA",
            {"userEnteredValue": "='Sheet1'!A1>1"},
            "Conditional format rule cannot reference a different sheet.",
        ),
        ("DATE_EQ", {"relativeDate": "TODAY"}, "take no relativeDate."),
    ],
)
def test_a_rule_that_cannot_be_is_refused(
    book: Book, kind: str, value: dict[str, str], message: str
) -> None:
    made = rule(grid(0, 1, 0, 1), kind)
    made["booleanRule"]["condition"]["values"] = [value]
    status, words = book.refusal(add_rule(made))
    assert status == 400
    assert words.startswith("Invalid requests[0].addConditionalFormatRule: ")
    assert words.endswith(message)


def test_separators_of_a_formula_are_those_of_the_locale(book: Book, sheets: Any) -> None:
    """As Google refused its own documentation's rule in a spreadsheet with decimal commas."""
    formula = "=LT($D2,median($D$2:$D$11))"
    vietnamese = sheets.book(locale="vi_VN")
    _, message = vietnamese.refusal(add_rule(rule(grid(1, 11, 0, 4), "CUSTOM_FORMULA", formula)))
    assert message == (
        "Invalid requests[0].addConditionalFormatRule: Invalid ConditionValue.userEnteredValue: "
        + formula
    )
    book.batch(add_rule(rule(grid(1, 11, 0, 4), "CUSTOM_FORMULA", formula)))


def test_a_filter_by_a_formula_hides_the_rows_where_it_does_not_hold(book: Book) -> None:
    """Written for the first row under the header."""
    book.write("A1:B4", [["Tên", "Số"], ["An", 1], ["Bình", 5], ["Cần", 3]])
    condition = {"type": "CUSTOM_FORMULA", "values": [{"userEnteredValue": "=B2>2"}]}
    spec = {"columnIndex": 0, "filterCriteria": {"condition": condition}}
    book.batch({"setBasicFilter": {"filter": {"range": grid(0, 4, 0, 2), "filterSpecs": [spec]}}})
    rows = book.get(includeGridData=True)["sheets"][0]["data"][0]["rowMetadata"][:4]
    assert [row.get("hiddenByFilter", False) for row in rows] == [False, True, False, False]


def validate(kind: str, *values: Any) -> dict[str, Any]:
    """Of A2:B3, strictly."""
    given = [one if isinstance(one, dict) else {"userEnteredValue": one} for one in values]
    made = {"condition": {"type": kind, "values": given}, "strict": True}
    return {"setDataValidation": {"range": grid(1, 3, 0, 2), "rule": made}}


@pytest.mark.parametrize(
    ("kind", "values", "right", "wrong"),
    [
        ("CUSTOM_FORMULA", ["=A1=1"], "x", None),
        ("NUMBER_GREATER", ["=$A$1"], "=1+1", "=0+1"),
        ("NUMBER_BETWEEN", ["1", "3"], "=SUM(1,2)", "=1/0"),
        ("ONE_OF_LIST", ["Có", "Không"], '="Có"', '="có"'),
        ("DATE_BETWEEN", ["2022-03-01", "2022-03-31"], "2022-03-31", "2022-04-01"),
        ("DATE_NOT_BETWEEN", ["2022-03-01", "2022-03-31"], "2022-04-01", "2022-03-31"),
        ("DATE_ON_OR_AFTER", ["2022-03-02"], "2022-03-02", "2022-03-01"),
        ("DATE_ON_OR_BEFORE", ["2022-03-02"], "2022-03-02", "2022-03-03"),
        ("DATE_IS_VALID", [], "2022-03-02", "ngày mai"),
        ("TEXT_IS_EMAIL", [], "a.b@truong.example", "a@b@c"),
        ("TEXT_IS_URL", [], "https://truong.example/a?b=c", "trường"),
    ],
)
def test_what_a_person_types_is_judged_by_its_value(
    book: Book, person: Person, kind: str, values: list[str], right: str, wrong: str | None
) -> None:
    book.write("A1", [[1]])
    book.batch(validate(kind, *values))
    person.do("type", "A2", right)
    held = book.values("A2")
    if wrong is not None:
        assert person.post("type", "A2", wrong).status_code == 400
    assert book.values("A2") == held


def test_the_formula_of_a_validation_reads_from_its_cell(book: Book, person: Person) -> None:
    book.write("A1:B1", [[1, 2]])
    book.batch(validate("CUSTOM_FORMULA", "=A1=1"))
    person.do("type", "A2", "được")
    assert person.post("type", "B2", "không").status_code == 400
    assert person.post("type", "A3", "không").status_code == 400
    assert book.values("A2:B3") == [["được"]]
    rules = [cell["dataValidation"] for row in book.cells("A2:B3") for cell in row]
    formulas = [one["condition"]["values"][0]["userEnteredValue"] for one in rules]
    assert formulas == ["=A1=1", "=B1=1", "=A2=1", "=B2=1"]


def test_validation_takes_no_relative_date(book: Book) -> None:
    status, _ = book.refusal(validate("DATE_BEFORE", {"relativeDate": "TODAY"}))
    assert status == 400


def test_a_day_and_a_month_typed_on_the_page_are_of_this_year(
    book: Book, person: Person, clock: Any
) -> None:
    clock("2022-03-31T12:00:00Z")
    person.do("type", "A1", "1/2")
    assert book.values("A1", valueRenderOption="UNFORMATTED_VALUE") == [[44563]]  # 2 January 2022


def test_a_rule_of_an_empty_range_is_kept_and_colours_nothing(book: Book) -> None:
    book.write("A1:A3", [[1], [1], [1]])
    book.batch(add_rule(rule(grid(1, 1, 0, 1), "NUMBER_EQ", "1")))
    assert backgrounds(book, "A1:A3") == [[WHITE]] * 3
    [kept] = book.sheet()["conditionalFormats"]
    assert kept["ranges"] == [
        {"startRowIndex": 1, "endRowIndex": 1, "startColumnIndex": 0, "endColumnIndex": 1}
    ]
    assert book.refusal(add_rule(rule(grid(2, 1, 0, 1), "NUMBER_EQ", "1")))[0] == 400
