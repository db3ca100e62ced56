"""/settings: every setting of a chat in one message that edits itself; /timezone and /quiet by typing."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import time
from typing import Final

from bot.handlers import Desk
from bot.handlers.chats import changed, subscriber_of
from bot.handlers.reply import with_keyboard
from bot.handlers.words import OFF_WORDS, read_hours
from bot.keyboards import level_said
from bot.panel import (
    LANGUAGES,
    MOST_HOURS,
    WEEKDAYS,
    Page,
    days_said,
    hours_said,
    kinds_said,
    panel,
    zone_said,
)
from briefing.compose.audience import digest_after
from briefing.compose.texts import speak, text
from briefing.korean.zones import is_zone, read_zone
from briefing.model import FactKind, Part
from briefing.subscribers import ALL_DAYS, AlertLevel, Language, Quiet, Subscriber

_QUIET: Final = re.compile(r"(\d{2}:\d{2})-(\d{2}:\d{2})")

# The page on which a field is changed.
_PAGE_OF: Final = {
    "hour": Page.HOURS,
    "empty": Page.HOURS,
    "day": Page.DAYS,
    "holidays": Page.DAYS,
    "alerts": Page.ALERTS,
    "quiet": Page.QUIET,
    "kind": Page.KINDS,
    "zone": Page.ZONE,
    "lang": Page.LANGUAGE,
}


async def settings(desk: Desk, chat_id: int, args: str) -> tuple[Part, ...]:
    """All settings with buttons to change them, or the page that is named."""
    page = args.strip().lower()
    return (await settings_page(desk, chat_id, Page(page) if page in set(Page) else Page.MAIN),)


async def settings_page(desk: Desk, chat_id: int, page: Page) -> Part:
    """A page of the settings as they are now."""
    return _shown(desk, await subscriber_of(desk, chat_id), page)


async def timezone(desk: Desk, chat_id: int, args: str) -> tuple[Part, ...]:
    """Without arguments the page of time zones; with a city or an IANA name, sets it."""
    if not args.strip():
        return (await settings_page(desk, chat_id, Page.ZONE),)
    key = read_zone(args)
    if key is None:
        part = desk.replies.chat("settings_bad", what="zone", value=args.strip())
        subscriber = await subscriber_of(desk, chat_id)
        return (with_keyboard(part, panel(Page.ZONE, subscriber)),)
    return (await _changed(desk, chat_id, Page.ZONE, lambda now: replace(now, timezone=key)),)


async def quiet(desk: Desk, chat_id: int, args: str) -> tuple[Part, ...]:
    """Without arguments the page of quiet hours; with two hours, or "끄기", sets them."""
    wish = args.strip()
    if not wish:
        return (await settings_page(desk, chat_id, Page.QUIET),)
    if wish.lower() in OFF_WORDS:
        return (await _changed(desk, chat_id, Page.QUIET, lambda now: replace(now, quiet=None)),)
    hours = read_hours(re.sub(r"[~–—-]|부터|까지|에서", " ", wish))
    if hours is None or len(hours) != 2 or hours[0] == hours[1]:
        equal = hours is not None and len(hours) == 2
        part = desk.replies.chat("settings_bad", what="quiet_equal" if equal else "quiet", value=wish)
        subscriber = await subscriber_of(desk, chat_id)
        return (with_keyboard(part, panel(Page.QUIET, subscriber)),)
    chosen = Quiet(*hours)
    return (await _changed(desk, chat_id, Page.QUIET, lambda now: replace(now, quiet=chosen)),)


async def set_field(desk: Desk, chat_id: int, field: str, value: str) -> Part | None:
    """Change a setting by its button and show the page again; None if the button makes no sense."""
    change = _change_of(field, value)
    if change is None:
        return None
    return await _changed(desk, chat_id, _PAGE_OF[field], change)


async def refused(desk: Desk, chat_id: int, field: str, value: str) -> str | None:
    """Why a button of the settings changes nothing, as a short notice; None if it changes something."""
    if (change := _change_of(field, value)) is None:
        return None
    now = await subscriber_of(desk, chat_id)
    if field == "hour" and value != "off" and len(now.digest_times) >= MOST_HOURS:
        hours = read_hours(value) or ()
        if not set(hours) & set(now.digest_times):
            return text("panel.most_hours", count=MOST_HOURS)
    after = change(now)
    if field == "kind" and after.kinds == now.kinds:
        return text("panel.last_kind")
    if field == "day" and value.isdecimal() and after.digest_days == now.digest_days:
        return text("panel.last_day")
    return None


async def _changed(desk: Desk, chat_id: int, page: Page, change: Callable[[Subscriber], Subscriber]) -> Part:
    """Write a change, effective at once, and show the page with it."""
    now = desk.clock()

    def settle(before: Subscriber) -> Subscriber:
        after = change(before)
        if _timetable(after) != _timetable(before):
            after = replace(after, next_digest=digest_after(after, now))
        if (after.alerts, after.kinds) != (before.alerts, before.kinds):
            # what was read before the choice is no alert
            after = replace(after, alerts_since=now)
        return after

    after = await changed(desk, chat_id, settle)
    speak(after.language)
    return _shown(desk, after, page)


def _timetable(subscriber: Subscriber) -> tuple[object, ...]:
    """What decides when a digest is due; other changes must not throw away one that is."""
    return (
        subscriber.digest_times,
        subscriber.digest_days,
        subscriber.on_holidays,
        subscriber.timezone,
    )


def _change_of(field: str, value: str) -> Callable[[Subscriber], Subscriber] | None:
    """What a button does to a subscriber; None if it does nothing sensible."""
    match field, value:
        case "hour", "off":
            return lambda now: replace(
                now, digest_times=(), paused_times=now.digest_times or now.paused_times
            )
        case "hour", _ if (hours := read_hours(value)) and len(hours) == 1:
            hour = hours[0]
            return lambda now: replace(
                now,
                digest_times=_toggled_hours(now.digest_times, hour),
                # the last one off: back again at the hours it had
                paused_times=now.digest_times or now.paused_times,
            )
        case "empty", "toggle":
            return lambda now: replace(now, empty_digest=not now.empty_digest)
        case "day", "all":
            return lambda now: replace(now, digest_days=ALL_DAYS)
        case "day", "weekdays":
            return lambda now: replace(now, digest_days=WEEKDAYS)
        case "day", _ if value in set("1234567"):
            # the last day stays: no digest at all is the button of the hours
            return lambda now: replace(now, digest_days=now.digest_days ^ {int(value)} or now.digest_days)
        case "holidays", "toggle":
            return lambda now: replace(now, on_holidays=not now.on_holidays)
    return _other_change_of(field, value)


def _other_change_of(field: str, value: str) -> Callable[[Subscriber], Subscriber] | None:
    """The same for what has nothing to do with digests' days and hours."""
    match field, value:
        case "alerts", _ if value in set(AlertLevel):
            return lambda now: replace(now, alerts=AlertLevel(value))
        case "quiet", "off":
            return lambda now: replace(now, quiet=None)
        case "quiet", _ if match := _QUIET.fullmatch(value):
            hours = read_hours(f"{match[1]} {match[2]}")
            return None if hours is None else lambda now: replace(now, quiet=Quiet(*hours))
        case "kind", _ if value in set(FactKind):
            return lambda now: replace(now, kinds=now.kinds ^ {FactKind(value)} or now.kinds)
        case "zone", _ if is_zone(value):
            return lambda now: replace(now, timezone=value)
        case "lang", _ if value in set(Language):
            return lambda now: replace(now, language=Language(value))
    return None


def _toggled_hours(hours: tuple[time, ...], hour: time) -> tuple[time, ...]:
    """With the hour if it was not there and there is room, else without it."""
    if hour in hours or len(hours) >= MOST_HOURS:
        return tuple(other for other in hours if other != hour)
    return tuple(sorted((*hours, hour)))


def _shown(desk: Desk, subscriber: Subscriber, page: Page) -> Part:
    part = desk.replies.chat(
        "settings",
        page=page.value,
        hours=hours_said(subscriber.digest_times),
        days=days_said(subscriber.digest_days),
        on_holidays=subscriber.on_holidays,
        empty=subscriber.empty_digest,
        level=subscriber.alerts.value,
        alerts=level_said(subscriber.alerts),
        quiet=hours_said((subscriber.quiet.begins, subscriber.quiet.ends)).replace(", ", "–")
        if subscriber.quiet
        else "",
        kinds=" · ".join(label for kind, label in kinds_said().items() if kind in subscriber.kinds),
        silent=subscriber.alerts_coming is not subscriber.alerts,
        zone=zone_said(subscriber.timezone),
        language=LANGUAGES[subscriber.language],
        next_digest=subscriber.next_digest,
        timezone=subscriber.timezone,
        most=MOST_HOURS,
    )
    return with_keyboard(part, panel(page, subscriber))
