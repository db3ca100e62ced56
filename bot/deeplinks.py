"""Deep links `https://t.me/BOT?start=PAYLOAD`: what somebody subscribes to by opening one.

A payload has 1–64 characters of A–Z, a–z, 0–9, `_` and `-` (https://core.telegram.org/bots/features#deep-linking).
Ours is a stock code or a Latin name as it is, or `n_` and the base64url of any name that /subscribe takes,
in UTF-8 and without padding: a company, a person, a topic.
"""

from __future__ import annotations

import base64
import binascii
import re
from typing import Final

MOST_CHARS: Final = 64
_PREFIX: Final = "n_"
_PLAIN: Final = re.compile(r"[A-Za-z0-9_-]{1,64}")


def payload_of(name: str) -> str | None:
    """The payload that means a name; None for a name that does not fit (more than 46 bytes)."""
    if _PLAIN.fullmatch(name) and not name.startswith(_PREFIX):
        return name
    payload = _PREFIX + base64.urlsafe_b64encode(name.encode()).decode().rstrip("=")
    return payload if len(payload) <= MOST_CHARS else None


def name_of(payload: str) -> str | None:
    """The name that a payload means; None for what is no payload of ours."""
    if not _PLAIN.fullmatch(payload):
        return None
    if not payload.startswith(_PREFIX):
        return payload
    coded = payload.removeprefix(_PREFIX)
    try:
        name = base64.urlsafe_b64decode(coded + "=" * (-len(coded) % 4)).decode()
    except (binascii.Error, UnicodeDecodeError, ValueError):
        return None
    return " ".join(name.split()) or None
