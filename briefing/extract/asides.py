"""Companies named only in a clause beside the news: who proposed somebody, who owns the house that acts."""

from __future__ import annotations

from collections.abc import Sequence

from briefing.extract.document import CompanyMention
from briefing.extract.predicates import context
from briefing.model import Span

# The house owned is named at most this far behind the verb (사들인 [냉동식품 회사 다솔의]).
_OWNED = 16
# What a shareholder holds is told at most this far in front of it.
_HOLDING = 40


def stands_aside(text: str, company: CompanyMention, others: Sequence[CompanyMention]) -> bool:
    """True for who only comments or holds shares, or the subject of a clause that modifies something.

    [벼리연금] 반대에도; 지분 9%를 쥔 [벼리펀드는]; [벼리펀드가] 추천한 A; [누리가] 사들인 다솔의.

    Args:
        text: The article.
        company: A place where a company is spoken of.
        others: Companies spoken of behind it, in order.
    """
    if context("stance").match(text, company.span.end):
        return True
    if context("holder").search(text, max(0, company.span.start - _HOLDING), company.span.start):
        return True
    if (runs := context("runs").match(text, company.span.end)) is not None:
        # ‘들녘통닭’을 운영하는 [황금들녘이]: what a house runs is not the house
        return any(runs.end() <= other.span.start < runs.end() + _OWNED for other in others)
    if company.particle not in {"이", "가"}:
        return False
    if context("proposer").match(text, company.span.end):
        return True
    owner = context("owner").match(text, company.span.end)
    if owner is None:
        return False
    near = Span(owner.end(), owner.end() + _OWNED)
    return any(near.start <= other.span.start < near.end for other in others)
