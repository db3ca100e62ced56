"""The vocabulary of published lists of appointments: marks, arrows, ranks, and what headings say happened."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from briefing.extract.names import shape
from briefing.extract.titles import COURTESY, kinds, title_kind
from briefing.korean.lexicon import table, trie_pattern, words
from briefing.korean.wordlists import listed, worded

PROMOTED, APPOINTED, RETAINED, DEPARTED = "promoted", "appointed", "retained", "departed"
COUNT = re.compile(r"[(（]?\s?(?:총|이상|계)?\s?\d{1,6}\s?(?:명|인|건)\s?[)）]?")
DATES = re.compile(
    r"[(（]?\s?(?:'?\d{2,4}\s?년\s?)?\d{1,2}\s?월\s?\d{1,2}\s?일\s?(?:자|부)?\s?[)）]?|[(（]?\d{4}\s?년(?:도)?[)）]?"
    r"|[(（]?\d{2,4}[./-]\d{1,2}[./-]\d{1,2}[.]?\s?(?:자|부)?[)）]?|[(（]?\d{1,2}일\s?(?:자|부)[)）]?"
)
BRACKETED = re.compile(r"[(（]([^()（）]*)[)）]")
NUMBERED = worded(
    r"(?:별정|전문|일반|특)?\d급(?:갑|을|가|나)?|\d직급(?:갑|을|가|나)?|[가나다]급|M\d|수석[ⅠⅡI]*|책임|{lists.roles.grades}"
)
# In lists every long word with such an ending is a post (인도권역장, 상품기획담당, 네트워크리더).
_POST_END = worded(r"[가-힣A-Za-z0-9&·/]{2,}(?:[가-힣]장|{lists.roles.endings})")
_POSTS = listed("lists.roles.alone")
# Words in 장 that are places and things.
_PLACES_IN_JANG = worded(r"{lists.roles.no_heads}$")
# A word that ends so is a part of an organisation.
_UNIT_END = worded(r"{lists.units.endings}$")
# A compound of these alone is vocabulary: 임원승진, 상무승진자, 본부장신규보임.
LONGEST_WORD = 24


# ---------------------------------------------------------------------- signs


@cache
def ditto() -> frozenset[str]:
    """Signs for "the same as above"."""
    return frozenset(str(table("lists.toml")["ditto"]).split())


@cache
def signs() -> dict[str, str]:
    """Chinese signs and what they stand for."""
    found: dict[str, str] = dict(table("lists.toml")["signs"])
    return found


@cache
def arrow() -> re.Pattern[str]:
    """Finds an arrow between old and new."""
    arrows = map(re.escape, str(table("lists.toml")["arrows"]).split())
    return re.compile("|".join(arrows) + r"|(?<=\s)任(?=\s)")


@cache
def back_arrow() -> re.Pattern[str]:
    """Finds an arrow between new and old."""
    arrows = map(re.escape, str(table("lists.toml")["back_arrows"]).split())
    return re.compile("|".join(arrows))


# ---------------------------------------------------------------------- words


@cache
def ranks() -> frozenset[str]:
    """Ranks of data/lists.toml: what somebody is, not what they do."""
    return frozenset(words("lists.toml", "roles", "ranks"))


@cache
def deputies() -> frozenset[str]:
    """Words that belong to a post without being one (직무대행, 겸)."""
    return frozenset(words("lists.toml", "roles", "deputy"))


@cache
def _kind_of() -> dict[str, str]:
    kind_of: dict[str, str] = {}
    for kind in (RETAINED, DEPARTED, PROMOTED, APPOINTED):
        for word in words("lists.toml", "kinds", kind):
            kind_of.setdefault(word, kind)
    return kind_of


@cache
def kind_pattern() -> re.Pattern[str]:
    """Finds words of what happened."""
    return re.compile(trie_pattern(_kind_of()))


@cache
def _neutral() -> frozenset[str]:
    return frozenset(words("lists.toml", "kinds", "neutral"))


def is_neutral(word: str) -> bool:
    """True for a word of headings that says nothing about what happened (정기, 임원)."""
    return word in _neutral()


def kind_in(text: str) -> str | None:
    """What a heading or a note says happened (승진 -> promoted), or None."""
    plain = text.replace(" ", "")
    found = [_kind_of()[m.group()] for m in kind_pattern().finditer(plain)]
    for kind in (RETAINED, DEPARTED, PROMOTED):
        if kind in found:
            return kind
    return found[0] if found else None


def kind_word(word: str) -> str | None:
    """The kind of a word that says only what happened (전보, 신규선임), or None."""
    return _kind_of().get(word)


def heading_words() -> frozenset[str]:
    """All words that say what happened, to whom, or nothing."""
    return frozenset({*_kind_of(), *kinds(), *ranks(), *_neutral()})


@lru_cache(maxsize=20_000)
def is_rank(word: str) -> bool:
    """True for a word that is a title or a grade as it stands (부사장, 본부장, 1급)."""
    return (word in kinds() and word not in COURTESY()) or word in ranks() or bool(NUMBERED().fullmatch(word))


@lru_cache(maxsize=20_000)
def is_title_word(word: str) -> bool:
    """True for a word that is or ends in a title, or a numbered grade."""
    bare = word.partition("(")[0]
    if not bare or len(bare) > 40:
        return False
    if bare in ranks() or bare in _POSTS():
        return True
    if _PLACES_IN_JANG().search(bare):
        return False
    if title_kind(bare) is not None:
        return True
    return bool(NUMBERED().fullmatch(bare) or _POST_END().fullmatch(bare))


@lru_cache(maxsize=20_000)
def is_unit_word(word: str) -> bool:
    """True for a word that ends like a part of an organisation (여신관리그룹, 향남공장)."""
    found = _UNIT_END().search(word)
    return found is not None and (len(word) > 2 or len(found.group()) > 1)


def rank_only(text: str) -> str | None:
    """The rank an item consists of (부사장, 상임 이사, 1급), or None."""
    plain = COUNT.sub(" ", text).strip(" :：()")
    compact = plain.replace(" ", "").removesuffix("급") if not NUMBERED().fullmatch(plain) else plain
    return plain if compact and is_rank(compact) else None


def glued_rank(word: str) -> str | None:
    """The rank glued to a name (전무문미경 -> 전무), or None."""
    if is_title_word(word):
        return None
    for cut in range(min(6, len(word) - 2), 1, -1):
        if is_rank(word[:cut]) and shape(word[cut:]) == 2 and len(word) - cut <= 4:
            return word[:cut]
    return None
