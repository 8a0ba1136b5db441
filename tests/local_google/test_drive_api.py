"""Drive's files: made, read, changed, deleted, in Drive's own words (facts B, C "Drive")."""

from __future__ import annotations

import re
from typing import Any

import pytest
from googleapiclient.errors import HttpError

from cchc_gforms.local_google.serve import Running
from tests.local_google.api import Http, access_token, token_of

OFFICE = "vanphong@cchc.example"
FORM = "application/vnd.google-apps.form"
SHEET = "application/vnd.google-apps.spreadsheet"
FOLDER = "application/vnd.google-apps.folder"


def drive_error(code: int, reason: str, message: str) -> dict[str, Any]:
    """The whole of Drive's older envelope."""
    one = {"domain": "global", "reason": reason, "message": message}
    return {"error": {"errors": [one], "code": code, "message": message}}


def file(http: Http, name: str = "Tệp", **more: Any) -> str:
    body = {"name": name, "mimeType": SHEET, **more}
    id: str = http.call("POST", "/drive/v3/files", body)["id"]
    return id


def not_found(id: str) -> dict[str, Any]:
    return drive_error(404, "notFound", f"File not found: {id}.")


NO_RIGHT = drive_error(
    403,
    "insufficientFilePermissions",
    "The user does not have sufficient permissions for this file.",
)


@pytest.mark.parametrize(
    ("body", "name", "mime_type"),
    [
        ({"name": "Sổ", "mimeType": SHEET}, "Sổ", SHEET),
        ({"name": "Biểu mẫu", "mimeType": FORM}, "Biểu mẫu", FORM),
        ({"name": "Thư mục", "mimeType": FOLDER}, "Thư mục", FOLDER),
        ({}, "Untitled", "application/octet-stream"),
    ],
)
def test_a_new_file_is_told_by_four_keys(
    drive: Any, body: dict[str, str], name: str, mime_type: str
) -> None:
    made = drive.files().create(body=body).execute()
    assert list(made) == ["kind", "id", "name", "mimeType"]
    assert re.fullmatch(r"1[\w-]{43}", made["id"])
    assert (made["kind"], made["name"], made["mimeType"]) == ("drive#file", name, mime_type)
    assert drive.files().get(fileId=made["id"]).execute() == made


def test_a_form_made_by_drive_is_a_form(drive: Any, forms: Any) -> None:
    made = drive.files().create(body={"name": "A", "mimeType": FORM}).execute()
    assert forms.get(formId=made["id"]).execute()["info"]["documentTitle"] == "A"


def test_times_version_and_owner_are_told_when_asked(
    drive: Any, http: Http, clock: Any, google: Running
) -> None:
    clock("2022-02-17T01:02:03.456789Z")
    id = file(http)
    clock("2022-02-18T00:00:00Z")
    drive.files().update(fileId=id, body={"name": "Mới"}).execute()
    read = drive.files().get(fileId=id, fields="*").execute()
    assert read.pop("permissions") == [
        {
            "kind": "drive#permission",
            "id": read_permission(drive, id),
            "type": "user",
            "role": "owner",
            "emailAddress": OFFICE,
        }
    ]
    owner = {
        "kind": "drive#user",
        "displayName": "Văn phòng (tài khoản mẫu)",
        "me": True,
        "permissionId": read_permission(drive, id),
    }
    assert read == {
        "kind": "drive#file",
        "id": id,
        "name": "Mới",
        "mimeType": SHEET,
        "trashed": False,
        "explicitlyTrashed": False,
        "starred": False,
        "spaces": ["drive"],
        "shared": False,
        "capabilities": {
            "canEdit": True,
            "canModifyContent": True,
            "canRename": True,
            "canShare": True,
            "canComment": True,
            "canDelete": True,
            "canTrash": True,
            "canUntrash": True,
            "canCopy": True,
            "canDownload": True,
            "canAddChildren": False,
            "canListChildren": False,
        },
        "version": "2",
        "createdTime": "2022-02-17T01:02:03.456Z",
        "modifiedTime": "2022-02-18T00:00:00.000Z",
        "ownedByMe": True,
        "owners": [{**owner, "emailAddress": OFFICE}],
        "webViewLink": f"{google.url}/spreadsheets/d/{id}/edit",
    }


def read_permission(drive: Any, id: str) -> str:
    [one] = drive.permissions().list(fileId=id).execute()["permissions"]
    found: str = one["id"]
    return found


@pytest.mark.parametrize(
    ("fields", "keys"),
    [
        ("id", {"id"}),
        ("id, name", {"id", "name"}),
        ("owners/emailAddress", {"owners"}),
        ("owners(emailAddress,me),id", {"owners", "id"}),
        ("appProperties/cchc", {"appProperties"}),
    ],
)
def test_a_mask_takes_what_it_names(drive: Any, http: Http, fields: str, keys: set[str]) -> None:
    id = file(http, appProperties={"cchc": "form", "khac": "1"})
    read = drive.files().get(fileId=id, fields=fields).execute()
    assert set(read) == keys
    told = {"emailAddress", "me"} if "(" in fields else {"emailAddress"}
    assert [set(one) for one in read.get("owners", [])] == [told] * ("owners" in keys)
    assert [one["emailAddress"] for one in read.get("owners", [])] in ([], [OFFICE])
    assert read.get("appProperties") in (None, {"cchc": "form"})


@pytest.mark.parametrize(
    ("fields", "unknown"),
    [("titel", "titel"), ("id,owners/email", "owners/email"), ("name/first", "name/first")],
)
def test_a_mask_of_what_is_not_there_is_refused(http: Http, fields: str, unknown: str) -> None:
    answer = http.send("GET", f"/drive/v3/files/{file(http)}", params={"fields": fields})
    assert answer.status_code == 400
    message = f"Invalid field selection {unknown}"
    assert answer.json() == drive_error(400, "invalidParameter", message)


def test_forms_and_sheets_refuse_a_mask_in_their_own_words(http: Http) -> None:
    answer = http.send("GET", f"/v1/forms/{http.form()}", params={"fields": "items(titel)"})
    assert answer.json()["error"] == {
        "code": 400,
        "message": "Request contains an invalid argument.",
        "status": "INVALID_ARGUMENT",
        "details": [
            {
                "@type": "type.googleapis.com/google.rpc.BadRequest",
                "fieldViolations": [
                    {
                        "field": "items(titel)",
                        "description": "Error expanding 'fields' parameter. Cannot find matching "
                        "fields for path 'items.titel'.",
                    }
                ],
            }
        ],
    }


@pytest.mark.parametrize("fields", ["id,", "id,,name", "owners(", "owners(id", "id)", "a b("])
def test_what_is_no_mask_is_refused(http: Http, fields: str) -> None:
    answer = http.send("GET", f"/drive/v3/files/{file(http)}", params={"fields": fields})
    assert answer.status_code == 400


def test_renaming_reaches_the_form_and_the_spreadsheet(drive: Any, http: Http) -> None:
    form_id, sheet_id = http.form(title="A"), file(http)
    for id in (form_id, sheet_id):
        drive.files().update(fileId=id, body={"name": "Tên mới"}).execute()
    info = http.call("GET", f"/v1/forms/{form_id}")["info"]
    assert info == {"title": "A", "documentTitle": "Tên mới"}
    read = http.call("GET", f"/v4/spreadsheets/{sheet_id}?fields=properties.title")
    assert read == {"properties": {"title": "Tên mới"}}


# appProperties


def tags(drive: Any, id: str) -> dict[str, str]:
    found: dict[str, str] = (
        drive.files().get(fileId=id, fields="appProperties").execute().get("appProperties", {})
    )
    return found


def test_properties_are_merged_and_null_takes_one_away(drive: Any, http: Http) -> None:
    id = file(http, appProperties={"a": "1", "b": "2"})
    for body, wanted in (
        ({"b": "3", "c": "4"}, {"a": "1", "b": "3", "c": "4"}),
        ({"a": None, "khong": None}, {"b": "3", "c": "4"}),
        ({}, {"b": "3", "c": "4"}),
    ):
        drive.files().update(fileId=id, body={"appProperties": body}).execute()
        assert tags(drive, id) == wanted


def test_a_pair_has_at_most_124_bytes(drive: Any, http: Http) -> None:
    id = file(http)
    fits = "ữ" * 41  # three bytes each, and the key one
    drive.files().update(fileId=id, body={"appProperties": {"k": fits}}).execute()
    with pytest.raises(HttpError) as error:
        drive.files().update(fileId=id, body={"appProperties": {"k": fits + "x"}}).execute()
    assert error.value.resp.status == 403
    assert tags(drive, id) == {"k": fits}


def test_an_app_has_at_most_30_properties(drive: Any, http: Http) -> None:
    id = file(http, appProperties={f"k{number}": "" for number in range(30)})
    with pytest.raises(HttpError) as error:
        drive.files().update(fileId=id, body={"appProperties": {"one": "more"}}).execute()
    assert error.value.resp.status == 403
    swap = {"appProperties": {"one": "more", "k0": None}}
    drive.files().update(fileId=id, body=swap).execute()
    assert len(tags(drive, id)) == 30


def test_properties_are_private_to_the_app(google: Running, http: Http) -> None:
    id = file(http, appProperties={"cchc": "form"})
    other = Http(google.url, token_of(google.url, OFFICE, "other", "drive"))
    path = f"/drive/v3/files/{id}?fields=appProperties"
    assert other.call("GET", path) == {}
    other.call("PATCH", f"/drive/v3/files/{id}", {"appProperties": {"cchc": "khác"}})
    assert other.call("GET", path) == {"appProperties": {"cchc": "khác"}}
    assert http.call("GET", path) == {"appProperties": {"cchc": "form"}}
    q = "appProperties has { key='cchc' and value='form' }"
    found = other.send("GET", "/drive/v3/files", params={"q": q}).json()["files"]
    assert id not in {one["id"] for one in found}
    other.close()


# What is refused


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ({"id": "x"}, "fieldNotWritable"),
        ({"version": "7"}, "fieldNotWritable"),
        ({"parents": ["x"]}, "fieldNotWritable"),
        ({"starred": True}, "notImplemented"),
        ({"writersCanShare": False}, "notImplemented"),
    ],
)
def test_what_cannot_be_written_is_not_passed_over(
    http: Http, body: dict[str, Any], reason: str
) -> None:
    answer = http.send("PATCH", f"/drive/v3/files/{file(http)}", {"name": "Mới", **body})
    assert answer.json()["error"]["errors"][0]["reason"] == reason


def test_fields_that_drive_does_not_know_are_passed_over(http: Http) -> None:
    made = http.call("POST", "/drive/v3/files", {"name": "A", "titel": "B"})
    assert made["name"] == "A"


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/drive/v3/files/generateIds"),
        ("POST", "/drive/v3/files/{id}/copy?copyComments=true"),
        ("GET", "/drive/v3/files?orderBy=starred"),
        ("GET", "/drive/v3/files/{id}/revisions"),
        ("GET", "/drive/v2/files"),
    ],
)
def test_what_is_not_here_yet_answers_501(http: Http, method: str, path: str) -> None:
    body: dict[str, Any] | None = None if method == "GET" else {}
    answer = http.send(method, path.format(id=file(http)), body)
    assert answer.status_code == 501
    assert answer.json()["error"]["status"] == "UNIMPLEMENTED"


def test_a_parent_is_a_folder_that_is_there(drive: Any, http: Http) -> None:
    folder = file(http, mimeType=FOLDER)
    child = file(http, parents=[folder])
    read = drive.files().get(fileId=child, fields="parents").execute()
    assert read == {"parents": [folder]}
    answer = http.send("POST", "/drive/v3/files", {"parents": ["khong-co"]})
    assert answer.json() == not_found("khong-co")
    for parents in ([child], [folder, folder]):
        assert http.send("POST", "/drive/v3/files", {"parents": parents}).status_code == 400


def test_about_names_the_user_and_wants_fields(drive: Any, http: Http) -> None:
    about = drive.about().get(fields="user(displayName,emailAddress,me)").execute()
    assert about == {
        "user": {
            "displayName": "Văn phòng (tài khoản mẫu)",
            "emailAddress": OFFICE,
            "me": True,
        }
    }
    answer = http.send("GET", "/drive/v3/about")
    assert answer.status_code == 400
    assert answer.json() == drive_error(
        400, "required", "The 'fields' parameter is required for this method."
    )


def test_a_description_and_properties_for_all_apps_are_kept(google: Running, http: Http) -> None:
    id = file(http, description="Mô tả", properties={"a": "1", "b": "2"})
    http.call("PATCH", f"/drive/v3/files/{id}", {"properties": {"a": None, "c": "3"}})
    other = Http(google.url, token_of(google.url, OFFICE, "other", "drive"))
    path = f"/drive/v3/files/{id}?fields=description,properties"
    wanted = {"properties": {"b": "2", "c": "3"}, "description": "Mô tả"}
    assert other.call("GET", path) == http.call("GET", path) == wanted
    other.close()


def test_a_file_is_in_one_folder_at_a_time(google: Running) -> None:
    wide = Http(google.url, access_token(google.url, "drive"))
    first, second, id = (file(wide, mimeType=kind) for kind in (FOLDER, FOLDER, SHEET))
    path = f"/drive/v3/files/{id}"
    [root] = wide.call("GET", f"{path}?fields=parents")["parents"]
    assert re.fullmatch(r"0A[\w-]{11}Uk9PVA", root)
    refused = wide.send("PATCH", f"{path}?addParents={first}", {})
    assert refused.status_code == 403
    assert refused.json()["error"]["errors"][0]["reason"] == "cannotAddParent"
    for old, new in ((root, first), (first, second), (second, "root")):
        moved = f"{path}?addParents={new}&removeParents={old}&fields=parents"
        shown = [root if new == "root" else new]
        assert wide.call("PATCH", moved, {}) == {"parents": shown}
    loop = wide.send("PATCH", f"/drive/v3/files/{first}?addParents={first}&removeParents=root", {})
    assert loop.status_code == 400
    wide.close()


def test_my_drive_is_a_folder_that_lies_in_nothing(google: Running, http: Http) -> None:
    wide = Http(google.url, access_token(google.url, "drive"))
    root = wide.call("GET", "/drive/v3/files/root?fields=id,name,mimeType,parents")
    id = root.pop("id")
    assert root == {"name": "My Drive", "mimeType": FOLDER}
    made = wide.call("POST", "/drive/v3/files?fields=parents", {"name": "x", "mimeType": SHEET})
    assert made["parents"] == [id]
    assert wide.call("GET", f"/drive/v3/files/{id}") == wide.call("GET", "/drive/v3/files/root")
    assert http.send("GET", "/drive/v3/files/root").status_code == 404  # drive.file: not the app's
    wide.close()


# Trash and the end


def test_a_folder_is_trashed_and_comes_back_with_what_lies_in_it(http: Http) -> None:
    folder = file(http, mimeType=FOLDER)
    inner = file(http, mimeType=FOLDER, parents=[folder])
    leaf, alone = file(http, parents=[inner]), file(http, parents=[inner])
    http.call("PATCH", f"/drive/v3/files/{alone}", {"trashed": True})

    def shown() -> list[tuple[bool, bool]]:
        query = "?fields=trashed,explicitlyTrashed"
        found = [http.call("GET", f"/drive/v3/files/{id}{query}") for id in (folder, leaf, alone)]
        return [(one["trashed"], one["explicitlyTrashed"]) for one in found]

    assert shown() == [(False, False), (False, False), (True, True)]
    http.call("PATCH", f"/drive/v3/files/{folder}", {"trashed": True})
    assert shown() == [(True, True), (True, False), (True, True)]
    http.call("PATCH", f"/drive/v3/files/{leaf}", {"name": "Mới"})
    http.call("PATCH", f"/drive/v3/files/{folder}", {"trashed": False})
    assert shown() == [(False, False), (False, False), (True, True)]


def test_google_documents_of_other_kinds_are_named(http: Http) -> None:
    body = {"mimeType": "application/vnd.google-apps.document"}
    answer = http.send("POST", "/drive/v3/files", body)
    assert answer.status_code == 501
    assert "application/vnd.google-apps.document" in answer.json()["error"]["message"]


def test_a_folder_takes_what_lies_in_it_along(http: Http) -> None:
    folder = file(http, mimeType=FOLDER)
    inner = file(http, mimeType=FOLDER, parents=[folder])
    leaf = file(http, parents=[inner])
    http.call("DELETE", f"/drive/v3/files/{folder}")
    assert http.send("GET", f"/drive/v3/files/{leaf}").status_code == 404


def test_the_trash_is_emptied_of_what_is_in_it(google: Running) -> None:
    state = {"trashed": True}
    wide = Http(google.url, token_of(google.url, "kho@mau.example", "app", "drive"))
    kept, gone = file(wide), file(wide)
    wide.call("PATCH", f"/drive/v3/files/{gone}", state)
    answer = wide.send("DELETE", "/drive/v3/files/trash")
    assert answer.status_code == 204
    assert wide.send("GET", f"/drive/v3/files/{gone}").status_code == 404
    assert wide.send("GET", f"/v4/spreadsheets/{gone}").status_code == 404
    assert wide.call("GET", f"/drive/v3/files/{kept}")["id"] == kept
    wide.close()


def test_deleting_answers_204_and_the_file_is_gone(http: Http) -> None:
    form_id = http.form()
    answer = http.send("DELETE", f"/drive/v3/files/{form_id}")
    assert (answer.status_code, answer.text) == (204, "")
    assert answer.headers["Content-Type"].startswith("text/html")
    again = http.send("DELETE", f"/drive/v3/files/{form_id}")
    assert (again.status_code, again.json()) == (404, not_found(form_id))
    assert http.send("GET", f"/v1/forms/{form_id}").status_code == 404


def test_a_trashed_file_is_still_read_and_comes_back(drive: Any, http: Http) -> None:
    id = file(http)
    for trashed in (True, False):
        drive.files().update(fileId=id, body={"trashed": trashed}).execute()
        read = drive.files().get(fileId=id, fields="trashed").execute()
        assert read == {"trashed": trashed}


# Whose it is


def test_the_file_of_another_person_is_not_found(google: Running, http: Http) -> None:
    id = file(http)
    stranger = Http(google.url, token_of(google.url, "la@mau.example", "app", "drive"))
    for method, body in (("GET", None), ("PATCH", {"name": "B"}), ("DELETE", None)):
        answer = stranger.send(method, f"/drive/v3/files/{id}", body)
        assert (answer.status_code, answer.json()) == (404, not_found(id))
    stranger.close()


def test_a_reader_may_not_rename_and_a_writer_may_not_delete(google: Running, http: Http) -> None:
    id, friend = file(http), "ban@mau.example"
    theirs = Http(google.url, token_of(google.url, friend, "app", "drive"))
    path = f"/drive/v3/files/{id}"
    share(http, id, role="reader", emailAddress=friend)
    assert theirs.call("GET", f"{path}?fields=ownedByMe,permissions") == {"ownedByMe": False}
    shown = theirs.call("GET", f"{path}?fields=shared,capabilities(canEdit,canCopy,canDelete)")
    able = {"canEdit": False, "canDelete": False, "canCopy": True}
    assert shown == {"shared": True, "capabilities": able}
    refused = theirs.send("PATCH", path, {"name": "B"})
    assert (refused.status_code, refused.json()) == (403, NO_RIGHT)
    share(http, id, role="writer", emailAddress=friend)
    assert theirs.call("PATCH", path, {"name": "B"})["name"] == "B"
    assert theirs.send("DELETE", path).json() == NO_RIGHT
    assert theirs.send("PATCH", path, {"trashed": True}).json() == NO_RIGHT
    theirs.close()


def share(http: Http, id: str, **grant: str) -> dict[str, str]:
    body = {"type": "user" if "emailAddress" in grant else "anyone", **grant}
    made: dict[str, str] = http.call("POST", f"/drive/v3/files/{id}/permissions", body)
    return made


def test_with_drive_file_an_app_has_only_what_it_made(google: Running, http: Http) -> None:
    id = file(http)
    other = Http(google.url, token_of(google.url, OFFICE, "other", "drive.file"))
    assert other.send("GET", f"/drive/v3/files/{id}").json() == not_found(id)
    own = file(other, "Của tôi")
    listed = other.call("GET", "/drive/v3/files")["files"]
    assert own in {one["id"] for one in listed}
    assert id not in {one["id"] for one in listed}
    other.close()
    wide = Http(google.url, access_token(google.url, "drive"))
    found = {one["id"] for one in wide.call("GET", "/drive/v3/files?pageSize=1000")["files"]}
    assert {id, own} <= found
    wide.close()
