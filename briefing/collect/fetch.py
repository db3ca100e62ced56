"""Bytes from the web: conditional, bounded in time and size, to public addresses only."""

from __future__ import annotations

import asyncio
import math
import ssl
import time
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, replace
from datetime import timedelta
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from http.cookiejar import CookieJar, DefaultCookiePolicy
from types import TracebackType
from typing import Self
from urllib.parse import urljoin, urlsplit, urlunsplit

import h2.exceptions
import httpcore
import httpx

from briefing.collect.addresses import CheckedBackend, RefusedAddress
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


@dataclass(frozen=True, slots=True)
class _Redirect:
    to: str
    permanent: bool


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
        verify: Certificates trusted; None for the system's usual ones.
        gap: Seconds between the starts of two requests to a host.
        monotonic: Seconds that only grow, by which servers that asked for a pause are left alone.

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
        verify: ssl.SSLContext | None = None,
        gap: Callable[[str], float] = polite_gap,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._timeout_s = timeout_s
        self._max_bytes = max_bytes
        self._total = asyncio.Semaphore(total)
        self._pace = HostPace(per_host, gap, monotonic)
        self._monotonic = monotonic
        # Server (host and port) -> when it may be asked again.
        self._held: dict[str, float] = {}
        self._client = httpx.AsyncClient(
            transport=_transport(allow_private_network, verify or httpx.create_ssl_context(), total),
            headers={"User-Agent": user_agent, "Accept": _ACCEPT, "Accept-Language": "ko, en;q=0.5"},
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

    async def get(
        self, url: str, etag: str | None = None, last_modified: str | None = None
    ) -> Fetched | NotModified | Failed:
        """Fetch an address, following redirects.

        Args:
            url: http or https address; user and password in it are sent, never told.
            etag: Validator of an earlier answer.
            last_modified: Likewise, verbatim.

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
            if (pause := self._pause(here)) is not None:
                return pause
            async with self._slot(here), self._total:
                # the pause may have been asked for while this request waited for its turn
                if (pause := self._pause(here)) is not None:
                    return pause
                start = loop.time()
                try:
                    async with asyncio.timeout(left):
                        answer = await self._hop(here, headers)
                except TimeoutError:
                    return Failed(f"took longer than {self._timeout_s:g} s altogether")
                except (httpx.HTTPError, httpx.InvalidURL, httpcore.ConnectionNotAvailable) as error:
                    return _failure(error)
                except (h2.exceptions.H2Error, OSError, ValueError) as error:
                    return Failed(f"the connection failed: {_one_line(error)}")
                left = max(0.0, left - (loop.time() - start))
            if not isinstance(answer, _Redirect):
                if isinstance(answer, Failed) and answer.retry_after:
                    self._hold(here, answer.retry_after)
                if isinstance(answer, (Fetched, NotModified)) and here != url and permanent:
                    return replace(answer, moved_to=here)
                return answer
            here, permanent = _with_credentials(answer.to, here), permanent and answer.permanent
        return Failed(f"redirected more than {MAX_REDIRECTS} times")

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

    async def _hop(self, url: str, headers: dict[str, str]) -> Fetched | NotModified | Failed | _Redirect:
        async with self._client.stream("GET", url, headers=headers) as response:
            status = response.status_code
            if status != HTTPStatus.OK:
                await _drain(response)
            if status == HTTPStatus.NOT_MODIFIED:
                return NotModified(_fresh_for(response.headers))
            if status in _REDIRECTS and (target := response.headers.get("Location", "").strip()):
                return _Redirect(urljoin(without_credentials(url), target), status in _PERMANENT_REDIRECTS)
            if status != HTTPStatus.OK:
                return _refused(response)
            body = bytearray()
            async for chunk in response.aiter_bytes():
                body += chunk
                if len(body) > self._max_bytes:
                    return Failed(f"the body is larger than {self._max_bytes:,} bytes", permanent=True)
            if not body.strip():
                return NotModified(_fresh_for(response.headers))
            return Fetched(
                url=without_credentials(url),
                body=bytes(body),
                content_type=response.headers.get("Content-Type", ""),
                etag=response.headers.get("ETag"),
                last_modified=response.headers.get("Last-Modified"),
                fresh_for=_fresh_for(response.headers),
            )


def _transport(
    allow_private_network: bool, verify: ssl.SSLContext, connections: int
) -> httpx.AsyncHTTPTransport:
    limits = httpx.Limits(max_connections=connections * 2, max_keepalive_connections=connections)
    transport = httpx.AsyncHTTPTransport(verify=verify, limits=limits, http2=True)
    # httpx has no parameter for the network backend; its pool is httpcore's, which has.
    transport._pool = httpcore.AsyncConnectionPool(
        ssl_context=verify,
        max_connections=limits.max_connections,
        max_keepalive_connections=limits.max_keepalive_connections,
        keepalive_expiry=limits.keepalive_expiry,
        http1=True,
        http2=True,
        network_backend=CheckedBackend(allow_private_network=allow_private_network),
    )
    return transport


async def _drain(response: httpx.Response) -> None:
    """Read what little comes beside a status, so that the connection serves the next request too."""
    size = 0
    async for piece in response.aiter_raw():
        size += len(piece)
        if size > _DRAINED_BYTES:
            return


def _with_credentials(target: str, origin: str) -> str:
    """The target with the origin's user and password, if it is the same server."""
    try:
        old, new = urlsplit(origin), urlsplit(target)
        if "@" in old.netloc and "@" not in new.netloc and _server(old.netloc) == _server(new.netloc):
            secret = old.netloc.rpartition("@")[0]
            return urlunsplit(new._replace(netloc=f"{secret}@{new.netloc}"))
    except ValueError:
        pass
    return target


def _server(netloc: str) -> str:
    return netloc.rpartition("@")[2].lower()


def _refused(response: httpx.Response) -> Failed:
    status = response.status_code
    phrase = response.reason_phrase
    wait = _retry_after(response.headers) if status in _BUSY else None
    return Failed(f"answered {status} {phrase}".rstrip(), retry_after=wait, permanent=status in _GONE)


def _retry_after(headers: httpx.Headers) -> timedelta | None:
    """RFC 9110, 10.2.3: seconds, or a date, which is read against the server's own clock."""
    value = headers.get("Retry-After", "").strip()
    if value.isascii() and value.isdigit():
        return timedelta(seconds=min(int(value), 10**9))
    try:
        wait = parsedate_to_datetime(value) - parsedate_to_datetime(headers.get("Date", ""))
    except (TypeError, ValueError):
        return None
    return max(wait, timedelta())


def _fresh_for(headers: httpx.Headers) -> timedelta | None:
    """RFC 9111, 5.2.2: max-age less the Age that the answer already has."""
    directives: dict[str, str] = {}
    for part in headers.get("Cache-Control", "").lower().split(","):
        name, _, value = part.strip().partition("=")
        directives[name] = value.strip('" ')
    age = directives.get("max-age", "")
    if directives.keys() & {"no-cache", "no-store"} or not (age.isascii() and age.isdigit()):
        return None
    spent = headers.get("Age", "0")
    seconds = int(age) - (int(spent) if spent.isascii() and spent.isdigit() else 0)
    return timedelta(seconds=min(seconds, 10**9)) if seconds > 0 else None


def _failure(error: Exception) -> Failed:
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, RefusedAddress):
            return Failed(f"refused: {cause} (EXECBRIEF_ALLOW_PRIVATE_NETWORK is off)", permanent=True)
        if isinstance(cause, ssl.SSLCertVerificationError):
            return Failed(f"the TLS certificate is not valid: {cause.verify_message}")
        cause = cause.__cause__ or cause.__context__
    match error:
        case httpx.ConnectTimeout():
            reason = "the server did not accept a connection in time"
        case httpx.TimeoutException():
            reason = "the server stopped answering"
        case httpx.ConnectError():
            reason = f"no connection: {_one_line(error)}"
        case httpx.DecodingError():
            reason = f"the body cannot be decompressed: {_one_line(error)}"
        case httpx.RemoteProtocolError():
            reason = f"the server broke off or does not speak HTTP: {_one_line(error)}"
        case httpx.InvalidURL() | httpx.UnsupportedProtocol():
            return Failed(f"no valid address: {_one_line(error)}", permanent=True)
        case _:
            reason = f"the connection failed: {_one_line(error)}"
    return Failed(reason)


def _one_line(error: BaseException) -> str:
    words = " ".join(str(error).split())[:200]
    return without_credentials(words) if "://" in words else words or type(error).__name__
