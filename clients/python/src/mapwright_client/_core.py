"""What both clients do: exports from their first call to their last. Written once, for any wire."""

from __future__ import annotations

import os
import re
import secrets
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote

from ._calls import Answer, Calls, whole
from ._files import aside, place, read
from ._follow import Progress, finish, path
from ._retry import Deadline
from ._wire import Broken, Call
from .data import Listed, Row, State, Usage
from .errors import Cancelled, Conflict, Damaged, Gone, MapwrightError, NotFound, ServerFault, TaskFailed, Timeout, Unreachable
from .request import body

# The longest page of a list.
_ROWS = 100
# After these there is nothing to cancel; after those there may be, although no id came.
_OVER = (Cancelled, Damaged, Gone, NotFound, TaskFailed)
_LOST = (Timeout, Unreachable)


@dataclass(frozen=True)
class Rendered:
    """One small file, as ``render_now`` gives it."""

    filename: str
    mime: str
    content: bytes

    def save(self, target: str | os.PathLike[str]) -> Path:
        """Saves it under a name, or under its own in a folder; gives the path."""
        path = place(target, self.filename)
        with aside(path) as into:
            into.write(self.content)
        return path


def _render(request: Mapping[str, Any], key: str | None) -> Call:
    """A new export. Its key makes every repetition of the call the same export, so that it may be tried again."""
    return Call("POST", "/api/render", {"idempotency-key": key or secrets.token_hex(16)}, body(request))


class Core(Calls):
    """Exports, and what there is to choose from."""

    async def rows(self, kind: str) -> list[Row]:
        """All formats, styles or layers."""
        rows: list[Row] = (await self.ask(Call("GET", f"/api/{kind}"))).json()
        return rows

    async def usage(self) -> Usage:
        """Of the key."""
        return Usage.of((await self.ask(Call("GET", "/api/usage"))).json())

    async def tasks(self, limit: int | None) -> AsyncIterator[Listed]:
        """Exports of the key, newest first, at most so many."""
        left, after = limit, ""
        while left is None or left > 0:
            rows, next_page = Listed.page((await self.ask(Call("GET", f"/api/tasks?limit={min(left or _ROWS, _ROWS)}{after}"))).json())
            for row in rows:
                yield row
            if next_page is None:
                return
            left = None if left is None else left - len(rows)
            after = f"&before={quote(next_page)}"

    async def submit(self, request: Mapping[str, Any], key: str | None, deadline: Deadline) -> str:
        """Has an export begun; gives its id."""
        return _id(await self.ask(_render(request, key), deadline))

    async def state(self, task_id: str) -> State:
        """How far an export is."""
        return State.of_text((await self.ask(Call("GET", path("status", task_id)))).body)

    async def completed(self, task_id: str) -> State:
        """The state of an export that has files."""
        state = await self.state(task_id)
        if state.status != "completed":
            raise Conflict(f"the export is {state.status}", {"code": "not_ready", "task_id": task_id})
        return state

    async def cancel(self, task_id: str) -> State:
        """Ends an export; one that was cancelled before, by a try whose answer was lost, is cancelled, too."""
        try:
            return State.of_text((await self.ask(Call("DELETE", path("render", task_id)))).body)
        except Conflict:
            state = await self.state(task_id)
            if state.status != "cancelled":
                raise
            return state

    async def export(self, request: Mapping[str, Any], key: str | None, progress: Progress | None, deadline: Deadline) -> State:
        """A whole export."""
        call = _render(request, key)
        async with self._cancelled_unless_over(call, key) as begun:
            begun.append(_id(await self.ask(call, deadline)))
            return await finish(self, begun[0], progress, deadline)

    async def now(self, request: Mapping[str, Any], key: str | None, wait: int, deadline: Deadline) -> Rendered:
        """One file by one call, or by several where it takes longer than ``wait`` seconds."""
        call = _render(request, key)
        waiting = replace(call, headers={**call.headers, "prefer": f"wait={wait}"})
        async with self._cancelled_unless_over(call, key) as begun:
            answer = await self.ask(waiting, deadline, wait)
            if answer.status == 200:
                return _rendered(answer)
            begun.append(_id(answer))
            file = (await finish(self, begun[0], None, deadline)).files[0]
            return Rendered(file.filename, file.mime, await read(self, begun[0], file))

    @asynccontextmanager
    async def _cancelled_unless_over(self, call: Call, key: str | None) -> AsyncIterator[list[str]]:
        """Whoever stops waiting has the export cancelled: nobody else knows its id. It goes on where it has a key of the caller's
        own, by which the same call finds it again. What was refused, or is over, is left alone."""
        begun: list[str] = []
        try:
            yield begun
        except BaseException as fault:
            refused = isinstance(fault, MapwrightError) and not begun and not isinstance(fault, _LOST)
            if key is None and not refused and not isinstance(fault, _OVER):
                await self._drop(call)
            raise

    async def _drop(self, call: Call) -> None:
        """Cancels the export that a call began, if that is possible with one try. Where its answer was not waited for, the same
        call tells the id."""
        try:
            reply = await self.wire.open(call, self.patience.silence)
            try:
                begun = Answer(reply.status, reply.headers, await whole(reply))
            finally:
                await reply.close()
            if begun.status == 202:
                await (await self.wire.open(Call("DELETE", path("render", _id(begun))), self.patience.silence)).close()
        except (Broken, RuntimeError, ServerFault):
            # Not even that, where the client was closed meanwhile; what ended the wait says more.
            pass


def _id(answer: Answer) -> str:
    try:
        return str(answer.json()["task_id"])
    except (KeyError, TypeError):
        raise ServerFault("the server took the export on without saying its id") from None


def _rendered(answer: Answer) -> Rendered:
    etag = answer.headers.get("etag", "").strip('"')
    if re.fullmatch("[0-9a-f]{64}", etag) and sha256(answer.body).hexdigest() != etag:
        raise Damaged("the file has other bytes than the server made")
    # The name in its whole alphabet (RFC 8187).
    name = re.search("filename\\*=UTF-8''([^;]+)", answer.headers.get("content-disposition", ""))
    return Rendered(unquote(name[1]) if name else "map", answer.headers.get("content-type", ""), answer.body)
