"""User and password of an address: how they are sent, and where they may follow a redirect."""

from __future__ import annotations

from urllib.parse import SplitResult, unquote, urlsplit, urlunsplit

import httpx

_DEFAULT_PORTS = {"http": 80, "https": 443}


def credentials_of(url: str) -> httpx.BasicAuth | None:
    """User and password of an address, if it is one and has any."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    if parts.username is None and parts.password is None:
        return None
    return httpx.BasicAuth(unquote(parts.username or ""), unquote(parts.password or ""))


def with_credentials(target: str, origin: str) -> str:
    """The target of a redirect with the origin's user and password, where they may be told.

    That is the same server by the same scheme, or the step from http to https on the usual ports;
    never the way back, on which everybody could read them.
    """
    try:
        old, new = urlsplit(origin), urlsplit(target)
        if "@" in old.netloc and "@" not in new.netloc and _may_follow(old, new):
            secret = old.netloc.rpartition("@")[0]
            return urlunsplit(new._replace(netloc=f"{secret}@{new.netloc}"))
    except ValueError:
        pass
    return target


def _may_follow(old: SplitResult, new: SplitResult) -> bool:
    if old.hostname != new.hostname:
        return False
    ends = _end(old), _end(new)
    return ends[0] == ends[1] or ends == (("http", 80), ("https", 443))


def _end(parts: SplitResult) -> tuple[str, int | None]:
    scheme = parts.scheme.lower()
    return scheme, parts.port if parts.port is not None else _DEFAULT_PORTS.get(scheme)
