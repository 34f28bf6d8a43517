"""Maps as files from a mapwright server.

``Client`` blocks, ``AsyncClient`` is awaited; both do the same. ``errors`` of all calls are a ``MapwrightError``.
"""

from ._core import Rendered
from ._follow import Progress
from ._shared import BatchResult
from ._version import __version__
from .async_client import AsyncClient
from .async_task import AsyncExport, AsyncFile, AsyncTask
from .client import Client
from .data import FileInfo, Listed, Row, State, Usage
from .errors import (
    Cancelled,
    Conflict,
    Damaged,
    Gone,
    InvalidRequest,
    LimitReached,
    MapwrightError,
    NotFound,
    RateLimited,
    ServerFault,
    SourceFailed,
    TaskFailed,
    Timeout,
    Unauthorized,
    Unreachable,
)
from .request import Fields, Request
from .task import Export, File, Task
from .webhook import verify_webhook

__all__ = [
    "AsyncClient", "AsyncExport", "AsyncFile", "AsyncTask", "BatchResult", "Cancelled", "Client", "Conflict", "Damaged", "Export",
    "Fields", "File", "FileInfo", "Gone", "InvalidRequest", "LimitReached", "Listed", "MapwrightError", "NotFound", "Progress", "RateLimited",
    "Rendered", "Request", "Row", "ServerFault", "SourceFailed", "State", "Task", "TaskFailed", "Timeout", "Unauthorized",
    "Unreachable", "Usage", "__version__", "verify_webhook",
]
