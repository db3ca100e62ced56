"""Whose title, which trip, held or announced: what a line claims of people is what was told."""

from __future__ import annotations

from datetime import date, timedelta

from briefing.compose.activities import activity_items
from briefing.compose.formatting import some
from briefing.compose.movelines import move_lines
from briefing.compose.plain import to_text
from briefing.compose.planned import parted, planned_items
from briefing.compose.render import Renderer
from briefing.model import Fact, Person, StoredFact, Story
from briefing.stories.ranking import build_stories
from tests.compose.compose_samples import NOW, activity, brief, move, quote, row, source

RENDERER = Renderer()
TODAY = NOW.date()


def story(*facts: Fact, people: tuple[Person, ...] = (), together: bool = True) -> Story:
    """A story told by one article, or by an article for each fact."""
    told = [StoredFact(1, fact, source(1 if together else n)) for n, fact in enumerate(facts, start=1)]
    return build_stories([row(1, 1, ("새결경제",), people, "제목")], told)[0]


def moved(*facts: Fact, people: tuple[Person, ...] = ()) -> list[tuple[str, tuple[str, ...]]]:
    told = story(*facts, people=people)
    return [(line.who, line.changes) for line in move_lines(told, told.facts)]


# ------------------------------------------------------------------ titles


def test_a_title_at_another_house_is_said_with_the_house() -> None:
    comes = (Person("탁현오", "노을화학", "부사장"),)
    assert moved(move("탁현오"), people=comes) == [("탁현오(노을화학 부사장)", ("대표이사 선임",))]
    stays = (Person("탁현오", "한별전자", "부사장"), Person("탁현오", "노을화학", "사외이사"))
    assert moved(move("탁현오"), people=stays) == [("탁현오 부사장", ("대표이사 선임",))]


def test_a_post_just_taken_is_no_title_held_before() -> None:
    taken = move("구서진", role="구매본부장")
    assert moved(taken, people=(Person("구서진", "한별전자", "구매본부장 전무"),)) == [
        ("구서진 전무", ("구매본부장 선임",))
    ]
    assert moved(taken, people=(Person("구서진", "한별전자", "구매본부장"),)) == [
        ("구서진", ("구매본부장 선임",))
    ]
    head = (Person("구서진", "한별전자", "부사장"), Person("구서진", "한별전자", "대표"))
    assert moved(move("구서진"), people=head) == [("구서진 부사장", ("대표이사 선임",))]


def test_a_move_without_a_company_joins_the_persons_line() -> None:
    facts = move("구서진", "promoted", "전무"), move("구서진", role="구매본부장", company=None)
    assert moved(*facts) == [("구서진", ("전무 승진", "구매본부장 선임"))]


def test_what_is_left_stands_before_what_is_taken() -> None:
    facts = move("구서진", role="고문"), move("구서진", "departed", "대표")
    assert moved(*facts) == [("구서진 대표 퇴임", ("고문 선임",))]


def test_a_person_is_called_by_the_newest_rank_and_stands_in_a_list_once() -> None:
    people = (
        Person("남궁진", "한별전자", "회장"),
        Person("윤서라", "한별전자", "부사장"),
        Person("윤서라", "한별전자", "사장"),
    )
    told = story(
        activity("남궁진", "event", "포럼", date(2026, 11, 26), companions=("윤서라", "윤서라 부사장")),
        people=people,
    )
    (item,) = activity_items(told, told.facts, TODAY)
    assert item.companions == ("윤서라 사장",)
    values = RENDERER.to_json(brief(told))
    listed = [(one["name"], one["title"]) for one in values["stories"][0]["people"]]
    assert listed == [("남궁진", "회장"), ("윤서라", "사장")]


def test_who_comes_along_from_another_house_is_named_with_it() -> None:
    people = (
        Person("윤서라", "한별전자", "사장"),
        Person("탁현오", "노을화학", "부사장"),
        Person("구서진", "노을화학", "전 노을화학 회장"),
    )
    forum = activity("남궁진", "event", "포럼", date(2026, 11, 26), companions=("윤서라", "탁현오", "구서진"))
    told = story(forum, people=people)
    (item,) = activity_items(told, told.facts, TODAY)
    assert item.companions == ("윤서라 사장", "노을화학 탁현오 부사장", "구서진 전 노을화학 회장")


def test_whom_the_line_names_as_met_did_not_come_along() -> None:
    talk = activity(
        "남궁진", "meeting", "탁현오 노을화학 부사장", date(2026, 11, 26), companions=("탁현오", "윤서라")
    )
    told = story(talk)
    (item,) = activity_items(told, told.facts, TODAY)
    (plan,) = planned_items(told, told.facts)
    assert item.companions == plan.companions == ("윤서라",)


def test_what_is_left_or_rumoured_to_be_left_has_no_arrow() -> None:
    told = story(move("윤서라", "departed", "부회장", "rumored"))
    text = to_text(RENDERER.brief(brief(told))[0])
    assert "• 윤서라 부회장 퇴임 전망 · " in text


# ------------------------------------------------------------------ trips


def trip(**more: object) -> Fact:
    return activity("남궁진", "trip", "미국", date(2026, 11, 20), **more)


def shown(told: Story, today: date = TODAY) -> list[tuple[str | None, list[str]]]:
    items = activity_items(told, told.facts, today)
    return [(item.main.what if item.main else None, [one.what for one in item.stations]) for item in items]


def test_below_a_trip_stands_what_happens_on_its_days() -> None:
    forum = activity("남궁진", "event", "개발자 포럼", date(2026, 11, 22), place="오스틴")
    before = activity("남궁진", "visit", "협력사", date(2026, 11, 12))
    after = activity("남궁진", "event", "주주총회", date(2026, 12, 20), planned=True)
    told = story(trip(until=date(2026, 11, 25)), forum, before)
    assert shown(told) == [("미국 출장", ["개발자 포럼"]), ("협력사 방문", [])]
    # without an end of the trip a week counts
    assert shown(story(trip(), forum, after)) == [("미국 출장", ["개발자 포럼"]), ("주주총회", [])]


def test_what_happens_at_home_or_is_told_elsewhere_without_a_day_is_no_station() -> None:
    home = activity("남궁진", "event", "주주총회", date(2026, 11, 22), place="서울 강서구 본사")
    assert shown(story(trip(), home)) == [("미국 출장", []), ("주주총회", [])]
    undated = activity("남궁진", "meeting", "협력사")
    assert shown(story(trip(), undated)) == [("미국 출장", ["협력사 회동"])]
    apart = [main for main, _ in shown(story(trip(), undated, together=False))]
    assert sorted(filter(None, apart)) == ["미국 출장", "협력사 회동"]


def test_a_trip_told_by_its_return_holds_what_came_before() -> None:
    back = activity("남궁진", "trip", "미국 출장", date(2026, 11, 26))
    forum = activity("남궁진", "event", "개발자 포럼", date(2026, 11, 18))
    long_ago = activity("남궁진", "event", "시무식", date(2026, 11, 2))

    def items(sentence: str) -> list[tuple[str | None, list[str]]]:
        told = [StoredFact(1, fact, source(1, sentence=sentence)) for fact in (back, forum, long_ago)]
        return shown(build_stories([row(1, 1, ("새결경제",), (), "제목")], told)[0])

    home = "남궁진 사장이 미국 출장을 마치고 26일 귀국했다."
    assert items(home) == [("미국 출장 후 귀국", ["개발자 포럼"]), ("시무식", [])]
    soon = "남궁진 사장은 26일 미국으로 이동해 협력사를 만난 뒤 28일 귀국한다."
    assert items(soon) == [("미국 출장", []), (None, ["시무식", "개발자 포럼"])]
    away = "유럽에 다녀온 남궁진 사장이 26일 미국으로 출국했다."
    assert items(away) == [("미국 출장", []), (None, ["시무식", "개발자 포럼"])]


def test_a_visitors_trip_to_korea_holds_what_happens_in_korea() -> None:
    visit = activity("왕메이", "trip", "한국", date(2026, 11, 25))
    talk = activity("왕메이", "event", "기조연설", date(2026, 11, 25), place="서울 삼성동")
    assert shown(story(visit, talk)) == [("한국 출장", ["기조연설"])]


# ------------------------------------------------------------------ held or announced


def test_an_announced_day_that_is_over_is_neither_ahead_nor_held() -> None:
    told = story(activity("남궁진", "meeting", "협력사", date(2026, 12, 1), planned=True))
    for today, section, line in (
        (date(2026, 12, 1), "예정", "• 12.1(화) 남궁진 협력사 회동 · 새결경제"),
        (date(2026, 12, 2), "행보", "• 남궁진 협력사 회동(예정 보도), 12.1(화) · 새결경제"),
    ):
        asked = brief(told)
        until = NOW + (today - TODAY)
        period = asked.period.__class__(asked.period.since, until)
        (part,) = RENDERER.brief(asked.__class__(asked.company, period, asked.stories))
        text = to_text(part)
        assert f"{section}\n{line}" in text
        assert text.count("협력사") == 1


def test_an_announcement_without_a_day_stays_ahead_for_a_fortnight() -> None:
    told = story(activity("남궁진", "meeting", "협력사", planned=True))
    for days, ahead in ((14, 1), (15, 0)):
        assert len(parted(told.facts, TODAY + timedelta(days=days))[1]) == ahead


def test_what_lies_behind_its_last_telling_is_to_come_whatever_the_verb() -> None:
    told = story(activity("남궁진", "event", "개발자 포럼", date(2026, 12, 1)))
    rest, ahead = parted(told.facts, TODAY)
    assert rest == ()
    assert [item.what for item in planned_items(told, ahead)] == ["개발자 포럼"]


def test_a_long_occasion_keeps_the_word_that_it_is_to_come() -> None:
    abroad = trip(until=date(2026, 12, 5))
    long = activity("남궁진", "event", "세계 " * 60 + "포럼", date(2026, 11, 29), planned=True)
    (part,) = RENDERER.brief(brief(story(abroad, long)))
    assert "… 예정" in to_text(part)


# ------------------------------------------------------------------ repetition


def test_one_occasion_told_twice_is_told_once() -> None:
    day = date(2026, 11, 26)
    full, bare = activity("남궁진", "meeting", "직원들", day), activity("남궁진", "event", "간담회", day)
    said = StoredFact(1, full, source(1, sentence="남궁진 사장은 26일 직원들과 간담회를 열었다."))
    again = StoredFact(1, bare, source(1))
    told = build_stories([row(1, 1, ("새결경제",), (), "제목")], [said, again])[0]
    words = [one.what for item in activity_items(told, told.facts, TODAY) for one in (item.main,) if one]
    assert len(words) == 1
    # another day's is another occasion
    other = story(full, activity("남궁진", "meeting", "회동", date(2026, 11, 20)))
    assert len(activity_items(other, other.facts, TODAY)[0].stations) == 2


def test_a_list_of_names_is_cut_between_names() -> None:
    names = [f"{letter}별전자 남궁진 사장" for letter in "가나다라마바사"]
    assert (
        some(names, 5, 40, "명") == "가별전자 남궁진 사장, 나별전자 남궁진 사장, 다별전자 남궁진 사장 외 4명"
    )
    assert some(names[:2], 5, 40, "명") == "가별전자 남궁진 사장, 나별전자 남궁진 사장"


def test_lines_of_one_article_say_it_once() -> None:
    ranks = [move(name, "promoted", rank) for name, rank in (("윤서라", "전무"), ("구서진", "상무"))]
    text = to_text(RENDERER.brief(brief(story(*ranks)))[0])
    assert "• 윤서라 → 전무 승진\n• 구서진 → 상무 승진\n  11.27 새결경제 보도\n" in text
    words = [quote("남궁진", one) for one in ("투자를 늘리겠다고 봅니다", "배당도 올해 늘리겠습니다")]
    told = [
        StoredFact(1, fact, source(1, sentence=f"문장 {n}")) for n, fact in enumerate(words)
    ]  # two sentences of one article
    said = build_stories([row(1, 1, ("새결경제",), (), "제목")], told)[0]
    text = to_text(RENDERER.brief(brief(said))[0])
    assert text.count("새결경제") == 1
