"""Houses spoken of by their kind alone: 협회는, 공사의, in a group's news 백화점에서는."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import cache

from briefing.extract.document import CompanyMention
from briefing.korean.lexicon import trie_branches, words
from briefing.korean.wordlists import affixes
from briefing.model import Span

_GROUPS = affixes("firms.affiliates.groups")


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
        if house is not None and (kind in _anywhere() or house.name[:2] in stems):
            yield CompanyMention(Span(*match.span(1)), house.name, match.group(2))


@cache
def _anywhere() -> frozenset[str]:
    return frozenset(words("organisations.toml", "spoken_of"))


@cache
def _kind_spoken_of() -> re.Pattern[str]:
    spoken_of = {*_anywhere(), *words("firms.toml", "affiliates", "kinds")}
    kinds = trie_branches(sorted(spoken_of), not_behind="[가-힣A-Za-z0-9]")
    return re.compile(rf"({kinds})(은|는|이|가|의|에서는|에선|도)(?=\s)")
