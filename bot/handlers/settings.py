"""/digest HH:MM and /alerts: when and what a chat is written to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import time

from bot.handlers import Desk
from bot.handlers.briefs import digest_now
from bot.handlers.chats import changed, subscriber_of
from bot.handlers.reply import with_keyboard
from bot.handlers.words import LEVELS, OFF_WORDS, read_hours, read_weekdays
from bot.keyboards import alert_levels, digest_hours
from bot.panel import MOST_HOURS, Page, when_said
from briefing.compose.audience import digest_after
from briefing.compose.texts import text
from briefing.model import Action, Button, Part
from briefing.subscribers import AlertLevel, Subscriber

ON_WORDS = frozenset({"켜기", "켬", "켜", "켜줘", "on"})


def _digest_now() -> Button:
    return Button(text("buttons.digest_now"), Action("digest"))


async def digest(desk: Desk, chat_id: int, args: str) -> tuple[Part, ...]:
    """Without arguments the digest of this moment; with an hour, or "끄기", the setting."""
    wish = args.strip()
    if not wish:
        return await digest_now(desk, chat_id)
    if wish.lower() in OFF_WORDS:
        return (await digest_off(desk, chat_id),)
    if wish.lower() in ON_WORDS:
        subscriber = await subscriber_of(desk, chat_id)
        return (await digest_at(desk, chat_id, _hours_again(desk, subscriber)),)
    weekdays, rest = read_weekdays(wish)
    hours = read_hours(rest)
    if hours is None or len(hours) > MOST_HOURS:
        most = MOST_HOURS if hours is not None else 0
        part = desk.replies.chat("digest_bad_time", value=wish[:40], most=most)
        return (with_keyboard(part, digest_hours(None)[:-1]),)
    return (await digest_at(desk, chat_id, hours, weekdays),)


def _hours_again(desk: Desk, subscriber: Subscriber) -> tuple[time, ...]:
    """The hours at which a digest comes when it is turned on: those it had."""
    return subscriber.digest_times or subscriber.paused_times or (desk.digest_time,)


async def digest_at(
    desk: Desk, chat_id: int, hours: Sequence[time], weekdays: frozenset[int] | None = None
) -> Part:
    """Send the digest at these local hours from now on; on these ISO weekdays, None leaves them."""
    times, now = tuple(sorted(set(hours))), desk.clock()

    def set_hours(kept: Subscriber) -> Subscriber:
        days = kept.digest_days if weekdays is None else weekdays
        chosen = replace(kept, digest_times=times, digest_days=days, paused_times=())
        return replace(chosen, next_digest=digest_after(chosen, now))

    chosen = await changed(desk, chat_id, set_hours)
    part = desk.replies.chat(
        "digest_set",
        digest_time=when_said(chosen),
        timezone=chosen.timezone,
        next_digest=chosen.next_digest,
    )
    change = Button(text("buttons.change_time"), Action("settings", (Page.HOURS.value, "new")))
    return with_keyboard(part, ((change, _digest_now()),))


async def digest_off(desk: Desk, chat_id: int) -> Part:
    """Send no digest any more; asking for one still works."""
    off = await changed(
        desk,
        chat_id,
        lambda kept: replace(kept, digest_times=(), paused_times=_hours_again(desk, kept), next_digest=None),
    )
    again = off.paused_times
    button = Button(
        text("buttons.digest_again"), Action("digest_time", (",".join(f"{hour:%H:%M}" for hour in again),))
    )
    return with_keyboard(desk.replies.chat("digest_off"), ((button, _digest_now()),))


async def digest_choice(desk: Desk, chat_id: int) -> Part:
    """The hour now, and hours to choose from."""
    subscriber = await subscriber_of(desk, chat_id)
    part = desk.replies.chat(
        "digest",
        digest_time=when_said(subscriber),
        timezone=subscriber.timezone,
        next_digest=subscriber.next_digest,
    )
    return with_keyboard(part, digest_hours(subscriber.digest_time))


async def alerts(desk: Desk, chat_id: int, args: str) -> tuple[Part, ...]:
    """The level now with the choice; with a word for a level, sets it; another word is asked back."""
    wish = args.strip().lower()
    if not wish:
        return (await alerts_choice(desk, chat_id),)
    if (level := LEVELS.get(wish)) is not None:
        return (await alerts_at(desk, chat_id, level),)
    subscriber = await subscriber_of(desk, chat_id)
    part = desk.replies.chat("alerts_bad_level", value=args.strip()[:40])
    return (with_keyboard(part, alert_levels(subscriber.alerts)),)


async def alerts_at(desk: Desk, chat_id: int, level: AlertLevel) -> Part:
    """Push these stories from now on; says so."""
    before = await subscriber_of(desk, chat_id)
    await desk.subscribers.set_alerts(chat_id, level, desk.clock())
    silent = replace(before, alerts=level).alerts_coming is not level
    return desk.replies.chat("alerts_set", level=level, silent=silent)


async def alerts_choice(desk: Desk, chat_id: int) -> Part:
    """The level now, and the three to choose from."""
    subscriber = await subscriber_of(desk, chat_id)
    part = desk.replies.chat("alerts", level=subscriber.alerts)
    return with_keyboard(part, alert_levels(subscriber.alerts))
