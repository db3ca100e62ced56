"""The calendar file: read back as a calendar program would."""

from dataclasses import replace
from datetime import date, timedelta

from icalendar import Calendar, Event

from briefing.compose.render import Renderer
from briefing.findings import Agenda
from briefing.model import Activity, Story
from tests.compose.compose_samples import NOW, hostile_plans, journey, plans

RENDERER = Renderer()


def file_of(*stories: Story) -> bytes:
    parts = RENDERER.agenda(Agenda("한별전자", NOW.date(), stories, NOW))
    assert parts[-1].attachment is not None
    return parts[-1].attachment.data


def events(*stories: Story) -> list[Event]:
    return list(Calendar.from_ical(file_of(*stories)).walk("VEVENT"))


def moved(story: Story, to: date) -> Story:
    facts = tuple(
        replace(merged, fact=replace(merged.fact, when=to))
        if isinstance(merged.fact, Activity) and merged.fact.when
        else merged
        for merged in story.facts
    )
    return replace(story, facts=facts)


def test_an_occasion_is_an_event_of_whole_days_with_place_proof_and_link() -> None:
    talk = next(event for event in events(plans()) if "기업설명회" in event["SUMMARY"])
    assert talk["SUMMARY"] == "한별전자 남궁진 사장·차수빈 기업설명회"
    assert talk.decoded("DTSTART") == date(2026, 12, 1)
    assert talk.decoded("DTEND") == date(2026, 12, 2)
    assert talk["LOCATION"] == "여의도"
    assert "남궁진 사장이 다음 달 1일 여의도에서" in talk["DESCRIPTION"]
    assert talk["URL"] == "https://news.example/61?a=1&b=2"


def test_several_days_end_the_day_after_the_last() -> None:
    story = replace(journey(), facts=tuple(m for m in journey().facts if getattr(m.fact, "until", None)))
    (meeting,) = events(story)
    assert meeting.decoded("DTSTART") == date(2026, 11, 28)
    assert meeting.decoded("DTEND") == date(2026, 12, 1)


def test_what_has_no_day_is_in_the_list_but_not_in_the_file() -> None:
    parts = RENDERER.agenda(Agenda("한별전자", NOW.date(), (plans(),), NOW))
    assert "협력사" in parts[0].html
    assert b"\xed\x98\x91\xeb\xa0\xa5\xec\x82\xac" not in file_of(plans())


def test_a_corrected_date_moves_the_event_instead_of_adding_one() -> None:
    later = moved(plans(), date(2026, 12, 8))
    assert {event["UID"] for event in events(plans())} == {event["UID"] for event in events(later)}
    assert {event.decoded("DTSTART") for event in events(later)} >= {date(2026, 12, 8)}


def test_the_same_occasion_on_two_days_is_two_events() -> None:
    weekly = plans()
    again = tuple(
        replace(m, fact=replace(m.fact, when=m.fact.when + timedelta(days=7)))
        for m in weekly.facts
        if isinstance(m.fact, Activity) and m.fact.when
    )
    found = events(replace(weekly, facts=(*weekly.facts, *again)))
    assert len({event["UID"] for event in found}) == len(found)


def test_text_from_outside_adds_no_line_and_no_event() -> None:
    (event,) = events(hostile_plans())
    assert "X-EVIL" not in event
    assert "URL" not in event
    assert event["SUMMARY"].count("END:VCALENDAR") >= 1, "kept, as words"
    lines = file_of(hostile_plans()).split(b"\r\n")
    assert all(len(line) <= 75 for line in lines)
    assert lines.count(b"END:VCALENDAR") == 1
