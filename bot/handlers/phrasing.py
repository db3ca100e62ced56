"""Questions put into sentences, made as bare as the bot reads them. Words: data/phrases.toml. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import cache
from typing import Final

from bot.handlers.asking import MARKS
from briefing.korean.lexicon import table, words

_FILE: Final = "phrases.toml"
# What is left of a word without its ending; a single letter is no name.
_LEAST: Final = 2


def plainer(text: str, is_title: Callable[[str], bool]) -> tuple[str, ...]:
    """Barer ways to say a question, the nearest to it first; without itself.

    Args:
        text: As typed: `LG전자의 사장은 누구?`, `LG전자 어제 소식 알려줘`.
        is_title: Whether a word is a post or rank; one in front goes behind (`CEO of LG전자`).
    """
    said = [word for typed in text.split() if (word := typed.strip(MARKS))]
    bare = [word for word in said if not _only_asks(word)]
    ways = [bare]
    if ended := [_without_ending(word) for word in bare]:
        # one name may end like a particle, and another have one
        ways += [[*bare[:-1], ended[-1]], [ended[0], *bare[1:]], ended]
        ways = [*ways, *(_title_last([w for w in way if not _only_asks(w)], is_title) for way in ways)]
    told = (" ".join(way) for way in ways)
    return tuple(way for way in dict.fromkeys(told) if way and way != text)


def only_asks(text: str) -> bool:
    """Whether no word of a text names anything: `있어?`, `좀 알려줘`."""
    return all(_only_asks(word) for typed in text.split() if (word := typed.strip(MARKS)))


def without_ahead(text: str) -> str:
    """A text without days to come: `LG전자 다음 주`; the text itself if it names none."""
    said, ahead = text.split(), words(_FILE, "ahead", "words")
    for size in (2, 1):
        for first in range(len(said) - size + 1):
            if "".join(said[first : first + size]).strip(MARKS).lower() in ahead:
                return " ".join((*said[:first], *said[first + size :]))
    return text


def is_english_question(text: str) -> bool:
    """Whether a message is a question in English: `Who is the CEO of LG Electronics?`."""
    said = text.lower().split()
    return text.isascii() and len(said) > 2 and said[0] in words(_FILE, "english", "words")


def hours_in_digits(text: str) -> str:
    """Hours in words as digits: `아침 일곱 시` as `아침 7시`."""
    return _spoken_hour().sub(lambda match: _hour_words()[match[1]] + match[2], text)


@cache
def _hour_words() -> dict[str, str]:
    return {word: hour for hour in table(_FILE)["hours"] for word in words(_FILE, "hours", hour)}


@cache
def _spoken_hour() -> re.Pattern[str]:
    hours = "|".join(sorted(_hour_words(), key=len, reverse=True))
    (sign,) = words(_FILE, "clock", "sign")
    return re.compile(rf"({hours})\s*({sign})")


def _only_asks(word: str) -> bool:
    asking = {*words(_FILE, "asking", "words"), *words("questions.toml", "requests", "words")}
    return not asking.isdisjoint({word.lower(), _without_ending(word)})


def _without_ending(word: str) -> str:
    for ending in sorted(words(_FILE, "endings", "words"), key=len, reverse=True):
        if word.endswith(ending) and len(word) - len(ending) >= _LEAST:
            return word.removesuffix(ending)
    return word


def _title_last(way: Sequence[str], is_title: Callable[[str], bool]) -> list[str]:
    front = 0
    while front < len(way) and is_title(way[front]):
        front += 1
    return [*way[front:], *way[:front]]
