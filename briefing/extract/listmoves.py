"""What an entry of a list means: which moves, from heading, rank, post and notes together."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from briefing.extract.companies import is_enterprise_name, is_public
from briefing.extract.listentries import Entry, Named, career
from briefing.extract.listgrammar import APPOINTED, DEPARTED, PROMOTED, RETAINED, is_title_word, kind_in
from briefing.extract.titles import kinds, title_kind
from briefing.korean.lexicon import words

# Note that the old post is kept (現職 유지).
KEPT = "kept"


@cache
def ranks() -> frozenset[str]:
    """Ranks of data/lists.toml."""
    return frozenset(words("lists.toml", "roles", "ranks"))


@cache
def _public_posts() -> tuple[str, ...]:
    return words("lists.toml", "roles", "public")


def is_public_post(role: str) -> bool:
    """True for posts of government and courts: 서울고검장, 항공안전정책관."""
    compact = role.replace(" ", "")
    if any(is_public(word) and not is_enterprise_name(word) for word in role.split()[:-1]):
        return True
    return title_kind(compact.removesuffix("급")) == "other" or compact.endswith(_public_posts())


@dataclass(frozen=True, slots=True)
class Notes:
    """What the brackets behind a name say.

    Attributes:
        kind: What happened (신임, 유임, 전보, 부사장 승진), KEPT, or None.
        rank: The rank of "부사장 승진", or None.
        rest: Notes that say nothing of the kind: a company, a unit.
    """

    kind: str | None = None
    rank: str | None = None
    rest: tuple[str, ...] = ()


def read_notes(notes: list[str]) -> Notes:
    """Reads the notes of one name; careers (前 …) are left out."""
    kind: str | None = None
    rank: str | None = None
    rest: list[str] = []
    for note in notes:
        plain = note.removeprefix("이상").strip()
        found = kind_in(plain)
        if career(note):
            kind = KEPT if found == RETAINED else kind
        elif found is not None:
            kind = found
            rank = next((w for w in plain.split() if w in kinds()), None)
        else:
            rest.append(plain)
    return Notes(kind, rank, tuple(rest))


@dataclass(frozen=True, slots=True)
class Reading:
    """One move that an entry tells: kind, role, and the rule that read it."""

    kind: str
    role: str | None
    rule: str


def readings(
    entry: Entry, named: Named, notes: Notes, kind: str | None, rank: str | None, *, promotions: bool
) -> Iterator[Reading]:
    """The moves of one name in an entry.

    Args:
        kind: What the heading says happened, or None.
        rank: The rank the heading names, or None.
        promotions: True if the article is about promotions.
    """
    parts = entry.post.split() if entry.post else []
    own_ranks = [w for w in parts if w in ranks()]
    others = [w for w in parts if w not in ranks()]
    post = " ".join(others) if any(is_title_word(w) for w in others) else None
    if kind == PROMOTED and post and any(post in n for n in (named.note, entry.note) if career(n)):
        post = None  # 대표이사 부회장(전 … 대표이사 사장): the post is the old one
    if notes.kind in {APPOINTED, RETAINED, DEPARTED} and kind != PROMOTED:
        kind = notes.kind
    if notes.kind == PROMOTED and notes.rank:
        yield Reading(PROMOTED, notes.rank, "list-note")
        if kind is None:
            return
    if kind is None:
        yield from _without_heading(post, own_ranks, rank, promotions=promotions)
    elif kind == PROMOTED:
        target = rank or (own_ranks[-1] if own_ranks else None)
        yield Reading(PROMOTED, target or post or entry.post, "list-promoted")
        if target and post and notes.kind not in {KEPT, RETAINED} and target not in post.split():
            yield Reading(APPOINTED, post, "list-post")
    else:
        role = post or (own_ranks[-1] if own_ranks else None) or rank or entry.post
        yield Reading(kind, role, f"list-{kind}")


def _without_heading(
    post: str | None, own_ranks: list[str], rank: str | None, *, promotions: bool
) -> Iterator[Reading]:
    """◇부사장 ▷주필 손현덕: the heading names a rank and not what happened."""
    if rank and post:
        if not post.endswith(rank) and title_kind(rank.replace(" ", "")) == "executive":
            yield Reading(PROMOTED if promotions and rank in ranks() else APPOINTED, rank, "list-rank")
        yield Reading(APPOINTED, post, "list-post")
        return
    role = post or (own_ranks[-1] if own_ranks else rank)
    promoted = promotions and post is None and role in ranks()
    yield Reading(PROMOTED if promoted else APPOINTED, role, "list-default")
