"""/brief, the digest of this moment, and the evidence behind them."""

from __future__ import annotations

from collections.abc import Sequence

from bot.handlers import Desk
from bot.handlers.chats import company_named, followed, subscriber_of
from bot.handlers.companies import nothing_subscribed, unknown_company
from bot.handlers.reply import with_keyboard
from bot.handlers.words import LONGEST_QUERY, read_question
from bot.keyboards import company_choice
from briefing.model import Action, AlertLevel, Button, Company, Keyboard, Part, Subscriber

# Ids are 64 bits wide; no database takes a larger number.
LARGEST_ID = 2**63 - 1


async def brief(desk: Desk, chat_id: int, args: str) -> tuple[Part, ...]:
    """Briefing on "LG전자" or "LG전자 30일"."""
    question = read_question(args)
    if not question.name:
        own = await followed(desk, chat_id)
        part = desk.replies.chat("ask_company", command="brief")
        return (with_keyboard(part, company_choice("brief", own or desk.popular, str(question.days))),)
    short = len(question.name) <= LONGEST_QUERY
    company = await company_named(desk, chat_id, question.name) if short else None
    if company is None:
        return (await unknown_company(desk, question.name, "brief", str(question.days)),)
    return await brief_on(desk, chat_id, company, question.days)


async def brief_on(desk: Desk, chat_id: int, company: Company, days: int) -> tuple[Part, ...]:
    """Briefing with the buttons that fit this chat."""
    parts = await desk.news.brief(company, days)
    subscriber = await desk.subscribers.get(chat_id)
    last = with_keyboard(parts[-1], _fitting(parts[-1].keyboard, company, subscriber))
    return (*parts[:-1], last)


async def message(desk: Desk, chat_id: int, text: str) -> tuple[Part, ...]:
    """A plain message: the name of a company, perhaps with a period."""
    if len(text) > LONGEST_QUERY:
        part = desk.replies.chat("unknown_message", text=text[: LONGEST_QUERY - 1] + "…")
        return (with_keyboard(part, ((Button("도움말", Action("help")),),)),)
    return await brief(desk, chat_id, text)


async def digest_now(desk: Desk, chat_id: int) -> tuple[Part, ...]:
    """What the daily digest would hold at this moment."""
    subscriber = await subscriber_of(desk, chat_id)
    if not subscriber.companies:
        return (nothing_subscribed(desk, "digest"),)
    return await desk.news.digest(subscriber)


async def evidence(desk: Desk, story_ids: Sequence[str]) -> tuple[Part, ...]:
    """Sentences and links behind stories, by their ids in decimal."""
    ids = [
        number for story_id in story_ids if story_id.isdecimal() and (number := int(story_id)) <= LARGEST_ID
    ]
    return await desk.news.evidence(ids) or (desk.replies.chat("no_evidence"),)


async def evidence_of(desk: Desk, chat_id: int, name: str, days: int) -> tuple[Part, ...]:
    """Sentences and links behind a company's briefing."""
    company = await company_named(desk, chat_id, name)
    parts = await desk.news.evidence_of(company, days) if company else ()
    return parts or (desk.replies.chat("no_evidence"),)


def _fitting(keyboard: Keyboard, company: Company, subscriber: Subscriber | None) -> Keyboard:
    """The briefing's buttons for this reader: where the company is followed, alerts in place of 구독."""
    if subscriber is None or company.name not in subscriber.companies:
        return keyboard
    # "new": the answer is a message of its own, the briefing stays
    push = Button("알림 켜기", Action("alerts", (AlertLevel.ALL.value, "new")))
    instead = (push,) if subscriber.alerts is AlertLevel.OFF else ()
    rows = (
        tuple(
            new
            for button in row
            for new in (instead if button.action == Action("subscribe", (company.name,)) else (button,))
        )
        for row in keyboard
    )
    return tuple(row for row in rows if row)
