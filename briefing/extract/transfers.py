"""Who changes houses and keeps the post: A 대표가 다솔상사로, B 대표가 다솔렌탈로 각각 자리를 옮긴다."""

from __future__ import annotations

import re

from briefing.extract.arguments import Clause
from briefing.extract.document import Document, Mention
from briefing.extract.particles import SUBJECT
from briefing.korean.wordlists import listed
from briefing.model import MoveKind, Span

_CHIEFS = listed("moves.seats.chiefs")
_TO = frozenset({"로", "으로"})
# Behind the house: the next conjunct, or the verb.
_NEXT = re.compile(r",\s")
_VERB = re.compile(r"\s(?:각각|나란히|서로|그대로)?\s?")


def transferred(document: Document, clause: Clause) -> list[tuple[Mention, str]]:
    """Heads of houses, each with the other house whose head the clause makes them; all of it or none."""
    if clause.predicate.kind is not MoveKind.APPOINTED:
        return []
    found: list[tuple[Mention, str]] = []
    text, stop = document.text, clause.predicate.span.start
    for company in document.companies_in(clause.before):
        if company.particle not in _TO or document.quoted(company.span.start):
            continue
        near = document.mentions_in(
            Span(max(clause.before.start, company.span.start - 30), company.span.start)
        )
        if not near or near[-1].particle not in SUBJECT or near[-1].title not in _CHIEFS():
            return []
        gap = text[near[-1].span.end + len(near[-1].particle) : company.span.start]
        behind = company.span.end + len(company.particle)
        ends = behind > stop or _NEXT.match(text, behind) or _VERB.fullmatch(text, behind, stop)
        own = document.persona_of(near[-1]).company
        if gap != " " or not ends or own == company.name:
            return []
        found.append((near[-1], company.name))
    return found
