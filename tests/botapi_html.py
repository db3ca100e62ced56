"""Telegram's HTML as its server reads it: strict, unlike a browser.

After https://core.telegram.org/bots/api#html-style and the error texts of td/telegram/MessageEntity.cpp.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass

SAME = {"strong": "b", "em": "i", "ins": "u", "strike": "s", "del": "s"}
TAGS = {"b", "i", "u", "s", "code", "pre", "a", "blockquote", "span", "tg-spoiler", "tg-emoji"} | set(SAME)
TYPES = {"b": "bold", "i": "italic", "u": "underline", "s": "strikethrough", "a": "text_link"}
MOST_ENTITIES = 100

TAG = re.compile(r"<(?P<close>/?)(?P<name>[A-Za-z][A-Za-z0-9-]*)(?P<rest>[^<>]*)>")
ATTRIBUTE = re.compile(
    r"""\s+(?P<name>[a-z-]+)(?:=(?:"(?P<dq>[^"]*)"|'(?P<sq>[^']*)'|(?P<bare>[^\s"'>]+)))?"""
)
# Only these names; everything else with & stays as it is written.
ENTITY = re.compile(r"&(?:#\d+|#x[0-9a-fA-F]+|lt|gt|amp|quot);")


class HtmlError(ValueError):
    """`str()` is the description Telegram answers with."""


@dataclass(frozen=True)
class Entity:
    type: str
    offset: int  # UTF-16 units
    length: int
    url: str | None = None


def utf16(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def parse(source: str) -> tuple[str, list[Entity]]:
    """Text and entities. Raises HtmlError."""
    text = ""
    entities: list[Entity] = []
    stack: list[tuple[str, int, str | None]] = []
    place = 0
    while place < len(source):
        if source[place] != "<":
            end = source.find("<", place)
            end = len(source) if end < 0 else end
            text += ENTITY.sub(lambda match: html.unescape(match[0]), source[place:end])
            place = end
            continue
        tag = TAG.match(source, place)
        offset = len(source[:place].encode())
        if tag is None:
            raise HtmlError(f"Bad Request: can't parse entities: Unexpected end tag at byte offset {offset}")
        name = tag["name"].lower()
        if name not in TAGS:
            raise HtmlError(
                f'Bad Request: can\'t parse entities: Unsupported start tag "{name}" at byte offset {offset}'
            )
        if tag["close"]:
            if not stack or stack[-1][0] != name:
                raise HtmlError(
                    f"Bad Request: can't parse entities: Unmatched end tag at byte offset {offset}"
                )
            _, start, url = stack.pop()
            if length := utf16(text) - start:
                kind = SAME.get(name, name)
                if kind != "a" or url:
                    entities.append(Entity(TYPES.get(kind, kind), start, length, url))
        else:
            stack.append((name, utf16(text), attributes(tag["rest"]).get("href")))
        place = tag.end()
    if stack:
        name = stack[-1][0]
        raise HtmlError(
            f"Bad Request: can't parse entities: Can't find end tag corresponding to start tag \"{name}\""
        )
    # an inner tag closes first; Telegram tells the outer one first
    entities.reverse()
    return text, sorted(entities, key=lambda e: (e.offset, -e.length))[:MOST_ENTITIES]


def attributes(rest: str) -> dict[str, str]:
    found = {}
    for match in ATTRIBUTE.finditer(rest):
        value = match["dq"] or match["sq"] or match["bare"] or ""
        found[match["name"]] = html.unescape(value)
    return found
