"""How credible a name among the words around a title is, and which of two wins."""

from __future__ import annotations

from briefing.extract.foreign import ForeignName
from briefing.extract.names import RARE, fluency, shape
from briefing.extract.transcription import (
    family_names,
    foreign_given,
    foreignness,
    given_names,
    is_japanese,
    japanese_given,
)
from briefing.extract.wordforms import Word

# Weights of sightings: likely enough that nothing behind the title is looked at; sure.
LIKELY, SURE = 1.5, 3.0
# A family name that no list has reads so much like a transcription, and is longer than this.
_FOREIGN, _SHORT = 0.6, 2


def credit(name: str, weight: float) -> float:
    """A weight that tells usual names from words that only may be names."""
    return weight + max(-0.8, min(0.8, (fluency(name) + 11.5) / 3.5))


def outweighs(foreign: ForeignName, korean: Word, value: float) -> bool:
    """True if a foreign name is more credible than a Korean one among the same words."""
    given = foreign.name.partition(" ")[0] in foreign_given()
    if given and foreign.span.start < korean.start < foreign.span.end:
        return foreign.weight > value - 1.0  # 파스칼 [노리오]: its last word alone
    first, _, last = foreign.name.rpartition(" ")
    if first in given_names() and last in family_names() and foreign.span.start == korean.start:
        return foreign.weight > value - 1.0  # [마사오] 이시다: its first word alone
    if (
        last == korean.text
        and last in given_names()
        and len(first) > _SHORT
        and foreignness(first) > _FOREIGN
    ):
        return foreign.full  # 기리시마 [고이치]: its last word alone
    rare = fluency(korean.text) < RARE or shape(korean.text) < 2
    if given and rare and foreign.full and " " in foreign.name and foreign.span.end < korean.start:
        return foreign.weight > value - 1.0  # 마티아스 포글 [라인콤] 회장: rather his company
    family, _, rest = foreign.name.partition(" ")
    if family == korean.text and is_japanese(family) and rest in given_names():
        return True  # [노무라] 이치로, though 노무라 may be a Korean name
    if family == korean.text and rest in japanese_given() and foreignness(family) > 0:
        return foreign.full  # [시오미] 다케루, a family name that no list has
    return foreign.weight > value + (0.5 if value < SURE else 1.3)
