"""Rights: who speaks, whether they may use the bot, change a chat's own things, or run the bot."""

from __future__ import annotations

from telegram import Chat, ChatMember, Update
from telegram.error import BadRequest

from bot.handlers import Desk

ADMINISTRATORS = frozenset({ChatMember.OWNER, ChatMember.ADMINISTRATOR})


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


def is_admin(desk: Desk, update: Update) -> bool:
    """True for a person of `admin_ids`, in private or in a chat that is one of them too."""
    chat = update.effective_chat
    if chat is not None and chat.type != Chat.PRIVATE and chat.id not in desk.admin_ids:
        # what operators see is not for everybody in a group
        return False
    return speaker(update) in desk.admin_ids


async def may_change(update: Update) -> bool:
    """True if whoever speaks may decide for the chat: in private everybody, elsewhere its administrators.

    Raises:
        telegram.error.TelegramError: Telegram could not be asked.
    """
    chat, message = update.effective_chat, update.effective_message
    if chat is None or chat.type == Chat.PRIVATE:
        return True
    if (who := speaker(update)) is None:
        # an anonymous administrator speaks as the group itself, a post as its channel
        return message is not None and message.sender_chat is not None and message.sender_chat.id == chat.id
    try:
        member = await update.get_bot().get_chat_member(chat.id, who)
    except BadRequest:
        return False
    return member.status in ADMINISTRATORS
