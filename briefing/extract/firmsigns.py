"""Patterns that show a word to be a company's name: 로봇 업체 …, a stock code, ㈜, its board, its shares.

The words are in data/firms.toml.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from briefing.extract.particles import MARKED
from briefing.korean.lexicon import trie_pattern, words

# Signs that together make a company: one strong one, or two weak ones.
ENOUGH = 2
# ㈜ before a word leaves no doubt, though the dictionary knows the word (㈜한결).
LEGAL = 4
# A word that may be a company's name, and where none may begin.
WORD = r"(?:㈜|\(주\))?(?P<w>[가-힣A-Za-z0-9][가-힣A-Za-z0-9&.\-]{1,19}?)"
FREE = r"(?<![가-힣A-Za-z0-9])"
CHIEF_OFFICERS = r"최고[가-힣]{2,8}책임자|C[A-Z]{1,3}O"
_BRACKET = r"(?:\([^()\n]{1,30}\))?"
_PARTICLE = "은|는|이|가|을|를|의|와|과|도|로|으로|에서|에서는|에|에는|측"
_END = r"(?![가-힣A-Za-z0-9&\-])"


def any_of(key: str) -> str:
    """A pattern for the words of a list of data/firms.toml."""
    return trie_pattern(words("firms.toml", key))


@cache
def _introduction() -> re.Pattern[str]:
    """What all patterns of `_introduced` begin with: 로봇 업체 …, 모회사인 …"""
    return re.compile(rf"(?:{any_of('kinds')})(?:인|이자)?\s")


@cache
def _introduced() -> tuple[tuple[re.Pattern[str], int], ...]:
    """Patterns that introduce a word by the kind of firm it is, with their weights."""
    quoted = rf"['‘]?{WORD}['’]?"
    kinds, chiefs = any_of("kinds"), rf"{any_of('chiefs')}|{CHIEF_OFFICERS}"
    patterns = (
        (rf"(?:{kinds})(?:인|이자)?\s{quoted}{_BRACKET}{MARKED}", 2),
        (rf"(?:{kinds})(?:인|이자)\s{WORD}(?=의?\s(?:{chiefs})(?:로|으로|에|직|자리))", 2),
        (
            rf"(?:{kinds})(?:인|이자)?\s(?P<w>[가-힣A-Za-z0-9&]{{5,19}})(?=\s(?:{chiefs})(?:로|으로|에|직|자리))",
            2,
        ),
        (rf"(?:{kinds})(?:인|이자)?\s{quoted}{_BRACKET}(?=의?\s{any_of('belongings')}(?![가-힣]{{3}}))", 2),
    )
    return tuple((re.compile(pattern), weight) for pattern, weight in patterns)


@cache
def _signs() -> tuple[tuple[re.Pattern[str], re.Pattern[str], int], ...]:
    """Other patterns that show a word to be a company: what they end in, the pattern, its weight.

    The first is looked for first, it is quick: nothing is found in a text without it.
    """
    quoted = rf"['‘]?{WORD}['’]?"
    chiefs, led = any_of("chiefs"), any_of("led")
    seats = any_of("board_seats")
    legal = r"㈜|\(주\)|주식회사"
    belongings = any_of("belongings")
    patterns = (
        (r"[을를]\s", rf"(?:을|를)\s(?:{any_of('runs')})\s{quoted}{_BRACKET}{MARKED}", 2),
        (rf"[을를]\s{led}\s[가-힣]", rf"{FREE}{WORD}(?=[을를]\s(?:{led})\s[가-힣])", 1),
        (
            rf"의\s{seats}",
            rf"{FREE}{WORD}의\s(?:{seats})(?=직|\s자리|로\s|에\s|를\s)",
            2,
        ),
        (rf"\({chiefs}\s[가-힣]", rf"{FREE}{WORD}\((?:{chiefs})\s[가-힣]", 3),
        (r"\)(?<=\d{6}\))", rf"{FREE}{WORD}\s?\((?:코스피|코스닥|유가증권)?[:\s]?\d{{6}}\)", 3),
        (
            legal,
            rf"(?<![가-힣A-Za-z0-9])(?:{legal})\s?(?P<w>[가-힣A-Za-z0-9][가-힣A-Za-z0-9&.\-]{{1,19}}?)(?=(?:{_PARTICLE})?{_END})",
            LEGAL,
        ),
        (
            legal,
            rf"{FREE}(?P<w>[가-힣A-Za-z0-9&.\-]{{2,20}})(?:㈜|\(주\)|\s?주식회사)(?![가-힣A-Za-z0-9])",
            3,
        ),
        (
            rf"\s{belongings}(?![가-힣]{{3}})",
            rf"{FREE}{quoted}{_BRACKET}의?\s(?:(?:정기|임시)\s)?(?:{belongings})(?![가-힣]{{3}})",
            1,
        ),
    )
    return tuple((re.compile(needed), re.compile(pattern), weight) for needed, pattern, weight in patterns)


def introductions(text: str) -> Iterator[tuple[re.Match[str], int]]:
    """What `finditer` of each pattern of `_introduced` finds; where they may begin is looked for once."""
    places: list[int] = []
    begins = _introduction().search(text)
    while begins is not None:
        places.append(begins.start())
        begins = _introduction().search(text, begins.start() + 1)
    for pattern, weight in _introduced() if places else ():
        done = 0
        for at in places:
            if at >= done and (match := pattern.match(text, at)) is not None:
                done = match.end()
                yield match, weight


def other_signs(text: str) -> Iterator[tuple[re.Match[str], int]]:
    """What the patterns of `_signs` find, with their weights."""
    holds: dict[re.Pattern[str], bool] = {}  # several patterns need the same
    for needed, pattern, weight in _signs():
        if needed not in holds:
            holds[needed] = needed.search(text) is not None
        if holds[needed]:
            yield from ((match, weight) for match in pattern.finditer(text))
