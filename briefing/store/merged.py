"""What a story's articles tell of a company, kept merged beside the story (table `story_companies`).

Recording an article only marks what it adds to as changed; whoever merges does so afterwards, out of one
transaction and into another. What is not merged yet, or only partly within a period, is read fact by fact, so
that an answer never depends on how far merging has come.
"""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, Select, bindparam, func, select, update

from briefing.errors import StoreError
from briefing.model import MergedFact, Period, StoredFact, StoryRow
from briefing.store.articles import ArticleStore, read_facts, stored_facts, story_row
from briefing.store.feeds import IN_LIST
from briefing.store.merged_codec import pack_merged, unpack_merged
from briefing.store.tables import INDEXED_CHARS, facts, stories, story_companies

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class StoriesTold:
    """Stories that tell of companies in a period.

    Attributes:
        rows: The stories, by key.
        merged: Key of a story -> its facts about these companies, where they lie merged.
        facts: Of the other stories, every telling of these companies in the period; earliest published
            first.
    """

    rows: tuple[StoryRow, ...]
    merged: Mapping[int, tuple[MergedFact, ...]]
    facts: tuple[StoredFact, ...]


@dataclass(frozen=True, slots=True)
class Unmerged:
    """Tellings of one company in one story, which have changed since they were merged.

    Attributes:
        id: Database key.
        story_id: Of the story.
        company: As indexed.
        changes: Times they had changed when they were read.
        facts: All of them.
    """

    id: int
    story_id: int
    company: str
    changes: int
    facts: tuple[StoredFact, ...]


class MergedStore(ArticleStore):
    """Reads and keeps merged facts."""

    # key -> changes at which it could not be read or merged
    _passed_over: dict[int, int]

    async def told(self, companies: Sequence[str], period: Period, rules: int) -> StoriesTold:
        """Stories with facts of these companies published in a period.

        Args:
            companies: Canonical names.
            period: Half-open.
            rules: By which facts are merged now; what other rules merged is read fact by fact.

        What lies merged and is damaged is read fact by fact too, and marked to be merged anew.
        """
        names = sorted({name[:INDEXED_CHARS] for name in companies})
        told, damaged = await self._db.read_at_once(
            lambda connection: _told(connection, names, period, rules)
        )
        if damaged:
            await self._merge_anew(damaged)
        return told

    async def _merge_anew(self, damaged: Sequence[int]) -> None:
        """Mark rows whose merged facts cannot be unpacked; who asked gets the answer in any case."""
        rows = [{"id_": key} for key in sorted(damaged)]
        try:
            await self._db.write_at_once(lambda connection: connection.execute(_FORGET, rows))
        except StoreError as error:
            log.warning("what is damaged could not be marked to be merged anew, later: %s", error)

    async def unmerged(self, rules: int, limit: int) -> tuple[Unmerged, ...]:
        """What has changed since it was merged, the newest first; then what other rules merged, by set."""
        while True:
            over = dict(self._passed_over)
            readable, damaged = await self._db.read_at_once(
                lambda connection, over=over: _unmerged(connection, rules, limit, over)  # type: ignore[misc]
            )
            self.pass_over(damaged)
            if readable or not damaged:
                return readable

    def pass_over(self, unreadable: Sequence[Unmerged]) -> None:
        """Give these no more, as long as this process lives and they have not changed again."""
        self._passed_over.update({one.id: one.changes for one in unreadable})

    async def keep_merged(self, merged: Sequence[tuple[Unmerged, Sequence[MergedFact]]], rules: int) -> int:
        """Keep what was merged, unless it has changed again meanwhile; how many were kept.

        Args:
            merged: What `unmerged` gave, with its facts merged.
            rules: By which they were.
        """
        if not merged:
            return 0
        rows = [
            {"id_": one.id, "changes_": one.changes, "rules_": rules, "merged_": pack_merged(found)}
            # in the order in which recording marks them, or two processes would wait for each other
            for one, found in sorted(merged, key=lambda pair: (pair[0].story_id, pair[0].company))
        ]

        def keep(connection: Connection) -> int:
            return sum(connection.execute(_KEEP, row).rowcount for row in rows)

        return await self._db.write_at_once(keep)


def _told(
    connection: Connection, names: Sequence[str], period: Period, rules: int
) -> tuple[StoriesTold, list[int]]:
    """What is told, and the keys of rows whose merged facts are damaged."""
    found: list[Row[Any]] = []
    for start in range(0, len(names), IN_LIST):
        when = {"since": period.since, "until": period.until, "names": names[start : start + IN_LIST]}
        found += connection.execute(_TOLD, when).all()
    times = Counter(row.id for row in found)
    rows: dict[int, StoryRow] = {}
    merged: dict[int, tuple[MergedFact, ...]] = {}
    apart: list[int] = []
    damaged: list[int] = []
    for row in sorted(found, key=lambda row: int(row.id)):
        if row.id in rows:
            continue
        rows[row.id] = story_row(row)
        within = period.since <= row.told_first and row.told_last < period.until
        if row.rules != rules or not within or times[row.id] > 1:
            apart.append(row.id)
            continue
        try:
            merged[row.id] = unpack_merged(row.merged)
        except ValueError as error:
            log.warning("story %d: merged facts of %s are damaged: %s", row.id, row.company, error)
            damaged.append(row.told_id)
            apart.append(row.id)
    told: list[StoredFact] = []
    # two lists in one statement
    half = IN_LIST // 2
    query = stored_facts().where(facts.c.published >= period.since, facts.c.published < period.until)
    for start in range(0, len(apart), half):
        for at in range(0, len(names), half):
            of_names = query.where(facts.c.company.in_(names[at : at + half]))
            told += _facts_of(connection, of_names, apart[start : start + half])
    told.sort(key=lambda fact: (fact.source.published, fact.source.article_id))
    # a row may stand for longer than its facts do: what told of a company may have been corrected
    filled = {fact.story_id for fact in told}.union(key for key, kept in merged.items() if kept)
    stories_told = StoriesTold(
        tuple(row for key, row in rows.items() if key in filled),
        {key: kept for key, kept in merged.items() if kept},
        tuple(told),
    )
    return stories_told, damaged


def _facts_of(connection: Connection, query: Select[Any], story_ids: Sequence[int]) -> list[StoredFact]:
    """What a query made of `stored_facts` finds of these stories, without those that cannot be read."""
    try:
        return list(read_facts(connection, query.where(facts.c.story_id.in_(story_ids))))
    except (ValueError, TypeError):
        # a damaged row of one spoils the reading of all
        told: list[StoredFact] = []
    for story_id in story_ids:
        try:
            told += read_facts(connection, query.where(facts.c.story_id == story_id))
        except (ValueError, TypeError) as error:
            log.warning("story %d: its facts cannot be read and are left out: %r", story_id, error)
    return told


def _unmerged(
    connection: Connection, rules: int, limit: int, over: Mapping[int, int]
) -> tuple[tuple[Unmerged, ...], list[Unmerged]]:
    """What is to be merged, and what cannot be read.

    Args:
        over: Keys that are passed over -> changes at which they were.
    """
    changed = story_companies.c
    wanted, limit = limit, limit + len(over)
    columns = select(changed.id, changed.story_id, changed.company, changed.changes)
    newest = columns.where(changed.rules == 0).order_by(changed.last_published.desc()).limit(limit)
    # `changes` is read before the facts: what changes in between is not kept
    rows = list(connection.execute(newest))
    # Those of any set may all be passed over; the limit has room for every one of them.
    for older in _other_rules(connection, rules):
        if len(rows) >= limit:
            break
        # by an index, whose order of publication holds within one set of rules
        of_set = columns.where(changed.rules == older).order_by(changed.last_published.desc())
        rows += connection.execute(of_set.limit(limit - len(rows))).all()
    readable: list[Unmerged] = []
    damaged: list[Unmerged] = []
    for row in [row for row in rows if over.get(row.id) != row.changes][:wanted]:
        try:
            told = read_facts(connection, _TELLINGS, {"story": row.story_id, "company": row.company})
        except (ValueError, TypeError) as error:
            log.warning("story %d: facts of %s cannot be read: %r", row.story_id, row.company, error)
            damaged.append(Unmerged(row.id, row.story_id, row.company, row.changes, ()))
        else:
            readable.append(Unmerged(row.id, row.story_id, row.company, row.changes, told))
    return tuple(readable), damaged


def _other_rules(connection: Connection, rules: int) -> Iterator[int]:
    """Sets of rules other than this one that something was merged by; each found by one step in an index."""
    last = 0
    while (found := connection.execute(_NEXT_RULES, {"last": last}).scalar()) is not None:
        if found != rules:
            yield found
        last = found


# Statements made once: making one takes SQLAlchemy longer than the database needs to run it.
_TELLINGS = stored_facts().where(
    facts.c.story_id == bindparam("story"), facts.c.company == bindparam("company")
)
_NEXT_RULES = select(func.min(story_companies.c.rules)).where(story_companies.c.rules > bindparam("last"))
_KEEP = (
    update(story_companies)
    .where(story_companies.c.id == bindparam("id_"), story_companies.c.changes == bindparam("changes_"))
    .values(rules=bindparam("rules_"), merged=bindparam("merged_"))
)
_FORGET = update(story_companies).where(story_companies.c.id == bindparam("id_")).values(rules=0, merged=None)
_TOLD = (
    select(
        stories,
        story_companies.c.id.label("told_id"),
        story_companies.c.company,
        story_companies.c.first_published.label("told_first"),
        story_companies.c.last_published.label("told_last"),
        story_companies.c.rules,
        story_companies.c.merged,
    )
    .join(stories, stories.c.id == story_companies.c.story_id)
    .where(
        story_companies.c.company.in_(bindparam("names", expanding=True)),
        story_companies.c.last_published >= bindparam("since"),
        story_companies.c.first_published < bindparam("until"),
    )
)
