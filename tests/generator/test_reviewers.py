"""Who may answer the processing form: reviewers, as long as they are in office (L13)."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from sample_year.behaviours import ZONE

from cchc_gforms.cli.main import run
from cchc_gforms.local_google.serve import Running
from tests.generator.live import spec_copy
from tests.office import YEAR, Bureau, cchc

FORM = "processing/2022"
LISTED = "  - duyet1@phonggd.example\n  - duyet2@phonggd.example\n"
TERMS = """\
  - duyet1@phonggd.example
  - {email: duyet2@phonggd.example, valid_to: 2022-02-17}
  - {email: duyet3@phonggd.example, valid_from: 2022-02-18}
"""


def processing(told: dict[str, Any]) -> Any:
    return next(one for one in told["forms"] if one["name"] == FORM)


def test_a_reviewer_may_answer_from_the_first_day_of_his_term_to_the_last(
    empty: Running, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """17/02/2022 is the last day of one and the day before the first of another; days are those of
    the regime's zone, where 18/02 begins at 17:00 UTC."""
    specs = ("--spec", str(spec_copy(tmp_path / "specs", regime=(LISTED, TERMS))))
    office = Bureau.open_for_business(empty)
    told = cchc("forms", "plan", *YEAR, *specs, code=3)
    first = ["duyet1@phonggd.example", "duyet2@phonggd.example"]
    assert processing(told)["responders"]["grant"] == first
    cchc("forms", "apply", "--yes", *YEAR, *specs)
    office.set_clock(datetime(2022, 2, 18, 0, 30, tzinfo=ZONE))
    office.close()
    capsys.readouterr()
    assert run(["forms", "plan", *YEAR, *specs]) == 3
    said = " ".join(capsys.readouterr().out.split())
    assert "+ cho trả lời: duyet3@phonggd.example" in said
    assert "! duyet2@phonggd.example không (hoặc không còn) trong danh sách" in said
    assert "mục Người trả lời, bỏ địa chỉ đó" in said
    stands = processing(cchc("forms", "status", *YEAR, *specs))
    assert stands["other_responders"] == ["duyet2@phonggd.example"]
    assert run(["forms", "status", *YEAR, *specs]) == 0
    assert "  ! duyet2@phonggd.example không (hoặc" in capsys.readouterr().out
