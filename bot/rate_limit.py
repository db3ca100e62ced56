"""How much one person and one chat may ask: token buckets in memory.

A bucket holds `burst` tokens and gets `per_minute` back a minute. What costs more than is left is still
answered once a whole token is there, and the debt is paid off before the next answer. A limit against
abuse, not a quota: whoever asks as fast as one can read never meets it, and a restart forgets it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, Literal


@dataclass(frozen=True, slots=True)
class Rate:
    """Size of a bucket in tokens, and how many come back a minute."""

    burst: float
    per_minute: float


Key = tuple[Literal["user", "chat"], int]

# A person who reads what they get needs some seconds an answer.
PER_USER: Final = Rate(burst=20, per_minute=20)
# Telegram itself takes 20 messages a minute into a group (docs/delivery.md).
PER_CHAT: Final = Rate(burst=30, per_minute=20)
# Buckets remembered; of more, those used longest ago are forgotten, which are full again anyway.
MOST_KEYS: Final = 10_000
# Who waits as long as they were told must not fail by the last bit of a sum.
_ROUNDING: Final = 1e-6


@dataclass(slots=True)
class _Bucket:
    tokens: float
    at: datetime
    told: bool = False


@dataclass(frozen=True, slots=True)
class TooFast:
    """Somebody has to wait.

    Attributes:
        wait: How long.
        first: True if they have not been told since they were last answered.
    """

    wait: timedelta
    first: bool


class RateLimit:
    """Buckets of people and chats.

    Args:
        clock: Tells the time, aware UTC.
        per_user: Of a person, over all chats.
        per_chat: Of a chat, over all who speak there.
        most_keys: Buckets remembered.
    """

    def __init__(
        self,
        clock: Callable[[], datetime],
        per_user: Rate = PER_USER,
        per_chat: Rate = PER_CHAT,
        most_keys: int = MOST_KEYS,
    ) -> None:
        self._clock = clock
        self._rates = {"user": per_user, "chat": per_chat}
        self._most = most_keys
        # in order of use
        self._buckets: dict[Key, _Bucket] = {}

    def take(self, keys: Sequence[Key], cost: float = 1) -> TooFast | None:
        """Pay for an answer out of all these buckets; None if it may be given, else nothing is paid."""
        now = self._clock()
        buckets = [(key, self._bucket(key, now)) for key in keys]
        least = min(cost, 1)
        short = [(key, bucket) for key, bucket in buckets if bucket.tokens < least - _ROUNDING]
        if not short:
            for _, bucket in buckets:
                bucket.tokens -= cost
                bucket.told = False
            return None
        first = not any(bucket.told for _, bucket in short)
        for _, bucket in short:
            bucket.told = True
        minutes = max((least - bucket.tokens) / self._rates[key[0]].per_minute for key, bucket in short)
        return TooFast(timedelta(minutes=minutes), first)

    def __len__(self) -> int:
        return len(self._buckets)

    def _bucket(self, key: Key, now: datetime) -> _Bucket:
        """The bucket, filled up to now and the last one to be forgotten."""
        rate = self._rates[key[0]]
        bucket = self._buckets.pop(key, None)
        if bucket is None:
            bucket = _Bucket(rate.burst, now)
        # a clock that was set back gives nothing and takes nothing
        passed = max((now - bucket.at) / timedelta(minutes=1), 0.0)
        bucket.tokens = min(bucket.tokens + passed * rate.per_minute, rate.burst)
        bucket.at = now
        self._buckets[key] = bucket
        while len(self._buckets) > self._most:
            del self._buckets[next(iter(self._buckets))]
        return bucket
