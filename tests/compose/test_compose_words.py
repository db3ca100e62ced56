from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.panel import Page
from briefing.compose import formatting
from briefing.compose.activities import activity_items
from briefing.compose.audience import next_digest
from briefing.compose.editions import LONGEST_PERIOD, alert_editions, digest_edition
from briefing.compose.markup import parse
from briefing.compose.render import Renderer
from briefing.compose.wording import activity_phrase, move_words, place_name, post_label
from briefing.errors import DataError
from briefing.korean.josa import with_particle
from briefing.model import MergedFact, Move, StoredFact, Story
from briefing.stories.ranking import build_stories
from briefing.subscribers import AlertLevel, Subscriber
from tests.compose.compose_samples import (
    NOW,
    SUBSCRIBER,
    activity,
    brief,
    journey,
    move,
    quote,
    replacement,
    row,
    rumour,
    source,
)

SEOUL = ZoneInfo("Asia/Seoul")
RENDERER = Renderer()


# ------------------------------------------------------------------ formatting


@pytest.mark.parametrize(
    ("first", "last", "shown"),
    [
        (date(2026, 11, 27), None, "11.27(금)"),
        (date(2026, 11, 24), date(2026, 11, 26), "11.24(화)–26(목)"),
        (date(2026, 11, 30), date(2026, 12, 2), "11.30(월)–12.2(수)"),
        (date(2026, 12, 31), date(2027, 1, 2), "12.31(목)–1.2(토)"),
        (date(2025, 3, 2), None, "2025.3.2(일)"),
        (date(2026, 11, 27), date(2026, 11, 20), "11.27(금)"),
    ],
)
def test_days_are_short_and_say_the_year_only_when_needed(first: date, last: date | None, shown: str) -> None:
    assert formatting.days(first, last, date(2026, 11, 27)) == shown


@settings(deadline=None)
@given(
    st.text(st.sampled_from("가나다며 고.,그래서 하면서 "), min_size=0, max_size=400), st.integers(20, 150)
)
def test_a_quotation_is_never_reworded(text: str, limit: int) -> None:
    shown = formatting.cut_quote(text, limit)
    whole = " ".join(text.split())
    if len(whole) <= limit:
        assert shown == whole
    else:
        assert shown.endswith(" …")
        assert whole.startswith(shown[:-2])
        assert len(shown) <= limit + 2


def test_a_quotation_ends_at_a_sentence_or_a_clause() -> None:
    sentences = "올해는 어렵다. 내년에는 투자를 두 배로 늘린다. " + "그리고 " * 40
    assert formatting.cut_quote(sentences, 50) == "올해는 어렵다. 내년에는 투자를 두 배로 늘린다. …"
    clauses = "매출보다 이익을 먼저 보는 회사로 바꾸고 있으며 " + "가나다라 " * 30
    assert formatting.cut_quote(clauses, 60) == "매출보다 이익을 먼저 보는 회사로 바꾸고 있으며 …"


@pytest.mark.parametrize(
    ("word", "shown"),
    [
        ("한별전자", "한별전자를"),
        ("노을화학", "노을화학을"),
        ("LG", "LG를"),
        ("SKM", "SKM을"),
        ("코리아1", "코리아1을"),
        ("???", "???를"),
    ],
)
def test_particles_fit_the_word(word: str, shown: str) -> None:
    assert with_particle(word, "을/를") == shown


def test_a_period_counts_days_as_people_do() -> None:
    week = datetime(2026, 11, 20, 15, tzinfo=UTC)
    # whatever the hour of asking, the first day is the one from whose midnight on was looked
    for hour in (1, 9, 14):
        asked = datetime(2026, 11, 27, hour, tzinfo=UTC)
        assert formatting.period_days(week, asked, SEOUL) == (7, date(2026, 11, 21), date(2026, 11, 27))
    midnight = datetime(2026, 11, 26, 15, 0, tzinfo=UTC)
    assert (
        formatting.period_days(midnight - timedelta(days=1), midnight, SEOUL)[1:] == (date(2026, 11, 26),) * 2
    )


@pytest.mark.parametrize(
    ("since", "shown"),
    [
        ("2026-11-21T00:00+09:00", "최근 7일 (11.21–11.27)"),
        ("2026-11-27T00:00+09:00", "11.27(금)"),
        ("2025-11-28T00:00+09:00", "최근 365일 (2025.11.28–2026.11.27)"),
        ("2026-11-26T18:00+09:00", "11.26 18:00–11.27 18:00"),
    ],
)
def test_a_period_says_its_bounds(since: str, shown: str) -> None:
    asked = datetime.fromisoformat(since), NOW + timedelta(seconds=1)
    assert formatting.period_words(*asked, SEOUL) == shown


def test_a_year_is_said_of_both_ends_or_of_none() -> None:
    def shown(first: date, last: date) -> str:
        return formatting.days(first, last, date(2024, 5, 12), weekday=False)

    assert shown(date(2023, 5, 14), date(2024, 5, 12)) == "2023.5.14–2024.5.12"
    assert shown(date(2023, 5, 14), date(2023, 6, 1)) == "2023.5.14–6.1"
    assert shown(date(2024, 4, 13), date(2024, 5, 12)) == "4.13–5.12"


# ------------------------------------------------------------------ wording


@pytest.mark.parametrize(
    ("titles", "shown"),
    [
        (["사장", "최고경영자(CEO)"], "사장(CEO)"),
        (["영업본부장", "사장"], "영업본부장(사장)"),
        (["사장", "대표이사 사장"], "사장"),
        (["CFO", "부사장"], "부사장(CFO)"),
        (["최고경영자(CEO)"], "CEO"),
        (["최고경영자(CEO)", "사장"], "사장(CEO)"),
        (["최고기술책임자", "전무"], "전무(CTO)"),
        (["HE사업본부장(사장)", "사장"], "HE사업본부장(사장)"),
        ([None, "", "상무"], "상무"),
        ([], ""),
    ],
)
def test_titles_make_one_label(titles: list[str | None], shown: str) -> None:
    assert post_label(titles) == shown


def test_the_articles_own_verb_is_said_only_where_it_stands_alone() -> None:
    def said(sentence: str, kind: str = "departed", status: str = "done") -> str:
        return move_words(MergedFact(move("남궁진", kind, "부회장", status), (source(1, sentence=sentence),)))

    assert said("남궁진 부회장은 용퇴한다.") == "용퇴"
    assert said("남궁진 부회장은 물러난다.") == "퇴임"
    assert said("사임설을 부인하던 남궁진 부회장이 해임됐다.") == "퇴임"
    assert said("연임에 성공했다", "retained") == "연임"
    assert said("남궁진 부회장이 내정될 전망이다", "appointed", "rumored") == "선임 유력"


@pytest.mark.parametrize(
    ("kind", "what", "sentence", "shown"),
    [
        ("trip", "미국", "", "미국 출장"),
        ("trip", "미국 출장길", "", "미국 출장"),
        ("event", "해외 인재 채용 행사 '한별 개발자 포럼'", "", "한별 개발자 포럼"),
        ("event", "한별전자 정기 주주총회", "한별전자 정기 주주총회를 주재했다", "정기 주주총회 주재"),
        ("event", "개발자 포럼", "개발자 포럼 참석자들을 만났다", "개발자 포럼"),
        ("event", "▲인재 확보 ▲설명회", "", "인재 확보 · 설명회"),
        ("meeting", "노을화학 대표", "노을화학 대표를 접견했다", "노을화학 대표 접견"),
        ("meeting", "임직원 간담회", "", "임직원 간담회"),
        ("deal", "리튬 공급", "리튬 공급 계약에 서명했다", "리튬 공급 서명"),
    ],
)
def test_an_activity_is_a_short_noun_phrase(kind: str, what: str, sentence: str, shown: str) -> None:
    assert (
        activity_phrase(MergedFact(activity("남궁진", kind, what), (source(1, sentence=sentence),))) == shown
    )


@pytest.mark.parametrize(
    ("place", "shown"),
    [
        ("미국 캘리포니아주 쿠퍼티노", "쿠퍼티노"),
        ("서울 강서구 본사", "서울 강서구 본사"),
        ("미국", "미국"),
        ("제주", "제주"),
        (None, None),
    ],
)
def test_a_place_is_told_by_its_nearest_name(place: str | None, shown: str | None) -> None:
    assert place_name(activity("남궁진", "event", "포럼", place=place)) == shown


def items(*facts):
    told = build_stories(
        [row(1, 1, ("새결경제",), (), "제목")],
        [StoredFact(1, fact, source(n)) for n, fact in enumerate(facts)],
    )
    return activity_items(told[0], told[0].facts, NOW.date())


def test_company_on_a_trip_has_no_item_beside_the_hosts() -> None:
    day = date(2026, 11, 25)
    host = activity("남궁진", "event", "한별 개발자 포럼", day, companions=("차수빈", "여민구"))
    guest = activity("차수빈", "event", "개발자 포럼", day, companions=("남궁진", "여민구"))
    other = activity("여민구", "visit", "오스틴 공장", day)
    found = items(activity("남궁진", "trip", "미국"), host, guest, other)
    assert sorted(item.who for item in found) == ["남궁진", "여민구"]


def test_people_who_did_the_same_share_a_line_and_nobody_is_lost() -> None:
    both = [
        activity(name, "deal", "리튬 공급 협약", companions=("남궁진", "위나래"))
        for name in ("남궁진", "위나래")
    ]
    (shared,) = items(*both)
    assert set(shared.who.split("·")) == {"남궁진", "위나래"} or shared.companions
    names = {"남궁진", "위나래"}
    assert all(name in shared.who or name in shared.companions for name in names)
    apart = items(both[0], activity("위나래", "deal", "합작 계약", companions=("남궁진",)))
    assert {item.who for item in apart} == names


PEOPLE = ("남궁진", "위나래", "차수빈", "여민구")
WHAT = ("개발자 포럼", "한별 개발자 포럼", "리튬 협약")


@settings(deadline=None)
@given(
    st.lists(
        st.builds(
            activity,
            st.sampled_from(PEOPLE),
            st.sampled_from(["event", "trip", "deal"]),
            st.sampled_from(WHAT),
            st.none() | st.just(date(2026, 11, 25)),
            companions=st.lists(st.sampled_from(PEOPLE), max_size=3).map(tuple),
        ),
        max_size=8,
    )
)
def test_everybody_who_acts_is_named_and_nobody_twice(facts) -> None:
    found = items(*facts)
    # a trip and what is no part of it are two items of one person
    heads = [(name, item.main, item.stations) for item in found for name in item.who.split("·")]
    assert len(heads) == len(set(heads))
    hosts = [name for name, _, _ in heads]
    assert {fact.person for fact in facts} <= {*hosts, *(name for item in found for name in item.companions)}
    for item in found:
        assert not set(item.who.split("·")) & set(item.companions)


# ------------------------------------------------------------------ editions


@pytest.mark.parametrize(
    ("zone", "local", "after", "expected"),
    [
        ("Asia/Seoul", time(8), "2026-11-26T22:59:00+00:00", "2026-11-26T23:00:00+00:00"),
        ("Asia/Seoul", time(8), "2026-11-26T23:00:00+00:00", "2026-11-27T23:00:00+00:00"),
        # summer time begins 2026-03-08 02:00 in New York: 02:30 is skipped and comes as 03:30 EDT
        ("America/New_York", time(2, 30), "2026-03-08T05:00:00+00:00", "2026-03-08T07:30:00+00:00"),
        ("America/New_York", time(2, 30), "2026-03-08T07:30:00+00:00", "2026-03-09T06:30:00+00:00"),
        # and ends 2026-11-01: 01:30 comes twice, the digest once
        ("America/New_York", time(1, 30), "2026-11-01T05:00:00+00:00", "2026-11-01T05:30:00+00:00"),
        ("America/New_York", time(1, 30), "2026-11-01T05:30:00+00:00", "2026-11-02T06:30:00+00:00"),
        # Samoa had no 2011-12-30
        ("Pacific/Apia", time(8), "2011-12-30T04:00:00+00:00", "2011-12-30T18:00:00+00:00"),
    ],
)
def test_the_next_digest_keeps_the_wall_clock(zone: str, local: time, after: str, expected: str) -> None:
    assert next_digest((local,), zone, datetime.fromisoformat(after)) == datetime.fromisoformat(expected)


@settings(deadline=None)
@given(
    st.sampled_from(
        [
            "Asia/Seoul",
            "America/New_York",
            "Europe/London",
            "Australia/Lord_Howe",
            "Pacific/Apia",
            "America/Sao_Paulo",
        ]
    ),
    st.times(),
    st.integers(1293840000, 1893456000),  # 2011 to 2030
)
def test_digests_follow_each_other_once_a_local_day(zone: str, local: time, seconds: int) -> None:
    after = datetime.fromtimestamp(seconds, UTC)
    moments = [next_digest((local,), zone, after)]
    for _ in range(3):
        moments.append(next_digest((local,), zone, moments[-1]))
    assert moments[0] > after
    for one, other in pairwise(moments):
        assert timedelta(hours=21) <= other - one <= timedelta(hours=50)
    days = [moment.astimezone(ZoneInfo(zone)).date() for moment in moments]
    assert len(set(days)) == len(days)


def test_a_digest_is_named_by_the_day_it_was_due_and_says_when_late() -> None:
    assert SUBSCRIBER.next_digest is not None
    due = f"{SUBSCRIBER.next_digest.astimezone(UTC):%Y-%m-%dT%H:%MZ}"
    on_time = digest_edition(SUBSCRIBER, (journey(),), NOW)
    assert (on_time.key, on_time.late, len(on_time.stories)) == (f"digest:{due}", False, 1)
    late = digest_edition(SUBSCRIBER, (), NOW + timedelta(hours=9))
    assert (late.key, late.late) == (f"digest:{due}", True)
    assert "(지연 발송)" in RENDERER.digest(late)[0].html
    silent = Subscriber(9, ("한별전자",), last_digest=NOW - timedelta(days=40))
    assert digest_edition(silent, (), NOW).period.since == NOW - LONGEST_PERIOD


def test_alerts_go_to_those_who_want_this_story() -> None:
    def chats(story: Story, *subscribers: Subscriber) -> list[int]:
        covers = {"한별그룹": ("한별전자",)}
        return [s.chat_id for s in subscribers if alert_editions(s, [story], NOW, covers)]

    everybody = (
        Subscriber(1, ("한별전자",), alerts=AlertLevel.MOVES),
        Subscriber(2, ("한별전자",), alerts=AlertLevel.ALL),
        Subscriber(3, ("한별전자",), alerts=AlertLevel.OFF),
        Subscriber(4, ("노을화학",), alerts=AlertLevel.ALL),
        Subscriber(5, ("한별그룹",), alerts=AlertLevel.ALL),
        Subscriber(6, ("한별전자",), alerts=AlertLevel.ALL, active=False),
    )
    assert chats(replacement(), *everybody) == [1, 2, 5]
    assert chats(journey(), *everybody) == [2, 5]
    assert chats(rumour(), *everybody) == [4]
    (edition,) = alert_editions(everybody[3], [rumour()], NOW, {})
    assert edition.companies == ("노을화학",)
    assert not alert_editions(everybody[3], [rumour()], NOW, {}, frozenset(edition.marks)), "told once"


def test_alerts_are_about_what_was_read_after_asking() -> None:
    merged = [m for m in replacement().facts if isinstance(m.fact, Move)]
    read = replace(
        replacement(),
        facts=tuple(
            replace(m, sources=tuple(replace(s, read_at=NOW - timedelta(hours=1)) for s in m.sources))
            for m in merged
        ),
    )
    before, after = NOW - timedelta(hours=2), NOW - timedelta(minutes=5)
    early = Subscriber(1, ("한별전자",), followed_since=(before,), alerts_since=before)
    assert alert_editions(early, [read], NOW, {})
    assert not alert_editions(replace(early, followed_since=(after,)), [read], NOW, {})
    assert not alert_editions(replace(early, alerts_since=after), [read], NOW, {})


def test_many_alerts_at_once_are_one_message() -> None:
    def numbered(number: int) -> Story:
        person = f"남궁{chr(0xAC00 + 28 * number)}"
        fact = move(person)
        return build_stories(
            [row(number, 1, ("새결경제",), (), "제목")], [StoredFact(number, fact, source(1))]
        )[0]

    subscriber = Subscriber(1, ("한별전자",))
    few = alert_editions(subscriber, [numbered(n) for n in range(1, 6)], NOW, {})
    assert len(few) == 5
    (many,) = alert_editions(subscriber, [numbered(n) for n in range(1, 40)], NOW, {})
    assert len(many.stories) == 39
    assert len(RENDERER.alert(many)) < 5


def test_a_group_subscription_with_news_of_a_member_is_not_called_quiet() -> None:
    subscriber = Subscriber(5, ("한별그룹", "미르중공업"), next_digest=NOW)
    edition = digest_edition(subscriber, (journey(),), NOW)
    html = RENDERER.digest(edition, {"한별그룹": ("한별전자",)})[0].html
    assert html.endswith("새 소식 없음: 미르중공업")


# ------------------------------------------------------------------ chat

REPLIES: dict[str, list[dict[str, object]]] = {
    "start": [{"popular": ("한별전자",), "digest_time": time(8)}, {"popular": (), "digest_time": time(8)}],
    "help": [{"digest_time": "매일 08:00"}, {"digest_time": ""}],
    "ask_company": [{"command": name} for name in ("brief", "subscribe", "unsubscribe")],
    "subscribed": [
        {"companies": names, "already": already, "digest_time": hour, "alerts": level, "total": 3}
        for names in ((), ("한별전자",), tuple("가나다라마바사"))
        for already in ((), ("노을화학",))
        if names or already
        for hour in ("", "평일 07:30, 18:00")
        for level in AlertLevel
    ],
    "unsubscribe_all": [{"total": 4}],
    "unsubscribe_press": [{}],
    "unsubscribed_all": [{"kept": kept, "gone": gone} for kept, gone in ((True, 0), (False, 4), (False, 0))],
    "unsubscribed": [
        {"companies": ("한별전자",), "missing": (), "total": 0},
        {"companies": (), "missing": ("노을화학",), "total": 2},
    ],
    "list": [
        {
            "companies": tuple(f"회사{n}" * 20 for n in range(100)),
            "others": ("유서진(가람정밀)",) * 40,
            "digest_time": "매일 08:00",
            "timezone": zone,
            "alerts": level,
        }
        for level in AlertLevel
        for zone in ("Asia/Seoul", "America/New_York")
    ],
    "unknown_company": [
        {"query": "<b>" * 300, "suggestions": names, "people": people}
        for names in ((), ("한별",), ("한별", "한빛"))
        for people in ((), ("남궁진",))
    ],
    "unknown_companies": [
        {"queries": ("<b>" * 20,) * 30, "suggestions": names} for names in ((), ("한별", "한빛"))
    ],
    "too_many_names": [{"limit": 30, "names": ("한별<b>",) * count} for count in (1, 12)],
    "english_too": [{}],
    "for_companies": [{"person": "<b>남궁진", "command": "trend"}],
    "nothing_subscribed": [{"command": "list"}],
    "alerts": [{"level": level} for level in AlertLevel],
    "alerts_bad_level": [{"value": "<b>가끔"}],
    "alerts_set": [{"level": level, "silent": silent} for level in AlertLevel for silent in (False, True)],
    "digest": [
        {"digest_time": hour, "timezone": "Europe/London", "next_digest": NOW} for hour in ("매일 08:00", "")
    ],
    "digest_set": [
        {"digest_time": hours, "timezone": "Asia/Seoul", "next_digest": NOW}
        for hours in ("매일 08:00", "월·수 07:00, 18:30")
    ],
    "settings": [
        {
            "page": page.value,
            "hours": hours,
            "days": "평일",
            "on_holidays": bool(hours),
            "empty": not hours,
            "level": level,
            "alerts": alerts,
            "quiet": quiet,
            "kinds": "인사 · 행보",
            "silent": level == "moves" and not quiet,
            "zone": "런던",
            "language": "한국어",
            "next_digest": NOW,
            "timezone": "Europe/London",
            "most": 6,
        }
        for page in Page
        for hours in ("08:00, 18:00", "")
        for level, alerts in (("off", "끄기"), ("top", "CEO급"), ("moves", "인사만"), ("all", "전체"))
        for quiet in ("22:00–07:00", "")
    ],
    "which_person": [{"person": "유서진", "count": 2}],
    "followed": [
        {"names": names, "already": already, "silent": silent, "only_moves": only_moves}
        for names in (("유서진(가람정밀)",), ("AI 발언", "유서진"), tuple(f"사람{n}" for n in range(9)), ())
        for already in ((), ("도하준",))
        for silent, only_moves in ((True, False), (False, True), (False, False))
        if names or already
    ],
    "settings_bad": [{"what": what, "value": "<b>아무 말"} for what in ("zone", "quiet", "quiet_equal")],
    "digest_off": [{}],
    "digest_bad_time": [{"value": "여덟시쯤", "most": most} for most in (0, 6)],
    "too_many": [
        {"limit": 100, "dropped": tuple(f"한별전자{n}" for n in range(count))} for count in (0, 1, 9)
    ],
    "stale_button": [{}],
    "no_evidence": [{}],
    "not_allowed": [{}],
    "failed": [{}],
    "admins_only": [{}],
    "rights_unknown": [{}],
    "added": [{"digest_time": time(8), "channel": channel} for channel in ("", "<b>방송</b>")],
    "topic_moved": [{"topic": topic} for topic in (True, False)],
    "edited_setting": [{}],
    "press_in_private": [{}],
    "inline_trouble": [{}],
    "too_fast": [{"seconds": 3}],
    "operators_only": [{}],
    "broadcast": [{"lines": ("오늘 <b>밤</b> 점검이 있어요", "", "A & B")}],
    "broadcast_preview": [{"count": 1234}],
    "broadcast_empty": [{}],
    "broadcast_long": [{"limit": 3000, "over": 12}],
    "broadcast_nobody": [{}],
    "broadcast_done": [
        {"cancelled": cancelled, "again": again, "count": 12}
        for cancelled in (True, False)
        for again in (True, False)
    ],
    "nothing_stored": [{}],
    "export": [
        {"subscriptions": 2, "editions": 3, "deliveries": 0},
        {"subscriptions": 0, "editions": 0, "deliveries": 1},
    ],
    "forget": [{"subscriptions": 0}, {"subscriptions": 3}],
    "forget_kept": [{}],
    "forgotten": [
        {"subscriptions": 0, "sent": 0, "waiting": 0},
        {"subscriptions": 3, "sent": 120, "waiting": 2},
    ],
    "unknown_message": [{"text": "???"}],
}


@pytest.mark.parametrize(
    ("name", "values"), [(name, values) for name, all_ in REPLIES.items() for values in all_]
)
def test_replies_are_polite_and_fit(name: str, values: dict[str, object]) -> None:
    parsed = parse(RENDERER.chat(name, **values).html)
    assert parsed.problems == ()
    assert 0 < parsed.units <= 4096
    assert "\n\n\n" not in parsed.text
    assert parsed.text == parsed.text.strip()
    if name not in {"list", "settings"}:
        assert parsed.text.splitlines()[0].rstrip(".?").endswith("요")


def test_commands_of_the_menu_fit_telegrams_rules() -> None:
    for command, text in (*RENDERER.commands(), *RENDERER.admin_commands()):
        assert command.isascii()
        assert command.islower()
        assert 3 <= len(text) <= 40


def test_an_operators_menu_takes_the_place_of_ours_table_by_table(tmp_path: Path) -> None:
    (tmp_path / "chat").mkdir()
    (tmp_path / "chat" / "commands.toml").write_text('[commands]\nbrief = "브리핑"\n', encoding="utf-8")
    mine = Renderer(tmp_path)
    assert mine.commands() == (("brief", "브리핑"),)
    assert mine.admin_commands() == RENDERER.admin_commands()
    (tmp_path / "chat" / "commands.toml").write_text("[commands]\n[admin]\nstats = 1\n", encoding="utf-8")
    with pytest.raises(DataError, match=r"\[admin\] must map"):
        mine.admin_commands()


def test_quotes_of_ceremony_and_of_others_are_not_strategy() -> None:
    story = _brief_of(quote("남궁진", "여러분 고맙습니다 정말", strategic=False))
    html = RENDERER.brief(story)[0].html
    assert html.endswith("임원 소식 없음")
    assert RENDERER.evidence(*story.stories) == ()
    everything = Subscriber(2, ("한별전자",), alerts=AlertLevel.ALL)
    assert alert_editions(everything, [story.stories[0]], NOW, {}) == ()


def _brief_of(fact):

    return brief(build_stories([row(1, 1, ("새결경제",), (), "제목")], [StoredFact(1, fact, source(1))])[0])
