"""Whose doing a verb of a move without a person of its own may be, and who gives a post away."""

from __future__ import annotations

from itertools import pairwise

from briefing.extract.arguments import Clause
from briefing.extract.document import Document, Mention, tokens_in
from briefing.extract.particles import SUBJECT, TOPIC
from briefing.extract.subjects import human
from briefing.extract.titles import title_kind
from briefing.korean.wordlists import worded
from briefing.model import MoveKind, Span

_HANDS_OVER = worded(r"{moves.seats.hands_over}")
# Behind whoever is gone: A 대표 대신.
_INSTEAD = (" 대신", "를 대신해", "을 대신해")
# Nouns, names and what makes them many; the subject of a verb stands before 이 or 가.
_NAMES_SOMEBODY = frozenset({"NNG", "NNP", "NP", "SL", "XSN"})


def own_subject(document: Document, clause: Clause, last: tuple[Mention, ...]) -> tuple[Mention, ...]:
    """A는 B에게 지휘봉을 넘기고 떠난다: who gave is the subject of the next verb, not who got.

    Args:
        document: The article.
        clause: The verb without a person.
        last: Whom the verb before spoke of.
    """
    if clause.predicate.frame != "subject" or last[-1].particle not in {"에게", "께", "과", "와"}:
        return ()
    named = document.mentions_in(Span(clause.sentence.span.start, last[0].span.start))
    topics = [m for m in named if m.particle in SUBJECT and not document.quoted(m.span.start)]
    return tuple(topics[-1:])


def has_subject(document: Document, clause: Clause) -> bool:
    """True if the clause says who does it, though not by name: [현직 사장이] 해임되는 것은."""
    inside = tokens_in(clause.sentence, Span(clause.sentence.span.start, clause.predicate.span.start))
    for noun, particle in pairwise(inside):
        if noun.tag not in _NAMES_SOMEBODY or document.quoted(particle.start):
            continue
        if particle.tag == "JKS":
            return True
        somebody = human(noun.form) or title_kind(noun.form) is not None
        if particle.tag == "JX" and particle.form in TOPIC and somebody:
            return True
    return False


def givers(document: Document, clause: Clause, taker: Mention) -> tuple[Mention, ...]:
    """Subjects with a title before whoever is handed a post: [A 회장이] B에게 회장직을 넘긴다."""
    predicate = clause.predicate
    if predicate.frame != "recipient" or predicate.kind is not MoveKind.APPOINTED:
        return ()
    if not _HANDS_OVER().search(document.text, predicate.span.start, predicate.span.end + 2):
        return ()
    return tuple(
        m
        for m in document.mentions_in(Span(clause.before.start, taker.span.start))
        if m.particle in SUBJECT and m.title is not None and m.persona != taker.persona
    )


def stood_in_for(document: Document, clause: Clause) -> tuple[Mention, ...]:
    """Those in whose place others come: [A 대표] 대신 B를."""
    return tuple(
        m
        for m in document.mentions_in(clause.before)
        if document.text.startswith(_INSTEAD, m.span.end) and not document.quoted(m.span.start)
    )
