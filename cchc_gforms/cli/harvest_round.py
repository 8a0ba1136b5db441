"""One round of the job: harvest, then, when wanted, the dashboard; and what is told of it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Any

import click

from cchc_gforms.cli.moments import long_time
from cchc_gforms.cli.progress import working
from cchc_gforms.cli.settings import GoogleSettings, open_store, written
from cchc_gforms.errors import CchcError, ProblemsError

if TYPE_CHECKING:
    from cchc_gforms.harvester.tally import Harvest
    from cchc_gforms.regime.load import ReportingYear
    from cchc_gforms.regime.model import Sources

PARTIAL = 4
KINDS = {
    "period_opened": "kỳ được mở",
    "version_seen": "lượt nộp",
    "decided": "quyết định của người duyệt",
    "row_vanished": "hàng bị xóa khỏi trang tính",
    "row_returned": "hàng có lại trong trang tính",
    "row_edited": "hàng bị sửa tay trong trang tính",
    "extended": "lần gia hạn",
    "received_in_person": "lần nhận trực tiếp",
    "exempted": "lần miễn nộp",
    "voided": "bản bị hủy",
    "accepted": "bản gửi từ địa chỉ lạ được xác nhận",
    "revoked": "quyết định được rút lại",
    "news_item": "tin, bài",
    "unreadable": "phiếu không đọc được",
}


@dataclass(frozen=True, slots=True)
class Order:
    """What a round is to do. `wait`, `max_time` and `stale_after` (of the dashboard; None: as the
    schedule says) are seconds; without a `source` the regime's. `anew`: into an empty log, though
    there was another."""

    year: int
    spec_dir: Path
    store_url: str
    account: GoogleSettings
    wait: float
    max_time: float
    publish: bool
    source: Sources | None = None
    stale_after: int | None = None
    anew: bool = False


@dataclass(frozen=True, slots=True)
class Outcome:
    """`error` is why nothing was done; else `told` is for programs, `lines` and `remarks` for
    people."""

    at: datetime
    year: int
    exit_code: int
    told: dict[str, Any]
    lines: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()
    error: CchcError | None = None

    def as_json(self) -> dict[str, Any]:
        known = {"at": self.at.isoformat(), "year": self.year, "exit_code": self.exit_code}
        return known | self.told


def attempt(order: Order) -> Outcome:
    """Does a round; an error becomes its outcome."""
    at = datetime.now(UTC)
    try:
        return _done(order, at)
    except CchcError as error:
        problems = [str(one) for one in error.problems] if isinstance(error, ProblemsError) else []
        told = {"error": str(error), "problems": problems}
        return Outcome(at, order.year, error.exit_code, told, error=error)


def note(outcome: Outcome, file: Path) -> None:
    """Adds the outcome to a log file, as one line of JSON."""
    with written(file):
        file.parent.mkdir(parents=True, exist_ok=True)
        with file.open("a", encoding="utf-8") as out:
            out.write(json.dumps(outcome.as_json(), ensure_ascii=False) + "\n")


def _done(order: Order, at: datetime) -> Outcome:
    from cchc_gforms.cli.dashboard import bring_up_to_date
    from cchc_gforms.cli.dashboard_addresses import remembered_forms
    from cchc_gforms.harvester.harvest import harvest
    from cchc_gforms.spec.load import load_all
    from cchc_gforms.store.refusals import named
    from cchc_gforms.store.turn import one_at_a_time

    begun = monotonic()
    year, specs = load_all(order.spec_dir, order.year)
    with (
        open_store(order.store_url, year.regime.identity) as log,
        one_at_a_time(order.store_url, min(order.wait, order.max_time)),
        order.account.open(order.max_time, monotonic() - begun) as google,
    ):
        begun_at = None if log.count() or log.harvests() else named(order.store_url)
        made = remembered_forms(log, specs)
        with working("Thu thập", len(specs)) as step:
            found = harvest(
                google, log, year, specs, step, order.source, made=made, anew=order.anew
            )
        if begun_at:
            click.echo(f"Trước đó chưa có sổ sự kiện: đã bắt đầu sổ mới ở {begun_at}.", err=True)
        url, failure = None, None
        if order.publish:
            try:
                url = bring_up_to_date(google, log, year, specs, order.stale_after).url
            except CchcError as error:
                failure = str(error)
        calls = google.calls
    told = _told(found) | {"calls": calls, "published": url, "publish_error": failure}
    source = order.source or year.regime.source
    lines = (*_lines(found, year, calls, source), *_dashboard_lines(url, failure))
    code = _exit_code(found, failure)
    return Outcome(at, order.year, code, told | {"new_log": begun_at}, lines, found.remarks)


def _exit_code(found: Harvest, failure: str | None) -> int:
    if found.failed_whole:
        return 1
    return PARTIAL if found.failed or failure else 0


def _told(found: Harvest) -> dict[str, Any]:
    failed = [
        {"form": one.name, "title": one.title, "message": one.message} for one in found.failed
    ]
    return {
        "as_of": found.as_of.isoformat(),
        "responses": found.responses,
        "new_events": found.new,
        "new_by_kind": dict(found.kinds),
        "edited": found.edited,
        "vanished": found.vanished,
        "quarantined": found.quarantined,
        "flagged": found.flagged,
        "failed": failed,
        "remarks": list(found.remarks),
    }


def _lines(found: Harvest, year: ReportingYear, calls: int, source: Sources) -> Iterator[str]:
    read = "trang tính" if source == "sheet" else f"{found.responses} câu trả lời"
    parts = [f"{count} {KINDS.get(kind, kind)}" for kind, count in found.kinds.items()]
    if parts or not found.failed_whole:
        yield f"Đã đọc {read}: {', '.join(parts) or 'không có gì mới'}."
    of_note = {
        "lượt nộp sửa lại": found.edited,
        "lượt nộp từ địa chỉ lạ, chờ xác nhận": found.quarantined,
        "lượt nộp có chỗ cần xem lại (cột Ghi chú của sổ theo dõi)": found.flagged,
    }
    if said := ", ".join(f"{count} {what}" for what, count in of_note.items() if count):
        yield f"Trong đó: {said}."
    yield f"Đã gọi Google {calls} lần. {_completeness(found, year)}"
    unread: dict[str, list[str]] = {}
    for failure in found.failed:
        unread.setdefault(failure.message, []).append(f"“{failure.title}”")
    for message, titles in unread.items():
        yield f"Không đọc được {', '.join(titles)}: {message}"


def _completeness(found: Harvest, year: ReportingYear) -> str:
    if found.failed_whole:
        return "Chưa đọc được câu trả lời nào."
    rest = ", trừ những gì kể dưới đây" if found.failed else ""
    return f"Sổ đầy đủ đến {long_time(found.as_of, year.zone)}{rest}."


def _dashboard_lines(url: str | None, failure: str | None) -> Iterator[str]:
    if url:
        yield f"Đã cập nhật bảng theo dõi: {url}"
    if failure:
        yield f"Chưa cập nhật được bảng theo dõi: {failure}"
