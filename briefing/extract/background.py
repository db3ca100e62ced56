"""Is it news? Background, careers, demands and things that did not come about are none."""

from __future__ import annotations

import re
from collections.abc import Sequence

from briefing.extract.arguments import Clause
from briefing.extract.companies import is_public
from briefing.extract.document import Document, Mention, tokens_in
from briefing.extract.predicates import context
from briefing.korean.wordlists import worded
from briefing.model import MoveKind, Span

_YEAR = re.compile(r"(?P<year>(?:19|20)\d\d)년(?!\s?(?:정기|임원|인사|만))")
# 선임하는 안건이 찬성 46%에 그쳐 부결됐다: the verdict on a motion stands at the end of its sentence.
_VOTED_DOWN = worded(
    r"\s?(?:하는|하자는|한다는|시키는)?\s?(?:[가-힣]{1,6}\s)?{moves.motions.words}[^\n]{0,80}{moves.motions.failed}"
)
_NOW = worded(r"{times.this_year}|오는|(?<![월\d] )(?<![월\d])\d+일")
_OFFICE = re.compile(r"([가-힣]{2,12})에서\s")


def why_no_news(document: Document, clause: Clause, persons: Sequence[Mention]) -> str | None:
    """The reason why a clause tells no move as news, or None if it does."""
    text = document.text
    predicate = clause.predicate
    rest = text[predicate.span.end : clause.sentence.span.end]
    behind = rest[:24]
    if predicate.kind is not MoveKind.RETAINED and context("denied").search(behind[:14]):
        return "it did not come about"
    if predicate.kind is not MoveKind.RETAINED and _VOTED_DOWN().match(rest):
        return "the motion was voted down"
    if predicate.kind is MoveKind.RETAINED and context("not_retained").match(behind):
        return "tried or given up, not done"
    if context("open").match(behind[:10].lstrip()):
        return "asked for or talked about, not done"
    around = text[clause.before.start : predicate.span.start]
    if year := _old_year(document, clause, persons):
        return f"background: {year}"
    for mention in persons:
        if (
            predicate.kind is MoveKind.APPOINTED
            and mention.span.end < predicate.span.start
            and (office := _OFFICE.search(text[mention.span.end : predicate.span.start]))
            and is_public(office.group(1))
        ):
            return f"a post at {office.group(1)}, no enterprise"
    if context("career").search(around) and context("background").search(around):
        return "career history"
    if old := context("background").search(around[-40:]):
        return f"background: {old.group()}"
    return None


def _old_year(document: Document, clause: Clause, persons: Sequence[Mention]) -> str | None:
    """A year before that of publication which dates the predicate."""
    start, stop = clause.sentence.span.start, clause.predicate.span.start
    for match in _YEAR.finditer(document.text, start, stop):
        if _NOW().search(document.text, match.end(), stop):
            continue
        if document.day is not None and int(match["year"]) >= document.day.year:
            continue
        if any(m.span.start >= clause.predicate.span.start for m in persons):
            return match.group()
        # 2019년부터 조직을 이끈 A 사장은 …: the year belongs to what modifies the name
        at = match.end()
        name = min((m.span.start for m in persons if m.span.start > at), default=at)
        if not any(t.tag == "ETM" for t in tokens_in(clause.sentence, Span(at, name))):
            return match.group()
    return None
