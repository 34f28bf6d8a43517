"""An export from its beginning to its end: heard as events where that is possible, else asked again and again."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import quote

from ._calls import Calls
from ._events import Events
from ._retry import Deadline
from ._wire import Broken, Call, Reply
from .data import State
from .errors import Cancelled, TaskFailed

Progress = Callable[[State], object]

# A server gives a sign of life every 20 s while nothing changes; with less time than that left, asking again and again is exact.
_QUIET, _PING = 45.0, 20.0
_POLL = 2


def path(kind: str, task_id: str, rest: str = "") -> str:
    """Where something of an export is."""
    return f"/api/{kind}/{quote(task_id, safe='')}{rest}"


async def finish(calls: Calls, task_id: str, progress: Progress | None, deadline: Deadline) -> State:
    """Waits until an export is completed."""
    tell = _changes(progress)
    state = await _listen(calls, task_id, tell, deadline) or await _poll(calls, task_id, tell, deadline)
    if state.status == "completed":
        return state
    if state.status == "cancelled":
        raise Cancelled("the export was cancelled", {"task_id": task_id})
    raise TaskFailed(state.error or f"the export is {state.status}", {"task_id": task_id, "code": state.code})


async def _poll(calls: Calls, task_id: str, tell: Progress, deadline: Deadline) -> State:
    """The last state of an export, asked for again and again."""
    while True:
        answer = await calls.ask(Call("GET", path("status", task_id)), deadline)
        state = State.of_text(answer.body)
        tell(state)
        if state.is_over:
            return state
        await calls.wire.sleep(min(answer.retry_after or _POLL, deadline.left()))


async def _listen(calls: Calls, task_id: str, tell: Progress, deadline: Deadline) -> State | None:
    """The last state of an export, heard as events; nothing where they cannot be had to the end."""
    if deadline.left() < _PING:
        return None
    try:
        reply = await calls.wire.open(Call("GET", path("status", task_id, "/events")), min(_QUIET, deadline.left()))
    except Broken:
        return None
    try:
        events = Events()
        while reply.status == 200 and (piece := await _unbroken(reply)):
            for data in events.feed(piece):
                state = State.of_text(data)
                tell(state)
                if state.is_over:
                    return state
            if deadline.left() < _PING:
                break
    finally:
        await reply.close()
    return None


async def _unbroken(reply: Reply) -> bytes:
    try:
        return await reply.piece()
    except Broken:
        return b""


def _changes(progress: Progress | None) -> Progress:
    """Tells what is new alone: streams begin with what was told before."""
    told: list[State] = []

    def tell(state: State) -> None:
        if progress is not None and told != [state]:
            told[:] = [state]
            progress(state)

    return tell
