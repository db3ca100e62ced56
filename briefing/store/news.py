"""Everything about news in one object: feeds, entries, articles, facts, stories."""

from __future__ import annotations

from briefing.store.engine import Database
from briefing.store.feeds import FeedStore
from briefing.store.lookups import LookupStore
from briefing.store.merged import MergedStore
from briefing.store.polls import PollStore


class NewsStore(FeedStore, PollStore, LookupStore, MergedStore):
    """The news side of the store; see its four parts."""

    def __init__(self, database: Database) -> None:
        super().__init__(database)
        self._passed_over = {}
