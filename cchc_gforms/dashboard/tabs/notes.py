"""Ghi chú: where people write notes on units; publishing reads them and never writes there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from cchc_gforms.dashboard import looks
from cchc_gforms.dashboard.moved_header import is_gone, places
from cchc_gforms.dashboard.situation import Notes, Situation
from cchc_gforms.dashboard.tabs import by_unit
from cchc_gforms.dashboard.workbook import Cell, Choices, Tab
from cchc_gforms.ledger.book import Subject
from cchc_gforms.regime.roster import Roster, normal

KEY = "notes"
TITLE = "Ghi chú"
_UNIT, _SUBJECT, _NOTE = "Mã đơn vị", "Văn bản, kỳ", "Ghi chú"
HEADER = (_UNIT, _SUBJECT, _NOTE)
_WIDTHS = (110, 330, 520)
_HELP = {
    _UNIT: "Mã đơn vị, ví dụ MN01.",
    _SUBJECT: "Chọn trong danh sách; để trống nếu ghi chú cho mọi văn bản của đơn vị.",
    _NOTE: "Viết gì cũng được. Sau lần cập nhật tới, ghi chú hiện ở Sổ theo dõi, Chờ xử lý, Chưa "
    "nộp, bên cạnh dòng của đơn vị. Chương trình chỉ đọc trang này; các cột bên phải là của bạn.",
}


def notes(now: Situation) -> Tab:
    """Before any period is open there is no document to choose, and Google takes no empty list."""
    units = Choices(HEADER.index(_UNIT), by_unit.CODES)
    subjects = Choices(HEADER.index(_SUBJECT), tuple(now.labels.values()))
    return Tab(
        key=KEY,
        title=TITLE,
        lanes=tuple(looks.lane(width, wrap=True) for width in _WIDTHS),
        head=(tuple(Cell(title, looks.HEADER, _HELP.get(title, "")) for title in HEADER),),
        kind="people",
        choices=(units, subjects) if now.labels else (units,),
    )


def read(rows: Sequence[Sequence[object]], roster: Roster, labels: Mapping[Subject, str]) -> Notes:
    """The notes in the tab's rows, its header first, wherever its columns stand.

    A unit goes by code, or by code and name; a document and period by its name; nothing is guessed.
    """
    columns = places(HEADER, rows[0] if rows else ())
    subjects = {normal(text): subject for subject, text in labels.items()}
    found: dict[tuple[str, Subject | None], list[str]] = {}
    astray: list[tuple[int, str, str]] = []
    for number, row in _lines(rows):
        unit, subject, note = (_cell(row, column) for column in columns)
        code, about = roster.find(unit), subjects.get(normal(subject))
        if not note or (unit, subject, note) == HEADER:
            continue
        if code is None:
            astray.append((number, unit or note, "không nhận ra đơn vị"))
        elif subject and about is None:
            astray.append((number, f"{unit}: {subject}", "không có văn bản, kỳ này"))
        else:
            found.setdefault((code, about), []).append(note)
    return Notes({place: tuple(texts) for place, texts in found.items()}, tuple(astray))


def is_all_text(rows: Sequence[Sequence[object]]) -> bool:
    """Whether our columns, wherever they stand, hold texts alone: no formula, number, date, tick,
    of which people see something else than what is stored."""
    columns = places(HEADER, rows[0] if rows else ())
    ours = (row[column] for row in rows for column in columns if column < len(row))
    return all(value is None or isinstance(value, str) for value in ours)


def _lines(rows: Sequence[Sequence[object]]) -> Iterator[tuple[int, Sequence[object]]]:
    """With the numbers that people see, the header being 1; where it is gone, a publish puts it
    above them all."""
    has_header = not is_gone(HEADER, rows[0] if rows else ())
    yield from enumerate(rows[int(has_header) :], start=2)


def _cell(row: Sequence[object], column: int) -> str:
    return str(row[column] or "").strip() if column < len(row) else ""
