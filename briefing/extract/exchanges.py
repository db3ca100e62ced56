"""One for another in one verb: 대표이사가 A에서 B로 변경됐다; A에서 A·B 각자대표로 바뀌었다."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from briefing.extract.arguments import Arguments, Clause
from briefing.extract.document import Document, Mention
from briefing.extract.titles import Title
from briefing.model import MoveKind, Span

# A에서 B[로 전격 교체했다]: the verb ends at most this far behind who comes.
_VERB = 8
_TO = frozenset({"으로", "로"})


@dataclass(frozen=True, slots=True)
class Exchange:
    """Who goes and who comes.

    Attributes:
        moves: Persons, each with what happens.
        role: The post.
        post: Where it stands, if not beside a name.
        house_of: Whose house it is, or None where each has their own.
        persons: Those the verb speaks of.
        end: Where the verb ends.
    """

    moves: tuple[tuple[Mention, MoveKind], ...]
    role: str | None
    post: Title | None
    house_of: Mention | None
    persons: tuple[Mention, ...]
    end: int


def find_exchange(document: Document, arguments: Arguments, clause: Clause) -> Exchange | None:
    """대표이사가 A에서 B로 변경됐다; 영업총괄을 A 전무에서 B 부사장으로 교체했다."""
    at = clause.predicate.span.start
    gone = next((m for m in reversed(document.mentions_in(clause.before)) if m.span.end == at), None)
    behind = document.mentions_in(Span(at, at + 40))
    come = next(iter(behind), None)
    if gone is not None and come is not None and gone.persona == come.persona:
        return _joined_by(gone, behind[1:])
    post = arguments.changed(clause.sentence, gone) if gone is not None else None
    if gone is None or come is None or come.particle not in _TO:
        return None
    role = post.text if post is not None else gone.title
    moves = ((gone, MoveKind.DEPARTED), (come, MoveKind.APPOINTED))
    return Exchange(moves, role, post, gone, (gone, come), come.span.end + _VERB)


def _joined_by(stays: Mention, others: Sequence[Mention]) -> Exchange | None:
    """대표이사가 A에서 A·B 각자대표로 변경됐다: B comes beside A."""
    ends = next((n for n, m in enumerate(others) if m.particle in _TO), None)
    if ends is None:
        return None
    come = tuple(others[: ends + 1])
    moves = tuple((mention, MoveKind.APPOINTED) for mention in come)
    return Exchange(moves, come[-1].title or stays.title, None, None, come, come[-1].span.end + _VERB)
