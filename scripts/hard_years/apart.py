"""A harvest in a process of its own, which can be killed.

The processes are forked from one that has imported what a harvest needs, and has neither threads
nor connections: each is as good as a shell's, and there in milliseconds. For that, nothing of the
campaign may be imported here.
"""

from __future__ import annotations

import contextlib
import io
import multiprocessing
import os
import signal
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from multiprocessing.process import BaseProcess
from multiprocessing.synchronize import Event

_NEEDED = [
    "cchc_gforms.cli.harvest", "cchc_gforms.harvester.harvest", "cchc_gforms.spec.load",
    "cchc_gforms.store.turn", "holidays.countries", "psycopg", "rich.console", "rich.progress",
]  # fmt: skip
_LONGEST = 60  # seconds that a process may take to begin


@dataclass(frozen=True, slots=True)
class Apart:
    """A command under way. `begun` is set when it begins to run, past the imports."""

    process: BaseProcess
    begun: Event

    @property
    def is_running(self) -> bool:
        return self.process.is_alive()

    def has_begun(self) -> None:
        """Waits for that."""
        if not self.begun.wait(_LONGEST):
            raise RuntimeError("a process did not begin")

    def stop(self) -> None:
        """SIGSTOP: it keeps what it holds, and does nothing. Windows has no such thing."""
        if sys.platform != "win32" and self.process.pid:
            os.kill(self.process.pid, signal.SIGSTOP)

    def go_on(self) -> None:
        """After a stop."""
        if sys.platform != "win32" and self.process.pid:
            os.kill(self.process.pid, signal.SIGCONT)

    def kill(self) -> bool:
        """SIGKILL; False when it had ended by itself before."""
        self.process.kill()
        return self.left() < 0

    def left(self) -> int:
        """Waits for the end: the exit code; below 0 when it was killed."""
        self.process.join()
        code = self.process.exitcode
        assert code is not None
        return code


def begin(*arguments: str) -> Apart:
    """`cchc` with these arguments, begun."""
    if sys.platform == "win32":
        context: multiprocessing.context.BaseContext = multiprocessing.get_context("spawn")
    else:
        context = multiprocessing.get_context("forkserver")
        context.set_forkserver_preload(_NEEDED)
    begun = context.Event()
    process: BaseProcess = context.Process(target=_run, args=(arguments, begun))
    process.start()
    return Apart(process, begun)


def _run(arguments: Sequence[str], begun: Event) -> None:
    from cchc_gforms.cli.main import run

    silence = io.StringIO()
    begun.set()
    with contextlib.redirect_stdout(silence), contextlib.redirect_stderr(silence):
        code = run(arguments)
    sys.exit(code)
