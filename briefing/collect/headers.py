"""What the headers of an answer say of time."""

from __future__ import annotations

from datetime import timedelta
from email.utils import parsedate_to_datetime

import httpx

_LONGEST_S = 10**9
# More digits than any number of seconds has; Python refuses to read thousands of them.
_DIGITS = 20


def retry_after(headers: httpx.Headers) -> timedelta | None:
    """RFC 9110, 10.2.3: seconds, or a date, which is read against the server's own clock."""
    value = headers.get("Retry-After", "").strip()
    if value.isascii() and value.isdigit():
        return timedelta(seconds=min(int(value[:_DIGITS]), _LONGEST_S))
    try:
        wait = parsedate_to_datetime(value) - parsedate_to_datetime(headers.get("Date", ""))
    except (TypeError, ValueError, OverflowError):
        return None
    return max(wait, timedelta())


def fresh_for(headers: httpx.Headers) -> timedelta | None:
    """RFC 9111, 5.2.2: max-age less the Age that the answer already has."""
    directives: dict[str, str] = {}
    for part in headers.get("Cache-Control", "").lower().split(","):
        name, _, value = part.strip().partition("=")
        directives[name] = value.strip('" ')
    age = directives.get("max-age", "")
    if directives.keys() & {"no-cache", "no-store"} or not (age.isascii() and age.isdigit()):
        return None
    spent = headers.get("Age", "0")
    seconds = int(age[:_DIGITS]) - (int(spent[:_DIGITS]) if spent.isascii() and spent.isdigit() else 0)
    return timedelta(seconds=min(seconds, _LONGEST_S)) if seconds > 0 else None
