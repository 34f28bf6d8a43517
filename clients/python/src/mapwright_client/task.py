"""What the blocking client hands out."""

from __future__ import annotations

import os
from pathlib import Path

from ._core import Core
from ._files import read, save
from ._follow import Progress, finish
from ._retry import Deadline
from ._shared import ExportBase, FileBase
from ._wire import at_once
from .data import State

Bytes = bytes


class File(FileBase):
    __doc__ = FileBase.__doc__

    def bytes(self) -> Bytes:
        """Downloads it into memory.

        Raises:
            Gone: the server keeps it no more.
            Damaged: its bytes are not those the server made.
        """
        return at_once(read(self._core, self._task_id, self._info))

    def save(self, target: str | os.PathLike[str]) -> Path:
        """Downloads it to the disk, piece by piece: under a name, or under its own in a folder; gives the path.

        Nothing stands under the name before all bytes are there and right. Where the connection breaks it goes on from there.
        Raises what ``bytes`` raises, and ``OSError``.
        """
        return at_once(save(self._core, self._task_id, self._info, target))


class Export(ExportBase[File]):
    __doc__ = ExportBase.__doc__

    def save(self, folder: str | os.PathLike[str]) -> list[Path]:
        """Saves all files in a folder; gives their paths."""
        return [file.save(os.path.join(folder, "")) for file in self.files]


class Task:
    """An export that was begun. ``id`` finds it again from another program: ``client.task(id)``."""

    def __init__(self, core: Core, task_id: str) -> None:
        self._core, self.id = core, task_id

    def status(self) -> State:
        """How far it is."""
        return at_once(self._core.state(self.id))

    def wait(self, progress: Progress | None = None, deadline: float | None = None) -> Export:
        """Waits until it is completed. ``progress`` is called with each new ``State``; ``deadline`` is in seconds.

        Raises:
            TaskFailed, Cancelled: it ended without files.
            Timeout: the deadline passed; the export goes on.
        """
        return export(self._core, at_once(finish(self._core, self.id, progress, Deadline(deadline))))

    def cancel(self) -> State:
        """Ends it.

        Raises:
            Conflict: it was over already.
        """
        return at_once(self._core.cancel(self.id))

    def files(self) -> list[File]:
        """Its files.

        Raises:
            Conflict: it is not completed.
        """
        return export(self._core, at_once(self._core.completed(self.id))).files

    def __repr__(self) -> str:
        return f"<Task {self.id}>"


def export(core: Core, state: State) -> Export:
    """A completed export."""
    return Export(state, (File(core, state.task_id, info) for info in state.files))
