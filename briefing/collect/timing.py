"""When to ask a feed again, and when its silence is worth a word.

A feed is asked by its own frequency: half the usual time between two of its entries, so that news
waits a quarter of that time in the mean. Servers' wishes (ttl, max-age, Retry-After) come first,
failures back off, and nothing ever stops a feed for good.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import datetime, timedelta

from briefing.model import Entry, Failed, FeedState, FeedTrouble, NotModified, Polled, PollOutcome

SHORTEST_WAIT = timedelta(minutes=5)
# No feed is left alone for longer, whatever it or its failures say.
LONGEST_WAIT = timedelta(hours=24)
# While a feed's habit is unknown: too few of its entries have dates.
UNKNOWN_WAIT = timedelta(minutes=15)
# The part of an interval by which feeds of one interval are spread.
JITTER = 0.1
# Failing for as long as this is told to administrators.
FAILING_TOLD_AFTER = timedelta(days=1)

# Silence of this many usual gaps, and never less than a long weekend, is told.
_SILENT_GAPS = 10
_SILENT_LEAST = timedelta(days=4)
_SILENT_UNKNOWN = timedelta(days=14)
# A search for a small company is often silent; its habit, if it has one, is worth little.
_SILENT_SEARCH = timedelta(days=60)
# Newest dated entries that tell the habit; fewer than this tell none.
_ENTRIES_TOLD = 50
_ENTRIES_NEEDED = 3
_SHORTEST_HABIT = timedelta(minutes=1)


def habit_of(entries: Iterable[Entry]) -> timedelta | None:
    """The usual time between two entries, by the dates of the newest fifty; None if too few have one."""
    dates = sorted({entry.published for entry in entries if entry.published}, reverse=True)[:_ENTRIES_TOLD]
    if len(dates) < _ENTRIES_NEEDED:
        return None
    return max((dates[0] - dates[-1]) / (len(dates) - 1), _SHORTEST_HABIT)


def next_poll(
    state: FeedState, outcome: PollOutcome, now: datetime, at_most: timedelta = LONGEST_WAIT
) -> datetime:
    """When to ask a feed again; never never.

    A healthy feed is asked after half its habit, between 5 minutes and `at_most`, and not before its
    ttl and max-age allow. A failing one is asked after 10, 20, 40 … minutes, not before the Retry-After it
    sent, and once more when it has failed for a day, which is when administrators are told. Nothing
    waits longer than 24 hours. Up to a tenth is added by a hash of feed and hour (inside these bounds),
    so that feeds spread out and a test knows the answer.

    Args:
        state: The feed before this poll.
        outcome: What the poll brought.
        now: Aware.
        at_most: Longest wait for a healthy feed whose server asks for none.
    """
    ceiling = min(at_most, LONGEST_WAIT) / (1 + JITTER)
    shortest = min(SHORTEST_WAIT, ceiling)
    spread = 1 + JITTER * _fraction(state.id, now)
    match outcome:
        case Failed(retry_after=retry_after):
            # 2**12 times any of our intervals is longer than a day
            doubled: timedelta = shortest * 2 ** min(state.failures + 1, 12)
            backoff = min(doubled, LONGEST_WAIT / (1 + JITTER))
            floor = retry_after or timedelta()
            wait = min(max(backoff * spread, floor), LONGEST_WAIT)
            if state.failing_since is not None:
                told = state.failing_since + FAILING_TOLD_AFTER - now
                if floor <= told < wait and told > timedelta():
                    wait = told
            return now + wait
        case Polled(fetched=fetched, ttl=ttl):
            habit = outcome.habit or state.habit
            floor = max(ttl or timedelta(), fetched.fresh_for or timedelta())
        case NotModified(fresh_for=fresh_for):
            habit = state.habit
            floor = max(state.ttl or timedelta(), fresh_for or timedelta())
    interval = habit / 2 if habit else UNKNOWN_WAIT
    interval = min(max(interval, shortest), ceiling)
    return now + min(max(interval * spread, floor), LONGEST_WAIT)


def patience(state: FeedState, outcome: PollOutcome) -> timedelta:
    """How long after its last new entry a feed that answers counts as silent."""
    habit = (outcome.habit if isinstance(outcome, Polled) else None) or state.habit
    usual = max(habit * _SILENT_GAPS, _SILENT_LEAST) if habit else _SILENT_UNKNOWN
    return max(usual, _SILENT_SEARCH) if state.origin in {"search", "source"} else usual


def trouble(state: FeedState, now: datetime) -> FeedTrouble | None:
    """What is wrong with a feed for so long that administrators want to know; None if nothing is."""
    if state.failing_since is not None:
        # A feed told as silent that then fails stays told until the failing is worth a word of its own.
        failing = now - state.failing_since >= FAILING_TOLD_AFTER
        return FeedTrouble.FAILING if failing else state.reported
    if state.silent_at is None or state.silent_at > now or state.last_success is None:
        return None
    # It must have answered since: when we were down ourselves, the silence was ours.
    return FeedTrouble.SILENT if state.last_success >= state.silent_at else state.reported


def _fraction(feed_id: int, now: datetime) -> float:
    """A number in [0, 1) that feed and hour determine."""
    digest = hashlib.blake2b(f"{feed_id}:{now:%Y%m%d%H}".encode(), digest_size=4).digest()
    return int.from_bytes(digest) / 2**32
