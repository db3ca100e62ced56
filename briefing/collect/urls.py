"""One address for one article: what differs only in how the reader came is dropped."""

from __future__ import annotations

import re
from urllib.parse import urlsplit, urlunsplit

from briefing.collect.outlets import outlets

_DEFAULT_PORTS = {"http": 80, "https": 443}
_ESCAPE = re.compile(r"%[0-9a-fA-F]{2}")


def canonical_url(url: str) -> str:
    """The address under which an article is known.

    Lower-cases scheme and host, drops user and password, default ports, fragments, tracking
    parameters and AMP markers, and replaces known mobile hosts (briefing/data/outlets.toml). The
    result can be fetched. What is no http(s) address comes back trimmed, otherwise unchanged.

    Example:
        >>> canonical_url("HTTPS://m.mk.co.kr:443/news/1?utm_source=rss&id=2#top")
        'https://www.mk.co.kr/news/1?id=2'
    """
    url = "".join(url.split())
    try:
        parts = urlsplit(url)
        port = parts.port
        host = (parts.hostname or "").rstrip(".")
    except ValueError:
        return url
    scheme = parts.scheme.lower()
    if scheme not in _DEFAULT_PORTS or not host:
        return url
    links = outlets().links
    host = links.desktop.get(host, host)
    if ":" in host:
        host = f"[{host}]"
    if port is not None and port != _DEFAULT_PORTS[scheme]:
        host = f"{host}:{port}"
    path = _ESCAPE.sub(lambda match: match[0].upper(), parts.path) or "/"
    head, _, tail = path.rstrip("/").rpartition("/")
    if tail.lower() in links.amp_segments and head:
        path = head
    for pattern, instead in links.variants:
        path = pattern.sub(instead, path)
    kept = [part for part in parts.query.split("&") if part and not links.is_tracking(part.partition("=")[0])]
    return urlunsplit((scheme, host, path, "&".join(kept), ""))


def without_credentials(url: str) -> str:
    """The address without user name and password, for messages."""
    try:
        parts = urlsplit(url)
        netloc = parts.netloc.rpartition("@")[2]
        return urlunsplit((parts.scheme, netloc, parts.path, parts.query, parts.fragment))
    except ValueError:
        return re.sub(r"//[^/@\s]*@", "//", url)


def unfetchable(url: str) -> str | None:
    """What is wrong with an address of the web in one line, without credentials; None if nothing is."""
    shown = without_credentials(url)
    try:
        parts = urlsplit(url)
        _ = parts.port
    except ValueError:
        return f"{shown} is no valid address"
    if parts.scheme.lower() not in {"http", "https"}:
        return f"{shown} is no http or https address"
    return None if parts.hostname else f"{shown} names no host"


def host_of(url: str) -> str:
    """Lower-case host name, empty if there is none."""
    try:
        return (urlsplit(url).hostname or "").lower()
    except ValueError:
        return ""
