"""What Google Forms does not take of an item, and what contradicts itself. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from cchc_gforms.errors import Problem, Where
from cchc_gforms.spec.check_keys import once
from cchc_gforms.spec.expand import PLACEHOLDER, Page, Place, Shared
from cchc_gforms.spec.files import WrittenSection
from cchc_gforms.spec.lost import is_unsure, names_of
from cchc_gforms.spec.model import (
    ChoiceItem,
    FileUploadItem,
    GridItem,
    Item,
    PlainItem,
    is_question,
)
from cchc_gforms.yaml_file import near_miss

_FIXED = ("each.key", "each.title", "each.note", "copy")
"""Placeholders that stand for the same in every period."""


def check_item(
    one: tuple[WrittenSection, Item, Place], shared: Shared, *, has_template: bool
) -> Iterator[Problem]:
    """An item as written in its section, of a form that is copied from a template or not."""
    section, item, place = one
    if isinstance(item, FileUploadItem):
        yield from _upload(item, place, has_template=has_template)
    if isinstance(item, GridItem):
        yield from _grid(item, place, shared)
    if isinstance(item, ChoiceItem):
        yield from _choices(item, place, shared)
    yield from _in_its_section(section, item, place)
    yield from _checks(section, item, place)
    yield from _prefill(section, item, place)


def _upload(item: FileUploadItem, place: Place, *, has_template: bool) -> Iterator[Problem]:
    """On a template only, under the title that it has there: no copy gets another (facts 3.1)."""
    if not has_template:
        yield Problem(
            "SPEC-FILE-UPLOAD",
            place.at("type").where,
            "Google không cho phần mềm tạo câu hỏi tải tệp lên",
            "dùng type: text để hỏi liên kết đến bản scan; hoặc ghi template: TÊN ở đầu tệp, lập "
            "mẫu bằng `cchc forms template TÊN` rồi thêm câu hỏi này bằng tay trên mẫu",
        )
    changing = [one for one in PLACEHOLDER.findall(item.title) if one not in _FIXED]
    if changing:
        yield Problem(
            "SPEC-UPLOAD-TITLE",
            place.at("title").where,
            f"tên câu hỏi tải tệp lên là tên trên mẫu, không đổi theo {{{changing[0]}}} được",
            "viết tên cố định, đúng như câu hỏi trên mẫu",
        )


def _in_its_section(section: WrittenSection, item: Item, place: Place) -> Iterator[Problem]:
    if item.once and section.repeat is None:
        yield Problem(
            "SPEC-ONCE",
            place.at("once").where,
            f"mục '{section.key}' không có repeat nên once không có tác dụng",
            "bỏ once, hoặc thêm repeat cho mục",
        )
    if item.for_each and section.for_each:
        yield Problem(
            "SPEC-FOR-EACH",
            place.at("for_each").where,
            f"mục '{section.key}' đã lặp theo danh sách '{section.for_each}'",
            "chỉ dùng for_each ở một cấp: ở mục, hoặc ở câu hỏi",
        )
    if item.show_if and section.show_if:
        yield Problem(
            "SPEC-SHOW-IF",
            place.at("show_if").where,
            f"mục '{section.key}' đã có show_if; Google Form không kết hợp được hai điều kiện",
            "tách câu hỏi này thành một mục riêng",
        )


def _checks(section: WrittenSection, item: Item, place: Place) -> Iterator[Problem]:
    checks = getattr(item, "checks", None)
    if checks is None:
        return
    of_texts = checks.model_fields_set - {"needs"}
    if of_texts and not (isinstance(item, PlainItem) and item.type in ("text", "paragraph")):
        yield Problem(
            "SPEC-CHECKS",
            place.at("checks").where,
            f"type: {item.type} chỉ có needs; {', '.join(sorted(of_texts))} chỉ dùng cho câu trả "
            "lời bằng chữ",
            f"bỏ {', '.join(sorted(of_texts))}, hoặc đổi type thành text hay paragraph",
        )
    if checks.floor == "each" and not (item.for_each or section.for_each):
        yield Problem(
            "SPEC-FLOOR",
            place.at("checks", "floor").where,
            "floor: each chỉ dùng trong câu hỏi lặp theo danh sách",
            "thêm for_each, hoặc ghi floor: {value: con số}",
        )


def _prefill(section: WrittenSection, item: Item, place: Place) -> Iterator[Problem]:
    """Lines go into a paragraph, and into one only: copies would all begin with the same."""
    if getattr(item, "prefill_from", None) is None:
        return
    if item.type != "paragraph":
        yield Problem(
            "SPEC-PREFILL",
            place.at("prefill_from").where,
            f"prefill_from điền nhiều dòng, không dùng cho type: {item.type}",
            "bỏ prefill_from, hoặc đổi type thành paragraph",
        )
    if section.repeat is not None and not item.once:
        yield Problem(
            "SPEC-PREFILL-REPEAT",
            place.at("prefill_from").where,
            f"mục '{section.key}' có repeat: bản nào cũng được điền sẵn như nhau",
            "thêm once: true, hoặc chuyển câu hỏi sang mục không có repeat",
        )


def check_prefill(
    made: Sequence[Page], documents: Collection[str], asked: Mapping[str, Collection[str]]
) -> Iterator[Problem]:
    """What is taken over is there: the document, and in its form the questions. `asked` are the
    keys of the forms that could be read, by document. Each place is told once, however often it is
    repeated."""
    told: set[Where] = set()
    for problem in _not_there(made, documents, asked):
        if problem.where not in told:
            told.add(problem.where)
            yield problem


def _not_there(
    made: Sequence[Page], documents: Collection[str], asked: Mapping[str, Collection[str]]
) -> Iterator[Problem]:
    for one in (one for page in made for one in page.items):
        wanted = one.item.prefill_from if is_question(one.item) else None
        if wanted is None:
            continue
        place = one.place.at("prefill_from")
        if wanted.document not in documents:
            yield unknown(place.at("document"), "loại văn bản", wanted.document, documents)
        elif wanted.document in asked:
            for number, key in enumerate(wanted.questions):
                if key not in asked[wanted.document]:
                    at, what = place.at("questions", number), f"câu hỏi của {wanted.document}"
                    yield unknown(at, what, key, asked[wanted.document])


def _grid(item: GridItem, place: Place, shared: Shared) -> Iterator[Problem]:
    given = bool(item.rows) + bool(item.rows_from)
    if given != 1 and not (given == 0 and is_unsure(place)):
        yield Problem(
            "SPEC-ROWS",
            place.where,
            f"bảng '{item.key}' cần đúng một trong hai: rows hoặc rows_from",
            "liệt kê các hàng ở rows, hoặc nêu tên danh sách ở rows_from",
        )
    if item.rows_from and item.rows_from not in shared.list_names:
        yield unknown(place.at("rows_from"), "danh sách", item.rows_from, shared.list_names)
    yield from different(place.at("rows"), [row.title for row in item.rows])
    yield from different(place.at("columns"), item.columns)
    seen: dict[str, int] = {}
    for r, row in enumerate(item.rows):
        yield from once(place.at("rows", r, "key"), "hàng", [row.key], seen)


def _choices(item: ChoiceItem, place: Place, shared: Shared) -> Iterator[Problem]:
    given = bool(item.choices) + bool(item.choices_from)
    if given != 1 and not (given == 0 and is_unsure(place)):
        yield Problem(
            "SPEC-CHOICES",
            place.where,
            f"câu hỏi '{item.key}' cần đúng một trong hai: choices hoặc choices_from",
            "liệt kê các lựa chọn ở choices, hoặc nêu tên danh sách ở choices_from",
        )
    if item.other and item.type == "dropdown":
        yield Problem(
            "SPEC-OTHER",
            place.at("other").where,
            "danh sách thả xuống của Google Form không có lựa chọn “Khác”",
            "đổi type thành radio, hoặc bỏ other",
        )
    if item.choices_from and item.choices_from not in shared.choice_names:
        at = place.at("choices_from")
        yield unknown(at, "danh sách", item.choices_from, shared.choice_names)
    yield from different(place.at("choices"), [choice.value for choice in item.choices])


def check_ways(pages: Sequence[Page]) -> Iterator[Problem]:
    """Every `go_to` leads on, to a section that is there, from a question of one answer."""
    for p, page in enumerate(pages):
        for one in page.items:
            if isinstance(one.item, ChoiceItem):
                yield from _ways(one.item, one.place, pages, p)


def _ways(item: ChoiceItem, written_at: Place, pages: Sequence[Page], p: int) -> Iterator[Problem]:
    keys = [page.key for page in pages]
    for c, choice in enumerate(item.choices):
        if choice.go_to is None:
            continue
        place = written_at.at("choices", c, "go_to")
        if item.type == "checkbox":
            yield Problem(
                "SPEC-GO-TO",
                place.where,
                "Google Form chỉ rẽ nhánh được ở câu chọn một (radio, dropdown)",
                "đổi type thành radio hoặc dropdown, hoặc bỏ go_to",
            )
        if choice.go_to in ("next", "submit"):
            continue
        if choice.go_to not in names_of(pages, keys):
            yield unknown(place, "mục", choice.go_to, keys)
        elif choice.go_to in keys[: p + 1]:
            yield Problem(
                "SPEC-GO-BACK",
                place.where,
                f"đi ngược về mục '{choice.go_to}' sẽ thành vòng lặp",
                "chỉ rẽ tới mục đứng sau",
            )


def different(place: Place, titles: Sequence[str]) -> Iterator[Problem]:
    """Google refuses two choices, rows or columns of one text."""
    for index, title in enumerate(titles):
        if title in titles[:index]:
            yield Problem(
                "SPEC-DUPLICATE-CHOICE",
                place.at(index).where,
                f"“{title}” có hai lần; Google Form không nhận",
                "bỏ một, hoặc ghi cho khác nhau",
            )


def unknown(place: Place, what: str, name: str, known: Iterable[str]) -> Problem:
    """A name that nothing has, and the one that was probably meant."""
    names = sorted(known)
    meant = near_miss(name, names)
    if meant:
        fix = f"có phải ý là '{meant}'?"
    else:
        fix = "có: " + ", ".join(names) if names else "chưa có tên nào được đặt"
    return Problem("SPEC-UNKNOWN-NAME", place.where, f"không có {what} '{name}'", fix)
