"""Topics of a forum: where a message stands, and where a chat's digests and alerts go."""

from __future__ import annotations

from telegram import Message

from bot.handlers import Desk
from briefing.model import Part


def topic_of(message: Message) -> int | None:
    """The topic of a forum a message stands in; None elsewhere and in the general topic.

    Threads of replies in ordinary groups have ids too, but are no topics.
    """
    return message.message_thread_id if message.is_topic_message else None


async def settle(desk: Desk, message: Message) -> tuple[Part, ...]:
    """Make digests and alerts go to the topic in which somebody has just subscribed.

    A chat has one digest, so the latest place wins. Says so if they went somewhere else before.
    """
    subscriber = await desk.subscribers.get(message.chat_id)
    if subscriber is None or subscriber.follows_nothing:
        return ()
    topic = topic_of(message)
    if subscriber.thread_id == topic:
        return ()
    await desk.subscribers.set_thread(message.chat_id, topic)
    return (desk.replies.chat("topic_moved", topic=topic is not None),)
