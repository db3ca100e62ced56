"""Everything about news in one object: feeds, entries, articles, facts, stories."""

from __future__ import annotations

from briefing.store.feeds import FeedStore
from briefing.store.lookups import LookupStore
from briefing.store.merged import MergedStore
from briefing.store.polls import PollStore


class NewsStore(FeedStore, PollStore, LookupStore, MergedStore):
    """The news side of the store; see its four parts."""
