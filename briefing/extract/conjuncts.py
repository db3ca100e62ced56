"""Persons joined in front of a verb of moves: A 사장과 B 부사장은, A 전무, 친환경차를 이끈 B 전무를."""

from __future__ import annotations

import re
from collections.abc import Sequence

from briefing.extract.companies import after_bracket
from briefing.extract.document import Document, Mention
from briefing.extract.particles import SUBJECT
from briefing.korean.wordlists import worded

# A bracket behind a person is no longer than this.
LONGEST_BRACKET = 40
_OF_KIN = worded(r"\s{moves.seats.kin}(?:인|이자|의)?\s")
# 대표 A 사장[을 비롯해] B 부사장이
_BESIDES = worded(r"(?:을|를)\s{people.among}(?:해|한|하여|으로)\s(?:[가-힣A-Za-z0-9&]{1,14}\s){0,3}")
_JOINED = re.compile(
    r"(?:\([^()\n]{1,24}\)(?=[\s,·]))?\s?(?:[,·ㆍ/&]|과|와|및)?\s?(?:[가-힣A-Za-z0-9&㈜·]{1,15}\s?){0,2}"
)
# A 전무와 [친환경차 개발을 이끈] B 전무
_MODIFIED_NAME = re.compile(
    r"[과와]\s[^,.]*[가-힣](?:끈|은|는|한|된|온|던|린|친|진|인)\s(?:[가-힣A-Za-z0-9]+\s){0,2}"
)
_NOT_JOINED = worded(r"{moves.seats.not_joined}")


def joins(document: Document, left: Mention, right: Mention) -> bool:
    """True if two mentions are joined by 과, 와, a comma or a dot."""
    gap = document.text[left.span.end : right.span.start]
    if gap.startswith("(") and len(gap) < LONGEST_BRACKET:
        gap = gap[after_bracket(gap, 0) :]  # A 부사장(다솔), B
    if left.particle in {"과", "와"} and len(gap) <= 40 and _MODIFIED_NAME.fullmatch(gap):
        return not _NOT_JOINED().search(gap)
    if not left.particle and _OF_KIN().match(gap):
        return False
    return bool(_JOINED.fullmatch(gap)) and not _NOT_JOINED().search(gap)


def with_conjoined(document: Document, chosen: Mention, inside: Sequence[Mention]) -> tuple[Mention, ...]:
    """The chosen mention and those joined to it by 과, 와, commas or dots."""
    group = [chosen]
    for other in reversed(inside[: inside.index(chosen)]):
        besides = _BESIDES().fullmatch(document.text, other.span.end, group[0].span.start)
        if besides is not None and chosen.particle in SUBJECT:
            group.insert(0, other)
            continue
        if other.particle not in {"", "과", "와", "및"} or not joins(document, other, group[0]):
            break
        group.insert(0, other)
    unique: dict[int, Mention] = {}
    for mention in group:
        unique.setdefault(mention.persona, mention)
    return tuple(unique.values())
