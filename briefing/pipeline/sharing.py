"""News read once and stories built once for all whose digests are composed together."""

from __future__ import annotations

import logging
from collections import OrderedDict, defaultdict
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Generic, TypeVar

from briefing.compose.views import worth_telling
from briefing.model import (
    MergedFact,
    Move,
    MoveStatus,
    Period,
    Quote,
    StoredFact,
    Story,
    StoryRow,
    person_of,
)
from briefing.pipeline.asking import (
    Ask,
    Kind,
    Placed,
    companies_of,
    read_asked,
)
from briefing.store import Store
from briefing.stories.facts import norm
from briefing.stories.merging import with_rumours
from briefing.stories.persons import ECHO, not_moved, with_risen
from briefing.stories.ranking import build_stories, story_weight, without_repeats

log = logging.getLogger(__name__)

# Remembered of each kind at most: memory stays the same however many subscribers there are.
MOST_KEPT = 8192
# A move is linked to a rumour of it that is no older.
RUMOUR_MEMORY = timedelta(days=30)

K = TypeVar("K")
V = TypeVar("V")
Weighed = tuple[tuple[float, float, int], Story]


class SharedNews:
    """Facts by what is followed, read as they are needed, and stories of what belongs together."""

    def __init__(self, store: Store, now: datetime) -> None:
        self._store = store
        self._now = now
        # what is asked for -> since when its facts are here
        self._since: dict[Ask, datetime] = {}
        # in the order of the store, each with its place in it
        self._told: dict[Ask, tuple[Placed, ...]] = {}
        self._rows: dict[int, StoryRow] = {}
        # story -> all its facts, for stories that began before the period of a digest
        self._earlier: dict[int, dict[StoredFact, None]] = defaultdict(dict)
        self._rumours: dict[str, tuple[StoredFact, ...]] = {}
        # name -> moves of people of this name
        self._moves: dict[str, dict[StoredFact, None]] = defaultdict(dict)
        # what may make facts of two of them one story or one fact -> those that have it
        self._places: dict[tuple[str, object], set[Ask]] = defaultdict(set)
        self._near: dict[Ask, set[Ask]] = defaultdict(set)
        self._built: Recent[tuple[tuple[Ask, ...], datetime], tuple[Weighed, ...]] = Recent()

    async def fetch(self, wanted: Sequence[tuple[Sequence[Ask], datetime]]) -> None:
        """Read what is not here yet of what is asked for since these times."""
        lacking: dict[Ask, datetime] = {}
        for asks, since in wanted:
            for ask in asks:
                if ask not in self._since or since < self._since[ask]:
                    lacking[ask] = min(since, lacking.get(ask, since))
        # Who was away for a week must not make everybody's companies be read for a week.
        by_days: dict[int, list[Ask]] = defaultdict(list)
        for ask, since in lacking.items():
            by_days[(self._now - since).days].append(ask)
        for some in by_days.values():
            await self._read(some, min(lacking[ask] for ask in some))

    async def _read(self, asks: Sequence[Ask], since: datetime) -> None:
        news = self._store.news
        # half-open; the single digest asks in the same way
        found = await read_asked(news, asks, Period(since, self._now))
        told = [fact for facts in found.values() for _, fact in facts]
        missing = {fact.story_id for fact in told} - self._rows.keys()
        rows = await news.story_rows(sorted(missing))
        self._rows |= {row.id: row for row in rows}
        # what was read before is no news because one more outlet tells it
        older = sorted({fact.story_id for fact in told if self._rows[fact.story_id].first_published < since})
        for fact in await news.story_facts(older):
            self._earlier[fact.story_id][fact] = None
        moves = [(fact.fact.person, fact.source.published) for fact in told if isinstance(fact.fact, Move)]
        if moves:
            first, last = min(when for _, when in moves), max(when for _, when in moves)
            persons = sorted({person for person, _ in moves})
            heard: dict[str, list[StoredFact]] = defaultdict(list)
            for rumour in await news.rumours_of(persons, Period(first - RUMOUR_MEMORY, last)):
                if isinstance(rumour.fact, Move):
                    heard[norm(rumour.fact.person)].append(rumour)
            for person, rumours in heard.items():
                # another round may have looked at a shorter or longer period
                known = dict.fromkeys((*self._rumours.get(person, ()), *rumours))
                self._rumours[person] = tuple(known)
        await self._read_moves(told)
        for ask, facts in found.items():
            self._since[ask] = since
            self._told[ask] = facts
            self._link(ask)

    async def _read_moves(self, told: Sequence[StoredFact]) -> None:
        """Moves by which people who do or say something got their ranks."""
        persons = not_moved(fact.fact for fact in told)
        if not persons:
            return
        first = min(self._rows[fact.story_id].first_published for fact in told if fact.story_id in self._rows)
        for move in await self._store.news.moves_of(persons, Period(first - ECHO, self._now)):
            if isinstance(move.fact, Move):
                self._moves[move.fact.person][move] = None

    def _link(self, ask: Ask) -> None:
        """Note with what else this one's facts may make one story or one fact."""
        for _, told in self._told[ask]:
            fact = told.fact
            whom = norm(person_of(fact) or "")
            places: list[tuple[str, object]] = [("story", told.story_id)]
            if whom:
                places.append(("person", whom))
            if isinstance(fact, Quote):
                places.append(("words", norm(fact.text)))
            for place in places:
                others = self._places[place]
                if ask not in others:
                    for other in others:
                        self._near[ask].add(other)
                        self._near[other].add(ask)
                    others.add(ask)

    def stories(self, asks: Sequence[Ask], since: datetime) -> tuple[Story, ...]:
        """Stories of what is asked for, weightiest first, as `Publisher.stories_of` builds and ranks them."""
        weighed = [one for piece in self._pieces(asks) for one in self._of_piece(piece, since)]
        return tuple(story for _, story in sorted(weighed, key=lambda one: one[0]))

    def _pieces(self, asks: Sequence[Ask]) -> list[tuple[Ask, ...]]:
        """What is asked for in sets that have nothing to do with each other."""
        left = {ask for ask in asks if self._told.get(ask)}
        if len(left) < 2:
            return [tuple(left)] if left else []
        pieces: list[tuple[Ask, ...]] = []
        while left:
            piece = [left.pop()]
            for ask in piece:
                joined = self._near[ask] & left if ask in self._near else set()
                left -= joined
                piece += joined
            pieces.append(tuple(sorted(piece)))
        return pieces

    def _of_piece(self, piece: tuple[Ask, ...], since: datetime) -> tuple[Weighed, ...]:
        known = self._built.get((piece, since))
        if known is None:
            known = self._build(piece, since)
            self._built.put((piece, since), known)
        return known

    def _build(self, piece: tuple[Ask, ...], since: datetime) -> tuple[Weighed, ...]:
        placed = [
            (fact.source.published, fact.source.article_id, place, fact)
            for ask in piece
            for place, fact in self._told[ask]
            if fact.source.read_at is not None and fact.source.read_at >= since
        ]
        if len(piece) > 1:
            # Places of what was read at different times say nothing of each other; that only decides which
            # of two equally weighty facts of one article comes first.
            placed.sort(key=lambda one: one[:3])
        told = [fact for *_, fact in placed]
        if any(ask.kind is not Kind.COMPANY for ask in piece):
            # a fact may be asked for as a company's and as a person's
            told = list(dict.fromkeys(told))
        names = companies_of(piece, told)
        ids = sorted({fact.story_id for fact in told})
        rows = [self._rows[story_id] for story_id in ids if story_id in self._rows]
        before = self._before(piece, frozenset(ids), frozenset(names), since)
        weighed: list[Weighed] = []
        for whole in without_repeats(build_stories(rows, [*before, *told])):
            story = _news_of(whole, before, since) if before else whole
            if any(worth_telling(merged.fact) for merged in story.facts):
                linked = self._with_rises(self._with_rumours(story))
                weight = story_weight(linked, self._now, names)
                weighed.append(((-weight, -linked.last_published.timestamp(), linked.id), linked))
        return tuple(weighed)

    def _before(
        self, piece: tuple[Ask, ...], ids: frozenset[int], names: frozenset[str], since: datetime
    ) -> list[StoredFact]:
        """What these companies' articles told of these stories before a time."""
        told = [fact for story_id in sorted(ids) for fact in self._earlier.get(story_id, ())]
        # read for somebody whose digest covers more
        told += [fact for ask in piece for _, fact in self._told[ask] if fact.story_id in ids]
        return [
            fact
            for fact in dict.fromkeys(told)
            if fact.fact.company in names and fact.source.read_at is not None and fact.source.read_at < since
        ]

    def _with_rises(self, story: Story) -> Story:
        return with_risen(story, self._moves) if self._moves else story

    def _with_rumours(self, story: Story) -> Story:
        persons = {norm(merged.fact.person) for merged in story.facts if isinstance(merged.fact, Move)}
        heard = [rumour for person in persons for rumour in self._rumours.get(person, ())]
        return replace(story, facts=with_rumours(story.facts, heard)) if heard else story


def _news_of(story: Story, before: Sequence[StoredFact], since: datetime) -> Story:
    """A story with what a digest since that time has to tell: facts told, corrected or settled since then."""
    settled = {
        (norm(told.fact.person), told.fact.kind)
        for told in before
        if isinstance(told.fact, Move) and told.fact.status is not MoveStatus.RUMORED
    }

    def is_news(merged: MergedFact) -> bool:
        if merged.corrected is not None and any(
            source.corrected_at is not None and source.corrected_at >= since for source in merged.sources
        ):
            return True
        times = [source.read_at for source in merged.sources if source.read_at is not None]
        if not times or max(times) < since:
            return False
        fact = merged.fact
        if isinstance(fact, Move) and fact.status is not MoveStatus.RUMORED:
            return (norm(fact.person), fact.kind) not in settled
        return min(times) >= since

    facts = tuple(filter(is_news, story.facts))
    return story if facts == story.facts else replace(story, facts=facts)


class Recent(Generic[K, V]):
    """The values asked for last."""

    def __init__(self) -> None:
        self._values: OrderedDict[K, V] = OrderedDict()

    def get(self, key: K) -> V | None:
        """What is kept for a key, or None."""
        value = self._values.get(key)
        if value is not None:
            self._values.move_to_end(key)
        return value

    def put(self, key: K, value: V) -> None:
        """Keep a value; what was asked for longest ago goes first."""
        self._values[key] = value
        if len(self._values) > MOST_KEPT:
            self._values.popitem(last=False)
