"""The blocking client."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import suppress
from typing import TYPE_CHECKING

import httpx

from ._core import Core, Rendered
from ._follow import Progress
from ._retry import Deadline
from ._shared import DEADLINE, BatchResult, checked, limits, server
from ._wire import Blocking, at_once, each_at_once
from .data import Listed, Row, State, Usage
from .errors import MapwrightError
from .task import Export, Task, export

if TYPE_CHECKING:
    from typing_extensions import Unpack

    from .request import Fields, Request


class _Left(Exception):
    """Ends exports of a batch whose results nobody takes any more."""


class Client:
    """A mapwright server, asked from the calling thread. Several threads may share a client.

    Args:
        base_url: ``http://127.0.0.1:8080``; a path before ``/api`` belongs to it.
        api_key: ``ocd_…``; where it is missing, the environment variable ``MAPWRIGHT_API_KEY``.
        timeout: seconds without a byte after which a connection counts as broken.
        tries: how often a call is tried: when the connection breaks, and after 429, 502, 503 and 504.
        patience: seconds after which no other try of a call begins; the server's ``Retry-After`` counts, too.
        http_client: an ``httpx.Client`` of your own, for proxies or certificates; it is left open.

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
        http_client: httpx.Client | None = None,
    ) -> None:
        self._at, self._how = server(base_url, api_key), limits(timeout, tries, patience)
        self.base_url = self._at.base
        self._http, self._shut = http_client or httpx.Client(), http_client is None
        self._core = Core(Blocking(self._http, self._at), self._how)

    def export(
        self,
        *,
        progress: Progress | None = None,
        deadline: float | None = DEADLINE,
        idempotency_key: str | None = None,
        **request: Unpack[Request],
    ) -> Export:
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
        return export(self._core, at_once(self._core.export(request, idempotency_key, progress, Deadline(deadline))))

    def submit(self, *, idempotency_key: str | None = None, **request: Unpack[Request]) -> Task:
        """Has an export begun and does not wait for it. Arguments and errors are those of ``export``."""
        return Task(self._core, at_once(self._core.submit(request, idempotency_key, Deadline(None))))

    def task(self, task_id: str) -> Task:
        """An export that was begun before, by its id. Nothing is asked yet."""
        return Task(self._core, task_id)

    def render_now(
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
        return at_once(self._core.now(request, idempotency_key, wait, Deadline(deadline)))

    def batch(
        self, requests: Iterable[Request], *, parallel: int = 4, deadline: float | None = DEADLINE
    ) -> Iterator[BatchResult[Export]]:
        """Makes many exports, ``parallel`` at a time, and yields each as it ends; one that fails stops no other.

        Args:
            requests: dicts of what ``export`` takes.
            parallel: how many are asked for at once.
            deadline: seconds for each of them.

        Who leaves before the end has the others cancelled.
        """
        left = threading.Event()
        running: dict[int, str] = {}

        def pause(seconds: float) -> None:
            if left.wait(seconds):
                raise _Left

        def one(index: int, request: Request) -> BatchResult[Export]:
            def tell(state: State) -> None:
                running[index] = state.task_id
                pause(0.0)

            try:
                state = at_once(core.export(request, None, tell, Deadline(deadline)))
                return BatchResult(index, request, export=export(self._core, state))
            except MapwrightError as error:
                return BatchResult(index, request, error=error)
            finally:
                running.pop(index, None)

        core = Core(Blocking(self._http, self._at, pause), self._how)
        pool = ThreadPoolExecutor(parallel, "mapwright")
        try:
            for ended in as_completed([pool.submit(one, *row) for row in enumerate(checked(requests))]):
                yield ended.result()
        finally:
            left.set()
            # Threads that listen hear of it from the server.
            for task_id in list(running.values()):
                with suppress(MapwrightError):
                    self.task(task_id).cancel()
            pool.shutdown(cancel_futures=True)

    def formats(self) -> list[Row]:
        """All formats with their options and tier."""
        return at_once(self._core.rows("formats"))

    def styles(self) -> list[Row]:
        """All styles."""
        return at_once(self._core.rows("styles"))

    def layers(self) -> list[Row]:
        """All layers with their fields and classes."""
        return at_once(self._core.rows("layers"))

    def tasks(self, limit: int | None = None) -> Iterator[Listed]:
        """The key's exports, newest first, at most ``limit`` of them; asked for page by page while they are taken."""
        return each_at_once(self._core.tasks(limit))

    def usage(self) -> Usage:
        """What the key has used of its day."""
        return at_once(self._core.usage())

    def close(self) -> None:
        """Closes its connections; ``with`` does so, too."""
        if self._shut:
            self._http.close()

    def __enter__(self) -> Client:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"<Client {self.base_url}>"
