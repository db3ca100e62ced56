"""robots.txt: what an outlet lets programs read (RFC 9309), and what it says of their pace."""

from __future__ import annotations

import asyncio
import re
import time
import weakref
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlsplit

from briefing.collect.fetch import Fetcher
from briefing.collect.urls import host_of
from briefing.model import Failed, Fetched, NotModified

PRODUCT = "execbrief"
"""Our name in robots.txt (the product token of the User-Agent header)."""

# RFC 9309: 2.5 parse at least 500 KiB, 2.4 keep no copy longer than a day.
LONGEST_BYTES = 500 * 1024
KEPT_S = 24 * 3600.0
# How soon a robots.txt that could not be read is tried again.
UNREACHABLE_S = 240.0
# A Crawl-delay (no part of the RFC, but widely written) is kept up to here.
LONGEST_DELAY_S = 10.0

_KNOWN = 2000
_ESCAPE = re.compile(r"%[0-9a-fA-F]{2}")
_UNRESERVED = re.compile(r"[A-Za-z0-9._~-]")
_TOKEN = re.compile(r"[A-Za-z_-]+")


@dataclass(frozen=True, slots=True)
class Rules:
    """What one robots.txt says to us.

    Attributes:
        rules: Pattern of a path and whether it is allowed, in the order of the file.
        delay_s: Seconds between two requests that the file asks for, or None.
    """

    rules: tuple[tuple[str, bool], ...] = ()
    delay_s: float | None = None

    def allow(self, url: str) -> bool:
        """Whether an address may be read: the longest pattern that fits decides, at equal length "allow"."""
        parts = urlsplit(url)
        path = _normal(parts.path or "/") + (f"?{_normal(parts.query)}" if parts.query else "")
        fitting = [(len(pattern), allowed) for pattern, allowed in self.rules if _fits(pattern, path)]
        return max(fitting, default=(0, True))[1]


ALL = Rules()


def parse_robots(body: bytes, product: str = PRODUCT) -> Rules:
    """The rules of all groups for us, or else of those for everybody; none for a file of another kind.

    Args:
        body: The file; what is beyond `LONGEST_BYTES` is not looked at.
        product: Our product token, compared without case.
    """
    groups: dict[str, tuple[list[tuple[str, bool]], list[float]]] = {}
    agents: list[str] = []
    naming = False
    for line in body[:LONGEST_BYTES].decode("utf-8-sig", "replace").splitlines():
        field, colon, value = line.partition("#")[0].partition(":")
        field, value = field.strip().lower(), value.strip()
        if not colon:
            continue
        if field == "user-agent":
            agents = agents if naming else []
            token = _TOKEN.match(value)
            agents.append("*" if value.startswith("*") else token[0].lower() if token else "")
            naming = True
            continue
        naming = naming and field not in {"allow", "disallow", "crawl-delay"}
        for agent in agents:
            rules, delays = groups.setdefault(agent, ([], []))
            if field in {"allow", "disallow"} and value:
                rules.append((_normal(value), field == "allow"))
            elif field == "crawl-delay":
                delays += _seconds(value)
    rules, delays = groups.get(product.lower()) or groups.get("*") or ([], [])
    return Rules(tuple(rules), max(delays, default=None))


def _seconds(value: str) -> list[float]:
    try:
        seconds = float(value)
    except ValueError:
        return []
    return [seconds] if 0 < seconds < float("inf") else []


def _normal(path: str) -> str:
    """One spelling: what need not be escaped is not, everything else is in capitals (RFC 9309, 2.2.2)."""

    def one(match: re.Match[str]) -> str:
        letter = chr(int(match[0][1:], 16))
        return letter if _UNRESERVED.fullmatch(letter) else match[0].upper()

    escaped = "".join(
        letter if letter.isascii() else "".join(f"%{byte:02X}" for byte in letter.encode("utf-8", "replace"))
        for letter in path
    )
    return _ESCAPE.sub(one, escaped)


def _fits(pattern: str, path: str) -> bool:
    """Whether a pattern with `*` and a closing `$` fits the beginning of a path, in linear time."""
    to_the_end = pattern.endswith("$")
    first, *others = pattern.removesuffix("$").split("*")
    if not path.startswith(first):
        return False
    at = len(first)
    if not others:
        return at == len(path) or not to_the_end
    *middle, last = others
    for part in middle:
        found = path.find(part, at)
        if found < 0:
            return False
        at = found + len(part)
    return path.endswith(last) and len(path) - len(last) >= at if to_the_end else path.find(last, at) >= 0


@dataclass(frozen=True, slots=True)
class _Copy:
    rules: Rules
    until: float
    trouble: Failed | None = None


class Robots:
    """The robots.txt of every server that is asked for pages, fetched when first needed.

    No file (any 4xx but 429) allows everything. A server that fails to say (5xx, 429, no connection)
    allows nothing for the time being, unless an older copy is at hand.

    Args:
        fetcher: Open HTTP client.
        monotonic: Seconds that only grow.
    """

    def __init__(self, fetcher: Fetcher, *, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._fetcher = fetcher
        self._monotonic = monotonic
        self._copies: dict[str, _Copy] = {}
        # Held by the one reader that fetches; forgotten by themselves once nobody waits.
        self._locks: weakref.WeakValueDictionary[str, asyncio.Lock] = weakref.WeakValueDictionary()

    async def rules_for(self, url: str) -> Rules | Failed:
        """What the server of an address says to us; Failed, to be tried again, if it fails to say."""
        parts = urlsplit(url)
        server = f"{parts.scheme.lower()}://{parts.netloc.rpartition('@')[2].lower()}"
        lock = self._locks.get(server)
        if lock is None:
            lock = self._locks[server] = asyncio.Lock()
        # when the reader that fetches is cancelled, the next one fetches
        async with lock:
            copy = self._copies.get(server)
            if copy is None or copy.until <= self._monotonic():
                copy = await self._fetch(server, copy)
        return copy.trouble or copy.rules

    async def _fetch(self, server: str, old: _Copy | None) -> _Copy:
        answer = await self._fetcher.get(f"{server}/robots.txt")
        now = self._monotonic()
        copy = _Copy(ALL, now + KEPT_S)
        match answer:
            case Fetched(body=body):
                copy = _Copy(parse_robots(body), now + KEPT_S)
            case NotModified():
                pass
            case Failed(status=status, permanent=permanent, reason=reason, retry_after=after):
                absent = status is not None and 400 <= status < 500 and status != 429
                # an address that may not be asked at all says so itself, when the page is wanted
                if not absent and not permanent:
                    trouble = Failed(
                        f"robots.txt of {host_of(server)} cannot be read: {reason}", retry_after=after
                    )
                    known = old is not None and old.trouble is None
                    copy = _Copy(old.rules if old else ALL, now + UNREACHABLE_S, None if known else trouble)
        if len(self._copies) >= _KNOWN:
            self._copies = {name: kept for name, kept in self._copies.items() if kept.until > now}
        if len(self._copies) >= _KNOWN:
            del self._copies[next(iter(self._copies))]
        self._copies[server] = copy
        return copy
