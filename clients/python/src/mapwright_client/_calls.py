"""Calls that are tried again, and errors in place of answers that are none."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ._retry import Deadline, Patience, Tries
from ._wire import Broken, Call, Reply, Wire
from .errors import MapwrightError, ServerFault, Unreachable, of_answer, seconds

NO_DEADLINE = Deadline(None)


@dataclass(frozen=True)
class Answer:
    """A good answer, whole."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def retry_after(self) -> int | None:
        return seconds(self.headers)

    def json(self) -> Any:
        try:
            return json.loads(self.body)
        except ValueError:
            raise ServerFault("the answer is no JSON: is a mapwright server behind this address?", {"status": self.status}) from None


class Calls:
    """Asks a server."""

    def __init__(self, wire: Wire, patience: Patience) -> None:
        self.wire, self.patience = wire, patience

    async def ask(self, call: Call, deadline: Deadline = NO_DEADLINE, wait: float = 0.0) -> Answer:
        """A good answer to a call, which may take ``wait`` seconds longer than others to begin."""
        tries = Tries(self.patience, deadline)
        while True:
            outcome = await self._once(call, deadline, wait)
            if isinstance(outcome, Answer):
                return outcome
            await self.wire.sleep(tries.pause(outcome))

    def silence(self, deadline: Deadline, wait: float = 0.0) -> float:
        """Seconds without a byte after which a connection counts as broken."""
        return min(self.patience.silence + wait, deadline.left())

    async def _once(self, call: Call, deadline: Deadline, wait: float) -> Answer | MapwrightError:
        try:
            reply = await self.wire.open(call, self.silence(deadline, wait))
            try:
                body = await whole(reply)
            finally:
                await reply.close()
        except Broken as fault:
            words = str(fault)
        else:
            good = reply.status < 300
            return Answer(reply.status, reply.headers, body) if good else of_answer(reply.status, reply.headers, body)
        # Made here and not above: what it would carry along as its cause holds the key.
        return Unreachable(f"no whole answer from the server: {words}")


async def whole(reply: Reply) -> bytes:
    """All of a body."""
    pieces = []
    while piece := await reply.piece():
        pieces.append(piece)
    return b"".join(pieces)
