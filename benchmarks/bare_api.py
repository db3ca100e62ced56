"""A Bot API server that costs next to nothing: sendMessage only, in a process of its own.

    python -m benchmarks.bare_api [MESSAGES_A_SECOND]

Prints its port. With a limit it answers 429 to what a bucket of that many messages, refilled at that
rate, does not hold. GET /stats tells what it has taken, and how many at most in any one second.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import subprocess
import sys
import time
import urllib.request
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import parse_qs

_HEAD = b"HTTP/1.1 %d X\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n"


class Served:
    """What all connections share."""

    def __init__(self, limit: float | None) -> None:
        self.limit = limit
        self.tokens = limit or 0.0
        self.refilled = time.monotonic()
        self.accepted = self.refused = self.most = 0
        self.first = self.last = 0.0
        self.recent: deque[float] = deque()

    def take(self) -> bool:
        """Whether a message may pass now; counts it."""
        now = time.monotonic()
        if self.limit is not None:
            self.tokens = min(self.limit, self.tokens + (now - self.refilled) * self.limit)
            self.refilled = now
            if self.tokens < 1:
                self.refused += 1
                return False
            self.tokens -= 1
        self.accepted += 1
        self.first = self.first or now
        self.last = now
        self.recent.append(now)
        while self.recent[0] <= now - 1:
            self.recent.popleft()
        self.most = max(self.most, len(self.recent))
        return True

    def stats(self) -> bytes:
        told = {"accepted": self.accepted, "refused": self.refused, "most": self.most}
        return json.dumps({**told, "seconds": self.last - self.first}).encode()


class Connection(asyncio.Protocol):
    """HTTP/1.1 with keep-alive, one request after the other."""

    def __init__(self, served: Served) -> None:
        self._served = served
        self._read = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        self._read += data
        while (end := self._read.find(b"\r\n\r\n")) >= 0:
            head = self._read[:end].lower()
            place = head.find(b"content-length:")
            length = int(head[place + 15 :].split(b"\r\n", 1)[0]) if place >= 0 else 0
            if len(self._read) < end + 4 + length:
                return
            body = self._read[end + 4 : end + 4 + length]
            self._read = self._read[end + 4 + length :]
            status, answer = self._answer(head, body)
            self._transport.write(_HEAD % (status, len(answer)) + answer)

    def _answer(self, head: bytes, body: bytes) -> tuple[int, bytes]:
        if head.startswith(b"get /stats"):
            return 200, self._served.stats()
        if not self._served.take():
            told = {"ok": False, "error_code": 429, "description": "Too Many Requests: retry after 1"}
            return 429, json.dumps({**told, "parameters": {"retry_after": 1}}).encode()
        values = parse_qs(body.decode())
        chat = int(values["chat_id"][0])
        message = {
            "message_id": self._served.accepted,
            "from": {"id": 1, "is_bot": True, "first_name": "execbrief", "username": "execbrief_bot"},
            "chat": {"id": chat, "first_name": "가", "type": "private"},
            "date": 1_764_000_000,
            "text": values["text"][0],
        }
        return 200, json.dumps({"ok": True, "result": message}).encode()


async def serve(limit: float | None) -> None:
    served = Served(limit)
    server = await asyncio.get_running_loop().create_server(lambda: Connection(served), "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


@dataclass(frozen=True)
class Running:
    """A server that runs beside us."""

    url: str

    def stats(self) -> dict[str, float]:
        with urllib.request.urlopen(f"{self.url}/stats", timeout=5) as answer:
            told: dict[str, float] = json.load(answer)
            return told


@contextlib.contextmanager
def beside(limit: float | None = None) -> Iterator[Running]:
    """The server in a process of its own."""
    command = [sys.executable, "-m", "benchmarks.bare_api", *([str(limit)] if limit else [])]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        try:
            yield Running(f"http://127.0.0.1:{int(process.stdout.readline())}")
        finally:
            process.kill()


if __name__ == "__main__":
    asyncio.run(serve(float(sys.argv[1]) if len(sys.argv) > 1 else None))
