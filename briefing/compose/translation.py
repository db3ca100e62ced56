"""Facts in the spoken language: titles, verbs and nouns of briefing/data/english.toml.

Facts are put into words in Korean, the language of the articles (wording.py), so that what is alike is found
alike in every language; here these words are put into English for those who read it. Names of people,
companies and occasions, and words that the table does not know, stay as the articles have them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from briefing.compose.texts import spoken, text
from briefing.errors import DataError
from briefing.korean.lexicon import table
from briefing.subscribers import Language

_FILE = "briefing/data/english.toml"
_PARTS = re.compile(r"([\s·/,()]+)")
_BRACKETED = re.compile(r"(?P<main>[^()]+)\((?P<beside>[^()]+)\)")
_OFFICE = re.compile(r"[A-Z]{1,3}O")


@dataclass(frozen=True, slots=True)
class English:
    """All of english.toml.

    Attributes:
        titles: Title -> English.
        before_titles: Word before a title -> English.
        title_ends: End of a title -> English, longest first.
        moves: Verb -> English alone, English with `{post}`; longest first.
        occasions: Closing word -> English with `{what}`, longest first.
        names: Occasion or place -> English.
        topics: Topic id -> label.
    """

    titles: Mapping[str, str]
    before_titles: Mapping[str, str]
    title_ends: Mapping[str, str]
    moves: Mapping[str, tuple[str, str]]
    occasions: Mapping[str, str]
    names: Mapping[str, str]
    topics: Mapping[str, str]


@cache
def english() -> English:
    """The shipped table.

    Raises:
        DataError: A table is missing, or a value is of the wrong type.
    """
    raw = table("english.toml")

    def words(name: str) -> dict[str, str]:
        rows: Any = raw.get(name)
        if not isinstance(rows, dict) or not all(isinstance(word, str) and word for word in rows.values()):
            raise DataError(_FILE, f"[{name}] must map words to words")
        return dict(sorted(rows.items(), key=lambda pair: -len(pair[0])))

    moves: dict[str, tuple[str, str]] = {}
    for word, said in raw.get("moves", {}).items():
        if not isinstance(said, list) or len(said) != 2 or "{post}" not in str(said[1]):
            raise DataError(_FILE, f"[moves] {word} must be two texts, the second with {{post}}")
        moves[word] = (str(said[0]), str(said[1]))
    return English(
        titles=words("titles"),
        before_titles=words("before_titles"),
        title_ends=words("title_ends"),
        moves=dict(sorted(moves.items(), key=lambda pair: -len(pair[0]))),
        occasions=words("occasions"),
        names=words("names"),
        topics=words("topics"),
    )


def _korean() -> bool:
    return spoken() is Language.KOREAN


def title(korean: str) -> str:
    """`영업본부장(사장)` is `영업 Division Head, President`."""
    if _korean():
        return korean
    if match := _BRACKETED.fullmatch(korean):
        both = f"{title(match['main'].strip())}, {title(match['beside'].strip())}"
        # 최고기술책임자(CTO) is one office
        return ", ".join(dict.fromkeys(both.split(", ")))
    words = korean.split(" ")
    told = ""
    for number, word in enumerate(words):
        if number and _is_title(word) and title(word) == title(words[number - 1]):
            continue
        if number:
            # two titles in a row are two: 대표이사 사장
            told += ", " if _is_title(word) and _is_title(words[number - 1]) else " "
        told += "".join(_title_word(part) for part in _PARTS.split(word))
    return told


def _title_word(word: str) -> str:
    table = english()
    if found := table.titles.get(word) or table.before_titles.get(word):
        return found
    for end, said in table.title_ends.items():
        if word.endswith(end):
            return f"{word.removesuffix(end)} {said}".strip()
    return word


def person(korean: str) -> str:
    """`남궁진 사장(CEO)·윤서라 부사장` is `남궁진 (President, CEO), 윤서라 (Vice President)`."""
    if _korean():
        return korean
    return ", ".join(map(_one_person, korean.split("·")))


def _one_person(korean: str) -> str:
    # 남궁진(노을화학 부사장): known by a title at another house
    if match := _BRACKETED.fullmatch(korean):
        main, beside = match["main"].strip(), match["beside"].strip()
        if " " not in main:
            return f"{main} ({title(beside)})"
    words = korean.split(" ")
    first = len(words)
    while first > 1 and (_is_title(words[first - 1]) or words[first - 1] in english().before_titles):
        first -= 1
    if first == len(words):
        return korean
    return text("line.label", name=" ".join(words[:first]), title=title(" ".join(words[first:])))


def _is_title(word: str) -> bool:
    main = word.partition("(")[0]
    if main in english().before_titles:
        return False
    return _title_word(main) != main or _OFFICE.fullmatch(main) is not None


def change(korean: str) -> str:
    """A post and what happened to it: `대표이사 선임` is `appointed CEO`; `승진` is `promoted`."""
    if _korean():
        return korean
    for word, (alone, with_post) in english().moves.items():
        if korean == word:
            return alone
        if korean.endswith(f" {word}"):
            return with_post.format(post=title(korean.removesuffix(word).strip()))
    return title(korean)


@cache
def _beside(key: str) -> tuple[str, ...]:
    """Nouns that stand behind whoever was met, and the particles between (wording.toml)."""
    return tuple(table("wording.toml")["activities"]["meeting"][key])


def occasion(korean: str) -> str:
    """`미국 출장 후 귀국` is `return from trip to the US`; a name of its own stays."""
    if _korean():
        return korean
    table = english()
    if korean in table.names:
        return table.names[korean]
    for word, said in table.occasions.items():
        if korean.endswith(f" {word}"):
            what = korean.removesuffix(word).strip()
            if word in _beside("beside") and what.endswith(_beside("particles")):
                what = what[:-1]
            return said.format(what=occasion(what))
    return korean


def topics(labels: Mapping[str, str]) -> Mapping[str, str]:
    """Labels of topics by id; one without an English label keeps its own."""
    if _korean():
        return labels
    known = english().topics
    return {topic: known.get(topic, label) for topic, label in labels.items()}
