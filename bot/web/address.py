"""Where Telegram is told to deliver updates, and the path under which that reaches us."""

from __future__ import annotations

from typing import Final
from urllib.parse import urlsplit

# https://core.telegram.org/bots/webhooks, "Ports currently supported for webhooks"
PORTS: Final = frozenset({443, 80, 88, 8443})
OFFICIAL: Final = "https://api.telegram.org"
HEALTH: Final = "/healthz"
READINESS: Final = "/readyz"
METRICS: Final = "/metrics"


def webhook_path(url: str) -> str:
    """The path of a webhook's address as it stands in a request; "/" if it has none."""
    return urlsplit(url).path or "/"


def webhook_url_problem(url: str, api_url: str) -> str | None:
    """What keeps an address from being a webhook; None if nothing does.

    Args:
        url: The address.
        api_url: The Bot API server: one's own may deliver by plain HTTP and to any port
            (https://core.telegram.org/bots/api#using-a-local-bot-api-server).
    """
    own_server = api_url != OFFICIAL
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return "is no address; write https://bot.example.org/some-path"
    if parts.scheme != "https" and not (own_server and parts.scheme == "http"):
        return "must start with https://, Telegram delivers nowhere else"
    if not parts.hostname:
        return "names no host; write https://bot.example.org/some-path"
    if parts.username is not None or parts.query or parts.fragment:
        return "takes neither user and password nor anything behind ? or #"
    if port is not None and port not in PORTS and not own_server:
        return f"port {port} is none that Telegram delivers to ({', '.join(map(str, sorted(PORTS)))})"
    if webhook_path(url) in {HEALTH, READINESS, METRICS}:
        return f"{webhook_path(url)} is taken; choose another path"
    return None
