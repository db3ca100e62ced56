"""What the pipeline can be asked to do, and what it answers."""

from __future__ import annotations

from dataclasses import dataclass

from briefing.model import FeedState, PendingEntry
from briefing.subscribers import Subscriber


@dataclass(frozen=True, slots=True)
class PollFeed:
    """Ask one feed for news."""

    feed: FeedState


@dataclass(frozen=True, slots=True)
class ReadEntries:
    """Read the pages of some entries."""

    entries: tuple[PendingEntry, ...]


@dataclass(frozen=True, slots=True)
class AlertFollowers:
    """Write alerts on fresh stories to the outbox."""


@dataclass(frozen=True, slots=True)
class ComposeDigest:
    """Write one subscriber's digest to the outbox."""

    subscriber: Subscriber


@dataclass(frozen=True, slots=True)
class DeliverBatch:
    """Send what is due in the outbox.

    A crash leaves what was claimed and not yet sent as `unknown`, so a batch is about a second's work.
    """

    limit: int = 30


Job = PollFeed | ReadEntries | AlertFollowers | ComposeDigest | DeliverBatch


@dataclass(frozen=True, slots=True)
class Report:
    """What a job did, for log lines, progress bars and `poll`'s table.

    Attributes:
        done: Entries found, articles recorded, messages written or sent.
        skipped: Entries that held no article, messages not accepted.
        problems: One line each, for an operator.
    """

    done: int = 0
    skipped: int = 0
    problems: tuple[str, ...] = ()

    def __add__(self, other: Report) -> Report:
        """Both together."""
        return Report(self.done + other.done, self.skipped + other.skipped, (*self.problems, *other.problems))
