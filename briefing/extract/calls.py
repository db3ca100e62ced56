"""Meetings told in other ways: calling on somebody, petitions, 회동이 이뤄졌다, words at a dinner."""

from __future__ import annotations

from collections.abc import Sequence

from briefing.extract.clauses import Argument, Clause, lemmas
from briefing.extract.companies import is_public
from briefing.extract.deeds import Deed, Parse, told
from briefing.extract.merging import EACH_OTHER, FROM_TALKS
from briefing.extract.occasions import word_set
from briefing.extract.sites import are_people, is_work_place
from briefing.extract.subjects import organisation
from briefing.korean.wordlists import affixes, listed, worded
from briefing.model import ActivityKind

_MEETING = ActivityKind.MEETING
CALLS_ON = "calls on"
_NOT_CALLED_ON = affixes("occasions.meeting.crowd+occasions.meeting.press")
_DATED = worded(r"\d일|{times.that_day}|[뒤후]\s")
_PRIVATE = listed("occasions.meeting.private")
_CHAMBERS = affixes("occasions.meeting.chambers")
_OFFICIALS = affixes("occasions.meeting.officials")
# 국회를 찾아 위원장에게 건의문을 전달했다: the house is told of so far in front.
_PETITION = 60
# A 회장과 B 사장의 (비공개) 회동이, A 회장과 총리의 면담은
_OF_BOTH = worded(r"(?:\([^()]*\))?(?:[과와]\s(?P<who>(?:[^\s,.]+\s){0,2}[^\s,.]+))?의\s(?:[^\s,.]+\s){0,2}?")
# 대통령 초청 오찬에서: who gives the dinner stands so near in front.
_HOST = 24
_HOSTED = worded(r"{occasions.meeting.officials}(?:과의|와의|의|이|가)?\s")


def find_calls(parse: Parse) -> list[Deed]:
    """Meetings for which no verb of meeting stands."""
    found: list[Deed] = []
    for clause, phrases in parse.pairs():
        if clause.form != "verb":
            continue
        for way in (_calls_on, _petitions, _told_by_noun, _at_dinner, _comes_from):
            if (deed := way(parse, clause, phrases)) is not None:
                found.append(deed)
                break
    return found


def _calls_on(parse: Parse, clause: Clause, phrases: Sequence[Argument]) -> Deed | None:
    """B 사장이 A 회장을 찾아가 협력을 요청했다."""
    calls = clause.lemma in lemmas("meeting", "calls")
    if not calls and clause.lemma not in lemmas("visit", "houses"):
        return None
    whom = next((p for p in phrases if p.level == 0 and p.particle == "을"), None)
    if whom is None:
        return None
    if not calls:
        return _speaks_there(parse, clause, whom)
    beside = [
        g
        for g in parse.groups
        if g.role == "object" and g.mentions[-1].span.start <= whom.span.start < g.end <= clause.span.start
    ]
    if not beside:
        return _sees_people(parse, clause, whom) or _speaks_there(parse, clause, whom)
    others = beside[-1].mentions
    what = parse.text[others[0].span.start : others[-1].span.end]
    return told(clause, _MEETING, what, CALLS_ON, mutual=True, others=others)


def _sees_people(parse: Parse, clause: Clause, whom: Argument) -> Deed | None:
    """어민들을 찾아가 대책을 약속했다: people who are no customers and do not write."""
    one = whom.head.removesuffix("들")
    if one in _PRIVATE():
        return None
    if _DATED().search(parse.text, parse.bounds[0], clause.span.start) is None:
        return None  # 밤마다 기술자를 찾아가
    if clause.adnominal or one.endswith(_NOT_CALLED_ON()) or is_work_place(whom.head):
        return None
    if not are_people(whom.head):
        return None
    return told(clause, _MEETING, parse.noun_phrase(whom.span.end) or whom.head, CALLS_ON)


def _speaks_there(parse: Parse, clause: Clause, whom: Argument) -> Deed | None:
    """관광청을 찾아가 증편을 협의했다: a house where no work is seen, and what is spoken of there."""
    if clause.adnominal or clause.passive or is_work_place(whom.head):
        return None
    if not is_public(whom.head) and parse.names_company(whom):
        return None  # 나래은행을 방문해 쇄신을 약속했다: a house of work
    if not (whom.head.endswith(_CHAMBERS()) or organisation(whom.head) or is_public(whom.head)):
        return None
    then = next((c for c in parse.clauses if c.first > clause.last and c.form == "verb"), None)
    speaks = lemmas("meeting", "discuss") | lemmas("meeting", "tells")
    if then is None or then.adnominal or then.lemma not in speaks:
        return None
    if any(p.level == 0 and p.particle == "에게" for p in parse.arguments(then)):
        return None  # 국회를 찾아 의원들에게 호소했다: whom one met there is told
    return told(clause, _MEETING, parse.noun_phrase(whom.span.end) or whom.head, CALLS_ON)


def _petitions(parse: Parse, clause: Clause, phrases: Sequence[Argument]) -> Deed | None:
    """국회를 찾아 위원들에게 처리를 호소했다: whoever goes there and asks them meets them."""
    if clause.lemma not in lemmas("meeting", "petition") or clause.adnominal:
        return None
    asked = next((p for p in phrases if p.level == 0 and p.particle in {"에게", "께"}), None)
    if asked is None or not asked.head.removesuffix("들").endswith(_OFFICIALS()):
        return None
    goes = lemmas("visit", "houses") | lemmas("visit", "plain")
    if not any(
        c.lemma in goes and not c.adnominal and not c.unreal
        and 0 < asked.span.start - c.end <= _PETITION
        for c in parse.clauses
    ):  # fmt: skip
        return None
    return told(clause, _MEETING, parse.noun_phrase(asked.span.end, " ,·’‘'") or asked.head, "petitions")


def _told_by_noun(parse: Parse, clause: Clause, phrases: Sequence[Argument]) -> Deed | None:
    """A 회장과 B 사장의 회동이 이뤄졌다, A 회장과 총리의 면담은 30분간 진행됐다."""
    if clause.lemma not in lemmas("meeting", "takes_place") or clause.adnominal:
        return None
    talks = next((p for p in phrases if p.level == 0 and p.particle in {"이", "은"}), None)
    if talks is None or talks.head not in word_set("meeting", "words"):
        return None
    for group in parse.groups:
        end = group.mentions[-1].span.end
        match = _OF_BOTH().fullmatch(parse.text, end, talks.span.start) if end < talks.span.start else None
        if match is None:
            continue
        if match["who"] is None and len(group.mentions) > 1:
            return told(clause, _MEETING, talks.head, f"{EACH_OTHER}{talks.head})", actors=group.mentions)
        if match["who"] is not None and match["who"].endswith(_OFFICIALS()):
            return told(clause, _MEETING, match["who"], f"meets ({talks.head})", actors=group.mentions)
    return None


def _comes_from(parse: Parse, clause: Clause, phrases: Sequence[Argument]) -> Deed | None:
    """면담을 마치고 나오며, 회동을 마친 A 회장은: with whom, nothing tells but the sentences before."""
    if clause.lemma not in lemmas("meeting", "over"):
        return None
    own = (p for p in phrases if p.level == 0 and p.particle == "을")
    talks = next((p for p in own if p.head in word_set("held", "talks")), None)
    if talks is None:
        return None
    what = parse.noun_phrase(talks.span.end, " ,·의") or talks.head
    return told(clause, _MEETING, what, FROM_TALKS, needs_name=True)


def _at_dinner(parse: Parse, clause: Clause, phrases: Sequence[Argument]) -> Deed | None:
    """대통령 초청 오찬에서 계획을 설명했다: a meeting with whoever gives it, else an occasion."""
    if clause.lemma not in lemmas("event", "speech") or clause.adnominal:
        return None
    table = next((p for p in phrases if p.level <= 1 and p.particle == "에서"), None)
    if table is None or table.head not in word_set("meeting", "dinners"):
        return None
    what = parse.noun_phrase(table.span.end, " ,·의")
    if what == table.head:
        return None  # 만찬에서: told before
    before = parse.text[max(parse.bounds[0], table.span.start - _HOST) : table.span.start]
    kind = _MEETING if _HOSTED().search(before) else ActivityKind.EVENT
    return told(clause, kind, what, "speaks at dinner")
