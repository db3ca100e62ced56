"""/start with what a deep link carries: a subscription, or something to look at."""

from __future__ import annotations

from bot.deeplinks import action_of
from bot.handlers import Desk, welcome
from bot.handlers.buttons import react
from bot.handlers.channels import payload_for
from bot.keyboards import decode
from briefing.model import Part


async def start(desk: Desk, chat_id: int, args: str) -> tuple[Part, ...]:
    """What a button in a channel or an inline result points to; else the welcome.

    Links are written by anybody: only what looks and changes nothing is done by one.
    """
    data = action_of(args.strip())
    action = decode(data) if data else None
    if action is not None and action.name != "subscribe" and payload_for(action) is not None:
        reaction = await react(desk, chat_id, action)
        return reaction.parts if reaction else (desk.replies.chat("stale_button"),)
    return await welcome.start(desk, chat_id, args)
