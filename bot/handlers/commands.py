"""Every command, who answers it, and which of them decide something for the whole chat."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Final

from telegram import Update

from bot.handlers import Desk
from bot.handlers.admin import broadcast, errors, feeds, stats
from bot.handlers.asking import is_everything
from bot.handlers.briefs import brief
from bot.handlers.companies import list_, subscribe, unsubscribe
from bot.handlers.lookups import calendar, moves, who
from bot.handlers.opening import start
from bot.handlers.panel import quiet, settings, timezone
from bot.handlers.privacy import export, forget
from bot.handlers.settings import alerts, digest
from bot.handlers.trends import trend
from bot.handlers.welcome import help_
from briefing.model import Part

Answer = Callable[[Desk, int, str], Awaitable[tuple[Part, ...]]]
PersonalAnswer = Callable[[Desk, Update, int, str], Awaitable[tuple[Part, ...]]]

COMMANDS: Final[dict[str, Answer]] = {
    "start": start,
    "help": help_,
    "subscribe": subscribe,
    "unsubscribe": unsubscribe,
    "list": list_,
    "brief": brief,
    "who": who,
    "moves": moves,
    "calendar": calendar,
    "trend": trend,
    "digest": digest,
    "alerts": alerts,
    "settings": settings,
    "timezone": timezone,
    "quiet": quiet,
}
# Commands that look at who asks.
PERSONAL: Final[dict[str, PersonalAnswer]] = {"export": export, "forget": forget}
# For those who run the bot; from others they are commands that nobody knows.
ADMIN: Final[dict[str, PersonalAnswer]] = {
    "stats": stats,
    "feeds": feeds,
    "errors": errors,
    "broadcast": broadcast,
}

# Outside private chats these are for administrators: they change settings, or offer to.
_CHANGING: Final = frozenset({"subscribe", "unsubscribe", "alerts", "settings", "timezone", "quiet"})
# These change something only with words behind them.
_CHANGING_WITH_WORDS: Final = frozenset({"digest", "start"})
# In a channel everybody sees the buttons of an answer; only these answers need those that change settings.
PANELS: Final = frozenset({"alerts", "settings", "timezone", "quiet"})


def is_panel(name: str, args: str) -> bool:
    """True if an answer is there for its buttons, which administrators press: settings, or a question."""
    return name in PANELS or (name == "unsubscribe" and is_everything(args))


def changes(name: str, args: str) -> bool:
    """True if a command changes what a chat gets, or offers to."""
    return name in _CHANGING or (name in _CHANGING_WITH_WORDS and bool(args.strip()))
