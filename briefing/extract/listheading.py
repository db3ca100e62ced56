"""Headings of lists in the vocabulary of appointments: what happened, and to which rank."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from briefing.extract.listgrammar import (
    APPOINTED,
    BRACKETED,
    COUNT,
    DATES,
    DEPARTED,
    LONGEST_WORD,
    NUMBERED,
    PROMOTED,
    arrow,
    back_arrow,
    glued_rank,
    heading_words,
    is_neutral,
    is_rank,
    is_title_word,
    is_unit_word,
    kind_in,
    kind_pattern,
    kind_word,
    ranks,
)
from briefing.extract.names import shape
from briefing.extract.records import record
from briefing.extract.titles import title_kind
from briefing.korean.wordlists import affixes, listed, worded

# Headings name these where they name no post.
CATEGORIES = affixes("lists.roles.categories")
BOARD_SEATS = listed("lists.roles.board")
_MOVED = listed("lists.notes.moved")
_HIRED = listed("lists.notes.hired")
_RELIEVED = listed("lists.kinds.relieved")
_INSTALLED = listed("lists.kinds.installed")
_ABOUT_BRACKETS = worded(r"{lists.kinds.brackets}")
_KINDS_OF_SEAT = listed("lists.roles.seats")
_LEFT = " :：·,)-–|"
_JOINTS = re.compile(r"[·ㆍ/,&]")
_WORD = re.compile(r"\S+")


@record(frozen=True, slots=True)
class Heading:
    """What a heading says: what happened, to which rank or kind of post.

    Attributes:
        rest: An entry that stands behind it in the same item.
        at: Where in the text that entry begins.
        hired: True if it says that people come from elsewhere (상무 영입).
    """

    kind: str | None = None
    rank: str | None = None
    rest: str = ""
    at: int = 0
    hired: bool = False


@dataclass(slots=True)
class _Read:
    """What the words of a heading have said so far."""

    kinds: list[str]
    ranks: list[str]
    neutral: bool = False


@cache
def _letters() -> frozenset[str]:
    """What the words of headings are written with: a quick look before one is taken apart."""
    return frozenset("".join((*heading_words(), NUMBERED().pattern)))


@lru_cache(maxsize=20_000)
def _vocabulary(word: str) -> Sequence[tuple[str, str]] | None:
    """A word taken apart into kinds, ranks and neutral words (임원승진 -> 임원, 승진), or None."""
    if len(word) > LONGEST_WORD or not _letters().issuperset(c for c in word if c.isalpha()):
        return None
    parts: list[list[tuple[str, str]] | None] = [None] * (len(word) + 1)
    parts[len(word)] = []
    for start in range(len(word) - 1, -1, -1):
        for end in range(len(word), start, -1):
            rest = parts[end]
            if rest is None:
                continue
            piece = word[start:end]
            if kind_word(piece) is not None:
                parts[start] = [("K", piece), *rest]
            elif len(piece) > 1 and is_rank(piece) and piece != "대상":
                parts[start] = [("R", piece), *rest]
            elif is_neutral(piece) or piece.isdigit():
                parts[start] = [("-", piece), *rest]
            else:
                continue
            break
    return parts[0]


def _take(word: str, read: _Read, *, posts: bool = True) -> int | None:
    """Reads a word of a heading.

    Args:
        posts: Take any word that ends like a post.

    Returns:
        Where in the word its last kind ends, 0 if it has none; None if the word is no part of a heading.
    """
    compact = word.strip(",·ㆍ/&~.-–")
    if not compact:
        return 0
    taken = _vocabulary(compact) or _vocabulary(compact.removesuffix("급"))
    if taken is None and _JOINTS.search(compact):
        pieces = [p for p in _JOINTS.split(compact) if p]
        found = [_vocabulary(p) or ([("-", p)] if p in "처실국부팀" else None) for p in pieces]
        taken = [q for p in found if p is not None for q in p] if all(p is not None for p in found) else None
    if taken is None and posts and is_title_word(compact) and shape(compact) < 2:
        taken = [("R", compact)]  # 지역본부장
    if taken is None:
        return None
    last = at = 0
    for kind, piece in taken:
        at = word.index(piece, at) + len(piece)
        if kind == "K":
            read.kinds.append(piece)
            last = at
        elif kind == "R":
            read.ranks.append(piece)
        else:
            read.neutral = True
    return last


def heading(text: str) -> Heading | None:
    """Reads an item as a heading, with an entry that follows it in `rest`; None if it is none.

    Examples: 부사장 승진 / 상무→전무(3명) / 승진부사장 오성민 / 임기 만료 퇴임 / 1급(처·실장) 승진 / 본부장.
    """
    if text.strip() in _RELIEVED():
        return Heading(DEPARTED, None)
    if text.strip() in _INSTALLED():
        return Heading(APPOINTED, None)
    counted = _blank(DATES, _blank(COUNT, text))
    plain = _blank(BRACKETED, counted)
    steps = _steps(plain, text)
    if steps is not None:
        return steps
    read, noted = _Read([], []), _Read([], [])
    squeezed = " ".join(plain.split()).strip(_LEFT)
    if not squeezed:
        return None
    # 임기 만료 퇴임: one word of the vocabulary in two
    whole = _take(squeezed.replace(" ", ""), read, posts=False) is not None
    end, last_kind = (len(text), 0) if whole else _prefix(plain, read)
    for match in BRACKETED.finditer(counted[:end]):
        risen = _steps(match.group(1), match.group(1))
        if risen is not None and risen.rank is not None and not risen.rest:  # 승진(상무→전무)
            noted.ranks.append(risen.rank)
            continue
        if _ABOUT_BRACKETS().search(match.group(1)):
            continue  # 승진(괄호 안은 현 보직)
        for word in match.group(1).split():
            if _take(word, noted) is None and not is_title_word(word):
                return None  # a note that is no part of a heading: 이사(서혜경)
    if end >= len(plain.rstrip(_LEFT)):
        return _whole(squeezed, read, noted)
    return _with_rest(text, plain, end, last_kind, read)


def _blank(pattern: re.Pattern[str], text: str) -> str:
    """The text with what a pattern finds blanked out, so that offsets stay."""
    return pattern.sub(lambda m: " " * len(m.group()), text)


def _prefix(plain: str, read: _Read) -> tuple[int, int]:
    """Reads words of a heading until one is none: where that one begins, and where the last kind ended."""
    last_kind = 0
    for match in _WORD.finditer(plain):
        last = _take(match.group(), read)
        if last is None:
            return match.start(), last_kind
        last_kind = match.start() + last if last else last_kind
    return len(plain), last_kind


def _whole(plain: str, read: _Read, noted: _Read) -> Heading | None:
    """A heading without an entry behind it."""
    if not (read.kinds or read.ranks or read.neutral):
        return None
    said = read.kinds or noted.kinds
    rank = _last_words(plain, read.ranks[-1]) if read.ranks else None
    if rank is None:
        rank = next((word for word in CATEGORIES() if word in plain), None)
    elif said and rank.endswith("급") and is_rank(rank[:-1]):
        rank = rank[:-1]  # 부사장급 승진; ◇부사장급 alone says whom, and nothing of a rise
    noted_rank = noted.ranks[-1] if noted.ranks else None
    if noted_rank is not None and not read.ranks:
        rank = noted_rank  # 임원 승진(부사장)
    elif noted_rank is not None and noted_rank.isascii():
        rank = f"{rank}({noted_rank})"  # 최고재무책임자(CFO)
    # 승진 및 전보: promotions and transfers alike
    loose = {kind_word(k) for k in said} >= {PROMOTED, APPOINTED} and any(k in _MOVED() for k in said)
    hired = any(k in _HIRED() for k in said)
    return Heading(APPOINTED if loose else kind_in(" ".join(said)), rank, hired=hired)


def _with_rest(text: str, plain: str, end: int, last_kind: int, read: _Read) -> Heading | None:
    """승진부사장 오성민, 상무 승진김규현 홍교식, 신규 선임 상무 김이수: an entry against its heading."""
    word = plain[end:].split(maxsplit=1)[0]
    glued = kind_pattern().match(word)
    if glued is not None and _glued_entry(word[glued.end() :]):
        read.kinds.append(glued.group())
        at = end + glued.end()
        rank = read.ranks[-1] if read.ranks else None
    elif read.kinds:
        at = last_kind
        rank = next((r for r in reversed(read.ranks) if plain.rfind(r, 0, last_kind) >= 0), None)
        rank = _last_words(plain[:last_kind], rank) if rank else None
    else:
        return None
    at += len(text[at:]) - len(text[at:].lstrip(_LEFT + "\t\u3000"))
    return Heading(kind_in(" ".join(read.kinds)), rank, text[at:].rstrip(" :：·,"), at)


def _glued_entry(word: str) -> bool:
    """승진부사장 오성민, 승진김규현: an entry set against its heading without a space; not 퇴직연금부."""
    return is_rank(word) or (shape(word) == 2 and not is_unit_word(word)) or glued_rank(word) is not None


def _last_words(plain: str, rank: str) -> str:
    """The rank as written, with the word before it where both make one title (상임 이사, 대표이사 사장)."""
    written = re.search(r"\s?".join(map(re.escape, rank)), plain)
    if written is not None and all(len(part) > 1 for part in written.group().split()):
        rank = written.group()
    before = plain[: plain.rfind(rank)].split()
    joined = before and (before[-1] in _KINDS_OF_SEAT() or (is_title_word(before[-1]) and rank in ranks()))
    return f"{before[-1]} {rank}" if joined and before[-1] not in ranks() else rank


def _steps(plain: str, text: str) -> Heading | None:
    """상무→전무, 이사→상무 : 김규현, 전무←상무."""
    step = arrow().search(plain)
    if step is not None and (not plain[: step.start()].strip() or _ranks_only(plain[: step.start()])):
        return _target(plain, step.end(), text)
    back = back_arrow().search(plain)
    if back is None:
        return None
    new, old = plain[: back.start()].strip(_LEFT), plain[back.end() :].split()
    if (old and not _ranks_only(old[0])) or (new and not _ranks_only(new)):
        return None
    return Heading(PROMOTED, new or None)


def _target(plain: str, start: int, text: str) -> Heading | None:
    """전무 / 전무: 최도윤 / 1급 시설진단처 홍가을: the rank risen to, and the entry behind it."""
    colon = re.search(r"[:：=|]", plain[start:])
    ends = [start + colon.start()] if colon is not None else [len(plain)]
    word = re.compile(r"\s*\S+").match(plain, start)
    ends += [word.end()] if word is not None else []
    for end in ends:
        if _ranks_only(plain[start:end].strip(_LEFT)):
            at = end + len(text[end:]) - len(text[end:].lstrip(_LEFT + "=\t"))
            return Heading(PROMOTED, plain[start:end].strip(_LEFT), text[at:].rstrip(), at)
    return None


def _ranks_only(text: str) -> bool:
    parts = BRACKETED.sub("", text).split()
    compact = "".join(parts).strip("·ㆍ,/")
    if not compact or len(compact) > LONGEST_WORD or (len(parts) > 1 and shape(parts[0]) == 2):
        return False  # 김도윤 상무 → 전무
    pieces = [p.removesuffix("급") if not is_rank(p) else p for p in re.split(r"[·ㆍ,/]", compact) if p]
    return all(is_rank(p) or (title_kind(p) is not None and len(p) <= 8) for p in pieces)
