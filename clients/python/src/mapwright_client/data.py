"""What a server tells: the state of an export, its files, the use of a key. Members that are new to this version are passed over."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from .errors import ServerFault

_GOES_ON = ("queued", "processing")
# What comes of JSON that has another form.
_STRANGE = (AttributeError, KeyError, TypeError, ValueError)

Row = dict[str, Any]
"""A format, style or layer: its ``id`` and what else ``/api/docs`` of the server tells of it."""


@dataclass(frozen=True)
class FileInfo:
    """A finished file as the server describes it."""

    format: str
    """The format as it was asked for: id or alias."""
    filename: str
    """A name to save it under."""
    size: int
    """Bytes."""
    mime: str
    """Media type."""
    sha256: str
    """Of its bytes, in hexadecimal digits; every download is held against it."""
    notes: tuple[str, ...] = ()
    """What was left out on the way, in sentences."""

    @classmethod
    def of(cls, row: Mapping[str, Any]) -> FileInfo:
        notes = tuple(str(note) for note in row.get("notes") or ())
        return cls(row["format"], row["filename"], int(row["size"]), row["mime"], row["sha256"], notes)


@dataclass(frozen=True)
class State:
    """How far an export is. What ``progress=`` callbacks are called with."""

    task_id: str
    status: str
    """``queued``, ``processing``, then ``completed``, ``failed`` or ``cancelled``."""
    progress: int
    """Percent, 0 to 100; never goes back."""
    step: str = ""
    """What is being done: ``fetch``, ``read``, ``assemble``, ``draw``, ``label``, ``encode``."""
    error: str | None = None
    """Why it failed, in a sentence."""
    code: str | None = None
    """The same as a stable word."""
    files: tuple[FileInfo, ...] = ()
    """Once it is completed."""
    created_at: datetime | None = None
    started_at: datetime | None = None
    finished_at: datetime | None = None
    queue_position: int | None = None
    """How many are served before it, while it is queued."""

    @property
    def is_over(self) -> bool:
        """Whether nothing will change any more."""
        return self.status not in _GOES_ON

    @classmethod
    def of_text(cls, text: str | bytes) -> State:
        """Reads the JSON of a server."""
        try:
            return cls(**_members(json.loads(text)))
        except _STRANGE as fault:
            raise ServerFault(f"the server told no state of an export: {fault!r}") from None


@dataclass(frozen=True)
class Listed(State):
    """An export of a key as it is listed. Its status may also be ``expired``: its files are kept no more."""

    formats: tuple[str, ...] = ()
    """As they were asked for."""
    request: Mapping[str, Any] | None = None
    """What was asked for, as far as it is known still."""

    @classmethod
    def page(cls, answer: Any) -> tuple[list[Listed], str | None]:
        """Exports, and what the next page begins after."""
        try:
            rows = [cls(**_members(row), formats=tuple(row.get("formats") or ()), request=row.get("request")) for row in answer["tasks"]]
            return rows, answer["next"]
        except _STRANGE as fault:
            raise ServerFault(f"the server told no list of exports: {fault!r}") from None


@dataclass(frozen=True)
class Usage:
    """What a key has used of its day, which is that of UTC."""

    tier: str
    day: str
    """``2026-01-31``."""
    exports: int
    """Made today."""
    limit: int | None
    """Exports a day; none is unlimited."""
    remaining: int | None
    square_km: float
    """Largest area of one export."""
    resets_in: int
    """Seconds until the next day begins."""

    @classmethod
    def of(cls, row: Any) -> Usage:
        try:
            return cls(**{name: row[name] for name in cls.__dataclass_fields__})
        except _STRANGE as fault:
            raise ServerFault(f"the server told no use of a key: {fault!r}") from None


def _members(row: Mapping[str, Any]) -> dict[str, Any]:
    """What is known of a state, by the names of its members."""
    return {
        "task_id": row["task_id"],
        "status": row["status"],
        "progress": int(row["progress"]),
        "step": row.get("step") or "",
        "error": row.get("error"),
        "code": row.get("code"),
        "files": tuple(FileInfo.of(file) for file in row.get("files") or ()),
        "queue_position": row.get("queue_position"),
        **{name: _time(row.get(name)) for name in ("created_at", "started_at", "finished_at")},
    }


def _time(text: str | None) -> datetime | None:
    """RFC 3339 as Python 3.10 takes it: no Z, and a fraction of six digits."""
    if text is None:
        return None
    whole, _, fraction = text.removesuffix("Z").partition(".")
    return datetime.fromisoformat(f"{whole}.{fraction[:6]:0<6}+00:00")
