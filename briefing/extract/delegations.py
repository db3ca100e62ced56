"""Who travels with a delegation told of before: 사절단이 아스타나로 떠났다. 단장은 A 회장이 맡았다."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from briefing.extract.clauses import Argument, Clause, lemmas
from briefing.extract.dates import Day
from briefing.extract.deeds import Deed, Parse, find_idiom, told
from briefing.extract.document import Document
from briefing.extract.occasions import destinations
from briefing.extract.records import record
from briefing.korean.kiwi import Sentence
from briefing.korean.wordlists import worded
from briefing.model import Activity, ActivityKind

RULE = "travels with the delegation"
_NAMED = worded(r"{occasions.trip.delegations}(?![가-힣]*장)")
_OF_IT = worded(r"(?:{occasions.trip.delegations+occasions.trip.along+occasions.trip.party})(?:길|들)?$")
_JOURNEY = worded(r"{occasions.trip.along}|{occasions.trip.named}")
# Who belongs to it is told within so many characters.
_REACH = 600


@record(frozen=True, slots=True)
class Delegation:
    """A delegation that goes abroad.

    Attributes:
        what: Where to, as written.
        first: Its first day, or None.
        last: Its last day, or None.
        told: Where the sentence ends that told of it.
    """

    what: str
    first: date | None
    last: date | None
    told: int


def find_delegation(parse: Parse, days: tuple[Day, ...]) -> Delegation | None:
    """The delegation a sentence tells of, if it says to what country."""
    start, end = parse.bounds
    if parse.text.find("단", start, end) < 0:
        return None
    match = _NAMED().search(parse.text, start, end)
    if match is None or parse.document.quoted(match.start()):
        return None
    places = destinations(parse.document, start, end)
    goes = _JOURNEY().search(parse.text, start, end) is not None
    if not places or not (goes or any(c.lemma in _going() for c in parse.clauses)):
        return None
    day = days[0] if days else None
    where = places[-1].of(parse.text)
    return Delegation(where, day.first if day else None, day.last if day else None, end)


def names_delegation(document: Document, sentence: Sentence, known: Delegation | None) -> bool:
    """True where a sentence tells of a delegation, or stands near one that tells of it."""
    if known is not None and sentence.span.start - known.told <= _REACH:
        return True
    return _NAMED().search(document.text, sentence.span.start, sentence.span.end) is not None


def _going() -> frozenset[str]:
    return lemmas("trip", "goal") | lemmas("trip", "object") | lemmas("trip", "verbs")


def find_members(parse: Parse, delegation: Delegation | None) -> list[Deed]:
    """Those of whom a sentence says that they belong to the delegation told of before, or to one it names."""
    if parse.occasions:
        return []
    known = delegation is not None and parse.bounds[0] - delegation.told <= _REACH
    found = []
    for clause, phrases in parse.pairs():
        if known and delegation is not None and _joins(clause, phrases):
            found.append(told(clause, ActivityKind.TRIP, delegation.what, RULE, needs_name=True))
        elif (party := _party(parse, clause, phrases)) is not None:
            found.append(told(clause, ActivityKind.TRIP, party, RULE, needs_name=True))
    return found


def _party(parse: Parse, clause: Clause, phrases: tuple[Argument, ...]) -> str | None:
    """What the sentence itself calls the delegation: 방중 경제사절단에는 … 이름을 올렸다."""
    for phrase in phrases:
        if phrase.level or phrase.particle != "에" or _NAMED().search(phrase.words) is None:
            continue
        if find_idiom(clause, phrases, "joins") is None and clause.lemma not in lemmas("trip", "joins"):
            return None
        return parse.noun_phrase(phrase.span.end, " ,·의") or phrase.head
    return None


def _joins(clause: Clause, phrases: tuple[Argument, ...]) -> bool:
    if find_idiom(clause, phrases, "joins") is not None:
        return True
    # 투자에 참여했다, 이사로 뽑혔다 are other matters; 중견기업으로는 B 대표가 뽑혔다 is not
    own = [p for p in phrases if p.level == 0 and p.particle in {"에", "을", "로"} and not p.topic]
    return clause.lemma in lemmas("trip", "joins") and all(_OF_IT().search(p.head) for p in own)


def when_it_goes(activity: Activity, party: Delegation, today: date | None) -> Activity:
    """A member's journey with the days of the delegation."""
    ahead = party.first is not None and today is not None and party.first > today
    return replace(activity, when=party.first, until=party.last, planned=ahead)
