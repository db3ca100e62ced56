"""Sending what a handler answers."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from telegram import Bot, CallbackQuery, LinkPreviewOptions
from telegram.constants import ParseMode
from telegram.error import BadRequest

from bot.keyboards import markup
from briefing.model import Keyboard, Part

NO_PREVIEW = LinkPreviewOptions(is_disabled=True)


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
        await bot.send_message(
            chat_id,
            part.html,
            parse_mode=ParseMode.HTML,
            reply_markup=markup(part.keyboard),
            link_preview_options=NO_PREVIEW,
            message_thread_id=thread_id,
        )


async def edit_part(query: CallbackQuery, part: Part) -> None:
    """Put another text and keyboard into the message whose button was pressed.

    Pressing twice asks for what is there already; Telegram says so and nothing happens.

    Raises:
        telegram.error.TelegramError: Telegram did not take it.
    """
    try:
        await query.edit_message_text(
            part.html,
            parse_mode=ParseMode.HTML,
            reply_markup=markup(part.keyboard),
            link_preview_options=NO_PREVIEW,
        )
    except BadRequest as error:
        if "not modified" not in error.message.lower():
            raise
