"""Places by name: countries, cities, regions and venues. Data: places.toml."""

from __future__ import annotations

import re

from briefing.korean.wordlists import affixes, listed, worded

# What may stand around the place of a visit in its phrase, and is no part of its name.
AROUND = " ,‘’'의"
_ABROAD = worded(r"{places.countries+places.cities}")
_ALL = listed("places.countries+places.cities+places.domestic")
_NO_NAMES = listed("places.countries+places.cities+places.domestic+places.vague")
_NO_EMPLOYERS = listed("places.countries+places.cities+places.vague")
_INLAND = listed("places.domestic+places.counties")
_VENUES = affixes("places.venues")
_AREAS = affixes("places.venues+places.areas")
_DIVISION = worded(r"{places.divisions}$")


def bare_phrase(phrase: str, marks: str = AROUND) -> str:
    """A phrase without the marks around it.

    Args:
        phrase: As the text has it.
        marks: Characters; 의 among them is the particle left over from the word before (의 공장) or with a
            space behind it (독일대사의 ), never a syllable of a word (의정부 공장, 임원 회의).
    """
    plain = marks.replace("의", "")
    whole, phrase = phrase.lstrip(plain), phrase.strip(plain)
    if "의" in marks and len(phrase) < len(whole):
        phrase = phrase.removesuffix("의").rstrip(plain)
    while "의" in marks and phrase.startswith("의") and phrase[1:2] in plain:
        phrase = phrase[1:].lstrip(plain)
    return phrase


def abroad() -> re.Pattern[str]:
    """Finds countries and foreign cities."""
    return _ABROAD()


def all_places() -> frozenset[str]:
    """Countries, cities, and places in Korea."""
    return _ALL()


def no_names() -> frozenset[str]:
    """Places, and words for no certain place: 도 or 은 behind them is a particle, no part of a name."""
    return _NO_NAMES()


def place_names() -> frozenset[str]:
    """Countries, cities, and words for no certain place; beside a name they are no company."""
    return _NO_EMPLOYERS()


def venues() -> tuple[str, ...]:
    """What the name of a venue ends in."""
    return _VENUES()


def is_region(word: str) -> bool:
    """True for a place inside Korea, also a county (구례, 전남)."""
    bare = _DIVISION().sub("", word)
    return bool({word, bare} & _INLAND())


def is_area(word: str) -> bool:
    """True for a word that is a place or ends like an area or a venue (평택 일대, 서울 시내)."""
    return is_place(word) or word.endswith(_AREAS())


def is_place(word: str) -> bool:
    """True for a place, its administrative ending left out (경기도, 수원시)."""
    return word in all_places() or _DIVISION().sub("", word) in all_places()
