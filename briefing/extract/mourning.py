"""Coming to a house of mourning: 고인을 조문했다, 빈소에는 A 회장 등의 발길이 이어졌다."""

from __future__ import annotations

from collections.abc import Sequence

from briefing.extract.clauses import Argument, Clause, lemmas
from briefing.extract.deeds import Deed, Parse, deed_words, told
from briefing.extract.document import Mention
from briefing.extract.occasions import word_set
from briefing.extract.places import AROUND
from briefing.extract.spans import between
from briefing.korean.wordlists import listed, worded
from briefing.model import ActivityKind

# 고인을 조문했다; a house of mourning carries the text this far.
_MOURNED = listed("deeds.visit.mourned")
_MOURNING = 600
# 회장이 보낸 조화와, 회장과 인연이 깊은: who stands in front of one of these does not come …
_BREAKS = frozenset({"VV", "VA", "VX", "XSV", "XSA", "VCP", "JKS", "JKO", "JX", "EC", "ETM"})
# … nor who is joined with somebody unnamed.
_LINKS = frozenset({"JKB", "JC"})
_TO_PLACE = frozenset({"을", "에", "로", ""})
_mourning = worded(r"{occasions.visit.mourning}")


def stream_of(parse: Parse, clause: Clause, phrases: Sequence[Argument]) -> Deed | None:
    """빈소에는 A 회장 등 재계 인사들의 발길이 이어졌다: those named between the house and their steps."""
    if clause.lemma not in lemmas("visit", "streams"):
        return None
    steps = next((p for p in phrases if p.level == 0 and p.particle == "이"), None)
    if steps is None or steps.head not in deed_words("visit", "steps"):
        return None
    mourning = tuple(word_set("visit", "mourning"))
    house = next(
        (p for p in phrases if p.level == 0 and p.particle == "에" and p.head.endswith(mourning)), None
    )
    if house is None:
        return None
    came = _who_came(parse, house.span.end, steps.span.start)
    place = parse.noun_phrase(house.span.end, AROUND) or house.head
    return told(clause, ActivityKind.VISIT, place, "mourns", actors=came) if came else None


def _who_came(parse: Parse, start: int, steps: int) -> tuple[Mention, ...]:
    """Those named in one row right in front of the steps: A 회장, B 대표 등 재계 인사들의 (발길)."""
    named = [m for g in parse.groups for m in g.mentions if start < m.span.start < steps]
    if not named:
        return ()
    behind = between(parse.sentence.tokens, named[-1].span.end, steps)
    if any(t.tag in _BREAKS or t.tag in _LINKS for t in behind):
        return ()
    row = between(parse.sentence.tokens, start, named[-1].span.start)
    cut = max((t.start for t in row if t.tag in _BREAKS), default=start)
    return tuple(m for m in named if m.span.start >= cut)


def mourned_at(parse: Parse, clause: Clause, phrases: Sequence[Argument]) -> str | None:
    """The house of mourning told of before, where no other place is told: 곽 사장도 발걸음을 했다."""
    times = tuple(word_set("visit", "times"))
    own = [p for p in phrases if p.level == 0 and p.particle in _TO_PLACE and not p.head.endswith(times)]
    if any(p.head not in _MOURNED() for p in own):
        return None
    houses = list(_mourning().finditer(parse.text, max(0, clause.span.start - _MOURNING), clause.span.start))
    if not houses or parse.document.quoted(houses[-1].start()):
        return None
    return parse.earlier_phrase(houses[-1])
