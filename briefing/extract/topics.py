"""What a text is about, by its words: business or politics."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from briefing.extract.plays import LOOKED_AT, tells_play
from briefing.korean.lexicon import words


@cache
def _about(topic: str) -> re.Pattern[str]:
    return re.compile("|".join(re.escape(w) for w in words("contexts.toml", topic)))


@lru_cache(maxsize=32)  # several ask for one text
def count_words(topic: str, text: str) -> int:
    """How many words of a topic of contexts.toml (business, politics) a text holds."""
    return len(_about(topic).findall(text, 0, LOOKED_AT))


def is_political(text: str) -> bool:
    """True if a 대표 without company is more likely a party's than a firm's."""
    politics = count_words("politics", text)
    return politics > 0 and count_words("business", text) < politics


def business_lean(text: str) -> int:
    """Above 0 for a text that speaks more of business than of politics, below 0 for less, or for a play."""
    return -1 if tells_play(text) else count_words("business", text) - count_words("politics", text)
