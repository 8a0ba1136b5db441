"""Items of every kind: created, read back, changed through masks; their ids (facts 2.5, 2.8)."""

from __future__ import annotations

import copy
import re
from typing import Any

import pytest

from tests.local_google.api import Http, create, refused, update


def asked(**question: Any) -> dict[str, Any]:
    return {"questionItem": {"question": question}}


def choice(kind: str, *options: dict[str, Any] | str, **more: Any) -> dict[str, Any]:
    shown = [{"value": one} if isinstance(one, str) else one for one in options]
    return asked(choiceQuestion={"type": kind, "options": shown, **more})


def grid(kind: str, *rows: str, **more: Any) -> dict[str, Any]:
    columns = {"type": kind, "options": [{"value": "Đạt"}, {"value": "Không đạt"}]}
    questions = [{"rowQuestion": {"title": row}} for row in rows]
    return {"questionGroupItem": {"grid": {"columns": columns, **more}, "questions": questions}}


PICTURE = "https://anh.example/so-do.png"
EVERY_KIND: dict[str, dict[str, Any]] = {
    "short text": asked(textQuestion={}),
    "paragraph": asked(textQuestion={"paragraph": True}, required=True),
    "radio": choice("RADIO", "Có", "Không"),
    "radio with other": choice("RADIO", "Có", {"isOther": True}),
    "checkbox": choice("CHECKBOX", "Một", "Hai", {"isOther": True}, shuffle=True),
    "drop-down": choice("DROP_DOWN", "Mầm non", "Tiểu học"),
    "radio that leads on": choice("RADIO", {"value": "Có", "goToAction": "SUBMIT_FORM"}),
    "scale": asked(
        scaleQuestion={"low": 1, "high": 5, "lowLabel": "Kém", "highLabel": "Tốt"},
    ),
    "rating": asked(ratingQuestion={"ratingScaleLevel": 5, "iconType": "STAR"}),
    "date": asked(dateQuestion={"includeYear": True, "includeTime": True}),
    "day": asked(dateQuestion={}),
    "time": asked(timeQuestion={}),
    "duration": asked(timeQuestion={"duration": True}),
    "grid": grid("RADIO", "Hàng 1", "Hàng 2"),
    "checkbox grid": grid("CHECKBOX", "Hàng 1", shuffleQuestions=True),
    "text": {"textItem": {}},
    "section": {"pageBreakItem": {}},
    "video": {
        "videoItem": {
            "caption": "Hướng dẫn",
            "video": {"youtubeUri": "https://www.youtube.com/watch?v=mauMauMau01"},
        }
    },
}


def without_ids(item: dict[str, Any]) -> dict[str, Any]:
    """The item without the ids that Google chose, which must be ids."""
    bare = copy.deepcopy(item)
    assert re.fullmatch("[0-7][0-9a-f]{7}", bare.pop("itemId"))
    single = bare.get("questionItem", {}).get("question")
    for question in [single] if single else bare.get("questionGroupItem", {}).get("questions", []):
        assert re.fullmatch("[0-7][0-9a-f]{7}", question.pop("questionId"))
    return bare


@pytest.mark.parametrize("kind", EVERY_KIND)
def test_every_kind_is_read_back_as_it_was_sent(http: Http, kind: str) -> None:
    item = {"title": "Mục", "description": "Hai\ndòng", **EVERY_KIND[kind]}
    form_id = http.form(item)
    [live] = http.items(form_id)
    assert without_ids(live) == item


@pytest.mark.parametrize("kind", EVERY_KIND)
def test_every_kind_can_be_written_back_with_its_ids_moved_and_deleted(
    http: Http, kind: str
) -> None:
    form_id = http.form({"title": "Mục", **EVERY_KIND[kind]}, {"title": "Sau", "textItem": {}})
    before = http.items(form_id)[0]
    changed = {**before, "title": "Mục đã sửa"}
    move = {"moveItem": {"originalLocation": {"index": 1}, "newLocation": {"index": 0}}}
    http.batch(form_id, update(changed, "*"), move)
    assert [item["title"] for item in http.items(form_id)] == ["Sau", "Mục đã sửa"]
    assert http.items(form_id)[1] == changed
    http.batch(form_id, {"deleteItem": {"location": {"index": 1}}})
    assert [item["title"] for item in http.items(form_id)] == ["Sau"]


def test_false_zero_and_empty_are_not_told(http: Http) -> None:
    form_id = http.form(
        {
            "title": "",
            "description": "",
            **asked(required=False, scaleQuestion={"low": 0, "high": 5, "lowLabel": ""}),
        },
        choice("CHECKBOX", {"value": "Một", "isOther": False}, shuffle=False),
        choice("RADIO", {"value": "Một", "goToAction": "GO_TO_ACTION_UNSPECIFIED"}),
        asked(textQuestion={"paragraph": False}),
    )
    scale, box, radio, text = (without_ids(item) for item in http.items(form_id))
    assert scale == asked(scaleQuestion={"high": 5})
    assert box == choice("CHECKBOX", "Một")
    assert radio == choice("RADIO", "Một")
    assert text == asked(textQuestion={})


def test_numbers_may_come_as_text(http: Http) -> None:
    item = {"title": "A", **asked(scaleQuestion={"low": "1", "high": "5"})}
    form_id = http.form()
    http.batch(form_id, {"createItem": {"item": item, "location": {"index": "0"}}})
    [live] = http.items(form_id)
    assert without_ids(live) == {"title": "A", **asked(scaleQuestion={"low": 1, "high": 5})}


def test_a_picture_is_held_by_google_and_its_source_is_not_read_back(http: Http) -> None:
    sent = {"title": "Sơ đồ", "imageItem": {"image": {"sourceUri": PICTURE, "altText": "Sơ đồ"}}}
    form_id = http.form(sent)
    [live] = http.items(form_id)
    image = live["imageItem"]["image"]
    assert set(image) == {"contentUri", "altText"}
    http.batch(form_id, update({**live, "title": "Mới"}, "*"))
    assert http.items(form_id) == [{**live, "title": "Mới"}]
    foreign = {"title": "Mới", "imageItem": {"image": {"contentUri": "https://khac.example/a"}}}
    error = http.refusal(form_id, update(foreign, "imageItem"))
    assert error == refused("image.source_uri was not provided")


# Masks


QUESTION = {
    "itemId": "0a000001",
    "title": "Cũ",
    "description": "Mô tả cũ",
    "questionItem": {
        "question": {
            "questionId": "0a000002",
            "required": True,
            "choiceQuestion": {"type": "RADIO", "options": [{"value": "Một"}, {"value": "Hai"}]},
        }
    },
}


def new(item_id: str = "", question_id: str = "", **texts: str) -> dict[str, Any]:
    ids = {"itemId": item_id} if item_id else {}
    question: dict[str, Any] = {"questionId": question_id} if question_id else {}
    question["choiceQuestion"] = {"type": "RADIO", "options": [{"value": "Ba"}]}
    return {**ids, **texts, "questionItem": {"question": question}}


def shape(item: dict[str, Any]) -> tuple[Any, ...]:
    question = item["questionItem"]["question"]
    values = [option["value"] for option in question["choiceQuestion"]["options"]]
    texts = (item.get("title"), item.get("description"), question.get("required"))
    return (item["itemId"], question["questionId"], *texts, values)


@pytest.mark.parametrize(
    ("item", "mask", "wanted"),
    [
        (
            new(title="Mới", description="Bỏ"),
            "title",
            ("0a000001", "0a000002", "Mới", "Mô tả cũ", True, ["Một", "Hai"]),
        ),
        (
            new(title="Mới"),
            "title,description",
            ("0a000001", "0a000002", "Mới", None, True, ["Một", "Hai"]),
        ),
        (
            new(),
            "questionItem.question.required",
            ("0a000001", "0a000002", "Cũ", "Mô tả cũ", None, ["Một", "Hai"]),
        ),
        (
            new(),
            "questionItem.question.choiceQuestion",
            ("0a000001", "0a000002", "Cũ", "Mô tả cũ", True, ["Ba"]),
        ),
        (
            new(),
            "questionItem.question.choiceQuestion.options",
            ("0a000001", "0a000002", "Cũ", "Mô tả cũ", True, ["Ba"]),
        ),
        (
            new(question_id="0a000002"),
            "questionItem",
            ("0a000001", "0a000002", "Cũ", "Mô tả cũ", None, ["Ba"]),
        ),
        (
            new("0a000001", "0a000002", title="Mới"),
            "*",
            ("0a000001", "0a000002", "Mới", None, None, ["Ba"]),
        ),
        (
            new("0a000003", "0a000004", title="Mới"),
            "*",
            ("0a000003", "0a000004", "Mới", None, None, ["Ba"]),
        ),
        (
            new("0a000003", title="Mới"),
            "itemId,title",
            ("0a000003", "0a000002", "Mới", "Mô tả cũ", True, ["Một", "Hai"]),
        ),
    ],
    ids=[
        "title alone",
        "absent in the mask is cleared",
        "nested flag",
        "nested message",
        "list in a message",
        "the question with its id",
        "everything with ids",
        "everything with other ids",
        "another item id",
    ],
)
def test_masks_take_what_they_name(
    http: Http, item: dict[str, Any], mask: str, wanted: tuple[Any, ...]
) -> None:
    form_id = http.form(QUESTION)
    http.batch(form_id, update(item, mask))
    assert shape(http.items(form_id)[0]) == wanted


@pytest.mark.parametrize(
    ("mask", "item_id_stays"),
    [("*", False), ("questionItem", True), ("questionItem.question", True)],
)
def test_a_blank_id_in_the_mask_gets_a_new_one(http: Http, mask: str, item_id_stays: bool) -> None:
    form_id = http.form(QUESTION)
    http.batch(form_id, update(new(title="Mới"), mask))
    item_id, question_id, *_ = shape(http.items(form_id)[0])
    assert re.fullmatch("[0-7][0-9a-f]{7}", question_id)
    assert question_id != "0a000002"
    assert (item_id == "0a000001") is item_id_stays


@pytest.mark.parametrize(
    ("request_", "message"),
    [
        (update(new(), ""), "update_item.update_mask is required"),
        (update(new(), "titel"), "update_item.update_mask is invalid: titel"),
        (update(new(), "item.title"), "update_item.update_mask is invalid: item.title"),
        (update(new(), "*,title"), "update_item.update_mask is invalid: *"),
        (
            update(new(), "questionGroupItem.questions.required"),
            "update_item.update_mask is invalid: questionGroupItem.questions.required",
        ),
        (update({"title": "Mới"}, "title"), "Exactly one kind of item must be set."),
        (
            update({"title": "A\nB", "textItem": {}}, "title"),
            "Displayed text cannot contain newlines",
        ),
    ],
)
def test_masks_and_items_that_google_does_not_take(
    http: Http, request_: dict[str, Any], message: str
) -> None:
    form_id = http.form(QUESTION)
    assert http.refusal(form_id, request_) == refused(message)
    assert http.items(form_id) == [QUESTION]


# Ids that the client chooses


def test_chosen_ids_are_kept_and_one_hex_serves_as_both(http: Http) -> None:
    form_id = http.form()
    item = new("00000001", "00000001", title="A")
    made = http.batch(form_id, create(item), create(new("7fffffff", "0c6bc14a"), 1))
    assert made["replies"] == [
        {"createItem": {"itemId": "00000001", "questionId": ["00000001"]}},
        {"createItem": {"itemId": "7fffffff", "questionId": ["0c6bc14a"]}},
    ]
    assert http.items(form_id)[0] == item


@pytest.mark.parametrize(
    "id",
    [
        "80000000",
        "ffffffff",
        "0A000009",
        "a000009",
        "00a000009",
        "zz000000",
        "abcDEF_-",
        "00000000",
    ],
)
def test_other_ids_are_invalid(http: Http, id: str) -> None:
    form_id = http.form()
    for item in (new(item_id=id), new(question_id=id)):
        assert http.refusal(form_id, create(item)) == refused("Invalid ID")


def test_an_id_in_use_is_refused_wherever_it_is(http: Http) -> None:
    form_id = http.form(QUESTION, grid("RADIO", "Hàng 1"))
    row = http.items(form_id)[1]["questionGroupItem"]["questions"][0]["questionId"]
    for item in (
        new(item_id="0a000001"),
        new(question_id="0a000002"),
        new(question_id=row),
        new(item_id="0a000002"),
    ):
        assert http.refusal(form_id, create(item, 2)) == refused("Invalid ID")
    twice = grid("RADIO", "Hàng 1", "Hàng 2")
    for question in twice["questionGroupItem"]["questions"]:
        question["questionId"] = "0a000009"
    assert http.refusal(form_id, create(twice, 2)) == refused("Invalid ID")


def test_an_id_is_free_again_once_its_item_is_gone(http: Http) -> None:
    form_id = http.form(QUESTION)
    http.batch(form_id, {"deleteItem": {"location": {"index": 0}}}, create(QUESTION))
    assert http.items(form_id) == [QUESTION]


# Ways to sections


def leading(section: str) -> dict[str, Any]:
    return choice("RADIO", {"value": "Có", "goToSectionId": section}, "Không")


SECTION = {"itemId": "0b000001", "title": "Phần 2", "pageBreakItem": {}}


def test_an_option_leads_to_a_section_made_earlier_in_the_batch(http: Http) -> None:
    form_id = http.form()
    http.batch(form_id, create(SECTION), create({"title": "Đi đâu", **leading("0b000001")}))
    question, section = http.items(form_id)
    assert section == SECTION
    assert without_ids(question) == {"title": "Đi đâu", **leading("0b000001")}


@pytest.mark.parametrize(
    "requests",
    [
        [create(leading("0b000001")), create(SECTION, 1)],
        [create({"itemId": "0b000001", "textItem": {}}), create(leading("0b000001"), 1)],
        [create(leading("0b000009"))],
    ],
    ids=["made later in the batch", "no section", "nowhere"],
)
def test_an_option_leads_only_to_a_section_that_is_there(
    http: Http, requests: list[dict[str, Any]]
) -> None:
    form_id = http.form()
    assert http.refusal(form_id, *requests) == refused("go_to_section_id is invalid")
    assert http.items(form_id) == []


@pytest.mark.parametrize(
    "item",
    [
        choice("CHECKBOX", {"value": "Có", "goToAction": "SUBMIT_FORM"}),
        choice("CHECKBOX", {"value": "Có", "goToSectionId": "0b000001"}),
        choice(
            "RADIO",
            {"value": "Có", "goToSectionId": "0b000001", "goToAction": "NEXT_SECTION"},
        ),
        {
            "questionGroupItem": {
                "questions": [{"rowQuestion": {"title": "Hàng"}}],
                "grid": {
                    "columns": {
                        "type": "RADIO",
                        "options": [{"value": "Có", "goToAction": "SUBMIT_FORM"}],
                    }
                },
            }
        },
    ],
    ids=["checkbox", "checkbox to a section", "both ways", "grid"],
)
def test_only_single_choices_lead_and_only_one_way(http: Http, item: dict[str, Any]) -> None:
    form_id = http.form(SECTION)
    assert http.refusal(form_id, create(item))["status"] == "INVALID_ARGUMENT"


def test_the_fields_of_an_item_come_in_googles_order(http: Http) -> None:
    """As in the recorded dumps (facts 9), whatever the order they were sent in."""
    options = {"options": [{"value": "Có"}, {"isOther": True}], "type": "RADIO"}
    question = {"choiceQuestion": options, "required": True}
    item = {"questionItem": {"question": question}, "description": "Chú thích", "title": "Có không"}
    picture = {"imageItem": {"image": {"altText": "Sơ đồ", "sourceUri": PICTURE}}, "title": "Ảnh"}
    form_id = http.form(item, picture)
    asked, shown = http.items(form_id)
    assert list(asked) == ["itemId", "title", "description", "questionItem"]
    found = asked["questionItem"]["question"]
    assert list(found) == ["questionId", "required", "choiceQuestion"]
    assert list(found["choiceQuestion"]) == ["type", "options"]
    assert list(shown) == ["itemId", "title", "imageItem"]
    assert list(shown["imageItem"]["image"]) == ["contentUri", "altText"]
    updated = {**asked, "description": "Khác"}
    http.batch(form_id, update(updated, "description"))
    assert list(http.items(form_id)[0]) == ["itemId", "title", "description", "questionItem"]


def test_a_picture_that_stays_has_a_width(http: Http) -> None:
    """No width only with a new source: it is then the source's own [disc MediaProperties.width]."""
    image = {"sourceUri": PICTURE, "properties": {"width": 0}}
    form_id = http.form({"title": "Ảnh", "imageItem": {"image": image}})
    held = http.items(form_id)[0]["imageItem"]["image"]["contentUri"]
    image = {"contentUri": held, "properties": {"width": 0}}
    error = http.refusal(form_id, update({"imageItem": {"image": image}}, "imageItem"))
    assert error["code"] == 400
