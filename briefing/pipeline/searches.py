"""Search feeds for the companies that somebody follows."""

from __future__ import annotations

from datetime import datetime

from briefing.collect.sources import SearchFeeds
from briefing.store import Store


async def follow_searches(store: Store, search: SearchFeeds | None, now: datetime) -> int:
    """Bring the polled searches in line with what active chats follow.

    Args:
        store: The open database.
        search: Makes the feed of a company; None: the list in force has no searches, and none is polled.
        now: Aware.

    Returns:
        The number of searches that were not polled before.
    """
    names = await store.subscribers.companies() if search is not None else ()
    wanted = [] if search is None else [search.feed(name) for name in names]
    return await store.news.use_list(wanted, "search", now)
