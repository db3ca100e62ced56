"""A company's briefing as a message of this chat: with the buttons that fit its reader."""

from __future__ import annotations

from bot.handlers import Desk
from bot.handlers.reply import with_keyboard
from briefing.compose import texts
from briefing.findings import Days
from briefing.model import Action, Button, Company, FactKind, Keyboard, Part
from briefing.subscribers import AlertLevel, Subscriber


async def brief_on(
    desk: Desk,
    chat_id: int,
    company: Company,
    days: Days,
    topic: str | None = None,
    *,
    kind: FactKind | None = None,
    everything: bool = False,
) -> tuple[Part, ...]:
    """Briefing with the buttons that fit this chat."""
    parts = await desk.news.brief(company, days, topic, kind=kind, everything=everything)
    subscriber = await desk.subscribers.get(chat_id)
    keyboard = _fitting(parts[-1].keyboard, company, subscriber)
    if (group := desk.news.group_called(company)) is not None:
        look = Button(
            texts.text("buttons.brief_of", name=group.name), Action("brief", (group.name, *days.args))
        )
        keyboard = (*keyboard, (look,))
    return (*parts[:-1], with_keyboard(parts[-1], keyboard))


def _fitting(keyboard: Keyboard, company: Company, subscriber: Subscriber | None) -> Keyboard:
    """The briefing's buttons for this reader: where the company is followed, alerts in place of 구독."""
    if subscriber is None or company.name not in subscriber.companies:
        return keyboard
    # "new": the answer is a message of its own, the briefing stays
    push = Button(texts.text("buttons.alerts_on"), Action("alerts", (AlertLevel.ALL.value, "new")))
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
