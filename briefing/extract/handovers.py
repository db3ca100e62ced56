"""Houses of moves that another post, person or sentence tells: the post risen into, whom somebody follows."""

from __future__ import annotations

import re
from collections.abc import Callable

from briefing.extract.arguments import Clause
from briefing.extract.document import Document, Mention
from briefing.extract.particles import TOPIC
from briefing.extract.titles import Title
from briefing.korean.wordlists import listed, worded
from briefing.model import MoveKind, Span

# 대표에는 A 실장이 전무로 [승진해 부임한다]
_RISES_AND = worded(r"{moves.seats.rises_and}")
_TO_THE_POST = re.compile(r"(?:에는|에|으로는|로는)\s")
# The post stands at most this far before the name.
_POST_BEFORE = 40
# A 대표[의 후임으로]
_SUCCESSOR = re.compile(r"의?\s후임(?:으로|에)")
_CHIEFS = listed("moves.seats.chiefs")
_CHANGES = worded(r"{moves.namings.changes}|{moves.seats.helm}")
_NEW = re.compile(r"(?:새|신임)\s$")
# 다솔만 얼굴이 바뀐다
_TOLD_ALONE = frozenset({"만", "은", "는"})


def handed_house(
    document: Document, clause: Clause, mention: Mention, beside: Callable[[Clause, Title], str | None]
) -> str | None:
    """The house of the post somebody rises into, or of whom they follow; `beside` tells a post's."""
    risen = _risen_post(document, clause, mention)
    house = beside(clause, risen) if risen is not None else None
    return house or _house_of_predecessor(document, clause, mention)


def _risen_post(document: Document, clause: Clause, mention: Mention) -> Title | None:
    """다솔 [대표에는] A 누리 실장이 전무로 승진해 부임한다: who rises does so at the house of the post."""
    rises = clause.predicate.kind is MoveKind.PROMOTED
    if not rises or not _RISES_AND().match(document.text, clause.predicate.span.start):
        return None
    floor = max(clause.before.start, mention.span.start - _POST_BEFORE)
    near = (t for t in document.titles if floor <= t.span.start < mention.span.start)
    return next((t for t in near if _TO_THE_POST.match(document.text, t.span.end)), None)


def _house_of_predecessor(document: Document, clause: Clause, mention: Mention) -> str | None:
    """A 다솔 대표의 후임으로 누리에서 온 B 부사장이: the house of whom somebody follows."""
    if clause.predicate.kind is not MoveKind.APPOINTED:
        return None
    start = clause.before.start
    for gone in document.mentions_in(Span(start, max(start, mention.span.start))):
        if gone.persona == mention.persona or not _SUCCESSOR.match(document.text, gone.span.end):
            continue
        if gone.company is not None:
            return gone.company
        before = document.sentences[max(document.sentence_index(start) - 1, 0)].span
        told = [c for c in document.companies_in(before) if c.particle in _TOLD_ALONE]
        stated = any(m.company is not None and m.persona == gone.persona for m in document.mentions)
        elsewhere = document.persona_of(mention).company
        return told[-1].name if told and elsewhere and not stated else None
    return None


def left_alone(document: Document, mention: Mention) -> bool:
    """A 전 다솔 총괄이 영입됐다: True if the text names no house but the one that somebody left."""
    told = len(document.companies) == 1 and not document.head_companies
    return mention.former and told and document.companies[0].name == mention.company


def house_of_new_head(document: Document, clause: Clause, mention: Mention, post: Title | None) -> str | None:
    """[다솔건설이 수장을 바꿨다.] A 다솔전자 사업부장이 [새 대표를] 맡는다: the house told of just before."""
    start = clause.sentence.span.start
    if mention.company is None or clause.predicate.kind is not MoveKind.APPOINTED:
        return None
    if any(c.particle in TOPIC for c in document.companies_in(clause.sentence.span)):
        return None
    if post is None or post.text not in _CHIEFS() or not _NEW.search(document.text, start, post.span.start):
        return None
    before = document.sentences[max(document.sentence_index(start) - 1, 0)].span
    if not _CHANGES().search(document.text, before.start, start):
        return None
    told = document.companies_in(Span(before.start, start))
    topics = {c.name for c in told if c.particle in TOPIC and not document.quoted(c.span.start)}
    return topics.pop() if len(topics) == 1 else None
