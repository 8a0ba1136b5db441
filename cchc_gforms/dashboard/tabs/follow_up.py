"""Sổ theo dõi: the ledger, a row for each unit, document and period (requirements §3)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from cchc_gforms.dashboard import looks, palette
from cchc_gforms.dashboard.columns import LEDGER, NUMBER, REVIEW, TIMELINESS
from cchc_gforms.dashboard.situation import Situation
from cchc_gforms.dashboard.workbook import Content, FilterView, Link, Rule, Slicer, Tab
from cchc_gforms.ledger import labels
from cchc_gforms.ledger.book import document_label, period_title
from cchc_gforms.ledger.row import Row

KEY = "ledger"
TITLE = "Sổ theo dõi"
_EXTRA = ("Phiếu đã nộp", "Ghi chú của phòng")
_TITLES = (NUMBER, *(column.title for column in LEDGER), *_EXTRA)


def follow_up(now: Situation) -> Tab:
    lanes = (
        looks.lane(50, "number"),
        *(looks.lane(column.width, column.kind) for column in LEDGER),
        looks.lane(100),
        looks.lane(260),
    )
    said = f"Tính đến {looks.moment(now.ledger.as_of, now.year.zone)}"
    timeliness, review = _TITLES.index(TIMELINESS), _TITLES.index(REVIEW)
    return Tab(
        key=KEY,
        title=TITLE,
        lanes=lanes,
        head=(looks.title_row(said, len(lanes), at=2), looks.header(_TITLES)),
        body=looks.body((_values(row, now) for row in now.ledger.rows), len(lanes)),
        frozen_columns=3,
        filtered=True,
        rules=(
            *looks.timeliness_rules(timeliness),
            Rule(review, review + 1, "is", labels.REVIEW["returned"], palette.RETURNED),
            Rule(review, review + 1, "is", labels.REVIEW["approved"], palette.APPROVED),
            *(
                Rule(review, review + 1, "is", labels.REVIEW[one], palette.WAITING)
                for one in ("waiting", "resubmitted", "approved_edited", "quarantined")
            ),
        ),
        views=tuple(_views(now)),
        slicers=tuple(
            Slicer(title, title, _TITLES.index(title), at, 190)
            for title, at in (("Cấp học", 4), ("Kỳ", 5), (REVIEW, 7), (TIMELINESS, 10))
        ),
        heights={0: 42},
    )


def _values(row: Row, now: Situation) -> Sequence[Content]:
    address = now.addresses.response(row)
    own = [column.value(row, now.year) for column in LEDGER]
    return (*own, Link("Mở phiếu", address) if address else None, now.notes.of(row) or None)


def _views(now: Situation) -> Iterator[FilterView]:
    """One for each document and period, one for each status that there is."""
    document, period = (_TITLES.index(title) for title in ("Loại văn bản", "Kỳ"))
    for subject, rows in now.subjects.items():
        called = document_label(rows[0], now.year), period_title(rows[0], now.year)
        shown = tuple(zip((document, period), called, strict=True))
        yield FilterView("/".join(subject), now.labels[subject], shown)
    for column, words in ((TIMELINESS, labels.TIMELINESS), (REVIEW, labels.REVIEW)):
        place = _TITLES.index(column)
        for word, text in words.items():
            yield FilterView(f"{column}/{word}", f"{column}: {text}", ((place, text),))
