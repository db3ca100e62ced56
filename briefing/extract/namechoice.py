"""Which of the words before a title is the name of a person."""

from __future__ import annotations

from briefing.extract.companies import is_enterprise_name
from briefing.extract.credibility import LIKELY, SURE, credit
from briefing.extract.names import ORGANISATION_ENDS, shape
from briefing.extract.places import is_place
from briefing.extract.surroundings import Before, Surroundings
from briefing.extract.titles import Title
from briefing.extract.transcription import given_names
from briefing.extract.wordforms import Word
from briefing.korean.wordlists import listed

_KINDS_OF_FIRM = listed("firms.kinds")
_NEAR = 5


def best_name(around: Surroundings, title: Title, row: Before, reach: int) -> tuple[int, float]:
    """The most credible Korean name among the words before a title.

    Args:
        around: Reads words of the text.
        title: The title.
        row: What stands before it, the nearest word first.
        reach: How many words are looked at.

    Returns:
        The index of its word, -1 if there is none, and how credible it is.
    """
    best, best_value, best_key = -1, 0.0, 0.0
    for i, word in enumerate(row.words[:reach]):
        if i < row.split or word.title is not None or word.owner or around.qualifies(word):
            continue
        value = _weighed(around, row, i, _first_sight(around, title, row, i))
        if i == 1 and best == 0 and best_value == 1.5 and value == 1 and len(row.words[0].text) == 2:
            value = 1.6  # 이인정 태인 회장: the longer one is the name
        if not value:
            continue
        key = credit(word.text, value)  # 최도순 오늘샘 대표
        if best < 0 or key > best_key:
            best, best_value, best_key = i, value, key
    return best, best_value


def _first_sight(around: Surroundings, title: Title, row: Before, i: int) -> float:
    """How much a word looks like a name, by itself and by the signs beside it."""
    word = row.words[i]
    value = 0.0
    if not around.is_school(title, row.words, i) and not around.is_town(row, i):
        value = float(around.score(word))
    if not value and i == 0 and shape(word.text) and _between_titles(row):
        value = 2.0
    if row.bracket == i and 0 < row.hanja <= len(word.text) and not is_place(word.text):
        value = SURE  # 린자이(林佳儀) 최고재무책임자
    if value < LIKELY and i == 0 and len(word.text) == 3 and _before_house(around, title, word):
        value = LIKELY
    return value


def _weighed(around: Surroundings, row: Before, i: int, value: float) -> float:
    """The same with what speaks against a name or for it in its row; 0 where it is none."""
    word = row.words[i]
    kind = value < LIKELY and i == 1 and row.words[0].text in _KINDS_OF_FIRM()  # 수입차 판매사 대표
    if not value or kind or (row.also and i == 0 and around.noun_also(word)):
        return 0.0
    if value == 1 and len(word.text) == 2 and i:
        value = 0.5
    if word.text[-1] in ORGANISATION_ENDS and sum(around.score(w) > 0 for w in row.words[:_NEAR]) > 1:
        value -= 1
    if value and i == 0:
        value += 0.5
    if word.text in given_names():
        value -= 1.0  # 라비 머르티
    return value + 1.5 if value and row.bracket == i else value


def _before_house(around: Surroundings, title: Title, word: Word) -> bool:
    """[최낙원] 누리은행장: what stands before a house that its head's title holds is a name."""
    house = title.prefix and title.text.removesuffix("장")
    if not house or not is_enterprise_name(house) or not shape(word.text):
        return False
    return not around.is_common(word) and not around.breaks(word)


def _between_titles(row: Before) -> bool:
    """공동창업자 [노을] CPO: what stands between two titles is a name, though the dictionary knows it."""
    first, *rest = row.words
    before = rest[0].title if rest else None  # 소액주주 추천 이사: nobody's title stands before
    return before is not None and before.kind == "executive" and rest[0].end + 1 == first.start
