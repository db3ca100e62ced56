"""The chat behind an update: its subscriber, what it follows, blocking and migration."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import replace

from telegram import Chat, ChatMember, ChatMemberUpdated, Update
from telegram.error import TelegramError

from bot.handlers import Desk
from bot.handlers.reply import send_parts
from briefing.compose.audience import digest_after
from briefing.compose.texts import language_of, speak, spoken
from briefing.model import Company
from briefing.subscribers import Subscriber

log = logging.getLogger(__name__)

CUT = "…"
OUT = frozenset({ChatMember.BANNED, ChatMember.LEFT})


async def subscriber_of(desk: Desk, chat_id: int) -> Subscriber:
    """The subscriber of a chat; a new one gets the digest at the desk's hour, in the language spoken."""
    now = desk.clock()
    subscriber = await desk.subscribers.ensure(chat_id, now, (desk.digest_time,), desk.timezone, spoken())
    if not subscriber.digest_times or subscriber.next_digest is not None:
        return subscriber
    first = await desk.subscribers.change(
        chat_id, lambda kept: replace(kept, next_digest=kept.next_digest or digest_after(kept, now))
    )
    return first or subscriber


async def changed(desk: Desk, chat_id: int, change: Callable[[Subscriber], Subscriber]) -> Subscriber:
    """Change a chat's settings as they are stored at that moment; what they are then."""
    before = await subscriber_of(desk, chat_id)
    return await desk.subscribers.change(chat_id, change) or before


async def speak_to(desk: Desk, chat_id: int | None, code: str | None) -> None:
    """Speak the language that a chat has chosen; with one never seen that of whoever speaks.

    Args:
        desk: Knows the chat.
        chat_id: Of the chat; None for none.
        code: Language of the person's Telegram (BCP 47), None where Telegram does not tell it.
    """
    subscriber = await desk.subscribers.get(chat_id) if chat_id is not None else None
    speak(subscriber.language if subscriber else language_of(code))


async def followed(desk: Desk, chat_id: int) -> tuple[str, ...]:
    """Names a chat is subscribed to; nothing for a chat never seen."""
    subscriber = await desk.subscribers.get(chat_id)
    return subscriber.companies if subscriber else ()


async def company_named(desk: Desk, chat_id: int, name: str) -> Company | None:
    """The company meant, also one that only this chat's subscriptions know any more.

    Args:
        name: As typed, or from a button: then perhaps cut, ending in "…".
    """
    if found := await desk.news.find_company(name):
        return found
    return _own(name, await followed(desk, chat_id))


async def companies_named(desk: Desk, chat_id: int, names: Sequence[str]) -> dict[str, Company]:
    """Companies by the name that means them, see `company_named`; few database reads, however many names."""
    found = await desk.news.find_companies(names)
    if missing := [name for name in names if name not in found]:
        follows = await followed(desk, chat_id)
        found.update((name, own) for name in missing if (own := _own(name, follows)))
    return found


def _own(name: str, follows: Sequence[str]) -> Company | None:
    """The one subscription meant by a name, or by the beginning of one."""
    if name in follows:
        return Company(name)
    start = name.removesuffix(CUT)
    if not start or start == name:
        return None
    found = [own for own in follows if own.startswith(start)]
    return Company(found[0]) if len(found) == 1 else None


async def wake(desk: Desk, chat_id: int) -> None:
    """Write again to a chat that was given up and now speaks; nothing is caught up."""
    subscriber = await desk.subscribers.get(chat_id)
    if subscriber is None or subscriber.active:
        return
    await desk.subscribers.reactivate(chat_id, digest_after(subscriber, desk.clock()))


async def membership(desk: Desk, update: Update) -> None:
    """The bot was blocked, removed, let in, let in again."""
    change = update.my_chat_member
    if change is None:
        return
    if change.new_chat_member.status in OUT:
        await desk.subscribers.deactivate(change.chat.id, desk.clock(), "blocked or removed")
        return
    await wake(desk, change.chat.id)
    if change.old_chat_member.status in OUT and change.chat.type != Chat.PRIVATE:
        await _greet(desk, change)


async def _greet(desk: Desk, change: ChatMemberUpdated) -> None:
    """A word to a group that has let the bot in, once; for a channel to whoever did it, if they know the bot.

    Nothing is said in channels: their readers have not asked for a bot.
    """
    chat, person = change.chat, change.from_user
    if desk.allowed_ids and not {chat.id, person.id} & desk.allowed_ids:
        return
    if await desk.subscribers.get(chat.id) is not None:
        return
    # from now on it is known
    subscriber = await subscriber_of(desk, chat.id)
    channel = chat.type == Chat.CHANNEL
    part = desk.replies.chat(
        "added",
        digest_time=subscriber.digest_time or desk.digest_time,
        channel=chat.title or "?" if channel else "",
    )
    try:
        await send_parts(change.get_bot(), person.id if channel else chat.id, [part])
    except TelegramError as error:
        log.info("chat %d: no greeting: %s", chat.id, type(error).__name__)


async def migrated(desk: Desk, update: Update) -> None:
    """A group became a supergroup; Telegram tells both the old chat and the new one."""
    message = update.effective_message
    if message is None:
        return
    if message.migrate_to_chat_id:
        if desk.allowed_ids and message.migrate_to_chat_id not in desk.allowed_ids:
            log.warning(
                "group %d has become %d, which EXECBRIEF_ALLOWED_IDS does not name: it gets nothing any more",
                message.chat_id,
                message.migrate_to_chat_id,
            )
        await desk.subscribers.migrate(message.chat_id, message.migrate_to_chat_id)
    elif message.migrate_from_chat_id:
        await desk.subscribers.migrate(message.migrate_from_chat_id, message.chat_id)
