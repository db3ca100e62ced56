"""Is it news? Background, careers, demands and things that did not come about are none."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from briefing.extract.arguments import Clause
from briefing.extract.companies import after_bracket, is_public
from briefing.extract.document import Document, Mention, tokens_in
from briefing.extract.particles import SUBJECT
from briefing.extract.predicates import Predicate, context
from briefing.korean.wordlists import affixes, listed, worded
from briefing.model import MoveKind, Span

_YEAR = re.compile(r"(?P<year>(?:19|20)\d\d)년(?!생|\s?(?:정기|임원|인사|만))")
# 선임하는 안건이 찬성 46%에 그쳐 부결됐다: the verdict on a motion stands at the end of its sentence.
_VOTED_DOWN = worded(
    r"\s?(?:하는|하자는|한다는|시키는|[는을])?\s?(?:[가-힣]{1,6}\s)?{moves.motions.words}(?:(?!{moves.motions.carried})[^\n]){0,80}{moves.motions.failed}"
    r"|[^\n]{1,30}(?<![가-힣]){moves.motions.same}\s{moves.motions.words}[^\n]{0,30}{moves.motions.failed}"
)
_TO_THE_END = re.compile(r"\d{1,2}회(?:말|초)?까지\s(?:[가-힣]+\s)?$")
_MONTHS_MORE = re.compile(r"(?:달|개월|주)\s더\s(?:[가-힣]+\s)?$")
_GOES = worded(r"{moves.seats.leaves}")
_GOES_REACH = 80
_SINCE = re.compile(r"[가-힣]{0,2}\s(?P<year>(?:19|20)\d\d)년")
_PUT_UP = affixes("moves.seats.put_up")
_NOT_CHOSEN = worded(
    r"선임\s?{moves.motions.words}(?:은|는|이|가|도|을|를)?\s[^.\n]{0,30}{moves.motions.failed}"
)
# 여성이 사장에 오른 것은 처음이다: of the event told before.
_FIRST_TIME = worded(r"[^.\s]{0,4}\s?(?:것|건)(?:은|도|이)?\s[^.\n]{0,30}{moves.motions.first_time}")
# B의 사표는 수리하고 [나머지는 반려했다]: somebody else begins
_SAME_CLAUSE = re.compile(r"(?:고|지만|으나)\s(?=[가-힣]+(?:은|는|이|가)\s)")
_MEANWHILE = listed("moves.seats.meanwhile")
_NOW = worded(r"{times.this_year}|오는|(?<![월\d] )(?<![월\d])\d+일")
# A sentence in the present, which tells what is to come.
_GOES_ON = re.compile(r"(?:[한된온간난린긴운진본단낸준둔]|는)다\.?$")
_SAID_PLAINLY = re.compile(r"(?!었)[가-힣]{0,3}다\.?\s*")
# 1위 자리를 지켰다, 밤 11시까지 자리를 지켰다
_PLACE = worded(r"(?:\d\s?위|\d\s?시(?:\s?반)?까지|\d\s?시간(?:\s동안)?|{moves.seats.no_post})\s(?:자리)?$")
# 지난해 열린 이사회에서: the meeting is of then, and so is the move.
_HELD = listed("moves.seats.took_place")
_ANNOUNCED = worded(r"[”\"'’」]?\s?(?:이라)?(?:고|며|면서)\s(?:[^.\n]{0,20}){moves.seats.announced}")
# 사측 대표, 노조 측 협상 대표: for whom somebody speaks at a table
_FOR_A_SIDE = worded(r"{moves.seats.sides}\s(?:[가-힣]{2,4}\s)?대표")
_I_WILL = worded(r"[^”\"\n]{0,12}?{moves.seats.resigning}겠(?:다|습니다)[.!]?[”\"](?:이?라)?(?:고|며|면서)\s")
_SIDE = 16
_FOR_NOW_REACH = 30
_IF = re.compile(r"[가-힣]면[\s,]|[다자]고\s")
_LATE = re.compile(r"(?<![가-힣])(?:고|故|고\(故\))\s?$")  # 고 A 명예회장이 세상을 떠나며
# A 대표는 [핵심 인력이 경쟁사로] 이직하자, 임원들의 집단 [사의]: those who leave are somebody else.
_OTHERS_LEAVE = worded(
    r"{people.workers}들?(?:(?:이|가)\s(?:[가-힣A-Za-z]+(?:로|을|를|에서)\s)?|의\s(?:[가-힣]{2}(?<!에)\s)?)$"
)
# A 대표와 임원들이 물러났다: they leave together
_WITH_THEM = worded(r"(?:과|와|\s등)\s|(?:을|를)\s{people.among}")
# 강남에 둥지를 틀었다: no house
_INTO_HOUSE = ("에", "로", "으로")
_OFFICE = re.compile(r"([가-힣]{2,12})에서\s")


# 회장직에 복귀할지에 대해
_WHETHER = re.compile(
    r"(?:[가-힣]?[할될날릴갈올질울을])?지(?:에\s대|를|는\s(?:아직|불|알)|도\s|\s여부|\s주목|\s관심)"
)
_CAMPAIGN = worded(r"{moves.seats.campaigns}")
_TAKES = frozenset({"takes charge", "takes the post"})
_WHILE_THERE = re.compile(r"있으면서$")
_GONE = re.compile(r"퇴임|퇴진|은퇴|사임|물러")
# 선임되면, 확정되면
_SUPPOSED = re.compile(r"[되하]면\s")
# 맡았다, 맡았으며
_PAST = re.compile(r"[았었했]")
# 이번에, 새 대표를: not what somebody was before
_THIS_TIME = re.compile(r"(?<![가-힣])(?:이번|새|신임|앞으로|이날)(?:에)?\s")
_VERB_ENDS = frozenset({"ETM", "EC"})
_FOR_YEARS = re.compile(r"\d{1,2}년\s?(?:간|여간|동안|가까이|넘게)\s")
# 다음 주자로 A 대표와 B 조합장을 지명했다
_RELAY = worded(r"(?<![가-힣]){moves.seats.next_ones}\s?{moves.seats.relayed}(?:로는|로|에는|에|은|는)\s")


def why_no_news(document: Document, clause: Clause, persons: Sequence[Mention]) -> str | None:
    """The reason why a clause tells no move as news, or None if it does."""
    text = document.text
    predicate = clause.predicate
    rest = text[predicate.span.end : clause.sentence.span.end]
    behind = rest[:24]
    if undone := _undone(document, clause, rest) or _of_others(document, clause, persons):
        return undone
    if _FIRST_TIME().match(rest):
        return "said of an event told before"
    if predicate.kind is MoveKind.RETAINED and (open_ := _not_kept(document, clause, persons, behind)):
        return open_
    if (
        _WHETHER.match(rest)
        or context("meant").match(rest)
        or (predicate.kind is MoveKind.DEPARTED and context("kin").match(rest))
    ):
        return "asked about, or said of a relation"
    if _PLACE().search(text, max(0, predicate.span.start - 8), predicate.span.start):
        return "a place among firms, no post"
    if context("open").match(behind[:10].lstrip()):
        return "asked for or talked about, not done"
    around = text[clause.before.start : predicate.span.start]
    if year := _old_year(document, clause, persons):
        return f"background: {year}"
    for mention in persons:
        if _LATE.search(text, max(0, mention.span.start - 6), mention.span.start):
            return "died before"
        if (
            predicate.kind is MoveKind.APPOINTED
            and mention.span.end < predicate.span.start
            and (office := _OFFICE.search(text[mention.span.end : predicate.span.start]))
            and is_public(office.group(1))
        ):
            return f"a post at {office.group(1)}, no enterprise"
    past = context("career").search(around) and context("background").search(around)
    if past or _served_then(document, clause, persons):
        return "career history"
    start = max(clause.before.start, predicate.span.start - 40)
    old = context("background").search(text, start, predicate.span.start)
    goes_on = old is not None and old.group() == "이후" and _GOES_ON.search(clause.sentence.span.of(text))
    if (
        old
        and not goes_on
        and not _lately(clause, old.group(), rest)
        and not _modifies(clause, old.end(), persons)
    ):
        return f"background: {old.group()}"
    return None


def _leaves_then(document: Document, clause: Clause) -> bool:
    """True for 석 달 더 자리를 지키다가 회사를 떠난다: told in this sentence or beside it."""
    span = clause.sentence.span
    start, end = max(0, span.start - _GOES_REACH), span.end + _GOES_REACH
    return _GOES().search(document.text, start, end) is not None


def _not_kept(document: Document, clause: Clause, persons: Sequence[Mention], behind: str) -> str | None:
    """Why nobody stays, or only until a successor is found."""
    if any(document.text.startswith(" 대신 ", m.span.end) for m in persons):
        return "somebody else is there in his place"
    before = document.text[clause.sentence.span.start : clause.predicate.span.start]
    if _TO_THE_END.search(before):
        return "stays to the end of a game"  # 9회말까지 자리를 지켰다
    if _MONTHS_MORE.search(before) and _leaves_then(document, clause):
        return "leaves after some months"
    if context("not_retained").match(behind):
        return "tried or given up, not done"
    at = clause.predicate.span.start
    start = max(clause.sentence.span.start, at - _FOR_NOW_REACH)
    if clause.predicate.form == "phrase" and context("for_now").search(document.text, start, at):
        return "stays until somebody follows"
    return None


def _lately(clause: Clause, when: str, rest: str) -> bool:
    """법무실장을 맡아 온 A 상무는 지난달 회사를 떠났다: gone of late, and nothing else is told of it."""
    left = clause.predicate.kind is MoveKind.DEPARTED and when.replace(" ", "") == "지난달"
    return left and _SAID_PLAINLY.fullmatch(rest) is not None


def _of_others(document: Document, clause: Clause, persons: Sequence[Mention]) -> str | None:
    """Why a leave is that of others than the persons, or no house is one of business."""
    text, at = document.text, clause.predicate.span.start
    if clause.predicate.rule == "joins the house":
        houses = document.companies_in(clause.before)
        return None if any(text.startswith(_INTO_HOUSE, c.span.end) for c in houses) else "no house told"
    if clause.predicate.kind is not MoveKind.DEPARTED:
        return None
    # 선친의 별세로: the genitive has to be the person's own
    if clause.predicate.rule == "leave that tells on others" and all(
        after_bracket(text, m.span.end) != at for m in persons
    ):
        return "the leave of somebody else"
    if text.startswith("다른 회사", at - 3):
        return "a house left before"  # 다른 회사를 그만두고 누리전자를 세웠다
    if clause.predicate.rule == "quits the house":
        left = {c.name for c in document.companies_in(Span(clause.before.start, clause.predicate.span.end))}
        if left and all(document.persona_of(m).company not in {None, *left} for m in persons):
            return "a house left before"
    end = max((m.span.end for m in persons if m.span.end <= at), default=at)
    if _WITH_THEM().match(text, end) or not _OTHERS_LEAVE().search(text, max(end, at - 40), at):
        return None
    return "somebody else leaves"


def _undone(document: Document, clause: Clause, rest: str) -> str | None:
    """Why a move did not come about: negated, voted down, or told by newspapers and denied by the firm."""
    if clause.predicate.form != "rejected" and _VOTED_DOWN().match(rest):
        return "the motion was voted down"
    if clause.predicate.kind is not MoveKind.RETAINED:
        if context("denied").search(_SAME_CLAUSE.split(rest[:14], maxsplit=1)[0]):
            return "it did not come about"
        # 주주가 추천한 A의 선임안은 부결됐다
        if clause.predicate.rule.startswith(_PUT_UP()) and _NOT_CHOSEN().search(rest):
            return "put up, and voted down"
        at = clause.predicate.span
        if _FOR_A_SIDE().search(document.text, max(clause.before.start, at.start - _SIDE), at.end):
            return "speaks for a side"
        relay = _RELAY().search(document.text, clause.before.start, at.start)
        if relay and _CAMPAIGN().search(document.text):
            return "asked to take part next, no post"
        return _not_now(document, clause)
    return _denied(document, clause)


def _denied(document: Document, clause: Clause) -> str | None:
    """A newspaper told it, and the firm denies it."""
    told = clause.sentence.span.of(document.text)
    denied = context("reported").search(told) and context("denial").search(document.text)
    return "reported, and denied" if denied else None


def _not_now(document: Document, clause: Clause) -> str | None:
    """Told of another time, or of a case supposed: 선임되면 첫 여성 최고경영자가 된다."""
    rule = clause.predicate.rule
    before = document.text[clause.sentence.span.start : clause.predicate.span.start]
    if rule == "stays on as" and _WHILE_THERE.search(clause.predicate.span.of(document.text)):
        return None if _GONE.search(before) else "served meanwhile"  # 고문으로 있으면서 사외이사에 선임됐다
    if rule == "becomes" and _SUPPOSED.search(before):
        return "supposed, not told"
    return _denied(document, clause)


def _served_then(document: Document, clause: Clause, persons: Sequence[Mention]) -> bool:
    """A 사장은 3년간 실장을 맡았다, 가람전자에서 실장을 맡았다: for how long or where somebody did so."""
    text, span = document.text, clause.predicate.span
    if clause.predicate.rule not in _TAKES or _PAST.match(text, span.end - 1) is None:
        return False
    start = max([clause.before.start, *(m.span.end for m in persons if m.span.end <= span.start)])
    if _THIS_TIME.search(text, start, span.start) is not None:
        return False
    years = _FOR_YEARS.search(text, start, span.start)
    stems = {document.subject[:2]} if document.subject is not None else set()
    houses = [
        c.span.end
        for c in document.companies_in(Span(start, span.start))
        if text.startswith("에서 ", c.span.end) and c.name[:2] not in stems
    ]
    since = [years.end()] if years is not None else houses[-1:]
    return bool(since) and not any(
        t.tag in _VERB_ENDS for t in tokens_in(clause.sentence, Span(since[0], span.start))
    )


def is_told(document: Document, predicate: Predicate) -> bool:
    """True for a verb of the reporter's, and for what a quotation tells as news."""
    if not document.quoted(predicate.span.start) or _resigns(document, predicate):
        return True
    return predicate.form != "idiom" and announced(document, predicate.span)


def _resigns(document: Document, predicate: Predicate) -> bool:
    """A 회장은 “책임을 지고 회장직을 내려놓겠다”고 밝혔다: leaving, in the words of who leaves."""
    if predicate.kind is not MoveKind.DEPARTED or predicate.frame != "subject":
        return False
    text, at = document.text, predicate.span.end
    quotation = document.quotation_at(predicate.span.start)
    if (
        quotation is None
        or not _I_WILL().match(text, predicate.span.start)
        or _IF.search(text, quotation.start, at)
    ):
        return False
    sentence = document.sentence_at(quotation.start)
    start = sentence.span.start if sentence is not None else quotation.start
    named = document.mentions_in(Span(start, quotation.start))
    return any(m.particle in SUBJECT and m.title for m in named)


def announced(document: Document, span: Span) -> bool:
    """True in a quotation that tells news in full: “… A 이사가 대표로 선임됐다”고 발표했다."""
    quotation = document.quotation_at(span.start)
    if quotation is None or not _ANNOUNCED().match(document.text, quotation.end):
        return False
    named = document.mentions_in(Span(quotation.start, span.start))
    return any(m.kind == "full" and m.title for m in named)


def _modifies(clause: Clause, at: int, persons: Sequence[Mention]) -> bool:
    """True if what begins at an offset modifies house or name: 벼리가 지난해 인수한 다솔의 대표로 A를."""
    stop = clause.predicate.span.start
    name = min((m.span.start for m in persons if at < m.span.start < stop), default=at)
    inside = tokens_in(clause.sentence, Span(at, name))
    return any(t.tag == "ETM" and n and inside[n - 1].form not in _HELD() for n, t in enumerate(inside))


def _old_year(document: Document, clause: Clause, persons: Sequence[Mention]) -> str | None:
    """A year before that of publication which dates the predicate."""
    start, stop = clause.sentence.span.start, clause.predicate.span.start
    since = _SINCE.match(document.text, clause.predicate.span.end) if clause.predicate.vacated else None
    if since is not None and document.day is not None and int(since["year"]) < document.day.year:
        return since.group().strip()  # 부친의 뒤를 이어 2010년부터 회사를 이끈다
    for match in _YEAR.finditer(document.text, start, stop):
        if _NOW().search(document.text, match.end(), stop):
            continue
        if document.day is not None and int(match["year"]) >= document.day.year:
            continue
        if any(m.span.start >= clause.predicate.span.start for m in persons):
            return match.group()
        # 2019년부터 조직을 이끈 A 사장은 …: the year belongs to what modifies the name
        at = match.end()
        name = min((m.span.start for m in persons if m.span.start > at), default=at)
        inside = tokens_in(clause.sentence, Span(at, name))
        heads = [after.form for t, after in pairwise(inside) if t.tag == "ETM"]
        # 2018년 부회장에 오르는 사이 A는: the year dates both
        if all(head in _MEANWHILE() for head in heads) and (not inside or inside[-1].tag != "ETM"):
            return match.group()
    return None
