"""Buttons: what a press does, and whether the answer is a new message or takes the old one's place."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from telegram import CallbackQuery, Chat, Message, Update

from bot.handlers import Desk, admin, privacy
from bot.handlers.briefs import digest_now, evidence, evidence_of, read_ids
from bot.handlers.channels import SETTING, link
from bot.handlers.chats import company_named
from bot.handlers.companies import list_, subscribe_to, unsubscribe_all, unsubscribe_from
from bot.handlers.fitting import brief_on
from bot.handlers.following import follow, pressed_person, pressed_topic, unfollow_pressed
from bot.handlers.lookups import calendar, moves_of, names, person_marked, whole_digest
from bot.handlers.panel import refused, set_field, settings_page
from bot.handlers.reply import Reaction, edit_part, send_parts, stop_spinner
from bot.handlers.rights import refusal
from bot.handlers.settings import alerts_at, alerts_choice, digest_at, digest_choice, digest_off
from bot.handlers.topics import settle, topic_of
from bot.handlers.trends import trend_of
from bot.handlers.welcome import help_
from bot.handlers.words import read_hours
from bot.keyboards import decode, moment_of
from bot.panel import MOST_HOURS, Page
from briefing.compose.trend import Theme
from briefing.findings import ALL_COMPANIES, DEFAULT_DAYS, MOST_DAYS, Days
from briefing.model import Action, FactKind, Period
from briefing.subscribers import AlertLevel

# A second tap on the same button this soon after the first was answered is a slip of the finger.
SLIP = timedelta(seconds=3)
REMEMBERED = 1000
# After these a chat's digests and alerts go to the topic of the message pressed.
SUBSCRIBING: Final = frozenset({"subscribe", "follow_person", "follow_topic"})


@dataclass(frozen=True, slots=True)
class Guarded:
    """A button that not everybody may press.

    Attributes:
        refusal: Why a press is not for this person, as a short notice; None if it is.
        react: What the press leads to; None if its arguments make no sense any more.
    """

    refusal: Callable[[Desk, Update], Awaitable[str | None]]
    react: Callable[[Desk, Update, tuple[str, ...]], Awaitable[Reaction | None]]


GUARDED: Final[Mapping[str, Guarded]] = {
    "forget": Guarded(privacy.may_press, privacy.pressed),
    "broadcast": Guarded(admin.may_press, admin.pressed),
}


class Presses:
    """Remembers answered presses for a moment, so that a double tap is answered once.

    Args:
        clock: Tells the time, aware UTC.
    """

    def __init__(self, clock: Callable[[], datetime]) -> None:
        self._clock = clock
        self._answered: dict[tuple[int, int, str, int], datetime] = {}

    def again(self, press: tuple[int, int, str, int]) -> bool:
        """True if this (chat, message, data, state of the message) was answered just now."""
        at = self._answered.get(press)
        return at is not None and self._clock() - at < SLIP

    def answered(self, press: tuple[int, int, str, int]) -> None:
        """Remember it."""
        self._answered.pop(press, None)
        self._answered[press] = self._clock()
        while len(self._answered) > REMEMBERED:
            del self._answered[next(iter(self._answered))]


async def press(desk: Desk, presses: Presses, update: Update) -> None:
    """Answer a pressed button."""
    query = update.callback_query
    if query is None:
        return
    action = decode(query.data) if query.data else None
    message = query.message
    if message is None or query.data is None:
        # below an inline result we put no such buttons; what comes all the same is of another version
        await stop_spinner(query, desk.replies.chat("stale_button").html)
        return
    if await _kept_out(desk, update, query, action):
        return
    chat_id = message.chat.id
    # a message that has changed since is pressed anew, however soon
    state = hash((message.text, message.reply_markup)) if isinstance(message, Message) else 0
    key = (chat_id, message.message_id, query.data, state)
    if presses.again(key):
        return
    guarded = GUARDED.get(action.name) if action else None
    if guarded and action:
        reaction = await guarded.react(desk, update, action.args)
    else:
        reaction = await react(desk, chat_id, action) if action else None
    if reaction is None:
        reaction = Reaction((desk.replies.chat("stale_button"),))
    elif isinstance(message, Message) and action and action.name in SUBSCRIBING:
        reaction = Reaction((*reaction.parts, *await settle(desk, message)), reaction.edit)
    topic = topic_of(message) if isinstance(message, Message) else None
    # A message too old to be read is too old to be edited.
    if reaction.edit and isinstance(message, Message):
        await edit_part(message, reaction.parts[0], topic)
        await send_parts(query.get_bot(), chat_id, reaction.parts[1:], topic)
    else:
        await send_parts(query.get_bot(), chat_id, reaction.parts, topic)
    presses.answered(key)


async def _kept_out(desk: Desk, update: Update, query: CallbackQuery, action: Action | None) -> bool:
    """Confirm the press to whoever pressed; True if it goes no further, and they have been told why."""
    in_channel = query.message is not None and query.message.chat.type == Chat.CHANNEL
    if in_channel and action and (address := link(query.get_bot().username, action)):
        await stop_spinner(query, link=address)
        return True
    why: str | None = None
    if guarded := GUARDED.get(action.name) if action else None:
        why = await guarded.refusal(desk, update)
    elif (in_channel or (action and action.name in SETTING)) and (no := await refusal(desk, update)):
        # what else can be pressed in a channel is answered there, for everybody to read
        looks = action is None or action.name not in SETTING
        why = desk.replies.chat("press_in_private").html if looks else no.html
    if why is None and query.message is not None and action is not None:
        match action:
            case Action("set", (field, value)):
                why = await refused(desk, query.message.chat.id, field, value)
    await stop_spinner(query, why)
    return why is not None


async def react(desk: Desk, chat_id: int, action: Action) -> Reaction | None:
    """What an action does; None if its arguments make no sense (any more)."""
    match action:
        case Action("brief", (name, *rest)):
            return await _named(desk, chat_id, name, _days(rest))
        case Action("trend", (name, *rest)):
            return await _trend(desk, chat_id, name, rest)
        case Action("evidence", ids) if ids:
            return Reaction(await evidence(desk, ids))
        case Action("evidence_of", (name, *rest)):
            return Reaction(await evidence_of(desk, chat_id, name, _days(rest)))
        case Action("subscribe" | "unsubscribe", (name,)):
            company = await company_named(desk, chat_id, name)
            if company is None:
                return None
            if action.name == "subscribe":
                return Reaction(await subscribe_to(desk, chat_id, [company]))
            return Reaction((await unsubscribe_from(desk, chat_id, [company]),), edit=True)
        case Action("unsubscribe_all", args):
            left = await unsubscribe_all(desk, chat_id, args)
            return Reaction((left,), edit=True) if left else None
        case Action("list", ()):
            return Reaction(await list_(desk, chat_id, ""))
        case Action("help", ()):
            return Reaction(await help_(desk, chat_id, ""))
        case Action("digest", ()):
            return Reaction(await digest_now(desk, chat_id))
    return await _set(desk, chat_id, action) or await _look_up(desk, chat_id, action)


async def _set(desk: Desk, chat_id: int, action: Action) -> Reaction | None:
    """What the buttons do that change settings."""
    match action:
        case Action("digest_time", args):
            return await _digest_time(desk, chat_id, args)
        case Action("alerts", args):
            return await _alerts(desk, chat_id, args)
        case Action("settings", args):
            return await _settings(desk, chat_id, args)
        case Action("follow_person", (name, mark)):
            return Reaction(await follow(desk, chat_id, [await pressed_person(desk, name, mark)]))
        case Action("follow_topic", (company, topic)):
            wanted = await pressed_topic(desk, company, topic)
            return Reaction(await follow(desk, chat_id, [wanted])) if wanted else None
        case Action("unfollow_person", (_, _, *rest)) | Action("unfollow_topic", (_, _, *rest)):
            # below a person's page ("new") the page stays
            left = await unfollow_pressed(desk, chat_id, action)
            return Reaction((left,), edit=not rest) if left else None
        case Action("set", (field, value)):
            page = await set_field(desk, chat_id, field, value)
            return Reaction((page,), edit=True) if page else None
    return None


async def _look_up(desk: Desk, chat_id: int, action: Action) -> Reaction | None:
    """What the buttons do that lead on to more."""
    match action:
        case Action("brief_all", (name, *rest)):
            return await _named(desk, chat_id, name, _days(rest), everything=True)
        case Action("topic", (name, topic, *rest)) if name == ALL_COMPANIES and topic in desk.news.topics:
            return Reaction(await desk.news.on_topic(topic, _days(rest)))
        case Action("topic", (name, topic, *rest)) if topic in desk.news.topics:
            return await _named(desk, chat_id, name, _days(rest), topic)
        case Action("kind", (name, kind, *rest)) if kind in set(FactKind):
            return await _named(desk, chat_id, name, _days(rest), kind=FactKind(kind))
        case Action("who", (name, *mark)):
            parts = await person_marked(desk, chat_id, name, mark[0] if mark else "")
            return Reaction(parts) if parts else None
        case Action("names", ids) if ids:
            return Reaction(await names(desk, read_ids(ids)))
        case Action("moves", args):
            days = _days([arg for arg in args if arg != "all"]) if args else Days(1)
            return Reaction(await moves_of(desk, days, everything="all" in args))
        case Action("calendar", args):
            return Reaction(await calendar(desk, chat_id, "".join(args)))
        case Action("digest_all", (since, until)):
            period = _period(since, until)
            parts = await whole_digest(desk, chat_id, period) if period else None
            return Reaction(parts) if parts else None
    return None


async def _named(
    desk: Desk,
    chat_id: int,
    name: str,
    days: Days,
    topic: str | None = None,
    *,
    kind: FactKind | None = None,
    everything: bool = False,
) -> Reaction | None:
    company = await company_named(desk, chat_id, name)
    if company is None:
        return None
    return Reaction(await brief_on(desk, chat_id, company, days, topic, kind=kind, everything=everything))


async def _trend(desk: Desk, chat_id: int, name: str, rest: list[str]) -> Reaction | None:
    """A picture; one whose button names the paper is turned in its place."""
    if rest and rest[0] not in set(Theme):
        return None
    company = await company_named(desk, chat_id, name)
    if company is None:
        return None
    theme = Theme(rest[0]) if rest else Theme.LIGHT
    return Reaction(await trend_of(desk, company, theme), edit=bool(rest))


async def _digest_time(desk: Desk, chat_id: int, args: tuple[str, ...]) -> Reaction | None:
    match args:
        case ():
            return Reaction((await digest_choice(desk, chat_id),))
        case ("off",):
            return Reaction((await digest_off(desk, chat_id),), edit=True)
        case (hours,) if (at := read_hours(hours)) is not None and len(at) <= MOST_HOURS:
            return Reaction((await digest_at(desk, chat_id, at),), edit=True)
    return None


async def _alerts(desk: Desk, chat_id: int, args: tuple[str, ...]) -> Reaction | None:
    match args:
        case ():
            return Reaction((await alerts_choice(desk, chat_id),))
        case (level, *rest) if level in set(AlertLevel):
            said = await alerts_at(desk, chat_id, AlertLevel(level))
            if rest:
                return Reaction((said,))
            return Reaction((await alerts_choice(desk, chat_id),), edit=True)
    return None


async def _settings(desk: Desk, chat_id: int, args: tuple[str, ...]) -> Reaction | None:
    """All settings in a new message, or another page in place of the one with the button."""
    if not args:
        return Reaction((await settings_page(desk, chat_id, Page.MAIN),))
    if args[0] not in set(Page):
        return None
    # "new": the message with the button stays
    return Reaction((await settings_page(desk, chat_id, Page(args[0])),), edit=args[1:] != ("new",))


def _period(since: str, until: str) -> Period | None:
    """A period in minutes since 1970; None for what is none."""
    first, last = moment_of(since), moment_of(until)
    return Period(first, last) if first and last else None


# Days that a button of ours can name.
EARLIEST, LATEST = date(2000, 1, 1), date(2199, 12, 31)


def _days(rest: list[str]) -> Days:
    """Days of a button; what an old button says otherwise is a week, up to now."""
    count = int(rest[0]) if rest and rest[0].isdecimal() else DEFAULT_DAYS
    try:
        last = date.fromisoformat(rest[1]) if rest[1:] else None
    except ValueError:
        last = None
    if last is not None and not EARLIEST <= last <= LATEST:
        last = None  # no button of ours
    return Days(min(max(count, 1), MOST_DAYS), last)
