"""Digests that are due at one time, composed together and written many to a transaction.

A hundred thousand subscribers follow some three thousand companies, and hardly two of them the same ten.
So what is shared lies below the digest: facts are read once for a company, stories are built once for each
set of companies that have something to do with each other, a line is rendered once for all who get it. Only
the putting together is done for each subscription, and once for all who have the same (`shared`).
"""

from __future__ import annotations

import asyncio
import logging
from collections import OrderedDict, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Generic, Protocol, TypeVar

from briefing.compose.audience import LONGEST_GAP_DAYS, digest_after
from briefing.compose.editions import ALERT_MEMORY, digest_edition, digest_period, shared
from briefing.compose.render import DigestMemo
from briefing.compose.texts import in_language
from briefing.compose.views import worth_telling
from briefing.model import (
    Edition,
    MergedFact,
    Move,
    MoveStatus,
    Part,
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
    asks_of,
    companies_in,
    companies_of,
    read_asked,
)
from briefing.pipeline.jobs import Report
from briefing.store import NewEdition, Store
from briefing.stories.facts import norm
from briefing.stories.merging import with_rumours
from briefing.stories.ranking import build_stories, story_weight, without_repeats
from briefing.subscribers import Subscriber

log = logging.getLogger(__name__)

# Subscribers read, composed and written at a time: some megabytes, and a transaction of a tenth of a second.
BATCH = 500
# Remembered of each kind at most: memory stays the same however many subscribers there are.
MOST_KEPT = 8192
# A digest that failed is tried again after this.
DIGEST_AGAIN = timedelta(minutes=15)
# No timetable leaves out more days than this.
FARTHEST = timedelta(days=LONGEST_GAP_DAYS + 2)
# A move is linked to a rumour of it that is no older.
RUMOUR_MEMORY = timedelta(days=30)

NOTHING: frozenset[str] = frozenset()

K = TypeVar("K")
V = TypeVar("V")
Weighed = tuple[tuple[float, float, int], Story]


class Desk(Protocol):
    """What a round asks of the publisher."""

    def covers(self, names: Collection[str]) -> dict[str, tuple[str, ...]]:
        """Each group among the names -> canonical names of the companies it stands for."""
        ...

    def render_digest(
        self, edition: Edition, covers: Mapping[str, Sequence[str]], memo: DigestMemo
    ) -> tuple[Part, ...]:
        """Messages of a digest."""
        ...

    def allowed(self, subscriber: Subscriber) -> bool:
        """Whether this chat may be written to."""
        ...


@dataclass(frozen=True, slots=True)
class _Digest:
    """What all who have the same subscription get."""

    key: str
    until: datetime
    parts: tuple[Part, ...]


class DigestRound:
    """Composes and writes digests due at `now`; one object serves one round.

    Args:
        store: Facts in, editions out.
        desk: Companies of groups, and templates.
        now: The moment the round stands at, aware UTC.
    """

    def __init__(self, store: Store, desk: Desk, now: datetime) -> None:
        self._store = store
        self._desk = desk
        self._now = now
        self._news = _News(store, now)
        self._memo = DigestMemo()
        self._covers: dict[str, tuple[str, ...]] = {}
        self._looked_up: set[str] = set()
        self._next: dict[tuple[object, ...], datetime | None] = {}
        self._digests: _Recent[tuple[Subscriber, frozenset[str]], _Digest] = _Recent()

    async def write(self, due: Sequence[Subscriber]) -> Report:
        """Write the digests of some subscribers, and when each is due next, in one transaction.

        Returns:
            Digests written, and a problem for each that could not be composed: it is tried again later.

        Raises:
            StoreError: the database failed; nothing of this batch was written.
        """
        wanted = [one for one in due if one.next_digest is not None and one.digest_times]
        for one in due:
            # chosen off between two looks
            if one.next_digest is not None and not one.digest_times:
                await self._store.subscribers.postpone_digest(one.chat_id, one.next_digest, None)
        covers = self._covering(companies_in(wanted))
        asked = [(asks_of(one, covers), self._period(one).since) for one in wanted]
        await self._news.fetch(asked)
        chats = [one.chat_id for one in wanted]
        told = await self._store.outbox.told(chats, self._now - ALERT_MEMORY, surely=True)
        # the loop answers people meanwhile
        new, failed = await asyncio.to_thread(self._compose, wanted, asked, covers, told)
        written = await self._store.outbox.write_editions(new, self._now) if new else 0
        for one, _ in failed:
            if one.next_digest is not None:
                again = self._now + DIGEST_AGAIN
                await self._store.subscribers.postpone_digest(one.chat_id, one.next_digest, again)
        return Report(
            done=written, problems=tuple(f"chat {one.chat_id}: {problem}" for one, problem in failed)
        )

    async def mend_timetables(self) -> int:
        """Bring back digests due later than any timetable says, as after a clock that was far ahead.

        Returns:
            How many were mended, at most a batch: the next round goes on.
        """
        ahead = await self._store.subscribers.due_after(self._now + FARTHEST, BATCH)
        for one in ahead:
            assert one.next_digest is not None, "asked for by it"
            try:
                again = self._following(one)
            except Exception:
                # composing meets it then, and tries again in its own way
                log.exception("the timetable of chat %d cannot be read", one.chat_id)
                again = self._now + DIGEST_AGAIN
            await self._store.subscribers.reset_digest(one.chat_id, one.next_digest, again, self._now)
        if ahead:
            log.warning("%d digests were due months from now, by a clock that was wrong; mended", len(ahead))
        return len(ahead)

    async def edition(self, one: Subscriber, since: datetime | None = None) -> Edition:
        """One subscriber's digest as it is at this moment, what was alerted included.

        Args:
            since: Begin of the period, UTC; None: as for the digest that is due.
        """
        asks = asks_of(one, self._desk.covers(companies_in([one])))
        since = since or self._period(one).since
        await self._news.fetch([(asks, since)])
        return digest_edition(one, await asyncio.to_thread(self._news.stories, asks, since), self._now)

    def _covering(self, names: Collection[str]) -> Mapping[str, tuple[str, ...]]:
        unknown = set(names) - self._looked_up
        self._covers |= self._desk.covers(unknown)
        self._looked_up |= unknown
        return self._covers

    def _compose(
        self,
        subscribers: Sequence[Subscriber],
        asked: Sequence[tuple[Sequence[Ask], datetime]],
        covers: Mapping[str, Sequence[str]],
        told: Mapping[int, frozenset[str]],
    ) -> tuple[list[NewEdition], list[tuple[Subscriber, str]]]:
        new: list[NewEdition] = []
        failed: list[tuple[Subscriber, str]] = []
        for one, (asks, since) in zip(subscribers, asked, strict=True):
            try:
                digest = self._digest(one, asks, since, covers, told.get(one.chat_id, NOTHING))
                following = self._following(one)
            except Exception as error:
                # One subscriber's bad row must not keep everybody behind it waiting.
                log.exception("digest of chat %d failed; tried again in a while", one.chat_id)
                failed.append((one, repr(error)))
                continue
            parts = digest.parts if self._desk.allowed(one) else ()
            new.append(
                NewEdition(
                    digest.key,
                    one.chat_id,
                    parts,
                    following,
                    digest.until,
                    due=one.next_digest,
                    thread_id=one.thread_id,
                )
            )
        return new, failed

    def _following(self, one: Subscriber) -> datetime | None:
        """When the next digest is due; of thousands with the same timetable it is found once."""
        timetable = (one.digest_times, one.timezone, one.digest_days, one.on_holidays)
        if timetable not in self._next:
            self._next[timetable] = digest_after(one, self._now)
        return self._next[timetable]

    def _digest(
        self,
        one: Subscriber,
        asks: Sequence[Ask],
        since: datetime,
        covers: Mapping[str, Sequence[str]],
        told: frozenset[str],
    ) -> _Digest:
        alike = shared(one)
        digest = self._digests.get((alike, told))
        if digest is None:
            stories = self._news.stories(asks, since)
            edition = digest_edition(alike, stories, self._now, told)
            something = edition.stories or edition.alerted or one.empty_digest
            said = something and not one.follows_nothing
            with in_language(one.language):
                parts = self._desk.render_digest(edition, covers, self._memo) if said else ()
            digest = _Digest(edition.key, edition.period.until, parts)
            self._digests.put((alike, told), digest)
        return digest

    def _period(self, one: Subscriber) -> Period:
        return digest_period(one, self._now)


class _News:
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
        # what may make facts of two of them one story or one fact -> those that have it
        self._places: dict[tuple[str, object], set[Ask]] = defaultdict(set)
        self._near: dict[Ask, set[Ask]] = defaultdict(set)
        self._built: _Recent[tuple[tuple[Ask, ...], datetime], tuple[Weighed, ...]] = _Recent()

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
        for ask, facts in found.items():
            self._since[ask] = since
            self._told[ask] = facts
            self._link(ask)

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
                linked = self._with_rumours(story)
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


class _Recent(Generic[K, V]):
    """The values asked for last."""

    def __init__(self) -> None:
        self._values: OrderedDict[K, V] = OrderedDict()

    def get(self, key: K) -> V | None:
        value = self._values.get(key)
        if value is not None:
            self._values.move_to_end(key)
        return value

    def put(self, key: K, value: V) -> None:
        self._values[key] = value
        if len(self._values) > MOST_KEPT:
            self._values.popitem(last=False)
