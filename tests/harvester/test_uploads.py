"""An office that takes evidence as uploaded files: from the template to the ledger (R17)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import requests

from cchc_gforms.cli.main import run
from cchc_gforms.local_google.forms import responses, store
from cchc_gforms.local_google.serve import Running
from tests.generator.live import form, forms_in_drive, spec_copy
from tests.generator.uploading import add_upload, restore_folders
from tests.office import H1, YEAR, Bureau, cchc, local_google

TITLE = "Bản scan văn bản"
LINK = """\
      type: text
      title: Liên kết đến bản scan văn bản
      role: evidence_link
      help: >-
        Bản scan hoặc ảnh chụp bản chính, có số hiệu và xác nhận của Hiệu trưởng; mở quyền xem cho
        {bureau.short_name}.
"""
FILE = f"      type: file_upload\n      title: {TITLE}\n      role: evidence_link\n"
HEAD = 'title: "{document.label} {period.title}"\n'


@pytest.fixture
def specs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The specs that ship, with a file in the place of the link in all three documents."""
    copied = (HEAD, f"{HEAD}template: minh_chung\n")
    target = spec_copy(
        tmp_path / "specs",
        parts=(LINK, FILE),
        annual_plan=copied,
        periodic_report=copied,
        plan_result=copied,
    )
    monkeypatch.setenv("CCHC_SPEC", str(target))
    return target


def by_title(made: dict[str, Any], title: str) -> str:
    """The id of the question of that title."""
    (item,) = (one for one in made["items"] if one.get("title") == title)
    found: str = item["questionItem"]["question"]["questionId"]
    return found


def send(server: Running, form_id: str, email: str, said: dict[str, str]) -> None:
    """As the form's page does it, for values by the title of their question."""
    ids = {by_title(form(server, form_id), title): [value] for title, value in said.items()}
    with server.state.transaction() as tx:
        to = store.load_form(tx, form_id)
        responses.submit(server.state, tx, to, answers=ids, email=email)


def standing(name: str) -> dict[str, Any]:
    found = cchc("forms", "status", *YEAR)["forms"]
    return next(dict(one) for one in found if one["name"] == name)


def test_files_are_evidence(
    tmp_path: Path, specs: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with local_google(tmp_path, seed=3) as server:
        requests.post(f"{server.url}/_control/clock", json={"now": "2022-02-17T08:00:00+07:00"})
        _refused_without_template(server, capsys)
        template = cchc("forms", "template", "minh_chung")["form_id"]
        add_upload(server, template, TITLE)
        assert standing(H1)["steps"] == ["apply"]
        plan = str(tmp_path / "plan.json")
        assert run(["forms", "plan", *YEAR, "--out", plan]) == 3
        assert "chép từ mẫu “Mẫu minh_chung”" in capsys.readouterr().out
        assert {one["done"] for one in cchc("forms", "apply", "--plan", plan, *YEAR)["forms"]} == {
            "created"
        }
        with Bureau.at_work(server, specs=specs) as bureau:
            _folders_are_to_be_restored(bureau, capsys)
            bureau.at("2022-06-02 10:00")
            send(
                server,
                bureau.form_id(H1),
                "mn01@truong.example",
                {
                    "Đơn vị nộp Báo cáo CCHC 06 tháng đầu năm 2022": "MN01 – Trường Mầm non Mẫu 01",
                    "Số hiệu văn bản": "25/BC-MNM",
                    TITLE: "1AbCdEf",
                },
            )
            assert cchc("harvest", *YEAR)["new_events"] == 1
        key = ("MN01", "periodic_report", "2022-h1")
        (row,) = (
            one
            for one in cchc("ledger", "show", *YEAR)["rows"]
            if (one["unit"], one["document"], one["period"]) == key
        )
        assert row["evidence"] == {
            "number": "25/BC-MNM",
            "link": "https://drive.google.com/open?id=1AbCdEf",
            "confirmed": False,
        }


def _refused_without_template(server: Running, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["forms", "plan", *YEAR]) == 1
    told = capsys.readouterr()
    assert "không thấy mẫu “minh_chung”" in told.err
    assert "việc phải làm bằng tay" in " ".join(told.out.split())
    found = standing(H1)
    assert found["steps"] == ["by_hand", "apply"]
    assert "cchc forms template minh_chung" in found["by_hand"][0]
    assert forms_in_drive(server) == []


def _folders_are_to_be_restored(bureau: Bureau, capsys: pytest.CaptureFixture[str]) -> None:
    assert standing(H1)["steps"] == ["restore_folders", "script"]
    assert standing("processing/2022")["steps"] == ["script"]
    assert run(["forms", "status", *YEAR]) == 0
    assert capsys.readouterr().out.count("→ khôi phục thư mục tải lên") == _copies(bureau)
    restore_folders(bureau.server, bureau.form_id(H1))
    assert standing(H1)["steps"] == ["script"]
    assert run(["forms", "plan", *YEAR]) == 0


def _copies(bureau: Bureau) -> int:
    """The forms with an upload question: but for the news and the processing form, all."""
    return len(bureau.specs) - 2


def test_a_row_that_only_the_sheet_has_tells_the_link(specs: Path) -> None:
    """There a cell holds the file's address already."""
    from cchc_gforms.regime.load import load as load_regime
    from cchc_gforms.spec.contents import evidence_of
    from cchc_gforms.spec.flags import flags
    from cchc_gforms.spec.load import load

    spec = next(one for one in load(specs, load_regime(specs, 2022)) if one.name == H1)
    link = "https://drive.google.com/open?id=1A"
    for said in ((link,), ("1A",)):
        found = evidence_of(spec, {"evidence_scan": said})
        assert found is not None
        assert found.link == link
        assert not [one for one in flags(spec, {"evidence_scan": said}) if "không phải" in one]
    two = evidence_of(spec, {"evidence_scan": ("1A", "1B")})
    assert two is not None
    assert two.link == f"{link} https://drive.google.com/open?id=1B"
