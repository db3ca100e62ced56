"""Channels: posts of administrators set the bot up, readers press buttons.

What a reader wants to see opens in their own chat with the bot, by a deep link, instead of being posted
for everybody.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from bot.deeplinks import action_payload, payload_of
from bot.handlers.reply import with_keyboard
from bot.keyboards import encode
from briefing.model import Action, Button, Keyboard, Part

# Buttons that decide something for the chat they stand in.
SETTING: Final = frozenset(
    {
        "subscribe",
        "unsubscribe",
        "unsubscribe_all",
        "digest_time",
        "alerts",
        "settings",
        "set",
        "follow_person",
        "follow_topic",
        "unfollow_person",
        "unfollow_topic",
    }
)
# Buttons that mean the same in every chat.
LOOKING: Final = frozenset(
    {"brief", "brief_all", "topic", "kind", "who", "names", "moves", "trend", "evidence", "evidence_of"}
)


def payload_for(action: Action) -> str | None:
    """What a deep link carries to do the same in a private chat; None if no link can."""
    if action.name == "subscribe" and len(action.args) == 1:
        return payload_of(action.args[0])
    looks = action.name in LOOKING or (action.name == "calendar" and any(action.args))
    return action_payload(encode(action)) if looks else None


def link(username: str, action: Action) -> str | None:
    """The address that does in a private chat what a button does; None if there is none."""
    payload = payload_for(action)
    return f"https://t.me/{username}?start={payload}" if payload else None


def for_channel(parts: Sequence[Part], *, panel: bool) -> tuple[Part, ...]:
    """Messages as they are posted in a channel: with buttons that readers can use.

    Args:
        parts: The answer to a post.
        panel: True if it is there to change settings; then its buttons stay for administrators.
    """
    if panel:
        return tuple(parts)
    return tuple(with_keyboard(part, _usable(part.keyboard)) for part in parts)


def _usable(keyboard: Keyboard) -> Keyboard:
    rows = (tuple(button for button in row if _for_readers(button)) for row in keyboard)
    return tuple(row for row in rows if row)


def _for_readers(button: Button) -> bool:
    return button.action is None or payload_for(button.action) is not None


def linked(parts: Sequence[Part], username: str) -> tuple[Part, ...]:
    """Messages that stand in a chat the bot is no member of: buttons become deep links, others go."""

    def turned(button: Button) -> Button | None:
        if button.action is None:
            return button
        address = link(username, button.action)
        return replace(button, action=None, url=address) if address else None

    def rows(keyboard: Keyboard) -> Keyboard:
        kept = (tuple(b for b in map(turned, row) if b is not None) for row in keyboard)
        return tuple(row for row in kept if row)

    return tuple(with_keyboard(part, rows(part.keyboard)) for part in parts)
