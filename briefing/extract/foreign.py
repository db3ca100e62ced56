"""Foreign names in Hangul: 요나스 클라인 베르텍 회장, 막스 버거(Max Burger) … 사장, 쉬자인 회장."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from briefing.extract.companies import is_enterprise_name
from briefing.extract.employer import Employers
from briefing.extract.names import foreign_given, is_surname, looks_chinese, looks_foreign, shape
from briefing.extract.surroundings import PARTICLE, Before, Surroundings, Word
from briefing.extract.titles import Title, title_kind
from briefing.korean.lexicon import trie_pattern
from briefing.model import Span

# A word that ends so more likely names an organisation than a person if both are at hand.
ORGANISATION_ENDS = frozenset("대시군구도청원부사소회당단국실팀과관")
_HANGUL = re.compile(r"[가-힣]+")
_RUN = re.compile(r"[가-힣·]+|[A-Z][A-Za-z&]*")


@dataclass(slots=True)
class ForeignName:
    """A name found among words, and whether it is whole or a family name alone."""

    name: str
    span: Span
    company: str | None
    surface: str
    full: bool


class ForeignNames:
    """Tells foreign names from companies among the words before a title."""

    def __init__(self, around: Surroundings, employers: Employers) -> None:
        self._around = around
        self._names = around.names
        self._employers = employers

    def among(self, title: Title, words: Sequence[Word], row: Before) -> ForeignName | None:
        """The foreign name among words before a title (nearest first), or None."""
        counted = self._counted(title, words, row)
        if counted is not None:
            return counted
        run = self._run(words)
        if not run:
            return None
        begins, length = self._bounds([w.text for w in run], run, title, row.roman)
        chosen = run[begins : begins + length]
        if not chosen or (length == 1 and len(chosen[0].text) < 2):
            return None
        rest = [w for w in run if w not in chosen]
        behind = [w for w in rest if w.start > chosen[-1].start]
        company, surface = self._employers.among(list(reversed(behind or rest)), title)
        whole = length > 1 or looks_chinese(chosen[0].text) or self._around.unknown(chosen[0])
        span = Span(chosen[0].start, chosen[-1].end)
        return ForeignName(" ".join(w.text for w in chosen), span, company, surface, whole)

    def _counted(self, title: Title, words: Sequence[Word], row: Before) -> ForeignName | None:
        """막스 버거(Max Burger) 만트럭버스코리아 사장: the brackets count the words."""
        if row.roman < 2 or row.bracket < 0 or len(words) < row.bracket + row.roman:
            return None
        chosen = list(reversed(words[row.bracket : row.bracket + row.roman]))
        if not all(_HANGUL.fullmatch(w.text) and w.title is None for w in chosen):
            return None
        others = words[: row.bracket] or words[row.bracket + row.roman :]
        company, surface = self._employers.among(others, title)
        span = Span(chosen[0].start, chosen[-1].end)
        return ForeignName(" ".join(w.text for w in chosen), span, company, surface, full=True)

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

    def _bounds(self, texts: list[str], run: list[Word], title: Title, roman: int) -> tuple[int, int]:
        """Where among the words the name begins, and how many words it has; (0, 0) for none."""
        begins = next(
            (i for i, t in enumerate(texts) if t in foreign_given() and self._names.exact(t) is None), None
        )
        if begins is not None:
            return begins, self._length(texts[begins:], roman)
        if title.kind != "executive":
            return 0, 0
        firms = [i for i, t in enumerate(texts) if self._names.exact(t) or is_enterprise_name(t)]
        last = len(texts) - 1
        if roman and roman <= len(texts):
            return (0 if firms and firms[-1] == last else len(texts) - roman), roman
        if firms and firms[-1] == last and last:
            names = run[: firms[0]]
            if names and all(self._may_be_name(w) for w in names):
                return max(0, len(names) - 2), min(2, len(names))
            return 0, 0
        if firms:
            names = run[firms[-1] + 1 :]  # 화롱바이오의 쉬쯔룽 회장
            if all(self._may_be_name(w) and not self._common(w) for w in names):
                return len(texts) - min(2, len(names)), min(2, len(names))
            return 0, 0
        if looks_chinese(texts[-1]) and not self._common(run[-1]):
            return last, 1
        if self._around.unknown(run[-1]) and self._name_like(texts[-1]):
            if last and looks_foreign(texts[last - 1]):
                return last - 1, 2
            return last, 1
        return 0, 0

    def _length(self, rest: list[str], roman: int) -> int:
        if 1 <= roman <= len(rest):
            return roman
        firm = next((i for i in (2, 1, 3) if i < len(rest) and self._firm(rest[i:])), None)
        if firm is not None:
            return firm
        if len(rest) <= 2:
            return len(rest)
        return 3 if self._person_elsewhere(rest[2]) and not self._firm_elsewhere(rest[2]) else 2

    def _may_be_name(self, word: Word) -> bool:
        return looks_foreign(word.text) or looks_chinese(word.text) or self._around.unknown(word)

    def _common(self, word: Word) -> bool:
        """True for a word of the dictionary."""
        token = self._around.tokens.get(word.start)
        return token is not None and token.known and token.end >= word.end and token.tag != "NNP"

    @staticmethod
    def _name_like(text: str) -> bool:
        return text[-1] not in ORGANISATION_ENDS and (looks_foreign(text) or shape(text) > 0)

    def _firm(self, rest: list[str]) -> bool:
        return (
            self._names.exact(" ".join(rest)) is not None
            or self._names.exact(rest[0]) is not None
            or is_enterprise_name("".join(rest))
        )

    def _person_elsewhere(self, word: str) -> bool:
        """True if the text speaks of somebody by that word alone: 홀트하우스는, 홀트하우스 사장."""
        pattern = rf"(?:[.\n]|^)\s?{word}(?:은|는|이|가)\s|(?<![가-힣]\s){word}\s(?:CEO|회장|사장|대표|최고)"
        return re.search(pattern, self._around.text) is not None

    def _firm_elsewhere(self, word: str) -> bool:
        """True if the text shows that a foreign word is a firm: 로봇 업체 베르텍, 베르텍코리아."""
        kinds = "업체|회사|기업|제조사|그룹|법인|스타트업|社"
        pattern = rf"(?:{kinds})\s?{word}|{word}(?:코리아|그룹|재팬|차이나|본사|의\s)"
        return re.search(pattern, self._around.text) is not None

    # ------------------------------------------------------------------ without a title before them

    def following(self, at: int) -> ForeignName | None:
        """The foreign name that begins at an offset: CEO [팀 쿡]은."""
        match = _full_name().match(self._around.text, at)
        if match is None or match.start(1) != at:
            return None
        family = self._family(match.group(2), match.start(2))
        if family is None:
            return None
        name = f"{match.group(1)} {family}"
        return ForeignName(name, Span(at, at + len(name)), None, "", full=True)

    def untitled(self, taken: Iterable[Span]) -> list[ForeignName]:
        """Full names without a title, outside the spans already taken: 마르쿠스 리제베크는."""
        spans = sorted(taken)
        starts = [s.start for s in spans]
        found: list[ForeignName] = []
        for match in _full_name().finditer(self._around.text):
            start = match.start(1)
            at = bisect_right(starts, match.end(2)) - 1
            if at >= 0 and spans[at].end > start:
                continue
            given = self._around.tokens.get(start)
            last = self._around.tokens.get(match.start(2))
            family = self._family(match.group(2), match.start(2))
            if family is None or last is None:
                continue
            certain = (
                given is not None and given.tag == "NNP" and len(family) >= 3 and family != match.group(2)
            )
            if last.known and last.tag != "NNP" and not certain:
                continue
            name = f"{match.group(1)} {family}"
            found.append(ForeignName(name, Span(start, start + len(name)), None, "", full=True))
        return found

    def _family(self, word: str, start: int) -> str | None:
        """The family name without its particle, or None if the word is none."""
        family = word
        for n in range(1, len(word)):
            if PARTICLE.fullmatch(word[n:]) and (n > 1 or is_surname(word[:n])):
                family = word[:n]
                break
        if title_kind(family) or self._names.exact(family) or is_enterprise_name(family):
            return None
        return family if self._around.text.startswith(family, start) else None


@cache
def _full_name() -> re.Pattern[str]:
    given = trie_pattern(w for w in foreign_given() if len(w) > 1)
    return re.compile(rf"(?<![가-힣])({given})\s([가-힣]{{2,8}})(?![가-힣])")
