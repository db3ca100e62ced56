"""What several articles together say of one fact: values, best evidence, conflicts, corrections, rumours."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import chain
from operator import itemgetter
from typing import Any, TypeVar

from briefing.model import (
    Activity,
    ActivityKind,
    Conflict,
    Fact,
    MergedFact,
    Move,
    MoveStatus,
    Quote,
    QuotedBy,
    Source,
    StoredFact,
)
from briefing.stories.correcting import contradicted, corrects, one_rank_too_many, withdrawn
from briefing.stories.facts import agree, norm, same_fact
from briefing.stories.vocabulary import vocabulary
from briefing.stories.weights import weights

T = TypeVar("T")

SOON = timedelta(hours=1)
"""Of tellings equally specific and so soon after the first, the original outlet's is the evidence."""


def merge(stored: Sequence[StoredFact]) -> tuple[MergedFact, ...]:
    """What the articles of one story say, each fact once.

    Args:
        stored: Tellings in any order.

    Returns:
        Facts in order of first telling (moves, activities, quotes among equals as stored); of each the most
        complete telling with what it lacks taken from the others, and its sources, earliest first, one an
        article. A fact both rumoured and done is done; one both planned and past is past. Where tellings
        contradict each other a correction decides, else most articles, else the most complete telling; what
        the others say stands beside it. What an outlet has corrected counts no more.
    """
    ordered = sorted(stored, key=lambda item: (item.source.published, item.source.article_id))
    gone = withdrawn(ordered)
    left = [item for number, item in enumerate(ordered) if number not in gone]
    groups = _joined_ranks(cluster(left, lambda item: item.fact))
    corrections = {ordered[by].source.article_id for by in gone.values()}
    return tuple(_one(tellings, corrections) for tellings in groups)


def merge_again(facts: Sequence[MergedFact]) -> MergedFact:
    """One fact out of merged tellings of it in several stories, as `merge` makes one of their articles."""
    whole = _one([StoredFact(0, merged.fact, merged.best) for merged in facts])
    sources = {source.article_id: source for merged in facts for source in merged.sources}
    rumours = [
        merged.sources[0] if _is_rumour(merged.fact) else merged.rumoured
        for merged in facts
        if _is_rumour(merged.fact) or merged.rumoured
    ]
    known = [rumour for rumour in rumours if rumour is not None]
    return replace(
        whole,
        sources=tuple(sorted(sources.values(), key=lambda source: (source.published, source.article_id))),
        conflicts=tuple(dict.fromkeys((*(c for m in facts for c in m.conflicts), *whole.conflicts))),
        corrected=whole.corrected or _first(merged.corrected for merged in facts),
        rumoured=min(known, key=lambda source: source.published)
        if known and not _is_rumour(whole.fact)
        else None,
    )


def with_rumours(facts: Sequence[MergedFact], rumours: Sequence[StoredFact]) -> tuple[MergedFact, ...]:
    """Facts with the rumours that came before them, told in stories of their own.

    Args:
        facts: Merged facts.
        rumours: Tellings about the same people, in any order; those that are no rumour are passed over.
    """
    heard: dict[str, list[StoredFact]] = defaultdict(list)
    for rumour in sorted(rumours, key=lambda item: item.source.published):
        if isinstance(rumour.fact, Move) and _is_rumour(rumour.fact):
            heard[norm(rumour.fact.person)].append(rumour)

    def linked(merged: MergedFact) -> MergedFact:
        if not isinstance(merged.fact, Move) or _is_rumour(merged.fact):
            return merged
        first = merged.rumoured or merged.sources[0]
        before = (
            rumour.source
            for rumour in heard[norm(merged.fact.person)]
            if rumour.source.published < first.published and same_fact(rumour.fact, merged.fact)
        )
        return replace(merged, rumoured=next(before, merged.rumoured))

    return tuple(linked(merged) for merged in facts)


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
    # kind of fact -> whom its first telling is about -> the groups, each with its place among all
    by_person: dict[type, dict[str, list[tuple[int, list[T]]]]] = defaultdict(lambda: defaultdict(list))
    for item in items:
        fact = fact_of(item)
        of_kind = by_person[type(fact)]
        if isinstance(fact, Quote):
            person = norm(fact.speaker)
            # a speaker may be missing, or told by the family name
            alike = (told for other, told in of_kind.items() if agree(person, other))
            rivals = sorted(chain.from_iterable(alike), key=itemgetter(0))
        else:
            person = norm(fact.person)
            rivals = of_kind[person]
        for _, group in rivals:
            # every member must agree: A = B and B = C through a missing field does not make A = C
            if all(
                same_fact(fact, fact_of(member)) and (near is None or near(item, member)) for member in group
            ):
                group.append(item)
                break
        else:
            fresh = [item]
            of_kind[person].append((len(groups), fresh))
            groups.append(fresh)
    return groups


def _joined_ranks(groups: list[list[StoredFact]]) -> list[list[StoredFact]]:
    """Groups of which those that give one person two ranks in different articles are one, in conflict."""
    joined: list[list[StoredFact]] = []
    by_person: dict[str, list[list[StoredFact]]] = defaultdict(list)
    for group in groups:
        fact = group[0].fact
        rivals = by_person[norm(fact.person)] if isinstance(fact, Move) else []
        rival = next((other for other in rivals if one_rank_too_many(other, group)), None)
        if rival is not None:
            rival += group
            rival.sort(key=lambda item: (item.source.published, item.source.article_id))
            continue
        joined.append(group)
        rivals.append(group)
    return joined


def _one(tellings: Sequence[StoredFact], corrections: Iterable[int] = ()) -> MergedFact:
    """One fact of its tellings, earliest first.

    Args:
        tellings: Of one fact.
        corrections: Articles in which an outlet took something back.
    """
    sources: dict[int, Source] = {}
    for telling in tellings:
        sources.setdefault(telling.source.article_id, telling.source)
    firm = [telling for telling in tellings if _is_correction(telling, tellings, corrections)]
    best = _best(firm[-1:] or tellings)
    fact, conflicts = _settled(best, tellings, bool(firm))
    done = [telling for telling in tellings if not _is_rumour(telling.fact)]
    settled = min((telling.source.published for telling in done), default=None)
    # who still calls it a rumour when it is done tells nothing of before
    rumour = next(
        (
            telling.source
            for telling in tellings
            if _is_rumour(telling.fact) and settled is not None and telling.source.published < settled
        ),
        None,
    )
    return MergedFact(
        fact,
        tuple(sources.values()),
        proof=best.source,
        conflicts=conflicts,
        corrected=firm[-1].source if firm else None,
        rumoured=rumour,
    )


def _is_rumour(fact: Fact) -> bool:
    return isinstance(fact, Move) and fact.status is MoveStatus.RUMORED


def _is_correction(telling: StoredFact, tellings: Sequence[StoredFact], corrections: Iterable[int]) -> bool:
    """Whether a telling takes the place of something: of what it told before, or of what others tell."""
    source = telling.source
    if source.corrected_at is not None or source.article_id in corrections:
        return True
    return corrects(source) and any(contradicted(telling.fact, other.fact) for other in tellings)


def _best(tellings: Sequence[StoredFact]) -> StoredFact:
    """The most specific telling; of equals the original outlet's among the first, then the earliest."""
    most = max(_completeness(telling.fact) for telling in tellings)
    full = [telling for telling in tellings if _completeness(telling.fact) == most]
    soon = full[0].source.published + SOON
    outlets = weights().outlets
    return min(
        (telling for telling in full if telling.source.published <= soon),
        # a sentence that names the person proves more than one that says 그는
        key=lambda t: (bool(t.source.resolutions), -outlets.get(t.source.outlet, 1.0), t.source.published),
    )


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
        named = norm(fact.what) not in vocabulary().generic_occasions
        return (
            named,
            fact.kind is ActivityKind.DEAL,
            sum(value is not None for value in filled),
            len(fact.companions),
        )
    return (fact.speaker is not None, fact.by is QuotedBy.EXECUTIVE, fact.strategic, len(fact.text))


def _settled(
    best: StoredFact, tellings: Sequence[StoredFact], corrected: bool
) -> tuple[Fact, tuple[Conflict, ...]]:
    """The best telling with what it lacks from the others, and what of them contradicts it.

    Args:
        best: The telling to go by.
        tellings: All of them, earliest first, the best among them.
        corrected: Whether the best one is a correction, which no number of others outvotes.
    """
    fact = best.fact
    others = [telling for telling in tellings if telling is not best]
    if not corrected:
        fact = _outvoted(fact, tellings)
    conflicts: dict[tuple[str, str | date], list[Source]] = defaultdict(list)
    for telling in tellings:
        for field, value in contradicted(fact, telling.fact):
            conflicts[field, value].append(telling.source)
    told = tuple(Conflict(field, value, tuple(sources)) for (field, value), sources in conflicts.items())
    agreeing = [t.fact for t in others if not contradicted(fact, t.fact)]
    return _completed(fact, agreeing, [t.fact for t in tellings]), told


def _outvoted(fact: Fact, tellings: Sequence[StoredFact]) -> Fact:
    """The fact with those values of it that more articles contradict than tell."""
    rivals: dict[str, Counter[str | date]] = defaultdict(Counter)
    for telling in tellings:
        for field, value in contradicted(fact, telling.fact):
            rivals[field][value] += 1
    for field, votes in rivals.items():
        value, number = votes.most_common(1)[0]
        own = sum(getattr(telling.fact, field) == getattr(fact, field) for telling in tellings)
        if number > own:
            changed: dict[str, Any] = {field: value}
            fact = replace(fact, **changed)
    return fact


def _completed(best: Fact, others: Sequence[Fact], everybody: Sequence[Fact]) -> Fact:
    """A telling with what it lacks from others that do not contradict it; status by everybody's."""
    if isinstance(best, Move):
        moves = [fact for fact in others if isinstance(fact, Move)]
        done = any(isinstance(fact, Move) and fact.status is MoveStatus.DONE for fact in everybody)
        return replace(
            best,
            company=best.company or _first(move.company for move in moves),
            role=best.role or _first(move.role for move in moves),
            when=best.when or _first(move.when for move in moves),
            status=MoveStatus.DONE if done else MoveStatus.RUMORED,
        )
    if isinstance(best, Activity):
        acts = [fact for fact in others if isinstance(fact, Activity)]
        when = best.when or _first(act.when for act in acts)
        until = best.until or _first(act.until for act in acts)
        everyone = [fact for fact in everybody if isinstance(fact, Activity)]
        return replace(
            best,
            company=best.company or _first(act.company for act in acts),
            title=best.title or _first(act.title for act in acts),
            when=when,
            until=until if when is None or until is None or until >= when else None,
            place=best.place or _first(act.place for act in acts),
            companions=tuple(dict.fromkeys(name for act in (best, *everyone) for name in act.companions)),
            planned=all(act.planned for act in everyone),
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
