"""Keys, ids and titles of a form: each used once, in all repetitions and copies. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from cchc_gforms.errors import Problem
from cchc_gforms.spec.expand import Page, Place
from cchc_gforms.spec.ids import item_id, keys_ever, question_id, row_key, section_id
from cchc_gforms.spec.lost import names_of
from cchc_gforms.spec.model import GridItem, Item, is_question
from cchc_gforms.yaml_file import YamlFile, near_miss


def check_keys(pages: Sequence[Page], moved: Mapping[str, str]) -> Iterator[Problem]:
    """Keys of sections and of items, and the ids that Google gets for them."""
    there = _all_keys(pages)
    before = {new: old for old, new in moved.items()}
    firsts = {new: keys_ever(new, before)[-1] for new in before}
    origins = {new: first for new, first in firsts.items() if first not in there}
    ids: dict[str, str] = {}
    seen: dict[str, int] = {}
    for place, keys in _by_place((page.place, page.key) for page in pages):
        yield from once(place.at("key"), "mục", keys, seen)
        ids.update((section_id(origins.get(key, key)), key) for key in keys)
    seen = {}
    items = [(one.place, one.item) for page in pages for one in page.items]
    for place, keys in _by_place((place, item.key) for place, item in items):
        yield from once(place.at("key"), "câu hỏi", keys, seen)
    for place, item in items:
        for id in _ids(item, origins.get(item.key, item.key)):
            if ids.setdefault(id, item.key) != item.key:
                yield Problem(
                    "SPEC-ID-CLASH",
                    place.at("key").where,
                    f"khóa '{item.key}' và '{ids[id]}' cho cùng một mã của Google",
                    "đổi một trong hai khóa",
                )


def check_moved(
    file: YamlFile, moved: Mapping[str, str], pages: Sequence[Page]
) -> Iterator[Problem]:
    """A key that moved is no longer there, and where it moved to is an item or a section, or has
    moved on."""
    keys = _all_keys(pages)
    known = names_of(pages, keys)
    taken: dict[str, str] = {}
    for old, new in moved.items():
        message, fix = "", f"sửa dòng '{old}: {new}' cho đúng khóa"
        if old in keys:
            message = f"khóa cũ '{old}' vẫn còn trong biểu mẫu"
            fix = f"bỏ dòng '{old}: {new}' nếu câu hỏi chưa đổi khóa, hoặc đặt khóa khác cho câu đó"
        elif new in taken:
            message = f"'{taken[new]}' và '{old}' cùng đổi thành '{new}'"
            fix = (
                "chỉ giữ dòng của khóa mà câu hỏi có đầu tiên; câu trả lời đầu tiên gắn với khóa đó"
            )
        elif keys_ever(new, moved)[-1] in moved:
            message = f"các dòng moved từ '{old}' thành một vòng, không tới khóa nào của biểu mẫu"
        elif new not in moved and new not in known:
            meant = near_miss(new, sorted(keys))
            message = f"không có câu hỏi hay mục nào mang khóa '{new}'"
            fix = f"có phải ý là '{meant}'?" if meant else fix
        taken.setdefault(new, old)
        if message:
            yield Problem("SPEC-MOVED", file.key_where(("moved", old)), message, fix)


def check_titles(pages: Sequence[Page]) -> Iterator[Problem]:
    """Questions are told apart in the linked Sheet by their titles alone (facts 6.2)."""
    seen: dict[str, int] = {}
    told: set[object] = set()
    for one in (one for page in pages for one in page.items if is_question(one.item)):
        where = one.place.at("title").where
        column = column_of(one.item.title)
        if column in seen and where not in told:
            told.add(where)
            yield Problem(
                "SPEC-DUPLICATE-TITLE",
                where,
                f"“{one.item.title}” trùng tên với câu hỏi ở dòng {seen[column]}, nên không phân "
                "biệt được hai cột của trang tính",
                "ghi cho khác nhau; trong mục lặp lại thì thêm {each.title} vào tên",
            )
        seen.setdefault(column, where.line)


def column_of(title: str) -> str:
    """A question's title as the columns of a sheet are told apart by."""
    return " ".join(title.split()).lower()


def once(place: Place, what: str, keys: Sequence[str], seen: dict[str, int]) -> Iterator[Problem]:
    """`keys` are those that one place makes; none may be another's."""
    where = place.where
    taken = next((key for key in keys if key in seen), None)
    if taken is not None:
        yield Problem(
            "SPEC-DUPLICATE-KEY",
            where,
            f"khóa {what} '{taken}' đã dùng ở dòng {seen[taken]}",
            "đặt cho mỗi nơi một khóa riêng",
        )
    for key in keys:
        seen.setdefault(key, where.line)


def _all_keys(pages: Sequence[Page]) -> set[str]:
    return {page.key for page in pages} | {one.item.key for page in pages for one in page.items}


def _by_place(keys: Iterator[tuple[Place, str]]) -> list[tuple[Place, list[str]]]:
    """The keys that each place makes, in order."""
    found: dict[tuple[str, object], tuple[Place, list[str]]] = {}
    for place, key in keys:
        found.setdefault((place.file.name, place.loc), (place, []))[1].append(key)
    return list(found.values())


def _ids(item: Item, key: str) -> list[str]:
    """All ids that Google gets for an item under that key."""
    if isinstance(item, GridItem):
        return [item_id(key), *(question_id(row_key(key, row.key)) for row in item.rows)]
    return [item_id(key), question_id(key)]
