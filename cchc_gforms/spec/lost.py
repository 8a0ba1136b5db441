"""What stands in for what is wrong in a file of forms, and what may have been there. Pure.

A wrong question is a note of the same key, a wrong page an empty one: its key is taken, what it
was to be is not known. So nothing is called unknown or missing that may have been lost.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Final, get_args

from cchc_gforms.errors import Where
from cchc_gforms.spec.expand import Page, Place
from cchc_gforms.spec.files import WrittenSection
from cchc_gforms.spec.model import Question, Role
from cchc_gforms.yaml_file import UNKNOWN_KEY, Known, Loc, StandIn, Written, YamlFile

_KEY = re.compile(r"([a-z]|\{each\.key\})([a-z0-9_]|\{each\.key\})*")
_EACH = "{each.key}"
_FIELDS: Final = frozenset(
    field for model in (*get_args(Question), WrittenSection) for field in model.model_fields
)

_ASIDE: Final = frozenset({"title", "help", "source", "checks", "prefill_from"})
"""Keys of a question that nothing else of the form hangs on."""


def _readable(raw: object, name: str) -> str | None:
    """The key, or name of a part, of something wrong; None where that is wrong too."""
    key = raw.get(name) if isinstance(raw, dict) else None
    return key if isinstance(key, str) and _KEY.fullmatch(key) else None


def _somewhere(where: Where) -> str:
    return f"lost_{where.line}_{where.column}"


def _text(_: object, where: Where) -> Written:
    return _somewhere(where)


def _item(raw: object, where: Where) -> Written:
    if part := _readable(raw, "include"):
        return {"include": part}
    key = _readable(raw, "key") or _somewhere(where)
    return {"key": key, "type": "note", "title": _somewhere(where)}


def _section(raw: object, where: Where) -> Written:
    if part := _readable(raw, "include"):
        return {"include": part}
    key = _readable(raw, "key") or _somewhere(where)
    return {"key": key, "title": _somewhere(where), "items": []}


def _one_section(raw: object, where: Where) -> Written:
    return [_section(raw, where)]


def _one_item(raw: object, where: Where) -> Written:
    return [_item(raw, where)]


def _entry(raw: object, where: Where) -> Written:
    return {"key": _readable(raw, "key") or _somewhere(where), "title": _somewhere(where)}


def _items(*at: str | None) -> list[StandIn]:
    """Questions at such places: an unknown key, or what says nothing of their answers and ways,
    makes none unreadable."""
    return [
        StandIn((*at, UNKNOWN_KEY)),
        StandIn((*at, "title"), _text),
        *(StandIn((*at, key)) for key in sorted(_ASIDE - {"title"})),
        StandIn(at, _item),
    ]


def _sections(*at: str | None) -> list[StandIn]:
    """Pages at such places: an unknown key, or a wrong title, makes no page unreadable."""
    return [
        *_items(*at, "items", None),
        StandIn((*at, UNKNOWN_KEY)),
        StandIn((*at, "title"), _text),
        StandIn((*at, "help")),
        StandIn((*at, "source")),
        StandIn((*at, "checks")),
        StandIn(at, _section),
    ]


FORM: Final = (
    *_sections("sections", None),
    StandIn(("sections",), _one_section),
    StandIn(("title",), _text),
    StandIn(("template",), _text),
    StandIn(("moved", None)),
    StandIn((None,)),
)
PARTS: Final = (
    *_sections("sections", None, None),
    StandIn(("sections", None), _one_section),
    *_items("items", None, None),
    StandIn(("items", None), _one_item),
    StandIn((None,)),
)
LISTS: Final = (
    StandIn(("lists", None, None, UNKNOWN_KEY)),
    StandIn(("lists", None, None, "title"), _text),
    StandIn(("lists", None, None, "note")),
    StandIn(("lists", None, None, "floor")),
    StandIn(("lists", None, None, "higher_is_better")),
    StandIn(("lists", None, None), _entry),
    StandIn(("lists", None), lambda raw, where: [_entry(raw, where)]),
    StandIn(("lists",), {}),
    StandIn((None,)),
)


def is_lost(place: Place) -> bool:
    """Whether something stands in there."""
    return bool(_lost(place))


def is_unsure(place: Place) -> bool:
    """Whether an item may be another than it is read as: it is lost, or has keys that are not its
    own."""
    return is_lost(place) or bool(_left_out(place).keys() - _ASIDE)


def whole(file: YamlFile, loc: Loc) -> bool:
    """Whether nothing of a file is lost there, or under it."""
    return not any(lost[: len(loc)] == loc for lost in file.lost)


def may_have_role(pages: Iterable[Page], role: str) -> bool:
    """Whether something with that role may be among what is lost of these pages."""
    return any(
        page.unread
        or any(_says(raw, role) for place in _places(page) for raw in _lost(place))
        or any(_left_out(one.place).keys() - _FIELDS for one in page.items)
        for page in pages
    )


def names_of(pages: Sequence[Page], names: Iterable[str]) -> Known:
    """The names, open where a page or question is lost whose key could not be read, or there are
    repetitions over what is not known."""
    names = list(names)
    return Known(names, open=any(map(_hides_keys, pages)) or any(_EACH in one for one in names))


def has_lost(page: Page) -> bool:
    """Whether anything of the page is lost, or all of it, on which it hangs what comes next."""
    return (
        page.unread
        or any(is_lost(place) for place in _places(page))
        or any(_may_lead(_left_out(one.place)) for one in page.items)
    )


def _places(page: Page) -> list[Place]:
    return [page.place, *(one.place for one in page.items)]


def _lost(place: Place) -> list[object]:
    """What was written where something stands in; nothing where it is right."""
    above = [place.loc[:n] for n in range(1, len(place.loc) + 1)]
    return [place.file.lost[loc] for loc in above if loc in place.file.lost]


def _left_out(place: Place) -> dict[str, object]:
    """What was written of an item and is not read, by key."""
    lost = place.file.lost.items()
    return {str(loc[-1]): raw for loc, raw in lost if loc and loc[:-1] == place.loc}


def _may_lead(left_out: Mapping[str, object]) -> bool:
    """Whether a way on, or a condition, may be in it."""
    return bool(left_out.keys() - _FIELDS) or "go_to" in str(left_out.get("choices", ""))


def _hides_keys(page: Page) -> bool:
    """A page that is lost had questions; one that includes what cannot be read may have any."""
    if page.unread or _lost(page.place):
        return True
    lost = [raw for one in page.items for raw in _lost(one.place)]
    return any(_readable(raw, "key") is None for raw in lost)


def _says(raw: object, role: str) -> bool:
    """Whether what was written says so anywhere; what is not even a group may have meant it."""
    if isinstance(raw, dict):
        misread = "role" in raw and raw["role"] not in get_args(Role)
        empty = "type" not in raw and not isinstance(raw.get("items"), list)
        if "include" in raw or misread or empty or raw.keys() - _FIELDS:
            return True
        return raw.get("role") == role or ("items" in raw and _says(raw["items"], role))
    if isinstance(raw, list):
        return not raw or any(_says(one, role) for one in raw)
    return True
