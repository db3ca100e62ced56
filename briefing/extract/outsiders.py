"""Houses that a text itself introduces as no enterprises: 시민단체 …, 유엔 산하 …, …을 돕는 모임인 …"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from briefing.extract.bodies import generic_endings, is_business_body
from briefing.extract.companies import is_enterprise_name
from briefing.korean.wordlists import worded

_KIND = r"{contexts.introduced.fields}\s?{contexts.introduced.bodies}"
# 환경단체 초록내일, 학부모 단체인 ‘햇살’; which field it is of is asked only where a body is named
_BODY = worded(r"{contexts.introduced.bodies}(?:들?인)?\s['‘“\"「<]?")
_FIELD = worded(rf"(?:^|[^가-힣]|국제|지역|전국|진보|보수|대표적|한국|국내){_KIND}(?:들?인)?\s['‘“\"「<]?$")
_KINDS = worded(r"{contexts.introduced.kinds}(?:인)?\s['‘“\"「<]?")
_GATHERING = worded(r"{contexts.introduced.gatherings}\s['‘“\"「<]?")
_FIRMS = worded(r"{contexts.bodies.business+contexts.introduced.firms}")
_ITSELF = worded(rf"(?:{_KIND}|{{contexts.introduced.kinds}})")
# ‘나래’와 ‘두레’ 등 7개 시민단체는
_ROW = r"['’”]?(?:(?:와|과|,|·)\s?['‘“]?[가-힣A-Za-z0-9&]{2,14}['’”]?){0,4}\s등\s(?:[가-힣0-9]{1,4}\s?개\s)?"
_COUNTED = worded(_ROW + r"(?:{contexts.introduced.counted})")
# 나래는 … 돕는 시민단체다
_TOLD = worded(rf"(?:은|는)\s[^.\n“”\"]{{0,80}}{_KIND}(?:이다|다[.\s]|입니다)")
_ENDS = re.compile(
    r"(?:['’”\"」>]|(?:에서는|에서|에게|은|는|이|가|의|을|를|과|와|도|측)?(?![가-힣A-Za-z0-9]))"
)
# 시민단체 금융정의누리[는], 소비자단체 ‘착한소비’[는]
_SPEAKS = worded(
    rf"{_KIND}(?:들?인)?\s['‘“]?(?P<w>[가-힣A-Za-z0-9&·]{{2,14}}(?:\s[가-힣A-Za-z0-9]{{1,8}})?)['’”]?$"
)
_AS_FIRM = worded(r"{contexts.introduced.as_firm}(?:인|이자)?\s['‘“\"「<]?$")
_REACH = 40
_BACK = 28


def outsiders(text: str, houses: Iterable[str]) -> frozenset[str]:
    """Those of the houses that the text calls bodies of citizens, plays, schools or nations.

    Args:
        houses: Names as they stand in the text.
    """
    asked = {h for h in houses if len(h) >= 2}
    if not asked:
        return frozenset()
    found = {h for h in asked if _ITSELF().fullmatch(h)}
    behind = _introduced(text)
    asked = {h for h in asked - found if not _sounds_like_firm(h)}
    found |= {h for h in asked if any(_opens(rest, h) for rest in behind)}
    if "단체" in text:
        found |= {h for h in asked - found if _counted(h, text) or _told(h, text)}
    return frozenset(found)


def called_firm(house: str, text: str) -> bool:
    """True where the text says that a house is a firm: 보안기업 안전파수꾼, 게임사인 ‘붉은동맹’."""
    return any(_AS_FIRM().search(text, max(0, at - _BACK), at) for at in _places(house, text))


def _places(house: str, text: str) -> Iterator[int]:
    """Where a name begins in a text."""
    at = text.find(house)
    while at >= 0:
        yield at
        at = text.find(house, at + 1)


def introduced_at(text: str, end: int) -> re.Match[str] | None:
    """The house (group `w`) that ends at an offset behind such an introduction."""
    start = max(0, end - _REACH)
    return _SPEAKS().search(text, start, end) if "단체" in text[start:end] else None


def _opens(rest: str, house: str) -> bool:
    """True if the words behind an introduction begin with the house, or with its last (동물권 꼬리물기)."""
    name = house.rsplit(maxsplit=1)[-1]
    return any(len(w) > 1 and rest.startswith(w) and _ENDS.match(rest, len(w)) for w in (house, name))


def _sounds_like_firm(house: str) -> bool:
    """시민단체 다솔전자 [앞 시위]: a headline's words without a mark between them."""
    telling = is_enterprise_name(house) and not house.endswith(tuple(generic_endings()))
    return telling or is_business_body(house)


def _introduced(text: str) -> list[str]:
    """What stands behind the words that introduce such a house."""
    found = list(_KINDS().finditer(text))
    found += [m for m in _BODY().finditer(text) if _FIELD().search(text[max(0, m.start() - _BACK) : m.end()])]
    found += [
        m
        for m in _GATHERING().finditer(text)
        if not _FIRMS().search(text, max(0, m.start() - _BACK), m.start())
    ]
    return [text[m.end() : m.end() + _REACH] for m in found]


def _counted(house: str, text: str) -> bool:
    """True for one of several bodies that are counted: ‘나래’와 ‘두레’ 등 7개 단체는."""
    if is_enterprise_name(house):
        return False  # 나래물산과 두레해운 등 5개 단체가
    row = any(_COUNTED().match(text, at + len(house)) for at in _places(house, text))
    return row and _ITSELF().search(text) is not None


def _told(house: str, text: str) -> bool:
    """True where the text says what a house is: 나래는 청년을 돕는 시민단체다."""
    return any(_TOLD().match(text, at + len(house)) for at in _places(house, text))
