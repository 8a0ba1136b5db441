"""`cchc forms links` of the plan-result form: the unit's own approved tasks are there already."""

from __future__ import annotations

import csv
import html
import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from sample_year.people import Browser

from cchc_gforms.cli.main import run
from cchc_gforms.spec.ids import entry_id
from cchc_gforms.spec.load import load_all
from cchc_gforms.spec.model import ChoiceItem
from tests.generator.live import spec_copy
from tests.office import SPECS, YEAR, Bureau, cchc, local_google

PLAN = "annual_plan/2022-year"
LABEL = "Kế hoạch CCHC năm 2022"
RESULT = "plan_result/2022-q1"
REVIEWER = "duyet1@phonggd.example"
MN01 = "MN01 – Trường Mầm non Mẫu 01"
FIELDS = (
    "steering", "institutions", "procedures", "organisation", "civil_service", "public_finance",
    "e_government", "satisfaction", "communication",
)  # fmt: skip
NO_TASKS = {f"{field}_tasks{copy}": "" for field in FIELDS for copy in ("", "_2", "_3")}
DUE = r"15/(0[1-9]|1[0-2])/2022"


@pytest.fixture
def bureau(tmp_path: Path) -> Iterator[Bureau]:
    with local_google(tmp_path, seed=5) as server, Bureau.at_work(server) as bureau:
        bureau.at("2022-03-10 10:00")
        yield bureau


def name_of(bureau: Bureau, code: str) -> str:
    """As the forms offer the unit."""
    unit = bureau.specs[PLAN].item("unit")
    assert isinstance(unit, ChoiceItem)
    return next(one.value for one in unit.choices if one.value.startswith(f"{code} "))


def plans(bureau: Bureau, code: str, *, edit2: str = "", **said: str) -> str:
    """A unit sends its plan, with these tasks and no others; the confirmation page."""
    answers = {**NO_TASKS, **said}
    email = f"{code.lower()}@truong.example"
    return bureau.submit(PLAN, name_of(bureau, code), email, said=answers, edit2=edit2)


def links(bureau: Bureau) -> dict[str, str]:
    answer: Any = cchc("forms", "links", RESULT, *YEAR)
    return {one["unit"]: one["link"] for one in answer}


def filled(link: str) -> dict[str, str]:
    """What a link fills in, by entry."""
    return {name: value for name, (value,) in parse_qs(urlsplit(link).query).items()}


def entry(key: str) -> str:
    return f"entry.{entry_id(key)}"


def pages(bureau: Bureau, link: str, count: int) -> list[str]:
    """The first pages that somebody sees who opens the link and goes on."""
    browser = Browser(bureau.server.url, "mn01@truong.example")
    seen = [browser.get(link)]
    while len(seen) < count:
        hidden = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', seen[-1])
        fields = [(name, html.unescape(value)) for name, value in hidden if "sentinel" not in name]
        unit = [(entry("unit"), MN01)] if len(seen) == 1 else []
        address = link.partition("?")[0].replace("/viewform", "/formResponse")
        seen.append(browser.post(address, [*fields, *unit, ("continue", "1")]))
    browser.close()
    return seen


def test_the_approved_tasks_are_in_the_fields(bureau: Bureau) -> None:
    """R6; two tasks of the first page share target and date; the second copy follows them."""
    plans(
        bureau,
        "MN01",
        steering_tasks="Tập huấn quy tắc ứng xử\n\n=1+1 & <b>họp</b>",
        steering_target="02 buổi; 100 %",
        steering_tasks_2="Kiểm tra nội bộ",
        steering_target_2="01 lần",
    )
    bureau.at("2022-03-11 10:00")
    bureau.decide(MN01, LABEL, "approve", REVIEWER)
    bureau.at("2022-03-11 11:00")
    cchc("harvest", *YEAR)
    link = links(bureau)["MN01"]
    assert set(filled(link)) == {"usp", entry("unit"), entry("steering_result")}
    first, _, third = pages(bureau, link, 3)
    assert f'<option value="{MN01}" selected>' in first
    box = re.search(
        rf'<textarea[^>]*name="{re.escape(entry("steering_result"))}"[^>]*>(.*?)</textarea>',
        third,
        re.DOTALL,
    )
    assert box is not None
    lines = html.unescape(box[1]).strip().splitlines()
    expected = [
        rf"Tập huấn quy tắc ứng xử; 02 buổi; 100 %; {DUE}",
        rf"=1\+1 & <b>họp</b>; 02 buổi; 100 %; {DUE}",
        rf"Kiểm tra nội bộ; 01 lần; {DUE}",
    ]
    assert len(lines) == 3
    for line, pattern in zip(lines, expected, strict=True):
        assert re.fullmatch(pattern, line)


def test_only_what_stands_approved_is_used(bureau: Bureau) -> None:
    """L5, L7: not a returned plan, not one still waiting, and of an edited one what was approved;
    an approval that was withdrawn is none."""
    edits = {code: plans(bureau, code, steering_tasks=f"Việc {code}")
             for code in ("MN01", "MN02", "MN03", "MN04")}  # fmt: skip
    bureau.at("2022-03-11 10:00")
    bureau.decide(name_of(bureau, "MN02"), LABEL, "return", REVIEWER)
    for code in ("MN01", "MN04"):
        bureau.decide(name_of(bureau, code), LABEL, "approve", REVIEWER)
    bureau.at("2022-03-11 11:00")
    cchc("harvest", *YEAR)
    bureau.at("2022-03-12 10:00")
    edit = re.search(r"edit2=([\w-]+)", edits["MN01"])
    assert edit is not None
    plans(bureau, "MN01", edit2=edit[1], steering_tasks="Việc chưa ai duyệt")
    bureau.decide(name_of(bureau, "MN04"), LABEL, "return", REVIEWER)
    bureau.at("2022-03-12 11:00")
    cchc("harvest", *YEAR)
    found = links(bureau)
    assert filled(found["MN01"])[entry("steering_result")].startswith("Việc MN01; ")
    for code in ("MN02", "MN03", "MN04"):
        assert filled(found[code]) == {"usp": "pp_url", entry("unit"): name_of(bureau, code)}


def test_a_long_plan_is_cut_by_whole_lines_and_says_so(
    bureau: Bureau, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    tasks = [f"Nhiệm vụ thứ {number} của đơn vị trong năm, làm đến nơi" for number in range(12)]
    said = {f"{field}_tasks": "\n".join(tasks) for field in FIELDS}
    plans(bureau, "MN01", **said)
    bureau.decide(MN01, LABEL, "approve", REVIEWER)
    bureau.at("2022-03-11 10:00")
    cchc("harvest", *YEAR)
    file = tmp_path / "lien-ket.csv"
    assert run(["forms", "links", RESULT, *YEAR, "--csv", str(file)]) == 0
    assert "1/60 đơn vị; 1 đơn vị quá dài" in capsys.readouterr().err
    row = next(iter(csv.DictReader(io.StringIO(file.read_text("utf-8-sig")))))
    link = row["Đường liên kết"]
    assert 7000 < len(link) < 8000
    answers = filled(link)
    for field in FIELDS:
        *lines, last = answers[entry(f"{field}_result")].splitlines()
        assert last == "…"
        assert [line.partition(";")[0] for line in lines] == tasks[: len(lines)]
        assert all(re.search(rf"; {DUE}$", line) for line in lines)


def test_where_there_is_no_log_the_links_are_plain(
    bureau: Bureau, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    missing = tmp_path / "none.sqlite"
    assert run(["forms", "links", RESULT, *YEAR, "--store", str(missing)]) == 0
    shown = capsys.readouterr()
    assert "không điền sẵn được gì" in shown.err
    assert shown.out.count("usp=pp_url") == 60
    assert not missing.exists()


def test_a_wrong_key_of_a_repeated_question_is_told_once(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    wrong = ('"{each.key}_task_due"]', '"{each.key}_task_done"]')
    specs = spec_copy(tmp_path / "specs", plan_result=wrong)
    assert run(["spec", "check", "--spec", str(specs), *YEAR]) == 1
    told = capsys.readouterr()
    assert (told.out + told.err).count("steering_task_done") == 1
    assert "SPEC-UNKNOWN-NAME" in told.out + told.err


def test_every_field_of_the_plan_has_its_place() -> None:
    _, specs = load_all(SPECS, 2022)
    result = next(spec for spec in specs if spec.name == RESULT)
    taken = [one.key for one in result.questions() if one.prefill_from]
    assert taken == [f"{field}_result" for field in FIELDS]
