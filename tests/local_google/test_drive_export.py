"""files.export: a spreadsheet as text, its first tab, and as an Excel file, all of it."""

from __future__ import annotations

import io
import zipfile
from typing import Any
from xml.etree import ElementTree

import pytest
from googleapiclient.errors import HttpError

from tests.local_google.api import Http

SHEET = "application/vnd.google-apps.spreadsheet"
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
NAMES = {"m": "http://schemas.openxmlformats.org/spreadsheetml/2006/main"}


def book(http: Http, values: list[list[Any]], title: str = "Sổ") -> str:
    id: str = http.call("POST", "/drive/v3/files", {"name": title, "mimeType": SHEET})["id"]
    path = f"/v4/spreadsheets/{id}/values/A1?valueInputOption=USER_ENTERED"
    http.call("PUT", path, {"values": values})
    return id


def batch(http: Http, id: str, *requests: dict[str, Any]) -> None:
    http.call("POST", f"/v4/spreadsheets/{id}:batchUpdate", {"requests": list(requests)})


@pytest.mark.parametrize(
    ("kind", "content"),
    [
        ("text/csv", 'Đơn vị,"Hạn, ngày",\r\n"hai\ndòng",2022-06-02,\r\n,,\r\n,"""x""",TRUE'),
        (
            "text/tab-separated-values",
            'Đơn vị\tHạn, ngày\t\r\n"hai\ndòng"\t2022-06-02\t\r\n\t\t\r\n\t"""x"""\tTRUE',
        ),
    ],
)
def test_text_is_the_first_tab_as_it_is_seen(
    http: Http, drive: Any, kind: str, content: str
) -> None:
    id = book(
        http,
        [["Đơn vị", "Hạn, ngày"], ["hai\ndòng", "2022-06-02"], [""], ["", '"x"', True], ["", ""]],
    )
    batch(http, id, {"addSheet": {"properties": {"title": "Hai"}}})
    bold = {"userEnteredFormat": {"textFormat": {"bold": True}}}
    far = {"sheetId": 0, "startRowIndex": 8, "endRowIndex": 9, "endColumnIndex": 9}
    batch(http, id, {"repeatCell": {"range": far, "cell": bold, "fields": "userEnteredFormat"}})
    assert drive.files().export(fileId=id, mimeType=kind).execute().decode() == content
    assert drive.files().export_media(fileId=id, mimeType=kind).execute().decode() == content


def test_a_formula_is_exported_with_what_it_computes(http: Http, drive: Any) -> None:
    id = book(http, [["=1+1", '=HYPERLINK("https://truong.example", "Trường")', "=1/0"]])
    text = drive.files().export(fileId=id, mimeType="text/csv").execute().decode()
    assert text == "2,Trường,#DIV/0!"
    made = drive.files().export(fileId=id, mimeType=EXCEL).execute()
    with zipfile.ZipFile(io.BytesIO(made)) as parts:
        sheet = ElementTree.fromstring(parts.read("xl/worksheets/sheet1.xml"))
    cells = sheet.findall(".//m:c", NAMES)
    assert [(cell.findtext("m:f", "", NAMES), cell.findtext("m:v", "", NAMES)) for cell in cells][
        ::2
    ] == [("1+1", "2"), ("1/0", "#DIV/0!")]


def test_an_empty_tab_is_no_text(http: Http, drive: Any) -> None:
    id = book(http, [[""]])
    assert drive.files().export(fileId=id, mimeType="text/csv").execute() == b""


def test_an_excel_file_has_all_tabs_values_and_formats(http: Http, drive: Any) -> None:
    id = book(http, [["Đơn vị", 1.5, True, "=1+1"], ["2022-06-02"]])
    red = {"red": 1}
    batch(
        http,
        id,
        {"addSheet": {"properties": {"title": "A/B", "hidden": True, "sheetId": 7}}},
        {
            "repeatCell": {
                "range": {"sheetId": 0, "endRowIndex": 1, "endColumnIndex": 1},
                "cell": {
                    "userEnteredFormat": {
                        "textFormat": {"bold": True},
                        "backgroundColorStyle": {"rgbColor": red},
                        "horizontalAlignment": "CENTER",
                    }
                },
                "fields": "userEnteredFormat",
            }
        },
        {
            "updateSheetProperties": {
                "properties": {"sheetId": 0, "gridProperties": {"frozenRowCount": 1}},
                "fields": "gridProperties.frozenRowCount",
            }
        },
        {
            "mergeCells": {
                "range": {
                    "sheetId": 0, "startRowIndex": 3, "endRowIndex": 5,
                    "startColumnIndex": 0, "endColumnIndex": 2,
                },
                "mergeType": "MERGE_ALL",
            }
        },
    )  # fmt: skip
    made = drive.files().export(fileId=id, mimeType=EXCEL).execute()
    with zipfile.ZipFile(io.BytesIO(made)) as parts:
        workbook, page, styles = (
            ElementTree.fromstring(parts.read(f"xl/{name}.xml"))
            for name in ("workbook", "worksheets/sheet1", "styles")
        )
        strings = parts.read("xl/sharedStrings.xml").decode()
    tabs = [(one.get("name"), one.get("state")) for one in workbook.iterfind(".//m:sheet", NAMES)]
    assert tabs == [("Sheet1", None), ("A B", "hidden")]
    cells = {one.get("r"): one for one in page.iterfind(".//m:c", NAMES)}
    assert "Đơn vị" in strings
    assert text(cells["B1"], "v") == "1.5"
    assert (cells["C1"].get("t"), text(cells["C1"], "v")) == ("b", "1")
    assert text(cells["D1"], "f") == "1+1"
    assert text(cells["A2"], "v") == "44714"
    assert text(page, ".//m:mergeCell", "ref") == "A4:B5"
    assert text(page, ".//m:pane", "ySplit") == "1"
    formats = styles.findall("m:cellXfs/m:xf", NAMES)
    head = formats[int(cells["A1"].get("s", "0"))]
    fonts, fills = styles.findall("m:fonts/m:font", NAMES), styles.findall("m:fills/m:fill", NAMES)
    assert fonts[int(head.get("fontId", ""))].find("m:b", NAMES) is not None
    assert text(fills[int(head.get("fillId", ""))], ".//m:fgColor", "rgb") == "FFFF0000"
    assert text(head, "m:alignment", "horizontal") == "center"
    patterns = {
        one.get("numFmtId"): one.get("formatCode") for one in styles.iter() if "numFmt" in one.tag
    }
    day = formats[int(cells["A2"].get("s", "0"))]
    assert patterns[day.get("numFmtId")] == "yyyy-mm-dd"


def text(node: ElementTree.Element, path: str, attribute: str = "") -> str | None:
    found = node.find(path if ":" in path else f"m:{path}", NAMES)
    assert found is not None
    return found.get(attribute) if attribute else found.text


def test_more_than_ten_megabytes_are_refused(http: Http, drive: Any) -> None:
    id = book(http, [])
    for row in range(1, 8):
        if row == 7:  # nine million bytes are there, and a million and a half to come
            assert len(drive.files().export(fileId=id, mimeType="text/csv").execute()) > 9_000_000
        path = f"/v4/spreadsheets/{id}/values/A{row}?valueInputOption=RAW"
        http.call("PUT", path, {"values": [["ữ" * 50_000] * 10]})
    with pytest.raises(HttpError) as error:
        drive.files().export(fileId=id, mimeType="text/csv").execute()
    assert error.value.resp.status == 403
    assert error.value.reason == "This file is too large to be exported."


@pytest.mark.parametrize(
    ("what", "kind", "status", "reason"),
    [
        ("sheet", "application/pdf", 501, "notImplemented"),
        ("sheet", "application/zip", 501, "notImplemented"),
        ("sheet", "image/png", 400, "badRequest"),
        ("sheet", "", 400, "invalid"),
        ("form", "application/zip", 501, "notImplemented"),
        ("form", "text/csv", 400, "badRequest"),
        ("bytes", "text/csv", 403, "fileNotExportable"),
    ],
)
def test_what_is_not_exported(http: Http, what: str, kind: str, status: int, reason: str) -> None:
    types = {"sheet": SHEET, "form": "application/vnd.google-apps.form", "bytes": "text/plain"}
    id = http.call("POST", "/drive/v3/files", {"mimeType": types[what]})["id"]
    answer = http.send("GET", f"/drive/v3/files/{id}/export", params={"mimeType": kind})
    assert answer.status_code == status
    assert answer.json()["error"]["errors"][0]["reason"] == reason
