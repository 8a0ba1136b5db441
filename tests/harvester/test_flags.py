"""What the content checks say of an answer reaches the ledger, and moves nothing (A16, L21)."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

from cchc_gforms.google.address import Address
from cchc_gforms.google.client import Google
from cchc_gforms.google.credentials import Identity
from cchc_gforms.harvester.harvest import harvest
from cchc_gforms.spec.ids import entry_id
from cchc_gforms.spec.load import load_all
from cchc_gforms.store.log import EventLog
from tests.office import H1, SPECS, YEAR, Bureau, cchc, local_google

SCHOOL = "MN01 – Trường Mầm non Mẫu 01"
PLAN, RESULT = "annual_plan/2022-year", "plan_result/2022-h1"
REVIEWER = "duyet1@phonggd.example"
Q1 = "periodic_report/2022-q1"
OWN = "mn01@truong.example"
FALLEN = "Số phản ánh đã tiếp nhận: 9 nhỏ hơn số lũy kế đã báo ở kỳ trước (12)"


def test_a_report_with_doubtful_answers_is_on_time_and_flagged(tmp_path: Path) -> None:
    wrong = {
        "completion_rate": "120",
        "feedback_received": "khoảng mười",
        "communication": "Ba bài về hội khỏe.",
        "direction": "Tiếp tục thực hiện theo Kế hoạch CCHC đã đề ra trong năm.",
        "evidence_scan": "đã gửi qua Zalo",
    }
    with local_google(tmp_path, seed=3) as server, Bureau.at_work(server) as bureau:
        bureau.at("2022-06-02 10:00")
        bureau.submit(H1, SCHOOL, "mn01@truong.example", said=wrong)
        cchc("harvest", *YEAR)
        rows = cchc("ledger", "show", *YEAR)["rows"]
    (row,) = [
        row
        for row in rows
        if (row["unit"], row["document"], row["period"]) == ("MN01", "periodic_report", "2022-h1")
    ]
    assert row["timeliness"] == "on_time"
    flags = [flag for flag in row["flags"] if "xác nhận" not in flag]
    assert flags == [
        "Minh chứng: “đã gửi qua Zalo” không phải là một liên kết",
        "Mức độ hoàn thành các nội dung kế hoạch CCHC năm của đơn vị (%): 120 lớn hơn 100",
        "Số phản ánh đã tiếp nhận: “khoảng mười” không phải là một con số",
        "Nội dung tuyên truyền, truyền thông; hiệu quả: chưa thấy nói về CCHC, xem lại có đúng nội "
        "dung được hỏi không",
        "Phương hướng, nhiệm vụ chung: ghi chung chung “tiếp tục thực hiện theo Kế hoạch CCHC”, "
        "cần nêu cụ thể",
    ]


def _runs_on(period: str = "2022-h1") -> list[str]:
    """What was flagged of cumulative figures in the school's report."""
    (row,) = [
        row
        for row in cchc("ledger", "show", *YEAR)["rows"]
        if (row["unit"], row["document"], row["period"]) == ("MN01", "periodic_report", period)
    ]
    return [flag for flag in row["flags"] if "lũy kế" in flag and "Số phản ánh đã" in flag]


def _said(received: str) -> dict[str, str]:
    return {"feedback_received": received, "feedback_handled": "8"}


def test_a_half_years_figure_below_the_first_quarters_is_flagged(tmp_path: Path) -> None:
    """A11: against what was harvested before, and nothing is appended twice."""
    with local_google(tmp_path, seed=3) as server, Bureau.at_work(server) as bureau:
        bureau.at("2022-03-02 10:00")
        bureau.submit(Q1, SCHOOL, OWN, said=_said("12"))
        bureau.at("2022-03-02 11:00")
        cchc("harvest", *YEAR)
        bureau.at("2022-06-02 10:00")
        bureau.submit(H1, SCHOOL, OWN, said=_said("9"))
        bureau.at("2022-06-02 11:00")
        assert cchc("harvest", *YEAR)["new_by_kind"] == {"version_seen": 1}
        assert cchc("harvest", *YEAR)["new_events"] == 0
        assert (_runs_on(), _runs_on("2022-q1")) == ([FALLEN], [])


def test_the_flag_is_there_when_all_is_harvested_at_once_in_any_order(tmp_path: Path) -> None:
    """A11: the half-year's form is read first here; a stranger's quarter says nothing (L13)."""
    with local_google(tmp_path, seed=3) as server, Bureau.at_work(server) as bureau:
        bureau.at("2022-03-02 10:00")
        bureau.submit(Q1, SCHOOL, OWN, said=_said("12"))
        bureau.at("2022-03-03 10:00")
        bureau.submit(Q1, SCHOOL, "la@khac.example", said=_said("500"))
        bureau.at("2022-06-02 10:00")
        bureau.submit(H1, SCHOOL, OWN, said=_said("9"))
        bureau.at("2022-06-02 11:00")
        year, specs = load_all(SPECS, 2022)
        google = Google(Identity(Path("none"), Path("none")), Address.parse(server.url))
        with EventLog.open(f"sqlite:///{tmp_path / 'log.sqlite'}") as log:
            backwards = sorted(specs, key=lambda spec: spec.name != H1)
            assert harvest(google, log, year, backwards, print).kinds == {"version_seen": 3}
            assert harvest(google, log, year, specs, print).new == 0
        google.close()
        assert _runs_on() == [FALLEN]


def test_what_google_no_longer_has_is_still_compared_with(tmp_path: Path) -> None:
    """A11: the first quarter's form is gone; the log remembers what it was told."""
    with local_google(tmp_path, seed=3) as server, Bureau.at_work(server) as bureau:
        bureau.at("2022-03-02 10:00")
        bureau.submit(Q1, SCHOOL, OWN, said=_said("12"))
        bureau.at("2022-03-02 11:00")
        cchc("harvest", *YEAR)
        google = Google(Identity(Path("none"), Path("none")), Address.parse(server.url))
        gone: Any = {"trashed": True}
        google.execute(google.drive.files().update(fileId=bureau.form_id(Q1), body=gone))
        google.close()
        bureau.at("2022-06-02 10:00")
        bureau.submit(H1, SCHOOL, OWN, said=_said("9"))
        bureau.at("2022-06-02 11:00")
        cchc("harvest", *YEAR, code=4)  # which tells that it is gone
        assert _runs_on() == [FALLEN]


def test_a_plan_for_one_field_of_nine_is_received_and_flagged(tmp_path: Path) -> None:
    """R22, R24: what is missing moves nothing (L21)."""
    with local_google(tmp_path, seed=3) as server, Bureau.at_work(server) as bureau:
        bureau.at("2022-03-10 10:00")
        asked = bureau.specs["annual_plan/2022-year"].questions()
        one = {"satisfaction_tasks": "Khảo sát phụ huynh", "satisfaction_target": "Tốt"}
        said = {question.key: "" for question in asked if question.required is False} | one
        bureau.submit("annual_plan/2022-year", SCHOOL, OWN, said=said)
        cchc("harvest", *YEAR)
        rows = cchc("ledger", "show", *YEAR, "--unit", "MN01", "--document", "annual_plan")["rows"]
    (row,) = rows
    assert row["submission"] == "on_time"
    missing, empty, task, result = row["flags"]
    assert missing.startswith("Minh chứng chưa đủ")
    assert empty.startswith("Còn trống 8/9 mục phải có nội dung: 1. Công tác chỉ đạo")
    assert task.startswith(
        "Nhiệm vụ 1 – 8. Khảo sát, đánh giá sự hài lòng: chưa có “Đơn vị chủ trì"
    )
    assert result.endswith("đánh giá sự hài lòng: chưa định lượng, không thấy con số nào")


def test_a_task_that_says_no_more_than_the_link_filled_in_is_flagged(tmp_path: Path) -> None:
    """R6: the tasks of the plan are there to begin with; a result has to be written behind each."""
    tasks = {"steering_tasks": "Tập huấn\nRà soát  hồ sơ", "steering_target": "02 buổi"}
    with local_google(tmp_path, seed=3) as server, Bureau.at_work(server) as bureau:
        bureau.at("2022-03-02 10:00")
        bureau.submit(PLAN, SCHOOL, OWN, said=tasks)
        bureau.decide(SCHOOL, "Kế hoạch CCHC năm 2022", "approve", REVIEWER)
        cchc("harvest", *YEAR)
        links: Any = cchc("forms", "links", RESULT, *YEAR)
        (link,) = [one["link"] for one in links if one["unit"] == "MN01"]
        begun = parse_qs(urlsplit(link).query)[f"entry.{entry_id('steering_result')}"][0]
        *done, left = begun.split("\n")
        bureau.at("2022-06-02 10:00")
        said = {"steering_result": "\n".join([*(f"{one}: đã xong" for one in done), left])}
        bureau.submit(RESULT, SCHOOL, OWN, said=said)
        cchc("harvest", *YEAR)
        rows = cchc("ledger", "show", *YEAR)["rows"]
    (row,) = [row for row in rows if (row["unit"], row["document"]) == ("MN01", "plan_result")
              and row["period"] == "2022-h1"]  # fmt: skip
    assert [flag for flag in row["flags"] if "như điền sẵn" in flag] == [
        "Kết quả từng nhiệm vụ – 1. Công tác chỉ đạo, điều hành CCHC: 1 dòng còn nguyên như điền "
        "sẵn, chưa ghi kết quả"
    ]
