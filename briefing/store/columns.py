"""Column types shared by all tables: UTC datetimes, text any database accepts, JSON, hashed keys."""

from __future__ import annotations

import hashlib
import json
import math
import re
from collections.abc import Callable
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import BigInteger, DateTime, Dialect, Integer, LargeBinary, Text
from sqlalchemy.types import TypeDecorator

# PostgreSQL refuses NUL in text, and neither database can encode a lone surrogate. One character
# replaces one character, so that offsets into an article's text stay true.
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")

# SQLite numbers rows by itself only in columns declared exactly INTEGER.
RowId = BigInteger().with_variant(Integer(), "sqlite")

KEY_BYTES = 16

# Moments remembered of each column that a statement names.
_MOMENTS = 256


class UtcDateTime(TypeDecorator[datetime]):
    """Aware datetimes in, aware UTC datetimes out; SQLite itself keeps no zone.

    A naive datetime is refused with ValueError: nobody can tell which zone it means.
    """

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """To UTC; naive for SQLite, which compares datetimes as text of equal shape."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"naive datetime {value!r}: the store takes aware datetimes only")
        value = value.astimezone(UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """Aware, in UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)

    def bind_processor(self, dialect: Dialect) -> Callable[[datetime | None], Any] | None:
        """How values are bound; on SQLite, thousands of rows of one moment have its text made once."""
        usual = super().bind_processor(dialect)
        if dialect.name != "sqlite" or usual is None:
            return usual
        made = lru_cache(_MOMENTS)(usual)

        def bind(value: datetime | None) -> Any:
            # of other zones, two moments of an hour that the clock shows twice count as equal
            return made(value) if value is not None and value.tzinfo is UTC else usual(value)

        return bind

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[Any], datetime | None] | None:
        """How results are read; on SQLite equal texts give one object."""
        usual = super().result_processor(dialect, coltype)
        return usual if dialect.name != "sqlite" or usual is None else lru_cache(_MOMENTS)(usual)


class SafeText(TypeDecorator[str]):
    """Text in which NUL and lone surrogates have become U+FFFD."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:  # noqa: ARG002
        """The text with unstorable characters replaced one by one."""
        return None if value is None else _UNSTORABLE.sub("\ufffd", value)


class Json(TypeDecorator[Any]):
    """A JSON value as text; text and not jsonb, because nothing searches inside it."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> str | None:  # noqa: ARG002
        """Compact JSON, readable Korean."""
        if value is None:
            return None
        return _UNSTORABLE.sub("\ufffd", json.dumps(value, ensure_ascii=False, separators=(",", ":")))

    def process_result_value(self, value: str | None, dialect: Dialect) -> Any:  # noqa: ARG002
        """The value back."""
        return None if value is None else json.loads(value)


Key = LargeBinary(KEY_BYTES)


def key_of(*texts: str) -> bytes:
    """16 bytes that stand for a text in unique indexes.

    Addresses and guids have no length limit, but an index row of PostgreSQL has one (2,704 bytes).
    BLAKE2b with 128 bits: two of 10^9 texts collide with probability below 10^-20.
    """
    data = "\0".join(texts).encode("utf-8", "surrogatepass")
    return hashlib.blake2b(data, digest_size=KEY_BYTES).digest()


WEEK_S = 7 * 86400


def second_of(moment: datetime) -> int:
    """Seconds since 1970, UTC, of an aware datetime; fractions are cut."""
    return math.floor(moment.timestamp())


def week_of(second: int) -> int:
    """Weeks since 1970-01-01 (a Thursday), UTC."""
    return second // WEEK_S


def number_of(text: str) -> int:
    """A signed 64-bit number standing for a grouping key; a collision only brings one more candidate."""
    digest = hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest, "big", signed=True)
