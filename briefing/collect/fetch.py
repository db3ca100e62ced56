"""Bytes from the web: conditional, bounded in time and size, to public addresses only."""

from __future__ import annotations

import asyncio
import logging
import math
import ssl
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine, Iterable, Mapping
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from http import HTTPStatus
from http.cookiejar import CookieJar, DefaultCookiePolicy
from types import TracebackType
from typing import Self, TypeVar
from urllib.parse import urljoin, urlsplit

import h2.exceptions
import httpcore
import httpx

from briefing.collect.addresses import CheckedBackend
from briefing.collect.connections import failure, one_line, open_transport, with_legacy_servers
from briefing.collect.credentials import credentials_of, with_credentials
from briefing.collect.headers import fresh_for, retry_after
from briefing.collect.inflate import ACCEPT_ENCODING, Inflation, Undecodable
from briefing.collect.outlets import outlets
from briefing.collect.pacing import HostPace, polite_gap
from briefing.collect.urls import host_of, unfetchable, without_credentials
from briefing.model import Failed, Fetched, NotModified

USER_AGENT = "execbrief/0.1 (news briefing bot)"
# Miniflux' caps: 15 MiB after decompression, 20 s.
MAX_BYTES = 15 * 1024 * 1024
TIMEOUT_S = 20.0
MAX_REDIRECTS = 5
CONNECT_S = 10.0
# No server is left alone for longer, whatever it says.
LONGEST_HOLD_S = 24 * 3600.0

# An error page up to this size is read to its end for the sake of the connection.
_DRAINED_BYTES = 64 * 1024
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_PERMANENT_REDIRECTS = frozenset({301, 308})
_GONE = frozenset({404, 410})
_BUSY = frozenset({429, 503})
_ACCEPT = "application/rss+xml, application/atom+xml, text/html, application/xml;q=0.9, */*;q=0.5"

log = logging.getLogger(__name__)

T = TypeVar("T")
Admit = Callable[[str], Awaitable[Failed | None]]
"""Asked before each request of a fetch, redirects included; what it returns is the fetch's outcome."""
Room = Callable[[int], Awaitable[None]]
"""Returns when there is room for a body of so many bytes."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What an API answered, whatever its status.

    Attributes:
        status: HTTP status code.
        body: Decompressed bytes, may be empty.
        content_type: Header as sent, may be empty.
        retry_after: Wait the server asked for, or None.
    """

    status: int
    body: bytes
    content_type: str = ""
    retry_after: timedelta | None = None


@dataclass(frozen=True, slots=True)
class _Redirect:
    to: str
    permanent: bool


@dataclass(frozen=True, slots=True)
class _Empty:
    """200 and no body."""

    fresh_for: timedelta | None


class Fetcher:
    """An HTTP client for feeds and pages; open it with `async with`.

    Args:
        allow_private_network: Connect to private and loopback addresses too.
        user_agent: What servers are told.
        timeout_s: Seconds that one fetch may take altogether, redirects and slow bodies included;
            waiting for a free slot does not count.
        max_bytes: Largest body after decompression.
        per_host: Requests to one host at the same time.
        total: Requests at the same time.
        trust: Makes the TLS context: whose certificates are trusted.
        legacy_tls: Hosts (as httpx's mount patterns name them) whose servers are so old that OpenSSL
            3 refuses them otherwise; None for those of briefing/data/outlets.toml.
        backend: Opens connections in place of the one that `allow_private_network` describes.
        gap: Seconds between the starts of two requests to a host.
        monotonic: Seconds that only grow, by which servers that asked for a pause are left alone.
        sleep: Waits that many seconds for the turn of a host.

    A server that answers 429 or 503 with Retry-After (RFC 9110, 10.2.3) is not asked for anything
    until that time is over, 24 hours at most.
    """

    def __init__(
        self,
        *,
        allow_private_network: bool = False,
        user_agent: str = USER_AGENT,
        timeout_s: float = TIMEOUT_S,
        max_bytes: int = MAX_BYTES,
        per_host: int = 2,
        total: int = 20,
        trust: Callable[[], ssl.SSLContext] = httpx.create_ssl_context,
        legacy_tls: Iterable[str] | None = None,
        backend: CheckedBackend | None = None,
        gap: Callable[[str], float] = polite_gap,
        monotonic: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._timeout_s = timeout_s
        self._max_bytes = max_bytes
        self._total = asyncio.Semaphore(total)
        self._pace = HostPace(per_host, gap, monotonic, sleep)
        self._monotonic = monotonic
        # Server (host and port) -> when it may be asked again.
        self._held: dict[str, float] = {}
        self._backend = backend or CheckedBackend(allow_private_network=allow_private_network)
        old = outlets().legacy_tls if legacy_tls is None else legacy_tls
        self._client = httpx.AsyncClient(
            transport=open_transport(self._backend, trust(), total),
            mounts={
                f"https://{host}": open_transport(self._backend, with_legacy_servers(trust()), total)
                for host in old
            },
            headers={
                "User-Agent": user_agent,
                "Accept": _ACCEPT,
                "Accept-Encoding": ACCEPT_ENCODING,
                "Accept-Language": "ko, en;q=0.5",
            },
            timeout=httpx.Timeout(timeout_s, connect=min(CONNECT_S, timeout_s)),
            follow_redirects=False,
            # A proxy of the environment would connect in our place, past the address check.
            trust_env=False,
            # Nothing to remember between outlets.
            cookies=CookieJar(DefaultCookiePolicy(allowed_domains=())),
        )

    async def __aenter__(self) -> Self:
        await self._client.__aenter__()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._client.__aexit__(kind, error, trace)
        self._backend.close()

    def keep_gap(self, host: str, gap_s: float) -> None:
        """Leave a host at least so many seconds between two requests from now on; 0 for the usual gap."""
        self._pace.keep(host, gap_s)

    async def get(
        self,
        url: str,
        etag: str | None = None,
        last_modified: str | None = None,
        *,
        admit: Admit | None = None,
        room: Room | None = None,
    ) -> Fetched | NotModified | Failed:
        """Fetch an address, following redirects.

        Args:
            url: http or https address; user and password in it are sent, never told.
            etag: Validator of an earlier answer.
            last_modified: Likewise, verbatim.
            admit: Asked before each request; may refuse it, or take its time.
            room: Waited for with the body in hand and the slot kept, so that bodies that wait are as few
                as slots; the fetch's time does not run meanwhile.

        Returns:
            The body; NotModified for 304 or an empty 200; Failed with one line for an operator, with
            the wait that remains if the server asked for a pause. Network trouble is never raised.
        """
        conditions = {"If-None-Match": etag, "If-Modified-Since": last_modified}
        headers = {name: value for name, value in conditions.items() if value}
        here, permanent, left = url, True, self._timeout_s
        loop = asyncio.get_running_loop()
        for _ in range(MAX_REDIRECTS + 1):
            if (problem := unfetchable(here)) is not None:
                return Failed(problem, permanent=True)
            if admit is not None and (refused := await admit(here)) is not None:
                return refused
            async with self._turn(here) as pause:
                if pause is not None:
                    return pause
                start = loop.time()
                answer = await self._guarded(self._hop(here, headers), left)
                left = max(0.0, left - (loop.time() - start))
                if room is not None and isinstance(answer, Fetched):
                    await room(len(answer.body))
            if not isinstance(answer, _Redirect):
                if isinstance(answer, Failed) and answer.retry_after:
                    self._hold(here, answer.retry_after)
                if isinstance(answer, _Empty):
                    return NotModified(answer.fresh_for)
                moved = permanent and here != url
                # any page may be older than a date; only a document of ours has our tag
                if isinstance(answer, Fetched) or (isinstance(answer, NotModified) and etag):
                    return replace(answer, moved_to=here) if moved else answer
                return answer
            to = with_credentials(answer.to, here)
            # a feed that needs a password is not at an address that must not be told it
            known = credentials_of(here) is None or credentials_of(to) is not None
            here, permanent = to, permanent and answer.permanent and known
        return Failed(f"redirected more than {MAX_REDIRECTS} times")

    async def ask(
        self,
        url: str,
        *,
        headers: Mapping[str, str] | None = None,
        form: Mapping[str, str] | None = None,
        admit: Admit | None = None,
    ) -> Answer | Failed:
        """Ask an API: one request, its body whatever the status, no redirect followed.

        Args:
            url: http or https address. Like the headers it may hold a key, and is never told.
            headers: Sent besides the usual ones.
            form: Sent as a form by POST; None for GET.
            admit: As in `get`.

        Returns:
            The answer; Failed for network trouble, a body too large, or a redirect, which would
            carry the key elsewhere. Nothing is raised.
        """
        if unfetchable(url) is not None:
            return Failed("the address of the API is no valid one", permanent=True)
        if admit is not None and (refused := await admit(url)) is not None:
            return refused
        async with self._turn(url) as pause:
            if pause is not None:
                return pause
            answer = await self._guarded(self._exchange(url, dict(headers or {}), form), self._timeout_s)
        if isinstance(answer, Answer) and answer.retry_after:
            self._hold(url, answer.retry_after)
        return answer

    @asynccontextmanager
    async def _turn(self, url: str) -> AsyncIterator[Failed | None]:
        """A slot among the requests to a host and to all; what is yielded is a pause to keep instead."""
        if (pause := self._pause(url)) is not None:
            yield pause
            return
        async with self._slot(url), self._total:
            # the pause may have been asked for while this request waited for its turn
            yield self._pause(url)

    async def _guarded(self, exchange: Coroutine[None, None, T], seconds: float) -> T | Failed:
        """The outcome of an exchange, trouble and lateness as values."""
        try:
            async with asyncio.timeout(seconds):
                return await exchange
        except TimeoutError:
            return Failed(f"took longer than {self._timeout_s:g} s altogether")
        except Undecodable as error:
            return Failed(f"the body cannot be decompressed: {error}")
        except (httpx.HTTPError, httpx.InvalidURL, httpcore.ConnectionNotAvailable) as error:
            return failure(error)
        except (h2.exceptions.H2Error, OSError, ValueError) as error:
            return Failed(f"the connection failed: {one_line(error)}")
        except Exception as error:
            # one server must not stop the round in which it is asked
            log.exception("an exchange failed in a way nobody thought of: a bug of ours")
            return Failed(f"our fetcher failed on it: {one_line(error)}")

    def _hold(self, url: str, wait: timedelta) -> None:
        now = self._monotonic()
        self._held = {server: until for server, until in self._held.items() if until > now}
        server = _server(urlsplit(url).netloc)
        until = now + min(wait.total_seconds(), LONGEST_HOLD_S)
        self._held[server] = max(until, self._held.get(server, until))

    def _pause(self, url: str) -> Failed | None:
        server = _server(urlsplit(url).netloc)
        left = self._held.get(server, -math.inf) - self._monotonic()
        if left <= 0:
            return None
        return Failed(
            f"{server} asked for a pause, which lasts {math.ceil(left)} s more",
            retry_after=timedelta(seconds=left),
        )

    def _slot(self, url: str) -> AbstractAsyncContextManager[None]:
        return self._pace.turn(host_of(url))

    async def _hop(
        self, url: str, headers: dict[str, str]
    ) -> Fetched | NotModified | _Empty | Failed | _Redirect:
        # httpx logs the addresses it asks, so it is never told of a password inside of one
        bare, auth = without_credentials(url), credentials_of(url)
        async with self._client.stream("GET", bare, headers=headers, auth=auth) as response:
            status = response.status_code
            if status != HTTPStatus.OK:
                await _drain(response)
            if status == HTTPStatus.NOT_MODIFIED:
                return NotModified(fresh_for(response.headers))
            if status in _REDIRECTS and (target := response.headers.get("Location", "").strip()):
                return _Redirect(urljoin(bare, target), status in _PERMANENT_REDIRECTS)
            if status != HTTPStatus.OK:
                return _refused(response)
            body = await self._body(response)
            if isinstance(body, Failed):
                return body
            if not body.strip():
                return _Empty(fresh_for(response.headers))
            return Fetched(
                url=bare,
                body=body,
                content_type=response.headers.get("Content-Type", ""),
                etag=response.headers.get("ETag"),
                last_modified=response.headers.get("Last-Modified"),
                fresh_for=fresh_for(response.headers),
            )

    async def _exchange(
        self, url: str, headers: dict[str, str], form: Mapping[str, str] | None
    ) -> Answer | Failed:
        method = "GET" if form is None else "POST"
        async with self._client.stream(method, url, headers=headers, data=form) as response:
            if response.is_redirect:
                return Failed(f"answered {response.status_code}, a redirect, which is not followed")
            body = await self._body(response)
            if isinstance(body, Failed):
                return body
            content_type = response.headers.get("Content-Type", "")
            return Answer(response.status_code, body, content_type, retry_after(response.headers))

    async def _body(self, response: httpx.Response) -> bytes | Failed:
        too_large = Failed(f"the body is larger than {self._max_bytes:,} bytes", permanent=True)
        announced = response.headers.get("Content-Length", "")
        if announced.isascii() and announced.isdigit() and int(announced[:20]) > self._max_bytes:
            return too_large
        inflation = Inflation(response.headers.get("Content-Encoding", ""))
        body = bytearray()
        read = 0
        async for piece in response.aiter_raw():
            # packed bytes that come to nothing are counted too
            read += len(piece)
            if read > self._max_bytes:
                return too_large
            body += inflation.feed(piece, self._max_bytes + 1 - len(body))
            if len(body) > self._max_bytes:
                return too_large
        inflation.finish()
        return bytes(body)


async def _drain(response: httpx.Response) -> None:
    """Read what little comes beside a status, so that the connection serves the next request too."""
    size = 0
    async for piece in response.aiter_raw():
        size += len(piece)
        if size > _DRAINED_BYTES:
            return


def _server(netloc: str) -> str:
    return netloc.rpartition("@")[2].lower()


def _refused(response: httpx.Response) -> Failed:
    status = response.status_code
    phrase = response.reason_phrase
    wait = retry_after(response.headers) if status in _BUSY else None
    return Failed(
        f"answered {status} {phrase}".rstrip(), retry_after=wait, permanent=status in _GONE, status=status
    )
