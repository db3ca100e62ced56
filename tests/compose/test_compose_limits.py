"""Whatever the stories hold, every message is one Telegram accepts, and no item is lost or cut."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Calendar
from jinja2 import TemplateNotFound, UndefinedError

from bot.keyboards import markup
from briefing.compose.buttons import fold_buttons
from briefing.compose.editions import digest_edition
from briefing.compose.markup import MAX_CAPTION_UNITS, MAX_ENTITIES, MAX_UNITS, parse, utf16
from briefing.compose.paging import ITEM, SECTION, pages
from briefing.compose.render import Renderer, to_markdown, to_text
from briefing.errors import DataError
from briefing.findings import Agenda, MovesBrief, Namesake, PersonBrief
from briefing.model import (
    Activity,
    ActivityKind,
    CompanyBrief,
    Edition,
    EditionKind,
    Move,
    MoveKind,
    MoveStatus,
    Person,
    Quote,
    QuotedBy,
    Resolution,
    Source,
    Span,
    StoredFact,
    Story,
)
from briefing.stories.persons import posts_held
from briefing.stories.ranking import build_stories
from tests.compose.compose_samples import (
    HANBYEOL,
    NOW,
    SUBSCRIBER,
    WEEK,
    brief,
    hostile,
    journey,
    move,
    row,
    rumour,
    source,
)

RENDERER = Renderer()
TEXT = st.text(max_size=60) | st.sampled_from(
    ["남궁진", "<b>", "&amp;", "😀" * 30, "المدير", "가" * 500, "a b " * 90]
)
OPTIONAL = st.none() | TEXT
COMPANY = st.sampled_from(["한별전자", "노을화학", None])
DAYS = st.none() | st.dates(date(2026, 11, 1), date(2027, 1, 31))


SPAN = (Span(0, 1),)
FACTS = st.one_of(
    st.builds(
        Move,
        TEXT,
        COMPANY,
        st.sampled_from(MoveKind),
        OPTIONAL,
        st.sampled_from(MoveStatus),
        evidence=st.just(SPAN),
    ),
    st.builds(
        Activity,
        TEXT,
        COMPANY,
        st.sampled_from(ActivityKind),
        TEXT,
        DAYS,
        st.just(SPAN),
        title=OPTIONAL,
        until=DAYS,
        place=OPTIONAL,
        companions=st.lists(TEXT, max_size=8).map(tuple),
        planned=st.booleans(),
    ),
    st.builds(
        Quote,
        OPTIONAL,
        COMPANY,
        OPTIONAL,
        TEXT,
        st.sampled_from(QuotedBy),
        st.booleans(),
        st.just(SPAN[0]),
        st.just(SPAN),
    ),
)
SOURCES = st.builds(
    Source,
    article_id=st.integers(1, 9),
    outlet=TEXT,
    url=st.sampled_from(["https://news.example/1?a=1&b=2", "", "javascript:x", "http://[", "https://e/<>"]),
    title=TEXT,
    published=st.integers(0, 9000).map(lambda minutes: NOW - timedelta(minutes=minutes)),
    sentence=TEXT,
    resolutions=st.lists(st.builds(Resolution, TEXT, TEXT), max_size=2).map(tuple),
)


@st.composite
def stories(draw: st.DrawFn) -> Story:
    facts = [StoredFact(1, draw(FACTS), draw(SOURCES)) for _ in range(draw(st.integers(0, 25)))]
    people = tuple(Person(draw(TEXT), "한별전자", draw(OPTIONAL)) for _ in range(draw(st.integers(0, 3))))
    return build_stories([row(1, 3, tuple(draw(st.lists(TEXT, max_size=3))), people, draw(TEXT))], facts)[0]


@settings(max_examples=60, deadline=None)
@given(st.lists(stories(), max_size=4))
def test_any_stories_make_messages_telegram_takes(told: list[Story]) -> None:
    told = [replace(story, id=number) for number, story in enumerate(told, 1)]
    edition = Edition("alert:1", 1, EditionKind.ALERT, WEEK, ("한별전자",), tuple(told[:1]))
    parts = [
        *RENDERER.brief(CompanyBrief(HANBYEOL, WEEK, tuple(told))),
        *RENDERER.digest(digest_edition(SUBSCRIBER, told, NOW)),
        *(RENDERER.alert(edition) if told else ()),
        *RENDERER.evidence(*told),
        *RENDERER.brief(CompanyBrief(HANBYEOL, WEEK, tuple(told)), everything=True),
        *RENDERER.moves(MovesBrief(WEEK, tuple(told)), everything=True),
        *RENDERER.agenda(Agenda("한별전자", NOW.date(), tuple(told), NOW), show_company=True),
        *RENDERER.person(
            PersonBrief(Namesake("남궁진", ("<b>",), 3), posts_held(told, ()), tuple(told), NOW)
        ),
        *RENDERER.names(*told),
    ]
    for part in parts:
        parsed = parse(part.html)
        assert parsed.problems == ()
        assert 0 < parsed.units <= (MAX_CAPTION_UNITS if part.attachment else MAX_UNITS)
        markup(part.keyboard)
        if part.attachment:
            Calendar.from_ical(part.attachment.data)
        assert parsed.entities <= MAX_ENTITIES
        assert parsed.text.strip()
        part.html.encode()
        to_text(part, links=True)
        to_markdown(part)


@settings(deadline=None)
@given(
    st.lists(
        st.tuples(
            st.booleans(),
            st.text(st.characters(min_codepoint=33, exclude_categories=["Cs", "Zl", "Zp"]), min_size=1),
        ),
        max_size=80,
    ),
    st.integers(1, 400),
)
def test_parting_loses_nothing_and_cuts_no_item(items: list[tuple[bool, str]], repeat: int) -> None:
    blocks = [
        (head, text.translate({ord(c): "가" for c in "<>&"}) * (1 if head else repeat))
        for head, text in items
    ]
    blocks = [(head, text[:1500] + f"#{number}#") for number, (head, text) in enumerate(blocks)]
    rendered = "머리" + "".join((SECTION if head else ITEM) + text for head, text in blocks)
    parts = pages(rendered)
    for part in parts:
        assert utf16(part) <= MAX_UNITS
    whole = "\n".join(parts)
    for head, text in blocks:
        if not head:
            assert whole.count(text) == 1
        assert any(text in part for part in parts)


def test_a_section_goes_on_under_its_heading_and_a_heading_is_never_left_alone() -> None:
    rendered = (
        "머리" + SECTION + "<b>인사</b>" + "".join(f"{ITEM}• {number} " + "가" * 990 for number in range(9))
    )
    rendered += f"{SECTION}<b>행보</b>{ITEM}• " + "나" * 3800
    parts = pages(rendered)
    assert parts[1].startswith("<b>인사</b> (계속)\n• 4 ")
    assert not any(part.rstrip().endswith("</b>") for part in parts)
    assert parts[-1].startswith("<b>행보</b>\n• 나")


def test_entities_are_counted_too() -> None:
    parts = pages("".join(f'{ITEM}<a href="https://e.example/{n}">{n}</a>' for n in range(250)))
    assert [parse(part).entities for part in parts] == [100, 100, 50]


def test_an_item_no_message_could_hold_comes_without_markup_and_shortened() -> None:
    (part,) = pages(ITEM + "<b>" + "😀" * 5000 + "</b>")
    assert "<b>" not in part
    assert part.endswith("…")
    assert utf16(part) <= MAX_UNITS


def test_a_briefing_of_many_moves_keeps_every_line_whole() -> None:
    facts = [
        StoredFact(
            1,
            move(f"강{chr(0xAC00 + n)}늘", role=f"{n}담당 임원 " + "아주긴부서이름" * 8),
            source(n, minutes=n),
        )
        for n in range(60)
    ]
    many = build_stories([row(1, 60, ("새결경제",), (), "인사")], facts)[0]
    text = "\n".join(to_text(part) for part in RENDERER.brief(brief(many)))
    assert text.count("• 강") == 12
    assert "외 48건" in text


def test_keyboard_stands_on_the_last_part_only() -> None:
    parts = RENDERER.brief(brief(journey(), rumour(), hostile()))
    assert [bool(part.keyboard) for part in parts] == [False] * (len(parts) - 1) + [True]
    names = [button.action.name for line in parts[-1].keyboard for button in line if button.action]
    assert names == ["brief", "subscribe", "evidence_of", "who"]


def test_an_operators_template_stands_in_front_and_the_others_still_ship(tmp_path: Path) -> None:
    (tmp_path / "digest.html.j2").write_text("안녕 {{ companies | length }}", encoding="utf-8")
    own = Renderer(tmp_path)
    assert own.digest(digest_edition(SUBSCRIBER, (), NOW))[0].html == "안녕 3"
    assert own.brief(brief())[0].html == RENDERER.brief(brief())[0].html


def test_a_wrong_templates_folder_is_told(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="no such folder"):
        Renderer(tmp_path / "none")


def test_a_missing_value_or_reply_is_an_error_not_a_gap() -> None:
    with pytest.raises(UndefinedError):
        RENDERER.chat("subscribed", companies=("한별전자",))
    with pytest.raises(TemplateNotFound):
        RENDERER.chat("nothing_like_this")


def test_a_folded_list_of_any_length_is_unfolded_whole() -> None:
    names = [f"{chr(0xAC00 + n % 500)}{chr(0xB098 + n // 500)}늘" for n in range(1500)]
    facts = [StoredFact(1, move(name, "promoted", "상무"), source(1)) for name in names]
    story = build_stories([row(1, 1, ("새결경제",), (), "인사")], facts)[0]
    parts = RENDERER.names(story)
    assert len(parts) > 1
    text = " ".join(to_text(part).replace("\n", " ") for part in parts)
    assert all(name in text for name in names)
    (button,) = fold_buttons([story], 2)
    assert button.label == "상무 승진 1500명 보기"


def test_what_a_briefing_leaves_out_is_behind_a_button() -> None:
    facts = [
        StoredFact(1, move(f"강{chr(0xAC00 + n)}늘", role=f"{n}담당"), source(n, minutes=n))
        for n in range(20)
    ]
    many = build_stories([row(1, 20, ("새결경제",), (), "인사")], facts)[0]
    short, whole = RENDERER.brief(brief(many)), RENDERER.brief(brief(many), everything=True)
    labels = [[button.label for line in parts[-1].keyboard for button in line] for parts in (short, whole)]
    assert ["모두 보기" in found for found in labels] == [True, False]
    assert [sum(part.html.count("• 강") for part in parts) for parts in (short, whole)] == [12, 20]


def test_an_alert_counts_what_it_leaves_out() -> None:
    facts = [
        StoredFact(1, move(f"강{chr(0xAC00 + n)}늘", role=f"{n}담당"), source(n, minutes=n))
        for n in range(20)
    ]
    many = build_stories([row(1, 20, ("새결경제",), (), "인사")], facts)[0]
    (part,) = RENDERER.alert(Edition("alert:1", 1, EditionKind.ALERT, WEEK, ("한별전자",), (many,)))
    assert "외 12건" in part.html
