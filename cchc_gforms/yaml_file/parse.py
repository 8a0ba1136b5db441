"""A file to a pydantic model, or to as much of it as is right.

A mistake must not hide the others of its file, nor make what refers to it look wrong. So a
misspelt key is read as the one that was meant, and for what is wrong something stands in that is
right and says nothing; `YamlFile.lost` tells where.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Final, NamedTuple, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails
from ruamel.yaml.nodes import Node

from cchc_gforms.errors import Problem, Where
from cchc_gforms.yaml_file.check import NAME, misspelt, wrong
from cchc_gforms.yaml_file.edit import Written, removed, renamed, replaced
from cchc_gforms.yaml_file.nodes import Loc, path_of
from cchc_gforms.yaml_file.read import YamlFile

Model = TypeVar("Model", bound=BaseModel)

UNKNOWN_KEY: Final = "<unknown key>"
"""In the place of a `StandIn`: any key that its group does not know."""

_ROUNDS = 20  # what stands in may be wrong itself; then something greater does


class StandIn(NamedTuple):
    """What to put for a wrong value at a place (None: any key or index), or anything below it.

    What makes it gets the value as written and where it is; with None it is simply left out.
    `neutral`: what is wrong with the group around it, with this in it, was wrong before.
    """

    at: tuple[str | int | None, ...]
    put: Written | Callable[[object, Where], Written] | None = None
    neutral: bool = False


def parse(file: YamlFile, model: type[Model]) -> tuple[Model | None, list[Problem]]:
    """The model of a file's data, or None with every mistake in it.

    A validator of the model says what is wrong by `ValueError(message)`, or with a code and a
    fix of its own by `PydanticCustomError("SPEC-CODE", message, {"fix": …})`.
    """
    _, parsed, problems = parse_partly(file, model, ())
    return (None if problems else parsed), problems


def parse_partly(
    file: YamlFile, model: type[Model], stand_ins: Sequence[StandIn]
) -> tuple[YamlFile, Model | None, list[Problem]]:
    """The file and its model, with something else for what is wrong, and every mistake in it.

    None where nothing is left to be read. Of several stand-ins the one for the deepest place is
    taken.
    """
    file, meant, problems = _as_meant(file, model)
    taken: dict[Loc, StandIn] = {}
    for round in range(_ROUNDS):
        try:
            return file, model.model_validate(file.data), problems
        except ValidationError as error:
            details = error.errors(include_url=False)
            paths = [_path(file, detail) for detail in details] if round else []
            consequences = [path for path in paths if _follows(path, taken)]
            problems += wrong(file, model, error, [*meant, *consequences])
            mended = _mended(file, details, stand_ins, taken)
            if mended is None:
                break
            file = mended
    return file, None, problems


def _follows(path: Loc, taken: Mapping[Loc, StandIn]) -> bool:
    """Whether what is wrong there comes of what stands in, and says nothing of the file."""
    inside = [one for loc, one in taken.items() if loc[: len(path)] == path]
    return path in taken or not inside or not all(one.neutral for one in inside)


def _as_meant(file: YamlFile, model: type[Model]) -> tuple[YamlFile, list[Loc], list[Problem]]:
    """The file with every misspelt key as it was meant, and those keys."""
    problems: list[Problem] = []
    meant: list[Loc] = []
    for _ in range(_ROUNDS):
        try:
            model.model_validate(file.data)
            break
        except ValidationError as error:
            found = misspelt(file, model, error)
        if not found:
            break
        root = file.root
        assert root is not None, "a key is of a document"
        for path, key, problem in found:
            if (new := (*path[:-1], key)) not in meant:
                root = renamed(root, path, key)
                meant.append(new)
                problems.append(problem)
        file = file.changed(root)
    return file, meant, problems


def _mended(
    file: YamlFile,
    details: Sequence[ErrorDetails],
    stand_ins: Sequence[StandIn],
    taken: dict[Loc, StandIn],
) -> YamlFile | None:
    """The file with something else for all that is wrong, which is added to what is taken; None
    when there is nothing to put."""
    fitting: dict[Loc, StandIn] = {}
    for detail in details:
        path = _path(file, detail)
        found = next(_for(path, detail, file, stand_ins), None)
        if found is None:
            return None
        fitting[path[: len(found.at)]] = found
    root, lost = file.root, {}
    assert root is not None, "there is something to put in its place"
    for path in sorted(fitting, key=_last_first, reverse=True):
        if not any(path[:n] in fitting for n in range(len(path))):
            root = _put(root, path, fitting[path], file)
            lost[path] = file.value(path)
            taken[path] = fitting[path]
    return file.changed(root, lost)


def _path(file: YamlFile, detail: ErrorDetails) -> Loc:
    """Where in the file it is; for a missing key, where it would be."""
    loc = detail["loc"]
    if detail["type"] == "missing":
        return (*path_of(file.root, loc[:-1]), loc[-1])
    return path_of(file.root, loc)


def _for(
    path: Loc, detail: ErrorDetails, file: YamlFile, stand_ins: Sequence[StandIn]
) -> Iterator[StandIn]:
    """The stand-ins for a place, the deepest first; none that stands there already."""
    if detail["loc"][-1:] == (NAME,) and stand_ins:
        yield StandIn(path)
    steps = (*path[:-1], UNKNOWN_KEY) if detail["type"] == "extra_forbidden" else path
    for one in sorted(stand_ins, key=lambda one: len(one.at), reverse=True):
        here = path[: len(one.at)]
        fits = len(here) == len(one.at) and all(
            wanted in (None, step) for wanted, step in zip(one.at, steps, strict=False)
        )
        if fits and here not in file.lost:
            yield one


def _put(root: Node, path: Loc, stand_in: StandIn, file: YamlFile) -> Node:
    put = stand_in.put
    if put is None:
        return removed(root, path)
    return replaced(root, path, put(file.value(path), file.where(path)) if callable(put) else put)


def _last_first(path: Loc) -> list[tuple[int, str]]:
    """So that taking an entry out of a list moves none that is still to be taken out."""
    return [(step, "") if isinstance(step, int) else (-1, step) for step in path]
