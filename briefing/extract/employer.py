"""For which company a person is named: SPC그룹 이노베이션랩의 …, 이 회사 …, 박두리(가람상사 대표)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from briefing.extract.bodies import body_headed, generic_endings, is_civic_body
from briefing.extract.companies import enterprise_ending, is_enterprise_name, is_public, is_unit
from briefing.extract.names import is_surname
from briefing.extract.parts import is_function, is_part
from briefing.extract.places import place_names
from briefing.extract.surroundings import PIECE, Surroundings
from briefing.extract.titles import RANKS, Title, qualifiers, title_kind
from briefing.extract.wordforms import Word
from briefing.korean.lexicon import words
from briefing.korean.wordlists import affixes, listed, worded

# Surface that stands for "the company spoken of before".
THIS_FIRM = "이 회사"
_DEGREE = worded(r"\s{people.degrees}(?![가-힣])")
_BANKERS = listed("contexts.posts.bankers")
_HOUSE_UNITS = affixes("organisations.house_units")
_ROOMS = affixes("organisations.rooms")
_REGIONS = affixes("organisations.regions")
_THIS_FIRM = listed("firms.this")


_MARKS = frozenset("이가은는을를")
# 나래보드연맹(NBF) 회장: what a house is called for short, or its stock code
_SHORT_FORM = re.compile(r"[(（][A-Z][A-Za-z&·\-]*[A-Z][)）]|[(（]\d{6}[)）]")


def _bare(word: Word) -> str:
    return word.text.replace("㈜", "").strip()


class Employers:
    """Decides which of the words around a name is the company."""

    def __init__(self, around: Surroundings) -> None:
        self._around = around
        self._names = around.names

    def before(self, title: Title, floor: int) -> tuple[str | None, str]:
        """The company in the words right before a title, with how it is written."""
        return self.ending_at(title.span.start, floor, title)

    def ending_at(self, stop: int, floor: int, title: Title) -> tuple[str | None, str]:
        """The company in the words that end at an offset."""
        pool: list[Word] = []
        for piece in reversed(list(PIECE.finditer(self._around.text, floor, stop))):
            found = piece.group()
            if found.isspace() or found in {"(", "（"} or (not pool and _SHORT_FORM.fullmatch(found)):
                continue
            if not (found[0].isalnum() or found[0] == "㈜"):
                break
            word = Word(found, piece.start())
            if self._around.qualifies(word):
                continue
            if self._around.breaks(word):
                owner = None if pool else self._around.owner(word)
                if owner is not None:
                    pool.append(owner)
                    if enterprise_ending(owner.text) == owner.text:
                        continue  # 두레마루 리테일의
                break
            pool.append(word)
            if len(pool) >= 3:
                break
        return self.among(pool, title)

    def among(self, pool: Sequence[Word], title: Title) -> tuple[str | None, str]:
        """The company among words around a name, nearest first.

        Returns:
            Canonical name and surface; (None, "") if there is none, (None, THIS_FIRM) for 이 회사.
        """
        # 가람전자 출신 A 사장: where somebody comes from is no employer
        pool = pool[: next((i for i, w in enumerate(pool) if w.text.startswith("출신")), len(pool))]
        words_here = [w for w in reversed(pool) if w.title is None and not is_surname(w.text)]
        # 가람대 박사 A 대표: nor where somebody studied
        words_here = [w for w in words_here if not _DEGREE().match(self._around.text, w.end)]
        if title.head in _BANKERS():  # 스마트금융그룹 부행장: a part of the bank
            words_here = [w for w in words_here if not w.text.endswith("그룹")]
        if not words_here:
            return self._glued(title)
        kept = [w for w in words_here if (t := _bare(w)) and self._may_be(t)]
        texts = [_bare(w) for w in kept]
        for size in range(min(4, len(texts)), 0, -1):
            for i in range(len(texts) - size + 1):
                joined = " ".join(texts[i : i + size])
                if (name := self._names.exact(joined)) is not None and title_kind(joined) is None:
                    more = self._goes_on(kept[i + size - 1], words_here, title)
                    return (f"{joined} {more}",) * 2 if more else (name, joined)
        firms = any(map(is_enterprise_name, texts))
        for i, text in enumerate(texts):
            house = text.endswith(_HOUSE_UNITS())  # 인공지능연구소 of the firm the text is about
            outside = is_public(text) or is_civic_body(text)
            if is_enterprise_name(text) or (outside and not firms and not house):
                more = self._goes_on(kept[i], words_here, title)
                whole = " ".join((*self._begun(kept, i), text, more)).strip()
                return whole, whole
        if any(w.text in _THIS_FIRM() for w in words_here):
            return None, THIS_FIRM
        proper = self._unlisted(words_here)
        if not proper and (owners := [_bare(w) for w in words_here if w.owner and len(w.text) > 3]):
            proper = [t for t in owners if not (is_unit(t) or is_function(t)) and t not in place_names()]
        if not proper and (last := words_here[-1]).owner and len(last.text) > 3:
            # 그린바실의: ends like a part of a firm by chance
            room = last.text.endswith(_ROOMS()) and self._around.proper(last) and title.head in RANKS
            proper = [last.text] if room else []
        joined = " ".join(proper[-3:])
        return (joined, joined) if re.search(r"[가-힣A-Za-z]{2}", joined) else (None, "")

    def _unlisted(self, words_here: Sequence[Word]) -> list[str]:
        """Words that may be a company though nothing names them one."""
        found: list[str] = []
        for word in words_here:
            text = _bare(word)
            if text[-1:] in _MARKS and is_enterprise_name(text[:-1]):
                text = text[:-1]  # 다솔캐피탈이, which the analyzer takes for one word
            ends = enterprise_ending(text) == text and text not in generic_endings()
            if found and ends:
                found.append(text)  # 두레마루 [리테일]
            elif self._no_name(text):
                continue
            elif self._around.proper(word) or self._around.odd(word):
                found.append(text)
        return found

    @staticmethod
    def _no_name(text: str) -> bool:
        """True for parts of companies, places and words joined by a dot."""
        part = is_unit(text) or is_part(text) or text in place_names()
        return part or "·" in text or text.endswith(_REGIONS())

    def _begun(self, kept: Sequence[Word], at: int) -> list[str]:
        """What stands before the last word of a company's name: 두레 [반도체], not 소속사 두레엔터."""
        if at == 0:
            return []
        before = kept[at - 1]
        text = _bare(before)
        if is_enterprise_name(text) or before.owner or not self._around.proper(before):
            return []
        if text.endswith(("의", "사인", "업체인", "기업인", "회사인")):
            return []  # 시공사인 다솔건설
        return [text] if not is_unit(text) and not title_kind(text) else []

    def _goes_on(self, last: Word, words_here: Sequence[Word], title: Title) -> str:
        """The word behind a known name that belongs to it: 한들 [테크놀로지스], 베르텍 [폴란드] 영업 총괄."""
        at = words_here.index(last) + 1
        if at >= len(words_here) or last.owner or words_here[at].start != last.end + 1:
            return ""
        word = words_here[at]
        if enterprise_ending(word.text) == word.text and word.text not in generic_endings():
            return word.text
        country = word.text in words("places.toml", "countries")
        return word.text if country and word.end + 1 < title.span.start else ""

    def _may_be(self, text: str) -> bool:
        return not (
            text.isdigit()
            or is_part(text)
            or is_function(text)
            or ("·" in text and self._names.exact(text) is None)
            or (text in qualifiers("ranked") and len(text) > 1)
            or text in place_names()
        )

    def _glued(self, title: Title) -> tuple[str | None, str]:
        """SK회장, 경남은행장: the company inside the title's word."""
        prefix = title.prefix
        if not prefix:
            return None, ""
        known = self._names.exact(prefix)
        if known is not None or (title.heads[0] in RANKS and is_enterprise_name(prefix)):
            return known or prefix, prefix
        if title.heads[0] == "은행장":
            return self._names.exact(f"{prefix}은행") or f"{prefix}은행", f"{prefix}은행"
        body = body_headed(prefix + title.heads[0])
        return (self._names.exact(body) or body, prefix) if body is not None else (None, "")
