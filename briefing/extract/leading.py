"""Which company an article is about."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from briefing.extract.document import CompanyMention
from briefing.extract.particles import TOPIC


def subject_company(
    headline: Sequence[tuple[CompanyMention, bool]], body: Sequence[tuple[CompanyMention, bool]], lead: int
) -> str | None:
    """The company an article is mostly about: named in headline and lead, most often, first.

    Args:
        headline: Companies of the headline, each with True if it only tells where a person works.
        body: Companies of the text, likewise.
        lead: Offset at which the lead ends.
    """
    weight: Counter[str] = Counter()
    order: dict[str, int] = {}
    for n, (mention, beside) in enumerate((*headline, *body)):
        order.setdefault(mention.name, n)
        weight[mention.name] += 2 - beside + 2 * (mention.particle in TOPIC)
    for mention, beside in headline:
        weight[mention.name] += 4 - 2 * beside
    for mention, beside in body:
        if mention.span.start < lead:
            weight[mention.name] += 2 - beside
    if not weight:
        return None
    return max(weight, key=lambda name: (weight[name], -order[name]))
