"""Who may see, edit and answer a file; many Drive calls in one HTTP batch (facts 8.2, A)."""

from __future__ import annotations

import email
from typing import Any

import pytest
import requests
from googleapiclient.errors import HttpError

from cchc_gforms.local_google.serve import Running
from tests.local_google.api import Http, token_of

OFFICE = "vanphong@cchc.example"
SHEET = "application/vnd.google-apps.spreadsheet"
ANYONE = {"type": "anyone", "role": "reader", "view": "published"}
LINK = {"type": "anyone", "role": "reader"}


def responder(address: str) -> dict[str, str]:
    return {"type": "user", "role": "reader", "view": "published", "emailAddress": address}


def granted(drive: Any, id: str, **asked: str) -> list[dict[str, str]]:
    fields = "permissions(type,role,view,emailAddress)"
    found: list[dict[str, str]] = (
        drive.permissions().list(fileId=id, fields=fields, **asked).execute()["permissions"]
    )
    return found


OWNER = {"type": "user", "role": "owner", "emailAddress": OFFICE}


def test_responders_are_told_only_when_asked(drive: Any, http: Http) -> None:
    form_id = http.form()
    for body in (ANYONE, responder("Duyet@mau.example")):
        made = drive.permissions().create(fileId=form_id, body=body, sendNotificationEmail=False)
        assert set(made.execute()) == {"kind", "id", "type", "role"}
    assert granted(drive, form_id) == [OWNER]
    shown = granted(drive, form_id, includePermissionsForView="published")
    assert shown == [OWNER, ANYONE, responder("duyet@mau.example")]
    fields = "permissions(type,role,view,emailAddress)"
    read = drive.files().get(fileId=form_id, fields=fields).execute()
    assert read == {"permissions": [OWNER]}
    read = drive.files().get(fileId=form_id, fields=fields, includePermissionsForView="published")
    assert read.execute()["permissions"] == shown


def test_who_may_answer_a_form_does_not_see_it_in_drive(google: Running, http: Http) -> None:
    form_id, address = http.form(), "truong@mau.example"
    http.call("POST", f"/drive/v3/files/{form_id}/permissions", responder(address))
    school = Http(google.url, token_of(google.url, address, "app", "drive"))
    assert school.call("GET", "/drive/v3/files")["files"] == []
    assert school.send("GET", f"/drive/v3/files/{form_id}").status_code == 404
    assert school.send("GET", f"/v1/forms/{form_id}").status_code == 403
    school.close()


def test_the_same_grant_again_is_the_same_permission(drive: Any, http: Http) -> None:
    form_id = http.form()
    grants = drive.permissions()
    first, second = (grants.create(fileId=form_id, body=ANYONE).execute() for _ in range(2))
    assert first == second
    writer = {"type": "user", "role": "writer", "emailAddress": "ban@mau.example"}
    as_reader = grants.create(fileId=form_id, body={**writer, "role": "reader"}).execute()
    as_writer = grants.create(fileId=form_id, body=writer).execute()
    assert as_writer == {**as_reader, "role": "writer"}


def test_a_revoked_responder_is_gone(drive: Any, http: Http) -> None:
    form_id = http.form()
    made = drive.permissions().create(fileId=form_id, body=ANYONE).execute()
    drive.permissions().delete(fileId=form_id, permissionId=made["id"]).execute()
    assert granted(drive, form_id, includePermissionsForView="published") == [OWNER]
    answer = http.send("DELETE", f"/drive/v3/files/{form_id}/permissions/{made['id']}")
    assert answer.status_code == 404
    message = f"Permission not found: {made['id']}."
    assert answer.json()["error"] == {
        "errors": [{"domain": "global", "reason": "notFound", "message": message}],
        "code": 404,
        "message": message,
    }


def test_an_owner_stays_the_owner(drive: Any, http: Http) -> None:
    form_id = http.form()
    lower = {"type": "user", "role": "reader", "emailAddress": OFFICE}
    made = drive.permissions().create(fileId=form_id, body=lower).execute()
    assert made["role"] == "owner"
    answer = http.send("DELETE", f"/drive/v3/files/{form_id}/permissions/{made['id']}")
    assert answer.status_code == 403
    assert granted(drive, form_id) == [OWNER]


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"type": "user", "role": "reader"}, 400),
        ({"type": "anyone", "role": "reader", "emailAddress": "a@mau.example"}, 400),
        ({"type": "user", "role": "reader", "emailAddress": "không phải"}, 400),
        ({"type": "nobody", "role": "reader"}, 400),
        ({"type": "anyone"}, 400),
        ({"role": "reader"}, 400),
        ({"type": "anyone", "role": "writer", "view": "published"}, 400),
        ({"type": "anyone", "role": "reader", "view": "metadata"}, 400),
        ({"type": "group", "role": "reader", "emailAddress": "a@mau.example"}, 501),
        ({"type": "user", "role": "owner", "emailAddress": "a@mau.example"}, 403),
        ({"type": "domain", "role": "reader", "domain": "không phải"}, 400),
        ({"type": "domain", "role": "reader", "emailAddress": "a@mau.example"}, 400),
    ],
    ids=repr,
)
def test_grants_that_are_refused(drive: Any, http: Http, body: dict[str, str], status: int) -> None:
    form_id = http.form()
    answer = http.send("POST", f"/drive/v3/files/{form_id}/permissions", body)
    assert answer.status_code == status
    assert granted(drive, form_id, includePermissionsForView="published") == [OWNER]


def test_only_a_form_has_responders(http: Http) -> None:
    body = {"name": "Sổ", "mimeType": SHEET}
    sheet_id = http.call("POST", "/drive/v3/files", body)["id"]
    answer = http.send("POST", f"/drive/v3/files/{sheet_id}/permissions", ANYONE)
    assert answer.status_code == 400


def test_a_permission_is_read_and_its_role_changed(drive: Any, http: Http) -> None:
    form_id, grants = http.form(), drive.permissions()
    body = {"type": "user", "role": "reader", "emailAddress": "ban@mau.example"}
    made = grants.create(fileId=form_id, body=body).execute()
    ids = {"fileId": form_id, "permissionId": made["id"]}
    assert grants.get(**ids).execute() == made
    assert grants.get(**ids, fields="emailAddress").execute() == {"emailAddress": "ban@mau.example"}
    changed = grants.update(**ids, body={"role": "writer"}).execute()
    assert changed == {**made, "role": "writer"} == grants.get(**ids).execute()
    with pytest.raises(HttpError) as error:
        grants.get(fileId=form_id, permissionId="0").execute()
    assert (error.value.resp.status, error.value.reason) == (404, "Permission not found: 0.")


@pytest.mark.parametrize(
    ("whose", "query", "body", "reason"),
    [
        ("owner", "", {"role": "writer"}, "insufficientFilePermissions"),
        ("friend", "", {"role": "owner"}, "forbidden"),
        ("friend", "?transferOwnership=true", {"role": "writer"}, "forbidden"),
        (
            "friend",
            "?transferOwnership=true",
            {"role": "owner"},
            "consentRequiredForOwnershipTransfer",
        ),
        ("friend", "", {"role": "reader", "pendingOwner": True}, "invalid"),
        ("friend", "", {"pendingOwner": True}, "invalid"),
        ("anyone", "", {"role": "writer", "pendingOwner": True}, "invalid"),
        ("responder", "", {"role": "writer"}, "invalid"),
        ("friend", "", {"role": "king"}, "invalid"),
        ("friend", "", {"role": "reader", "emailAddress": "a@mau.example"}, "fieldNotWritable"),
        ("friend", "", {"role": "reader", "expirationTime": "x"}, "notImplemented"),
    ],
)
def test_changes_that_are_refused(
    http: Http, whose: str, query: str, body: dict[str, Any], reason: str
) -> None:
    form_id = http.form()
    path = f"/drive/v3/files/{form_id}/permissions"
    friend = {"type": "user", "role": "reader", "emailAddress": "ban@mau.example"}
    made = {
        "friend": http.call("POST", path, friend),
        "anyone": http.call("POST", path, ANYONE if whose == "responder" else LINK),
        "owner": http.call("GET", path)["permissions"][0],
    }
    made["responder"] = made["anyone"]
    before = http.call("GET", f"{path}?fields=*&includePermissionsForView=published")
    answer = http.send("PATCH", f"{path}/{made[whose]['id']}{query}", body)
    assert answer.json()["error"]["errors"][0]["reason"] == reason
    assert http.call("GET", f"{path}?fields=*&includePermissionsForView=published") == before


def test_a_guest_leaves_by_himself_and_changes_nothing(google: Running, http: Http) -> None:
    form_id, guest = http.form(), "khach@mau.example"
    path = f"/drive/v3/files/{form_id}/permissions"
    grant = {"type": "user", "role": "reader", "emailAddress": guest}
    id = http.call("POST", path, grant)["id"]
    theirs = Http(google.url, token_of(google.url, guest, "app", "drive"))
    assert theirs.send("PATCH", f"{path}/{id}", {"role": "writer"}).status_code == 403
    assert theirs.send("DELETE", f"{path}/{id}").status_code == 204
    assert theirs.send("GET", f"/drive/v3/files/{form_id}").status_code == 404
    theirs.close()


def test_a_domain_answers_a_form_that_is_given_to_it(google: Running, http: Http) -> None:
    form_id = http.form()
    state = {"publishState": {"isPublished": True, "isAcceptingResponses": True}}
    http.call("POST", f"/v1/forms/{form_id}:setPublishSettings", {"publishSettings": state})
    grant = {"type": "domain", "role": "reader", "view": "published", "domain": "Mau.example"}
    http.call("POST", f"/drive/v3/files/{form_id}/permissions", grant)
    uri = http.call("GET", f"/v1/forms/{form_id}")["responderUri"]
    for address, status in (("a@mau.example", 200), ("a@khac-mau.example", 403)):
        with requests.Session() as browser:
            browser.post(f"{http.url}/signin", data={"email": address, "continue": "/"}, timeout=10)
            assert browser.get(uri, timeout=10).status_code == status


def test_permissions_come_in_pages(drive: Any, http: Http) -> None:
    form_id, grants = http.form(), drive.permissions()
    for name in "abc":
        body = {"type": "user", "role": "reader", "emailAddress": f"{name}@mau.example"}
        grants.create(fileId=form_id, body=body).execute()
    request, pages = grants.list(fileId=form_id, pageSize=3), []
    while request is not None:
        answer = request.execute()
        pages.append(len(answer["permissions"]))
        request = grants.list_next(request, answer)
    assert pages == [3, 1]
    path = f"/drive/v3/files/{form_id}/permissions"
    for query in ("pageSize=0", "pageSize=101", "pageToken=1"):
        assert http.send("GET", f"{path}?{query}").status_code == 400


# The batch endpoint


def test_parts_of_a_batch_succeed_and_fail_on_their_own(drive: Any, http: Http) -> None:
    form_id = http.form()
    seen: dict[str, tuple[Any, HttpError | None]] = {}
    batch = drive.new_batch_http_request(
        callback=lambda id, answer, error: seen.update({id: (answer, error)})
    )
    grant = drive.permissions().create(fileId=form_id, body=ANYONE, fields="role,view")
    batch.add(grant, request_id="grant")
    batch.add(drive.files().get(fileId="1khong-co"), request_id="missing")
    tag = {"appProperties": {"cchc": "biểu mẫu"}}
    update = drive.files().update(fileId=form_id, body=tag, fields="appProperties")
    batch.add(update, request_id="tag")
    batch.execute()
    assert seen["grant"] == ({"role": "reader", "view": "published"}, None)
    assert seen["tag"] == (tag, None)
    answer, error = seen["missing"]
    assert answer is None
    assert error is not None
    assert (error.resp.status, error.reason) == (404, "File not found: 1khong-co.")
    assert granted(drive, form_id, includePermissionsForView="published") == [OWNER, ANYONE]


def test_a_deletion_in_a_batch_has_no_content(drive: Any, http: Http) -> None:
    form_id = http.form()
    made = drive.permissions().create(fileId=form_id, body=ANYONE).execute()
    errors: list[HttpError | None] = []
    batch = drive.new_batch_http_request(callback=lambda _, __, error: errors.append(error))
    batch.add(drive.permissions().delete(fileId=form_id, permissionId=made["id"]))
    batch.execute()
    assert errors == [None]
    assert granted(drive, form_id, includePermissionsForView="published") == [OWNER]


def send_batch(http: Http, path: str, *parts: str, kind: str = "") -> requests.Response:
    """A batch whose parts are these HTTP requests, their ids counted from 0."""
    whole = "".join(
        f"--cut\r\nContent-Type: application/http\r\nContent-ID: <{number}>\r\n\r\n{part}\r\n"
        for number, part in enumerate(parts)
    )
    return http.session.post(
        http.url + path,
        data=f"{whole}--cut--\r\n".encode(),
        headers={"Content-Type": kind or "multipart/mixed; boundary=cut"},
        timeout=10,
    )


def statuses(answer: requests.Response) -> dict[str, str]:
    """The status line of each part of the answer, by its Content-ID."""
    head = f"Content-Type: {answer.headers['Content-Type']}\r\n\r\n".encode()
    whole = email.message_from_bytes(head + answer.content)
    found = {}
    for part in whole.get_payload():
        assert isinstance(part, email.message.Message)
        assert part["Content-Type"] == "application/http"
        found[part["Content-ID"]] = str(part.get_payload()).splitlines()[0]
    return found


def test_a_part_may_bring_a_token_of_its_own(http: Http) -> None:
    form_id = http.form()
    part = f"GET /drive/v3/files/{form_id} HTTP/1.1\r\n"
    answer = send_batch(
        http, "/batch/drive/v3", f"{part}\r\n", f"{part}Authorization: Bearer none\r\n\r\n"
    )
    assert answer.status_code == 200
    assert statuses(answer) == {
        "<response-0>": "HTTP/1.1 200 OK",
        "<response-1>": "HTTP/1.1 401 Unauthorized",
    }


def test_the_batch_address_of_an_api_takes_no_other(http: Http) -> None:
    part = f"GET /v1/forms/{http.form()} HTTP/1.1\r\n\r\n"
    refused = send_batch(http, "/batch/drive/v3", part)
    assert statuses(refused) == {"<response-0>": "HTTP/1.1 404 Not Found"}
    assert statuses(send_batch(http, "/batch", part)) == {"<response-0>": "HTTP/1.1 200 OK"}
    drive = "GET /drive/v3/about?fields=kind HTTP/1.1\r\n\r\n"
    assert statuses(send_batch(http, "/batch", drive, part)) == {
        "<response-0>": "HTTP/1.1 404 Not Found",
        "<response-1>": "HTTP/1.1 404 Not Found",
    }
    assert statuses(send_batch(http, "/batch", part, drive)) == {
        "<response-0>": "HTTP/1.1 200 OK",
        "<response-1>": "HTTP/1.1 404 Not Found",
    }


def test_a_batch_has_at_most_100_parts(http: Http) -> None:
    part = "GET /drive/v3/about?fields=kind HTTP/1.1\r\n\r\n"
    assert len(statuses(send_batch(http, "/batch/drive/v3", *[part] * 100))) == 100
    assert send_batch(http, "/batch/drive/v3", *[part] * 101).status_code == 400


@pytest.mark.parametrize(
    ("part", "kind"),
    [
        ("", "multipart/mixed; boundary=cut"),
        ("GET\r\n\r\n", "multipart/mixed; boundary=cut"),
        ("GET /drive/v3/about HTTP/1.1\r\n\r\n", "application/json"),
        ("GET /drive/v3/about HTTP/1.1\r\n\r\n", "multipart/mixed"),
    ],
    ids=["empty part", "no address", "no multipart", "no boundary"],
)
def test_a_malformed_batch_is_refused_whole(http: Http, part: str, kind: str) -> None:
    answer = send_batch(http, "/batch/drive/v3", part, kind=kind)
    assert (answer.status_code, answer.text) == (400, "Failed to parse batch request.")


def test_a_form_given_to_nobody_is_seen_by_nobody(google: Running, http: Http) -> None:
    form_id = http.form()
    state = {"publishState": {"isPublished": True, "isAcceptingResponses": True}}
    http.call("POST", f"/v1/forms/{form_id}:setPublishSettings", {"publishSettings": state})
    uri = http.call("GET", f"/v1/forms/{form_id}")["responderUri"]
    before = requests.get(uri, allow_redirects=False, timeout=10)
    assert before.status_code == 302
    assert before.headers["location"].startswith("/signin")
    http.call("POST", f"/drive/v3/files/{form_id}/permissions", ANYONE)
    assert requests.get(uri, allow_redirects=False, timeout=10).status_code == 200


def test_a_permission_has_the_id_of_whoever_it_is_given_to(http: Http) -> None:
    """On every file, and in the person's own resource [disc Permission.id, User.permissionId]."""
    ids, grant = [], {"type": "user", "role": "reader", "emailAddress": "Ban@mau.example"}
    for body in (grant, grant | {"role": "writer"}, grant | {"view": "published"}):
        path = f"/drive/v3/files/{http.form()}/permissions"
        ids.append(http.call("POST", path, body)["id"])
    assert len(set(ids)) == 1
    assert ids[0].isdecimal()
    form_id = http.form()
    path = f"/drive/v3/files/{form_id}/permissions"
    mine = http.call("GET", path)["permissions"][0]["id"]
    assert mine != ids[0]
    assert http.call("GET", "/drive/v3/about?fields=user")["user"]["permissionId"] == mine
    owners = http.call("GET", f"/drive/v3/files/{form_id}?fields=owners")["owners"]
    assert (owners[0]["permissionId"], owners[0]["me"]) == (mine, True)


@pytest.mark.parametrize("body", [ANYONE, LINK])
def test_anyone_is_anyone_with_the_link(http: Http, body: dict[str, str]) -> None:
    path = f"/drive/v3/files/{http.form()}/permissions"
    assert http.call("POST", path, body)["id"] == "anyoneWithLink"
    assert http.send("DELETE", f"{path}/anyoneWithLink").status_code == 204
    assert http.send("DELETE", f"{path}/anyoneWithLink").status_code == 404


def test_of_two_permissions_of_one_person_the_plain_one_is_meant_first(http: Http) -> None:
    path = f"/drive/v3/files/{http.form()}/permissions"
    plain = {"type": "user", "role": "writer", "emailAddress": "ban@mau.example"}
    id = http.call("POST", path, plain)["id"]
    answers = {**plain, "role": "reader", "view": "published"}
    assert http.call("POST", path, answers)["id"] == id
    views = []
    for _ in range(2):
        views.append(http.call("GET", f"{path}/{id}?fields=view"))
        http.send("DELETE", f"{path}/{id}").raise_for_status()
    assert views == [{}, {"view": "published"}]
