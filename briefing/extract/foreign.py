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

from briefing.extract.companies import enterprise_ending, is_enterprise_name, is_public, is_unit
from briefing.extract.employer import Employers
from briefing.extract.names import ORGANISATION_ENDS, is_common_surname, is_surname, shape
from briefing.extract.particles import AFTER_NAME
from briefing.extract.places import place_names
from briefing.extract.surroundings import Before, Surroundings
from briefing.extract.titles import Title, qualifiers, title_kind
from briefing.extract.transcription import (
    closing_names,
    doubtful,
    family_names,
    first_names,
    foreign_given,
    foreignness,
    given_names,
    is_hangul,
    is_initial,
    is_japanese,
    is_vietnamese,
    is_vietnamese_family,
    looks_chinese,
    looks_foreign,
    name_links,
)
from briefing.extract.wordforms import Word
from briefing.korean.wordlists import listed
from briefing.model import Span

# Weights must reach this much to make a name: before an executive's title, before others, behind a title.
ENOUGH, ENOUGH_OTHER, ENOUGH_BEHIND = 1.2, 1.8, 2.4
MOST_NAME_WORDS = 4
# What a whole Chinese name takes from a name of several words.
CHINESE = 1.5
# A single word weighs no more: it may be a company or a family name.
MOST_ALONE = 1.3
_NEVER = -9.0
_RUN = re.compile(r"[가-힣A-Za-z0-9&.\-·]+")
_LATIN = re.compile(r"[A-Z][a-z]+(?:-[A-Z][a-z]+)*|[A-Z]\.")
_PAIR = re.compile(
    r"(?<![가-힣])(?P<given>[가-힣]{2,8})\s(?P<family>[가-힣]{1,8}(?:-[가-힣]{2,6})?)(?![가-힣])"
)
_COURTESY = listed("people.courtesy")
_HANGUL = re.compile(r"[가-힣]+")
_LAST_WORD = re.compile(r"(?<![가-힣A-Za-z·\-])(?:[가-힣]+(?:-[가-힣]+)?|[A-Z][a-z]+)$")
_NEXT_WORDS = re.compile(r"[가-힣]+(?:-[가-힣]+)?|[A-Z][a-z]+(?:-[A-Z][a-z]+)?")


@dataclass(slots=True)
class ForeignName:
    """A name found among words, and whether it is whole or a family name alone.

    Attributes:
        weight: How much speaks for it, see `ForeignNames`.
    """

    name: str
    span: Span
    company: str | None
    surface: str
    full: bool
    weight: float = _NEVER


class ForeignNames:
    """Tells foreign names from companies among the words around a title."""

    def __init__(self, around: Surroundings, employers: Employers) -> None:
        self._around = around
        self._names = around.names
        self._employers = employers
        self._houses: dict[str, float] = {}
        self._parts: dict[tuple[str, int, bool, bool, bool], float] = {}

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
        if weight < (ENOUGH if title.kind == "executive" else ENOUGH_OTHER):
            return None
        chosen = run[begins : begins + length]
        behind = [*run[begins + length :], *reversed(words[:split])]
        company, surface = self._employers.among(list(reversed(behind or run[:begins])), title)
        whole = length > 1 or looks_chinese(chosen[0].text) or self._around.unknown(chosen[0])
        name, span = " ".join(w.text for w in chosen), Span(chosen[0].start, chosen[-1].end)
        return ForeignName(name, span, company, surface, whole, weight)

    def hinted(self, words: Iterable[Word]) -> bool:
        """False if no word is known in foreign names or as called: syllables alone weigh less than 4.3."""
        called = self._around.usage.called
        return any(
            self._vocabulary(w.text) or is_vietnamese_family(w.text) or w.text in called for w in words
        )

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
        if any(self._house(w) > 1 for w in chosen[:-1]):
            return None
        others = words[:end] or words[end + len(chosen) :]
        company, surface = self._employers.among(others, title)
        span = Span(chosen[0].start, chosen[-1].end)
        name = " ".join(w.text for w in chosen)
        return ForeignName(name, span, company, surface, full=True, weight=-_NEVER)

    def _run(self, words: Sequence[Word]) -> list[Word]:
        run: list[Word] = []
        for word in words:
            if self._around.qualifies(word):
                continue
            if word.title is not None or not _RUN.fullmatch(word.text):
                break
            run.append(word)
        run.reverse()
        return run

    def _bounds(self, run: Sequence[Word]) -> tuple[int, int, float]:
        """Where among the words the name begins, how many words it has, and its weight."""
        best = (0, 0, _NEVER)
        for begin in range(len(run)):
            for end in range(begin + 1, min(len(run), begin + MOST_NAME_WORDS) + 1):
                weight = self._weight(run[begin:end]) + self._remains(run[:begin], run[begin:end], run[end:])
                if weight > best[2]:
                    best = (begin, end - begin, weight)
        return best

    # ------------------------------------------------------------------ weights

    def _weight(self, name: Sequence[Word]) -> float:
        """How much a stretch of words reads like one name."""
        texts = [w.text for w in name]
        if len(name) == 1:
            word = name[0]
            if looks_chinese(word.text) and not word.owner:
                return 2.0 - 3 * self._house(word)
            alone = self._around.unknown(word) and word.text[-1] not in ORGANISATION_ENDS
            return min(MOST_ALONE, self._part(word, first=True, last=True) - (0.0 if alone else 2.5))
        if is_vietnamese(texts):
            return 1.5 + len(texts)
        last = len(name) - 1
        parts = [self._part(w, first=i == 0, last=i == last) for i, w in enumerate(name)]
        if texts[0] in foreign_given() and (-1.6 < parts[-1] < 0.2 or self._short_enterprise(texts[-1])):
            parts[-1] = 0.2  # whatever follows a given name is the family name
        short = 1 in {len(texts[0]), len(texts[-1])}
        if short and not any(self._certain(w.text) or self._strange(w) for w in name):
            return _NEVER  # 만드는 한 업체
        total = sum(parts) - sum(CHINESE for t in texts if len(t) > 2 and looks_chinese(t))
        if len(name) == 2:
            return total + 0.5
        if texts[-1] in self._around.usage.bearers:
            total += 1.5  # 미셸 홀든 베리만 사장, and elsewhere 베리만 사장
        inner = texts[1:-1]
        closed = texts[-1] in closing_names()
        joined = all(
            t in name_links()
            or t in first_names()
            or is_initial(t)
            or (closed and t not in closing_names() and foreignness(t) > 0.3 and not self._house(w))
            for t, w in zip(inner, name[1:-1], strict=True)
        )
        joined = joined and texts[0] in foreign_given() and not is_japanese(texts[0])
        joined = joined and (closed or any(t in name_links() for t in inner))
        return total + (0.2 if joined else -1.5) - (len(name) - 3)

    def _part(self, word: Word, *, first: bool, last: bool) -> float:
        """How much one word speaks for being a part of a name; the same in many stretches of words."""
        key = word.text, word.start, word.owner, first, last
        known = self._parts.get(key)
        if known is None:
            known = self._parts[key] = self._part_of(word, first=first, last=last)
        return known

    def _part_of(self, word: Word, *, first: bool, last: bool) -> float:
        text = word.text
        if word.owner or "·" in text:
            return _NEVER
        if "-" in text:
            parts = [Word(p, word.start) for p in text.split("-") if p]
            return sum(self._part(p, first=first, last=last) for p in parts) / max(1, len(parts))
        if not is_hangul(text):
            return 0.9 if _LATIN.fullmatch(text) and self._names.exact(text) is None else _NEVER
        if self._vocabulary(text) and text not in doubtful():
            known = (first and text in foreign_given()) or (last and text in closing_names())
            ends_wrong = last and not first and not known  # a given name hardly stands last
            return (2.0 if known else 0.8 if ends_wrong else 1.4) - 1.5 * self._house(word)
        if text in name_links() and not first and not last:
            return 0.5
        if len(text) == 1:
            token = self._around.tokens.get(word.start)
            if token is not None and token.tag == "VX":
                return _NEVER  # 맡아 [온] 김서우 전무
            if first == last or (text in ORGANISATION_ENDS and not is_common_surname(text)):
                return -2.0
            return (0.8 if last else 0.4) if is_surname(text) else (0.4 if last else -2.0)
        if text in doubtful():
            opening = text in given_names() or is_japanese(text)
            fits = (first and opening) or (last and (text in family_names() or not opening))
            return (0.2 if self._common(word) or not fits else 0.7) - 2 * self._house(word)
        value = max(-1.5, min(1.2, foreignness(text)))
        if self._common(word):
            value -= 2.5
        elif shape(text) == 2 and value < 0:
            value -= 1.0
        if text in self._around.usage.called:
            value += 1.5
        return value - 3 * self._house(word)

    def _house(self, word: Word) -> float:
        """1 or more for a word that is a company, place or part of one, by its form or by the text."""
        if word.owner:
            return 2.0
        known = self._houses.get(word.text)
        if known is None:
            known = self._houses[word.text] = self._house_by_form(word.text)
        return known

    def _house_by_form(self, text: str) -> float:
        shown = float(self._around.is_house(text))
        if self._vocabulary(text):
            return shown or 0.5 * (self._names.exact(text) is not None or text in place_names())
        ending = len(text) > 2 and enterprise_ending(text) == text
        if (
            ending
            or (is_enterprise_name(text) and not looks_chinese(text))
            or is_public(text)
            or is_unit(text)
        ):
            return 2.0
        if self._names.exact(text) is not None or text in place_names() or text in qualifiers("ranked"):
            return 1.5
        return shown

    def _remains(self, before: Sequence[Word], name: Sequence[Word], behind: Sequence[Word]) -> float:
        """How well the words that are left make a company."""
        value = 0.0
        for word in behind:
            if word.text in foreign_given() and not self._house(word):
                value -= 1.0
        if behind and len(behind[0].text) == 1:
            value -= 1.5
        if any(self._house(w) for w in behind):
            alone = len(name) == 1 and not looks_chinese(name[0].text)
            value += -0.6 if alone else 0.6  # 스톤힐 테크놀로지스 is one company
        if before:
            nearest = before[-1]
            if self._house(nearest) or self._common(nearest):
                value += 0.6 if not behind else 0.0
            elif nearest.text in foreign_given():
                value -= 1.5
            else:
                value -= 0.1 if name and name[0].text in given_names() else 0.4
            if behind:
                value -= 0.6
        return value

    def _common(self, word: Word) -> bool:
        """True for a word of the dictionary, or one put together of such words."""
        pieces, at = [], word.start
        while at < word.end:
            token = self._around.tokens.get(at)
            if token is None or token.end <= at or token.end > word.end:
                return False
            if not token.known or token.tag in {"NNP", "SL"}:
                return False
            pieces.append(token)
            at = token.end
        if len(pieces) == 1 or pieces[0].tag in {"VV", "VA"}:
            return True
        return any(t.end - t.start > 1 and t.tag == "NNG" for t in pieces) and not (
            foreignness(word.text) > 0.6
        )

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
            particle |= (
                bare.text != word.text and self._vocabulary(bare.text) and not self._vocabulary(word.text)
            )
            whole = token is not None and token.start == word.start
            for last in (bare.text,) if particle else dict.fromkeys((word.text, bare.text)):
                chosen = [*words, Word(last, at)]
                weight = self._weight(chosen)
                if last != word.text:
                    weight += -0.1 if whole else 0.5
                if len(chosen) > 1 and weight >= ENOUGH_BEHIND and (best is None or weight > best.weight):
                    span = Span(chosen[0].start, chosen[-1].end)
                    best = ForeignName(span.of(text), span, None, "", full=True, weight=weight)
            if bare.text != word.text and not self._vocabulary(word.text):
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
            words.insert(0, Word(match.group(), start))
            known = len(words) < 3 and self._vocabulary(words[0].text)
            if self._around.modifies(words[0]) and not known:
                break
            weight = self._weight(words)
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
        position = 0
        while (match := _PAIR.search(text, position)) is not None:
            position = match.start("family")
            if match["given"] not in foreign_given():
                continue
            start = match.start()
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
        if title_kind(family) or self._house(Word(family, start)):
            return None
        if len(family) == 1:
            return family if is_surname(family) and family != word else None
        if family in family_names() and family not in doubtful():
            return family
        token = self._around.tokens.get(start)
        proper = token is not None and token.end == start + len(family) and token.tag[:2] == "NN"
        telling = foreignness(family) > 0.2 and (family != word or proper) and len(family) >= 2
        return family if telling and not self._common(Word(family, start)) else None

    def _bare(self, word: str) -> str:
        """A word without its particle."""
        for n in range(1, len(word)):
            if AFTER_NAME.fullmatch(word[n:]) and (n > 1 or is_surname(word[:n])):
                return word if self._vocabulary(word) and not self._vocabulary(word[:n]) else word[:n]
        return word

    @staticmethod
    def _short_enterprise(word: str) -> bool:
        """True for words such as 라셀 that end like an enterprise by chance."""
        return len(word) <= 4 and is_enterprise_name(word) and (len(word) <= 3 or foreignness(word) > 0)

    def _strange(self, word: Word) -> bool:
        """True for a word that reads like a transcription and is none of the dictionary."""
        return len(word.text) > 1 and foreignness(word.text) > 0.6 and not self._common(word)

    @staticmethod
    def _certain(word: str) -> bool:
        """True for a part of foreign names that is no Korean surname."""
        known = word in given_names() or word in family_names()
        return known and (len(word) > 1 or not is_common_surname(word))

    @staticmethod
    def _vocabulary(word: str) -> bool:
        return word in given_names() or word in family_names()
