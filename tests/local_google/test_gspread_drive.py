"""gspread's own Drive: lists, copies, exports, imports, shares; unmodified but for the host."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import gspread
import pytest
import requests
from google.oauth2.credentials import Credentials
from gspread.utils import ExportFormat

from cchc_gforms.google.address import Address
from cchc_gforms.google.client import Google
from cchc_gforms.google.credentials import Identity
from cchc_gforms.local_google.serve import Running
from tests.local_google.api import access_token, token_of

OFFICE, FRIEND = "vanphong@cchc.example", "ban@mau.example"
Client = Callable[[str], gspread.Client]


@pytest.fixture
def client(local_google: Running) -> Iterator[Client]:
    """A person's gspread, with all of Drive in its scope."""
    url = local_google.url
    opened: list[gspread.Client] = []

    class Local(gspread.HTTPClient):
        def request(self, method: str, endpoint: str, *rest: Any, **more: Any) -> requests.Response:
            for host in ("https://sheets.googleapis.com", "https://www.googleapis.com"):
                if endpoint.startswith(host):
                    endpoint = url + endpoint[len(host) :]
            return super().request(method, endpoint, *rest, **more)

    def of(email: str) -> gspread.Client:
        own = email == OFFICE
        token = access_token(url, "drive") if own else token_of(url, email, "app", "drive")
        made = gspread.authorize(Credentials(token), http_client=Local)
        opened.append(made)
        return made

    yield of
    for one in opened:
        one.http_client.session.close()


def test_spreadsheets_are_listed_opened_and_deleted(client: Client) -> None:
    office = client(OFFICE)
    made = office.create("Sổ theo dõi")
    office.create("Khác")
    assert {one["name"] for one in office.list_spreadsheet_files()} == {"Sổ theo dõi", "Khác"}
    [one] = office.list_spreadsheet_files("Sổ theo dõi")
    assert set(one) == {"id", "name", "createdTime", "modifiedTime"}
    assert office.open("Sổ theo dõi").id == made.id
    assert made.creationTime == one["createdTime"]
    assert made.get_lastUpdateTime() == one["modifiedTime"]
    office.del_spreadsheet(made.id)
    with pytest.raises(gspread.SpreadsheetNotFound):
        office.open("Sổ theo dõi")
    with pytest.raises(gspread.SpreadsheetNotFound):
        office.open_by_key(made.id)


def test_what_is_not_ones_own_is_a_permission_error(client: Client) -> None:
    made = client(OFFICE).create("Riêng")
    with pytest.raises(PermissionError):
        client(FRIEND).open_by_key(made.id)


def test_a_copy_has_the_cells_the_comments_and_no_permissions(client: Client) -> None:
    office = client(OFFICE)
    made = office.create("Sổ")
    made.sheet1.update([["Đơn vị", 1]], "A1")
    made.share(FRIEND, perm_type="user", role="reader", notify=False)
    theirs, url = client(FRIEND), "https://www.googleapis.com/drive/v3/files/%s/comments"
    params: dict[str, Any] = {"fields": "id"}
    body = {"content": "Xem lại", "anchor": "A1"}
    office.http_client.request("post", url % made.id, json=body, params=params)
    with pytest.raises(gspread.exceptions.APIError) as error:
        theirs.http_client.request("post", url % made.id, json=body, params=params)
    assert error.value.code == 403
    copied = office.copy(made.id)
    assert copied.title == "Copy of Sổ"
    assert copied.sheet1.get_all_values() == [["Đơn vị", "1"]]
    assert [one["role"] for one in copied.list_permissions()] == ["owner"]
    fields: dict[str, Any] = {"fields": "comments(content,anchor)"}
    told = office.http_client.request("get", url % copied.id, params=fields).json()
    assert told == {"comments": [body]}
    assert office.copy(made.id, title="B", copy_comments=False).title == "B"


def test_permissions_are_not_copied_by_gspread_for_an_owner_is_among_them(client: Client) -> None:
    """burnash/gspread#1544."""
    office = client(OFFICE)
    made = office.create("Sổ")
    with pytest.raises(gspread.exceptions.APIError) as error:
        office.copy(made.id, copy_permissions=True)
    assert error.value.error["message"] == (
        "The transferOwnership parameter must be enabled when the permission role is 'owner'."
    )


def test_exports_are_csv_tsv_and_excel_and_others_are_named(client: Client) -> None:
    made = client(OFFICE).create("Sổ")
    rows = [["Đơn vị", "Ghi chú, thêm"], ["Trường A", "hai\ndòng"]]
    made.sheet1.update(rows, "A1")
    assert list(csv.reader(io.StringIO(made.export(ExportFormat.CSV).decode()))) == rows
    assert made.export(ExportFormat.TSV).decode().startswith("Đơn vị\tGhi chú, thêm\r\n")
    with zipfile.ZipFile(io.BytesIO(made.export(ExportFormat.EXCEL))) as parts:
        assert "xl/worksheets/sheet1.xml" in parts.namelist()
    with pytest.raises(gspread.exceptions.APIError) as error:
        made.export(ExportFormat.PDF)
    assert (error.value.code, "application/pdf" in str(error.value)) == (501, True)


def test_csv_replaces_all_tabs_and_the_first_bears_the_title(client: Client) -> None:
    office = client(OFFICE)
    made = office.create("Sổ")
    old = made.sheet1.id
    made.add_worksheet("Hai", rows=5, cols=5)
    told = office.import_csv(made.id, "STT,Đơn vị\n0042,Trường Mầm non Mẫu 01\n")
    assert (told["id"], told["title"], told["kind"]) == (made.id, "Sổ", "drive#file")
    [tab] = office.open_by_key(made.id).worksheets()
    assert tab.title == "Sổ"
    assert tab.id != old
    assert tab.get_all_values() == [["STT", "Đơn vị"], ["42", "Trường Mầm non Mẫu 01"]]


def test_only_with_convert_and_only_content(client: Client) -> None:
    office = client(OFFICE)
    made = office.create("Sổ")
    url = f"https://www.googleapis.com/upload/drive/v2/files/{made.id}"
    kind = {"Content-Type": "text/csv"}
    with pytest.raises(gspread.exceptions.APIError) as error:
        office.http_client.request(
            "put", url, data=b"a", params={"uploadType": "media"}, headers=kind
        )
    assert error.value.code == 400
    with pytest.raises(gspread.exceptions.APIError) as error:
        office.http_client.request("put", url.replace("/upload", ""), json={"title": "B"})
    assert (error.value.code, "drive_v2.files.update" in str(error.value)) == (501, True)


def test_sharing_and_taking_back(client: Client) -> None:
    office, theirs = client(OFFICE), client(FRIEND)
    made = office.create("Sổ")
    office.insert_permission(made.id, FRIEND, perm_type="user", role="reader")
    [listed] = [one for one in office.list_permissions(made.id) if one["role"] == "reader"]
    assert (listed["emailAddress"], listed["type"]) == (FRIEND, "user")
    assert theirs.open_by_key(made.id).title == "Sổ"
    with pytest.raises(gspread.exceptions.APIError):
        theirs.open_by_key(made.id).sheet1.update([["x"]], "A1")
    office.remove_permission(made.id, str(listed["id"]))
    with pytest.raises(PermissionError):
        theirs.open_by_key(made.id)
    made.share("mau.example", perm_type="domain", role="writer", notify=False)
    theirs.open_by_key(made.id).sheet1.update([["x"]], "A1")
    assert made.remove_permissions("mau.example", role="writer")
    with pytest.raises(PermissionError):
        theirs.open_by_key(made.id)
    made.share("", perm_type="anyone", role="reader", with_link=True)
    assert theirs.open_by_key(made.id).sheet1.acell("A1").value == "x"


def test_ownership_goes_over_when_the_new_owner_takes_it(client: Client) -> None:
    office, theirs = client(OFFICE), client(FRIEND)
    made = office.create("Sổ")
    made.share(FRIEND, perm_type="user", role="writer", notify=False)
    [id] = [str(one["id"]) for one in made.list_permissions() if one["role"] == "writer"]
    seen = theirs.open_by_key(made.id)
    with pytest.raises(gspread.exceptions.APIError) as error:
        seen.accept_ownership(id)
    assert error.value.code == 403
    made.transfer_ownership(id)
    assert [one.get("pendingOwner") for one in made.list_permissions()] == [None, True]
    with pytest.raises(gspread.exceptions.APIError) as error:
        made.accept_ownership(id)
    assert error.value.error["errors"][0]["reason"] == "consentRequiredForOwnershipTransfer"
    seen.accept_ownership(id)
    roles = {one["emailAddress"]: one["role"] for one in seen.list_permissions()}
    assert roles == {OFFICE: "writer", FRIEND: "owner"}
    with pytest.raises(gspread.exceptions.APIError):
        office.del_spreadsheet(made.id)
    theirs.del_spreadsheet(made.id)


def test_the_products_own_switch_reaches_uploads_too(local_google: Running, tmp_path: Path) -> None:
    saved = {
        "token": access_token(local_google.url),
        "refresh_token": "local",
        "client_id": "local",
        "client_secret": "local",
        "token_uri": f"{local_google.url}/token",
        "expiry": "2999-01-01T00:00:00Z",
    }
    token = tmp_path / "token.json"
    token.write_text(json.dumps(saved), "utf-8")
    google = Google(Identity(Path("none"), token), Address.parse(local_google.url))
    made = google.sheets.create("Sổ")
    google.sheets.import_csv(made.id, "Đơn vị\n")
    assert google.sheets.open_by_key(made.id).sheet1.get_all_values() == [["Đơn vị"]]
    google.close()
