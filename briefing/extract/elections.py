"""Who else takes or leaves an office of an association that elects its head among its members."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from briefing.extract.bodies import is_business_body
from briefing.extract.document import Document
from briefing.korean.wordlists import affixes, listed
from briefing.model import Move, MoveKind

_CHIEFS = affixes("moves.elections.chiefs")
_OFFICES = listed("moves.elections.offices")


def of_association(document: Document, moves: Sequence[Move]) -> tuple[Move, ...]:
    """The moves, with the association for the firm its new head comes from.

    An association's head comes from a firm that headline and text go on about; offices of which no house is
    told would be that firm's.

    Args:
        document: The article, its people as the text calls them.
        moves: All it tells.
    """
    houses = {p.name: p.company for p in document.personas}
    head = next((m for m in moves if _is_head(m) and houses.get(m.person) not in {None, m.company}), None)
    if head is None:
        return tuple(moves)
    firm = houses[head.person]
    own = {
        document.persona_of(m).name for m in document.mentions if m.company == firm
    }  # said beside the name
    return tuple(
        replace(m, company=head.company, rule=f"{m.rule}; office of the association that elects")
        if m.company == firm and m.person != head.person and m.person not in own and m.role in _OFFICES()
        else m
        for m in moves
    )


def _is_head(move: Move) -> bool:
    return (
        move.kind is MoveKind.APPOINTED
        and move.company is not None
        and is_business_body(move.company)
        and move.role is not None
        and move.role.endswith(_CHIEFS())
    )
