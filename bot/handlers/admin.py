"""/stats, /feeds, /errors and /broadcast, for those who run the bot (EXECBRIEF_ADMIN_IDS)."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Final

from telegram import Message, Update

from bot.handlers import Desk, Office
from bot.handlers.access import is_admin
from bot.handlers.reply import Reaction, with_keyboard
from bot.keyboards import minutes_of, moment_of
from briefing.compose.formatting import clean
from briefing.compose.markup import utf16
from briefing.compose.texts import text
from briefing.model import Action, Button, Part
from briefing.pipeline.broadcasting import Broadcast, Standing

# In UTF-16 units, as Telegram counts; leaves room for what an operator's template adds.
LONGEST_BROADCAST: Final = 3000
# A preview is decided on the same day; later its text cannot be read back from Telegram either.
DECIDE_WITHIN: Final = timedelta(hours=24)
SEND, CANCEL = "send", "cancel"


async def stats(desk: Desk, _update: Update, _chat_id: int, _args: str) -> tuple[Part, ...]:
    """Subscribers, digests and news of today, the outbox, lags, the size of the database."""
    return await _office(desk).stats()


async def feeds(desk: Desk, _update: Update, _chat_id: int, _args: str) -> tuple[Part, ...]:
    """Feeds in trouble and what is wrong with them."""
    return await _office(desk).feeds()


async def errors(desk: Desk, _update: Update, _chat_id: int, _args: str) -> tuple[Part, ...]:
    """The last warnings and errors that were logged."""
    return _office(desk).errors()


async def broadcast(desk: Desk, _update: Update, _chat_id: int, args: str) -> tuple[Part, ...]:
    """Shows a message to everybody as it would be sent, with the buttons that send or drop it.

    The message with the buttons holds the text, so a restart in between loses nothing.
    """
    lines = [clean(line) for line in args.strip().splitlines()]
    if not any(lines):
        return (desk.replies.chat("broadcast_empty"),)
    if (units := utf16("\n".join(lines))) > LONGEST_BROADCAST:
        return (desk.replies.chat("broadcast_long", limit=LONGEST_BROADCAST, over=units - LONGEST_BROADCAST),)
    count = await _office(desk).recipients()
    if not count:
        return (desk.replies.chat("broadcast_nobody"),)
    asked = minutes_of(desk.clock())
    send = Button(text("buttons.send_to", count=count), Action("broadcast", (SEND, asked)))
    drop = Button(text("buttons.cancel"), Action("broadcast", (CANCEL, asked)))
    preview = with_keyboard(desk.replies.chat("broadcast", lines=lines), ((send, drop),))
    return (desk.replies.chat("broadcast_preview", count=count), preview)


async def may_press(desk: Desk, update: Update) -> str | None:
    """Why a press is not for this person, as a short notice; None if it is."""
    return None if is_admin(desk, update) else desk.replies.chat("operators_only").html


async def pressed(desk: Desk, update: Update, args: tuple[str, ...]) -> Reaction | None:
    """Send or drop the broadcast of the message pressed; None for one of another day."""
    message = update.effective_message
    match args:
        case ("send" | "cancel" as choice, asked) if (at := moment_of(asked)) is not None:
            if not isinstance(message, Message) or not message.text or desk.clock() - at > DECIDE_WITHIN:
                return None
        case _:
            return None
    # what is sent is what was shown, its markup included; the preview stays without its buttons
    content = Part(message.text_html)
    one = Broadcast(f"broadcast:{message.chat_id}:{message.message_id}", message.chat_id, content)
    office = _office(desk)
    standing = await office.standing(one)
    if standing is Standing.OPEN and choice == CANCEL:
        await office.cancel(one)
        standing = Standing.CANCELLED
    count = await office.send(one) if standing is Standing.OPEN else 0
    again = standing is Standing.SENT
    told = desk.replies.chat(
        "broadcast_done", cancelled=standing is Standing.CANCELLED, count=count, again=again
    )
    return Reaction((replace(content, keyboard=()), told), edit=True)


def _office(desk: Desk) -> Office:
    assert desk.office is not None, "admin_ids without an office"
    return desk.office
