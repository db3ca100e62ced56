"""Verbs of moves that are said of somebody without a name: 명장으로 선정된 직원을, 사임한 전임 대표의."""

from __future__ import annotations

import re

from briefing.extract.names import SHAPED, WHOLE, fluency, foreign_given, shape
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
# 법인장에 임명된 소피아 켕, 대표에 선임된 이가람과
_OF_NAME = re.compile(
    r"(?P<verb>[가-힣]+)\s(?P<name>[가-힣]{2,6}?(?:\s[가-힣]{1,6}?)?)(?:은|는|이|가|을|를|의|에게|과|와|도)?[\s,.]"
)
# Names without a title are told from words by at least so much; see `names.fluency`.
_LIKE_NAMES = -11.5
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
    if head is not None and head["verb"].endswith(ADNOMINAL) and head["noun"] in _WORKERS():
        return True
    named = _OF_NAME.match(text, start)
    return named is not None and named["verb"].endswith(ADNOMINAL) and _is_name(named["name"])


def _is_name(name: str) -> bool:
    """True for a name without a title: 법인장에 임명된 [소피아 켕], 대표에 선임된 [이가람]과."""
    first, _, rest = name.partition(" ")
    if rest:
        return first in foreign_given()
    return len(name) == WHOLE and shape(name) == SHAPED and fluency(name) > _LIKE_NAMES
