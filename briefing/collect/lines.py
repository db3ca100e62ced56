"""Lines of a page or a feed that are no article: notices, reporters, captions, lists of others."""

from __future__ import annotations

import re
from dataclasses import dataclass

from briefing.collect.outlets import Outlets, outlets

# A longer line that holds a copyright notice holds something else too.
LONGEST_NOTICE = 120
# No pattern is tried on a longer line, save that for copyright, on its end.
LONGEST_PATTERNED = 400
# After the heading of a list of other articles the article goes on with two paragraphs like these.
_PARAGRAPH = re.compile(r".{38,}(?:다|요|까)[.?!][\"”’')\]]*$")
# News is told in the plain style (밝혔다), notices to readers in the polite one (제공됩니다, 이용하세요).
_TOLD = re.compile(r"(?<!니)다[.”\"’')\]]*$")
_WHITE = re.compile(r"[^\S\n]+")


@dataclass(frozen=True, slots=True)
class Cleaned:
    """What is left of a text, and what was cut out of it.

    Attributes:
        text: The rest, a paragraph a line.
        captions: Words under pictures.
        byline: The reporter's line, may be empty.
        paid: True if the text broke off at a notice that the rest has to be paid for.
    """

    text: str
    captions: tuple[str, ...]
    byline: str
    paid: bool = False


def clean(text: str) -> Cleaned:
    """Cut copyright notices, reporter lines, captions and page machinery out of a text.

    Args:
        text: Paragraphs separated by newlines.
    """
    known = outlets()
    kept: list[str] = []
    captions: list[str] = []
    byline = dateline = ""
    paid = False
    lines = _without_lists(text, known)
    for raw in lines:
        line = raw
        short = len(line) <= LONGEST_PATTERNED
        if short and known.debris.search(line):
            continue
        if short and kept and known.end.search(line):
            break
        if short and known.paywall.search(line) and not _TOLD.search(line):
            paid = True
            break
        if known.copyright.search(line, max(0, len(line) - LONGEST_PATTERNED)) is not None:
            line = _without_notice(line, known)
            if len(line) > 2:
                kept.append(line)
            continue
        if short and known.byline.search(line):
            byline = byline or line
            continue
        if short and known.caption.search(line):
            captions.append(line)
            continue
        if (lead := known.dateline.match(line)) is not None:
            dateline = dateline or lead[0].strip(" =")
            line = line[lead.end() :].strip()
        if line:
            kept.append(line)
    return Cleaned("\n".join(kept), tuple(captions), byline or dateline, paid)


def says_it_is_none(text: str) -> bool:
    """Whether a text tells readers that there is no article here: taken down, log in, are you a robot."""
    known = outlets()
    return any(known.wall.search(line) and not _TOLD.search(line) for line in text.splitlines())


def _without_notice(line: str, known: Outlets) -> str:
    """A notice at the end of a paragraph must not take the paragraph with it."""
    if len(line) <= LONGEST_NOTICE:
        return ""
    notice = known.copyright.search(line, max(0, len(line) - LONGEST_PATTERNED))
    assert notice is not None, "the caller has found it"
    return line[: line.rfind("다.", 0, notice.start()) + 2]


def _without_lists(text: str, known: Outlets) -> list[str]:
    """Trimmed lines; from a heading of other articles on only where two paragraphs follow each other.

    Lists of other articles stand at the end or in a box between paragraphs; their headlines and
    teasers alternate.
    """
    lines = [line for raw in text.splitlines() if (line := _WHITE.sub(" ", raw).strip())]
    kept: list[str] = []
    inside = False
    for number, line in enumerate(lines):
        if len(line) <= LONGEST_PATTERNED and kept and known.aside.search(line):
            inside = True
            continue
        if inside:
            following = lines[number + 1] if number + 1 < len(lines) else ""
            inside = not (_PARAGRAPH.match(line) and _PARAGRAPH.match(following))
        if not inside:
            kept.append(line)
    return kept
