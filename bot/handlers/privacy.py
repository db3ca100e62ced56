"""/export and /forget: a chat's own data, given out or erased. In groups only administrators may."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from telegram import Update

from bot.handlers import Desk
from bot.handlers.reply import Reaction, with_keyboard
from bot.handlers.rights import refusal
from bot.keyboards import minutes_of, moment_of
from briefing.compose.export import export_file
from briefing.compose.texts import text
from briefing.model import Action, Button, Part

# A button that erases everything is not to be met by chance weeks later.
CONFIRM_WITHIN = timedelta(hours=1)
YES, NO = "yes", "no"


async def export(desk: Desk, update: Update, chat_id: int, _args: str) -> tuple[Part, ...]:
    """Everything stored of this chat as a JSON file (docs/privacy.md)."""
    if (no := await refusal(desk, update)) is not None:
        return (no,)
    tables = await desk.privacy.export(chat_id)
    if not any(tables.values()):
        return (desk.replies.chat("nothing_stored"),)
    held = {name: len(tables.get(name, ())) for name in ("subscriptions", "editions", "deliveries")}
    part = desk.replies.chat("export", **held)
    return (replace(part, attachment=export_file(chat_id, tables, desk.clock())),)


async def forget(desk: Desk, update: Update, chat_id: int, _args: str) -> tuple[Part, ...]:
    """Asks whether everything of this chat is to be erased."""
    if (no := await refusal(desk, update)) is not None:
        return (no,)
    tables = await desk.privacy.export(chat_id)
    if not any(tables.values()):
        return (desk.replies.chat("nothing_stored"),)
    part = desk.replies.chat("forget", subscriptions=len(tables.get("subscriptions", ())))
    asked = minutes_of(desk.clock())
    yes = Button(text("buttons.erase_all"), Action("forget", (YES, asked)))
    return (with_keyboard(part, ((yes, Button(text("buttons.keep"), Action("forget", (NO,)))),)),)


async def may_press(desk: Desk, update: Update) -> str | None:
    """Why a press is not for this person, as a short notice; None if it is."""
    no = await refusal(desk, update)
    return no.html if no is not None else None


async def pressed(desk: Desk, update: Update, args: tuple[str, ...]) -> Reaction | None:
    """The answer to the question of `forget`; None for a question asked too long ago."""
    chat = update.effective_chat
    if chat is None:
        return None
    match args:
        case ("no",):
            return Reaction((desk.replies.chat("forget_kept"),), edit=True)
        case ("yes", asked) if _lately(moment_of(asked), desk.clock()):
            gone = await desk.privacy.forget(chat.id)
            counts = dict(gone.rows)
            part = desk.replies.chat(
                "forgotten",
                subscriptions=counts.get("subscriptions", 0),
                sent=gone.sent,
                waiting=gone.waiting,
            )
            return Reaction((part,), edit=True)
    return None


def _lately(asked: datetime | None, now: datetime) -> bool:
    return asked is not None and now - asked <= CONFIRM_WITHIN
