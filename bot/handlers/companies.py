"""/subscribe, /unsubscribe and /list."""

from __future__ import annotations

from collections.abc import Sequence

from bot.handlers import Desk
from bot.handlers.chats import company_named, followed, subscriber_of
from bot.handlers.reply import with_keyboard
from bot.handlers.words import LONGEST_QUERY, read_names
from bot.keyboards import after_subscribing, company_choice, subscriptions
from briefing.model import Action, Button, Company, Part

# Asking back about each of many unknown names would flood the chat.
ASK_BACK = 3
LIST_BUTTON = Button("구독 목록", Action("list"))


async def subscribe(desk: Desk, chat_id: int, args: str) -> tuple[Part, ...]:
    """Follow the named companies; names that nobody knows are asked back."""
    found, unknown = await _companies(desk, chat_id, args)
    if not found and not unknown:
        return (_which(desk, "subscribe", await followed(desk, chat_id)),)
    parts = await subscribe_to(desk, chat_id, found) if found else ()
    return (*parts, *[await unknown_company(desk, name, "subscribe") for name in unknown[:ASK_BACK]])


async def subscribe_to(desk: Desk, chat_id: int, found: Sequence[Company]) -> tuple[Part, ...]:
    """Follow companies, as many as the limit allows."""
    subscriber = await subscriber_of(desk, chat_id)
    already = tuple(company.name for company in found if company.name in subscriber.companies)
    fresh = [company.name for company in found if company.name not in subscriber.companies]
    room = max(desk.max_companies - len(subscriber.companies), 0)
    dropped = tuple(fresh[room:])
    new = [name for name in fresh[:room] if await desk.subscribers.subscribe(chat_id, name)]
    parts: list[Part] = []
    if new or already:
        part = desk.replies.chat(
            "subscribed",
            companies=tuple(new),
            already=already,
            digest_time=subscriber.digest_time,
            alerts=subscriber.alerts,
            total=len(subscriber.companies) + len(new),
        )
        parts.append(with_keyboard(part, after_subscribing(new or already)))
    if dropped:
        part = desk.replies.chat("too_many", limit=desk.max_companies, dropped=dropped)
        parts.append(with_keyboard(part, ((LIST_BUTTON,),)))
    return tuple(parts)


async def unsubscribe(desk: Desk, chat_id: int, args: str) -> tuple[Part, ...]:
    """Follow the named companies no more."""
    own = await followed(desk, chat_id)
    if not args.strip():
        return (_which(desk, "unsubscribe", own) if own else nothing_subscribed(desk, "unsubscribe"),)
    found, unknown = await _companies(desk, chat_id, args)
    parts = [await unsubscribe_from(desk, chat_id, found)] if found else []
    return (*parts, *[await unknown_company(desk, name, "unsubscribe") for name in unknown[:ASK_BACK]])


async def unsubscribe_from(desk: Desk, chat_id: int, found: Sequence[Company]) -> Part:
    """Follow companies no more; the way back as a button."""
    gone = tuple(
        [company.name for company in found if await desk.subscribers.unsubscribe(chat_id, company.name)]
    )
    missing = tuple(company.name for company in found if company.name not in gone)
    left = len(await followed(desk, chat_id))
    part = desk.replies.chat("unsubscribed", companies=gone, missing=missing, total=left)
    again = tuple(Button("다시 구독", Action("subscribe", (name,))) for name in gone[:1])
    return with_keyboard(part, ((*again, LIST_BUTTON),))


async def list_(desk: Desk, chat_id: int, _args: str) -> tuple[Part, ...]:
    """What is followed, when the digest comes, which alerts are pushed."""
    subscriber = await desk.subscribers.get(chat_id)
    if subscriber is None or not subscriber.companies:
        return (nothing_subscribed(desk, "list"),)
    part = desk.replies.chat(
        "list",
        companies=subscriber.companies,
        digest_time=subscriber.digest_time,
        timezone=subscriber.timezone,
        alerts=subscriber.alerts,
    )
    return (with_keyboard(part, subscriptions(subscriber.companies)),)


def nothing_subscribed(desk: Desk, command: str) -> Part:
    """Says that nothing is followed yet, with companies to begin with."""
    part = desk.replies.chat("nothing_subscribed", command=command)
    return with_keyboard(part, company_choice("subscribe", desk.popular))


async def unknown_company(desk: Desk, query: str, action: str, *extra: str) -> Part:
    """Says that no company goes by this name; the nearest names do `action` when pressed."""
    shown = query if len(query) <= LONGEST_QUERY else query[: LONGEST_QUERY - 1] + "…"
    names = tuple(company.name for company in await desk.news.suggest(shown))
    part = desk.replies.chat("unknown_company", query=shown, suggestions=names)
    return with_keyboard(part, company_choice(action, names, *extra))


def _which(desk: Desk, command: str, own: tuple[str, ...]) -> Part:
    """Asks which company is meant; for a new subscription offers what is not followed yet."""
    offered = own if command == "unsubscribe" else tuple(n for n in desk.popular if n not in own)
    part = desk.replies.chat("ask_company", command=command)
    return with_keyboard(part, company_choice(command, offered))


async def _companies(desk: Desk, chat_id: int, text: str) -> tuple[list[Company], list[str]]:
    """Companies named in a list, and names that nobody knows.

    Names are separated by commas; by spaces too where each word is a company and the whole is none.
    """
    found: dict[str, Company] = {}
    unknown: list[str] = []
    for name in read_names(text):
        whole = await company_named(desk, chat_id, name)
        words = [] if whole else [await company_named(desk, chat_id, word) for word in name.split()]
        known = [whole] if whole else [company for company in words if company]
        if known and (whole or len(known) == len(words)):
            found.update((company.name, company) for company in known)
        else:
            unknown.append(name)
    return list(found.values()), unknown
