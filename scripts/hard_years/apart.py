"""A harvest in a process of its own, which can be killed.

The processes are forked from one that has imported what a harvest needs, and has neither threads
nor connections: each is as good as a shell's, and there in milliseconds. For that, nothing of the
campaign may be imported here.
"""

from __future__ import annotations

import contextlib
import io
import multiprocessing
import sys
from collections.abc import Sequence
from multiprocessing.process import BaseProcess

_NEEDED = [
    "cchc_gforms.cli.harvest", "cchc_gforms.harvester.harvest", "cchc_gforms.spec.load",
    "cchc_gforms.store.turn", "holidays.countries", "rich.console", "rich.progress",
]  # fmt: skip


def begin(*arguments: str) -> BaseProcess:
    """`cchc` with these arguments, begun; its exit code is that of the process."""
    if sys.platform == "win32":
        context: multiprocessing.context.BaseContext = multiprocessing.get_context("spawn")
    else:
        context = multiprocessing.get_context("forkserver")
        context.set_forkserver_preload(_NEEDED)
    process: BaseProcess = context.Process(target=_run, args=(arguments,))
    process.start()
    return process


def _run(arguments: Sequence[str]) -> None:
    from cchc_gforms.cli.main import run

    silence = io.StringIO()
    with contextlib.redirect_stdout(silence), contextlib.redirect_stderr(silence):
        code = run(arguments)
    sys.exit(code)
