"""What the client for asyncio hands out."""

from __future__ import annotations

import os
from pathlib import Path

from ._core import Core
from ._files import read, save
from ._follow import Progress, finish
from ._retry import Deadline
from ._shared import ExportBase, FileBase
from .data import State

Bytes = bytes


class AsyncFile(FileBase):
    __doc__ = FileBase.__doc__

    async def bytes(self) -> Bytes:
        """Downloads it into memory.

        Raises:
            Gone: the server keeps it no more.
            Damaged: its bytes are not those the server made.
        """
        return await read(self._core, self._task_id, self._info)

    async def save(self, target: str | os.PathLike[str]) -> Path:
        """Downloads it to the disk, piece by piece: under a name, or under its own in a folder; gives the path.

        Nothing stands under the name before all bytes are there and right. Where the connection breaks it goes on from there.
        Raises what ``bytes`` raises, and ``OSError``.
        """
        return await save(self._core, self._task_id, self._info, target)


class AsyncExport(ExportBase[AsyncFile]):
    __doc__ = ExportBase.__doc__

    async def save(self, folder: str | os.PathLike[str]) -> list[Path]:
        """Saves all files in a folder; gives their paths."""
        return [await file.save(os.path.join(folder, "")) for file in self.files]


class AsyncTask:
    """An export that was begun. ``id`` finds it again from another program: ``client.task(id)``."""

    def __init__(self, core: Core, task_id: str) -> None:
        self._core, self.id = core, task_id

    async def status(self) -> State:
        """How far it is."""
        return await self._core.state(self.id)

    async def wait(self, progress: Progress | None = None, deadline: float | None = None) -> AsyncExport:
        """Waits until it is completed. ``progress`` is called with each new ``State``; ``deadline`` is in seconds.

        Raises:
            TaskFailed, Cancelled: it ended without files.
            Timeout: the deadline passed; the export goes on.
        """
        return export(self._core, await finish(self._core, self.id, progress, Deadline(deadline)))

    async def cancel(self) -> State:
        """Ends it.

        Raises:
            Conflict: it was over already.
        """
        return await self._core.cancel(self.id)

    async def files(self) -> list[AsyncFile]:
        """Its files.

        Raises:
            Conflict: it is not completed.
        """
        return export(self._core, await self._core.completed(self.id)).files

    def __repr__(self) -> str:
        return f"<AsyncTask {self.id}>"


def export(core: Core, state: State) -> AsyncExport:
    """A completed export."""
    return AsyncExport(state, (AsyncFile(core, state.task_id, info) for info in state.files))
