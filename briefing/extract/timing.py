"""When a deed takes place, and whether it is news at all."""

from __future__ import annotations

import re
from datetime import date, timedelta
from functools import cache
from itertools import pairwise

from briefing.extract.dates import Day, find_days
from briefing.extract.deeds import Deed
from briefing.extract.document import Document, Mention
from briefing.extract.places import is_place
from briefing.extract.records import record
from briefing.extract.scene import announced, aside
from briefing.korean.kiwi import Sentence
from briefing.korean.lexicon import words
from briefing.korean.wordlists import affixes, worded
from briefing.model import ActivityKind

# News is not older than this; what a text dates further back is background.
_NEWS = timedelta(days=60)
# What is told of so few days ago is news, whatever words look back on it.
_OF_LATE = timedelta(days=7)
# 예정, 계획 this near the end of a sentence speak for all of it.
_AT_END = 25
# 오는 15일, but not 누리바이오는.
_AHEAD = worded(r"{times.ahead}|(?<![가-힣])오는 |[을할될] 전망|[는을할] 일정(?:이다|이며|이고|을 소화한다)")
_LONG_AGO = worded(r"{times.past}|(?P<year>(?:19|20)\d\d)년|\d+년 전|살 때")
# What only tells the past of a place: 지난해 문을 연 공장을.
_OF_PLACE = worded(r"\s(?:[^\s,.]+\s){0,2}?{times.of_places}\s")
_PLACED = frozenset({ActivityKind.VISIT, ActivityKind.MEETING})
# 만났다고 말했다
_SAID_SO = re.compile(r"[가-힣]{1,6}다[고며]\s")
# 10년 전 서울에서 열린
_HELD = frozenset({"열리", "있"})
_NOW = worded(r"{times.now}")
# (투자 계획)을; the final consonant of 참석할.
_AS_OBJECT = re.compile(r"(?<=[획침])(?:을|도|과|에)\s")
_RIEUL = 8
# 매주 월요일 현장으로 출근한다: a habit is no news.
_HABIT = worded(r"(?<![가-힣]){times.habit}\s")
# 20년간 현장을 누비며: nor is what fills years.
_FOR_YEARS = re.compile(r"\d+(?:여\s?)?년(?:간|\s(?:동안|가까이|넘게))\s(?:\S+\s){0,2}$")
_YEARS = 30
# 본사 상무로 승진해 귀국한다: right before the deed, or right behind it.
_MOVED = worded(
    r"(?<![가-힣])(?:{occasions.trip.moved}|{occasions.trip.predecessor}\s(?:[^\s,.]+\s){0,3}?[^\s,.]+[은는])"
    r"\s(?:[^\s,.]+\s){0,2}$"
)
_MOVES_ON = worded(r"[^,.\n]{0,24}{occasions.trip.moves_on}(?!은)")
_BESIDE_MOVE = 40
_LECTERNS = affixes("occasions.held.lecterns")
_LEFT = worded(r"{occasions.held.left}")
# 대학에서 만나 2014년 창업했다
_YEAR_BEHIND = worded(r"\s((?:19|20)\d\d)년(?!\s?까지)[^,.“”\"]{0,24}?{times.founded}")
# 한국을 처음 찾은 것은 1968년 봄이었다
_IT_WAS_IN = re.compile(
    r"\s(?:것|때)[은는]\s(?:지난\s)?((?:19|20)\d\d)년(?!\s?이[후래])[^,.]{0,12}이(?:다|었다)"
)
# A day of one's own stands so near.
_BESIDE = 6
# 공항에는 B 대표가 마중을 (나왔다)
_WELCOMES = worded(r"{occasions.absent.welcomes}(?:을|를)?\s(?!받)(?:(?!받)\S+\s)?$")
# 공장을 찾아 연휴를 보냈다: no one is sent.
_SPENT = worded(
    r"{occasions.absent.spent}(?:을|를)\s(?:\S+\s)?(?:보냈|보낼)|끊이지\s않|{occasions.absent.parted}"
)
# 참석하기로 했으나 막판에 빠졌다, 찾을 예정이었지만
_GAVE_UP = worded(
    r"[가-힣]{0,3}(?:기로\s?했(?:으나|지만|는데|다가)\s(?:[^.,“”\"\n]{0,24}\s)?{occasions.absent.gives_up}"
    r"|기로\s(?:돼|되어|예정돼|약속돼)\s?있었"
    r"|\s(?:예정|계획|참)이었(?:으나|지만|는데|다가))"
)
_BACKGROUND = re.compile(r"바\s?있다|적[이도]?\s?있다|일이\s?있다")
_TO_COME = worded(r"\s(?:[^\s,.]+\s){0,3}?{occasions.held.to_come}\s")
_GOES_ON = worded(r"{times.onward}?\s?{times.hours}?(?:에는|엔|에)?\s")
# Where the next verb begins; 만나지 않고 is one.
_NEXT_VERB = re.compile(r"[,“\"]|며 |면서 |(?<!않)고 |지만 |으나 ")
# 17일 광주, 31일 부산: days of one deed, each with its place.
_REPEATED = frozenset({"holds", "takes part"})
_NEXT_DAY = re.compile(
    r"\s?(?P<place>[가-힣A-Za-z]{2,12}(?:\s[가-힣A-Za-z0-9]{2,8})?)?(?:에서|(?:을|를)\s시작으로)?(?:,|·|과|와|및|이어)?\s?"
)


@record(frozen=True, slots=True)
class Told:
    """A sentence with the days it names and whether it lies ahead."""

    sentence: Sentence
    days: tuple[Day, ...]
    ahead: bool | None


def read_days(document: Document, sentence: Sentence, anchor: date | None) -> Told:
    """The sentence with its days outside quotations."""
    ahead = _tense(document, sentence)
    days = find_days(
        document.text,
        document.day,
        start=sentence.span.start,
        end=sentence.span.end,
        anchor=anchor,
        ahead=ahead,
    )
    spoken = [d for d in days if not document.quoted(d.span.start)]
    if any(aside(document, d, anchor) for d in spoken):
        spoken = [_pointing(document, d, anchor) for d in spoken]
    return Told(sentence, tuple(_local(document, d, ahead, sentence.span.end) for d in spoken), ahead)


def _pointing(document: Document, day: Day, anchor: date | None) -> Day:
    """이날 behind a day that is told aside still points at the day told before."""
    if not day.vague:
        return day
    again = find_days(document.text, document.day, start=day.span.start, end=day.span.end, anchor=anchor)
    return again[0] if again else day


def _local(document: Document, day: Day, ahead: bool | None, end: int) -> Day:
    """A bare day in the tense of the verb behind it: 14일 개막하는 총회의 위원장을 맡았다."""
    if ahead is not False or not document.text[day.span.start].isdigit():
        return day
    if _TO_COME().match(document.text, day.span.end) is None:
        return day
    again = find_days(document.text, document.day, start=day.span.start, end=end, ahead=True)
    return again[0] if again and again[0].span == day.span else day


def goes_on(document: Document, sentence: Sentence) -> bool:
    """True for a sentence that tells the same day further: 이어 오후에는 …, 저녁에는 …."""
    return _GOES_ON().match(document.text, sentence.span.start) is not None


def lies_ahead(deed: Deed, told: Told) -> bool | None:
    """True for what is to come, False for the past, None if the text does not say."""
    return told.ahead if deed.ahead is None else deed.ahead


def _tense(document: Document, sentence: Sentence) -> bool | None:
    match = _AHEAD().search(document.text, sentence.span.start, sentence.span.end)
    while match is not None and (document.quoted(match.start()) or _plan_only(document.text, match)):
        match = _AHEAD().search(document.text, match.end(), sentence.span.end)
    past = any(
        t.tag == "EP" and t.form in {"었", "았", "였", "엇"} and not document.quoted(t.start)
        for t in reversed(sentence.tokens)  # mostly its last verb tells
    )
    if match is not None and (not past or sentence.span.end - match.start() <= _AT_END):
        return True
    return False if past else None


def _plan_only(text: str, match: re.Match[str]) -> bool:
    """True for 투자 계획을 확정했다: a plan that is made, where 참석할 계획을 tells of what is to come."""
    if _AS_OBJECT.match(text, match.end()) is None:
        return False
    before = text[: match.start()].rstrip()[-1:]
    return not ("가" <= before <= "힣" and (ord(before) - ord("가")) % 28 == _RIEUL)


@cache
def _absent() -> re.Pattern[str]:
    return re.compile("|".join(re.escape(w) for w in words("occasions.toml", "absent", "words")))


def _is_habit(document: Document, deed: Deed, sentence: Sentence) -> bool:
    """True for 매주 현장을 찾는다, 20년간 현장을 누비며."""
    text, start, at = document.text, sentence.span.start, deed.span.start
    habit = _HABIT().search(text, start, at)
    if habit is not None and not document.quoted(habit.start()):
        return True
    years = _FOR_YEARS.search(text, max(start, at - _YEARS), at)
    if years is None:
        return False
    # 10년 넘게 거래한 공장을: years of what is visited
    return not any(t.tag == "ETM" and years.start() < t.start < at for t in sentence.tokens)


def _in_an_old_year(document: Document, deed: Deed, sentence: Sentence, *, dated: bool) -> bool:
    """True where a year behind the deed is past: 만나 2014년 창업했다, 찾은 것은 1968년이었다."""
    if document.day is None:
        return False
    year = None if dated else _YEAR_BEHIND().match(document.text, deed.end, sentence.span.end)
    year = year or _IT_WAS_IN.search(document.text, deed.end, sentence.span.end)
    return year is not None and int(year[1]) < document.day.year


def _to_another_post(document: Document, deed: Deed, sentence: Sentence) -> bool:
    """True for 상무로 승진해 귀국한다, 귀국해 본부장을 맡는다, 회사를 떠나 대학 강단에 선다."""
    text, (start, end) = document.text, (sentence.span.start, sentence.span.end)
    if deed.kind is ActivityKind.EVENT and deed.what.endswith(_LECTERNS()):
        return _LEFT().search(text, start, deed.span.start) is not None
    if deed.kind is not ActivityKind.TRIP:
        return False
    if _MOVED().search(text, max(start, deed.span.start - _BESIDE_MOVE), deed.span.start):
        return True
    return _MOVES_ON().match(text, deed.end, end) is not None


def refusal(document: Document, deed: Deed, told: Told) -> str | None:
    """Why a deed is no news, or None."""
    text, sentence = document.text, told.sentence
    if deed.unreal:
        return "a condition, a wish or an ability"
    if _is_habit(document, deed, sentence):
        return "habit"
    stop = min(sentence.span.end, deed.end + 14)
    behind = _NEXT_VERB.split(text[deed.span.start : stop])[0]
    if _absent().search(_SPENT().sub("", behind)):
        return "does not take part, or only sees somebody off"
    welcomes = _WELCOMES().search(text, sentence.span.start, deed.span.start)
    if welcomes or _GAVE_UP().match(text, deed.span.end, sentence.span.end):
        return "does not take part, or only sees somebody off"
    day = day_of(document, deed, told)
    background = _BACKGROUND.search(text, max(deed.end, sentence.span.end - 12), sentence.span.end)
    if background is not None and not _of_late(document, day):
        return "background"
    if (
        document.day is not None
        and day is not None
        and day.first is not None
        and document.day - day.first > _NEWS
    ):
        return "long ago"
    if _to_another_post(document, deed, sentence):
        return "goes to another post"
    if _in_an_old_year(document, deed, sentence, dated=day is not None):
        return "background"
    return "background" if _was_long_ago(document, deed, sentence, day) else None


def _was_long_ago(document: Document, deed: Deed, sentence: Sentence, day: Day | None) -> bool:
    """True for 10년 전 인도했다, and for no 전날 [10년 전 인도한] 선박의 선장을 만났다."""
    text = document.text
    match = _LONG_AGO().search(text, max(sentence.span.start, deed.span.start - 60), deed.span.start)
    if match is None or (day is not None and day.span.end > match.start()):
        return False
    if deed.kind in _PLACED and _OF_PLACE().match(text, match.end(), deed.span.start):
        return False  # 2020년 인수한 공장에 들러
    if day is not None and _inside(text, sentence, match.end(), deed):
        return False
    if _NOW().search(text, match.end(), deed.span.start):
        return False
    this_year = match["year"] and document.day is not None and int(match["year"]) >= document.day.year
    return not this_year


def _inside(text: str, sentence: Sentence, at: int, deed: Deed) -> bool:
    """True if the verb that follows an offset modifies what stands before the deed: 10년 전 인도한 선박."""
    if _SAID_SO.match(text, deed.span.start):
        return False  # 20일 5년 전 추운 겨울에 만났다고 말했다
    tokens = [t for t in sentence.tokens if at <= t.start < deed.span.start]
    verb = next((i for i, t in enumerate(tokens) if t.tag in {"VV", "VA", "XSV", "XSA"}), None)
    if verb is None or tokens[verb].tag == "VA" or tokens[verb].form in _HELD:
        return False
    return verb + 1 < len(tokens) and tokens[verb + 1].tag == "ETM"


def _of_late(document: Document, day: Day | None) -> bool:
    """True for 앞서 2일 시무식에서 … 밝힌 바 있다: background, but of these days."""
    if day is None or day.first is None or document.day is None:
        return False
    return document.day - day.first <= _OF_LATE


def day_of(document: Document, deed: Deed, told: Told) -> Day | None:
    """The day of the sentence that belongs to a deed: the nearest one in front, in the deed's own tense."""
    days = [d for d in told.days if not announced(document, d, told.sentence, deed.span.start)]
    before = [d for d in days if d.span.start < deed.span.start]
    behind = [d for d in days if deed.adnominal or d.span.start - deed.end <= 12]
    day = before[-1] if before else behind[0] if behind else None
    if (
        day is None
        or deed.ahead is None
        or deed.ahead is told.ahead
        or not document.text[day.span.start].isdigit()
    ):
        return day
    again = find_days(
        document.text, document.day, start=day.span.start, end=told.sentence.span.end, ahead=deed.ahead
    )
    return again[0] if again and again[0].span == day.span else day


def day_of_one(document: Document, mention: Mention, told: Told) -> Day | None:
    """The day of one of several who share a verb: A 회장은 18일, B 회장은 20일 출국한다."""
    end = mention.span.end
    near = (d for d in told.days if end < d.span.start <= end + _BESIDE)
    return next((d for d in near if document.text.startswith(",", d.span.end)), None)


def other_days(document: Document, deed: Deed, told: Told) -> list[tuple[Day, str | None]]:
    """Days listed in front of the deed's own one, with their places: 17일 광주, 31일 부산에서도."""
    before = [d for d in told.days if d.span.end <= deed.span.start and d.first is not None]
    found: list[tuple[Day, str | None]] = []
    for day, behind in pairwise(before):
        gap = _NEXT_DAY.fullmatch(document.text, day.span.end, behind.span.start)
        if gap is None:
            found.clear()
        else:
            found.append((day, gap["place"]))
    return found


def repeated(deed: Deed, what: str, place: str | None) -> str | None:
    """What a deed is about on another of its days (9일 대전, 10일 광주에서 간담회를 열었다), or None."""
    if deed.rule == "again":
        return what
    if place is None or deed.rule not in _REPEATED or not is_place(place.split()[0]):
        return None
    return f"{place} {what}"
