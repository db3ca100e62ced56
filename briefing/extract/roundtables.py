"""Event or meeting: whether an occasion brings a counterpart (국세청장 초청 간담회)."""

from __future__ import annotations

import re

from briefing.extract.counterparts import is_outlet
from briefing.extract.document import Document
from briefing.extract.occasions import Occasion, word_set
from briefing.korean.wordlists import affixes, listed, worded
from briefing.model import ActivityKind

# What may follow a partner in the name of a round table (협력사 간담회, 청년들과의 간담회).
_PARTNERS = listed("occasions.held.behind_partners")
# Alone this is mostly the head of a union, who is heard on the news and not met.
_UNION = "위원장"
_PLURAL = re.compile("(?:들|님)?(?:[이가과와의은는]|께서)?$")
_INVITED = worded(
    r"(?:{occasions.meeting.heard}|{occasions.meeting.partners})[^,.]{0,14}을\s(?:초청|초대)해\s"
)
# An occasion told before stands at most this far in front.
_TOLD_BEFORE = 400
_CALLERS = affixes("occasions.meeting.callers")
_WITH = re.compile(r"(?P<who>[^\s,]+)[과와](?P<of>의)?\s$")
# The words before a round table that may say with whom it is.
WITH_WHOM = 24


def occasion_kind(document: Document, occasion: Occasion) -> ActivityKind:
    """Event, or meeting where the occasion brings a counterpart."""
    if occasion.head not in word_set("meeting", "talks"):
        return ActivityKind.MEETING if occasion.head in word_set("meeting", "words") else ActivityKind.EVENT
    return ActivityKind.MEETING if _has_partner(document, occasion) else ActivityKind.EVENT


def _has_partner(document: Document, occasion: Occasion) -> bool:
    before = document.text[max(0, occasion.span.start - WITH_WHOM) : occasion.span.start]
    if "초청" in before or "초대" in before:
        invited = _INVITED().search(before)
        if invited is not None:
            return True  # 대표 60명을 초청해 간담회를
    if hosted_for(before) or any(word in before for word in word_set("meeting", "guests")):
        return True
    partners = word_set("meeting", "partners")
    words = re.split(r"[\s·,]+", occasion.phrase)
    if any(w == p or (w.startswith(p) and w[len(p) :] in _PARTNERS()) for w in words for p in partners):
        return True
    if any(w.endswith(_CALLERS()) for w in words[:-1]):
        return True  # 국세청장 초청 간담회
    told = document.text[max(0, occasion.span.start - _TOLD_BEFORE) : occasion.span.start]
    if re.search(rf"[과와]\s{re.escape(occasion.head)}", told):
        return True  # CEO들과 간담회를 갖는다. … 간담회에는
    return _official_calls(document, occasion)


def hosted_for(before: str) -> bool:
    """True for 현장 직원들과(의) 간담회; those who only ask and write are no counterpart."""
    match = _WITH.search(before)
    if match is None:
        return False
    who = match["who"].removesuffix("들")
    return not match["of"] or not (who in word_set("meeting", "press") or is_outlet(who))


def _official_calls(document: Document, occasion: Occasion) -> bool:
    """True where an official is told of beside a round table: 장관과 업계 대표들이 … 조찬 간담회를."""
    official = tuple(word_set("meeting", "officials"))
    if any(
        not p.executive and p.title and p.title.endswith(official) and p.title != _UNION
        for p in document.personas
    ):
        return True
    sentence = document.sentence_at(occasion.span.start)
    if sentence is None:
        return False
    start = sentence.span.start
    if occasion.phrase in {f"이날 {occasion.head}", occasion.head}:  # told in the sentence before
        last = document.sentence_at(start - 2) if start > 1 else None
        start = last.span.start if last is not None else start
    before = document.text[start : occasion.span.start].split()
    return any(_PLURAL.sub("", word).endswith(official) for word in before)
