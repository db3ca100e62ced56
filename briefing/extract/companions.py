"""Coming along with somebody: 이번 출장에는 A가 동행했다, 회장 곁은 B가 지켰다, 간담회에 배석한 C."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from briefing.extract.attendance import event_at
from briefing.extract.clauses import Argument, Clause, lemmas
from briefing.extract.deeds import Deed, Parse, find_idiom, told
from briefing.extract.occasions import destinations, word_set
from briefing.extract.officials import TRAVELS
from briefing.extract.places import bare_phrase
from briefing.korean.wordlists import listed, worded
from briefing.model import ActivityKind

_JOURNEY = worded(r"(?:(?P<trip>{occasions.trip.along}|[가-힣]행)|{occasions.trip.tours})(?:길|단|일정)?$")
_HERE = re.compile(r"^(?:이날|이번|당시)\s")
# 전 일정을 함께했다
_SHARED = listed("deeds.along.shared")
_WHOLE = listed("deeds.along.whole")
_ANYWHERE = listed("deeds.visit.anywhere")
# Told of those who look after something with whoever went to see the place told before.
LOOKS_TOO = "comes along to see"
JOINS = "joins the journey"
JOINS_ALL = "joins all of the journey"
# Told of a journey or visit by its noun.
ON_IT = "comes along on it"
# 이날 점검에는: the one told before
_THIS = re.compile(r"(?:이날|이번)?\s?[가-힣 ]{0,8}(?:에는|엔|에)\s")
_AT = frozenset({"에", "에서", "로"})
_ANY = frozenset({"에", "에서", "을", "은", "", "로"})


def find_companions(parse: Parse) -> list[Deed]:
    """Those who come along to an occasion or journey of this sentence, or to what the text told last."""
    found: list[Deed | None] = [_looks_too(parse)]
    for clause, phrases in parse.pairs():
        if (joined := _joins(parse, clause, phrases)) is not None:
            found.append(joined)
        if (visiting := _visits_too(parse, clause, phrases)) is not None:
            found.append(visiting)
        if clause.lemma not in lemmas("along", "words") and find_idiom(clause, phrases, "along") is None:
            continue
        if _attends(parse, clause, phrases):
            own = parse.own_occasion(phrases, {"에"})
            if own is not None and clause.lemma.startswith(TRAVELS()):
                found.append(replace(event_at(parse, own, clause, "takes part"), since=own.span.end))
            continue
        if find_idiom(clause, phrases, "meal", "table", "talk", "stage", "gift") is None:
            found.append(_deed(parse, clause, phrases))
    return [d for d in found if d is not None]


def _looks_too(parse: Parse) -> Deed | None:
    """A 사장은 B 본부장과 함께 재고를 확인했다: B came along to the place that A went to see."""
    for lead, other in pairwise(parse.groups):
        if lead.role != "subject" or not other.joint:
            continue
        for clause in parse.clauses:
            looks = clause.lemma in lemmas("visit", "looks_after") and clause.form == "verb"
            if not looks or clause.adnominal or other.end > clause.span.start:
                continue
            if any(p.particle == "을" and p.head in _ANYWHERE() for p in parse.arguments(clause)):
                continue  # 실적을 챙겼다
            return told(clause, None, "", LOOKS_TOO, actors=other.mentions, others=lead.mentions)
    return None


def _visits_too(parse: Parse, clause: Clause, phrases: Sequence[Argument]) -> Deed | None:
    """이번 점검에는 A 대표가 나섰다: who was there when a place was looked after."""
    if clause.lemma not in lemmas("along", "visiting") or clause.form != "verb" or clause.adnominal:
        return None
    for phrase in phrases:
        match = _JOURNEY().search(phrase.head)
        tour = match is not None and match["trip"] is None and phrase.particle == "에" and phrase.level == 0
        if tour and _THIS.match(parse.text, parse.bounds[0]):
            what = _HERE.sub("", parse.noun_phrase(phrase.span.end))
            since = parse.sentence.tokens[phrase.index].end
            return told(clause, ActivityKind.VISIT, what, ON_IT, needs_name=True, since=since)
    return None


def _joins(parse: Parse, clause: Clause, phrases: Sequence[Argument]) -> Deed | None:
    """21일 워싱턴에서 합류한다: who follows on the journey told before."""
    if clause.lemma not in lemmas("along", "later") or clause.form != "verb" or clause.adnominal:
        return None
    own = [p for p in phrases if p.level == 0 and p.particle in _AT]
    at = own[0] if len(own) == 1 else None
    if at is None or at.particle == "에":
        return None  # 가람전자에 합류했다
    abroad = destinations(parse.document, parse.start_of(at.span.start), at.span.end)
    if not abroad or abroad[-1].end != at.span.end:
        return None
    return told(clause, ActivityKind.TRIP, abroad[-1].of(parse.text), JOINS, needs_name=True)


def _attends(parse: Parse, clause: Clause, phrases: Sequence[Argument]) -> bool:
    """True if it is told as taking part in an occasion of the sentence."""
    if parse.own_occasion(phrases, _ANY) is not None:
        return True
    return clause.lemma in lemmas("beside", "words") and any(
        o.span.end <= clause.span.start and o.tail[:1] in "에의" for o in parse.occasions
    )


def _deed(parse: Parse, clause: Clause, phrases: Sequence[Argument]) -> Deed | None:
    own = [p for p in phrases if p.level == 0]
    for phrase in own:
        if (
            phrase.particle == "에"
            and phrase.head in word_set("event", "pointing")
            and clause.lemma in lemmas("beside", "words")
        ):
            return told(clause, ActivityKind.EVENT, "행사", "takes part", pointing=True, needs_name=True)
        if phrase.particle in {"에", "은"} and phrase.head in word_set("meeting", "words"):
            return told(clause, ActivityKind.MEETING, phrase.head, "comes along", needs_name=True)
        match = _JOURNEY().search(phrase.head)
        if match is not None and phrase.particle in {"에", "을", "은", "로", ""}:
            start, end = parse.start_of(phrase.span.start + match.start()), phrase.span.end
            abroad = match["trip"] or destinations(parse.document, start, end)
            return told(
                clause, ActivityKind.TRIP if abroad else ActivityKind.VISIT,
                _HERE.sub("", bare_phrase(parse.text[start:end], " ,의")), ON_IT, needs_name=True,
                since=parse.sentence.tokens[phrase.index].end if phrase.particle == "에" else -1,
            )  # fmt: skip
    objects = [p for p in own if p.particle == "을"]
    if clause.lemma in {"함께하", "같이하"} and objects and objects[0].head not in _SHARED():
        return None  # 뜻을 함께했다
    shared = objects[0] if objects and objects[0].head in _SHARED() else None
    if shared is not None and shared.words.removesuffix(shared.head).strip() in _WHOLE():
        return told(clause, ActivityKind.TRIP, shared.words, JOINS_ALL, needs_name=True)
    if clause.lemma == "수행하" and objects and not any(parse.names_person(p) for p in objects):
        return None  # 임무를 수행했다
    return told(clause, None, "", "comes along", needs_name=True)
