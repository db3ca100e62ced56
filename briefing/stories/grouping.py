"""Which articles tell of the same event.

An article becomes a small `Signature`; candidates come by index key, never by scanning; evidence is weighed
pair by pair and averaged over a story's articles, so that a chain of half-similar articles does not grow.
A shared company or person alone never joins: some occasion, wording, number or fact must be shared too.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from heapq import heapify, heappop, heappush
from itertools import combinations

from briefing.model import Article, Candidate, Extraction, Fact, Signature, person_of
from briefing.stories.facts import identity
from briefing.stories.minhash import bands, resemblance, short_hash, sketch
from briefing.stories.terms import bare, prose, salient, weight

WINDOW = timedelta(days=7)
"""How far apart two articles on one event may be published; ask the store for candidates within it."""

JOIN = 2.6
"""Strength from which two articles tell of one event (see `strength`)."""

_SAME_TEXT = 0.6  # resemblance from which wording alone decides; announcements from one mould reach 0.4
_BACKGROUND = 0.4  # what a common word counts that neither headline nor lead names
_COMPANY_ONLY = 0.6  # what common words count where the texts share a company but name nobody in common
_BARE = {kind.upper(): kind for kind in "pcoqnw"}
_KEY_TERMS = 5
_PER_KEY = 100


def signature(article: Article, extraction: Extraction) -> Signature:
    """What grouping needs to know of an article; a few kilobytes, deterministic.

    Works without any facts: `Extraction()` gives a signature from the text alone.
    """
    facts: tuple[Fact, ...] = extraction.facts
    people = dict.fromkeys(
        name
        for name in (
            *map(person_of, facts),
            *(person.name for person in extraction.people),
        )
        if name
    )
    employers = dict.fromkeys(
        company
        for company in (*(fact.company for fact in facts), *(person.company for person in extraction.people))
        if company
    )
    body = prose(article.text)
    terms = salient(article.title, body, tuple(people), tuple(employers))
    shingles = sketch(body)
    dated: tuple[Fact, ...] = (*extraction.moves, *extraction.activities)
    identities = tuple(dict.fromkeys(identity(fact) for fact in dated))
    return Signature(
        keys=_keys(terms, shingles, identities),
        shingles=shingles,
        facts=identities,
        terms=terms,
        published=article.published,
    )


def _keys(terms: tuple[str, ...], shingles: tuple[int, ...], facts: tuple[str, ...]) -> tuple[str, ...]:
    """Index keys: bands of the wording, facts, persons, quotations, long numbers, pairs of leading words."""
    terms = tuple(map(bare, terms))
    single = [term for term in terms if term[0] in "pq" or (term[0] == "n" and weight(term) >= 1.2)]
    leading = sorted([term for term in terms if term[0] in "wc"][:_KEY_TERMS])
    pairs = [f"t:{short_hash('|'.join(pair))}" for pair in combinations(leading, 2)]
    return tuple(
        dict.fromkeys((*bands(shingles), *(f"f:{short_hash(fact)}" for fact in facts), *single, *pairs))
    )


def strength(one: Signature, other: Signature) -> float:
    """How strongly two articles seem to tell of one event; `JOIN` and above means they do.

    Args:
        one: A signature.
        other: Another; the order does not matter.

    Returns:
        0 when nothing speaks for it, about 3 at even odds, 10 and more for reprints.
    """
    return _strength(_Read.of(one), other)


@dataclass(frozen=True, slots=True)
class _Read:
    """A signature taken apart once, for comparing it with many that are only looked through.

    Attributes:
        leads: Each term but persons, whatever its place -> whether headline or lead name it.
        persons: The same of persons, by name.
        forms: Terms of another text that matter -> the term whatever its place: those of `leads`, and the
            persons as mere words.
        mass: Weight of the terms that can be shared.
    """

    signature: Signature
    leads: dict[str, bool]
    persons: dict[str, bool]
    forms: dict[str, str]
    mass: float

    @classmethod
    def of(cls, signature: Signature) -> _Read:
        # as `bare` and `in_lead` tell, without calling them a thousand times an article
        leads = {_BARE.get(term[0], term[0]) + term[1:]: term[0] in _BARE for term in signature.terms}
        persons = {term[2:]: leads.pop(term) for term in [*leads] if term[0] == "p"}
        known = [*leads, *(f"w:{name}" for name in persons)]
        forms = {form: term for term in known for form in (term, term[0].upper() + term[1:])}
        return cls(signature, leads, persons, forms, _mass(signature.terms))


def _strength(here: _Read, there: Signature) -> float:
    one = here.signature
    days = _days_apart(one.published, there.published)
    if days > WINDOW.days:
        return 0.0
    alike = resemblance(one.shingles, there.shingles)
    leads, forms = here.leads, here.forms
    mine, theirs = here.persons, {term[2:]: term[0] == "P" for term in there.terms if term[0] in "pP"}
    # A name found as a name in one text and as a mere word in the other is still the same name.
    if as_words := {name: leads[f"w:{name}"] for name in theirs if f"w:{name}" in leads}:
        mine = mine | as_words
    shared: dict[str, bool] = {}
    for form in [form for form in there.terms if form in forms]:
        term, lead = forms[form], form[0] in _BARE
        if term in leads:
            shared[term] = leads[term] or lead
        if term[0] == "w" and term[2:] in here.persons:
            theirs[term[2:]] = lead
    names = [mine[name] or theirs[name] for name in mine.keys() & theirs.keys()]
    facts = set(one.facts) & set(there.facts)
    if alike < _SAME_TEXT and _other_actors(mine, theirs, names, shared):
        return 0.0
    words_shared = sum(
        [weight(term) * (1.0 if lead else _BACKGROUND) for term, lead in shared.items() if term[0] in "wnq"]
    )
    smaller = min(here.mass, _mass(there.terms)) if words_shared else 0.0
    share = words_shared / smaller if smaller else 0.0
    told = words_shared * (0.6 + 2.0 * share) + 20.0 * max(alike - 0.05, 0.0)
    if names:
        occasion = any(term[0] == "o" for term in shared)
        told += 2.0 * occasion + 1.5 * (len(names) - 1) + 3.0 * len(facts)
    else:
        told *= _COMPANY_ONLY
    return told * _nearness(days)


def _other_actors(
    mine: dict[str, bool], theirs: dict[str, bool], names: Sequence[bool], shared: dict[str, bool]
) -> bool:
    """Whether two texts, alike as they may be, are about others: two companies announcing two contracts.

    Actors are people and companies that the headline or lead of at least one of the two names; two people
    in common will do wherever they stand.

    Args:
        mine: Persons of one text -> whether headline or lead name them.
        theirs: The same of the other.
        names: Of each person in common, whether headline or lead of one of the two name them.
        shared: The other terms in common.
    """
    if any(names) or len(names) >= 2:
        return False
    if any(mine.values()) and any(theirs.values()):
        return True
    return not any(lead for term, lead in shared.items() if term[0] == "c")


def _mass(terms: Iterable[str]) -> float:
    """Weight of the terms that can be shared."""
    return sum([weight(term) for term in terms if term[0] in "wnqWNQ"])


def _days_apart(one: datetime | None, other: datetime | None) -> float:
    """Days between two articles; where one has no date, as if a day lay between them."""
    if one is None or other is None:
        return 1.0
    return abs((one - other).total_seconds()) / 86400


def _nearness(days: float) -> float:
    """1 within a day and a half, then less by the day: news of an event comes at once."""
    return 1.0 if days <= 1.5 else 1.5 / days


def assign(signature: Signature, candidates: Sequence[Candidate]) -> int | None:
    """The story an article belongs to.

    Args:
        signature: The new article's.
        candidates: Earlier articles that share an index key, several of a story if there are.

    Returns:
        The id of the story with the strongest tie, the older one of equals, or None for a new story.
    """
    mine = _Read.of(signature)
    ties: dict[int, list[float]] = defaultdict(list)
    for candidate in candidates:
        ties[candidate.story_id].append(_strength(mine, candidate.signature))
    best = max(((_tie(values), -story) for story, values in ties.items()), default=(0.0, 0))
    return -best[1] if best[0] >= JOIN else None


def _tie(values: Sequence[float]) -> float:
    """The tie to a story: the mean of its three nearest articles."""
    nearest = sorted(values, reverse=True)[:3]
    return sum(nearest) / len(nearest) if nearest else 0.0


def group(articles: Sequence[Article], extractions: Sequence[Extraction]) -> tuple[str, ...]:
    """Story labels of a batch (`execbrief extract`): equal for articles on one event, in the order given.

    Joins the closest stories first (average linkage over the same strengths as `assign`), so that the order
    of the lines does not matter.
    """
    signatures = [signature(article, found) for article, found in zip(articles, extractions, strict=True)]
    ties = _ties(signatures)
    members: dict[int, list[int]] = {number: [number] for number in range(len(signatures))}
    near: dict[int, set[int]] = defaultdict(set)
    for left, right in ties:
        near[left].add(right)
        near[right].add(left)
    # Entries name the sizes they were made for; a story that has grown since has newer entries.
    queue = [(-tie, left, right, 1, 1) for (left, right), tie in ties.items() if tie >= JOIN]
    heapify(queue)
    while queue:
        _, left, right, *sizes = heappop(queue)
        if [len(members.get(left, ())), len(members.get(right, ()))] != sizes:
            continue
        members[left] += members.pop(right)
        near[left] = (near[left] | near.pop(right)) - {left, right}
        for third in near[left]:
            near[third] = (near[third] - {right}) | {left}
            tie = _linkage(members[left], members[third], ties)
            if tie >= JOIN:
                one, other = sorted((left, third))
                heappush(queue, (-tie, one, other, len(members[one]), len(members[other])))
    labels = {number: f"story-{min(together) + 1}" for together in members.values() for number in together}
    return tuple(labels[number] for number in range(len(signatures)))


def _ties(signatures: Sequence[Signature]) -> dict[tuple[int, int], float]:
    """Strengths of the pairs that share an index key and stand near each other in time.

    Of a key that very many share (a name in every article) each article meets the next `_PER_KEY` only.
    """
    index: dict[str, list[int]] = defaultdict(list)
    for number in sorted(range(len(signatures)), key=lambda number: _moment(signatures[number])):
        for key in signatures[number].keys:
            index[key].append(number)
    read = [_Read.of(each) for each in signatures]
    ties: dict[tuple[int, int], float] = {}
    for numbers in index.values():
        for place, one in enumerate(numbers):
            for other in numbers[place + 1 : place + 1 + _PER_KEY]:
                pair = (min(one, other), max(one, other))
                if pair not in ties:
                    ties[pair] = _strength(read[one], signatures[other])
    return {pair: tie for pair, tie in ties.items() if tie > 0}


def _moment(signature: Signature) -> float:
    return signature.published.timestamp() if signature.published else 0.0


def _linkage(one: Sequence[int], other: Sequence[int], ties: dict[tuple[int, int], float]) -> float:
    """Mean, over the articles of the smaller story, of their `_tie` to the larger one."""
    few, many = sorted((one, other), key=len)
    return sum(_tie([ties.get((min(a, b), max(a, b)), 0.0) for b in many]) for a in few) / len(few)
