"""How fast Telegram may be written to: one budget for answers and deliveries, limits for each chat.

The numbers are Telegram's (https://core.telegram.org/bots/faq#my-bot-is-hitting-limits-how-do-i-avoid-this):
about 30 messages a second over all chats (1,000 paid), one a second to one chat, 20 a minute to a group.

A 429 does not say what it limits: the Bot API server writes "Too Many Requests: retry after N" whatever the
reason (github.com/tdlib/telegram-bot-api, `Query::set_retry_after_error`), and python-telegram-bot's own
limiter therefore stops everything ("may be stricter than necessary"). Here it stops its chat. Only refusals
of `OVERALL_SIGN` different chats with nothing accepted between them are taken for the limit over all.
"""

from __future__ import annotations

import asyncio
import heapq
import itertools
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
# So many chats refused in a row are no coincidence of chats.
OVERALL_SIGN = 3
# Who is answered has asked just now and is not kept waiting longer.
ANSWER_PATIENCE = timedelta(seconds=30)

_ANSWER, _DELIVERY = 0, 1


class Pace:
    """Hands out turns to send, answers to people first.

    One object serves a process for its life: it remembers what was sent when.

    Args:
        per_second: Messages a second over all chats.
        chat_interval_s: Least seconds between two messages to one chat.
        group_per_minute: Messages a minute to one group or channel (negative chat ids).
        clock: Monotonic seconds.
        sleep: Waits that many seconds.

    Attributes:
        per_second: As given.
        clock: As given.
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
        self.per_second = per_second
        self._interval = 1 / (per_second * MARGIN)
        self._chat_interval = chat_interval_s
        self._group_per_minute = group_per_minute
        self.clock = clock
        self._sleep = sleep
        self._next = 0.0
        self._free_at: dict[int, float] = {}
        self._held_until: dict[int, float] = {}
        self._group_sent: dict[int, deque[float]] = {}
        self._sweep_at = SWEEP_AT
        # who waits for the budget of all: answers before deliveries, then as they came
        self._line: list[tuple[int, int, asyncio.Future[bool]]] = []
        self._number = itertools.count()
        self._usher: asyncio.Task[None] | None = None
        self._all_held_until = 0.0
        # chats refused since something was accepted, and how long each has to wait
        self._refused: dict[int, float] = {}

    async def turn(self, chat_id: int, patience: timedelta = timedelta(seconds=2)) -> timedelta | None:
        """Wait until a delivery may be sent to a chat: `chat_turn`, then `common_turn`.

        Returns:
            None to send now, or how long the chat must wait (`chat_turn`).
        """
        wait = await self.chat_turn(chat_id, patience)
        return wait if wait is not None else await self.common_turn(chat_id)

    async def chat_turn(self, chat_id: int, patience: timedelta = timedelta(seconds=2)) -> timedelta | None:
        """Wait until a chat's own limits allow a delivery.

        Args:
            chat_id: Telegram chat; negative for groups and channels.
            patience: Longest wait for this chat's own limits, or for a hold of all.

        Returns:
            None when they do, or how long the chat must wait where that is more than `patience`; then no
            turn was taken and others are not held up.
        """
        now = self.clock()
        held = max(self._held_until.get(chat_id, 0.0), self._all_held_until)
        at = max(now, held, self._free_at.get(chat_id, 0.0), self._group_free_at(chat_id))
        if at - now > patience.total_seconds():
            return timedelta(seconds=at - now)
        self._take(chat_id, at)
        if at > now:
            await self._sleep(at - now)
        return None

    async def common_turn(self, chat_id: int) -> timedelta | None:
        """Wait until the budget of all chats allows a delivery to a chat that has its own turn.

        Returns:
            None to send now, or how long nothing may be sent to anybody.
        """
        begun = self.clock()
        if not await self._slot(_DELIVERY):
            return self.all_held()
        if (now := self.clock()) > begun:
            # Waiting for the others moved this chat's own second.
            self._free_at[chat_id] = max(self._free_at.get(chat_id, 0.0), now + self._chat_interval)
        return None

    async def answer(self, chat_id: int | None) -> timedelta | None:
        """Wait until an answer to a person may be sent: before all deliveries.

        Telegram lets short bursts to one chat pass, and an answer of three messages is one; so the
        chat's own second is not waited for, but what is delivered to it afterwards waits.

        Args:
            chat_id: Telegram chat; None where the call names none.

        Returns:
            None when it may be sent, or how long Telegram still wants this chat left alone where that is
            more than `ANSWER_PATIENCE`.
        """
        while True:
            now = self.clock()
            at = max(now, self._all_held_until)
            if chat_id is not None:
                at = max(at, self._held_until.get(chat_id, 0.0))
            if at - now > ANSWER_PATIENCE.total_seconds():
                return timedelta(seconds=at - now)
            if at > now:
                await self._sleep(at - now)
            if await self._slot(_ANSWER):
                break
        if chat_id is not None:
            self._take(chat_id, self.clock())
        return None

    def refused(self, chat_id: int | None, wait: timedelta) -> None:
        """Telegram has answered 429 for a chat: give it no turn for `wait`; see the top for the others."""
        if chat_id is None:
            return
        self.hold(chat_id, wait)
        self._refused[chat_id] = self.clock() + wait.total_seconds()
        if len(self._refused) >= OVERALL_SIGN:
            self._all_held_until = max(self._all_held_until, min(self._refused.values()))
            self._refused.clear()
            # nobody stands in line for a place that does not come
            for *_, place in self._line:
                if not place.done():
                    place.set_result(False)
            self._line.clear()

    def hold(self, chat_id: int, wait: timedelta) -> None:
        """Give a chat no turn for `wait`; other chats go on."""
        until = self.clock() + wait.total_seconds()
        self._held_until[chat_id] = max(self._held_until.get(chat_id, 0.0), until)

    def accepted(self) -> None:
        """Telegram has accepted a message: the limit over all is not reached."""
        self._refused.clear()

    def all_held(self) -> timedelta:
        """How long nothing may be sent to anybody; zero when something may."""
        return timedelta(seconds=max(self._all_held_until - self.clock(), 0.0))

    # ------------------------------------------------------------------ the budget of all

    async def _slot(self, rank: int) -> bool:
        """Wait for a place in the budget of all; False if nothing may be sent to anybody for a while."""
        now = self.clock()
        if self._all_held_until > now:
            return False
        if not self._line and self._next <= now:
            self._next = max(now - CATCH_UP_S, self._next) + self._interval
            return True
        place: asyncio.Future[bool] = asyncio.get_running_loop().create_future()
        heapq.heappush(self._line, (rank, next(self._number), place))
        if self._usher is None or self._usher.done():
            self._usher = asyncio.create_task(self._admit(), name="pace")
        return await place

    async def _admit(self) -> None:
        """Let those who wait in, one an interval, until nobody waits."""
        while self._line:
            now = self.clock()
            if self._next > now:
                await self._sleep(self._next - now)
                continue
            *_, place = heapq.heappop(self._line)
            if not place.done():  # who waited may have been cancelled
                self._next = max(now - CATCH_UP_S, self._next) + self._interval
                place.set_result(True)

    # ------------------------------------------------------------------ each chat

    def _group_free_at(self, chat_id: int) -> float:
        sent = self._group_sent.get(chat_id)
        if sent is None or len(sent) < self._group_per_minute:
            return 0.0
        return sent[0] + WINDOW_S

    def _take(self, chat_id: int, at: float) -> None:
        if len(self._free_at) + len(self._held_until) >= self._sweep_at:
            self._sweep()
        self._free_at[chat_id] = at + self._chat_interval
        if chat_id < 0:
            self._group_sent.setdefault(chat_id, deque(maxlen=self._group_per_minute)).append(at)

    def _sweep(self) -> None:
        """Forget chats that are free anyway."""
        now = self.clock()
        self._free_at = {chat: at for chat, at in self._free_at.items() if at > now}
        self._held_until = {chat: at for chat, at in self._held_until.items() if at > now}
        self._group_sent = {
            chat: sent for chat, sent in self._group_sent.items() if sent[-1] + WINDOW_S > now
        }
        self._sweep_at = max(SWEEP_AT, 2 * (len(self._free_at) + len(self._held_until)))
