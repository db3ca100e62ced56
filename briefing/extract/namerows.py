"""Names that share one title: A·B 상무, A(다솔)·B(누리) 상무, A, B 등 상무 2명, A B C상무."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace

from briefing.extract.companies import Names, is_enterprise_name
from briefing.extract.credibility import LIKELY
from briefing.extract.names import RARE, SHAPED, WHOLE, fluency, score, shape
from briefing.extract.sightings import Sighting
from briefing.extract.titles import Title, title_kind
from briefing.extract.transcription import foreign_given
from briefing.extract.wordforms import Word
from briefing.korean.kiwi import Token
from briefing.model import Span

MARKS = frozenset({",", "·", "ㆍ", "、"})  # between names that share a title
_EARLIER = re.compile(r"(?<![가-힣A-Za-z])([가-힣]{2,4})(?:\([^()\n]{1,20}\))?\s?[·ㆍ,、]\s?$")
_EARLIER_REACH = 31
# 다솔화학 [김웅락,] 다솔카드; [김웅락] 다솔화학, 윤하람
_ONE_NAME = r"(?P<name>[가-힣]{2,4})(?:\(\d\d\))?"
_ONE_HOUSE = r"(?P<house>[가-힣A-Za-z0-9&]{2,14})"
_HOUSE_FIRST = re.compile(rf"(?<![가-힣A-Za-z]){_ONE_HOUSE}\s{_ONE_NAME}\s?[·ㆍ,、]\s?$")
_NAME_FIRST = re.compile(rf"(?<![가-힣A-Za-z]){_ONE_NAME}\s{_ONE_HOUSE}\s?[·ㆍ,、]\s?$")
_HOUSE_REACH = 30
# Behind a topic, a mark or the beginning of a sentence; 가수 곽선우와 [윤하람 상무] do not share it.
_WITH = re.compile(r"(?:^|[은는,.]\s|\n)(?P<name>[가-힣]{3})[과와]\s$")
_LAST_NAMED = re.compile(r"(?<![가-힣A-Za-z])([가-힣]{2,4})\s$")
_SO_MANY = re.compile(r"\s?\d{1,3}(?:명|인)")
_HOUSE = re.compile(r"\((?P<w>[가-힣A-Za-z0-9&]{2,14})\)")
# So many names before one title are a row, whatever one of them looks like.
_ROW = 3


def names_in_row(ahead: Sequence[Word], score_of: Callable[[Word], float]) -> list[Word]:
    """The words before a name that are names as well, the nearest first: 이용호 김장옥 [이우용 상무].

    Args:
        ahead: The words before the name, the nearest first.
        score_of: How likely a word is a name.
    """
    found: list[Word] = []
    for word in ahead:
        if word.title is not None or len(word.text) != WHOLE or score_of(word) < LIKELY:
            break
        found.append(word)
    if len(found) < _ROW:  # 미루온 윤하람 상무: rather a company
        found = list(itertools.takewhile(lambda word: fluency(word.text) >= RARE, found))
    return found


class Rows:
    """Finds names that share a title in one text."""

    def __init__(self, text: str, tokens: Mapping[int, Token], names: Names) -> None:
        self._text = text
        self._tokens = tokens
        self._names = names

    def are_names(self, parts: Sequence[tuple[str, int]]) -> bool:
        """True for names; most of them sure, others (이레나, 한아름) may be given names or words."""
        if not all(shape(name) for name, _ in parts):
            return False
        doubted = [name for name, at in parts if score(name, at, self._tokens) < 1]
        return 2 * len(doubted) < len(parts) + (len(parts) == 2) and all(
            len(name) == WHOLE and (shape(name) == SHAPED or name in foreign_given()) for name in doubted
        )

    def sharing(self, row: Iterable[tuple[str, int]], main: Sighting) -> list[Sighting]:
        """Sightings of names, with where they begin, that share title and company with another."""
        found = []
        for name, start in row:
            span = Span(start, start + len(name))
            shared = Sighting(name, span, span, main.title, main.company, main.surface, former=main.former)
            found.append(self.housed(shared, span.end))
        return found

    def housed(self, sighting: Sighting, at: int) -> Sighting:
        """곽선우(다솔전자), 곽선우 부사장(다솔전자): with the house that a bracket at an offset names."""
        told = _HOUSE.match(self._text, at)
        if told is None:
            return sighting
        house = self._names.exact(told["w"]) or (told["w"] if is_enterprise_name(told["w"]) else None)
        return sighting if house is None else replace(sighting, company=house, surface=told["w"])

    def enumerated(self, at: int) -> list[tuple[str, int]]:
        """Names in front of the last one: 권영준, 김웅락, 오세란 사외이사."""
        row: list[tuple[str, int]] = []
        while (match := _EARLIER.search(self._text[max(0, at - _EARLIER_REACH) : at])) is not None:
            start = max(0, at - _EARLIER_REACH) + match.start(1)
            if score(match.group(1), start, self._tokens) < 2 and not self._ends_alike(match.group(1), start):
                break
            row.insert(0, (match.group(1), start))
            at = start
        return row

    def of_houses(self, at: int, main: Sighting) -> list[Sighting]:
        """Who bears a title in front of another, each with a house.

        다솔건설 권영준, 다솔화학 김웅락, [다솔카드 윤하람 대표]; 권영준 다솔건설·[윤하람 다솔카드 대표].

        Args:
            at: Where the words of the last one begin.
            main: The last one.
        """
        first = main.name_span.start > at
        row: list[Sighting] = []
        while match := (_HOUSE_FIRST if first else _NAME_FIRST).search(
            self._text[max(0, at - _HOUSE_REACH) : at]
        ):
            base = max(0, at - _HOUSE_REACH)
            house, start = match["house"], base + match.start("name")
            known = self._names.exact(house)
            if known is None and (is_enterprise_name(house) or house[:2] == main.surface[:2]):
                known = house
            likely = title_kind(house) is None and score(match["name"], start, self._tokens) >= SHAPED
            if known is None or not likely:
                break
            span = Span(start, start + len(match["name"]))
            row.insert(0, Sighting(match["name"], span, span, main.title, known, house, former=main.former))
            at = base + match.start()
        return row

    def joined(self, at: int) -> list[tuple[str, int]]:
        """권영준과 [윤하람 상무]: who stands in front and shares the title, with nothing said of them."""
        match = _WITH.search(self._text[max(0, at - _EARLIER_REACH) : at])
        if match is None or shape(match["name"]) != SHAPED or self._names.exact(match["name"]):
            return []
        start = max(0, at - _EARLIER_REACH) + match.start("name")
        return [(match["name"], start)] if score(match["name"], start, self._tokens) > SHAPED else []

    def _ends_alike(self, name: str, start: int) -> bool:
        """곽나은, 도하린 상무: a name whose last syllable the analyzer takes for a particle."""
        token = self._tokens.get(start)
        if len(name) != WHOLE or name[-1] != "은" or shape(name) != SHAPED or token is None:
            return False
        unknown = not token.known and token.tag == "NNP" and token.end - token.start < len(name)
        return unknown and self._names.exact(name[:-1]) is None

    def counted(self, title: Title) -> list[Sighting]:
        """권영준, 김웅락 등 [상무 2명]: names in front of a title that counts them."""
        stop = title.span.start - len("등 ")
        last = _LAST_NAMED.search(self._text, max(0, stop - 6), stop)
        if last is None or _SO_MANY.match(self._text, title.span.end) is None:
            return []
        row = [*self.enumerated(last.start(1)), (last.group(1), last.start(1))]
        if len(row) == 1 or any(score(name, at, self._tokens) < 1 for name, at in row):
            return []
        spans = [Span(at, at + len(name)) for name, at in row]
        return [Sighting(s.of(self._text), s, s, title) for s in spans]

    def names_before(self, at: int) -> list[tuple[str, int]]:
        """이용호 김장옥 이우용 성천경상무: names in front that share the title, with where they begin."""
        row: list[tuple[str, int]] = []
        while match := re.search(r"(?<![가-힣A-Za-z])([가-힣]{3})\s$", self._text[max(0, at - 6) : at]):
            start = at - 4
            if score(match.group(1), start, self._tokens) < 1:
                break
            row.insert(0, (match.group(1), start))
            at = start
        return row
