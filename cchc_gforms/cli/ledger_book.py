"""What the commands of `cchc ledger` share: their options, and the ledger they read."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from cchc_gforms.cli.settings import (
    json_option,
    open_existing_store,
    spec_option,
    store_option,
    year_option,
)
from cchc_gforms.errors import CchcError

if TYPE_CHECKING:
    from cchc_gforms.events import PeriodOpened
    from cchc_gforms.ledger.row import InShort, Ledger
    from cchc_gforms.ledger.select import Selection
    from cchc_gforms.regime.year import ReportingYear
    from cchc_gforms.store.log import EventLog

Command = TypeVar("Command", bound=Callable[..., Any])

_ASKED_AS = {
    "document": "văn bản",
    "period": "kỳ",
    "unit": "đơn vị",
    "level": "cấp học",
    "status": "kết quả",
}

_FORMATS = ["%Y-%m-%d", "%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"]


class Moment(click.DateTime):
    """A local time within the calendar that everybody's clock and zone can show."""

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> datetime:
        found: datetime = super().convert(value, param, ctx)
        if not 2000 <= found.year <= 2200:
            self.fail(f"năm {found.year} không nằm trong khoảng 2000–2200", param, ctx)
        return found


MOMENT = Moment(_FORMATS)

as_of_option = click.option(
    "--as-of",
    type=MOMENT,
    help="Xem sổ tại thời điểm này, theo múi giờ của chế độ báo cáo; ngày không kèm giờ là lúc 0 "
    "giờ ngày đó. Mặc định: lần thu thập gần nhất.",
)


def book_options(command: Command) -> Command:
    """`--year`, `--spec`, `--store`, `--json`."""
    for option in (json_option, store_option, spec_option, year_option):
        command = option(command)
    return command


def filter_options(command: Command) -> Command:
    """`--document`, `--period`, `--unit`, `--level`, `--status`; each may be given again."""
    help = "Kết quả hoặc trạng thái: on_time, late, missing, overdue, returned…"
    return subject_options(click.option("--status", "status_", multiple=True, help=help)(command))


def subject_options(command: Command) -> Command:
    """The filters but for the status."""
    for name, help in (
        ("level", "Cấp học: MN, TH, THCS."),
        ("unit", "Mã đơn vị."),
        ("period", "Kỳ: 2022-h1, hoặc h1."),
        ("document", "Loại văn bản: annual_plan, periodic_report…"),
    ):
        option = click.option(f"--{name}", f"{name}_", multiple=True, help=help)
        command = option(command)
    return command


def load_year(spec_dir: Path, year: int) -> ReportingYear:
    from cchc_gforms.regime.load import load

    return load(spec_dir, year)


def read_book(store_url: str, year: ReportingYear, as_of: datetime | None) -> Ledger:
    """The year's ledger at a local time, or as of the last harvest."""
    from cchc_gforms.ledger.book import read

    with open_existing_store(store_url) as log:
        expect_something(log, year)
        return read(log.events(), year, moment(log, year, as_of))


def expect_something(log: EventLog, year: ReportingYear) -> None:
    """CchcError when no period of the year was ever opened: an empty answer would look like good
    news."""
    begins = f"{year.year.year}-"
    if not any(period.startswith(begins) for _, period in log.periods_opened()):
        raise CchcError(
            f"trong sổ này chưa mở kỳ nào của năm {year.year.year}",
            f"chạy `cchc forms apply` hoặc `cchc period open --all --year {year.year.year}`, "
            "hoặc xem lại --store",
        )


def moment(log: EventLog, year: ReportingYear, as_of: datetime | None) -> datetime:
    """The local time asked for, or the last harvest's: what is not harvested is not known."""
    last = log.last_harvest(year.year.year)
    return local(as_of, year) or (last.as_of if last else datetime.now(UTC))


def local(naive: datetime | None, year: ReportingYear) -> datetime | None:
    return naive and naive.replace(tzinfo=year.zone)


def read_selected(
    store_url: str,
    year: ReportingYear,
    as_of: datetime | None,
    filters: Mapping[str, tuple[str, ...]],
) -> Ledger:
    """The rows that pass the filters; anomalies stay, for they belong to no row for sure."""
    with open_existing_store(store_url) as log:
        wanted = selection(log, year, filters)
    book = read_book(store_url, year, as_of)
    return replace(book, rows=wanted.of(book.rows))


def selection(
    log: EventLog, year: ReportingYear, filters: Mapping[str, tuple[str, ...]]
) -> Selection:
    """The filters given, checked; click.BadParameter for a word that nothing is called by, now or
    when a period was opened."""
    asked = {name.strip("_"): words for name, words in filters.items()}
    return _selection(year, log.periods_opened().values(), asked)


def _selection(
    year: ReportingYear, opened: Collection[PeriodOpened], asked: Mapping[str, tuple[str, ...]]
) -> Selection:
    from typing import get_args

    from cchc_gforms.ledger.row import Review, Timeliness
    from cchc_gforms.ledger.select import Selection

    levels = {level.code: id for id, level in year.regime.levels.items()}
    subjects = [*year.obligated(), *((one.document, one.period) for one in opened)]
    periods = {period for _, period in subjects if period.startswith(f"{year.year.year}-")}
    units = {unit.code for one in opened for unit in one.units}
    held = {unit.level for one in opened for unit in one.units}
    known = {
        "document": {document for document, _ in subjects},
        "period": periods | {period.partition("-")[2] for period in periods},
        "level": set(levels) | set(levels.values()) | held,
        "status": {*get_args(Timeliness), *get_args(Review)},
        "unit": units | {unit.code for unit in year.roster.units},
    }
    meant = {
        name: [_known_word(name, word, known[name]) for word in words]
        for name, words in asked.items()
    }
    return Selection(
        documents=meant.get("document", ()),
        periods=meant.get("period", ()),
        units=meant.get("unit", ()),
        levels=[levels.get(word, word) for word in meant.get("level", ())],
        statuses=meant.get("status", ()),
    )


def _known_word(name: str, word: str, known: Collection[str]) -> str:
    """The word as it is known, whatever its case (mn01 for MN01)."""
    if word in known:
        return word
    alike = [one for one in known if one.casefold() == word.casefold()]
    if len(alike) == 1:
        return alike[0]
    some = sorted(known)
    among = ", ".join(some[:20]) + (", …" if len(some) > 20 else "")
    raise click.BadParameter(
        f"không có '{word}'; dùng một trong: {among}", param_hint=_ASKED_AS[name]
    )


def label_of(row: InShort, year: ReportingYear) -> str:
    from cchc_gforms.ledger.book import label

    return label(row, year)


def printable(text: str) -> str:
    """An answer that nobody checked: no control character of it reaches the terminal."""
    return "".join(letter if letter.isprintable() else "�" for letter in text)


def hung(text: str, indent: int) -> str:
    """In lines of at most 80 columns, all but the first begun so many columns further in."""
    return textwrap.fill(
        text, 80, subsequent_indent=" " * indent, break_long_words=False, break_on_hyphens=False
    )
