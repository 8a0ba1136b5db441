"""What a model expects at a place: its fields, and the words it allows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from enum import Enum
from types import UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel, Tag

from cchc_gforms.yaml_file.nodes import Loc


def keys_at(model: type[BaseModel], loc: Loc) -> list[str]:
    """The keys a mapping at `loc` may have, in the model's order."""
    names: dict[str, None] = {}
    for kind in _types_at(model, loc):
        if _is_model(kind):
            names.update((field.alias or name, None) for name, field in kind.model_fields.items())
    return list(names)


def words_at(model: type[BaseModel], loc: Loc) -> list[str]:
    """The words a value at `loc` may be (Literal and enum), in the model's order."""
    words: dict[str, None] = {}
    for kind in _types_at(model, loc):
        if get_origin(kind) is Literal:
            words.update((str(word), None) for word in get_args(kind))
        elif isinstance(kind, type) and issubclass(kind, Enum):
            words.update((str(word.value), None) for word in kind)
    return list(words)


def kinds_with(model: type[BaseModel], loc: Loc) -> list[str]:
    """The words of the kinds (`type`) that know the key at `loc`, where its own kind does not."""
    *group, key = loc
    own = _types_at(model, tuple(group))
    kinds = _types_at(model, tuple(group[:-1]))
    if not all(kind in kinds for kind in own):
        return []
    words: dict[str, None] = {}
    for kind in kinds:
        fields = kind.model_fields if _is_model(kind) else {}
        if key in fields and "type" in fields:
            words.update(dict.fromkeys(get_args(fields["type"].annotation)))
    return list(words)


def _is_model(kind: Any) -> bool:
    return isinstance(kind, type) and issubclass(kind, BaseModel)


def _types_at(model: type[BaseModel], loc: Loc) -> list[Any]:
    types: list[Any] = [model]
    for step in loc:
        # A step that leads nowhere is a union's tag: it stays among the same types, or among those
        # that bear it.
        types = [kind for one in types for kind in _step(one, step)] or _tagged(types, step)
    return [_untagged(kind) for kind in types]


def _tagged(types: list[Any], step: str | int) -> list[Any]:
    return [kind for kind in types if step in _tags(kind)] or types


def _tags(kind: Any) -> list[str]:
    return [one.tag for one in getattr(kind, "__metadata__", ()) if isinstance(one, Tag)]


def _untagged(kind: Any) -> Any:
    return get_args(kind)[0] if get_origin(kind) is Annotated else kind


def _step(kind: Any, step: str | int) -> Iterator[Any]:
    kind = _untagged(kind)
    if _is_model(kind):
        for name, field in kind.model_fields.items():
            if step in (name, field.alias):
                yield from _alternatives(field.annotation)
    elif get_origin(kind) in (list, tuple, set, frozenset) and isinstance(step, int):
        yield from _each(arg for arg in get_args(kind) if arg is not Ellipsis)
    elif get_origin(kind) is not None and isinstance(step, str) and len(get_args(kind)) == 2:
        yield from _alternatives(get_args(kind)[1])


def _alternatives(kind: Any) -> Iterator[Any]:
    if hasattr(kind, "__value__"):  # a `type X = …` alias, where Python has them
        yield from _alternatives(kind.__value__)
    elif get_origin(kind) is Annotated:
        if _tags(kind):
            yield kind
        else:
            yield from _alternatives(get_args(kind)[0])
    elif get_origin(kind) in (Union, UnionType):
        yield from _each(get_args(kind))
    else:
        yield kind


def _each(kinds: Iterable[Any]) -> Iterator[Any]:
    for kind in kinds:
        yield from _alternatives(kind)
