"""Particles (조사) that change with the word before them."""

from __future__ import annotations

import re

_BRACKETS = re.compile(r"\s*\([^()]*\)\s*$")
_FINALS = {
    "0": True,
    "1": True,
    "2": False,
    "3": True,
    "4": False,
    "5": False,
    "6": True,
    "7": True,
    "8": True,
    "9": False,
}


def has_final(word: str) -> bool:
    """Whether a word, read in Korean, ends in a consonant (받침); letters of the alphabet by their names.

    What stands in brackets behind it is not read: 조주완(LG전자)을.
    """
    word = _BRACKETS.sub("", word) or word
    last = next((char for char in reversed(word) if char.isalnum()), "")
    if not last:
        return False
    if "가" <= last <= "힣":
        return (ord(last) - 0xAC00) % 28 != 0
    if last.isascii():
        return last.upper() in "LMNR" or _FINALS.get(last, False)
    return False


def with_particle(word: str, pair: str) -> str:
    """A word and the form of a particle that fits it.

    Args:
        word: Any word, `한별전자`.
        pair: After a consonant and after a vowel: `을/를`, `이/가`, `은/는`, `과/와`.
    """
    after_consonant, after_vowel = pair.split("/")
    return word + (after_consonant if has_final(word) else after_vowel)
