"""Control paths, outside the API's URL space: clock, log, faults, switches, reset."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from functools import wraps
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from cchc_gforms.local_google.clock import Clock
from cchc_gforms.local_google.faults import Fault
from cchc_gforms.local_google.pages.origin import same_origin
from cchc_gforms.local_google.quotas import Quotas
from cchc_gforms.local_google.state import State

Handler = Callable[[Request], Awaitable[Response]]


@dataclass(frozen=True, slots=True)
class Entry:
    """An API call as it was answered; status 0 for a dropped connection."""

    method: str
    path: str
    method_id: str
    status: int


class Control:
    """The log, the faults still to come, and the calls of this minute."""

    def __init__(self) -> None:
        self.quotas = Quotas()
        self.log: list[Entry] = []
        self.faults: list[Fault] = []

    def fault(self, method_id: str, path: str) -> Fault | None:
        """The first that strikes; the others count the call too."""
        striking = [one for one in self.faults if one.strikes(method_id, path)]
        if not striking:
            return None
        striking[0].struck += 1
        return striking[0]


def refusing(handler: Handler) -> Handler:
    """400 and what is wrong, for a body that is not as it should be; 403 for what a page of
    another site has a browser send."""

    @wraps(handler)
    async def answer(request: Request) -> Response:
        if request.method != "GET" and not same_origin(request):
            return JSONResponse({"error": "this comes from a page of another site"}, 403)
        try:
            return await handler(request)
        except (ValueError, TypeError, KeyError, AttributeError, OverflowError) as error:
            return JSONResponse({"error": str(error)}, 400)

    return answer


@refusing
async def clock(request: Request) -> Response:
    """`now` (RFC 3339) sets and stops it, `advance_ms` moves and stops it, with `step_ms` it goes
    on by that for every request, `release` lets it go."""
    state: State = request.app.state.google
    if request.method == "POST":
        _set_clock(state.clock, await request.json())
    return JSONResponse({"now": state.clock.now().isoformat()})


def _set_clock(clock: Clock, body: dict[str, Any]) -> None:
    """All that the body says, or, with an error, nothing of it."""
    if unknown := body.keys() - {"now", "advance_ms", "step_ms", "release"}:
        raise ValueError(f"the clock knows no {', '.join(sorted(unknown))}")
    moment = datetime.fromisoformat(body["now"]) if "now" in body else clock.now()
    if moment.tzinfo is None:
        raise ValueError("now must carry its offset from UTC")
    moment = moment.astimezone(UTC) + timedelta(milliseconds=body.get("advance_ms", 0))
    step = body.get("step_ms", 0)
    if not isinstance(step, int) or step < 0:
        raise ValueError("step_ms is a whole number, 0 or more")
    step = timedelta(milliseconds=step)
    if body.keys() & {"now", "advance_ms"}:
        clock.set(moment)
    if "step_ms" in body:
        clock.step(step)
    if body.get("release"):
        clock.release()


@refusing
async def log(request: Request) -> Response:
    control: Control = request.app.state.control
    if request.method == "DELETE":
        control.log.clear()
    return JSONResponse([asdict(entry) for entry in control.log])


@refusing
async def faults(request: Request) -> Response:
    """POST replaces all faults by the list posted; both tell how many there are, and GET how often
    each of them struck."""
    control: Control = request.app.state.control
    if request.method == "POST":
        wanted: list[dict[str, Any]] = await request.json()
        control.faults = [Fault.read(one) for one in wanted]
        return JSONResponse({"faults": len(control.faults)})
    struck = [one.struck for one in control.faults]
    return JSONResponse({"faults": len(struck), "struck": struck})


@refusing
async def switches(request: Request) -> Response:
    """POST sets those it names, true or false; both tell how all of them stand."""
    state: State = request.app.state.google
    if request.method == "POST":
        state.switches.set(await request.json())
    return JSONResponse(state.switches.told())


@refusing
async def reset(request: Request) -> Response:
    """Empties everything; the clock is the machine's again. Switches stay."""
    state: State = request.app.state.google
    state.reset()
    state.clock.release()
    control: Control = request.app.state.control
    control.log.clear()
    control.faults.clear()
    control.quotas.clear()
    return JSONResponse({})


routes = [
    Route("/_control/clock", clock, methods=["GET", "POST"]),
    Route("/_control/log", log, methods=["GET", "DELETE"]),
    Route("/_control/faults", faults, methods=["GET", "POST"]),
    Route("/_control/switches", switches, methods=["GET", "POST"]),
    Route("/_control/reset", reset, methods=["POST"]),
]
