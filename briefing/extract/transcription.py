"""Words of other languages in Hangul: vocabulary of names, syllable statistics, Chinese and Vietnamese forms.

The statistics compare how often a syllable stands in transcribed names with how often it stands in words of
Korean business life, both counted from the data files when first needed.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache

from briefing.korean.lexicon import table, words
from briefing.korean.wordlists import listed

_INITIALS = listed("foreign_names.initials")
_HANGUL = re.compile(r"[가-힣]+")
_HYPHENED = re.compile(r"[가-힣\-]*")
# Mandarin ao and ou, written with two syllables (타오, 러우); Korean names have them hardly ever.
_DIPHTHONG = re.compile(r"[바파마다타나라가카하자차샤야랴사짜싸]오|[러저처더터거커허]우")
_FILE = "foreign_names.toml"
# A transcribed word is hardly ever longer.
LONGEST = 8
# Added to every syllable's count, so that unseen ones say little.
_SMOOTHING = 0.5
_UNSEEN = 400
# Tables of Korean words to compare with; a syllable counts once for each word it stands in.
_KOREAN = (
    *(("organisations.toml", k) for k in ("enterprise", "generic", "common_first", "state", "business")),
    *(("organisations.toml", k) for k in ("public", "civic")),
    *(("titles.toml", k, "words") for k in ("executive", "staff", "other")),
    *(("surnames.toml", k) for k in ("one", "given", "no_names")),
    ("places.toml", "domestic"),
)


# Japanese names as many write them against the rules: 쿠로다 for 구로다, 마츠다 for 마쓰다.
_FREELY = str.maketrans("가기구게고다데도지", "카키쿠케코타테토치")


def _column(kind: str) -> Iterator[str]:
    """All given or family names of the languages in [names]."""
    for language, columns in table(_FILE)["names"].items():
        if kind not in columns:
            continue
        for word in words(_FILE, "names", language, kind):
            yield word
            if language == "japanese":
                yield word[0].translate(_FREELY) + word[1:].replace("쓰", "츠")


@cache
def _japanese_names(kind: str) -> frozenset[str]:
    listed = words(_FILE, "names", "japanese", kind)
    freely = (w[0].translate(_FREELY) + w[1:].replace("쓰", "츠") for w in listed)
    return frozenset((*listed, *freely))


@cache
def doubtful() -> frozenset[str]:
    """Parts of foreign names that are Korean words or names too."""
    return frozenset(words(_FILE, "doubtful"))


@cache
def given_names() -> frozenset[str]:
    """Given names, doubtful ones included."""
    return frozenset(_column("given"))


@cache
def family_names() -> frozenset[str]:
    """Family names, doubtful ones included."""
    return frozenset(_column("family"))


@cache
def foreign_given() -> frozenset[str]:
    """Words that certainly begin a foreign name: given names, and family names of Japanese."""
    return (given_names() | _japanese_names("family")) - doubtful()


@cache
def _japanese() -> frozenset[str]:
    return _japanese_names("family") - frozenset(_column("given"))


def is_japanese(word: str) -> bool:
    """True for a family name of Japanese: one given name follows, nothing else."""
    return word in _japanese()


@cache
def japanese_given() -> frozenset[str]:
    """Given names of Japanese that are nothing else."""
    return _japanese_names("given") - doubtful() - family_names()


@cache
def closing_names() -> frozenset[str]:
    """Words that certainly end a foreign name: family names, and given names of Japanese."""
    return (family_names() | _japanese_names("given")) - doubtful()


@cache
def first_names() -> frozenset[str]:
    """Given names that are no family names."""
    return given_names() - family_names()


def is_initial(text: str) -> bool:
    """True for a letter between names (J., 제이)."""
    return len(text) <= 2 and (text.endswith(".") or text in _INITIALS())


def is_hangul(text: str) -> bool:
    """True for a word in Hangul, hyphens or not (그뢰-하르텐)."""
    return _HYPHENED.fullmatch(text) is not None


@cache
def name_links() -> frozenset[str]:
    """Small words inside foreign names (폰, 데, 알)."""
    return frozenset(words(_FILE, "links"))


@cache
def _odds() -> Mapping[str, float]:
    """Log-odds of each syllable: how much more often it stands in transcribed names than in Korean words."""
    foreign = Counter(c for w in {*_column("given"), *_column("family")} for c in w)
    korean = Counter(c for keys in _KOREAN for w in words(*keys) for c in w if "가" <= c <= "힣")
    here, there = sum(foreign.values()) + _UNSEEN, sum(korean.values()) + _UNSEEN
    return {
        c: math.log((foreign[c] + _SMOOTHING) / here) - math.log((korean[c] + _SMOOTHING) / there)
        for c in foreign | korean
    }


@lru_cache(maxsize=20_000)
def foreignness(word: str) -> float:
    """How much a word reads like a transcription: above 0 more like one, below 0 more like a Korean word."""
    if not _HANGUL.fullmatch(word):
        return -9.0
    odds = _odds()
    return sum(odds.get(c, 0.0) for c in word) / len(word)


def looks_foreign(word: str) -> bool:
    """True for a word that reads like a transcription (베버, 겔싱어)."""
    if len(word) > LONGEST or not _HANGUL.fullmatch(word):
        return False
    return word in foreign_given() or foreignness(word) > 0


@cache
def _chinese_families() -> tuple[str, ...]:
    return tuple(sorted(words(_FILE, "chinese", "family"), key=len, reverse=True))


@cache
def _mandarin() -> frozenset[str]:
    return frozenset(words(_FILE, "chinese", "syllables"))


@cache
def _telling() -> frozenset[str]:
    return frozenset(str(table(_FILE)["chinese"]["telling"]))


@lru_cache(maxsize=20_000)
def looks_chinese(word: str) -> bool:
    """True for a Mandarin family name and one or two more syllables of Mandarin (천쉐화)."""
    if not 2 <= len(word) <= 6 or not _HANGUL.fullmatch(word):
        return False
    if not any(c in _telling() for c in word) and not _DIPHTHONG.search(word):
        return False
    return any(
        _in_mandarin(word[len(family) :], 2) for family in _chinese_families() if word.startswith(family)
    )


def _in_mandarin(rest: str, most: int) -> bool:
    """True for one to `most` syllables of Mandarin, each written with one to three of Hangul."""
    if not rest or not most:
        return False
    if rest in _mandarin():
        return True
    return any(rest[:n] in _mandarin() and _in_mandarin(rest[n:], most - 1) for n in (1, 2))


@cache
def _vietnamese(part: str) -> frozenset[str]:
    return frozenset(words(_FILE, "vietnamese", part))


def is_vietnamese_family(word: str) -> bool:
    """True for a family name of Vietnamese (응우옌)."""
    return word in _vietnamese("family")


def is_vietnamese(parts: Sequence[str]) -> bool:
    """True for a Vietnamese name of two to four words, family name first (응우옌 반 득)."""
    return (
        2 <= len(parts) <= 4
        and parts[0] in _vietnamese("family")
        and all(p in _vietnamese("given") for p in parts[1:])
        and (len(parts) > 2 or any(foreignness(p) > 0 for p in parts))
    )
