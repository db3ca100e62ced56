"""/start and /help."""

from __future__ import annotations

from bot.deeplinks import name_of
from bot.handlers import Desk
from bot.handlers.chats import subscriber_of
from bot.handlers.companies import list_, subscribe_known
from bot.handlers.reply import with_keyboard
from bot.keyboards import CHOICES_SHOWN, company_choice, list_button
from bot.panel import hours_said, when_said
from briefing.model import Part


async def start(desk: Desk, chat_id: int, args: str) -> tuple[Part, ...]:
    """Says what the bot does, or what is followed already; by a deep link subscribes at once."""
    if (name := name_of(args.strip())) and (parts := await subscribe_known(desk, chat_id, name)):
        return parts
    subscriber = await subscriber_of(desk, chat_id)
    if not subscriber.follows_nothing:
        return (desk.replies.chat("start_again"), *await list_(desk, chat_id, ""))
    popular = (await desk.news.popular())[:CHOICES_SHOWN]
    part = desk.replies.chat("start", popular=popular, digest_time=subscriber.digest_time or desk.digest_time)
    return (with_keyboard(part, company_choice("subscribe", popular)),)


async def help_(desk: Desk, chat_id: int, _args: str) -> tuple[Part, ...]:
    """What one can ask."""
    subscriber = await desk.subscribers.get(chat_id)
    part = desk.replies.chat(
        "help", digest_time=when_said(subscriber) if subscriber else hours_said((desk.digest_time,))
    )
    return (with_keyboard(part, ((list_button(),),)),)
