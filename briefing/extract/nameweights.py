"""How much words read like parts of a foreign name: vocabulary, syllables, and what the text shows."""

from __future__ import annotations

import re
from collections.abc import Sequence

from briefing.extract.companies import enterprise_ending, is_enterprise_name, is_public, is_unit
from briefing.extract.names import ORGANISATION_ENDS, RARE, fluency, is_common_surname, is_surname, shape
from briefing.extract.places import place_names
from briefing.extract.surroundings import Surroundings
from briefing.extract.titles import qualifiers
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
    looks_chinese,
    name_links,
)
from briefing.extract.wordforms import Word

# What a whole Chinese name takes from a name of several words.
CHINESE = 1.5
# A single word weighs no more: it may be a company or a family name.
MOST_ALONE = 1.3
NEVER = -9.0
_LATIN = re.compile(r"[A-Z][a-z]+(?:-[A-Z][a-z]+)*|[A-Z]\.")


class NameWeights:
    """Weighs words of one text as parts of foreign names; 0 says nothing, `NEVER` that they are none."""

    def __init__(self, around: Surroundings) -> None:
        self._around = around
        self._names = around.names
        self._houses: dict[str, float] = {}
        self._parts: dict[tuple[str, int, bool, bool, bool], float] = {}

    def of(self, name: Sequence[Word]) -> float:
        """How much a stretch of words reads like one name."""
        texts = [w.text for w in name]
        if len(name) == 1:
            word = name[0]
            if looks_chinese(word.text) and not word.owner:
                return 2.0 - 3 * self.house(word)
            alone = self._around.unknown(word) and word.text[-1] not in ORGANISATION_ENDS
            return min(MOST_ALONE, self._part(word, first=True, last=True) - (0.0 if alone else 2.5))
        if is_vietnamese(texts):
            return 1.5 + len(texts)
        last = len(name) - 1
        parts = [self._part(w, first=i == 0, last=i == last) for i, w in enumerate(name)]
        low = parts[-1] < 0.2 and (parts[-1] > -1.6 or self._rare(name[-1]))
        if texts[0] in foreign_given() and (low or self._short_enterprise(texts[-1])):
            parts[-1] = 0.2  # whatever follows a given name is the family name
        short = 1 in {len(texts[0]), len(texts[-1])}
        if short and not any(self._certain(w.text) or self._strange(w) for w in name):
            return NEVER  # 만드는 한 업체
        total = sum(parts) - sum(CHINESE for t in texts if len(t) > 2 and looks_chinese(t))
        if len(name) == 2:
            return total + 0.5
        if texts[-1] in self._around.usage.bearers:
            total += 1.5  # 미셸 홀든 베리만 사장, and elsewhere 베리만 사장
        inner = texts[1:-1]
        closed = texts[-1] in closing_names() or (
            texts[-1] in family_names() and all(t in first_names() for t in inner)
        )  # 한스 올레 빈터: a word of Korean too, but a family name behind given ones
        joined = all(
            t in name_links()
            or t in first_names()
            or is_initial(t)
            or (closed and t not in closing_names() and foreignness(t) > 0.3 and not self.house(w))
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
            return NEVER
        if "-" in text:
            parts = [Word(p, word.start) for p in text.split("-") if p]
            return sum(self._part(p, first=first, last=last) for p in parts) / max(1, len(parts))
        if not is_hangul(text):
            return 0.9 if _LATIN.fullmatch(text) and self._names.exact(text) is None else NEVER
        if self.vocabulary(text) and text not in doubtful():
            known = (first and text in foreign_given()) or (last and text in closing_names())
            ends_wrong = last and not first and not known  # a given name hardly stands last
            return (2.0 if known else 0.8 if ends_wrong else 1.4) - 1.5 * self.house(word)
        if text in name_links() and not first and not last:
            return 0.5
        if len(text) == 1:
            token = self._around.tokens.get(word.start)
            if token is not None and token.tag == "VX":
                return NEVER  # 맡아 [온] 김서우 전무
            if first == last or (text in ORGANISATION_ENDS and not is_common_surname(text)):
                return -2.0
            return (0.8 if last else 0.4) if is_surname(text) else (0.4 if last else -2.0)
        if text in doubtful():
            opening = text in given_names() or is_japanese(text)
            fits = (first and opening) or (last and (text in family_names() or not opening))
            return (0.2 if self.common(word) or not fits else 0.7) - 2 * self.house(word)
        value = max(-1.5, min(1.2, foreignness(text)))
        value -= 1.5 * (first and not last and text[-1] == "인" and len(text) > 3)  # 호텔리어인 라로슈
        if self.common(word):
            value -= 2.5
        elif shape(text) == 2 and value < 0:
            value -= 1.0
        if text in self._around.usage.called:
            value += 1.5
        return value - 3 * self.house(word)

    def house(self, word: Word) -> float:
        """1 or more for a word that is a company, place or part of one, by its form or by the text."""
        if word.owner:
            return 2.0
        known = self._houses.get(word.text)
        if known is None:
            known = self._houses[word.text] = self._by_form(word.text)
        return known

    def _by_form(self, text: str) -> float:
        shown = float(self._around.is_house(text))
        if self.vocabulary(text):
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

    def remains(self, before: Sequence[Word], name: Sequence[Word], behind: Sequence[Word]) -> float:
        """How well the words that are left make a company."""
        value = 0.0
        for word in behind:
            if word.text in foreign_given() and not self.house(word):
                value -= 1.0
        if behind and len(behind[0].text) == 1:
            value -= 1.5
        if any(self.house(w) for w in behind):
            alone = len(name) == 1 and not looks_chinese(name[0].text)
            value += -0.6 if alone else 0.6  # 스톤힐 테크놀로지스 is one company
        if before:
            nearest = before[-1]
            if self.house(nearest) or self.common(nearest):
                value += 0.6 if not behind else 0.0
            elif nearest.text in foreign_given():
                value -= 1.5
            else:
                value -= 0.1 if name and name[0].text in given_names() else 0.4
            if behind:
                value -= 0.6
        return value

    def common(self, word: Word) -> bool:
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

    @staticmethod
    def _short_enterprise(word: str) -> bool:
        """True for words such as 라셀 that end like an enterprise by chance."""
        return len(word) <= 4 and is_enterprise_name(word) and (len(word) <= 3 or foreignness(word) > 0)

    def _rare(self, word: Word) -> bool:
        """True for two syllables that hardly any Korean is called (데이비드 [호건]), and no word."""
        return (
            len(word.text) == 2
            and fluency(word.text) < RARE
            and not self.house(word)
            and not self.common(word)
        )

    def _strange(self, word: Word) -> bool:
        """True for a word that reads like a transcription and is none of the dictionary."""
        return len(word.text) > 1 and foreignness(word.text) > 0.6 and not self.common(word)

    @staticmethod
    def _certain(word: str) -> bool:
        """True for a part of foreign names that is no Korean surname."""
        known = word in given_names() or word in family_names()
        return known and (len(word) > 1 or not is_common_surname(word))

    @staticmethod
    def vocabulary(word: str) -> bool:
        """True for a word of the lists of foreign names."""
        return word in given_names() or word in family_names()
