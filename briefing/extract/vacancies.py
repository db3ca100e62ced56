"""Posts that become free, and who is told to leave them only where somebody else takes them.

A 대표를 해임하고 후임에 B를 앉혔다; A 회장의 뒤를 이어 B가; 임기가 끝나는 A 사장 후임에 B를.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from briefing.extract.arguments import Arguments, Clause
from briefing.extract.carrying import givers
from briefing.extract.document import Document, Mention
from briefing.extract.predicates import context
from briefing.korean.wordlists import affixes, worded
from briefing.model import Move, MoveKind, Span

# A는 사업부장으로 이동하고 그 자리는 B가 물려받는다
_THAT_SEAT = re.compile(r"(?<![가-힣])(?:그|이)\s자리(?:는|를|에는|에|로)\s")
_SUCCESSOR = re.compile(r"후임자?(?:로는|로|으로는|으로|에는|에|은)\s")
# A 대표가 물러난 자리는 B 전무가 맡는다
_LEFT = worded(r"(?:이|가)\s(?:[가-힣]{1,8}\s){0,3}{moves.seats.left}\s(?:자리|뒤|공백)")
# A 대표가 떠난 자리에 B 부사장을 선임했다
_INTO_SEAT = worded(r"(?:이|가)\s(?:[가-힣]{1,8}\s){0,3}{moves.seats.left}\s자리에(?:는)?\s")
# 임기가 만료된 A 사외이사 자리에는 B 교수를 선임했다
_HIS_SEAT = re.compile(r"\s자리에(?:는)?\s")
_WANTED = worded(r"(?:을|를|이|가)\s(?:[가-힣]{1,6}\s){0,2}{moves.namings.wanted}")
_FOLLOWED = worded(r"\s?{moves.seats.followed}")
# 임기가 만료된 [A 사장], 물러나는 누리전자 [A 대표]
_GONE = worded(r"(?<![가-힣]){moves.seats.gone}\s(?:[가-힣A-Za-z0-9&]{2,14}\s){0,2}$")
_GONE_REACH = 44
_TAKES_OVER = affixes("moves.seats.takes_over")
_AWAY = worded(r"{moves.seats.away}")
_LEAVES = worded(r"{moves.seats.gone}|{moves.seats.left}\s")
_YEAR = re.compile(r"(?:19|20)\d\d년")


def inherited_post(
    document: Document,
    arguments: Arguments,
    clause: Clause,
    last: Move | None,
    left: str | None,
) -> str | None:
    """The post of whom the text has just seen off, or who is followed.

    Args:
        document: The article.
        arguments: Finds titles in it.
        clause: A verb of taking that names no post.
        last: The move told last, if that was in this sentence or one of the two before.
        left: The post that whoever was told of last gives up for another.
    """
    text = document.text
    start = clause.predicate.span.start
    near = max(clause.before.start, start - 12)
    if last is not None and context("same_post").search(text, near, start + 3):
        return last.role
    before = Span(clause.sentence.span.start, start)
    if clause.predicate.kind is not MoveKind.APPOINTED:
        return _risen_to(text, before, last) if clause.predicate.kind is MoveKind.PROMOTED else None
    taken_over = text.startswith(_TAKES_OVER(), start)
    vacated = clause.predicate.vacated and (taken_over or not _at_table(text, before))
    if _THAT_SEAT.search(text, before.start, before.end):
        seat = last.role if last is not None and last.kind is MoveKind.DEPARTED else left
        seat = seat or _opened_before(document, arguments, clause)
        if seat is not None:
            return seat
    if not vacated and not _SUCCESSOR.search(text, before.start, before.end):
        seats = (m for m in document.mentions_in(before) if m.title)
        return next((m.title for m in seats if _is_his_seat(text, m)), None)
    for mention in reversed(document.mentions_in(Span(before.start, clause.predicate.span.end))):
        if mention.title and (_followed(text, mention) or _LEFT().match(text, mention.span.end)):
            return mention.title
    if vacated:
        if (post := arguments.seat(clause)) is not None:
            return post.text
        for mention in givers(document, clause, document.mentions_in(before)[-1:]):
            return mention.title  # A CFO는 자리를 B에게 물려주고 떠난다
    if last is not None and last.kind is MoveKind.DEPARTED:
        return last.role
    # A 대표는 본사 실장으로 자리를 옮기고, 후임은 B 상무가 맡는다
    return left if _SUCCESSOR.search(text, before.start, before.end) else None


def _is_his_seat(text: str, mention: Mention) -> bool:
    """True for 임기가 만료된 [A 사외이사] 자리에는 B 교수를 선임했다."""
    return any(p.match(text, mention.span.end) for p in (_INTO_SEAT(), _HIS_SEAT))


def _at_table(text: str, before: Span) -> bool:
    """True for 입원한 A 회장의 자리는 (B 부사장이 채웠다): no post, and nobody goes."""
    away = _AWAY().search(text, before.start, before.end) is not None
    return away and _LEAVES().search(text, before.start, before.end) is None


def _risen_to(text: str, before: Span, last: Move | None) -> str | None:
    """[A 사장이 물러난다.] 후임에는, 그 자리에는 B 전무가 승진해 취임한다: what who has gone was."""
    if last is None or last.kind is not MoveKind.DEPARTED:
        return None
    follows = any(p.search(text, before.start, before.end) for p in (_SUCCESSOR, _THAT_SEAT))
    return last.role if follows else None


def lost_seat(arguments: Arguments, clause: Clause, mention: Mention) -> str | None:
    """A 회장의 [사내이사] 재선임안은 부결됐다: the seat that is lost, not his office."""
    predicate = clause.predicate
    if predicate.form != "rejected" or predicate.kind is not MoveKind.DEPARTED:
        return None
    seats = arguments.titles_in(Span(mention.span.end, max(mention.span.end, predicate.span.start)))
    return seats[-1].text if seats and not any(map(arguments.is_person, seats)) else None


def latest_told(document: Document, clause: Clause, moves: Sequence[Move]) -> Move | None:
    """The move told last; before 후임에는 A가 승진해 [취임한다] the one by which the post became free."""
    last = moves[-1] if moves else None
    here = clause.sentence.span
    if last is None or last.kind is MoveKind.DEPARTED or last.evidence[0] != here:
        return last
    if not _SUCCESSOR.search(document.text, here.start, clause.predicate.span.start):
        return last
    risen = next((m for m in reversed(moves) if m.person != last.person), last)
    return risen if risen.kind is MoveKind.DEPARTED else last


def _opened_before(document: Document, arguments: Arguments, clause: Clause) -> str | None:
    """[외부 출신 대표를 맞는다.] A가 그 자리에 앉는다: the post that the sentence before wants filled."""
    number = document.sentence_index(clause.sentence.span.start)
    if not number:
        return None
    told = document.sentences[number - 1].span
    for title in reversed(arguments.titles_in(told)):
        if not arguments.is_person(title) and _WANTED().match(document.text, title.span.end):
            return title.text
    return None


def seen_off(document: Document, clause: Clause) -> tuple[Mention, ...]:
    """Those who are told to go only where they are followed: [물러나는 A 사장]의 후임에 B를."""
    text = document.text
    if clause.predicate.kind is not MoveKind.APPOINTED:
        return ()
    found = []
    if _YEAR.search(text, clause.sentence.span.start, clause.predicate.span.start):
        return ()  # 1982년 타계한 A 회장의 뒤를 이어
    for mention in document.mentions_in(clause.before):
        if not mention.title or mention.former or not _followed(text, mention):
            continue
        floor = max(clause.sentence.span.start, mention.span.start - _GONE_REACH)
        gone = _GONE().search(text, floor, mention.span.start)
        if gone is not None and not context("background").search(text, floor, gone.start()):
            found.append(mention)
    return tuple(found)


def _followed(text: str, mention: Mention) -> bool:
    """True for A 회장의 뒤, A 대표 후임."""
    behind = mention.span.end + (mention.particle == "의")
    return mention.particle in {"", "의"} and _FOLLOWED().match(text, behind) is not None


def follows_on(document: Document, clause: Clause, persons: Sequence[Mention]) -> bool:
    """B는 [물러난 A 대표의] 뒤를 이어: said of whom the sentence goes on to follow."""
    behind = persons[0].span.start > clause.predicate.span.start
    return behind and _followed(document.text, persons[0])
