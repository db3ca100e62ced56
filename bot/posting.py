"""One message to one chat: text, or a file with its caption. Answers and deliveries both go through here."""

from __future__ import annotations

from typing import Final

from telegram import Bot, LinkPreviewOptions, Message, ReplyParameters
from telegram.constants import ParseMode

from bot.keyboards import markup
from briefing.model import Part

NO_PREVIEW: Final = LinkPreviewOptions(is_disabled=True)


def reply_parameters(message_id: int | None) -> ReplyParameters | None:
    """Makes a message the answer to another one of its chat; sent all the same if that one is gone."""
    if message_id is None:
        return None
    return ReplyParameters(message_id, allow_sending_without_reply=True)


async def post(
    bot: Bot,
    chat_id: int,
    part: Part,
    thread_id: int | None = None,
    *,
    paid: bool | None = None,
    reply_to: int | None = None,
) -> Message:
    """Send a message, a file if it has one.

    Args:
        bot: Sends it.
        chat_id: Where to.
        part: What.
        thread_id: Topic of a forum; None elsewhere.
        paid: Pay for a place beyond Telegram's free 30 messages a second.
        reply_to: The message it answers, of the same chat.

    Raises:
        ValueError: a button does nothing, or its action cannot be encoded.
        telegram.error.TelegramError: Telegram did not take it.
    """
    keyboard = markup(part.keyboard)
    if (file := part.attachment) is not None:
        return await bot.send_document(
            chat_id,
            file.data,
            filename=file.name,
            caption=part.html,
            parse_mode=ParseMode.HTML,
            reply_markup=keyboard,
            message_thread_id=thread_id,
            allow_paid_broadcast=paid,
            reply_parameters=reply_parameters(reply_to),
        )
    return await bot.send_message(
        chat_id,
        part.html,
        parse_mode=ParseMode.HTML,
        reply_markup=keyboard,
        link_preview_options=NO_PREVIEW,
        message_thread_id=thread_id,
        allow_paid_broadcast=paid,
        reply_parameters=reply_parameters(reply_to),
    )
