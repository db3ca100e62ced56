"""Companies in running text: the register, endings that name enterprises, and what the context shows."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from copy import copy
from functools import cache, lru_cache

from briefing.extract.document import CompanyMention
from briefing.extract.particles import AFTER_COMPANY, COMPANY_TAIL
from briefing.extract.parts import is_part
from briefing.extract.spokenof import houses_by_kind
from briefing.korean.kiwi import Token
from briefing.korean.lexicon import LEGAL, Lexicon, company_key, trie_pattern, words
from briefing.korean.wordlists import affixes, listed, worded
from briefing.model import Span

# A full stop belongs to a name only between Latin letters and digits; `·` joins names and ends one.
WORD = re.compile(
    r"(?:㈜|\(주\))?[가-힣A-Za-z0-9][가-힣A-Za-z0-9&\-+]{0,40}+"
    r"(?:(?<=[A-Za-z0-9])\.(?=[A-Za-z0-9])[가-힣A-Za-z0-9&\-+]{0,40}+){0,40}"
)
_UNITS = worded(r"{organisations.units}$")
_NO_NAMES = listed("organisations.no_names")
_PARTY = re.compile(r"[가-힣]{1,5}당")
_NO_PARTIES = affixes("organisations.no_parties")


@cache
def _endings() -> tuple[str, ...]:
    return (
        *words("organisations.toml", "enterprise"),
        *words("organisations.toml", "state"),
        *words("organisations.toml", "business"),
    )


@cache
def _enterprise() -> re.Pattern[str]:
    # matched from the right end: the pattern runs over the reversed word
    return re.compile(trie_pattern(e[::-1] for e in _endings()))


@cache
def _ending() -> re.Pattern[str]:
    """The same endings, anywhere in a word."""
    return re.compile(trie_pattern(_endings()))


@cache
def _public() -> re.Pattern[str]:
    ends = (*words("organisations.toml", "public"), *words("organisations.toml", "civic"))
    return re.compile(trie_pattern(e[::-1] for e in ends))


@lru_cache(maxsize=20_000)
def enterprise_ending(word: str) -> str | None:
    """The ending that makes the word an enterprise's name (전자, 그룹, 도시공사), or None."""
    match = _enterprise().match(word[::-1])
    return match.group()[::-1] if match else None


@lru_cache(maxsize=8_192)
def is_enterprise_name(word: str) -> bool:
    """True for a word that ends like an enterprise and has a proper part before that."""
    ending = enterprise_ending(word)
    return ending is not None and len(word) > len(ending)


@cache
def _generic() -> frozenset[str]:
    return frozenset(words("organisations.toml", "generic"))


def _telling(word: str) -> bool:
    """True for endings that only names have (두레조선해양), not compounds of common nouns (가전산업)."""
    ending = enterprise_ending(word)
    return ending is not None and ending not in _generic() and len(word) - len(ending) >= 2


_OPENS = re.compile(r"(?:^|[.!?”\"’'…,·]\s?|\n\s*)$")
_AS_TOPIC = re.compile(r"(?:은|는|이|가|에서는|에선|의|도)\s")
# 가람은행 [여신그룹장에 곽선우 본부장이]
_AT_POST = re.compile(
    r"\s(?:신임\s|새\s|차기\s|제?\s?\d{1,3}대\s){0,2}[가-힣A-Za-z·]{0,12}(?:장|대표|이사|감사|총괄|담당|C[A-Z]O)(?:에|에는|으로|직에)\s"
)


@cache
def _common_first() -> tuple[str, ...]:
    return words("organisations.toml", "common_first")


def _opens_with(text: str, span: Span) -> bool:
    """True where a sentence opens with a word long enough for a name, no common noun in front of it."""
    return (
        span.end - span.start >= 4
        and not text.startswith(_common_first(), span.start)
        and bool(_OPENS.search(text[max(0, span.start - 3) : span.start]))
    )


def _topical(text: str, start: int, end: int) -> bool:
    """True where a sentence opens with the word as its topic: 가람건설은 …"""
    follows = _AS_TOPIC.match(text, end) or _AT_POST.match(text, end)
    return follows is not None and _opens_with(text, Span(start, end))


@lru_cache(maxsize=20_000)
def is_public(name: str | None) -> bool:
    """True for government, parties, schools, hospitals, sports, unions: no enterprise."""
    if name is None:
        return False
    plain = name.replace(" ", "")
    if plain in _SHORT_PUBLIC() or plain.startswith(_FIRST_PUBLIC()) or _public().match(plain[::-1]):
        return True
    party = _PARTY.fullmatch(plain) is not None and not plain.endswith(_NO_PARTIES())
    return party and not is_enterprise_name(plain)


def is_unit(word: str) -> bool:
    """True for a part of an organisation (무선사업부, 인공지능연구소)."""
    return bool(_UNITS().search(word)) and not is_enterprise_name(word)


class Names:
    """Company names of the lexicon, by the words that newspapers write."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        self._local: frozenset[str] = frozenset()
        self._first: dict[str, list[tuple[str, str]]] = {}
        for company in lexicon.companies:
            for name in (company.name, *company.aliases):
                plain = " ".join(LEGAL.sub(" ", name).split())
                if len(plain) < 2:
                    continue
                head, _, rest = plain.partition(" ")
                self._first.setdefault(head, []).append((rest, company.name))
        self.heads = frozenset(head[:2] for head in self._first)
        # most words come again and again
        self.may_begin = lru_cache(maxsize=20_000)(self._may_begin)

    def _may_begin(self, word: str) -> bool:
        """False for most words: no known name begins so, and nothing in it looks like an enterprise."""
        return word[:2] in self.heads or word[0] in "㈜(" or _ending().search(word) is not None

    @classmethod
    def of(cls, lexicon: Lexicon) -> Names:
        """The names of a lexicon, built once for each."""
        global _LAST  # noqa: PLW0603
        if _LAST is None or _LAST.lexicon is not lexicon:
            _LAST = cls(lexicon)
        return _LAST

    def together_with(self, local: frozenset[str]) -> Names:
        """These names and words that one text shows to be companies."""
        if not local:
            return self
        both = copy(self)
        both._local = local
        return both

    def exact(self, name: str) -> str | None:
        """Canonical name of exactly this name, or None."""
        if name in self._local:
            return name
        found = self.lexicon.by_key.get(company_key(name))
        return found.name if found else None

    def at(self, text: str, start: int, word: str) -> tuple[int, str] | None:
        """The longest known name that begins a word: its end in the text and the canonical name."""
        if word[:2] not in self.heads:
            return None
        for cut in range(len(word), 1, -1):
            entries = self._first.get(word[:cut])
            if not entries:
                continue
            end = start + cut
            best: tuple[int, str] | None = None
            for rest, name in entries:
                stop = end + 1 + len(rest) if rest else end
                if rest and text[end : end + 1 + len(rest)] != " " + rest:
                    continue
                if best is None or stop > best[0]:
                    best = (stop, name)
            if best is None:
                continue
            after = text[best[0] : best[0] + 1]
            if after and ("가" <= after <= "힣") and not AFTER_COMPANY.match(text, best[0]):
                continue
            if after.isascii() and after.isalnum():
                continue
            if after == "만" and text[best[0] + 2 : best[0] + 6].startswith(_ranks()):
                continue  # 한진만 사장: nobody says 만 between a house and its head
            return best
        return None

    def ambiguous(self, name: str) -> bool:
        """True for names that are ordinary words too (대상, 동양), known from an imported register only."""
        return name not in self.lexicon.shipped and len(name) <= 3


@cache
def _ranks() -> tuple[str, ...]:
    return words("titles.toml", "glued", "ranks")


_SHORT_PUBLIC = listed("organisations.public_short")
_FIRST_PUBLIC = affixes("organisations.public_first")
_LAST: Names | None = None
# Tags of ordinary words; a short known name (대상, 효성) that reads so is no company.
_PLAIN_TAGS = frozenset({"NNG", "MM", "MAG", "VV", "VA", "NP", "XPN", "NR", "VX"})


def find_companies(
    text: str,
    tokens: Mapping[int, Token],
    names: Names,
    given: Iterable[tuple[str, str]],
    taken: Iterable[Span],
) -> tuple[CompanyMention, ...]:
    """Company mentions in order.

    Args:
        given: (surface, canonical) of companies that the context of persons showed.
        taken: Spans of persons' names, in which no company begins.
    """
    spotter = _Spotter(text, tokens, names, given)
    found: list[CompanyMention] = []
    doubtful: list[CompanyMention] = []
    taken = sorted(taken)
    people = {span.start for span in taken}
    blocked = iter(taken)
    block = next(blocked, None)
    position = 0
    may_begin, shown = names.may_begin, spotter.heads
    for match in WORD.finditer(text):
        word = match.group()
        if not may_begin(word) and word[:2] not in shown:
            continue
        start = match.start()
        while block is not None and block.end <= start:
            block = next(blocked, None)
        if start < position or (block is not None and block.start <= start):
            continue
        mention, sure = spotter.spot(start, word)
        if mention is None:
            continue
        # 가람은행 [곽선우 …]: a sentence that opens with a house and whom it is about
        sure = sure or (mention.span.end + 1 in people and _opens_with(text, mention.span))
        (found if sure else doubtful).append(mention)
        if sure:
            position = mention.span.end
    # 한들제과: by itself doubtful, but the text shows elsewhere that it is a company
    known = {m.name for m in found}
    stems = {name[:2] for name in known} - _no_stems()
    found.extend(m for m in doubtful if m.name in known or _sister(m.name, stems))
    return tuple(sorted([*found, *houses_by_kind(text, sorted(found))]))


def _sister(name: str, stems: set[str]) -> bool:
    """다솔건설, where the text speaks of 다솔그룹 as well."""
    return len(name) > 3 and name[:2] in stems and not name.startswith(_common_first())


@cache
def _no_stems() -> frozenset[str]:
    return frozenset(words("organisations.toml", "no_stems"))


_CLOSING = frozenset("’'")
# What speaks and acts for a company: 가람건설(대표 …) 그룹은, 가람건설 이사회는, 가람건설 주택부문은.
_ORGAN = worded(
    r"(?:\s?{organisations.organs}|\s[가-힣A-Za-z]{1,6}{organisations.divisions})(?=[은는이가도의]\s)"
)


class _Spotter:
    """Tells whether a company's name begins at a word."""

    def __init__(
        self, text: str, tokens: Mapping[int, Token], names: Names, given: Iterable[tuple[str, str]]
    ) -> None:
        self._text = text
        self._tokens = tokens
        self._names = names
        self._given = dict(given)
        # names that the context of persons showed, by their first two characters
        self.heads: dict[str, list[str]] = {}
        for surface in sorted(self._given, key=len, reverse=True):
            self.heads.setdefault(surface[:2], []).append(surface)

    def spot(self, start: int, word: str) -> tuple[CompanyMention | None, bool]:
        """The company that begins with a word, and whether it is sure."""
        core = word
        for mark in ("㈜", "(주)"):
            core = core.removeprefix(mark)
        at = start + len(word) - len(core)
        hit = self._local(at, core) or self._known(at, core, marked=at > start)
        if hit is not None:
            return self._mention(at, *hit), True
        end = self._enterprise_end(at, core)
        if end - at < 3 or not is_enterprise_name(self._text[at:end]):
            return None, False
        name = self._text[at:end]
        if is_part(name) or name in _NO_NAMES():
            return None, False
        sure = _telling(name) or _proper(at, end, self._tokens) or _topical(self._text, at, end)
        return self._mention(at, end, name), sure

    def _mention(self, start: int, end: int, name: str) -> CompanyMention:
        at = after_bracket(self._text, end + (self._text[end : end + 1] in _CLOSING))
        organ = _ORGAN().match(self._text, at)
        particle = AFTER_COMPANY.match(self._text, organ.end() if organ else at)
        return CompanyMention(Span(start, end), name, particle.group() if particle else "")

    def _local(self, at: int, core: str) -> tuple[int, str] | None:
        for surface in self.heads.get(core[:2], ()):
            end = at + len(surface)
            behind = self._text[end : end + 1]
            if self._text.startswith(surface, at) and (
                not "가" <= behind <= "힣" or AFTER_COMPANY.match(self._text, end)
            ):
                return end, self._given[surface]
        return None

    def _known(self, at: int, core: str, *, marked: bool) -> tuple[int, str] | None:
        known = self._names.at(self._text, at, core)
        if known is None or marked:
            return known
        token = self._tokens.get(at)
        short = self._names.ambiguous(known[1]) or known[0] - at <= 2
        return None if token is not None and token.tag in _PLAIN_TAGS and short else known

    def _enterprise_end(self, at: int, core: str) -> int:
        """Where the word ends without its particles."""
        end = _core_end(at, core, self._tokens)
        if not is_enterprise_name(self._text[at:end]):
            tail = COMPANY_TAIL.search(core)
            if tail is not None and is_enterprise_name(core[: tail.start()]):
                return at + tail.start()  # 한들제과는: the analyzer took 과 for a particle
        return end


def after_bracket(text: str, at: int) -> int:
    """Where a bracket that opens at an offset closes; the offset itself if none opens."""
    if text[at : at + 1] not in {"(", "（"}:
        return at
    closed = min(
        (i for i in (text.find(")", at, at + 60), text.find("）", at, at + 60)) if i >= 0), default=-1
    )
    return closed + 1 if closed > 0 and "\n" not in text[at:closed] else at


def _core_end(start: int, word: str, tokens: Mapping[int, Token]) -> int:
    end = start + len(word.rstrip(".-·ㆍ"))
    at = start
    while at < end:
        token = tokens.get(at)
        if token is None or token.end <= at:
            break
        if token.tag[0] == "J" or token.tag.startswith("VCP"):
            return at
        at = token.end
    return end


def _proper(start: int, end: int, tokens: Mapping[int, Token]) -> bool:
    """A name has a proper or foreign part; a word of dictionary nouns alone (조선산업) is none."""
    at = start
    while at < end:
        token = tokens.get(at)
        if token is None or token.end <= at:
            return True
        if token.tag in {"NNP", "SL", "SN", "XPN", "MM", "W_SERIAL"}:
            return True
        at = token.end
    return False
