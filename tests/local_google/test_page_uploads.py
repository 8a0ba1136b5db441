"""Files as answers: uploaded on the form page, kept in the owner's Drive, told by the API."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
import requests
from playwright.sync_api import Page, expect

from cchc_gforms.local_google.serve import Running
from tests.local_google.office import MadeForm, Office, section, text, visitor

OFFICE = "vanphong@cchc.example"
UNIT, OTHER = "mau01@truong.example", "mau02@truong.example"
PDF = ("minh chứng.pdf", b"%PDF-1.7", "application/pdf")
PICTURE = ("ảnh.png", b"\x89PNG", "image/png")
SAME_SITE = {"Sec-Fetch-Site": "same-origin"}


class School:
    """Somebody who answers a form that takes files."""

    def __init__(self, form: MadeForm, email: str | None) -> None:
        self.form = form
        self.browser = visitor(form.url.partition("/forms/")[0], email)

    def send(self, *files: tuple[str, Any], query: str = "", **fields: str) -> requests.Response:
        """Posts as the page does: everything in parts."""
        parts: list[tuple[str, Any]] = [(name, (None, text)) for name, text in fields.items()]
        parts += [(name, file) for name, file in files]
        return self.browser.post(
            self.form.post + query, files=parts or [("fvv", (None, "1"))], timeout=10
        )


@pytest.fixture
def office(local_google: Running) -> Iterator[Office]:
    office = Office(local_google.url)
    yield office
    office.close()


def upload_question(office: Office, form: MadeForm, **more: Any) -> tuple[str, str]:
    """The id of a new question for files, after all others, and the name of its field."""
    body = {"form_id": form.form_id, "title": "Minh chứng", "index": 1, **more}
    answer = requests.post(f"{office.url}/_control/file_upload_question", json=body, timeout=10)
    id: str = answer.json()["questionItem"]["question"]["questionId"]
    return id, f"entry.{int(id, 16)}"


def folder(office: Office, form: MadeForm) -> str:
    items = office.call("GET", f"/v1/forms/{form.form_id}")["items"]
    found = (item.get("questionItem", {}).get("question", {}) for item in items)
    asked = [one["fileUploadQuestion"] for one in found if "fileUploadQuestion" in one]
    [id] = [one.get("folderId", "") for one in asked]
    return str(id)


def test_files_are_kept_in_the_owners_drive_and_told_by_the_api(office: Office) -> None:
    form = office.form(text("0000000a", "Tên"))
    id, entry = upload_question(office, form, max_files=2)
    owner = visitor(office.url, OFFICE)
    linked = owner.post(
        f"{office.url}/forms/d/{form.form_id}/link", {"spreadsheet": "new"}, headers=SAME_SITE
    )
    assert linked.status_code == 200
    school = School(form, UNIT)
    sent = school.send((entry, PDF), (entry, PICTURE), **{"entry.10": "Trường"})
    assert sent.status_code == 200, sent.text
    [response] = office.responses(form)
    first, second = response["answers"][id]["fileUploadAnswers"]["answers"]
    assert response["answers"][id].keys() == {"questionId", "fileUploadAnswers"}
    assert first == {
        "fileId": first["fileId"],
        "fileName": "minh chứng - mau01.pdf",
        "mimeType": "application/pdf",
    }
    assert second["fileName"] == "ảnh - mau01.png"
    file = office.call("GET", f"/drive/v3/files/{first['fileId']}?fields=*")
    assert (file["name"], file["mimeType"]) == ("minh chứng - mau01.pdf", "application/pdf")
    assert file["parents"] == [folder(office, form)]
    assert file["owners"][0]["emailAddress"] == OFFICE
    assert file["size"] == "8"
    spreadsheet = office.call("GET", f"/v1/forms/{form.form_id}")["linkedSheetId"]
    tab = "/values/'Câu trả lời biểu mẫu 1'!A1:D2"
    rows = office.call("GET", f"/v4/spreadsheets/{spreadsheet}{tab}")["values"]
    assert rows[0][1:] == ["Tên", "Minh chứng"]
    link = "https://drive.google.com/open?id="
    assert rows[1][2] == f"{link}{first['fileId']}, {link}{second['fileId']}"
    owner.close()
    school.browser.close()


def test_a_plain_post_and_a_stranger_are_refused(office: Office) -> None:
    form = office.form(text("0000000a", "Tên"))
    upload_question(office, form)
    school, stranger = School(form, UNIT), School(form, None)
    plain = school.browser.post(form.post, data={"entry.10": "Trường"}, timeout=10)
    assert plain.status_code == 400
    assert stranger.send(**{"entry.10": "Trường"}).status_code == 401
    page = stranger.browser.get(form.view, allow_redirects=False, timeout=10)
    assert page.status_code == 302
    assert page.headers["location"].startswith("/signin?")
    assert school.send(**{"entry.10": "Trường"}).status_code == 200
    assert office.answers(form) == [{"0000000a": ["Trường"]}]
    for one in (school, stranger):
        one.browser.close()


@pytest.mark.parametrize(
    ("rules", "files", "words"),
    [
        ({"max_files": 1}, [PDF, PDF], "Chỉ được tải lên tối đa 1 tệp."),
        ({"max_bytes": 7}, [PDF], "Tệp “minh chứng.pdf” lớn hơn 7 B."),
        ({"types": ["IMAGE", "DOCUMENT"]}, [PDF], "không thuộc loại được nhận: hình ảnh, văn bản."),
    ],
)
def test_a_question_takes_only_what_it_says(
    office: Office, rules: dict[str, Any], files: list[Any], words: str
) -> None:
    form = office.form(text("0000000a", "Tên"))
    _, entry = upload_question(office, form, **rules)
    school = School(form, UNIT)
    answer = school.send(*((entry, file) for file in files))
    assert answer.status_code == 400
    assert words in answer.text
    assert office.responses(form) == []
    listed = office.call("GET", f"/drive/v3/files?q='{folder(office, form)}' in parents")
    assert listed["files"] == []
    school.browser.close()


def test_files_go_along_from_page_to_page_and_through_an_edit(office: Office) -> None:
    form = office.form(text("0000000a", "Tên"), section("00000f01", "Hai"), text("0000000b", "Ý"))
    id, entry = upload_question(office, form)
    owner = visitor(office.url, OFFICE)
    owner.post(
        f"{office.url}/forms/d/{form.form_id}/settings", {"allow_edits": "1"}, headers=SAME_SITE
    )
    school = School(form, UNIT)
    second = school.send((entry, PDF), **{"continue": "1", "pageHistory": "0"})
    assert "Hai" in second.text
    [partial] = re.findall(r'name="partialResponse" value="([^"]*)"', second.text)
    done = school.send(partialResponse=partial.replace("&#34;", '"'), pageHistory="0,1")
    [edit] = re.findall(r'href="[^"]*(\?[^"]*edit2=[^"]*)"', done.text)
    [response] = office.responses(form)
    [kept] = response["answers"][id]["fileUploadAnswers"]["answers"]

    query = edit.replace("&amp;", "&")
    page = school.browser.get(form.view + query, timeout=10).text
    assert f'name="{entry}" value="{kept["fileId"]}" checked' in page
    both = {"pageHistory": "0,1"}
    assert school.send((entry, PICTURE), query=query, **both).status_code == 200
    [edited] = office.responses(form)
    [other] = edited["answers"][id]["fileUploadAnswers"]["answers"]
    assert other["fileName"] == "ảnh - mau01.png"
    school.send(query=query, **both, **{entry: kept["fileId"]})
    [again] = office.responses(form)
    assert again["answers"][id]["fileUploadAnswers"]["answers"] == [kept]
    owner.close()
    school.browser.close()


def test_nobody_answers_with_the_file_of_another(office: Office) -> None:
    form = office.form(text("0000000a", "Tên"))
    id, entry = upload_question(office, form)
    school, other = School(form, UNIT), School(form, OTHER)
    school.send((entry, PDF))
    [response] = office.responses(form)
    [file] = response["answers"][id]["fileUploadAnswers"]["answers"]
    for stolen in (file["fileId"], form.form_id, "x"):
        assert other.send(**{entry: stolen}).status_code == 400
    assert len(office.responses(form)) == 1
    for one in (school, other):
        one.browser.close()


def test_a_copied_form_takes_files_once_its_folders_are_restored(office: Office) -> None:
    source = office.form(text("0000000a", "Tên"))
    _, entry = upload_question(office, source)
    id = office.call("POST", f"/drive/v3/files/{source.form_id}/copy", {})["id"]
    office.publish(id, accepting=True)
    made = office.call("GET", f"/v1/forms/{id}")
    anyone = {"type": "anyone", "role": "reader", "view": "published"}
    office.call("POST", f"/drive/v3/files/{id}/permissions", anyone)
    form = MadeForm(id, made["responderUri"].removesuffix("/viewform"))
    [entry] = [
        f"entry.{int(item['questionItem']['question']['questionId'], 16)}"
        for item in made["items"][1:]
    ]
    assert folder(office, form) == ""
    school, owner = School(form, UNIT), visitor(office.url, OFFICE)
    assert "chưa nhận tệp" in school.send((entry, PDF)).text
    assert office.responses(form) == []
    editor = f"{office.url}/forms/d/{id}"
    assert "Thiếu thư mục tải tệp lên" in owner.get(f"{editor}/edit", timeout=10).text
    restored = owner.post(f"{editor}/restore", headers=SAME_SITE, timeout=10)
    assert "Thiếu thư mục" not in restored.text
    assert folder(office, form) not in ("", folder(office, source))
    assert school.send((entry, PDF)).status_code == 200
    assert len(office.responses(form)) == 1
    control = requests.post(
        f"{office.url}/_control/upload_folders", json={"form_id": id}, timeout=10
    )
    assert control.json() == {"restored": 0}
    for one in (school.browser, owner):
        one.close()


@pytest.mark.browser
def test_a_person_uploads_a_file_in_the_browser(office: Office, page: Page) -> None:
    form = office.form(text("0000000a", "Tên"))
    id, _ = upload_question(office, form, max_files=2, types=["PDF"])
    page.goto(form.view)
    page.get_by_label("Địa chỉ email khác").fill(UNIT)
    page.keyboard.press("Enter")
    box = page.get_by_label("Minh chứng")
    expect(box).to_have_attribute("accept", "application/pdf")
    expect(page.locator("main")).to_contain_text("tối đa 2 tệp, mỗi tệp không quá 10 MB (PDF)")
    name, content, mime = PICTURE
    box.set_input_files({"name": name, "mimeType": mime, "buffer": content})
    page.get_by_role("button", name="Gửi").click()
    expect(page.get_by_role("alert")).to_contain_text("không thuộc loại được nhận: PDF.")
    name, content, mime = PDF
    box.set_input_files({"name": name, "mimeType": mime, "buffer": content})
    page.get_by_role("button", name="Gửi").click()
    expect(page.locator("main")).to_contain_text("Câu trả lời của bạn đã được ghi lại.")
    [response] = office.responses(form)
    [file] = response["answers"][id]["fileUploadAnswers"]["answers"]
    assert file["fileName"] == "minh chứng - mau01.pdf"

    page.goto(f"{office.url}/signin?continue=/")
    page.get_by_label("Địa chỉ email khác").fill(OFFICE)
    page.keyboard.press("Enter")
    expect(page.locator("header")).to_contain_text(OFFICE)
    page.goto(f"{office.url}/forms/d/{form.form_id}/edit?tab=responses")
    page.get_by_text("1 câu", exact=True).click()
    expect(page.locator("dd")).to_have_text("minh chứng - mau01.pdf")
