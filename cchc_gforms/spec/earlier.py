"""Which period's figures run on into another's (A11, A12). Pure."""

from __future__ import annotations

from cchc_gforms.regime.load import ReportingYear


def earlier_period(year: ReportingYear, document: str, period: str) -> str | None:
    """The latest period of the document that closed before this one and counts from the same day:
    06 tháng after quý I, never quý III, which starts anew (R20). None where there is none."""
    own = year.duty(document, period)
    if own.window is None or not _is_cumulative(year, own.period.kind):
        return None
    start, end = own.window
    before = [
        (duty.window[1], duty.period.id)
        for duty in year.duties
        if duty.document == document
        and duty.window is not None
        and duty.window[0] == start
        and duty.window[1] < end
        and _is_cumulative(year, duty.period.kind)
    ]
    return max(before)[1] if before else None


def _is_cumulative(year: ReportingYear, kind: str) -> bool:
    rules = year.regime.periods.get(kind)
    return rules is not None and rules.cumulative
