"""Rights: who may use the bot, how often, and who runs it."""

from __future__ import annotations

import logging
import math
from collections.abc import Collection
from typing import Final

from telegram import Chat, Update
from telegram.error import TelegramError
from telegram.ext import ApplicationHandlerStop
from telegram.ext.filters import UpdateFilter

from bot.handlers import Desk
from bot.handlers.addressing import addressed, command_of, is_copy
from bot.handlers.chats import speak_to, wake
from bot.handlers.reply import send_parts, stop_spinner
from bot.handlers.rights import speaker
from bot.handlers.topics import topic_of
from bot.handlers.words import LONGEST_QUERY, read_command
from bot.keyboards import decode
from bot.rate_limit import Key, RateLimit
from briefing.model import Part

log = logging.getLogger(__name__)

# What an answer costs of a bucket (bot/rate_limit.py); what is not here costs 1. A picture takes a second of
# a processor, evidence and whole lists come in several messages, an export reads all of a chat.
COSTS: Final = {
    "trend": 5.0,
    "export": 5.0,
    "forget": 3.0,
    "evidence": 3.0,
    "evidence_of": 3.0,
    "brief_all": 3.0,
    "digest_all": 3.0,
    "calendar": 2.0,
    "names": 2.0,
}
# Telegram sends one with nearly every letter that is typed.
INLINE_COST: Final = 0.25
# Chats remembered as told that the bot is not for them.
MOST_TOLD: Final = 10_000


def is_admin(desk: Desk, update: Update) -> bool:
    """True for a person of `admin_ids`, in private or in a chat that is one of them too."""
    chat = update.effective_chat
    if chat is not None and chat.type != Chat.PRIVATE and chat.id not in desk.admin_ids:
        # what operators see is not for everybody in a group
        return False
    return speaker(update) in desk.admin_ids


class ByAdmins(UpdateFilter):
    """Lets through what those who run the bot write, where others do not read the answer."""

    __slots__ = ("_desk",)

    def __init__(self, desk: Desk) -> None:
        super().__init__(name="by administrators")
        self._desk = desk

    def filter(self, update: Update) -> bool:
        """True for them."""
        messages = update.message is not None or update.edited_message is not None
        return messages and self._desk.office is not None and is_admin(self._desk, update)


class Door:
    """First of all handlers: who may come in, and how often.

    Args:
        desk: Whom it is for.
        commands: Names of our commands; in a group others are none of our business.
        limit: Buckets; None for those of `bot.rate_limit`.
    """

    def __init__(self, desk: Desk, commands: Collection[str], limit: RateLimit | None = None) -> None:
        self._desk = desk
        self._commands = frozenset(commands)
        self._limit = limit or RateLimit(desk.clock)
        self._told: dict[int, None] = {}

    async def admit(self, update: Update) -> None:
        """Turn away who may not use the bot or asks too fast; wake a chat that was given up.

        Raises:
            ApplicationHandlerStop: the update is not to be handled.
        """
        chat, user = update.effective_chat, update.effective_user
        # an inline query has no chat; the id of somebody's own chat is theirs
        place = chat or user
        await speak_to(self._desk, place.id if place else None, user.language_code if user else None)
        if update.my_chat_member is not None or (chat is None and user is None):
            return
        ids = {one.id for one in (chat, user) if one is not None}
        if self._desk.allowed_ids and not ids & self._desk.allowed_ids:
            await self._turn_away(update)
            raise ApplicationHandlerStop
        await self._slow_down(update)
        if chat is not None:
            await wake(self._desk, chat.id)

    async def _turn_away(self, update: Update) -> None:
        """Say once a chat that the bot is not for it; an inline query finds nothing."""
        if update.inline_query is not None:
            await _find_nothing(update)
            return
        chat = update.effective_chat
        if chat is None or not self._wants_answer(update):
            return
        first = chat.id not in self._told
        self._told[chat.id] = None
        while len(self._told) > MOST_TOLD:
            del self._told[next(iter(self._told))]
        if first:
            await _tell(update, self._desk.replies.chat("not_allowed"))

    async def _slow_down(self, update: Update) -> None:
        """Pay for the answer; who cannot is told once, then not answered until they can."""
        who, chat = speaker(update), update.effective_chat
        if who in self._desk.admin_ids or not self._wants_answer(update):
            return
        keys: list[Key] = [("user", who)] if who is not None else []
        if chat is not None and chat.id != who:
            keys.append(("chat", chat.id))
        refused = self._limit.take(keys, cost_of(update))
        if refused is None:
            return
        if update.inline_query is not None:
            await _find_nothing(update)
        elif refused.first:
            log.info("user %s in chat %s asks too fast", who, chat and chat.id)
            seconds = max(math.ceil(refused.wait.total_seconds()), 1)
            await _tell(update, self._desk.replies.chat("too_fast", seconds=seconds))
        raise ApplicationHandlerStop

    def _wants_answer(self, update: Update) -> bool:
        """True for what is meant for us, see `addressing`; in groups unknown commands are for others."""
        if update.callback_query is not None or update.inline_query is not None:
            return True
        message = update.effective_message
        if message is None or not message.text or is_copy(message):
            return False
        if message.chat.type == Chat.PRIVATE:
            return True
        return command_of(message) in self._commands or addressed(message) is not None


def cost_of(update: Update) -> float:
    """What the answer to an update costs, in tokens."""
    if update.inline_query is not None:
        return INLINE_COST
    if update.callback_query is not None:
        action = decode(update.callback_query.data or "")
        return COSTS.get(action.name, 1) if action else 1
    message = update.effective_message
    text = (message.text or "" if message else "").strip()
    if text.startswith("/"):
        return COSTS.get(text.split(maxsplit=1)[0][1:].lower().partition("@")[0], 1)
    if message is not None and (to_us := addressed(message)) is not None:
        text = to_us.text
    said = read_command(text) if len(text) <= LONGEST_QUERY else None
    return COSTS.get(said[0], 1) if said else 1


async def _tell(update: Update, part: Part) -> None:
    """Say it where it was asked; a press is answered by a notice that nobody else sees."""
    if update.callback_query is not None:
        await stop_spinner(update.callback_query, part.html)
        return
    message = update.effective_message
    if message is None or message.chat.type == Chat.CHANNEL:
        return
    await send_parts(update.get_bot(), message.chat_id, [part], topic_of(message))


async def _find_nothing(update: Update) -> None:
    if update.inline_query is None:
        return
    try:
        # not kept by Telegram: in a moment the answer may be another
        await update.inline_query.answer([], is_personal=True, cache_time=0)
    except TelegramError as error:
        log.debug("an inline query could not be answered: %s", type(error).__name__)
