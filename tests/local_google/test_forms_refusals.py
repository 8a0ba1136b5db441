"""What Google Forms refuses, word for word where the words are known (facts 2.7)."""

from __future__ import annotations

from typing import Any

import pytest
import requests

from tests.local_google.api import Http, create, refused
from tests.local_google.test_forms_items import asked, choice, grid

NEWLINE = "Displayed text cannot contain newlines"
PARSED = "type.googleapis.com/google.rpc.BadRequest"


def test_a_refused_batch_has_a_sentence_and_no_details(http: Http) -> None:
    body = {"requests": [create({"title": "A\nB", "textItem": {}})]}
    answer = http.send("POST", f"/v1/forms/{http.form()}:batchUpdate", body)
    assert answer.status_code == 400
    assert answer.text == (
        "{\n"
        '  "error": {\n'
        '    "code": 400,\n'
        '    "message": "Displayed text cannot contain newlines",\n'
        '    "status": "INVALID_ARGUMENT"\n'
        "  }\n"
        "}\n"
    )


@pytest.mark.parametrize(
    ("item", "message"),
    [
        ({"title": "A\nB", "textItem": {}}, NEWLINE),
        ({"title": "A\rB", "pageBreakItem": {}}, NEWLINE),
        (choice("RADIO", "Có\nKhông"), NEWLINE),
        (grid("RADIO", "Hàng\n1"), NEWLINE),
        (asked(scaleQuestion={"low": 1, "high": 5, "highLabel": "Rất\ntốt"}), NEWLINE),
        (
            choice("RADIO", "Có", {"isOther": True, "value": "Khác"}),
            "Cannot set option.value when isOther is true",
        ),
        (choice("RADIO"), "ChoiceQuestion.options is required"),
        (asked(choiceQuestion={"type": "RADIO"}), "ChoiceQuestion.options is required"),
        (choice("RADIO", "Có", ""), "option.value was not provided"),
        (choice("RADIO", {}), "option.value was not provided"),
    ],
)
def test_known_texts(http: Http, item: dict[str, Any], message: str) -> None:
    assert http.refusal(http.form(), create(item)) == refused(message)


@pytest.mark.parametrize(
    "item",
    [
        choice("RADIO", "Có", "Có"),
        choice("CHECKBOX", "Có", {"isOther": True}, {"isOther": True}),
        choice("DROP_DOWN", "Có", {"isOther": True}),
        choice("CHOICE_TYPE_UNSPECIFIED", "Có"),
        asked(fileUploadQuestion={"folderId": "x"}),
        asked(scaleQuestion={"low": 2, "high": 5}),
        asked(scaleQuestion={"low": 1, "high": 1}),
        asked(scaleQuestion={"low": 1, "high": 11}),
        asked(ratingQuestion={"ratingScaleLevel": 2, "iconType": "STAR"}),
        asked(ratingQuestion={"ratingScaleLevel": 11, "iconType": "STAR"}),
        asked(ratingQuestion={"ratingScaleLevel": 5}),
        asked(rowQuestion={"title": "Hàng"}),
        asked(),
        asked(textQuestion={}, dateQuestion={}),
        {"questionItem": {}},
        {"title": "A"},
        {"textItem": {}, "pageBreakItem": {}},
        grid("DROP_DOWN", "Hàng"),
        grid("RADIO"),
        grid("RADIO", ""),
        {"questionGroupItem": {"questions": [{"rowQuestion": {"title": "Hàng"}}]}},
        {"questionGroupItem": {"questions": [{"textQuestion": {}}]}},
        {"imageItem": {}},
        {"imageItem": {"image": {}}},
        {"imageItem": {"image": {"sourceUri": "data:image/png;base64,AAAA"}}},
        {
            "imageItem": {
                "image": {"sourceUri": "https://anh.example/a", "properties": {"width": 741}}
            }
        },
        *(
            {"imageItem": {"image": {"sourceUri": source}}}
            for source in (
                "http://127.0.0.1/x.png",
                "http://localhost:8080/x.png",
                "http://anh.localhost/x.png",
                "http://[::1]/x.png",
                "https://10.0.0.1/x.png",
                "https://192.168.1.5/x.png",
                "https://may-in/x.png",
                "https://may.local/x.png",
                "http://[::1/x.png",
            )
        ),
        {"imageItem": {"image": {"sourceUri": "https://a.example/a", "contentUri": "https://b"}}},
        {"videoItem": {"video": {"youtubeUri": "https://phim.example/watch?v=a"}}},
        {"videoItem": {}},
    ],
    ids=repr,
)
def test_refused_in_words_that_nobody_quoted(http: Http, item: dict[str, Any]) -> None:
    form_id = http.form()
    error = http.refusal(form_id, create({"title": "Mục", **item}))
    assert (error["code"], error["status"]) == (400, "INVALID_ARGUMENT")
    assert set(error) == {"code", "message", "status"}
    assert http.items(form_id) == []


def parsed(*violations: tuple[str, str]) -> dict[str, Any]:
    """The `error` of Google's JSON parser: every violation, with its place."""
    return {
        "code": 400,
        "message": "\n".join(text for _, text in violations),
        "status": "INVALID_ARGUMENT",
        "details": [
            {
                "@type": PARSED,
                "fieldViolations": [
                    {"field": field, "description": text} if field else {"description": text}
                    for field, text in violations
                ],
            }
        ],
    }


UNKNOWN = 'Invalid JSON payload received. Unknown name "{}"{}: Cannot find field.'
ITEM = "requests[0].create_item.item"
SETTINGS = "requests[0].update_settings.settings.email_collection_type"
TYPE = "type.googleapis.com/google.apps.forms.v1"


@pytest.mark.parametrize(
    ("request_", "violations"),
    [
        (
            create({"questionItem": {"required": True, "question": {"textQuestion": {}}}}),
            [
                (
                    f"{ITEM}.question_item",
                    UNKNOWN.format("required", f" at '{ITEM}.question_item'"),
                )
            ],
        ),
        (
            {
                "updateSettings": {
                    "settings": {"emailCollectionType": "responderInput"},
                    "updateMask": "*",
                }
            },
            [
                (
                    SETTINGS,
                    f"Invalid value at '{SETTINGS}' "
                    f'({TYPE}.FormSettings.EmailCollectionType), "responderInput"',
                )
            ],
        ),
        (
            {**create({"titel": "A", "textItem": 3}), "watch": {}},
            [
                (ITEM, UNKNOWN.format("titel", f" at '{ITEM}'")),
                (
                    f"{ITEM}.text_item",
                    f"Invalid value at '{ITEM}.text_item' ({TYPE}.TextItem), 3",
                ),
                ("requests[0]", UNKNOWN.format("watch", " at 'requests[0]'")),
            ],
        ),
        (
            create({"title": 3, "textItem": {}}),
            [(f"{ITEM}.title", f"Invalid value at '{ITEM}.title' (TYPE_STRING), 3")],
        ),
        (
            create({"title": ["A"], "textItem": {}}),
            [
                (
                    ITEM,
                    f"Invalid JSON payload received. Unknown name \"title\" at '{ITEM}': "
                    "Proto field is not repeating, cannot start list.",
                )
            ],
        ),
        (
            {"deleteItem": {"location": {"index": 1.5}}},
            [
                (
                    "requests[0].delete_item.location.index",
                    "Invalid value at 'requests[0].delete_item.location.index' (TYPE_INT32), 1.5",
                )
            ],
        ),
        (
            {"deleteItem": {"location": {"index": 2**31}}},
            [
                (
                    "requests[0].delete_item.location.index",
                    "Invalid value at 'requests[0].delete_item.location.index' (TYPE_INT32), "
                    "2147483648",
                )
            ],
        ),
    ],
    ids=[
        "field at the wrong level",
        "bad enum",
        "all at once",
        "wrong type",
        "list for one",
        "fraction",
        "too large",
    ],
)
def test_the_parser_tells_every_violation_with_its_place(
    http: Http, request_: dict[str, Any], violations: list[tuple[str, str]]
) -> None:
    assert http.refusal(http.form(), request_) == parsed(*violations)


def test_a_misplaced_field_of_a_whole_request_has_no_place(http: Http) -> None:
    path = f"/v1/forms/{http.form()}:setPublishSettings"
    answer = http.send("POST", path, {"publishAsTemplate": True, "forever": 1})
    assert answer.json()["error"] == parsed(
        ("", UNKNOWN.format("publishAsTemplate", "")), ("", UNKNOWN.format("forever", ""))
    )


def test_a_body_that_is_the_form_names_it(http: Http) -> None:
    answer = http.send("POST", "/v1/forms", {"titel": "A"})
    assert answer.json()["error"] == parsed(("form", UNKNOWN.format("titel", " at 'form'")))


@pytest.mark.parametrize(
    "body", ["{", "nan", '{"info": NaN}', "\xff", '{"info": ' + "[" * 100_000], ids=range(5)
)
def test_what_is_no_json_is_refused(http: Http, body: str) -> None:
    answer: requests.Response = http.session.post(
        f"{http.url}/v1/forms", data=body.encode("latin-1"), timeout=10
    )
    assert answer.status_code == 400
    assert answer.json()["error"]["status"] == "INVALID_ARGUMENT"


def test_a_list_is_no_body(http: Http) -> None:
    text = 'Invalid JSON payload received. Unknown name "": Root element must be a message.'
    answer = http.send("POST", f"/v1/forms/{http.form()}:batchUpdate", [])
    assert answer.json()["error"] == parsed(("", text))


@pytest.mark.parametrize(
    ("query", "message"),
    [
        (
            "titel=A",
            'Invalid JSON payload received. Unknown name "titel": Cannot bind query parameter. '
            "Field 'titel' could not be found in request message.",
        ),
        ("unpublished=maybe", "Invalid value at 'unpublished' (TYPE_BOOL), \"maybe\""),
    ],
)
def test_query_parameters_are_held_to_the_document(http: Http, query: str, message: str) -> None:
    answer = http.send("POST", f"/v1/forms?{query}", {"info": {"title": "A"}})
    assert answer.status_code == 400
    assert answer.json()["error"]["message"] == message
