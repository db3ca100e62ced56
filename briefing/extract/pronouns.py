"""Whom 그는, 그녀는 and 본인은 mean: the last person that the text spoke of."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from functools import cache

from briefing.extract.coreference import mention_of
from briefing.extract.document import Mention
from briefing.extract.particles import SUBJECT
from briefing.korean.kiwi import Sentence
from briefing.korean.lexicon import trie_branches, words
from briefing.korean.wordlists import worded
from briefing.model import Span

# A pronoun reaches back this far for its person.
PRONOUN_REACH = 700
# …은 백 회장이다; …, 백 회장: the sentence presents its last word.
PRESENTED = re.compile(r"(?:이?다|입니다|이었다|였다|이었습니다|였습니다)?[.!]?\s*")
# 윤 사장의 방한은: the sentence speaks of the owner.
_OWNER = re.compile(r"의\s[가-힣]{1,6}(?:은|는)\s")
# 경 부회장의 가위가 말을 듣지 않았다. 그는, where the paragraph opens so and nobody else is named there; not
# 노 사장의 투자가 밑거름이 됐다 behind a sentence about another.
_OWNED = re.compile(r"의\s(?:[가-힣]{1,6}\s){0,2}[가-힣]{1,6}(?:은|는|이|가)\s")
# A 본부장이 동행했다. 그는 …: whom he went with
_ONLY_BESIDE = worded(r"(?:이|가|도)\s(?:함께\s)?{people.came_along}(?:했다|한다)\.")
# 귀국길에 동승한 백 부사장은: 그는 behind it is whom the text was about before.
_BESIDE = worded(r"(?:{people.beside}|함께\s?)(?:한|하던|했던|온|간)\s(?:[가-힣A-Za-z]+\s)?$")
_TOGETHER = re.compile(r"(?:\([^()\n]{0,20}\))?\s?(?:,|·|과|와|및)\s?")
# B가 “…”고 묻자, B 교수가 수율을 묻자
_ASKED = worded(
    r"(?:이|가)\s(?:[^\n.“\"]{0,40}[“\"][^”\"\n]{1,200}[”\"][^\n.“\"]{0,12}|[^\n.“\"]{0,40}{speech.said.asking}하?)자[\s,]"
)
_TOPIC = frozenset({"은", "는"})
_SENTENCE_END = re.compile(r"다\.\s|\n")


@cache
def pronouns() -> re.Pattern[str]:
    """Where a pronoun for a person stands: 그는, 본인의."""
    forms = trie_branches(words("people.toml", "pronouns"), not_behind="[가-힣A-Za-z0-9]")
    return re.compile(rf"(?:{forms})(?=(?:는|가|의|도|를|에게|와|은|이)(?![가-힣]))")


def with_pronouns(text: str, sentences: Sequence[Sentence], mentions: list[Mention]) -> list[Mention]:
    """The mentions together with 그, 그녀, 본인, each meaning the last subject before it."""
    if not mentions:
        return mentions
    starts = [s.span.start for s in sentences]
    ordered = [m.span.start for m in mentions]
    merged = list(mentions)
    for match in pronouns().finditer(text):
        span = Span(*match.span())
        here = bisect_right(starts, span.start) - 1
        sentence = sentences[here].span.start if here >= 0 else 0
        at = bisect_right(ordered, span.start)
        near = [m for m in mentions[max(0, at - 12) : at] if span.start - m.span.start <= PRONOUN_REACH]
        before = starts[here - 1] if here > 0 else sentence
        last = [
            m for m in near if before <= m.span.start < sentence and "\n" not in text[m.span.end : span.start]
        ]
        alone = last[0] if len(last) == 1 else None
        opens = alone is not None and not any(
            m.particle in SUBJECT and "\n" not in text[m.span.end : span.start]
            for m in near
            if m.span.start < before
        )
        chosen = next(
            (
                m
                for n, m in reversed([*enumerate(near)])
                if _spoken_of(text, m, alone=m is alone, opens=opens)
                and not _one_of(text, near, n)
                and not _within(text, near, n, span.start)
            ),
            None,
        )
        if chosen is not None and (topic := _topic_before(text, near, span.start)) is not None:
            chosen = topic
        if chosen is None and near:
            outside = [m for m in near if m.span.start < sentence]
            chosen = (outside or near)[-1]
        if chosen is not None:
            merged.append(mention_of(text, span, span, chosen.persona, "pronoun"))
    merged.sort(key=lambda m: m.span)
    return merged


def _one_of(text: str, near: Sequence[Mention], n: int) -> bool:
    """True for the last of several who are told of together: A 사장, B 부사장이 동행했다. 그는 …"""
    return n > 0 and _TOGETHER.fullmatch(text, near[n - 1].span.end, near[n].span.start) is not None


def _topic_before(text: str, near: Sequence[Mention], at: int) -> Mention | None:
    """Whom the paragraph before is about, for a pronoun at the head of its own."""
    while at and text[at - 1] == " ":
        at -= 1
    if not at or text[at - 1] != "\n":
        return None
    while at and text[at - 1].isspace():
        at -= 1
    begin = text.rfind("\n", 0, at) + 1
    first = next((m for m in near if m.span.start >= begin), None)
    if first is None or first.particle not in _TOPIC:
        return None
    return None if _SENTENCE_END.search(text, begin, first.span.start) else first


def _within(text: str, near: Sequence[Mention], n: int, at: int) -> bool:
    """True for who only asks: A 대표는 [B가 “…”고 묻자] “…”고 답했다. 그는 …; [B가 “…”고 묻자] 그는 …

    Args:
        text: The article.
        near: The mentions before a pronoun.
        n: Which of them.
        at: Where the pronoun stands.
    """
    mention = near[n]
    asked = _ASKED().match(text, mention.span.end) if mention.particle in {"이", "가"} else None
    if asked is None:
        return False
    if _SENTENCE_END.search(text, asked.end(), at) is None:
        return True
    return any(
        m.particle in _TOPIC
        and m.persona != mention.persona
        and not _SENTENCE_END.search(text, m.span.end, mention.span.start)
        for m in near[:n]
    )


def _spoken_of(text: str, mention: Mention, *, alone: bool, opens: bool) -> bool:
    """True for a mention its sentence is about.

    Args:
        text: The article.
        mention: The mention.
        alone: True if the sentence before the pronoun names nobody else.
        opens: True if the paragraph is about nobody before that sentence.
    """
    start, end = mention.span.start, mention.span.end
    if not alone and _BESIDE().search(text, max(0, start - 20), start):
        return False
    if _ONLY_BESIDE().match(text, end):
        return False
    if mention.particle in SUBJECT or (alone and mention.particle == "에게"):
        return True  # 대상은 A 대표에게 돌아갔다. 그는
    presented = PRESENTED.match(text, end)
    if presented is not None and any(mark in presented[0] for mark in ".\n"):
        return mention.particle != "의"
    owned = _OWNED if alone and opens else _OWNER
    return mention.particle == "의" and owned.match(text, end) is not None
