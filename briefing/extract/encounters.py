"""Meeting a counterpart: 만났다, 회동을 가졌다, 마주 앉았다, 저녁을 함께했다."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from briefing.extract.attendance import CONFERENCE
from briefing.extract.clauses import Argument, Clause, lemmas
from briefing.extract.counterparts import house_before, is_outlet, is_reporter
from briefing.extract.deeds import Deed, Parse, find_idiom, told
from briefing.extract.groups import Group, actors_before
from briefing.extract.merging import EACH_OTHER
from briefing.extract.occasions import word_set
from briefing.extract.roundtables import occasion_kind
from briefing.extract.spans import titles_in
from briefing.extract.subjects import human, organisation
from briefing.korean.wordlists import listed, worded
from briefing.model import ActivityKind, Span

_COUNTED = re.compile(
    r"(?:\d|여|몇|두|세|네|다섯|한)\s?(?:명|곳|개사|군데|인|분|팀|가족)$|[가-힣] (?:둘|셋|넷|다섯|여섯)$"
)
# 학생 500여 명과 만났다: an audience.
_HUNDREDS = re.compile(r"(?:(?<!\d)\d{3,7}|(?<![\d,])[\d,]{5,9}|백)여?\s?명$")
# 파트너링 미팅 30여 건
_TALKS = worded(
    r"(?P<what>(?:[^\s,.]+\s)?{occasions.meeting.talks_of_trade})\s(?:\d+|수십|십|여러|두|세|네|몇)여?\s?(?:건|차례|번|회)$"
)
_TIMES = ("건", "차례", "번", "회")
_PLURAL = worded(r"{people.counted}$|{people.together}$")
# A 사장 등 경제인들과, A 사장을 비롯한 업계 대표들과
_AMONG = re.compile(r"(?:\([^()]*\))?,?(?:을|를)?\s?(?:등|비롯한|포함한)\s(?:\S+ ){0,3}")
# A 회장과 총리가
_AND_OFFICIAL = worded(
    r"(?:\([^()]*\))?[과와]\s(?P<who>(?:[^\s,.]+\s){0,3}?[^\s,.]*{occasions.meeting.officials})(?:은|는|이|가|도)\s?"
)
# 25일 만난 B 대표(에게)
_TO = ("에게", "과 ", "와 ", "으로부터", "로부터")
_DAY_BEFORE = worded(r"(?:\d일|{times.that_day})(?:\s[가-힣]+(?:에서|서))?\s$")
_PRONOUNS = listed("people.pronouns+people.together")
_MANNERS = ("meal", "table", "talk")
_MEETING = ActivityKind.MEETING
# 입국장에서 일행을 맞았다: whose, the text does not say.
_PARTY = "일행"
# Level of the phrases of a relative clause.
_RELATIVE = 2
# 찾아온 프랑스 제작자들을
_COMING = 24
_ARRIVED = worded(r"{occasions.meeting.arrived}\s")
# 사장을 관저로 불러: the verb stands within so many morphemes.
_ASKED = 8
# What one meets somebody for is told so soon behind.
_SOON = 20
# With these stands whose words somebody listens to.
_WHOSE = frozenset({"의", "에게", "에게서", "로부터"})


def find_meetings(parse: Parse) -> list[Deed]:
    """Meeting somebody who is named or described; reporters and mere listeners do not count."""
    found = []
    for clause, phrases in parse.pairs():
        if (call := find_idiom(clause, phrases, "received")) is not None:
            caller = parse.noun_phrase(call.span.start, " ,의")
            found.extend([told(clause, _MEETING, caller, "is called on", needs_name=True)] if caller else [])
        if (several := _counted(parse, clause, phrases)) is not None:
            found.append(told(clause, _MEETING, several, "holds talks", needs_name=True))
        manner = _manner(clause, phrases)
        if (asked := _asks(parse, clause, phrases)) is not None:
            found.append(asked)
        if (listened := _listens(parse, clause, phrases)) is not None:
            found.append(listened)
        if manner is None or (clause.form in {"light", "noun"} and _is_event(parse, clause)):
            continue
        deed = _meeting(parse, clause, phrases, manner)
        if deed is not None:
            found.append(deed)
    return found


def is_event(meeting: Deed, events: Sequence[Deed]) -> bool:
    """True for 투자자들을 만나 설명회를 연다, 개점식에는 A 대표와 B 대표가 함께했다: no meeting besides."""
    if meeting.rule.endswith("(만나)"):
        ends = meeting.end + _SOON
        if any(e.kind is ActivityKind.EVENT and meeting.span.start < e.span.start <= ends for e in events):
            return True
    return meeting.rule.startswith(EACH_OTHER) and any(e.span == meeting.span for e in events)


def _manner(clause: Clause, phrases: Sequence[Argument]) -> str | None:
    """How a meeting is told: "direct" (the counterpart as object), "joint", "discuss" or an idiom."""
    for group in _MANNERS:
        if find_idiom(clause, phrases, group) is not None:
            return group
    return next((m for m in ("direct", "joint", "discuss") if clause.lemma in lemmas("meeting", m)), None)


def _counted(parse: Parse, clause: Clause, phrases: Sequence[Argument]) -> str | None:
    """The talks of 파트너링 미팅 30여 건을 소화했다, or None."""
    if clause.form != "verb" or clause.lemma not in lemmas("light", "words"):
        return None
    for phrase in phrases:
        if phrase.level == 0 and phrase.particle in {"을", ""} and phrase.head.endswith(_TIMES):
            match = _TALKS().search(parse.text, parse.start_of(phrase.span.end), phrase.span.end)
            return match["what"] if match is not None else None
    return None


def _asks(parse: Parse, clause: Clause, phrases: Sequence[Argument]) -> Deed | None:
    """A 회장이 B 회장을 만찬에 초대했다: they dine together."""
    if clause.lemma not in lemmas("meeting", "invite") or clause.adnominal or clause.passive:
        return None
    own = [p for p in phrases if p.level == 0]
    table = any(p.particle in {"에", "로"} and p.head in word_set("meeting", "words") for p in own)
    guest = next((p for p in own if p.particle == "을"), None)
    if not table or guest is None:
        return None
    beside = [g for g in parse.groups if g.role == "object" and _reaches(parse.text, g, guest)]
    if not beside:
        return None
    others = tuple(m for g in beside for m in g.mentions)
    what = parse.text[beside[0].mentions[0].span.start : beside[-1].mentions[-1].span.end]
    return told(clause, _MEETING, what, "asks to dine", mutual=True, others=others)


def _listens(parse: Parse, clause: Clause, phrases: Sequence[Argument]) -> Deed | None:
    """점주 10여 명의 목소리를 들었다, 소상공인들로부터 애로를 청취했다; never where only a place is told."""
    noun = find_idiom(clause, phrases, "hear")
    if noun is None:
        return None
    if (guest := _invited(parse, phrases)) is not None and _is_heard(parse, guest):
        # 협력사 대표 15명을 본사로 초청해 애로사항을 들었다
        what = parse.noun_phrase(guest.span.end, " ,·의") or guest.head
        return told(clause, _MEETING, what, "listens to", needs_name=True)
    for phrase in phrases:
        if phrase.level or phrase.particle not in _WHOSE:
            continue
        if _is_heard(parse, phrase):
            what = parse.noun_phrase(phrase.span.end, " ,·의") or phrase.head
            return told(clause, _MEETING, what, "listens to", needs_name=True)
    return None


def _is_heard(parse: Parse, phrase: Argument) -> bool:
    """True for those to whom executives listen: 점주 10여 명, 소상공인들."""
    start, end = parse.start_of(phrase.span.end), phrase.span.end
    one = phrase.head.removesuffix("들")
    counted = _COUNTED.search(parse.text[start:end]) is not None
    return counted or one.endswith(tuple(word_set("meeting", "heard")))


def _is_event(parse: Parse, clause: Clause) -> bool:
    """True for 타운홀 미팅을 했다."""
    at = parse.sentence.tokens[clause.first].start
    return any(
        o.span.start <= at < o.span.end
        and o.head != CONFERENCE
        and occasion_kind(parse.document, o) is ActivityKind.EVENT
        for o in parse.occasions
    )


def _meeting(parse: Parse, clause: Clause, phrases: Sequence[Argument], manner: str) -> Deed | None:
    if _by_reporters(phrases, parse.groups, clause):
        return None
    asks = manner in {"meal", "talk", "discuss"} or (manner in {"joint", "direct"} and clause.form == "verb")
    guest = _invited(parse, phrases) if asks else None
    phrases = [p for p in phrases if p.level == 0 and not (p.particle == "와" and _in_subject(parse, p))]
    partner = _partner(phrases, manner) or guest
    if partner is None and (met := _whom_behind(parse, clause)) is not None:
        return met
    word = parse.text[clause.span.start : clause.span.end]
    if partner is None:
        each_other = clause.lemma in lemmas("meeting", "joint") or manner in _MANNERS
        if each_other and _several(parse, clause, phrases):
            return told(clause, _MEETING, word, f"{EACH_OTHER}{word})")
        if each_other and (other := _with_official(parse, clause)) is not None:
            return told(clause, _MEETING, other, f"meets ({word})")
        return None
    if clause.lemma in lemmas("meeting", "welcome") and any(p.particle == "로" for p in phrases):
        return None  # 공동대표로 맞는다
    beside = [
        g for g in parse.groups
        if g.role in {"with", "object", "among", ""}
        and g.mentions[-1].span.end <= clause.span.start
        and _reaches(parse.text, g, partner)
    ]  # fmt: skip
    if beside:
        start = house_before(parse.document, beside[0].mentions[0].span.start)
        what = parse.text[start : beside[-1].mentions[-1].span.end]
    elif _counterpart(parse, clause, phrases, partner, manner):
        what = parse.noun_phrase(partner.span.end, " ,·의") or partner.head
    else:
        return None
    if not beside and what.removesuffix("들") in _PRONOUNS():
        return None  # whom the text does not tell
    others = tuple(m for g in beside for m in g.mentions)
    return told(clause, _MEETING, what, f"meets ({word})", mutual=bool(beside), others=others)


def _whom_behind(parse: Parse, clause: Clause) -> Deed | None:
    """A 회장은 25일 만난 B 대표에게 …: the sentence's own topic met whom the verb modifies."""
    if not clause.adnominal or clause.lemma not in lemmas("meeting", "seen"):
        return None
    topic = actors_before(parse.document, parse.sentence, parse.groups, clause.span.start)
    behind = next((g for g in parse.groups if g.mentions[0].span.start > clause.end), None)
    if topic is None or not topic.topic or behind is None or behind.role in {"subject", "of", "among"}:
        return None
    if _DAY_BEFORE().search(parse.text, topic.end, clause.span.start) is None:
        return None  # 어릴 때 만난, 노조가 면담한
    gap = parse.text[clause.end : behind.mentions[0].span.start]
    if len(gap) > _SOON or "," in gap or not parse.text.startswith(_TO, behind.mentions[-1].span.end):
        return None
    what = parse.text[behind.mentions[0].span.start : behind.mentions[-1].span.end]
    word = parse.text[clause.span.start : clause.span.end]
    deed = told(clause, _MEETING, what, f"meets ({word})", mutual=True, others=behind.mentions)
    return replace(deed, adnominal=False, actors=(*topic.mentions, *behind.mentions))


def _in_subject(parse: Parse, phrase: Argument) -> bool:
    """True for the first of A 사장과 B 대표가, of A 사장과 총리가: no counterpart."""
    for group in parse.groups:
        if group.role == "subject" and group.mentions[0].span.start <= phrase.span.start:
            last = group.mentions[-1].span
            if phrase.span.start < last.start:
                return True
            if phrase.span.start < last.end and _AND_OFFICIAL().fullmatch(parse.text, last.end, group.end):
                return True
    return False


def _by_reporters(phrases: Sequence[Argument], groups: Sequence[Group], clause: Clause) -> bool:
    """True for 본지는 11일 A 사장을 만났다: those who write are no news."""
    said = [p for p in phrases if p.level < _RELATIVE and p.particle in {"이", "은"} and is_reporter(p.head)]
    last = max((p.span.start for p in said), default=-1)
    between = (g for g in groups if g.role == "subject" and last < g.end <= clause.span.start)
    return last >= 0 and next(between, None) is None


def _several(parse: Parse, clause: Clause, phrases: Sequence[Argument]) -> bool:
    """True if the subject is of several who may meet each other (A 사장과 B 대표가, 두 사람은)."""
    if any(p.particle in {"이", "은"} and _PLURAL().search(p.head) for p in phrases):
        return True
    return any(
        g.role == "subject" and len(g.mentions) > 1 and g.end <= clause.span.start for g in parse.groups
    )


def _with_official(parse: Parse, clause: Clause) -> str | None:
    """The official of A 회장과 총리가 조찬을 함께했다, or None."""
    for group in parse.groups:
        if group.role == "subject" and group.end <= clause.span.start:
            match = _AND_OFFICIAL().fullmatch(parse.text, group.mentions[-1].span.end, group.end)
            if match is not None:
                return match["who"]
    return None


def _invited(parse: Parse, phrases: Sequence[Argument]) -> Argument | None:
    """Whom somebody asked to a meal: 대표 12명을 초대해 저녁을 대접했다."""
    tokens = parse.sentence.tokens
    for phrase in phrases:
        if phrase.level != 1 or phrase.particle != "을":
            continue
        for token in tokens[phrase.index + 2 : phrase.index + _ASKED]:
            if token.tag in {"EC", "EF", "ETM"}:
                break
            if (lemmas("meeting", "invite") | lemmas("meeting", "receives")) & {
                token.form,
                token.form + "하",
            }:
                return replace(phrase, level=0)
    return None


def _partner(phrases: Sequence[Argument], manner: str) -> Argument | None:
    """The phrase that names the counterpart, or None."""
    for phrase in phrases:
        if phrase.particle == "와" or (manner == "direct" and phrase.particle == "을"):
            return phrase
    return None


def _reaches(text: str, group: Group, partner: Argument) -> bool:
    """True if a group of persons is the counterpart, or stands in its phrase (A 사장 등 경제인들과)."""
    last = group.mentions[-1].span
    if last.end > partner.span.end:
        return last.start <= partner.span.end
    if partner.span.start <= last.end:
        return True
    if partner.head in {"등", _PARTY}:  # A 사장, B 대표 등과; A 사장 일행을
        return not text[last.end : partner.span.start].strip()
    return _AMONG.fullmatch(text, last.end, partner.span.start) is not None


def _comes(parse: Parse, partner: Argument) -> bool:
    """True for 사무실로 찾아온 제작자들을 맞았다: they came to see him; customers and crowds do not."""
    one = partner.head.removesuffix("들")
    if one == partner.head or one.endswith(tuple(word_set("meeting", "crowd"))):
        return False
    start = max(parse.bounds[0], partner.span.start - _COMING)
    return _ARRIVED().search(parse.text, start, partner.span.start) is not None


def _counterpart(
    parse: Parse, clause: Clause, phrases: Sequence[Argument], partner: Argument, manner: str
) -> bool:
    """True if a phrase without a known person names people one meets."""
    head = partner.head
    one = head.removesuffix("들")
    if is_outlet(head):
        return False
    if head in word_set("meeting", "press") or one in word_set("meeting", "press"):
        venues = tuple(word_set("meeting", "press_venues"))  # an arranged meeting, no doorstep
        return clause.lemma == "만나" and any(
            p.particle == "에서" and p.head.endswith(venues) for p in phrases
        )
    if _HUNDREDS.search(parse.text, parse.start_of(partner.span.end), partner.span.end) is not None:
        return False
    if manner in {"meal", "talk"} and one.endswith(tuple(word_set("meeting", "staff"))):
        return False
    official = one.endswith(tuple(word_set("meeting", "officials"))) or head.endswith(
        tuple(word_set("meeting", "delegations"))
    )
    if clause.lemma in lemmas("meeting", "welcome") and partner.particle == "을":
        bare = (
            head == _PARTY and not parse.text[parse.start_of(partner.span.start) : partner.span.start].strip()
        )
        return (official and not bare) or _comes(parse, partner)
    start, end = parse.start_of(partner.span.end), partner.span.end
    if (
        official
        or human(head)
        or head.endswith(tuple(word_set("meeting", "people")))
        or _COUNTED.search(parse.text[start:end]) is not None
        or any(t.span.end == end for t in titles_in(parse.document, start, end))
    ):
        return True
    if manner == "table":
        return organisation(head)  # 노조와 협상 테이블에 앉았다
    if manner not in {"direct", "joint"}:
        return False
    firm = any(c.span.end == end for c in parse.document.companies_in(Span(start, end)))
    return firm or organisation(head) or partner.particle == "와"


def at_table(parse: Parse, clause: Clause, phrases: Sequence[Argument]) -> Deed | None:
    """만찬에서 건배사를 했다; 회동에는 A 사장, B 대표가 모습을 드러냈다."""
    table = next((p for p in phrases if p.level == 0 and p.head in word_set("meeting", "words")), None)
    if table is None or table.particle not in {"에서", "에"}:
        return None
    what = parse.noun_phrase(table.span.end, " ,의")
    if table.particle == "에":
        return told(clause, _MEETING, what, "on stage", since=table.span.end)
    return told(clause, ActivityKind.EVENT, what, "on stage")
