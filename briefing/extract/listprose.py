"""What prose tells beside lists: the moves of an article without those that a list of it tells better."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable

from briefing.extract.listvotes import NOT_PASSED
from briefing.model import Move, MoveKind, Rejection, Span


def outside_lists(
    text: str, moves: Iterable[Move], listed: Iterable[Move], rejected: Iterable[Rejection] = ()
) -> tuple[Move, ...]:
    """Moves that prose tells, without those read out of the items of a list or the rows of a sentence.

    Args:
        text: The article's.
        rejected: What the lists hold and was not taken; a motion that was lost is none in prose either.
    """
    lost = [r.span for r in rejected if r.reason == NOT_PASSED and r.span is not None]
    found = tuple(listed)
    taken = sorted((m.evidence[0].start, m.evidence[0].end) for m in found if m.rule.startswith("list"))
    rows = {(m.evidence[0].start, m.role) for m in found if m.rule.startswith("row") and m.role}
    kinds = {(m.evidence[0].start, m.kind) for m in found if m.rule.startswith("row")}
    given = {MoveKind.APPOINTED, MoveKind.PROMOTED}
    starts = [start for start, _ in taken]

    def listed_there(span: Span) -> bool:
        at = bisect_left(starts, span.end) - 1
        return at >= 0 and taken[at][1] > span.start

    def in_row(move: Move) -> bool:
        """전무에는 A(다솔)·B(누리)가 올랐다: whom the prose of it means is told by the row."""
        start = move.evidence[0].start
        if move.kind in given and (start, move.role) in rows:
            return True
        # 사내이사 1명(A)은 재선임됐다, where the prose takes who was told before for its subject
        sentence = move.evidence[0].of(text)
        named = f"{move.person[0]} " in sentence or move.person.split()[-1] in sentence
        return (start, move.kind) in kinds and not named

    def not_passed(move: Move) -> bool:
        at = move.evidence[0]
        return move.kind in given and any(s.start < at.end and at.start < s.end for s in lost)

    moves = (m for m in moves if not not_passed(m))
    return tuple(m for m in moves if not listed_there(m.evidence[0]) and not in_row(m))
