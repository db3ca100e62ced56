"""The word lists of briefing/data/grouping.toml, validated and ready for matching."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from briefing.errors import DataError

_FILE = "briefing/data/grouping.toml"
_LISTS = (
    "signing_ceremonies",
    "corrections",
    "common",
    "predicate_endings",
    "particles",
    "titles",
    "surnames",
    "not_names",
    "company_endings",
    "generic_occasions",
)


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What grouping knows of Korean.

    Attributes:
        common: Words too usual to recognise an event by.
        predicate_endings: Endings of words that carry no identity; longest first.
        particles: Josa to strip; longest first.
        titles: Ranks and posts that stand beside a name; longest first.
        surnames: Family names of one and two syllables.
        not_names: Words that look like full names and are none.
        company_endings: Endings that show a company's name; longest first.
        generic_occasions: What an occasion named before is called again.
        signing_ceremonies: Endings of ceremonies at which a deal is signed.
        corrections: Marks in the headline of an article that corrects an earlier one.
        occasions: Kind of event and the words it goes by.
    """

    common: frozenset[str]
    predicate_endings: tuple[str, ...]
    particles: tuple[str, ...]
    titles: tuple[str, ...]
    surnames: frozenset[str]
    not_names: frozenset[str]
    company_endings: tuple[str, ...]
    generic_occasions: frozenset[str]
    signing_ceremonies: tuple[str, ...]
    corrections: tuple[str, ...]
    occasions: tuple[tuple[str, tuple[str, ...]], ...]


@cache
def vocabulary() -> Vocabulary:
    """The shipped lists.

    Raises:
        DataError: A list is missing, empty or not text.
    """
    raw = tomllib.loads((files("briefing") / "data" / "grouping.toml").read_text(encoding="utf-8"))
    lists = {name: _words(raw.get(name), name) for name in _LISTS}
    occasions = raw.get("occasions")
    if not isinstance(occasions, dict) or not occasions:
        raise DataError(_FILE, "[occasions] must name at least one kind of event")
    return Vocabulary(
        common=frozenset(lists["common"]),
        predicate_endings=_longest_first(lists["predicate_endings"]),
        particles=_longest_first(lists["particles"]),
        titles=_longest_first(lists["titles"]),
        surnames=frozenset(lists["surnames"]),
        not_names=frozenset(lists["not_names"]),
        company_endings=_longest_first(lists["company_endings"]),
        generic_occasions=frozenset(lists["generic_occasions"]),
        signing_ceremonies=tuple(lists["signing_ceremonies"]),
        corrections=tuple(lists["corrections"]),
        occasions=tuple((kind, tuple(_words(words, kind))) for kind, words in occasions.items()),
    )


def _words(value: object, name: str) -> list[str]:
    if not isinstance(value, str) or not value.split():
        raise DataError(_FILE, f"'{name}' must be a text of words separated by spaces")
    return value.split()


def _longest_first(words: list[str]) -> tuple[str, ...]:
    return tuple(sorted(set(words), key=lambda word: (-len(word), word)))
