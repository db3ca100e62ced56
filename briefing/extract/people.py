"""Who is named in a text, with which title at which company."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from briefing.extract.appositions import Appositions, is_founder
from briefing.extract.companies import Names, is_enterprise_name
from briefing.extract.credibility import LIKELY, SURE, credit, outweighs
from briefing.extract.employer import Employers
from briefing.extract.foreign import ForeignName, ForeignNames
from briefing.extract.namechoice import best_name
from briefing.extract.namerows import MARKS, Rows, names_in_row
from briefing.extract.names import RARE, SHAPED, fluency, is_surname, score, shape
from briefing.extract.places import is_place
from briefing.extract.sightings import Sighting
from briefing.extract.surroundings import Before, Surroundings
from briefing.extract.titles import COURTESY, RANKS, Title, qualifiers, title_kind
from briefing.extract.transcription import closing_names, foreign_given, foreignness, given_names
from briefing.extract.usage import Usage
from briefing.extract.wordforms import Word
from briefing.korean.kiwi import Token
from briefing.korean.wordlists import affixes, listed
from briefing.model import Span

_NAME_BEFORE = re.compile(r"(?<![가-힣])(?P<name>[가-힣]{3})\s$")
_NAME_REACH = 5
REACH = 70  # a name and what belongs to it stands at most this far from its title
_KEPT_BACK = re.compile(r"\s(?:[가-힣]모|[A-Z])\s?(?:\(|씨)")  # 대표 김모(44)씨, 대표 A씨
_DEGREES = listed("people.degrees")
_SPOKEN_OF = affixes("people.spoken_of")
_QUOTE_ENDS = frozenset({"”", '"', "’", "'", "」", "』"})
_NO_SPACED = frozenset("전현신이각초말중")


class Finder:
    """Finds sightings in one text."""

    def __init__(
        self,
        text: str,
        tokens: Mapping[int, Token],
        ends: Mapping[int, Token],
        titles: Sequence[Title],
        *,
        names: Names,
        usage: Usage,
    ) -> None:
        self.text = text
        self.tokens = tokens
        self.titles = titles
        self.names = names
        self._around = Surroundings(text, tokens, ends, names, usage, titles={t.span.end: t for t in titles})
        self._employers = Employers(self._around)
        self._foreign = ForeignNames(self._around, self._employers)
        starts = {t.span.start: t for t in titles}
        self._appositions = Appositions(self._around, self._employers, self._foreign, starts)
        self._rows = Rows(text, tokens, names)
        self._found: list[Sighting] = []
        # Titles that a title of the person's own follows, by where the name begins.
        self._earlier: dict[int, Sighting] = {}

    def run(self) -> list[Sighting]:
        """Sightings in order of the text."""
        consumed = 0
        for title in self.titles:
            if title.span.start < consumed:
                continue
            floor = self._floor(title, consumed)
            last = self._found[-1] if self._found else None
            if self._appositions.further_title(title, last):
                consumed = title.span.end
                continue
            found = self._around_title(title, floor)
            if found and found[-1].company is None and not found[-1].surface:
                found[-1] = self._rows.housed(found[-1], title.span.end)
            if found:
                self._with_earlier(found)
                self._found.extend(found)
                consumed = max(title.span.end, found[-1].span.end)
        known = {s.name for s in self._found}
        self._found.extend(
            Sighting(f.name, f.span, f.span, None)
            for f in self._foreign.untitled(s.name_span for s in self._found)
            if f.name not in known
        )
        self._found.sort(key=lambda s: s.span)
        return self._found

    def _with_earlier(self, found: Sequence[Sighting]) -> None:
        """Gives names the titles that stood before them: 창업자인 [제갈호 의장]."""
        for sighting in found:
            earlier = self._earlier.pop(sighting.name_span.start, None)
            if earlier is not None and earlier.title is not None:
                sighting.extra_titles = (*sighting.extra_titles, earlier.title)
                if sighting.company is None and not sighting.surface:
                    sighting.company, sighting.surface = earlier.company, earlier.surface

    def _floor(self, title: Title, consumed: int) -> int:
        """How far back words may belong to a title: its line, whole words, nothing used already."""
        start = title.span.start
        line = self.text.rfind("\n", 0, start) + 1
        floor = max(line, consumed, start - REACH)
        while line < floor < start and not self.text[floor - 1].isspace() and self.text[floor].isalnum():
            floor += 1
        return floor

    def _around_title(self, title: Title, floor: int) -> list[Sighting]:
        """Sightings before a title or, where nothing sure stands there, behind it."""
        if exchanged := self._appositions.exchanged(title):
            return exchanged
        if _KEPT_BACK.match(self.text, title.span.end):
            return []
        if self.text.endswith("등 ", 0, title.span.start) and (counted := self._rows.counted(title)):
            return counted
        before = self._before(title, floor)
        if self.text.endswith(_SPOKEN_OF(), 0, title.span.start):
            before = [s for s in before if not s.full]  # 윤하람은 그 사장을
        weight = before[-1].weight if before else 0.0
        rare = bool(before) and before[-1].full and fluency(before[-1].name) < RARE
        if weight >= SURE and not rare and not is_founder(title):
            return before
        behind = self._appositions.behind(title, floor)
        if behind is not None and self._wins(behind, before, title):
            if not self._appositions.followed_by_title(behind, title):
                return [behind, *self._appositions.joined(title, behind)]
            if weight < LIKELY or is_founder(title):
                self._earlier[behind.name_span.start] = behind
                return []  # 공동창업자 황보나래 대표: the name belongs to the title behind it
        if before and weight >= LIKELY:
            return before
        named = None if any(s.full for s in before) else self._appositions.named_to(title)
        named = named or self._appositions.named_as(title)
        return [named] if named is not None else before

    @staticmethod
    def _wins(behind: Sighting, before: Sequence[Sighting], title: Title) -> bool:
        """True if the name behind a title is more credible than what stands before it."""
        if not before:
            return True
        first = before[-1]
        if is_founder(title):  # 미루온 창업자 윤하람
            return credit(behind.name, behind.weight) >= credit(first.name, first.weight) - 0.5
        if first.weight >= SURE:  # 미루온 사장 윤하람은
            return behind.weight >= LIKELY and credit(behind.name, behind.weight) > credit(
                first.name, first.weight
            )
        return behind.weight > first.weight and (first.weight < LIKELY or behind.weight >= SURE)

    # ------------------------------------------------------------------ name before title

    def _before(self, title: Title, floor: int) -> list[Sighting]:
        glued = self._glued(title)
        if glued is not None:
            return glued
        row = self._around.before(title, floor)
        if row.stop in {"(", "（"} or self._bracketed(title, floor):
            inside = self._appositions.before_bracket(title, floor, row.words, former=row.former)
            if inside is not None and (
                not row.words
                or credit(inside.name, inside.weight)
                > credit(row.words[0].text, self._around.score(row.words[0]))
            ):
                return [inside]
        return self._pick(title, row) if row.words else []

    def _bracketed(self, title: Title, floor: int) -> bool:
        """True if a bracket opens not far before a title and closes behind it."""
        start = title.span.start
        return self.text[title.span.end : title.span.end + 1] in {")", "）"} and (
            self.text.rfind("(", floor, start) > self.text.rfind(")", floor, start)
        )

    def _pick(self, title: Title, row: Before) -> list[Sighting]:
        """Choose the name among the words before a title."""
        words = row.words
        nearest = words[0].text
        if "·" in nearest or "ㆍ" in nearest:
            found = self._coordinated(title, row)
            if found or len(words) == 1 or not self._around.plain(words[0]):
                return found
            del words[0]  # 클라우스 베커 아시아·태평양 총괄사장
            row.split, row.bracket, nearest = row.split - 1, row.bracket - 1, words[0].text
        if (
            0 <= row.bracket < len(words)
            and row.roman
            and not re.fullmatch(r"[가-힣\-]+", words[row.bracket].text)
        ):
            row.roman, row.bracket = 0, -1
        if is_surname(nearest) and words[0].title is None and not (row.bracket >= 0 and len(words) > 1):
            foreign = (
                self._foreign.among(title, words, row) if self._foreign_before(title, words[1:2]) else None
            )
            if foreign is not None and foreign.span.end == words[0].end:
                return self._from_foreign(foreign, title, row)  # 앤드루 문 미국법인장
            return [self._surname_alone(title, row)]
        best, value = best_name(self._around, title, row, 1 if title.head in COURTESY() else 5)
        # whatever is foreign weighs less than a sure Korean name where nothing says more than syllables
        sure = value >= SURE and row.roman == 0 and not self._foreign.hinted(words)
        foreign = None if sure else self._foreign.among(title, words, row)
        if foreign is not None and (best < 0 or value < LIKELY or outweighs(foreign, words[best], value)):
            return self._from_foreign(foreign, title, row)
        if best < 0 or value < (1 if row.bracket >= 0 or best == 1 else LIKELY):
            return self._family_alone(title, row)
        return self._chosen(title, row, best, value)

    def _behind_name(self, at: int) -> bool:
        """True if a name stands right before an offset."""
        before = _NAME_BEFORE.search(self.text, max(0, at - _NAME_REACH), at)
        return before is not None and score(before["name"], before.start("name"), self.tokens) >= SHAPED

    @staticmethod
    def _foreign_part(words: Sequence[Word]) -> bool:
        """True if a word is part of foreign names and nothing else."""
        return any(
            len(w.text) > 1
            and (
                w.text in foreign_given()
                or w.text in closing_names()
                or (w.text in given_names() and is_place(w.text))
            )
            for w in words
        )

    def _foreign_before(self, title: Title, words: Sequence[Word]) -> bool:
        """[지니] 박 박사: a foreign given name before a family name alone; 지니 박 대표 may be a firm's."""
        return self._foreign_part(words) or any(
            title.head in _DEGREES() and 2 <= len(w.text) <= 4 and foreignness(w.text) > 0.6
            and shape(w.text) < 2
            and (self._around.unknown(w) or self._around.tokens[w.start].tag == "NNP")
            and not self._around.breaks(w)
            for w in words if w.start in self._around.tokens
        )  # fmt: skip

    def _chosen(self, title: Title, row: Before, best: int, value: float) -> list[Sighting]:
        """Sightings of the chosen name and of those that share its title."""
        word = row.words[best]
        more = [] if best else self._rows.joined(word.start)  # 권영준과 [윤하람 상무]
        words = row.words[:1] if more else row.words
        between, ahead = words[:best], words[best + 1 :]
        # 이름 회사 직함: what stands before belongs elsewhere
        around = between if between and ahead else [w for w in words if w is not word]
        row_of_names = names_in_row(ahead, self._around.score) if not best and not more else []
        if len(row_of_names) > 1:
            around = [w for w in around if w not in row_of_names]
        others = [w for w in around if w.title is None and not self._around.qualifies(w)]
        company, surface = self._employers.among(others, title)
        begin = min(w.start for w in (word, *between))
        main = Sighting(
            word.text, Span(word.start, word.end), Span(begin, title.span.end), title, company, surface,
            former=row.former, weight=value,
            extra_titles=self._around.titles_of(words),
        )  # fmt: skip
        main = self._rows.housed(main, word.end)
        if not more and row.stop in MARKS:
            more = [] if ahead else self._rows.enumerated(word.start)  # 권영준·윤하람 가람전자 상무
            if not more and company is not None and surface in {words[0].text, words[-1].text}:
                elsewhere = self._rows.of_houses(words[-1].start, main)
                if elsewhere:
                    return [*elsewhere, main]
        # 이용호 김장옥 이우용 상무; of two one is rather the house: 추상민 이노필 대표
        if len(ahead) > 1 or row.stop in MARKS:
            more = [*((w.text, w.start) for w in reversed(row_of_names)), *more]
        return [*self._rows.sharing(more, main), main]

    def _coordinated(self, title: Title, row: Before) -> list[Sighting]:
        """박호진·이응수·나희정 부사장, 김·이 대표"""
        word, rest = row.words[0], row.words[1:]
        at = word.start
        parts: list[tuple[str, int]] = []
        for name in re.split(r"[·ㆍ]", word.text):
            parts.append((name, at))
            at += len(name) + 1
        surnames = len(parts) == 2 and all(is_surname(n) for n, _ in parts)
        if not surnames and not self._rows.are_names(parts):
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
                and not self._around.modifies(surname)  # 물류를 맡아 [온] 구 사장은
                and not (surname.text == "한" and self._around.modified(surname))  # 이변이 없는 [한] 좌 행장
            ):
                company, surface = self._employers.among(row.words[2:], title)
                span = Span(surname.start, word.end)
                name = surname.text + word.text
                whole = Span(span.start, title.span.end)
                return Sighting(name, span, whole, title, company, surface, former=row.former)
        return self._short(word, title, row, SURE)

    def _family_alone(self, title: Title, row: Before) -> list[Sighting]:
        """Perhaps the family name of a foreigner named elsewhere (첸 CEO)."""
        word = row.words[0]
        if title.kind == "other" or word.title is not None or not re.fullmatch(r"[가-힣]{1,5}", word.text):
            return []
        if self._around.leads(title, word):
            span, whole = Span(word.start, word.end), Span(word.start, title.span.end)
            return [Sighting(word.text, span, whole, title, former=row.former, weight=LIKELY)]
        return [self._short(word, title, row, 0.5)]

    @staticmethod
    def _short(word: Word, title: Title, row: Before, weight: float) -> Sighting:
        span = Span(word.start, word.end)
        whole = Span(word.start, title.span.end)
        return Sighting(word.text, span, whole, title, full=False, former=row.former, weight=weight)

    def _from_foreign(self, found: ForeignName, title: Title, row: Before) -> list[Sighting]:
        """The sighting of a foreign name, and of names enumerated before it: 도윤재·막스 버거 대표."""
        whole = Span(found.span.start, title.span.end)
        main = Sighting(
            found.name, found.span, whole, title, found.company, found.surface,
            full=found.full, former=row.former, weight=found.weight,
        )  # fmt: skip
        first = row.words[-1].start == found.span.start
        more = self._rows.enumerated(found.span.start) if first and row.stop in MARKS else []
        return [*self._rows.sharing(more, main), main]

    # ------------------------------------------------------------------ glued words

    def _glued(self, title: Title) -> list[Sighting] | None:
        """김진만전무, 송형목조선일보상무, 김한섭씨"""
        prefix, begin = title.prefix, title.span.start
        if len(prefix) < 2 or (title.kind == "other" and title.head != "씨") or title.heads[0] == "은행장":
            return None
        value = score(prefix, begin, self.tokens)
        if title.heads[0] not in RANKS and self._behind_name(begin):
            return None  # 송기영 [송변전]본부장
        if shape(prefix) == 2 and (value >= 2 or (value and len(prefix) == 3 and title.head == "씨")):
            if is_enterprise_name(prefix) or self.names.exact(prefix) or prefix in qualifiers("ranked"):
                return None
            if title_kind(prefix) or is_place(prefix) or (value < 3 and title.heads[0] not in RANKS):
                return None
            bare = title.without_prefix()
            row = self._rows.names_before(begin)
            first = row[0][1] if row else begin
            line = self.text.rfind("\n", 0, begin) + 1
            company, surface = self._employers.ending_at(first, max(line, first - 40), title)
            main = Sighting(prefix, Span(begin, begin + len(prefix)), title.span, bare, company, surface)
            return [*self._rows.sharing(row, main), main]
        for cut in (3, 2, 4):
            name, rest = prefix[:cut], prefix[cut:]
            firm = self.names.exact(rest) or (rest if is_enterprise_name(rest) else None)
            if len(rest) >= 2 and shape(name) == 2 and firm is not None and title.heads[0] in RANKS:
                return [Sighting(name, Span(begin, begin + cut), title.span, title, firm, rest)]
        return None
