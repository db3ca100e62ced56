"""Verbs of moves that are said of somebody without a name: 명장으로 선정된 직원을, 사임한 전임 대표의."""

from __future__ import annotations

import re

from briefing.extract.predicates import Predicate
from briefing.korean.lexicon import table
from briefing.korean.wordlists import listed, worded

ADNOMINAL = tuple(str(table("moves.toml")["endings"]["adnominal"]).split())
_SAID_OF = re.compile(
    r"(?P<verb>[가-힣]+)\s(?P<noun>[가-힣]{2,5}?)(?:들)?(?:은|는|이|가|을|를|의|에게|과|와)[\s,]"
)
# 사임한 전임 대표의 기조를
_PREDECESSOR = re.compile(r"[가-힣]*[한된난]\s전[임직]\s[가-힣]{2,6}(?:의|이|가|은|는|을|를|과|와)\s")
# 별세한 창업주에 대해, 타계한 원로 배우를: whoever died is named behind it, or nowhere
_DIED = worded(r"{moves.seats.deaths}[한된던]\s")
_WORKERS = listed("people.workers")
_FORMS = frozenset({"passive", "active", "phrase"})


def said_of_unnamed(text: str, predicate: Predicate) -> bool:
    """True if a verb only modifies a noun of persons behind it."""
    if predicate.form not in _FORMS:
        return False
    start = predicate.span.start
    if predicate.form == "phrase":  # 회사를 [떠난 임원들]에게
        start = text.rfind(" ", start, predicate.span.end) + 1 or start
    if _PREDECESSOR.match(text, start) or _DIED().match(text, start):
        return True
    head = _SAID_OF.match(text, start)
    return head is not None and head["verb"].endswith(ADNOMINAL) and head["noun"] in _WORKERS()
