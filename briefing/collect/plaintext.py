"""HTML snippets of feeds to plain text."""

from __future__ import annotations

import html
import re

# Only names of HTML elements: "<AI 시대>" in a headline is text.
_NAMES = (
    "a|abbr|article|aside|audio|b|big|blockquote|body|br|button|caption|center|cite|code|col|dd|del|div|dl|dt|em"
    "|embed|figcaption|figure|font|footer|form|h[1-6]|head|header|hr|html|i|iframe|img|input|ins|kbd|label|li|link"
    "|main|mark|meta|nav|noscript|object|ol|p|path|picture|pre|q|s|samp|section|small|source|span|strike|strong"
    "|sub|sup|svg|table|tbody|td|tfoot|th|thead|time|title|tr|tt|u|ul|var|video|wbr"
)
_TAG = re.compile(rf"</?(?:{_NAMES})(?:\s[^<>]*)?/?>", re.IGNORECASE)
_BREAK = re.compile(r"<(?:br|/?p|/?div|/?li|/?tr|/?h[1-6])(?:\s[^<>]*)?/?>", re.IGNORECASE)
_HIDDEN = re.compile(r"<(script|style)\b.*?</\1\s*>|<!--.*?-->", re.IGNORECASE | re.DOTALL)
_CDATA = re.compile(r"<!\[CDATA\[|\]\]>")
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
        text = _HIDDEN.sub(" ", text)
        text = _BREAK.sub("\n", text)
        text = _TAG.sub("", text)
        unescaped = html.unescape(text)
        if unescaped == text:
            break
        text = unescaped
    text = text.translate(_ZERO_WIDTH)
    if not paragraphs:
        return " ".join(text.split())
    lines = (" ".join(line.split()) for line in text.splitlines())
    return "\n".join(line for line in lines if line)
