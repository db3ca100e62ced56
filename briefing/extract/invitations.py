"""Those who are asked to an occasion, and speak or sit there: A 대표를 초청해 특강을 연다."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from briefing.extract.attendance import event_at
from briefing.extract.clauses import Argument, Clause, lemmas
from briefing.extract.deeds import Deed, Parse
from briefing.extract.groups import Group
from briefing.extract.occasions import Occasion
from briefing.korean.wordlists import affixes

RULE = "is asked to speak"
# A 대표를 강사로 초청했다
_ROLES = affixes("occasions.held.roles")
_OBJECT = frozenset({"을", ""})


def find_invited(parse: Parse) -> list[Deed]:
    """What is held for those whom somebody asks to come."""
    found = []
    for clause, phrases in parse.pairs():
        if clause.lemma not in lemmas("event", "asks") or clause.passive:
            continue
        guests = _guests(parse, clause, phrases)
        if guests is None:
            continue
        if (held := _held(parse, clause)) is not None:
            occasion, holds = held
            found.append(replace(event_at(parse, occasion, holds, RULE), actors=guests.mentions))
            continue
        as_speakers = any(p.level == 0 and p.particle == "로" and p.head.endswith(_ROLES()) for p in phrases)
        if as_speakers and (here := parse.named_before(clause.span.start)) is not None:
            found.append(replace(event_at(parse, here, clause, RULE), actors=guests.mentions))
    return found


def by_those_who_ask(deeds: Sequence[Deed], invited: Sequence[Deed]) -> list[Deed]:
    """The deeds, where holding an occasion for a guest is nobody's who is not named."""
    held = {d.span for d in invited}
    return [replace(d, needs_name=True) if d.span in held else d for d in deeds]


def _guests(parse: Parse, clause: Clause, phrases: Sequence[Argument]) -> Group | None:
    """Whom the verb of asking has as object."""
    asked = next((p for p in phrases if p.level == 0 and p.particle == "을"), None)
    if asked is None:
        return None
    for group in reversed(parse.groups):
        last = group.mentions[-1].span
        if (
            group.role == "object"
            and last.end <= clause.span.start
            and last.start <= asked.span.end <= group.end
        ):
            return group
    return None


def _held(parse: Parse, asks: Clause) -> tuple[Occasion, Clause] | None:
    """The occasion that a verb behind the one of asking is told to be held with."""
    if asks.adnominal:
        return None
    for clause, phrases in parse.pairs():
        if clause.first > asks.last and clause.lemma in lemmas("event", "hold") and clause.form == "verb":
            own = parse.own_occasion(phrases, _OBJECT)
            if own is not None and own.span.start > asks.span.end:
                return own, clause
    return None
