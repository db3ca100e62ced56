"""Whether a message is meant for the bot, and what it says to it. In groups a bot that comments on every
line is thrown out: there it listens to commands, to its name, and to replies to its own messages."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto
from typing import Final

from telegram import Chat, Message, MessageEntity, Update
from telegram.ext.filters import UpdateFilter, UpdateType

# Kinds of updates that ask something. Edited posts of channels do not: their answer stands in the channel.
ASKING: Final = UpdateType.MESSAGES | UpdateType.CHANNEL_POST


class How(Enum):
    """How a plain message comes to be meant for the bot."""

    PRIVATE = auto()
    MENTION = auto()
    REPLY = auto()


@dataclass(frozen=True, slots=True)
class Addressed:
    """What is said to the bot.

    Attributes:
        text: Without the bot's name.
        how: Why it is meant for the bot.
    """

    text: str
    how: How


def is_copy(message: Message) -> bool:
    """True for what nobody wrote here: a channel's post in its discussion group, an inline result."""
    return bool(message.is_automatic_forward) or message.via_bot is not None


def command_of(message: Message) -> str:
    """The command a message begins with, lower case, without slash and bot; "" for none or another bot's."""
    text = message.text or ""
    if not text.startswith("/"):
        return ""
    name, _, bot = text.split(maxsplit=1)[0][1:].lower().partition("@")
    return name if bot in {"", message.get_bot().username.lower()} else ""


def addressed(message: Message) -> Addressed | None:
    """A plain message (no command) that is meant for the bot; None for all others."""
    text = (message.text or "").strip()
    if not text or text.startswith("/") or is_copy(message):
        return None
    if message.chat.type == Chat.PRIVATE:
        return Addressed(text, How.PRIVATE)
    if message.chat.type == Chat.CHANNEL:
        return None
    if (rest := _without_mention(message)) is not None:
        return Addressed(rest, How.MENTION)
    answered = message.reply_to_message
    # in a forum every first message of a topic "replies" to the notice that opened it
    if answered is None or answered.from_user is None or answered.forum_topic_created is not None:
        return None
    return Addressed(text, How.REPLY) if answered.from_user.id == message.get_bot().id else None


def _without_mention(message: Message) -> str | None:
    """The text around the bot's name; None if it is not named."""
    bot = message.get_bot()
    mentions = message.parse_entities([MessageEntity.MENTION, MessageEntity.TEXT_MENTION])
    ours = [
        name
        for entity, name in mentions.items()
        if name.lower() == f"@{bot.username}".lower()
        or (entity.user is not None and entity.user.id == bot.id)
    ]
    if not ours:
        return None
    text = message.text or ""
    for name in ours:
        text = text.replace(name, " ")
    return " ".join(text.split())


class ToUs(UpdateFilter):
    """Lets through plain messages that are meant for the bot."""

    __slots__ = ()

    def filter(self, update: Update) -> bool:
        """True for them."""
        message = update.message or update.edited_message
        return message is not None and addressed(message) is not None


class ForUs(UpdateFilter):
    """Lets through messages that do not begin with another bot's command."""

    __slots__ = ()

    def filter(self, update: Update) -> bool:
        """True for them."""
        message = update.effective_message
        return message is not None and not (
            (message.text or "").startswith("/")
            and "@" in (message.text or "").split(maxsplit=1)[0]
            and not command_of(message)
        )


class Written(UpdateFilter):
    """Lets through what somebody has written here, and no copies of it."""

    __slots__ = ()

    def filter(self, update: Update) -> bool:
        """True for it."""
        message = update.effective_message
        return message is not None and not is_copy(message)
