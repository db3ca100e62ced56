"""One turn of a conversation: say or press, then read what comes."""

from __future__ import annotations

from tests.botapi import BotApi, Message

ME = 77
GROUP = -1001


async def ask(api: BotApi, text: str, chat_id: int = ME, **more: object) -> Message:
    api.say(chat_id, text, **more)
    return await api.next_message(chat_id)


async def press(api: BotApi, message: Message, label: str) -> Message:
    api.press(message, label)
    return await api.next_message(message.chat_id)
