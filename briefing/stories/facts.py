"""Which facts are the same.

Event identity (docs/architecture.md): a fact is (person, company, kind, role or occasion) inside a time
window; the window is the story's.
"""

from __future__ import annotations

import re
from functools import lru_cache

from rapidfuzz.fuzz import partial_ratio, ratio

from briefing.model import Activity, ActivityKind, Fact, Move, MoveKind, Quote
from briefing.stories.vocabulary import vocabulary

_LEGAL = re.compile(r"㈜|\(주\)|（주）|주식회사")
_LETTERS = re.compile(r"[\W_]+")
# Several names of one post; a company has one of it, so outlets use them for the same appointment.
_HEAD = re.compile(r"(?:각자|공동|신임|차기)?(?:대표이사|대표집행임원|최고경영자|대표|CEO)", re.IGNORECASE)
_RANK = re.compile(r"(?:명예)?(?:부)?회장|부?사장|전무|상무보?|이사")
UP = frozenset({MoveKind.APPOINTED, MoveKind.PROMOTED})
"""Outlets call one move an appointment or a promotion."""


@lru_cache(maxsize=20_000)
def norm(text: str | None) -> str:
    """Letters and digits only, without legal forms, for comparing."""
    return _LETTERS.sub("", _LEGAL.sub("", text or "")).casefold()


def post(role: str | None) -> str:
    """A role in a form in which the usual variants agree: `대표이사 사장`, `CEO` and `대표` become `대표`."""
    if role and _HEAD.search(role):
        return "대표"
    return norm(role)


def is_head(title: str) -> bool:
    """Whether a title is that of a company's head by any of its names: 대표이사, CEO, 공동대표."""
    return _HEAD.fullmatch(title) is not None


def identity(fact: Fact) -> str:
    """The event identity of a fact as text: equal for tellings of one fact by different outlets.

    Strings are compared whole, for indexes; `same_fact` also sees through missing fields and wording.
    """
    if isinstance(fact, Move):
        kind = "up" if fact.kind in UP else fact.kind.value
        return f"move|{norm(fact.person)}|{norm(fact.company)}|{kind}|{post(fact.role)}"
    if isinstance(fact, Activity):
        return f"{fact.kind.value}|{norm(fact.person)}|{norm(fact.what)}"
    return f"quote|{norm(fact.speaker)}|{norm(fact.text)[:40]}"


def same_fact(one: Fact, other: Fact) -> bool:
    """Whether two facts, told within one story or a few days, are one.

    A missing company, role or date agrees with any; a rumour agrees with what it was about.
    """
    if isinstance(one, Move) and isinstance(other, Move):
        return _same_move(one, other)
    if isinstance(one, Activity) and isinstance(other, Activity):
        return _same_activity(one, other)
    if isinstance(one, Quote) and isinstance(other, Quote):
        return _same_quote(one, other)
    return False


def agree(one: str, other: str) -> bool:
    """Whether two normalized texts can mean the same: one holds the other, or is missing."""
    return not one or not other or one == other or one in other or other in one


def same_post(one: str | None, other: str | None) -> bool:
    """Whether two roles can be one appointment.

    `사장` and `대표이사 사장`, `법인장` and `북미법인장` can; `사장` and `부사장` cannot.
    """
    mine, theirs = _posts(one), _posts(other)
    if mine <= theirs or theirs <= mine:  # a role not told agrees with any
        return True
    short, long = sorted((norm(one), norm(other)), key=len)
    return len(short) >= 3 and short in long and not _RANK.fullmatch(short)


def is_rank(role: str | None) -> bool:
    """Whether a role is a rank of the ladder and nothing else: 사장, 상무; not 영업본부장 or 대표이사."""
    return bool(_RANK.fullmatch(norm(role)))


@lru_cache(maxsize=5_000)
def _posts(role: str | None) -> frozenset[str]:
    """The offices and ranks a role is made of: `대표이사 사장` holds 대표 and 사장."""
    parts = re.split(r"[\s()（）·,/]+", _LEGAL.sub("", role or ""))
    return frozenset(post(part) for part in parts if norm(part))


def _same_move(one: Move, other: Move) -> bool:
    if norm(one.person) != norm(other.person) or not agree(norm(one.company), norm(other.company)):
        return False
    if one.kind is other.kind:
        # A post left or kept is told by rank or by office ("배 부회장", "대표이사"): one leaving.
        return one.kind not in UP or same_post(one.role, other.role)
    return {one.kind, other.kind} == UP and bool(one.role) and post(one.role) == post(other.role)


def _same_activity(one: Activity, other: Activity) -> bool:
    if norm(one.person) != norm(other.person):
        return False
    days = abs((one.when - other.when).days) if one.when and other.when else None
    if one.kind is not other.kind:
        return not days and _signing(one, other)
    mine, theirs = norm(one.what), norm(other.what)
    if one.kind is ActivityKind.TRIP:
        # Nobody is on two trips at once; outlets date a trip by departure, by first stop, or not at all.
        return days is None or days <= 3 or (days <= 10 and agree(mine, theirs))
    if days is not None and days > 1:
        return False
    if one.kind is ActivityKind.DEAL and partial_ratio(mine, theirs) >= 70:
        return True  # 업무협약, 업무협약서, 업무협약(MOU): nobody signs two with one partner
    generic = vocabulary().generic_occasions
    alike = ratio(mine, theirs)
    if agree(mine, theirs) or alike >= 80:
        return True
    if days == 0 and generic & {mine, theirs}:
        return True
    if days == 0:
        return alike >= 50 or partial_ratio(mine, theirs) >= 75
    return partial_ratio(mine, theirs) >= 90 and min(len(mine), len(theirs)) >= 4


def _signing(one: Activity, other: Activity) -> bool:
    """Whether one is a deal and the other the ceremony at which it was signed."""
    deal, event = (one, other) if one.kind is ActivityKind.DEAL else (other, one)
    if deal.kind is not ActivityKind.DEAL or event.kind is not ActivityKind.EVENT:
        return False
    return norm(event.what).endswith(vocabulary().signing_ceremonies)


def _same_quote(one: Quote, other: Quote) -> bool:
    speakers = norm(one.speaker), norm(other.speaker)
    if not agree(*speakers):
        return False
    short, long = sorted((norm(one.text), norm(other.text)), key=len)
    if len(short) < 8:
        return short == long
    return short in long or ratio(short, long) >= 80
