"""The dashboard's tabs from a ledger. Pure: the ledger's own `as_of` is the only time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from cchc_gforms.dashboard import palette
from cchc_gforms.dashboard.columns import LEDGER, NUMBER, TIMELINESS, Column, Value, table
from cchc_gforms.dashboard.workbook import Cell, Chart, Rule, Series, Style, Tab, Workbook
from cchc_gforms.ledger import labels
from cchc_gforms.ledger.book import by_subject, label
from cchc_gforms.ledger.rates import rates
from cchc_gforms.ledger.row import UNASSESSED, Ledger, Row, Timeliness
from cchc_gforms.regime.year import ReportingYear

_HEADER = Style(
    bold=True, background=palette.HEADER, colour=palette.ON_HEADER, align="centre", wrap=True
)
_TITLE = Style(bold=True, size=16, colour=palette.HEADER)
_MUTED = Style(colour=palette.MUTED)
_WAITING = ("waiting", "resubmitted", "approved_edited")
_COUNTED: tuple[Timeliness, ...] = (
    "on_time", "late", "missing", "overdue", "not_due", "not_assessed",
)  # fmt: skip


def build(ledger: Ledger, year: ReportingYear, harvested_at: datetime | None) -> Workbook:
    """`harvested_at` is the last harvest (UTC), None before any."""
    return Workbook(
        title=f"CCHC {year.year.year} – Bảng theo dõi",
        zone=year.regime.timezone,
        tabs=(_overview(ledger, year, harvested_at), _ledger(ledger, year), _missing(ledger, year)),
    )


def _overview(ledger: Ledger, year: ReportingYear, harvested_at: datetime | None) -> Tab:
    groups = [(label(rows[0], year), rows) for rows in by_subject(ledger.rows, year).values()]
    bureau = year.agency_on(ledger.as_of.astimezone(year.zone).date()).bureau.name
    harvested = f"thu thập lần cuối {_said(harvested_at, year.zone)}" if harvested_at else ""
    header = [
        "Văn bản", "Phải nộp", "Đã nộp", *(labels.TIMELINESS[one] for one in _COUNTED),
        "Chờ duyệt", "Đã duyệt", "Số lần chuyển trả", "Tỷ lệ đúng hạn",
    ]  # fmt: skip
    rows = [
        [Cell(f"Theo dõi công tác CCHC năm {year.year.year} – {bureau}", _TITLE)],
        [Cell(f"Tính đến {_said(ledger.as_of, year.zone)}; {harvested}".rstrip("; "), _MUTED)],
        [],
        [Cell(text, _HEADER) for text in header],
        *(list(_figures(label, rows, Style())) for label, rows in groups),
        list(_figures("Cộng", ledger.rows, Style(bold=True, background=palette.TOTAL))),
    ]
    first, last = 3, 3 + len(groups)
    widths = (350, *[88] * (len(header) - 2), 130)
    below = last + 3
    return Tab(
        key="overview",
        title="Tổng quan",
        rows=_rectangle([*rows, *[[] for _ in range(24)]], len(header)),
        widths=widths,
        gridlines=False,
        charts=(
            Chart(
                "timeliness", "Đúng hạn, trễ hạn theo văn bản và kỳ", stacked=True,
                first=first, last=last, domain=0,
                series=tuple(
                    Series(3 + place, palette.TIMELINESS[one]) for place, one in enumerate(_COUNTED)
                ),
                row=below, column=0, width=780, height=440,
            ),
            Chart(
                "returns", "Số lần chuyển trả theo văn bản và kỳ", stacked=False,
                first=first, last=last, domain=0, series=(Series(11, palette.RETURNS),),
                row=below, column=6, width=640, height=440,
            ),
        ),
    )  # fmt: skip


def _figures(label: str, rows: Sequence[Row], style: Style) -> Iterator[Cell]:
    """Rows that nobody is held to are in a column of their own, and in what waits for a decision;
    no other figure has them, so that none is larger than what is expected (L11)."""
    counts = Counter(row.timeliness for row in rows)
    assessed = [row for row in rows if row.timeliness not in UNASSESSED]
    on_time = rates(rows).on_time_of_expected
    share = "" if on_time.value is None else f"{on_time.value:.1%}".replace(".", ",")
    number = Style("number", style.bold, style.background)
    yield Cell(label, style)
    yield Cell(len(assessed), number)
    yield Cell(sum(row.first_submitted_at is not None for row in assessed), number)
    for one in _COUNTED:
        yield Cell(counts[one], number)
    yield Cell(sum(row.review in _WAITING for row in rows), number)
    yield Cell(sum(row.approved_at is not None for row in assessed), number)
    yield Cell(sum(row.return_count for row in assessed), number)
    said = f"{share} ({on_time.numerator}/{on_time.denominator})" if share else "–"
    yield Cell(said, Style(bold=style.bold, background=style.background, align="right"))


def _ledger(ledger: Ledger, year: ReportingYear) -> Tab:
    return _table("ledger", "Sổ theo dõi", LEDGER, [*table(ledger, year)], frozen_columns=2)


def _missing(ledger: Ledger, year: ReportingYear) -> Tab:
    names = ("Mã đơn vị", "Tên đơn vị", "Cấp học", "Loại văn bản", "Kỳ", "Hạn theo văn bản")
    shown = [column for column in LEDGER if column.title in names]
    today = ledger.as_of.astimezone(year.zone).date()
    columns = [
        *shown,
        next(column for column in LEDGER if column.title == TIMELINESS),
        Column(
            "Số ngày còn lại (âm: quá hạn)", "number", 120, lambda row, _: _days_left(row, today)
        ),
        Column("Liên hệ", "text", 220, lambda row, _: ", ".join(row.unit.emails)),
    ]
    rows = [
        [column.value(row, year) for column in columns]
        for row in ledger.rows
        if row.first_submitted_at is None and row.timeliness not in UNASSESSED
    ]
    return _table("missing", "Chưa nộp", columns, rows, frozen_columns=2)


def _days_left(row: Row, today: date) -> int:
    """Days to the due date; below zero once it is past."""
    if row.days_overdue is not None:
        return -row.days_overdue
    return (row.due - today).days


def _table(
    key: str,
    title: str,
    columns: Sequence[Column],
    rows: Sequence[Sequence[Value]],
    frozen_columns: int,
) -> Tab:
    header = [Cell(NUMBER, _HEADER), *(Cell(column.title, _HEADER) for column in columns)]
    body = [
        [
            Cell(number, Style("number")),
            *(
                Cell(value, Style(column.kind, wrap=column.width >= 240))
                for column, value in zip(columns, row, strict=True)
            ),
        ]
        for number, row in enumerate(rows, start=1)
    ]
    place = next(i for i, column in enumerate(columns, start=1) if column.title == TIMELINESS)
    return Tab(
        key=key,
        title=title,
        rows=_rectangle([header, *(body or [[Cell("Không có")]])], len(columns) + 1),
        widths=(60, *(column.width for column in columns)),
        frozen_rows=1,
        frozen_columns=frozen_columns,
        rules=tuple(
            Rule(place, 1, labels.TIMELINESS[one], palette.PALE[one], "#000000") for one in _COUNTED
        ),
        filter_row=0,
    )


def _rectangle(rows: Sequence[Sequence[Cell]], width: int) -> tuple[tuple[Cell, ...], ...]:
    return tuple((*row, *[Cell()] * (width - len(row))) for row in rows)


def _said(moment: datetime, zone: ZoneInfo) -> str:
    return moment.astimezone(zone).strftime("%d/%m/%Y %H:%M:%S")
