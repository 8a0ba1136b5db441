"""What nobody foresaw is answered, breaks no connection, and fails these tests; half a character
and numbers of any size are foreseen."""

from __future__ import annotations

import json
from contextlib import closing

import pytest
import requests

from cchc_gforms.local_google.serve import Running, open_state, running
from tests.local_google.api import Http, access_token, create

HALF = "\ud800"


def test_a_mistake_of_our_own_is_a_500_and_the_connection_lives_on() -> None:
    """Here: a database without the table that a call reads."""
    with pytest.raises(RuntimeError, match=r"forms\.forms\.get"):
        _read_without_its_table()


def _read_without_its_table() -> None:
    with closing(open_state(None, seed=1)) as state, running(state) as server:
        http = Http(server.url, access_token(server.url))
        form_id = http.form()
        with state.transaction() as tx:
            tx.execute("alter table forms rename to gone")
        answer = http.send("GET", f"/v1/forms/{form_id}")
        assert answer.status_code == 500
        assert answer.json()["error"] == {
            "code": 500,
            "message": "Internal error encountered.",
            "status": "INTERNAL",
        }
        assert answer.headers.get("Connection", "keep-alive") != "close"
        assert http.send("GET", f"/drive/v3/files/{form_id}").status_code == 200
        http.close()


def post(http: Http, path: str, text: bytes, method: str = "POST") -> requests.Response:
    headers = {"Content-Type": "application/json"}
    return http.session.request(method, http.url + path, data=text, headers=headers, timeout=10)


@pytest.mark.parametrize("half", [rb'"\ud800"', rb'"a\uDFFFb"', b'"\xed\xa0\x80"', b'"\xff"'])
def test_half_a_character_is_refused_everywhere(http: Http, half: bytes) -> None:
    form_id = http.form()
    sheet = http.call("POST", "/v4/spreadsheets", {})["spreadsheetId"]
    item = json.dumps({"requests": [create({"title": "X", "textItem": {}})]}).encode()
    cells = {"start": {}, "rows": [{"values": [{"userEnteredValue": {"stringValue": "X"}}]}]}
    cells["fields"] = "userEnteredValue"  # type: ignore[assignment]
    request = json.dumps({"requests": [{"updateCells": cells}]}).encode()
    tries = [
        ("POST", "/v1/forms", b'{"info": {"title": ' + half + b"}}"),
        ("POST", f"/v1/forms/{form_id}:batchUpdate", item.replace(b'"X"', half)),
        (
            "PUT",
            f"/v4/spreadsheets/{sheet}/values/A1?valueInputOption=RAW",
            b'{"values": [[' + half + b"]]}",
        ),
        ("POST", f"/v4/spreadsheets/{sheet}:batchUpdate", request.replace(b'"X"', half)),
        ("PATCH", f"/drive/v3/files/{form_id}", b'{"name": ' + half + b"}"),
    ]
    for method, path, text in tries:
        answer = post(http, path, text, method)
        assert (answer.status_code, path) == (400, path)
        assert answer.json()["error"]["message"].startswith("Invalid JSON payload received.")


def upload(http: Http, body: bytes) -> requests.Response:
    """Sends an upload of parts that x bounds."""
    return http.session.post(
        f"{http.url}/upload/drive/v3/files?uploadType=multipart",
        data=body,
        headers={"Content-Type": "multipart/related; boundary=x"},
        timeout=10,
    )


def test_half_a_character_in_the_metadata_of_an_upload_is_refused(http: Http) -> None:
    body = (
        b"--x\r\nContent-Type: application/json\r\n\r\n"
        b'{"name": "\\ud800"}\r\n--x\r\nContent-Type: text/plain\r\n\r\na\r\n--x--\r\n'
    )
    assert upload(http, body).status_code == 400


def test_a_whole_character_of_two_halves_is_text(http: Http) -> None:
    answer = post(http, "/v1/forms", rb'{"info": {"title": "\ud83d\ude00"}}')
    assert answer.json()["info"]["title"] == "😀"


@pytest.mark.parametrize("sheet_id", ["abc", "1.0", "99999999999", "%20", "١"])
def test_an_address_with_no_number_where_one_belongs_is_refused(http: Http, sheet_id: str) -> None:
    sheet = http.call("POST", "/v4/spreadsheets", {})["spreadsheetId"]
    body = {"destinationSpreadsheetId": sheet}
    answer = http.send("POST", f"/v4/spreadsheets/{sheet}/sheets/{sheet_id}:copyTo", body)
    assert answer.status_code == 400
    assert answer.json()["error"]["message"].startswith("Invalid value at 'sheet_id' (TYPE_INT32)")


@pytest.mark.parametrize("length", [50_001, 131_073, 200_000])
def test_a_csv_file_with_a_field_longer_than_a_cell_is_refused(http: Http, length: int) -> None:
    metadata = {"mimeType": "application/vnd.google-apps.spreadsheet", "name": "dài"}
    body = (
        b"--x\r\nContent-Type: application/json\r\n\r\n" + json.dumps(metadata).encode()
        + b"\r\n--x\r\nContent-Type: text/csv\r\n\r\n" + b"a" * length + b"\r\n--x--\r\n"
    )  # fmt: skip
    assert upload(http, body).status_code == 400


def test_filters_name_their_columns_by_numbers(http: Http) -> None:
    sheet = http.call("POST", "/v4/spreadsheets", {})["spreadsheetId"]
    for key in ("a", "1.5", "", "１"):
        asked = {"range": {"sheetId": 0}, "criteria": {key: {}}}
        for request in ("setBasicFilter", "addFilterView"):
            body = {"requests": [{request: {"filter": asked}}]}
            answer = http.send("POST", f"/v4/spreadsheets/{sheet}:batchUpdate", body)
            assert answer.status_code == 400
            assert "Map key" in answer.json()["error"]["message"]


PATTERNS = (
    "#,##0.00", "0%", '"$"#,##0.00', "0", "#,##0", "0.00E+00", "General", "#,##0,,", "0%%%",
    "yyyy-mm-dd", "[h]:mm:ss", "0." + "0" * 40, "@", "#,##0.00;(#,##0.00)",
)  # fmt: skip


def test_numbers_of_any_size_are_shown(google: Running, http: Http) -> None:
    sheet = http.call("POST", "/v4/spreadsheets", {})["spreadsheetId"]
    numbers = [sign * float(f"1.5e{power}") for power in range(-308, 309, 14) for sign in (1, -1)]
    numbers += [1.7976931348623157e308, 5e-324, 0.0]
    values = [{"values": [{"userEnteredValue": {"numberValue": number}, "userEnteredFormat": {
        "numberFormat": {"type": "NUMBER", "pattern": pattern}}} for number in numbers]}
        for pattern in PATTERNS]  # fmt: skip
    wide = {"range": {"sheetId": 0}, "rows": values, "fields": "*"}
    grow = {"appendDimension": {"sheetId": 0, "dimension": "COLUMNS", "length": len(numbers)}}
    body = {"requests": [grow, {"updateCells": wide}]}
    http.call("POST", f"/v4/spreadsheets/{sheet}:batchUpdate", body)
    found = http.call("GET", f"/v4/spreadsheets/{sheet}/values/Sheet1")["values"]
    assert len(found) == len(PATTERNS)
    assert {len(row) for row in found} == {len(numbers)}
    for path in (f"/v4/spreadsheets/{sheet}?includeGridData=true", f"/spreadsheets/d/{sheet}/edit"):
        assert http.send("GET", path).status_code == 200


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("2e30%", "2" + "0" * 30 + "%"),
        ("-5e300%", "-5" + "0" * 300 + "%"),
        ("2,000,000,000,000,000,000,000,000,000.5", "2" + ",000" * 9 + ".00"),
        ("$2000000000000000000000000000", "$2" + ",000" * 9),
    ],
)
def test_a_large_number_that_is_typed_is_shown_whole(http: Http, typed: str, shown: str) -> None:
    sheet = http.call("POST", "/v4/spreadsheets", {})["spreadsheetId"]
    path = f"/v4/spreadsheets/{sheet}/values/A1"
    http.call("PUT", f"{path}?valueInputOption=USER_ENTERED", {"values": [[typed]]})
    assert http.call("GET", path)["values"] == [[shown]]


def test_no_api_key_is_valid(http: Http) -> None:
    answer = http.send("GET", f"/v1/forms/{http.form()}?key=abc")
    assert answer.status_code == 400
    error = answer.json()["error"]
    assert error["message"] == "API key not valid. Please pass a valid API key."
    assert error["details"][0]["reason"] == "API_KEY_INVALID"


def test_an_answer_is_indented_unless_the_call_says_no(http: Http) -> None:
    path = f"/v1/forms/{http.form()}?fields=info.title"
    title = http.call("GET", path)["info"]["title"]
    assert http.send("GET", path).text == f'{{\n  "info": {{\n    "title": "{title}"\n  }}\n}}\n'
    assert http.send("GET", f"{path}&prettyPrint=false").text == f'{{"info":{{"title":"{title}"}}}}'


def test_a_get_has_no_body(http: Http) -> None:
    form_id = http.form()
    answer = http.send("GET", f"/v1/forms/{form_id}", {"a": 1})
    assert answer.status_code == 400
    assert http.send("GET", f"/v1/forms/{form_id}").status_code == 200


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/v1/forms", {"info": {"title": "a" * 10_485_760}}),
        ("/v4/spreadsheets", {"properties": {"title": "a" * 10_485_760}}),
    ],
    ids=("forms", "sheets"),
)
def test_a_body_has_ten_megabytes_at_most(http: Http, path: str, body: object) -> None:
    """Of Sheets: github.com/SCRT-HQ/PSGSuite/issues/62, though it documents no limit."""
    answer = http.send("POST", path, body)
    assert answer.status_code == 400
    message = "Request payload size exceeds the limit: 10485760 bytes."
    assert answer.json()["error"]["message"] == message


@pytest.mark.parametrize(
    "body", [{"name": ""}, {"appProperties": {"": "a"}}, {"properties": {"": "a"}}], ids=repr
)
def test_a_file_has_a_name_and_its_properties_have_keys(http: Http, body: object) -> None:
    path = f"/drive/v3/files/{http.form()}?fields=name,appProperties,properties"
    before = http.call("GET", path)
    assert http.send("PATCH", path, body).status_code == 400
    assert http.call("GET", path) == before
