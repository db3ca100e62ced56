"""A house told by its branch alone or by its rank among others: 증권을 이끈 A 사장, 본사로 복귀해."""

from __future__ import annotations

import re

from briefing.extract.arguments import Clause
from briefing.extract.bodies import generic_endings
from briefing.extract.document import Document, Mention
from briefing.korean.wordlists import worded
from briefing.model import MoveKind

_HEAD_OFFICE = re.compile(r"(?<![가-힣])본사(?:로|의|에서|에)?\s")
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


def branch(document: Document, clause: Clause, mention: Mention) -> str | None:
    """A 증권 사장, 증권을 이끈 A 사장: the one house of the text whose name ends so."""
    text = document.text
    told = _BRANCH_OF().search(text, max(0, mention.span.start - 30), mention.span.start)
    stays = clause.predicate.kind is not MoveKind.APPOINTED  # who comes from there takes a post elsewhere
    front = [told["w"]] if told is not None and stays else []
    for word in (*text[mention.name.end : mention.span.end].split()[:-1], *front):
        if word in generic_endings():
            houses = {c.name for c in document.companies if c.name.endswith(word) and c.name != word}
            return houses.pop() if len(houses) == 1 else None
    return None
