"""HTTP towards the Bot API: timeouts and pools, and a word when Telegram refuses the token."""

from __future__ import annotations

import json
import logging
import os
from collections.abc import Callable
from copy import deepcopy
from http import HTTPStatus
from typing import Any

from telegram import Update
from telegram.request import HTTPXRequest

log = logging.getLogger(__name__)

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
    `on_answer` is called whenever Telegram gives updates, or says that there are none. And one update that
    it cannot read, of a Bot API server older or newer than it, would be asked for again for ever, with all
    behind it: it is left out here.
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
            body = readable(body)
        return status, body


def readable(body: bytes) -> bytes:
    """An answer of getUpdates in which updates that cannot be read keep nothing but their number."""
    try:
        told = json.loads(body)
        updates = told["result"]
        kept = [update if _can_be_read(update) else {"update_id": update["update_id"]} for update in updates]
    except (ValueError, KeyError, TypeError):
        return body  # for python-telegram-bot to complain about
    return body if kept == updates else json.dumps({**told, "result": kept}).encode()


def _can_be_read(update: dict[str, Any]) -> bool:
    try:
        Update.de_json(deepcopy(update), None)
    except Exception as error:
        # no word of what people wrote
        log.error("update %s cannot be read (%s); it is left out", update["update_id"], type(error).__name__)  # noqa: TRY400
        return False
    return True


def bot_url(api_url: str) -> str:
    """What python-telegram-bot calls `base_url`, from the address of a Bot API server."""
    return f"{api_url.rstrip('/')}/bot"
