"""Names of persons in the cells of a disclosure: `김가람, 이나래 (각자 대표이사)`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from briefing.korean.lexicon import words

_NOTE = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|（[^（）]*）|<[^<>]*>")
_BETWEEN = re.compile(r"[,，、;/·ㆍ・\n]|\s(?:및|와|과)\s|(?<=\S)\s*\d{1,2}[.)]\s*")
_NUMBER = re.compile(r"^\s*\d{1,2}[.)]\s*")
_KOREAN = re.compile(r"[가-힣]{2,5}")
_HANGUL = re.compile(r"[가-힣]+")
_LATIN = re.compile(r"[A-Z][A-Za-z.'’-]*(?: [A-Z][A-Za-z.'’-]*){1,4}")
# Patterns take their time with longer ones.
_LONGEST_TITLE = 20


@dataclass(frozen=True, slots=True)
class Naming:
    """Words in cells of names, from disclosures.toml.

    Attributes:
        titles: Words beside names, whole ones.
        nobody: Cells that name nobody.
    """

    titles: re.Pattern[str]
    nobody: re.Pattern[str]

    def is_title(self, word: str) -> bool:
        """Whether a word is nothing but titles."""
        return len(word) <= _LONGEST_TITLE and self.titles.fullmatch(word) is not None


def names_in(cell: str, naming: Naming) -> tuple[str, ...] | None:
    """The persons that a cell names, in its order, Korean names without spaces.

    Args:
        cell: Its text; paragraphs are lines.
        naming: Words that are no part of names.

    Returns:
        The names, none for an empty cell; None if the cell cannot be taken apart for sure.
    """
    found: list[str] = []
    text = _NUMBER.sub("", _NOTE.sub(" ", cell))
    for part in _BETWEEN.split(text):
        parts = [word for word in part.split() if not naming.is_title(word)]
        if not parts or naming.nobody.fullmatch("".join(parts)):
            continue
        name = _name(parts)
        if name is None:
            return None
        found.append(name)
    return tuple(dict.fromkeys(found))


def _name(parts: list[str]) -> str | None:
    joined = "".join(parts)
    if not _HANGUL.fullmatch(joined):
        spaced = " ".join(parts)
        return spaced if _LATIN.fullmatch(spaced) else None
    if len(parts) == 1 or all(len(part) <= 2 for part in parts):
        # 김 가 람, 남궁 민
        return joined if _KOREAN.fullmatch(joined) else None
    if sum(len(part) in {3, 4} and part[0] in _surnames() for part in parts) > 1:
        # two persons without a comma, or one from abroad
        return None
    if any(len(part) == 1 and part not in _surnames() for part in parts[1:]):
        # 김가람 외; but 다니엘 박
        return None
    return " ".join(parts) if len(joined) <= 16 and len(parts) <= 4 else None


@cache
def _surnames() -> frozenset[str]:
    return frozenset(words("surnames.toml", "common"))
