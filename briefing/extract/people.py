"""Who is named in a text, with which title at which company."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from briefing.extract.companies import Names, is_enterprise_name
from briefing.extract.employer import Employers
from briefing.extract.foreign import ORGANISATION_ENDS, ForeignName, ForeignNames
from briefing.extract.names import foreign_given, is_surname, looks_chinese, score, shape
from briefing.extract.surroundings import PARTICLE, SUPPORT, Before, Surroundings, Word
from briefing.extract.titles import RANKS, Title, qualifiers, title_kind
from briefing.korean.kiwi import Token
from briefing.model import Span

# A name and what belongs to it stands at most this far from its title.
REACH = 70
_NEXT = re.compile(r"\s?:?\s?([가-힣]{2,5})")
_NAMED_TO = re.compile(r"(?:에는|에|으로는|으로|로는|로)\s([가-힣]{2,5})")
_EARLIER = re.compile(r"(?<![가-힣A-Za-z])([가-힣]{2,4})\s?[·ㆍ,、]\s?$")
_QUOTE_ENDS = frozenset({"”", '"', "’", "'", "」", "』"})
_NO_SPACED = frozenset({"전", "현", "신", "이", "각", "초", "말", "중"})


@dataclass(slots=True)
class Sighting:
    """A name or short form found beside a title, before it is known whom it means.

    Attributes:
        span: Name and title together.
        full: False for a surname or family name alone.
        surface: How the company is written.
        former: True if the title is marked as held no more.
    """

    name: str
    name_span: Span
    span: Span
    title: Title | None
    company: str | None = None
    surface: str = ""
    full: bool = True
    former: bool = False
    extra_titles: tuple[Title, ...] = ()


class Finder:
    """Finds sightings in one text."""

    def __init__(
        self,
        text: str,
        tokens: Mapping[int, Token],
        ends: Mapping[int, Token],
        titles: Sequence[Title],
        names: Names,
    ) -> None:
        self.text = text
        self.tokens = tokens
        self.titles = titles
        self.names = names
        self._around = Surroundings(text, tokens, ends, {t.span.end: t for t in titles}, names)
        self._employers = Employers(self._around)
        self._foreign = ForeignNames(self._around, self._employers)
        self._found: list[Sighting] = []

    def run(self) -> list[Sighting]:
        """Sightings in order of the text."""
        consumed = 0
        for title in self.titles:
            if title.span.start < consumed:
                continue
            floor = self._floor(title, consumed)
            if self._further_title(title):
                consumed = title.span.end
            elif before := self._before(title, floor):
                self._found.extend(before)
                consumed = title.span.end
            elif (after := self._after(title, floor) or self._named_to(title)) is not None:
                self._found.append(after)
                consumed = after.span.end
        known = {s.name for s in self._found}
        self._found.extend(
            Sighting(f.name, f.span, f.span, None)
            for f in self._foreign.untitled(s.name_span for s in self._found)
            if f.name not in known
        )
        self._found.sort(key=lambda s: s.span)
        return self._found

    def _floor(self, title: Title, consumed: int) -> int:
        """How far back words may belong to a title: its line, whole words, nothing used already."""
        start = title.span.start
        line = self.text.rfind("\n", 0, start) + 1
        floor = max(line, consumed, start - REACH)
        while line < floor < start and not self.text[floor - 1].isspace() and self.text[floor].isalnum():
            floor += 1
        return floor

    # ------------------------------------------------------------------ name before title

    def _before(self, title: Title, floor: int) -> list[Sighting]:
        glued = self._glued(title)
        if glued is not None:
            return glued
        row = self._around.before(title, floor)
        if row.stop in {"(", "（"} and not (row.words and self._around.score(row.words[0]) >= 2):
            inside = self._in_brackets(title, floor, row.words)
            if inside is not None:
                return [inside]
        return self._pick(title, row) if row.words else []

    def _pick(self, title: Title, row: Before) -> list[Sighting]:
        """Choose the name among the words before a title."""
        words = row.words
        nearest = words[0].text
        if "·" in nearest or "ㆍ" in nearest:
            return self._coordinated(title, row)
        if (
            len(nearest) <= 2
            and len(words) > 1
            and len(words[1].text) > 1
            and words[1].text in foreign_given()
        ):
            foreign = self._foreign.among(title, words, row)  # 앤드루 문 미국법인장
            if foreign is not None:
                return [self._from_foreign(foreign, title, row)]
        if is_surname(nearest) and words[0].title is None and not (row.bracket >= 0 and len(words) > 1):
            return [self._surname_alone(title, row)]
        if (
            0 <= row.bracket < len(words)
            and row.roman
            and not re.fullmatch(r"[가-힣]+", words[row.bracket].text)
        ):
            row.roman, row.bracket = 0, -1
        if row.roman >= 2 and (foreign := self._foreign.among(title, words, row)) is not None:
            return [self._from_foreign(foreign, title, row)]
        best, value = self._best(row)
        if best < 0 or value < 1.5:
            foreign = self._foreign.among(title, words[max(row.split, 0) :], row)
            if foreign is not None:
                if row.split > 0:
                    foreign.company, foreign.surface = self._employers.among(words[: row.split], title)
                return [self._from_foreign(foreign, title, row)]
            if best < 0 or value < (1 if row.bracket >= 0 or best == 1 else 1.5):
                return self._family_alone(title, row)
        elif best + 1 < len(words) and words[best + 1].text in foreign_given():
            foreign = self._foreign.among(title, words, row)
            if foreign is not None and self.names.exact(words[best + 1].text) is None:
                return [self._from_foreign(foreign, title, row)]
        return self._chosen(title, row, best)

    def _best(self, row: Before) -> tuple[int, float]:
        """The most credible Korean name among the words: its index and how credible it is."""
        best, best_value = -1, 0.0
        for i, word in enumerate(row.words[:5]):
            if i < row.split or word.title is not None or self._around.qualifies(word):
                continue
            value = float(self._around.score(word))
            if not value:
                continue
            if value == 1 and len(word.text) == 2 and i:
                value = 0.5
            if word.text[-1] in ORGANISATION_ENDS and len(row.words) > 1:
                value -= 1
            if value and i == 0:
                value += 0.5
            if value and row.bracket == i:
                value += 1.5
            if i == 1 and best == 0 and best_value == 1.5 and value == 1 and len(row.words[0].text) == 2:
                value = 1.6  # 이인정 태인 회장: the longer one is the name
            if value > best_value:
                best, best_value = i, value
        return best, best_value

    def _chosen(self, title: Title, row: Before, best: int) -> list[Sighting]:
        """Sightings of the chosen name and of those that share its title."""
        words = row.words
        word, between, ahead = words[best], words[:best], words[best + 1 :]
        others = [w for w in words if w is not word and w.title is None and not self._around.qualifies(w)]
        if between and ahead:
            others = [
                w for w in others if w in between
            ]  # 이름 회사 직함: what stands before belongs elsewhere
        company, surface = self._employers.among(others, title)
        begin = min(w.start for w in (word, *between))
        main = Sighting(
            word.text, Span(word.start, word.end), Span(begin, title.span.end), title, company, surface,
            former=row.former, extra_titles=tuple(w.title for w in words if w.title is not None),
        )  # fmt: skip
        if best:
            return [main]
        more: list[tuple[str, int]] = []
        if not ahead and row.stop in {",", "·", "ㆍ", "、"}:
            more = self._enumerated(word.start)
        else:
            for w in ahead:  # 이용호 김장옥 이우용 상무
                if w.title is not None or self._around.score(w) < 3 or len(w.text) != 3:
                    break
                more.insert(0, (w.text, w.start))
        return [*(self._sharing(n, s, main) for n, s in more), main]

    @staticmethod
    def _sharing(name: str, start: int, main: Sighting) -> Sighting:
        """A name that shares title and company with another."""
        span = Span(start, start + len(name))
        return Sighting(name, span, span, main.title, main.company, main.surface, former=main.former)

    def _enumerated(self, at: int) -> list[tuple[str, int]]:
        """Names in front of the last one: 권영준, 김웅락, 오세란 사외이사."""
        row: list[tuple[str, int]] = []
        while (match := _EARLIER.search(self.text[max(0, at - 9) : at])) is not None:
            start = max(0, at - 9) + match.start(1)
            if score(match.group(1), start, self.tokens) < 2:
                break
            row.insert(0, (match.group(1), start))
            at = start
        return row

    def _coordinated(self, title: Title, row: Before) -> list[Sighting]:
        """박호진·이응수·나희정 부사장, 김·이 대표"""
        word, rest = row.words[0], row.words[1:]
        at = word.start
        parts: list[tuple[str, int]] = []
        for name in re.split(r"[·ㆍ]", word.text):
            parts.append((name, at))
            at += len(name) + 1
        surnames = len(parts) == 2 and all(is_surname(n) for n, _ in parts)
        if not surnames and not all(shape(n) and score(n, s, self.tokens) >= 1 for n, s in parts):
            return []
        pool = [w for w in rest if w.title is None and not self._around.qualifies(w)]
        company, surface = (None, "") if surnames else self._employers.among(pool, title)
        return [
            Sighting(
                n, Span(s, s + len(n)), Span(s, title.span.end if i == len(parts) - 1 else s + len(n)), title,
                company, surface, full=not surnames, former=row.former,
            )
            for i, (n, s) in enumerate(parts)
        ]  # fmt: skip

    def _surname_alone(self, title: Title, row: Before) -> Sighting:
        """조 사장, 남궁 대표, 한 신임 사장; or 허 진 사장 with a space inside the name."""
        word = row.words[0]
        if len(row.words) > 1:
            surname = row.words[1]
            if (
                shape(surname.text + word.text) == 2
                and is_surname(surname.text)
                and surname.text not in _NO_SPACED
                and len(word.text) <= 2
                and self.text[surname.start - 1 : surname.start] not in _QUOTE_ENDS  # ”고 윤 사장은
                and not self._around.breaks(surname)
            ):
                company, surface = self._employers.among(row.words[2:], title)
                span = Span(surname.start, word.end)
                name = surname.text + word.text
                whole = Span(span.start, title.span.end)
                return Sighting(name, span, whole, title, company, surface, former=row.former)
        return self._short(word, title, row)

    def _family_alone(self, title: Title, row: Before) -> list[Sighting]:
        """Perhaps the family name of a foreigner named elsewhere (첸 CEO)."""
        word = row.words[0]
        if title.kind == "other" or word.title is not None or not re.fullmatch(r"[가-힣]{1,5}", word.text):
            return []
        return [self._short(word, title, row)]

    @staticmethod
    def _short(word: Word, title: Title, row: Before) -> Sighting:
        span = Span(word.start, word.end)
        return Sighting(
            word.text, span, Span(word.start, title.span.end), title, full=False, former=row.former
        )

    @staticmethod
    def _from_foreign(found: ForeignName, title: Title, row: Before) -> Sighting:
        span = Span(found.span.start, title.span.end)
        return Sighting(
            found.name,
            found.span,
            span,
            title,
            found.company,
            found.surface,
            full=found.full,
            former=row.former,
        )

    # ------------------------------------------------------------------ brackets and glued words

    def _further_title(self, title: Title) -> bool:
        """최은영 이사장(한진해운 회장): a bracket behind somebody's title gives another."""
        if not self._found or self.text[title.span.end : title.span.end + 1] not in {")", "）"}:
            return False
        last = self._found[-1]
        gap = self.text[last.span.end : title.span.start]
        if len(gap) > 30 or not re.fullmatch(r"[(（][가-힣A-Za-z0-9&㈜ ]*", gap):
            return False
        last.extra_titles = (*last.extra_titles, title)
        return True

    def _in_brackets(self, title: Title, floor: int, words: list[Word]) -> Sighting | None:
        """김민(가람상사 대표), 박은(상무): the name in front of the bracket that holds the title."""
        if self.text[title.span.end : title.span.end + 1] not in {")", "）", "·", ","}:
            return None
        start = title.span.start
        opened = max(self.text.rfind("(", floor, start), self.text.rfind("（", floor, start))
        match = re.search(
            r"(?<![가-힣A-Za-z])([가-힣]{2,4})$", self.text[max(floor, opened - 5) : max(opened, 0)]
        )
        if match is None or self.names.exact(match.group(1)) is not None:
            return None
        at = opened - len(match.group(1))
        if score(match.group(1), at, self.tokens) < 2:
            return None
        company, surface = self._employers.among(words, title)
        return Sighting(match.group(1), Span(at, opened), Span(at, title.span.end), title, company, surface)

    def _glued(self, title: Title) -> list[Sighting] | None:
        """김진만전무, 송형목조선일보상무, 김한섭씨"""
        prefix, begin = title.prefix, title.span.start
        if len(prefix) < 2 or (title.kind == "other" and title.head != "씨"):
            return None
        value = score(prefix, begin, self.tokens)
        if shape(prefix) == 2 and (value >= 2 or (value and len(prefix) == 3 and title.head == "씨")):
            if is_enterprise_name(prefix) or self.names.exact(prefix) or prefix in qualifiers("ranked"):
                return None
            if title_kind(prefix) or (value < 3 and title.heads[0] not in RANKS):
                return None
            bare = title.without_prefix()
            row = self._names_before(begin)
            first = row[0][1] if row else begin
            line = self.text.rfind("\n", 0, begin) + 1
            company, surface = self._employers.ending_at(first, max(line, first - 40), title)
            main = Sighting(prefix, Span(begin, begin + len(prefix)), title.span, bare, company, surface)
            return [*(self._sharing(n, s, main) for n, s in row), main]
        for cut in (3, 2, 4):
            name, rest = prefix[:cut], prefix[cut:]
            firm = self.names.exact(rest) or (rest if is_enterprise_name(rest) else None)
            if len(rest) >= 2 and shape(name) == 2 and firm is not None and title.heads[0] in RANKS:
                return [Sighting(name, Span(begin, begin + cut), title.span, title, firm, rest)]
        return None

    def _names_before(self, at: int) -> list[tuple[str, int]]:
        """이용호 김장옥 이우용 성천경상무: names in front that share the title, with where they begin."""
        row: list[tuple[str, int]] = []
        while match := re.search(r"(?<![가-힣A-Za-z])([가-힣]{3})\s$", self.text[max(0, at - 6) : at]):
            start = at - 4
            if score(match.group(1), start, self.tokens) < 1:
                break
            row.insert(0, (match.group(1), start))
            at = start
        return row

    # ------------------------------------------------------------------ name after title

    def _after(self, title: Title, floor: int) -> Sighting | None:
        """대표 윤송이, CEO 팀 쿡, 회사(대표 이윤호)"""
        end = title.span.end
        if self.text[end : end + 1] not in {" ", ":"}:
            return None
        match = _NEXT.match(self.text, end)
        if match is None:
            return None
        word, start = match.group(1), match.start(1)
        if (foreign := self._foreign.following(start)) is not None:
            company, surface = self._employers.before(title, floor)
            return Sighting(
                foreign.name, foreign.span, Span(title.span.start, foreign.span.end), title, company, surface
            )
        for cut in dict.fromkeys((len(word), 3, 2)):
            name, rest = word[:cut], word[cut:]
            if cut > len(word) or (rest and not PARTICLE.fullmatch(rest)):
                continue
            value = score(name, start, self.tokens)
            behind = self.text[start + cut : start + cut + 1]
            if behind in {")", "）"} and self.text[title.span.start - 1 : title.span.start] in {
                "(",
                " ",
                "·",
                "（",
            }:
                value += 2 if looks_chinese(name) else 1
            if behind == "(" and SUPPORT.match(self.text, start + cut + 1):
                value += 1
            if value >= 2 and self.names.exact(name) is None and title_kind(name) is None:
                company, surface = self._employers.before(title, floor)
                span = Span(start, start + cut)
                return Sighting(name, span, Span(title.span.start, span.end), title, company, surface)
        return None

    def _named_to(self, title: Title) -> Sighting | None:
        """커머스부문장에 박희경, …: somebody without a title of their own, named to a post."""
        match = _NAMED_TO.match(self.text, title.span.end)
        if match is None:
            return None
        word, start = match.group(1), match.start(1)
        for cut in (len(word), len(word) - 1):
            name, rest = word[:cut], word[cut:]
            if cut < 2 or rest.startswith("씨") or (rest and not PARTICLE.fullmatch(rest)):
                continue
            if not rest and self.text[start + cut : start + cut + 1] not in {",", ".", "\n", ""}:
                continue
            if (
                score(name, start, self.tokens) >= 2
                and not title_kind(name)
                and self.names.exact(name) is None
            ):
                span = Span(start, start + cut)
                return Sighting(name, span, span, None)
        return None
