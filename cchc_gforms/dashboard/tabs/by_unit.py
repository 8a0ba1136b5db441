"""Theo đơn vị: the year of each unit in a line, as colours, returns, and points where given."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from cchc_gforms.dashboard import looks, palette
from cchc_gforms.dashboard.columns import NUMBER
from cchc_gforms.dashboard.counts import count
from cchc_gforms.dashboard.situation import Situation
from cchc_gforms.dashboard.workbook import Cell, Content, Rule, Source, Sparkline, Tab
from cchc_gforms.events import RosterUnit
from cchc_gforms.ledger.book import Subject
from cchc_gforms.ledger.row import Row, Timeliness
from cchc_gforms.ledger.scores import Score, formula, scores

KEY = "units"
TITLE = "Theo đơn vị"
CODES = Source(TITLE, column=1, first=2)
"""Where the units' codes stand."""

_UNIT = (NUMBER, "Mã đơn vị", "Tên đơn vị", "Cấp học")
_SUMS = (
    "Phải nộp", "Đã đến hạn", "Đúng hạn", "Tổng số lần chuyển trả", "Diễn biến chuyển trả",
)  # fmt: skip
_FIRST = len(_UNIT) + len(_SUMS)  # column of the results
_POINTS = ("Điểm đúng hạn", "Điểm chất lượng", "Tổng điểm", "Điểm tối đa")
_MANY = ((3, palette.RETURNS_3), (2, palette.RETURNS_2), (1, palette.RETURNED))
_SAID: dict[Timeliness, str] = {
    "on_time": "Đúng hạn",
    "late": "Trễ",
    "missing": "Chưa nộp",
    "overdue": "Chưa duyệt",
    "not_due": "Chưa đến hạn",
    "not_assessed": "Không xét",
    "exempt": "Miễn",
}


def by_unit(now: Situation) -> Tab:
    subjects = list(now.subjects)
    points = _points(now)
    names = [now.labels[subject] for subject in subjects]
    titles = (*_UNIT, *_SUMS, *names, *names, *(_POINTS if points is not None else ()))
    returns = _FIRST + len(subjects)
    lanes = (
        looks.lane(50, "number"), looks.lane(75), looks.lane(180), looks.lane(75),
        *[looks.lane(60, "number")] * 3, looks.lane(75, "number"), looks.lane(110),
        *[looks.lane(118, centre=True)] * len(subjects),
        *[looks.lane(118, "number", centre=True)] * len(subjects),
        *[looks.lane(80)] * (len(titles) - returns - len(subjects)),
    )  # fmt: skip
    groups = {1: "Đơn vị", len(_UNIT): "Cả năm", _FIRST: "Kết quả", returns: "Số lần chuyển trả"}
    if points is not None:
        groups[len(titles) - len(_POINTS)] = f"Điểm thi đua. {formula(now.year.regime.scoring)}"
    head = tuple(Cell(groups.get(place), looks.HEADING) for place in range(len(titles)))
    rows = (_values(unit, mine, now, points) for unit, mine in now.units.values())
    return Tab(
        key=KEY,
        title=TITLE,
        lanes=lanes,
        head=(head, looks.header(titles)),
        body=looks.body(rows, len(lanes)),
        frozen_columns=3,
        filtered=True,
        rules=tuple(_rules(returns, returns + len(subjects))) if subjects else (),
        heights={1: 96},
    )


def _rules(returns: int, after: int) -> Iterator[Rule]:
    """Of the results, and of the numbers of returns beside them."""
    for word, said in _SAID.items():
        yield Rule(_FIRST, returns, "begins", said, palette.PALE[word])
    for least, colour in _MANY:
        yield Rule(returns, after, "at_least", least, colour)


def _points(now: Situation) -> dict[str, Score] | None:
    """By unit, where the regime gives points; the dispatch gives none."""
    rules = now.year.regime.scoring
    if not rules.enabled:
        return None
    return {one.unit: one for one in scores(now.ledger.rows, rules)}


def _values(
    unit: RosterUnit,
    mine: Mapping[Subject, Row],
    now: Situation,
    points: dict[str, Score] | None,
) -> tuple[Content, ...]:
    found = count(mine.values())
    subjects = list(now.subjects)
    first = _FIRST + len(subjects)
    made: tuple[Content, ...] = (
        unit.code,
        unit.name,
        now.year.level_label(unit.level),
        found.expected,
        found.due,
        found.on_time.numerator,
        sum(row.return_count for row in mine.values()),
        Sparkline(first, first + len(subjects), palette.RETURNS),
        *(_said(mine.get(subject)) for subject in subjects),
        *(mine[subject].return_count if subject in mine else None for subject in subjects),
    )
    if points is None:
        return made
    score = points.get(unit.code)
    if score is None:
        return (*made, None, None, None, None)
    return (*made, score.timeliness, score.quality, score.total, score.most)


def _said(row: Row | None) -> str | None:
    """The result in a word or two, and how often it was returned."""
    if row is None:
        return None
    said = _SAID[row.timeliness]
    if row.timeliness == "late":
        said += f" {row.late_days} ngày"
    return f"{said}, trả {row.return_count}" if row.return_count else said
