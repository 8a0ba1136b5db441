"""`cchc spec`: coverage, schemas, the reference, and a form to look at."""

from __future__ import annotations

import contextlib
import io
import os
import subprocess
import sys
from pathlib import Path

import pytest
import requests

from cchc_gforms.cli.main import run
from cchc_gforms.cli.preview import previewed
from cchc_gforms.spec.examples import ANOTHER_OFFICE, EXAMPLES
from cchc_gforms.spec.load import load_all
from tests.generator.test_apply import copy_specs
from tests.office import SPECS, cchc
from tests.spec.test_reference import put


@pytest.fixture
def specs(tmp_path: Path) -> Path:
    copy_specs(tmp_path / "specs")
    return tmp_path / "specs"


def printed(*arguments: str) -> str:
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        assert run(list(arguments)) == 0
    return out.getvalue()


def test_every_node_of_the_outline_is_asked_for(specs: Path) -> None:
    found = cchc("spec", "coverage", "--year", "2022", "--spec", str(specs))
    assert found["left_out"] == []
    assert len(found["nodes"]) == 47


def test_what_no_question_asks_for_is_said(specs: Path) -> None:
    """A heading alone serves nothing that has no headings under it."""
    report = specs / "periodic_report.yaml"
    lines = report.read_text("utf-8").split("\n")
    kept = [line for line in lines if line.strip() not in ("source: III.2", "source: I.6.a")]
    report.write_text("\n".join(kept), "utf-8")
    arguments = ("--year", "2022", "--spec", str(specs))
    assert cchc("spec", "coverage", *arguments)["left_out"] == ["I.6.a", "III.2"]
    assert "chưa có câu hỏi: I.6.a, III.2." in printed("spec", "check", *arguments)


def test_schemas_are_written_beside_the_specs(specs: Path) -> None:
    for path in (specs / "schema").iterdir():
        path.unlink()
    printed("spec", "schema", "--write", "--spec", str(specs))
    for kept in (SPECS / "schema").iterdir():
        assert (specs / "schema" / kept.name).read_bytes() == kept.read_bytes()
    assert printed("spec", "schema", "lists") == (specs / "schema/lists.json").read_text("utf-8")


def test_the_reference_is_printed_or_written(tmp_path: Path) -> None:
    target = tmp_path / "docs" / "language.md"
    printed("spec", "docs", "--output", str(target))
    assert target.read_text("utf-8") == printed("spec", "docs")
    assert target.read_text("utf-8").count("\n# ") == 1


def test_a_form_of_every_kind_of_item_is_seen_as_people_will_see_it(tmp_path: Path) -> None:
    put(ANOTHER_OFFICE, tmp_path)
    put(EXAMPLES[0], tmp_path)
    _, specs = load_all(tmp_path, 2026)
    with previewed(specs[0].model_copy(update={"collect_email": "none"})) as address:
        page = requests.get(address, timeout=10)
    assert page.status_code == 200
    title = "Báo cáo chuyển đổi số tháng 01 năm 2026"
    for text in (title, "Xin đọc trước khi điền", "X01 – Xã Mẫu Một"):
        assert text in page.text


def test_a_file_to_be_uploaded_is_shown_as_a_text(tmp_path: Path) -> None:
    """Nothing but a person can make such a question (facts 3)."""
    put(ANOTHER_OFFICE, tmp_path)
    put(EXAMPLES[2], tmp_path)
    _, specs = load_all(tmp_path, 2026)
    with previewed(specs[0].model_copy(update={"collect_email": "none"})) as address:
        page = requests.get(address, timeout=10)
    assert "Bản scan có chữ ký và dấu (tải tệp lên)" in page.text


def test_a_form_is_served_until_it_is_stopped(specs: Path) -> None:
    command = [sys.executable, "-c", "from cchc_gforms.cli.main import main; main()"]
    command += ["spec", "preview", "annual_plan", "--year", "2022", "--spec", str(specs)]
    environment = {**os.environ, "PYTHONUNBUFFERED": "1", "PYTHONUTF8": "1"}
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment
    ) as serving:
        try:
            assert serving.stdout is not None
            address = serving.stdout.readline().strip()
            page = requests.get(address, timeout=10)
            assert page.status_code == 200  # of the sign-in: this form wants a known address
        finally:
            serving.terminate()
            serving.communicate(timeout=30)
    assert serving.returncode == (0 if os.name == "posix" else serving.returncode)


def test_a_form_that_there_is_not_is_said(specs: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["spec", "preview", "anual_plan", "--year", "2022", "--spec", str(specs)]) == 1
    assert "có phải ý là 'annual_plan'?" in capsys.readouterr().err
