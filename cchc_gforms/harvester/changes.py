"""What people did to rows of the Sheet: changed, took away, brought back, copied. Pure.

None of it counts: the response is what the school sent. It is told as an event of the row's
document and period; of a form that has none (processing, news) as a remark.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from cchc_gforms.events import RowChanged, RowEdited, RowReturned, RowVanished
from cchc_gforms.harvester.columns import TIME
from cchc_gforms.harvester.observe import ROW, Reader
from cchc_gforms.harvester.outcome import NO_TIME, Outcome
from cchc_gforms.harvester.reconcile import Joined
from cchc_gforms.harvester.sides import TOLERANCE, Party, Row, Told, is_between_zones, quarters
from cchc_gforms.harvester.tabs import Layout, Tabs
from cchc_gforms.store.notes import Seen

_Pair = tuple[Party, Row]


@dataclass(frozen=True, slots=True)
class RowChanges:
    """Of one form. `now` is when this harvest began; up to `settled` both sides are complete.
    `may_be_new`: whether a form can have written at a time since the rows were noted; `sheet_alone`
    is whether nothing but the Sheet was read."""

    reader: Reader
    layout: Layout
    now: datetime
    settled: datetime
    may_be_new: Callable[[datetime], bool]
    sheet_alone: bool
    outcome: Outcome

    def told_pairs(self, tabs: Tabs, joined: Joined) -> None:
        """Compares each row with what was noted of it. Nothing is said of a row that bears the time
        of an edit which the responses, read a little earlier, do not have yet."""
        young = [pair for pair in joined.pairs if self._is_young(*pair)]
        pairs = [pair for pair in joined.pairs if not self._is_young(*pair)]
        self.outcome.waits |= bool(young)
        self.outcome.doubtful |= any(_is_displaced(*pair) for pair in pairs)
        elsewhere = self._elsewhere(tabs, pairs)
        if elsewhere:
            self.outcome.remarks.append(
                f"trang “{tabs.title}”: {len(elsewhere)} hàng có thời điểm lệch so với biểu mẫu "
                "theo múi giờ; xem lại múi giờ của bảng tính và cột thời gian"
            )
        for party, row in pairs:
            if party.id in elsewhere:
                row = replace(row, at=party.noted_at or party.moments[0])
            self._tell_pair(tabs, party, row)

    def _elsewhere(self, tabs: Tabs, pairs: Sequence[_Pair]) -> set[str]:
        """Responses whose rows are off as another zone is, and not one row alone that somebody
        typed over: the spreadsheet is in another zone, or several rows are off alike."""
        off = {
            party.id: min((row.at - moment for moment in party.moments), key=_from_a_quarter)
            for party, row in pairs
            if row.at and not any(_near(row.at, moment) for moment in party.moments)
        }
        alike = Counter(quarters(one) for one in off.values() if is_between_zones(one))
        shift = tabs.shift(self.reader.files.zone, self.now)
        return {
            id
            for id, one in off.items()
            if is_between_zones(one) and (shift or alike[quarters(one)] > 1)
        }

    def _tell_pair(self, tabs: Tabs, party: Party, row: Row) -> None:
        before = self.outcome.known.get(party.id)
        seen = self.outcome.seen(party.id)
        assert seen is not None
        if before is not None and before.gone:
            self._tell(tabs, seen, "đã có lại", RowReturned)
        moved = tabs.found[row.tab].moved
        if columns := [key for key in self._edited(before, party, row) if key not in moved]:
            names = tuple(self.layout.named(key) for key in columns)
            said = ", ".join(f"“{name}”" for name in names)
            says = {TIME: row.at.isoformat() if row.at else "", **row.content}
            now = tuple((key, says[key]) for key in columns)
            self._tell(tabs, seen, f"bị sửa ở cột {said}", RowEdited, columns=names, now=now)
        if columns == [TIME] and self.sheet_alone and row.at and self.may_be_new(row.at):
            self.outcome.remarks.append(
                f"trang “{tabs.titles[row.tab]}”, hàng {row.number}: chỉ thời điểm đổi, nội dung y "
                "nguyên; chỉ đọc trang tính thì không biết là bị sửa tay hay đơn vị gửi lại, nên "
                "không tính là lần nộp mới: chạy `cchc harvest --source both` để biết"
            )
        self.outcome.note(seen, row)

    def _edited(self, before: Seen | None, party: Party, row: Row) -> list[str]:
        """The columns changed by hand, by key."""
        if before is None or before.row_at is None:
            return [TIME] if _is_displaced(party, row) else []
        at = row.at or NO_TIME
        if abs(at - before.row_at) > TOLERANCE and _near(at, party.moments[0]):
            return []  # the school edited its response
        if row.noted == before.cells and abs(at - before.row_at) <= TOLERANCE:
            return []
        then, now = before.content, row.content
        said = row.cells()
        columns = [
            key
            for key in now
            if key in then
            and now[key] != then[key]
            and not self.layout.cells.says(said.get(key, ""), then[key])
        ]
        return [TIME, *columns] if abs(at - before.row_at) > TOLERANCE else columns

    def told_alone(self, tabs: Tabs, joined: Joined, alone: Iterable[Party]) -> None:
        """Responses that had a row and have none: it is gone, unless some row is still awaited."""
        if self.outcome.waits:
            return
        told = Told(party for party, _ in joined.pairs if party.timed)
        later = {(row.sender.email, row.sender.unit): row.at for row in joined.rows if row.at}
        for party in alone:
            seen = self.outcome.known.get(party.id)
            if seen is None or seen.row_at is None or seen.gone:
                continue
            if party.id.startswith(ROW) and told.has(party.moments[0], party.sender):
                self.outcome.forgotten.append(party.id)  # the response itself has come
                continue
            moved = later.get((party.sender.email, party.sender.unit))
            if not party.timed and moved is not None and moved > party.moments[0]:
                self.outcome.forgotten.append(party.id)  # the row is a further version now (L3)
            else:
                self._tell(tabs, seen, "đã bị xóa", RowVanished)
                self.outcome.note_gone(seen)

    def told_copies(self, tabs: Tabs, joined: Joined) -> None:
        """A young one may be the row of a response that was sent while the Sheet was read."""
        young = [row for row in joined.copies if row.at and row.at >= self.settled]
        self.outcome.waits |= bool(young)
        by_tab: dict[int, list[int]] = defaultdict(list)
        for row in joined.copies:
            if row not in young:
                by_tab[row.tab].append(row.number)
        for tab, numbers in by_tab.items():
            some = ", ".join(map(str, numbers[:10])) + (" …" if len(numbers) > 10 else "")
            self.outcome.remarks.append(
                f"trang “{tabs.titles[tab]}”, hàng {some}: chép lại hàng đã có (cùng đơn vị và "
                "thời điểm, hoặc cùng nội dung), không tính thêm"
            )

    def _is_young(self, party: Party, row: Row) -> bool:
        if not party.timed or row.at is None or _near(row.at, party.moments[0]):
            return False
        return row.at >= self.settled and self.may_be_new(row.at)

    def _tell(
        self, tabs: Tabs, seen: Seen, what: str, kind: type[RowChanged], **more: object
    ) -> None:
        spec, files = self.reader.spec, self.reader.files
        if spec.period is None:
            local = seen.submitted.astimezone(files.zone)
            self.outcome.remarks.append(
                f"trang “{tabs.title}”: hàng của câu trả lời gửi lúc {local:%d/%m/%Y %H:%M:%S} "
                f"{what}; những gì đã thu thập giữ nguyên"
            )
            return
        roster = files.roster_of(spec.document, spec.period)
        subject = {
            "at": self.now,
            "form_id": self.reader.form_id,
            "response_id": seen.id,
            "document": spec.document,
            "period": spec.period,
            "claimed_unit": seen.unit,
            "unit_code": roster.find(seen.unit, self.reader.verified(seen.email)),
        }
        self.outcome.changes.append(kind.model_validate(subject | more))


def _is_displaced(party: Party, row: Row) -> bool:
    """Whether the row bears none of the times of its response."""
    if not party.timed:
        return False
    return row.at is None or not any(_near(row.at, moment) for moment in party.moments)


def _from_a_quarter(off: timedelta) -> tuple[bool, timedelta]:
    return not is_between_zones(off), abs(off)


def _near(one: datetime, another: datetime) -> bool:
    return abs(one - another) <= TOLERANCE
