"""When a call is tried again, and after how long."""

from __future__ import annotations

import logging
import random
import time
from dataclasses import dataclass

from .errors import MapwrightError, RateLimited, SourceFailed, Timeout, Unreachable

_LOG = logging.getLogger("mapwright_client")
# The first pause and the longest, seconds; each is at most twice the one before. Chance keeps clients from coming back together.
_FIRST = 0.5
_LONGEST = 20.0


@dataclass(frozen=True)
class Patience:
    """How long a call is tried."""

    tries: int = 5
    """Tries of one call, the first among them."""
    seconds: float = 120.0
    """After this time no other try of a call begins."""
    silence: float = 30.0
    """Seconds without a byte after which a connection counts as broken."""


class Deadline:
    """The moment until which the caller waits; never, where it gave none."""

    def __init__(self, seconds: float | None) -> None:
        self._seconds = seconds
        self._end = float("inf") if seconds is None else time.monotonic() + seconds

    def left(self) -> float:
        """Seconds left.

        Raises:
            Timeout: where none are.
        """
        left = self._end - time.monotonic()
        if left <= 0:
            raise Timeout(f"the deadline of {self._seconds:g} s passed")
        return left


class Tries:
    """The tries of one call."""

    def __init__(self, patience: Patience, deadline: Deadline) -> None:
        self._patience, self._deadline = patience, deadline
        self._end = time.monotonic() + patience.seconds
        self._made = 0

    def pause(self, fault: MapwrightError) -> float:
        """Seconds until the next try.

        Raises:
            MapwrightError: ``fault`` itself where another try is of no use, or comes too late.
        """
        self._made += 1
        if not _passes(fault) or self._made >= self._patience.tries:
            raise fault
        pause = min(_LONGEST, _FIRST * 2.0**self._made) * random.uniform(0.5, 1.0)
        if fault.retry_after is not None:
            pause = fault.retry_after + random.uniform(0.0, _FIRST)
        if time.monotonic() + pause > self._end or pause > self._deadline.left():
            raise fault
        _LOG.info("%s; again in %.1f s", fault, pause)
        return pause


def _passes(fault: MapwrightError) -> bool:
    """Whether the same call may do better later. An export that failed stays failed under its idempotency key."""
    return isinstance(fault, (Unreachable, RateLimited, SourceFailed)) and fault.task_id is None
