"""How long things are kept, and dropping them afterwards."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta

from briefing.compose.editions import ALERT_MEMORY
from briefing.pipeline.jobs import Report
from briefing.store import Keeping, Store
from briefing.stories.grouping import WINDOW

log = logging.getLogger(__name__)

KEEP_TEXT = timedelta(days=90)
KEEP_ENTRIES = timedelta(days=180)
KEEP_MESSAGES = timedelta(days=180)
# Digests and alerts look back this far at most, so that nothing they might tell again is forgotten.
_MARGIN = timedelta(days=7)


async def tidy(store: Store, now: datetime, keep_text: timedelta = KEEP_TEXT) -> Report:
    """Drop texts, entries, marks and messages that are past their time; facts and links stay.

    Args:
        store: The open database.
        now: Aware.
        keep_text: How long texts and summaries are kept; never less than grouping compares.
    """
    keep_text = max(keep_text, WINDOW + _MARGIN)
    dropped = await store.retention.drop(
        Keeping(
            texts=now - keep_text,
            entries=now - max(KEEP_ENTRIES, keep_text),
            marks=now - ALERT_MEMORY - _MARGIN,
            messages=now - KEEP_MESSAGES,
        )
    )
    done = dropped.texts + dropped.entries + dropped.marks + dropped.messages
    if done:
        log.info(
            "dropped %d texts, %d entries, %d marks, %d messages that were past their time",
            *(dropped.texts, dropped.entries, dropped.marks, dropped.messages),
        )
    return Report(done=done)
