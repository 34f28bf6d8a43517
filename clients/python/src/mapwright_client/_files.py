"""Downloads: whole, checked, and never half a file under its name."""

from __future__ import annotations

import hashlib
import io
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO
from urllib.parse import quote

from ._calls import NO_DEADLINE, Calls, whole
from ._retry import Tries
from ._wire import Broken, Call
from .data import FileInfo
from .errors import Damaged, MapwrightError, Unreachable, of_answer


class _Arriving:
    """Bytes on their way into a file."""

    def __init__(self, into: BinaryIO) -> None:
        self.into = into
        self.anew()

    def anew(self) -> None:
        self.into.seek(0)
        self.into.truncate()
        self.have, self.hash = 0, hashlib.sha256()

    def take(self, piece: bytes) -> None:
        self.into.write(piece)
        self.hash.update(piece)
        self.have += len(piece)


async def fetch(calls: Calls, task_id: str, file: FileInfo, into: BinaryIO) -> None:
    """Writes a file of an export into an open one. Where the connection breaks it goes on from there; a download whose bytes
    are wrong is made once more."""
    arriving, tries, again = _Arriving(into), Tries(calls.patience, NO_DEADLINE), True
    while True:
        had = arriving.have
        fault = await _part(calls, task_id, file, arriving)
        if fault is None:
            if (arriving.have, arriving.hash.hexdigest()) == (file.size, file.sha256):
                return
            if not again:
                raise Damaged(f"{file.filename} has other bytes than the server made", {"task_id": task_id})
            again = False
            arriving.anew()
            continue
        if arriving.have > had:
            # As long as something comes, it is worth while.
            tries = Tries(calls.patience, NO_DEADLINE)
        await calls.wire.sleep(tries.pause(fault))


async def _part(calls: Calls, task_id: str, file: FileInfo, arriving: _Arriving) -> MapwrightError | None:
    """What is missing of a file, as far as it comes."""
    headers = {"accept-encoding": "identity"}
    if 0 < arriving.have < file.size:
        headers |= {"range": f"bytes={arriving.have}-", "if-range": f'"{file.sha256}"'}
    path = f"/api/download/{quote(task_id, safe='')}/{quote(file.format, safe='')}"
    try:
        reply = await calls.wire.open(Call("GET", path, headers), calls.silence(NO_DEADLINE))
        try:
            if reply.status not in (200, 206):
                return of_answer(reply.status, reply.headers, await whole(reply))
            if reply.status == 200:
                arriving.anew()
            while piece := await reply.piece():
                arriving.take(piece)
            return None
        finally:
            await reply.close()
    except Broken as fault:
        words = str(fault)
    return Unreachable(f"the download broke off: {words}")


async def read(calls: Calls, task_id: str, file: FileInfo) -> bytes:
    """The bytes of a file."""
    into = io.BytesIO()
    await fetch(calls, task_id, file, into)
    return into.getvalue()


async def save(calls: Calls, task_id: str, file: FileInfo, target: str | os.PathLike[str]) -> Path:
    """Saves a file under a name, or under its own in a folder."""
    path = place(target, file.filename)
    with aside(path) as into:
        await fetch(calls, task_id, file, into)
    return path


@contextmanager
def aside(path: Path) -> Iterator[BinaryIO]:
    """A file beside ``path`` that takes its place once it is whole, and is gone where it never is."""
    part = path.with_name(f".{secrets.token_hex(8)}.part")
    try:
        with open(part, "xb") as into:
            yield into
        os.replace(part, path)
    except BaseException:
        part.unlink(missing_ok=True)
        raise


def place(target: str | os.PathLike[str], name: str) -> Path:
    """Where a file goes: ``target`` itself, or below it where it is a folder or ends as one. Missing folders are made; no name
    leads out of them."""
    path = Path(target)
    if path.is_dir() or os.fspath(target).endswith(("/", os.sep)):
        own = name.replace("\\", "/").rpartition("/")[2]
        path /= own if own.strip(". ") else "map"
    path.parent.mkdir(parents=True, exist_ok=True)
    return path
