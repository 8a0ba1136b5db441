"""What one harvest came to, in numbers and in words for whoever runs it. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from cchc_gforms.errors import CchcError, StoreError
from cchc_gforms.events import Event, VersionSeen
from cchc_gforms.regime.duties import Duty
from cchc_gforms.regime.roster import Roster
from cchc_gforms.regime.year import ReportingYear


@dataclass(frozen=True, slots=True)
class FormFailure:
    """A form (by its name and title) that could not be read, and why. What the log knows of it
    stands, and its answers are read by the next harvest."""

    name: str
    title: str
    message: str


@dataclass(frozen=True, slots=True)
class Harvest:
    """What one harvest found. `as_of` is up to when the log is now complete, by Google's clock, but
    for the `failed` forms; `forms` is how many were read, `kinds` counts the new events by kind.

    `edited` are new versions that a school made of an earlier answer, `quarantined` those from an
    address that is not their unit's (L13), `flagged` those that the checks speak of.
    """

    as_of: datetime
    forms: int
    responses: int
    calls: int
    kinds: Mapping[str, int] = field(default_factory=dict)
    edited: int = 0
    quarantined: int = 0
    flagged: int = 0
    failed: tuple[FormFailure, ...] = ()
    remarks: tuple[str, ...] = ()

    @property
    def failed_whole(self) -> bool:
        """Nothing could be read."""
        return bool(self.failed) and not self.forms

    @property
    def new(self) -> int:
        return sum(self.kinds.values())

    @property
    def vanished(self) -> int:
        return self.kinds.get("row_vanished", 0)


class Tally:
    """Counts the new events as they are stored; `latest` is when the last of them happened."""

    def __init__(self, roster_of: Callable[[str, str], Roster], now: datetime) -> None:
        self.kinds: Counter[str] = Counter()
        self.edited = self.quarantined = self.flagged = 0
        self.latest = now
        self._roster_of = roster_of

    def count(self, event: Event, *, is_edit: bool) -> None:
        """`is_edit`: it is a later version of a response."""
        self.kinds[event.kind] += 1
        self.latest = max(self.latest, event.at)
        if isinstance(event, VersionSeen):
            self.edited += is_edit
            self.flagged += bool(event.flags)
            self.quarantined += is_foreign(event, self._roster_of)


def is_foreign(event: VersionSeen, roster_of: Callable[[str, str], Roster]) -> bool:
    """Whether it came from an address that is none of its unit's (L13); of a unit that is not on
    the roster any more, nobody's is."""
    if event.unit_code is None or event.email is None:
        return False
    try:
        return (
            event.email not in roster_of(event.document, event.period).unit(event.unit_code).emails
        )
    except KeyError:
        return True


_FIND = (
    "xem đúng tài khoản chưa (`cchc auth status`); tìm trong thùng rác của Drive; hoặc nhờ chủ "
    "biểu mẫu chia sẻ lại. Chưa tìm thì đừng chạy `cchc forms apply`: lệnh đó tạo biểu mẫu mới, "
    "trống"
)


def no_forms(year: int, *, known: bool) -> CchcError:
    """None of a year is found; `known`: there were some."""
    if known:
        return CchcError(f"không còn thấy biểu mẫu nào của năm {year}, trước đây đã có", _FIND)
    return CchcError(
        f"chưa có biểu mẫu nào của năm {year}", f"chạy `cchc forms apply --year {year}`"
    )


def lost(name: str, title: str) -> FormFailure:
    """A form that was made, and is not found any more."""
    return FormFailure(name, title, f"đã được tạo mà nay không thấy trong Drive → {_FIND}")


def another_log(year: int) -> StoreError:
    """An empty log, where a dashboard shows that there was one with something in it."""
    return StoreError(
        f"sổ sự kiện đang trống, mà năm {year} đã có bảng theo dõi: sổ cũ bị mất, hoặc trỏ nhầm sổ",
        "xem lại --store (hoặc CCHC_STORE), ổ đĩa chứa sổ đã nối chưa. Mất thật thì lấy lại bằng "
        "`cchc store restore` (từ bản sao lưu, hoặc --from-dashboard); không còn gì để lấy lại thì "
        f"`cchc store rebuild --year {year}`",
    )


def not_made(titles: Sequence[str]) -> list[str]:
    """A remark on forms that there should be, if any; so the next two."""
    return [f"chưa tạo {_forms(titles)}: chạy `cchc forms apply`"] if titles else []


def not_linked(titles: Sequence[str]) -> list[str]:
    said = f"chưa thấy trang tính của {_forms(titles)}: chưa được liên kết với bảng tính"
    return [said] if titles else []


def not_listed(title: str, missing: int) -> list[str]:
    """Responses harvested before that the form has no more: nothing but a void or a revocation
    takes back what was sent (L4, L14)."""
    said = (
        f"biểu mẫu “{title}”: {missing} câu trả lời đã thu thập nay bị xóa khỏi biểu mẫu nhưng vẫn "
        "được tính; muốn không tính, hãy gửi phiếu xử lý “Hủy một bản” (đã xóa một quyết định thì "
        "“Rút lại mục gần nhất”)"
    )
    return [said] if missing else []


def not_opened(year: ReportingYear, late: Sequence[Duty]) -> list[str]:
    """Periods that are past their due date."""
    if not late:
        return []
    labels = "; ".join(year.label(*duty.key) for duty in late)
    named = " ".join(late[0].key) if len(late) == 1 else "VĂN_BẢN KỲ"
    where = (
        "" if len(late) == 1 else f" (tên từng kỳ: `cchc period status --year {year.year.year}`)"
    )
    return [
        f"đã qua hạn mà kỳ chưa mở, nên chưa tính cho ai: {labels}. Nếu các đơn vị phải nộp, chạy "
        f"`cchc period open {named} --year {year.year.year}`{where}"
    ]


def _forms(titles: Sequence[str]) -> str:
    named = ", ".join(f"“{title}”" for title in titles)
    return f"biểu mẫu {named}" if len(titles) == 1 else f"{len(titles)} biểu mẫu ({named})"
