"""Which facts are the same, and what several articles together say of one.

Event identity (docs/architecture.md): a fact is (person, company, kind, role or occasion) inside a time
window; the window is the story's.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import TypeVar

from rapidfuzz.fuzz import partial_ratio, ratio

from briefing.model import (
    Activity,
    ActivityKind,
    Fact,
    MergedFact,
    Move,
    MoveKind,
    MoveStatus,
    Quote,
    QuotedBy,
    Source,
    StoredFact,
)
from briefing.stories.vocabulary import vocabulary

_LEGAL = re.compile(r"㈜|\(주\)|（주）|주식회사")
_LETTERS = re.compile(r"[\W_]+")
# Several names of one post; a company has one of it, so outlets use them for the same appointment.
_HEAD = re.compile(r"(?:각자|공동|신임|차기)?(?:대표이사|대표집행임원|최고경영자|대표|CEO)", re.IGNORECASE)
_RANK = re.compile(r"(?:명예)?(?:부)?회장|부?사장|전무|상무보?|이사")
_UP = frozenset({MoveKind.APPOINTED, MoveKind.PROMOTED})

T = TypeVar("T")


def _norm(text: str | None) -> str:
    return _LETTERS.sub("", _LEGAL.sub("", text or "")).casefold()


def post(role: str | None) -> str:
    """A role in a form in which the usual variants agree: `대표이사 사장`, `CEO` and `대표` become `대표`."""
    if role and _HEAD.search(role):
        return "대표"
    return _norm(role)


def identity(fact: Fact) -> str:
    """The event identity of a fact as text: equal for tellings of one fact by different outlets.

    Strings are compared whole, for indexes; `same_fact` also sees through missing fields and wording.
    """
    if isinstance(fact, Move):
        kind = "up" if fact.kind in _UP else fact.kind.value
        return f"move|{_norm(fact.person)}|{_norm(fact.company)}|{kind}|{post(fact.role)}"
    if isinstance(fact, Activity):
        return f"{fact.kind.value}|{_norm(fact.person)}|{_norm(fact.what)}"
    return f"quote|{_norm(fact.speaker)}|{_norm(fact.text)[:40]}"


def same_fact(one: Fact, other: Fact) -> bool:
    """Whether two facts, told within one story or a few days, are one.

    A missing company, role or date agrees with any; a rumour agrees with what it was about.
    """
    if isinstance(one, Move) and isinstance(other, Move):
        return _same_move(one, other)
    if isinstance(one, Activity) and isinstance(other, Activity):
        return _same_activity(one, other)
    if isinstance(one, Quote) and isinstance(other, Quote):
        return _same_quote(one, other)
    return False


def _agree(one: str, other: str) -> bool:
    return not one or not other or one == other or one in other or other in one


def _same_post(one: str | None, other: str | None) -> bool:
    """Whether two roles can be one appointment.

    `사장` and `대표이사 사장`, `법인장` and `북미법인장` can; `사장` and `부사장` cannot.
    """
    mine, theirs = _posts(one), _posts(other)
    if mine <= theirs or theirs <= mine:  # a role not told agrees with any
        return True
    short, long = sorted((_norm(one), _norm(other)), key=len)
    return len(short) >= 3 and short in long and not _RANK.fullmatch(short)


def _posts(role: str | None) -> frozenset[str]:
    """The offices and ranks a role is made of: `대표이사 사장` holds 대표 and 사장."""
    parts = re.split(r"[\s()（）·,/]+", _LEGAL.sub("", role or ""))
    return frozenset(post(part) for part in parts if _norm(part))


def _same_move(one: Move, other: Move) -> bool:
    if _norm(one.person) != _norm(other.person) or not _agree(_norm(one.company), _norm(other.company)):
        return False
    if one.kind is other.kind:
        # A post left or kept is told by rank or by office ("배 부회장", "대표이사"): one leaving.
        return one.kind not in _UP or _same_post(one.role, other.role)
    return {one.kind, other.kind} == _UP and bool(one.role) and post(one.role) == post(other.role)


def _same_activity(one: Activity, other: Activity) -> bool:
    if _norm(one.person) != _norm(other.person):
        return False
    days = abs((one.when - other.when).days) if one.when and other.when else None
    if one.kind is not other.kind:
        return not days and _signing(one, other)
    mine, theirs = _norm(one.what), _norm(other.what)
    if one.kind is ActivityKind.TRIP:
        # Nobody is on two trips at once; outlets date a trip by departure, by first stop, or not at all.
        return days is None or days <= 3 or (days <= 10 and _agree(mine, theirs))
    if days is not None and days > 1:
        return False
    if one.kind is ActivityKind.DEAL and partial_ratio(mine, theirs) >= 70:
        return True  # 업무협약, 업무협약서, 업무협약(MOU): nobody signs two with one partner
    generic = vocabulary().generic_occasions
    alike = ratio(mine, theirs)
    if _agree(mine, theirs) or alike >= 80:
        return True
    if days == 0 and generic & {mine, theirs}:
        return True
    if days == 0:
        return alike >= 50 or partial_ratio(mine, theirs) >= 75
    return partial_ratio(mine, theirs) >= 90 and min(len(mine), len(theirs)) >= 4


def _signing(one: Activity, other: Activity) -> bool:
    """Whether one is a deal and the other the ceremony at which it was signed."""
    deal, event = (one, other) if one.kind is ActivityKind.DEAL else (other, one)
    if deal.kind is not ActivityKind.DEAL or event.kind is not ActivityKind.EVENT:
        return False
    return _norm(event.what).endswith(vocabulary().signing_ceremonies)


def _same_quote(one: Quote, other: Quote) -> bool:
    speakers = _norm(one.speaker), _norm(other.speaker)
    if not _agree(*speakers):
        return False
    short, long = sorted((_norm(one.text), _norm(other.text)), key=len)
    if len(short) < 8:
        return short == long
    return short in long or ratio(short, long) >= 80


def merge(stored: Sequence[StoredFact]) -> tuple[MergedFact, ...]:
    """What the articles of one story say, each fact once.

    Args:
        stored: Tellings in any order.

    Returns:
        Facts in order of first telling (moves, activities, quotes among equals as stored); of each the most
        complete telling with what it lacks taken from the others, and its sources, earliest first, one an
        article. A fact both rumoured and done is done; one both planned and past is past.
    """
    ordered = sorted(stored, key=lambda item: (item.source.published, item.source.article_id))
    return tuple(_one(tellings) for tellings in cluster(ordered, lambda item: item.fact))


def merge_again(facts: Sequence[MergedFact]) -> MergedFact:
    """One fact out of merged tellings of it, as `merge` would make it of all their articles."""
    tellings = [StoredFact(0, merged.fact, source) for merged in facts for source in merged.sources]
    return _one(sorted(tellings, key=lambda item: (item.source.published, item.source.article_id)))


def cluster(
    items: Sequence[T], fact_of: Callable[[T], Fact], near: Callable[[T, T], bool] | None = None
) -> list[list[T]]:
    """Items in groups of one fact each, groups in order of their first item.

    Args:
        items: Anything that carries a fact.
        fact_of: The fact it carries.
        near: A further condition that any two of a group must meet; None for none.
    """
    groups: list[list[T]] = []
    by_person: dict[tuple[type, str], list[list[T]]] = defaultdict(list)
    for item in items:
        fact = fact_of(item)
        key = (type(fact), "" if isinstance(fact, Quote) else _norm(fact.person))
        for group in by_person[key]:
            # every member must agree: A = B and B = C through a missing field does not make A = C
            if all(
                same_fact(fact, fact_of(member)) and (near is None or near(item, member)) for member in group
            ):
                group.append(item)
                break
        else:
            fresh = [item]
            groups.append(fresh)
            by_person[key].append(fresh)
    return groups


def _one(tellings: Sequence[StoredFact]) -> MergedFact:
    sources: dict[int, Source] = {}
    for telling in tellings:
        sources.setdefault(telling.source.article_id, telling.source)
    facts = [telling.fact for telling in tellings]
    best = max(facts, key=_completeness)  # the earliest of equals, max keeps the first
    rest = [fact for fact in facts if fact is not best]
    return MergedFact(_completed(best, rest), tuple(sources.values()))


def _completeness(fact: Fact) -> tuple[float, ...]:
    if isinstance(fact, Move):
        return (
            fact.company is not None,
            fact.role is not None,
            fact.status is MoveStatus.DONE,
            len(fact.role or ""),
        )
    if isinstance(fact, Activity):
        filled = (fact.when, fact.until, fact.place, fact.title, fact.company)
        named = _norm(fact.what) not in vocabulary().generic_occasions
        return (
            named,
            fact.kind is ActivityKind.DEAL,
            sum(value is not None for value in filled),
            len(fact.companions),
        )
    return (fact.speaker is not None, fact.by is QuotedBy.EXECUTIVE, fact.strategic, len(fact.text))


def _completed(best: Fact, others: Sequence[Fact]) -> Fact:
    if isinstance(best, Move):
        moves = [fact for fact in others if isinstance(fact, Move)]
        done = any(move.status is MoveStatus.DONE for move in (best, *moves))
        return replace(
            best,
            company=best.company or _first(move.company for move in moves),
            role=best.role or _first(move.role for move in moves),
            status=MoveStatus.DONE if done else MoveStatus.RUMORED,
        )
    if isinstance(best, Activity):
        acts = [fact for fact in others if isinstance(fact, Activity)]
        when = best.when or _first(act.when for act in acts)
        until = best.until or _first(act.until for act in acts)
        return replace(
            best,
            company=best.company or _first(act.company for act in acts),
            title=best.title or _first(act.title for act in acts),
            when=when,
            until=until if when is None or until is None or until >= when else None,
            place=best.place or _first(act.place for act in acts),
            companions=tuple(dict.fromkeys(name for act in (best, *acts) for name in act.companions)),
            planned=all(act.planned for act in (best, *acts)),
        )
    quotes = [fact for fact in others if isinstance(fact, Quote)]
    return replace(
        best,
        company=best.company or _first(quote.company for quote in quotes),
        title=best.title or _first(quote.title for quote in quotes),
        topics=tuple(dict.fromkeys(topic for quote in (best, *quotes) for topic in quote.topics)),
    )


def _first(values: Iterable[T | None]) -> T | None:
    return next((value for value in values if value is not None), None)
