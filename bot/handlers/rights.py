"""Who speaks, and whether they may decide for the chat."""

from __future__ import annotations

import logging
from typing import Final

from telegram import Chat, ChatMember, Update
from telegram.error import BadRequest, TelegramError

from bot.handlers import Desk
from briefing.model import Part

log = logging.getLogger(__name__)

ADMINISTRATORS: Final = frozenset({ChatMember.OWNER, ChatMember.ADMINISTRATOR})
# What a 400 of getChatMember says about somebody who has left, lower case; any other tells nothing of them.
NO_MEMBER: Final = ("user not found", "member not found", "participant_id_invalid", "user_not_participant")


def speaker(update: Update) -> int | None:
    """The id of the person behind an update; None where Telegram names none.

    Posts of channels and of anonymous administrators come from a chat; the user that Telegram gives
    with them (`sender_chat`, https://core.telegram.org/bots/api#message) is the same for all of them.
    """
    message = update.effective_message
    if update.callback_query is None and message is not None and message.sender_chat is not None:
        return None
    user = update.effective_user
    return user.id if user else None


async def refusal(desk: Desk, update: Update) -> Part | None:
    """Why whoever speaks may not decide for the chat; None if they may.

    In private everybody may, elsewhere administrators. Where Telegram does not tell who is one (it
    promises to only where the bot is an administrator itself, or it cannot be reached), nobody may.
    """
    chat, message = update.effective_chat, update.effective_message
    if chat is None or chat.type == Chat.PRIVATE:
        return None
    no = desk.replies.chat("admins_only")
    if (who := speaker(update)) is None:
        # an anonymous administrator speaks as the group itself, a post as its channel
        own = message is not None and message.sender_chat is not None and message.sender_chat.id == chat.id
        return None if own or update.channel_post is not None else no
    now = desk.clock()
    known = desk.standings.known(chat.id, who, now)
    if known is None:
        try:
            member = await update.get_bot().get_chat_member(chat.id, who)
            known = member.status in ADMINISTRATORS
        except BadRequest as error:
            if not any(sign in error.message.lower() for sign in NO_MEMBER):
                log.info("chat %d: %s; nobody may change its settings", chat.id, error.message)
                return desk.replies.chat("rights_unknown")
            known = False
        except TelegramError as error:
            log.info("chat %d: rights unknown: %s", chat.id, type(error).__name__)
            return desk.replies.chat("rights_unknown")
        desk.standings.learn(chat.id, who, now, administrator=known)
    return None if known else no
