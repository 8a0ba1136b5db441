"""The spreadsheet's list of forms, `cchc forms status`, `close`, `open` and `links`."""

from __future__ import annotations

import csv
import io
from collections import Counter
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from sample_year.people import Browser, Office

from cchc_gforms.cli.main import run
from cchc_gforms.generator import control
from cchc_gforms.local_google.serve import Running
from cchc_gforms.spec.ids import entry_id
from tests.generator.live import FORMS, clear_log, google_at, log, retitle, spec_copy
from tests.office import YEAR, Bureau, cchc

REPORT = "periodic_report/2022-h1"


def apply(*more: str) -> dict[str, Any]:
    return cchc("forms", "apply", "--yes", *YEAR, *more)


def listed(*arguments: str) -> list[Any]:
    """Of a command that prints a list."""
    answer: Any = cchc("forms", *arguments, *YEAR)
    assert isinstance(answer, list)
    return answer


def tab(server: Running, book: str) -> list[list[str]]:
    with google_at(server) as google:
        return google.sheets.open_by_key(book).worksheet("Biểu mẫu").get()


def standing(server: Running, name: str) -> dict[str, Any]:
    forms = cchc("forms", "status", *YEAR)["forms"]
    found: dict[str, Any] = next(one for one in forms if one["name"] == name)
    return found


def test_the_spreadsheet_lists_the_forms_and_what_is_to_be_set(empty: Running) -> None:
    made = apply()
    header, *lines = tab(empty, made["responses"]["id"])
    assert header == list(control.HEADER)
    assert [line[0] for line in lines] == [one["form_id"] for one in made["forms"]]
    plan = lines[0]
    (processing,) = [line for line in lines if line[1].startswith("Phiếu xử lý")]
    assert plan[1:5] == ["Kế hoạch CCHC năm 2022", "có", "có", "có"]
    assert plan[5].startswith("Phòng GDĐT Quận 7 đã nhận.")
    assert processing[1:5] == ["Phiếu xử lý văn bản CCHC năm 2022", "có", "không", "có"]


def test_the_list_is_written_once_and_put_right_when_touched(empty: Running) -> None:
    book = apply()["responses"]["id"]
    before = tab(empty, book)
    clear_log(empty)
    apply()
    assert "sheets.spreadsheets.batchUpdate" not in {one["method_id"] for one in log(empty)}
    with google_at(empty) as google:
        sheet = google.sheets.open_by_key(book).worksheet("Biểu mẫu")
        sheet.update([["?"]], "B1")
        sheet.update([["không"]], "D2")
        sheet.update([["chữ thừa"]], f"A{FORMS + 3}")
    apply()
    assert tab(empty, book) == before


def test_what_the_script_wrote_stays_until_the_settings_change(
    empty: Running, tmp_path: Path
) -> None:
    book = apply()["responses"]["id"]
    with google_at(empty) as google:
        sheet = google.sheets.open_by_key(book).worksheet("Biểu mẫu")
        sheet.update([["xong 17/02/2022 08:00"]] * FORMS, f"G2:G{FORMS + 1}")
    wording = (
        'title: "{document.label} {period.title}"',
        'title: "{document.label} {period.title}!"',
    )
    apply("--spec", str(spec_copy(tmp_path / "specs", annual_plan=wording)))
    results = [(line[6:] or [""])[0] for line in tab(empty, book)[1:]]
    assert results == ["", *["xong 17/02/2022 08:00"] * (FORMS - 1)]


def test_a_text_of_the_list_is_no_formula(empty: Running, tmp_path: Path) -> None:
    wording = ('title: "{document.label} {period.title}"', 'title: "=1+1 {period.title}"')
    made = apply("--spec", str(spec_copy(tmp_path / "specs", annual_plan=wording)))
    assert tab(empty, made["responses"]["id"])[1][1] == "=1+1 năm 2022"


def test_a_tab_of_that_name_that_a_person_made_is_left_alone(empty: Running) -> None:
    with google_at(empty) as google:
        body: Any = {
            "name": "CCHC 2022 – Câu trả lời",
            "mimeType": "application/vnd.google-apps.spreadsheet",
            "appProperties": {"cchc": "responses", "cchc_year": "2022"},
        }
        id = google.execute(google.drive.files().create(body=body))["id"]
        book = google.sheets.open_by_key(id)
        book.add_worksheet("Biểu mẫu", 5, 5).update([["của tôi"]], "A1")
        assert apply()["responses"]["id"] == id
        assert book.worksheet("Biểu mẫu").get() == [["của tôi"]]
        assert len(book.worksheet("Biểu mẫu (cchc)").get()) == FORMS + 1


def test_the_list_does_not_disturb_the_harvest(empty: Running) -> None:
    """Linked tabs are known by their headers; this one is not one of them."""
    with Bureau.at_work(empty) as bureau:
        bureau.at("2022-06-02 10:00")
        bureau.submit(REPORT, "MN01 – Trường Mầm non Mẫu 01", "mn01@truong.example")
        bureau.at("2022-06-02 11:00")
        done = cchc("harvest", *YEAR)
        assert len(tab(empty, bureau.applied["responses"]["id"])) == FORMS + 1
    assert (done["responses"], done["remarks"]) == (1, [])


def test_status_before_anything_is_made(empty: Running) -> None:
    told = cchc("forms", "status", *YEAR)
    assert told["responses"] is None
    assert {tuple(one["steps"]) for one in told["forms"]} == {("apply",)}


def test_status_tells_what_is_open_and_what_is_done(empty: Running, tmp_path: Path) -> None:
    made = apply()
    now = standing(empty, REPORT)
    assert (now["published"], now["accepting"], now["linked_to"]) == (True, True, None)
    assert (now["email_collection"], now["responders"]) == ("VERIFIED", ["anyone"])
    assert now["steps"] == ["link", "script"]
    form_id, book = now["form_id"], made["responses"]["id"]
    office = Office(empty.url)
    office.link(form_id, book)
    office.close()
    with google_at(empty) as google:
        place = [one["name"] for one in made["forms"]].index(REPORT) + 2
        sheet = google.sheets.open_by_key(book).worksheet("Biểu mẫu")
        sheet.update([["xong 17/02/2022 08:00"]], f"G{place}")
    now = standing(empty, REPORT)
    assert (now["linked_to"], now["script"], now["steps"]) == (book, "xong 17/02/2022 08:00", [])
    retitle(empty, form_id, 2, "Tên khác")
    now = standing(empty, REPORT)
    assert (now["changes"], now["steps"]) == (1, ["apply"])


def test_status_of_a_form_that_is_linked_elsewhere(empty: Running) -> None:
    apply()
    with google_at(empty) as google:
        other = google.sheets.create("Bảng khác").id
    office = Office(empty.url)
    office.link(standing(empty, REPORT)["form_id"], other)
    office.close()
    assert standing(empty, REPORT)["steps"] == ["link_elsewhere", "script"]


def test_status_as_people_read_it(empty: Running, capsys: pytest.CaptureFixture[str]) -> None:
    apply()
    run(["forms", "close", REPORT, *YEAR])
    capsys.readouterr()
    assert run(["forms", "status", *YEAR]) == 0
    lines = capsys.readouterr().out.splitlines()
    at = lines.index(f"Báo cáo CCHC 06 tháng đầu năm 2022 ({REPORT})")
    assert lines[at + 1 : at + 4] == [
        "  đã phát hành, đang đóng; địa chỉ đã xác minh",
        "  người trả lời: bất kỳ ai",
        "  → chưa liên kết với bảng tính: chạy menu CCHC của bảng tính",
    ]
    assert lines[-1] == f"Còn {2 * FORMS} việc."


def test_a_closed_form_takes_no_answers_until_it_is_opened_again(empty: Running) -> None:
    made = apply()
    uri = next(one["responder_uri"] for one in made["forms"] if one["name"] == REPORT)
    browser = Browser(empty.url, "mn01@truong.example")

    def page() -> str:
        return browser._session.get(uri).text

    assert "Thông tin chung" in page()
    assert [one["changed"] for one in listed("close", REPORT)] == [True]
    assert "không còn nhận câu trả lời" in page()
    assert [one["changed"] for one in listed("close", REPORT)] == [False]
    assert {one["done"] for one in apply()["forms"]} == {"unchanged"}  # apply leaves it closed
    assert "không còn nhận câu trả lời" in page()
    assert [one["changed"] for one in listed("open", REPORT)] == [True]
    assert "không còn nhận câu trả lời" not in page()
    browser.close()


def test_what_is_not_there_is_neither_closed_nor_linked_to(
    empty: Running, capsys: pytest.CaptureFixture[str]
) -> None:
    for command in ("close", "open", "links"):
        assert run(["forms", command, REPORT, *YEAR]) == 1
        assert "chưa có biểu mẫu “Báo cáo CCHC 06 tháng đầu năm 2022”" in capsys.readouterr().err
        assert run(["forms", command, "periodic_report/2022-h2", *YEAR]) == 2
        assert "có phải ý là" in capsys.readouterr().err


def test_every_unit_has_a_link_on_which_it_is_chosen_already(
    empty: Running, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    apply()
    clear_log(empty)
    file = tmp_path / "lien-ket.csv"
    assert run(["forms", "links", REPORT, *YEAR, "--csv", str(file)]) == 0
    calls = Counter(one["method_id"] for one in log(empty))
    assert calls == {"drive.files.list": 1, "forms.forms.get": 1}
    raw = file.read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(raw.decode("utf-8-sig"))))
    assert len(rows) == 60
    first = rows[0]
    assert (first["Mã đơn vị"], first["Hạn"]) == ("MN01", "03/06/2022")
    query = parse_qs(urlsplit(first["Đường liên kết"]).query)
    unit = "MN01 – Trường Mầm non Mẫu 01"
    assert query == {"usp": ["pp_url"], f"entry.{entry_id('unit')}": [unit]}
    assert first["Lời nhắn"] == (
        "Kính gửi Trường Mầm non Mẫu 01: Phòng Giáo dục và Đào tạo Quận 7 đề nghị đơn vị gửi Báo "
        "cáo CCHC 06 tháng đầu năm 2022, chậm nhất hết ngày 03/06/2022, tại đường liên kết sau "
        f"(tên đơn vị đã chọn sẵn): {first['Đường liên kết']}"
    )
    browser = Browser(empty.url, "mn01@truong.example")
    page = browser._session.get(first["Đường liên kết"]).text
    browser.close()
    assert f'<option value="{unit}" selected>' in page
    capsys.readouterr()
    assert run(["forms", "links", REPORT, *YEAR, "--text"]) == 0
    assert first["Lời nhắn"] in capsys.readouterr().out


def test_a_unit_named_like_a_formula_is_a_text_in_excel(empty: Running, tmp_path: Path) -> None:
    specs = tmp_path / "specs"
    spec_copy(specs)
    units = specs / "units.csv"
    text = units.read_text("utf-8-sig").replace("Trường Mầm non Mẫu 01", "=HYPERLINK(1)", 1)
    units.write_text(text, "utf-8")
    apply("--spec", str(specs))
    file = tmp_path / "lien-ket.csv"
    assert run(["forms", "links", REPORT, *YEAR, "--spec", str(specs), "--csv", str(file)]) == 0
    first = next(iter(csv.DictReader(io.StringIO(file.read_text("utf-8-sig")))))
    assert first["Tên đơn vị"] == "'=HYPERLINK(1)"


def test_links_of_the_processing_form_are_for_its_reviewers(
    empty: Running, capsys: pytest.CaptureFixture[str]
) -> None:
    apply()
    told = listed("links", "processing/2022")
    assert len(told) == 60
    assert (told[0]["due"], told[0]["emails"]) == (None, [])
    assert told[0]["text"].startswith("Dành cho người duyệt: Phiếu xử lý")
    assert run(["forms", "links", "processing/2022", *YEAR, "--text"]) == 0
    assert "@truong.example" not in capsys.readouterr().out


def test_nobody_is_asked_to_answer_a_form_that_is_closed(
    empty: Running, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    apply()
    assert run(["forms", "close", REPORT, *YEAR]) == 0
    capsys.readouterr()
    file = tmp_path / "lien-ket.csv"
    assert run(["forms", "links", REPORT, *YEAR, "--text", "--csv", str(file)]) == 0
    told = capsys.readouterr()
    assert told.out == ""
    assert f"đang đóng: mở lại bằng `cchc forms open {REPORT}`" in told.err
    rows = list(csv.DictReader(io.StringIO(file.read_text("utf-8-sig"))))
    assert {row["Lời nhắn"] for row in rows} == {""}
    assert rows[0]["Đường liên kết"]
    assert {one["accepting"] for one in listed("links", REPORT)} == {False}


def test_a_school_whose_plan_is_approved_is_not_asked_for_it_again(
    empty: Running, capsys: pytest.CaptureFixture[str]
) -> None:
    name = "annual_plan/2022-year"
    with Bureau.at_work(empty) as bureau:
        bureau.at("2022-03-01 09:00")
        unit = "MN01 – Trường Mầm non Mẫu 01"
        bureau.submit(name, unit, "mn01@truong.example")
        bureau.at("2022-03-02 09:00")
        bureau.decide(unit, "Kế hoạch CCHC năm 2022", "approve", "duyet1@phonggd.example")
        bureau.at("2022-03-02 10:00")
        cchc("harvest", *YEAR)
        first, second, *_ = listed("links", name)
        capsys.readouterr()
        assert run(["forms", "links", name, *YEAR, "--text"]) == 0
    assert (first["approved"], first["text"]) == (True, "")
    assert (second["approved"], bool(second["text"])) == (False, True)
    told = capsys.readouterr()
    assert "MN01" not in told.out
    assert told.out.startswith("MN02")
    assert "Đã duyệt, không cần nhắc: MN01." in told.err


def test_a_unit_with_an_extension_reads_the_new_due_date_and_the_old_one(
    empty: Running, tmp_path: Path
) -> None:
    """L10, A24; the others read their own."""
    with Bureau.at_work(empty) as bureau:
        bureau.at("2022-06-02 09:00")
        label = "Báo cáo CCHC 06 tháng đầu năm 2022"
        said = {"due_on": "2022-06-10", "reason": "Mất điện.", "scope": "one_unit"}
        bureau.record(
            "MN02 – Trường Mầm non Mẫu 02", label, "extend", "duyet1@phonggd.example", said
        )
        bureau.at("2022-06-02 10:00")
        cchc("harvest", *YEAR)
        first, second, *_ = listed("links", REPORT)
        file = tmp_path / "lien-ket.csv"
        assert run(["forms", "links", REPORT, *YEAR, "--csv", str(file)]) == 0
    assert (first["due"], first["due_original"]) == ("2022-06-03", "2022-06-03")
    assert (second["due"], second["due_original"]) == ("2022-06-10", "2022-06-03")
    assert ", chậm nhất hết ngày 03/06/2022, tại" in first["text"]
    latest = ", chậm nhất hết ngày 10/06/2022 (gia hạn, hạn ban đầu 03/06/2022), tại"
    assert latest in second["text"]
    rows = list(csv.DictReader(io.StringIO(file.read_text("utf-8-sig"))))
    assert [(row["Hạn"], row["Hạn ban đầu (nếu gia hạn)"]) for row in rows[:2]] == [
        ("03/06/2022", ""),
        ("10/06/2022", "03/06/2022"),
    ]
