"""HTML snippets of feeds to plain text, in time that grows with their length and no faster."""

from __future__ import annotations

import html
import re
from typing import Final

# Only names of HTML elements: "<AI 시대>" in a headline is text.
_NAMES = (
    "a|abbr|article|aside|audio|b|big|blockquote|body|br|button|caption|center|cite|code|col|dd|del|div|dl|dt|em"
    "|embed|figcaption|figure|font|footer|form|h[1-6]|head|header|hr|html|i|iframe|img|input|ins|kbd|label|li|link"
    "|main|mark|meta|nav|noscript|object|ol|p|path|picture|pre|q|s|samp|section|small|source|span|strike|strong"
    "|sub|sup|svg|table|tbody|td|tfoot|th|thead|time|title|tr|tt|u|ul|var|video|wbr"
)
_TAG = re.compile(rf"</?(?:{_NAMES})(?:\s[^<>]*)?/?>", re.IGNORECASE)
_BREAK = re.compile(r"<(?:br|/?p|/?div|/?li|/?tr|/?h[1-6])(?:\s[^<>]*)?/?>", re.IGNORECASE)
_HIDING = re.compile(r"<(?P<kind>script|style)\b|<(?P<comment>!--)", re.IGNORECASE)
_SHOWING: Final = {
    "script": re.compile(r"</script\s*>", re.IGNORECASE),
    "style": re.compile(r"</style\s*>", re.IGNORECASE),
    "!--": re.compile("-->"),
}
_CDATA = re.compile(r"<!\[CDATA\[|\]\]>")
# No character has such a number, and Python refuses to read one of more than 4,300 digits.
_NO_CHARACTER = re.compile(r"&#(?:[0-9]{8,}|[xX][0-9a-fA-F]{8,});?")
_ZERO_WIDTH = str.maketrans("", "", "\u200b\u2060\ufeff\u00ad")
# Feeds escape at most twice ("E&amp;amp;S"); one more for luck.
_UNESCAPES = 3


def plain_text(markup: str, *, paragraphs: bool = False) -> str:
    """Text without tags and entities, white space collapsed.

    Args:
        markup: Text, HTML, or HTML escaped once or twice.
        paragraphs: Keep line breaks where the markup breaks lines.
    """
    text = _CDATA.sub("", markup)
    for _ in range(_UNESCAPES):
        text = _without_hidden(text)
        text = _BREAK.sub("\n", text)
        text = _TAG.sub("", text)
        unescaped = html.unescape(without_absurd_references(text))
        if unescaped == text:
            break
        text = unescaped
    text = text.translate(_ZERO_WIDTH)
    if not paragraphs:
        return " ".join(text.split())
    lines = (" ".join(line.split()) for line in text.splitlines())
    return "\n".join(line for line in lines if line)


def without_absurd_references(text: str) -> str:
    """Text in which numeric references far beyond Unicode (&#9999…;) have become U+FFFD."""
    return _NO_CHARACTER.sub("\ufffd", text)


def _without_hidden(text: str) -> str:
    """Text without scripts, styles and comments; what is never closed stays.

    One regular expression from opening to closing would look for the end once for each opening: a
    summary of 176 KB that opens a script every eight characters took 8 s.
    """
    kept: list[str] = []
    done = 0
    unclosed: set[str] = set()
    for opening in _HIDING.finditer(text):
        kind = (opening["kind"] or opening["comment"]).lower()
        if opening.start() < done or kind in unclosed:
            continue
        closing = _SHOWING[kind].search(text, opening.end())
        if closing is None:
            unclosed.add(kind)
            continue
        kept.append(text[done : opening.start()])
        done = closing.end()
    kept.append(text[done:])
    return " ".join(kept)
