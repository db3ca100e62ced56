"""A feed made fit for feedparser, whose work must grow with the length of a document and no faster.

What grows faster there: the base of relative addresses, which each `xml:base` makes longer; elements
inside of elements; the attributes of one tag. No feed that anybody reads needs much of these.
"""

from __future__ import annotations

import re
from collections import Counter

# An XHTML text of an entry goes some thirty elements deep.
DEEPEST = 80
# Addresses have up to 8,000 characters.
LONGEST_TAG = 10_000
MOST_ATTRIBUTES = 100
# A feed of 500 entries has 10,000 tags; one that brings their texts as XHTML has ten times as many.
MOST_TAGS = 200_000
# rss/channel/item/link and feed/entry/link: below these nothing is read that is relative to a base.
_BASED_DEPTH = 3
# Each address of a document is joined to the base, which takes as long as the base is.
_LONGEST_BASE = 300

_NAME = re.compile(r"[A-Za-z_][\w:.-]{0,200}")
# Values hold no "<", so neither goes beyond the beginning of the next tag. `re` remembers each part that it
# might give back, in 100 bytes and more; a tag of more parts is a broken one.
_REST_OF_TAG = re.compile(r"""(?:[^<>"']++|"[^"<]*+"|'[^'<]*+'){0,20000}>""")
_REST_OF_BROKEN_TAG = re.compile(r"[^<>]*+>?")
_BASE = re.compile(r"""(?<=[\s:"'])base(?=\s*=)""", re.IGNORECASE)
_LONG_BASE = re.compile(
    rf"""(?<=[\s:"'])base(?=\s*=\s*["']?[^"'\s>]{{{_LONGEST_BASE + 1}}})""", re.IGNORECASE
)
_CDATA, _CDATA_END = "<![CDATA[", "]]>"
_LEFT_OUT = (("<!--", "-->"), ("<?", "?>"))


def fenced(text: str) -> str:
    """The document without comments and processing instructions, its tags held to the limits above.

    A document with more tags is cut, and what is open is closed. What is never closed stays.

    Args:
        text: A document without prolog.
    """
    fence = _Fence(text)
    fence.run()
    return "".join(fence.kept)


class _Fence:
    """One document: what is kept, and which elements are open."""

    def __init__(self, text: str) -> None:
        self._text = text
        self.kept: list[str] = []
        self._open: list[str] = []
        self._names: Counter[str] = Counter()
        # A parser that mends what does not match knows other depths than we do.
        self._matching = True
        self._unclosed: set[str] = set()

    def run(self) -> None:
        text, at, tags = self._text, 0, 0
        while (start := text.find("<", at)) >= 0:
            self.kept.append(text[at:start])
            if text.startswith(_CDATA, start):
                end = text.find(_CDATA_END, start)
                at = len(text) if end < 0 else end + len(_CDATA_END)
                self.kept.append(text[start:at])
            elif text.startswith(("<!--", "<?"), start):
                at = self._left_out(start)
            else:
                tags += 1
                if tags > MOST_TAGS:
                    self.kept += [f"</{name}>" for name in reversed(self._open[:DEEPEST])]
                    return
                at = self._tag(start)
        self.kept.append(text[at:])

    def _left_out(self, start: int) -> int:
        """Where a comment or processing instruction ends; its beginning only, if it never does."""
        opening, closing = next(pair for pair in _LEFT_OUT if self._text.startswith(pair[0], start))
        end = -1 if opening in self._unclosed else self._text.find(closing, start + len(opening))
        if end < 0:
            self._unclosed.add(opening)
            return start + len(opening)
        return end + len(closing)

    def _tag(self, start: int) -> int:
        """Keep what is to be kept of a tag; where it ends."""
        text = self._text
        closing = text.startswith("/", start + 1)
        name = _NAME.match(text, start + 1 + closing)
        if name is None:
            self.kept.append("<")
            return start + 1
        rest = _REST_OF_TAG.match(text, name.end()) or _REST_OF_BROKEN_TAG.match(text, name.end())
        end = rest.end() if rest else name.end()
        if closing:
            self._end(name[0])
        else:
            self._begin(name[0], text[start:end])
        return end

    def _begin(self, name: str, tag: str) -> None:
        depth = len(self._open)
        empty = tag.endswith("/>")
        if depth < DEEPEST:
            if len(tag) > LONGEST_TAG or tag.count("=") > MOST_ATTRIBUTES:
                tag = f"<{name}/>" if empty else f"<{name}>"
            else:
                based = depth <= _BASED_DEPTH and self._matching
                tag = (_LONG_BASE if based else _BASE).sub("nobase", tag)
            self.kept.append(tag)
        if not empty:
            self._open.append(name)
            self._names[name.lower()] += 1

    def _end(self, name: str) -> None:
        wanted = name.lower()
        if not self._names[wanted]:
            self._matching = False
            self.kept.append(f"</{name}>")
            return
        self._matching = self._matching and self._open[-1] == name
        while (popped := self._open.pop().lower()) != wanted:
            self._names[popped] -= 1
        self._names[wanted] -= 1
        if len(self._open) < DEEPEST:
            self.kept.append(f"</{name}>")
