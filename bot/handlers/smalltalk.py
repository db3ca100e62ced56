"""What people write that asks nothing: hello, and no or yes to a question of the bot."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from bot.handlers import Desk
from bot.handlers.asking import is_greeting, is_no, is_thanks, is_yes, says_nothing
from bot.handlers.reply import with_keyboard
from bot.keyboards import CONFIRM_WITHIN, company_choice, list_button
from briefing.compose.texts import text
from briefing.model import Action, Button, Part

# Offered with a greeting: two rows.
OFFERED: Final = 4
# Questions, by the action of their buttons.
FORGET: Final = "forget"
UNSUBSCRIBE_ALL: Final = "unsubscribe_all"
ASKED: Final = frozenset({FORGET, UNSUBSCRIBE_ALL})
# Chats whose question is remembered.
REMEMBERED: Final = 1000


class Questions:
    """Remembers for a while which chats were asked whether everything is to be erased, or left."""

    def __init__(self, within: timedelta = CONFIRM_WITHIN) -> None:
        self._within = within
        self._asked: dict[int, tuple[str, datetime]] = {}

    def asked(self, chat_id: int, parts: Sequence[Part], now: datetime) -> None:
        """Remember the question that messages ask by their buttons, if any."""
        buttons = (button for part in parts for row in part.keyboard for button in row)
        for question in ASKED.intersection(button.action.name for button in buttons if button.action):
            self._asked.pop(chat_id, None)
            self._asked[chat_id] = question, now
        while len(self._asked) > REMEMBERED:
            del self._asked[next(iter(self._asked))]

    def open(self, chat_id: int, now: datetime) -> str | None:
        """The action of the question that was asked lately and not turned down since."""
        question, at = self._asked.get(chat_id, (None, now))
        return question if now - at <= self._within else None

    def closed(self, chat_id: int) -> None:
        """Forget the question."""
        self._asked.pop(chat_id, None)


async def small_talk(desk: Desk, questions: Questions, chat_id: int, said: str) -> tuple[Part, ...] | None:
    """The answer to a message that asks nothing; None for any other message.

    Nothing is erased or left by a word: a yes points to the button.
    """
    if is_greeting(said):
        return (await greeting(desk, chat_id),)
    if says_nothing(said) and not (is_yes(said) or is_no(said) or is_thanks(said)):
        return (await greeting(desk, chat_id, "chatter"),)
    if is_thanks(said):
        return (desk.replies.chat("thanks"),)
    if not (is_no(said) or is_yes(said)):
        return None
    waiting = questions.open(chat_id, desk.clock())
    if waiting == UNSUBSCRIBE_ALL:
        subscriber = await desk.subscribers.get(chat_id)
        # answered by its button meanwhile
        waiting = None if subscriber is None or subscriber.follows_nothing else waiting
    if is_no(said):
        questions.closed(chat_id)
    if waiting == FORGET and not any((await desk.privacy.export(chat_id)).values()):
        questions.closed(chat_id)
        return (desk.replies.chat("nothing_stored"),)  # answered by its button meanwhile
    if waiting == FORGET:
        return (desk.replies.chat("forget_kept" if is_no(said) else "forget_press"),)
    if waiting == UNSUBSCRIBE_ALL:
        kept = desk.replies.chat("unsubscribed_all", kept=True, gone=0)
        return (kept if is_no(said) else desk.replies.chat("unsubscribe_press"),)
    return (_nothing_done(desk),)


async def greeting(desk: Desk, chat_id: int, reply: str = "greeting") -> Part:
    """Says hello and what can be asked, with companies to begin with; with "chatter" only asks what for."""
    subscriber = await desk.subscribers.get(chat_id)
    own = subscriber.companies if subscriber else ()
    names = (own or await desk.news.popular())[:OFFERED]
    followed = subscriber is not None and not subscriber.follows_nothing
    last = (list_button(), _help()) if followed else (_help(),)
    return with_keyboard(desk.replies.chat(reply), (*company_choice("brief", names), last))


def _nothing_done(desk: Desk) -> Part:
    return with_keyboard(desk.replies.chat("nothing_done"), ((list_button(), _help()),))


def _help() -> Button:
    return Button(text("buttons.help"), Action("help"))
