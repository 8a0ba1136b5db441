"""What a notice says, held against five schools counted by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from cchc_gforms.ledger.book import read
from cchc_gforms.ledger.row import Ledger
from cchc_gforms.notice.compose import Signing, compose
from cchc_gforms.notice.letter import Letter, Paragraph, Table
from cchc_gforms.notice.words import long_day
from cchc_gforms.regime.load import load
from cchc_gforms.regime.year import ReportingYear
from tests.five_schools import AS_OF, events, ledger, loaded, sent, spec_dir


@pytest.fixture
def year(tmp_path: Path) -> ReportingYear:
    return loaded(tmp_path)


def tables(letter: Letter) -> list[Table]:
    return [block for block in letter.body if isinstance(block, Table)]


def texts(letter: Letter) -> list[str]:
    return [block.text for block in letter.body if isinstance(block, Paragraph)]


def test_the_counts_are_those_of_the_five_schools(year: ReportingYear) -> None:
    """L11: the exempt school is in no count."""
    letter = compose(ledger(year), year, Signing())
    assert [column.title for column in tables(letter)[0].columns] == [
        "Cấp học", "Phải nộp", "Đúng hạn", "Trễ hạn", "Chưa nộp", "Tỷ lệ đúng hạn",
        "Lượt chuyển trả",
    ]  # fmt: skip
    assert tables(letter)[0].rows == (
        ("Mầm non", "2", "1", "1", "0", "50,0%", "2"),
        ("Tiểu học", "2", "1", "0", "1", "50,0%", "0"),
        ("Cộng", "4", "2", "1", "1", "50,0%", "2"),
    )
    assert (
        "Số đơn vị phải nộp: 4; đã nộp 3/4 (75,0%); đúng hạn 2/4 (50,0%). Không xét, được miễn: 01 "
        "đơn vị. Kết quả của từng đơn vị tại Phụ lục kèm theo."
    ) in texts(letter)


def test_the_late_the_missing_and_the_returned_are_named(year: ReportingYear) -> None:
    _, late, missing, returned = tables(compose(ledger(year), year, Signing()))
    assert late.rows == (("1", "Trường Mầm non Mẫu 02", "04/06/2022 00:00:00", "03/06/2022", "1"),)
    assert missing.rows == (("1", "Trường Tiểu học Mẫu 02", "03/06/2022", "7"),)
    assert returned.rows == (("2", "1", "Trường Mầm non Mẫu 01"),)


def test_a_unit_whose_document_is_in_quarantine_is_not_called_missing(year: ReportingYear) -> None:
    """L13: TH02's report came from a strange address at 09:00 on 02/06. It does not count as
    submitted; that TH02 sent nothing is not said either."""
    stranger = sent("TH02", "1", 2, 2, email="nguoila@khac.example")
    book = read([*events(year), stranger], year, AS_OF)
    rows = tuple(row for row in book.rows if row.document == "periodic_report")
    letter = compose(replace(book, rows=tuple(r for r in rows if r.period == "2022-h1")), year,
                     Signing())  # fmt: skip
    counts, late, unverified, _ = tables(letter)
    assert [column.title for column in counts.columns][4:6] == ["Chưa nộp", "Chờ xác minh"]
    assert counts.rows[-1] == ("Cộng", "4", "2", "1", "0", "1", "50,0%", "2")
    assert late.rows[0][1] == "Trường Mầm non Mẫu 02"
    assert unverified.rows == (
        ("1", "Trường Tiểu học Mẫu 02", "03/06/2022", "02/06/2022 09:00:00"),
    )
    said = texts(letter)
    assert "b) Đơn vị quá hạn chưa nộp: không có." in said
    assert "c) Đơn vị đã có bản gửi từ địa chỉ khác, đang chờ xác minh: 01 đơn vị:" in said
    asked = [text for text in said if text.startswith("- ")]
    assert asked[0] == (
        "- Có Báo cáo CCHC 06 tháng đầu năm 2022 đang chờ xác minh (01 đơn vị: Trường Tiểu học Mẫu "
        "02): liên hệ Phòng GDĐT Quận 7 để xác nhận bản đã gửi; nếu đúng là của đơn vị, thời điểm "
        "gửi được giữ nguyên."
    )
    assert not [text for text in asked if "Chưa nộp" in text]
    (annex,) = letter.annexes
    (table,) = annex.blocks
    assert isinstance(table, Table)
    (line,) = [row for row in table.rows if "Trường Tiểu học Mẫu 02" in row]
    assert line[2:5] == (
        "", "Chờ xác nhận địa chỉ", "Chờ xác minh (gửi lúc 02/06/2022 09:00:00)",
    )  # fmt: skip


def test_the_annex_has_every_unit_under_its_level(year: ReportingYear) -> None:
    (annex,) = compose(ledger(year), year, Signing()).annexes
    assert annex.number == ""
    (table,) = annex.blocks
    assert isinstance(table, Table)
    assert table.rows == (
        ("Mầm non (02 đơn vị)",),
        ("1", "Trường Mầm non Mẫu 01", "02/06/2022 09:00:00", "Đã chuyển trả", "Đúng hạn", "", "2"),
        ("2", "Trường Mầm non Mẫu 02", "04/06/2022 00:00:00", "Chờ duyệt", "Trễ hạn", "1", ""),
        ("Tiểu học (02 đơn vị)",),
        ("3", "Trường Tiểu học Mẫu 01", "01/06/2022 10:00:00", "Đã duyệt", "Đúng hạn", "", ""),
        ("4", "Trường Tiểu học Mẫu 02", "", "Chưa nộp", "Chưa nộp, quá hạn", "", ""),
        ("THCS (01 đơn vị)",),
        ("5", "Trường THCS Mẫu 01", "", "Chưa nộp", "Được miễn (Mới sáp nhập)", "", ""),
    )


def test_what_is_asked_follows_from_how_they_stand(year: ReportingYear) -> None:
    label = "Báo cáo CCHC 06 tháng đầu năm 2022"
    said = texts(compose(ledger(year), year, Signing()))
    assert said[-5:] == [
        "Phòng Giáo dục và Đào tạo Quận 7 đề nghị thủ trưởng các đơn vị:",
        f"- Chưa nộp {label} (01 đơn vị): khẩn trương hoàn thành, nộp và giải trình lý do.",
        f"- Đang bị chuyển trả {label} (01 đơn vị: Trường Mầm non Mẫu 01): bổ sung, điều chỉnh và "
        "nộp lại.",
        f"- Trễ hạn {label} (01 đơn vị): rút kinh nghiệm, bảo đảm thời hạn trong các kỳ tiếp theo.",
        "Phòng Giáo dục và Đào tạo Quận 7 thông báo để các đơn vị biết, thực hiện./.",
    ]
    whole = ledger(year)
    good = Ledger(whole.as_of, tuple(row for row in whole.rows if row.unit.code == "TH01"), ())
    assert not [text for text in texts(compose(good, year, Signing())) if "đề nghị" in text]


def test_what_is_not_known_is_dotted_and_what_is_known_is_written(year: ReportingYear) -> None:
    book = ledger(year)
    blank = compose(book, year, Signing())
    assert (blank.number, blank.dated) == ("……/TB-GDĐT", "ngày …… tháng …… năm 2022")
    assert (blank.place, blank.signed_as, blank.signer) == ("Quận 7", "Trưởng phòng", "")
    signed = compose(book, year, Signing("45", date(2022, 6, 10), "Nguyễn Văn A"))
    assert signed.reference == (
        "Thông báo số 45/TB-GDĐT ngày 10 tháng 6 năm 2022 của Phòng Giáo dục và Đào tạo Quận 7"
    )
    nameless = year.regime.agencies[0].model_copy(update={"initials": "", "place": ""})
    agencies = (nameless, *year.regime.agencies[1:])
    plain = replace(year, regime=year.regime.model_copy(update={"agencies": agencies}))
    assert compose(book, plain, Signing()).number == "……/TB-……"
    assert compose(book, plain, Signing()).place == "……"


def test_the_bureau_is_the_one_in_office_on_the_day_of_signing(tmp_path: Path) -> None:
    """Requirements 5: other agencies from 01/07/2025; the dispatch keeps its issuer."""
    year = load(spec_dir(tmp_path), 2022)
    letter = compose(ledger(year), year, Signing(day=date(2025, 7, 1)))
    assert letter.issuer == "Phòng Văn hóa - Xã hội phường Mẫu"
    assert letter.parent == "UBND phường Mẫu"
    assert letter.number == "……/TB-VHXH"
    assert letter.place == "Phường Mẫu"
    assert letter.recipients[0] == "UBND phường Mẫu (để báo cáo);"
    assert texts(letter)[0].startswith(
        "Thực hiện Công văn số 260/GDĐT ngày 16 tháng 3 năm 2022 của Phòng Giáo dục và Đào tạo "
        "Quận 7 về việc hướng dẫn xây dựng Kế hoạch"
    )


def test_points_are_there_only_when_the_regime_gives_them(tmp_path: Path) -> None:
    """Requirements 3. MN01: 1 for time, 1 − 2 × 0,25 for quality."""
    off, on = tmp_path / "off", tmp_path / "on"
    without, having = loaded(off), loaded(on, scoring=True)
    assert len(compose(ledger(without), without, Signing()).annexes) == 1
    letter = compose(ledger(having), having, Signing())
    first, second = letter.annexes
    assert (first.number, second.number) == ("I", "II")
    assert any("cách tính tại Phụ lục II" in text for text in texts(letter))
    formula, points = second.blocks
    assert isinstance(formula, Paragraph)
    assert "1 − 0,25 × số lần chuyển trả" in formula.text
    assert isinstance(points, Table)
    assert points.rows[0] == ("1", "Trường Mầm non Mẫu 01", "1", "1/1", "0,5/1", "1,5/2")
    assert [row[1] for row in points.rows] == [
        f"Trường {name}"
        for name in ("Mầm non Mẫu 01", "Mầm non Mẫu 02", "Tiểu học Mẫu 01", "Tiểu học Mẫu 02")
    ]


def test_a_plan_is_judged_by_its_approval(year: ReportingYear) -> None:
    """R11: nobody sent a plan here."""
    from cchc_gforms.ledger.book import read
    from cchc_gforms.ledger.select import Selection
    from tests.five_schools import AS_OF, events

    book = read(events(year), year, AS_OF)
    rows = Selection(documents=("annual_plan",)).of(book.rows)
    said = texts(compose(Ledger(book.as_of, rows, ()), year, Signing()))
    assert said[3] == (
        "Thời hạn: hết ngày 19 tháng 3 năm 2022. Đúng hạn, trễ hạn tính theo thời điểm Phòng GDĐT "
        "Quận 7 duyệt."
    )
    assert "đã được duyệt 0/5 (0,0%)" in said[4]
    assert "c) Đơn vị đã nộp, quá hạn chưa được duyệt: không có." in said


@pytest.mark.parametrize(
    ("day", "written"),
    [
        (date(2022, 6, 5), "ngày 05 tháng 6 năm 2022"),
        (date(2022, 1, 24), "ngày 24 tháng 01 năm 2022"),
        (date(2022, 2, 9), "ngày 09 tháng 02 năm 2022"),
        (date(2022, 3, 16), "ngày 16 tháng 3 năm 2022"),
        (date(2022, 12, 1), "ngày 01 tháng 12 năm 2022"),
    ],
)
def test_days_are_written_as_the_decree_has_them(day: date, written: str) -> None:
    """Decree 30/2020/NĐ-CP, annex I, part I, II.4b."""
    assert long_day(day) == written
