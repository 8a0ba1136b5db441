"""The overview for a terminal of 80 columns: bars that can be told apart without colour too."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from cchc_gforms.dashboard import looks, palette
from cchc_gforms.dashboard.counts import count
from cchc_gforms.dashboard.situation import Situation
from cchc_gforms.dashboard.tabs.tiles import figures
from cchc_gforms.ledger import labels
from cchc_gforms.ledger.row import Row, Timeliness

_BAR: Final = 24  # letters across
_MARKS: Final[Mapping[Timeliness, str]] = {
    "on_time": "█", "late": "▓", "missing": "░", "overdue": "▒", "not_due": "·",
    "not_assessed": "-",
}  # fmt: skip
_COLOURS: Final[Mapping[Timeliness, str]] = {**palette.TIMELINESS, "overdue": "#cc79a7"}
"""One is too dark for a black screen."""


@dataclass(frozen=True, slots=True)
class Standing:
    """How one document and period stands. `timeliness` counts all rows, the other figures those
    that anybody is held to (L11); `due`: by now due or decided."""

    document: str
    period: str
    label: str
    current: bool
    expected: int
    due: int
    submitted: int
    timeliness: dict[Timeliness, int]
    waiting: int
    returned: int
    approved: int
    returns: int


def standings(now: Situation) -> list[Standing]:
    """Of every document and period, in the order of the files."""
    return [
        _standing(subject, rows, now.labels[subject], current=subject in now.current)
        for subject, rows in now.subjects.items()
    ]


def _standing(
    subject: tuple[str, str], rows: Sequence[Row], label: str, *, current: bool
) -> Standing:
    found = count(rows)
    return Standing(
        *subject,
        label=label,
        current=current,
        expected=found.expected,
        due=found.due,
        submitted=found.submitted,
        timeliness=dict(found.timeliness),
        waiting=found.waiting,
        returned=found.returned,
        approved=found.approved,
        returns=found.returns,
    )


def is_stale(now: Situation) -> bool:
    """Whether the last harvest is too long before the ledger's moment, or never was."""
    return now.harvested_at is None or now.ledger.as_of - now.harvested_at > now.stale_after


def shown(now: Situation) -> Group:
    """What `cchc dashboard show` prints."""
    return Group(*_shown(now))


def _shown(now: Situation) -> Iterator[RenderableType]:
    bureau = now.year.agency_on(now.today).bureau.name
    yield Text(f"{now.year.regime.name} năm {now.year.year.year} – {bureau}", "bold")
    yield Text(f"Tính đến {looks.moment(now.ledger.as_of, now.year.zone)}", "dim")
    yield _harvested(now)
    if not now.current:
        yield Text("\nChưa mở kỳ nào.", "bold")
        return
    mine = [row for rows in now.current.values() for row in rows]
    yield Text(f"\nKỳ hiện tại: {'; '.join(now.labels[one] for one in now.current)}", "bold")
    yield _figures(mine)
    yield Text("\nCả năm", "bold")
    yield _year(standings(now))
    yield Text("\n").join(_legend())


def _harvested(now: Situation) -> Text:
    if now.harvested_at is None:
        return Text("⚠ Chưa thu thập lần nào: chạy `cchc harvest`.", "bold yellow")
    which = "đầu" if now.harvested_at > now.ledger.as_of else "cuối"
    said = f"Thu thập lần {which} {looks.moment(now.harvested_at, now.year.zone)}"
    return Text(f"⚠ {said}: đã cũ.", "bold yellow") if is_stale(now) else Text(said, "dim")


def _figures(rows: Sequence[Row]) -> Table:
    """A line a figure: its name, what it is out of, and a bar of the share."""
    table = _columns()
    for name, number, of, _ in figures(rows):  # whose colours are for white paper
        filled = round(_BAR * number / of) if of else 0
        bar = Text.assemble(("█" * filled, _COLOURS["on_time"]), ("·" * (_BAR - filled), "dim"))
        table.add_row(Text(name), bar, Text(f"{number}/{of}"), _percent(number, of))
    return table


def _year(found: Sequence[Standing]) -> Table:
    """A line a document and period: a bar of how its units stand, and the share on time."""
    table = _columns()
    for one in found:
        on_time = one.timeliness.get("on_time", 0)
        table.add_row(
            Text(one.label, "bold" if one.current else ""),
            _stacked(one.timeliness),
            Text(f"{on_time}/{one.due}" if one.due else "–"),
            _percent(on_time, one.due),
        )
    return table


def _percent(number: int, of: int) -> Text:
    return Text(f"{number / of:.1%}".replace(".", ",") if of else "–")


def _columns() -> Table:
    table = Table.grid(padding=(0, 1))
    table.add_column(width=36)
    table.add_column(width=_BAR, no_wrap=True)
    table.add_column(width=9, justify="right", no_wrap=True)
    table.add_column(width=6, justify="right", no_wrap=True)
    return table


def _stacked(counts: Mapping[Timeliness, int]) -> Text:
    """Parts as long as their share; whoever is there has at least one letter."""
    there = {word: counts[word] for word in _MARKS if counts.get(word)}
    total = sum(there.values())
    if not total:
        return Text()
    sizes = {word: max(1, round(_BAR * count / total)) for word, count in there.items()}
    largest = max(sizes, key=lambda word: sizes[word])
    sizes[largest] += _BAR - sum(sizes.values())
    return Text.assemble(*((_MARKS[word] * size, _COLOURS[word]) for word, size in sizes.items()))


def _legend() -> Iterator[Text]:
    signs = [
        Text.assemble((mark * 2, _COLOURS[word]), f" {labels.TIMELINESS[word]}")
        for word, mark in _MARKS.items()
    ]
    yield Text()
    yield Text("   ").join(signs[:4])
    yield Text("   ").join(signs[4:]) + Text("   (số: đúng hạn/đã đến hạn)", "dim")
