"""The HTTP server: one port for Telegram's webhook, health, readiness and metrics.

    POST <path of the webhook>  200 taken (or had before), 400 no update, 403 no or a wrong secret,
                                413 too large, 503 come again later
    GET /healthz                200 while the event loop turns
    GET /readyz                 200, or 503 with the reasons
    GET /metrics                for Prometheus

Everything else is 404. Bodies and idle connections are bounded; nothing here waits for anything but the
database, and that no longer than `DATABASE_PATIENCE_S`.
"""

from __future__ import annotations

import asyncio
import hmac
import json
import logging
import re
import socket
import time
from collections import deque
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from http import HTTPStatus
from typing import Any, Final

from tornado.httpserver import HTTPServer
from tornado.web import Application, HTTPError, RequestHandler, stream_request_body

from bot.metrics import Metrics
from bot.web.address import HEALTH, METRICS, READINESS
from bot.web.readiness import Backlog, Duty, Limits, backlog, reasons_against
from bot.web.webhook import Taken, UpdateDoor
from briefing.errors import SettingsError, StoreError
from briefing.store import Store, StoreHealth

log = logging.getLogger(__name__)

# An update holds one message of at most 4,096 characters, or a caption and the description of a file.
MOST_BODY_BYTES: Final = 1 << 20
MOST_HEADER_BYTES: Final = 16 << 10
BODY_PATIENCE_S: Final = 10.0
IDLE_S: Final = 75.0
DATABASE_PATIENCE_S: Final = 5.0
SECRET_HEADER: Final = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 (the name, not the secret)

ANSWERS: Final[dict[Taken, HTTPStatus]] = {
    Taken.ACCEPTED: HTTPStatus.OK,
    Taken.REPEATED: HTTPStatus.OK,
    Taken.MALFORMED: HTTPStatus.BAD_REQUEST,
    # Telegram tries again
    Taken.BUSY: HTTPStatus.SERVICE_UNAVAILABLE,
}


@dataclass(slots=True)
class Standing:
    """What the process is doing, as the port tells it; whoever does it keeps this true.

    Attributes:
        clock: Tells the time, aware UTC.
        limits: How far behind the work may be.
        metrics: What is counted.
        duty: What the process is there for.
        store: The open database; None while there is none.
        door: Takes updates; None while nobody would answer them.
    """

    clock: Callable[[], datetime]
    limits: Limits = field(default_factory=Limits)
    metrics: Metrics = field(default_factory=Metrics)
    duty: Duty = Duty.STARTING
    store: Store | None = None
    door: UpdateDoor | None = None

    async def measured(self) -> tuple[StoreHealth | None, Backlog | str]:
        """What the database says, and how far behind the work is, or why that cannot be told."""
        if self.store is None:
            return None, Backlog() if self.duty is Duty.STANDBY else "not open yet"
        now = self.clock()
        try:
            async with asyncio.timeout(DATABASE_PATIENCE_S):
                health = await self.store.health(now)
        except TimeoutError:
            return None, f"no answer within {DATABASE_PATIENCE_S:.0f} s"
        except StoreError as error:
            log.warning("the database does not answer: %s", error)
            # where it is is nobody's business who can reach the port
            return None, "does not answer"
        return health, backlog(health, now)


class LoopLag:
    """How late the event loop is: a timer a second, and the longest delay of the last minute in seconds."""

    def __init__(self) -> None:
        self._delays: deque[float] = deque([0.0], maxlen=60)

    @property
    def seconds(self) -> float:
        """The longest delay."""
        return max(self._delays)

    async def watch(self) -> None:
        """Measure until cancelled."""
        while True:
            before = time.monotonic()
            await asyncio.sleep(1)
            self._delays.append(max(0.0, time.monotonic() - before - 1))


class _Answers(RequestHandler):
    """What all answers share: JSON, no cache, no word about the server."""

    standing: Standing

    def initialize(self, standing: Standing, **_more: Any) -> None:
        self.standing = standing

    def set_default_headers(self) -> None:
        self.clear_header("Server")
        self.set_header("Cache-Control", "no-store")

    def tell(self, status: int, told: object) -> None:
        """Answer with JSON."""
        self.set_status(status)
        self.set_header("Content-Type", "application/json")
        self.finish(json.dumps(told, ensure_ascii=False) + "\n")

    def write_error(self, status_code: int, **_more: Any) -> None:
        """Trouble in one word, without what Tornado would tell."""
        self.tell(status_code, {"error": HTTPStatus(status_code).phrase})

    def data_received(self, chunk: bytes) -> None:
        """Only of handlers that stream."""


class _Unknown(_Answers):
    def prepare(self) -> None:
        raise HTTPError(404)


class _Health(_Answers):
    def initialize(self, standing: Standing, **more: Any) -> None:
        super().initialize(standing)
        self._began: float = more["began"]

    def get(self) -> None:
        uptime = round(time.monotonic() - self._began, 1)
        self.tell(200, {"alive": True, "duty": self.standing.duty, "uptime_seconds": uptime})


class _Readiness(_Answers):
    async def get(self) -> None:
        _, measured = await self.standing.measured()
        reasons = reasons_against(self.standing.duty, measured, self.standing.limits)
        told: dict[str, object] = {"ready": not reasons, "duty": self.standing.duty, "reasons": reasons}
        if isinstance(measured, Backlog):
            told |= {
                "poll_lag_seconds": round(measured.poll.total_seconds(), 1),
                "outbox_age_seconds": round(measured.outbox.total_seconds(), 1),
            }
        self.tell(503 if reasons else 200, told)


class _Metrics(_Answers):
    def initialize(self, standing: Standing, **more: Any) -> None:
        super().initialize(standing)
        self._lag: LoopLag = more["lag"]

    async def get(self) -> None:
        standing = self.standing
        health, measured = await standing.measured()
        behind = measured if isinstance(measured, Backlog) else Backlog()
        standing.metrics.measure(standing.duty, health, behind, self._lag.seconds)
        body, content_type = standing.metrics.exposition(self.request.headers.get("Accept", ""))
        self.set_header("Content-Type", content_type)
        self.finish(body)


@stream_request_body
class _Hook(_Answers):
    """The webhook. Whoever has not the secret is turned away before the body is read."""

    def initialize(self, standing: Standing, **more: Any) -> None:
        super().initialize(standing)
        self._secret: bytes = more["secret"]
        self._body = bytearray()

    def prepare(self) -> None:
        given = self.request.headers.get(SECRET_HEADER, "").encode("utf-8", "replace")
        if not hmac.compare_digest(given, self._secret):
            self._refuse(HTTPStatus.FORBIDDEN, "refused")
        elif self.request.method != "POST":
            raise HTTPError(HTTPStatus.METHOD_NOT_ALLOWED)
        elif _length(self.request.headers.get("Content-Length")) > MOST_BODY_BYTES:
            self._refuse(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "too_large")

    def data_received(self, chunk: bytes) -> None:
        self._body += chunk

    def post(self) -> None:
        door = self.standing.door
        taken = door.take(bytes(self._body)) if door is not None else Taken.BUSY
        self.standing.metrics.webhook_asked(taken.value)
        status = ANSWERS[taken]
        self.tell(status, {"ok": True} if status is HTTPStatus.OK else {"error": taken.value})

    def write_error(self, status_code: int, **more: Any) -> None:
        """As everywhere, and said: Tornado hangs up on a body it has not read, and whoever is not told so
        asks on a connection that is going away."""
        self.set_header("Connection", "close")
        super().write_error(status_code, **more)

    def _refuse(self, status: HTTPStatus, outcome: str) -> None:
        self.standing.metrics.webhook_asked(outcome)
        raise HTTPError(status)


def _length(header: str | None) -> int:
    return int(header) if header is not None and header.isascii() and header.isdigit() else 0


@asynccontextmanager
async def open_server(
    standing: Standing,
    host: str,
    port: int,
    *,
    webhook: tuple[str, str] | None = None,
) -> AsyncIterator[int]:
    """Serve until the block is left.

    Args:
        standing: What is told.
        host: Address or name to bind.
        port: TCP port; 0 for any that is free (tests).
        webhook: Path and secret of the webhook; None if there is none.

    Yields:
        The port.

    Raises:
        SettingsError: The port cannot be opened.
    """
    lag = LoopLag()
    told = {"standing": standing}
    routes: list[tuple[str, type[RequestHandler], dict[str, Any]]] = [
        (HEALTH, _Health, {**told, "began": time.monotonic()}),
        (READINESS, _Readiness, told),
        (METRICS, _Metrics, {**told, "lag": lag}),
    ]
    if webhook is not None:
        path, secret = webhook
        routes.append((_literal(path), _Hook, {**told, "secret": secret.encode()}))
    application = Application(
        routes, default_handler_class=_Unknown, default_handler_args=told, log_function=_logged
    )
    server = HTTPServer(
        application,
        max_body_size=MOST_BODY_BYTES,
        max_header_size=MOST_HEADER_BYTES,
        body_timeout=BODY_PATIENCE_S,
        idle_connection_timeout=IDLE_S,
    )
    try:
        listening = _bound(host, port)
    except OSError as error:
        reason = error.strerror or str(error)
        raise SettingsError(
            f"port {port} on {host} cannot be opened ({reason}); free it or change HTTP_PORT or HTTP_HOST"
        ) from None
    server.add_socket(listening)
    watching = asyncio.create_task(lag.watch())
    try:
        yield int(listening.getsockname()[1])
    finally:
        watching.cancel()
        server.stop()
        await server.close_all_connections()


def _bound(host: str, port: int) -> socket.socket:
    """A listening socket on the first address of a host, "::" being all of both families.

    Raises:
        OSError: There is no such host here, or the port is taken. (Tornado's own `bind_sockets` leaves its
            socket open then.)
    """
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
    family, _, _, _, address = found[0]
    both = host == "::" and socket.has_dualstack_ipv6()
    bound = socket.create_server(address[:2], family=family, backlog=128, dualstack_ipv6=both)
    bound.setblocking(False)
    return bound


def _literal(path: str) -> str:
    """A pattern of Tornado's that means this path and nothing else."""
    return re.escape(path)


def _logged(handler: RequestHandler) -> None:
    """Only our own bugs are worth a line: anybody can ask for what is not there."""
    if handler.get_status() >= 500 and not isinstance(handler, _Readiness | _Hook):
        log.error("%s %s: %d", handler.request.method, handler.request.path, handler.get_status())
