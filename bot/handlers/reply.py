"""Sending what a handler answers."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from dataclasses import dataclass, replace

from telegram import Bot, CallbackQuery, InputMediaPhoto, Message
from telegram.constants import ParseMode
from telegram.error import BadRequest, TelegramError

from bot.keyboards import markup
from bot.posting import NO_PREVIEW, post, reply_parameters
from briefing.model import Keyboard, Part

log = logging.getLogger(__name__)

PICTURE_NAME = "execbrief.png"
# The answer itself waits for this.
SPINNER_TIMEOUT_S = 5


@dataclass(frozen=True, slots=True)
class Reaction:
    """What a press leads to.

    Attributes:
        parts: Messages.
        edit: True if the first one takes the place of the message with the button.
    """

    parts: tuple[Part, ...]
    edit: bool = False


def with_keyboard(part: Part, keyboard: Keyboard) -> Part:
    """The same message with other buttons."""
    return replace(part, keyboard=keyboard)


async def send_parts(
    bot: Bot,
    chat_id: int,
    parts: Iterable[Part],
    thread_id: int | None = None,
    reply_to: int | None = None,
) -> list[Message]:
    """Send messages in order; a picture that Telegram refuses as its words alone.

    Groups may forbid pictures; the caption says the same.

    Args:
        bot: Sends them.
        chat_id: Where to.
        parts: What.
        thread_id: Topic of a forum; None elsewhere.
        reply_to: The message that the first one answers; if it has been deleted meanwhile, no matter.

    Returns:
        What was sent.

    Raises:
        telegram.error.TelegramError: Telegram did not take one; the later ones are not sent.
    """
    sent: list[Message] = []
    for part in parts:
        question = None if sent else reply_to
        message = None
        if part.picture is not None:
            message = await _send_picture(bot, chat_id, part, thread_id, question)
        sent.append(message or await post(bot, chat_id, part, thread_id, reply_to=question))
    return sent


async def _send_picture(
    bot: Bot, chat_id: int, part: Part, thread_id: int | None, reply_to: int | None
) -> Message | None:
    """Send a picture with its caption; None if Telegram takes no picture here."""
    assert part.picture is not None, "a part with a picture"
    try:
        return await bot.send_photo(
            chat_id,
            part.picture,
            caption=part.html,
            parse_mode=ParseMode.HTML,
            reply_markup=markup(part.keyboard),
            message_thread_id=thread_id,
            filename=PICTURE_NAME,
            reply_parameters=reply_parameters(reply_to),
        )
    except BadRequest as error:
        log.info("chat %d takes no picture: %s; sent as words", chat_id, error.message)
        return None


async def stop_spinner(query: CallbackQuery, notice: str | None = None, link: str | None = None) -> None:
    """Tell Telegram that the press has arrived; a side issue, so nothing that goes wrong here matters.

    A notice (plain text, at most 200 characters) is shown to whoever pressed, and to nobody else; a link
    `t.me/BOT?start=…` opens their own chat with the bot.

    Telegram forgets a press after a while (restart, downtime); its answer still helps.
    """
    try:
        await query.answer(notice, url=link, read_timeout=SPINNER_TIMEOUT_S)
    except TelegramError as error:
        log.debug("a press could not be confirmed: %s", type(error).__name__)


async def edit_part(message: Message, part: Part, thread_id: int | None = None) -> None:
    """Put another text or picture and keyboard into a message of ours.

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
        if part.picture is not None:
            picture = InputMediaPhoto(part.picture, part.html, ParseMode.HTML, filename=PICTURE_NAME)
            await message.edit_media(picture, reply_markup=markup(part.keyboard))
            return
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
