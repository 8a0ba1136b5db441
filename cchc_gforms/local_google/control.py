"""Control paths, outside the API's URL space: clock, log of API calls, faults, reset."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import asdict, dataclass, field, fields
from datetime import datetime, timedelta
from functools import wraps
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from cchc_gforms.local_google.state import State

Handler = Callable[[Request], Awaitable[Response]]


@dataclass(slots=True)
class Fault:
    """The `nth` matching call from now on (0: each) is dropped, or answered with `status`.

    `after` lets the call be done first, and loses only its answer. A part of a batch is a call.
    """

    method_id: str = ""
    path_prefix: str = ""
    nth: int = 1
    status: int = 0
    drop: bool = False
    after: bool = False
    seen: int = field(default=0, init=False)

    @classmethod
    def read(cls, given: dict[str, Any]) -> Fault:
        """ValueError for what is no fault. One with neither drop nor status does nothing."""
        types = {one.name: type(one.default) for one in fields(cls) if one.init}
        for name, value in given.items():
            if type(value) is not types.get(name):
                raise ValueError(f"{name} = {value!r} is no part of a fault")
        fault = cls(**given)
        if fault.nth < 0 or (fault.status and (fault.drop or not 400 <= fault.status <= 599)):
            raise ValueError("a fault has nth >= 0, and drop or a status from 400 to 599")
        return fault

    def strikes(self, method_id: str, path: str) -> bool:
        if not self.drop and not self.status:
            return False
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
        """The first that strikes; the others count the call too."""
        striking = [one for one in self.faults if one.strikes(method_id, path)]
        return striking[0] if striking else None


def refusing(handler: Handler) -> Handler:
    """400 and what is wrong, for a body that is not as it should be."""

    @wraps(handler)
    async def answer(request: Request) -> Response:
        try:
            return await handler(request)
        except (ValueError, TypeError, KeyError, AttributeError, OverflowError) as error:
            return JSONResponse({"error": str(error)}, 400)

    return answer


@refusing
async def clock(request: Request) -> Response:
    """`now` (RFC 3339) sets and stops it, `advance_ms` moves and stops it, `release` lets it go."""
    state: State = request.app.state.google
    if request.method == "POST":
        body = await request.json()
        if unknown := body.keys() - {"now", "advance_ms", "release"}:
            raise ValueError(f"the clock knows no {', '.join(sorted(unknown))}")
        if "now" in body:
            moment = datetime.fromisoformat(body["now"])
            if moment.tzinfo is None:
                raise ValueError("now must carry its offset from UTC")
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


@refusing
async def faults(request: Request) -> Response:
    """POST replaces all faults by the list posted."""
    control: Control = request.app.state.control
    wanted: list[dict[str, Any]] = await request.json()
    control.faults = [Fault.read(one) for one in wanted]
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
