"""The log as rows of a tab that people read and no event is lost with, and back.

What people read comes first; the last columns are the proof, from which the records come back as
they were. A cell of Sheets holds 50,000 characters, one answer may be as long (facts C), so a long
event goes on in rows of its own: same number, next part.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, Final, overload

from msgspec import Struct
from msgspec.json import Decoder

from cchc_gforms.errors import StoreError
from cchc_gforms.store.chain import GENESIS, chained
from cchc_gforms.store.log import EventLog, Record

Cell = str | int | datetime | None
"""Text stays text, whoever wrote it; datetimes are aware; None is an empty cell."""

TAB: Final = "Nhật ký"
HEADER: Final = (
    "STT",
    "Phần",
    "Lúc xảy ra",
    "Lúc ghi nhận",
    "Việc",
    "Đơn vị",
    "Văn bản",
    "Kỳ",
    "Ai",
    "Mã sự kiện",
    "Mã băm",
    "Ghi nhận (UTC)",
    "Nội dung",
)
_PROOF = ("STT", "Phần", "Mã sự kiện", "Mã băm", "Ghi nhận (UTC)", "Nội dung")
_MOST = 45_000  # characters in a cell
_LONGEST_ESCAPE = 12  # letters for one
_HASH = re.compile("[0-9a-f]{64}")
_GOES_ON = "…"  # begins a further part, so that no cell begins with ' or = or a digit

DEEDS: Final[Mapping[str, str]] = {
    "period_opened": "Mở kỳ",
    "version_seen": "Nộp",
    "row_vanished": "Hàng bị xóa khỏi trang tính",
    "row_returned": "Hàng có lại trong trang tính",
    "row_edited": "Hàng bị sửa tay trong trang tính",
    "extended": "Gia hạn",
    "received_in_person": "Nhận trực tiếp",
    "exempted": "Miễn",
    "voided": "Hủy một bản",
    "accepted": "Xác nhận bản gửi từ địa chỉ lạ",
    "revoked": "Rút lại",
    "news_item": "Tin, bài",
    "unreadable": "Không đọc được",
    "imported": "Nhập từ tệp",
}


class _Said(Struct):
    """What people read of an event. All of it is not looked at: a log has many."""

    kind: str
    at: datetime
    action: str = ""
    document: str = ""
    period: str = ""
    document_label: str = ""
    title: str = ""
    unit_code: str | None = None
    claimed_unit: str | None = None
    reviewer: str | None = None
    recorded_by: str | None = None
    email: str | None = None


_SAID = Decoder(_Said)


def rows(records: Iterable[Record]) -> Iterator[tuple[Cell, ...]]:
    """The rows under HEADER, oldest first. A record's rows do not depend on later records."""
    names: dict[tuple[str, str], tuple[str, str]] = {}
    for record in records:
        said = _SAID.decode(record.body)
        if said.kind == "period_opened":
            names[said.document, said.period] = (said.document_label, said.title)
        stamp = record.observed_at.isoformat()
        told = (said.at, record.observed_at, _deed(said), *_about(said, names))
        first, *more = _cut(record.body)
        yield (record.seq, 1, *told, record.id, record.hash, stamp, first)
        for part, text in enumerate(more, start=2):
            blank = (None,) * (len(HEADER) - 3)
            yield (record.seq, part, *blank, text)


class Mirror(Sequence[tuple[Cell, ...]]):
    """The rows of a log, taken from it anew whenever they are gone through: together they are
    larger than what is made of them."""

    def __init__(self, log: EventLog) -> None:
        self._log = log
        long = log.bodies(longer_than=_MOST // _LONGEST_ESCAPE)
        self._count = log.count() + sum(len(_cut(body)) - 1 for body in long)

    def __len__(self) -> int:
        return self._count

    def __iter__(self) -> Iterator[tuple[Cell, ...]]:
        return rows(self._log.records())

    @overload
    def __getitem__(self, place: int) -> tuple[Cell, ...]: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[tuple[Cell, ...]]: ...
    def __getitem__(self, place: int | slice) -> Any:
        return tuple(self)[place]


def refuse_another(tab: Iterable[Sequence[Any]], log: EventLog) -> None:
    """StoreError for a tab, its header first, that mirrors what this log does not have: another
    log, or more than an old copy of this one. Written over, it could not be restored any more.

    Where two logs part, their hashes differ from there on. What people do to the tab is another
    matter: records of ours stand behind it.
    """
    told, ours = dict(_proofs(tab)), log.hashes()
    others = {seq for seq, digest in told.items() if ours.get(seq) != digest}
    if others and min(others) > max(told.keys() - others, default=0):
        raise StoreError(
            f"trang “{TAB}” của bảng theo dõi giữ {len(others)} sự kiện mà sổ này không có (sổ "
            "khác, hoặc bản sao cũ), nên không ghi đè",
            "lấy lại sổ ấy bằng `cchc store restore --from-dashboard`; nếu đúng là thay bằng sổ "
            "này (vừa `cchc store rebuild` chẳng hạn) thì `cchc dashboard publish --new-log`",
        )


def _proofs(tab: Iterable[Sequence[Any]]) -> Iterator[tuple[int, str]]:
    """Numbers and hashes of the records, as far as they can be made out."""
    lines = iter(tab)
    header = list(next(lines, ()))
    if "STT" not in header or "Mã băm" not in header:
        return
    number, digest = header.index("STT"), header.index("Mã băm")
    for line in lines:
        seq, said = (line[at] if at < len(line) else None for at in (number, digest))
        if isinstance(seq, int | float) and isinstance(said, str) and _HASH.fullmatch(said):
            yield int(seq), said


def read(tab: Iterable[Sequence[Any]]) -> list[Record]:
    """The records of a tab's rows, its header first, as Sheets gives them unformatted.

    Rows may have been sorted, columns moved, blank rows left in between. StoreError naming the
    row when one is missing, doubled, or says other than what was written (the chain of hashes).
    """
    places = _Places(tab)
    records: list[Record] = []
    previous = GENESIS
    for seq, (number, cells, body) in enumerate(places.in_order(), start=1):
        event_id, digest, stamp = cells["Mã sự kiện"], cells["Mã băm"], cells["Ghi nhận (UTC)"]
        if chained(previous, event_id, stamp, body) != digest:
            raise _wrong(number, "không còn đúng như đã ghi (hoặc hàng liền trước đã bị thay)")
        record = Record(seq, event_id, datetime.fromisoformat(stamp), body, previous, digest)
        if not _is_its_own(record):
            raise _wrong(number, "mang mã không phải của nội dung")
        records.append(record)
        previous = digest
    return records


class _Places:
    """The cells of the proof, by number and part, each with the tab's row that they stand in."""

    def __init__(self, tab: Iterable[Sequence[Any]]) -> None:
        lines = iter(tab)
        header = [str(cell).strip() for cell in next(lines, ())]
        if missing := [name for name in _PROOF if name not in header]:
            raise StoreError(
                f"trang “{TAB}” không có cột {', '.join(missing)}",
                "đặt lại tên cột ở hàng đầu, hoặc dùng một bản sao lưu khác",
            )
        self._columns = {name: header.index(name) for name in _PROOF}
        self._parts: dict[int, dict[int, tuple[int, dict[str, str]]]] = {}
        for number, line in enumerate(lines, start=2):
            if any(cell not in (None, "") for cell in line):
                self._take(number, line)

    def _take(self, number: int, line: Sequence[Any]) -> None:
        cells = {
            name: str(line[place]) if place < len(line) else ""
            for name, place in self._columns.items()
        }
        try:
            seq, part = (int(float(cells.pop(name))) for name in ("STT", "Phần"))
        except (ValueError, OverflowError):
            raise _wrong(number, "không có STT và Phần là số") from None
        parts = self._parts.setdefault(seq, {})
        if part in parts:
            raise _wrong(number, f"trùng STT {seq} với hàng {parts[part][0]}")
        parts[part] = (number, cells)

    def in_order(self) -> Iterator[tuple[int, dict[str, str], str]]:
        """Row, cells and body of each record, 1, 2, 3 …"""
        for expected, seq in enumerate(sorted(self._parts), start=1):
            parts = self._parts[seq]
            if seq != expected or 1 not in parts:
                raise StoreError(
                    f"trang “{TAB}” thiếu hàng STT {expected}",
                    "phục hồi hàng đó từ lịch sử phiên bản của bảng tính, hoặc dùng bản sao lưu",
                )
            number, cells = parts[1]
            pieces = [parts[part][1]["Nội dung"] for part in sorted(parts)]
            yield number, cells, _joined(number, pieces)


def _joined(number: int, pieces: Sequence[str]) -> str:
    text = pieces[0] + "".join(piece.removeprefix(_GOES_ON) for piece in pieces[1:])
    try:
        said = json.loads(text)
    except ValueError:
        raise _wrong(number, "có nội dung không đọc được") from None
    return json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _cut(body: str) -> list[str]:
    """Pieces for cells. What is no plain letter is escaped as JSON escapes it, so that nothing
    acts, nothing is normalised on the way, and a character is one however it is counted."""
    text = body if body.isprintable() and _units(body) == len(body) else _escaped(body)
    first, rest = text[:_MOST], text[_MOST:]
    step = _MOST - len(_GOES_ON)
    return [first, *(_GOES_ON + rest[at : at + step] for at in range(0, len(rest), step))]


def _units(text: str) -> int:
    """Of UTF-16, as Google counts."""
    return len(text.encode("utf-16-le")) // 2


def _escaped(body: str) -> str:
    return "".join(
        letter if letter.isprintable() and letter <= "\uffff" else json.dumps(letter)[1:-1]
        for letter in body
    )


def _is_its_own(record: Record) -> bool:
    try:
        return record.event.id == record.id
    except StoreError:
        return False


def _deed(said: _Said) -> str:
    if said.kind == "decided":
        return "Duyệt" if said.action == "approve" else "Chuyển trả"
    return DEEDS[said.kind]


def _about(
    said: _Said, names: Mapping[tuple[str, str], tuple[str, str]]
) -> tuple[Cell, Cell, Cell, Cell]:
    """Unit, document, period, who; a document is called as it was when its period was opened."""
    label, title = names.get((said.document, said.period), ("", ""))
    return (
        said.unit_code or said.claimed_unit,
        label or said.document or None,
        title or said.period or None,
        said.reviewer or said.recorded_by or said.email or None,
    )


def _wrong(number: int, what: str) -> StoreError:
    return StoreError(
        f"trang “{TAB}”, hàng {number} {what}",
        "phục hồi trang từ lịch sử phiên bản của bảng tính, hoặc dùng một bản sao lưu",
    )
