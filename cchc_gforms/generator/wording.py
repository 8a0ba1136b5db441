"""A plan in words (Vietnamese): one line a change, and under it what was and what will be."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from cchc_gforms.generator.changes import (
    AddItem,
    Change,
    ChangeEmailCollection,
    ChangeInfo,
    ChangeItem,
    MoveItem,
    RemoveItem,
    ReplaceItem,
)
from cchc_gforms.generator.features import features_of, kind_of
from cchc_gforms.generator.image import Image, Item
from cchc_gforms.generator.plan import AtStake

_NOTHING = "không có"
_COLLECTION = {
    "VERIFIED": "bắt đăng nhập, lấy địa chỉ đã xác minh",
    "RESPONDER_INPUT": "người điền tự ghi địa chỉ",
    "DO_NOT_COLLECT": "không thu",
}


@dataclass(frozen=True, slots=True)
class Said:
    """One change: a sign to sort it by at a glance, a line, and what differs."""

    sign: Literal["+", "~", "±", "↑", "−"]
    line: str
    fields: tuple[Differs, ...] = ()


@dataclass(frozen=True, slots=True)
class Differs:
    """What was and what will be. Of a list also what is called otherwise at its place, what comes
    and what goes."""

    name: str
    before: str
    after: str
    reworded: tuple[tuple[str, str], ...] = ()
    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()

    def __str__(self) -> str:
        if not (self.reworded or self.added or self.removed):
            return f"{self.name}: “{self.before}” → “{self.after}”"
        said = [f"đổi “{was}” thành “{now}”" for was, now in self.reworded]
        parts = [("thêm", self.added), ("bỏ", self.removed)]
        said += [f"{verb} {_list(those)}" for verb, those in parts if those]
        return f"{self.name}: {'; '.join(said)}"


def said(change: Change, after: Image) -> Said:
    """The change as a person reads it; places are those on the form `after` all changes, from 1."""
    match change:
        case ChangeInfo(title, description, was_title, was_description):
            pairs = (("tên", was_title, title), ("mô tả", was_description, description))
            return Said("~", "sửa đầu biểu mẫu", tuple(_differing(pairs)))
        case ChangeEmailCollection(mode, was):
            old, new = (_COLLECTION.get(one, one) for one in (was, mode))
            return Said("~", "sửa cài đặt", (Differs("thu địa chỉ email", old, new),))
        case AddItem(_, item):
            return Said("+", f"thêm {_named(item)} ở vị trí {_place(item, after)}")
        case ChangeItem(_, item, _, was):
            return Said("~", f"sửa {_named(was)}", tuple(_between(was, item, _pages(after))))
        case ReplaceItem(_, item, was):
            line = f"làm lại {_named(was)} thành {kind_of(item)}"
            return Said("±", line, tuple(_differing([("tên", was.title, item.title)])))
        case MoveItem(_, _, item):
            return Said("↑", f"chuyển {_named(item)} lên vị trí {_place(item, after)}")
        case RemoveItem(_, item):
            return Said("−", f"bỏ {_named(item)}")


def leave_of(one: AtStake) -> str:
    """The option that gives leave."""
    return f"--allow-{'replace' if one.is_replaced else 'remove'} {one.name}"


def at_stake(one: AtStake) -> str:
    """Which column of answers would be parted from its question, and what to do."""
    column = f"cột câu trả lời “{one.column}”"
    if one.becomes is not None and one.is_replaced:
        return (
            f"đổi loại câu hỏi {kind_of(one.item)} → {kind_of(one.becomes)} sẽ bỏ {column} → đặt "
            f"một `key` mới trong đặc tả, hoặc thêm {leave_of(one)}"
        )
    what = "một hàng của lưới" if one.becomes is not None else "câu hỏi"
    is_grid = one.whole != one.name and one.becomes is None
    whole = f" (cả lưới: --allow-remove {one.whole})" if is_grid else ""
    return (
        f"đặc tả không còn {what} “{one.name}”: bỏ đi sẽ bỏ {column} → ghi lại vào đặc tả "
        f"(đổi khóa thì dùng `moved`), hoặc thêm {leave_of(one)}{whole}"
    )


def _place(item: Item, after: Image) -> int:
    return [one.id for one in after.items].index(item.id) + 1


def _named(item: Item) -> str:
    return f"{kind_of(item)} “{item.title}”"


def _pages(form: Image) -> dict[str, str]:
    """What a page is called where an option leads to it, by its id; by its place where its title
    does not tell it from others."""
    titles = Counter(one.title for one in form.items if one.is_section)
    return {
        one.id: f"“{one.title}”" if one.title and titles[one.title] == 1 else f"ở vị trí {place}"
        for place, one in enumerate(form.items, start=1)
        if one.is_section
    }


def _between(was: Item, now: Item, pages: Mapping[str, str]) -> Iterator[Differs]:
    yield from _differing(
        (("tên", was.title, now.title), ("mô tả", was.description, now.description))
    )
    before, after = features_of(was, pages), features_of(now, pages)
    for name in before | after:
        old, new = before.get(name, ()), after.get(name, ())
        if old != new:
            yield _of_lists(name, old, new)


def _of_lists(name: str, old: Sequence[str], new: Sequence[str]) -> Differs:
    before, after = "; ".join(old) or _NOTHING, "; ".join(new) or _NOTHING
    if len(old) <= 1 and len(new) <= 1:
        return Differs(name, before, after)
    removed = [one for one in old if one not in new]
    added = [one for one in new if one not in old]
    pairs = zip(old, new, strict=True) if len(old) == len(new) else ()
    reworded = tuple((one, other) for one, other in pairs if one in removed and other in added)
    for one, other in reworded:
        removed.remove(one)
        added.remove(other)
    return Differs(name, before, after, reworded, tuple(added), tuple(removed))


def _differing(pairs: Iterable[tuple[str, str, str]]) -> Iterator[Differs]:
    for name, before, after in pairs:
        if before != after:
            yield Differs(name, before, after)


def _list(those: tuple[str, ...]) -> str:
    return ", ".join(f"“{one}”" for one in those)
