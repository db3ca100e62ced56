"""HTTP towards the Bot API: timeouts and pools, and a word when Telegram refuses the token."""

from __future__ import annotations

import os
from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from telegram.request import HTTPXRequest

# python-telegram-bot 22 warns at every 429 until its next major version unless told that we know
# that `retry_after` becomes a timedelta; it reads this at every access.
os.environ.setdefault("PTB_TIMEDELTA", "1")

CONNECT_TIMEOUT_S = 10.0
WRITE_TIMEOUT_S = 10.0
POOL_TIMEOUT_S = 10.0
# A read timeout leaves a message `unknown`, so it is generous.
READ_TIMEOUT_S = 30.0
CONNECTIONS = 32


def api_request(*, read_timeout_s: float = READ_TIMEOUT_S, connections: int = CONNECTIONS) -> HTTPXRequest:
    """The client for everything but getUpdates; times in seconds."""
    return HTTPXRequest(
        connection_pool_size=connections,
        connect_timeout=CONNECT_TIMEOUT_S,
        read_timeout=read_timeout_s,
        write_timeout=WRITE_TIMEOUT_S,
        pool_timeout=POOL_TIMEOUT_S,
    )


class PollingRequest(HTTPXRequest):
    """The client for getUpdates.

    python-telegram-bot ends its polling loop without a word to the application when the token is
    refused later on (revoked at @BotFather); `on_refused` is called then. And it tells its trouble only:
    `on_answer` is called whenever Telegram gives updates, or says that there are none.
    """

    def __init__(self) -> None:
        super().__init__(
            connection_pool_size=1,
            connect_timeout=CONNECT_TIMEOUT_S,
            read_timeout=READ_TIMEOUT_S,
            write_timeout=WRITE_TIMEOUT_S,
            pool_timeout=POOL_TIMEOUT_S,
        )
        self.on_refused: Callable[[], None] = lambda: None
        self.on_answer: Callable[[], None] = lambda: None

    async def do_request(self, *args: Any, **kwargs: Any) -> tuple[int, bytes]:
        """One request, see `BaseRequest.do_request`."""
        status, body = await super().do_request(*args, **kwargs)
        if status in (HTTPStatus.UNAUTHORIZED, HTTPStatus.NOT_FOUND):
            self.on_refused()
        if status == HTTPStatus.OK:
            self.on_answer()
        return status, body


def bot_url(api_url: str) -> str:
    """What python-telegram-bot calls `base_url`, from the address of a Bot API server."""
    return f"{api_url.rstrip('/')}/bot"
