"""File upload questions: a person makes and changes them, in the editor; we find them. Pure.

The API cannot create one (facts 3), and nobody has seen it change or move one (3.1), so neither is
tried: the other items are put around them. Their ids are Google's. One is found by the key that the
last apply gave it, else by its title.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from cchc_gforms.generator.changes import Change, MoveItem
from cchc_gforms.generator.image import Image, Item
from cchc_gforms.generator.requests import is_required
from cchc_gforms.spec.ids import question_id


@dataclass(frozen=True, slots=True)
class Matched:
    """What is wanted, with the questions that are there in the place of those of the spec;
    `questions` are all ids with our keys; `by_hand` is what a person has to do first."""

    wanted: Image
    questions: Mapping[str, str]
    by_hand: tuple[str, ...] = ()


def matched(
    live: Image, wanted: Image, deployed: Mapping[str, str], questions: Mapping[str, str]
) -> Matched:
    """`deployed` are ids on the form with the keys of the last apply. A question that is not there
    is left out of what is wanted: nothing here could add it."""
    pairs = _pairs(live, wanted, deployed, questions)
    keys, items, by_hand = dict(questions), [], []
    for item in wanted.items:
        if not item.is_upload:
            items.append(item)
            continue
        (ours,) = item.questions
        key = keys.pop(ours)
        there = pairs.get(item.id)
        if there is None:
            by_hand.append(
                f"chưa có câu hỏi tải tệp lên “{item.title}”: thêm một câu loại Tải tệp lên, đúng "
                "tên đó"
            )
            continue
        keys.update(dict.fromkeys(there.questions, key))
        items.append(there)
        by_hand += _differing(item, there)
    return Matched(replace(wanted, items=tuple(items)), keys, tuple(by_hand))


def out_of_place(changes: Sequence[Change], after: Image) -> tuple[str, ...]:
    """For every upload question that the changes would move: where a person is to put it."""
    titles = [item.title for item in after.items]
    places = {item.id: place for place, item in enumerate(after.items)}
    return tuple(
        f"câu hỏi tải tệp lên “{one.item.title}” không đúng chỗ: kéo nó lên "
        + (f"ngay sau “{titles[place - 1]}”" if (place := places[one.item.id]) else "đầu biểu mẫu")
        for one in changes
        if isinstance(one, MoveItem) and one.item.is_upload
    )


def _pairs(
    live: Image, wanted: Image, deployed: Mapping[str, str], questions: Mapping[str, str]
) -> dict[str, Item]:
    """The live question of each wanted one, by the id of the latter."""
    free = {item.id: item for item in live.items if item.is_upload}
    found: dict[str, Item] = {}
    for by_title in (False, True):
        for item in (one for one in wanted.items if one.is_upload and one.id not in found):
            for there in free.values():
                by_key = _same(item, there, deployed, questions)
                if by_key or (by_title and there.title == item.title):
                    found[item.id] = free.pop(there.id)
                    break
    return found


def _same(
    item: Item, there: Item, deployed: Mapping[str, str], questions: Mapping[str, str]
) -> bool:
    """By the id that the spec spells (`moved`), or by the key, of now or before it moved."""
    (ours,), (id,) = item.questions, there.questions
    known = deployed.get(id, "")
    return ours == id or (bool(known) and (known == questions[ours] or question_id(known) == ours))


def _differing(item: Item, there: Item) -> Iterator[str]:
    """What the spec says otherwise; what it does not say stays as the person made it."""
    named = f"câu hỏi tải tệp lên “{there.title}”"
    if there.title != item.title:
        yield f"{named} phải có tên “{item.title}”: sửa tên, hoặc sửa title trong đặc tả"
    if item.description and there.description != item.description:
        yield f"{named} phải có mô tả “{item.description}”: sửa mô tả, hoặc bỏ help trong đặc tả"
    if is_required(item) and not is_required(there):
        yield f"{named} phải bắt buộc: bật Bắt buộc, hoặc bỏ required trong đặc tả"
