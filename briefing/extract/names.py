"""Is this word a person's name? Korean names by surname and syllables, foreign ones by given names."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache

from briefing.extract.places import is_place
from briefing.extract.transcription import foreign_given, foreignness, looks_chinese, looks_foreign
from briefing.korean.kiwi import Token
from briefing.korean.lexicon import table, words

__all__ = ["foreign_given", "is_surname", "looks_chinese", "looks_foreign", "score", "shape", "surname_of"]

# A word of unusual syllables that reads this much like a transcription is no sure Korean name.
FOREIGN = 0.4
# Names of this fluency are usual ones, see `fluency`.
USUAL = -10.0
# Syllables of most names, and what `shape` says of surname and given name.
WHOLE, SHAPED = 3, 2
# A word that ends so more likely names an organisation than a person if both are at hand.
ORGANISATION_ENDS = frozenset("대시군구도청원부사소회당단국실팀과관")
_DIVISIONS = frozenset("시군구")
_BRANCHES = ("시회", "도회", "지회", "지부", "분회")
_HANGUL = re.compile(r"[가-힣]+")


@cache
def _no_names() -> frozenset[str]:
    return frozenset(words("surnames.toml", "no_names"))


@cache
def _one() -> frozenset[str]:
    return frozenset(words("surnames.toml", "one"))


@cache
def _two() -> frozenset[str]:
    return frozenset(words("surnames.toml", "two"))


@cache
def _common() -> frozenset[str]:
    return frozenset(words("surnames.toml", "common"))


@cache
def _given() -> frozenset[str]:
    return frozenset(c for w in words("surnames.toml", "given") for c in w)


@lru_cache(maxsize=4_096)
def surname_of(name: str) -> str | None:
    """The surname a Korean name begins with, or None."""
    if len(name) >= 3 and name[:2] in _two():
        return name[:2]
    return name[0] if name and name[0] in _one() else None


@lru_cache(maxsize=20_000)
def family_names(name: str) -> frozenset[str]:
    """What somebody may be called by before a title: 조 of 조주완, 마르쿠스 and 베버 of 마르쿠스 베버."""
    if " " in name:
        return frozenset(name.split())
    found = {name[:n] for n in range(1, len(name) + 1)} if looks_chinese(name) else set()
    if surname := surname_of(name):
        found.add(surname)
    if 0 < len(name) <= 3:
        found.add(name[0])
    return frozenset(found)


def is_surname(word: str) -> bool:
    """True for a surname alone (조, 남궁)."""
    return word in _one() or word in _two()


def is_common_surname(word: str) -> bool:
    """True for a surname that many bear."""
    return word in _common()


@cache
def _whole_given() -> frozenset[str]:
    return frozenset(words("surnames.toml", "whole_given"))


@cache
def _hanja() -> frozenset[str]:
    return frozenset(str(table("surnames.toml")["hanja"]))


@cache
def _ranks(key: str) -> Mapping[str, int]:
    """Places of syllables in a list by frequency."""
    listed = "".join(words("surnames.toml", key))
    return {c: n for n, c in reversed(list(enumerate(listed, 1)))}


# Rank of a syllable that no list has.
_UNLISTED = 200
RARE = -12.5  # names of lower fluency may be companies as well


@lru_cache(maxsize=4_096)
def fluency(word: str) -> float:
    """How usual the syllables of a Korean name are: about -9 for most names, -13 and less for other words."""
    surname = surname_of(word)
    if surname is None or len(word) <= len(surname):
        return -3 * math.log(_UNLISTED)
    given = word[len(surname) :]
    ranks = (
        _ranks("common").get(surname, _UNLISTED),
        _ranks("first").get(given[0], _UNLISTED),
        _ranks("last").get(given[-1], _UNLISTED),
    )
    return -sum(math.log(r) for r in ranks)


def in_hanja(word: str) -> bool:
    """True for a name in Chinese characters (朴泰秀)."""
    return 2 <= len(word) <= 4 and all("一" <= c <= "鿿" for c in word) and word[0] in _hanja()


def is_whole_given(word: str) -> bool:
    """True for a given name that is a word (이슬, 노을)."""
    return word in _whole_given()


def has_whole_given(word: str) -> bool:
    """True for a usual surname with a given name that is a word (서가을, 노이든)."""
    surname = surname_of(word)
    if surname is None:
        return False
    known = surname in _common() or len(surname) == 2
    return known and word[len(surname) :] in _whole_given()


@lru_cache(maxsize=50_000)
def shape(word: str) -> int:
    """How far a word has the shape of a Korean name, without looking at its context.

    Returns:
        0 no; 1 unusual (rare surname, odd syllables or length); 2 usual.
    """
    if not 2 <= len(word) <= 5 or not _HANGUL.fullmatch(word) or word in _no_names():
        return 0
    surname = surname_of(word)
    if surname is None or (len(word) == 2 and word[1] == "모"):
        return 0  # 김모 씨: somebody whose name is kept back
    if word[-1] in _DIVISIONS and is_place(word):
        return 0  # 고양시 한 아파트 대표
    if word[-1] == "행" and is_place(word[:-1]):
        return 0  # 회장 인도행
    if word.endswith(_BRANCHES) and is_place(word[:-2]):
        return 0  # 협회 서울시회 회장
    rest = word[len(surname) :]
    if len(surname) == 2:
        if len(rest) > 2:
            return 0
        return 2 if all(c in _given() for c in rest) else 1
    if len(rest) > 1 and has_whole_given(word):
        return 2
    if len(rest) > 3:
        return 0
    if len(rest) == 3:
        return 1 if surname in _common() else 0
    if surname not in _common() or not all(c in _given() for c in rest):
        return 1
    return 2


def score(word: str, start: int, tokens: Mapping[int, Token]) -> int:
    """How likely a word at `start` is a Korean name: 0 no, 1 only with support, 2 likely, 3 sure."""
    if in_hanja(word):
        return 3 if len(word) > 2 else 2
    form = shape(word)
    if word in foreign_given() and not has_whole_given(word):
        return 0
    if not form:
        return 0
    parts: list[Token] = []
    at, end = start, start + len(word)
    while at < end:
        token = tokens.get(at)
        if token is None or token.end <= at:
            break
        parts.append(token)
        at = token.end
    if not parts or at > end:
        return form if len(word) >= 3 else 0
    whole = len(parts) == 1
    if has_whole_given(word) and not is_word(parts[0]):
        return 3
    return _whole(word, form, parts[0]) if whole else _pieces(word, form, parts)


def is_word(token: Token) -> bool:
    """True for a noun or verb of the dictionary, longer than a syllable."""
    return token.known and token.tag in {"NNG", "VV"} and token.end - token.start > 1


def _whole(word: str, form: int, token: Token) -> int:
    """Credibility of a word that is one morpheme."""
    two = surname_of(word) in _two()
    if token.tag != "NNP" and (token.known or token.tag != "NNG"):
        return 0
    if len(word) == 4 and not two and (token.known or word.endswith("이")):
        return 0  # 이석준이: a name and its particle
    if len(word) == 3 or two:
        if form == 2:
            return 3
        return 1 if foreignness(word) > FOREIGN else 2
    return 2 if len(word) == 2 and form == 2 else 1


def _pieces(word: str, form: int, parts: Sequence[Token]) -> int:
    """Credibility of a word that the analyzer took apart: unknown names look so too."""
    first, rest = parts[0], parts[1:]
    two = surname_of(word) in _two()
    if first.tag == "XPN" and any(t.known and t.end - t.start > 1 for t in rest):
        return 0  # 최연소, 신사업
    if first.tag in _DETERMINERS and any(len(t.form) > 1 and t.tag[0] == "N" and t.known for t in rest):
        # 이광주: a place behind what is no word of its own where nothing parts them
        return int(form == 2 and (is_place(rest[0].form) or rest[0].form not in _no_names()))
    if first.tag == "NNG" and first.known and rest[-1].tag == "XSN" and word[-1] == "상":
        return 0  # 상법상 이사
    # 임원|인: what somebody is
    ending = any(t.tag[0] in "JE" for t in rest) or rest[-1].tag in {"XSV", "XSA", "VCP"}
    plain = len(word) == 3 and form == 2 and not ending and word[-1] not in ORGANISATION_ENDS
    if plain and fluency(word) >= USUAL and first.form not in _no_names():
        return 2  # 김종|수, 성|상환
    if len(word) == 4 and not two:
        return int(all(t.tag == "NNP" for t in rest))
    if first.end - first.start >= 2 and first.tag in _WORDS and not two:
        # 경제부, 서울시: a known word and something behind it; 오세란, 편도일 look the same
        if word[-1] in ORGANISATION_ENDS:
            return int(form == 2 and rest[-1].tag in _NAME_ENDS)
        return int(form == 2 or (len(word) == 3 and rest[-1].tag in {"NNG", "NNP"}))
    if len(word) == 2:
        if first.tag == "MM" and fluency(word) < USUAL:
            return 0  # 양|사; 이|철 is a name, as a determiner stands apart from what it determines
        return int(form == 2 and parts[-1].tag[0] not in "EX" and first.tag not in {"NP", "XPN"})
    if any(t.tag[0] in "JE" and len(t.form) > 1 for t in rest) or rest[-1].tag in {"XSV", "XSA"}:
        return 0
    if any(len(t.form) > 1 and t.tag == "NNG" for t in rest) and first.tag != "NNP":
        return 1
    return form


_DETERMINERS = frozenset({"MM", "NP", "XPN", "MAG", "NR"})
_WORDS = frozenset({"NNG", "MAG", "VV", "VA", "NNP", "NR"})
_NAME_ENDS = frozenset({"NNG", "NNP", "JX", "NNB", "JC", "ETM", "EC", "NR"})
