"""Is this word a person's name? Korean names by surname and syllables, foreign ones by given names."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache

from briefing.korean.kiwi import Token
from briefing.korean.lexicon import table, words

_HANGUL = re.compile(r"[가-힣]+")


@cache
def _no_names() -> frozenset[str]:
    return frozenset(words("surnames.toml", "no_names"))


@cache
def _mandarin() -> frozenset[str]:
    return frozenset(str(table("foreign_names.toml")["mandarin"]))


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


@cache
def foreign_given() -> frozenset[str]:
    """Given names of foreigners in Hangul."""
    return frozenset(words("foreign_names.toml", "given"))


@cache
def _foreign_syllables() -> frozenset[str]:
    return frozenset(str(table("foreign_names.toml")["syllables"]))


def surname_of(name: str) -> str | None:
    """The surname a Korean name begins with, or None."""
    if len(name) >= 3 and name[:2] in _two():
        return name[:2]
    return name[0] if name and name[0] in _one() else None


def is_surname(word: str) -> bool:
    """True for a surname alone (조, 남궁)."""
    return word in _one() or word in _two()


def shape(word: str) -> int:
    """How far a word has the shape of a Korean name, without looking at its context.

    Returns:
        0 no; 1 unusual (rare surname, odd syllables or length); 2 usual.
    """
    if not 2 <= len(word) <= 5 or not _HANGUL.fullmatch(word) or word in _no_names():
        return 0
    surname = surname_of(word)
    if surname is None:
        return 0
    rest = word[len(surname) :]
    if len(surname) == 2:
        if len(rest) > 2:
            return 0
        return 2 if all(c in _given() for c in rest) else 1
    if len(rest) > 3:
        return 0
    if len(rest) == 3:
        return 1 if surname in _common() else 0
    if surname not in _common() or not all(c in _given() for c in rest):
        return 1
    return 2


def score(word: str, start: int, tokens: Mapping[int, Token]) -> int:
    """How likely a word at `start` is a Korean name: 0 no, 1 only with support, 2 likely, 3 sure."""
    form = shape(word)
    if not form or word in foreign_given() or (len(word) == 2 and word[1] == "모"):
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
    return _whole(word, form, parts[0]) if len(parts) == 1 else _pieces(word, form, parts)


def _whole(word: str, form: int, token: Token) -> int:
    """Credibility of a word that is one morpheme."""
    two = surname_of(word) in _two()
    if token.tag != "NNP" and (token.known or token.tag != "NNG"):
        return 0
    if len(word) == 4 and not two and (token.known or word.endswith("이")):
        return 0  # 이석준이: a name and its particle
    if len(word) == 3 or two:
        return 3 if form == 2 else 2
    return 2 if len(word) == 2 and form == 2 else 1


def _pieces(word: str, form: int, parts: Sequence[Token]) -> int:
    """Credibility of a word that the analyzer took apart: unknown names look so too."""
    first, rest = parts[0], parts[1:]
    two = surname_of(word) in _two()
    if first.tag == "XPN" and any(t.known and t.end - t.start > 1 for t in rest):
        return 0  # 최연소, 신사업
    if first.tag in _DETERMINERS and any(len(t.form) > 1 and t.tag[0] == "N" for t in rest):
        return int(form == 2 and rest[0].form not in _no_names())
    if len(word) == 4 and not two:
        return int(all(t.tag == "NNP" for t in rest))
    if first.end - first.start >= 2 and first.tag in _WORDS and not two:
        # 경제부, 서울시: a known word and something behind it; 오세란, 편도일 look the same
        return int(form == 2 and rest[-1].tag in _NAME_ENDS)
    if len(word) == 2:
        return int(form == 2 and parts[-1].tag[0] not in "EX" and first.tag not in {"MM", "NP", "XPN"})
    if any(t.tag[0] in "JE" and len(t.form) > 1 for t in rest) or rest[-1].tag in {"XSV", "XSA"}:
        return 0
    if any(len(t.form) > 1 and t.tag == "NNG" for t in rest) and first.tag != "NNP":
        return 1
    return form


_DETERMINERS = frozenset({"MM", "NP", "XPN", "MAG", "NR"})
_WORDS = frozenset({"NNG", "MAG", "VV", "VA", "NNP", "NR"})
_NAME_ENDS = frozenset({"NNG", "NNP", "JX", "NNB", "JC", "ETM", "EC", "NR"})


@cache
def _chinese() -> tuple[str, ...]:
    return words("foreign_names.toml", "chinese")


def looks_chinese(word: str) -> bool:
    """True for a Mandarin family name and one to three more syllables (천쉐화)."""
    return (
        3 <= len(word) <= 5
        and bool(_HANGUL.fullmatch(word))
        and word.startswith(_chinese())
        and any(c in _mandarin() for c in word)
    )


def looks_foreign(word: str) -> bool:
    """True for a word that reads like a transcription (베버, 저커버그, 겔싱어)."""
    if not _HANGUL.fullmatch(word) or len(word) > 7:
        return False
    return word in foreign_given() or sum(c in _foreign_syllables() for c in word) * 2 >= len(word)
