"""Words of a list's entries, and how far each could be a name, a company or part of a post."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import cache

from briefing.extract.companies import Names, enterprise_ending, is_enterprise_name, is_public
from briefing.extract.listgrammar import (
    COUNT,
    glued_rank,
    is_rank,
    is_title_word,
    is_unit_word,
    kind_word,
    ranks,
    signs,
)
from briefing.extract.names import foreign_given, shape
from briefing.extract.places import all_places, is_region
from briefing.extract.records import record
from briefing.korean.lexicon import words
from briefing.korean.wordlists import listed, worded

HANGUL = re.compile(r"[가-힣]+")
HANJA = re.compile(r"[\u4e00-\u9fff\uf900-\ufaff]{2,5}")
_ACRONYM = re.compile(r"[A-Z][A-Za-z&]{1,6}")
_INSTITUTE = worded(r"{lists.units.institutes}$")
_GROUP_HOUSE = worded(r"{lists.units.group_houses}$")
_FIELDS = worded(r"(?:{lists.notes.fields}|[·ㆍ&/])+")
_BANK_HEAD = "은행장"
_LEGAL = re.compile(r"[(（][주유재사][)）](?=[가-힣A-Za-z])")
_LONGEST_NOTE = 120
_RANK_AND_POST = 2
_TOWN = re.compile(r"[가-힣]{1,5}(?:시|군|구)(?:청|의회)?")
# Behind a name these say nothing of a post.
HONORIFICS = listed("titles.courtesy.listed")
_CHIEFS = listed("firms.chiefs")


@record(frozen=True, slots=True)
class Word:
    """A word of an entry.

    Attributes:
        notes: What brackets directly behind it say.
        cut: True if a comma or stroke stands before it.
        joined: True if a dot joins it to the word before (도채원·여운학).
    """

    text: str
    start: int
    end: int
    notes: tuple[str, ...] = ()
    cut: bool = False
    joined: bool = False


def split_words(text: str, base: int) -> list[Word]:
    """The words of an entry, brackets as notes of the word before them; `base` is where the text begins."""
    found: list[Word] = []
    at, cut, firm = 0, False, False
    while at < len(text):
        char = text[at]
        legal = _LEGAL.match(text, at)
        if legal is not None:  # (주)나래
            at, firm = legal.end(), True
        elif char in "(（":
            at = _bracket(text, at, found)
        elif char in ",、":
            cut, at = True, at + 1
        elif char.isspace() or char in ")）":
            at += 1
        else:
            end = _word_end(text, at)
            cut = cut or not text[at:end].strip("/|;·ㆍ・")
            for piece, start in _pieces(text[at:end], at):
                found.extend(_made(f"㈜{piece}" if firm else piece, base + start, cut=cut, joined=start > at))
                cut = firm = False
            at = end
    return found


def _word_end(text: str, at: int) -> int:
    while at < len(text) and not text[at].isspace() and text[at] not in ",、()（）":
        at += 1
    return at


def _bracket(text: str, at: int, found: list[Word]) -> int:
    """Makes a bracket a note of the word before it; where it ends."""
    end = _closing(text, at)
    if end < 0:
        return at + 1
    if found:
        found[-1] = replace(found[-1], notes=(*found[-1].notes, text[at + 1 : end].strip()))
    return end + 1


def _made(piece: str, start: int, *, cut: bool, joined: bool) -> Iterable[Word]:
    """A word, or a rank and the name glued to it (전무문미경)."""
    text, end = signs().get(piece, piece), start + len(piece)
    rank = glued_rank(text)
    if rank is None:
        yield Word(text, start, end, (), cut, joined)
    else:
        yield Word(rank, start, start + len(rank), (), cut)
        yield Word(text[len(rank) :], start + len(rank), end)


def _closing(text: str, at: int) -> int:
    """Where the bracket that opens at an offset closes; -1 if it does not do so soon."""
    depth = 0
    for i in range(at, min(len(text), at + _LONGEST_NOTE)):
        if text[i] in "(（":
            depth += 1
        elif text[i] in ")）":
            depth -= 1
            if depth == 0:
                return i
    return -1


def _pieces(word: str, at: int) -> Iterable[tuple[str, int]]:
    """도채원·여운학 is two names, 전무·영업본부장 a rank and a post, 강서·인천본부 one word."""
    parts = re.split(r"([·ㆍ/・])", word)
    names = parts[::2]
    if len(names) == _RANK_AND_POST and all(map(is_title_word, names)) and any(map(own_rank, names)):
        yield names[0], at
        yield names[1], at + len(names[0]) + 1
        return
    if len(names) > 1 and all(shape(n) or HANJA.fullmatch(n) for n in names):
        held = any(is_title_word(n) or (is_unit_word(n) and shape(n) < 2) for n in names)
        if not held and not is_title_word(word):
            for part in parts:
                if part not in "·ㆍ/・":
                    yield part, at
                at += len(part)
            return
    stripped = word.strip("·ㆍ・/,;:=")
    if stripped.endswith(".") and HANGUL.match(stripped):
        stripped = stripped.rstrip(".")
    if stripped:
        yield stripped, at + word.index(stripped)


# ---------------------------------------------------------------------- the article's own knowledge


@dataclass(slots=True)
class Lexis:
    """What article and lexicon know of words: companies, and the stems that a group's companies share."""

    names: Names
    local: dict[str, str]
    stems: set[str] = field(default_factory=set)

    def add_stem(self, company: str | None) -> None:
        """도운그룹 makes 도운로지텍 a company; so does 도운모빌리티그룹."""
        if company is None or is_public(company):
            return
        stem = company.replace("㈜", "").replace("(주)", "").split(" ")[0]
        group = stem.endswith("그룹")
        while True:
            ending = enterprise_ending(stem)
            stem = stem[: -len(ending)] if ending else stem
            if 2 <= len(stem) <= 8 and stem not in _no_stems():
                self.stems.add(stem)
            if not (group and ending and enterprise_ending(stem)):
                return

    def company(self, word: str) -> str | None:
        """The company a word of an entry names, or None; departments of banks (자금시장그룹) are none."""
        plain = word.replace("㈜", "").replace("(주)", "")
        if plain != word and len(plain) > 1:
            return self.local.get(plain, plain)
        if len(word) < 2 or is_rank(word) or kind_word(word) or (shape(word) == 2 and len(word) < 4):
            return self.local.get(word) if word in self.local and self.names.exact(word) else None
        if (word.endswith("그룹") and self._department(word)) or word in foreign_given():
            return None
        if word in self.local:
            return self.local[word]
        known = self.names.exact(word)
        if known is not None and not (is_title_word(word) or is_unit_word(word)):
            return known
        if is_title_word(word) and not is_enterprise_name(word):
            return None
        if self.of_group(word):
            return word
        if is_public(word) and len(word) > 3 and not is_unit_word(word):
            return word
        ending = None if is_field(word) else enterprise_ending(word)  # 상품기획, 기업금융
        if ending is not None and len(word) - len(ending) >= 2 and ending not in _generic():
            return word
        return None

    def of_group(self, word: str) -> bool:
        """True for a word that begins like the group's name and is no part of a company: 도운로지텍."""
        stem = next((s for s in (word[:n] for n in range(2, min(len(word), 9))) if s in self.stems), None)
        if stem is None:
            return False
        if not is_unit_word(word):
            return not is_title_word(word) or is_enterprise_name(word)
        body = _INSTITUTE().search(word)
        return body is not None and body.start() - len(stem) >= 2

    def headed(self, word: str) -> str | None:
        """The house of the group whose head a word is: 도운인재원 of 도운인재원장."""
        house = word[:-1]
        if word.endswith(_BANK_HEAD) and len(house) > len(_BANK_HEAD):
            return house  # 다솔은행장
        if word[-1] != "장" or (body := _GROUP_HOUSE().search(house)) is None:
            return None
        return house if house[: body.start()] in self.stems or house in self.local else None

    def _department(self, word: str) -> bool:
        return self.names.exact(word) is None and word.removesuffix("그룹") not in self.stems


@cache
def _no_stems() -> frozenset[str]:
    return frozenset(
        (
            *words("organisations.toml", "common_first"),
            *all_places(),
            *words("organisations.toml", "no_stems"),
        )
    )


@cache
def _generic() -> frozenset[str]:
    return frozenset(words("organisations.toml", "generic"))


def organisation(text: str, lexis: Lexis) -> str | None:
    """The organisation an item consists of by its form, or None."""
    plain = " ".join(
        COUNT.sub(" ", text).replace("㈜", "").replace("(주)", "").replace("주식회사", "").split()
    )
    marked = "㈜" in text or "(주)" in text or "주식회사" in text
    if not plain or len(plain) > 25 or "(" in plain:
        return None
    parts = plain.split()
    if marked and len(plain) >= 2 and len(parts) < 3 and not any(map(is_title_word, parts)):
        return lexis.names.exact(plain) or plain
    known = lexis.local.get(plain) or lexis.names.exact(plain)
    if known is not None and shape(plain) < 2:
        return known
    compact = plain.replace(" ", "")
    first = parts[0]
    if known is None and first != plain and (shape(first) == 2 or is_rank(first)):
        return None  # 김하진 나래전자
    town = len(parts) == 2 and is_region(first) and _TOWN.fullmatch(parts[1])  # 전남 완도군
    if town or is_public(plain) or re.fullmatch(r"[가-힣]{2,8}(?:대|도|시|군|구|청|부|처)", plain):
        return known or plain
    if is_title_word(compact) and not is_enterprise_name(compact):
        return None
    if compact.endswith("그룹") or is_enterprise_name(compact) or known is not None:
        return known or plain
    if " " not in plain and lexis.of_group(plain):
        return plain
    if re.fullmatch(r"[A-Za-z][A-Za-z0-9&. ]+", plain) and not is_rank(plain):
        return plain
    return None


def acronym(word: Word) -> str | None:
    """The Latin short form in brackets behind a post (최고마케팅책임자(CMO)), or None."""
    pieces = (p.strip() for n in word.notes for p in re.split(r"[,·ㆍ/]", n))
    return next((p for p in pieces if _ACRONYM.fullmatch(p)), None)


def is_field(word: str) -> bool:
    """True for a word made of fields of work alone (상품기획, 기업금융)."""
    return _FIELDS().fullmatch(word) is not None


def own_rank(text: str) -> bool:
    """True for a rank that says what somebody is, not what they do."""
    return text in ranks()


def of_houses(post: str | None, name: str | None) -> bool:
    """True where what stands before a colon may be a house: below a rank, or the post of a house's head.

    Args:
        post: What the heading names.
        name: What stands before the colon; a place is no house below a post.
    """
    return not post or post in ranks() or (post in _CHIEFS() and not is_region(name or ""))
