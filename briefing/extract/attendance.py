"""Taking part in occasions: 참석했다, 주재했다, 기조연설을 했다, 착공식에서 …라고 말했다."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from briefing.extract.clauses import Argument, Clause, lemmas
from briefing.extract.deeds import Deed, Parse, deed_words, told
from briefing.extract.fairgrounds import AT_ITS_PLACE, held_at
from briefing.extract.occasions import Occasion, word_set
from briefing.extract.roundtables import WITH_WHOM, hosted_for, occasion_kind
from briefing.korean.wordlists import affixes, listed, worded
from briefing.model import ActivityKind, Span

# 워크숍 마지막 날 …
DURING = re.compile(r"\s(?:첫날|마지막 날|둘째 날|이튿날)\s")
AT = re.compile(rf"에서|서\s|에선|장에서|도중|에 나|{DURING.pattern}")
_TAKES_PART = re.compile(r"(?:\(|에|에는|에도|에서|에서는|엔|의|을|를|은|는|이|가|\s|,|과|와|장)")
_LIST = re.compile(r"^\s?(?:,|·|▲|△|및|와|과|에 이어)\s?")
LISTS = re.compile(r"에는|에|엔|에서는")
_SAME = worded(r"{occasions.held.same}\s{occasions.held.again}$")
CONFERENCE = "회의"
# A 회장이 주재한 이날 회의에는: the one told before
_CONFERENCE = re.compile(r"\s(?:이날|이번|이)?\s?회의(?:에|는|가|를)")
AT_TABLE = "at the table"
# A 사장이 참석한 가운데 조인식을 가졌다
_AMID = worded(r"\s{occasions.held.amid}\s")
_TAKES_PLACE = worded(r"[^\s가-힣]?(?:이|가|을|를|은|는)\s(?:[^\s.]+\s){0,4}?{occasions.held.verbs}")
# What a verb modifies begins so near behind it.
_NEXT_WORD = 12
# A summons is told so near.
_NEAR = 60
# A meal that an official gives is told so near in front.
_GIVEN = 160
_GIVES = worded(r"{occasions.meeting.officials}(?:이|가|은|는)\s[^.\n]{0,60}?(?:초청|초대)(?:해|하여|한)\s")
# 기업 180곳이 (나왔다)
_COUNTED = re.compile(r"\d+여?(?:곳|개사|개|팀|대|종|건|점)$")
_BROADCASTS = affixes("occasions.event.broadcasts")
_TALKS = listed("occasions.held.talks")
_INTO = frozenset({"에", "로", "을", ""})
_AS_OBJECT = frozenset({"을", "은", ""})


def find_attendance(parse: Parse) -> list[Deed]:
    """Predicates by which persons take part in, hold or speak at occasions."""
    found: list[Deed] = []
    for clause, phrases in parse.pairs():
        found.extend(_takes_part(parse, clause, phrases))
        found.extend(_holds(parse, clause, phrases))
        found.extend(_again(clause, phrases))
    return found


def event_at(parse: Parse, occasion: Occasion, at: Clause | Span, rule: str, *, listed: bool = False) -> Deed:
    """The deed of being at an occasion."""
    kind = occasion_kind(parse.document, occasion)
    if isinstance(at, Span):
        return Deed(kind, at, at.end, occasion.phrase, rule, pointing=occasion.pointing)
    return told(at, kind, occasion.phrase, rule, pointing=occasion.pointing, listed=listed)


def _takes_part(parse: Parse, clause: Clause, phrases: Sequence[Argument]) -> list[Deed]:
    if clause.lemma in lemmas("event", "broadcast") and (air := _on_air(parse, phrases)) is not None:
        return [told(clause, ActivityKind.EVENT, air, "is on the air")]
    if clause.lemma in lemmas("event", "invited"):
        return [] if is_only_invited(parse, clause) else _at_table(clause, phrases)
    if clause.lemma in lemmas("event", "appear"):
        own = parse.own_occasion(phrases, _INTO)
        if own is None and clause.lemma in lemmas("visit", "houses") and (at := held_at(parse, phrases)):
            return [event_at(parse, at, clause, AT_ITS_PLACE)]
        if own is None:
            table = _at_table(clause, phrases) if clause.lemma in lemmas("event", "there") else []
            return table or _heard(parse, clause, phrases)
        if clause.lemma in lemmas("event", "there") and of_things(phrases):
            return []  # 전시회에는 기업 180곳이 나왔다
        listed = clause.lemma in lemmas("event", "there") and LISTS.match(own.tail)
        deed = event_at(parse, own, clause, "takes part")
        return [replace(deed, since=own.span.end) if listed else deed]
    if clause.lemma not in lemmas("event", "attend"):
        return []
    near = [o for o in parse.occasions if o.span.end <= clause.span.start and _TAKES_PART.match(o.tail)]
    if near:
        one_verb = _enumerated(parse.text, near)
        since = near[-1].span.end if LISTS.match(near[-1].tail) else -1
        return [
            replace(event_at(parse, o, clause, "takes part", listed=len(one_verb) > 1), since=since)
            for o in one_verb
        ]
    if ahead := modified_occasion(parse, clause):
        return [event_at(parse, ahead, clause, "takes part")]
    present = clause.lemma in lemmas("event", "present")
    return _unlisted(parse, clause, phrases) if present else _at_table(clause, phrases)


def of_things(phrases: Sequence[Argument]) -> bool:
    """True where the nearest subject of a predicate is no person: 관측이 나왔다, 기업 180곳이 나왔다."""
    own = next((p for p in phrases if p.level == 0 and p.particle == "이"), None)
    return own is not None and (
        own.head in deed_words("event", "come_out") or _COUNTED.search(own.head) is not None
    )


def _heard(parse: Parse, clause: Clause, phrases: Sequence[Argument]) -> list[Deed]:
    """국정감사 증인으로 채택된 A 대표는 국회에 나와: at the hearing told in front."""
    if not any(p.level == 0 and p.particle == "에" and p.head.endswith("국회") for p in phrases):
        return []
    hearings = word_set("event", "hearings")
    hearing = next(
        (o for o in parse.occasions if o.head in hearings and o.span.end < clause.span.start), None
    )
    return [event_at(parse, hearing, clause, "takes part")] if hearing is not None else []


def is_only_invited(parse: Parse, clause: Clause) -> bool:
    """True for 초대받았지만, 초청받은, 초대받고: whether somebody came is told elsewhere."""
    if clause.lemma not in lemmas("event", "invited"):
        return False
    return clause.adnominal or not parse.text.startswith("다.", clause.end - 1)


def _on_air(parse: Parse, phrases: Sequence[Argument]) -> str | None:
    """유튜브 채널에 출연해: what somebody appears in, or None."""
    for phrase in phrases:
        if phrase.level or phrase.particle != "에":
            continue
        name = parse.noun_phrase(phrase.span.end, " ,·")
        channel = name.split("‘")[0].replace(" ", "")
        if phrase.head.endswith(_BROADCASTS()) or channel.endswith(_BROADCASTS()):
            return name or phrase.head  # 유튜브 ‘나래TV’에
    return None


def _at_table(clause: Clause, phrases: Sequence[Argument]) -> list[Deed]:
    """오찬에는 A 회장이 자리했다: at the meeting that the sentences before told."""
    talks = word_set("meeting", "words")
    table = next(
        (
            p
            for p in phrases
            if p.level == 0 and p.particle == "에" and (p.head in talks or p.head == CONFERENCE)
        ),
        None,
    )
    if table is None:
        return []
    return [told(clause, ActivityKind.MEETING, table.head, AT_TABLE, needs_name=True)]


def modified_occasion(parse: Parse, clause: Clause) -> Occasion | None:
    """The occasion behind a verb that modifies it (조 사장이 참석한 포럼, 참석한 가운데 포럼이)."""
    if _AMID().match(parse.text, clause.end):
        behind = (o for o in parse.occasions if o.span.start > clause.end)
        return next((o for o in behind if _TAKES_PLACE().match(parse.text, o.span.end)), None)
    if not clause.adnominal:
        return None
    later = [o for o in parse.occasions if clause.end < o.span.start]
    if not later or later[0].span.start > clause.end + _NEXT_WORD:
        return None
    # 참석한 행사는 기술포럼이었다
    is_named = parse.is_nominal and later[0].pointing and later[0].tail[:1] in {"은", "는"}
    return next((o for o in later[1:] if is_named and not o.pointing), later[0])


def _enumerated(text: str, near: Sequence[Occasion]) -> list[Occasion]:
    """The last occasion and those listed together with it."""
    chosen = [near[-1]]
    for occasion in reversed(near[:-1]):
        gap = text[occasion.span.end : chosen[0].span.start]
        if not _LIST.match(gap) or len(gap) > 24:
            break
        chosen.insert(0, occasion)
    return chosen


def _unlisted(parse: Parse, clause: Clause, phrases: Sequence[Argument]) -> list[Deed]:
    """참석 with an occasion whose name is in no list: what stands with 에."""
    times = tuple(word_set("visit", "times"))
    named = next(
        (p for p in phrases if p.level == 0 and p.particle == "에" and not p.head.endswith(times)), None
    )
    if named is None:
        if clause.lemma not in lemmas("beside", "alone") or _summoned(parse, clause):
            return []  # somebody comes along: companions
        return [told(clause, ActivityKind.EVENT, "행사", "takes part", pointing=True, needs_name=True)]
    if clause.lemma not in lemmas("beside", "alone") and named.head in word_set("meeting", "words"):
        return []
    if clause.lemma == "출석하" and named.head.endswith(tuple(word_set("event", "courts"))):
        return []
    what = parse.noun_phrase(named.span.end, " ,·")
    table = named.head in word_set("meeting", "words")
    before = parse.text[max(0, named.span.start - WITH_WHOM) : named.span.start]
    # 총리와의 만찬에, 이날 면담에 참석했다: talks are with somebody, a meal may be anybody's
    with_whom = table and (
        hosted_for(before)
        or named.head in _TALKS() - word_set("meeting", "dinners")
        or _given_by_official(parse, named)
    )
    return [told(clause, ActivityKind.MEETING if with_whom else ActivityKind.EVENT, what, "takes part")]


def _given_by_official(parse: Parse, table: Argument) -> bool:
    """True for 오찬에는 behind 총리가 대표들을 초청해 점심을 함께했다."""
    before = parse.text[max(0, parse.bounds[0] - _GIVEN) : table.span.start]
    return _what_alone(parse, table) and _GIVES().search(before) is not None


def _what_alone(parse: Parse, phrase: Argument) -> bool:
    """True for a noun that points at what was told before: 오찬에는, 이날 오찬에는."""
    return parse.noun_phrase(phrase.span.end, " ,·") in {phrase.head, f"이날 {phrase.head}"}


def _summoned(parse: Parse, clause: Clause) -> bool:
    """True for 출석했다 where the sentence, or the one before, is of a house of the law."""
    if clause.lemma != "출석하":
        return False
    near = parse.text[max(0, parse.bounds[0] - _NEAR) : clause.span.start]
    return any(court in near for court in word_set("event", "courts"))


def _holds(parse: Parse, clause: Clause, phrases: Sequence[Argument]) -> list[Deed]:
    """회의를 주재했다, 간담회는 A 사장이 열었다, 축사를 맡았다."""
    holds, gives = clause.lemma in lemmas("event", "hold"), clause.lemma in lemmas("event", "speech")
    if clause.form != "verb" or not (holds or gives):
        return []
    own = parse.own_occasion(phrases, _AS_OBJECT)
    if own is None and clause.lemma in lemmas("event", "presides"):
        led = modified_occasion(parse, clause)  # A 사장이 주재한 회의가 열렸다
        if led is not None:
            return [event_at(parse, led, clause, "holds")]
        if clause.adnominal and _CONFERENCE.match(parse.text, clause.end):
            return [told(clause, ActivityKind.EVENT, "행사", "holds", pointing=True, needs_scene=True)]
        return []
    if own is None or (own.pointing and clause.lemma == "하") or _again(clause, phrases):
        return []
    if clause.lemma in lemmas("visit", "tour") and own.phrase.endswith(tuple(word_set("held", "parts"))):
        return []  # 전시회 부스를 둘러봤다: a visit
    if own.head == CONFERENCE and any(p.level == 0 and p.particle == "와" for p in phrases):
        return []  # 총장단과 회의를 가졌다: a meeting
    if own.head not in word_set("event", "speeches") and not holds:
        return []
    together = _enumerated(parse.text, [o for o in parse.occasions if o.span.end <= own.span.end])
    several = len(together) > 1
    whole = None if several else speech_at(parse, own)
    deeds = [
        replace(event_at(parse, o, clause, "holds", listed=several), what=whole or o.phrase) for o in together
    ]
    if several or whole is not None or own.head not in word_set("event", "greetings"):
        return deeds
    there = own.head in word_set("event", "of_prizes")
    # 축사를 맡았다: at the ceremony told before
    return [replace(d, pointing=True, needs_scene=there) for d in deeds]


def speech_at(parse: Parse, speech: Occasion) -> str | None:
    """창립기념식에서 기념사를: the speech with the occasion it is given at, or None."""
    if speech.head not in word_set("event", "speeches"):
        return None
    before = [
        o for o in parse.occasions if o.span.end < speech.span.start and AT.match(o.tail) and not o.pointing
    ]
    return f"{before[-1].phrase} {speech.phrase}" if before else None


def _again(clause: Clause, phrases: Sequence[Argument]) -> list[Deed]:
    """17일 광주에서도 같은 자리를 갖는다: what was told last, once more."""
    if clause.lemma not in lemmas("event", "hold") or clause.form != "verb":
        return []
    same = any(p.level == 0 and p.particle in _AS_OBJECT and _SAME().search(p.words) for p in phrases)
    return [told(clause, None, "", "again", pointing=True)] if same else []
