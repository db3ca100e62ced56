"""Journeys abroad: 출장, 출국, 방한; who leaves for, arrives in or comes back from another country."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache

from briefing.errors import DataError
from briefing.extract.clauses import Argument, Clause, lemmas
from briefing.extract.companies import is_enterprise_name
from briefing.extract.deeds import Deed, Parse, find_idiom, told
from briefing.extract.document import Document, Mention, in_headline
from briefing.extract.occasions import destinations, word_set
from briefing.korean.lexicon import table
from briefing.korean.wordlists import affixes, listed, worded
from briefing.model import ActivityKind, Span

_TRIP = ActivityKind.TRIP
GOES_TO = "goes to"
# What may stand between the name of a destination and its particle: 미국 현지로, 텍사스주를, 중국 등지로.
_REST = worded(r"{occasions.trip.rest}?")
# 다음 달 초로 잡힌 인도 출장에서는
_PLANNED = worded(
    r"(?P<set>{occasions.trip.planning}|이번)\s"
    r"(?P<np>(?:[가-힣]+\s){0,2}(?P<noun>{occasions.trip.planned}|방문))(?:길|에서|에선|에는|에|\s기간)"
)
# A의 방한은 3년 만이다: told by its noun alone.
_BY_NAME = worded(r"\s?(?P<np>(?:[^\s,.]+ ){0,2}?(?P<noun>{occasions.trip.named}))")
# 미국 출장, 방한…: where a headline or a part of it ends.
_NOUN_ENDS = worded(r"(?<=\s)(?P<noun>{occasions.trip.headlines})길?(?=\s*$|\s?[…,·])", re.MULTILINE)
_ABSENT = worded(r"{occasions.absent.words}")
# 두바이에서 열리는, 다보스의
_HELD_THERE = worded(r"{occasions.trip.rest}?(?:에서\s(?:\S+\s){0,2}?{occasions.held.adnominal}\s|의\s|\s)")
_SINCE = worded(r"(?:은|는|이|도)\s(?:[^.\n“”\"]{0,40}?){occasions.trip.since}")
# Where a journey's noun says nothing without its country, and where a craft says it alone.
_ALONG = affixes("occasions.trip.along")
_VAGUE = affixes("occasions.trip.vague")
_CRAFT = affixes("occasions.trip.craft")
_AIRPORT = worded(r"{occasions.trip.airports+occasions.trip.terminals}")
# 서울로 돌아온다: where one comes home to from abroad, and how far back the text told of that.
_HOMES = listed("occasions.trip.homes")
_BACK = 400
# 9일 일본에서 돌아왔다
_DATED = worded(r"\d일(?:부터)?\s|{times.that_day}|{occasions.trip.airports}")
_FOR_YEARS = worded(r"(?<![가-힣]){occasions.trip.for_years}")
# 18일 (돌아왔다)
_DAY = re.compile(r"\d일\s(?:(?:새벽|아침|오전|오후|저녁|밤|낮)\s)?$")
_DAY_BEFORE = 14
# 미국 [플로리다주 팜비치]에서
_THERE = re.compile(r"(?:에|(?:\s[가-힣A-Za-z]+){0,2}?)서\s")
_GOAL = frozenset({"로", "에", "까지", ""})
_SOMEWHERE = affixes("occasions.trip.somewhere")
_CROSSES = affixes("occasions.trip.crosses")
_AND = re.compile(r"[와과]\s|,\s|\s?[·ㆍ]\s?|\s및\s")
# The name of a country or city ends at most so far in front of its verb.
_NEAR = 40


@cache
def _of_country() -> Mapping[str, str]:
    rows = table("occasions.toml")["trip"].get("visits")
    if not isinstance(rows, dict):
        raise DataError("briefing/data/occasions.toml", "[trip] visits must map words to countries")
    return rows


def find_trips(parse: Parse) -> list[Deed]:
    """Journeys of a sentence."""
    found = []
    for clause, phrases in parse.pairs():
        deed = (
            _by_noun(parse, clause)
            or _by_idiom(parse, clause, phrases)
            or _by_destination(parse, clause, phrases)
            or _by_airport(parse, clause, phrases)
            or _home(parse, clause, phrases)
            or _back_from_occasion(parse, clause, phrases)
        )
        # 해외 출장 중인 A 회장은 조화를 보냈다: why he is not there, and of no country
        if deed is not None and not (deed.adnominal and _busy(deed)):
            found.append(deed)
    return [*found, *_by_name(parse), *_planned(parse), *_in_headline(parse)]


def _busy(deed: Deed) -> bool:
    """True for 해외 출장, 해외 체류, without a country; not for 해외 출국."""
    return deed.what.startswith(_SOMEWHERE()) and not deed.what.endswith(_CROSSES())


def _last_destination(document: Document, start: int, end: int) -> str | None:
    places = destinations(document, start, end)
    return _with_others(document.text, places) if places else None


def _with_others(text: str, places: Sequence[Span]) -> str:
    """The last of some places, with those named with it: 홍콩과 싱가포르, 영국 런던·독일 프랑크푸르트."""
    first = places[-1]
    for place in reversed(places[:-1]):
        if _AND.fullmatch(text, place.end, first.start) is None:
            break
        first = place
    return text[first.start : places[-1].end]


def _by_noun(parse: Parse, clause: Clause) -> Deed | None:
    """출국했다, 방한 중이다."""
    if clause.lemma not in lemmas("trip", "verbs") or clause.form == "light":
        return None
    noun = clause.lemma.removesuffix("하")
    at = clause.span.start
    place = None if noun in _of_country() else _last_destination(
        parse.document, max(parse.bounds[0], at - _NEAR), at
    )  # fmt: skip
    return told(clause, _TRIP, f"{place} {noun}" if place else noun, f"journey ({noun})")


def _by_idiom(parse: Parse, clause: Clause, phrases: Sequence[Argument]) -> Deed | None:
    """출장길에 올랐다, 비행기를 탔다, 베트남 일정에 들어갔다."""
    journey = find_idiom(clause, phrases, "journey")
    vehicle = None if journey is not None else find_idiom(clause, phrases, "vehicle")
    noun = journey or vehicle or _back_from(clause, phrases)
    if noun is None:
        return None
    head = noun.head
    place = _last_destination(parse.document, parse.start_of(noun.span.start), noun.span.end)
    if place is None and head.endswith(_VAGUE()):
        return None
    if vehicle is not None:
        place = place or _last_destination(parse.document, parse.bounds[0], clause.span.start)
        if place is None and not head.endswith(_CRAFT()):
            return None
        return told(clause, _TRIP, place or head, f"journey ({head})")
    name = head.removesuffix("길")
    what = f"{place} {name}" if place and not head.startswith(place) else name
    return told(clause, _TRIP, what, f"journey ({head})")


def _back_from(clause: Clause, phrases: Sequence[Argument]) -> Argument | None:
    """출장에서 거점을 정하고 돌아왔다: what one comes back from, though another verb stands between."""
    if clause.lemma not in lemmas("trip", "back"):
        return None
    return next(
        (p for p in phrases if p.particle == "에서" and p.level == 1 and p.head.endswith(_ALONG())), None
    )


def _by_destination(parse: Parse, clause: Clause, phrases: Sequence[Argument]) -> Deed | None:
    """프랑스로 떠났다, 한국을 찾는다, 두바이에 머문다."""
    goal = clause.lemma in lemmas("trip", "goal") or find_idiom(clause, phrases, "foot") is not None
    reached = clause.lemma in lemmas("trip", "object")
    returns = clause.lemma in lemmas("trip", "returns") and not clause.adnominal
    if returns:  # 유학을 마치고 미국에서 돌아왔다: for good
        returns = _DATED().search(parse.text, parse.bounds[0], clause.span.start) is not None
    if clause.lemma in lemmas("trip", "home"):
        goal = _AIRPORT().search(parse.text, parse.bounds[0], clause.span.start) is not None
    if clause.lemma in lemmas("trip", "abides") and _goes_on(parse, clause):
        return None
    for phrase in phrases:
        if phrase.level or not (
            (goal and phrase.particle in _GOAL)
            or (phrase.particle == "에서" and (clause.lemma in lemmas("trip", "stays") or returns))
            or (reached and phrase.particle in {"을", ""})
        ):
            continue
        end = phrase.span.end
        places = destinations(parse.document, max(parse.bounds[0], phrase.span.start - 20), end)
        if not places or places[-1].end < phrase.span.start - 1:
            continue
        city = parse.sentence.tokens[phrase.index]
        if clause.lemma in lemmas("trip", "leaving") and phrase.head in word_set("visit", "words"):
            return told(clause, _TRIP, _with_others(parse.text, places), GOES_TO)  # 독일 본사로 날아가
        inside = city.tag == "NNP" and parse.text[places[-1].end : city.start] == " "  # 페루 우앙카요로
        if inside or _REST().fullmatch(parse.text, places[-1].end, end):
            where = _with_others(parse.text, places)
            sure = not is_enterprise_name(city.form)  # 미국 나래모터스를 방문했다
            rest = parse.text[places[-1].end : city.end] if inside and sure else ""
            return told(clause, _TRIP, where + rest, GOES_TO)
    return _to_occasion(parse, clause, phrases) if clause.lemma in lemmas("trip", "leaving") else None


def _goes_on(parse: Parse, clause: Clause) -> bool:
    """True for 해외에 머물고 있는: a state that no day begins."""
    if not parse.text.startswith("고 있", clause.span.end):
        return False
    return _DATED().search(parse.text, parse.bounds[0], clause.span.start) is None


def _to_occasion(parse: Parse, clause: Clause, phrases: Sequence[Argument]) -> Deed | None:
    """라스베이거스에서 열리는 CES로 떠나며: where the occasion is held is where one goes."""
    occasion = parse.own_occasion(phrases, _GOAL)
    if occasion is None:
        return None
    start = max(parse.bounds[0], occasion.span.start - _NEAR)
    places = destinations(parse.document, start, occasion.span.end)
    if not places or _HELD_THERE().match(parse.text, places[-1].end) is None:
        return None
    return told(clause, _TRIP, places[-1].of(parse.text), "goes to an occasion in")


def _home(parse: Parse, clause: Clause, phrases: Sequence[Argument]) -> Deed | None:
    """15일 서울로 돌아온다: the way back, where the text told last that somebody is abroad."""
    if clause.lemma not in lemmas("trip", "back") or clause.form != "verb" or clause.adnominal:
        return None
    home = next((p for p in phrases if p.level == 0 and p.particle in _GOAL and p.head in _HOMES()), None)
    if home is None:
        return None
    at = home.span.start
    away = destinations(parse.document, max(0, at - _BACK), at)
    if all(p.of(parse.text) in _HOMES() for p in away):
        return None
    return told(clause, _TRIP, f"{home.head} 귀국", "comes home", needs_name=True)


def _back_from_occasion(parse: Parse, clause: Clause, phrases: Sequence[Argument]) -> Deed | None:
    """오사카에서 열린 박람회를 참관하고 18일 돌아왔다: from where the occasion was, on a day."""
    if clause.lemma not in lemmas("trip", "returns") or clause.form != "verb" or clause.adnominal:
        return None
    if any(p.level == 0 and p.particle in {"에", "로", "을", "에서"} and not p.topic for p in phrases):
        return None  # 현업으로 돌아왔다
    day = _DAY.search(parse.text, max(parse.bounds[0], clause.span.start - _DAY_BEFORE), clause.span.start)
    ends = parse.clauses[-1].span == clause.span
    if (day is not None or ends) and (there := _been_there(parse, clause, dated=day is not None)) is not None:
        return told(clause, _TRIP, there, "comes back from")
    if day is None:
        return None
    for occasion in parse.occasions:
        start = max(parse.bounds[0], occasion.span.start - _NEAR)
        places = destinations(parse.document, start, occasion.span.end)
        if places and occasion.span.end <= clause.span.start:
            where = places[-1].of(parse.text)
            if where not in _HOMES() and _HELD_THERE().match(parse.text, places[-1].end):
                return told(clause, _TRIP, where, "comes back from an occasion in")
    return None


def _been_there(parse: Parse, clause: Clause, *, dated: bool) -> str | None:
    """프라하에서 거래처를 만나고 19일 돌아온다: where one was, if no other verb tells the way."""
    went = lemmas("trip", "verbs") | (lemmas("trip", "goal") - lemmas("trip", "returns"))
    if any(c.lemma in went and c.last < clause.first for c in parse.clauses):
        return None  # 11일 미국으로 출국해 14일 돌아온다
    for place in reversed(destinations(parse.document, parse.bounds[0], clause.span.start)):
        where = place.of(parse.text)
        here = parse.text.startswith(("에서 ", "서 "), place.end) if dated else _is_done_there(parse, place)
        if where not in _HOMES() and here:
            stayed = _FOR_YEARS().search(parse.text, place.end, clause.span.start)
            return None if stayed else where  # 학위를 받고 돌아왔다: for good
    return None


def _is_done_there(parse: Parse, place: Span) -> bool:
    """True for 미국 [플로리다주 팜비치]에서 거래처를 만나고; not for 일본에서 열린 박람회를."""
    match = _THERE.match(parse.text, place.end)
    if match is None:
        return False
    business = lemmas("meeting", "direct") | lemmas("meeting", "joint") | lemmas("visit", "tour")
    then = next((c for c in parse.clauses if c.span.start >= match.end()), None)
    return then is not None and not then.adnominal and then.lemma in business


_airports = affixes("occasions.trip.airports+occasions.trip.terminals")


def _by_airport(parse: Parse, clause: Clause, phrases: Sequence[Argument]) -> Deed | None:
    """인천공항으로 들어와, 김포에 도착했다, 공항에 모습을 드러냈다."""
    shows = find_idiom(clause, phrases, "stage") is not None
    if not shows and clause.lemma not in lemmas("trip", "airport"):
        return None
    of_thing = any(p.level == 0 and p.particle == "이" and not parse.names_person(p) for p in phrases)
    if of_thing and clause.lemma in lemmas("trip", "returns"):
        return None  # 여객기가 인천공항으로 돌아왔다
    for phrase in phrases:
        if phrase.level == 0 and phrase.particle in {"에", "로", "을"} and phrase.head.endswith(_airports()):
            if clause.lemma in lemmas("trip", "appears") and parse.looks_after_next(clause):
                return None  # 김포공항에 나와 제설 장비를 점검했다
            leaves = phrase.head.endswith("출국장") or clause.lemma == "빠져나가"
            return told(clause, _TRIP, "출국" if leaves else "입국", "arrives")
    return None


def _planned(parse: Parse) -> list[Deed]:
    """A journey that is set, of whom the sentence or the headline names."""
    found = []
    for match in _PLANNED().finditer(parse.text, *parse.bounds):
        if parse.document.quoted(match.start("noun")):
            continue
        abroad = match["noun"] in _of_country() or destinations(parse.document, *match.span("np"))
        if not abroad and (match["set"] == "이번" or match["noun"] == "방문"):
            continue
        span = Span(*match.span("noun"))
        ahead = None if match["set"] == "이번" else True
        deed = Deed(_TRIP, span, span.end, match["np"], "journey (set)", ahead=ahead)
        named = parse.document.mentions_in(parse.sentence.span)
        found.append(deed if named else replace(deed, actors=_hero(parse.document)))
    return found


def _in_headline(parse: Parse) -> list[Deed]:
    """피서연 부회장, 미국 출장: told without verb or particle, where the text begins with the headline."""
    document, (start, end) = parse.document, parse.bounds
    if not in_headline(document, start) or _ABSENT().search(document.article.title):
        return []
    found = []
    for match in _NOUN_ENDS().finditer(parse.text, start, end):
        at = Span(*match.span("noun"))
        named = [g for g in parse.groups if g.mentions[-1].span.end < at.start]
        if not named or document.quoted(at.start):
            continue
        place = _last_destination(document, named[-1].mentions[-1].span.end, at.start)
        if place is None and match["noun"] not in _of_country():
            continue
        what = f"{place} {match['noun']}" if place else match["noun"]
        found.append(Deed(_TRIP, at, at.end, what, "journey (headline)", actors=named[-1].mentions))
    return found


def _hero(document: Document) -> tuple[Mention, ...]:
    """Whom the headline names first: who was spoken of last need not be who travels."""
    for shown in document.headline:
        if document.persona_of(shown).executive:
            return tuple(m for m in document.mentions if m.persona == shown.persona)[:1]
    return ()


def _by_name(parse: Parse) -> list[Deed]:
    """루 CEO의 방한은 3년 만이다; 단 회장의 베트남 방문은 이번이 처음이다."""
    found = []
    for group in parse.groups:
        match = _BY_NAME().match(parse.text, group.end, parse.bounds[1]) if group.role == "of" else None
        if match is None or parse.document.quoted(match.start("noun")):
            continue
        if not _SINCE().match(parse.text, match.end(), parse.bounds[1]):
            continue
        if match["noun"] == "방문" and not destinations(parse.document, group.end, match.end()):
            continue
        span = Span(match.start("noun"), match.end())
        found.append(
            Deed(_TRIP, span, span.end, match["np"].strip(), "journey (noun)", actors=group.mentions[-1:])
        )
    return found
