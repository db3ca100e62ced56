"""Foreign names: 요나스 클라인 베르텍 회장, 베르텍의 막스 버거 사장, 응우옌 반 탄 지사장, 쉬룽밍 회장.

Among the words before a title every stretch that may be a name is weighed: how much each word is a part of
foreign names (vocabulary, syllables), how many words there are, and what remains for the company. What the
text shows elsewhere counts too: a word that stands with 에서 is a house.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from briefing.extract.companies import is_unit
from briefing.extract.employer import Employers
from briefing.extract.names import is_surname
from briefing.extract.nameweights import NEVER, NameWeights
from briefing.extract.particles import AFTER_NAME
from briefing.extract.parts import is_function, is_part
from briefing.extract.places import is_place
from briefing.extract.subjects import human, organisation
from briefing.extract.surroundings import Before, Surroundings
from briefing.extract.titles import COURTESY, Title, title_kind
from briefing.extract.transcription import (
    doubtful,
    family_names,
    foreign_given,
    foreignness,
    given_names,
    is_hangul,
    is_vietnamese_family,
    looks_chinese,
    looks_foreign,
)
from briefing.extract.wordforms import Word
from briefing.korean.wordlists import listed
from briefing.model import Span

# Weights must reach this much to make a name: before an executive's title, before others, behind a title.
ENOUGH, ENOUGH_OTHER, ENOUGH_BEHIND = 1.2, 1.8, 2.4
MOST_NAME_WORDS = 4
# A given name before a Korean family name (오스틴 리) needs so much less.
_OF_TWO_TONGUES = 0.3
# A region and a function in one word (아시아구매) are longer than this.
_REGIONAL = 3
_RUN = re.compile(r"[가-힣A-Za-z0-9&.\-·]+")
_PAIR = re.compile(
    r"(?<![가-힣])(?P<given>[가-힣]{2,8})\s(?P<family>[가-힣]{1,8}(?:-[가-힣]{2,6})?)(?![가-힣])"
)
_ARGUMENT = re.compile(r"(?:을|를|에서)\s$")
_COURTESY = listed("people.courtesy")
_AGE = re.compile(r"\(\d\d\)")  # 마이클 조(44)가
_HANGUL = re.compile(r"[가-힣]+")
_LAST_WORD = re.compile(r"(?<![가-힣A-Za-z·\-])(?:[가-힣]+(?:-[가-힣]+)?|[A-Z][a-z]+)$")
# [나루]의 리사 홀든 CEO, one word behind a particle, a comma or a day
_OWNER = re.compile(r"(?:^|[은는이가을를서과와도의일,.\n)]\s)(?P<w>[가-힣A-Za-z0-9&]{2,12})의\s$")
_NO_HOUSE = (is_part, is_unit, is_place, human, organisation)
_OWNER_REACH = 28
_NEXT_WORDS = re.compile(r"[가-힣]+(?:-[가-힣]+)?|[A-Z][a-z]+(?:-[A-Z][a-z]+)?")


@dataclass(slots=True)
class ForeignName:
    """A name found among words, and whether it is whole or a family name alone.

    Attributes:
        weight: How much speaks for it, see `NameWeights`.
    """

    name: str
    span: Span
    company: str | None
    surface: str
    full: bool
    weight: float = NEVER


class ForeignNames:
    """Tells foreign names from companies among the words around a title."""

    def __init__(self, around: Surroundings, employers: Employers) -> None:
        self._around = around
        self._names = around.names
        self._employers = employers
        self._weights = NameWeights(around)
        self._known = self._weights.vocabulary

    def among(self, title: Title, words: Sequence[Word], row: Before) -> ForeignName | None:
        """The foreign name among words before a title (nearest first), or None."""
        counted = self._counted(title, words, row)
        if counted is not None:
            return counted
        split = max(row.split, 0)
        run = self._run(words[split:])
        if not run:
            return None
        begins, length, weight = self._bounds(run)
        called = (
            length > 1 and run[begins].text in given_names() and is_surname(run[begins + length - 1].text)
        )
        enough = ENOUGH if title.kind == "executive" else ENOUGH_OTHER
        if weight < enough - (_OF_TWO_TONGUES if called else 0.0):
            return None
        chosen = run[begins : begins + length]
        behind = [*run[begins + length :], *reversed(words[:split])]
        company, surface = self._employers.among(list(reversed(behind or run[:begins])), title)
        if company is None and length > 1 and title.kind == "executive":
            surface = self._owner_before(chosen[0].start)
            company = surface or None
        whole = length > 1 or looks_chinese(chosen[0].text) or self._around.unknown(chosen[0])
        name, span = " ".join(w.text for w in chosen), Span(chosen[0].start, chosen[-1].end)
        return ForeignName(name, span, company, surface, whole, weight)

    def _owner_before(self, at: int) -> str:
        """[누리의, 아람 디지털의] 리사 홀든 CEO: a house whose name is a word; empty for what is none."""
        owner = _OWNER.search(self._around.text, max(0, at - _OWNER_REACH), at)
        if owner is None or any(no_house(owner["w"]) for no_house in _NO_HOUSE):
            return ""
        return owner["w"]

    def hinted(self, words: Iterable[Word]) -> bool:
        """False if no word is known in foreign names or as called: syllables alone weigh less than 4.3."""
        called = self._around.usage.called
        return any(self._known(w.text) or is_vietnamese_family(w.text) or w.text in called for w in words)

    def _counted(self, title: Title, words: Sequence[Word], row: Before) -> ForeignName | None:
        """막스 버거(Max Burger) 만트럭버스코리아 사장: the brackets count the words."""
        if row.roman < 2 or row.bracket < 0 or len(words) <= row.bracket:
            return None
        end, most = row.bracket, row.bracket + row.roman
        chosen = [w for w in words[end:most] if w.title is None and not w.owner and is_hangul(w.text)]
        if not chosen or len(chosen) < min(row.roman, len(words) - end):
            return None
        if len(chosen) == 1 and not looks_foreign(chosen[0].text) and not looks_chinese(chosen[0].text):
            return None
        chosen.reverse()
        if any(self._weights.house(w) > 1 for w in chosen[:-1]):
            return None
        others = words[:end] or words[end + len(chosen) :]
        company, surface = self._employers.among(others, title)
        span = Span(chosen[0].start, chosen[-1].end)
        name = " ".join(w.text for w in chosen)
        return ForeignName(name, span, company, surface, full=True, weight=-NEVER)

    def _run(self, words: Sequence[Word]) -> list[Word]:
        run: list[Word] = []
        for word in words:
            if self._around.qualifies(word) or (len(word.text) > _REGIONAL and is_function(word.text)):
                continue  # 에이미 서덜랜드 [아시아구매] 부사장
            if word.title is not None or not _RUN.fullmatch(word.text):
                break
            run.append(word)
        run.reverse()
        return run

    def _bounds(self, run: Sequence[Word]) -> tuple[int, int, float]:
        """Where among the words the name begins, how many words it has, and its weight."""
        best = (0, 0, NEVER)
        for begin in range(len(run)):
            for end in range(begin + 1, min(len(run), begin + MOST_NAME_WORDS) + 1):
                weight = self._weights.of(run[begin:end]) + self._weights.remains(
                    run[:begin], run[begin:end], run[end:]
                )
                if weight > best[2]:
                    best = (begin, end - begin, weight)
        return best

    # ------------------------------------------------------------------ without a title before them

    def following(self, at: int) -> ForeignName | None:
        """The foreign name that begins at an offset: CEO [팀 홀든]은."""
        text = self._around.text
        words: list[Word] = []
        best: ForeignName | None = None
        while len(words) < MOST_NAME_WORDS and (match := _NEXT_WORDS.match(text, at)) is not None:
            word = Word(match.group(), at)
            token = self._around.ends.get(word.end)
            particle = token is not None and token.tag[0] == "J" and word.start < token.start
            cut = token.start - at if particle and token is not None else 0
            bare = Word(word.text[:cut] if particle else self._bare(word.text), at)
            if bare.text in _COURTESY():
                break  # CEO 팀 홀든 [씨]가
            particle |= bare.text != word.text and self._known(bare.text) and not self._known(word.text)
            whole = token is not None and token.start == word.start
            for last in (bare.text,) if particle else dict.fromkeys((word.text, bare.text)):
                chosen = [*words, Word(last, at)]
                weight = self._weights.of(chosen)
                if last != word.text:
                    weight += -0.1 if whole else 0.5
                if len(chosen) > 1 and weight >= ENOUGH_BEHIND and (best is None or weight > best.weight):
                    span = Span(chosen[0].start, chosen[-1].end)
                    best = ForeignName(span.of(text), span, None, "", full=True, weight=weight)
            if bare.text != word.text and not self._known(word.text):
                break
            words.append(word)
            at = match.end() + 1
            if text[match.end() : at] != " ":
                break
        return best

    def ending_at(self, end: int, floor: int) -> ForeignName | None:
        """The foreign name that ends at an offset: [막스 버거](베르텍 상무)."""
        text = self._around.text
        words: list[Word] = []
        best: ForeignName | None = None
        at = end
        while len(words) < MOST_NAME_WORDS and (match := _LAST_WORD.search(text[max(floor, at - 12) : at])):
            start = max(floor, at - 12) + match.start()
            if match.group() in COURTESY():
                break  # 막스 버거 [씨]를: a title of its own
            words.insert(0, Word(match.group(), start))
            known = len(words) < 3 and self._known(words[0].text)
            if self._around.modifies(words[0]) and not known:
                break
            weight = self._weights.of(words)
            if weight >= ENOUGH_OTHER and (best is None or weight > best.weight):
                span = Span(start, end)
                best = ForeignName(span.of(text), span, None, "", full=True, weight=weight)
            at = start - 1
            if at < floor or text[at] != " ":
                break
        return best

    def untitled(self, taken: Iterable[Span]) -> list[ForeignName]:
        """Full names without a title, outside the spans already taken: 마르쿠스 리젠베크는."""
        spans = sorted(taken)
        starts = [s.start for s in spans]
        found: list[ForeignName] = []
        text = self._around.text
        if foreign_given().isdisjoint(_HANGUL.findall(text)):
            return found  # most texts, and this is quick
        for word in _HANGUL.finditer(text):
            if word.group() not in foreign_given():
                continue
            start = word.start()
            match = _PAIR.match(text, start)
            if match is None:
                continue
            if _ARGUMENT.search(text, max(0, start - 3), start) and self._around.modifies(
                Word(word.group(), start)
            ):
                continue  # 20년을 [일한] 클레르
            at = bisect_right(starts, match.end()) - 1
            if at >= 0 and spans[at].end > start:
                continue
            family = self._family(match["family"], match.start("family"))
            if family is None:
                continue
            name = f"{match['given']} {family}"
            found.append(ForeignName(name, Span(start, start + len(name)), None, "", full=True))
        return found

    def _family(self, word: str, start: int) -> str | None:
        """The family name without its particle, or None if the word is none."""
        family = self._bare(word)
        if title_kind(family) or family in COURTESY() or self._weights.house(Word(family, start)):
            return None
        if len(family) == 1:
            marked = family != word or _AGE.match(self._around.text, start + 1) is not None
            return family if is_surname(family) and marked else None
        if family in family_names() and family not in doubtful():
            return family
        token = self._around.tokens.get(start)
        proper = token is not None and token.end == start + len(family) and token.tag[:2] == "NN"
        telling = foreignness(family) > 0.2 and (family != word or proper) and len(family) >= 2
        return family if telling and not self._weights.common(Word(family, start)) else None

    def _bare(self, word: str) -> str:
        """A word without its particle."""
        for n in range(1, len(word)):
            if AFTER_NAME.fullmatch(word[n:]) and (n > 1 or is_surname(word[:n])):
                return word if self._known(word) and not self._known(word[:n]) else word[:n]
        return word
