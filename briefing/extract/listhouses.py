"""Houses that a group's list names in brackets behind its people: 김도윤(누리켐), 이하늘(누리켐 대표이사).

Such a house often has no ending of an enterprise. The brackets of one list are of one kind: where others hold
companies, a word that comes back, or that begins like them, is one too, unless it names a field of work.
"""

from __future__ import annotations

import re
from collections import Counter

from briefing.extract.listentries import FIELD
from briefing.extract.listgrammar import is_neutral, is_title_word, is_unit_word, kind_in
from briefing.extract.listwords import Lexis
from briefing.extract.places import all_places
from briefing.korean.wordlists import affixes, listed

_NOTE = re.compile(
    r"(?<=[가-힣A-Za-z])\s?[(（](?:이상\s)?([가-힣A-Za-z][가-힣A-Za-z0-9&]{1,14})[^()（）\n]{0,30}[)）]"
)
# Branches of business, which are parts of a company: 하도윤(반도체).
_TRADES = listed("contexts.bodies.business+contexts.posts.functions")
# What groups and the companies that hold them end in.
group_endings = affixes("lists.units.groups")
# So much of a text is looked at.
_LOOKED_AT = 20_000
# A word that comes back so often beside companies is one.
_OFTEN = 2
# Syllables that the names of a group's houses share.
_SHARED = 2


def noted_houses(text: str, group: str | None, lexis: Lexis) -> dict[str, str]:
    """Words that name houses by what stands in the brackets of a group's list; empty for other lists."""
    if group is None or not group.endswith(group_endings()):
        return {}
    found = Counter(match.group(1) for match in _NOTE.finditer(text, 0, _LOOKED_AT))
    known = {word for word in found if lexis.company(word) is not None}
    beside = sum(found[word] for word in known)
    stem = group[:_SHARED]
    shared = any(word.startswith(stem) for word in known)
    return {
        word: word
        for word in found.keys() - known
        if _may_be(word)
        and (
            (word.startswith(stem) and (shared or found[word] >= _OFTEN))
            or (min(found[word], beside) >= _OFTEN and FIELD().search(word) is None and word not in _TRADES())
        )
    }


def _may_be(word: str) -> bool:
    """True for a word that is neither post, unit, place nor what happened."""
    said = is_title_word(word) or is_unit_word(word) or is_neutral(word) or kind_in(word) is not None
    return not said and word not in all_places()
