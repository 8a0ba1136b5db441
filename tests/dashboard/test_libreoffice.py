"""The files as LibreOffice reads them, where it is installed: nothing acts, nothing is lost."""

from __future__ import annotations

import csv
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from cchc_gforms.dashboard.csv_file import write_csv
from cchc_gforms.dashboard.workbook import Lane, Link, Sparkline, Tab, Workbook
from cchc_gforms.dashboard.xlsx_file import write_xlsx
from cchc_gforms.notice.compose import Signing, compose
from cchc_gforms.notice.docx_file import write_docx
from tests.five_schools import ledger, loaded
from tests.hostile import HOSTILE

OFFICE = shutil.which("soffice")
CSV = "csv:Text - txt - csv (StarCalc):44,34,76,1"  # commas, quotes, UTF-8, from the first line

Convert = Callable[..., list[Path]]

pytestmark = pytest.mark.skipif(OFFICE is None, reason="LibreOffice is not installed")


@pytest.fixture(scope="module")
def convert(tmp_path_factory: pytest.TempPathFactory) -> Convert:
    """Files to files of another format, by a LibreOffice with a profile of its own."""
    profile = tmp_path_factory.mktemp("office")

    def call(*paths: Path, to: str, read_as: str = "") -> list[Path]:
        out = tmp_path_factory.mktemp("out")
        subprocess.run(
            [str(OFFICE), f"-env:UserInstallation={profile.as_uri()}", "--headless",
             *([f"--infilter=CSV:{read_as}"] if read_as else []),
             "--convert-to", to, "--outdir", str(out), *map(str, paths)],
            check=True, capture_output=True, timeout=120,
        )  # fmt: skip
        return [out / f"{path.stem}.{to.split(':')[0]}" for path in paths]

    return call


def rows(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))


def hostile_tab() -> Tab:
    body = tuple((text, Link(text, "https://docs.example/"), 1.5) for text, _ in HOSTILE.values())
    return Tab("t", "Trang", (Lane(200), Lane(200), Lane(80)), (), body)


def test_hostile_answers_in_excels_file_are_shown_and_not_worked_out(
    convert: Convert, tmp_path: Path
) -> None:
    line = Tab("s", "Nét", (Lane(80),) * 3, (), ((1, 2, Sparkline(0, 2, "#8e5ea2")),))
    path = tmp_path / "bang.xlsx"
    write_xlsx(Workbook("Thử", "Asia/Ho_Chi_Minh", (hostile_tab(), line)), path)
    (found,) = convert(path, to=CSV)
    assert [row[0] for row in rows(found)] == [seen for _, seen in HOSTILE.values()]


def test_hostile_answers_in_csv_are_no_formulas_even_where_a_semicolon_ends_a_cell(
    convert: Convert, tmp_path: Path
) -> None:
    """Read with formulas worked out, as Excel does unasked, and without: it is the same."""
    ours, raw = tmp_path / "bang.csv", tmp_path / "raw.csv"
    write_csv(hostile_tab(), ZoneInfo("Asia/Ho_Chi_Minh"), ours)
    raw.write_text("b;=1+1,c\n", "utf-8")
    read = {}
    for evaluated in ("true", "false"):
        how = f"59,34,76,1,,1066,false,false,false,false,false,0,{evaluated}"
        read[evaluated] = [rows(path) for path in convert(ours, raw, to=CSV, read_as=how)]
    assert read["true"][0] == read["false"][0]
    assert read["true"][1] != read["false"][1]  # so the two readings would tell


def test_the_notice_opens(convert: Convert, tmp_path: Path) -> None:
    year = loaded(tmp_path)
    path = tmp_path / "thong-bao.docx"
    write_docx(compose(ledger(year), year, Signing()), path)
    (found,) = convert(path, to="txt:Text (encoded):UTF8")
    text = found.read_text("utf-8-sig")
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in text
    assert "KẾT QUẢ CỦA TỪNG ĐƠN VỊ: BÁO CÁO CCHC 06 THÁNG ĐẦU NĂM 2022" in text
