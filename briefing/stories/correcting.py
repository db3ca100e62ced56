"""What contradicts what, and what a correction takes back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from briefing.model import Activity, ActivityKind, Fact, Move, Source, StoredFact
from briefing.stories.facts import UP, agree, is_rank, norm, same_fact, same_post
from briefing.stories.vocabulary import vocabulary


def corrects(source: Source) -> bool:
    """Whether a headline says that the article corrects an earlier one ([정정], 바로잡습니다)."""
    return any(mark in source.title for mark in vocabulary().corrections)


def contradicted(fact: Fact, other: Fact) -> tuple[tuple[str, str | date], ...]:
    """Fields of a fact that another telling of the same fact contradicts, with the other's values.

    Less is no contradiction: a missing value, a day within the period, a wider or narrower place, a later
    stop of a trip.
    """
    if isinstance(fact, Move) and isinstance(other, Move):
        if fact.role != other.role and is_rank(fact.role) and is_rank(other.role) and other.role:
            return (("role", other.role),)
        return ()
    if isinstance(fact, Activity) and isinstance(other, Activity):
        found: list[tuple[str, str | date]] = []
        if fact.kind is other.kind and fact.when and other.when and fact.when != other.when:
            inside = fact.when <= other.when <= (fact.until or fact.when)
            around = other.when <= fact.when <= (other.until or other.when)
            stop = fact.kind is ActivityKind.TRIP and norm(fact.what) != norm(other.what)
            if not (inside or around or stop):
                found.append(("when", other.when))
        if fact.until and other.until and fact.until != other.until and norm(fact.what) == norm(other.what):
            found.append(("until", other.until))
        if fact.place and other.place and _other_place(fact.place, other.place):
            found.append(("place", other.place))
        return tuple(found)
    return ()


def _other_place(one: str, other: str) -> bool:
    """Whether two places cannot be one: 울산 공장 and 창원 공장; 쿠퍼티노 and 미국 may be."""
    mine, theirs = one.split(), other.split()
    return (
        len(mine) > 1 and len(theirs) > 1 and mine[-1] == theirs[-1] and not set(mine[:-1]) & set(theirs[:-1])
    )


def one_rank_too_many(one: Sequence[StoredFact], other: Sequence[StoredFact]) -> bool:
    """Whether two groups of tellings, in different articles, have one person rise to two ranks."""
    mine, theirs = one[0].fact, other[0].fact
    if not isinstance(mine, Move) or not isinstance(theirs, Move):
        return False
    if not {mine.kind, theirs.kind} <= UP or not agree(norm(mine.company), norm(theirs.company)):
        return False
    roles = [told.fact.role for told in (*one, *other) if isinstance(told.fact, Move)]
    if not all(map(is_rank, roles)):
        return False
    return not {told.source.article_id for told in one} & {told.source.article_id for told in other}


def withdrawn(tellings: Sequence[StoredFact]) -> Mapping[int, int]:
    """Tellings that their own outlet took back later, by position, each with the telling that did.

    Taken back is what an article with a correcting headline tells otherwise: another person in the same post
    or at the same occasion, another day.

    Args:
        tellings: Of one story, earliest first.
    """
    gone: dict[int, int] = {}
    for by, correction in enumerate(tellings):
        if not corrects(correction.source):
            continue
        article = correction.source.article_id
        same_article = [told.fact for told in tellings if told.source.article_id == article]
        for number, earlier in enumerate(tellings[:by]):
            if earlier.source.outlet != correction.source.outlet or earlier.source.article_id == article:
                continue
            if _in_place_of(earlier.fact, correction.fact) and not any(
                _same(earlier.fact, still) for still in same_article
            ):
                gone[number] = by
    return gone


def corrected_facts(before: Sequence[Fact], now: Sequence[Fact]) -> frozenset[int]:
    """Positions of the facts that contradict what the same article told before.

    Something told in addition is no correction, nor is a rumour that has come true.

    Args:
        before: Facts of the article as it was read before.
        now: Facts of the article as it reads now.
    """
    gone = [old for old in before if not any(_same(old, new) for new in now)]
    return frozenset(
        number
        for number, new in enumerate(now)
        if not any(_same(old, new) for old in before) and any(_in_place_of(old, new) for old in gone)
    )


def _same(one: Fact, other: Fact) -> bool:
    return same_fact(one, other) and not contradicted(one, other)


def _in_place_of(old: Fact, new: Fact) -> bool:
    """Whether a fact says of somebody or something else what another one said."""
    if isinstance(old, Move) and isinstance(new, Move):
        if not agree(norm(old.company), norm(new.company)):
            return (
                norm(old.person) == norm(new.person)
                and old.kind is new.kind
                and same_post(old.role, new.role)
            )
        if old.kind is not new.kind and not {old.kind, new.kind} <= UP:
            return False
        return norm(old.person) == norm(new.person) or bool(
            old.role and new.role and same_post(old.role, new.role)
        )
    if isinstance(old, Activity) and isinstance(new, Activity):
        if old.kind is not new.kind:
            return False
        same_person = norm(old.person) == norm(new.person)
        if agree(norm(old.what), norm(new.what)):
            return not same_person or bool(contradicted(old, new))
        return same_person and old.when is not None and old.when == new.when
    return False
