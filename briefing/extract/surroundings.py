"""The words that stand before a title, as far as they belong to it.

마르쿠스 베버(Markus Weber) 전 베르텍 차이나 [부사장]: name, transcription, qualifier, company.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from briefing.extract.companies import Names, after_bracket, enterprise_ending
from briefing.extract.names import SHAPED, WHOLE, in_hanja, is_whole_given, is_word, looks_chinese, shape
from briefing.extract.particles import AFTER_NAME
from briefing.extract.places import is_place
from briefing.extract.titles import RANKS, Title, qualifiers, title_kind
from briefing.extract.transcription import foreign_given
from briefing.extract.usage import Usage
from briefing.extract.wordforms import Place, Word, WordForms
from briefing.korean.kiwi import Token
from briefing.korean.wordlists import affixes, worded

# More words than these belong to no title.
MOST_WORDS = 6
PIECE = re.compile(
    r"[(（][^()（）\n]{0,40}[)）]|[가-힣A-Za-z0-9&㈜\-·ㆍ一-鿿]+(?:\.[A-Za-z0-9][A-Za-z0-9&\-]*)*|\s+|."
)
# An age, hanja, a transcription or a picture note in brackets shows that a person stands before it.
SUPPORT = re.compile(r"\d{2}(?!\d)|[一-鿿]{2,4}|[A-Z][a-z]+|사진")
_ROMAN = re.compile(r"[A-Z][A-Za-z.\-' ]+")
# What follows a title that its sentence speaks of; 사장이 됐다 and 사장이 아니라 do not.
_TOPIC = re.compile(r"(?:은|는|께서는)(?![가-힣])")
_SUBJECT = re.compile(
    r"(?:이|가)(?![가-힣])(?!\s(?:됐|되|된|아니))|(?:께서|과|와|도|의|입니다|이다|다)(?![가-힣])|[,.\n\"”“=]|\s(?:등|측|인터뷰)"
)
_CASE = re.compile(r"은|는|이|가|을|를|에|에게|에서|로|으로|과|와")
_LEADING = affixes("people.leading")
# What towns end in.
_TOWNS = "시군구"
# Enough of `score` for a name.
_LIKELY = 1.5
_UNIT_END = worded(r"{organisations.owned_units}$")


@dataclass(slots=True)
class Before:
    """What stands before a title.

    Attributes:
        words: Nearest first, qualifiers such as 전 and 신임 left out.
        former: True if the title is marked as held no more.
        split: Number of words between the title and 전 or 현, or -1.
        bracket: Number of words between the title and a bracket that shows a person, or -1.
        roman: Words of the transcription in that bracket.
        hanja: Characters of the name in hanja in that bracket; 0 if it holds none.
        stop: The mark that ended the row, or "".
        subject: True if the title's phrase is what the sentence speaks of (사장은, 사장이, 사장과).
        topic: True for 은 and 는 behind the title.
        also: True for 도 behind the title.
    """

    words: list[Word] = field(default_factory=list)
    former: bool = False
    split: int = -1
    bracket: int = -1
    roman: int = 0
    hanja: int = 0
    stop: str = ""
    subject: bool = False
    topic: bool = False
    also: bool = False

    def place(self) -> Place:
        """Where the next word to the left stands."""
        return Place(self.words[-1] if self.words else None, self.subject, self.topic)


class Surroundings(WordForms):
    """Reads words around titles of one text.

    Args:
        titles: All titles of the text by where they end.
    """

    def __init__(
        self,
        text: str,
        tokens: Mapping[int, Token],
        ends: Mapping[int, Token],
        names: Names,
        usage: Usage,
        *,
        titles: Mapping[int, Title],
    ) -> None:
        super().__init__(text, tokens, ends, names, usage)
        self.titles = titles

    def before(self, title: Title, floor: int) -> Before:
        """The words before a title, not beyond an offset, a phrase's end or a mark."""
        row = Before(topic=bool(_TOPIC.match(self.text, after_bracket(self.text, title.span.end))))
        row.also = self.text.startswith("도", title.span.end)
        row.subject = row.topic or bool(_SUBJECT.match(self.text, after_bracket(self.text, title.span.end)))
        for piece in self._pieces(floor, title.span.start):
            found = piece.group()
            if found[0] in "(（" and len(found) > 1:
                if SUPPORT.search(found[1:-1]):
                    row.bracket = len(row.words)
                    row.roman = roman_words(found[1:-1])
                    row.hanja = len(found[1:-1]) if in_hanja(found[1:-1]) else 0
                continue
            if found == "/" and row.words:
                continue  # 윤하람 / 나래전자 대표
            # ④ is a digit to Python, and ends the row
            if not (found[0].isalpha() or found[0].isdecimal() or (len(found) > 1 and found[0] in "㈜-·ㆍ")):
                row.stop = found
                break
            if not self._append(row, piece.start(), found, floor):
                break
        if row.split >= len(row.words):
            row.split = -1
        return row

    def is_school(self, title: Title, words: Sequence[Word], i: int) -> bool:
        """True for 윤하람 [서울대, 다솔대] 교수."""
        text = words[i].text
        named = title.kind == "other" and i + 1 < len(words) and self.score(words[i + 1]) >= _LIKELY
        return text[-1] == "대" and (named or is_place(text[:-1]))

    @staticmethod
    def is_town(row: Before, i: int) -> bool:
        """True for [해림시] 도시계획과장."""
        text = row.words[i].text
        return text[-1] in _TOWNS and shape(text) < SHAPED and row.bracket != i

    def leads(self, title: Title, word: Word) -> bool:
        """True for 인사를 총괄하는 [봉선화] 상무, though the dictionary knows the word."""
        ranked = title.kind == "executive" and title.head in RANKS and word.end + 1 == title.span.start
        named = is_whole_given(word.text) or (len(word.text) == WHOLE and shape(word.text) == SHAPED)
        return ranked and named and self.text.endswith(_LEADING(), 0, word.start)

    def titles_of(self, words: Sequence[Word]) -> tuple[Title, ...]:
        """Titles among the words around a name; 교수 출신 is what somebody was."""
        return tuple(
            w.title
            for w in words
            if w.title is not None and not self.text.startswith(" 출신", w.title.span.end)
        )

    def noun_also(self, word: Word) -> bool:
        """True for a noun of the dictionary or a title with the particle 도: 이장도 회장도."""
        noun = self.tokens.get(word.start)
        if word.text[-1] == "도" and title_kind(word.text[:-1]) is not None:
            return True
        return word.text[-1] == "도" and noun is not None and is_word(noun) and noun.end == word.end - 1

    def modifies(self, word: Word) -> bool:
        """True for a verb in front of a name, by its ending: 방콕에서 [일한] 앨런 첸."""
        last = self.ends.get(word.end)
        return last is not None and last.tag == "ETM"

    def modified(self, word: Word) -> bool:
        """True if a verb in front of a word modifies it: 이변이 [없는] 한."""
        before = self.ends.get(word.start - 1)
        return before is not None and before.tag == "ETM"

    def _pieces(self, floor: int, stop: int) -> Iterator[re.Match[str]]:
        """Pieces backwards, without single spaces; ends at a line end or a wide gap."""
        spaces = 0
        for piece in reversed(list(PIECE.finditer(self.text, floor, stop))):
            found = piece.group()
            if not found.isspace():
                yield piece
                continue
            spaces += 1
            if "\n" in found or (len(found) > 1 and spaces > 1):
                return

    def _append(self, row: Before, start: int, token: str, floor: int) -> bool:
        """Takes one more word; False if the row ends with it."""
        word = _trimmed(token, start)
        if not word.text:
            return False
        closed = word.start > start  # 대표·고애림, 사장-황성수: what stands before the mark is another's
        if closed and self.text[word.start - 1] in "·ㆍ":
            row.stop = "·"
        last = word.text.rpartition("·")[2]
        if row.words and last != word.text and (shape(last) == 2 or last in foreign_given()):
            word, closed = Word(last, word.end - len(last)), True
            row.stop = "·"
        if self.qualifies(word):
            row.former |= word.text in qualifiers("former")
            if word.text in qualifiers("former") | qualifiers("present"):
                row.split = len(row.words)
            if not (row.words and word.text in qualifiers("ranked")):
                return True
        word.title = self.titles.get(word.end)
        closed_before = self.text[word.start - 1 : word.start] in {")", "）"}
        if closed_before and not row.words and _CASE.fullmatch(word.text):
            return False  # 윤하람(51)을 신임 대표로
        if row.words and closed_before and AFTER_NAME.match(self.text, word.start):
            if word.text == "의" and (owner := self._bracketed_owner(word, floor)) is not None:
                row.words.append(owner)
            return False
        named = self.text[word.end : word.end + 1] in {"(", "（"} and looks_chinese(word.text)
        if not named and self.breaks(word) and not self.is_name(word, row.place()):
            owner = self.owner(word) if row.words else None
            if owner is not None:
                row.words.append(owner)
                # 나래그룹 혁신연구소의, 두레마루 리테일의: the company begins before
                return bool(_UNIT_END().search(owner.text)) or enterprise_ending(owner.text) == owner.text
            return False
        if row.words and word.text.endswith("의") and (owner := self.owner(word)) is not None:
            row.words.append(owner)
            return False
        row.words.append(word)
        return not closed and len(row.words) < MOST_WORDS

    def _bracketed_owner(self, word: Word, floor: int) -> Word | None:
        """베라넥(VERANEK)의 …: the word before the bracket."""
        opened = max(self.text.rfind("(", floor, word.start), self.text.rfind("（", floor, word.start), floor)
        owner = re.search(r"[가-힣A-Za-z0-9&]{2,20}$", self.text[floor:opened])
        return Word(owner.group(), floor + owner.start(), owner=True) if owner is not None else None


def _trimmed(token: str, start: int) -> Word:
    """A piece without the marks at its ends; of 최고·일론 the foreign given name alone."""
    text = token.lstrip(".-·ㆍ")
    start += len(token) - len(text)
    text = text.rstrip(".-·ㆍ")
    head, dot, last = text.rpartition("·")
    if dot and last in foreign_given() and not shape(head):
        return Word(last, start + len(head) + 1)
    return Word(text, start)


def roman_words(content: str) -> int:
    """How many words of a name in brackets a transcription has: (Dr. Christoph K. Antz) -> 2."""
    name = content.split(",", maxsplit=1)[0].strip()
    if not _ROMAN.fullmatch(name):
        return 0
    return sum(1 for w in name.split() if not (w.endswith(".") and len(w) <= 5))
