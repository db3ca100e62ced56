"""What happens in groups, channels, forums and inline mode, told to the server of tests/botapi.py."""

from __future__ import annotations

from typing import Any

from tests.botapi import BOT, BotApi, Message, standing

WRITTEN = 1_700_000_000


def command(text: str) -> dict[str, Any]:
    """The entity of a command at the beginning of a text."""
    if not text.startswith("/"):
        return {}
    return {"entities": [{"type": "bot_command", "offset": 0, "length": len(text.split(maxsplit=1)[0])}]}


def mention(text: str, name: str = f"@{BOT['username']}") -> dict[str, Any]:
    """The entity of the bot's name inside a text without emoji."""
    return {"entities": [{"type": "mention", "offset": text.index(name), "length": len(name)}]}


def reply_to(message: Message, by: dict[str, Any] = BOT, **more: Any) -> dict[str, Any]:
    """The field of an answer to a message."""
    chat = {"id": message.chat_id, "type": "supergroup", "title": "방"}
    shown = {
        "message_id": message.message_id,
        "date": WRITTEN,
        "chat": chat,
        "from": by,
        "text": message.text,
    }
    return {"reply_to_message": {**shown, **more}}


def topic(thread_id: int) -> dict[str, Any]:
    """The fields of a message in a topic of a forum."""
    return {"message_thread_id": thread_id, "is_topic_message": True}


def edit(api: BotApi, chat_id: int, message_id: int, text: str, after_s: int = 60, **more: Any) -> None:
    """A person edits a message so many seconds after writing it."""
    kind = "private" if chat_id > 0 else "supergroup"
    api.update(
        {
            "edited_message": {
                "message_id": message_id,
                "date": WRITTEN,
                "edit_date": WRITTEN + after_s,
                "chat": {"id": chat_id, "type": kind, "title": "방", "first_name": "가"},
                "from": {"id": more.pop("by", abs(chat_id)), "is_bot": False, "first_name": "가"},
                "text": text,
                **command(text),
                **more,
            }
        }
    )


def post(api: BotApi, channel_id: int, text: str, kind: str = "channel_post") -> None:
    """An administrator posts in a channel."""
    api.kinds[channel_id] = "channel"
    message = api._message(channel_id)
    message |= {"sender_chat": message["chat"], "text": text}
    api.update({kind: {**message, **command(text)}})


def inline(api: BotApi, user_id: int, query: str, offset: str = "") -> None:
    """A person types `@bot query` in some chat."""
    who = {"id": user_id, "is_bot": False, "first_name": "가"}
    api.update({"inline_query": {"id": f"q{len(api.calls)}", "from": who, "query": query, "offset": offset}})


async def inline_results(api: BotApi, user_id: int, query: str) -> list[dict[str, Any]]:
    """What is offered for a query."""
    before = len(api.inline_answers)
    inline(api, user_id, query)
    await api.until(lambda: len(api.inline_answers) > before)
    results: list[dict[str, Any]] = api.inline_answers[-1]["results"]
    return results


def member_changed(
    api: BotApi, chat_id: int, kind: str, before: str, after: str, by: int, title: str = "방"
) -> None:
    """The bot's own standing in a chat changes."""
    api.update(
        {
            "my_chat_member": {
                "chat": {"id": chat_id, "type": kind, "title": title},
                "from": {"id": by, "is_bot": False, "first_name": "가"},
                "date": WRITTEN,
                "old_chat_member": {"user": BOT, **standing(before)},
                "new_chat_member": {"user": BOT, **standing(after)},
            }
        }
    )
