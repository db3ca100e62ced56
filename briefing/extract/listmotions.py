"""Motions of a general meeting that a sentence enumerates.

△재무제표 승인 △사내이사 곽선우 재선임 △사외이사 도은재·윤하람 선임 등을 원안대로 의결했다.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from briefing.extract.listentries import chunks, read_group
from briefing.extract.listgrammar import APPOINTED, DEPARTED, RETAINED
from briefing.extract.listnames import like_name
from briefing.extract.listposts import Entry, Post, Row
from briefing.extract.listwords import Lexis
from briefing.korean.wordlists import worded

_NAMES = r"(?P<names>[가-힣]{2,5}(?:(?:\s?[·ㆍ,]\s?|[와과]\s)[가-힣]{2,5}){0,9}?)"
_SEAT = r"(?P<seat>{lists.seats.elected})(?:\s?{lists.seats.candidates})?"
_KIND = (
    r"(?:(?P<again>{lists.seats.again})|(?P<gone>{lists.seats.dismissed})|{lists.seats.elections})"
    r"(?:의)?(?:\s?(?:건|안건|의안|안))?"
)
# What may stand behind a motion; 선임했다 is none.
_ENDS = r"(?=$|[\s,·ㆍ△▲▷◆○▶()①-⑳]|[와과이을은도]\s|으로|등)"
# 사내이사 [곽선우·도은재] 재선임; the next one tells the kind of 사내이사 [곽선우], 사외이사 도은재 선임
_SEAT_FIRST = worded(
    rf"(?<![가-힣]){_SEAT}(?:로|에)?\s{_NAMES}(?:\s[가-힣A-Z]{{2,12}}){{0,2}}?(?:\s?{{lists.seats.candidates}})?(?:의)?"
    rf"(?:\s{_KIND}{_ENDS}|(?P<open>(?=(?:\s?[,·]|\s및|[와과])\s?{{lists.seats.elected}})))"
)
# [곽선우·도은재] 사내이사 재선임
_NAMES_FIRST = worded(
    rf"(?<![가-힣·ㆍ]){_NAMES}(?<!의)(?:\s?{{lists.seats.candidates}}(?:의)?)?\s{_SEAT}(?:로의|의|로)?\s{_KIND}{_ENDS}"
)
# 사내이사 선임([곽선우, 도은재])
_NAMES_LAST = worded(
    rf"(?<![가-힣]){_SEAT}(?:의)?\s{_KIND}\s?[(（:]\s?(?:{{lists.page_lines.candidates}}\s?[:：]?\s?)?"
    r"(?P<names>[가-힣·ㆍ, ]{2,60})[)）]"
)
_DECIDED = worded(
    r"{lists.page_lines.passed}\s?{lists.seats.done}|시켰|처리(?:했|됐|되었)|{lists.seats.put_up}"
)
_PASSED = worded(r"{lists.page_lines.passed}\s?{lists.seats.done}")
_REFUSED = worded(r"{lists.kinds.failed}|{lists.seats.refused}")
_OPPOSED = worded(r"{lists.seats.opposed}")
# 의결했으나 △감사 배수아 선임의 건은 부결됐다: the next words are on other motions
_TURN = worded(
    r"(?:{lists.page_lines.passed}|{lists.kinds.failed}|처리|폐기)(?:시켰|되었|하였|[했됐])(?:으나|지만|고|으며|는데)(?=[\s,])"
)
_NEXT = re.compile(r"[△▲▷◆]|(?<!이 )(?:안|건|변경|선임|한도|승인)[은는도]\s")
# 2021년 주총에서, 지난해 이사회가: no news
_BACK = worded(
    r"(?:(?:19|20)\d\d년(?!\s?(?:정기|제\d|도))|(?<!\d)\d{1,2}년\s전|{times.looking_back})"
    r"[^,.△▲▷◆]{0,24}?(?:총회|주총|이사회)|당시"
)
_QUICK = re.compile(r"[선연중해]임")
_LONGEST = 1500
# What each of several words must be worth as a name.
_LIKELY = 1.0


_Motions = list[tuple[re.Match[str], Sequence[Entry]]]


def motions(line: str, base: int, lexis: Lexis) -> Iterator[Row]:
    """The motions of a sentence that begins at `base`, if they passed or are put up to a meeting."""
    if len(line) > _LONGEST or ("이사" not in line and "감사" not in line) or _QUICK.search(line) is None:
        return
    found = _found(line, base, lexis)
    if not found or _BACK().search(line, 0, found[0][0].start()) is not None:
        return
    start = 0
    for end in _turns(line):
        of_these = [told for told in found if start <= told[0].start() < end]
        if of_these and _decided(line, start, of_these, end):
            yield from _told(of_these)
        start = end


def _turns(line: str) -> Iterator[int]:
    """Where the words on some motions end, and those on others begin."""
    for turn in _TURN().finditer(line):
        if _NEXT.search(line, turn.end()) is not None:
            yield turn.end()
    yield len(line)


def _decided(line: str, start: int, found: _Motions, end: int) -> bool:
    """True if motions passed or are put up to a meeting, by the words around them from `start` to `end`."""
    behind = found[-1][0].end()
    if _DECIDED().search(line, behind, end) is None or _REFUSED().search(line, behind, end) is not None:
        return False
    if _PASSED().search(line, behind, end) is not None:
        return True
    return all(p().search(line, start, end) is None for p in (_REFUSED, _OPPOSED))


def _told(found: _Motions) -> list[Row]:
    """Motions with whom they name; one that tells no kind is of the next one's."""
    kind: str | None = None
    told: list[Row] = []
    for motion, people in reversed(found):
        kind = _kind(motion) or kind
        if kind is not None:
            told[:0] = [Row(Entry(e.names, Post()), kind, motion["seat"]) for e in people]
    return told


def _found(line: str, base: int, lexis: Lexis) -> _Motions:
    """The motions in order, none within another, with whom each names."""
    found: _Motions = []
    for pattern in (_NAMES_LAST, _SEAT_FIRST, _NAMES_FIRST):
        at = 0
        while (motion := pattern().search(line, at)) is not None:
            at = motion.start() + 1
            if any(motion.start() < m.end() and m.start() < motion.end() for m, _ in found):
                continue
            people = _people(motion["names"], base + motion.start("names"), lexis)
            if people:
                found.append((motion, people))
                at = motion.end()
    return sorted(found, key=lambda told: told[0].start())


def _kind(motion: re.Match[str]) -> str | None:
    """What happens by a motion, or None where the next one tells."""
    if motion["again"]:
        return RETAINED
    if motion["gone"]:
        return DEPARTED
    return None if motion.groupdict().get("open") is not None else APPOINTED


def _people(text: str, start: int, lexis: Lexis) -> Sequence[Entry]:
    """The names of a motion; nobody if one of them is none."""
    plain = re.sub(r"(?<=[가-힣]{2})[와과]\s", ", ", re.sub(r"[·ㆍ]", ",", text))
    read = read_group([chunks(plain, start)], lexis)[0]
    names = [n for e in read if e.post == Post() for n in e.names]
    sure = any(like_name(n.name) for n in names) and all(n.worth >= _LIKELY for n in names)
    return read if sure and len(names) == plain.count(",") + 1 else ()
