"""Several places seen one after the other: 4일 생산기지와 5일 건설 현장을, 공장을, 6일에는 저유소를."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from briefing.extract.deeds import Deed, Parse
from briefing.extract.places import bare_phrase
from briefing.korean.wordlists import worded
from briefing.model import Span

# Between a place and the next one, which has a day of its own.
_THEN = worded(
    r"(?:(?:을|를),?|과|와|,)\s(?:이어\s)?(?:{times.next_days}|\d{1,2}일)(?:에는|에|엔|은)?(?:\s오전|\s오후)?\s$"
)
# 2일 화재가 난 (여수공장): the day of what befell the place.
_OF_PLACE = re.compile(r"\d일\s[^,]{0,16}[가-힣](?:이|가)\s[가-힣]*[난된진친던온한]\s$")
# Places of one tour are no more than these.
_MOST = 6
_REACH = 24


def with_earlier(parse: Parse, visit: Deed, is_place: Callable[[str], bool]) -> list[Deed]:
    """A visit, and in front of it those that share its verb but have days of their own.

    Args:
        parse: The sentence.
        visit: The visit of the last place.
        is_place: Tells places of work from other things by the phrase.
    """
    found = [visit]
    at = parse.text.rfind(visit.what, parse.bounds[0], visit.span.start)
    while at > 0 and len(found) < _MOST:
        then = _THEN().search(parse.text, max(parse.bounds[0], at - _REACH), at)
        if then is None:
            break
        start = parse.start_of(then.start())
        place = bare_phrase(parse.text[start : then.start()])
        if not place or not is_place(place) or _OF_PLACE.search(parse.text, parse.bounds[0], start):
            break
        found.insert(0, replace(visit, span=Span(start, then.start()), what=place))
        at = start
    return found
