"""Who is an administrator of which chat, remembered so that Telegram is not asked at every tap."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

# Whoever loses the office loses the settings this soon.
KNOWN_FOR: Final = timedelta(minutes=1)
MOST_KNOWN: Final = 10_000


class Standings:
    """Answers of getChatMember, each for `KNOWN_FOR`; the oldest are forgotten first."""

    def __init__(self) -> None:
        self._known: dict[tuple[int, int], tuple[bool, datetime]] = {}

    def known(self, chat_id: int, user_id: int, now: datetime) -> bool | None:
        """True for an administrator, False for others; None if Telegram has to be asked.

        Args:
            now: Aware UTC.
        """
        found = self._known.get((chat_id, user_id))
        if found is None or not timedelta(0) <= now - found[1] < KNOWN_FOR:
            return None
        return found[0]

    def learn(self, chat_id: int, user_id: int, now: datetime, *, administrator: bool) -> None:
        """Remember what Telegram said at `now`, aware UTC."""
        self._known.pop((chat_id, user_id), None)
        self._known[chat_id, user_id] = (administrator, now)
        while len(self._known) > MOST_KNOWN:
            del self._known[next(iter(self._known))]
