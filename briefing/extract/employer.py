"""For which company a person is named: SPC그룹 이노베이션랩의 …, 이 회사 …, 박두리(가람상사 대표)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from briefing.extract.companies import is_enterprise_name, is_public, is_unit
from briefing.extract.names import is_surname
from briefing.extract.surroundings import PIECE, Surroundings, Word
from briefing.extract.titles import RANKS, Title, qualifiers, title_kind
from briefing.korean.lexicon import words

# Surface that stands for "the company spoken of before".
THIS_FIRM = "이 회사"
_HOUSE_UNITS = ("연구소", "센터", "랩")
_THIS_FIRM = frozenset({"회사", "동사", "같은회사"})


@cache
def _places() -> frozenset[str]:
    """Countries and cities; beside a name they are no company."""
    places = (*words("places.toml", "countries"), *words("places.toml", "cities"))
    return frozenset((*places, "한국", "국내", "본사"))


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
            if found.isspace() or found in {"(", "（"}:
                continue
            if not (found[0].isalnum() or found[0] == "㈜"):
                break
            word = Word(found, piece.start())
            if self._around.qualifies(word):
                continue
            if self._around.breaks(word):
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
        words_here = [w for w in reversed(pool) if w.title is None and not is_surname(w.text)]
        if not words_here:
            return self._glued(title)
        texts = [t for w in words_here if (t := w.text.replace("㈜", "").strip()) and self._may_be(t)]
        for size in range(min(4, len(texts)), 0, -1):
            for i in range(len(texts) - size + 1):
                joined = " ".join(texts[i : i + size])
                if (name := self._names.exact(joined)) is not None and title_kind(joined) is None:
                    return name, joined
        firms = any(map(is_enterprise_name, texts))
        for i, text in enumerate(texts):
            house = text.endswith(_HOUSE_UNITS)  # 인공지능연구소 of the firm the text is about
            if is_enterprise_name(text) or (is_public(text) and not firms and not house):
                alone = i == 0 or is_enterprise_name(texts[i - 1]) or texts[i - 1].endswith("의")
                parts = [t for t in texts[max(0, i - 1) : i + 1] if not is_unit(t) and not title_kind(t)]
                whole = text if alone else " ".join(parts)
                return whole, whole
        if any(w.text in _THIS_FIRM for w in words_here):
            return None, THIS_FIRM
        kept = [
            w.text.replace("㈜", "").strip()
            for w in words_here
            if "·" not in w.text and not is_unit(w.text) and w.text not in _places()
            and self._around.proper(w)
        ]  # fmt: skip
        joined = " ".join(kept[-3:])
        return (joined, joined) if re.search(r"[가-힣A-Za-z]{2}", joined) else (None, "")

    def _may_be(self, text: str) -> bool:
        return not (
            text.isdigit()
            or ("·" in text and self._names.exact(text) is None)
            or (text in qualifiers("ranked") and len(text) > 1)
            or text in _places()
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
        return None, ""
