"""Ledger → the notice of results, as a letter of the bureau in office that day. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from cchc_gforms.ledger.book import by_subject
from cchc_gforms.ledger.row import Ledger, Row
from cchc_gforms.ledger.scores import Score, formula, said, scores
from cchc_gforms.notice.letter import BLANK, Annex, Block, Column, Letter, Paragraph, Table
from cchc_gforms.notice.results import Results, each_unit, section
from cchc_gforms.notice.words import listed, long_day, long_time, undated, units
from cchc_gforms.regime.model import Agency
from cchc_gforms.regime.year import ReportingYear


@dataclass(frozen=True, slots=True)
class Signing:
    """What is known only when the notice is signed; None and "" are left blank."""

    number: str = ""
    day: date | None = None
    signer: str = ""


def compose(ledger: Ledger, year: ReportingYear, signing: Signing) -> Letter:
    """A section and an annex for each document and period of the ledger's rows.

    The bureau is the one in office on the day of signing, else at the ledger's `as_of`.
    """
    as_of = ledger.as_of.astimezone(year.zone)
    agency = year.agency_on(signing.day or as_of.date())
    found = [
        Results(tuple(rows), year, agency.bureau.short_name)
        for rows in by_subject(ledger.rows, year).values()
    ]
    annexes = tuple(_annexes(found, year, ledger.rows))
    what = listed([one.label for one in found])
    return Letter(
        parent=agency.parent.short_name,
        issuer=agency.bureau.name,
        number=f"{signing.number or BLANK}/TB-{agency.initials or BLANK}",
        place=agency.place or BLANK,
        dated=long_day(signing.day) if signing.day else undated(as_of.year),
        name="Thông báo",
        subject=f"Về kết quả thực hiện {what}",
        body=(
            Paragraph(_basis(year), "basis"),
            Paragraph(
                f"{agency.bureau.name} thông báo kết quả thực hiện {what} của các đơn vị, tính đến "
                f"{long_time(as_of)}, như sau:"
            ),
            *_sections(found, annexes),
            *_scoring(year, annexes),
            *_demands(found, agency),
            Paragraph(f"{agency.bureau.name} thông báo để các đơn vị biết, thực hiện./."),
        ),
        recipients=tuple(_recipients(found, year, agency)),
        signed_as=agency.signed_as or BLANK,
        signer=signing.signer,
        annexes=annexes,
    )


def _basis(year: ReportingYear) -> str:
    """ "V/v" before its subject marks a dispatch (công văn; Decree 30/2020/NĐ-CP, annex I)."""
    dispatch = year.regime.dispatch
    issuer = year.agency_on(dispatch.issued_on).bureau.name
    subject, is_dispatch = dispatch.subject.removeprefix("V/v "), dispatch.subject.startswith("V/v")
    return (
        f"Thực hiện {'Công văn' if is_dispatch else 'văn bản'} số {dispatch.number} "
        f"{long_day(dispatch.issued_on)} của {issuer} về việc {subject}."
    )


def _annexes(found: Sequence[Results], year: ReportingYear, rows: Sequence[Row]) -> Iterator[Annex]:
    rules = year.regime.scoring
    scored = scores(rows, rules) if rules.enabled else ()
    several = len(found) + bool(scored) > 1
    for place, one in enumerate(found, start=1):
        title = f"Kết quả của từng đơn vị: {one.label}"
        yield Annex(_roman(place) if several else "", title, (each_unit(one),))
    if scored:
        table = _score_table(scored, {row.unit.code: row.unit.name for row in rows})
        note = Paragraph(f"Cách tính. {formula(rules)}")
        yield Annex(_roman(len(found) + 1), "Điểm thi đua của từng đơn vị", (note, table))


def _roman(number: int) -> str:
    tens, ones = divmod(number, 10)
    return "X" * tens + ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX")[ones]


def _score_table(scored: Sequence[Score], names: dict[str, str]) -> Table:
    columns = (
        Column("STT", 12), Column("Đơn vị", 63, "left"), Column("Số văn bản", 20),
        Column("Đúng hạn", 23), Column("Chất lượng", 23), Column("Tổng điểm", 24),
    )  # fmt: skip
    return Table(
        columns,
        tuple(
            (
                str(number), names[one.unit], str(one.documents),
                f"{said(one.timeliness)}/{said(one.timeliness_most)}",
                f"{said(one.quality)}/{said(one.quality_most)}",
                f"{said(one.total)}/{said(one.most)}",
            )
            for number, one in enumerate(scored, start=1)
        ),
    )  # fmt: skip


def _named(annex: Annex) -> str:
    return f"Phụ lục {annex.number}".strip()


def _sections(found: Sequence[Results], annexes: Sequence[Annex]) -> Iterator[Block]:
    for number, (one, annex) in enumerate(zip(found, annexes, strict=False), start=1):
        yield from section(one, number, _named(annex))


def _scoring(year: ReportingYear, annexes: Sequence[Annex]) -> Iterator[Block]:
    if year.regime.scoring.enabled:
        yield Paragraph(f"Điểm thi đua của từng đơn vị và cách tính tại {_named(annexes[-1])}.")


def _demands(found: Sequence[Results], agency: Agency) -> Iterator[Block]:
    """What is asked of the units, by how they stand; nothing when all is well."""
    demands = [f"- {text}" for one in found for text in _asked(one)]
    if demands:
        yield Paragraph(f"{agency.bureau.name} đề nghị thủ trưởng các đơn vị:")
        yield from map(Paragraph, demands)


def _asked(one: Results) -> Iterator[str]:
    missing, late, returned = one.having("missing"), one.having("late"), one.returned_now
    if missing:
        yield (
            f"Chưa nộp {one.label} ({units(len(missing))}): khẩn trương hoàn thành, nộp và giải "
            "trình lý do."
        )
    if unverified := one.having("unverified"):
        names = "; ".join(row.unit.name for row in unverified)
        yield (
            f"Có {one.label} đang chờ xác minh ({units(len(unverified))}: {names}): liên hệ "
            f"{one.bureau} để xác nhận bản đã gửi; nếu đúng là của đơn vị, thời điểm gửi được giữ "
            "nguyên."
        )
    if returned:
        names = "; ".join(row.unit.name for row in returned)
        yield (
            f"Đang bị chuyển trả {one.label} ({units(len(returned))}: {names}): bổ sung, điều "
            "chỉnh và nộp lại."
        )
    if late:
        yield (
            f"Trễ hạn {one.label} ({units(len(late))}): rút kinh nghiệm, bảo đảm thời hạn trong "
            "các kỳ tiếp theo."
        )


def _recipients(found: Sequence[Results], year: ReportingYear, agency: Agency) -> Iterator[str]:
    """Decree 30/2020/NĐ-CP, annex I, part I, II.9: to report, to carry out, to keep."""
    levels = {row.unit.level for one in found for row in one.rows}
    schools = [level.label for id, level in year.regime.levels.items() if id in levels]
    yield f"{agency.parent.short_name} (để báo cáo);"
    yield f"Các đơn vị: {', '.join(schools)} (để thực hiện);"
    yield f"Lưu: VT, {BLANK}"
