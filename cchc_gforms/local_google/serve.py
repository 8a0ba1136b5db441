"""Runs the local Google on a loopback port, in the foreground or, for tests, in a thread."""

from __future__ import annotations

import os
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

import uvicorn
from starlette.applications import Starlette

from cchc_gforms.local_google.app import LOOPBACK, TABLES, create_app
from cchc_gforms.local_google.clock import Clock
from cchc_gforms.local_google.one_write import OneWrite
from cchc_gforms.local_google.state import State


@dataclass(frozen=True, slots=True)
class Running:
    """A server that accepts connections at `url`."""

    url: str
    state: State


def serve(
    *,
    host: str,
    port: int,
    data: Path | None,
    seed: int | None,
    announce: Callable[[str], object],
    quotas: bool = False,
    to_others: bool = False,
) -> None:
    """Serves until interrupted; `announce` gets the address once connections are accepted.

    OSError when the port is taken; ValueError for a host that is not this machine alone, unless
    it is said that others may come in (`to_others`): nobody needs a password here.
    """
    if host not in LOOPBACK and not (host and to_others):
        raise ValueError(f"{host} is not a loopback address")
    with closing(_listen(host, port)) as listening, closing(open_state(data, seed)) as state:
        state.switches.quotas = quotas
        # The socket listens already: a connection made now is served as soon as the loop runs.
        announce(_address(listening))
        app = create_app(state, host=host)
        _server(app).run(sockets=[listening])


@contextmanager
def running(state: State, *, strict_answers: bool = True) -> Iterator[Running]:
    """Serves in a thread, on a free port, until the block ends.

    With strict answers RuntimeError then, if a call was answered 500 for a mistake of our own."""
    app = create_app(state, strict_answers=strict_answers)
    server = _server(app)
    with closing(_listen("127.0.0.1", 0)) as listening:
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
        thread.start()
        try:
            yield Running(_address(listening), state)
        finally:
            server.should_exit = True
            thread.join()
    if strict_answers and app.state.router.broken:
        raise RuntimeError("; ".join(app.state.router.broken))


def open_state(data: Path | None, seed: int | None) -> State:
    """State in `data`/local_google.sqlite, or in memory."""
    path = data / "local_google.sqlite" if data else None
    return State(path, TABLES, Clock(), seed)


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # Named as TCP, or asyncio leaves Nagle on and each answer waits 40 ms (facts A, delayed ACK).
    listening = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        if os.name != "nt":  # there it would let two servers have the same port
            listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind((host, port))
        listening.listen(128)
    except OSError:
        listening.close()
        raise
    return listening


def _server(app: Starlette) -> uvicorn.Server:
    config = uvicorn.Config(
        app,
        http=OneWrite,
        access_log=False,
        log_level="warning",
        date_header=False,
        server_header=False,
        lifespan="off",
        timeout_graceful_shutdown=1,
        timeout_keep_alive=240,  # seconds, as Google's front ends: httplib2 fails on a cut line
    )
    return uvicorn.Server(config)


def _address(listening: socket.socket) -> str:
    host, port = listening.getsockname()[:2]
    return f"http://{f'[{host}]' if ':' in host else host}:{port}"
