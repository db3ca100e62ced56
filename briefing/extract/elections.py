"""Who else takes or leaves an office of an association that elects its head among its members."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from briefing.extract.bodies import is_business_body
from briefing.extract.document import Document
from briefing.korean.wordlists import listed
from briefing.model import Move, MoveKind

_CHIEFS = listed("moves.elections.chiefs")
_OFFICES = listed("moves.elections.offices")


def of_association(document: Document, moves: Sequence[Move]) -> tuple[Move, ...]:
    """The moves, with the association for the firm its new head comes from.

    An association's head comes from a firm that headline and text go on about; offices of which no house is
    told would be that firm's.

    Args:
        document: The article, its people as the text calls them.
        moves: All it tells.
    """
    heads = [m for m in moves if _is_head(m)]
    houses = {p.name: p.company for p in document.personas} if heads else {}
    head = next((m for m in heads if houses.get(m.person) not in {None, m.company}), None)
    if head is None:
        return tuple(moves)
    firm = houses[head.person]
    own = {document.persona_of(m).name for m in document.mentions if m.company == firm}
    return tuple(
        replace(m, company=head.company, rule=f"{m.rule}; office of the association that elects")
        if m.company == firm
        and m.role in _OFFICES()
        and m.kind is not MoveKind.PROMOTED
        and m.person not in {head.person, *own}
        and not _named_there(document, m, firm)
        else m
        for m in moves
    )


def _named_there(document: Document, move: Move, firm: str | None) -> bool:
    """True if the sentence of a move names the firm by itself: 나래판지는 이날 A 변호사를 감사로 선임했다."""
    sentence = move.evidence[0]
    beside = [m.span for m in document.mentions_in(sentence)]
    return any(
        c.name == firm and not any(span.start <= c.span.start < span.end for span in beside)
        for c in document.companies_in(sentence)
    )


def _is_head(move: Move) -> bool:
    return (
        move.kind is MoveKind.APPOINTED
        and move.company is not None
        and is_business_body(move.company)
        and move.role in _CHIEFS()
    )
