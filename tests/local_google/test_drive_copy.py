"""files.copy: what comes along and what does not (facts C "Drive", 1.11, 3.1, 3.3)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import requests

from cchc_gforms.local_google.serve import Running
from tests.local_google.api import Http, access_token, token_of

SHEET = "application/vnd.google-apps.spreadsheet"
FOLDER = "application/vnd.google-apps.folder"
ANYONE = {"type": "anyone", "role": "reader", "view": "published"}


@pytest.fixture
def wide(google: Running) -> Iterator[Http]:
    """The office with all of Drive in reach."""
    http = Http(google.url, access_token(google.url, "drive"))
    yield http
    http.close()


def copy(http: Http, id: str, body: dict[str, Any] | None = None, query: str = "") -> Any:
    return http.call("POST", f"/drive/v3/files/{id}/copy{query}", body or {})


def upload_question(http: Http, form_id: str, **more: Any) -> dict[str, Any]:
    """As a person adds it in the editor."""
    body = {"form_id": form_id, "title": "Tệp kèm theo", "index": 0, **more}
    answer = requests.post(f"{http.url}/_control/file_upload_question", json=body, timeout=10)
    assert answer.status_code == 200, answer.text
    item: dict[str, Any] = answer.json()
    return item


def test_a_copy_has_four_keys_and_a_name(http: Http) -> None:
    id = http.call("POST", "/drive/v3/files", {"name": "Sổ", "mimeType": SHEET})["id"]
    for body, name in (({}, "Copy of Sổ"), ({"name": None}, "Copy of Sổ"), ({"name": "B"}, "B")):
        made = copy(http, id, body)
        assert list(made) == ["kind", "id", "name", "mimeType"]
        assert (made["name"], made["mimeType"]) == (name, SHEET)
        assert made["id"] != id


def test_tags_come_along_and_are_changed_and_permissions_do_not(http: Http, drive: Any) -> None:
    body = {"name": "A", "appProperties": {"a": "1", "b": "2"}, "properties": {"c": "3"}}
    id = http.call("POST", "/drive/v3/files", {**body, "description": "Mô tả"})["id"]
    reader = {"type": "user", "role": "reader", "emailAddress": "ban@mau.example"}
    http.call("POST", f"/drive/v3/files/{id}/permissions", reader)
    fields = "?fields=appProperties,properties,description,permissions(role)"
    made = copy(http, id, {"appProperties": {"a": None, "d": "4"}}, fields)
    assert made == {
        "appProperties": {"b": "2", "d": "4"},
        "properties": {"c": "3"},
        "description": "Mô tả",
        "permissions": [{"role": "owner"}],
    }


def test_a_copied_form_is_unpublished_and_linked_to_nothing(http: Http) -> None:
    question = {"questionId": "0c000001", "textQuestion": {}}
    form_id = http.form(
        {"itemId": "0c000002", "title": "Tên", "questionItem": {"question": question}}
    )
    http.batch(
        form_id,
        {
            "updateSettings": {
                "settings": {"emailCollectionType": "VERIFIED"},
                "updateMask": "emailCollectionType",
            }
        },
    )
    state = {"publishState": {"isPublished": True, "isAcceptingResponses": True}}
    http.call("POST", f"/v1/forms/{form_id}:setPublishSettings", {"publishSettings": state})
    http.call("POST", f"/drive/v3/files/{form_id}/permissions", ANYONE)
    link(http, form_id)
    original = http.call("GET", f"/v1/forms/{form_id}")
    made = http.call("GET", f"/v1/forms/{copy(http, form_id, {'name': 'Bản sao'})['id']}")
    assert made["items"] == original["items"]
    assert made["settings"] == original["settings"] == {"emailCollectionType": "VERIFIED"}
    assert made["info"] == {"title": "Biểu mẫu mẫu", "documentTitle": "Bản sao"}
    assert made["publishSettings"] == {}
    assert "linkedSheetId" in original
    assert "linkedSheetId" not in made
    assert made["responderUri"] != original["responderUri"]
    shown = f"/drive/v3/files/{made['formId']}/permissions?includePermissionsForView=published"
    assert len(http.call("GET", shown)["permissions"]) == 1


def link(http: Http, form_id: str) -> str:
    """As a person links a form to a new Sheet; its id."""
    with requests.Session() as owner:
        office = {"email": "vanphong@cchc.example", "continue": "/"}
        owner.post(f"{http.url}/signin", data=office, timeout=10)
        owner.post(f"{http.url}/forms/d/{form_id}/link", data={"spreadsheet": "new"}, timeout=10)
    sheet_id: str = http.call("GET", f"/v1/forms/{form_id}")["linkedSheetId"]
    return sheet_id


def test_upload_questions_are_copied_without_their_folder(http: Http) -> None:
    form_id = http.form({"title": "Chữ", "textItem": {}})
    item = upload_question(http, form_id, types=["PDF"], max_files=5)
    asked = item["questionItem"]["question"]["fileUploadQuestion"]
    assert asked.pop("folderId")
    assert asked == {"types": ["PDF"], "maxFiles": 5, "maxFileSize": "10485760"}
    copied, _ = http.items(copy(http, form_id)["id"])
    assert copied["itemId"] == item["itemId"]
    assert copied["questionItem"]["question"] == {
        "questionId": item["questionItem"]["question"]["questionId"],
        "fileUploadQuestion": asked,
    }


def test_around_an_upload_question_everything_can_be_done_and_to_it_nothing(http: Http) -> None:
    form_id = http.form({"title": "A", "textItem": {}}, {"title": "B", "textItem": {}})
    upload_question(http, form_id)
    id = copy(http, form_id)["id"]
    item = http.items(id)[0]
    move = {"moveItem": {"originalLocation": {"index": 2}, "newLocation": {"index": 0}}}
    change = {"title": "A mới", "textItem": {}}
    http.batch(
        id,
        move,
        {"updateItem": {"item": change, "location": {"index": 2}, "updateMask": "title"}},
        {"createItem": {"item": {"title": "C", "textItem": {}}, "location": {"index": 1}}},
    )
    assert [one["title"] for one in http.items(id)] == ["B", "C", "Tệp kèm theo", "A mới"]
    assert http.items(id)[2] == item
    back = {"moveItem": {"originalLocation": {"index": 2}, "newLocation": {"index": 0}}}
    rename = {"item": {**item, "title": "D"}, "location": {"index": 2}, "updateMask": "title"}
    upload = {"question": {"fileUploadQuestion": {"maxFiles": 1}}}
    again = {"item": {"title": "E", "questionItem": upload}, "location": {"index": 0}}
    for request in (back, {"updateItem": rename}, {"createItem": again}):
        assert "file upload questions" in http.refusal(id, request)["message"]
    http.batch(id, {"deleteItem": {"location": {"index": 2}}})
    assert [one["title"] for one in http.items(id)] == ["B", "C", "A mới"]


def test_an_upload_question_is_not_put_in_place_of_another(http: Http) -> None:
    form_id = http.form({"title": "A", "questionItem": {"question": {"textQuestion": {}}}})
    asked = {"fileUploadQuestion": {"maxFiles": 1}}
    wanted = {"title": "A", "questionItem": {"question": asked}}
    request = {"item": wanted, "location": {"index": 0}, "updateMask": "*"}
    assert http.refusal(form_id, {"updateItem": request})["code"] == 400


@pytest.mark.parametrize(
    "wrong",
    [
        {"form_id": "1khong-co"},
        {"title": ""},
        {"index": 7},
        {"types": ["EXE"]},
        {"max_files": 11},
        {"size": 3},
    ],
    ids=repr,
)
def test_the_control_path_of_upload_questions_says_what_is_wrong(
    http: Http, wrong: dict[str, Any]
) -> None:
    body = {"form_id": http.form(), "title": "Tệp", "index": 0, **wrong}
    answer = requests.post(f"{http.url}/_control/file_upload_question", json=body, timeout=10)
    assert answer.status_code == 400


def test_a_spreadsheet_is_copied_with_everything(http: Http) -> None:
    id = http.call("POST", "/drive/v3/files", {"name": "Sổ", "mimeType": SHEET})["id"]
    area = {"sheetId": 0, "startRowIndex": 0, "endRowIndex": 1}
    http.call(
        "POST",
        f"/v4/spreadsheets/{id}:batchUpdate",
        {
            "requests": [
                {"addSheet": {"properties": {"sheetId": 7, "title": "Hai", "hidden": True}}},
                {"mergeCells": {"range": {**area, "endColumnIndex": 2}, "mergeType": "MERGE_ALL"}},
                {
                    "repeatCell": {
                        "range": area,
                        "cell": {"userEnteredFormat": {"textFormat": {"bold": True}}},
                        "fields": "userEnteredFormat.textFormat.bold",
                    }
                },
                {"addProtectedRange": {"protectedRange": {"range": {"sheetId": 7}}}},
                {
                    "createDeveloperMetadata": {
                        "developerMetadata": {
                            "metadataKey": "k",
                            "location": {"sheetId": 7},
                            "visibility": "DOCUMENT",
                        }
                    }
                },
            ]
        },
    )
    path = f"/v4/spreadsheets/{id}/values/A1?valueInputOption=RAW"
    http.call("PUT", path, {"values": [["Đơn vị"]]})
    new = copy(http, id, {"name": "Sổ 2"})["id"]
    before, after = (
        http.call("GET", f"/v4/spreadsheets/{one}?includeGridData=true") for one in (id, new)
    )
    assert after["properties"].pop("title") == "Sổ 2"
    assert before["properties"].pop("title") == "Sổ"
    assert (after["properties"], after["sheets"]) == (before["properties"], before["sheets"])
    http.call("PUT", path.replace(id, new), {"values": [["Khác"]]})
    assert http.call("GET", f"/v4/spreadsheets/{id}/values/A1")["values"] == [["Đơn vị"]]


def test_a_linked_sheet_takes_a_copy_of_its_form_along(http: Http, wide: Http) -> None:
    question = {"questionId": "0c000001", "textQuestion": {}}
    form_id = http.form({"title": "Tên", "questionItem": {"question": question}}, title="Báo cáo")
    sheet_id = link(http, form_id)
    answer_form(wide, form_id, "An")
    new = copy(wide, sheet_id)["id"]
    found = wide.send("GET", "/drive/v3/files", params={"q": "name = 'Copy of Báo cáo'"}).json()
    [form] = found["files"]
    made = wide.call("GET", f"/v1/forms/{form['id']}")
    assert (made["linkedSheetId"], made["publishSettings"]) == (new, {})
    assert http.send("GET", f"/v1/forms/{form['id']}").status_code == 404  # no app made it
    answer_form(wide, form["id"], "Bình")
    assert column(wide, sheet_id) == [["Tên"], ["An"]]
    assert column(wide, new) == [["Tên"], ["An"], ["Bình"]]
    assert len(wide.call("GET", f"/v1/forms/{form['id']}/responses")["responses"]) == 1


def answer_form(http: Http, form_id: str, text: str) -> None:
    state = {"publishState": {"isPublished": True, "isAcceptingResponses": True}}
    http.call("POST", f"/v1/forms/{form_id}:setPublishSettings", {"publishSettings": state})
    http.call("POST", f"/drive/v3/files/{form_id}/permissions", ANYONE)
    uri = http.call("GET", f"/v1/forms/{form_id}")["responderUri"]
    address = uri.replace("/viewform", "/formResponse")
    sent = requests.post(address, data={f"entry.{0x0C000001}": text}, timeout=10)
    assert sent.status_code == 200


def column(http: Http, sheet_id: str) -> list[list[str]]:
    path = f"/v4/spreadsheets/{sheet_id}/values/B1:B9"
    found: list[list[str]] = http.call("GET", path)["values"]
    return found


def test_bytes_are_copied_and_folders_are_not(http: Http) -> None:
    sent = http.session.post(
        f"{http.url}/upload/drive/v3/files?uploadType=media",
        data=b"abc",
        headers={"Content-Type": "text/plain"},
        timeout=10,
    )
    made = copy(http, sent.json()["id"])
    read = http.session.get(f"{http.url}/drive/v3/files/{made['id']}?alt=media", timeout=10)
    assert (read.content, made["mimeType"]) == (b"abc", "text/plain")
    folder = http.call("POST", "/drive/v3/files", {"mimeType": FOLDER})["id"]
    assert http.send("POST", f"/drive/v3/files/{folder}/copy", {}).status_code == 403
    other = http.send("POST", f"/drive/v3/files/{made['id']}/copy", {"mimeType": SHEET})
    assert other.status_code == 400


def test_a_copy_lies_beside_its_source_where_one_may_write(google: Running, wide: Http) -> None:
    folder = wide.call("POST", "/drive/v3/files", {"mimeType": FOLDER})["id"]
    source = wide.call("POST", "/drive/v3/files", {"name": "A", "parents": [folder]})["id"]
    assert copy(wide, source, query="?fields=parents") == {"parents": [folder]}
    root = copy(wide, source, {"parents": ["root"]}, "?fields=parents")["parents"]
    assert root[0].endswith("Uk9PVA")
    reader = {"type": "user", "role": "reader", "emailAddress": "sao@mau.example"}
    wide.call("POST", f"/drive/v3/files/{source}/permissions", reader)
    theirs = Http(google.url, token_of(google.url, "sao@mau.example", "app", "drive"))
    made = copy(theirs, source, query="?fields=parents,ownedByMe,permissions(emailAddress)")
    assert made["ownedByMe"]
    assert made["parents"] != [folder]
    assert made["permissions"] == [{"emailAddress": "sao@mau.example"}]
    theirs.close()
