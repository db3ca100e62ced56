r"""Patterns and lists whose words are data: `worded(r"을\s{firms.led}\s$")`.

Code says how words stand together, `briefing/data` which words they are. A list is named by its file and
its keys: `{firms.led}` is `led` of firms.toml, `{moves.seats.vacant}` is `vacant` of its table `seats`, and
`+` joins lists. In data `_` joins what is written apart. Nothing is read before it is asked for;
`check_wordlists` asks for everything, so that a missing or empty list is told at load and not in the middle
of a day.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from typing import TypeVar

from briefing.errors import DataError
from briefing.korean.lexicon import trie_branches, words

T = TypeVar("T")

_LIST = re.compile(r"\{((?:[a-z_]+(?:\.[a-z_]+)+\+?)+)\}")
# A list that is an alternative by itself: without a group around them `re` sees with which characters its
# words begin, and skips to those.
_ALTERNATIVE = re.compile(rf"(?:(?<![^|])|(?<=\(\?:)){_LIST.pattern}(?=$|[|)])")
_loaded: list[Callable[[], object]] = []


def _at_load(read: Callable[[], T]) -> Callable[[], T]:
    once = cache(read)
    _loaded.append(once)
    return once


def _entries(path: str) -> tuple[str, ...]:
    found: list[str] = []
    for one in path.split("+"):
        file, *keys = one.split(".")
        entries = words(f"{file}.toml", *keys)
        if not entries:
            raise DataError(f"briefing/data/{file}.toml", f"`{'.'.join(keys)}` is empty; give it a word")
        found += entries
    return tuple(found)


def any_of(path: str) -> str:
    """A regular expression for any word of a list, the longest first; `_` is a space or none.

    Raises:
        DataError: there is no such list, or it is empty.
    """
    return f"(?:{_branches(path)})"


def _branches(path: str) -> str:
    return trie_branches(_entries(path)).replace("_", r"\s?")


def worded(template: str, flags: int = 0) -> Callable[[], re.Pattern[str]]:
    """A pattern with lists of data in braces, compiled when first called."""

    def read() -> re.Pattern[str]:
        pattern = _ALTERNATIVE.sub(lambda m: _branches(m[1]), template)
        return re.compile(_LIST.sub(lambda m: any_of(m[1]), pattern), flags)

    return _at_load(read)


def listed(path: str) -> Callable[[], frozenset[str]]:
    """The words of a list as a set; `_` is a space."""
    return _at_load(lambda: frozenset(word.replace("_", " ") for word in _entries(path)))


def affixes(path: str) -> Callable[[], tuple[str, ...]]:
    """The words of a list in order, for `startswith` and `endswith`; `_` is a space."""
    return _at_load(lambda: tuple(word.replace("_", " ") for word in _entries(path)))


def check_wordlists() -> None:
    """Reads all lists and compiles all patterns of the modules imported so far.

    Raises:
        DataError: a list is missing or empty.
    """
    for read in _loaded:
        read()
