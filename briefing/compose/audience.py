"""What a subscriber wants to be told, and at which hours. Pure; words are data/audience.toml."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from briefing.korean.holidays import is_holiday
from briefing.korean.lexicon import words
from briefing.model import Activity, Fact, FactKind, MergedFact, Move, Person, Quote, person_of
from briefing.subscribers import ALL_DAYS, Quiet, Subscriber

_FILE = "audience.toml"

_EVER = datetime.min.replace(tzinfo=UTC)

LONGEST_GAP_DAYS = 40
"""Days looked ahead for a digest: longer than any run of holidays, even if one weekday only is wanted."""


def next_digest(
    times: Sequence[time],
    timezone: str,
    after: datetime,
    *,
    days: frozenset[int] = ALL_DAYS,
    on_holidays: bool = True,
) -> datetime | None:
    """The next moment a wall clock in `timezone` shows one of `times` on a day that has a digest.

    On a day whose clock skips that time (summer time begins) the digest comes as much later as the clock
    jumped; on a day that has it twice it comes the first time only.

    Args:
        times: Wall-clock times, naive.
        timezone: IANA name.
        after: Aware time; the answer lies strictly after it.
        days: ISO weekdays with a digest.
        on_holidays: Whether Korean public holidays have one.

    Returns:
        Aware UTC datetime; None if there is no such moment.

    Raises:
        zoneinfo.ZoneInfoNotFoundError: No such zone.
    """
    zone = ZoneInfo(timezone)
    # A zone may leave out a whole day (Samoa, 2011-12-30), so a day's moments may lie on the next.
    first = after.astimezone(zone).date() - timedelta(days=1)
    for number in range(LONGEST_GAP_DAYS):
        day = first + timedelta(days=number)
        if day.isoweekday() not in days or (not on_holidays and is_holiday(day)):
            continue
        moments = [moment for local in times if (moment := _moment(day, local, zone)) > after]
        if moments:
            return min(moments)
    return None


def _moment(day: date, local: time, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, local.replace(tzinfo=None, fold=0), tzinfo=zone).astimezone(UTC)


def digest_after(subscriber: Subscriber, after: datetime) -> datetime | None:
    """When a subscriber's next digest is due by their settings, UTC; None if it is off."""
    return next_digest(
        subscriber.digest_times,
        subscriber.timezone,
        after,
        days=subscriber.digest_days,
        on_holidays=subscriber.on_holidays,
    )


def quiet_until(quiet: Quiet | None, timezone: str, now: datetime) -> datetime | None:
    """When the quiet hours end that `now` lies in, UTC; None outside of them.

    Args:
        quiet: From the first time (included) to the second (excluded); equal times are no hours at all.
        timezone: IANA name.
        now: Aware time.
    """
    if quiet is None or quiet.begins == quiet.ends:
        return None
    zone = ZoneInfo(timezone)
    today = now.astimezone(zone).date()
    for day in (today - timedelta(days=1), today):
        begins = _moment(day, quiet.begins, zone)
        last = day if quiet.begins < quiet.ends else day + timedelta(days=1)
        ends = _moment(last, quiet.ends, zone)
        if begins <= now < ends:
            return ends
    return None


@dataclass(frozen=True, slots=True)
class Interests:
    """What a subscriber follows, with the time from which each is followed.

    Attributes:
        companies: Canonical name -> since when alerts on it are wanted, UTC.
        persons: Name, companies it is restricted to (none: any), since when.
        topics: Id of a topic, companies it is restricted to (none: any), since when.
    """

    companies: Mapping[str, datetime]
    persons: tuple[tuple[str, frozenset[str], datetime], ...]
    topics: tuple[tuple[str, frozenset[str], datetime], ...]

    @classmethod
    def of(cls, subscriber: Subscriber, covers: Mapping[str, Sequence[str]]) -> Interests:
        """Of a subscriber.

        Args:
            covers: For groups, the canonical names they cover; others cover themselves.
        """
        chosen = subscriber.alerts_since or _EVER

        def within(company: str | None) -> frozenset[str]:
            return frozenset() if company is None else frozenset((company, *covers.get(company, ())))

        companies: dict[str, datetime] = {}
        followed = subscriber.followed_since or (_EVER,) * len(subscriber.companies)
        for name, since in zip(subscriber.companies, followed, strict=True):
            asked = max(since, chosen)
            for member in (name, *covers.get(name, ())):
                companies[member] = min(asked, companies.get(member, asked))
        return cls(
            companies,
            tuple(
                (one.name, within(one.company), max(one.since or _EVER, chosen)) for one in subscriber.persons
            ),
            tuple(
                (one.topic, within(one.company), max(one.since or _EVER, chosen)) for one in subscriber.topics
            ),
        )

    def since(self, fact: Fact) -> datetime | None:
        """Since when a fact like this is wanted; None if nothing that is followed asks for it."""
        who = person_of(fact)
        topics = fact.topics if isinstance(fact, Quote) else ()
        followed = self.companies.get(fact.company or "")
        found = [] if followed is None else [followed]
        found += [
            since
            for name, within, since in self.persons
            if name == who and (not within or fact.company in within)
        ]
        found += [
            since
            for topic, within, since in self.topics
            if topic in topics and (not within or fact.company in within)
        ]
        return min(found, default=None)


def kind_of(fact: Fact) -> FactKind:
    """Which of the three kinds a fact is."""
    match fact:
        case Move():
            return FactKind.MOVE
        case Activity():
            return FactKind.ACTIVITY
        case Quote():
            return FactKind.QUOTE


def of_kind(facts: Sequence[MergedFact], kind: FactKind | None) -> tuple[MergedFact, ...]:
    """The facts of one kind; all of them for None."""
    return tuple(merged for merged in facts if kind is None or kind_of(merged.fact) is kind)


def is_top(title: str | None) -> bool:
    """Whether a post is one of a company's top (사장, 대표, 회장, CEO …).

    Raises:
        DataError: audience.toml is wrong.
    """
    rest = (title or "").upper()
    for word in words(_FILE, "top", "less"):
        rest = rest.replace(word, "")
    return any(word in rest for word in words(_FILE, "top", "words"))


def concerns_top(fact: Fact, people: Iterable[Person]) -> bool:
    """Whether a fact is about one of the top, by the post it tells or one told of its person."""
    match fact:
        case Move(person=name, role=role):
            own = role
        case Activity(person=name):
            own = None
        case Quote(speaker=name, title=own):
            pass
    return is_top(own) or any(person.name == name and is_top(person.title) for person in people)
