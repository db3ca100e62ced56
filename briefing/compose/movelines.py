"""Personnel moves as lines: a person with what happened, or a folded list of people."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from briefing.compose.titles import Titles
from briefing.compose.views import FOLD_FROM, NO_DOUBTS, Doubts, Sources, doubts_of, sources_of
from briefing.compose.wording import label, move_words
from briefing.model import MergedFact, Move, MoveKind, MoveStatus, Story

_UP = frozenset({MoveKind.APPOINTED, MoveKind.PROMOTED})
# What is left is told first, then the rank, then the post: 전무 승진, 구매본부장 선임.
_ORDER = (MoveKind.DEPARTED, MoveKind.RETAINED, MoveKind.PROMOTED, MoveKind.APPOINTED)


@dataclass(frozen=True, slots=True)
class MoveLine:
    """One line of 인사: a person with what happened, or a folded list.

    Attributes:
        who: `남궁진 사장(CSO)`; for a folded list the post and verb, `상무 승진`.
        changes: `대표이사 선임`, one or more; empty where `who` already says it.
        company: Of the post, or None.
        sources: Where it was read.
        names: People of a folded list, weightiest first; empty for one person.
        rumored: True if nothing of it is settled.
        doubts: What was corrected, is contradicted, was a rumour before.
        when: Day from which it holds; None where the articles name none, or several.
        arrow: Whether `changes` are told with an arrow: what was taken; `권도식 부회장 퇴임` has none.
    """

    who: str
    changes: tuple[str, ...]
    company: str | None
    sources: Sources
    names: tuple[str, ...] = ()
    rumored: bool = False
    doubts: Doubts = NO_DOUBTS
    when: date | None = None
    arrow: bool = False


_Moved = tuple[MergedFact, Move]


def move_lines(story: Story, facts: Sequence[MergedFact]) -> list[MoveLine]:
    """The moves of a story, people of one post and verb folded into one line where they are many."""
    people = _by_person(facts)
    if not people:
        return []
    titles = Titles(story)
    alike: dict[tuple[object, ...], list[_Moved]] = defaultdict(list)
    for (_, company), moves in people.items():
        if len(moves) == 1:
            alike[_fold(company, moves[0])].append(moves[0])
    lines: list[MoveLine] = []
    done: set[tuple[object, ...]] = set()
    for (name, company), moves in people.items():
        fold = _fold(company, moves[0])
        if len(moves) > 1 or len(alike[fold]) < FOLD_FROM:
            lines.append(_person_line(name, company, moves, titles))
        elif fold not in done:
            done.add(fold)
            lines.append(_folded(company, alike[fold]))
    return lines


def _by_person(facts: Sequence[MergedFact]) -> dict[tuple[str, str | None], list[_Moved]]:
    """Moves by person and company; one without a company joins those of its person."""
    moves = [(merged, merged.fact) for merged in facts if isinstance(merged.fact, Move)]
    houses: dict[str, str] = {}
    for _, move in moves:
        if move.company:
            houses.setdefault(move.person, move.company)
    people: dict[tuple[str, str | None], list[_Moved]] = defaultdict(list)
    for merged, move in moves:
        people[move.person, move.company or houses.get(move.person)].append((merged, move))
    return people


def _fold(company: str | None, moved: _Moved) -> tuple[object, ...]:
    merged, move = moved
    return company, move.role or "", move_words(merged), move.when


def _folded(company: str | None, moved: Sequence[_Moved]) -> MoveLine:
    merged = [one for one, _ in moved]
    move = moved[0][1]
    return MoveLine(
        f"{move.role or ''} {move_words(merged[0])}".strip(),
        (),
        company,
        sources_of(merged),
        tuple(one.person for _, one in moved),
        doubts=doubts_of(merged),
        when=move.when,
    )


def _person_line(name: str, company: str | None, moves: Sequence[_Moved], titles: Titles) -> MoveLine:
    told = [merged for merged, _ in moves]
    in_order = sorted(moves, key=lambda pair: _ORDER.index(pair[1].kind))
    first, move = in_order[0]
    taken = [one.role for _, one in moves if one.role and one.kind in _UP]
    changes = list(dict.fromkeys(_change(merged, one) for merged, one in in_order))
    arrow = bool(taken) or len(changes) > 1
    if move.kind not in _UP and (len(changes) == 1 or move.kind is MoveKind.DEPARTED):
        # 권도식 부회장 퇴임: the post stands before the verb, an arrow would say that it is new.
        post = move.role or next(iter(titles.now(name, company)), "")
        who = label(name, [post])
        changes[0] = move_words(first)
        if len(changes) > 1:
            who, changes = f"{who} {changes[0]}", changes[1:]
        else:
            arrow = False
    else:
        who = label(name, titles.before(name, company, taken))
        if taken and who == name and (house := titles.elsewhere(name, company)):
            who = f"{name}({house})"
    return MoveLine(
        who,
        tuple(changes),
        company,
        sources_of(told),
        rumored=all(one.status is MoveStatus.RUMORED for _, one in moves),
        doubts=doubts_of(told),
        when=_only(one.when for _, one in moves),
        arrow=arrow,
    )


def _change(merged: MergedFact, move: Move) -> str:
    return f"{move.role} {move_words(merged)}" if move.role else move_words(merged)


def _only(days: Iterable[date | None]) -> date | None:
    told = {day for day in days if day is not None}
    return told.pop() if len(told) == 1 else None
