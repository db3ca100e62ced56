"""Being where the sentence before was: 현지에서, 행사장에는 A 사장도 나왔다, 자리를 지켰다."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from briefing.extract.absences import replaced
from briefing.extract.attendance import is_only_invited, of_things
from briefing.extract.clauses import Argument, Clause, lemmas
from briefing.extract.deeds import Deed, Parse, find_idiom, told
from briefing.extract.occasions import word_set
from briefing.korean.wordlists import listed, worded
from briefing.model import ActivityKind, Span

# The rule of who is where an occasion or meeting told before takes place.
IS_THERE = "is there"
_THERE = worded(r"(?:{occasions.held.here}|이 자리)에서(?:는|도)?\s")
# 영상에 등장한: where somebody is seen at an occasion.
_SCREENS = listed("occasions.held.screens")
_PRESENT_AT = listed("occasions.held.present_at")
_NAME = "이름"
_LISTED = frozenset({"", "과", "와", "및"})
_ATTENDEES = worded(r"(?:이날|이번|이)?\s?(?P<who>{deeds.event.attendees})(?:은|는)\s")
# 업계에서는 A 회장, 정부 쪽에서는 B 실장이: those who are named by the side they come from.
_SIDES = worded(
    r"(?<!\S)(?:[가-힣A-Za-z0-9·]{1,12}\s{occasions.held.sides}|[가-힣]{0,8}{occasions.held.side_ends})에서(?:는|도)\s"
)
# An occasion of the sentence before; farther back of who appears, comes from a side, is named as one of those
# there, or there in place of another.
_NEXT, _STANDS_IN = 3, 300
_SIDE = 24


def find_presence(parse: Parse, occasion_told: int, talks_told: int = -1) -> list[Deed]:
    """현지에서, 행사장에서: somebody acts where the occasion of the sentence before takes place.

    Args:
        parse: The sentence.
        occasion_told: Where the sentence ends that named an occasion last, or -1.
        talks_told: The same of a meeting, for who comes from a side or is one of those named one by one.
    """
    start, end = parse.bounds
    if _told_near(max(occasion_told, talks_told), start) and (deed := _from_side(parse) or _attendees(parse)):
        return [deed]
    if not _told_near(occasion_told, start):
        return []
    reach = _STANDS_IN if replaced(parse.text, parse.groups, end) else _NEXT
    for clause, phrases in parse.pairs():
        if _appears(parse, clause, phrases):
            return [replace(_is_there(clause, start), needs_scene=True)]
    if start - occasion_told > reach:
        return []
    match = _THERE().search(parse.text, start, end)
    if match is not None and not parse.document.quoted(match.start()):
        at = Span(*match.span())
        return [
            Deed(
                ActivityKind.EVENT,
                at,
                at.end,
                "행사",
                IS_THERE,
                pointing=True,
                needs_name=True,
                since=start,
            )
        ]
    for clause, phrases in parse.pairs():
        if _shown_there(parse, clause, phrases):
            return [replace(_is_there(clause, start), needs_scene=True)]
        if is_only_invited(parse, clause):
            continue
        if (
            clause.lemma in lemmas("event", "there")
            and not of_things(phrases)
            and not any(
                p.level == 0
                and (
                    p.particle == "을"
                    or (p.particle == "와" and not _joint(parse, clause, p))
                    or (p.particle == "에" and _elsewhere(clause, p))
                )
                for p in phrases
            )
        ):
            return [_is_there(clause, start)]
    return []


def _told_near(told_at: int, start: int) -> bool:
    return told_at >= 0 and 0 <= start - told_at <= _STANDS_IN


def _from_side(parse: Parse) -> Deed | None:
    """업계에서는 A 회장과 B 대표가 나왔다: who was there is told by the side he comes from.

    Not where something else came (전망이 나왔다) or he came as something (증인으로 나왔다).
    """
    text, (start, end) = parse.text, parse.bounds
    sides = [m for m in _SIDES().finditer(text, start, end) if not parse.document.quoted(m.start())]
    if not any(
        group.role == "subject" and 0 <= group.mentions[0].span.start - side.end() <= _SIDE
        for side in sides
        for group in parse.groups
    ):
        return None
    for clause, phrases in parse.pairs():
        own = [p for p in phrases if p.level == 0]
        if clause.adnominal or any(p.particle in {"을", "로"} and p.head not in _PRESENT_AT() for p in own):
            continue
        there = clause.lemma in lemmas("event", "there") or _shown_there(parse, clause, phrases)
        if there and any(p.particle in {"이", "은"} and parse.names_person(p) for p in own):
            return _is_there(clause, start)
    return None


def _attendees(parse: Parse) -> Deed | None:
    """이날 참석자는 A 회장, B 대표 등 7명이다: those named one by one, at the occasion told before."""
    match = _ATTENDEES().match(parse.text, *parse.bounds) if parse.is_nominal else None
    if match is None:
        return None
    named = [m for g in parse.groups if g.mentions[0].span.start >= match.end() for m in g.mentions]
    actors = [m for m in named if m.particle in _LISTED]  # not A 회장의 비서, A 회장이 빠진 가운데
    at = Span(*match.span("who"))
    return Deed(ActivityKind.EVENT, at, at.end, "행사", IS_THERE, pointing=True, actors=tuple(actors))


def _appears(parse: Parse, clause: Clause, phrases: Sequence[Argument]) -> bool:
    """곽 대표는 정복 차림으로 나타났다: where nothing tells of another place."""
    if clause.lemma != "나타나" or clause.form != "verb" or clause.adnominal:
        return False
    own = [p for p in phrases if p.level == 0]
    if any(p.particle in {"에", "에서", "을", "와"} for p in own):
        return False
    return any(p.particle in {"은", "이"} and parse.names_person(p) for p in own)


def _elsewhere(clause: Clause, phrase: Argument) -> bool:
    """True for 업계에 등장한; not for 영상에 등장한."""
    return clause.lemma in lemmas("event", "elsewhere_with") and phrase.head not in _SCREENS()


def _shown_there(parse: Parse, clause: Clause, phrases: Sequence[Argument]) -> bool:
    """자리를 지켰다, 이 자리에 이름을 올렸다: no post, and no list, of which the same is said."""
    noun = find_idiom(clause, phrases, "presence")
    if noun is None or noun.head not in _PRESENT_AT():
        return False
    if noun.head == _NAME:  # put on the list of those who were there
        return any(
            p.level == 0 and p.particle == "에" and p.head in word_set("event", "pointing") for p in phrases
        )
    behind = parse.sentence.tokens[clause.last + 1 : clause.last + 2]
    if behind and behind[0].form == "게":
        return False  # 자리를 지키게 됐다: a post
    before = noun.index - 1
    return before < 0 or parse.sentence.tokens[before].tag[0] == "J"


def _joint(parse: Parse, clause: Clause, phrase: Argument) -> bool:
    """True for the first of A 대표와 B 이사가, A 대표와 직원들이 나왔다; who was with him came along."""
    return clause.lemma not in lemmas("along", "words") and any(
        g.role == "subject" and g.mentions[0].span.start <= phrase.span.start and phrase.span.end + 1 < g.end
        for g in parse.groups
    )


def _is_there(clause: Clause, since: int) -> Deed:
    return told(clause, ActivityKind.EVENT, "행사", IS_THERE, pointing=True, needs_name=True, since=since)
