"""Names that do not stand before their title: 대표 윤하람, CEO인 팀 홀든이, 김민(가람상사 대표)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from briefing.extract.bodies import is_outside
from briefing.extract.companies import after_bracket, is_enterprise_name, is_unit
from briefing.extract.employer import Employers
from briefing.extract.foreign import ForeignNames
from briefing.extract.names import RARE, fluency, looks_chinese, score, shape
from briefing.extract.particles import AFTER_NAME
from briefing.extract.predicates import context
from briefing.extract.sightings import Sighting
from briefing.extract.surroundings import SUPPORT, Surroundings
from briefing.extract.titles import COURTESY, Title, title_kind
from briefing.extract.wordforms import Word
from briefing.korean.wordlists import listed, worded
from briefing.model import Span

_LINK = re.compile(r"(?:이자|이었던|였던|이던|인)\s|[^\S\n]?:?[^\S\n]?")
# (대표이사 윤하람[·곽보람])
_AND_ANOTHER = re.compile(r"\s?[·ㆍ,]\s?(?P<name>[가-힣]{2,4})(?=[)）]|\s?[·ㆍ,]\s?[가-힣]{2,4}[)）])")
_KOREAN = re.compile(r"[가-힣]{2,5}|[一-鿿]{2,4}")
_HOUSE_BEHIND = re.compile(r"\s(?P<w>[가-힣A-Za-z0-9&]{2,14})\s")
_NAMED_TO = re.compile(r"(?:에는|에|으로는|으로|로는|로)\s([가-힣]{2,5})")
# 대표[로], 대표 자리[에는]
_AS_POST = worded(r"\s?{moves.seats.bare}?(?:으로는|으로|로는|로|에는|에)\s")
# [곽선우를 신임 ]대표로, [앨런 첸(51)을 다솔의 새 ]대표로
_OBJECT_OF = worded(r"(?:을|를)\s(?:{moves.seats.qualified}\s|[가-힣A-Za-z0-9&]{2,12}(?<![을를])의?\s){0,2}$")
# CTO를 맡아 온 [곽선우는 ]CPO로 자리를 옮긴다, [곽선우(45)가 다솔의 ]CFO로 합류했다
_SUBJECT_OF = re.compile(r"(?:은|는|이|가)\s(?=(?:[^\s.,\n]+\s){0,5}$)")
_TAKES_IT = worded(
    r"\s?{moves.seats.bare}?(?:으로|로|에|을|를)\s(?:[가-힣]{1,5}\s){0,2}{moves.namings.takes_it}"
)
_SUBJECT_REACH = 60
_BEFORE = re.compile(r"[가-힣]+\s$")
_AGED = re.compile(r"\(\d\d\)$")
# What somebody did or was, in front of a name without a title.
_TOLD_OF = worded(r"(?:(?:{moves.seats.held}|{moves.namings.known_for})|출신의?|창업자인?)\s$")
_NAMED_BEHIND = re.compile(
    r"(?:[^\s.,\n]+\s){0,5}?[가-힣]{1,5}(?:\([^()\n]{1,30}\))?(?P<mark>(?:이|가|을|를)\s)"
)
_ONCE_BEHIND = re.compile(
    r"(?:[^\s.,\n]+\s){1,4}?전\s(?:[^\s.,\n]+\s){0,3}?[가-힣]{2,9}(?P<mark>(?:이|가|을|를)\s)"
)
# [곽선우] 전 누리위원회 감사관을: what somebody was stands between the name and its particle.
_ONCE = re.compile(r"\s전\s(?:[^\s,.()“”\"]{1,14}\s){0,4}[^\s,.()“”\"]{1,14}$")
_ONCE_REACH = 50
_BEYOND_DOUBT = 3
_EXCHANGED = worded(
    r"(?:를|을|가|이|은|는)\s(?:기존\s)?([가-힣·]{1,12}(?:\s[가-힣]{1,7}){0,2}?)(?:\s{moves.regimes.kinds}(?:\s?대표)?\s체제)?에서\s"
    r"([가-힣·]{1,12}?(?:\s[가-힣]{1,7}?){0,2}?)(?:\s{moves.regimes.kinds}(?:\s?대표)?\s체제)?(?:으로|로)\s(?:각각\s|전격\s)?{moves.seats.exchanged}"
)
_INSIDE = re.compile(r"[가-힣A-Za-z0-9&.·㈜\- ]{0,40}")
_FIRM = re.compile(r"[가-힣A-Za-z0-9&.㈜\-]+")
_CLOSES = frozenset(")）")
_PARTICLES = frozenset("의은는을를과와도")
# A house of one word; no name of one word has more syllables.
_LONGEST_NAME = 3
# Nobody's name follows, and the title is borne: 대표는, not 대표 한가람이, 대표 내정자는.
_TITLE_ENDS = worded(r"(?:은|는|이|가|도|의|을|를|과|와)\s")
_FOUNDERS = listed("contexts.posts.founders")


class Appositions:
    """Finds names behind titles and names whose title stands in brackets.

    Args:
        titles: All titles of the text by where they begin.
    """

    def __init__(
        self,
        around: Surroundings,
        employers: Employers,
        foreign: ForeignNames,
        titles: Mapping[int, Title],
    ) -> None:
        self._around = around
        self._text = around.text
        self._names = around.names
        self._employers = employers
        self._foreign = foreign
        self._titles = titles

    # ------------------------------------------------------------------ name behind its title

    def behind(self, title: Title, floor: int) -> Sighting | None:
        """대표 윤하람, CEO 팀 홀든, 창업자이자 CEO인 웨이드 홀든이, 회사(대표 윤하람)"""
        end = title.span.end
        link = _LINK.match(self._text, end)
        if link is None or link.end() == end or (title.kind == "other" and link.group() != " "):
            return None
        start = link.end()
        foreign = self._foreign.following(start)
        if foreign is not None:
            return self._sighting(title, floor, foreign.name, foreign.span, foreign.weight)
        match = _KOREAN.match(self._text, start)
        if match is None:
            return None
        word = match.group()
        token = self._around.ends.get(start + len(word))
        particle = token is not None and token.tag[0] == "J" and token.start > start + 1
        cuts = (len(word) if not particle or token is None else token.start - start, 3, 2, 4)
        for cut in dict.fromkeys(cuts):
            name, rest = word[:cut], word[cut:]
            if cut > len(word) or (rest and not AFTER_NAME.fullmatch(rest)):
                continue
            value = self._value(title, name, start)
            if value >= 2 and self._names.exact(name) is None and title_kind(name) is None:
                return self._sighting(title, floor, name, Span(start, start + cut), value)
        return None

    def _value(self, title: Title, name: str, start: int) -> float:
        """How credible a Korean or Chinese name behind a title is."""
        end = start + len(name)
        value = float(score(name, start, self._around.tokens))
        if looks_chinese(name):
            value = max(value, 2.0 if len(name) < 3 else 3.0)
        opened = self._text[title.span.start - 1 : title.span.start]
        closes = self._text[end : end + 1] in _CLOSES or (
            opened in {"(", "（"} and _AND_ANOTHER.match(self._text, end) is not None
        )
        if closes and opened in {"(", " ", "·", "（"}:
            value += 2 if looks_chinese(name) else 1
        if self._text[end : end + 1] == "(" and SUPPORT.match(self._text, end + 1):
            value += 1
        return value

    def _sighting(self, title: Title, floor: int, name: str, span: Span, weight: float) -> Sighting:
        company, surface = self._employers.before(title, floor)
        former = self._around.before(title, floor).former  # 전 누리 대표 윤하람
        whole = Span(title.span.start, span.end)
        return Sighting(name, span, whole, title, company, surface, former=former, weight=weight)

    def joined(self, title: Title, first: Sighting) -> list[Sighting]:
        """누리제약(대표이사 윤하람·[곽보람]): those named in the bracket besides the first."""
        found: list[Sighting] = []
        if self._text[title.span.start - 1 : title.span.start] not in {"(", "（"}:
            return found
        at = first.name_span.end
        while (match := _AND_ANOTHER.match(self._text, at)) is not None:
            span = Span(*match.span("name"))
            if not shape(match["name"]):
                break
            found.append(replace(first, name=match["name"], name_span=span, span=span, extra_titles=()))
            at = span.end
        return found

    def followed_by_title(self, found: Sighting, before: Title) -> bool:
        """True if a title of their own stands behind the name: 공동창업자 [황보나래 대표]."""
        # 조직위원장인, 동반성장협의회 회장인 [황보나래 온새전자 대표]
        aside = before.kind != "executive" or (found.company is not None and is_outside(found.company))
        if (aside or is_founder(before)) and self._housed(found):
            return True
        at = after_bracket(self._text, found.name_span.end)
        title = self._titles.get(at + 1) if self._text[at : at + 1] == " " else None
        return title is not None and title.head not in COURTESY()

    def _housed(self, found: Sighting) -> bool:
        """True if a house and a title stand behind the name: 창업주 [황보나래 온새전자 회장]."""
        match = _HOUSE_BEHIND.match(self._text, found.name_span.end)
        if match is None or (title := self._titles.get(match.end())) is None:
            return False
        house = match["w"]
        known = self._names.exact(house) is not None or is_enterprise_name(house)
        return known and title.head not in COURTESY() and not is_founder(title)

    def named_to(self, title: Title) -> Sighting | None:
        """커머스부문장에 박희경, …: somebody without a title of their own, named to a post."""
        match = _NAMED_TO.match(self._text, title.span.end)
        if match is None:
            return None
        word, start = match.group(1), match.start(1)
        for cut in (len(word), len(word) - 1):
            name, rest = word[:cut], word[cut:]
            if cut < 2 or rest.startswith("씨") or (rest and not AFTER_NAME.fullmatch(rest)):
                continue
            if not rest and self._text[start + cut : start + cut + 1] not in {",", ".", "\n", ""}:
                continue
            if (
                score(name, start, self._around.tokens) >= 2
                and not title_kind(name)
                and self._names.exact(name) is None
            ):
                span = Span(start, start + cut)
                return Sighting(name, span, span, None)
        return None

    def named_as(self, title: Title) -> Sighting | None:
        """다솔은 [곽선우]를 대표로 선임했다, 새 대표에 [앨런 첸]이 왔다: no title of their own."""
        if title.kind != "executive":
            return None
        text, end = self._text, title.span.end
        link = _AS_POST().match(text, end)
        if link is None:
            return self._taking(title) if _TAKES_IT().match(text, end) else None
        before = _OBJECT_OF().search(text, max(0, title.span.start - 40), title.span.start)
        if before is not None and context("appoints").match(text, link.end()):
            return self._untitled(before.start(), max(0, before.start() - 24))
        if _TAKES_IT().match(text, end) and (found := self._taking(title)) is not None:
            return found
        for pattern in (_NAMED_BEHIND, _ONCE_BEHIND):
            behind = pattern.match(text, link.end())
            if behind is not None and context("appoints").match(text, behind.end()):
                return self._untitled(behind.start("mark"), link.end())
        return None

    def _taking(self, title: Title) -> Sighting | None:
        """[곽선우(45)]가 다솔의 CFO로 합류했다: a subject whose age or doings the text tells."""
        text, stop = self._text, title.span.start
        for subject in _SUBJECT_OF.finditer(text[:stop], max(0, stop - _SUBJECT_REACH)):
            at = subject.start()
            found = self._untitled(at, max(0, at - 24))
            if found is None:
                continue
            start = found.name_span.start
            aged = _AGED.search(text, found.name_span.end, at) is not None
            told = _TOLD_OF().search(text, max(0, start - 12), start) is not None
            before = _BEFORE.search(text, max(0, start - 12), start)
            artist = before is not None and title_kind(before.group().strip()) == "other"
            if (aged or told) and not artist:
                return found
        return None

    def _untitled(self, stop: int, floor: int) -> Sighting | None:
        """The name that ends where a particle or bracket begins, if it is one beyond doubt."""
        opened = self._text.rfind("(", max(floor, stop - 40), stop)
        if self._text[stop - 1 : stop] == ")" and opened > 0:
            stop = opened
        once = _ONCE.search(self._text, max(0, stop - _ONCE_REACH), stop)
        if once is not None and title_kind(once.group().rsplit(maxsplit=1)[-1]) is None:
            floor, stop = max(0, once.start() - 24), once.start()
        found = self._ending_at(stop, floor)
        if found is None or self._names.exact(found[0]) is not None or found[1].end != stop:
            return None  # 곽선우 씨를: 씨 is a title of its own
        name, span, weight = found
        korean = " " not in name
        if title_kind(name.rsplit(maxsplit=1)[-1]) is not None:
            return None  # 앨런 첸 부사장을
        if korean and (
            weight < _BEYOND_DOUBT
            or len(name) < 3
            or title_kind(name) is not None
            or is_outside(name)
            or is_unit(name)
        ):
            return None
        return Sighting(name, span, span, None, weight=weight)

    def exchanged(self, title: Title) -> list[Sighting]:
        """대표이사가 곽민석에서 도은채로, CEO(최고경영자)를 앨런 첸에서 존 박으로: names without titles."""
        match = _EXCHANGED().match(self._text, after_bracket(self._text, title.span.end))
        if match is None:
            return []
        spans = [span for n in (1, 2) for span in self._apart(Span(*match.span(n)))]
        names = [s.of(self._text) for s in spans]
        if not all(self._bare_name(s) for s in spans):
            return []
        company, surface = self._employers.before(title, max(0, title.span.start - 40))
        return [Sighting(n, s, s, None, company, surface) for n, s in zip(names, spans, strict=True)]

    def _apart(self, span: Span) -> list[Span]:
        """곽민석·도은채: each of the names."""
        names = re.finditer(r"[^·]+", span.of(self._text))
        return [Span(span.start + m.start(), span.start + m.end()) for m in names]

    def _bare_name(self, span: Span) -> bool:
        """True for a stretch that is one Korean or foreign name and nothing else."""
        name = span.of(self._text)
        if " " not in name and shape(name):
            return title_kind(name) is None and self._names.exact(name) is None
        foreign = self._foreign.ending_at(span.end, span.start)
        return foreign is not None and foreign.span == span

    # ------------------------------------------------------------------ titles in brackets

    def further_title(self, title: Title, last: Sighting | None) -> bool:
        """True for another title of whom was named last: A 이사장(나래해운 회장), 부회장 A 나래커피 대표."""
        if last is None:
            return False
        if self._text[title.span.end : title.span.end + 1] not in _CLOSES:
            return self._at_house(title, last)
        gap = self._text[last.span.end : title.span.start]
        if len(gap) > 30 or not re.fullmatch(r"[(（][가-힣A-Za-z0-9&㈜ ]*", gap):
            return False
        last.extra_titles = (*last.extra_titles, title)
        company, surface = self._employers.before(title, last.span.end)
        if company is None:  # an unknown word in such a bracket can be nothing else
            named = [w for w in gap[1:].split() if not self._around.qualifies(Word(w, 0)) and not is_unit(w)]
            company, surface = " ".join(named) or None, " ".join(named)
        if company is not None and (last.company is None or is_outside(last.company)):
            last.company, last.surface = company, surface
        return True

    def _at_house(self, title: Title, last: Sighting) -> bool:
        """수석부회장 옥새봄 [다솔커피 대표]는: what whoever is named behind a title heads besides.

        The title is nobody else's; its house says nothing of the post named first.
        """
        between = _HOUSE_BEHIND.fullmatch(self._text, last.span.end, title.span.start)
        named = last.title is not None and last.full and last.title.span.end <= last.name_span.start
        if between is None or not named or _TITLE_ENDS().match(self._text, title.span.end) is None:
            return False
        word = Word(between["w"], between.start("w"))
        rare = fluency(word.text) < RARE and self._around.unknown(word)
        long = len(word.text) > _LONGEST_NAME and word.text[-1] not in _PARTICLES
        school = title.kind == "other" and len(word.text) > 2 and word.text[-1] == "대"
        if is_unit(word.text) or not (school or rare or long or self._around.is_house(word.text)):
            return False
        last.extra_titles = (*last.extra_titles, title)
        last.span = Span(last.span.start, title.span.end)  # 사외이사인 윤하람 [고려대 교수]가
        return True

    def before_bracket(self, title: Title, floor: int, words: list[Word], *, former: bool) -> Sighting | None:
        """김민(전 가람상사 대표), 막스 버거(베르텍 상무): the name before a bracket that holds the title."""
        if self._text[title.span.end : title.span.end + 1] not in {")", "）", "·", ","}:
            return None
        start = title.span.start
        opened = max(self._text.rfind("(", floor, start), self._text.rfind("（", floor, start))
        if opened <= 0 or not _INSIDE.fullmatch(self._text, opened + 1, start):
            return None
        found = self._ending_at(opened, floor)
        if found is None:
            return None
        name, span, weight = found
        if not words:  # a company that the analyzer took apart: (라스텔로 전무)
            words = [Word(m.group(), m.start()) for m in _FIRM.finditer(self._text, opened + 1, start)]
            words.reverse()
        company, surface = self._employers.among(words, title)
        whole = Span(span.start, title.span.end)
        return Sighting(name, span, whole, title, company, surface, former=former, weight=weight)

    def _ending_at(self, end: int, floor: int) -> tuple[str, Span, float] | None:
        """The name that ends at an offset, with its weight."""
        foreign = self._foreign.ending_at(end, floor)
        match = re.search(
            r"(?<![가-힣A-Za-z一-鿿])([가-힣]{2,4}|[一-鿿]{2,4})(?:\s?씨|\s?님)?$",
            self._text[max(floor, end - 7) : end],
        )
        if match is not None and self._names.exact(match.group(1)) is None:
            at = max(floor, end - 7) + match.start(1)
            name = match.group(1)
            value = float(score(name, at, self._around.tokens))
            if value == 1 and shape(name) and len(name) == 3 and not title_kind(name):
                value = 2.0  # a bracket with a title stands behind people
            if value >= 2 and (foreign is None or foreign.weight < value + 0.5):
                return name, Span(at, at + len(name)), value
        return (foreign.name, foreign.span, foreign.weight) if foreign is not None else None


def is_founder(title: Title) -> bool:
    """True for titles that stand before names rather than behind them: 창업자 윤하람."""
    return title.head in _FOUNDERS()
