"""The last warnings and errors, kept in memory for /errors; a restart forgets them."""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Final

from bot.logs import Redactor

KEPT: Final = 50
LONGEST: Final = 500


@dataclass(frozen=True, slots=True)
class LoggedError:
    """A warning or error, secrets removed.

    Attributes:
        at: When it was last logged, UTC.
        level: WARNING, ERROR or CRITICAL.
        logger: Name of the logger.
        text: Its message in one line and, where there was an exception, its last line; 500 characters.
        times: How often in a row.
    """

    at: datetime
    level: str
    logger: str
    text: str
    times: int = 1


class ErrorRing(logging.Handler):
    """Keeps the newest records of WARNING and above; equal ones in a row as one.

    Args:
        secrets: Exact strings to take out besides what `bot.logs.Redactor` finds by itself.
        size: How many are kept.
    """

    def __init__(self, secrets: Iterable[str] = (), size: int = KEPT) -> None:
        super().__init__(logging.WARNING)
        self.setFormatter(Redactor("%(message)s", secrets))
        self._kept: deque[LoggedError] = deque(maxlen=size)

    def emit(self, record: logging.LogRecord) -> None:
        """Keep one record; called by `logging` with the handler's lock held."""
        try:
            lines = [line for line in self.format(record).splitlines() if line.strip()]
        except Exception:
            self.handleError(record)
            return
        said = lines[:1] if len(lines) < 2 or not record.exc_info else [lines[0], lines[-1]]
        text = " · ".join(line.strip() for line in said)[:LONGEST]
        at = datetime.fromtimestamp(record.created, UTC)
        new = LoggedError(at, record.levelname, record.name, text)
        if self._kept and replace(self._kept[-1], at=at, times=1) == new:
            new = replace(new, times=self._kept.pop().times + 1)
        self._kept.append(new)

    def newest(self, limit: int = KEPT) -> tuple[LoggedError, ...]:
        """What is kept, newest first."""
        self.acquire()
        try:
            return tuple(reversed(self._kept))[:limit]
        finally:
            self.release()


@contextmanager
def recording_errors(ring: ErrorRing) -> Iterator[ErrorRing]:
    """Let a ring hear everything that is logged until the context ends."""
    root = logging.getLogger()
    root.addHandler(ring)
    try:
        yield ring
    finally:
        root.removeHandler(ring)
