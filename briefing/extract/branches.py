"""A house told by its branch alone or by its rank among others: 증권을 이끈 A 사장, 본사로 복귀해."""

from __future__ import annotations

import re

from briefing.extract.arguments import Clause
from briefing.extract.bodies import generic_endings
from briefing.extract.companies import enterprise_ending
from briefing.extract.document import Document, Mention
from briefing.extract.titles import Title
from briefing.korean.wordlists import affixes, listed, worded
from briefing.model import MoveKind

_HEAD_OFFICE = re.compile(r"(?<![가-힣])본사(?:로|의|에서|에)?\s")
# 캐피탈 사장에는
_KIND_BEFORE = re.compile(r"(?<![가-힣A-Za-z0-9])(?P<w>[가-힣]{2,6})\s(?:신임\s|새\s|차기\s)?$")
_LONGEST = 14
_GROUPS = affixes("firms.affiliates.groups")
_AFFILIATES = listed("firms.affiliates.kinds")
_CHIEFS = listed("firms.affiliates.chiefs")
_BRANCH_OF = worded(
    r"(?<![가-힣A-Za-z])(?P<w>[가-힣]{2,5}?)(?:의|(?:을|를)\s(?:[가-힣0-9]{1,6}\s){0,2}{firms.led})?\s$"
)


def head_office(document: Document, clause: Clause, home: str | None) -> str | None:
    """본사로 복귀해 …를 맡는다: the house whose name that of the local one holds."""
    if home is None or clause.predicate.kind is not MoveKind.APPOINTED:
        return None
    text = document.text
    if not _HEAD_OFFICE.search(text, clause.sentence.span.start, clause.predicate.span.end):
        return None
    names = {c.name for c in (*document.companies, *document.head_companies)}
    parents = [n for n in names if n != home and len(n) > 1 and n in home]
    return max(parents, key=len, default=None)


def branch(document: Document, clause: Clause, mention: Mention, post: Title | None) -> str | None:
    """A 증권 사장, 증권을 이끈 A 사장, 캐피탈 사장에는 A가: the one house of the text whose name ends so."""
    text = document.text
    own = post is None or mention.span.start <= post.span.start < mention.span.end
    if post is not None and not own and (house := branch_before(document, post)) is not None:
        return house
    told = _BRANCH_OF().search(text, max(0, mention.span.start - 30), mention.span.start)
    stays = clause.predicate.kind is not MoveKind.APPOINTED  # who comes from there takes a post elsewhere
    front = [told["w"]] if told is not None and stays else []
    beside = text[mention.name.end : mention.span.end].split()[:-1]
    for word in (*beside, *front):
        if is_kind(word):
            return house_of_kind(document, word, heads=bool(beside) and mention.title in _CHIEFS())
    return None


def branch_before(document: Document, post: Title) -> str | None:
    """캐피탈 사장에는 A가: the house whose kind stands before the post of one who heads it."""
    if post.heads[0] not in _CHIEFS():
        return None
    before = _KIND_BEFORE.search(document.text, max(0, post.span.start - _LONGEST), post.span.start)
    return house_of_kind(document, before["w"]) if before is not None else None


def is_kind(word: str) -> bool:
    """True for a word that tells what kind of house one is and no name (캐피탈, 자산운용, 물류)."""
    return word in generic_endings() or enterprise_ending(word) == word


def house_of_kind(document: Document, word: str, *, heads: bool = True) -> str | None:
    """The house that a text calls by its kind: 솔빛캐피탈 of 캐피탈.

    Args:
        heads: True if somebody is told to head it. Then it may be a group's that is named nowhere.
    """
    if not is_kind(word):
        return None
    found = {c.name for c in document.companies if c.name.endswith(word) and c.name != word}
    stem = _group_stem(document.subject)
    own = {name for name in found if stem is not None and name.startswith(stem)}
    if len(own or found) == 1:
        return (own or found).pop()
    unnamed = stem is not None and heads and not found and word in _AFFILIATES()
    return f"{stem}{word}" if unnamed else None


def _group_stem(subject: str | None) -> str | None:
    """What the houses of the group that a text is about begin with (솔빛금융지주 -> 솔빛), or None.

    A group named for its trade (솔빛쇼핑그룹) may call its own divisions so: 백화점 대표.
    """
    group = next((g for g in _GROUPS() if subject is not None and subject.endswith(g)), None)
    stem = subject.removesuffix(group) if subject is not None and group is not None else ""
    return stem if len(stem) > 1 and " " not in stem and enterprise_ending(stem) is None else None
