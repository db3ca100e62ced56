"""Merging what new articles tell, once a batch of them, so that an answer finds it merged."""

from __future__ import annotations

import asyncio

from briefing.store import Store
from briefing.stories.merging import merge
from briefing.stories.rules import merging_rules

AT_ONCE = 64
"""Stories merged between two transactions."""

AFTER_BATCH = 2 * AT_ONCE
"""Stories merged after a batch of articles at most, so that reading goes on."""

BACKLOG = 2000
"""Stories merged after a round of reading: a database of an earlier version has all of its own to merge."""


async def merge_changed(store: Store, most: int) -> int:
    """Merge the facts of stories that have changed, the newest news first, and those of other rules.

    May be cut off and repeated at any point; what is not merged is read fact by fact.

    Args:
        store: The open database.
        most: Stories (counted once a company) merged at most.

    Returns:
        How many were.
    """
    rules = merging_rules()
    done = 0
    while done < most:
        changed = await store.news.unmerged(rules, min(AT_ONCE, most - done))
        if not changed:
            break
        merged = await asyncio.to_thread(lambda batch: [(one, merge(one.facts)) for one in batch], changed)
        done += len(changed)
        if not await store.news.keep_merged(merged, rules):
            # another process is merging the same; what it leaves is met again
            break
    return done
