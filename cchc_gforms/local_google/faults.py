"""Faults that the control path orders: refusals, cut lines, late and half answers."""

from __future__ import annotations

import asyncio
import random
from dataclasses import dataclass, field, fields
from typing import Any

from starlette.responses import Response
from starlette.types import Receive, Scope, Send

_LONGEST = 10_000  # milliseconds


@dataclass(slots=True)
class Fault:
    """The `nth` matching call from now on (0: each; with a `chance`, each time it falls, drawn
    from `seed`) is dropped, answered with `status`, `delay_ms` late, or cut in the `half`.

    `after` lets the call be done first, and loses only its answer; late and half answers are of
    calls that were done. A part of a batch is a call. With a status may come `Retry-After`: so many
    seconds.
    """

    method_id: str = ""
    path_prefix: str = ""
    nth: int = 1
    chance: float = 1.0
    seed: int = 0
    status: int = 0
    drop: bool = False
    half: bool = False
    delay_ms: int = 0
    after: bool = False
    retry_after: int = -1  # -1: not said
    seen: int = field(default=0, init=False)
    struck: int = field(default=0, init=False)
    _random: random.Random = field(default_factory=random.Random, init=False)

    @classmethod
    def read(cls, given: dict[str, Any]) -> Fault:
        """ValueError for what is no fault."""
        types = {one.name: type(one.default) for one in fields(cls) if one.init}
        for name, value in given.items():
            if type(value) is not types.get(name):
                raise ValueError(f"{name} = {value!r} is no part of a fault")
        fault = cls(**given)
        if fault.nth < 0 or (fault.status and (fault.drop or not 400 <= fault.status <= 599)):
            raise ValueError("a fault has nth >= 0, and drop or a status from 400 to 599")
        if not 0 <= fault.delay_ms <= _LONGEST:
            raise ValueError(f"an answer is late by 0 to {_LONGEST} ms")
        if not 0 < fault.chance <= 1 or ("chance" in given and "nth" in given):
            raise ValueError("a fault has a chance above 0 and up to 1, or an nth")
        if fault.half and (fault.drop or fault.status):
            raise ValueError("half an answer is of a call that was done")
        if fault.retry_after < -1 or (fault.retry_after >= 0 and not fault.status):
            raise ValueError("retry_after comes with a status, and is 0 or more seconds")
        fault.nth = 0 if "chance" in given else fault.nth
        fault._random = random.Random(fault.seed)  # noqa: S311
        return fault

    @property
    def loses_the_answer(self) -> bool:
        return self.drop or self.status != 0

    def strikes(self, method_id: str, path: str) -> bool:
        if not (self.loses_the_answer or self.half or self.delay_ms):
            return False
        if self.method_id and self.method_id != method_id:
            return False
        if not path.startswith(self.path_prefix):
            return False
        self.seen += 1
        return self.nth in (0, self.seen) and self._random.random() < self.chance


class Late(Response):
    """An answer that comes so many milliseconds of the machine's clock late."""

    def __init__(self, answer: Response, delay_ms: int) -> None:
        super().__init__(answer.body, answer.status_code)
        self.raw_headers = answer.raw_headers
        self.answer = answer
        self.delay_ms = delay_ms

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await asyncio.sleep(self.delay_ms / 1000)
        await self.answer(scope, receive, send)


class Half(Response):
    """Tells the whole length, sends half of it, and cuts the line."""

    def __init__(self, answer: Response) -> None:
        super().__init__(answer.body, answer.status_code)
        self.raw_headers = answer.raw_headers

    async def __call__(self, _: Scope, receive: Receive, send: Send) -> None:
        start = {"status": self.status_code, "headers": self.raw_headers}
        await send({"type": "http.response.start", **start})
        content = bytes(self.body)[: len(self.body) // 2]
        await send({"type": "http.response.body", "body": content, "more_body": True})
        await cut(receive, gently=True)


class Dropped(Response):
    """Says nothing and cuts the line."""

    async def __call__(self, _: Scope, receive: Receive, __: Send) -> None:
        await cut(receive, gently=False)


async def cut(receive: Receive, *, gently: bool) -> None:
    """ASGI has no word for that: the transport is taken from uvicorn's side of `receive`. Gently,
    what was sent still arrives."""
    cycle: Any = getattr(receive, "__self__")  # noqa: B009 - a Receive need not have one
    if gently:
        cycle.transport.close()
    else:
        cycle.transport.abort()
    while (await receive())["type"] != "http.disconnect":
        pass


def alike(whole: Response, parts: list[Response]) -> Response:
    """The answer to a batch, as late and as whole as the parts of it."""
    delay = sum(part.delay_ms for part in parts if isinstance(part, Late))
    inner = [part.answer if isinstance(part, Late) else part for part in parts]
    if any(isinstance(part, Half) for part in inner):
        whole = Half(whole)
    return Late(whole, delay) if delay else whole
