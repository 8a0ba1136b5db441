"""A real HTTP server on loopback that says what a test told it to, and notes what it was asked."""

from __future__ import annotations

import contextlib
import json
import socket
import threading
from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

DATE = "Fri, 03 Jun 2022 16:59:59 GMT"
TOKEN = {"access_token": "phien", "expires_in": 3600, "token_type": "Bearer"}


@dataclass(frozen=True)
class Answer:
    """`status` None hangs up without an answer, `half` after half of one."""

    status: int | None = 200
    body: Any = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)
    half: bool = False


HANG_UP = Answer(None)
HALF = Answer(body={"ok": True}, half=True)


def refusal(status: int, reason: str, message: str = "Từ chối") -> Answer:
    """In Google's envelope."""
    error = {"code": status, "message": message, "errors": [{"reason": reason}], "status": "NO"}
    return Answer(status, {"error": error})


@dataclass
class Answering:
    """`asked` holds method, path and form fields (or the text) of each request, token ones too."""

    url: str
    answers: deque[Answer]
    asked: list[tuple[str, str, Any]] = field(default_factory=list)

    @property
    def calls(self) -> list[tuple[str, str]]:
        """Method and path of each request, but for those of tokens."""
        return [(method, path) for method, path, _ in self.asked if path != "/token"]


@contextlib.contextmanager
def answering(answers: Iterable[Answer], token: Answer | None = None) -> Iterator[Answering]:
    """Gives `answers` in their order, one a request; at `/token` always the same."""

    class Handler(BaseHTTPRequestHandler):
        def answer(self) -> None:
            sent = self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode()
            path = urlsplit(self.path).path
            at_token = path == "/token"
            asked.asked.append((self.command, path, parse_qs(sent) if at_token else sent))
            said = (token or Answer(body=TOKEN)) if at_token else asked.answers.popleft()
            if said.status is None:
                self.connection.shutdown(socket.SHUT_RDWR)
                return
            body = said.body if isinstance(said.body, bytes) else json.dumps(said.body).encode()
            self.send_response_only(said.status)
            headers = {"Date": DATE, "Content-Type": "application/json", **said.headers}
            for name, value in {**headers, "Content-Length": str(len(body))}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body[: len(body) // 2] if said.half else body)

        do_GET = do_POST = answer

        def log_message(self, *_: object) -> None:
            """Nothing on the terminal."""

    server = HTTPServer(("127.0.0.1", 0), Handler)
    asked = Answering(f"http://127.0.0.1:{server.server_port}", deque(answers))
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield asked
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@contextlib.contextmanager
def nobody() -> Iterator[str]:
    """The address of a port that is taken, and where nobody listens."""
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        yield f"http://127.0.0.1:{held.getsockname()[1]}"
