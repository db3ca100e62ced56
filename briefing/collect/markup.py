"""A page's text made fit for parsing: hidden parts apart, nothing in it that a parser chokes on."""

from __future__ import annotations

import re
from dataclasses import dataclass

# Without scripts, styles and comments the pages of Korean outlets have 50,000 to 300,000 characters.
LONGEST_MARKUP = 600_000
# libxml2 compares each attribute of a tag with all before it: 20,000 of them take five seconds.
MOST_ATTRIBUTES = 200
LONGEST_TAG = 16_000
# Scripts kept for what they tell of the article, and the size of one.
MOST_SCRIPTS = 20
LONGEST_SCRIPT = 1_000_000

_NAME = re.compile(r"/?([A-Za-z][A-Za-z0-9:-]*)")
_QUOTE_OR_END = re.compile(r"=\s*([\"'])|>")
_CLOSING = {
    "script": re.compile(r"</script\s*>", re.IGNORECASE),
    "style": re.compile(r"</style\s*>", re.IGNORECASE),
}
# schema.org as JSON-LD; the state of pages that Arc XP renders in the browser
_TELLING = re.compile(r"ld\+json|Fusion\.globalContent\s*=", re.IGNORECASE)
_TAG_AND_BEGINNING = 20_000


@dataclass(frozen=True, slots=True)
class Markup:
    """A page without what is hidden in it.

    Attributes:
        visible: Markup without scripts, styles and comments, tags of any size cut to their name.
        scripts: Bodies of scripts that describe the article.
    """

    visible: str
    scripts: tuple[str, ...]


def taken_apart(text: str) -> Markup:
    """Separate a page, in time that grows with its length and no faster.

    What is opened and never closed stays, as the rest of the page may stand in it.
    """
    kept: list[str] = []
    scripts: list[str] = []
    unclosed: set[str] = set()
    at = size = 0
    while size < LONGEST_MARKUP and (start := text.find("<", at)) >= 0:
        kept.append(text[at:start])
        if text.startswith("<!--", start) and "!--" not in unclosed:
            end = text.find("-->", start + 4)
            unclosed |= {"!--"} if end < 0 else set()
            at = start + 4 if end < 0 else end + 3
            kept.append(" ")
        elif (name := _NAME.match(text, start + 1)) is None:
            kept.append("<" if not text.startswith("<!--", start) else " ")
            at = start + 1 if not text.startswith("<!--", start) else start + 4
        else:
            at = _end_of_tag(text, name.end())
            tag = text[start:at]
            kind = name[0].lower()
            closing = _CLOSING[kind].search(text, at) if kind in _CLOSING and kind not in unclosed else None
            if closing is not None:
                script = text[at : closing.start()]
                if len(scripts) < MOST_SCRIPTS and _TELLING.search(tag + script[:_TAG_AND_BEGINNING]):
                    scripts.append(script[:LONGEST_SCRIPT])
                at = closing.end()
                kept.append(" ")
            else:
                unclosed |= {kind} & _CLOSING.keys()
                giant = len(tag) > LONGEST_TAG or tag.count("=") > MOST_ATTRIBUTES
                kept.append(f"<{name[0]}>" if giant else tag)
        size += len(kept[-1]) + len(kept[-2])
    kept.append(text[at:])
    return Markup("".join(kept)[:LONGEST_MARKUP], tuple(scripts))


def _end_of_tag(text: str, at: int) -> int:
    """Where a tag ends, that is, behind the first ">" outside of a quoted value."""
    while (found := _QUOTE_OR_END.search(text, at)) is not None:
        if found[1] is None:
            return found.end()
        at = text.find(found[1], found.end()) + 1
        if not at:
            break
    return len(text)
