"""Calls over HTTP, blocking or in an event loop. What is asked and what answers mean is decided above."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Coroutine, Generator, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol, TypeVar

import httpx

from ._version import __version__

T = TypeVar("T")
_AGENT = f"mapwright-client/{__version__}"


@dataclass(frozen=True)
class Call:
    """One call, without the key."""

    method: str
    path: str
    headers: Mapping[str, str] = field(default_factory=dict)
    json: Any = None


class Broken(Exception):
    """No connection, or none any more."""


class Reply(Protocol):
    """An answer whose body is still to come."""

    @property
    def status(self) -> int: ...
    @property
    def headers(self) -> Mapping[str, str]: ...
    async def piece(self) -> bytes:
        """The next bytes of the body; empty at its end."""
    async def close(self) -> None: ...


class Wire(Protocol):
    """A way to a server."""

    async def open(self, call: Call, silence: float) -> Reply:
        """Sends a call. It is broken after so many seconds without a byte."""
    async def sleep(self, seconds: float) -> None: ...


class Server(httpx.Auth):
    """Where calls go, and the key that goes with them. The key is shown nowhere."""

    def __init__(self, base_url: str, api_key: str | None) -> None:
        url = httpx.URL(base_url)
        if url.scheme not in ("http", "https") or not url.host or url.userinfo or url.query or url.fragment:
            raise ValueError("base_url: expected http://host or https://host, without user, password, query and fragment")
        key = (api_key or "").strip()
        # A header that HTTP cannot carry would be shown in the error that says so.
        if not all("!" <= letter <= "~" for letter in key):
            raise ValueError("api_key: it has characters that no key has; it should be ocd_ and letters and digits")
        self.base = str(url).rstrip("/")
        self._key = key

    def request(self, call: Call, silence: float) -> dict[str, Any]:
        """Arguments of ``httpx.Client.build_request``."""
        headers = {"user-agent": _AGENT, **call.headers}
        return {"method": call.method, "url": self.base + call.path, "headers": headers, "json": call.json, "timeout": silence}

    def auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, None]:
        if self._key:
            request.headers["x-api-key"] = self._key
        yield request


def _broken(fault: httpx.RequestError) -> Broken:
    kind = type(fault).__name__
    return Broken(f"{kind}: {fault}" if str(fault) else kind)


class _Blocking:
    def __init__(self, response: httpx.Response) -> None:
        self.status, self.headers, self._response = response.status_code, response.headers, response
        self._pieces = response.iter_bytes()

    async def piece(self) -> bytes:
        try:
            return next(self._pieces, b"")
        except httpx.RequestError as fault:
            raise _broken(fault) from None

    async def close(self) -> None:
        self._response.close()


class Blocking:
    """Does every step at once, on the calling thread. Pauses are those of ``time.sleep`` where no other way to wait is given."""

    def __init__(self, http: httpx.Client, server: Server, pause: Callable[[float], object] | None = None) -> None:
        self._http, self._server, self._pause = http, server, pause

    async def open(self, call: Call, silence: float) -> Reply:
        request = self._http.build_request(**self._server.request(call, silence))
        try:
            return _Blocking(self._http.send(request, auth=self._server, stream=True, follow_redirects=False))
        except httpx.RequestError as fault:
            raise _broken(fault) from None

    async def sleep(self, seconds: float) -> None:
        (self._pause or time.sleep)(seconds)


class _Looping:
    def __init__(self, response: httpx.Response) -> None:
        self.status, self.headers, self._response = response.status_code, response.headers, response
        self._pieces = response.aiter_bytes()

    async def piece(self) -> bytes:
        try:
            return await anext(self._pieces, b"")
        except httpx.RequestError as fault:
            raise _broken(fault) from None

    async def close(self) -> None:
        await self._response.aclose()


class Looping:
    """Waits in the loop of asyncio."""

    def __init__(self, http: httpx.AsyncClient, server: Server) -> None:
        self._http, self._server = http, server

    async def open(self, call: Call, silence: float) -> Reply:
        request = self._http.build_request(**self._server.request(call, silence))
        try:
            return _Looping(await self._http.send(request, auth=self._server, stream=True, follow_redirects=False))
        except httpx.RequestError as fault:
            raise _broken(fault) from None

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(seconds)


def at_once(work: Coroutine[Any, Any, T]) -> T:
    """Runs what waits for nothing but a ``Blocking`` wire, without a loop: so both clients share one core."""
    try:
        work.send(None)
    except StopIteration as end:
        result: T = end.value
        return result
    work.close()
    raise RuntimeError("waited for a loop where there is none")


def each_at_once(rows: AsyncIterator[T]) -> Iterator[T]:
    """What comes one after the other, by the same means."""

    async def step() -> T | None:
        return await anext(rows, None)

    while (row := at_once(step())) is not None:
        yield row
