"""Merging what new articles tell, once a batch of them, so that an answer finds it merged."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence

from briefing.model import MergedFact
from briefing.store import Store
from briefing.store.merged import Unmerged
from briefing.stories.merging import merge
from briefing.stories.rules import merging_rules

log = logging.getLogger(__name__)

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
        merged, failed = await asyncio.to_thread(_merged, changed)
        store.news.pass_over(failed)
        done += len(changed)
        if merged and not await store.news.keep_merged(merged, rules):
            # another process is merging the same; what it leaves is met again
            break
    return done


def _merged(
    changed: Sequence[Unmerged],
) -> tuple[list[tuple[Unmerged, Sequence[MergedFact]]], list[Unmerged]]:
    """What could be merged, and what could not: one story must not keep the others waiting."""
    merged: list[tuple[Unmerged, Sequence[MergedFact]]] = []
    failed: list[Unmerged] = []
    for one in changed:
        try:
            merged.append((one, merge(one.facts)))
        except Exception:
            log.exception("story %d: facts of %s cannot be merged; passed over", one.story_id, one.company)
            failed.append(one)
    return merged, failed
