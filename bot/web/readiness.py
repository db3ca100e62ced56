"""Whether this process does its work in time: numbers in, a verdict with reasons out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from briefing.store import StoreHealth

NONE = timedelta(0)


class Duty(StrEnum):
    """What a process that runs the bot is there for at the moment."""

    STARTING = "starting"
    STANDBY = "standby"
    """another process has the database's lock; this one waits for it to end"""
    LEADING = "leading"
    STOPPING = "stopping"


@dataclass(frozen=True, slots=True)
class Limits:
    """How far behind the work may be.

    Attributes:
        poll: Longest time for which a feed may be overdue.
        outbox: Longest time for which a message may be overdue.
    """

    poll: timedelta = timedelta(minutes=15)
    outbox: timedelta = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class Backlog:
    """How far behind the work is.

    Attributes:
        poll: How long the longest overdue feed waits; nothing if none is due.
        read: How long the longest waiting entry waits to be read.
        outbox: How long the oldest due message waits.
    """

    poll: timedelta = NONE
    read: timedelta = NONE
    outbox: timedelta = NONE


def backlog(health: StoreHealth, now: datetime) -> Backlog:
    """What a database says of the work left at `now`."""

    def since(moment: datetime | None) -> timedelta:
        return max(now - moment, NONE) if moment is not None else NONE

    return Backlog(since(health.oldest_poll), since(health.oldest_unread), since(health.oldest_pending))


def reasons_against(duty: Duty, measured: Backlog | str, limits: Limits) -> dict[str, str]:
    """Why a process is not ready, by what was looked at; nothing if it is.

    Args:
        duty: Only who leads is ready: nothing is to be sent to one that stands by.
        measured: How far behind the work is, or why that cannot be told.
        limits: How far it may be.
    """
    reasons: dict[str, str] = {}
    if duty is not Duty.LEADING:
        reasons["duty"] = duty.value
    if isinstance(measured, str):
        reasons["database"] = measured
        return reasons
    if duty is Duty.LEADING:
        if measured.poll > limits.poll:
            reasons["poll_lag"] = _too_long("a feed", measured.poll, limits.poll)
        if measured.outbox > limits.outbox:
            reasons["outbox_age"] = _too_long("a message", measured.outbox, limits.outbox)
    return reasons


def _too_long(what: str, waited: timedelta, most: timedelta) -> str:
    return (
        f"{what} has been overdue for {waited.total_seconds():.0f} s, more than {most.total_seconds():.0f} s"
    )
