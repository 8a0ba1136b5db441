"""files.list: the `q` grammar, what is listed for whom, pages (facts C "Drive")."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from googleapiclient.errors import HttpError

from cchc_gforms.local_google.serve import Running, open_state, running
from tests.local_google.api import Http, access_token, service, token_of

FORM = "application/vnd.google-apps.form"
SHEET = "application/vnd.google-apps.spreadsheet"
FOLDER = "application/vnd.google-apps.folder"


@pytest.fixture(scope="module")
def shelf() -> Iterator[Http]:
    """A Drive of its own with seven files, named in the table below by their letters."""
    state = open_state(None, seed=2)
    with running(state) as server:
        http = Http(server.url, access_token(server.url))
        folder = make(http, "F", FOLDER)
        make(http, "A", FORM, appProperties={"cchc": "form", "cchc_year": "2022"})
        make(http, "B", FORM, appProperties={"cchc": "form", "cchc_year": "2023"})
        make(http, "C", SHEET, appProperties={"k'": "v\\"})
        make(http, "D mẫu'\"\\", SHEET, parents=[folder])
        make(http, "HelloWorld", SHEET)
        trashed = make(http, "T", FORM)
        http.call("PATCH", f"/drive/v3/files/{trashed}", {"trashed": True})
        yield http
        http.close()
    state.close()


def make(http: Http, name: str, mime_type: str, **more: Any) -> str:
    body = {"name": name, "mimeType": mime_type, **more}
    id: str = http.call("POST", "/drive/v3/files", body)["id"]
    return id


def names(http: Http, q: str) -> str:
    """The first letters of the names that are found, in order."""
    answer = http.send("GET", "/drive/v3/files", params={"q": q})
    assert answer.status_code == 200, answer.text
    return "".join(sorted(one["name"][0] for one in answer.json()["files"]))


@pytest.mark.parametrize(
    ("q", "found"),
    [
        ("", "ABCDFHT"),
        ("trashed = false", "ABCDFH"),
        ("trashed=true", "T"),
        ("trashed != true", "ABCDFH"),
        ("not trashed = true", "ABCDFH"),
        (f"mimeType = '{FORM}'", "ABT"),
        (f"mimeType != '{FORM}'", "CDFH"),
        (f'mimeType="{FORM}"', "ABT"),
        ("mimeType contains 'spreadsheet'", "CDH"),
        ("name = 'A'", "A"),
        ("name = 'a'", ""),
        ("name != 'A'", "BCDFHT"),
        (r"name = 'D mẫu\'\"\\'", "D"),
        (r'name = "D mẫu\'\"\\"', "D"),
        ("name contains 'hello'", "H"),
        ("name contains 'World'", ""),
        ("name contains 'mẫu'", "D"),
        ("name contains 'ẫu'", ""),
        ("name = 'A' or name = 'B'", "AB"),
        ("name = 'A' and name = 'B'", ""),
        (f"trashed = false and (mimeType = '{FORM}' or mimeType = '{SHEET}')", "ABCDH"),
        ("name = 'A' or name = 'T' and trashed = true", "T"),  # from left to right
        ("name = 'A' or (name = 'T' and trashed = true)", "AT"),
        ("not name = 'A' and not (name = 'B' or name = 'C')", "DFHT"),
        ("appProperties has { key='cchc' and value='form' }", "AB"),
        (
            "appProperties has {key='cchc' and value='form'} "
            "and appProperties has {key='cchc_year' and value='2022'}",
            "A",
        ),
        ("appProperties has { key='cchc' and value='' }", ""),
        (r"appProperties has { key='k\'' and value='v\\' }", "C"),
        ("'root' in parents", "ABCFHT"),
        ('parents in "root"', "ABCFHT"),
        ("'no-such-folder' in parents", ""),
    ],
)
def test_a_query_finds_what_it_says(shelf: Http, q: str, found: str) -> None:
    assert names(shelf, q) == found


@pytest.mark.parametrize("q", ["'{}' in parents", "parents in '{}'"])
def test_a_folder_is_asked_by_its_id(shelf: Http, q: str) -> None:
    found = shelf.send("GET", "/drive/v3/files", params={"q": "name = 'F'"}).json()["files"]
    assert names(shelf, q.format(found[0]["id"])) == "D"


@pytest.mark.parametrize(
    "q",
    [
        "name",
        "name =",
        "name = A",
        "name = 'A",
        "name > 'A'",
        "titel = 'A'",
        "title = 'A'",
        "trashed = maybe",
        "trashed",
        "trashed = 'true'",
        "trashed > true",
        "name = 'A' and",
        "name = 'A' name = 'B'",
        "name = 'A' && name = 'B'",
        "(name = 'A'",
        "name = 'A')",
        "appProperties has { key='a' }",
        "appProperties = 'a'",
        "'root' in name",
        "not",
        ";",
    ],
)
def test_what_is_no_query_is_an_invalid_value(shelf: Http, q: str) -> None:
    answer = shelf.send("GET", "/drive/v3/files", params={"q": q})
    assert answer.status_code == 400
    one = {"domain": "global", "reason": "invalid", "message": "Invalid Value"}
    assert answer.json() == {"error": {"errors": [one], "code": 400, "message": "Invalid Value"}}


@pytest.mark.parametrize(
    "q",
    [
        "fullText contains 'A'",
        "name = 'A' and starred = true",
        "viewedByMeTime > '2022-01-01T00:00:00'",
        "visibility = 'limited'",
    ],
)
def test_terms_of_google_that_are_not_here_answer_501(shelf: Http, q: str) -> None:
    assert shelf.send("GET", "/drive/v3/files", params={"q": q}).status_code == 501


def test_a_query_too_long_for_an_address_comes_through_the_client(shelf: Http) -> None:
    drive = service(shelf.url, "drive")
    q = " or ".join(f"name = 'Không có {number:04}'" for number in range(200)) + " or name = 'A'"
    found = drive.files().list(q=q, fields="files(name)").execute()
    assert found == {"files": [{"name": "A"}]}
    drive.close()


def test_without_fields_a_list_tells_four_keys_a_file(shelf: Http) -> None:
    answer = shelf.send("GET", "/drive/v3/files", params={"q": "name = 'A'"}).json()
    assert {name: answer[name] for name in ("kind", "incompleteSearch")} == {
        "kind": "drive#fileList",
        "incompleteSearch": False,
    }
    assert [list(one) for one in answer["files"]] == [["kind", "id", "name", "mimeType"]]
    assert "nextPageToken" not in answer


def test_pages_hold_every_file_once(shelf: Http) -> None:
    drive = service(shelf.url, "drive")
    listing, pages = drive.files(), []
    request = listing.list(pageSize=3)
    while request is not None:
        answer = request.execute()
        pages.append([one["name"] for one in answer["files"]])
        request = listing.list_next(request, answer)
    assert [len(page) for page in pages] == [3, 3, 1]
    assert len({name for page in pages for name in page}) == 7
    token = listing.list(pageSize=3).execute()["nextPageToken"]
    with pytest.raises(HttpError) as error:
        listing.list(q="trashed = false", pageToken=token).execute()
    assert error.value.resp.status == 400
    drive.close()


@pytest.mark.parametrize("size", ["0", "1001", "-1"])
def test_a_page_has_1_to_1000_files(shelf: Http, size: str) -> None:
    answer = shelf.send("GET", "/drive/v3/files", params={"pageSize": size})
    assert answer.status_code == 400
    assert answer.json()["error"]["message"] == (
        f"Invalid value '{size}'. Values must be within the range: [1, 1000]"
    )


def test_a_file_shared_by_name_is_listed_and_one_with_a_link_is_not(google: Running) -> None:
    office = Http(google.url, access_token(google.url))
    named, linked = (make(office, name, SHEET) for name in ("Riêng", "Liên kết"))
    friend = "ban-doc@mau.example"
    by_name = {"type": "user", "role": "reader", "emailAddress": friend}
    office.call("POST", f"/drive/v3/files/{named}/permissions", by_name)
    by_link = {"type": "anyone", "role": "reader"}
    office.call("POST", f"/drive/v3/files/{linked}/permissions", by_link)
    theirs = Http(google.url, token_of(google.url, friend, "app", "drive"))
    listed = [one["id"] for one in theirs.call("GET", "/drive/v3/files")["files"]]
    assert listed == [named]
    assert theirs.call("GET", f"/drive/v3/files/{linked}")["name"] == "Liên kết"
    theirs.close()
    office.close()


@pytest.fixture
def dated(local_google: Running) -> Iterator[Http]:
    """Files 10, 2 and a folder X, made on the 1st, 2nd and 3rd of March 2022; 10 changed last.
    And S, another person's, shared with the office."""
    http = Http(local_google.url, access_token(local_google.url, "drive"))
    ids = {}
    for day, (name, kind) in enumerate((("10", SHEET), ("2", FORM), ("X", FOLDER)), 1):
        set_clock(http, f"2022-03-0{day}T00:00:00Z")
        ids[name] = make(http, name, kind, properties={"day": str(day)})
    set_clock(http, "2022-03-04T00:00:00Z")
    http.call("PATCH", f"/drive/v3/files/{ids['10']}", {"description": "Mới"})
    friend = Http(local_google.url, token_of(local_google.url, "ban@mau.example", "app", "drive"))
    set_clock(http, "2022-03-05T00:00:00Z")
    theirs = make(friend, "S", SHEET)
    grant = {"type": "user", "role": "reader", "emailAddress": "vanphong@cchc.example"}
    friend.call("POST", f"/drive/v3/files/{theirs}/permissions", grant)
    friend.close()
    yield http
    http.close()


def set_clock(http: Http, moment: str) -> None:
    http.session.post(f"{http.url}/_control/clock", json={"now": moment}).raise_for_status()


@pytest.mark.parametrize(
    ("q", "found"),
    [
        ("createdTime > '2022-03-02T00:00:00'", "SX"),
        ("createdTime >= '2022-03-02T07:00:00+07:00'", "2SX"),
        ("createdTime = '2022-03-02T00:00:00Z'", "2"),
        ("createdTime != '2022-03-02'", "1SX"),
        ("modifiedTime < '2022-03-04T00:00:00.001Z' and modifiedTime >= '2022-03-03'", "1X"),
        ("modifiedTime <= '2022-03-02T00:00:00'", "2"),
        ("properties has { key='day' and value='2' }", "2"),
        ("appProperties has { key='day' and value='2' }", ""),
        ("'VanPhong@cchc.example' in owners", "12X"),
        ("'ban@mau.example' in owners", "S"),
        ("'me' in owners", "12X"),
        ("not 'me' in writers", "S"),
        ("'vanphong@cchc.example' in writers", "12X"),
        ("'vanphong@cchc.example' in readers", "12SX"),
        ("not 'ban@mau.example' in writers and sharedWithMe = false", "12X"),
        ("sharedWithMe", "S"),
        ("sharedWithMe != true", "12X"),
    ],
)
def test_times_people_and_properties_are_asked_for(dated: Http, q: str, found: str) -> None:
    assert names(dated, q) == found


@pytest.mark.parametrize(
    "q", ["createdTime contains '2022'", "modifiedTime > 'hôm qua'", "sharedWithMe = yes"]
)
def test_what_is_no_time_and_no_truth_is_refused(dated: Http, q: str) -> None:
    assert dated.send("GET", "/drive/v3/files", params={"q": q}).status_code == 400


@pytest.mark.parametrize(
    ("order", "found"),
    [
        ("", ["S", "10", "X", "2"]),
        ("createdTime", ["10", "2", "X", "S"]),
        ("createdTime desc", ["S", "X", "2", "10"]),
        ("modifiedTime", ["2", "X", "10", "S"]),
        ("recency", ["S", "10", "X", "2"]),
        ("name", ["10", "2", "S", "X"]),
        ("name_natural", ["2", "10", "S", "X"]),
        ("folder,name desc", ["X", "S", "2", "10"]),
    ],
)
def test_a_list_comes_in_the_order_asked_for(dated: Http, order: str, found: list[str]) -> None:
    answer = dated.send("GET", "/drive/v3/files", params={"orderBy": order, "pageSize": 3})
    first = answer.json()
    more = {"orderBy": order, "pageToken": first["nextPageToken"]}
    rest = dated.send("GET", "/drive/v3/files", params=more).json()
    assert [one["name"] for one in first["files"] + rest["files"]] == found


@pytest.mark.parametrize("order", ["title", "name up", "name desc desc"])
def test_what_is_no_order_is_refused(dated: Http, order: str) -> None:
    answer = dated.send("GET", "/drive/v3/files", params={"orderBy": order})
    assert answer.status_code == 400
