"""Points for emulation, when the regime gives any; the dispatch gives none (requirements 3)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from cchc_gforms.ledger.row import UNASSESSED, Row
from cchc_gforms.regime.model import Scoring


@dataclass(frozen=True, slots=True)
class Score:
    """Points of one unit: timeliness and quality, each out of the most its documents could give.

    `documents` counts the rows that gave points: assessed, not advisory, and due by now.
    """

    unit: str
    documents: int
    timeliness: float
    timeliness_most: float
    quality: float
    quality_most: float

    @property
    def total(self) -> float:
        return self.timeliness + self.quality

    @property
    def most(self) -> float:
        return self.timeliness_most + self.quality_most


def timeliness_points(row: Row, rules: Scoring) -> float | None:
    """Points for having come in time; None for a row that gives none (yet)."""
    if row.advisory or row.timeliness in UNASSESSED or row.timeliness == "not_due":
        return None
    points = rules.timeliness
    if row.timeliness == "on_time":
        return points.on_time
    if row.timeliness == "late":
        less = points.on_time - points.late_per_day * (row.late_days or 0)
        return max(less, points.late_floor)
    return points.missing


def quality_points(row: Row, rules: Scoring) -> float | None:
    """Points for not having been returned; None for a row that gives no points for timeliness, 0
    for one that was never sent."""
    if timeliness_points(row, rules) is None:
        return None
    if row.first_submitted_at is None:
        return 0.0
    points = rules.quality
    return max(points.base - points.per_return * row.return_count, points.floor)


def scores(rows: Iterable[Row], rules: Scoring) -> tuple[Score, ...]:
    """Of every unit with at least one row that gives points, by code."""
    by_unit: dict[str, list[Row]] = {}
    for row in rows:
        if timeliness_points(row, rules) is not None:
            by_unit.setdefault(row.unit.code, []).append(row)
    return tuple(_score(code, by_unit[code], rules) for code in sorted(by_unit))


def _score(code: str, rows: list[Row], rules: Scoring) -> Score:
    return Score(
        unit=code,
        documents=len(rows),
        timeliness=sum(timeliness_points(row, rules) or 0 for row in rows),
        timeliness_most=rules.timeliness.on_time * len(rows),
        quality=sum(quality_points(row, rules) or 0 for row in rows),
        quality_most=rules.quality.base * len(rows),
    )


def formula(rules: Scoring) -> str:
    """How points are given, in Vietnamese, to stand beside every score."""
    timeliness, quality = rules.timeliness, rules.quality
    return (
        f"Đúng hạn: {said(timeliness.on_time)} điểm; trễ hạn: {said(timeliness.on_time)} − "
        f"{said(timeliness.late_per_day)} × số ngày trễ, không dưới {said(timeliness.late_floor)}; "
        f"quá hạn chưa nộp hoặc chưa duyệt: {said(timeliness.missing)}. "
        f"Chất lượng của văn bản đã nộp: {said(quality.base)} − {said(quality.per_return)} × số "
        f"lần chuyển trả, không dưới {said(quality.floor)}. Không tính văn bản chỉ nhắc, chưa đến "
        "hạn, được miễn hoặc không xét."
    )


def said(points: float) -> str:
    """As in 0,25."""
    return f"{points:g}".replace(".", ",")
