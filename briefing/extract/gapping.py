"""Conjuncts that leave their verb to the last one: 다솔은 A 부사장을, 누리는 B 전무를 각각 대표로 뽑았다."""

from __future__ import annotations

import re

from briefing.extract.arguments import Arguments, Clause
from briefing.extract.companies import after_bracket, is_unit
from briefing.extract.conjuncts import with_conjoined
from briefing.extract.document import Document, Mention
from briefing.extract.pairing import Pairs
from briefing.extract.particles import AT_HOME, OBJECT, SUBJECT, TOPIC
from briefing.extract.titles import Title
from briefing.model import MoveKind, Span

_MARKS = (frozenset({"이", "가"}), frozenset({"을", "를"}))
# Between two conjuncts: `, 누리은행은 `, `, 누리의 자회사인 도담은 `.
_GAP = re.compile(
    r"(?:이|가|을|를),\s(?:[가-힣A-Za-z0-9&]+(?:의|인)\s){0,2}"
    r"(?P<house>㈜?[가-힣A-Za-z0-9&]{2,14})(?:은|는|에서는|에선)\s(?:[가-힣A-Za-z0-9·&]+\s){0,4}"
)
# A 대표는 1년, (B 대표는 2년 더)
_TERM = re.compile(r"(?:은|는)\s(?:각각\s)?\d년(?:간|씩)?,\s(?:[가-힣A-Za-z0-9&]+의\s)?")
_COMMA = re.compile(r"(?:으로|로),\s")


def gapped(document: Document, last: Mention, floor: int) -> list[tuple[str, Mention]]:
    """The conjuncts that end at a person, each with its house; empty where there is but one.

    Args:
        last: The person the verb stands behind.
        floor: Where the clause begins.
    """
    marks = next((m for m in _MARKS if last.particle in m), None)
    if marks is None:
        return []
    found: list[tuple[str, Mention]] = []
    current = last
    earlier = [m for m in document.mentions_in(Span(floor, last.span.start)) if m.particle in marks]
    for mention in reversed(earlier):
        gap = _GAP.fullmatch(document.text, mention.span.end, current.span.start)
        if gap is None or is_unit(gap["house"]) or document.quoted(mention.span.start):
            break
        found.insert(0, (_house(document, Span(*gap.span("house"))), current))
        current = mention
    if not found or (first := _topic(document, Span(floor, current.span.start))) is None:
        return []
    return [(first, current), *found]


def for_shorter(
    document: Document, arguments: Arguments, clause: Clause, last: tuple[Mention, ...]
) -> tuple[Mention, ...]:
    """A와 B는 1년, [C는 2년 더 회사를 맡는다]: those who stay as well, each for a time of their own."""
    if clause.predicate.kind is not MoveKind.RETAINED or not last:
        return ()
    inside = arguments.spoken(Span(clause.before.start, last[0].span.start))
    found: tuple[Mention, ...] = ()
    start = last[0].span.start
    for mention in reversed(inside):
        if mention in found:
            continue
        if mention.particle not in TOPIC or not _TERM.fullmatch(document.text, mention.span.end, start):
            break
        found = (*with_conjoined(document, mention, inside), *found)
        start = found[0].span.start
    return found


def ahead(
    document: Document, arguments: Arguments, pairs: Pairs, clause: Clause
) -> tuple[Title, Mention] | None:
    """A conjunct with a post of its own, before another person: A는 다솔 대표로, [B는 소방수로 투입된다]."""
    if clause.predicate.kind is not MoveKind.APPOINTED:
        return None
    inside = arguments.spoken(clause.before)
    titles = arguments.titles_in(clause.before)
    posts = [t for t in titles if t.kind == "executive" and not arguments.is_person(t)]
    found = pairs.person_first(posts, inside)
    if len(found) != 1 or found[0][1].particle not in SUBJECT | OBJECT:
        return None
    own, mention = found[0]
    comma = _COMMA.match(document.text, after_bracket(document.text, own.span.end))
    later = [m for m in inside if m.span.start > own.span.end and _alike(m, mention)]
    return (own, mention) if comma is not None and later else None


def _alike(one: Mention, other: Mention) -> bool:
    """True for two subjects or two objects."""
    return any(one.particle in marks and other.particle in marks for marks in (SUBJECT, OBJECT))


def _house(document: Document, span: Span) -> str:
    """The company that stands in a span; what stands where a company must is one."""
    known = document.companies_in(span)
    return known[0].name if known else span.of(document.text).removeprefix("㈜")


def _topic(document: Document, span: Span) -> str | None:
    """The last company of a span that is its topic."""
    topics = [c.name for c in document.companies_in(span) if c.particle in AT_HOME]
    return topics[-1] if topics else None
