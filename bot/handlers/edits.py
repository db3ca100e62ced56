"""Questions answered lately, so that an edited question edits its answer instead of being answered twice."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from telegram import Message

# A question that is mended later has been read; and a group would see old messages of ours change.
MEND_WITHIN: Final = timedelta(minutes=10)
REMEMBERED: Final = 500


@dataclass(frozen=True, slots=True)
class Answered:
    """A question and what it led to.

    Attributes:
        text: The question as it was answered.
        answers: Messages of ours.
        changed: True if it changed settings.
    """

    text: str
    answers: tuple[Message, ...]
    changed: bool


class Edits:
    """Remembers the newest questions; after a restart nothing is known, and answers are new messages."""

    def __init__(self) -> None:
        self._answered: dict[tuple[int, int], Answered] = {}

    def of(self, question: Message) -> Answered | None:
        """How a question was answered; None if that is not known (any more)."""
        return self._answered.get((question.chat_id, question.message_id))

    def remember(self, question: Message, answered: Answered) -> None:
        """Keep it; the oldest beyond `REMEMBERED` is forgotten."""
        key = (question.chat_id, question.message_id)
        self._answered.pop(key, None)
        self._answered[key] = answered
        while len(self._answered) > REMEMBERED:
            del self._answered[next(iter(self._answered))]


def mended_in_time(question: Message) -> bool:
    """True if an edited message was written not long before."""
    return question.edit_date is not None and question.edit_date - question.date <= MEND_WITHIN
