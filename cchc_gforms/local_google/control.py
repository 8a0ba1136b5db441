"""Control paths, outside the API's URL space: clock, log of API calls, faults, reset."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from cchc_gforms.local_google.state import State


@dataclass(slots=True)
class Fault:
    """The `nth` matching call from now on (0: each) is dropped, or answered with `status`.

    `after` lets the call be done first, and loses only its answer.
    """

    method_id: str = ""
    path_prefix: str = ""
    nth: int = 1
    status: int = 0
    drop: bool = False
    after: bool = False
    seen: int = 0

    def strikes(self, method_id: str, path: str) -> bool:
        if self.method_id and self.method_id != method_id:
            return False
        if not path.startswith(self.path_prefix):
            return False
        self.seen += 1
        return self.nth in (0, self.seen)


@dataclass(frozen=True, slots=True)
class Entry:
    """An API call as it was answered; status 0 for a dropped connection."""

    method: str
    path: str
    method_id: str
    status: int


class Control:
    """The log and the faults still to come."""

    def __init__(self) -> None:
        self.log: list[Entry] = []
        self.faults: list[Fault] = []

    def fault(self, method_id: str, path: str) -> Fault | None:
        return next((one for one in self.faults if one.strikes(method_id, path)), None)


async def clock(request: Request) -> Response:
    state: State = request.app.state.google
    if request.method == "POST":
        body = await request.json()
        if "now" in body:
            moment = datetime.fromisoformat(body["now"])
            if moment.tzinfo is None:
                return JSONResponse({"error": "now must carry its offset from UTC"}, 400)
            state.clock.set(moment)
        if "advance_ms" in body:
            state.clock.advance(timedelta(milliseconds=body["advance_ms"]))
        if body.get("release"):
            state.clock.release()
    return JSONResponse({"now": state.clock.now().isoformat()})


async def log(request: Request) -> Response:
    control: Control = request.app.state.control
    if request.method == "DELETE":
        control.log.clear()
    return JSONResponse([asdict(entry) for entry in control.log])


async def faults(request: Request) -> Response:
    """POST replaces all faults by the list posted."""
    control: Control = request.app.state.control
    wanted: list[dict[str, Any]] = await request.json()
    try:
        control.faults = [Fault(**one) for one in wanted]
    except TypeError as error:
        return JSONResponse({"error": str(error)}, 400)
    return JSONResponse({"faults": len(control.faults)})


async def reset(request: Request) -> Response:
    """Empties everything; the clock is the machine's again."""
    state: State = request.app.state.google
    state.reset()
    state.clock.release()
    control: Control = request.app.state.control
    control.log.clear()
    control.faults.clear()
    return JSONResponse({})


routes = [
    Route("/_control/clock", clock, methods=["GET", "POST"]),
    Route("/_control/log", log, methods=["GET", "DELETE"]),
    Route("/_control/faults", faults, methods=["POST"]),
    Route("/_control/reset", reset, methods=["POST"]),
]
