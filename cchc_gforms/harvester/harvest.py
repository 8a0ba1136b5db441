"""One harvest: the linked Sheet, then the Forms API, joined, into the event log.

It also opens the periods whose day has come (L1), so that a roster is frozen in time unattended.

The Sheet is read first: a row that is in it is then surely in the API's answer too, so a row that
finds no response was not written by the form. What the API has and the Sheet does not may only be
a moment younger than the Sheet's reading; such a response waits for the next harvest.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial

from cchc_gforms.errors import CchcError
from cchc_gforms.events import Answers, Event
from cchc_gforms.google.client import Google
from cchc_gforms.google.deployed import from_tags
from cchc_gforms.google.registry import Registry
from cchc_gforms.harvester.decisions import Files
from cchc_gforms.harvester.flagging import flagged
from cchc_gforms.harvester.known import not_told_before
from cchc_gforms.harvester.observe import Reader, row_sighting
from cchc_gforms.harvester.reconcile import Sender, join
from cchc_gforms.harvester.responses import Response, list_responses
from cchc_gforms.harvester.sheet import Row, Tab, as_answer, normal, read_tabs
from cchc_gforms.regime.load import ReportingYear
from cchc_gforms.regime.openings import due_to_open, openings, too_late_to_open
from cchc_gforms.spec.compile import CompiledForm, compile_form, decode, with_uploads
from cchc_gforms.spec.earlier import earlier_period
from cchc_gforms.spec.ids import question_id
from cchc_gforms.spec.model import FormSpec
from cchc_gforms.store.log import EventLog

_LAG = timedelta(seconds=10)  # how long a response may take to reach the linked Sheet


@dataclass(frozen=True, slots=True)
class Harvest:
    """What one harvest found. `as_of` is up to when the log is now complete, by Google's clock."""

    as_of: datetime
    new: tuple[Event, ...]
    responses: int
    calls: int
    remarks: tuple[str, ...] = ()
    kinds: Mapping[str, int] = field(default_factory=dict)


def harvest(
    google: Google,
    log: EventLog,
    year: ReportingYear,
    specs: Sequence[FormSpec],
    progress: Callable[[str], object],
) -> Harvest:
    """Appends what is new; twice in a row appends nothing. Calls: 3 + one a form."""
    registry = Registry.look_up(google)
    deployed = registry.of_year(year.year.year)
    if not deployed:
        raise CchcError(
            f"chưa có biểu mẫu nào của năm {year.year.year}",
            f"chạy `cchc forms apply --year {year.year.year}`",
        )
    book = registry.responses(year.year.year)
    started = google.now
    tabs = read_tabs(google, book.id) if book else []
    subjects = {normal(year.label(d, p)): (d, p) for d, p in year.obligated()}
    opened = log.periods_opened()
    for (document, period), one in opened.items():  # as it was called when it was opened
        subjects.setdefault(
            normal(f"{year.document_label(document)} {one.title}"), (document, period)
        )
    rosters = {key: year.roster.with_frozen(one.units) for key, one in opened.items()}
    files = Files(year.roster, rosters, subjects, year.zone)
    events: list[Event] = [*openings(year, google.now, due_to_open(year, google.now, opened))]
    remarks: list[str] = [
        f"{year.label(*duty.key)} đã qua hạn mà kỳ chưa mở, nên chưa tính cho ai: nếu các đơn vị "
        f"phải nộp, chạy `cchc period open {' '.join(duty.key)} --year {year.year.year}`"
        for duty in too_late_to_open(year, google.now, opened)
    ]
    count = 0
    for spec in specs:
        progress(spec.title)
        if spec.name not in deployed:
            remarks.append(f"chưa tạo biểu mẫu “{spec.title}”: chạy `cchc forms apply`")
            continue
        file = deployed[spec.name]
        form = _Form(Reader(file.id, spec, files), from_tags(file.tags, question_id))
        tab = form.tab_among(tabs)
        if tab is None and not form.remarks:
            remarks.append(f"chưa thấy trang tính của “{spec.title}”: biểu mẫu chưa được liên kết")
        responses = list_responses(google, form.reader.form_id)
        count += len(responses)
        events.extend(form.events(responses, tab, started - _LAG))
        remarks.extend(form.remarks)
    form_specs = {deployed[spec.name].id: spec for spec in specs if spec.name in deployed}
    new = log.append(_flagged(log, year, files, form_specs, events), google.now)
    latest = max((event.at for event in events), default=google.now)
    as_of = max(google.now, latest)
    log.record_harvest(started_at=started, as_of=as_of, new=len(new))
    kinds = Counter(str(event.kind) for event in new)
    return Harvest(as_of, tuple(new), count, google.calls, tuple(remarks), kinds)


def _flagged(
    log: EventLog,
    year: ReportingYear,
    files: Files,
    specs: Mapping[str, FormSpec],
    events: Sequence[Event],
) -> list[Event]:
    """Those of the events that the log does not have yet, with what the checks say of them."""
    return flagged(
        log.unknown(not_told_before(events, log.events)),
        specs,
        partial(earlier_period, year),
        files.roster_of,
        events,
        lambda: (record.event for record in log.records("version_seen")),
    )


class _Form:
    """One form's spec, its tab and its responses, on the way to events. `deployed` are the ids on
    the form with our keys."""

    def __init__(self, reader: Reader, deployed: Mapping[str, str]) -> None:
        self.spec = spec = reader.spec
        self.reader = reader
        self.remarks: list[str] = []
        self._compiled: CompiledForm = with_uploads(compile_form(spec), spec, deployed)
        self._columns = {normal(header): key for header, key in self._compiled.columns.items()}
        self._types = {question.key: question.type for question in spec.questions()}
        unit = spec.item("unit")
        self._unit = (unit.key, normal(unit.title)) if unit else ("", "")

    def tab_among(self, tabs: Sequence[Tab]) -> Tab | None:
        """The tab that has this form's unit question, which no other form words alike. By header,
        never by name (facts 6.1); a retitled or added question does not matter."""
        fitting = [tab for tab in tabs if self._unit[1] in tab.headers]
        if len(fitting) > 1:
            names = ", ".join(f"“{tab.title}”" for tab in fitting)
            self.remarks.append(
                f"các trang {names} đều khớp “{self.spec.title}”, không trang nào được dùng: "
                "xóa hoặc đổi tên cột đơn vị ở trang cũ"
            )
        return fitting[0] if len(fitting) == 1 else None

    def events(
        self, responses: Sequence[Response], tab: Tab | None, settled: datetime
    ) -> Iterator[Event]:
        decoded = {one.id: decode(self._compiled, one.answers) for one in responses}
        rows = tab.rows if tab else ()
        joined = join(
            responses,
            rows,
            lambda one: Sender(one.email, normal(self._claimed(decoded[one.id]))),
            lambda row: Sender(row.email, normal(row.cells.get(self._unit[1], ""))),
        )
        for response, _ in joined.pairs:
            yield from self.reader.events(response, decoded[response.id], "both")
        for response in joined.api_only:
            if tab is None or response.submitted < settled:
                yield from self.reader.events(response, decoded[response.id], "api_only")
        if tab is not None and joined.at_odds:
            self.remarks.append(
                f"trang “{tab.title}”: {len(joined.sheet_only)} hàng không khớp câu trả lời nào "
                "nên không được tính; xem lại múi giờ của bảng tính và cột thời gian"
            )
            return
        for row in joined.sheet_only:
            yield from self._from_row(row, tab.title if tab else "")

    def _from_row(self, row: Row, title: str) -> Iterator[Event]:
        if row.at is None:
            self.remarks.append(
                f"trang “{title}”, hàng {row.number}: không có thời điểm nộp, không tính được"
            )
            return
        answers: Answers = {
            self._columns[header]: (as_answer(said, self._types.get(self._columns[header])),)
            for header, said in row.cells.items()
            if said and header in self._columns
        }
        yield self.reader.event(row_sighting(row, row.at, answers))

    def _claimed(self, answers: Answers) -> str:
        return next(iter(answers.get(self._unit[0], ())), "")
