"""What one text shows about a word by the way it uses it elsewhere: somebody's name, or a house.

에 and 에서 stand behind houses and places, never behind people; 씨 and 에게 only behind people; a kind of
enterprise before a word (`통신사 오르바의`) or 코리아 behind it makes a house.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, cached_property

from briefing.extract.names import SHAPED, shape
from briefing.korean.lexicon import trie_pattern, words
from briefing.korean.wordlists import affixes, worded

_W = r"(?P<w>[가-힣A-Za-z0-9&]{2,12}?)"
# The word that ends at an offset, as far as _LONGEST; longer ones are none.
_LAST_RUN = re.compile(r"[가-힣A-Za-z0-9&]+\Z")
_LONGEST = 12
_FREE = r"(?<![가-힣A-Za-z0-9&])"


class _Sign:
    """What stands behind a word; without that, which is found quickly, the text is not searched for words."""

    def __init__(self, behind: str, between: str = "") -> None:
        self._behind = worded(behind)
        self._whole = worded(_FREE + _W + between + behind) if between else None

    def words(self, text: str) -> list[str]:
        """The words of a text that it stands behind."""
        sign = self._behind().search(text)
        if sign is None:
            return []
        if self._whole is not None:
            return [m["w"] for m in self._whole().finditer(text)]
        found: list[str] = []
        done = 0  # behind the last sign taken
        start = -1  # of the last word taken
        while sign is not None:
            at = sign.start()
            before = _LAST_RUN.search(text, max(0, at - _LONGEST - 1), at)
            if before is not None and 1 < at - before.start() <= _LONGEST and done <= before.start() != start:
                start, done = before.start(), sign.end()
                found.append(before.group())
            sign = self._behind().search(text, at + 1)
        return found


_LOCATED = _Sign(r"(?:에서는|에서도|에서|에는|에도|에|로부터)(?![가-힣])")
_COMPOUND = _Sign(r"(?:{firms.branches}|\s{firms.behind})")
_OWNING = _Sign(r"의\s(?:공동\s?)?{firms.owned}", r"(?:\([^()\n]{1,24}\))?")
_CHIEF = _Sign(r"\((?:공동|각자)?{firms.chiefs}\s[가-힣]")
_CALLED = _Sign(r"(?:{people.courtesy}|에게|께서|에겐)(?![가-힣]{2})", r"\s?")


# A word that bears a title alone, where a phrase begins (벨만 사장은), or that begins a sentence (벨만은).
# What may stand in front is one set of characters, told apart behind it: `re` skips quickly to a set.
_BEARS = worded(
    r"[.”\"“(,\n은는의](?:(?<![은는의])\s?|\s)"
    r"(?:(?P<w>[가-힣]{2,6})\s{titles.bearing.words}"
    r"|(?:(?<=[.”\"\n])|(?<=[.”\"\n]\s))(?P<t>[가-힣]{2,6}?)(?:은|는|이|가)\s)"
)


_BODY = worded(r"[가-힣]{4,16}{organisations.abbreviated}(?![가-힣]{2})")
_SHORT_ENDS = affixes("organisations.short_ends")
_HEADED = worded(r"(?<![가-힣])(?P<w>[가-힣]{3,4})\s{titles.bearing.words}")
# 한경련 of …연합회: a syllable that opens a word without its ㄹ (두음법칙, 한글 맞춤법 제11항).
_OPENING = {"련": "연", "로": "노", "률": "율", "력": "역", "림": "임", "량": "양"}


def _abbreviates(word: str, body: str) -> bool:
    """True for first syllables of the parts of a body's name, in order."""
    at = 0
    for n, syllable in enumerate(word):
        found = [k for s in (syllable, _OPENING.get(syllable)) if s and (k := body.find(s, at)) >= 0]
        if not found or (n == 0 and min(found)):
            return False
        at = min(found) + 1
    return True


@cache
def _introduced() -> re.Pattern[str]:
    kinds = trie_pattern(words("firms.toml", "kinds"))
    return re.compile(
        rf"(?:{kinds})(?:인|이자)?\s['‘“]?{_W}['’”]?(?:\([^()\n]{{1,30}}\))?(?:의|은|는|이|가|을|를|과|와|도|로)(?=[\s,])"
    )


class Usage:
    """How the words of one article are used, headline and body together; looked at when first asked."""

    def __init__(self, texts: Sequence[str]) -> None:
        self._texts = texts

    @cached_property
    def houses(self) -> frozenset[str]:
        """Words that the text uses as a house or place."""
        signs = (_LOCATED, _COMPOUND, _OWNING, _CHIEF)
        shown = {word for sign in signs for text in self._texts for word in sign.words(text)}
        shown |= self._abbreviated()
        return frozenset(shown | {m["w"] for text in self._texts for m in _introduced().finditer(text)})

    def _abbreviated(self) -> set[str]:
        """Words with a head's title that abbreviate a body of the text: 한경련 회장, 한국경제인연합회."""
        bodies = {m.group() for text in self._texts for m in _BODY().finditer(text)}
        short = (m["w"] for text in self._texts for m in _HEADED().finditer(text)) if bodies else ()
        likely = {w for w in short if shape(w) < SHAPED or w.endswith(_SHORT_ENDS())}
        return {word for word in likely if any(_abbreviates(word, body) for body in bodies)}

    @cached_property
    def called(self) -> frozenset[str]:
        """Words that the text uses as somebody's name."""
        return frozenset(word for text in self._texts for word in _CALLED.words(text))

    @cached_property
    def bearers(self) -> frozenset[str]:
        """Words that a title follows, or that a sentence is about, and that are no houses."""
        lines = [f"\n{text}" for text in self._texts]  # a text begins as its lines do
        found = {m["w"] or m["t"] for line in lines for m in _BEARS().finditer(line)}
        return frozenset(found - self.houses)
