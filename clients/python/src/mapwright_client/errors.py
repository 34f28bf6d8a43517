"""What can go wrong, as one family of exceptions. A server says it as ``application/problem+json`` (RFC 9457)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any


class MapwrightError(Exception):
    """A failure with a sentence for a person and a stable word for programs; the base of all others.

    Attributes:
        detail: what is wrong, in a sentence; also ``str(error)``.
        code: a stable word: ``bad_request``, ``too_large``, ``overpass_busy`` …
        status: HTTP status, 0 where no answer of a server is behind it.
        title: name of the status.
        field: the field of the request at fault, such as ``options.geojson.digits``.
        task_id: the export it is about, where one was made.
        retry_after: whole seconds after which another try makes sense, where that is known.
    """

    code = "failed"

    def __init__(self, detail: str, problem: Mapping[str, Any] | None = None, *, retry_after: int | None = None) -> None:
        super().__init__(detail)
        self.detail = detail
        self._problem = dict(problem or {})
        self.code = str(self._problem.get("code") or type(self).code)
        self.status = int(self._problem.get("status") or 0)
        self.title = str(self._problem.get("title") or "")
        self.field: str | None = self._problem.get("field")
        self.task_id: str | None = self._problem.get("task_id")
        self.retry_after = retry_after


class InvalidRequest(MapwrightError):
    """The request is wrong or asks too much (400, 413, 415 and their like); ``field`` names what."""

    code = "bad_request"


class Unauthorized(MapwrightError):
    """The key is missing, not valid, revoked (401), or not enough (403)."""

    code = "key"


class LimitReached(MapwrightError):
    """The tier of the key does not allow it (402): area, format, or exports of the day."""

    code = "tier"

    @property
    def limit(self) -> Any:
        """What the tier allows: km², exports a day, or a tier's name where a format is dearer."""
        return self._problem.get("limit")

    @property
    def used(self) -> Any:
        """What was asked for or is used up: km², exports, or a format."""
        return self._problem.get("used")

    @property
    def tier(self) -> str | None:
        """The tier that would do."""
        return self._problem.get("tier")


class NotFound(MapwrightError):
    """There is no such thing, or it is somebody else's (404)."""

    code = "not_found"


class Conflict(MapwrightError):
    """Too early or too late: an export that is not finished, or over (409); an idempotency key of another request (422)."""

    code = "conflict"


class Gone(MapwrightError):
    """The result was kept for a while and is no more (410): export it again."""

    code = "expired"


class RateLimited(MapwrightError):
    """Too many calls in a short time, or the queue is full (429), also after all tries; see ``retry_after``."""

    code = "too_many"


class ServerFault(MapwrightError):
    """A fault of the server (500), or an answer that no server of this kind gives."""

    code = "internal"

    @property
    def trace(self) -> str | None:
        """What the server's operator finds it under."""
        return self._problem.get("trace")


class SourceFailed(MapwrightError):
    """The server or where it gets its data is overloaded or failing (502, 503, 504), also after all tries."""

    code = "source"


class Unreachable(MapwrightError):
    """No connection, or no whole answer, also after all tries."""

    code = "unreachable"


class Damaged(MapwrightError):
    """The bytes of a file are not those the server made, also after a second download."""

    code = "damaged"


class TaskFailed(MapwrightError):
    """The export failed; ``code`` and ``detail`` say why."""


class Cancelled(MapwrightError):
    """The export was cancelled."""

    code = "cancelled"


class Timeout(MapwrightError):
    """The caller's own deadline passed. ``Client.export`` has cancelled the export it began then, ``Task.wait`` has not."""

    code = "timeout"


_BY_STATUS: dict[int, type[MapwrightError]] = {
    401: Unauthorized, 402: LimitReached, 403: Unauthorized, 404: NotFound, 409: Conflict, 410: Gone, 422: TaskFailed,
    429: RateLimited, 502: SourceFailed, 503: SourceFailed, 504: SourceFailed,
}


def of_answer(status: int, headers: Mapping[str, str], body: bytes) -> MapwrightError:
    """The error that an answer stands for. Also makes sense of pages that proxies put in place of problems."""
    problem = _members(body)
    try:
        title = HTTPStatus(status).phrase
    except ValueError:
        title = "unknown status"
    problem = {"title": title, "code": f"http_{status}", **problem, "status": status}
    kind = _BY_STATUS.get(status) or (ServerFault if status >= 500 else InvalidRequest)
    if problem["code"] == "idempotency":
        kind = Conflict
    if 300 <= status < 400:
        where = headers.get("location", "another address")
        return MapwrightError(f"the server sends on to {where}; give that as base_url: keys are not sent on", problem)
    detail = problem.get("detail") or problem.get("error") or f"the server answered {status} ({title})"
    return kind(str(detail), problem, retry_after=seconds(headers))


def seconds(headers: Mapping[str, str]) -> int | None:
    """``Retry-After`` in whole seconds; nothing where it is missing or, as proxies have it, a date."""
    words = headers.get("retry-after", "").strip()
    return int(words) if words.isascii() and words.isdigit() else None


def _members(body: bytes) -> dict[str, Any]:
    try:
        members = json.loads(body)
    except ValueError:
        return {}
    return members if isinstance(members, dict) else {}
