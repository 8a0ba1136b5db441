"""forms.create and forms.get (facts 1 and 2.7)."""

from __future__ import annotations

import re
from typing import Any

import pytest
from googleapiclient.errors import HttpError

from cchc_gforms.local_google.serve import Running
from tests.local_google.api import Http, access_token, refused, token_of

ONLY_TITLE = (
    "Only info.title can be set when creating a form. "
    "To add items and change settings, use batchUpdate."
)
NO_TITLE = "info.title was not provided"


def test_a_new_form_is_empty_and_unpublished(google: Running, forms: Any) -> None:
    info = {"title": "Kế hoạch CCHC", "documentTitle": "ke-hoach-2022"}
    made = forms.create(body={"info": info}).execute()
    form_id, uri = made.pop("formId"), made.pop("responderUri")
    assert re.fullmatch(r"1[\w-]{43}", form_id)
    assert re.fullmatch(re.escape(google.url) + r"/forms/d/e/1FAIpQLS[\w-]{48}/viewform", uri)
    assert re.fullmatch(r"[0-9a-f]{8}", made.pop("revisionId"))
    assert made == {
        "info": info,
        "settings": {"emailCollectionType": "DO_NOT_COLLECT"},
        "publishSettings": {},
    }
    read = forms.get(formId=form_id).execute()
    assert read["formId"] == form_id
    assert read["responderUri"] == uri
    assert "items" not in read


def test_keys_come_in_the_order_of_real_forms(http: Http) -> None:
    form_id = http.form({"textItem": {}})
    assert list(http.call("GET", f"/v1/forms/{form_id}")) == [
        "formId",
        "info",
        "settings",
        "revisionId",
        "responderUri",
        "items",
        "publishSettings",
    ]


@pytest.mark.parametrize("asked", ["?unpublished=true", "?unpublished=false", ""])
def test_a_form_is_unpublished_whatever_is_asked(http: Http, asked: str) -> None:
    made = http.call("POST", f"/v1/forms{asked}", {"info": {"title": "A"}})
    assert made["publishSettings"] == {}


def test_without_a_document_title_the_file_is_untitled(http: Http, drive: Any) -> None:
    made = http.call("POST", "/v1/forms", {"info": {"title": "A"}})
    assert made["info"] == {"title": "A", "documentTitle": "Untitled form"}
    assert drive.files().get(fileId=made["formId"]).execute()["name"] == "Untitled form"


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ({"info": {"title": "A", "description": "B"}}, ONLY_TITLE),
        ({"info": {"title": "A"}, "items": [{"textItem": {}}]}, ONLY_TITLE),
        ({"info": {"title": "A"}, "settings": {"quizSettings": {"isQuiz": True}}}, ONLY_TITLE),
        ({"info": {"title": "A"}, "formId": "x"}, ONLY_TITLE),
        ({"info": {"title": ""}}, NO_TITLE),
        ({"info": {"documentTitle": "B"}}, NO_TITLE),
        ({"info": {"title": None}}, NO_TITLE),
        ({}, NO_TITLE),
        ({"info": {"title": "A\nB"}}, "Displayed text cannot contain newlines"),
    ],
)
def test_only_titles_are_taken(http: Http, body: dict[str, Any], message: str) -> None:
    answer = http.send("POST", "/v1/forms", body)
    assert answer.status_code == 400
    assert answer.json() == {"error": refused(message)}
    assert answer.headers["Content-Type"] == "application/json; charset=UTF-8"


def test_the_client_shows_the_refusal_as_it_does_with_google(google: Running, forms: Any) -> None:
    with pytest.raises(HttpError) as error:
        forms.create(body={"info": {"title": "A", "description": "B"}}).execute()
    assert str(error.value) == (
        f"<HttpError 400 when requesting {google.url}/v1/forms?alt=json returned "
        f'"{ONLY_TITLE}". Details: "{ONLY_TITLE}">'
    )


def test_an_unknown_or_a_public_id_is_not_found(http: Http) -> None:
    form = http.call("GET", f"/v1/forms/{http.form()}")
    public_id = form["responderUri"].split("/")[-2]
    for id in ("1" + "x" * 43, public_id):
        answer = http.send("GET", f"/v1/forms/{id}")
        assert answer.status_code == 404
        assert answer.json() == {
            "error": {
                "code": 404,
                "message": "Requested entity was not found.",
                "status": "NOT_FOUND",
            }
        }


def test_a_form_of_another_person_is_there_but_forbidden(google: Running, http: Http) -> None:
    form_id = http.form()
    stranger = Http(google.url, token_of(google.url, "la@mau.example", "app", "forms.body"))
    for method, path, body in (
        ("GET", f"/v1/forms/{form_id}", None),
        ("POST", f"/v1/forms/{form_id}:batchUpdate", {"requests": [{"deleteItem": {}}]}),
    ):
        answer = stranger.send(method, path, body)
        assert answer.status_code == 403
        assert answer.json()["error"] == {
            "code": 403,
            "message": "The caller does not have permission",
            "status": "PERMISSION_DENIED",
        }
    stranger.close()


def test_a_reader_may_read_but_neither_change_nor_see_responses(
    google: Running, http: Http, drive: Any
) -> None:
    form_id, reader = http.form(), "doc@mau.example"
    grant = {"type": "user", "role": "reader", "emailAddress": reader}
    drive.permissions().create(fileId=form_id, body=grant).execute()
    theirs = Http(google.url, token_of(google.url, reader, "app", "drive"))
    assert theirs.send("GET", f"/v1/forms/{form_id}").status_code == 200
    batch = {"requests": [{"createItem": {"item": {"textItem": {}}, "location": {"index": 0}}}]}
    assert theirs.send("POST", f"/v1/forms/{form_id}:batchUpdate", batch).status_code == 403
    assert theirs.send("GET", f"/v1/forms/{form_id}/responses").status_code == 403
    theirs.close()


def test_with_drive_file_the_form_of_another_app_is_not_there(google: Running, http: Http) -> None:
    form_id, office = http.form(), "vanphong@cchc.example"
    other = Http(google.url, token_of(google.url, office, "other", "drive.file"))
    assert other.send("GET", f"/v1/forms/{form_id}").status_code == 404
    other.close()
    wide = Http(google.url, token_of(google.url, office, "other", "forms.body"))
    assert wide.send("GET", f"/v1/forms/{form_id}").status_code == 200
    wide.close()


def test_what_is_not_here_says_so_by_name(http: Http) -> None:
    answer = http.send("POST", f"/v1/forms/{http.form()}/watches", {})
    assert answer.status_code == 501
    assert answer.json()["error"] == {
        "code": 501,
        "message": "The local Google does not implement forms.forms.watches.create.",
        "status": "UNIMPLEMENTED",
    }


@pytest.mark.parametrize(
    ("scope", "get", "create", "responses"),
    [
        ("drive", 200, 200, 200),
        ("drive.file", 200, 200, 200),
        ("drive.readonly", 200, 403, 403),
        ("forms.body", 200, 200, 403),
        ("forms.body.readonly", 200, 403, 403),
        ("forms.responses.readonly", 403, 403, 200),
        ("spreadsheets", 403, 403, 403),
    ],
)
def test_each_scope_opens_what_google_says(
    google: Running, http: Http, scope: str, get: int, create: int, responses: int
) -> None:
    form_id = http.form()
    scoped = Http(google.url, access_token(google.url, scope))
    assert scoped.send("GET", f"/v1/forms/{form_id}").status_code == get
    made = scoped.send("POST", "/v1/forms", {"info": {"title": "A"}})
    assert made.status_code == create
    assert scoped.send("GET", f"/v1/forms/{form_id}/responses").status_code == responses
    scoped.close()
