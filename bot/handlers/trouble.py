"""Trouble with Telegram as lines of the log: each once, however often it is met, and its end."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable

from telegram.error import Conflict, InvalidToken, TelegramError

log = logging.getLogger(__name__)

# Of two that poll with one token each is answered now and then; python-telegram-bot waits half a minute at
# most before it tries again, so whoever has met no other for this long is alone.
ALONE_AFTER_S = 120.0

ANOTHER_POLLS = "another process polls with this bot's token; stop one of the two"


class Trouble:
    """Tells trouble with Telegram once, however often it is met, and that it is over.

    Args:
        clock: Seconds that only go forward.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._told: set[str] = set()
        self._another: float | None = None

    def met(self, error: TelegramError) -> None:
        """Write a line, unless it has been written since Telegram answered last."""
        if isinstance(error, Conflict):
            self._another = self._clock()
            self._tell(logging.ERROR, ANOTHER_POLLS)
        else:
            line = f"Telegram cannot be reached ({said_of(error)}); it is asked until it answers"
            self._tell(logging.WARNING, line)

    def over(self) -> None:
        """Telegram answers; where another process polls, that alone ends nothing."""
        if self._another is not None and self._clock() - self._another < ALONE_AFTER_S:
            return
        self._another = None
        if self._told:
            self._told.clear()
            log.info("Telegram answers again")

    def _tell(self, level: int, line: str) -> None:
        if line not in self._told:
            self._told.add(line)
            log.log(level, "%s", line)


def said_of(error: BaseException | None) -> str:
    """An error in one line; never the text of InvalidToken, which holds the token."""
    if isinstance(error, InvalidToken):
        return "the bot token is refused"
    return f"{type(error).__name__}: {error}"
