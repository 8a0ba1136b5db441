"""One harvest: the forms' responses, then the linked Sheet, joined, into the event log.

It also opens the periods whose day has come (L1), so that a roster is frozen in time unattended.

Of each form only what was sent since the last harvest is asked for, and some minutes before; once a
day all of it, for it is not certain which time Google compares (facts 4.2). The Sheet is read when
its file has changed since it was last read to the end, or when a response is new.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import chain

from cchc_gforms.errors import GoogleError
from cchc_gforms.events import Event
from cchc_gforms.google.client import Google
from cchc_gforms.google.deployed import from_tags
from cchc_gforms.google.registry import DeployedFile, Registry
from cchc_gforms.harvester.decisions import Files
from cchc_gforms.harvester.flagging import Flagging
from cchc_gforms.harvester.form import Form, Round, is_news
from cchc_gforms.harvester.known import Before
from cchc_gforms.harvester.observe import ROW, Reader
from cchc_gforms.harvester.outcome import Outcome
from cchc_gforms.harvester.recalled import recalled
from cchc_gforms.harvester.responses import Response, list_responses
from cchc_gforms.harvester.sheet import Grid, normal, read_grids
from cchc_gforms.harvester.tally import (
    FormFailure,
    Harvest,
    Tally,
    another_log,
    lost,
    no_forms,
    not_linked,
    not_listed,
    not_made,
    not_opened,
)
from cchc_gforms.regime.load import ReportingYear
from cchc_gforms.regime.model import Sources
from cchc_gforms.regime.openings import due_to_open, openings, too_late_to_open
from cchc_gforms.spec.earlier import earlier_period
from cchc_gforms.spec.ids import question_id
from cchc_gforms.spec.model import FormSpec
from cchc_gforms.store.log import EventLog
from cchc_gforms.store.notes import Changes, Reading, Seen, SeenBook

_LAG = timedelta(seconds=10)  # how long a response may take to reach the other side
_OVERLAP = timedelta(minutes=10)  # how long a response may take to be listed
_WHOLE_EVERY = timedelta(days=1)
_NEVER = datetime.min.replace(tzinfo=UTC)


def harvest(
    google: Google,
    log: EventLog,
    year: ReportingYear,
    specs: Sequence[FormSpec],
    progress: Callable[[str], object],
    source: Sources | None = None,
    *,
    made: Collection[str] = (),
    anew: bool = False,
) -> Harvest:
    """Appends what is new; twice in a row appends nothing. Nothing is added to a damaged log.

    Calls: one for the files, one a form (and page), two for the Sheet if it is read; the forms' go
    together in one HTTP request. `source` is what to read, else as the regime says. A form that
    cannot be read does not hold up the others; nor does one of those that were `made` before (by
    name) and are not found any more. An empty log is refused where there was another, but `anew`.
    """
    log.check()
    registry = Registry.look_up(google, year.regime.identity)
    deployed = registry.of_year(year.year.year)
    if not deployed:
        raise no_forms(year.year.year, known=bool(made or log.harvests(year.year.year)))
    if registry.dashboard(year.year.year) and not (anew or log.count()):
        raise another_log(year.year.year)
    book = registry.responses(year.year.year)
    visit = _Visit(google, log, year, source or year.regime.source, book)
    visit.open_periods()
    visit.read(specs, deployed, progress, made)
    return visit.store()


class _Visit:
    """One harvest under way."""

    def __init__(
        self,
        google: Google,
        log: EventLog,
        year: ReportingYear,
        source: Sources,
        book: DeployedFile | None,
    ) -> None:
        self._google, self._log, self._year = google, log, year
        self._source, self._book = source, book
        self._started = google.now
        self._opened = log.periods_opened()
        rosters = {key: year.roster.with_frozen(one.units) for key, one in self._opened.items()}
        subjects = {normal(year.label(d, p)): (d, p) for d, p in year.obligated()}
        for (document, period), one in self._opened.items():  # as it was called when it was opened
            label = f"{year.document_label(document)} {one.title}"
            subjects.setdefault(normal(label), (document, period))
        self._files = Files(year.roster, rosters, subjects, year.zone)
        self._forms: dict[str, Form] = {}
        self._known: dict[str, Mapping[str, Seen]] = {}
        self._recalled: dict[str, dict[str, Seen]] = {}
        self._readings: dict[str, Reading | None] = {}
        self._outcomes: dict[str, Outcome] = {}
        self._openings: list[Event] = []
        self._remarks: list[str] = []
        self._sheet_remarks: list[str] = []
        self._failed: list[FormFailure] = []
        self._changes = Changes()
        self._counts: dict[str, int] = {}

    def open_periods(self) -> None:
        year, now = self._year, self._started
        self._openings += openings(year, now, due_to_open(year, now, self._opened))
        self._remarks += not_opened(year, too_late_to_open(year, now, self._opened))

    def read(
        self,
        specs: Sequence[FormSpec],
        deployed: Mapping[str, DeployedFile],
        progress: Callable[[str], object],
        made: Collection[str],
    ) -> None:
        """Everything, from both sides, worked out."""
        missing = [one for one in specs if one.name not in deployed]
        self._failed += [lost(one.name, one.title) for one in missing if one.name in made]
        self._remarks += not_made([one.title for one in missing if one.name not in made])
        for spec in (one for one in specs if one.name in deployed):
            file = deployed[spec.name]
            self._forms[file.id] = Form(
                Reader(file.id, spec, self._files), from_tags(file.tags, question_id)
            )
            self._known[file.id] = self._log.notes.seen(file.id)
            self._readings[file.id] = self._log.notes.reading(file.id)
        self._recall()
        responses = self._responses({form_id: self._since(form_id) for form_id in self._forms})
        now = self._round(responses)
        if now is None:
            return
        for form_id, some in responses.items():
            progress(self._forms[form_id].reader.spec.title)
            self._outcomes[form_id] = self._outcome(form_id, some, now)
        self._read_whole(now)
        self._close(now)

    def _recall(self) -> None:
        """Notes of forms that have none are made out from the log."""
        unread = {
            form_id: form.layout.cells
            for form_id, form in self._forms.items()
            if self._readings[form_id] is None and not self._known[form_id]
        }
        self._recalled = recalled(self._log.events() if unread else (), unread)
        self._known |= self._recalled

    def _since(self, form_id: str) -> datetime | None:
        """From when on a form's responses are asked for; None for all of them."""
        before = self._readings[form_id]
        if before is None or not before.up_to <= self._started < before.whole_at + _WHOLE_EVERY:
            return None
        return before.up_to - _OVERLAP

    def _responses(self, since: Mapping[str, datetime | None]) -> dict[str, list[Response]]:
        """Those of each form that could be read; the others are noted as failed."""
        if self._source == "sheet":
            return {form_id: [] for form_id in since}
        found: dict[str, list[Response]] = {}
        for form_id, some in list_responses(self._google, since, self._long()).items():
            spec = self._forms[form_id].reader.spec
            if isinstance(some, GoogleError):
                self._failed.append(FormFailure(spec.name, spec.title, str(some)))
                continue
            found[form_id], whole = some, since[form_id] is None
            self._counts[form_id] = len(some)
            self._changes.readings[form_id] = self._reading(form_id, whole=whole)
            if whole:
                self._remarks += not_listed(spec.title, self._missing(form_id, some))
        return found

    def _missing(self, form_id: str, listed: Sequence[Response]) -> int:
        """How many responses that were seen before are not among all of the form."""
        seen = {id for id in self._known[form_id] if not id.startswith(ROW)}
        return len(seen - {one.id for one in listed})

    def _long(self) -> set[str]:
        """Forms of plans and reports, whose answers are long."""
        return {id for id, form in self._forms.items() if form.reader.spec.period is not None}

    def _reading(self, form_id: str, *, whole: bool) -> Reading:
        before, settled = self._readings[form_id], self._started - _LAG
        return Reading(settled, settled if whole or before is None else before.whole_at)

    def _round(self, responses: Mapping[str, Sequence[Response]]) -> Round | None:
        """None where nothing is to be compared: the only source could not be read."""
        grids = self._grids(responses)
        if grids is None and self._source == "sheet":
            return None
        book = self._book.id if self._book else ""
        noted = [one for one in self._log.notes.tabs(book) if one.form_id in self._forms]
        return Round(
            source=self._source,
            started=self._started,
            settled=self._started - _LAG,
            spreadsheet_id=book,
            grids=grids,
            noted=noted,
            unit_headers=frozenset(form.layout.unit_header for form in self._forms.values()),
        )

    def _grids(self, responses: Mapping[str, Sequence[Response]]) -> list[Grid] | None:
        """None where the Sheet is not to be read, need not be, or cannot be."""
        if self._source == "forms" or not responses:
            return None
        if self._book is None:
            self._failed.append(
                FormFailure(
                    "responses",
                    f"bảng tính câu trả lời năm {self._year.year.year}",
                    "không thấy trong Drive → khôi phục từ thùng rác; mất hẳn thì chạy `cchc forms "
                    "apply` để tạo tệp khác, rồi liên kết lại các biểu mẫu",
                )
            )
            return None
        seen = self._log.notes.book(self._book.id)
        news = any(
            is_news(one, self._known[form_id])
            for form_id, some in responses.items()
            for one in some
        )
        if seen and seen.version == self._book.version and not news:
            self._remarks += seen.remarks
            return None
        try:
            expected = sum(map(len, responses.values())) + sum(map(len, self._known.values()))
            return read_grids(self._google, self._book.id, expected)
        except GoogleError as error:
            self._failed.append(FormFailure("responses", self._book.name, str(error)))
            return None

    def _outcome(self, form_id: str, responses: Sequence[Response], now: Round) -> Outcome:
        reading, known = self._readings[form_id], self._known[form_id]
        newest = max((one.submitted for one in known.values()), default=None)
        up_to = reading.up_to if reading else newest
        return self._forms[form_id].outcome(responses, known, up_to, now)

    def _read_whole(self, now: Round) -> None:
        """Forms with rows that only an older response could explain are read once more, whole."""
        doubtful = [id for id, one in self._outcomes.items() if one.doubtful and self._since(id)]
        if not doubtful or self._source != "both":
            return
        responses = self._responses(dict.fromkeys(doubtful))
        for form_id in doubtful:
            if form_id in responses:
                self._outcomes[form_id] = self._outcome(form_id, responses[form_id], now)
            else:
                del self._outcomes[form_id], self._changes.readings[form_id]

    def _close(self, now: Round) -> None:
        """What to note of it all."""
        for form_id, outcome in self._outcomes.items():
            notes = {**self._recalled.get(form_id, {}), **outcome.notes}
            self._changes.seen[form_id] = [
                one for id, one in notes.items() if id not in outcome.forgotten
            ]
            self._changes.forgotten += [(form_id, id) for id in outcome.forgotten]
            self._changes.tabs += [outcome.tab] if outcome.tab else []
            if self._source == "sheet" and outcome.tab:
                self._changes.readings[form_id] = Reading(self._started - _LAG, _NEVER)
            self._sheet_remarks += outcome.remarks
        unlinked = [id for id, one in self._outcomes.items() if one.unlinked]
        titles = [self._forms[id].reader.spec.title for id in unlinked]
        self._sheet_remarks += not_linked(titles)
        self._remarks += self._sheet_remarks
        done = not self._failed and not any(one.waits for one in self._outcomes.values())
        if now.grids is not None and self._book and self._book.version and done:
            seen = SeenBook(self._book.version, tuple(self._sheet_remarks))
            self._changes.books[self._book.id] = seen

    def store(self) -> Harvest:
        """All of it in one transaction."""
        tally, edits = Tally(self._files.roster_of, self._google.now), set[str]()
        self._log.store(
            chain(self._openings, self._news(edits)),
            self._google.now,
            lambda event: tally.count(event, is_edit=event.id in edits),
            self._changes,
        )
        if self._outcomes or not self._failed:  # a Sheet that did not change is read, too
            self._log.record_harvest(
                started_at=self._started,
                as_of=tally.latest,
                new=tally.kinds.total(),
                failed=len(self._failed),
                year=self._year.year.year,
            )
        return Harvest(
            as_of=tally.latest,
            forms=len(self._outcomes),
            responses=sum(self._counts.values()),
            calls=self._google.calls,
            kinds=tally.kinds,
            edited=tally.edited,
            quarantined=tally.quarantined,
            flagged=tally.flagged,
            failed=tuple(self._failed),
            remarks=tuple(self._remarks),
        )

    def _news(self, edits: set[str]) -> Iterator[Event]:
        """What the log does not have under another id, with what the checks say of it; the ids of
        later versions are put among the `edits`."""
        log = self._log
        before = Before(log.events, ask=self._may_be_told())
        flagging = Flagging(
            {id: form.reader.spec for id, form in self._forms.items()},
            partial(earlier_period, self._year),
            self._files.roster_of,
            lambda: (event for event, _ in self._found()),
            lambda: (record.event for record in log.records("version_seen")),
        )
        for event, is_edit in self._found():
            if not before.has(event):
                if is_edit:
                    edits.add(event.id)
                yield flagging.flagged(event)

    def _found(self) -> Iterator[tuple[Event, bool]]:
        for form_id, outcome in self._outcomes.items():
            yield from self._forms[form_id].events(outcome)

    def _may_be_told(self) -> bool:
        """Whether the log may have what is found under another id: as a row without a response, or
        of a form that was read by an earlier version of this program."""
        rows = (id for known in self._known.values() for id in known if id.startswith(ROW))
        return None in self._readings.values() or any(rows)
