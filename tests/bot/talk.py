"""One turn of a conversation: say or press, then read what comes."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import event

from briefing.store import Store
from tests.botapi import BotApi, Message

ME = 77
GROUP = -1001


async def ask(api: BotApi, text: str, chat_id: int = ME, **more: object) -> Message:
    api.say(chat_id, text, **more)
    return await api.next_message(chat_id)


async def press(api: BotApi, message: Message, label: str) -> Message:
    api.press(message, label)
    return await api.next_message(message.chat_id)


async def settled(api: BotApi, chat_id: int = GROUP) -> int:
    """Waits until all that was said in a chat before is answered; how many messages it held then.

    They count as read. One call a test: the question it asks stays in the chat.
    """
    mark = "아무도모르는회사"
    api.say(chat_id, f"/brief {mark}", by=900 if chat_id < 0 else None)
    while mark not in (await api.next_message(chat_id)).text:
        pass
    return next(i for i, message in enumerate(api.messages(chat_id)) if mark in message.text)


@contextmanager
def statements(store: Store) -> Iterator[list[str]]:
    """What the store's database is asked or told inside the block, but for BEGIN and COMMIT."""
    seen: list[str] = []
    database = store.news._db
    engines = [engine for engine in (database._engine.sync_engine, database._threaded) if engine is not None]

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        if statement != "BEGIN":
            seen.append(statement)

    for engine in engines:
        event.listen(engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        for engine in engines:
            event.remove(engine, "before_cursor_execute", note)
