"""A form as written to the pages it stands for: includes, repetitions, copies, split pages. Pure.

Everything keeps the place where it was written, so that what is wrong with a page made of it can
be said there. Names that do not exist (a list, a part) are passed over here; `check` tells them,
and `lost` what may be missing for that.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final, TypeVar

from pydantic import BaseModel, ValidationError

from cchc_gforms.errors import Where
from cchc_gforms.spec.answer_rules import Checks, Floor, Needs, PageChecks
from cchc_gforms.spec.files import Entry, FormFile, PartsFile, Repeat, WrittenSection
from cchc_gforms.spec.model import (
    Choice,
    ChoiceItem,
    GridItem,
    GridRow,
    Include,
    Item,
    Section,
    ShowIf,
)
from cchc_gforms.yaml_file import Known, Loc, YamlFile

Model = TypeVar("Model", bound=BaseModel)
PLACEHOLDER = re.compile(r"\{([^{}]*)\}")


@dataclass(frozen=True, slots=True)
class Place:
    """Where something was written."""

    file: YamlFile
    loc: Loc

    def at(self, *more: str | int) -> Place:
        return Place(self.file, (*self.loc, *more))

    @property
    def where(self) -> Where:
        return self.file.where(self.loc)


_NOT_REPEATED: Final = {"for_each": None, "show_if": None, "once": False}


@dataclass(frozen=True, slots=True)
class PlacedItem:
    item: Item
    place: Place


@dataclass(frozen=True, slots=True)
class Page:
    """A section of the form to be; `show_if`, written at `shown_by`, decides whether it is shown,
    and `copy_of` is the key of the section that it is a copy of. `unread`: it includes parts that
    are not there, or could not be read."""

    key: str
    title: str
    help: str
    source: tuple[str, ...]
    place: Place
    items: tuple[PlacedItem, ...]
    show_if: ShowIf | None = None
    shown_by: Place | None = None
    copy_of: str | None = None
    unread: bool = False
    checks: PageChecks | None = None

    @property
    def section(self) -> Section:
        return Section(
            key=self.key,
            title=self.title,
            help=self.help,
            source=self.source,
            items=tuple(one.item.model_copy(update=_NOT_REPEATED) for one in self.items),
            checks=self.checks,
        )


NOTHING: Final = Known()


@dataclass(frozen=True, slots=True)
class Shared:
    """What forms refer to by name: lists, parts, and the values of `choices_from`.

    Those are there that could be read; the `Known` ones may be more.
    """

    lists: Mapping[str, Sequence[Entry]]
    choices: Mapping[str, tuple[str, ...]]
    parts: PartsFile
    parts_file: YamlFile | None
    list_names: Known = NOTHING
    choice_names: Known = NOTHING
    item_parts: Known = NOTHING
    section_parts: Known = NOTHING


def pages(file: YamlFile, form: FormFile, shared: Shared) -> list[Page]:
    """The pages in order: `for_each` repeated, `repeat` copied, items of their own split off."""
    return [
        piece
        for section, place in written_sections(file, form, shared)
        for each in _entries(section.for_each, shared)
        for copied in _copies(_page(section, place, each, shared), section.repeat)
        for piece in _pieces(copied)
    ]


def written_sections(
    file: YamlFile, form: FormFile, shared: Shared
) -> Iterator[tuple[WrittenSection, Place]]:
    """The sections as written, includes followed; an empty one for what is not there."""
    for s, one in enumerate(form.sections):
        if not isinstance(one, Include):
            yield one, Place(file, ("sections", s))
        elif shared.parts_file is not None and one.include in shared.parts.sections:
            for p, section in enumerate(shared.parts.sections[one.include]):
                yield section, Place(shared.parts_file, ("sections", one.include, p))
        else:
            unread = WrittenSection(key=f"unread_{s}", title="…", items=())
            yield unread, Place(file, ("sections", s, "include"))


def written_items(
    section: WrittenSection, place: Place, shared: Shared
) -> Iterator[tuple[Item, Place]]:
    """The items as written, includes followed."""
    for i, one in enumerate(section.items):
        if not isinstance(one, Include):
            yield one, place.at("items", i)
        elif shared.parts_file is not None:
            for p, item in enumerate(shared.parts.items.get(one.include, ())):
                yield item, Place(shared.parts_file, ("items", one.include, p))


def filled(model: Model, values: Mapping[str, str]) -> Model:
    """A model with what its texts' placeholders stand for; an unknown one stays as it is."""
    return type(model).model_validate(_filled(model.model_dump(exclude_unset=True), values))


def filled_text(text: str, values: Mapping[str, str]) -> str:
    """A text with what its placeholders stand for; an unknown one stays as it is. Where only blanks
    are left, nothing is."""
    said = PLACEHOLDER.sub(lambda found: values.get(found[1], found[0]), text)
    return said if said.strip() else ""


def _filled(value: Any, values: Mapping[str, str]) -> Any:
    if isinstance(value, str):
        return filled_text(value, values)
    if isinstance(value, dict):
        return {name: _filled(inner, values) for name, inner in value.items()}
    if isinstance(value, (list, tuple)):
        return [_filled(inner, values) for inner in value]
    return value


def _entries(name: str | None, shared: Shared) -> Sequence[Entry | None]:
    return (shared.lists.get(name) if name else None) or (None,)


def for_entry(model: Model, each: Entry) -> Model | None:
    """What repeats, for an entry of its list; None when the entry's note leaves one of its texts
    empty, or breaks a line of it, as it may only in a help."""
    try:
        return filled(model, _values(each))
    except ValidationError:
        return None


def _with_some_note(model: Model, each: Entry) -> Model:
    return filled(model, {**_values(each), "each.note": "…"})


def _values(each: Entry) -> dict[str, str]:
    return {"each.key": each.key, "each.title": each.title, "each.note": each.note}


def _page(section: WrittenSection, place: Place, each: Entry | None, shared: Shared) -> Page:
    items = []
    for item, written_at in written_items(section, place, shared):
        for own in _entries(item.for_each, shared):
            entry = own or each
            items.append(PlacedItem(_item(item, entry, shared), written_at))
    head = section.model_copy(update={"items": ()})
    if each is not None:
        head = for_entry(head, each) or _with_some_note(head, each)
    return Page(
        key=head.key,
        title=head.title,
        help=head.help,
        source=head.source,
        place=place,
        items=tuple(items),
        show_if=head.show_if,
        shown_by=place.at("show_if") if head.show_if else None,
        unread=place.loc[-1] == "include" or _includes_unread(section, shared),
        checks=head.checks,
    )


def _includes_unread(section: WrittenSection, shared: Shared) -> bool:
    parts = shared.parts.items if shared.parts_file is not None else {}
    return any(isinstance(one, Include) and one.include not in parts for one in section.items)


def _item(item: Item, each: Entry | None, shared: Shared) -> Item:
    """The item for one entry, with the choices and rows of the lists that it names."""
    if each is not None:
        item = for_entry(item, each) or _with_some_note(item, each)
        item = _with_floor(item, each)
    if isinstance(item, ChoiceItem) and (values := shared.choices.get(item.choices_from or "")):
        named = tuple(Choice(value=value) for value in values)
        return item.model_copy(update={"choices": named, "choices_from": None})
    if isinstance(item, GridItem) and (entries := shared.lists.get(item.rows_from or "")):
        rows = tuple(GridRow(key=one.key, title=one.title) for one in entries)
        return item.model_copy(update={"rows": rows, "rows_from": None})
    return item


def _with_floor(item: Item, each: Entry) -> Item:
    """`floor: each` is the floor of the entry; none when the entry has none (R28)."""
    checks = getattr(item, "checks", None)
    if checks is None or checks.floor != "each":
        return item
    floor = None
    if each.floor is not None:
        floor = Floor(value=each.floor, higher_is_better=each.higher_is_better)
    return item.model_copy(update={"checks": checks.model_copy(update={"floor": floor})})


def _copies(page: Page, repeat: Repeat | None) -> list[Page]:
    """As many copies as may be filled in. The first keeps the keys, so that ids and answers stay
    when a section is made repeatable; copy n has `_n` behind them."""
    if repeat is None:
        return [page]
    return [_copy(page, repeat, number) for number in range(1, repeat.max + 1)]


def _copy(page: Page, repeat: Repeat, number: int) -> Page:
    own = {one.item.key for one in page.items if not one.item.once}
    items = [
        replace(one, item=_numbered(one.item, number, own))
        for one in page.items
        if number == 1 or not one.item.once
    ]
    if number < repeat.max:
        items.append(PlacedItem(_another(page, repeat, number), page.place.at("repeat")))
    key, title = page.key, page.title.replace("{copy}", str(number))
    if number > 1:
        key = f"{key}_{number}"
        title = title if "{copy}" in page.title else f"{title} ({number})"
    help = page.help.replace("{copy}", str(number))
    return replace(
        page,
        key=key,
        title=title,
        help=help,
        items=tuple(items),
        copy_of=page.key,
        checks=_of_all_copies(page.checks, own, repeat) if number == 1 else None,
    )


def _of_all_copies(checks: PageChecks | None, own: set[str], repeat: Repeat) -> PageChecks | None:
    """An answer in any of the copies is one: the first page asks for all."""
    if checks is None:
        return None
    copies = ["", *(f"_{number}" for number in range(2, repeat.max + 1))]
    keys = (f"{key}{copy}" for key in checks.answered for copy in (copies if key in own else [""]))
    return PageChecks(answered=tuple(keys))


def _numbered(item: Item, number: int, own: set[str]) -> Item:
    """The item of copy `number`; what it says of a question of its own section stays so."""
    marked = "{copy}" in item.title
    item = filled(item, {"copy": str(number)})
    if number == 1:
        return item
    title = item.title if marked else f"{item.title} ({number})"
    changes: dict[str, object] = {"key": f"{item.key}_{number}", "title": title}
    if item.show_if and item.show_if.question in own:
        asked = f"{item.show_if.question}_{number}"
        changes["show_if"] = item.show_if.model_copy(update={"question": asked})
    checks: Checks | None = getattr(item, "checks", None)
    if checks and checks.needs:
        changes["checks"] = checks.model_copy(
            update={"needs": _of_copy(checks.needs, own, f"_{number}")}
        )
    return item.model_copy(update=changes)


def _of_copy(needs: Needs, own: set[str], copy: str) -> Needs:
    """What a copy's answer needs stands in the same copy."""
    return Needs(
        questions=tuple(f"{key}{copy}" if key in own else key for key in needs.questions),
        unless=tuple(
            one.model_copy(update={"question": f"{one.question}{copy}"})
            if one.question in own
            else one
            for one in needs.unless
        ),
    )


def _another(page: Page, repeat: Repeat, number: int) -> ChoiceItem:
    """The question that leads to the next copy, or past the last one."""
    title = repeat.question.replace("{section.title}", page.title.replace(" {copy}", ""))
    suffix = "" if number == 1 else f"_{number}"
    return ChoiceItem(
        key=f"{page.key}_another{suffix}",
        title=title if number == 1 else f"{title} ({number})",
        type="radio",
        if_any=True,
        choices=(
            Choice(value=repeat.yes, go_to=f"{page.key}_{number + 1}"),
            Choice(value=repeat.no, go_to=f"{PAST}{page.key}"),
        ),
    )


PAST = "past:"
"""Before a section's key: what comes after its last copy; `navigate` settles it."""


def _pieces(page: Page) -> Iterator[Page]:
    """The page cut where items are shown only after some answer: Google hides whole pages only.

    A page made so is called after its first item; what follows it is a page again.
    """
    runs: list[tuple[ShowIf | None, list[PlacedItem]]] = [(None, [])]
    for one in page.items:
        if one.item.show_if != runs[-1][0]:
            runs.append((one.item.show_if, []))
        runs[-1][1].append(one)
    if len(runs) > 1 and not runs[0][1]:
        del runs[0]
    for number, (show_if, items) in enumerate(runs):
        if number == 0:
            shown_by = items[0].place.at("show_if") if show_if else page.shown_by
            yield replace(
                page, items=tuple(items), show_if=show_if or page.show_if, shown_by=shown_by
            )
        else:
            yield replace(
                page,
                key=f"{page.key}_{items[0].item.key}",
                help="",
                source=(),
                items=tuple(items),
                show_if=show_if or page.show_if,
                shown_by=items[0].place.at("show_if") if show_if else page.shown_by,
                checks=None,
            )
