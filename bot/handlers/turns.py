"""Updates of different chats handled side by side, those of one chat in their order."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any
from weakref import WeakValueDictionary

from telegram import Update
from telegram.ext import BaseUpdateProcessor

# Updates of different chats handled side by side.
SIDE_BY_SIDE = 32


class PerChat(BaseUpdateProcessor):
    """Handles chats side by side, and the updates of one chat in their order.

    Args:
        handled: Told of each update how many seconds it took, waiting for its chat included.

    Attributes:
        dropped: Updates cut off, or not begun because of that.
    """

    def __init__(self, handled: Callable[[float], None] | None = None) -> None:
        super().__init__(SIDE_BY_SIDE)
        self._handled = handled
        self._locks: WeakValueDictionary[int, asyncio.Lock] = WeakValueDictionary()
        self._tasks: set[asyncio.Task[Any]] = set()
        self._closed = False
        self.dropped = 0

    async def initialize(self) -> None:
        """Nothing to open."""

    async def shutdown(self) -> None:
        """Nothing to close."""

    def cut_off(self) -> None:
        """Cancel what is being handled and handle no more."""
        self._closed = True
        self.dropped += len(self._tasks)
        for task in self._tasks:
            task.cancel()

    async def do_process_update(self, update: object, coroutine: Awaitable[Any]) -> None:
        """Run the handlers of one update; nothing once cut off."""
        task = asyncio.current_task()
        assert task is not None, "python-telegram-bot makes one for each update"
        assert isinstance(coroutine, Coroutine), "so python-telegram-bot calls it"
        if self._closed:
            coroutine.close()
            self.dropped += 1
            return
        self._tasks.add(task)
        began = time.monotonic()
        try:
            await self._in_turn(update, coroutine)
        finally:
            self._tasks.discard(task)
            coroutine.close()  # where it was cut off before its turn
            if self._handled is not None:
                self._handled(time.monotonic() - began)

    async def _in_turn(self, update: object, coroutine: Awaitable[Any]) -> None:
        chat = update.effective_chat if isinstance(update, Update) else None
        if chat is None:
            await coroutine
            return
        lock = self._locks.get(chat.id)
        if lock is None:
            lock = self._locks[chat.id] = asyncio.Lock()
        async with lock:
            await coroutine
