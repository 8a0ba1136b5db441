"""A progress bar on standard error, when a person is looking."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from contextlib import contextmanager


@contextmanager
def working(title: str, total: int) -> Iterator[Callable[[str], object]]:
    """Yields `step(what)`, to be called before each of the `total` parts."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    console = Console(stderr=True)
    columns = (TextColumn("{task.fields[title]}"), BarColumn(), MofNCompleteColumn())
    with Progress(
        *columns,
        TextColumn("{task.description}"),
        console=console,
        transient=True,
        disable=not console.is_terminal,
    ) as progress:
        task = progress.add_task("", total=total, title=title)
        begun = itertools.count()

        def step(what: str) -> None:
            progress.update(task, completed=next(begun), description=what)

        yield step
