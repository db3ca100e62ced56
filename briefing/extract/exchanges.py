"""One for another in one verb: 대표이사가 A에서 B로 변경됐다; A에서 A·B 각자대표로 바뀌었다."""

from __future__ import annotations

from briefing.extract.arguments import Arguments, Clause
from briefing.extract.conjuncts import with_conjoined
from briefing.extract.document import Document, Mention
from briefing.extract.records import record
from briefing.extract.titles import Title
from briefing.model import MoveKind, Span

# A에서 B[로 전격 교체했다]: the verb ends at most this far behind who comes.
_VERB = 8
_TO = frozenset({"으로", "로"})


@record(frozen=True, slots=True)
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
    before = [m for m in document.mentions_in(clause.before) if m.span.end <= at]
    gone = next((m for m in reversed(before) if m.span.end == at), None)
    behind = document.mentions_in(Span(at, at + 40))
    ends = next((n for n, m in enumerate(behind) if m.particle in _TO), None)
    if gone is None or ends is None:
        return None
    new = behind[: ends + 1]
    old = with_conjoined(document, gone, before)
    post = arguments.changed(clause.sentence, old[0])
    stay = {m.persona for m in old} & {m.persona for m in new}
    moves = (
        *((m, MoveKind.DEPARTED) for m in old if m.persona not in stay),
        *((m, MoveKind.APPOINTED) for m in new if m.persona not in stay),
    )
    if stay:  # who leaves and who comes are called by what they were and will be
        post = None if new[-1].title or gone.title else post
        role = post.text if post is not None else None
    else:
        role = post.text if post is not None else gone.title
    persons = tuple(m for m, _ in moves)
    return Exchange(moves, role, post, None if stay else gone, persons, new[-1].span.end + _VERB)
