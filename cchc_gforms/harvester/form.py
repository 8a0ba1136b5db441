"""One form: its responses and its rows, on the way to events and to notes for the next harvest.

What only one side has, and is younger than the reading of the other, waits for the next harvest:
the other side may not have it yet.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial

from cchc_gforms.events import Answers, Event
from cchc_gforms.harvester.cells import Cells
from cchc_gforms.harvester.changes import RowChanges
from cchc_gforms.harvester.observe import ROW, Reader, Sighting, Source, row_id
from cchc_gforms.harvester.outcome import Outcome
from cchc_gforms.harvester.reconcile import Joined, join
from cchc_gforms.harvester.responses import Response
from cchc_gforms.harvester.sheet import Grid, normal
from cchc_gforms.harvester.sides import Digests, Party, Row, Sender
from cchc_gforms.harvester.tabs import Layout, Tabs, read_tabs
from cchc_gforms.regime.model import Sources
from cchc_gforms.spec.compile import compile_form, decode, with_uploads
from cchc_gforms.store.notes import Seen, SeenTab, read

_LATE = timedelta(minutes=1)  # how long a row may take to be there
_READING = timedelta(minutes=10)  # how long a harvest may go on before it reads the Sheet


@dataclass(frozen=True, slots=True)
class Round:
    """What holds for all forms of one harvest. Before `settled` both sides have what was sent;
    `started` is when reading began (UTC, Google's clock). `grids` is None where the Sheet was not
    read, `unit_headers` are those of all forms."""

    source: Sources
    started: datetime
    settled: datetime
    spreadsheet_id: str
    grids: Sequence[Grid] | None
    noted: Sequence[SeenTab]
    unit_headers: frozenset[str]


class Form:
    """A form as it is deployed: `deployed` are the ids on it with our keys."""

    def __init__(self, reader: Reader, deployed: Mapping[str, str]) -> None:
        spec = reader.spec
        self.reader = reader
        compiled = with_uploads(compile_form(spec), spec, deployed)
        named = {id: key for id, key in deployed.items() if key}
        self._compiled = replace(compiled, questions={**named, **compiled.questions})
        unit = spec.item("unit")
        self._unit = unit.key if unit else ""
        columns = compiled.columns
        self.layout = Layout(
            questions={normal(header): key for header, key in columns.items()},
            titles={key: header for header, key in columns.items()},
            unit=self._unit,
            cells=Cells(spec),
        )

    def outcome(
        self,
        responses: Sequence[Response],
        known: Mapping[str, Seen],
        up_to: datetime | None,
        now: Round,
    ) -> Outcome:
        """What to store of the responses that were read and of the rows; `known` is what was seen
        of this form before, all that was sent up to a moment (None: never read)."""
        return _Telling(self, responses, known, up_to, now).outcome

    def events(self, outcome: Outcome) -> Iterator[tuple[Event, bool]]:
        """What an outcome tells, made anew each time: of each event whether it is a later version
        of a response."""
        for response, source in outcome.responses:
            answers = self.decode(response)
            for number, event in enumerate(self.reader.events(response, answers, source)):
                yield event, number > 0
        for id, row, source in outcome.rows:
            answers = self.layout.cells.answers(row.cells())
            assert row.at is not None
            sighting = Sighting(id, row.at, row.sender.email, answers, answers, source)
            yield self.reader.event(sighting), False
        for change in outcome.changes:
            yield change, False

    def decode(self, response: Response) -> Answers:
        return decode(self._compiled, response.answers)

    def claimed(self, answers: Answers) -> str:
        return next(iter(answers.get(self._unit, ())), "")


class _Telling:
    """Works one outcome out."""

    def __init__(
        self,
        form: Form,
        responses: Sequence[Response],
        known: Mapping[str, Seen],
        up_to: datetime | None,
        now: Round,
    ) -> None:
        self._form, self._known, self._now = form, known, now
        self._read_up_to = up_to
        self._listed = {one.id: one for one in responses}
        self._new = {one.id: one for one in responses if is_news(one, known)}
        self._units = {id: form.claimed(form.decode(one)) for id, one in self._new.items()}
        self.outcome = Outcome(known)
        self._changes = RowChanges(
            form.reader,
            form.layout,
            now=now.started,
            settled=now.settled,
            may_be_new=self._may_be_new,
            sheet_alone=now.source == "sheet",
            outcome=self.outcome,
        )
        if now.grids is None:
            self._tell_responses(self._new, "forms")
        else:
            self._compare(now.grids)

    def _compare(self, grids: Sequence[Grid]) -> None:
        form, now = self._form, self._now
        parties = list(self._parties())
        others = now.unit_headers - {form.layout.unit_header}
        form_id = form.reader.form_id
        tabs = read_tabs(grids, form.layout, now.noted, parties, others, form_id)
        self.outcome.remarks += tabs.remarks
        if not tabs.found:
            self._without_rows(tabs)
            return
        tab = tabs.found[0]
        self.outcome.tab = SeenTab(now.spreadsheet_id, tab.grid.sheet_id, form_id, tab.columns.seen)
        shift = tabs.shift(form.reader.files.zone, now.started)
        joined = join(parties, tabs.rows, self._may_be_new, shift)
        self._changes.told_copies(tabs, joined)
        self._tell_pairs(tabs, joined)
        self._tell_rest(tabs, joined)

    def _without_rows(self, tabs: Tabs) -> None:
        """No tab, or none whose rows can be read."""
        if tabs.remarks:
            self._tell_responses(self._new, "forms")
            return
        self.outcome.unlinked = True
        self._tell_responses(self._new, "api_only")

    def _parties(self) -> Iterator[Party]:
        timed, repeats = self._now.source != "sheet", self._form.reader.spec.period is None
        for one in self._new.values():
            sender = Sender(one.email, normal(self._units[one.id]))
            before = self._known.get(one.id)
            moments = _moments(one.submitted, one.created, before.row_at if before else None)
            yield Party(one.id, moments, sender, partial(self._digests, one), timed=timed)
        for seen in self._known.values():
            if seen.id not in self._new:
                sender = Sender(seen.email, normal(seen.unit))
                moments = _moments(seen.submitted, seen.created, seen.row_at)
                is_timed = timed and not seen.id.startswith(ROW)
                yield Party(
                    seen.id,
                    moments,
                    sender,
                    partial(self._said, seen),
                    seen.row_at,
                    is_timed,
                    repeats,
                    seen.gone,
                )

    def _may_be_new(self, at: datetime) -> bool:
        """Whether a form can have written at that time since the rows were noted."""
        up_to = self._read_up_to
        return (up_to is None or up_to - _LATE <= at) and at <= self._now.started + _READING

    def _tell_pairs(self, tabs: Tabs, joined: Joined) -> None:
        """Both sides have it."""
        new = {party.id: row for party, row in joined.pairs if party.id in self._new}
        self._tell_responses({id: self._new[id] for id in new}, "both")
        self._changes.told_pairs(tabs, joined)

    def _tell_rest(self, tabs: Tabs, joined: Joined) -> None:
        """Only one side has it."""
        now = self._now
        alone = [party for party in joined.parties if party.moments[0] < now.settled]
        self.outcome.waits |= len(alone) < len(joined.parties)
        new = {party.id: self._new[party.id] for party in alone if party.id in self._new}
        self._tell_responses(new, "api_only")
        rows = [row for row in joined.rows if row.tab == 0]
        rows = [row for row in rows if row.at] or rows  # a line of totals is none
        if len(rows) > len(joined.pairs) and any(party.timed for party in alone):
            self.outcome.remarks.append(
                f"trang “{tabs.title}”: {len(rows)} hàng không khớp câu trả lời nào nên không được "
                "tính; xem lại múi giờ của bảng tính và cột thời gian"
            )
            return
        left = [row for row in joined.rows if self._is_due(row, tabs)]
        for row in left:
            self._tell_row(row)
        self._changes.told_alone(tabs, joined, alone)

    def _is_due(self, row: Row, tabs: Tabs) -> bool:
        """Whether a row that no response explains is to be told now."""
        now = self._now
        if row.at is None:
            self.outcome.remarks.append(
                f"trang “{tabs.titles[row.tab]}”, hàng {row.number}: không có thời điểm nộp, không "
                "tính được"
            )
            return False
        limit = now.started if now.source == "sheet" else now.settled
        if row.at <= limit:
            return True
        self.outcome.waits = True
        if row.at > now.started:
            self.outcome.remarks.append(
                f"trang “{tabs.titles[row.tab]}”, hàng {row.number}: thời điểm nộp còn ở tương "
                "lai, chưa tính"
            )
        return False

    def _tell_row(self, row: Row) -> None:
        assert row.at is not None
        self.outcome.doubtful = True
        claimed = self._form.claimed(self._form.layout.cells.answers(row.cells()))
        id = row_id(row.at, row.sender.email, row.sender.unit)
        source: Source = "sheet" if self._now.source == "sheet" else "sheet_only"
        self.outcome.rows.append((id, row, source))
        self.outcome.note(Seen(id, row.at, row.at, row.sender.email, claimed), row)

    def _tell_responses(self, responses: Mapping[str, Response], source: Source) -> None:
        for id, one in responses.items():
            self.outcome.responses.append((one, source))
            self.outcome.note(Seen(id, one.created, one.submitted, one.email, self._units[id]))

    def _said(self, seen: Seen) -> Digests:
        """What was noted; nothing is of a decision recalled from a log that came back, but then the
        form is read whole."""
        listed = self._listed.get(seen.id)
        return self._digests(listed) if listed and not seen.content else read(seen.cells)

    def _digests(self, response: Response) -> Digests:
        return self._form.layout.cells.of_answers(self._form.decode(response))


def is_news(response: Response, known: Mapping[str, Seen]) -> bool:
    """Whether a response is new, or was submitted again, since it was last seen."""
    before = known.get(response.id)
    return before is None or before.submitted != response.submitted


def _moments(*times: datetime | None) -> tuple[datetime, ...]:
    return tuple(dict.fromkeys(time for time in times if time))
