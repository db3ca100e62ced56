"""How fast Telegram may be written to: a limiter over all chats, per chat, and per group.

The numbers are Telegram's (https://core.telegram.org/bots/faq#my-bot-is-hitting-limits-how-do-i-avoid-this):
about 30 messages a second over all chats, one a second to one chat, 20 a minute to a group.
"""

from __future__ import annotations

import asyncio
import time
from collections import deque
from collections.abc import Awaitable, Callable
from datetime import timedelta

# Spaced a little wider than the limit, so that a timer that fires early cannot put 31 into a second.
MARGIN = 0.99
# A turn this late may be made up for; without it every late timer would cost capacity.
CATCH_UP_S = 0.01
WINDOW_S = 60.0
# Forgotten chats are swept when this many are remembered.
SWEEP_AT = 4096


class Pace:
    """Hands out turns to send.

    One object serves a process for its life: it remembers what was sent when.

    Args:
        per_second: Messages a second over all chats.
        chat_interval_s: Least seconds between two messages to one chat.
        group_per_minute: Messages a minute to one group or channel (negative chat ids).
        clock: Monotonic seconds.
        sleep: Waits that many seconds.
    """

    def __init__(
        self,
        per_second: float = 30,
        chat_interval_s: float = 1.0,
        group_per_minute: int = 20,
        *,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._interval = 1 / (per_second * MARGIN)
        self._chat_interval = chat_interval_s
        self._group_per_minute = group_per_minute
        self._clock = clock
        self._sleep = sleep
        self._next = 0.0
        self._free_at: dict[int, float] = {}
        self._group_sent: dict[int, deque[float]] = {}
        self._sweep_at = SWEEP_AT

    async def turn(self, chat_id: int, patience: timedelta = timedelta(seconds=2)) -> timedelta | None:
        """Wait until a message may be sent to a chat.

        Args:
            chat_id: Telegram chat; negative for groups and channels.
            patience: Longest wait for this chat's own limits.

        Returns:
            None when it is this chat's turn (send now), or how long the chat must wait where
            that is more than `patience`; then no turn was taken and others are not held up.
        """
        now = self._clock()
        at = max(now, self._free_at.get(chat_id, 0.0), self._group_free_at(chat_id))
        if at - now > patience.total_seconds():
            return timedelta(seconds=at - now)
        self._take(chat_id, at)
        if at > now:
            await self._sleep(at - now)
        now = self._clock()
        slot = max(now - CATCH_UP_S, self._next)
        self._next = slot + self._interval
        if slot > now:
            await self._sleep(slot - now)
            # Waiting for the others moved this chat's own second.
            self._free_at[chat_id] = max(self._free_at.get(chat_id, 0.0), self._clock() + self._chat_interval)
        return None

    def hold(self, chat_id: int, wait: timedelta) -> None:
        """Give a chat no turn for `wait` (Telegram's retry_after); other chats go on."""
        until = self._clock() + wait.total_seconds()
        self._free_at[chat_id] = max(self._free_at.get(chat_id, 0.0), until)

    def _group_free_at(self, chat_id: int) -> float:
        sent = self._group_sent.get(chat_id)
        if sent is None or len(sent) < self._group_per_minute:
            return 0.0
        return sent[0] + WINDOW_S

    def _take(self, chat_id: int, at: float) -> None:
        if len(self._free_at) >= self._sweep_at:
            self._sweep()
        self._free_at[chat_id] = at + self._chat_interval
        if chat_id < 0:
            self._group_sent.setdefault(chat_id, deque(maxlen=self._group_per_minute)).append(at)

    def _sweep(self) -> None:
        """Forget chats that are free anyway."""
        now = self._clock()
        self._free_at = {chat: at for chat, at in self._free_at.items() if at > now}
        self._group_sent = {
            chat: sent for chat, sent in self._group_sent.items() if sent[-1] + WINDOW_S > now
        }
        self._sweep_at = max(SWEEP_AT, 2 * len(self._free_at))
