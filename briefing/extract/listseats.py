"""Whom a meeting elects, in brackets behind the seats.

사내이사 2명(A·B)과 사외이사 1명(C 다솔대 교수)의 선임안이 원안대로 통과됐다.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from briefing.extract.listentries import chunks, read_group
from briefing.extract.listgrammar import APPOINTED, RETAINED
from briefing.extract.listposts import Entry, Post, Row
from briefing.extract.listwords import Lexis
from briefing.korean.wordlists import worded

_SEATS = worded(
    r"(?<![가-힣])(?P<seat>{lists.seats.elected})(?:\s?{lists.seats.candidates})?"
    r"(?:\s?(?:\d{1,2}|{lists.rows.numbers})\s?(?:명|인))?\s?[(（](?P<names>[^()（）\n]{2,160})[)）]"
)
_AGAIN = worded(r"{lists.seats.again}")
_CHOSEN = worded(r"[^.]{0,16}?({lists.seats.again}|{lists.seats.chosen})")
# 선임했다, 선임하고, 선임됐으며; 선임 안건이 가결됐다
_DONE = worded(r"\s?(?:{lists.seats.done})|[^.]{0,30}?{lists.page_lines.passed}\s?{lists.seats.done}")
_NOT = worded(r"{lists.kinds.failed}|{lists.seats.coming}")
# How far the words behind a seat may tell what became of it.
_REACH = 60


def seated(line: str, base: int, lexis: Lexis) -> Iterator[Row]:
    """Whom a sentence that begins at `base` tells as elected."""
    if "이사" not in line and "감사" not in line:
        return
    groups = [*_SEATS().finditer(line)]
    follows: str | None = None
    found: list[list[Row]] = []
    for n in range(len(groups) - 1, -1, -1):
        group = groups[n]
        end = groups[n + 1].start() if n + 1 < len(groups) else len(line)
        tail = line[group.end() : min(end, group.end() + _REACH)]
        follows = _kind(tail, follows)
        if follows is not None:
            people = _people(group["names"], base + group.start("names"), lexis)
            found.append([Row(Entry(entry.names, Post()), follows, group["seat"]) for entry in people])
    for told in reversed(found):
        yield from told


def _kind(tail: str, follows: str | None) -> str | None:
    """What became of a seat by the words behind it, or else by those behind the next one."""
    if _NOT().search(tail) is not None:
        return None
    chosen = _CHOSEN().match(tail)
    if chosen is None:
        return follows
    kind = RETAINED if _AGAIN().fullmatch(chosen.group(1)) else APPOINTED
    done = _DONE().match(tail, chosen.end()) is not None
    return kind if done or follows is not None else None


def _people(text: str, start: int, lexis: Lexis) -> list[Entry]:
    """The names in brackets; nobody if one of them is none."""
    read = read_group([chunks(re.sub("[·ㆍ]", ",", text), start)], lexis)[0]
    return read if all(len(e.names) == 1 and e.names[0].worth > 0 for e in read) else []
