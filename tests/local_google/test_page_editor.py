"""The form's editor page: who may open it, linking to a spreadsheet, settings."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import quote

import pytest
import requests

from cchc_gforms.local_google.serve import Running
from tests.local_google.office import MadeForm, Office, grid, text, visitor

OWNER = "vanphong@cchc.example"


@pytest.fixture
def office(local_google: Running) -> Iterator[Office]:
    office = Office(local_google.url)
    yield office
    office.close()


@pytest.fixture
def owner(local_google: Running) -> Iterator[requests.Session]:
    with visitor(local_google.url, OWNER) as session:
        yield session


def editor(office: Office, form: MadeForm) -> str:
    return f"{office.url}/forms/d/{form.form_id}"


def tab_values(office: Office, form: MadeForm) -> list[list[str]]:
    """What the response tab of the linked spreadsheet shows."""
    sheet = office.call("GET", f"/v1/forms/{form.form_id}")["linkedSheetId"]
    tab = quote("'Câu trả lời biểu mẫu 1'")
    rows: list[list[str]] = office.call("GET", f"/v4/spreadsheets/{sheet}/values/{tab}")["values"]
    return rows


def test_the_owner_sees_the_questions_and_the_address_for_respondents(
    office: Office, owner: requests.Session
) -> None:
    form = office.form(
        text("0000000a", "Tên <đơn vị>", required=True),
        grid("00000100", "Lưới", "RADIO", ["Đạt", "Chưa"], q00000011="Một", q00000012="Hai"),
    )
    page = owner.get(f"{editor(office, form)}/edit").text
    assert "Tên &lt;đơn vị&gt;" in page
    assert form.view in page
    assert "Đã xuất bản, đang nhận câu trả lời" in page
    assert "Đạt · Chưa" in page


def test_only_those_who_may_write_the_form_open_its_editor(
    office: Office, local_google: Running
) -> None:
    form = office.form(text("0000000a", "Tên"))
    page = f"{editor(office, form)}/edit"
    with visitor(local_google.url) as stranger:
        sent = stranger.get(page, allow_redirects=False)
        assert sent.status_code == 302
        assert sent.headers["location"].startswith("/signin?continue=")
    with visitor(local_google.url, "mau01@truong.example") as school:
        assert school.get(page).status_code == 403
        for action in ("link", "settings"):
            posted = school.post(f"{editor(office, form)}/{action}", data={"spreadsheet": "new"})
            assert posted.status_code == 403
    assert "linkedSheetId" not in office.call("GET", f"/v1/forms/{form.form_id}")


def test_linking_to_a_new_spreadsheet_writes_the_responses_so_far_and_those_to_come(
    office: Office, owner: requests.Session, local_google: Running
) -> None:
    form = office.form(text("0000000a", "Tên đơn vị"), title="Kế hoạch mẫu", email="VERIFIED")
    with visitor(local_google.url, "mau01@truong.example") as school:
        school.post(form.post, data={"entry.10": "=1+1"})
        linked = owner.post(f"{editor(office, form)}/link", data={"spreadsheet": "new"})
        assert "Kế hoạch mẫu (Câu trả lời)" in linked.text
        school.post(form.post, data={"entry.10": "hai"})
    sheet = office.call("GET", f"/v1/forms/{form.form_id}")["linkedSheetId"]
    assert f"/spreadsheets/d/{sheet}/edit#gid=" in linked.text
    properties = office.call("GET", f"/v4/spreadsheets/{sheet}")["properties"]
    assert (properties["locale"], properties["timeZone"]) == ("vi_VN", "Asia/Ho_Chi_Minh")
    rows = tab_values(office, form)
    assert rows[0] == ["Dấu thời gian", "Địa chỉ email", "Tên đơn vị"]
    assert [row[1:] for row in rows[1:]] == [
        ["mau01@truong.example", "=1+1"],
        ["mau01@truong.example", "hai"],
    ]


def test_linking_to_a_spreadsheet_of_ones_own(office: Office, owner: requests.Session) -> None:
    form = office.form(
        text("0000000a", "Tên đơn vị"),
        grid("00000100", "Lưới", "RADIO", ["Đạt", "Chưa"], q00000011="Một", q00000012="Hai"),
        email="RESPONDER_INPUT",
    )
    made = office.call("POST", "/v4/spreadsheets", {"properties": {"title": "Sổ nhận"}})
    sheet = made["spreadsheetId"]
    answer = {"entry.10": "=1+1", "entry.17": "Đạt", "emailAddress": "mau01@truong.example"}
    requests.post(form.post, data=answer, timeout=5)
    done = owner.post(f"{editor(office, form)}/link", data={"spreadsheet": sheet})
    assert f"/spreadsheets/d/{sheet}/edit#gid=" in done.text
    requests.post(form.post, data={**answer, "entry.10": "hai"}, timeout=5)
    rows = tab_values(office, form)
    assert rows[0] == [
        "Dấu thời gian", "Địa chỉ email", "Tên đơn vị", "Lưới [Một]", "Lưới [Hai]"
    ]  # fmt: skip
    assert [row[1:] for row in rows[1:]] == [
        ["mau01@truong.example", "=1+1", "Đạt"],
        ["mau01@truong.example", "hai", "Đạt"],
    ]


def test_a_form_is_linked_once(office: Office, owner: requests.Session) -> None:
    form = office.form(text("0000000a", "Tên"))
    address = f"{editor(office, form)}/link"
    assert owner.post(address, data={"spreadsheet": "new"}).status_code == 200
    first = office.call("GET", f"/v1/forms/{form.form_id}")["linkedSheetId"]
    assert owner.post(address, data={"spreadsheet": "new"}).status_code == 409
    assert office.call("GET", f"/v1/forms/{form.form_id}")["linkedSheetId"] == first


def test_an_unlinked_form_keeps_its_responses_and_its_tab_and_is_linked_anew(
    office: Office, owner: requests.Session
) -> None:
    """A new tab gets all responses; the old one stays and is written no more (facts 6.7)."""
    form = office.form(text("0000000a", "Tên"))
    owner.post(form.post, data={"entry.10": "Một"})
    owner.post(f"{editor(office, form)}/link", data={"spreadsheet": "new"})
    sheet = office.call("GET", f"/v1/forms/{form.form_id}")["linkedSheetId"]
    answer = owner.post(f"{editor(office, form)}/unlink")
    assert answer.status_code == 200
    assert "Liên kết với Trang tính" in answer.text
    assert "linkedSheetId" not in office.call("GET", f"/v1/forms/{form.form_id}")
    owner.post(form.post, data={"entry.10": "Hai"})
    owner.post(f"{editor(office, form)}/link", data={"spreadsheet": sheet})
    owner.post(form.post, data={"entry.10": "Ba"})
    tabs = office.call("GET", f"/v4/spreadsheets/{sheet}?fields=sheets.properties.title")
    names = [one["properties"]["title"] for one in tabs["sheets"]]
    assert names[:2] == ["Câu trả lời biểu mẫu 2", "Câu trả lời biểu mẫu 1"]
    found = []
    for name in names[:2]:
        area = quote(f"'{name}'!B2:B9")
        found.append(office.call("GET", f"/v4/spreadsheets/{sheet}/values/{area}")["values"])
    assert found == [[["Một"], ["Hai"], ["Ba"]], [["Một"]]]


def test_a_deleted_response_is_gone_from_the_api_and_its_row_stays(
    office: Office, owner: requests.Session
) -> None:
    """Facts 3 and 6.7. Who had the link to edit it has nothing to edit any more."""
    form = office.form(text("0000000a", "Tên"))
    owner.post(f"{editor(office, form)}/settings", data={"allow_edits": "1"})
    owner.post(f"{editor(office, form)}/link", data={"spreadsheet": "new"})
    edit_link = re.search(r"edit2=([\w-]+)", owner.post(form.post, data={"entry.10": "Một"}).text)
    owner.post(form.post, data={"entry.10": "Hai"})
    path = f"/v1/forms/{form.form_id}/responses"
    listed = office.call("GET", path)["responses"]
    first, second = (one["responseId"] for one in sorted(listed, key=lambda one: one["createTime"]))
    page = owner.get(f"{editor(office, form)}/edit?tab=responses").text
    assert f'name="response" value="{first}"' in page
    deleting = f"{editor(office, form)}/delete_response"
    assert "1 câu trả lời" in owner.post(deleting, data={"response": first}).text
    assert [one["responseId"] for one in office.call("GET", path)["responses"]] == [second]
    assert office.send("GET", f"{path}/{first}").status_code == 404
    assert [row[1] for row in tab_values(office, form)[1:]] == ["Một", "Hai"]
    assert owner.post(deleting, data={"response": first}).status_code == 404
    assert edit_link
    again = owner.post(f"{form.post}?edit2={edit_link[1]}", data={"entry.10": "Ba"})
    assert again.status_code == 404
    headers = {"Origin": "http://evil.example"}
    assert owner.post(deleting, data={"response": second}, headers=headers).status_code == 403


def test_the_tab_of_a_linked_form_is_deleted_once_it_is_unlinked(
    office: Office, owner: requests.Session
) -> None:
    form = office.form(text("0000000a", "Tên"))
    owner.post(f"{editor(office, form)}/link", data={"spreadsheet": "new"})
    sheet = office.call("GET", f"/v1/forms/{form.form_id}")["linkedSheetId"]
    path = f"/v4/spreadsheets/{sheet}"
    tab = office.call("GET", path)["sheets"][0]["properties"]["sheetId"]
    body = {"requests": [{"deleteSheet": {"sheetId": tab}}]}
    refused = office.send("POST", f"{path}:batchUpdate", body)
    assert refused.status_code == 400
    assert "linked form" in refused.json()["error"]["message"]
    owner.post(f"{editor(office, form)}/unlink")
    assert office.send("POST", f"{path}:batchUpdate", body).status_code == 200


def test_another_site_cannot_unlink_a_form(office: Office, owner: requests.Session) -> None:
    form = office.form(text("0000000a", "Tên"))
    owner.post(f"{editor(office, form)}/link", data={"spreadsheet": "new"})
    headers = {"Origin": "http://evil.example"}
    assert owner.post(f"{editor(office, form)}/unlink", headers=headers).status_code == 403
    assert "linkedSheetId" in office.call("GET", f"/v1/forms/{form.form_id}")


def test_an_answer_longer_than_a_cell_is_cut_there_and_whole_in_the_form(
    office: Office, owner: requests.Session
) -> None:
    form = office.form(text("0000000a", "Tên", long=True))
    owner.post(f"{editor(office, form)}/link", data={"spreadsheet": "new"})
    owner.post(form.post, data={"entry.10": "ă" * 60_000})
    assert tab_values(office, form)[1][1] == "ă" * 50_000
    kept = office.call("GET", f"/v1/forms/{form.form_id}/responses")["responses"][0]
    given = kept["answers"]["0000000a"]["textAnswers"]["answers"]
    assert given == [{"value": "ă" * 60_000}]


@pytest.mark.parametrize("target", ["", "1khongco", "form"], ids=["blank", "no such", "a form"])
def test_only_ones_own_spreadsheets_can_be_linked(
    office: Office, owner: requests.Session, target: str
) -> None:
    form = office.form(text("0000000a", "Tên"))
    posted = form.form_id if target == "form" else target
    answer = owner.post(f"{editor(office, form)}/link", data={"spreadsheet": posted})
    assert answer.status_code == 403
    assert "linkedSheetId" not in office.call("GET", f"/v1/forms/{form.form_id}")


def test_edits_are_off_until_allowed_and_then_change_the_same_response(
    office: Office, owner: requests.Session, local_google: Running
) -> None:
    form = office.form(text("0000000a", "Tên"), text("0000000b", "Số"))
    sent = requests.post(form.post, data={"entry.10": "một", "entry.11": "7"}, timeout=5)
    assert "edit2=" not in sent.text
    owner.post(
        f"{editor(office, form)}/settings",
        data={"allow_edits": ["0", "1"], "confirmation_message": "Đã nhận <báo cáo>."},
    )
    sent = requests.post(form.post, data={"entry.10": "hai"}, timeout=5)
    assert "Đã nhận &lt;báo cáo&gt;." in sent.text
    found = re.search(r'href="([^"]*edit2=[^"]*)"', sent.text)
    assert found is not None
    edit_link = found[1].replace("&amp;", "&")
    assert edit_link.startswith(
        f"/forms/d/e/{form.url.rsplit('/', 1)[1]}/viewform?usp=form_confirm"
    )
    page = requests.get(local_google.url + edit_link, timeout=5).text
    assert 'value="hai"' in page
    action = re.search(r'action="([^"]*formResponse[^"]*)"', page)
    assert action is not None
    requests.post(local_google.url + action[1], data={"entry.11": "8"}, timeout=5)
    assert office.answers(form) == [
        {"0000000a": ["một"], "0000000b": ["7"]},
        {"0000000b": ["8"]},
    ]
    owner.post(f"{editor(office, form)}/settings", data={"allow_edits": "0"})
    refused = requests.post(local_google.url + action[1], data={"entry.11": "9"}, timeout=5)
    assert refused.status_code == 404
    assert office.answers(form)[1] == {"0000000b": ["8"]}


def test_a_verified_response_is_edited_by_its_sender_only(
    office: Office, owner: requests.Session, local_google: Running
) -> None:
    form = office.form(text("0000000a", "Tên"), email="VERIFIED")
    owner.post(f"{editor(office, form)}/settings", data={"allow_edits": "1"})
    with visitor(local_google.url, "mau01@truong.example") as sender:
        sent = sender.post(form.post, data={"entry.10": "một"}).text
        edit_id = re.search(r'edit2=([^"]+)', sent)
        assert edit_id is not None
        address = f"{form.post}?edit2={edit_id[1]}"
        with visitor(local_google.url, "mau02@truong.example") as other:
            assert other.post(address, data={"entry.10": "hai"}).status_code == 403
        assert sender.post(address, data={"entry.10": "ba"}).status_code == 200
    assert office.answers(form) == [{"0000000a": ["ba"]}]


def test_a_made_up_edit_link_opens_nothing(
    office: Office, owner: requests.Session, local_google: Running
) -> None:
    form = office.form(text("0000000a", "Tên"))
    owner.post(f"{editor(office, form)}/settings", data={"allow_edits": "1"})
    assert requests.get(f"{form.view}?edit2=2_ABaOnu", timeout=5).status_code == 404
    posted = requests.post(f"{form.post}?edit2=2_ABaOnu", data={"entry.10": "X"}, timeout=5)
    assert posted.status_code == 404
    assert office.answers(form) == []


def test_closing_says_what_the_office_wrote(
    office: Office, owner: requests.Session, local_google: Running
) -> None:
    form = office.form(text("0000000a", "Tên"))
    owner.post(
        f"{editor(office, form)}/settings",
        data={"publish": "closed", "closed_message": "Đã hết hạn nhận."},
    )
    page = requests.get(form.view, timeout=5)
    assert page.url.endswith("/closedform")
    assert "Đã hết hạn nhận." in page.text


@pytest.mark.parametrize("action", ["link", "settings"])
def test_another_site_cannot_change_a_form(
    office: Office, owner: requests.Session, action: str
) -> None:
    form = office.form(text("0000000a", "Tên"))
    address = f"{editor(office, form)}/{action}"
    fields = {"spreadsheet": "new", "allow_edits": "1"}
    assert (
        owner.post(address, data=fields, headers={"Origin": "http://xau.example"}).status_code
        == 403
    )
    assert (
        owner.post(address, data=fields, headers={"Sec-Fetch-Site": "cross-site"}).status_code
        == 403
    )
    assert "linkedSheetId" not in office.call("GET", f"/v1/forms/{form.form_id}")
    same = {"Origin": office.url, "Sec-Fetch-Site": "same-origin"}
    assert owner.post(address, data=fields, headers=same).status_code == 200


def test_the_responses_are_listed_with_time_and_address(
    office: Office, owner: requests.Session, local_google: Running
) -> None:
    form = office.form(text("0000000a", "Tên"), email="VERIFIED")
    requests.post(
        f"{local_google.url}/_control/clock", json={"now": "2022-03-19T16:59:59.999Z"}, timeout=5
    )
    with visitor(local_google.url, "mau01@truong.example") as school:
        school.post(form.post, data={"entry.10": "một"})
    page = owner.get(f"{editor(office, form)}/edit?tab=responses").text
    assert "19/03/2022 23:59:59" in page
    assert "mau01@truong.example" in page
    assert "Câu trả lời (1)" in page


def test_what_a_form_wrote_does_not_leave_its_place(
    office: Office, owner: requests.Session
) -> None:
    """Rows go as a whole; columns beside the form's are free."""
    form = office.form(text("0000000a", "Tên"))
    owner.post(f"{editor(office, form)}/link", data={"spreadsheet": "new"})
    for name in ("Một", "Hai"):
        owner.post(form.post, data={"entry.10": name})
    sheet = office.call("GET", f"/v1/forms/{form.form_id}")["linkedSheetId"]
    path = f"/v4/spreadsheets/{sheet}"
    tab = office.call("GET", path)["sheets"][0]["properties"]["sheetId"]

    def area(left: int) -> dict[str, int]:
        rows = {"sheetId": tab, "startRowIndex": 1, "endRowIndex": 2}
        return {**rows, "startColumnIndex": left, "endColumnIndex": left + 1}

    def tried(request: dict[str, object]) -> requests.Response:
        return office.send("POST", f"{path}:batchUpdate", {"requests": [request]})

    place = {"sheetId": tab, "rowIndex": 5, "columnIndex": 9}
    refused = [
        tried({"deleteRange": {"range": area(1), "shiftDimension": "ROWS"}}),
        tried({"cutPaste": {"source": area(1), "destination": place}}),
    ]
    for answer in refused:
        assert answer.status_code == 400
        message = answer.json()["error"]["message"]
        assert message.endswith(": Cannot cut from form data. Use copy instead.")
    assert tried({"deleteRange": {"range": area(5), "shiftDimension": "ROWS"}}).ok
    lines = {"sheetId": tab, "dimension": "ROWS", "startIndex": 1, "endIndex": 2}
    assert tried({"deleteDimension": {"range": lines}}).ok
    assert [row[1] for row in tab_values(office, form)] == ["Tên", "Hai"]
