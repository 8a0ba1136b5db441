"""What a model cannot say: names that exist, keys that differ, what Google Forms can do. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from cchc_gforms.errors import Problem
from cchc_gforms.spec.check_items import check_item, check_ways, different, unknown
from cchc_gforms.spec.check_keys import check_keys, check_moved, check_titles, once
from cchc_gforms.spec.check_needs import check_needs
from cchc_gforms.spec.expand import (
    PLACEHOLDER,
    Page,
    Place,
    PlacedItem,
    Shared,
    for_entry,
    pages,
    written_items,
    written_sections,
)
from cchc_gforms.spec.files import FormFile, ListsFile, WrittenSection
from cchc_gforms.spec.lost import is_lost, may_have_role
from cchc_gforms.spec.model import FormSpec, Include, Item, is_question
from cchc_gforms.spec.navigate import navigate
from cchc_gforms.yaml_file import Known, Loc, YamlFile, near_miss

_EACH = frozenset({"each.key", "each.title", "each.note"})
_COPY = frozenset({"copy", "section.title"})
_ROLES = ("unit",)
_EVIDENCE_ROLES = (
    "evidence_number",
    "evidence_date",
    "evidence_link",
    "evidence_confirmation",
)
_PROCESSING_ROLES = ("unit", "document", "action")
OWN_CHOICES = ("roster", "documents", "periods")


@dataclass(frozen=True, slots=True)
class Names:
    """What a file may refer to: placeholders, what is shared, the outline's nodes."""

    placeholders: frozenset[str]
    shared: Shared
    nodes: Known


def check_file(
    file: YamlFile, form: FormFile, names: Names, *, processing: bool
) -> tuple[list[Page], list[Problem]]:
    """The form's pages, and all problems of the file, at their places."""
    made, refused = navigate(pages(file, form, names.shared))
    problems = [
        *_placeholders(file, form, names),
        *_includes(file, form, names.shared),
        *_repetitions(file, form, names.shared),
        *check_keys(made, form.moved),
        *check_moved(file, form.moved, made),
        *check_titles(made),
        *(
            problem
            for one in _items(file, form, names.shared)
            for problem in check_item(one, names.shared, has_template=form.template is not None)
        ),
        *check_ways(made),
        *check_needs(made),
        *refused,
        *_sources(file, form, names),
        *_roles(file, made, _PROCESSING_ROLES if processing else _ROLES),
        *(_unverified(file, form) if processing else ()),
    ]
    return made, list(dict.fromkeys(problems))


def _unverified(file: YamlFile, form: FormFile) -> Iterator[Problem]:
    """Only a reviewer decides, and only a verified address says who that is (L13)."""
    if form.collect_email != "verified":
        message = "phiếu xử lý phải lấy địa chỉ đã xác minh: không thì ai cũng duyệt được"
        fix = "ghi collect_email: verified, hoặc bỏ dòng này"
        yield Problem("SPEC-UNVERIFIED", file.where(("collect_email",)), message, fix)


def check_lists(file: YamlFile, lists: ListsFile) -> Iterator[Problem]:
    """A list hides none of our own, and its entries differ in key and title."""
    for name, entries in lists.lists.items():
        place = Place(file, ("lists", name))
        if name in OWN_CHOICES:
            yield Problem(
                "SPEC-RESERVED-NAME",
                file.key_where(place.loc),
                f"'{name}' là tên của danh sách có sẵn",
                "đặt tên khác cho danh sách này",
            )
        seen: dict[str, int] = {}
        for index, entry in enumerate(entries):
            yield from once(place.at(index, "key"), "trong danh sách", [entry.key], seen)
        yield from different(place, [entry.title for entry in entries])


def check_headers(specs: Iterable[tuple[FormSpec, YamlFile]]) -> Iterator[Problem]:
    """A form's tab in the linked Sheet is known by the header of its unit question, so no two
    forms of a year, each with its file, may word that alike (facts 6.1)."""
    seen: dict[str, FormSpec] = {}
    for spec, file in specs:
        unit = spec.item("unit")
        other = seen.setdefault(unit.title, spec) if unit else spec
        if other is not spec:
            yield Problem(
                "SPEC-SAME-HEADERS",
                file.where(("sections",)),
                f"câu hỏi về đơn vị của “{spec.title}” trùng với của “{other.title}”, nên không "
                "phân biệt được trang tính của hai biểu mẫu",
                "đưa {document.label} và {period.title} vào tên câu hỏi về đơn vị",
            )


def _items(
    file: YamlFile, form: FormFile, shared: Shared
) -> Iterator[tuple[WrittenSection, Item, Place]]:
    for section, place in written_sections(file, form, shared):
        for item, written_at in written_items(section, place, shared):
            yield section, item, written_at


def _placeholders(file: YamlFile, form: FormFile, names: Names) -> Iterator[Problem]:
    top = form.model_dump(exclude_unset=True, include={"title", "description"})
    yield from _unfilled(top, Place(file, ()), names.placeholders)
    for section, place in written_sections(file, form, names.shared):
        if is_lost(place):
            continue
        known = names.placeholders
        known |= _EACH if section.for_each else frozenset()
        known |= _COPY if section.repeat else frozenset()
        texts = section.model_dump(exclude_unset=True, exclude={"items"})
        yield from _unfilled(texts, place, known)
        for item, written_at in written_items(section, place, names.shared):
            if is_lost(written_at):
                continue
            own = known | (_EACH if item.for_each else frozenset())
            yield from _unfilled(item.model_dump(exclude_unset=True), written_at, own)


def _unfilled(texts: object, place: Place, known: frozenset[str]) -> Iterator[Problem]:
    for loc, text in _texts(texts):
        for name in PLACEHOLDER.findall(text):
            if name not in known:
                meant = near_miss(name, sorted(known))
                yield Problem(
                    "SPEC-UNKNOWN-PLACEHOLDER",
                    place.at(*loc).where,
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


def _includes(file: YamlFile, form: FormFile, shared: Shared) -> Iterator[Problem]:
    for s, section in enumerate(form.sections):
        if isinstance(section, Include) and section.include not in shared.section_parts:
            place = Place(file, ("sections", s, "include"))
            yield unknown(place, "phần (sections)", section.include, shared.section_parts)
    for section, place in written_sections(file, form, shared):
        for i, item in enumerate(section.items):
            if isinstance(item, Include) and item.include not in shared.item_parts:
                at = place.at("items", i, "include")
                yield unknown(at, "phần (items)", item.include, shared.item_parts)


def _repetitions(file: YamlFile, form: FormFile, shared: Shared) -> Iterator[Problem]:
    for section, place in written_sections(file, form, shared):
        keys = [section.key]
        for item, written_at in written_items(section, place, shared):
            if is_lost(written_at):
                continue
            if item.for_each:
                yield from _repeated(written_at, item.for_each, [item.key], shared)
            else:
                keys.append(item.key)
        if section.for_each:
            yield from _repeated(place, section.for_each, keys, shared)
    yield from _notes(file, form, shared)


def _notes(file: YamlFile, form: FormFile, shared: Shared) -> Iterator[Problem]:
    """Titles that an entry's note leaves empty or breaks in two."""
    for section, place in written_sections(file, form, shared):
        head = section.model_copy(update={"items": ()})
        items = written_items(section, place, shared)
        for part, name, at in [
            (head, section.for_each, place),
            *((item, item.for_each or section.for_each, at) for item, at in items),
        ]:
            entries = shared.lists.get(name or "", ())
            wrong = next((one for one in entries if for_entry(part, one) is None), None)
            if wrong is not None:
                yield Problem(
                    "SPEC-NOTE",
                    at.where,
                    f"với dòng '{wrong.key}' của danh sách, {{each.note}} để trống hoặc làm xuống "
                    "dòng một tên",
                    f"ghi note của dòng '{wrong.key}' trên một dòng, hoặc chỉ dùng {{each.note}} ở "
                    "help",
                )


def _repeated(place: Place, name: str, keys: Sequence[str], shared: Shared) -> Iterator[Problem]:
    if name not in shared.list_names:
        yield unknown(place.at("for_each"), "danh sách", name, shared.list_names)
    fixed = [key for key in keys if "{each.key}" not in key]
    if fixed:
        yield Problem(
            "SPEC-FIXED-KEY",
            place.at("for_each").where,
            f"mục lặp lại mà khóa '{fixed[0]}' không đổi theo từng lần",
            f"đặt tên khóa có {{each.key}}, ví dụ '{fixed[0]}_{{each.key}}'",
        )


def _sources(file: YamlFile, form: FormFile, names: Names) -> Iterator[Problem]:
    """What names its sources names nodes that the outline has."""
    for section, place in written_sections(file, form, names.shared):
        items = [(item.source, at) for item, at in written_items(section, place, names.shared)]
        for sources, at in [(section.source, place), *items]:
            for source in sources:
                if source not in names.nodes:
                    yield unknown(at.at("source"), "mục đề cương", source, names.nodes)


def _roles(file: YamlFile, made: Sequence[Page], wanted: Sequence[str]) -> Iterator[Problem]:
    for role in (*wanted, *_EVIDENCE_ROLES):
        asked = [
            one
            for page in made
            for one in page.items
            if is_question(one.item) and one.item.role == role
        ]
        if role in wanted and not asked and not may_have_role(made, role):
            yield Problem(
                "SPEC-ROLE",
                file.where(("sections",)),
                f"cần đúng một câu hỏi có role: {role}, đang không có câu nào",
                f"ghi role: {role} ở câu hỏi đó",
            )
        yield from _more_than_one(file, role, asked)


def _more_than_one(file: YamlFile, role: str, asked: Sequence[PlacedItem]) -> Iterator[Problem]:
    """Told at the form's own questions rather than at those of its parts; where all are of parts,
    it is told there, and so once for all forms."""
    if len(asked) < 2:
        return
    kept = next((one for one in asked if one.place.file is not file), asked[0])
    others = {one.place.at("role").where: one for one in asked if one.place != kept.place}
    message = f"role: {role} đã dùng cho câu hỏi '{kept.item.key}'"
    for where in others:
        yield Problem("SPEC-ROLE", where, message, f"chỉ để role: {role} ở một câu hỏi")
    if not others:
        message = f"câu hỏi lặp lại, mà role: {role} chỉ dùng cho một câu hỏi"
        fix = f"bỏ role: {role}; trong mục có repeat thì có thể ghi thêm once: true"
        yield Problem("SPEC-ROLE", kept.place.at("role").where, message, fix)
