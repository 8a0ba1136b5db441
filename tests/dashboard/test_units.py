"""A spreadsheet for each unit: its own rows alone, for its own addresses alone, in few calls."""

from __future__ import annotations

import csv
import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import gspread
import pytest
from requests import HTTPError

from cchc_gforms.cli.main import run
from cchc_gforms.dashboard.build import TITLES
from cchc_gforms.dashboard.sheets.ids import sheet_id_of
from cchc_gforms.dashboard.unit_books import UnitBooks
from cchc_gforms.dashboard.unit_views import unit_views
from cchc_gforms.google.registry import Registry
from cchc_gforms.local_google.serve import Running
from tests.dashboard.ledger_of_few import HOSTILE, situation
from tests.generator.live import break_at, clear_log, google_at, log
from tests.google.test_waiting import Time
from tests.google.test_waiting import google_at as limited_google
from tests.office import SPECS, YEAR, Bureau, cchc, local_google

SCHOOL = "MN01 – Trường Mầm non Mẫu 01"
REPORT = "Báo cáo CCHC 06 tháng đầu năm 2022"
REVIEWER = "duyet1@phonggd.example"
OFFICE = ("owner", "vanphong@cchc.example")
NOTE = "Hiệu trưởng TH02 đang nghỉ ốm."
MARKED = ["drive.files.update"]  # as part of an HTTP batch, in which the log tells calls
LOOK = ["drive.files.list"]
READ_AND_WRITE = ["sheets.spreadsheets.get", "sheets.spreadsheets.batchUpdate"]
FEW = ("--unit", "MN01", "--unit", "TH02", "--unit", "THCS03")


@pytest.fixture(scope="module")
def specs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What ships, with a units.csv that tests may change."""
    return Path(shutil.copytree(SPECS, tmp_path_factory.mktemp("specs") / "forms_spec"))


@pytest.fixture(scope="module")
def bureau(tmp_path_factory: pytest.TempPathFactory, specs: Path) -> Iterator[Bureau]:
    """MN01's report of 06 tháng was returned; a note in the dashboard is about TH02."""
    work = tmp_path_factory.mktemp("units")
    with (
        local_google(work, seed=9) as server,
        Bureau.at_work(server) as bureau,
        pytest.MonkeyPatch.context() as setting,
    ):
        setting.setenv("CCHC_SPEC", str(specs))
        bureau.at("2022-06-02 10:00")
        bureau.submit("periodic_report/2022-h1", SCHOOL, "mn01@truong.example")
        bureau.at("2022-06-03 09:00")
        bureau.decide(SCHOOL, REPORT, "return", REVIEWER, said=HOSTILE)
        cchc("harvest", *YEAR)
        dashboard = cchc("dashboard", "publish", *YEAR)["spreadsheet_id"]
        with google_at(server) as google:
            notes = google.sheets.open_by_key(dashboard).worksheet(TITLES["notes"])
            notes.update([["TH02", "", NOTE]], "A2")
        yield bureau


def units(*more: str, code: int = 0) -> dict[str, dict[str, Any]]:
    """What the command did, by the units' codes."""
    return {
        one["unit"]: one for one in cchc("dashboard", "units", *YEAR, *more, code=code)["units"]
    }


@pytest.fixture(scope="module")
def first(bureau: Bureau) -> dict[str, Any]:
    """The first run, for all units, as it was told; its calls are the first in the log."""
    clear_log(bureau.server)
    return cchc("dashboard", "units", *YEAR)


@pytest.fixture(scope="module")
def made(first: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {one["unit"]: one for one in first["units"]}


def id_of(one: dict[str, Any]) -> str:
    return str(one["url"]).split("/")[-2]


def calls(server: Running) -> list[str]:
    return [str(one["method_id"]) for one in log(server) if one["method_id"] != "batch"]


def held(server: Running, one: dict[str, Any]) -> str:
    """All that Google holds of a file: properties, cells, formats, notes, links."""
    with google_at(server) as google:
        drive = google.execute(google.drive.files().get(fileId=id_of(one), fields="*"))
        book = google.sheets.http_client.fetch_sheet_metadata(
            id_of(one), {"includeGridData": "true"}
        )
    return json.dumps([drive, book], ensure_ascii=False)


def readers(server: Running, one: dict[str, Any]) -> set[tuple[str, str]]:
    with google_at(server) as google:
        found = google.execute(
            google.drive.permissions().list(
                fileId=id_of(one), fields="permissions(role,emailAddress)"
            )
        )["permissions"]
    return {(who["role"], who["emailAddress"]) for who in found}


def tab(server: Running, one: dict[str, Any]) -> gspread.Worksheet:
    with google_at(server) as google:
        (only,) = google.sheets.open_by_key(id_of(one)).worksheets()
        return only


def change_units(specs: Path, old: str, new: str) -> None:
    file = specs / "units.csv"
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new), "utf-8")


def test_sixty_units_are_made_in_sixty_writes_and_seven_other_calls(
    bureau: Bureau, first: dict[str, Any], made: dict[str, dict[str, Any]]
) -> None:
    """A look-up; for each twenty an HTTP batch that makes and one that marks. (Parts are told as
    calls in the log.)"""
    assert (len(made), first["calls"]) == (60, 67)
    assert {one["done"] for one in made.values()} == {"made"}
    asked = calls(bureau.server)
    assert asked.count("sheets.spreadsheets.batchUpdate") == 60
    assert asked.count("drive.files.create") == 60
    assert asked.count("drive.files.update") == 60
    assert not {name for name in asked if "permissions" in name}
    again = cchc("dashboard", "units", *YEAR)
    assert again["calls"] == 1


def test_a_unit_finds_its_own_rows_in_plain_words(
    bureau: Bureau, made: dict[str, dict[str, Any]]
) -> None:
    rows = tab(bureau.server, made["MN01"]).get_all_values()
    assert [row[0] for row in rows[:7]] == [
        "Trường Mầm non Mẫu 01",
        "Kế hoạch, báo cáo CCHC 2022 của đơn vị",
        "Tính đến 03/06/2022 09:00:00",
        "Trang này chỉ được ghi lại khi kết quả đổi.",
        "Cần hỏi: Phòng GDĐT Quận 7",
        "duyet1@phonggd.example",
        "duyet2@phonggd.example",
    ]
    header, *body = rows[7:]
    (report,) = [dict(zip(header, row, strict=True)) for row in body if row[0] == REPORT]
    assert report == {
        "Văn bản, kỳ": REPORT,
        "Kết quả": "Đúng hạn",
        "Hạn": "03/06/2022",
        "Biểu mẫu": "Nộp lại",
        "Trạng thái": "Đã chuyển trả",
        "Nộp lần đầu": "02/06/2022 10:00:00",
        "Ngày duyệt": "",
        "Số lần chuyển trả": "1",
        "Lý do chuyển trả gần nhất": HOSTILE,
    }
    (quarter,) = [row for row in body if row[0] == "Báo cáo CCHC quý I năm 2022"]
    assert quarter[1:5] == ["Không xét", "03/03/2022", "", "Chưa nộp"]  # not invited to send it
    assert [row[2] for row in body] == sorted(
        (row[2] for row in body), key=lambda day: day.split("/")[::-1]
    )


def test_nothing_of_any_other_unit_is_in_a_units_file(
    bureau: Bureau, made: dict[str, dict[str, Any]]
) -> None:
    """No code, name, address or note, wherever Google keeps it: cells, links, properties."""
    for code in ("MN01", "TH02", "THCS13"):
        text = held(bureau.server, made[code])
        assert set(re.findall(r"\b(?:MN|TH|THCS)\d\d\b", text)) == {code}
        name = made[code]["name"]
        assert set(re.findall(r"Trường (?:Mầm non|Tiểu học|THCS) Mẫu \d\d", text)) == {name}
        assert set(re.findall(r"[a-z]+\d\d@truong\.example", text)) <= {
            f"{code.lower()}@truong.example"
        }
        assert "ốm" not in text
        assert ("IMPORTXML" in text) == (code == "MN01")


def test_what_a_reviewer_wrote_is_a_text_and_never_a_formula(
    bureau: Bureau, made: dict[str, dict[str, Any]]
) -> None:
    with google_at(bureau.server) as google:
        found = google.sheets.http_client.fetch_sheet_metadata(
            id_of(made["MN01"]), {"fields": "sheets.data.rowData.values.userEnteredValue"}
        )
    values = [
        cell["userEnteredValue"]
        for row in found["sheets"][0]["data"][0]["rowData"]
        for cell in row.get("values", ())
        if "userEnteredValue" in cell
    ]
    assert {"stringValue": HOSTILE} in values
    assert not [one for one in values if "formulaValue" in one]


def test_only_the_unit_whose_row_changed_is_written_again(
    bureau: Bureau, made: dict[str, dict[str, Any]]
) -> None:
    """And a harvest that brings nothing for anybody writes nothing, though it is later."""
    bureau.at("2022-06-03 15:00")
    cchc("harvest", *YEAR)
    clear_log(bureau.server)
    assert {one["done"] for one in units().values()} == {"same"}
    assert calls(bureau.server) == LOOK
    bureau.submit("periodic_report/2022-h1", "TH02 – Trường Tiểu học Mẫu 02", "th02@truong.example")
    cchc("harvest", *YEAR)
    clear_log(bureau.server)
    done = units()
    assert [code for code, one in done.items() if one["done"] == "written"] == ["TH02"]
    assert calls(bureau.server) == [*LOOK, *READ_AND_WRITE, *MARKED]
    assert "03/06/2022 15:00:00" in json.dumps(tab(bureau.server, done["TH02"]).get_all_values())


def test_nobody_sees_a_file_before_it_is_shared_and_then_its_unit_alone(
    bureau: Bureau, made: dict[str, dict[str, Any]], capsys: pytest.CaptureFixture[str]
) -> None:
    assert readers(bureau.server, made["MN01"]) == {OFFICE}
    units(*FEW)
    assert "MN01, TH02, THCS03 chưa xem được bảng của mình: thêm --share." in (
        capsys.readouterr().err
    )
    clear_log(bureau.server)
    done = units(*FEW, "--share")
    assert done["MN01"]["let_in"] == ["mn01@truong.example"]
    assert sorted(calls(bureau.server)) == sorted(
        [*LOOK, *MARKED * 3, *["drive.permissions.create"] * 3]
    )
    assert readers(bureau.server, done["MN01"]) == {OFFICE, ("reader", "mn01@truong.example")}
    assert readers(bureau.server, made["MN02"]) == {OFFICE}
    page = bureau.open(done["MN01"]["url"], "mn01@truong.example")
    assert "Đã chuyển trả" in page
    assert "Chỉ xem" in page
    with pytest.raises(HTTPError, match="403"):
        bureau.open(done["MN01"]["url"], "th02@truong.example")
    clear_log(bureau.server)
    units(*FEW, "--share")
    assert calls(bureau.server) == LOOK
    assert capsys.readouterr().err == ""


def test_who_leaves_the_roster_is_shut_out_and_whom_a_person_let_in_is_told_and_left(
    bureau: Bureau, made: dict[str, dict[str, Any]], specs: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A new principal: the old address goes, and until then it is told."""
    one = ("--unit", "MN01")
    units(*one, "--share")
    with google_at(bureau.server) as google:
        friend: Any = {"type": "user", "role": "reader", "emailAddress": "ban@cchc.example"}
        google.execute(google.drive.permissions().create(fileId=id_of(made["MN01"]), body=friend))
    change_units(specs, "mn01@truong.example", "moi@truong.example")
    capsys.readouterr()
    assert units(*one)["MN01"]["not_shut_out"] == ["mn01@truong.example"]
    told = capsys.readouterr().err
    assert "MN01 còn người xem không có trong units.csv: thêm --share để thôi." in told
    done = units(*one, "--share")["MN01"]
    assert (done["let_in"], done["shut_out"]) == (["moi@truong.example"], ["mn01@truong.example"])
    assert "MN01: ban@cchc.example xem được vì có người chia sẻ tay" in capsys.readouterr().err
    assert readers(bureau.server, made["MN01"]) == {
        OFFICE, ("reader", "moi@truong.example"), ("reader", "ban@cchc.example"),
    }  # fmt: skip
    change_units(specs, "moi@truong.example", "mn01@truong.example")
    units(*one, "--share")
    assert ("reader", "moi@truong.example") not in readers(bureau.server, made["MN01"])


def test_a_unit_that_left_the_roster_keeps_its_file_and_nobody_sees_it(
    bureau: Bureau, made: dict[str, dict[str, Any]], specs: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Its documents of the year stay in the ledger (L1), so the office still has what to show."""
    whole = (specs / "units.csv").read_text("utf-8")
    (line,) = re.findall(r"^TH05,.*\n", whole, re.M)
    units("--unit", "TH05", "--share")
    change_units(specs, line, "")
    capsys.readouterr()
    done = units("--unit", "TH05", "--share")["TH05"]
    assert done["shut_out"] == ["th05@truong.example"]
    assert readers(bureau.server, done) == {OFFICE}
    assert "TH05 không có địa chỉ nào trong units.csv" in capsys.readouterr().err
    (specs / "units.csv").write_text(whole, "utf-8")
    assert units("--unit", "TH05", "--share")["TH05"]["let_in"] == ["th05@truong.example"]


def test_what_somebody_typed_over_comes_right_again(
    bureau: Bureau, made: dict[str, dict[str, Any]]
) -> None:
    """Google tells that the file was changed since; in another tab it is nobody's business."""
    bureau.at("2022-06-03 16:00")
    sheet = tab(bureau.server, made["MN02"])
    before = sheet.get_all_values()
    sheet.update([["Đạt"]], "B9")
    clear_log(bureau.server)
    done = units()
    assert [code for code, one in done.items() if one["done"] == "written"] == ["MN02"]
    assert calls(bureau.server) == [*LOOK, *READ_AND_WRITE, *MARKED]
    assert sheet.get_all_values() == before
    bureau.at("2022-06-03 16:05")
    sheet.spreadsheet.add_worksheet("Nháp", 3, 3)
    clear_log(bureau.server)
    assert units()["MN02"]["done"] == "same"
    assert calls(bureau.server) == [*LOOK, "sheets.spreadsheets.get"]
    clear_log(bureau.server)
    units()
    assert calls(bureau.server) == LOOK


def test_a_file_in_the_trash_is_made_anew(bureau: Bureau, made: dict[str, dict[str, Any]]) -> None:
    with google_at(bureau.server) as google:
        file: Any = google.drive.files()
        google.execute(file.update(fileId=id_of(made["MN03"]), body={"trashed": True}))
    done = units("--unit", "MN03")["MN03"]
    assert done["done"] == "made"
    assert id_of(done) != id_of(made["MN03"])
    assert units("--unit", "MN03")["MN03"]["done"] == "same"


def test_a_fresh_machine_reads_what_is_there_and_writes_nothing(
    bureau: Bureau,
    made: dict[str, dict[str, Any]],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    units(*FEW)
    assert run(["store", "export", str(tmp_path / "log.jsonl")]) == 0
    monkeypatch.setenv("CCHC_STORE", str(tmp_path / "other.sqlite"))
    assert run(["store", "import", str(tmp_path / "log.jsonl")]) == 0
    cchc("harvest", *YEAR)
    cchc("dashboard", "units", *YEAR, "--unit", "MN02")  # the forms' addresses are remembered
    clear_log(bureau.server)
    done = units(*FEW)
    assert {one["done"] for one in done.values()} == {"same"}
    assert calls(bureau.server) == [*LOOK, *["sheets.spreadsheets.get"] * 3]
    clear_log(bureau.server)
    units(*FEW)
    assert calls(bureau.server) == LOOK


def test_of_one_that_fails_the_others_are_done_and_the_next_run_finishes(
    bureau: Bureau, made: dict[str, dict[str, Any]], specs: Path
) -> None:
    units(*FEW, "--share")
    change_units(specs, "th02@truong.example", "hai@truong.example")
    break_at(bureau.server, method_id="drive.permissions.create", nth=1, status=400)
    done = units(*FEW, "--share", code=4)
    assert [code for code, one in done.items() if one["error"]] == ["TH02"]
    assert done["TH02"]["error"].startswith("không cho hai@truong.example xem được: Google trả lời")
    assert done["TH02"]["error"].endswith("không phải tài khoản Google thì thêm --notify")
    assert units(*FEW, "--share")["TH02"]["let_in"] == ["hai@truong.example"]
    change_units(specs, "hai@truong.example", "th02@truong.example")
    units(*FEW, "--share")


FAULTS = {
    "the making is lost, done": ("drive.files.create", 2, {"drop": True, "after": True}),
    "the making is refused": ("drive.files.create", 1, {"status": 500}),
    "a write is dropped": ("sheets.spreadsheets.batchUpdate", 2, {"drop": True}),
    "a write is lost, done": ("sheets.spreadsheets.batchUpdate", 2, {"drop": True, "after": True}),
    "the mark is lost, done": ("drive.files.update", 2, {"drop": True, "after": True}),
    "the mark is refused": ("drive.files.update", 3, {"status": 500}),
    "the sharing is refused": ("drive.permissions.create", 2, {"status": 500}),
}


@pytest.mark.parametrize(("method", "nth", "fault"), FAULTS.values(), ids=FAULTS)
def test_a_run_that_was_cut_off_is_finished_by_the_next_without_doubles(
    tmp_path: Path, method: str, nth: int, fault: dict[str, Any]
) -> None:
    with local_google(tmp_path, seed=3) as server, Bureau.at_work(server) as bureau:
        bureau.at("2022-06-02 10:00")
        cchc("harvest", *YEAR)
        break_at(server, method_id=method, nth=nth, **fault)
        assert run(["dashboard", "units", *YEAR, *FEW, "--share"]) in (1, 4)
        done = units(*FEW, "--share")
        with google_at(server) as google:
            files = google.list_files("name contains 'CCHC 2022 – Trường'", "id,appProperties")
        assert sorted(one["appProperties"]["cchc_unit"] for one in files) == [
            "MN01", "TH02", "THCS03",
        ]  # fmt: skip
        for code, one in done.items():
            assert tab(server, one).id == sheet_id_of("own")
            assert readers(server, one) == {OFFICE, ("reader", f"{code.lower()}@truong.example")}
        clear_log(server)
        assert {one["done"] for one in units(*FEW, "--share").values()} == {"same"}
        assert calls(server) == LOOK


def test_the_limit_a_minute_is_kept_and_nobody_waits_beyond_the_time_allowed(
    tmp_path: Path,
) -> None:
    """Sheets takes 60 writes a minute (facts C): of 31 + 31 units two have to wait, here in vain.
    What is written by then is marked as done."""
    views, time = list(unit_views(situation()))[:31], Time()
    with local_google(tmp_path, seed=4) as server:
        with limited_google(server.url, time, 50) as google:
            for year, late in ((2021, []), (2022, ["TH06", "TH07"])):
                books = UnitBooks(google, year, "R", {}).bring_up_to_date(views, {}, str)
                assert [one.view.code for one in books if one.error] == late
        assert time.slept == []
        assert "hết thời gian cho phép (50 giây)" in str(books[-1].error)
        seen = {one.id: one.modified for one in books}
        with google_at(server) as google:
            files = Registry.look_up(google, "R").units(2022)
            again = UnitBooks(google, 2022, "R", seen).bring_up_to_date(views, files, str)
            assert [one.view.code for one in again if one.deed == "written"] == late
            assert google.calls == 1 + 2 * 2 + 1  # look-up; a read and a write each; marks


def test_links_for_the_units_are_written_to_a_file(
    bureau: Bureau, made: dict[str, dict[str, Any]], tmp_path: Path
) -> None:
    file = tmp_path / "bang.csv"
    done = units("--unit", "mn02", "--csv", str(file))
    with file.open(encoding="utf-8-sig", newline="") as text:
        (line,) = csv.DictReader(text)
    assert (line["Mã đơn vị"], line["Địa chỉ"]) == ("MN02", "mn02@truong.example")
    assert line["Đường liên kết"] == done["MN02"]["url"]
    assert line["Lời nhắn"].startswith("Kính gửi Trường Mầm non Mẫu 02: kết quả nộp kế hoạch")


def test_an_unknown_unit_and_a_mail_to_nobody_are_wrong_usage(bureau: Bureau) -> None:
    assert run(["dashboard", "units", *YEAR, "--unit", "XX99"]) == 2
    assert run(["dashboard", "units", *YEAR, "--notify"]) == 2
