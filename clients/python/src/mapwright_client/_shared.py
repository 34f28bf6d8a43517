"""What both clients hand out, apart from what blocks in one and is awaited in the other."""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Generic, TypeVar

from ._core import Core
from ._retry import Patience
from ._wire import Server
from .data import FileInfo, State
from .errors import MapwrightError
from .request import Request, body

F = TypeVar("F")
E = TypeVar("E")

KEY_VARIABLE = "MAPWRIGHT_API_KEY"
DEADLINE = 3600.0
"""Seconds that an export may take where the caller says nothing else."""


class FileBase:
    """A finished file on the server.

    Attributes:
        format: id or alias, as it was asked for.
        filename: a name to save it under.
        size: bytes.
        mime: media type.
        sha256: of its bytes, in hexadecimal digits; every download is held against it.
        notes: what was left out on the way, in sentences.
    """

    def __init__(self, core: Core, task_id: str, info: FileInfo) -> None:
        self._core, self._task_id, self._info = core, task_id, info
        self.format, self.filename, self.size, self.mime = info.format, info.filename, info.size, info.mime
        self.sha256, self.notes = info.sha256, info.notes

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.filename}: {self.format}, {self.size} bytes>"


class ExportBase(Generic[F]):
    """A completed export.

    Attributes:
        task_id: its id on the server, which keeps the files for a while (a day is usual).
        state: how it ended.
        files: one for each format, in the order they were asked for.
    """

    def __init__(self, state: State, files: Iterable[F]) -> None:
        self.task_id, self.state, self.files = state.task_id, state, list(files)

    @property
    def notes(self) -> list[str]:
        """The notes of all files, each once."""
        return list(dict.fromkeys(note for file in self.state.files for note in file.notes))

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.task_id}: {', '.join(file.filename for file in self.state.files)}>"


@dataclass(frozen=True)
class BatchResult(Generic[E]):
    """What became of one request of a batch: an export, or why there is none."""

    index: int
    """Its place in the list of requests."""
    request: Request
    export: E | None = None
    error: MapwrightError | None = None


def server(base_url: str, api_key: str | None) -> Server:
    """Where calls go; the key is that of the environment where none is given."""
    return Server(base_url, os.environ.get(KEY_VARIABLE) if api_key is None else api_key)


def limits(timeout: float, tries: int, seconds: float) -> Patience:
    """How long calls are tried."""
    if timeout <= 0 or tries < 1 or seconds < 0:
        raise ValueError("timeout: more than 0 s; tries: at least 1; patience: not less than 0 s")
    return Patience(tries=tries, seconds=seconds, silence=timeout)


def checked(requests: Iterable[Request]) -> list[Request]:
    """Requests whose words are all known, before the first is sent."""
    whole = list(requests)
    for request in whole:
        body(request)
    return whole
