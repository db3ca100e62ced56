"""Names behind their houses in one sentence: 전무로는 다솔제강에서 A·B, 다솔물산에서 C가 올라섰다."""

from __future__ import annotations

import re
from collections.abc import Iterator

from briefing.extract.listgrammar import APPOINTED, PROMOTED, rank_only
from briefing.extract.listheaded import UNSURE
from briefing.extract.listheading import heading
from briefing.extract.listposts import Entry, Named, Post, Row
from briefing.extract.listwords import Lexis
from briefing.extract.names import WHOLE, shape
from briefing.korean.wordlists import worded

_HOUSE = r"[가-힣A-Za-z0-9&]{2,14}?"
_BEHIND = r"(?:에서는|에서|의|은|는)?\s"
_NAMES = r"[가-힣]{2,4}(?:[·ㆍ][가-힣]{2,4}){0,20}"
_GROUP = re.compile(rf"(?P<house>{_HOUSE}){_BEHIND}(?P<names>{_NAMES})")
# What the sentence must hold, found quickly.
_HEAD = re.compile(r"[가-힣](?:로는|에는|자는|자로)\s")
# 상무 승진자는 모두 9명으로 …이 이름을 올렸다: at least two houses
_SENTENCE = worded(
    r"(?<![가-힣])(?P<head>[가-힣]{2,8}?(?:\s?(?:신규\s?)?{lists.rows.those}자)?)(?:으로는|로는|에는|으로|는|은)\s"
    r"(?:(?:모두|총)\s)?(?:\d{1,3}명으로,?\s)?"
    rf"(?P<body>{_HOUSE}{_BEHIND}{_NAMES}(?:,\s{_HOUSE}{_BEHIND}{_NAMES}){{1,20}}?)"
    r"(?:\s?등(?:\s?\d{1,3}명)?)?(?:이|가)\s(?:[가-힣]{1,6}\s)?"
    r"(?:(?P<rises>{lists.rows.rises})|{lists.rows.named})"
)


def by_house(line: str, base: int, lexis: Lexis) -> Iterator[Row]:
    """Rows of a sentence that names at least two houses and behind each those who rise there.

    Args:
        line: The sentence.
        base: Where it begins in the text.
        lexis: Tells houses; where it does not know one of them, nothing is taken.
    """
    if ", " not in line or _HEAD.search(line) is None:
        return  # as nearly every sentence
    for told in _SENTENCE().finditer(line):
        read = heading(told["head"])
        rank = rank_only(told["head"]) or (read.rank if read is not None and not read.rest else None)
        kind = read.kind if read is not None and read.kind else PROMOTED if told["rises"] else APPOINTED
        groups = list(_GROUP.finditer(told["body"]))
        houses = [lexis.company(group["house"]) for group in groups]
        if rank is None or UNSURE().search(line, told.end()) or None in houses:
            continue
        for house, group in zip(houses, groups, strict=True):
            at = told.start("body") + group.start("names")
            for match in re.finditer(r"[가-힣]+", group["names"]):
                name = match.group().removesuffix("씨") if len(match.group()) > WHOLE else match.group()
                if not shape(name):
                    continue
                start = base + at + match.start()
                named = Named(name, start, start + len(name), worth=3.0)
                yield Row(Entry((named,), Post(company=house)), kind, rank)
