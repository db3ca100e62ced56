"""The parts of a published list of appointments: items, headings, organisations and ranks."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from briefing.extract.companies import Names, is_enterprise_name, is_public
from briefing.extract.names import shape
from briefing.extract.titles import COURTESY, kinds, title_kind
from briefing.korean.lexicon import table, trie_pattern, words

PROMOTED, APPOINTED, RETAINED, DEPARTED = "promoted", "appointed", "retained", "departed"
COUNT = re.compile(r"\(?\s*총?\s*\d+\s*(?:명|인|건)\s*\)?")
_NUMBERED_RANK = re.compile(
    r"\d+급(?:갑|을)?|[가나다]급|이사관|부이사관|서기관|사무관|수석|책임|선임|연구위원|전문위원|수석연구위원|마스터|펠로우|펠로|명장|국장대우|부국장|부국장대우|부장대우|국차장|차장대우|국장급|부장급|과장급"
)
_BRACKETS = re.compile(r"[(（][^()（）]*[)）]")
# In lists every long word with such an ending is a post (인도권역장, 상품기획담당).
_POST_END = re.compile(
    r"[가-힣A-Za-z0-9&·]{3,}(?:장|역|담당|총괄|책임자|담당관|기획관|조정관|심의관|정책관|직대|직무대리)"
)


@dataclass(frozen=True, slots=True)
class Item:
    """A piece of a list line: `mark` is the sign before it, the opening bracket, or "" at line start."""

    mark: str
    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Heading:
    """What a heading says: what happened, to which rank, at which organisation."""

    kind: str | None = None
    rank: str | None = None
    organisation: str | None = None
    rest: str = ""


@cache
def ditto() -> frozenset[str]:
    """Signs for "the same as above"."""
    return frozenset(str(table("lists.toml")["ditto"]).split())


@cache
def marks() -> str:
    """Characters that open an item."""
    return str(table("lists.toml")["marks"])


def line_marks() -> str:
    """Characters that open an item at the beginning of a line only."""
    return str(table("lists.toml")["line_marks"])


@cache
def _splitter() -> re.Pattern[str]:
    pairs = str(table("lists.toml")["brackets"]).split()
    brackets = "|".join(f"{re.escape(p[0])}[^{re.escape(p)}\\n]{{1,40}}{re.escape(p[1])}" for p in pairs)
    return re.compile(rf"[{re.escape(marks())}]|(?:^|(?<=\n))[ \t]*[{re.escape(line_marks())}]|{brackets}")


@cache
def has_mark() -> re.Pattern[str]:
    """Finds a mark or a bracketed heading."""
    return _splitter()


@cache
def arrow() -> re.Pattern[str]:
    """Finds an arrow between two ranks."""
    return re.compile(
        r"\s*(?:" + "|".join(re.escape(a) for a in str(table("lists.toml")["arrows"]).split()) + r")\s*"
    )


@cache
def _kind_words() -> tuple[re.Pattern[str], dict[str, str]]:
    kind_of: dict[str, str] = {}
    for kind in (RETAINED, DEPARTED, PROMOTED, APPOINTED):
        for word in words("lists.toml", "kinds", kind):
            kind_of.setdefault(word, kind)
    return re.compile(trie_pattern(kind_of)), kind_of


@cache
def _neutral() -> re.Pattern[str]:
    entries = sorted(words("lists.toml", "kinds", "neutral"), key=len, reverse=True)
    return re.compile(r"(?:" + "|".join(map(re.escape, entries)) + r"|\d+|[\s·ㆍ,&/~.():：]|일자|월|년)*")


def items(line: str, base: int) -> list[Item]:
    """A line cut at its marks and bracketed headings; `base` is where the line begins."""
    found: list[Item] = []

    def append(mark: str, start: int, end: int) -> None:
        stripped = line[start:end].strip(" \t\r,;:　-")
        if stripped:
            at = base + line.index(stripped, start)
            found.append(Item(mark, stripped, at, at + len(stripped)))

    mark, start = "", 0
    for match in _splitter().finditer(line):
        append(mark, start, match.start())
        sign = match.group().strip()
        if len(sign) > 1:  # a bracketed heading, an item of its own
            append(sign[0], match.start() + 1, match.end() - 1)
            mark = ""
        else:
            mark = sign
        start = match.end()
    append(mark, start, len(line))
    return found


def kind_in(text: str) -> str | None:
    """What a heading or a note says happened (승진 -> promoted), or None."""
    plain = text.replace(" ", "")
    pattern, kind_of = _kind_words()
    found = [kind_of[m.group()] for m in pattern.finditer(plain)]
    for kind in (RETAINED, DEPARTED, PROMOTED):
        if kind in found:
            return kind
    return found[0] if found else None


def heading(text: str) -> Heading | None:
    """Reads an item as a heading, with what follows it in `rest`; None if it is none.

    Examples: 부사장 승진 / 상무→전무(3명) / 승진부사장 오성민 / 임기 만료 퇴임 / 신규 선임.
    """
    plain = COUNT.sub(" ", text).strip(" :：")
    if "(" in plain or "（" in plain:
        outside = _BRACKETS.sub(" ", plain).strip()
        if outside and kind_in(outside[:40]) is None and arrow().search(outside) is None:
            return None
    steps = arrow().split(plain, maxsplit=1)
    if len(steps) == 2 and _rank_like(steps[0]):
        target, colon, rest = re.split(r"(\s*[:：]\s*|$)", steps[1], maxsplit=1)[:3]
        if _rank_like(target):
            return Heading(PROMOTED, target.strip(), None, rest.strip() if colon else "")
    pattern, _ = _kind_words()
    last = None
    for match in pattern.finditer(plain[:40]):
        if last is not None and match.start() - last.end() > 3:
            break
        last = match
    if last is None:
        return None
    first = pattern.search(plain)
    assert first is not None
    glued = plain[last.end() :]
    if glued and glued[0].isalnum() and not _glued_entry(glued.split()[0]):
        return None
    before, rest = plain[: first.start()].strip(" ·ㆍ,/"), plain[last.end() :].strip(" :：·,)")
    middle = plain[first.start() : last.end()]
    if before and not _neutral().fullmatch(before) and not _rank_like(before):
        words_before = before.split()
        if (
            len(words_before) > 1
            and _rank_like(words_before[-1])
            and _neutral().fullmatch(" ".join(words_before[:-1]))
        ):
            before = words_before[-1]
        elif not all(_rank_like(w) or _neutral().fullmatch(w) for w in words_before):
            return None
    rank = next((w for w in reversed(before.split()) if _rank_like(w)), None) if before else None
    if rest and _neutral().fullmatch(rest):
        rest = ""
    return Heading(kind_in(middle), rank, None, rest)


def _glued_entry(word: str) -> bool:
    """승진부사장 오성민, 승진김규현: an entry set against its heading without a space."""
    return word in kinds() or shape(word) == 2 or rank_prefix(word) is not None


def rank_prefix(word: str) -> str | None:
    """The rank glued to a name (전무문미경 -> 전무), or None."""
    if title_kind(word) is not None:
        return None
    for cut in range(min(6, len(word) - 2), 1, -1):
        if (
            word[:cut] in kinds()
            and word[:cut] not in COURTESY
            and shape(word[cut:])
            and len(word) - cut <= 4
        ):
            return word[:cut]
    return None


def _rank_like(text: str) -> bool:
    plain = text.strip().removesuffix("급") if text.strip() not in kinds() else text.strip()
    compact = plain.replace(" ", "")
    return bool(compact) and (
        compact in kinds()
        or bool(_NUMBERED_RANK.fullmatch(text.strip()))
        or bool(_NUMBERED_RANK.fullmatch(compact))
        or (len(compact) <= 12 and title_kind(compact) is not None and " " not in plain)
    )


def rank_only(text: str) -> str | None:
    """The rank an item consists of (부사장, 상임 이사, 1급), or None."""
    plain = COUNT.sub(" ", text).strip(" :：()")
    compact = plain.replace(" ", "")
    if compact in kinds() or _NUMBERED_RANK.fullmatch(compact):
        return plain
    return None


def organisation(text: str, names: Names) -> str | None:
    """The organisation an item consists of, or None."""
    plain = text.replace("㈜", "").replace("(주)", "").strip()
    if plain != text and 2 <= len(plain) <= 20 and rank_only(plain) is None and "(" not in plain:
        return names.exact(plain) or plain
    if not plain or len(plain) > 25 or (known := names.exact(plain)):
        return known if plain and len(plain) <= 25 else None
    if is_public(plain) or re.fullmatch(r"[가-힣]{2,8}(?:대|도|시|군|구|청|부|처)", plain):
        return plain
    if is_enterprise_name(plain.replace(" ", "")):
        return plain
    if re.fullmatch(r"[A-Za-z][A-Za-z0-9&. ]+", plain) and plain not in kinds():
        return plain
    return None


def is_title_word(word: str) -> bool:
    """True for a word that is or ends in a title, or a numbered grade."""
    bare = word.partition("(")[0]
    if title_kind(bare) is not None:
        return True
    return bool(_NUMBERED_RANK.fullmatch(bare) or _POST_END.fullmatch(bare))
