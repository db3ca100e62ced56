"""Whose doing a verb of a move without a person of its own may be, and who gives a post away."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from briefing.extract.arguments import Clause
from briefing.extract.document import Document, Mention, tokens_in
from briefing.extract.particles import OBJECT, SUBJECT, TOPIC
from briefing.extract.subjects import COUNTED, how_many, human
from briefing.extract.titles import title_kind
from briefing.korean.wordlists import worded
from briefing.model import MoveKind, Span

_HANDS_OVER = worded(r"{moves.seats.hands_over}")
# Behind whoever is gone: A 대표 대신.
_INSTEAD = (" 대신", "를 대신해", "을 대신해")
# Nouns, names and what makes them many; the subject of a verb stands before 이 or 가.
_NAMES_SOMEBODY = frozenset({"NNG", "NNP", "NP", "SL", "XSN"})

# 두 사람 모두, 세 대표는, 이들은
_COUNTED = worded(rf"(?<![가-힣])(?:{COUNTED})(?:은|는|이|가|도)?\s?(?:모두|다|나란히|함께)?\s")
# 두 사람을 각자 대표로 선임했다, 이들에게 공동대표를 맡겼다
_COUNTED_AS = {
    "object": worded(rf"(?<![가-힣])(?:{COUNTED})(?:을|를)?\s?(?:모두|다|나란히|함께)?\s"),
    "recipient": worded(rf"(?<![가-힣])(?:{COUNTED})\s?(?:모두)?에게(?:는|도)?\s"),
    "subject": _COUNTED,
    "any": _COUNTED,
}
_CLAUSE_ENDS = frozenset({"EC", "ETM", "ETN", "EF"})
_HEADS_COUNTED = frozenset({"명", "인"})
# 최고재무책임자(CFO)[는]
_WORD_BEFORE = re.compile(r"(?P<w>[가-힣A-Za-z]+)(?:\([^()\n]{1,20}\))?$")
_SO_MANY = re.compile(r"[가-힣]{0,3}\s\d+(?:명|인)")
_BLANK_LINE = re.compile(r"\n\s*\n")


def counted(document: Document, clause: Clause) -> tuple[Mention, ...]:
    """Whom a phrase means that counts people instead of naming them: [두 사람 모두] 선임됐다.

    Those named last in the paragraph, as many as are counted; 이들 means those of the sentence before.
    """
    text, start = document.text, clause.sentence.span.start
    pattern = _COUNTED_AS.get(clause.predicate.frame)
    if pattern is None or document.mentions_in(clause.before):
        return ()
    match = pattern().search(text, clause.before.start, clause.predicate.span.start)
    if match is None or document.quoted(match.start()):
        return ()
    if "후보" in text[match.end() : clause.predicate.span.start] and clause.predicate.frame == "object":
        return ()  # 이들을 최종 후보로 올렸다: one of them will be chosen
    number = how_many(match)
    floor = max((m.end() for m in _BLANK_LINE.finditer(text, 0, start)), default=0)
    if not number:
        at = document.sentence_index(start) - 1
        floor = max(floor, document.sentences[at].span.start) if at >= 0 else start
    recent: dict[int, Mention] = {}
    for mention in reversed(document.mentions_in(Span(floor, start))):
        if not document.quoted(mention.span.start):
            recent.setdefault(mention.persona, mention)
    found = list(recent.values())
    many = found[: number or len(found)]
    return tuple(reversed(many)) if len(many) == (number or max(2, len(many))) else ()


def carried(
    document: Document, clause: Clause, last: tuple[Mention, ...], topic: tuple[Mention, ...]
) -> tuple[Mention, ...]:
    """Whom a verb without a person means: those of the verb before (승진·내정했다), or the topic told of.

    Args:
        document: The article.
        clause: The verb without a person.
        last: Whom the verb before spoke of.
        topic: Whom the sentence before spoke of.
    """
    if last and clause.predicate.frame == "object" and has_object(clause):
        return ()  # A를 대표로 올리는 등 [임원 6명을] 교체했다
    if last and clause.predicate.frame in {"subject", "object", "any"}:
        return () if has_titled_subject(document, clause) else own_subject(document, clause, last) or last
    if last and clause.predicate.frame == "recipient" and last[-1].particle in OBJECT:
        # A를 승진시키고 본부장을 맡겼다
        return () if document.mentions_in(clause.before) else last
    frame, form = clause.predicate.frame, clause.predicate.form
    if form == "headline" or (frame != "subject" and form != "rejected"):
        return ()
    companies = [c for c in document.companies_in(clause.before) if c.particle in TOPIC]
    if companies or document.mentions_in(clause.sentence.span) or has_subject(document, clause):
        return ()
    return topic


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
    if _SO_MANY.match(document.text, clause.predicate.span.end):
        return True  # 상무로 선임된 [5명은]
    inside = tokens_in(clause.sentence, Span(clause.sentence.span.start, clause.predicate.span.start))
    for noun, particle in pairwise(inside):
        if noun.tag == "NNB" and noun.form in _HEADS_COUNTED and particle.form in SUBJECT:
            # 사외이사 3명은 모두 재선임됐다; not 주주 3명이 반대했지만
            return not any(t.tag in _CLAUSE_ENDS for t in inside if t.start >= particle.end)
        if noun.tag not in _NAMES_SOMEBODY or document.quoted(particle.start):
            continue
        if particle.tag == "JKS":
            return True
        somebody = human(noun.form) or title_kind(noun.form) is not None
        if particle.tag == "JX" and particle.form in SUBJECT and somebody:
            return True
    return False


def has_titled_subject(document: Document, clause: Clause) -> bool:
    """True if others than those of the verb before do it: A는 유임됐고 [재무책임자는, 6명은] 떠난다."""
    inside = tokens_in(clause.sentence, clause.before)
    ended = max((t.start for t in inside if t.tag in _CLAUSE_ENDS), default=-1)
    for noun, particle in pairwise(inside):
        if particle.tag == "JKS" and particle.start < ended:
            continue  # A는 전무로 올라 [B 대표가] 비우는 자리에 앉는다, [후임이] 정해지면 물러난다
        if (
            particle.tag not in {"JKS", "JX"}
            or particle.form not in SUBJECT
            or document.quoted(particle.start)
        ):
            continue
        so_many = noun.tag == "NNB" and noun.form in _HEADS_COUNTED
        named = _WORD_BEFORE.search(document.text, clause.before.start, particle.start)
        word = named["w"].removesuffix("단") if named is not None else ""  # 부회장단은
        if so_many or human(word) or (title_kind(word) or "other") != "other":
            return True
    return False


def has_object(clause: Clause) -> bool:
    """True if the clause says to whom it is done, though not by name: A를 올리는 등 [6명을] 교체했다."""
    inside = tokens_in(clause.sentence, Span(clause.before.start, clause.predicate.span.start))
    return any(
        token.tag == "JKO" and (noun.tag == "NNB" or human(noun.form) or title_kind(noun.form) is not None)
        for noun, token in pairwise(inside)
    )


def givers(document: Document, clause: Clause, takers: Sequence[Mention]) -> tuple[Mention, ...]:
    """Subjects with a title before whoever is handed a post: [A 회장이] B에게 회장직을 넘긴다."""
    predicate = clause.predicate
    if not takers or predicate.frame != "recipient" or predicate.kind is not MoveKind.APPOINTED:
        return ()
    if not _HANDS_OVER().search(document.text, predicate.span.start, predicate.span.end + 2):
        return ()
    return tuple(
        m
        for m in document.mentions_in(Span(clause.before.start, takers[0].span.start))
        if m.particle in SUBJECT and m.title is not None and m.persona != takers[0].persona
    )


def stood_in_for(document: Document, clause: Clause) -> tuple[Mention, ...]:
    """Those in whose place others come: [A 대표] 대신 B를."""
    return tuple(
        m
        for m in document.mentions_in(clause.before)
        if document.text.startswith(_INSTEAD, m.span.end) and not document.quoted(m.span.start)
    )
