"""Feeds that are nearly XML made into XML, so that the strict parser reads them.

feedparser falls back to a loose parser on the first fault, and that one makes "R&D" into "R&D;".
"""

from __future__ import annotations

import re
from html.entities import html5

_REFERENCE = re.compile(
    r"&(?:#(?P<number>[0-9]{1,7}|[xX][0-9a-fA-F]{1,6});|(?P<name>[A-Za-z][A-Za-z0-9]{0,31});)?"
)
_XML = frozenset({"amp", "lt", "gt", "quot", "apos"})
_ESCAPED = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}
_OPEN, _CLOSE = "<![CDATA[", "]]>"


def mended(text: str) -> str:
    """The document with references that XML knows, and no others.

    Names of HTML (&nbsp; &middot;) become their characters, a lone & becomes &amp;, references to
    characters that XML forbids (&#8;) are left out. CDATA is left as it is.

    Args:
        text: A document without prolog and without characters illegal in XML.
    """
    if "&" not in text:
        return text
    kept: list[str] = []
    done = 0
    while (start := text.find(_OPEN, done)) >= 0:
        end = text.find(_CLOSE, start)
        if end < 0:
            break
        kept.append(_REFERENCE.sub(_legal, text[done:start]))
        done = end + len(_CLOSE)
        kept.append(text[start:done])
    kept.append(_REFERENCE.sub(_legal, text[done:]))
    return "".join(kept)


def _legal(match: re.Match[str]) -> str:
    if (number := match["number"]) is not None:
        point = int(number[1:], 16) if number[0] in "xX" else int(number)
        return match[0] if _allowed(point) else ""
    name = match["name"]
    if name is None:
        return "&amp;"
    if name in _XML:
        return match[0]
    meant = html5.get(f"{name};")
    return f"&amp;{name};" if meant is None else "".join(_ESCAPED.get(letter, letter) for letter in meant)


def _allowed(point: int) -> bool:
    """XML 1.0, section 2.2."""
    return (
        point in {0x9, 0xA, 0xD}
        or 0x20 <= point <= 0xD7FF
        or 0xE000 <= point <= 0xFFFD
        or 0x10000 <= point <= 0x10FFFF
    )
