"""What is counted for Prometheus: names, labels, and their meanings.

Labels are bounded: their values are those of `briefing.pipeline.observing` and of the enumerations
here; nothing that comes from outside (companies, chats, addresses) is one. Naming:
https://prometheus.io/docs/practices/naming/.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from importlib.metadata import version

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    Info,
    PlatformCollector,
    ProcessCollector,
    disable_created_metrics,
)
from prometheus_client.exposition import choose_encoder

from bot.web.readiness import Backlog, Duty
from briefing.pipeline.observing import OUTCOMES, Event
from briefing.store import StoreHealth

# Event -> name without "_total", label, help.
COUNTERS: Mapping[Event, tuple[str, str, str]] = {
    Event.POLLS: ("execbrief_polls", "outcome", "Feeds asked, by what they answered."),
    Event.ENTRIES: ("execbrief_entries", "outcome", "New entries of feeds, by what became of them."),
    Event.ARTICLES: ("execbrief_articles", "outcome", "Entries taken up for reading, by what came of it."),
    Event.FACTS: ("execbrief_facts", "kind", "Facts of articles as they were read."),
    Event.STORIES: ("execbrief_stories", "outcome", "Articles that began a story or joined one."),
    Event.ALERTS: ("execbrief_alerts", "outcome", "Alerts put into the outbox."),
    Event.DIGESTS: ("execbrief_digests", "outcome", "Digests put into the outbox."),
    Event.DELIVERIES: ("execbrief_deliveries", "outcome", "Messages sent from the outbox, by outcome."),
}
# An answer from the database takes milliseconds, a picture a second, a flood limit half a minute.
UPDATE_BUCKETS_S = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)
LEVELS = ("WARNING", "ERROR", "CRITICAL")
# Answers of the webhook (bot/web/webhook.py).
TAKEN = ("accepted", "repeated", "refused", "malformed", "too_large", "busy")


class Metrics:
    """All metrics of one process, in a registry of their own.

    Attributes:
        log_handler: Counts log lines; to be added to the root logger.
    """

    def __init__(self) -> None:
        # when each counter began, a series beside every series: that of the process is told anyway
        disable_created_metrics()  # type: ignore[no-untyped-call]
        self._registry = registry = CollectorRegistry()
        ProcessCollector(registry=registry)
        PlatformCollector(registry=registry)
        Info("execbrief_build", "What is running.", registry=registry).info({"version": version("execbrief")})
        self._counted: dict[tuple[Event, str], Counter] = {}
        for event, (name, label, told) in COUNTERS.items():
            counter = Counter(name, told, [label], registry=registry)
            for outcome in OUTCOMES[event]:
                self._counted[event, outcome] = counter.labels(outcome)
        self._updates = Histogram(
            "execbrief_update_handling_seconds",
            "Time from taking up an update of Telegram to having answered it.",
            buckets=UPDATE_BUCKETS_S,
            registry=registry,
        )
        webhook = Counter(
            "execbrief_webhook_requests", "Requests to the webhook, by what was done.", ["outcome"],
            registry=registry,
        )  # fmt: skip
        self._webhook = {outcome: webhook.labels(outcome) for outcome in TAKEN}
        lines = Counter("execbrief_log_messages", "Log lines, by level.", ["level"], registry=registry)
        self.log_handler = _Counting({level: lines.labels(level) for level in LEVELS})

        def gauge(name: str, told: str, *labels: str) -> Gauge:
            return Gauge(f"execbrief_{name}", told, labels, registry=registry)

        self._leader = gauge("leader", "1 if this process polls, schedules and delivers, 0 if it stands by.")
        self._database = gauge("database_up", "1 if the database answered just now.")
        self._poll_lag = gauge("poll_lag_seconds", "How long the longest overdue feed has been due.")
        self._read_lag = gauge("read_lag_seconds", "How long the longest waiting entry has been due.")
        self._outbox_age = gauge("outbox_age_seconds", "How long the oldest due message has been due.")
        self._outbox = gauge("outbox_messages", "Unfinished messages: due, later, sending.", "state")
        self._feeds = gauge("feeds", "Feeds polled, by how the last poll ended.", "state")
        self._subscribers = gauge("subscribers", "Chats that get something.")
        self._loop_lag = gauge("event_loop_lag_seconds", "Longest delay of a timer in the last minute.")

    def observe(self, event: Event, outcome: str, number: int) -> None:
        """Count what the pipeline did (`briefing.pipeline.observing.Observe`)."""
        self._counted[event, outcome].inc(number)

    def update_handled(self, seconds: float) -> None:
        """Count an update of Telegram and how long it took."""
        self._updates.observe(seconds)

    def webhook_asked(self, outcome: str) -> None:
        """Count a request to the webhook; one of `TAKEN`."""
        self._webhook[outcome].inc()

    def measure(self, duty: Duty, health: StoreHealth | None, behind: Backlog, loop_lag_s: float) -> None:
        """Set what is measured rather than counted.

        Args:
            duty: Of this process.
            health: What the database says; None if it does not answer. Its gauges then keep the last value.
            behind: How far behind the work is, of that health.
            loop_lag_s: Seconds.
        """
        self._leader.set(duty is Duty.LEADING)
        self._loop_lag.set(loop_lag_s)
        self._database.set(health is not None)
        if health is None:
            return
        self._poll_lag.set(behind.poll.total_seconds())
        self._read_lag.set(behind.read.total_seconds())
        self._outbox_age.set(behind.outbox.total_seconds())
        for state, number in health.outbox.items():
            self._outbox.labels(state).set(number)
        for state, number in health.feeds.items():
            self._feeds.labels(state).set(number)
        self._subscribers.set(health.subscribers)

    def exposition(self, accept: str) -> tuple[bytes, str]:
        """All of it in the format that an Accept header asks for, and that format's content type."""
        encode, content_type = choose_encoder(accept)
        return encode(self._registry), content_type


class _Counting(logging.Handler):
    """Counts lines of the levels it has a counter for."""

    def __init__(self, counters: Mapping[str, Counter]) -> None:
        super().__init__(logging.WARNING)
        self._counters = counters

    def emit(self, record: logging.LogRecord) -> None:
        if (counter := self._counters.get(record.levelname)) is not None:
            counter.inc()
