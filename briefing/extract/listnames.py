"""How far words of a list could be a name, and how far they belong to a post, a unit or a company."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache

from briefing.extract.companies import is_enterprise_name
from briefing.extract.listgrammar import (
    COUNT,
    deputies,
    ditto,
    is_rank,
    is_title_word,
    is_unit_word,
    kind_word,
)
from briefing.extract.listwords import HANGUL, HANJA, HONORIFICS, Lexis, Word
from briefing.extract.names import (
    foreign_given,
    has_whole_given,
    is_common_surname,
    is_surname,
    looks_chinese,
    looks_foreign,
    shape,
    surname_of,
)
from briefing.extract.places import all_places
from briefing.extract.transcription import (
    closing_names,
    doubtful,
    family_names,
    given_names,
    is_japanese,
    is_vietnamese,
)
from briefing.korean.lexicon import words
from briefing.korean.wordlists import listed

# Syllables of such a name as 박하늘별.
_OF_WORDS = 4
_LATIN_NAME = re.compile(r"[A-Z][a-z]+(?:[-'’][A-Z]?[a-z]+)*\.?|[A-Z]\.")
_MIXED = re.compile(r"[A-Za-z0-9&+]")
_NO_FAMILY = listed("lists.notes.no_family")
_NOBODY = listed("lists.notes.nobody")
_FIELDS = listed("lists.notes.fields_like_names")
_JOINERS = frozenset({"&", "및", "겸", "·", "+", "/"})


@cache
def _given() -> frozenset[str]:
    """Syllables of Korean given names."""
    return frozenset(c for w in words("surnames.toml", "given") for c in w)


def _odd(word: str) -> bool:
    """True for a word with a syllable that Korean names do not have (하루카)."""
    return any(c not in _given() for c in word[1:])


def spans_from(found: Sequence[Word], at: int) -> Iterable[tuple[int, float]]:
    """Lengths in words of the names that may begin at a word, with how likely each is."""
    word = found[at].text
    one = _one(word)
    if found[at].notes and one > 0:
        one += 0.4
    if one > -9:
        yield 1, one
    if found[at].notes or at + 1 >= len(found) or found[at + 1].cut:
        return
    following = found[at + 1].text
    pair = _pair(word, following)
    if pair > 0:
        yield 2, pair
    if found[at + 1].notes or at + 2 >= len(found) or found[at + 2].cut:
        return
    triple = _triple(word, following, found[at + 2].text)
    if triple > 0:
        yield 3, triple


@lru_cache(maxsize=20_000)
def _one(word: str) -> float:
    """How likely a word alone is a name; -10 if it cannot be."""
    if HANJA.fullmatch(word):
        return 3.0
    if not HANGUL.fullmatch(word):
        return -10.0
    length = len(word)
    if length < 2 or length > 8 or word in deputies() or kind_word(word) or word in _NOBODY() | _FIELDS():
        return -10.0
    value = _by_shape(word)
    if is_rank(word):
        value -= 5.0
    elif is_title_word(word):  # 전상무: a surname and a rank, or a name
        value -= 2.5 if length > 2 else 0.5
    elif is_unit_word(word) and length > 2 and not (shape(word) == 2 and word[-1] in "원국"):
        value -= 1.3 if shape(word) == 2 else 1.5
    return value - 2.0 if word in all_places() else value


def _by_shape(word: str) -> float:
    """How likely a word is a name by surname, syllables and length."""
    length, form, surname = len(word), shape(word), surname_of(word)
    if form == 2:
        return 2.2 if length == 2 else 3.0
    if form == 1:
        if _of_words(word):
            return 2.4
        if _odd(word):
            return 1.0
        short = {2: 0.8, 3: 1.8}
        return short.get(length, 0.8 if surname and len(surname) == 1 else 1.8)
    if looks_chinese(word):
        return 1.5
    if looks_foreign(word) and length > 2:
        return 0.3
    return -1.5 if length < 5 else -3.0


def _of_words(word: str) -> bool:
    """True for 박하늘별, 김별하늘: a usual surname and three syllables of which two are a given name."""
    surname = surname_of(word) if len(word) == _OF_WORDS else None
    if surname is None or len(surname) > 1:
        return False
    return has_whole_given(word[:-1]) or has_whole_given(word[0] + word[2:])


def like_name(word: str) -> bool:
    """True for a word with the usual shape of a Korean name."""
    return shape(word) == 2 or _of_words(word)


def _pair(first: str, second: str) -> float:
    """How likely two words are one name: 허 란, 황보 관, 소피 랑베르, Lucas Feldmann, 브라이언 최."""
    if (korean := _korean(first, second)) is not None:
        return korean
    if _LATIN_NAME.fullmatch(first) and _LATIN_NAME.fullmatch(second):
        return 3.0
    if is_title_word(first + second):
        return -10.0
    if first in given_names() and second in family_names() and _certain(first, second):
        return 4.0  # 얀 노보트니, 이사벨 모로, 사라 킴: each part is known
    if (told := _by_language(first, second)) is not None:
        return told
    if not _foreign_word(first) or not (
        _foreign_word(second) or (len(second) == 1 and HANGUL.fullmatch(second))
    ):
        return -10.0
    if first in foreign_given():
        return 4.0 if shape(second) < 2 else 2.0
    if len(second) == 1 and is_surname(second) and looks_foreign(first):
        return -10.0 if shape(first) == 2 and second in _NO_FAMILY() else 3.4  # 제이든 박; not 박미라 전
    if shape(first) == 2:
        return -10.0
    if len(second) == 1:  # 노엘 킴, but not 성낙일 전 부사장
        return 2.4 if not shape(first) or second not in _NO_FAMILY() else -10.0
    if shape(second) == 2 or second in all_places() or first in all_places():
        return -10.0
    opens = looks_foreign(first) and not shape(first)  # 알버트 비어만: the second alone may look Korean
    return 1.0 + 0.9 * opens + (opens or _odd(first)) + (looks_foreign(second) or _odd(second))


def _korean(first: str, second: str) -> float | None:
    """How likely two words are surname and given name (허 란, 황보 관); None if they are not."""
    if not is_surname(first) or not HANGUL.fullmatch(second) or is_rank(second):
        return None
    if len(first) == 1 and len(second) == 1:
        return 3.0
    if len(first) == 2 and len(second) <= 2 and not is_title_word(second):
        return 2.6 if shape(first) < 2 or len(second) == 1 else 0.5
    return None


def _by_language(first: str, second: str) -> float | None:
    """How likely two words are a name of a language that tells: 하야시 유미, 차오 린, 이반 콜로프."""
    if not (HANGUL.fullmatch(first) and HANGUL.fullmatch(second)) or is_title_word(second):
        return None
    if len(first) > 1 and is_japanese(first):
        if second in closing_names():
            return 5.4
        if len(first) > 2 and first in foreign_given() and shape(first) < 2 and len(second) == 2:
            return 3.6 if not is_unit_word(second) and second not in all_places() else None
    if _mandarin(first, second):
        return 4.4
    if first in given_names() and len(second) > 2 and not shape(second) and looks_foreign(second):
        return None if is_unit_word(second) or is_enterprise_name(second) else 3.6
    if is_surname(first) and len(first) == 1 and first not in _NO_FAMILY() and shape(second) < 2:
        return 3.4 if second in foreign_given() else None  # 문 로빈
    return None


def _mandarin(first: str, second: str) -> bool:
    """True for a name by the sound of Chinese that is no Korean one: 차오 린, not 김 린."""
    if not looks_chinese(first + second) or not looks_foreign(second):
        return False
    if len(first) == 1:
        return is_surname(first) and first not in _NO_FAMILY() and len(second) > 1 and not shape(second)
    return looks_foreign(first)


def _certain(first: str, second: str) -> bool:
    """True for two parts of foreign names that together can be nothing else: 얀 노보트니, but not 나단 한."""
    if is_title_word(second) or is_unit_word(second):
        return False
    sure = first in foreign_given() and not is_surname(first), second not in doubtful()
    if len(second) == 1:
        return sure[1] and not is_common_surname(second) if len(first) > 1 else sure[0]
    return all(sure) if len(first) == 1 else any(sure)


def _triple(first: str, second: str, third: str) -> float:
    """남 궁 민; 소피 마리 랑베르; Anna Maria Berg."""
    if (
        len(first) == len(second) == len(third) == 1
        and is_surname(first + second)
        and HANGUL.fullmatch(third)
    ):
        return 5.2
    if (
        len(first) == len(second) == len(third) == 1
        and is_surname(first)
        and HANGUL.fullmatch(second + third)
    ):
        return 4.4  # 김 도 윤
    if is_vietnamese((first, second, third)):
        return 5.2  # 팜 반 퐁
    if all(map(_LATIN_NAME.fullmatch, (first, second, third))):
        return 3.4
    if _foreign_word(first) and _odd(first) and not shape(first) and len(second) == 1 and len(third) <= 2:
        return 5.0 if HANGUL.fullmatch(second + third) and not is_title_word(third) else -10.0  # 응우옌 반 민
    foreign = first in foreign_given() and _foreign_word(second) and _foreign_word(third)
    if not foreign or not looks_foreign(second) or (shape(third) and not looks_foreign(third)):
        return -10.0
    return 3.8 if shape(third) else 5.2


def _foreign_word(word: str) -> bool:
    return (
        bool(HANGUL.fullmatch(word))
        and 1 < len(word) <= 8
        and not is_title_word(word)
        and not is_unit_word(word)
        and kind_word(word) is None
        and word not in deputies()
    )


def other(word: Word, lexis: Lexis) -> float:
    """How likely a word belongs to a post, a unit or a company."""
    text = word.text
    if (
        text in HONORIFICS()
        or text in ditto()
        or text in deputies()
        or text in _JOINERS
        or kind_word(text)
        or COUNT.fullmatch(text)
    ):
        return 3.0
    if is_rank(text):
        return 3.0
    if text in _FIELDS():
        return 1.6
    form = shape(text)
    if is_title_word(text):
        return 2.8 if form < 2 else 1.8
    if lexis.company(text) is not None:
        return 2.6
    if _MIXED.search(text):
        return 2.0
    if is_unit_word(text):
        return 2.2 if form < 2 else 0.0 if text[-1] in "원국" else 0.8
    if text in all_places():
        return 1.6
    if len(text) == 1:
        return -0.5
    if form == 0:
        return 1.0
    if is_enterprise_name(text) and len(text) > 3:
        return 1.5
    if form == 1:
        return 0.3 if len(text) == 2 else 0.0
    return -0.3 if len(text) == 2 else -1.0
