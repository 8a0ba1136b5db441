"""Every action of the processing form, sent through the form's page, harvested, in the ledger."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from cchc_gforms.cli.main import run
from cchc_gforms.google.address import Address
from cchc_gforms.google.client import Google
from cchc_gforms.google.credentials import Identity
from cchc_gforms.google.registry import ANYONE, Registry, admit
from cchc_gforms.regime.load import load as load_regime
from cchc_gforms.spec.prefill import ProcessingLinks
from tests.office import H1, SPECS, YEAR, Bureau, cchc, local_google

ROSTER = load_regime(SPECS, 2022).roster
REPORT = "Báo cáo CCHC 06 tháng đầu năm 2022"
RESULT = "Kết quả thực hiện Kế hoạch CCHC 06 tháng đầu năm 2022"
RESULT_M9 = "Kết quả thực hiện Kế hoạch CCHC 09 tháng năm 2022"
REVIEWER = "duyet1@phonggd.example"
STRANGER = "nguoila@khac.example"
FORM = "processing/2022"


def unit(code: str) -> str:
    return ROSTER.choice(ROSTER.unit(code))


@dataclass(frozen=True)
class Deed:
    """Something somebody sends at a moment ("2022-06-02 10:00", local)."""

    at: str
    deed: str
    said: Mapping[str, str] = field(default_factory=dict)
    by: str = ""
    document: str = REPORT

    def send(self, bureau: Bureau, code: str) -> None:
        bureau.at(self.at)
        if self.deed == "submit":
            bureau.submit(H1, unit(code), self.by or ROSTER.unit(code).emails[0])
        else:
            said = dict(self.said)
            bureau.record(unit(code), self.document, self.deed, self.by or REVIEWER, said)


@dataclass(frozen=True)
class Case:
    """A unit's June report, due on 03/06; `expect` is by hand, from the rules named."""

    rules: str
    code: str
    deeds: tuple[Deed, ...]
    expect: Mapping[str, Any]


CASES = [
    Case(
        "an approval is of the latest version, at the time of the form: L5 L7 R11",
        "MN01",
        (Deed("2022-06-02 10:00", "submit"), Deed("2022-06-05 09:00", "approve")),
        {"review": "approved", "approved_at": "2022-06-05T02:00:00+00:00", "approved_by": REVIEWER},
    ),
    Case(
        "a return counts once and keeps its reason: L6 R13",
        "MN02",
        (
            Deed("2022-06-02 10:00", "submit"),
            Deed("2022-06-04 09:00", "return", {"reason": "Thiếu số liệu mục II.2."}),
        ),
        {
            "review": "returned",
            "return_count": 1,
            "return_reasons": ["Thiếu số liệu mục II.2."],
            "timeliness": "on_time",
        },
    ),
    Case(
        "an extension granted afterwards excuses, and the original stays: L10 A24",
        "MN03",
        (
            Deed("2022-06-06 10:00", "submit"),
            Deed(
                "2022-06-08 09:00",
                "extend",
                {"due_on": "2022-06-06", "reason": "Mất kết nối mạng.", "scope": "one_unit"},
            ),
        ),
        {
            "timeliness": "on_time",
            "timeliness_original": "late",
            "due_original": "2022-06-03",
            "due": "2022-06-06",
            "extension_reason": "Mất kết nối mạng.",
            "marks": ["extended", "late_by_original"],
        },
    ),
    Case(
        "the extension of another unit is not one's own: L10",
        "MN04",
        (Deed("2022-06-06 10:00", "submit"),),
        {"timeliness": "late", "late_days": 3, "due": "2022-06-03", "marks": []},
    ),
    Case(
        "a receipt in person counts from its stated time in the regime's zone: L12 R16",
        "MN05",
        (
            Deed(
                "2022-06-06 09:00",
                "receive_in_person",
                {"received_on": "2022-06-03", "received_at": "23:59", "reason": "Số 12/BC-MN05."},
            ),
        ),
        {
            "timeliness": "on_time",
            "first_submitted_at": "2022-06-03T16:59:00+00:00",
            "marks": ["in_person"],
            "review": "waiting",
        },
    ),
    Case(
        "an exempt unit stays in the ledger with the reason: L11 A20",
        "MN06",
        (Deed("2022-06-01 09:00", "exempt", {"reason": "Trường mới thành lập."}),),
        {"timeliness": "exempt", "exempt": "Trường mới thành lập.", "late_days": None},
    ),
    Case(
        "after the void of a test the next version is first: L9 A14",
        "MN07",
        (
            Deed("2022-06-02 10:00", "submit"),
            Deed("2022-06-03 09:00", "void", {"reason": "Gửi thử.", "target": "latest"}),
            Deed("2022-06-06 10:00", "submit"),
        ),
        {
            "timeliness": "late",
            "first_submitted_at": "2022-06-06T03:00:00+00:00",
            "versions": 1,
            "marks": ["voided"],
        },
    ),
    Case(
        "a void names a version by its minute: L9 A14",
        "MN08",
        (
            Deed("2022-06-01 08:15:42", "submit"),
            Deed("2022-06-05 10:00", "submit"),
            Deed(
                "2022-06-06 09:00",
                "void",
                {
                    "reason": "Bản trống.",
                    "target": "named",
                    "target_on": "2022-06-01",
                    "target_at": "08:15",
                },
            ),
        ),
        {
            "timeliness": "late",
            "first_submitted_at": "2022-06-05T03:00:00+00:00",
            "versions": 1,
            "marks": ["voided"],
        },
    ),
    Case(
        "accepted from quarantine it counts with its original time: L13",
        "MN09",
        (
            Deed("2022-06-02 10:00", "submit", by=STRANGER),
            Deed("2022-06-06 09:00", "accept", {"reason": "Đã gọi điện cho trường."}),
        ),
        {
            "timeliness": "on_time",
            "first_submitted_at": "2022-06-02T03:00:00+00:00",
            "review": "waiting",
        },
    ),
    Case(
        "a version accepted for another unit is not the claimed one's: L13",
        "MN10",
        (
            Deed("2022-06-02 10:00", "submit", by=ROSTER.unit("MN11").emails[0]),
            Deed("2022-06-06 09:00", "accept", {"to_unit": unit("MN11")}),
        ),
        {"timeliness": "missing", "versions": 0, "review": "none"},
    ),
    Case(
        "it is the other unit's, with its original time: L13",
        "MN11",
        (),
        {"timeliness": "on_time", "first_submitted_at": "2022-06-02T03:00:00+00:00"},
    ),
    Case(
        "a revocation takes back the last entry: L14",
        "MN12",
        (
            Deed("2022-06-02 10:00", "submit"),
            Deed("2022-06-04 09:00", "return", {"reason": "Nhầm trường."}),
            Deed("2022-06-04 09:30", "revoke", {"reason": "Nhầm trường.", "scope": "one_unit"}),
        ),
        {"review": "waiting", "return_count": 0, "return_reasons": []},
    ),
    Case(
        "a decision from an address that is no reviewer's does not count: L13",
        "MN13",
        (Deed("2022-06-02 10:00", "submit"), Deed("2022-06-04 09:00", "approve", by=STRANGER)),
        {"review": "waiting", "approved_at": None},
    ),
    Case(
        "a receipt that is said to come after it was recorded is refused: L12",
        "MN14",
        (
            Deed(
                "2022-06-02 09:00",
                "receive_in_person",
                {"received_on": "2022-06-02", "received_at": "09:01"},
            ),
        ),
        {"timeliness": "missing", "versions": 0},
    ),
]
FOR_ALL = (
    Deed(
        "2022-06-03 10:00",
        "extend",
        {"due_on": "2022-06-10", "reason": "Sự cố Google.", "scope": "everyone"},
        document=RESULT,
    ),
    Deed(
        "2022-09-02 10:00",
        "extend",
        {"due_on": "2022-09-10", "reason": "Nghỉ lễ.", "scope": "everyone"},
        document=RESULT_M9,
    ),
    Deed(
        "2022-09-02 11:00",
        "revoke",
        {"reason": "Ghi nhầm kỳ.", "scope": "everyone"},
        document=RESULT_M9,
    ),
)


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Any]]:
    """All cases lived through in the order of time, in one office, and the ledger at the end."""
    work = tmp_path_factory.mktemp("processing")
    with local_google(work, seed=11) as server, Bureau.at_work(server) as bureau:
        let_answer(bureau, STRANGER)
        deeds = [(deed, case.code) for case in CASES for deed in case.deeds]
        for deed, code in sorted([*deeds, *((one, "MN01") for one in FOR_ALL)], key=_when):
            deed.send(bureau, code)
        bureau.at("2022-09-20 09:00")
        harvested = cchc("harvest", *YEAR)
        again = cchc("harvest", *YEAR)
        yield {**cchc("ledger", "show", *YEAR), "harvested": harvested, "again": again}


def _when(sent: tuple[Deed, str]) -> str:
    return sent[0].at


def let_answer(bureau: Bureau, email: str) -> None:
    """Somebody of the office lets one more person open the processing form."""
    with google_of(bureau) as google:
        form = Registry.look_up(google).of_year(2022)[FORM]
        assert ANYONE not in form.responders
        admit(google, form.id, tags={}, grant=[email])


@contextmanager
def google_of(bureau: Bureau) -> Iterator[Google]:
    """Google as the office's own programs see it."""
    google = Google(Identity(Path("none"), Path("none")), Address.parse(bureau.server.url))
    yield google
    google.close()


def row(ledger: dict[str, Any], code: str, document: str, period: str) -> dict[str, Any]:
    key = (code, document, period)
    (found,) = [
        one for one in ledger["rows"] if (one["unit"], one["document"], one["period"]) == key
    ]
    return dict(found)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.rules)
def test_the_ledger_says_what_the_rule_says(ledger: dict[str, Any], case: Case) -> None:
    found = row(ledger, case.code, "periodic_report", "2022-h1")
    assert {name: found[name] for name in case.expect} == case.expect


def test_an_extension_for_everyone_moves_every_due_date_of_that_document(
    ledger: dict[str, Any],
) -> None:
    """L10: and of no other document."""
    due = {
        (one["document"], one["period"], one["due"])
        for one in ledger["rows"]
        if one["document"] == "plan_result" and one["period"] in ("2022-h1", "2022-m9")
    }
    assert due == {
        ("plan_result", "2022-h1", "2022-06-10"),
        ("plan_result", "2022-m9", "2022-09-03"),  # extended, and revoked for everyone (L14)
    }


def test_what_is_not_counted_is_listed(ledger: dict[str, Any]) -> None:
    listed = {(one["kind"], one["unit"]) for one in ledger["anomalies"]}
    assert listed == {("decision_quarantined", "MN13"), ("stated_in_future", "MN14")}


def test_a_second_harvest_appends_nothing(ledger: dict[str, Any]) -> None:
    sent = sum(len(case.deeds) for case in CASES) + len(FOR_ALL)
    assert ledger["harvested"]["new_events"] == sent
    assert ledger["again"]["new_events"] == 0
    assert "unreadable" not in ledger["harvested"]["new_by_kind"]


@pytest.fixture
def bureau(tmp_path: Path) -> Iterator[Bureau]:
    with local_google(tmp_path, seed=12) as server, Bureau.at_work(server) as bureau:
        yield bureau


def h1(code: str) -> dict[str, Any]:
    return row(cchc("ledger", "show", *YEAR), code, "periodic_report", "2022-h1")


def type_into_the_form_tab(bureau: Bureau, said: Mapping[str, Any]) -> None:
    """A person types a row under the answers of the processing form; `said` by header."""
    with google_of(bureau) as google:
        book = google.sheets.open_by_key(bureau.applied["responses"]["id"])
        tab = next(tab for tab in book.worksheets() if "Đơn vị được xử lý" in tab.row_values(1))
        headers = tab.row_values(1)
        assert set(said) <= set(headers)
        cells = [said.get(header, "") for header in headers]
        tab.append_row(cells, table_range="A1")


def test_rows_typed_into_the_sheet_are_read_by_their_serial_dates_or_not_at_all(
    bureau: Bureau,
) -> None:
    """44714 is 02/06/2022; 0.6875 of a day is 16:30 (facts, Sheets C)."""
    bureau.at("2022-06-10 09:00")
    row = {"Dấu thời gian": 44719.5, "Địa chỉ email": REVIEWER, "Văn bản được xử lý": REPORT}
    extension = {**row, "Quyết định": "Gia hạn", "Lý do gia hạn": "Mất mạng"}
    extension |= {"Phạm vi gia hạn": "Chỉ đơn vị đã chọn"}
    receipt = {**row, "Quyết định": "Nhận trực tiếp", "Ngày nhận": 44714}
    type_into_the_form_tab(
        bureau, {**extension, "Đơn vị được xử lý": unit("MN01"), "Hạn mới": 44720}
    )
    type_into_the_form_tab(
        bureau, {**extension, "Đơn vị được xử lý": unit("MN02"), "Hạn mới": "8/6/2022"}
    )
    type_into_the_form_tab(
        bureau, {**receipt, "Đơn vị được xử lý": unit("MN03"), "Giờ nhận": 0.6875}
    )
    type_into_the_form_tab(
        bureau, {**receipt, "Đơn vị được xử lý": unit("MN04"), "Giờ nhận": "chiều"}
    )
    assert cchc("harvest", *YEAR)["new_by_kind"] == {
        "extended": 1,
        "received_in_person": 1,
        "unreadable": 2,
    }
    assert (h1("MN01")["due"], h1("MN02")["due"]) == ("2022-06-08", "2022-06-03")
    assert h1("MN03")["first_submitted_at"] == "2022-06-02T09:30:00+00:00"
    assert h1("MN04")["versions"] == 0


def edit_of(page: str) -> str:
    found = re.search(r"edit2=([\w-]+)", page)
    assert found is not None
    return found[1]


def test_an_edited_slip_is_one_more_entry_and_the_first_stays_as_harvested(
    bureau: Bureau,
) -> None:
    """Google keeps only the last answers; what the log has of the first is not called lost."""
    bureau.at("2022-06-02 10:00")
    bureau.submit(H1, unit("MN01"), ROSTER.unit("MN01").emails[0])
    bureau.at("2022-06-04 09:00")
    page = bureau.record(unit("MN01"), REPORT, "approve", REVIEWER)
    assert cchc("harvest", *YEAR)["new_by_kind"] == {"version_seen": 1, "decided": 1}
    bureau.at("2022-06-05 09:00")
    said = {"reason": "Thiếu số liệu."}
    bureau.record(unit("MN01"), REPORT, "return", REVIEWER, said, edit2=edit_of(page))
    assert cchc("harvest", *YEAR)["new_by_kind"] == {"decided": 1}
    assert (h1("MN01")["review"], h1("MN01")["return_count"]) == ("returned", 1)
    assert cchc("harvest", *YEAR)["new_events"] == 0


def test_a_slip_edited_before_any_harvest_is_listed_and_counts_as_edited(bureau: Bureau) -> None:
    bureau.at("2022-06-04 09:00")
    page = bureau.record(unit("MN01"), REPORT, "exempt", REVIEWER, {"reason": "Nhầm"})
    bureau.at("2022-06-04 09:10")
    said = {"due_on": "2022-06-10", "reason": "Mất mạng", "scope": "one_unit"}
    bureau.record(unit("MN01"), REPORT, "extend", REVIEWER, said, edit2=edit_of(page))
    assert cchc("harvest", *YEAR)["new_by_kind"] == {"unreadable": 1, "extended": 1}
    assert (h1("MN01")["due"], h1("MN01")["exempt"]) == ("2022-06-10", None)


def test_a_processing_form_deleted_and_made_again_doubles_nothing(bureau: Bureau) -> None:
    """A receipt would be a second version, a void would take the version before."""
    bureau.at("2022-06-01 10:00")
    bureau.submit(H1, unit("MN01"), ROSTER.unit("MN01").emails[0])
    bureau.at("2022-06-02 10:00")
    received = {"received_on": "2022-06-02", "received_at": "09:00"}
    bureau.record(unit("MN01"), REPORT, "receive_in_person", REVIEWER, received)
    bureau.at("2022-06-02 11:00")
    bureau.record(unit("MN01"), REPORT, "void", REVIEWER, {"reason": "Nhầm", "target": "latest"})
    bureau.at("2022-06-02 12:00")
    assert cchc("harvest", *YEAR)["new_events"] == 3
    with google_of(bureau) as google:
        body: Any = {"trashed": True}
        google.execute(google.drive.files().update(fileId=bureau.form_id(FORM), body=body))
    again = cchc("forms", "apply", "--yes", *YEAR)
    assert [form["done"] for form in again["forms"]].count("created") == 1
    assert cchc("harvest", *YEAR)["new_events"] == 0
    assert (h1("MN01")["versions"], h1("MN01")["marks"]) == (1, ["voided"])


def test_news_items_are_counted_by_unit_and_quarter_and_an_edit_is_no_second_one(
    bureau: Bureau,
) -> None:
    """R33, A21: by the day of sending."""
    item = {"news_title": "Cải cách thủ tục tuyển sinh", "news_link": "https://truong.example/1"}
    bureau.at("2022-06-30 23:59:59")
    page = bureau.submit("news/2022", unit("MN01"), ROSTER.unit("MN01").emails[0], said=item)
    bureau.at("2022-07-01 00:00")
    bureau.submit("news/2022", unit("MN01"), STRANGER, said=item)
    bureau.submit("news/2022", unit("TH01"), ROSTER.unit("TH01").emails[0], said=item)
    bureau.at("2022-10-05 08:00")
    home = ROSTER.unit("MN01").emails[0]
    bureau.submit("news/2022", unit("MN01"), home, said=item, edit2=edit_of(page))
    bureau.at("2022-12-31 08:00")
    assert cchc("harvest", *YEAR)["new_by_kind"] == {"news_item": 3}
    assert cchc("harvest", *YEAR)["new_events"] == 0
    news = cchc("ledger", "news", *YEAR)
    counted = {code: quarters for code, quarters in news["by_unit"].items() if any(quarters)}
    assert counted == {"MN01": [0, 1, 1, 0], "TH01": [0, 0, 1, 0]}
    assert news["unknown"] == 0


def test_a_prefilled_link_opens_with_everything_chosen(bureau: Bureau) -> None:
    """Facts 7.3: unit, document and action, as the dashboard will offer them to a reviewer."""
    form = next(one for one in bureau.applied["forms"] if one["name"] == FORM)
    links = ProcessingLinks(bureau.specs[FORM], form["responder_uri"])
    link = links.to(unit=unit("MN05"), document=REPORT, action="extend")
    page = bureau.open(link, REVIEWER)
    chosen = re.findall(r'<option value="([^"]*)" selected', page)
    ticked = re.findall(r'<input[^>]*value="([^"]*)"[^>]* checked', page)
    assert (chosen, ticked) == ([unit("MN05"), REPORT], ["Gia hạn"])
    with pytest.raises(ValueError, match="no such unit"):
        links.to(unit="MN99", document=REPORT, action="approve")


def test_a_decision_whose_time_was_typed_over_is_no_other_one_for_a_log_that_came_back(
    bureau: Bureau, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A log has no answers of decisions, so what its row said is the form's to tell."""
    bureau.at("2022-06-02 10:00")
    bureau.decide(unit("MN01"), REPORT, "return", REVIEWER)
    for code in ("MN02", "MN03"):
        bureau.decide(unit(code), "Kế hoạch CCHC năm 2022", "approve", "duyet2@phonggd.example")
    bureau.at("2022-06-03 10:00")
    assert cchc("harvest", *YEAR)["new_by_kind"] == {"decided": 3}
    with google_of(bureau) as google:
        book = google.sheets.open_by_key(bureau.applied["responses"]["id"])
        tab = next(tab for tab in book.worksheets() if "Đơn vị được xử lý" in tab.row_values(1))
        tab.update([[44700.25]], "A2")
    assert run(["store", "export", str(tmp_path / "log.jsonl")]) == 0
    monkeypatch.setenv("CCHC_STORE", str(tmp_path / "back.sqlite"))
    assert run(["store", "import", str(tmp_path / "log.jsonl")]) == 0
    assert cchc("harvest", *YEAR)["new_by_kind"] == {}
