"""What an entry of a list means: which moves, from heading, rank, post and notes together."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import cache

from briefing.extract.companies import is_enterprise_name, is_public
from briefing.extract.listgrammar import (
    APPOINTED,
    DEPARTED,
    PROMOTED,
    RETAINED,
    is_rank,
    is_title_word,
    kind_word,
    ranks,
)
from briefing.extract.listheading import CATEGORIES, heading
from briefing.extract.listposts import Entry, Post
from briefing.extract.records import record
from briefing.extract.titles import title_kind
from briefing.korean.lexicon import words
from briefing.korean.wordlists import affixes, listed, worded

# The rule of who rises from the rank that a bracket tells.
RISEN = "list-risen"
# 다솔화학·전 나래소재 전무
_PIECES = worded(r"[,;/]|·\s|[·ㆍ](?={lists.notes.before}\s)")
_CAREER = worded(r"^{lists.notes.before}(?:[\s)]|$)")
_KEPT = worded(r"{lists.notes.kept}\s?{lists.notes.keeping}|^유지$")
_BESIDES = listed("lists.notes.besides")
_BACK = affixes("lists.back_arrows")
_FORMER_SIGN = "전"
_JOINING = listed("lists.notes.joining")
_FORMERLY = affixes("lists.notes.formerly")
_LATIN_IN_BRACKETS = re.compile(r"^.*?\(([A-Z][A-Za-z&]{1,6})\)$")
_SEATS = listed("lists.seats.beside")
_CANDIDATE = worded(r"\s?{moves.seats.candidates}$")
# Ranks from low to high, as far as lists have them; others are not compared.
_LADDER = affixes("lists.roles.ladder")


@cache
def _public_posts() -> tuple[str, ...]:
    return words("lists.toml", "roles", "public")


@cache
def _double() -> frozenset[str]:
    return frozenset(words("lists.toml", "roles", "double"))


def is_public_post(role: str) -> bool:
    """True for posts of government and courts: 서울고검장, 항공안전정책관."""
    compact = role.replace(" ", "")
    if any(is_public(word) and not is_enterprise_name(word) for word in role.split()[:-1]):
        return True
    if is_public(compact) and not is_enterprise_name(compact) and not is_title_word(compact):
        return True  # ▶ 국토교통부 곽선우: sent to a ministry
    if compact.endswith(("실장", "본부장")):
        return False  # 정책실장: a house's own, outside of government
    return title_kind(compact.removesuffix("급")) == "other" or compact.endswith(_public_posts())


def career(note: str) -> bool:
    """True for a note that tells where somebody comes from (前 운용본부장)."""
    return bool(_CAREER().match(note))


def short(role: str) -> str:
    """A role in its shortest form: 최고마케팅책임자(CMO) -> CMO, 사내이사 후보 -> 사내이사."""
    if role.endswith("급") and is_rank(role[:-1]):
        return role[:-1]  # ◇전무급 ▲김도윤
    latin = _LATIN_IN_BRACKETS.match(role)
    return latin.group(1) if latin else _CANDIDATE().sub("", role) or role


@record(frozen=True, slots=True)
class Notes:
    """What the brackets behind a name say.

    Attributes:
        kind: What happened (신임, 유임, 전보, 부사장 승진), or None.
        rank: The rank of "부사장 승진", or of a bare "상무".
        taken: A post taken besides (상담역 위촉).
        kept: True if the old post is kept (現職 유지).
        past: Careers (前 …).
        rest: Notes that say nothing of the kind: a company, a unit, a post.
    """

    kind: str | None = None
    rank: str | None = None
    taken: str | None = None
    kept: bool = False
    past: tuple[str, ...] = ()
    rest: tuple[str, ...] = ()


def read_notes(notes: Iterable[str]) -> Notes:
    """Reads the notes of one name."""
    kind: str | None = None
    rank: str | None = None
    taken: str | None = None
    kept = False
    past: list[str] = []
    rest: list[str] = []
    for note in notes:
        for piece in (p.strip() for p in _PIECES().split(note)):
            plain = piece.removeprefix("이상").strip()
            if _KEPT().search(plain):
                kept = True
            elif (besides := _besides(plain)) is not None:
                taken = besides
            elif career(plain):
                past.append(plain)
            elif plain.startswith(_BACK()):
                past.append(f"{_FORMER_SIGN} {plain.lstrip(''.join(_BACK()) + ' ')}")  # (←창원제철소장)
            elif is_rank(plain) and plain not in ranks():
                rest.append(plain)
            elif (told := heading(plain)) is not None and not told.rest:
                kind = told.kind or kind
                rank = told.rank or rank
            elif (last := plain.split()[-1] if plain else "") and (fate := kind_word(last)) is not None:
                taken = (plain.removesuffix(last).strip() or None) if fate == APPOINTED else taken
                kind = kind if fate == APPOINTED else fate  # 영업1팀장에서 승진
            elif plain:
                rest.append(plain)
    return Notes(kind, rank, taken, kept, tuple(past), tuple(rest))


def _besides(note: str) -> str | None:
    """The post of a note that tells of another one beside it: ESG추진단장 겸직, 겸 경영지원실장."""
    told = note.split()
    if len(told) > 1 and told[-1] in _BESIDES():
        post = told[:-1]
    elif len(told) > 1 and told[0] in _JOINING():
        post = told[1:]
    else:
        return None
    return " ".join(post) if is_title_word(post[-1]) and kind_word(post[-1]) is None else None


@record(frozen=True, slots=True)
class Told:
    """What the headings over an entry say.

    Attributes:
        kind: What happened, or None.
        rank: The rank or kind of post named (부사장, 본부장, 임원), or None.
        chosen: True if the heading speaks of choosing (선임), not of moving about (전보).
        promotions: True if the article is about promotions.
        fallback: The post that the article's title speaks of (대표).
        hired: True if the heading speaks of people from elsewhere (영입).
    """

    kind: str | None
    rank: str | None
    chosen: bool = True
    promotions: bool = False
    fallback: str | None = None
    hired: bool = False


@record(frozen=True, slots=True)
class Reading:
    """One move that an entry tells: kind, role, and the rule that read it."""

    kind: str
    role: str | None
    rule: str


@record(frozen=True, slots=True)
class _Said:
    """What stands beside a name, and the rank or kind of post of the heading over it."""

    post: str | None
    own: str | None
    unit: str | None
    over: str | None


def is_seat(over: str | None) -> bool:
    """True for a heading of a seat on the board, which people hold beside other posts: 사외이사."""
    return over is not None and over.split()[-1] in _SEATS()


def _said(entry: Entry, notes: Notes, told: Told, is_new: Callable[[str], bool]) -> _Said:
    post, own, unit, over = entry.post.text, entry.post.rank, entry.post.unit, told.rank
    if own is not None and over in ranks() and not (entry.first or post or unit):
        over = own  # ◇ 부사장 승진 … ▲전무 김경환
    if over is not None and " " in over and over.split()[-1] in _double():
        first, _, last = over.rpartition(" ")
        if is_title_word(first):  # 대표이사 전무: a post and a rank
            over, post = last, post or first
    if post is None and any(note.startswith(_FORMERLY()) for note in notes.past):
        post = _noted(notes) or (
            notes.rank if notes.rank not in ranks() else None
        )  # (영업총괄, 前 영업1본부장)
    elif post is None and own is None and (over is None or not is_rank(over)):
        post = _noted(notes)
    elif post is None and told.hired:  # 상무 영입: 곽선우(다솔화학 연구소장)
        post = next((n for n in notes.rest if is_new(n)), None) or (
            notes.rank if notes.rank and notes.rank not in ranks() and is_new(notes.rank) else None
        )
    return _Said(post, own, unit, over)


def _noted(notes: Notes) -> str | None:
    """The post that brackets tell, or None."""
    return next((n for n in notes.rest if is_title_word(n.split()[-1])), None)


def readings(
    entry: Entry, notes: Notes, told: Told, is_new: Callable[[str], bool] = bool
) -> Iterator[Reading]:
    """The moves of one name in an entry; `is_new` tells if a post in brackets may be where one hired goes."""
    said = _said(entry, notes, told, is_new)
    post, own, unit, over = said.post, said.own, said.unit, said.over
    if is_seat(over) and not any(map(is_seat, (post or "").split())):
        post, unit = None, None  # 사외이사 선임 ▲곽선우 나래회계법인 고문: the post is what he is elsewhere
    kind = _kind(entry.post.kind, notes.kind, told.kind)
    if kind == PROMOTED and post and any(post in n for n in notes.past):
        post = None  # 대표이사 부회장(전 … 대표이사 사장): the post is the old one
    risen: str | None = None
    if notes.kind == PROMOTED and kind != PROMOTED:
        risen = notes.rank or own or (over if over in ranks() else None)
        yield Reading(PROMOTED, risen or post or over or unit, "list-note")
        if risen is None or (kind is None and not (_held(over) or (post and not notes.rank))):
            return
    if kind in {None, APPOINTED} and own and own != over and post and _risen(own, notes.past):
        yield Reading(PROMOTED, own, RISEN)
    if kind == PROMOTED:
        yield from _promoted(post, own or notes.rank, unit, over, kept=notes.kept or notes.kind == RETAINED)
    elif kind is None:
        held_over = None if post and over == risen else over  # the rise is told
        yield from _untold(post, own or notes.rank, unit, replace(told, rank=held_over))
    elif kind == APPOINTED:
        both = told.chosen and told.kind == APPOINTED and over in _double() and over != risen
        if over and post and both and over not in post:
            yield Reading(APPOINTED, over, "list-rank")
        yield Reading(
            APPOINTED, post or _held(over) or own or over or told.fallback or unit, "list-appointed"
        )
    else:
        role = post or _held(over) or own or over or notes.rank or told.fallback or unit
        yield Reading(kind, role, f"list-{kind}")
    taken = notes.taken or (_taken(notes, over) if kind in {DEPARTED, PROMOTED} else None)
    if taken and is_title_word(taken.split()[-1]):
        yield Reading(APPOINTED, taken, "list-note")  # 퇴임 … 부사장(자문역 위촉)


def _taken(notes: Notes, over: str | None) -> str | None:
    """퇴임 … (고문 위촉), 사장 승진 … (대표이사 내정): the post that a note tells besides."""
    rank = notes.rank if notes.kind == APPOINTED else None
    return rank if over is None or rank != over else None


def _risen(own: str, past: Iterable[str]) -> bool:
    """경영기획실장 부사장(현 재무담당 전무): True if the rank now held is below the one taken."""
    held = (note.split()[-1] for note in past if note.startswith(("현", "現")))
    return own in _LADDER() and any(rank in _LADDER() and _above(own, rank) for rank in held)


def _held(over: str | None) -> str | None:
    """The post that a heading names, if it is one and no rank (대표이사, 경영지원실장)."""
    if over is None or over in ranks() or over in CATEGORIES():
        return None
    return over if is_title_word(over.split()[-1]) else None


def _kind(word: str | None, note: str | None, told: str | None) -> str | None:
    """What happened: the heading says so, unless a word or a note beside the name knows better."""
    if told == PROMOTED:
        return told
    kind = word or told
    return note if note in {APPOINTED, RETAINED, DEPARTED} and kind != DEPARTED else kind


def _promoted(
    post: str | None, own: str | None, unit: str | None, over: str | None, *, kept: bool
) -> Iterator[Reading]:
    target = over if over is not None and is_rank(over) else own
    yield Reading(PROMOTED, target or post or over or unit, "list-promoted")
    if target and post and not kept and target not in post:
        yield Reading(APPOINTED, post, "list-post")


def _untold(post: str | None, own: str | None, unit: str | None, told: Told) -> Iterator[Reading]:
    """◇부사장 ▷주필 손현덕: the heading names a rank and not what happened."""
    over = told.rank
    if post:
        if over in _double() and over is not None and over not in post:
            yield Reading(PROMOTED if told.promotions else APPOINTED, over, "list-rank")
        yield Reading(APPOINTED, post, "list-post")
        return
    role = _held(over) or own or over or unit
    promoted = told.promotions and role in ranks()
    yield Reading(PROMOTED if promoted else APPOINTED, role, "list-default")


def stepped(old: Post, new: Post, told: Told) -> Iterator[Reading]:
    """위세훈 : 서목홀딩스 상무 → 서목유통 대표이사 전무: what is new in the new post."""
    kind = new.kind if new.kind in {RETAINED, DEPARTED} else None
    if kind is not None:
        yield Reading(kind, new.text or new.rank or new.unit, f"list-{kind}")
        return
    text, before = new.text or _noted_post(new), old.text or _noted_post(old)
    moved = text is not None and (text != before or (new.company or "") != (old.company or ""))
    risen = new.rank is not None and old.rank is not None and _above(new.rank, old.rank)
    if moved:
        yield Reading(APPOINTED, text, "list-step")
    if risen:
        yield Reading(PROMOTED, new.rank, "list-step")
    elif not moved:
        beside = f"{new.unit} {new.rank}" if new.unit and new.rank else None
        role = new.text or beside or new.rank or told.rank or new.unit
        yield Reading(told.kind or APPOINTED, role, "list-step")


def _noted_post(post: Post) -> str | None:
    """The post that the brackets behind a rank name: 전무(품질본부장)."""
    notes = (re.split(r"[,·ㆍ/]", note)[0].strip() for note in post.notes)
    return next((n for n in notes if n and " " not in n and is_title_word(n)), None) if post.rank else None


def rises(old: str, new: str) -> bool:
    """True if one rank is known to lie below the other."""
    return old in _LADDER() and new in _LADDER() and _above(new, old)


def _above(rank: str, other: str) -> bool:
    if rank not in _LADDER() or other not in _LADDER():
        return rank != other
    return _LADDER().index(rank) > _LADDER().index(other)
