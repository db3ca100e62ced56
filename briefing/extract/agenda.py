"""Schedules of a day or week: ▲2일(월) 곽 대표, 금융위원장과 면담(여의도), one entry behind the other.

Their entries have no verbs: a noun at the end tells what somebody is to do, and the day stands in front. An
entry appoints nobody, whatever titles it holds.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from datetime import date

from briefing.extract.dates import Day, find_days
from briefing.extract.document import Document, Mention
from briefing.extract.occasions import destinations
from briefing.extract.records import record
from briefing.korean.wordlists import worded
from briefing.model import Activity, ActivityKind, Span

RULE = "schedule"
_TITLE = worded(r"(?<![가-힣]){occasions.agenda.titles}(?![가-힣])|{occasions.agenda.titles}[\])}>〉】]")
_HEADED = worded(
    r"^\W{1,2}[^\])}>〉】]{0,16}{occasions.agenda.titles}[\])}>〉】]|{occasions.agenda.titles}\W*$"
)
_MARKS = "▲△◇◆■□●○▶▷•▣◎"
# An entry begins with a mark, or with the line.
_ENTRY = re.compile(rf"(?:^|(?<=\n)|(?<=\s))[{_MARKS}]|(?:^|(?<=\n))(?=\S)")
_MARKED = re.compile(rf"(?:^|(?<=\s))[{_MARKS}]")
_LEAD = re.compile(rf"[\s{_MARKS}\-*·–—<\[(【]*")
_DAY = re.compile(
    r"(?:(?:\d{1,2}월\s?)?\d{1,2}일|(?P<month>\d{1,2})[./](?P<number>\d{1,2}))(?P<week>\s?\((?:[월화수목금토일]|[月火水木金土日])(?:요일)?\))?(?![가-힣~∼])[\s\])】>:=,·]*"
)
# 오전 10시 30분, 14:00
_HOUR = re.compile(r"\s*(?:\(?(?:오전|오후|저녁)?\s?\d{1,2}(?:시(?:\s?\d{1,2}분|\s?반)?|:\d\d)\)?[\s,]*)?")
_PROSE = re.compile(r"[다요까]\s?[.?!]")
_CLOSED = re.compile(r"\.\s|[;/]\s|[\n.]$|$")
_ENDS = worded(
    r"(?:^|(?<=[\s·,’'”\"』」>》]))(?:(?P<meeting>{occasions.agenda.meeting})|(?P<event>{occasions.agenda.event}|[가-힣]*{occasions.agenda.endings})"
    r"|(?P<trip>{occasions.agenda.trip})|(?P<visit>{occasions.agenda.visit})|(?P<deal>{occasions.agenda.deal}))"
    r"(?:\s?{occasions.agenda.set})?\s?(?:\([^()\n]*\))?\s?$"
)
_APART = re.compile(r"(?:은|는|이|가)?\s?,")
_OCCASION = worded(r"[가-힣]*{occasions.agenda.endings}")
_PAPERS = worded(r"{occasions.agenda.papers}")
# A 회장·B 사장, A 회장과 B 사장
_JOINED = re.compile(r"\s?(?:[·,‧-]|[과와]|및)\s?(?:[^\s,·]+\s){0,2}")
_COMMA = re.compile(r"[\s,은는이가]*")
_NOTE = re.compile(r"\([^()]*\)\s*$")
# What stands before a name in an entry is told apart from him so.
_PARTS = (", ", ". ", "…")
_STRIP = " \t,·:-=–—"
# A heading is no longer.
_FIRST_LINE = 60
# Two days make a schedule where its headline says so or days of the week stand beside them.
_FEW = 2


@record(frozen=True, slots=True)
class Entry:
    """An entry of a schedule, its mark and day left out."""

    span: Span
    day: date | None


def find_agenda(document: Document) -> tuple[Entry, ...]:
    """Entries of a schedule, those that are sentences left out; empty where the article is none."""
    text = document.text
    first_line = text[:_FIRST_LINE].partition("\n")[0]
    heading = first_line[:1] in _MARKS and _TITLE().search(first_line) is not None
    titled = _TITLE().search(document.article.title or "") is not None
    headed = titled or heading
    if not headed and not any(f"({c}" in text for c in "월화수목금토"):
        return ()
    found: list[Entry] = []
    headline = _of_headline(document.article.title, document.day)
    headline = day = headline or _of_headline(first_line, document.day, heading=heading)
    dated = 0
    if day is not None and len(_MARKED.findall(text)) >= _FEW:
        dated = _FEW
    for begin, end in _pieces(text):
        at = _past(_LEAD, text, begin, end)
        if match := _DAY.match(text, at, end):
            if not headed and not match["week"]:
                return ()
            day = _first(document, match)
            dated += 1
            at = match.end()
        start = _past(_HOUR, text, at, end)
        marked = text[begin] in _MARKS or day is not headline
        if dated and marked and end - start > 1 and not _PROSE.search(text, start, end):
            found.append(Entry(Span(start, start + len(text[start:end].rstrip())), day))
    deeds = titled or any(_tells(text, entry.span) for entry in found)
    return tuple(found) if dated >= _FEW and deeds else ()


def _tells(text: str, span: Span) -> bool:
    """True for an entry that ends like one of a schedule; those of a list of appointments do not."""
    return _ENDS().search(text, span.start, span.end) is not None


def _of_headline(line: str, published: date | None, *, heading: bool = False) -> date | None:
    """The day of a schedule of one day: [오늘의 재계 일정], 9일 기업 동정; as a heading ◇12일 업계 일정."""
    if not heading and _HEADED().search(line) is None:
        return None
    days = {(d.first, d.last) for d in find_days(line, published, ahead=True)}
    first, last = days.pop() if len(days) == 1 else (None, None)
    return first if last is None else None


def _first(document: Document, match: re.Match[str]) -> date | None:
    """The day an entry begins with; 3/9 is the ninth of March."""
    written = f"{match['month']}월 {match['number']}일" if match["month"] else match[0]
    days: Sequence[Day] = find_days(written, document.day, ahead=True)
    return days[0].first if days else None


def _pieces(text: str) -> Iterator[tuple[int, int]]:
    starts = [m.start() for m in _ENTRY.finditer(text)]
    for start, following in zip(starts, [*starts[1:], len(text)], strict=True):
        line = text.find("\n", start, following)
        yield start, (following if line < 0 else line)


def _past(pattern: re.Pattern[str], text: str, start: int, end: int) -> int:
    match = pattern.match(text, start, end)
    return match.end() if match else start


def within(entries: Sequence[Entry], at: int) -> bool:
    """True for an offset inside an entry."""
    n = bisect_right(entries, at, key=lambda e: e.span.start) - 1
    return n >= 0 and at < entries[n].span.end


def activities_of(document: Document, entries: Sequence[Entry]) -> list[Activity]:
    """What executives are to do, by the nouns with which the entries end."""
    return [a for entry in entries for a in _read(document, entry)]


def _read(document: Document, entry: Entry) -> Iterator[Activity]:
    text, (start, end) = document.text, (entry.span.start, entry.span.end)
    while start < end:
        closed = _CLOSED.search(text, start, end)
        stop = closed.start() if closed else end
        told = _ENDS().search(text, start, stop)
        people = [m for m in document.mentions_in(Span(start, stop)) if document.persona_of(m).executive]
        if told is not None and (
            people := [m for m in people if m.span.end < told.start(told.lastgroup or 0)]
        ):
            yield from _tell(document, entry, told, people)
        start = max(stop, closed.end() if closed else end, start + 1)


def _tell(
    document: Document, entry: Entry, told: re.Match[str], people: Sequence[Mention]
) -> Iterator[Activity]:
    noun = told.start(told.lastgroup or 0)
    actors, what = _split(document.text, entry, noun, people)
    settled = _settled(document, told, actors, what, people)
    if settled is None:
        return
    kind, what = settled
    actors = list(people) if kind is ActivityKind.MEETING else actors
    for mention in actors:
        persona = document.persona_of(mention)
        others = [m for m in actors if m.persona != mention.persona]
        about, beside = what, tuple(document.persona_of(m).name for m in others)
        if kind is ActivityKind.MEETING and others:
            about, beside = ", ".join(m.form for m in others), ()
        yield Activity(
            person=persona.name, company=persona.company, kind=kind, what=" ".join(about.split()),
            when=entry.day, evidence=(entry.span,), title=persona.title_shown, companions=beside,
            planned=document.day is None or entry.day is None or entry.day >= document.day,
            rule=f"{RULE}; named",
        )  # fmt: skip


def _split(text: str, entry: Entry, noun: int, people: Sequence[Mention]) -> tuple[list[Mention], str]:
    """Who acts, and what stands between them and the noun, or in front of them where nothing does."""
    last = people[-1].span.end
    if text[last:noun].strip(_STRIP):
        actors = _run(text, people, last=False)
        end = actors[-1].span.end
        what = text[_past(_HOUR, text, _past(_COMMA, text, end, noun), noun) : noun]
        deed, _, rest = what.partition("…")  # A 회장 방한…이사장 예방
        return actors, (rest if rest and _ENDS().search(deed) else what).strip(_STRIP)
    actors = _run(text, people, last=True)
    what = text[entry.span.start : actors[0].span.start]
    return actors, _NOTE.sub("", what[: max(0, *map(what.rfind, _PARTS))]).strip(_STRIP)


def _settled(
    document: Document, told: re.Match[str], actors: Sequence[Mention], what: str, people: Sequence[Mention]
) -> tuple[ActivityKind, str] | None:
    """The kind of a deed and what it is about, or None if the noun alone does not tell it."""
    kind, text = ActivityKind(told.lastgroup or "event"), document.text
    noun = told.start(told.lastgroup or 0)
    word = text[noun : told.end()].partition("(")[0].strip()
    if kind is ActivityKind.DEAL:
        what = what.rpartition(", ")[2]
        return (kind, what) if _PAPERS().search(what) else None
    if kind in {ActivityKind.TRIP, ActivityKind.VISIT}:
        places = [p.of(text) for p in destinations(document, actors[-1].span.end, noun)]
        if kind is ActivityKind.TRIP or (places and what.endswith(places[-1])):
            return ActivityKind.TRIP, places[-1] if places else word  # also 베트남 방문
        return (kind, what) if what else None
    if kind is ActivityKind.MEETING:
        return (kind, f"{what} {word}".strip()) if what or len(people) > 1 else None
    if what in {document.persona_of(m).company for m in people}:
        return kind, word  # 다솔전자, 곽 사장 취임식
    if what and _OCCASION().fullmatch(word):  # A 사장, 운반선 명명식; not A 사장 규탄 총회
        return (kind, f"{what} {word}") if _APART.match(text, actors[-1].span.end) else None
    return kind, what or word


def _run(text: str, people: Sequence[Mention], *, last: bool) -> list[Mention]:
    """Those who are told together, at the beginning or at the end."""
    order = list(reversed(people)) if last else list(people)
    run = order[:1]
    for one in order[1:]:
        left, right = (one, run[-1]) if last else (run[-1], one)
        if not _JOINED.fullmatch(text, left.span.end, right.span.start):
            break
        if not last and left.particle in {"과", "와"} and right.particle in {"과", "와"}:
            break
        run.append(one)
    return list(reversed(run)) if last else run
