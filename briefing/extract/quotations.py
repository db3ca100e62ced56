"""Where words stand between double quotation marks, whatever marks a newsroom's software made of them.

Real pages mix “ ” " ″ ＂ „ 〝 〞 「」 『』, close with an opening mark (…것“이라고), open with a closing
one (”한 달 …), lose marks, and nest. What a mark does is therefore told from its surroundings, and
its shape only breaks ties.
"""

from __future__ import annotations

import re
from bisect import bisect_left

from briefing.model import Span

_MARK = re.compile(r"[“”„‟\"＂″〝〞「」『』]")
_OPENING = frozenset("“„‟〝「『")
_CLOSING = frozenset("”〞」』")
_CORNERS = {"「": "」", "『": "』"}
# What follows a closing mark when the sentence goes on: particles of quotation, of nouns, punctuation.
_BEHIND_CLOSE = re.compile(
    r"(?:이?라[고며면는기]|이?라\s|이?란\s|며|면서|고\s|고도|고만|고는|는|은|을|를|의\s|이\s|가\s|에|로|으로|와|과|도\s|만\s|하고|등)"
    r"|[,.!?)\]’'·…]|\s|$"
)
_SPOKEN_BEHIND = re.compile(r"\s?(?:이?라[고며면는]|며\s|면서|고\s|고도\s|는\s)")
# A quotation may run over a line end when its closing mark follows within this many characters.
LONGEST_BREAK = 1500


def _before_opens(text: str, at: int) -> bool:
    """True if the character before a mark is such that words begin after the mark."""
    return at == 0 or text[at - 1].isspace() or text[at - 1] in "([<{‘'·,:-–—―…=▲△◆◇■□▶▷●○※/“〝「『"


def _after_opens(text: str, at: int) -> bool:
    return at + 1 < len(text) and not text[at + 1].isspace() and text[at + 1] not in ".,!?)]’”"


def _closes(text: str, at: int, remaining: int) -> bool:
    """Whether a mark met inside an open quotation ends it, rather than beginning another.

    Args:
        text: The line's text.
        at: Where the mark stands.
        remaining: Marks of the same line from this one on, this one included.
    """
    mark = text[at]
    if mark in _CLOSING:
        return not (
            _before_opens(text, at) and _after_opens(text, at) and not _BEHIND_CLOSE.match(text, at + 1)
        )
    behind = _BEHIND_CLOSE.match(text, at + 1) is not None
    if mark in _OPENING:
        return not _before_opens(text, at) and behind
    if not _before_opens(text, at):
        return True
    if _SPOKEN_BEHIND.match(text, at + 1) or not _after_opens(text, at):
        return True
    return remaining % 2 == 1


def _line(text: str, marks: list[int], nested: bool) -> tuple[list[tuple[int, int]], int]:
    """Pairs of marks on one line, and the mark left open (-1 if none).

    With `nested`, an opening mark inside a quotation opens an inner one.
    """
    pairs: list[tuple[int, int]] = []
    stack: list[int] = []
    for number, at in enumerate(marks):
        mark = text[at]
        if not stack:
            if mark in '"″' and at and text[at - 1].isdigit() and not _SPOKEN_BEHIND.match(text, at + 1):
                continue  # 55" and 12′30″ are measures
            if mark in _CLOSING and not (
                _after_opens(text, at) and (_before_opens(text, at) or not _BEHIND_CLOSE.match(text, at + 1))
            ):
                continue  # its opening mark was lost
            stack.append(at)
            continue
        corner = _CORNERS.get(text[stack[-1]])
        if corner is not None and mark != corner:
            if mark in _CORNERS:
                stack.append(at)
            continue
        if mark in "「」『』" and corner is None:
            continue  # titles inside speech
        if _closes(text, at, len(marks) - number):
            opened = stack.pop()
            if not stack:
                pairs.append((opened, at))
        elif nested and mark in _OPENING:
            stack.append(at)
        else:
            stack[:] = [at]  # the earlier one was never closed
    if stack and text[stack[0]] in _CLOSING:
        return pairs, -1  # a closing mark that nothing closes: its opening mark was lost
    return pairs, stack[0] if stack else -1


def find_quotations(text: str) -> tuple[Span, ...]:  # noqa: PLR0912
    """Outermost spans between double quotation marks, marks and white space at the ends excluded.

    Slogans, titles and terms are among them: whether a span is speech is told from what stands
    around it (`briefing.extract.quotes`). Takes time linear in the text and never raises.

    Returns:
        Spans in order, never overlapping, none of them empty.
    """
    found: list[Span] = []
    pending = -1  # mark of an earlier line that still waits for its end
    start = 0
    every = [m.start() for m in _MARK.finditer(text)]
    if not every:
        return ()
    for line in text.splitlines(keepends=True):
        end = start + len(line)
        marks = every[bisect_left(every, start) : bisect_left(every, end)]
        if not marks:
            start = end
            continue
        if pending >= 0:
            first = marks[0]
            if first - pending > LONGEST_BREAK:
                pending = -1
            elif text[first] in _OPENING and not text[start:first].strip():
                marks = marks[1:]  # each paragraph of a long quotation opens anew
            if pending >= 0 and marks:
                if text[marks[0]] in _CLOSING or (text[marks[0]] == text[pending] and len(marks) % 2):
                    _add(found, text, pending + 1, marks[0])
                    marks = marks[1:]
                else:
                    _add(found, text, pending + 1, _line_end(text, pending))
            elif pending >= 0:
                start = end
                continue
            pending = -1
        pairs, left = _line(text, marks, nested=True)
        if left >= 0 and any(text[at] in _OPENING for at in marks):
            flat, flat_left = _line(text, marks, nested=False)
            if flat_left < 0 or len(flat) > len(pairs):
                pairs, left = flat, flat_left
        for opened, closed in pairs:
            _add(found, text, opened + 1, closed)
        pending = left
        start = end
    if pending >= 0:
        _add(found, text, pending + 1, _line_end(text, pending))
    return tuple(found)


def _line_end(text: str, at: int) -> int:
    end = text.find("\n", at)
    return len(text) if end < 0 else end


def _add(found: list[Span], text: str, start: int, end: int) -> None:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start < end and (not found or found[-1].end <= start):
        found.append(Span(start, end))
