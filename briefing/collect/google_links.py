"""Links of Google News to the outlet's own page.

The identifier in such a link is a small record in base64. Until 2024 it held the address itself; since
then it holds a token, which Google's page exchanges for the address by a call of its own (undocumented:
the form used here is the one that page uses, as several public decoders describe it). Where that fails
the entry keeps its headline.
"""

from __future__ import annotations

import base64
import binascii
import json
import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from briefing.collect.outlets import outlets
from briefing.collect.urls import host_of, unfetchable

EXCHANGE_PATH = "/_/DotsSplashUi/data/batchexecute"

_IDENTIFIER = re.compile(r"/(?:articles|read)/([A-Za-z0-9_=-]{16,4000})$")
# Of the record: field 1 is 19, field 4 begins.
_HEAD = b'\x08\x13"'
_TOKEN_HEAD = "AU_yqL"  # noqa: S105 (how a token begins, no secret)
_ATTRIBUTE = r'\bdata-n-a-{}="([^"]{{1,2000}})"'
_PARTS = {name: re.compile(_ATTRIBUTE.format(name)) for name in ("id", "sg", "ts")}
_CALL = "Fbv4je"


@dataclass(frozen=True, slots=True)
class Exchange:
    """What Google's page hands back for the address.

    Attributes:
        identifier: Of the article, as in the link.
        signature: Of identifier and time.
        timestamp: Seconds since 1970, as Google wrote them.
    """

    identifier: str
    signature: str
    timestamp: int

    def form(self) -> dict[str, str]:
        """The form to post to `EXCHANGE_PATH`."""
        reader = ["X", "X", ["X", "X"], None, None, 1, 1, "KR:ko", None, 1, *([None] * 5), 0, 1]
        question = [
            "garturlreq",
            [reader, "X", "X", 1, [1, 1, 1], 1, 1, None, 0, 0, None, 0],
            self.identifier,
            self.timestamp,
            self.signature,
        ]
        inner = json.dumps(question, separators=(",", ":"))
        return {"f.req": json.dumps([[[_CALL, inner, None, "generic"]]], separators=(",", ":"))}


def is_google_link(url: str) -> bool:
    """Whether an address is a search service's link to somebody else's article."""
    return host_of(url) in outlets().links.aggregators and _IDENTIFIER.search(urlsplit(url).path) is not None


def address_in(link: str) -> str | None:
    """The outlet's address if the link holds it; None if it holds a token or nothing that can be read."""
    match = _IDENTIFIER.search(urlsplit(link).path)
    if match is None:
        return None
    identifier = match[1].rstrip("=")
    try:
        record = base64.urlsafe_b64decode(identifier + "=" * (-len(identifier) % 4))
    except (binascii.Error, ValueError):
        return None
    length, start = _varint(record, len(_HEAD)) if record.startswith(_HEAD) else (0, 0)
    text = record[start : start + length].decode("utf-8", "replace")
    return None if text.startswith(_TOKEN_HEAD) else _outlets_address(text)


def exchange_in(page: str) -> Exchange | None:
    """What has to be exchanged for the address, from the page that a link leads to."""
    found = {name: match[1] for name, pattern in _PARTS.items() if (match := pattern.search(page))}
    stamp = found.get("ts", "")
    if len(found) < len(_PARTS) or not (stamp.isascii() and stamp.isdigit() and len(stamp) < 15):
        return None
    return Exchange(found["id"], found["sg"], int(stamp))


def address_of(answer: str) -> str | None:
    """The outlet's address from the answer to an exchange; None if it holds none."""
    try:
        # a line that no script can run, perhaps a length, then JSON
        calls, _ = json.JSONDecoder().raw_decode(answer, answer.index("[["))
        results = [json.loads(call[2]) for call in calls if call[:2] == ["wrb.fr", _CALL]]
        found: Any = results[0]
        return _outlets_address(found[1]) if found[0] == "garturlres" else None
    except (ValueError, LookupError, TypeError, RecursionError):
        return None


def _varint(record: bytes, at: int) -> tuple[int, int]:
    """A number in base 128, lowest digits first, and where it ends."""
    value = shift = 0
    while at < len(record) and shift < 35:
        value |= (record[at] & 0x7F) << shift
        at, shift = at + 1, shift + 7
        if record[at - 1] < 0x80:
            break
    return value, at


def _outlets_address(text: object) -> str | None:
    if not isinstance(text, str) or unfetchable(text) is not None:
        return None
    return None if host_of(text) in outlets().links.aggregators else text
