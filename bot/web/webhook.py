"""Telegram's side of the webhook: telling it where to deliver, and taking each update once."""

from __future__ import annotations

import asyncio
import contextlib
import json
import logging
from collections import OrderedDict
from datetime import timedelta
from enum import StrEnum
from typing import Any, Final

from telegram import Bot, Update
from telegram.error import InvalidToken, RetryAfter, TelegramError

log = logging.getLogger(__name__)

# Update ids of one bot are consecutive, so this many reach back further than Telegram repeats anything.
REMEMBERED: Final = 10_000
# Updates taken and not yet answered. Beyond that Telegram is told to come again: it keeps what is not
# accepted for a day, and a process that ends loses what it has accepted.
MOST_WAITING: Final = 1_000
# Something else may have called setWebhook or deleteWebhook with our token since.
LOOK_EVERY: Final = timedelta(minutes=10)
FIRST_WAITS_S: Final = (1, 2, 5, 10, 30)


class Taken(StrEnum):
    """What became of an update that Telegram delivered."""

    ACCEPTED = "accepted"
    REPEATED = "repeated"
    MALFORMED = "malformed"
    BUSY = "busy"


class WaitingUpdates(asyncio.Queue[object]):
    """The application's queue, which knows how many updates are not answered yet.

    python-telegram-bot empties its queue at once into tasks, and calls `task_done` after each has ended.

    Attributes:
        unanswered: Taken and not finished.
    """

    def __init__(self) -> None:
        super().__init__()
        self.unanswered = 0

    def put_nowait(self, item: object) -> None:
        """Add one; `put` comes here too."""
        super().put_nowait(item)
        self.unanswered += 1

    def task_done(self) -> None:
        """One has ended."""
        super().task_done()
        self.unanswered -= 1


class UpdateDoor:
    """Takes updates as Telegram delivers them, each once, and never waits.

    Args:
        bot: Updates belong to it.
        queue: Where the application takes them from.
        remembered: Update ids by which a second delivery is known.
        most_waiting: Updates not answered yet, beyond which no more are taken.
    """

    def __init__(
        self,
        bot: Bot,
        queue: WaitingUpdates,
        *,
        remembered: int = REMEMBERED,
        most_waiting: int = MOST_WAITING,
    ) -> None:
        self._bot = bot
        self._queue = queue
        self._remembered = remembered
        self._most_waiting = most_waiting
        self._seen: OrderedDict[int, None] = OrderedDict()

    def take(self, body: bytes) -> Taken:
        """Take what Telegram sent: a JSON object with `update_id`."""
        try:
            told = json.loads(body)
        except (ValueError, RecursionError):
            return Taken.MALFORMED
        number = told.get("update_id") if isinstance(told, dict) else None
        if not isinstance(number, int):
            return Taken.MALFORMED
        if number in self._seen:
            return Taken.REPEATED
        if self._queue.unanswered >= self._most_waiting:
            return Taken.BUSY
        self._seen[number] = None
        if len(self._seen) > self._remembered:
            self._seen.popitem(last=False)
        try:
            update = Update.de_json(told, self._bot)
        except Exception:
            # Refused, Telegram would deliver it again and again, and hold back what comes after it.
            log.exception("update %d cannot be read; it is left out", number)
            return Taken.ACCEPTED
        self._queue.put_nowait(update)
        return Taken.ACCEPTED


class Webhook:
    """A webhook at Telegram, set and looked after.

    Args:
        bot: An initialized bot.
        url: Where Telegram delivers.
        secret: What it proves itself with.
        updates: Kinds of updates asked for.
        look_every: Time between two looks whether it is still ours.
    """

    def __init__(
        self,
        bot: Bot,
        url: str,
        secret: str,
        updates: list[str],
        *,
        look_every: timedelta = LOOK_EVERY,
    ) -> None:
        self._bot = bot
        self._url = url
        self._secret = secret
        self._updates = updates
        self._look_every = look_every

    async def keep(self) -> None:
        """Set it, then look again and again whether it still is as we set it; until cancelled.

        Raises:
            InvalidToken: Telegram refuses the token, now or later; nothing else would tell, as nobody polls.
        """
        await self._set()
        last_error: object = None
        while True:
            await asyncio.sleep(self._look_every.total_seconds())
            try:
                found = await self._bot.get_webhook_info()
                if found.url != self._url:
                    log.warning("somebody has set another webhook, or none, for this bot; ours again")
                    await self._set()
                elif found.last_error_date not in (None, last_error):
                    last_error = found.last_error_date
                    log.warning(
                        "Telegram could not deliver at %s: %s; %d updates wait",
                        *(found.last_error_date, found.last_error_message, found.pending_update_count),
                    )
            except InvalidToken:
                raise
            except TelegramError as error:
                log.warning("the webhook cannot be looked at: %s", error)

    async def _set(self) -> None:
        attempt = 0
        while True:
            try:
                await self._bot.set_webhook(
                    self._url, secret_token=self._secret, allowed_updates=self._updates
                )
            except InvalidToken:
                raise
            except TelegramError as error:
                wait: float = FIRST_WAITS_S[min(attempt, len(FIRST_WAITS_S) - 1)]
                if isinstance(error, RetryAfter):
                    after = error.retry_after
                    wait = after.total_seconds() if isinstance(after, timedelta) else float(after)
                log.warning("the webhook cannot be set (%s); next try in %.0f s", error, wait)
                attempt += 1
                await asyncio.sleep(wait)
            else:
                log.info("updates are delivered to the webhook")
                return


async def first_done(*waited: asyncio.Task[Any]) -> None:
    """Wait until one of these ends, cancel the others, and raise what any of them raised."""
    try:
        done, _ = await asyncio.wait(waited, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in waited:
            task.cancel()
        for task in waited:
            with contextlib.suppress(asyncio.CancelledError, Exception):
                await task
    for task in done:
        task.result()
