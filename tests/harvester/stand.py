"""A form, its Sheet and its harvests, without a Google: what people do to rows, minute by minute.

Times are minutes after noon (UTC); the Sheet is in the zone of Ho Chi Minh City.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from cchc_gforms.events import Event, VersionSeen
from cchc_gforms.harvester.cells import Cells
from cchc_gforms.harvester.decisions import Files
from cchc_gforms.harvester.form import Form, Round
from cchc_gforms.harvester.known import Before
from cchc_gforms.harvester.observe import Reader
from cchc_gforms.harvester.outcome import Outcome
from cchc_gforms.harvester.packing import Lines, packed
from cchc_gforms.harvester.recalled import recalled
from cchc_gforms.harvester.responses import Response
from cchc_gforms.harvester.sheet import Cell, Grid
from cchc_gforms.regime.load import load as load_regime
from cchc_gforms.regime.model import Sources
from cchc_gforms.spec.ids import question_id
from cchc_gforms.spec.model import FormSpec
from cchc_gforms.store.notes import Seen, SeenTab
from tests.office import SPECS

YEAR = load_regime(SPECS, 2022)
NOON = datetime(2022, 6, 1, 12, tzinfo=UTC)
ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
TAB = "Câu trả lời biểu mẫu 1"
SPEC = FormSpec.model_validate(
    {
        "name": "periodic_report/2022-h1",
        "document": "periodic_report",
        "period": "2022-h1",
        "title": "Báo cáo",
        "description": "",
        "collect_email": "verified",
        "sections": [
            {
                "key": "page",
                "title": "Trang",
                "items": [
                    {"key": "unit", "type": "text", "title": "Đơn vị", "role": "unit"},
                    {"key": "figure", "type": "text", "title": "Số liệu"},
                    {"key": "words", "type": "paragraph", "title": "Đánh giá"},
                    {"key": "day", "type": "date", "title": "Ngày"},
                    {
                        "key": "ways",
                        "type": "checkbox",
                        "title": "Hình thức",
                        "choices": ["Tin, bài", "Tin", "Tờ rơi"],
                    },
                ],
            }
        ],
    }
)
KEYS = ("unit", "figure", "words", "day", "ways")
HEADERS = ("Dấu thời gian", "Địa chỉ email", *(question.title for question in SPEC.questions()))


def minute(number: float) -> datetime:
    return NOON + timedelta(minutes=number)


def serial(at: datetime, zone: ZoneInfo = ZONE) -> float:
    """As a form writes it, in whole seconds."""
    local = at.astimezone(zone).replace(tzinfo=None, microsecond=0)
    return (local - datetime(1899, 12, 30)).total_seconds() / 86_400  # noqa: DTZ001


def answers_of(unit: str, figure: str) -> dict[str, tuple[str, ...]]:
    return {
        "unit": (unit,),
        "figure": (figure,),
        "words": (f"Đánh giá của {unit}",),
        "day": ("2022-06-01",),
        "ways": ("Tin, bài", "Tờ rơi"),
    }


@dataclass
class Stand:
    """`grids` are the tabs by sheet id: a title, and lines with the header first."""

    grids: dict[int, tuple[str, list[list[Cell]]]] = field(
        default_factory=lambda: {7: (TAB, [list(HEADERS)])}
    )
    zone: ZoneInfo = ZONE
    linked: bool = True
    responses: dict[str, Response] = field(default_factory=dict)
    log: dict[str, Event] = field(default_factory=dict)
    known: dict[str, Seen] = field(default_factory=dict)
    tabs: dict[int, SeenTab] = field(default_factory=dict)
    up_to: datetime | None = None
    last: Outcome = field(default_factory=lambda: Outcome({}))

    @property
    def rows(self) -> list[list[Cell]]:
        """Below the header, of the first tab."""
        return self.grids[min(self.grids)][1]

    def submit(self, id: str, unit: str, at: float, figure: str = "1") -> None:
        """A school sends its answers, or with a known id sends them again."""
        answers = answers_of(unit, figure)
        before = self.responses.get(id)
        moment = minute(at)
        wire: dict[str, Any] = {
            question_id(key): {"textAnswers": {"answers": [{"value": one} for one in values]}}
            for key, values in answers.items()
        }
        created = before.created if before else moment
        self.responses[id] = Response(id, created, moment, address(unit), packed(wire))
        row: list[Cell] = [
            serial(moment, self.zone),
            address(unit),
            unit,
            float(figure),
            answers["words"][0],
            44713,
            "Tin, bài, Tờ rơi",
        ]
        if before is None:
            self.rows.append(row)
        elif old := self.row_of(before):
            old[:] = row

    def row_of(self, response: Response) -> list[Cell] | None:
        at = serial(response.submitted, self.zone)
        return next((row for row in self.rows[1:] if row[0] == at), None)

    def harvest(self, at: float, source: Sources = "both") -> list[Event]:
        """Returns the events that are new."""
        form = Form(Reader("F", SPEC, Files(YEAR.roster, {}, {}, YEAR.zone)), {})
        grids = [
            Grid(id, title, self.zone, Lines(lines)) for id, (title, lines) in self.grids.items()
        ]
        now = Round(
            source=source,
            started=minute(at),
            settled=minute(at) - timedelta(seconds=10),
            spreadsheet_id="S",
            grids=None if source == "forms" else grids,
            noted=list(self.tabs.values()),
            unit_headers=frozenset({"đơn vị"}),
        )
        sent = list(self.responses.values()) if source != "sheet" else []
        self.last = outcome = form.outcome(sent, self.known, self.up_to, now)
        self.up_to = now.settled
        before = Before(self.log.values, ask=True)
        found = [event for event, _ in form.events(outcome) if not before.has(event)]
        new = {event.id: event for event in found if event.id not in self.log}
        self.log |= new
        self.known = {**self.known, **outcome.notes}
        for id in outcome.forgotten:
            del self.known[id]
        if outcome.tab:
            self.tabs[outcome.tab.sheet_id] = outcome.tab
        return list(new.values())

    def lose_the_notes(self) -> None:
        """The log comes back from the dashboard."""
        self.known = recalled(self.log.values(), {"F": Cells(SPEC)})["F"]
        self.tabs = {}
        self.up_to = max((one.submitted for one in self.known.values()), default=None)

    def versions(self) -> list[tuple[str | None, float]]:
        """The submissions in the log: whose, and at which minute."""
        found = [event for event in self.log.values() if isinstance(event, VersionSeen)]
        return sorted(
            (event.unit_code, round((event.at - NOON).total_seconds() / 60, 3)) for event in found
        )


def address(unit: str) -> str:
    return f"{unit.lower()}@truong.example"


def kinds(events: Sequence[Event]) -> list[str]:
    return [event.kind for event in events]
