"""Who is told not to be there, why, and who comes in his place."""

from __future__ import annotations

import re
from collections.abc import Sequence

from briefing.extract.document import Document
from briefing.extract.groups import Group, modified
from briefing.extract.occasions import Occasion, word_set
from briefing.extract.scene import Absence, Scene
from briefing.korean.kiwi import Sentence
from briefing.korean.wordlists import worded
from briefing.model import ActivityKind, Span

_READ_FOR = worded(r"{occasions.held.read_for}")
# A 회장 대신 B 사장이, A 회장을 대신해
_INSTEAD = re.compile(r"(?:\([^()]*\))?(?:을|를)?\s대신(?:해서는|해서|해|하여|한)?\s")
# 자리를 비운 사이 tells who was away once, of no occasion.
_ABSENT = worded(r"{occasions.held.absent}(?!\s{occasions.held.while_away})")
_HIS_SEAT = worded(r"\s자리(?:는|를|에|에는)\s[^.\n]{0,60}?{occasions.held.seated}")
# A 회장은 미국 출장 중이어서 B 부회장이 대신 나왔다
_STANDS_IN = worded(r"(?:이|가)\s대신\s(?:\S+\s)?{occasions.held.stands_in}")
# A 사장은 앉았고 [B 회장은 …]: another clause begins
_NEXT_CLAUSE = re.compile(r"[았었했였갔왔됐졌렸](?:고|으며|지만|으나)\s")
_MODIFIES = re.compile(r"[온선은]\s|[가-힣]?한\s")
_BECAUSE = worded(r"{occasions.absent.because}\s")


def absences(
    document: Document,
    sentence: Sentence,
    occasions: Sequence[Occasion],
    groups: Sequence[Group],
    scene: Scene,
) -> None:
    """Notes who is away: A 회장은 참석하지 않았다; 자리를 비운 A 회장; A 회장의 축사를 B가 대독했다."""
    if not groups:
        return
    text, start, end = document.text, sentence.span.start, sentence.span.end
    missing, told, reason = replaced(text, groups, end), end, start
    if (match := _READ_FOR().search(text, start, end)) and not document.quoted(match.start()):
        role = "of" if match[0].endswith("독") or match[0].endswith("읽") else "subject"
        missing += [g for g in groups if g.role == role and g.end <= match.start()][:1]  # 대신 보내
    elif (match := _ABSENT().search(text, start, end)) and not document.quoted(match.start()):
        told = match.end()
        behind = modified(document, groups, match.end(), sentence) if text[match.end() - 1] == "운" else None
        before = [g for g in groups if g.role == "subject" and g.end <= match.start()][-1:]
        missing += [behind] if behind else before
    elif (match := _STANDS_IN().search(text, start, end)) and not document.quoted(match.start()):
        told, reason = start, match.start()  # 참석차 출국해, 미국 출장 중이어서 B 부사장이 대신 나왔다
        before = [g for g in groups if g.role == "subject" and g.end < match.start()][-1:]
        whose = _MODIFIES.match(text, match.end() - 1) is None  # not B 대표가 대신 나온 (간담회에 참석했다)
        missing += [g for g in before if whose and not _NEXT_CLAUSE.search(text, g.end, match.start())]
    named = [o for o in occasions if not o.pointing and o.head not in word_set("event", "speeches")]
    here = named[-1].phrase if named else None
    reason = max((m.end() for m in _BECAUSE().finditer(text, start, told)), default=reason)
    for group in missing:
        name = document.persona_of(group.mentions[-1]).name
        scene.absent[name] = Absence(sentence.span, here or (scene.what or None), told, reason)


def replaced(text: str, groups: Sequence[Group], end: int) -> list[Group]:
    """Those in whose place somebody comes: A 회장 대신, A 회장을 대신해, A 회장의 자리는 B가 채웠다."""
    seats = [g for g in groups if g.role == "of" and g.end < end and _HIS_SEAT().match(text, g.end)]
    if not groups or text.find("대신", groups[0].mentions[0].span.end, end) < 0:
        return seats
    return [*seats, *(g for g in groups if _INSTEAD.match(text, g.mentions[-1].span.end, end))]


def away(scene: Scene, name: str, kind: ActivityKind | None, what: str, at: Span | None = None) -> bool:
    """True if somebody is said not to be there.

    Args:
        scene: What the text has told so far.
        name: Whose deed it is.
        kind: Its kind.
        what: The occasion, or what is told of it.
        at: Where the deed stands, if that is known: in the sentence that tells the absence it never counts.
    """
    if name not in scene.absent:
        return False
    absence = scene.absent[name]
    if at is not None and absence.sentence.start <= at.start < absence.sentence.end:
        if at.start < absence.reason:
            return False  # 광산을 둘러보고 있어 나오지 않았다
        # 불출석 사유서를 내고 캐나다로 떠났다; 부산에 내려오지 않고 서울에서 대사를 만났다
        if at.start < absence.told or kind not in {ActivityKind.TRIP, ActivityKind.MEETING}:
            return True
        return kind is ActivityKind.MEETING and what.endswith(tuple(word_set("meeting", "words")))
    if kind not in {ActivityKind.EVENT, ActivityKind.MEETING}:
        return False
    missed = absence.missed
    return missed is None or what.endswith(missed) or missed.endswith(what)
