"""What lies over the cells: rules, banding, protection, charts, metadata."""

from __future__ import annotations

from typing import Any

import pytest

from tests.local_google.sheets.book import OWNER, Book, grid

RED, BLUE = {"rgbColor": {"red": 1}}, {"rgbColor": {"blue": 1}}


def rule(area: dict[str, int], kind: str, *values: str, color: Any = RED) -> dict[str, Any]:
    condition = {"type": kind, "values": [{"userEnteredValue": value} for value in values]}
    look = {"backgroundColorStyle": color}
    return {"ranges": [area], "booleanRule": {"condition": condition, "format": look}}


def add_rule(made: dict[str, Any], index: int = 0) -> dict[str, Any]:
    return {"addConditionalFormatRule": {"rule": made, "index": index}}


def backgrounds(book: Book, area: str) -> list[list[Any]]:
    return [
        [cell.get("effectiveFormat", {}).get("backgroundColor") for cell in row]
        for row in book.cells(area)
    ]


@pytest.mark.parametrize(
    ("kind", "values", "hits"),
    [
        ("TEXT_EQ", ["trễ hạn"], ["Trễ hạn"]),
        ("TEXT_CONTAINS", ["hạn"], ["Trễ hạn", "Đúng hạn"]),
        ("TEXT_NOT_CONTAINS", ["hạn"], [5, 10]),
        ("TEXT_STARTS_WITH", ["Đ"], ["Đúng hạn"]),
        ("NUMBER_GREATER", ["5"], [10]),
        ("NUMBER_GREATER_THAN_EQ", ["5"], [5, 10]),
        ("NUMBER_BETWEEN", ["4", "6"], [5]),
        ("NUMBER_EQ", ["10"], [10]),
        ("NOT_BLANK", [], ["Trễ hạn", "Đúng hạn", 5, 10]),
    ],
)
def test_a_rule_colours_the_cells_for_which_it_holds(
    book: Book, kind: str, values: list[str], hits: list[Any]
) -> None:
    written = ["Trễ hạn", "Đúng hạn", 5, 10]
    book.write("A1:D1", [written])
    book.batch(add_rule(rule(grid(0, 1, 0, 4), kind, *values)))
    colored = backgrounds(book, "A1:D1")[0]
    assert [
        value for value, color in zip(written, colored, strict=True) if color == {"red": 1}
    ] == hits


def test_the_first_rule_wins_and_rules_are_deleted_by_their_place(book: Book) -> None:
    book.write("A1", [["x"]])
    area = grid(0, 1, 0, 1)
    book.batch(
        add_rule(rule(area, "TEXT_EQ", "x", color=RED)),
        add_rule(rule(area, "TEXT_EQ", "x", color=BLUE), index=0),
    )
    assert backgrounds(book, "A1") == [[{"blue": 1}]]
    gone = book.batch({"deleteConditionalFormatRule": {"sheetId": 0, "index": 0}})
    reply = gone["replies"][0]["deleteConditionalFormatRule"]["rule"]
    assert reply["booleanRule"]["format"]["backgroundColor"] == {"blue": 1}
    assert "sheetId" not in reply["ranges"][0]
    assert backgrounds(book, "A1") == [[{"red": 1}]]
    assert book.refusal({"deleteConditionalFormatRule": {"sheetId": 0, "index": 1}})[0] == 400


def test_a_colour_scale_mixes_its_ends(book: Book) -> None:
    book.write("A1:C1", [[0, 5, 10]])
    white = {"red": 1.0, "green": 1.0, "blue": 1.0}
    points = {
        "minpoint": {"type": "MIN", "color": white},
        "maxpoint": {"type": "MAX", "color": {"red": 1}},
    }
    book.batch(add_rule({"ranges": [grid(0, 1, 0, 3)], "gradientRule": points}))
    half = {"red": 1, "green": 0.5, "blue": 0.5}
    assert backgrounds(book, "A1:C1") == [[white, half, {"red": 1}]]


def banding(area: dict[str, int], **more: Any) -> dict[str, Any]:
    white = {"rgbColor": {"red": 1, "green": 1, "blue": 1}}
    colors = {"headerColorStyle": BLUE, "firstBandColorStyle": RED, "secondBandColorStyle": white}
    return {"addBanding": {"bandedRange": {"range": area, "rowProperties": colors, **more}}}


def test_bands_alternate_below_their_header_and_do_not_overlap(book: Book) -> None:
    book.write("A1:A4", [["x"]] * 4)
    reply = book.batch(banding(grid(0, 4, 0, 1), bandedRangeId=3))["replies"][0]["addBanding"]
    assert reply["bandedRange"]["bandedRangeId"] == 3
    white = {"red": 1, "green": 1, "blue": 1}
    assert backgrounds(book, "A1:A4") == [[{"blue": 1}], [{"red": 1}], [white], [{"red": 1}]]
    assert book.refusal(banding(grid(3, 5, 0, 1)))[0] == 400
    book.batch({"deleteBanding": {"bandedRangeId": 3}})
    assert "bandedRanges" not in book.sheet()


def test_who_protects_a_range_stays_among_its_editors(book: Book) -> None:
    protected = {"protectedRangeId": 4, "range": {"sheetId": 0}, "description": "Không sửa"}
    answer = book.batch({"addProtectedRange": {"protectedRange": protected}})
    assert answer["replies"][0]["addProtectedRange"]["protectedRange"] == {
        "protectedRangeId": 4,
        "range": {},
        "description": "Không sửa",
        "requestingUserCanEdit": True,
        "editors": {},
    }
    assert book.sheet()["protectedRanges"] == [
        {
            "protectedRangeId": 4,
            "range": {},
            "description": "Không sửa",
            "requestingUserCanEdit": True,
            "editors": {"users": [OWNER]},
        }
    ]
    change = {"protectedRangeId": 4, "warningOnly": True}
    fields = "warningOnly,editors"
    book.batch({"updateProtectedRange": {"protectedRange": change, "fields": fields}})
    assert book.sheet()["protectedRanges"][0]["warningOnly"] is True
    book.batch({"deleteProtectedRange": {"protectedRangeId": 4}})
    assert "protectedRanges" not in book.sheet()


def chart(chart_id: int | None = None, **spec: Any) -> dict[str, Any]:
    series = {"series": {"sourceRange": {"sources": [grid(0, 4, 1, 2)]}}, "colorStyle": RED}
    domain = {"domain": {"sourceRange": {"sources": [grid(0, 4, 0, 1)]}}}
    basic = {"chartType": "COLUMN", "headerCount": 1, "domains": [domain], "series": [series]}
    made = {
        "spec": {"title": "Nộp đúng hạn", "basicChart": basic, **spec},
        "position": {"overlayPosition": {"anchorCell": {"sheetId": 0, "rowIndex": 5}}},
    }
    return {"addChart": {"chart": made | ({"chartId": chart_id} if chart_id else {})}}


def test_a_chart_is_added_moved_changed_and_deleted(book: Book) -> None:
    made = book.batch(chart(8))["replies"][0]["addChart"]["chart"]
    assert made["chartId"] == 8
    assert made["position"] == {
        "overlayPosition": {
            "anchorCell": {"rowIndex": 5},
            "widthPixels": 600,
            "heightPixels": 371,
        }
    }
    assert made["spec"]["basicChart"]["series"][0]["color"] == {"red": 1}
    position = {"overlayPosition": {"widthPixels": 300}}
    move = {"objectId": 8, "newPosition": position, "fields": "widthPixels"}
    reply = book.batch({"updateEmbeddedObjectPosition": move})["replies"][0]
    overlay = reply["updateEmbeddedObjectPosition"]["position"]["overlayPosition"]
    assert (overlay["widthPixels"], overlay["heightPixels"]) == (300, 371)
    pie = {"series": {"sourceRange": {"sources": [grid(0, 4, 1, 2)]}}}
    book.batch({"updateChartSpec": {"chartId": 8, "spec": {"pieChart": pie}}})
    found = book.sheet()["charts"][0]["spec"]
    assert list(found) == ["pieChart"]
    book.batch({"deleteEmbeddedObject": {"objectId": 8}})
    assert "charts" not in book.sheet()


@pytest.mark.parametrize(
    ("request_", "status", "words"),
    [
        (chart(8), 400, "An embedded object with id 8 already exists."),
        (chart(pieChart={}), 400, "Exactly one kind of chart must be set."),
        (chart(basicChart={"chartType": "SCATTER", "series": [{}]}), 501, "SCATTER"),
        (chart(basicChart={"chartType": "COLUMN"}), 400, "At least one series is required."),
        (
            {"deleteEmbeddedObject": {"objectId": 9}},
            400,
            "Invalid requests[0].deleteEmbeddedObject: No embedded object with ID: 9",
        ),
    ],
)
def test_charts_that_cannot_be_are_refused(
    book: Book, request_: dict[str, Any], status: int, words: str
) -> None:
    book.batch(chart(8))
    refused, message = book.refusal(request_)
    assert refused == status
    assert words in message


def test_metadata_is_made_found_changed_and_deleted(book: Book) -> None:
    made = {
        "metadataId": 5,
        "metadataKey": "digest",
        "metadataValue": "abc",
        "visibility": "PROJECT",
        "location": {"sheetId": 0},
    }
    book.batch({"createDeveloperMetadata": {"developerMetadata": made}})
    placed = made | {"location": {"locationType": "SHEET", "sheetId": 0}}
    assert book.sheet()["developerMetadata"] == [placed]
    lookup = [{"developerMetadataLookup": {"metadataKey": "digest", "locationType": "SHEET"}}]
    change = {
        "dataFilters": lookup,
        "developerMetadata": {"metadataValue": "def"},
        "fields": "metadataValue",
    }
    answer = book.batch({"updateDeveloperMetadata": change})
    reply = answer["replies"][0]["updateDeveloperMetadata"]["developerMetadata"]
    assert reply == [placed | {"metadataValue": "def"}]
    body = {"dataFilters": lookup}
    assert book.of_metadata("search", body=body)["matchedDeveloperMetadata"] == [
        {"developerMetadata": reply[0], "dataFilters": lookup}
    ]
    assert book.of_metadata("get", metadataId=5) == reply[0]
    book.batch({"deleteDeveloperMetadata": {"dataFilter": lookup[0]}})
    assert book.of_metadata("search", body=body) == {}
    assert "developerMetadata" not in book.sheet()
    taken = {"createDeveloperMetadata": {"developerMetadata": made}}
    assert book.refusal(taken, taken)[1].endswith(
        "Cannot add developer metadata with ID [5] because developer metadata with that ID "
        "already exists."
    )


@pytest.mark.parametrize(
    ("points", "words"),
    [
        ({"minpoint": {"type": "MIN"}}, "No interpolationPointType specified."),
        (
            {"minpoint": {"type": "NUMBER"}, "maxpoint": {"type": "MAX"}},
            "InterpolationPoint.value is required.",
        ),
    ],
)
def test_a_colour_scale_needs_both_its_ends(book: Book, points: dict[str, Any], words: str) -> None:
    refused = book.refusal(add_rule({"ranges": [grid(0, 1, 0, 3)], "gradientRule": points}))
    assert refused == (400, f"Invalid requests[0].addConditionalFormatRule: {words}")


def test_the_end_of_a_colour_scale_keeps_no_value_that_it_does_not_take(book: Book) -> None:
    points = {"minpoint": {"type": "MIN", "value": "2"}, "maxpoint": {"type": "MAX"}}
    book.batch(add_rule({"ranges": [grid(0, 1, 0, 3)], "gradientRule": points}))
    found = book.sheet()["conditionalFormats"][0]["gradientRule"]
    assert found["minpoint"] == {"type": "MIN"}
