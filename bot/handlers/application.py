"""The python-telegram-bot application: every handler in one list, errors, the polling loop."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Coroutine
from datetime import timedelta
from typing import Any, Final

from telegram import Update
from telegram.error import Forbidden, InvalidToken, RetryAfter, TelegramError
from telegram.ext import (
    Application,
    ApplicationBuilder,
    BaseHandler,
    CallbackQueryHandler,
    ChatMemberHandler,
    CommandHandler,
    ContextTypes,
    InlineQueryHandler,
    MessageHandler,
    TypeHandler,
    filters,
)
from telegram.request import BaseRequest

from bot.handlers import Desk
from bot.handlers.access import ByAdmins, Door
from bot.handlers.addressing import ASKING, ForUs, ToUs, Written
from bot.handlers.buttons import Presses, press
from bot.handlers.chats import membership, migrated
from bot.handlers.commands import ADMIN, COMMANDS, PERSONAL, PersonalAnswer
from bot.handlers.conversation import Conversation
from bot.handlers.inline import inline_query
from bot.handlers.menu import set_menu
from bot.handlers.reply import send_parts
from bot.handlers.topics import topic_of
from bot.handlers.trouble import Trouble, said_of
from bot.handlers.turns import PerChat
from bot.sender import SecondTry, outcome_of
from bot.transport import PollingRequest, api_request, bot_url
from briefing.deliver import Pace
from briefing.errors import SettingsError
from briefing.model import Unknown

log = logging.getLogger(__name__)

App = Application[Any, Any, Any, Any, Any, Any]
Context = ContextTypes.DEFAULT_TYPE
Callback = Callable[[Update, Context], Coroutine[Any, Any, None]]
Receive = Callable[[App, asyncio.Event, asyncio.Event], Awaitable[None]]
"""Lets updates into a started application until one of the events is set: stop, token refused."""

# Kinds of updates asked for, by long polling and at the webhook: what there are handlers for.
UPDATES = (
    Update.MESSAGE,
    Update.EDITED_MESSAGE,
    Update.CHANNEL_POST,
    Update.CALLBACK_QUERY,
    Update.INLINE_QUERY,
    Update.MY_CHAT_MEMBER,
)
API_URL = "https://api.telegram.org"
# What is being answered when the bot stops may take so long; deliveries have their own time behind it
# (bot/schedule.py), and both together less than systemd and Docker wait before they kill.
ANSWERS_FINISH: Final = timedelta(seconds=10)
# Waits between attempts to reach Telegram at the start, the last one repeated.
START_WAITS_S = (1, 2, 5, 10, 30)


def build_application(
    token: str,
    desk: Desk,
    *,
    request: BaseRequest | None = None,
    updates_request: BaseRequest | None = None,
    base_url: str = API_URL,
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    updates: asyncio.Queue[object] | None = None,
    handled: Callable[[float], None] | None = None,
    pace: Pace | None = None,
) -> App:
    """An application with all handlers, not yet initialized.

    Args:
        token: Bot token.
        desk: What the handlers need.
        request: Transport for everything but getUpdates; None for HTTP.
        updates_request: Transport for getUpdates; None for HTTP.
        base_url: Bot API server; "/bot<token>" is added.
        sleep: Waits that many seconds before an answer is sent once more.
        updates: Where updates come in; None for a queue of its own.
        handled: Told of each update how many seconds it took.
        pace: The budget of messages that answers share with deliveries; None for none.
    """
    application = (
        ApplicationBuilder()
        .token(token)
        .base_url(bot_url(base_url))
        .request(request or api_request())
        .get_updates_request(updates_request or PollingRequest())
        .concurrent_updates(PerChat(handled))
        .rate_limiter(SecondTry(sleep, pace))
        .update_queue(updates or asyncio.Queue())
        # ours is bot/schedule.py
        .job_queue(None)
        .post_init(set_menu(desk))
        .build()
    )
    door = Door(desk, (*COMMANDS, *PERSONAL))

    async def admit(update: Update, _context: Context) -> None:
        await door.admit(update)

    application.add_handler(TypeHandler(Update, admit), group=-1)
    application.add_handlers(_handlers(desk))
    application.add_error_handler(_error_handler(desk))
    return application


def _handlers(desk: Desk) -> list[BaseHandler[Any, Any, Any]]:
    """Every handler, in the order in which they are asked; the first that fits answers."""
    presses, talk = Presses(desk.clock), Conversation(desk)

    async def pressed(update: Update, _context: Context) -> None:
        await press(desk, presses, update)

    async def plain(update: Update, _context: Context) -> None:
        await talk.plain(update)

    async def unknown(update: Update, _context: Context) -> None:
        await talk.unknown_command(update)

    written = ASKING & Written()
    in_private = filters.TEXT & filters.ChatType.PRIVATE & written & ForUs()
    return [
        *(CommandHandler(name, _command(talk, name), written) for name in COMMANDS),
        *(CommandHandler(name, _command(talk, name, how), written) for name, how in PERSONAL.items()),
        *(CommandHandler(name, _command(talk, name, how), ByAdmins(desk)) for name, how in ADMIN.items()),
        CallbackQueryHandler(pressed),
        InlineQueryHandler(_with(desk, inline_query)),
        ChatMemberHandler(_with(desk, membership), ChatMemberHandler.MY_CHAT_MEMBER),
        MessageHandler(filters.StatusUpdate.MIGRATE, _with(desk, migrated)),
        MessageHandler(ToUs(), plain),
        MessageHandler(in_private & filters.COMMAND, unknown),
    ]


def _with(desk: Desk, handle: Callable[[Desk, Update], Awaitable[None]]) -> Callback:
    async def callback(update: Update, _context: Context) -> None:
        await handle(desk, update)

    return callback


def _command(talk: Conversation, name: str, answer: PersonalAnswer | None = None) -> Callback:
    async def callback(update: Update, _context: Context) -> None:
        await talk.command(update, name, answer)

    return callback


# ---------------------------------------------------------------------- errors


def _error_handler(desk: Desk) -> Callable[[object, Context], Coroutine[Any, Any, None]]:
    async def on_error(update: object, context: Context) -> None:
        error = context.error
        chat = update.effective_chat if isinstance(update, Update) else None
        if isinstance(error, Forbidden):
            # Blocked between the question and the answer; there is nobody to tell.
            log.info("chat %s does not take our answer: %s", chat and chat.id, error.message)
            return
        if chat is None or isinstance(error, InvalidToken):
            log.warning("telegram: %s", said_of(error))
            return
        log.error("an update of chat %d failed: %s", chat.id, said_of(error), exc_info=_traceback(error))
        if isinstance(error, RetryAfter) or (
            isinstance(error, TelegramError) and isinstance(outcome_of(error), Unknown)
        ):
            # Into a flood limit nothing more is sent; and an answer that may have arrived is not denied.
            return
        try:
            message = update.effective_message if isinstance(update, Update) else None
            topic = topic_of(message) if message else None
            await send_parts(context.bot, chat.id, [desk.replies.chat("failed")], topic)
        except TelegramError as second:
            log.warning("chat %d could not be told: %s", chat.id, said_of(second))

    return on_error


def _traceback(error: Exception | None) -> Exception | None:
    """The exception where its traceback tells something: trouble with Telegram needs none."""
    return None if isinstance(error, TelegramError) else error


# ---------------------------------------------------------------------- running


async def check_token(application: App) -> None:
    """Ask Telegram once whether it takes the token, before anything else is started.

    If Telegram does not answer the application stays as it is and `run_bot` goes on asking.

    Raises:
        SettingsError: Telegram refuses the token; the application is closed.
    """
    try:
        await application.initialize()
    except InvalidToken:
        await _close(application)
        # not chained: python-telegram-bot writes the token into the message
        raise _refused() from None
    except TelegramError as error:
        # news is collected meanwhile
        _trouble_of(application).met(error)
    except BaseException:
        await _close(application)
        raise


async def _close(application: App) -> None:
    await application.shutdown()
    # An application whose initialize() failed thinks there is nothing to close.
    for request in application.bot._request:
        await request.shutdown()


async def run_bot(
    application: App,
    stop: asyncio.Event,
    receive: Receive | None = None,
    *,
    patience: timedelta = ANSWERS_FINISH,
) -> None:
    """Answer until `stop` is set; then finish what is being answered.

    Waits for Telegram if it cannot be reached at the start.

    Args:
        application: As built.
        stop: Set to end.
        receive: How updates come in; None for long polling.
        patience: How long what is being answered may go on after that; then it is cut off.

    Raises:
        SettingsError: Telegram refuses the token, at the start or later.
    """
    refused = asyncio.Event()
    # getUpdates' own transport has no public name
    polling, _ = application.bot._request
    if isinstance(polling, PollingRequest):
        polling.on_refused = refused.set
    try:
        if not await _reach_telegram(application, stop):
            return
        if application.post_init is not None:
            await application.post_init(application)
        await application.start()
        try:
            await (receive or by_polling)(application, stop, refused)
        except InvalidToken:
            refused.set()
        finally:
            await _finish(application, patience)
    finally:
        await _close(application)
    if refused.is_set():
        raise _refused()


async def _finish(application: App, patience: timedelta) -> None:
    """Let the application end what it is answering, for so long; once more as long for what was cut off."""
    ending = asyncio.create_task(application.stop())
    processor = application.update_processor
    assert isinstance(processor, PerChat), "built with one"
    try:
        if await _ends(ending, patience):
            return
        processor.cut_off()
        if not await _ends(ending, patience):
            log.error("answers cut off do not end: a bug of ours")
        log.warning(
            "%d answers did not finish within %.0f s and are cut off",
            processor.dropped,
            patience.total_seconds(),
        )
    finally:
        ending.cancel()


async def _ends(task: asyncio.Task[None], patience: timedelta) -> bool:
    done, _ = await asyncio.wait({task}, timeout=patience.total_seconds())
    for ended in done:
        ended.result()
    return bool(done)


async def by_polling(application: App, stop: asyncio.Event, refused: asyncio.Event) -> None:
    """Long polling until one of the events is set; takes a webhook away that was set before.

    Raises:
        InvalidToken: the token was refused; the updater keeps it for whoever stops it.
    """
    assert application.updater is not None, "built with one"
    trouble = _trouble_of(application)
    # getUpdates' own transport has no public name
    polling, _ = application.bot._request
    if isinstance(polling, PollingRequest):
        polling.on_answer = trouble.over
    await application.updater.start_polling(
        allowed_updates=list(UPDATES),
        bootstrap_retries=-1,
        error_callback=trouble.met,
    )
    log.info("answering as @%s", application.bot.username)
    waits = [asyncio.create_task(event.wait()) for event in (stop, refused)]
    try:
        await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in waits:
            task.cancel()
        await application.updater.stop()


async def _reach_telegram(application: App, stop: asyncio.Event) -> bool:
    """Initialize, which asks getMe; False if told to stop before Telegram answered."""
    attempt, trouble = 0, _trouble_of(application)
    while not stop.is_set():
        try:
            await application.initialize()
        except InvalidToken:
            # not chained: python-telegram-bot writes the token into the message
            raise _refused() from None
        except TelegramError as error:
            wait = START_WAITS_S[min(attempt, len(START_WAITS_S) - 1)]
            trouble.met(error)
        else:
            trouble.over()
            return True
        attempt += 1
        try:
            await asyncio.wait_for(stop.wait(), wait)
        except TimeoutError:
            continue
    return False


def _trouble_of(application: App) -> Trouble:
    """The trouble of an application, whoever meets it."""
    trouble = application.bot_data.setdefault("trouble", Trouble())
    assert isinstance(trouble, Trouble), "nobody else keeps anything under that name"
    return trouble


def _refused() -> SettingsError:
    return SettingsError(
        "Telegram refuses the token in EXECBRIEF_TELEGRAM_TOKEN. Copy it again from @BotFather "
        "(/mybots, API Token); a revoked token does not come back."
    )
