"""Houses spoken of by their kind alone: 협회는, 공사의, in a group's news 백화점에서는."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import cache

from briefing.extract.document import CompanyMention
from briefing.korean.lexicon import trie_branches, words
from briefing.korean.wordlists import affixes, listed
from briefing.model import Span

_GROUPS = affixes("firms.affiliates.groups")
_WORDS_TOO = listed("firms.affiliates.words_too")
# What a clause opens behind: a sentence, a comma, 올랐고.
_OPENS = re.compile(r"(?:^|[.!?\n”\"’,·;…]\s?|[고며]\s|[가-힣]면서\s)$")
_OPENING = 6


def houses_by_kind(text: str, found: Sequence[CompanyMention]) -> Iterator[CompanyMention]:
    """협회는, 공사의: a house spoken of by its kind alone, the last one named that ends so.

    Where the text speaks of a group, 백화점에서는 and 카드는 mean its houses.
    """
    starts = [m.span.start for m in found]
    stems = {m.name[:2] for m in found if m.name.endswith(_GROUPS())}
    for match in _kind_spoken_of().finditer(text):
        at = bisect_left(starts, match.start())
        kind = match.group(1)
        house = next(
            (m for m in reversed(found[max(0, at - 12) : at]) if m.name.endswith(kind) and m.name != kind),
            None,
        )
        of_group = house is not None and house.name[:2] in stems and _alone(text, match, kind)
        if house is not None and (kind in _anywhere() or of_group):
            yield CompanyMention(Span(*match.span(1)), house.name, match.group(2))


def _alone(text: str, match: re.Match[str], kind: str) -> bool:
    """True for a kind that opens a clause; what is a word too only where something is: 화재에서는."""
    at = match.start()
    where = match.group(2) in {"에서는", "에선"}
    return _OPENS.search(text, max(0, at - _OPENING), at) is not None and (where or kind not in _WORDS_TOO())


@cache
def _anywhere() -> frozenset[str]:
    return frozenset(words("organisations.toml", "spoken_of"))


@cache
def _kind_spoken_of() -> re.Pattern[str]:
    spoken_of = {*_anywhere(), *words("firms.toml", "affiliates", "kinds")}
    kinds = trie_branches(sorted(spoken_of), not_behind="[가-힣A-Za-z0-9]")
    return re.compile(rf"({kinds})(은|는|이|가|의|에서는|에선|도)(?=\s)")
