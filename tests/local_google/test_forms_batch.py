"""forms.batchUpdate as a whole: order, all or nothing, revisions, info, settings (facts 2)."""

from __future__ import annotations

import re
from typing import Any

import pytest
import requests
from hypothesis import given
from hypothesis import strategies as st

from cchc_gforms.local_google.errors import ApiError
from cchc_gforms.local_google.forms.batch import run
from cchc_gforms.local_google.forms.items import ids_of
from cchc_gforms.local_google.forms.store import Form
from cchc_gforms.local_google.identifiers import Identifiers
from cchc_gforms.local_google.serve import Running
from tests.local_google.api import Http, access_token, create, refused, update

TEXT: dict[str, Any] = {"textQuestion": {}}


def text(title: str, item_id: str = "") -> dict[str, Any]:
    ids = {"itemId": item_id} if item_id else {}
    return {**ids, "title": title, "questionItem": {"question": dict(TEXT)}}


def titles(http: Http, form_id: str) -> list[str]:
    return [item["title"] for item in http.items(form_id)]


def move(start: int, to: int) -> dict[str, Any]:
    return {"moveItem": {"originalLocation": {"index": start}, "newLocation": {"index": to}}}


def delete(index: int) -> dict[str, Any]:
    return {"deleteItem": {"location": {"index": index}}}


def test_requests_run_in_order_with_a_reply_each(http: Http, forms: Any) -> None:
    form_id = http.form()
    rows = [{"rowQuestion": {"title": row}} for row in ("Hàng 1", "Hàng 2")]
    columns = {"type": "RADIO", "options": [{"value": "Có"}]}
    grid = {"title": "Lưới", "questionGroupItem": {"grid": {"columns": columns}, "questions": rows}}
    body = {
        "requests": [
            create(text("A")),
            create(text("B")),  # goes before A
            {"updateFormInfo": {"info": {"description": "Mô tả"}, "updateMask": "description"}},
            create({"pageBreakItem": {}}, 2),
            create(grid, 3),
            delete(2),
        ]
    }
    answer = forms.batchUpdate(formId=form_id, body=body).execute()
    live = forms.get(formId=form_id).execute()
    assert [item["title"] for item in live["items"]] == ["B", "A", "Lưới"]
    b, a, g = live["items"]
    assert live["info"]["description"] == "Mô tả"
    assert answer["writeControl"] == {"requiredRevisionId": live["revisionId"]}
    assert list(answer) == ["replies", "writeControl"]
    section = answer["replies"].pop(3)
    assert list(section["createItem"]) == ["itemId"]  # no question, no questionId
    assert answer["replies"] == [
        {
            "createItem": {
                "itemId": item["itemId"],
                "questionId": [item["questionItem"]["question"]["questionId"]],
            }
        }
        for item in (a, b)
    ] + [
        {},
        {
            "createItem": {
                "itemId": g["itemId"],
                "questionId": [one["questionId"] for one in g["questionGroupItem"]["questions"]],
            }
        },
        {},
    ]
    ids = [reply["createItem"]["itemId"] for reply in answer["replies"] if reply]
    assert all(re.fullmatch("[0-7][0-9a-f]{7}", id) for id in ids)


def test_the_form_comes_along_when_asked(http: Http, forms: Any) -> None:
    form_id = http.form()
    body = {"requests": [create(text("A"))], "includeFormInResponse": True}
    answer = forms.batchUpdate(formId=form_id, body=body).execute()
    assert answer["form"] == forms.get(formId=form_id).execute()


def test_a_batch_that_fails_at_the_end_leaves_nothing(http: Http) -> None:
    form_id = http.form(text("A"))
    before = http.call("GET", f"/v1/forms/{form_id}")
    error = http.refusal(
        form_id,
        create(text("B")),
        {"updateFormInfo": {"info": {"title": "Khác"}, "updateMask": "title"}},
        {
            "updateSettings": {
                "settings": {"emailCollectionType": "VERIFIED"},
                "updateMask": "emailCollectionType",
            }
        },
        delete(1),
        delete(1),
    )
    assert error == refused("delete_item.location.index is invalid")
    assert http.call("GET", f"/v1/forms/{form_id}") == before


@pytest.mark.parametrize(
    ("changes", "wanted"),
    [
        ([move(0, 2)], ["B", "C", "A", "D"]),  # taken out first, then put at its final index
        ([move(3, 0)], ["D", "A", "B", "C"]),
        ([move(1, 1)], ["A", "B", "C", "D"]),
        ([delete(0), delete(0)], ["C", "D"]),  # later indexes see earlier effects
        ([delete(3), delete(2)], ["A", "B"]),
        ([create(text("E"), 4), move(4, 0), delete(1)], ["E", "B", "C", "D"]),
    ],
    ids=["down", "to the front", "nowhere", "from the front", "from the end", "in sequence"],
)
def test_moves_and_deletes_are_sequential(
    http: Http, changes: list[dict[str, Any]], wanted: list[str]
) -> None:
    form_id = http.form(*(text(letter) for letter in "ABCD"))
    http.batch(form_id, *changes)
    assert titles(http, form_id) == wanted


@pytest.mark.parametrize(
    ("request_", "message"),
    [
        (create(text("X"), 3), "create_item.location.index is invalid"),
        (create(text("X"), -1), "create_item.location.index is invalid"),
        ({"createItem": {"item": text("X")}}, "create_item.location.index is required"),
        (
            {"createItem": {"item": text("X"), "location": {}}},
            "create_item.location.index is required",
        ),
        (update(text("X"), "title", 2), "update_item.location.index is invalid"),
        (delete(2), "delete_item.location.index is invalid"),
        ({"deleteItem": {}}, "delete_item.location.index is required"),
        (move(2, 0), "move_item.original_location.index is invalid"),
        (move(0, 2), "move_item.new_location.index is invalid"),
    ],
)
def test_indexes_must_be_given_and_be_there(
    http: Http, request_: dict[str, Any], message: str
) -> None:
    form_id = http.form(text("A"), text("B"))
    assert http.refusal(form_id, request_) == refused(message)
    assert titles(http, form_id) == ["A", "B"]


def test_an_old_revision_is_refused_and_the_current_one_is_not(http: Http, forms: Any) -> None:
    form_id = http.form()
    first = forms.get(formId=form_id).execute()["revisionId"]
    path = f"/v1/forms/{form_id}:batchUpdate"
    body: dict[str, Any] = {
        "requests": [create(text("A"))],
        "writeControl": {"requiredRevisionId": first},
    }
    second = http.call("POST", path, body)["writeControl"]["requiredRevisionId"]
    assert int(second, 16) > int(first, 16)
    conflict = http.send("POST", path, body)
    assert conflict.status_code == 400
    assert first in conflict.json()["error"]["message"]
    assert titles(http, form_id) == ["A"]
    body["writeControl"] = {"requiredRevisionId": second}
    http.call("POST", path, body)
    assert titles(http, form_id) == ["A", "A"]


def test_publishing_and_sharing_leave_the_revision_alone(http: Http) -> None:
    form_id = http.form()
    before = http.call("GET", f"/v1/forms/{form_id}")["revisionId"]
    state = {"publishState": {"isPublished": True}}
    http.call("POST", f"/v1/forms/{form_id}:setPublishSettings", {"publishSettings": state})
    grant = {"type": "anyone", "role": "reader", "view": "published"}
    http.call("POST", f"/drive/v3/files/{form_id}/permissions", grant)
    assert http.call("GET", f"/v1/forms/{form_id}")["revisionId"] == before


def aimed(http: Http, form_id: str, revision_id: str, *requests: dict[str, Any]) -> Any:
    body = {"requests": requests, "writeControl": {"targetRevisionId": revision_id}}
    return http.send("POST", f"/v1/forms/{form_id}:batchUpdate", body)


def revision(http: Http, form_id: str) -> str:
    found: str = http.call("GET", f"/v1/forms/{form_id}")["revisionId"]
    return found


def retitle(index: int, title: str) -> dict[str, Any]:
    return update(text(title), "title", index)


@pytest.mark.parametrize(
    ("theirs", "ours", "after"),
    [
        ([create(text("X"), 0)], [create(text("Y"), 3)], "XABCY"),
        ([create(text("X"), 0)], [delete(0)], "XBC"),
        ([delete(0)], [retitle(2, "D")], "BD"),
        ([delete(1)], [retitle(1, "D")], "AC"),
        ([retitle(0, "X")], [retitle(0, "Y")], "YBC"),
        ([retitle(0, "X")], [move(0, 2)], "BCX"),
        ([move(0, 2)], [create(text("Y"), 1)], "BCAY"),
        ([delete(0)], [move(0, 2), retitle(0, "D")], "DC"),
        ([create(text("X"), 1)], [create(text("Y"), 1)], "AYXBC"),
        ([delete(0), delete(0), delete(0)], [create(text("Y"), 2)], "Y"),
    ],
)
def test_what_aims_at_an_earlier_revision_is_merged_into_the_latest(
    http: Http, theirs: list[dict[str, Any]], ours: list[dict[str, Any]], after: str
) -> None:
    form_id = http.form(text("A"), text("B"), text("C"))
    seen = revision(http, form_id)
    http.batch(form_id, *theirs)
    answer = aimed(http, form_id, seen, *ours)
    assert answer.status_code == 200, answer.text
    assert "".join(titles(http, form_id)) == after
    assert answer.json()["writeControl"] == {"requiredRevisionId": revision(http, form_id)}


def test_fields_that_two_people_change_are_all_changed(http: Http) -> None:
    form_id = http.form()
    seen = revision(http, form_id)
    info = {"info": {"description": "Mô tả"}, "updateMask": "description"}
    http.batch(form_id, {"updateFormInfo": info})
    title = {"info": {"title": "Mới"}, "updateMask": "title"}
    assert aimed(http, form_id, seen, {"updateFormInfo": title}).status_code == 200
    found = http.call("GET", f"/v1/forms/{form_id}")["info"]
    assert (found["title"], found["description"]) == ("Mới", "Mô tả")


def test_one_id_chosen_twice_is_refused(http: Http) -> None:
    form_id = http.form()
    seen = revision(http, form_id)
    asked = {"question": {"questionId": "0c000001", "textQuestion": {}}}
    http.batch(form_id, create({"title": "A", "questionItem": asked}))
    answer = aimed(http, form_id, seen, create({"title": "B", "questionItem": asked}))
    assert answer.json()["error"] == refused("Invalid ID")
    assert titles(http, form_id) == ["A"]


def test_the_latest_revision_may_be_aimed_at_and_an_old_or_unknown_one_not(
    local_google: Running,
) -> None:
    http = Http(local_google.url, access_token(local_google.url))
    form_id = http.form()
    seen = revision(http, form_id)
    assert aimed(http, form_id, seen, create(text("A"))).status_code == 200
    for milliseconds, status in ((300_000, 200), (300_001, 400)):
        form_id = http.form()
        seen = revision(http, form_id)
        clock = f"{http.url}/_control/clock"
        requests.post(clock, json={"now": "2022-03-01T00:00:00Z"}, timeout=10)
        http.batch(form_id, create(text("A")))
        requests.post(clock, json={"advance_ms": milliseconds}, timeout=10)
        assert aimed(http, form_id, seen, create(text("B"))).status_code == status
    unknown = aimed(http, form_id, "00000009", create(text("B")))
    assert unknown.json()["error"]["status"] == "FAILED_PRECONDITION"
    both = {"targetRevisionId": seen, "requiredRevisionId": seen}
    body = {"requests": [create(text("B"))], "writeControl": both}
    assert http.send("POST", f"/v1/forms/{form_id}:batchUpdate", body).status_code == 400
    assert titles(http, form_id) == ["A"]
    http.close()


@pytest.mark.parametrize("body", [{}, {"requests": []}, {"requests": [{}]}])
def test_a_batch_needs_requests_of_one_kind_each(http: Http, body: dict[str, Any]) -> None:
    answer = http.send("POST", f"/v1/forms/{http.form()}:batchUpdate", body)
    assert answer.status_code == 400


def test_a_request_of_two_kinds_is_refused(http: Http) -> None:
    form_id = http.form(text("A"))
    assert http.refusal(form_id, {**delete(0), **create(text("B"))})["code"] == 400
    assert titles(http, form_id) == ["A"]


def info(mask: str | None, **texts: str) -> dict[str, Any]:
    masked = {} if mask is None else {"updateMask": mask}
    return {"updateFormInfo": {"info": texts, **masked}}


@pytest.mark.parametrize(
    ("request_", "wanted"),
    [
        (info("title", title="Mới", description="Bỏ"), {"title": "Mới", "description": "Cũ"}),
        (info("description", title="Bỏ", description="Mới"), {"title": "A", "description": "Mới"}),
        (info("title,description", title="Mới"), {"title": "Mới"}),
        (info("*", title="Mới"), {"title": "Mới"}),
        (info("description", description="Hai\ndòng"), {"title": "A", "description": "Hai\ndòng"}),
    ],
)
def test_only_what_the_mask_names_changes(
    http: Http, request_: dict[str, Any], wanted: dict[str, str]
) -> None:
    form_id = http.form(title="A")
    http.batch(form_id, info("description", description="Cũ"))
    http.batch(form_id, request_)
    live = http.call("GET", f"/v1/forms/{form_id}")["info"]
    assert live == {**wanted, "documentTitle": "A"}
    assert list(live) == [key for key in ("title", "description", "documentTitle") if key in live]


@pytest.mark.parametrize(
    ("request_", "message"),
    [
        (info("title", title=""), "info.title was not provided"),
        (info("*", description="B"), "info.title was not provided"),
        (info("title", title="A\nB"), "Displayed text cannot contain newlines"),
        (info(None, title="B"), "update_form_info.update_mask is required"),
        (info("", title="B"), "update_form_info.update_mask is required"),
        (info("info.title", title="B"), "update_form_info.update_mask is invalid: info.title"),
        (info("titel", title="B"), "update_form_info.update_mask is invalid: titel"),
        (info("documentTitle", title="B"), "info.document_title cannot be updated"),
    ],
)
def test_info_is_held_to_its_rules(http: Http, request_: dict[str, Any], message: str) -> None:
    form_id = http.form(title="A")
    assert http.refusal(form_id, request_) == refused(message)
    assert http.call("GET", f"/v1/forms/{form_id}")["info"]["title"] == "A"


def settings(mask: str, **values: Any) -> dict[str, Any]:
    return {"updateSettings": {"settings": values, "updateMask": mask}}


@pytest.mark.parametrize("kind", ["DO_NOT_COLLECT", "VERIFIED", "RESPONDER_INPUT"])
def test_email_collection_is_set_and_read_back(http: Http, kind: str) -> None:
    form_id = http.form()
    http.batch(form_id, settings("emailCollectionType", emailCollectionType=kind))
    assert http.call("GET", f"/v1/forms/{form_id}")["settings"] == {"emailCollectionType": kind}


@pytest.mark.parametrize(
    "value", [{}, {"emailCollectionType": "EMAIL_COLLECTION_TYPE_UNSPECIFIED"}]
)
def test_email_collection_is_not_unset(http: Http, value: dict[str, str]) -> None:
    form_id = http.form()
    error = http.refusal(form_id, settings("emailCollectionType", **value))
    assert error == refused("settings.email_collection_type was not provided")


def test_a_quiz_has_grades_and_loses_them_when_it_is_none_any_more(http: Http) -> None:
    form_id = http.form()
    question = {
        "required": True,
        "grading": {
            "pointValue": 2,
            "correctAnswers": {"answers": [{"value": "Có"}]},
            "whenRight": {"text": "Đúng"},
        },
        "choiceQuestion": {"type": "RADIO", "options": [{"value": "Có"}, {"value": "Không"}]},
    }
    item = {"title": "A", "questionItem": {"question": question}}
    quiz = settings("quizSettings.isQuiz", quizSettings={"isQuiz": True})
    assert http.refusal(form_id, create(item))["code"] == 400  # not a quiz yet
    http.batch(form_id, quiz, create(item))
    live = http.call("GET", f"/v1/forms/{form_id}")
    kept = live["items"][0]["questionItem"]["question"]
    assert live["settings"]["quizSettings"] == {"isQuiz": True}
    assert {name: kept[name] for name in question} == question
    http.batch(form_id, settings("quizSettings", quizSettings={"isQuiz": False}))
    live = http.call("GET", f"/v1/forms/{form_id}")
    assert live["settings"] == {"emailCollectionType": "DO_NOT_COLLECT", "quizSettings": {}}
    assert "grading" not in live["items"][0]["questionItem"]["question"]


CHOICE = {"choiceQuestion": {"type": "RADIO", "options": [{"value": "Có"}]}}
SCALE = {"scaleQuestion": {"low": 1, "high": 5}}
STARS = {"ratingQuestion": {"ratingScaleLevel": 3, "iconType": "STAR"}}


def key(*values: str) -> dict[str, Any]:
    return {"answers": [{"value": value} for value in values]}


def graded_row(value: str) -> dict[str, Any]:
    graded = {"pointValue": 1, "correctAnswers": key(value)}
    row = {"rowQuestion": {"title": "Hàng"}, "grading": graded}
    columns = {"type": "RADIO", "options": [{"value": "Đạt"}, {"value": "Chưa"}]}
    return {
        "title": "Lưới",
        "questionGroupItem": {"questions": [row], "grid": {"columns": columns}},
    }


def grading(choice: bool = True, kind: Any = None, **parts: Any) -> dict[str, Any]:
    kind = kind or (CHOICE if choice else TEXT)
    return {"title": "A", "questionItem": {"question": {**kind, "grading": parts}}}


RIGHT = {"answers": [{"value": "Có"}]}


@pytest.mark.parametrize(
    "item",
    [
        grading(pointValue=-1),
        grading(pointValue=1, correctAnswers={"answers": [{"value": "Khác"}]}),
        grading(pointValue=1, whenRight={"text": "Đúng"}),
        grading(pointValue=1, correctAnswers=RIGHT, generalFeedback={"text": "Xem"}),
        grading(pointValue=1, correctAnswers=RIGHT, whenWrong={}),
        grading(choice=False, pointValue=1, whenWrong={"text": "Sai"}),
        grading(pointValue=1),
        grading(choice=False, pointValue=1, correctAnswers=key("")),
        grading(kind=SCALE, pointValue=1, correctAnswers=key("9")),
        grading(kind=SCALE, pointValue=1, correctAnswers=key("0")),
        grading(kind=STARS, pointValue=1, correctAnswers=key("4")),
        graded_row("Khác"),
    ],
    ids=[
        "negative",
        "no such option",
        "right without a key",
        "general with a key",
        "no text",
        "right of a text",
        "no key",
        "an empty key",
        "above the scale",
        "below the scale",
        "too many stars",
        "no such column",
    ],
)
def test_grades_are_held_to_their_rules(http: Http, item: dict[str, Any]) -> None:
    form_id = http.form()
    http.batch(form_id, settings("quizSettings.isQuiz", quizSettings={"isQuiz": True}))
    assert http.refusal(form_id, create(item))["status"] == "INVALID_ARGUMENT"
    assert http.items(form_id) == []


@pytest.mark.parametrize(
    "item",
    [
        grading(pointValue=1, correctAnswers={}),
        grading(choice=False, pointValue=1, correctAnswers=key("a", "b")),
        grading(kind=SCALE, pointValue=1, correctAnswers=key("1", "5")),
        grading(kind=STARS, pointValue=1, correctAnswers=key("3")),
        graded_row("Đạt"),
    ],
)
def test_grades_within_their_rules_are_taken(http: Http, item: dict[str, Any]) -> None:
    form_id = http.form()
    http.batch(form_id, settings("quizSettings.isQuiz", quizSettings={"isQuiz": True}))
    http.batch(form_id, create(item))
    assert len(http.items(form_id)) == 1


def of_many(first: int, number: int) -> dict[str, Any]:
    options = [{"value": str(value)} for value in range(first, first + number)]
    question = {"choiceQuestion": {"type": "DROP_DOWN", "options": options}}
    return {"title": "Trường", "questionItem": {"question": question}}


def test_the_options_of_a_form_are_counted_together(http: Http) -> None:
    form_id = http.form()
    assert (
        "exceeding the choice limit" in http.refusal(form_id, create(of_many(0, 4001)))["message"]
    )
    http.batch(form_id, create(of_many(0, 3999)), create(of_many(0, 1)))
    error = http.refusal(form_id, create(of_many(0, 1)))
    assert "exceeding the choice limit" in error["message"]
    assert len(http.items(form_id)) == 2


CHANGES = st.lists(
    st.tuples(st.sampled_from(["create", "move", "delete"]), st.integers(0, 4), st.integers(0, 4)),
    min_size=1,
    max_size=8,
)


@given(CHANGES)
def test_a_batch_does_to_items_what_lists_do_or_nothing(
    changes: list[tuple[str, int, int]],
) -> None:
    resource = {"info": {"title": "A", "documentTitle": "A"}}
    form = Form("1form", "1FAIpQLSform", resource)
    row: list[str] = []
    requests, possible = [], True
    for number, (kind, at, to) in enumerate(changes):
        if kind == "create":
            requests.append(create(text(str(number)), at))
            possible = possible and at <= len(row)
            row.insert(at, str(number))
        elif kind == "move":
            requests.append(move(at, to))
            possible = possible and max(at, to) < len(row)
            row.insert(to, row.pop(at)) if possible else None
        else:
            requests.append(delete(at))
            possible = possible and at < len(row)
            row.pop(at) if possible else None
    if not possible:
        with pytest.raises(ApiError, match="index is invalid"):
            run(form, {"requests": requests}, Identifiers(1), lambda _: None)
        return
    replies = run(form, {"requests": requests}, Identifiers(1), lambda _: None)
    assert len(replies) == len(changes)
    assert [item["title"] for item in form.items] == row
    ids = [id for item in form.items for id in ids_of(item).all]
    assert len(set(ids)) == len(ids)
