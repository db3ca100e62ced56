"""From which day a move holds, where the text says so: 12월 1일자 인사, 다음 달 1일부로, (7월 1일자)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from briefing.extract.dates import find_days
from briefing.extract.document import Document
from briefing.extract.records import record
from briefing.korean.wordlists import worded
from briefing.model import Move, MoveKind, Span

# 1일자로, (1일자), 1일자 임원 인사; not 27일자 신문, 3일부터.
_MARK = worded(r"일\s?[자부](?:로(?![가-힣])|(?=\s*[)\]>〉】]|\s*$)|(?=\s?{times.notices}))")
# 오는 12월 1일 취임한다, 1일부터 공식 업무를 시작한다; 임기는 1일부터 3년이다.
_BEGINS = worded(r"일(?:부터|에)?\s(?:(?:공식|정식)(?:적으로|으로)?\s)?{times.begins}|일부터\s")
_TERM = worded(r"{times.term}[은는]?\s?$")
# 1일자로 임원 인사를 단행했다: the day of all that the article tells.
_ALL = worded(r"[^.\n]{0,25}?{times.announced}")
# An expression of a day is no longer than this (오는 2026년 12월 1일).
_DAY_CHARS = 20
# Announced moves begin about the day they are announced; what lies further off is no day of this move.
_BEFORE, _AFTER = timedelta(days=60), timedelta(days=400)
# A line of a list's heading is no longer.
_HEADING_CHARS = 60


_UP = frozenset({MoveKind.APPOINTED, MoveKind.PROMOTED})


@record(frozen=True, slots=True)
class _Mark:
    day: date
    at: int
    everything: bool


def with_effective_days(document: Document, moves: Sequence[Move]) -> tuple[Move, ...]:
    """The moves with the day from which they hold.

    The sentence of a move decides; without a day there the heading of the list it stands under; without that
    the only day that the article gives for all of its moves; for who takes a post the day to come on which
    they are told to begin. Two days in one sentence decide nothing.

    Args:
        document: The article.
        moves: Found in it.
    """
    if not moves:
        return ()
    marks = _marks(document, document.text)
    headline = _marks(document, document.article.title)
    begins = _beginnings(document)
    if not marks and not headline and not begins:
        return tuple(moves)
    for_all = {mark.day for mark in (*marks, *headline) if mark.everything}
    whole = for_all.pop() if len(for_all) == 1 else None
    starts = {mark.day for mark in begins}
    newcomers = {move.person for move in moves if move.kind in _UP}
    # of one newcomer the only beginning is theirs, whichever sentence tells it
    sole = next(iter(starts)) if len(starts) == len(newcomers) == 1 else None

    def day_of(move: Move) -> date | None:
        own = _day_of(document, move, marks, whole)
        if own is not None or move.kind not in _UP:
            return own
        return sole or _day_of(document, move, begins, None)

    return tuple(replace(move, when=day_of(move)) for move in moves)


def _day_of(document: Document, move: Move, marks: Sequence[_Mark], whole: date | None) -> date | None:
    sentence = move.evidence[0]
    own = {mark.day for mark in marks if sentence.start <= mark.at < sentence.end}
    if own:
        return own.pop() if len(own) == 1 else None
    heading = next((mark for mark in reversed(marks) if mark.at < sentence.start), None)
    if heading is not None and _heads(document.text, heading.at, sentence):
        return heading.day
    return whole


def _heads(text: str, at: int, sentence: Span) -> bool:
    """Whether the line around `at` is a heading over a sentence, with no heading of its make between them."""
    start = text.rfind("\n", 0, at) + 1
    end = text.find("\n", at)
    if end < 0 or end > sentence.start or end - start > _HEADING_CHARS or text[start].isalnum():
        return False
    return f"\n{text[start]}" not in text[end : sentence.start + 1]


def _beginnings(document: Document) -> list[_Mark]:
    """Days still to come on which somebody is told to begin."""
    text, published = document.text, document.day
    if published is None:
        return []
    found: list[_Mark] = []
    for match in _BEGINS().finditer(text):
        end = match.start() + 1
        days = find_days(text, published, start=max(end - _DAY_CHARS, 0), end=end, ahead=True)
        if not days or days[-1].span.end != end or (first := days[-1].first) is None:
            continue
        if match[0].endswith("부터 ") and not _TERM().search(text, 0, days[-1].span.start):
            continue
        if published <= first <= published + _AFTER and days[-1].last is None:
            found.append(_Mark(first, match.start(), everything=False))
    return found


def _marks(document: Document, text: str) -> list[_Mark]:
    found: list[_Mark] = []
    for match in _MARK().finditer(text):
        end = match.start() + 1
        days = find_days(text, document.day, start=max(end - _DAY_CHARS, 0), end=end)
        if not days or days[-1].span.end != end:
            continue
        first = days[-1].first
        if first is None or days[-1].last is not None or not _near(first, document.day):
            continue
        everything = _ALL().match(text, match.end()) is not None
        found.append(_Mark(first, match.start(), everything))
    return found


def _near(day: date, published: date | None) -> bool:
    return published is None or published - _BEFORE <= day <= published + _AFTER
