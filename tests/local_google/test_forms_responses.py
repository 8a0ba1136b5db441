"""forms.responses.list and get, on responses posted as a browser does (facts 4)."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
import requests

from cchc_gforms.local_google.serve import Running
from tests.local_google.api import Http, access_token, create, refused

Clock = Callable[[str], None]
QUESTION = "0c000001"
ENTRY = f"entry.{0x0C000001}"


def open_form(http: Http, *, email: bool = False) -> tuple[str, str]:
    """A form of one text question that anyone may answer: its id and the address to post to."""
    question = {"questionId": QUESTION, "textQuestion": {}}
    form_id = http.form({"title": "Tên", "questionItem": {"question": question}})
    if email:
        settings = {"emailCollectionType": "RESPONDER_INPUT"}
        http.batch(
            form_id,
            {"updateSettings": {"settings": settings, "updateMask": "emailCollectionType"}},
        )
    state = {"publishState": {"isPublished": True, "isAcceptingResponses": True}}
    http.call("POST", f"/v1/forms/{form_id}:setPublishSettings", {"publishSettings": state})
    grant = {"type": "anyone", "role": "reader", "view": "published"}
    http.call("POST", f"/drive/v3/files/{form_id}/permissions", grant)
    uri = http.call("GET", f"/v1/forms/{form_id}")["responderUri"]
    return form_id, uri.replace("/viewform", "/formResponse")


def submit(address: str, text: str = "", **more: str) -> str:
    """The confirmation page."""
    answers = {ENTRY: text} if text else {}
    answer = requests.post(address, data={**answers, **more}, timeout=10)
    assert answer.status_code == 200, answer.text
    return answer.text


def answered(http: Http, form_id: str, **query: str | int) -> list[str]:
    """The texts of the responses of one page, sorted."""
    answer = http.send("GET", f"/v1/forms/{form_id}/responses", params=query)
    assert answer.status_code == 200, answer.text
    return sorted(text_of(one) for one in answer.json().get("responses", []))


def text_of(response: dict[str, Any]) -> str:
    text: str = response["answers"][QUESTION]["textAnswers"]["answers"][0]["value"]
    return text


def test_no_response_is_an_empty_object(http: Http) -> None:
    form_id, _ = open_form(http)
    answer = http.send("GET", f"/v1/forms/{form_id}/responses")
    assert answer.text == "{}\n"


def test_a_response_as_the_list_has_it(http: Http, clock: Clock) -> None:
    form_id, address = open_form(http, email=True)
    clock("2022-08-01T20:23:28.870191Z")
    submit(address, "An", emailAddress="an@mau.example")
    [response] = http.call("GET", f"/v1/forms/{form_id}/responses")["responses"]
    assert next(iter(response)) == "responseId"
    assert re.fullmatch(r"ACYDBN[ghij][\w-]{64}", response.pop("responseId"))
    assert list(response) == ["createTime", "lastSubmittedTime", "respondentEmail", "answers"]
    assert response == {
        "createTime": "2022-08-01T20:23:28.870Z",
        "lastSubmittedTime": "2022-08-01T20:23:28.870191Z",
        "respondentEmail": "an@mau.example",
        "answers": {
            QUESTION: {
                "questionId": QUESTION,
                "textAnswers": {"answers": [{"value": "An"}]},
            }
        },
    }


def test_what_is_not_there_is_left_out(http: Http) -> None:
    form_id, address = open_form(http)
    submit(address)
    [response] = http.call("GET", f"/v1/forms/{form_id}/responses")["responses"]
    assert list(response) == ["responseId", "createTime", "lastSubmittedTime"]


def test_get_says_which_form_and_list_does_not(http: Http, forms: Any) -> None:
    form_id, address = open_form(http)
    submit(address, "An")
    [listed] = forms.responses().list(formId=form_id).execute()["responses"]
    one = forms.responses().get(formId=form_id, responseId=listed["responseId"]).execute()
    assert one == {"formId": form_id, **listed}
    answer = http.send("GET", f"/v1/forms/{http.form()}/responses/{listed['responseId']}")
    assert answer.status_code == 404
    assert answer.json()["error"]["status"] == "NOT_FOUND"


def test_an_edit_keeps_the_id_and_the_time_of_creation(http: Http, clock: Clock) -> None:
    form_id, address = open_form(http)
    editor = f"/forms/d/{form_id}/settings"
    with requests.Session() as owner:
        office = {"email": "vanphong@cchc.example", "continue": "/"}
        owner.post(f"{http.url}/signin", data=office, timeout=10)
        owner.post(f"{http.url}{editor}", data={"allow_edits": "1"}, timeout=10)
    clock("2022-03-01T01:00:00.000999Z")
    found = re.search(r"edit2=([\w-]+)", submit(address, "Cũ"))
    assert found is not None
    [before] = http.call("GET", f"/v1/forms/{form_id}/responses")["responses"]
    clock("2022-03-02T02:00:00.000001Z")
    submit(f"{address}?edit2={found[1]}", "Mới")
    [after] = http.call("GET", f"/v1/forms/{form_id}/responses")["responses"]
    assert after["responseId"] == before["responseId"]
    assert before["createTime"] == after["createTime"] == "2022-03-01T01:00:00.000Z"
    assert before["lastSubmittedTime"] == "2022-03-01T01:00:00.000999Z"
    assert after["lastSubmittedTime"] == "2022-03-02T02:00:00.000001Z"
    assert text_of(after) == "Mới"


@pytest.fixture(scope="module")
def three(http: Http) -> str:
    """A form with responses at 08:00:00.123456, 09:00 and 10:00."""
    form_id, address = open_form(http)
    for moment in ("08:00:00.123456", "09:00:00", "10:00:00"):
        stamp = {"now": f"2022-03-01T{moment}Z"}
        requests.post(f"{http.url}/_control/clock", json=stamp, timeout=10)
        submit(address, moment[:2])
    requests.post(f"{http.url}/_control/clock", json={"release": True}, timeout=10)
    return form_id


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ("timestamp > 2022-03-01T09:00:00Z", ["10"]),
        ("timestamp >= 2022-03-01T09:00:00Z", ["09", "10"]),
        ("timestamp>=2022-03-01T09:00:00.000Z", ["09", "10"]),
        ("timestamp > 2022-03-01T08:00:00.123456Z", ["09", "10"]),
        ("timestamp >= 2022-03-01T08:00:00.123456Z", ["08", "09", "10"]),
        ("timestamp >= 2022-03-01T08:00:00.123456001Z", ["09", "10"]),
        ("timestamp > 2022-03-01T08:00:00.123455999Z", ["08", "09", "10"]),
        ("timestamp > 2022-03-01T10:00:00Z", []),
    ],
)
def test_the_filter_compares_to_the_nanosecond(
    http: Http, three: str, wanted: str, found: list[str]
) -> None:
    assert answered(http, three, filter=wanted) == found


@pytest.mark.parametrize(
    "wanted",
    [
        "timestamp < 2022-03-01T09:00:00Z",
        "timestamp = 2022-03-01T09:00:00Z",
        "timestamp > 2022-03-01T09:00:00",
        "timestamp > 2022-03-01T09:00:00+07:00",
        "timestamp > 2022-03-01T09:00:00.1234567890Z",
        "timestamp > 2022-03-01Z",
        "timestamp > 20220301T090000Z",
        "timestamp > 2022-13-01T09:00:00Z",
        "timestamp > 2022-03-01T09:00:00Z AND timestamp > 2022-03-01T09:00:00Z",
        "createTime > 2022-03-01T09:00:00Z",
        "timestamp",
    ],
)
def test_any_other_filter_is_refused_even_with_no_response(http: Http, wanted: str) -> None:
    path = f"/v1/forms/{http.form()}/responses"
    answer = http.send("GET", path, params={"filter": wanted})
    assert answer.status_code == 400
    assert answer.json()["error"] == refused(f"Invalid filter: {wanted}")


def test_pages_hold_every_response_once(http: Http, three: str, forms: Any) -> None:
    listing = forms.responses()
    request, pages = listing.list(formId=three, pageSize=2), []
    while request is not None:
        answer = request.execute()
        pages.append([text_of(one) for one in answer["responses"]])
        request = listing.list_next(request, answer)
    assert [len(page) for page in pages] == [2, 1]
    assert sorted(pages[0] + pages[1]) == ["08", "09", "10"]
    assert answered(http, three, pageSize=0) == ["08", "09", "10"]
    assert answered(http, three, pageSize=6000) == ["08", "09", "10"]


def test_the_order_can_be_scrambled_and_pages_still_hold_all(local_google: Running) -> None:
    http = Http(local_google.url, access_token(local_google.url))
    form_id, address = open_form(http)
    sent = [str(number) for number in range(12)]
    for text in sent:
        submit(address, text)

    def listed(**query: Any) -> tuple[list[str], Any]:
        answer = http.send("GET", f"/v1/forms/{form_id}/responses", params=query).json()
        return [text_of(one) for one in answer["responses"]], answer.get("nextPageToken")

    assert listed()[0] == sent[::-1]
    switch = {"scrambled_responses": True}
    requests.post(f"{http.url}/_control/switches", json=switch, timeout=10).raise_for_status()
    scrambled = listed()[0]
    assert sorted(scrambled) == sorted(sent)
    assert scrambled not in (sent, sent[::-1])
    first, token = listed(pageSize=7)
    assert first + listed(pageSize=7, pageToken=token)[0] == scrambled
    http.close()


def test_a_page_can_be_short_and_the_filter_can_compare_first_times(
    local_google: Running,
) -> None:
    """Facts 4.2 and 4.3: Google may do either."""
    http = Http(local_google.url, access_token(local_google.url))
    form_id, address = open_form(http)
    path = f"/v1/forms/{form_id}/responses"
    for text in ("1", "2", "3"):
        submit(address, text)
    switches = {"short_pages": True, "filter_by_creation": True}
    requests.post(f"{http.url}/_control/switches", json=switches, timeout=10).raise_for_status()
    first = http.send("GET", path).json()
    assert len(first["responses"]) == 2
    rest = http.send("GET", path, params={"pageToken": first["nextPageToken"]}).json()
    (oldest,) = rest["responses"]
    assert "nextPageToken" not in rest
    wanted = f"timestamp > {oldest['createTime']}"
    newer = http.send("GET", path, params={"filter": wanted}).json()
    assert oldest["responseId"] not in [one["responseId"] for one in newer.get("responses", ())]
    http.close()


def test_a_page_token_is_good_for_its_form_and_filter_only(http: Http, three: str) -> None:
    wanted = "timestamp >= 2022-03-01T08:00:00Z"
    path = f"/v1/forms/{three}/responses"
    first = http.send("GET", path, params={"filter": wanted, "pageSize": 1}).json()
    token = first["nextPageToken"]
    assert len(answered(http, three, filter=wanted, pageSize=5, pageToken=token)) == 2
    other = "timestamp >= 2022-03-01T09:00:00Z"
    for form_id, query in (
        (three, {"filter": other, "pageToken": token}),
        (three, {"pageToken": token}),
        (http.form(), {"filter": wanted, "pageToken": token}),
        (three, {"filter": wanted, "pageToken": "1"}),
        (three, {"filter": wanted, "pageToken": "không"}),
    ):
        answer = http.send("GET", f"/v1/forms/{form_id}/responses", params=query)
        assert answer.json() == {"error": refused("Invalid page token.")}


@pytest.mark.parametrize(
    ("size", "message"),
    [
        ("-1", "page_size must not be negative"),
        ("hai", "Invalid value at 'page_size' (TYPE_INT32), \"hai\""),
    ],
)
def test_a_page_has_a_size(http: Http, three: str, size: str, message: str) -> None:
    answer = http.send("GET", f"/v1/forms/{three}/responses", params={"pageSize": size})
    assert answer.status_code == 400
    assert answer.json()["error"]["message"] == message


def test_responses_go_with_their_form(http: Http) -> None:
    form_id, address = open_form(http)
    submit(address, "An")
    http.call("DELETE", f"/drive/v3/files/{form_id}")
    assert http.send("GET", f"/v1/forms/{form_id}/responses").status_code == 404
    assert requests.post(address, data={ENTRY: "B"}, timeout=10).status_code == 404


def test_a_form_outlives_the_sheet_it_was_linked_to(http: Http) -> None:
    form_id, address = open_form(http)
    with requests.Session() as owner:
        office = {"email": "vanphong@cchc.example", "continue": "/"}
        owner.post(f"{http.url}/signin", data=office, timeout=10)
        link = f"{http.url}/forms/d/{form_id}/link"
        owner.post(link, data={"spreadsheet": "new"}, timeout=10)
    sheet_id = http.call("GET", f"/v1/forms/{form_id}")["linkedSheetId"]
    submit(address, "An")
    wide = Http(http.url, access_token(http.url, "drive"))
    wide.call("DELETE", f"/drive/v3/files/{sheet_id}")
    wide.close()
    submit(address, "Bình")
    assert "linkedSheetId" not in http.call("GET", f"/v1/forms/{form_id}")
    assert answered(http, form_id) == ["An", "Bình"]
    http.batch(form_id, {"updateFormInfo": {"info": {"title": "B"}, "updateMask": "title"}})


def quiz(http: Http) -> tuple[str, str]:
    """Worth 2 a radio, 3 a box, 0 a drop-down, and a text that nobody can grade."""

    def asked(id: str, kind: str, points: int, *key: str) -> dict[str, Any]:
        options = [{"value": value} for value in ("Một", "Hai", "Ba")]
        answers = {"answers": [{"value": value} for value in key]}
        grading = {"pointValue": points, "correctAnswers": answers}
        choice = {"type": kind, "options": options}
        question = {"questionId": id, "choiceQuestion": choice, "grading": grading}
        return create({"title": id, "questionItem": {"question": question}})

    form_id, address = open_form(http)
    settings = {"quizSettings": {"isQuiz": True}}
    http.batch(
        form_id,
        {"updateSettings": {"settings": settings, "updateMask": "quizSettings.isQuiz"}},
        asked("0c000002", "RADIO", 2, "Một", "Hai"),
        asked("0c000003", "CHECKBOX", 3, "Một", "Hai"),
        asked("0c000004", "DROP_DOWN", 0, "Ba"),
    )
    return form_id, address


RIGHT = {"score": 2, "correct": True}
ALL = {"score": 3, "correct": True}


@pytest.mark.parametrize(
    ("radio", "boxes", "drop", "grades", "score"),
    [
        ("Hai", ["Hai", "Một"], "Ba", [RIGHT, ALL, {"correct": True}], 5),
        ("Ba", ["Một"], "Một", [{}, {}, {}], None),
        ("Một", ["Một", "Hai", "Ba"], "Ba", [RIGHT, {}, {"correct": True}], 2),
        ("", [], "Ba", [None, None, {"correct": True}], None),
    ],
)
def test_a_quiz_is_graded_by_its_keys(
    http: Http,
    radio: str,
    boxes: list[str],
    drop: str,
    grades: list[dict[str, Any] | None],
    score: int | None,
) -> None:
    form_id, address = quiz(http)
    given = {
        ENTRY: "Chữ",
        f"entry.{0x0C000002}": radio,
        f"entry.{0x0C000003}": boxes,
        f"entry.{0x0C000004}": drop,
    }
    assert requests.post(address, data=given, timeout=10).status_code == 200
    [response] = http.call("GET", f"/v1/forms/{form_id}/responses")["responses"]
    assert response.get("totalScore") == score
    answers = response["answers"]
    assert "grade" not in answers[QUESTION]
    ids = ("0c000002", "0c000003", "0c000004")
    assert [answers.get(id, {}).get("grade") for id in ids] == grades


def test_a_form_that_is_no_quiz_grades_nothing(http: Http) -> None:
    form_id, address = quiz(http)
    settings = {"quizSettings": {"isQuiz": False}}
    request = {"updateSettings": {"settings": settings, "updateMask": "quizSettings.isQuiz"}}
    http.batch(form_id, request)
    requests.post(address, data={f"entry.{0x0C000002}": "Một"}, timeout=10)
    [response] = http.call("GET", f"/v1/forms/{form_id}/responses")["responses"]
    assert "totalScore" not in response
    assert "grade" not in response["answers"]["0c000002"]
