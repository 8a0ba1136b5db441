"""`cchc forms plan` and `apply`: shown, agreed to, held to a file, refused."""

from __future__ import annotations

import contextlib
import json
import os
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from cchc_gforms.cli.main import run
from cchc_gforms.local_google.serve import Running
from tests.generator.live import (
    FORMS,
    clear_log,
    edit,
    form,
    forms_in_drive,
    live_forms,
    log,
    retitle,
    spec_copy,
)
from tests.office import YEAR, cchc

READS = {"drive.files.list", "forms.forms.get", "sheets.spreadsheets.get"}
WORDING = ("title: 2. Khó khăn, vướng mắc", "title: 2. Khó khăn")
ANCHOR = "      - key: difficulties\n"


def with_item(target: Path, item: str) -> tuple[str, str]:
    """The option for specs with one more item in the periodic report, of which 2022 has four."""
    written = "".join(f"      {line}\n" for line in item.splitlines())
    specs = spec_copy(target, periodic_report=(ANCHOR, written + ANCHOR))
    return "--spec", str(specs)


FIGURE = """- key: figure
  type: text
  title: Số liệu thêm"""


def apply(*more: str) -> dict[str, Any]:
    return cchc("forms", "apply", "--yes", *YEAR, *more)


def plan_json(capsys: pytest.CaptureFixture[str], *more: str) -> tuple[int, dict[str, Any]]:
    capsys.readouterr()
    code = run(["forms", "plan", *YEAR, "--json", *more])
    told: dict[str, Any] = json.loads(capsys.readouterr().out)
    return code, told


def methods(server: Running) -> Counter[str]:
    return Counter(entry["method_id"] for entry in log(server))


def test_a_plan_sends_nothing_and_says_what_apply_will_do(
    empty: Running, capsys: pytest.CaptureFixture[str]
) -> None:
    code, told = plan_json(capsys)
    assert code == 3
    assert [one["done"] for one in told["forms"]] == ["create"] * FORMS
    by_name = {one["name"]: one for one in told["forms"]}
    assert by_name["processing/2022"]["responders"]["grant"] == [
        "duyet1@phonggd.example",
        "duyet2@phonggd.example",
    ]
    assert told["responses"] == {"id": None, "done": "create"}
    assert set(methods(empty)) == {"drive.files.list"}
    apply()
    code, told = plan_json(capsys)
    assert code == 0
    assert {one["done"] for one in told["forms"]} == {""}
    assert told["responses"]["done"] == ""


def test_a_change_is_shown_form_by_form_with_the_old_text_and_the_new(
    empty: Running, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    apply()
    specs = str(spec_copy(tmp_path / "specs", periodic_report=WORDING))
    clear_log(empty)
    assert run(["forms", "plan", *YEAR, "--spec", specs]) == 3
    lines = [line.rstrip() for line in capsys.readouterr().out.splitlines()]
    at = lines.index("Báo cáo CCHC quý I năm 2022 (periodic_report/2022-q1) – sửa")
    assert lines[at + 1 : at + 4] == [
        "  ~ sửa đoạn văn “2. Khó khăn, vướng mắc”",
        "      tên: “2. Khó khăn, vướng mắc” → “2. Khó khăn”",
        "Báo cáo CCHC 06 tháng đầu năm 2022 (periodic_report/2022-h1) – sửa",
    ]
    assert "Kế hoạch CCHC năm 2022 (annual_plan/2022-year) – không đổi" in lines
    assert lines[0] == f"Biểu mẫu: tạo mới 0, sửa 4, không đổi {FORMS - 4}. Câu hỏi: sửa 4."
    assert max(map(len, lines)) <= 80
    assert set(methods(empty)) == READS | {"sheets.spreadsheets.values.get"}
    _, told = plan_json(capsys, "--spec", specs)
    (change,) = told["forms"][1]["changes"]
    assert change["what"] == "ChangeItem"
    assert change["keys"] == ["difficulties"]
    assert change["fields"] == {"tên": {"before": "2. Khó khăn, vướng mắc", "after": "2. Khó khăn"}}


def test_without_anybody_to_ask_nothing_is_done(
    empty: Running, capsys: pytest.CaptureFixture[str]
) -> None:
    for more in ((), ("--json",)):
        assert run(["forms", "apply", *YEAR, *more]) == 1
        assert "--yes" in capsys.readouterr().err
    assert set(methods(empty)) == {"drive.files.list"}


def test_a_question_that_left_the_spec_goes_only_when_it_is_named(
    empty: Running, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    made = apply(*with_item(tmp_path / "specs", FIGURE))
    before = live_forms(empty)
    capsys.readouterr()
    assert run(["forms", "apply", "--yes", *YEAR]) == 1
    said = capsys.readouterr().err
    assert "4 cột câu trả lời" in said
    assert said.count("“Số liệu thêm”") == 1  # once, with the forms that it is on
    assert "ở “Báo cáo CCHC quý I năm 2022”, “Báo cáo CCHC 06 tháng đầu năm 2022”, " in said
    assert "cchc forms apply --year 2022 --yes --allow-remove figure\n" in said
    assert run(["forms", "plan", *YEAR]) == 1
    capsys.readouterr()
    assert run(["forms", "apply", "--yes", *YEAR, "--allow-remove", "figur"]) == 2
    assert "tên 'figur'; có phải ý là 'figure'?" in capsys.readouterr().err
    assert run(["forms", "plan", *YEAR, "--allow-replace", "figure"]) == 2
    assert "cần đổi loại tên 'figure'" in capsys.readouterr().err
    assert live_forms(empty) == before

    again = apply("--allow-remove", "figure")
    assert [one["form_id"] for one in again["forms"]] == [one["form_id"] for one in made["forms"]]
    titles = [item["title"] for item in form(empty, again["forms"][1]["form_id"])["items"]]
    assert "Số liệu thêm" not in titles
    assert plan_json(capsys, "--allow-remove", "figure")[0] == 0  # done by an earlier run


def test_another_kind_of_question_is_made_only_when_it_is_named(
    empty: Running, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    apply(*with_item(tmp_path / "before", FIGURE))
    specs = with_item(tmp_path / "after", FIGURE.replace("type: text", "type: date"))
    capsys.readouterr()
    assert run(["forms", "apply", "--yes", *YEAR, *specs]) == 1
    said = capsys.readouterr().err
    assert "trả lời ngắn → ngày" in said
    assert "“Số liệu thêm”" in said
    apply(*specs, "--allow-replace", "figure")
    assert plan_json(capsys, *specs)[0] == 0


def test_a_row_of_a_grid_counts_as_a_question(
    empty: Running, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    grid = """- key: muc_do
  type: radio_grid
  title: Mức độ
  rows: [{key: nhanh, title: Nhanh}, {key: dung, title: Đúng}]
  columns: [Tốt, Khá]"""
    apply(*with_item(tmp_path / "full", grid))
    fewer = with_item(tmp_path / "fewer", grid.replace(", {key: dung, title: Đúng}", ""))
    capsys.readouterr()
    assert run(["forms", "apply", "--yes", *YEAR, *fewer]) == 1
    said = capsys.readouterr().err
    assert "cột câu trả lời “Mức độ [Đúng]”" in said
    assert "--allow-remove muc_do/dung" in said
    assert "cả lưới" not in said
    apply(*fewer, "--allow-remove", "muc_do/dung")
    assert plan_json(capsys, *fewer)[0] == 0
    assert run(["forms", "apply", "--yes", *YEAR]) == 1
    assert "--allow-remove muc_do/nhanh (cả lưới: --allow-remove muc_do)" in capsys.readouterr().err
    apply("--allow-remove", "muc_do")
    assert plan_json(capsys)[0] == 0


def test_apply_does_the_plan_in_the_file_and_no_other(
    empty: Running, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    made = apply()
    specs = ("--spec", str(spec_copy(tmp_path / "specs", periodic_report=WORDING)))
    file = tmp_path / "plan.json"
    assert run(["forms", "plan", *YEAR, *specs, "--out", str(file)]) == 3
    capsys.readouterr()

    report = made["forms"][1]["form_id"]
    title = form(empty, report)["items"][2]["title"]
    retitle(empty, report, 2, "Tên khác")
    assert run(["forms", "apply", *YEAR, *specs, "--plan", str(file)]) == 1
    said = capsys.readouterr().err
    assert "“Báo cáo CCHC quý I năm 2022” đã bị sửa sau khi lập kế hoạch" in said
    assert f"tên: “{title}” → “Tên khác”" in said

    retitle(empty, report, 2, title)
    assert run(["forms", "apply", *YEAR, *specs, "--plan", str(file)]) == 1  # another revision
    assert run(["forms", "plan", *YEAR, *specs, "--out", str(file)]) == 3
    capsys.readouterr()
    assert run(["forms", "apply", *YEAR, "--plan", str(file)]) == 1  # another spec
    assert "“Báo cáo CCHC quý I năm 2022”: đặc tả nay muốn khác" in capsys.readouterr().err

    done = cchc("forms", "apply", *YEAR, *specs, "--plan", str(file))
    changed = {one["name"] for one in done["forms"] if one["done"] == "changed"}
    assert changed == {f"periodic_report/2022-{period}" for period in ("q1", "h1", "q3", "year")}


def test_a_plan_is_written_before_it_is_shown_to_somebody_who_may_leave(
    empty: Running, tmp_path: Path
) -> None:
    """`cchc forms plan --out FILE | head`."""
    file = tmp_path / "plan.json"
    reader, writer = os.pipe()
    os.close(reader)
    with (
        os.fdopen(writer, "w") as gone,
        contextlib.redirect_stdout(gone),
        contextlib.suppress(SystemExit, BrokenPipeError),
    ):
        run(["forms", "plan", *YEAR, "--out", str(file)])
    assert len(json.loads(file.read_text("utf-8"))["forms"]) == FORMS


def test_a_form_that_waits_for_the_bureaus_plan_is_named(
    empty: Running, capsys: pytest.CaptureFixture[str]
) -> None:
    """R14: without `plan` in the year's file the schools' plan has no due date and no form."""
    assert run(["forms", "status", "--year", "2026"]) == 0
    said = capsys.readouterr().err
    assert "Chưa lập biểu mẫu “Kế hoạch CCHC năm 2026”: chờ Kế hoạch của" in said
    assert "ghi `plan` (number, issued_on) vào years/2026.yaml" in said
    assert run(["forms", "plan", *YEAR]) == 3
    assert "Chưa lập biểu mẫu" not in capsys.readouterr().err


def test_a_plan_carries_its_leave_and_its_digest(
    empty: Running, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    apply(*with_item(tmp_path / "specs", FIGURE))
    file = tmp_path / "plan.json"
    leave = ("--allow-remove", "figure")
    assert run(["forms", "plan", *YEAR, *leave, "--out", str(file)]) == 3
    written = json.loads(file.read_text("utf-8"))
    forged = tmp_path / "forged.json"
    other = {**written, "allowed": {"remove": ["figure", "unit"], "replace": []}}
    forged.write_text(json.dumps(other), "utf-8")
    capsys.readouterr()
    assert run(["forms", "apply", *YEAR, "--plan", str(forged)]) == 1
    assert "đã bị sửa sau khi ghi" in capsys.readouterr().err
    assert run(["forms", "apply", *YEAR, "--plan", str(file), *leave]) == 2
    cchc("forms", "apply", *YEAR, "--plan", str(file))
    assert plan_json(capsys)[0] == 0


@pytest.mark.parametrize("text", ["", "{}", "[1]", '{"version": 1}'])
def test_what_is_no_plan_is_said_to_be_none(
    empty: Running, tmp_path: Path, text: str, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "plan.json"
    file.write_text(text, "utf-8")
    assert run(["forms", "apply", *YEAR, "--plan", str(file)]) == 1
    assert "không đọc được kế hoạch" in capsys.readouterr().err
    assert log(empty) == []


def test_a_stranger_is_removed_only_by_its_id(empty: Running) -> None:
    form_id = apply()["forms"][0]["form_id"]
    item = {"title": "Thêm bằng tay", "questionItem": {"question": {"textQuestion": {}}}}
    edit(empty, form_id, {"createItem": {"item": item, "location": {"index": 3}}})
    assert apply()["forms"][0]["strangers"] == ["Thêm bằng tay"]
    id = form(empty, form_id)["items"][3]["questionItem"]["question"]["questionId"]
    assert apply("--allow-remove", id)["forms"][0]["strangers"] == []
    assert form(empty, form_id)["items"][3]["title"] != "Thêm bằng tay"


def test_a_form_that_the_year_asks_for_no_more_is_named_and_stays(
    empty: Running, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    apply()
    anchor = "periods: [q1, h1, q3, year]"
    specs = str(spec_copy(tmp_path / "specs", regime=(anchor, "periods: [q1, h1, year]")))
    code, told = plan_json(capsys, "--spec", specs)
    assert told["left_over"] == ["Báo cáo CCHC quý III năm 2022"]
    assert code == 3  # the list of forms, and the choices of the processing form
    apply("--spec", specs)
    assert len(forms_in_drive(empty)) == FORMS
