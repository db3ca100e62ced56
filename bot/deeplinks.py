"""Deep links `https://t.me/BOT?start=PAYLOAD`: what somebody subscribes to by opening one.

A payload has 1–64 characters of A–Z, a–z, 0–9, `_` and `-` (https://core.telegram.org/bots/features#deep-linking).
Ours is a stock code or a Latin name as it is, or `n_` and the base64url of any name that /subscribe takes,
in UTF-8 and without padding: a company, a person, a topic. `a_` and the base64url of a button's data
(bot/keyboards.py) does what the button does, if that only looks.
"""

from __future__ import annotations

import base64
import binascii
import re
from typing import Final

MOST_CHARS: Final = 64
_PREFIX: Final = "n_"
_ACTION: Final = "a_"
_PLAIN: Final = re.compile(r"[A-Za-z0-9_-]{1,64}")


def payload_of(name: str) -> str | None:
    """The payload that means a name; None for a name that does not fit (more than 46 bytes)."""
    if _PLAIN.fullmatch(name) and not name.startswith((_PREFIX, _ACTION)):
        return name
    return _coded(_PREFIX, name)


def name_of(payload: str) -> str | None:
    """The name that a payload means; None for what is no payload of ours."""
    if not _PLAIN.fullmatch(payload):
        return None
    if not payload.startswith(_PREFIX):
        return payload
    name = _read(payload.removeprefix(_PREFIX))
    return " ".join(name.split()) or None if name else None


def action_payload(data: str) -> str | None:
    """The payload that stands for a button's data; None for data that does not fit (more than 46 bytes)."""
    return _coded(_ACTION, data)


def action_of(payload: str) -> str | None:
    """The button's data that a payload stands for; None if it stands for none."""
    if not _PLAIN.fullmatch(payload) or not payload.startswith(_ACTION):
        return None
    return _read(payload.removeprefix(_ACTION))


def _coded(prefix: str, text: str) -> str | None:
    payload = prefix + base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")
    return payload if len(payload) <= MOST_CHARS else None


def _read(coded: str) -> str | None:
    try:
        return base64.urlsafe_b64decode(coded + "=" * (-len(coded) % 4)).decode()
    except (binascii.Error, UnicodeDecodeError, ValueError):
        return None
