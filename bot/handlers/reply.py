"""Sending what a handler answers."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from dataclasses import replace

from telegram import Bot, CallbackQuery, Message
from telegram.constants import ParseMode
from telegram.error import BadRequest, TelegramError

from bot.keyboards import markup
from bot.posting import NO_PREVIEW, post
from briefing.model import Keyboard, Part

log = logging.getLogger(__name__)

# The answer itself waits for this.
SPINNER_TIMEOUT_S = 5


def with_keyboard(part: Part, keyboard: Keyboard) -> Part:
    """The same message with other buttons."""
    return replace(part, keyboard=keyboard)


async def send_parts(bot: Bot, chat_id: int, parts: Iterable[Part], thread_id: int | None = None) -> None:
    """Send messages in order.

    Args:
        bot: Sends them.
        chat_id: Where to.
        parts: What.
        thread_id: Topic of a forum; None elsewhere.

    Raises:
        telegram.error.TelegramError: Telegram did not take one; the later ones are not sent.
    """
    for part in parts:
        await post(bot, chat_id, part, thread_id)


async def stop_spinner(query: CallbackQuery) -> None:
    """Tell Telegram that the press has arrived; a side issue, so nothing that goes wrong here matters.

    Telegram forgets a press after a while (restart, downtime); its answer still helps.
    """
    try:
        await query.answer(read_timeout=SPINNER_TIMEOUT_S)
    except TelegramError as error:
        log.debug("a press could not be confirmed: %s", type(error).__name__)


async def edit_part(message: Message, part: Part, thread_id: int | None = None) -> None:
    """Put another text and keyboard into a message of ours.

    Pressing twice asks for what is there already; Telegram says so and nothing happens. A message
    that cannot be edited (deleted, too old) is answered by a new one.

    Args:
        message: The one whose button was pressed.
        part: What takes its place.
        thread_id: Topic of a forum; None elsewhere.

    Raises:
        telegram.error.TelegramError: Telegram did not take it.
    """
    try:
        await message.edit_text(
            part.html,
            parse_mode=ParseMode.HTML,
            reply_markup=markup(part.keyboard),
            link_preview_options=NO_PREVIEW,
        )
    except BadRequest as error:
        if "not modified" not in error.message.lower():
            log.debug("chat %d: %s; sent as a new message", message.chat_id, error.message)
            await send_parts(message.get_bot(), message.chat_id, [part], thread_id)
