"""Editions as rows: what is written for a chat at one time, and for whom it is not."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, bindparam, update

from briefing.model import DeliveryStatus, Part
from briefing.store.codec import encode_part
from briefing.store.columns import UtcDateTime
from briefing.store.tables import subscribers


@dataclass(frozen=True, slots=True)
class NewEdition:
    """A rendered edition, about to be written.

    Attributes:
        key: Names the occasion for this chat; at most 200 characters.
        chat_id: Telegram chat.
        parts: Messages in order; none for an occasion on which nothing is said.
        next_digest: For digests: when the subscriber's next one is due, UTC.
        period_end: For digests: end of the time covered, UTC.
        due: For digests: the subscriber's `next_digest` it was composed for. If the subscriber has
            chosen otherwise since, the edition is not written.
        marks: Keys of facts it tells, kept with it so that no fact is told twice (`told`).
        not_before: Send it no earlier, UTC; later ones of the chat do not wait for it. None: at once.
        thread_id: Topic of a forum; None for the chat itself.
        subscribers_only: Not written for a chat without a subscriber: one that was erased while the
            edition was composed stays erased.
    """

    key: str
    chat_id: int
    parts: Sequence[Part]
    next_digest: datetime | None = None
    period_end: datetime | None = None
    due: datetime | None = None
    marks: tuple[str, ...] = ()
    not_before: datetime | None = None
    thread_id: int | None = None
    subscribers_only: bool = False


def wanted(edition: NewEdition, subscriber: Row[Any] | None) -> bool:
    """Whether an edition may be written; `subscriber` has active and next_digest, None if there is none."""
    if subscriber is None:
        return edition.due is None and not edition.subscribers_only
    return bool(subscriber.active) and edition.due in {None, subscriber.next_digest}


def mark_row(chat_id: int, mark: str, now: datetime) -> dict[str, Any]:
    """The row that keeps that a chat was told a fact: an edition without parts."""
    return {"chat_id": chat_id, "edition": mark, "parts": 0, "created_at": now}


def move_on(connection: Connection, column: str, times: Iterable[tuple[int, datetime | None]]) -> None:
    """Set a time of subscribers, where there is one to set."""
    rows = [{"chat": chat_id, "time": time} for chat_id, time in times if time is not None]
    if rows:
        of_chat = subscribers.c.chat_id == bindparam("chat")
        moment = bindparam("time", type_=UtcDateTime)
        connection.execute(update(subscribers).where(of_chat).values({column: moment}), rows)


def edition_row(edition: NewEdition, now: datetime) -> dict[str, Any]:
    """Its row in `editions`."""
    return {
        "chat_id": edition.chat_id,
        "edition": edition.key,
        "parts": len(edition.parts),
        "created_at": now,
    }


def delivery_row(edition: NewEdition, part: int, now: datetime) -> dict[str, Any]:
    """The row of one of its parts (0-based) in `deliveries`, waiting."""
    return {
        "chat_id": edition.chat_id,
        "edition": edition.key,
        "part": part,
        "content": encode_part(edition.parts[part]),
        "status": DeliveryStatus.PENDING.value,
        "due": max(now, edition.not_before) if edition.not_before else now,
        "thread_id": edition.thread_id,
        "attempts": 0,
        "created_at": now,
    }
