"""What a model cannot say: names that exist, keys that differ, what Google Forms can do. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from cchc_gforms.errors import Problem
from cchc_gforms.spec.fill import PLACEHOLDER
from cchc_gforms.spec.ids import item_id, question_id, row_key, section_id
from cchc_gforms.spec.model import (
    ChoiceItem,
    Entry,
    FormFile,
    FormSpec,
    GridItem,
    Item,
    ListsFile,
    Note,
    Section,
)
from cchc_gforms.yaml_file import Loc, YamlFile, near_miss

_EACH = frozenset({"each.key", "each.title"})
_ROLES = ("unit",)
_EVIDENCE_ROLES = ("evidence_number", "evidence_link", "evidence_confirmation")
_PROCESSING_ROLES = ("unit", "document", "action")
_OWN_CHOICES = ("roster", "documents")


@dataclass(frozen=True, slots=True)
class Names:
    """What a file may refer to: placeholders, lists to repeat over, sources of choices."""

    placeholders: frozenset[str]
    lists: Mapping[str, Sequence[Entry]]
    choices: frozenset[str]


def check_file(file: YamlFile, form: FormFile, names: Names, *, processing: bool) -> list[Problem]:
    """All problems of one form file, at their places."""
    return [
        *_placeholders(file, form, names),
        *_repetitions(file, form, names),
        *_keys(file, form, names),
        *_titles(file, form, names),
        *(p for loc, item in _items(form) for p in _item(file, loc, item, form, names)),
        *_roles(file, form, _PROCESSING_ROLES if processing else _ROLES),
    ]


def check_lists(file: YamlFile, lists: ListsFile) -> Iterator[Problem]:
    """A list hides none of our own, and its entries differ in key and title."""
    for name, entries in lists.lists.items():
        loc: Loc = ("lists", name)
        if name in _OWN_CHOICES:
            yield Problem(
                "SPEC-RESERVED-NAME",
                file.key_where(loc),
                f"'{name}' là tên của danh sách có sẵn",
                "đặt tên khác cho danh sách này",
            )
        seen: dict[str, int] = {}
        for index, entry in enumerate(entries):
            yield from _once(file, (*loc, index, "key"), "trong danh sách", [entry.key], seen)
        yield from _different(file, loc, [entry.title for entry in entries])


def check_headers(specs: Sequence[FormSpec], files: Mapping[str, YamlFile]) -> Iterator[Problem]:
    """A form's tab in the linked Sheet is known by the header of its unit question, so no two
    forms of a year may word that alike (facts 6.1)."""
    seen: dict[str, FormSpec] = {}
    for spec in specs:
        unit = spec.item("unit")
        other = seen.setdefault(unit.title, spec) if unit else spec
        if other is not spec:
            yield Problem(
                "SPEC-SAME-HEADERS",
                files[spec.name].where(("sections",)),
                f"câu hỏi về đơn vị của “{spec.title}” trùng với của “{other.title}”, nên không "
                "phân biệt được trang tính của hai biểu mẫu",
                "đưa {document.label} và {period.title} vào tên câu hỏi về đơn vị",
            )


def _items(form: FormFile) -> Iterator[tuple[Loc, Item]]:
    for s, section in enumerate(form.sections):
        for i, item in enumerate(section.items):
            yield ("sections", s, "items", i), item


def _placeholders(file: YamlFile, form: FormFile, names: Names) -> Iterator[Problem]:
    for loc, text in _texts(form.model_dump(exclude_unset=True)):
        inside = loc[0] == "sections" and form.sections[int(loc[1])].for_each
        known = names.placeholders | (_EACH if inside else frozenset())
        for name in PLACEHOLDER.findall(text):
            if name not in known:
                meant = near_miss(name, sorted(known))
                yield Problem(
                    "SPEC-UNKNOWN-PLACEHOLDER",
                    file.where(loc),
                    f"không có gì để điền vào {{{name}}}",
                    f"có phải ý là {{{meant}}}?" if meant else "dùng: " + ", ".join(sorted(known)),
                )


def _texts(value: object, loc: Loc = ()) -> Iterator[tuple[Loc, str]]:
    if isinstance(value, str):
        yield loc, value
    elif isinstance(value, dict):
        for name, inner in value.items():
            yield from _texts(inner, (*loc, name))
    elif isinstance(value, (list, tuple)):
        for index, inner in enumerate(value):
            yield from _texts(inner, (*loc, index))


def _repetitions(file: YamlFile, form: FormFile, names: Names) -> Iterator[Problem]:
    for s, section in enumerate(form.sections):
        loc: Loc = ("sections", s, "for_each")
        if section.for_each and section.for_each not in names.lists:
            yield _unknown(file, loc, "danh sách", section.for_each, frozenset(names.lists))
        keys = [section.key, *(item.key for item in section.items)]
        fixed = [key for key in keys if "{each.key}" not in key]
        if section.for_each and fixed:
            yield Problem(
                "SPEC-FIXED-KEY",
                file.where(loc),
                f"mục lặp lại mà khoá '{fixed[0]}' không đổi theo từng lần",
                f"đặt tên khoá có {{each.key}}, ví dụ '{fixed[0]}_{{each.key}}'",
            )


def _keys(file: YamlFile, form: FormFile, names: Names) -> Iterator[Problem]:
    """Keys and the ids made of them are used once, in all repetitions."""
    seen: dict[str, int] = {}
    ids: dict[str, str] = {}
    for s, section in enumerate(form.sections):
        keys = _repeated(section.key, section, names)
        yield from _once(file, ("sections", s, "key"), "mục", keys, seen)
        ids.update((section_id(key), key) for key in keys)
    seen = {}
    for loc, item in _items(form):
        keys = _repeated(item.key, form.sections[int(loc[1])], names)
        yield from _once(file, (*loc, "key"), "câu hỏi", keys, seen)
        made = [(key, id) for key in keys for id in _ids(item, key)]
        for key, id in made:
            if ids.setdefault(id, key) != key:
                yield Problem(
                    "SPEC-ID-CLASH",
                    file.where((*loc, "key")),
                    f"khoá '{key}' và '{ids[id]}' cho cùng một mã của Google",
                    "đổi một trong hai khoá",
                )


def _ids(item: Item, key: str) -> list[str]:
    """All ids that Google gets for an item under that key."""
    if isinstance(item, GridItem):
        return [item_id(key), *(question_id(row_key(key, row.key)) for row in item.rows)]
    return [item_id(key), question_id(key)]


def _titles(file: YamlFile, form: FormFile, names: Names) -> Iterator[Problem]:
    """Questions are told apart in the linked Sheet by their titles alone (facts 6.2)."""
    seen: dict[str, int] = {}
    for loc, item in _items(form):
        if isinstance(item, Note):
            continue
        where = file.where((*loc, "title"))
        for title in _repeated(item.title, form.sections[int(loc[1])], names):
            column = " ".join(title.split()).lower()
            if column in seen:
                yield Problem(
                    "SPEC-DUPLICATE-TITLE",
                    where,
                    f"“{title}” trùng tên với câu hỏi ở dòng {seen[column]}, nên không phân biệt "
                    "được hai cột của trang tính",
                    "ghi cho khác nhau; trong mục lặp lại thì thêm {each.title} vào tên",
                )
                break
            seen[column] = where.line


def _repeated(text: str, section: Section, names: Names) -> list[str]:
    """What a text of a section becomes, once for every repetition."""
    entries = names.lists.get(section.for_each or "", ())
    made = [text.replace("{each.key}", e.key).replace("{each.title}", e.title) for e in entries]
    return made or [text]


def _once(
    file: YamlFile, loc: Loc, what: str, keys: Sequence[str], seen: dict[str, int]
) -> Iterator[Problem]:
    """`keys` are those that one place makes; none may be another's."""
    where = file.where(loc)
    taken = next((key for key in keys if key in seen), None)
    if taken is not None:
        yield Problem(
            "SPEC-DUPLICATE-KEY",
            where,
            f"khoá {what} '{taken}' đã dùng ở dòng {seen[taken]}",
            "đặt cho mỗi nơi một khoá riêng",
        )
    for key in keys:
        seen.setdefault(key, where.line)


def _item(file: YamlFile, loc: Loc, item: Item, form: FormFile, names: Names) -> Iterator[Problem]:
    if isinstance(item, GridItem):
        for part in ("rows", "columns"):
            titles = [one if isinstance(one, str) else one.title for one in getattr(item, part)]
            yield from _different(file, (*loc, part), titles)
        seen: dict[str, int] = {}
        for r, row in enumerate(item.rows):
            yield from _once(file, (*loc, "rows", r, "key"), "hàng", [row.key], seen)
    if not isinstance(item, ChoiceItem):
        return
    if bool(item.choices) == bool(item.choices_from):
        yield Problem(
            "SPEC-CHOICES",
            file.where(loc),
            f"câu hỏi '{item.key}' cần đúng một trong hai: choices hoặc choices_from",
            "liệt kê các lựa chọn ở choices, hoặc nêu tên danh sách ở choices_from",
        )
    if item.other and item.type == "dropdown":
        yield Problem(
            "SPEC-OTHER",
            file.where((*loc, "other")),
            "danh sách thả xuống của Google Form không có lựa chọn “Khác”",
            "đổi type thành radio, hoặc bỏ other",
        )
    if item.choices_from and item.choices_from not in names.choices:
        source = (*loc, "choices_from")
        yield _unknown(file, source, "danh sách", item.choices_from, names.choices)
    yield from _different(file, (*loc, "choices"), [choice.value for choice in item.choices])
    yield from _ways(file, loc, item, form)


def _ways(file: YamlFile, loc: Loc, item: ChoiceItem, form: FormFile) -> Iterator[Problem]:
    sections = [section.key for section in form.sections]
    for c, choice in enumerate(item.choices):
        if choice.go_to is None:
            continue
        place: Loc = (*loc, "choices", c, "go_to")
        if item.type == "checkbox":
            yield Problem(
                "SPEC-GO-TO",
                file.where(place),
                "Google Form chỉ rẽ nhánh được ở câu chọn một (radio, dropdown)",
                "đổi type thành radio hoặc dropdown, hoặc bỏ go_to",
            )
        if choice.go_to in ("next", "submit"):
            continue
        if choice.go_to not in sections:
            yield _unknown(file, place, "mục", choice.go_to, frozenset(sections))
        elif sections.index(choice.go_to) <= int(loc[1]):
            yield Problem(
                "SPEC-GO-BACK",
                file.where(place),
                f"đi ngược về mục '{choice.go_to}' sẽ thành vòng lặp",
                "chỉ rẽ tới mục đứng sau",
            )


def _different(file: YamlFile, loc: Loc, titles: Sequence[str]) -> Iterator[Problem]:
    for index, title in enumerate(titles):
        if title in titles[:index]:
            yield Problem(
                "SPEC-DUPLICATE-CHOICE",
                file.where((*loc, index)),
                f"“{title}” có hai lần; Google Form không nhận",
                "bỏ một, hoặc ghi cho khác nhau",
            )


def _roles(file: YamlFile, form: FormFile, wanted: Sequence[str]) -> Iterator[Problem]:
    questions = [item for _, item in _items(form) if not isinstance(item, Note)]
    for role in wanted:
        count = sum(question.role == role for question in questions)
        if count != 1:
            yield Problem(
                "SPEC-ROLE",
                file.where(("sections",)),
                f"cần đúng một câu hỏi có role: {role}, đang có {count}",
                f"ghi role: {role} ở câu hỏi đó",
            )
    for role in _EVIDENCE_ROLES:
        if sum(question.role == role for question in questions) > 1:
            message = f"role: {role} chỉ dùng cho một câu hỏi"
            fix = "bỏ role này ở các câu hỏi còn lại"
            yield Problem("SPEC-ROLE", file.where(("sections",)), message, fix)


def _unknown(file: YamlFile, loc: Loc, what: str, name: str, known: frozenset[str]) -> Problem:
    meant = near_miss(name, sorted(known))
    fix = f"có phải ý là '{meant}'?" if meant else "có: " + ", ".join(sorted(known))
    return Problem("SPEC-UNKNOWN-NAME", file.where(loc), f"không có {what} '{name}'", fix)
