"""The client for asyncio."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterable
from typing import TYPE_CHECKING

import httpx

from ._core import Core, Rendered
from ._follow import Progress
from ._retry import Deadline
from ._shared import DEADLINE, BatchResult, checked, limits, server
from ._wire import Looping
from .async_task import AsyncExport, AsyncTask, export
from .data import Listed, Row, Usage
from .errors import MapwrightError

if TYPE_CHECKING:
    from typing_extensions import Unpack

    from .request import Fields, Request


class AsyncClient:
    """A mapwright server, asked from a loop of asyncio.

    Args:
        base_url: ``http://127.0.0.1:8080``; a path before ``/api`` belongs to it.
        api_key: ``ocd_…``; where it is missing, the environment variable ``MAPWRIGHT_API_KEY``.
        timeout: seconds without a byte after which a connection counts as broken.
        tries: how often a call is tried: when the connection breaks, and after 429, 502, 503 and 504.
        patience: seconds after which no other try of a call begins; the server's ``Retry-After`` counts, too.
        http_client: an ``httpx.AsyncClient`` of your own, for proxies or certificates; it is left open.

    All calls raise a ``MapwrightError``: ``Unauthorized`` for the key, ``RateLimited`` and ``SourceFailed`` after all tries,
    ``Unreachable`` without a connection, ``ServerFault`` for faults of the server.
    """

    def __init__(
        self,
        base_url: str,
        api_key: str | None = None,
        *,
        timeout: float = 30.0,
        tries: int = 5,
        patience: float = 120.0,
        http_client: httpx.AsyncClient | None = None,
    ) -> None:
        at, how = server(base_url, api_key), limits(timeout, tries, patience)
        self.base_url = at.base
        self._http, self._shut = http_client or httpx.AsyncClient(), http_client is None
        self._core = Core(Looping(self._http, at), how)

    async def export(
        self,
        *,
        progress: Progress | None = None,
        deadline: float | None = DEADLINE,
        idempotency_key: str | None = None,
        **request: Unpack[Request],
    ) -> AsyncExport:
        """Makes files of an area and waits for them; they are downloaded when they are saved.

        Args:
            progress: called with each new ``State``. What it raises ends the export.
            deadline: seconds for all of it, an hour where it is missing; with ``None`` it may take for ever.
            idempotency_key: a word of your own by which a repeated call is the same export for a day; else one is made.
            request: ``formats``, and ``bbox``, ``area`` or ``place``; ``map_style``, ``detail_level``, ``config`` (see ``Request``).

        Raises:
            InvalidRequest: ``field`` names what is wrong.
            LimitReached: the key's tier does not allow it.
            TaskFailed: it could not be made; ``code`` and ``detail`` say why.
            Timeout: the deadline passed.
        Whatever ends the wait before its time cancels the export on the server. With an ``idempotency_key`` of your own it goes
        on there, and the same call finds it again.
        """
        return export(self._core, await self._core.export(request, idempotency_key, progress, Deadline(deadline)))

    async def submit(self, *, idempotency_key: str | None = None, **request: Unpack[Request]) -> AsyncTask:
        """Has an export begun and does not wait for it. Arguments and errors are those of ``export``."""
        return AsyncTask(self._core, await self._core.submit(request, idempotency_key, Deadline(None)))

    def task(self, task_id: str) -> AsyncTask:
        """An export that was begun before, by its id. Nothing is asked yet."""
        return AsyncTask(self._core, task_id)

    async def render_now(
        self,
        format: str,
        *,
        wait: int = 60,
        deadline: float | None = DEADLINE,
        idempotency_key: str | None = None,
        **fields: Unpack[Fields],
    ) -> Rendered:
        """One small file by one call, in memory: for previews. After ``wait`` seconds (at most 120) it waits as ``export`` does.

        Arguments and errors are those of ``export``; a file given at once comes without its notes.
        """
        request = {"formats": [format], **fields}
        return await self._core.now(request, idempotency_key, wait, Deadline(deadline))

    async def batch(
        self, requests: Iterable[Request], *, parallel: int = 4, deadline: float | None = DEADLINE
    ) -> AsyncIterator[BatchResult[AsyncExport]]:
        """Makes many exports, ``parallel`` at a time, and yields each as it ends; one that fails stops no other.

        Args:
            requests: dicts of what ``export`` takes.
            parallel: how many are asked for at once.
            deadline: seconds for each of them.

        Who leaves before the end has the others cancelled: at once with ``contextlib.aclosing``, else when the loop finds out.
        """
        turn = asyncio.Semaphore(parallel)

        async def one(index: int, request: Request) -> BatchResult[AsyncExport]:
            async with turn:
                try:
                    return BatchResult(index, request, export=await self.export(deadline=deadline, **request))
                except MapwrightError as error:
                    return BatchResult(index, request, error=error)

        running = [asyncio.create_task(one(*row)) for row in enumerate(checked(requests))]
        try:
            for ended in asyncio.as_completed(running):
                yield await ended
        finally:
            for task in running:
                task.cancel()
            await asyncio.gather(*running, return_exceptions=True)

    async def formats(self) -> list[Row]:
        """All formats with their options and tier."""
        return await self._core.rows("formats")

    async def styles(self) -> list[Row]:
        """All styles."""
        return await self._core.rows("styles")

    async def layers(self) -> list[Row]:
        """All layers with their fields and classes."""
        return await self._core.rows("layers")

    def tasks(self, limit: int | None = None) -> AsyncIterator[Listed]:
        """The key's exports, newest first, at most ``limit`` of them; asked for page by page while they are taken."""
        return self._core.tasks(limit)

    async def usage(self) -> Usage:
        """What the key has used of its day."""
        return await self._core.usage()

    async def close(self) -> None:
        """Closes its connections; ``async with`` does so, too."""
        if self._shut:
            await self._http.aclose()

    async def __aenter__(self) -> AsyncClient:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()

    def __repr__(self) -> str:
        return f"<AsyncClient {self.base_url}>"
