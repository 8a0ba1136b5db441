"""The files of a small office: a plan, a report, a short report, 3 to 8 schools."""

from __future__ import annotations

import csv
import json
import random
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from hard_years.deeds import REVIEWERS, Source
from hard_years.truth import Owed
from hard_years.words import unit_name

SHIPPED = Path(__file__).resolve().parent.parent.parent / "forms_spec"
YEAR = 2022

PLAN, REPORT, BRIEF = "plan/2022-year", "report/2022-h1", "brief/2022-q3"
OWED = {
    PLAN: Owed(date(2022, 3, 19), by_approval=True),  # thirty days after 17/02
    REPORT: Owed(date(2022, 6, 3), by_approval=False),  # two days after 01/06
    BRIEF: Owed(date(2022, 9, 3), by_approval=False),  # two days after 01/09
}

_REGIME = f"""
dispatch: {{number: 260/GDĐT, issued_on: 2022-02-16, subject: Thử}}
timezone: Asia/Ho_Chi_Minh
source: %s
agencies:
  - bureau: {{name: Phòng Mẫu, short_name: Phòng Mẫu}}
    parent: {{name: UBND Mẫu, short_name: UBND Mẫu}}
levels:
  preschool: {{code: MN, label: Mầm non}}
  primary: {{code: TH, label: Tiểu học}}
reviewers: [{", ".join(REVIEWERS)}]
calendar: {{country: VN, weekend: [sat, sun]}}
periods:
  h1:
    label: 06 tháng
    title: 06 tháng đầu năm {{year}}
    window_from: {{day: 1, month: 12, year: previous}}
    closes_on: {{day: 1, month: 6}}
    cumulative: true
  q3:
    label: quý III
    title: quý III năm {{year}}
    window_from: {{day: 1, month: 6}}
    closes_on: {{day: 1, month: 9}}
    cumulative: false
  year:
    label: năm
    title: năm {{year}}
    window_from: {{day: 1, month: 12, year: previous}}
    closes_on: {{day: 1, month: 12}}
    cumulative: true
documents:
  plan:
    label: Kế hoạch
    spec: plan
    periods: [year]
    has_data: false
    due: {{after: plan_issued, days: 30, counting: calendar_days, roll: none}}
    deciding: approval
  report:
    label: Báo cáo
    spec: report
    periods: [h1]
    has_data: true
    due: {{after: closing_date, days: 2, counting: calendar_days, roll: none}}
    deciding: first_submission
  brief:
    label: Báo cáo nhanh
    spec: brief
    periods: [q3]
    has_data: true
    due: {{after: closing_date, days: 2, counting: calendar_days, roll: none}}
    deciding: first_submission
"""
_YEAR = "year: 2022\nplan: {number: 1/KH, issued_on: 2022-02-17}\n"
_CHOSEN = "type: dropdown, required: true, choices_from: roster"
_TYPED = "type: text, required: true"
_FORM = """
title: "{document.label} {period.title}"
sections:
  - key: all
    title: Nội dung
    items:
      - {key: unit, role: unit, title: "Đơn vị gửi {document.label}", %s}
      - {key: content, type: paragraph, title: "Nội dung"}
      - {key: figure, type: text, title: "Số hồ sơ", checks: {number: {min: 0}}}
      - {key: day, type: date, title: "Ngày ký"}
      - {key: pick, type: checkbox, title: "Hình thức", choices: [Giấy, "Điện tử, có ký số"]}
"""


def write(folder: Path, chance: random.Random, source: Source) -> dict[str, list[str]]:
    """Writes the files; the addresses of each unit, by code."""
    folder.mkdir()
    (folder / "years").mkdir()
    (folder / "regime.yaml").write_text(_REGIME % source, "utf-8")
    (folder / "years" / f"{YEAR}.yaml").write_text(_YEAR, "utf-8")
    (folder / "lists.yaml").write_text("lists: {}\n", "utf-8")
    for name, unit in (("plan", _CHOSEN), ("report", _CHOSEN), ("brief", _TYPED)):
        (folder / f"{name}.yaml").write_text(_FORM % unit, "utf-8")
    (folder / "processing.yaml").write_text(_processing(), "utf-8")
    addresses: dict[str, list[str]] = {}
    with (folder / "units.csv").open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file)
        table.writerow(["code", "name", "level", "emails"])
        for number in range(1, chance.randint(3, 8) + 1):
            code = f"T{number:02}"
            own = [f"t{number:02}@truong.example", f"pho.t{number:02}@truong.example"]
            addresses[code] = own[: chance.randint(1, 2)]
            level = chance.choice(("MN", "TH"))
            table.writerow([code, unit_name(chance, number), level, ";".join(addresses[code])])
    return addresses


@cache
def _processing() -> str:
    """The processing form as it ships, without the words of help: reading them takes longer than
    all else."""
    return json.dumps(_without_help(YAML(typ="safe").load(SHIPPED / "processing.yaml")))


def _without_help(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _without_help(one) for name, one in value.items() if name != "help"}
    return [_without_help(one) for one in value] if isinstance(value, list) else value
