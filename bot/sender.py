"""`briefing.deliver.Sender` over python-telegram-bot: Telegram's errors become outcomes.

What each answer means (docs/delivery.md):

    connect error or timeout, pool timeout, 429, 5xx      Later     Telegram has not taken it
    read timeout, connection lost after sending, no JSON  Unknown   it may have been delivered
    403; chat not found; no right to write                Gone
    group became a supergroup                             Migrated
    no such topic (any more), or it is closed             TopicLost
    any other 400                                         Rejected
    401, 404 (token), 409                                 Later     the operator's trouble, not the chat's
"""

from __future__ import annotations

import asyncio
import logging
import math
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Any, Final

import httpx
from telegram import Bot
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)
from telegram.ext import BaseRateLimiter, ExtBot

from bot.posting import post
from bot.transport import CONNECTIONS, api_request, bot_url
from briefing.deliver import Pace
from briefing.model import Gone, Later, Migrated, Outgoing, Rejected, SendOutcome, Sent, TopicLost, Unknown

# httpx errors raised before the request has gone out, https://www.python-httpx.org/exceptions/
NOT_SENT: Final = (
    httpx.ConnectError,
    httpx.ConnectTimeout,
    httpx.PoolTimeout,
    httpx.ProxyError,
    httpx.UnsupportedProtocol,
    httpx.LocalProtocolError,
)
# Descriptions of 400 answers that speak of the chat, not of the message; lower case, as the open
# Bot API server (github.com/tdlib/telegram-bot-api, Client.cpp) words them.
CHAT_LOST: Final = (
    "chat not found",
    "user not found",
    "user is deactivated",
    "group chat was deactivated",
    "peer_id_invalid",
    "channel_private",
    "have no rights to send",
    "not enough rights to send",
    "need administrator rights",
    "chat_write_forbidden",
    "chat_restricted",
    "user_is_blocked",
)
# The same of a topic.
TOPIC_LOST: Final = ("message thread not found", "topic_closed", "topic_deleted", "topic_id_invalid")
# Nothing gets through until the operator mends the token; asking every few seconds helps nobody.
REFUSED_WAIT: Final = timedelta(minutes=5)
# Calls that carry an answer to somebody who waits for it.
ANSWERS: Final = frozenset(
    {"sendMessage", "sendDocument", "sendPhoto", "editMessageText", "editMessageMedia"}
)
# A wait that Telegram names is asked about again after a day at most: what says a year is a mistake.
LONGEST_HOLD: Final = timedelta(days=1)
SECOND_TRY_WAIT: Final = timedelta(seconds=1)
# Who has to wait longer has gone, and the chat's next question would queue behind this answer.
LONGEST_WAIT: Final = timedelta(seconds=30)
# Messages a second that cost nothing; above, each needs `allow_paid_broadcast`
# (https://core.telegram.org/bots/faq#how-can-i-message-all-of-my-bot-39s-subscribers-at-once).
FREE_PACE: Final = 30

log = logging.getLogger(__name__)
Json = dict[str, Any]
Result = bool | Json | list[Json]


class TelegramSender:
    """Sends messages of the outbox.

    Args:
        bot: An initialized bot.
        paid: Every message may be one for which Telegram takes a fee (`FREE_PACE`).
    """

    def __init__(self, bot: Bot, *, paid: bool = False) -> None:
        self._bot = bot
        self._paid = paid or None

    async def send(self, message: Outgoing) -> SendOutcome:
        """Send it once; every answer of Telegram, or the lack of one, is an outcome."""
        try:
            sent = await post(self._bot, message.chat_id, message.content, message.thread_id, paid=self._paid)
        except ValueError as error:
            return Rejected(f"keyboard: {error}")
        except TelegramError as error:
            outcome = outcome_of(error)
            # Without a topic this would be asked for ever; the general topic may be closed, too.
            if isinstance(outcome, TopicLost) and message.thread_id is None:
                return Rejected(error.message)
            return outcome
        return Sent(sent.message_id)


def outcome_of(error: TelegramError) -> SendOutcome:
    """What an exception of python-telegram-bot 22 says about the message.

    `BadRequest` and `TimedOut` are `NetworkError`s, hence the order. Whether a request went out
    shows only in the cause, the exception of httpx.
    """
    cause = error.__cause__
    match error:
        case RetryAfter():
            wait = error.retry_after
            wait = wait if isinstance(wait, timedelta) else timedelta(seconds=wait)
            return Later("429", min(wait, LONGEST_HOLD), limited=True)
        case ChatMigrated():
            return Migrated(error.new_chat_id)
        case Forbidden():
            return Gone(error.message)
        case BadRequest():
            text = error.message.lower()
            if any(sign in text for sign in TOPIC_LOST):
                return TopicLost()
            return Gone(error.message) if any(sign in text for sign in CHAT_LOST) else Rejected(error.message)
        case InvalidToken():
            # its message may hold the token
            return Later("Telegram refuses the bot token", REFUSED_WAIT)
        case Conflict():
            return Later(error.message)
        case TimedOut() | NetworkError():
            return _network(error, cause)
    # A 200 whose body is no JSON: Telegram took it, something on the way spoiled the answer.
    return Unknown(error.message)


def _network(error: NetworkError, cause: BaseException | None) -> SendOutcome:
    if isinstance(cause, NOT_SENT):
        return Later(type(cause).__name__)
    if isinstance(error, TimedOut) or isinstance(cause, httpx.HTTPError):
        return Unknown(type(cause).__name__ if cause else "TimedOut")
    if cause is not None and not isinstance(cause, TelegramError):
        return Unknown(f"{type(cause).__name__} in the HTTP client")
    # An answer with an error status, 5xx above all: not accepted. A 429 without retry_after ends here too.
    return Later(error.message, limited="too many requests" in error.message.lower())


class SecondTry(BaseRateLimiter[None]):
    """Gives answers their place in the budget that they share with deliveries, and a second try.

    The second is for what Telegram has not taken (429, 5xx, no connection): answers are not in the
    outbox, so this is their one chance. Delivery keeps its own pace and tries, and goes without.

    Args:
        sleep: Waits that many seconds.
        pace: The budget; None for none.
    """

    def __init__(
        self, sleep: Callable[[float], Awaitable[None]] = asyncio.sleep, pace: Pace | None = None
    ) -> None:
        self._sleep = sleep
        self._pace = pace

    async def initialize(self) -> None:
        """Nothing to open."""

    async def shutdown(self) -> None:
        """Nothing to close."""

    async def process_request(  # noqa: PLR0917 (given by the interface)
        self,
        callback: Callable[..., Coroutine[Any, Any, Result]],
        args: Any,
        kwargs: dict[str, Any],
        endpoint: str,
        data: dict[str, Any],
        rate_limit_args: None,  # noqa: ARG002 (given by the interface)
    ) -> Result:
        """One call to the Bot API, see `BaseRateLimiter.process_request`."""
        if endpoint not in ANSWERS:
            return await callback(*args, **kwargs)
        chat = data.get("chat_id")
        chat_id = chat if isinstance(chat, int) else None
        try:
            return await self._in_turn(chat_id, callback, args, kwargs)
        except TelegramError as error:
            outcome = outcome_of(error)
            if not isinstance(outcome, Later):
                raise
            wait = outcome.after if outcome.after is not None else SECOND_TRY_WAIT
            if wait > LONGEST_WAIT:
                raise
            log.info("%s: %s; once more in %.0f s", endpoint, outcome.reason, wait.total_seconds())
        await self._sleep(wait.total_seconds())
        return await self._in_turn(chat_id, callback, args, kwargs)

    async def _in_turn(
        self,
        chat_id: int | None,
        callback: Callable[..., Coroutine[Any, Any, Result]],
        args: Any,
        kwargs: dict[str, Any],
    ) -> Result:
        if self._pace is None:
            return await callback(*args, **kwargs)
        if (wait := await self._pace.answer(chat_id)) is not None:
            # What Telegram would say; asking all the same might only lengthen the wait.
            raise RetryAfter(math.ceil(wait.total_seconds()))
        try:
            result = await callback(*args, **kwargs)
        except RetryAfter as error:
            outcome = outcome_of(error)
            assert isinstance(outcome, Later), "a 429"
            self._pace.refused(chat_id, outcome.after or SECOND_TRY_WAIT)
            raise
        self._pace.accepted()
        return result


@asynccontextmanager
async def open_sender(
    token: str, api_url: str, per_second: float = FREE_PACE
) -> AsyncIterator[TelegramSender]:
    """A sender with a client of its own, so that answers and delivery never wait for each other.

    Asks Telegram nothing: a refused token or a network that is down shows when something is sent.

    Args:
        token: Bot token.
        api_url: Bot API server, https://api.telegram.org or one's own.
        per_second: Messages a second it is to carry; above `FREE_PACE` they are paid for.
    """
    # a tenth of a second's messages are on their way at once (`deliver.courier`)
    request = api_request(connections=max(CONNECTIONS, math.ceil(per_second / 10)))
    await request.initialize()
    try:
        yield TelegramSender(
            ExtBot(token, base_url=bot_url(api_url), request=request, get_updates_request=request),
            paid=per_second > FREE_PACE,
        )
    finally:
        await request.shutdown()
