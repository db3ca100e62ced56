"""What has been told so far, and how several tellings of one move become one."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace

from briefing.extract.arguments import Clause
from briefing.extract.bodies import HEAD, body_headed, is_business_body
from briefing.extract.document import Document, Mention, Persona
from briefing.extract.predicates import context
from briefing.extract.titles import RANKS, same_chief, same_rank
from briefing.korean.wordlists import listed
from briefing.model import Move, MoveKind, MoveStatus, Resolution

_CHIEFS = listed("moves.seats.chiefs")
# 사내이사로 재선임됐다. … 대표이사로 다시 뽑혔다: two seats
_HELM = listed("moves.seats.helms")
# A seat on the board, of whichever kind.
_SEAT = "이사"
_BOARD = frozenset({"사내이사", "이사", "등기이사"})


def merge_moves(
    moves: Iterable[Move], borne: Collection[int] = (), guessed: Collection[int] = ()
) -> list[Move]:
    """One move for each (person, kind, role): the first telling, completed by the later ones.

    Roles are the same if one is part of the other or one is missing; what is once told as done is
    no rumour.

    Args:
        moves: In order of the text.
        borne: Indexes of those whose role is only how the person is called (A 회장이 물러난다); one
            that is said (등기이사에서 사임했다) replaces it.
        guessed: Indexes of those whose house is a guess (새 수장으로 A를 맞았다); one told later replaces it.
    """
    kept: list[Move] = []
    called: set[int] = set()  # indexes in `kept`
    unsure: set[int] = set()  # the same
    helms: set[int] = set()  # the same; the role is a guess too
    told: dict[tuple[str, MoveKind], list[int]] = {}
    for n, move in enumerate(moves):
        if move.rule == "becomes" and _told(kept, move):
            continue  # A 전 은행장이 사장에 취임했다. … 3수 만에 사장이 됐다
        mine = told.setdefault((move.person, move.kind), [])
        if move.rule == "goes on for years" and any(kept[i].evidence[0] == move.evidence[0] for i in mine):
            continue  # 사내이사로 재선임돼 3년 더 회사를 이끈다
        for i in mine:
            other = kept[i]
            # 새 사령탑으로 낙점했다. … 대표이사에 오를 예정이다: the post told by the helm alone is a guess
            helm = i in helms and move.role in _CHIEFS()
            if helm or _same_post(other, move, said=i not in called and n not in borne):
                done = MoveStatus.DONE in {other.status, move.status}
                said = i in called and n not in borne and _says_more(other.role, move.role)
                fuller = move.role and (
                    said
                    or helm
                    or not other.role
                    or (other.role in move.role and len(move.role) > len(other.role))
                )
                if fuller:
                    helms.discard(i)
                if fuller and n not in borne:
                    called.discard(i)
                kept[i] = replace(
                    other,
                    role=move.role if fuller else other.role,
                    company=(move.company if i in unsure else None) or other.company or move.company,
                    status=MoveStatus.DONE if done else MoveStatus.RUMORED,
                )
                break
        else:
            mine.append(len(kept))
            if n in borne:
                called.add(len(kept))
            if n in guessed:
                unsure.add(len(kept))
                if move.role is not None and not move.rule.endswith("(headline)"):
                    helms.add(len(kept))
            kept.append(move)
    return kept


def told_move(  # noqa: PLR0917
    document: Document,
    clause: Clause,
    mention: Mention,
    kind: MoveKind,
    role: str | None,
    company: str | None,
) -> Move:
    """The move that a clause tells of a person: done, or only rumoured."""
    persona = document.persona_of(mention)
    at = clause.predicate.span.start
    rest = document.text[at : clause.sentence.span.end]
    resolved = mention.kind != "full"
    if role is not None and (body := body_headed(role)) is not None and is_business_body(body):
        company, role = body, HEAD  # 제지공업협회장에 선출됐다: no post of his own firm
    if role is None and clause.predicate.rule == "enters the board":
        role = _SEAT  # 새로 이사회에 들어갔다
    tipped = clause.predicate.rule == "is tipped" or (
        clause.predicate.rule == "name put up" and "후보" in document.text[at - 3 : at]
    )
    return Move(
        person=persona.name,
        company=company,
        kind=kind,
        role=role,
        status=MoveStatus.RUMORED if tipped or context("rumour").search(rest) else MoveStatus.DONE,
        evidence=(clause.sentence.span, persona.first) if resolved else (clause.sentence.span,),
        resolutions=(Resolution(mention.form, persona.name, persona.first),) if resolved else (),
        rule=clause.predicate.rule,
    )


def just_taken(moves: Sequence[Move], clause: Clause, persona: Persona) -> bool:
    """True if the sentence of a clause has already given a post to the person."""
    told = (m for m in moves if m.evidence[0] == clause.sentence.span and m.person == persona.name)
    return any(m.kind in {MoveKind.APPOINTED, MoveKind.PROMOTED} and m.role for m in told)


def seen_off_from(moves: Sequence[Move], clause: Clause, role: str) -> bool:
    """True if the post inherited is that of the move told last."""
    last = moves[-1] if moves else None
    gone = clause.predicate.vacated or (last is not None and last.kind is MoveKind.DEPARTED)
    return last is not None and gone and last.role == role


def vacated_house(moves: Sequence[Move], clause: Clause, kind: MoveKind, role: str | None) -> str | None:
    """[다솔그룹은] 누리전자 A 대표가 사임함에 따라 B를 대표로 뽑았다: where the post has just become free."""
    last = moves[-1] if moves else None
    if last is None or role is None or last.role is None or kind is not MoveKind.APPOINTED:
        return None
    free = last.kind is MoveKind.DEPARTED and last.evidence[0] == clause.sentence.span
    return last.company if free and same_rank(last.role, role) else None


def _told(kept: Sequence[Move], move: Move) -> bool:
    """True if the person has been told to take this post already, of whichever kind."""
    mine = (m for m in kept if m.person == move.person and m.kind in {MoveKind.APPOINTED, MoveKind.PROMOTED})
    return any(m.role is not None and _same_post(m, move) for m in mine)


def _says_more(called: str | None, said: str | None) -> bool:
    """True for another post than somebody is called by, unless it is the seat on the board of a 대표."""
    if not called or not said or called in said or said in called or same_chief(called, said):
        return False
    return called.partition("(")[0] not in _CHIEFS() or said in _CHIEFS()  # 최고경영자(CEO)


def _same_post(one: Move, other: Move, *, said: bool = False) -> bool:
    """True if two moves may be one; `said` if no role is only what somebody is called by."""
    if one.role is None or other.role is None:
        return True
    apart = one.evidence[0] != other.evidence[0]
    if one.kind is MoveKind.DEPARTED and one.company == other.company and apart:
        return True  # 사장이 물러났다. … 대표이사직에서 사임했다: one leave told twice
    ranks = {one.role in RANKS, other.role in RANKS}
    seats = said and {one.role in _BOARD, other.role in _BOARD} == {
        one.role in _CHIEFS(),
        other.role in _CHIEFS(),
    }
    if (
        one.kind is MoveKind.RETAINED
        and one.company == other.company
        and apart
        and len(ranks) == 2
        and not seats
    ):
        return True  # 사내이사직을 지켰다. … A 회장의 재선임 안건은 문턱을 넘었다
    a, b = one.role.replace(" ", ""), other.role.replace(" ", "")
    if a == b or same_chief(a, b):
        return True
    if not (a in b or b in a or {a, b} <= _HELM()):
        return False
    return one.company == other.company or not one.company or not other.company
