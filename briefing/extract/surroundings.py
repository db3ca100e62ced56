"""The words that stand before a title, as far as they belong to it.

마르쿠스 베버(Markus Weber) 전 베르텍 차이나 [부사장]: name, transcription, qualifier, company.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from briefing.extract.companies import Names, is_enterprise_name
from briefing.extract.names import foreign_given, is_surname, looks_chinese, score, shape
from briefing.extract.titles import Title, qualifiers
from briefing.korean.kiwi import Token

# More words than these belong to no title.
MOST_WORDS = 6
PIECE = re.compile(
    r"[(（][^()（）\n]{0,40}[)）]|[가-힣A-Za-z0-9&㈜\-·ㆍ一-鿿]+(?:\.[A-Za-z0-9][A-Za-z0-9&\-]*)*|\s+|."
)
PARTICLE = re.compile(
    r"(?:에게는|에게서|에게|께서는|께서|에서는|에서|에는|이라는|이라고|으로부터|으로는|으로|까지|부터|처럼|이라|이며|이고|이자"
    r"|인|은|는|이|가|을|를|의|에|과|와|도|로|만|씨는|씨가|씨를|씨)(?![가-힣])"
)
# An age, hanja, a transcription or a picture note in brackets shows that a person stands before it.
SUPPORT = re.compile(r"\d{2}(?!\d)|[一-鿿]{2,4}|[A-Z][a-z]+|사진")
_ROMAN = re.compile(r"[A-Z][A-Za-z.\-' ]+")
_ORDINAL = re.compile(r"제?\d+(?:·\d+)*대|\d+기")
_UNIT_END = re.compile(r"(?:연구소|연구원|센터|랩|본부|부문|사업부|실|팀)$")
_VERBS = frozenset({"XSV", "VV", "XSA", "VA", "VX"})
_CLOSERS = frozenset({"MAJ", "MAG", "IC", "VV", "VA", "NNB", "NR", "SN"})


@dataclass(slots=True)
class Word:
    """A word before a title; `title` if it is one itself (삼성전자 [무선사업부장] 고 아무개 사장)."""

    text: str
    start: int
    title: Title | None = None

    @property
    def end(self) -> int:
        """Where it ends."""
        return self.start + len(self.text)


@dataclass(slots=True)
class Before:
    """What stands before a title.

    Attributes:
        words: Nearest first, qualifiers such as 전 and 신임 left out.
        former: True if the title is marked as held no more.
        split: Number of words between the title and 전 or 현, or -1.
        bracket: Number of words between the title and a bracket that shows a person, or -1.
        roman: Words of the transcription in that bracket.
        stop: The mark that ended the row, or "".
    """

    words: list[Word] = field(default_factory=list)
    former: bool = False
    split: int = -1
    bracket: int = -1
    roman: int = 0
    stop: str = ""


class Surroundings:
    """Reads words around titles of one text.

    Args:
        tokens: Morphemes by where they begin.
        ends: Morphemes by where they end.
        titles: All titles of the text by where they end.
    """

    def __init__(
        self,
        text: str,
        tokens: Mapping[int, Token],
        ends: Mapping[int, Token],
        titles: Mapping[int, Title],
        names: Names,
    ) -> None:
        self.text = text
        self.tokens = tokens
        self.ends = ends
        self.titles = titles
        self.names = names

    def before(self, title: Title, floor: int) -> Before:
        """The words before a title, not beyond an offset, a phrase's end or a mark."""
        row = Before()
        for piece in self._pieces(floor, title.span.start):
            token = piece.group()
            if token[0] in "(（" and len(token) > 1:
                if SUPPORT.search(token[1:-1]):
                    row.bracket = len(row.words)
                    row.roman = roman_words(token[1:-1])
                continue
            if not (token[0].isalnum() or (len(token) > 1 and token[0] in "㈜-·ㆍ")):
                row.stop = token
                break
            if not self._append(row, piece.start(), token, floor):
                break
        if row.split >= len(row.words):
            row.split = -1
        return row

    def _pieces(self, floor: int, stop: int) -> Iterator[re.Match[str]]:
        """Pieces backwards, without single spaces; ends at a line end or a wide gap."""
        spaces = 0
        for piece in reversed(list(PIECE.finditer(self.text, floor, stop))):
            token = piece.group()
            if not token.isspace():
                yield piece
                continue
            spaces += 1
            if "\n" in token or (len(token) > 1 and spaces > 1):
                return

    def _append(self, row: Before, start: int, token: str, floor: int) -> bool:
        """Takes one more word; False if the row ends with it."""
        word = _trimmed(token, start)
        if not word.text:
            return False
        closed = word.start > start  # 대표·고애림, 사장-황성수: what stands before the mark is another's
        last = word.text.rpartition("·")[2]
        if row.words and last != word.text and shape(last) == 2:
            word, closed = Word(last, word.end - len(last)), True
        if self.qualifies(word):
            row.former |= word.text in qualifiers("former")
            if word.text in qualifiers("former") | qualifiers("present"):
                row.split = len(row.words)
            if not (row.words and word.text in qualifiers("ranked")):
                return True
        word.title = self.titles.get(word.end)
        if (
            row.words
            and self.text[word.start - 1 : word.start] in {")", "）"}
            and PARTICLE.match(self.text, word.start)
        ):
            if word.text == "의" and (owner := self._bracketed_owner(word, floor)) is not None:
                row.words.append(owner)
            return False
        named = self.text[word.end : word.end + 1] in {"(", "（"} and looks_chinese(word.text)
        if not named and self.breaks(word):
            token_at_end = self.ends.get(word.end)
            if row.words and token_at_end is not None and token_at_end.tag == "JKG" and len(word.text) > 2:
                row.words.append(Word(word.text[:-1], word.start))
                return bool(_UNIT_END.search(word.text[:-1]))  # 나래그룹 혁신연구소의 …
            return False
        row.words.append(word)
        return not closed and len(row.words) < MOST_WORDS

    def _bracketed_owner(self, word: Word, floor: int) -> Word | None:
        """베락사(VERAXA)의 …: the word before the bracket."""
        opened = max(self.text.rfind("(", floor, word.start), self.text.rfind("（", floor, word.start), floor)
        owner = re.search(r"[가-힣A-Za-z0-9&]{2,20}$", self.text[floor:opened])
        return Word(owner.group(), floor + owner.start()) if owner is not None else None

    # ------------------------------------------------------------------ judgements on a word

    def qualifies(self, word: Word) -> bool:
        """True for 전, 현, 신임, 각자, 제3대 and the like."""
        return (
            word.text in qualifiers("former")
            or word.text in qualifiers("coming")
            or word.text in qualifiers("present")
            or bool(_ORDINAL.fullmatch(word.text))
            or (word.text in qualifiers("ranked") and len(word.text) > 1)
        )

    def breaks(self, word: Word) -> bool:
        """True if a phrase ends with the word: a particle, an ending or an adverb closes it."""
        if "·" in word.text:
            last = word.text.rpartition("·")[2]
            return self.breaks(Word(last, word.end - len(last)))
        token = self.ends.get(word.end)
        if token is None or token.start < word.start or is_surname(word.text):
            return False
        if token.tag[0] == "J" and token.start > word.start:
            if shape(word.text) == 2 and len(word.text) == 3 and len(token.form) == 1:
                # 박소은, 김나의: the particle may be a syllable of a name
                head = self.tokens.get(word.start)
                return head is None or head.end - head.start != 1
            return True
        if token.tag[0] == "E":
            stems = (self.ends.get(token.start), self.tokens.get(token.start), self.ends.get(token.end - 1))
            return shape(word.text) < 2 or any(s is not None and s.tag in _VERBS for s in stems)
        return token.tag in _CLOSERS and not shape(word.text)

    def score(self, word: Word) -> int:
        """How likely the word is a Korean name, see `names.score`."""
        if word.title is not None or self.names.exact(word.text) is not None:
            return 0
        if is_enterprise_name(word.text) and len(word.text) > 3:
            return 0
        return score(word.text, word.start, self.tokens)

    def unknown(self, word: Word) -> bool:
        """True for one morpheme that neither Kiwi nor the company names know."""
        token = self.tokens.get(word.start)
        return (
            token is not None
            and not token.known
            and token.end >= word.end
            and self.names.exact(word.text) is None
        )

    def proper(self, word: Word) -> bool:
        """True if a word holds something no dictionary of common nouns has."""
        at = word.start
        while at < word.end:
            token = self.tokens.get(at)
            if token is None or token.end <= at or token.tag in {"NNP", "SL"}:
                return True
            at = token.end
        return False


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
