"""The webhook side of the Bot API server: updates are posted to the bot, again and again until it takes them."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable
from typing import Any

import httpx

AGAIN_S = 0.05


class Deliveries:
    """Delivers updates in their order, the next one after the one before was taken.

    status: what the bot answered, in order.
    """

    def __init__(self, updates: deque[dict[str, Any]], notify: Callable[[], None]) -> None:
        self.url = ""
        self.secret = ""
        self.allowed: list[str] = []
        self.status: list[int] = []
        self.arrived = asyncio.Event()
        self.last_error: tuple[int, str] | None = None
        self._updates = updates
        self._notify = notify
        self._task: asyncio.Task[None] | None = None

    async def set(self, values: dict[str, Any]) -> None:
        await self.delete()
        self.url = values["url"]
        self.secret = values.get("secret_token", "")
        self.allowed = values.get("allowed_updates", [])
        if self.url:
            self._task = asyncio.create_task(self._deliver())
        self._notify()

    async def delete(self) -> None:
        self.url = ""
        task, self._task = self._task, None
        if task is not None:
            task.cancel()
            await asyncio.wait({task})

    def info(self) -> dict[str, Any]:
        told: dict[str, Any] = {
            "url": self.url,
            "has_custom_certificate": False,
            "pending_update_count": len(self._updates),
        }
        if self.last_error is not None:
            told["last_error_date"], told["last_error_message"] = self.last_error
        return told

    async def _deliver(self) -> None:
        async with httpx.AsyncClient(timeout=5) as client:
            while True:
                while not self._updates:
                    self.arrived.clear()
                    await self.arrived.wait()
                if await self._taken(client, self._updates[0]):
                    self._updates.popleft()
                else:
                    await asyncio.sleep(AGAIN_S)

    async def _taken(self, client: httpx.AsyncClient, update: dict[str, Any]) -> bool:
        headers = {"X-Telegram-Bot-Api-Secret-Token": self.secret}
        try:
            answer = await client.post(self.url, json=update, headers=headers)
        except httpx.HTTPError as error:
            self.last_error = (1_700_000_000, f"Connection failed: {type(error).__name__}")
            return False
        self.status.append(answer.status_code)
        self._notify()
        if answer.is_success:
            return True
        self.last_error = (1_700_000_000, f"Wrong response from the webhook: {answer.status_code}")
        return False
