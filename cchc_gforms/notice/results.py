"""What a notice says of one document and period: counts, and who is late, missing, returned."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from cchc_gforms.ledger import labels
from cchc_gforms.ledger.book import label
from cchc_gforms.ledger.rates import rates
from cchc_gforms.ledger.row import UNASSESSED, Row, Timeliness
from cchc_gforms.ledger.waiting import waiting_since
from cchc_gforms.notice.letter import TEXT_WIDTH, Block, Column, Paragraph, Table
from cchc_gforms.notice.words import long_day, percent, share, short_day, short_time, units
from cchc_gforms.regime.year import ReportingYear

Standing = Timeliness | Literal["unverified"]

_NUMBER = Column("STT", 12)
_UNIT = Column("Đơn vị", 61, "left")


@dataclass(frozen=True, slots=True)
class Results:
    """The rows of one document and period, by unit code."""

    rows: tuple[Row, ...]
    year: ReportingYear
    bureau: str  # short name, on the day of the notice

    @property
    def label(self) -> str:
        return label(self.rows[0], self.year)

    @property
    def assessed(self) -> tuple[Row, ...]:
        return tuple(row for row in self.rows if row.timeliness not in UNASSESSED)

    @property
    def by_approval(self) -> bool:
        return self.rows[0].deciding == "approval"

    def having(self, *words: Standing) -> tuple[Row, ...]:
        return tuple(row for row in self.rows if standing(row) in words)

    @property
    def returned_now(self) -> tuple[Row, ...]:
        return tuple(row for row in self.rows if row.review == "returned")


def standing(row: Row) -> Standing:
    """Its timeliness; but of a unit whose only documents are in quarantine nobody knows yet whether
    it has submitted (L13), and a notice to every school must not say that it has not."""
    held = row.timeliness not in UNASSESSED
    return "unverified" if held and row.review == "quarantined" else row.timeliness


def section(results: Results, number: int, annex: str) -> Iterator[Block]:
    """The numbered section of the body; `annex` is where each unit's result stands."""
    yield Paragraph(f"{number}. {results.label}", "heading")
    yield Paragraph(_terms(results))
    if not results.assessed:
        yield Paragraph(f"Không xét đúng hạn, trễ hạn: {_why_not(results)}")
        return
    yield Paragraph(f"{_counts(results)} Kết quả của từng đơn vị tại {annex} kèm theo.")
    yield _by_level(results)
    letters = iter("abcdđe")
    for title, rows, table in _lists(results):
        count = units(len(rows)) if rows else "không có"
        yield Paragraph(f"{next(letters)}) {title}: {count}{'.' if not rows else ':'}")
        if rows:
            yield table(rows)


def _terms(results: Results) -> str:
    """By when, and which event decides (R10, R11)."""
    if results.by_approval:
        rule = f"thời điểm {results.bureau} duyệt"
    else:
        rule = "thời điểm đơn vị nộp lần đầu; việc chuyển trả, nộp lại không làm thay đổi"
    advisory = " Thời hạn này chỉ để nhắc." if results.rows[0].advisory else ""
    return f"Thời hạn: hết {_due(results)}. Đúng hạn, trễ hạn tính theo {rule}.{advisory}"


def _due(results: Results) -> str:
    """The day, or one a level of school where they differ."""
    days = {row.due_original for row in results.rows}
    if len(days) == 1:
        return long_day(days.pop())
    by_level = {row.unit.level: row.due_original for row in results.rows}
    return ", ".join(
        f"{long_day(day)} ({results.year.level_label(level)})" for level, day in by_level.items()
    )


def _why_not(results: Results) -> str:
    reasons = dict.fromkeys(row.not_assessed for row in results.rows if row.not_assessed)
    return " ".join(reasons) or "các đơn vị đều được miễn."


def _counts(results: Results) -> str:
    found = rates(results.rows)
    said = (
        f"Số đơn vị phải nộp: {found.completeness.denominator}; đã nộp "
        f"{share(found.completeness)}; đúng hạn {share(found.on_time_of_expected)}"
    )
    if results.by_approval:
        said += f"; đã được duyệt {share(found.approved)}"
    unassessed = len(results.rows) - len(results.assessed)
    return f"{said}.{f' Không xét, được miễn: {units(unassessed)}.' if unassessed else ''}"


_COUNTED: tuple[tuple[str, Standing], ...] = (
    ("Đúng hạn", "on_time"),
    ("Trễ hạn", "late"),
    ("Chưa nộp", "missing"),
    ("Chờ xác minh", "unverified"),
    ("Chưa duyệt", "overdue"),
    ("Chưa đến hạn", "not_due"),
)


def _by_level(results: Results) -> Table:
    """Counts by level of school and in all; what nobody is, is left out."""
    shown = [
        (title, word)
        for title, word in _COUNTED
        if word in ("on_time", "late", "missing") or results.having(word)
    ]
    titles = ["Phải nộp", *(title for title, _ in shown), "Tỷ lệ đúng hạn", "Lượt chuyển trả"]
    width = (TEXT_WIDTH - 33) / len(titles)

    def line(name: str, rows: Sequence[Row]) -> tuple[str, ...]:
        counts = [sum(standing(row) == word for row in rows) for _, word in shown]
        returns = sum(row.return_count for row in rows)
        on_time = percent(rates(rows).on_time_of_expected)
        return (name, str(len(rows)), *map(str, counts), on_time, str(returns))

    levels = dict.fromkeys(row.unit.level for row in results.assessed)
    lines = [
        line(
            results.year.level_label(level),
            [row for row in results.assessed if row.unit.level == level],
        )
        for level in levels
    ]
    return Table(
        (Column("Cấp học", 33, "left"), *(Column(title, width) for title in titles)),
        (*lines, line("Cộng", results.assessed)),
        total=True,
    )


def _lists(
    results: Results,
) -> Iterator[tuple[str, tuple[Row, ...], Callable[[Sequence[Row]], Table]]]:
    """Title, rows and table of each list of units in the body."""
    year = results.year

    def late(rows: Sequence[Row]) -> Table:
        when = Column("Ngày duyệt" if results.by_approval else "Nộp lần đầu", 45)
        columns = (_NUMBER, _UNIT, when, Column("Hạn áp dụng", 25), Column("Số ngày trễ", 22))
        return _numbered(
            columns,
            [
                (
                    row.unit.name,
                    short_time(row.decided_at and row.decided_at.astimezone(year.zone)),
                    short_day(row.due),
                    str(row.late_days or ""),
                )
                for row in rows
            ],
        )

    def overdue(rows: Sequence[Row]) -> Table:
        columns = (_NUMBER, _UNIT, Column("Hạn áp dụng", 46), Column("Số ngày quá hạn", 46))
        return _numbered(
            columns,
            [(row.unit.name, short_day(row.due), str(row.days_overdue or "")) for row in rows],
        )

    def unverified(rows: Sequence[Row]) -> Table:
        columns = (_NUMBER, _UNIT, Column("Hạn áp dụng", 46), Column("Gửi lúc", 46))
        return _numbered(
            columns, [(row.unit.name, short_day(row.due), _sent(row, year)) for row in rows]
        )

    yield ("Đơn vị trễ hạn", results.having("late"), late)
    yield ("Đơn vị quá hạn chưa nộp", results.having("missing"), overdue)
    if waiting := results.having("unverified"):
        yield ("Đơn vị đã có bản gửi từ địa chỉ khác, đang chờ xác minh", waiting, unverified)
    if results.by_approval:
        yield ("Đơn vị đã nộp, quá hạn chưa được duyệt", results.having("overdue"), overdue)
    returned = tuple(row for row in results.assessed if row.return_count)
    yield ("Đơn vị bị chuyển trả", returned, _returns)


def _returns(rows: Sequence[Row]) -> Table:
    """How many units were returned how often (R13)."""
    times: dict[int, list[Row]] = {}
    for row in sorted(rows, key=lambda row: row.return_count):
        times.setdefault(row.return_count, []).append(row)
    columns = (Column("Số lần chuyển trả", 40), Column("Số đơn vị", 25), Column("Gồm", 100, "left"))
    return Table(
        columns,
        tuple(
            (str(count), str(len(some)), "; ".join(row.unit.name for row in some))
            for count, some in times.items()
        ),
    )


def _numbered(columns: tuple[Column, ...], rows: Sequence[tuple[str, ...]]) -> Table:
    return Table(columns, tuple((str(number), *row) for number, row in enumerate(rows, start=1)))


def each_unit(results: Results) -> Table:
    """The annex: every unit's result, under its level of school."""
    zone = results.year.zone

    def line(row: Row) -> tuple[str, ...]:
        second = (
            short_time(row.approved_at and row.approved_at.astimezone(zone))
            if results.by_approval
            else labels.REVIEW[row.review]
        )
        return (
            row.unit.name,
            short_time(row.first_submitted_at and row.first_submitted_at.astimezone(zone)),
            second,
            _result(row) + _remarks(row, results.year),
            str(row.late_days or ""),
            str(row.return_count or ""),
        )

    columns = (
        Column("STT", 12),
        Column("Đơn vị", 48, "left"),
        Column("Nộp lần đầu", 24),
        Column("Ngày duyệt" if results.by_approval else "Trạng thái", 26),
        Column("Kết quả", 29),
        Column("Số ngày trễ", 13),
        Column("Số lần trả", 13),
    )
    return Table(columns, tuple(_grouped(results, line)))


def _grouped(results: Results, line: Callable[[Row], tuple[str, ...]]) -> Iterator[tuple[str, ...]]:
    number = 0
    for level in dict.fromkeys(row.unit.level for row in results.rows):
        mine = [row for row in results.rows if row.unit.level == level]
        yield (f"{results.year.level_label(level)} ({units(len(mine))})",)
        for row in mine:
            number += 1
            yield (str(number), *line(row))


def _result(row: Row) -> str:
    found = standing(row)
    return "Chờ xác minh" if found == "unverified" else labels.TIMELINESS[found]


def _sent(row: Row, year: ReportingYear) -> str:
    """When what waits in quarantine was sent."""
    since = waiting_since(row)
    return short_time(since and since.astimezone(year.zone))


def _remarks(row: Row, year: ReportingYear) -> str:
    """Short, and no reasons but the bureau's own: a notice goes to every school."""
    said = []
    if standing(row) == "unverified":
        said.append(f"gửi lúc {_sent(row, year)}")
    if row.extension_reason is not None:
        said.append(f"gia hạn đến {short_day(row.due)}")
    if row.exempt:
        said.append(row.exempt.rstrip("."))
    if "submitted_on_time_approved_late" in row.marks:
        said.append("nộp đúng hạn, duyệt trễ")
    if "in_person" in row.marks:
        said.append("nộp trực tiếp")
    return f" ({'; '.join(said)})" if said else ""
