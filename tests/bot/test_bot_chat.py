"""Conversations over real long polling: what a person writes and what they then read."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, time

import pytest

from briefing.model import Company
from briefing.subscribers import AlertLevel
from tests.bot.conftest import LONG_NAME
from tests.bot.talk import ME, ask, press

pytestmark = pytest.mark.usefixtures("chat")


# ---------------------------------------------------------------------- first contact


async def test_start_offers_companies_whose_buttons_subscribe(api, store) -> None:
    hello = await ask(api, "/start")
    assert hello.labels == ["한빛누리전자", "다온모비스텍"]
    assert "08:00" in hello.text
    done = await press(api, hello, "다온모비스텍")
    assert "다온모비스텍" in done.text
    assert done.labels == ["시간 바꾸기", "지금 보기", "구독 취소"]
    me = await store.subscribers.get(ME)
    assert me.companies == ("다온모비스텍",)
    assert me.next_digest == datetime(2026, 3, 3, 23, 0, tzinfo=UTC), "08:00 in Seoul, tomorrow"


async def test_the_command_menu_is_korean(api) -> None:
    await api.until(lambda: api.menu)
    menu = {line["command"]: line["description"] for line in api.menu}
    assert set(menu) == {
        "start", "help", "subscribe", "unsubscribe", "list", "brief", "digest", "alerts", "who", "moves", "calendar",
        "trend", "export", "forget", "settings",
    }  # fmt: skip
    assert all(any("가" <= char <= "힣" for char in text) for text in menu.values())


async def test_help_names_every_command(api) -> None:
    text = (await ask(api, "/help")).text
    for command in (
        "/brief",
        "/who",
        "/moves",
        "/calendar",
        "/subscribe",
        "/unsubscribe",
        "/list",
        "/trend",
        "/digest",
        "/alerts",
    ):
        assert command in text


# ---------------------------------------------------------------------- subscriptions


async def test_subscribe_by_alias_code_and_several_names(api, store) -> None:
    done = await ask(api, "/subscribe HNE, 990020, 새결 바이오랩")
    assert "한빛누리전자" in done.text
    assert (await store.subscribers.get(ME)).companies == ("한빛누리전자", "다온모비스텍", "새결바이오랩")


async def test_names_without_commas_are_told_apart(api, store) -> None:
    await ask(api, "/subscribe 한빛누리전자 다온모비스텍")
    assert (await store.subscribers.get(ME)).companies == ("한빛누리전자", "다온모비스텍")


async def test_subscribing_twice_says_so_and_changes_nothing(api, store) -> None:
    first = await ask(api, "/subscribe 한빛누리전자")
    again = await ask(api, "/subscribe 한빛누리전자")
    assert "이미" not in first.text
    assert "이미" in again.text
    assert (await store.subscribers.get(ME)).companies == ("한빛누리전자",)


async def test_an_unknown_name_is_asked_back_and_the_button_does_it(api, store) -> None:
    asked = await ask(api, "/subscribe 한빛누리전저")
    assert "‘한빛누리전저’" in asked.text
    assert asked.labels[0] == "한빛누리전자"
    await press(api, asked, "한빛누리전자")
    assert (await store.subscribers.get(ME)).companies == ("한빛누리전자",)


async def test_known_names_are_taken_though_another_is_unknown(api, store) -> None:
    done = await ask(api, "/subscribe 한빛누리전자, 없는회사이름")
    asked = await api.next_message(ME)
    assert "한빛누리전자" in done.text
    assert "‘없는회사이름’" in asked.text
    assert (await store.subscribers.get(ME)).companies == ("한빛누리전자",)


async def test_subscribe_without_a_name_asks_which_and_offers_what_is_not_followed(api) -> None:
    asked = await ask(api, "/subscribe")
    assert asked.labels == ["한빛누리전자", "다온모비스텍"]
    await press(api, asked, "한빛누리전자")
    assert (await ask(api, "/subscribe")).labels == ["다온모비스텍"]


async def test_a_company_only_the_news_know_can_be_asked_and_followed(api, store, publish) -> None:
    await publish("겨울나무공방", "남궁솔", "목재를 더 들이겠다")
    assert "남궁솔" in (await ask(api, "겨울나무공방")).text
    await ask(api, "/subscribe 겨울나무공방")
    assert (await store.subscribers.get(ME)).companies == ("겨울나무공방",)


async def test_unsubscribe_and_back(api, store) -> None:
    await ask(api, "/subscribe 한빛누리전자, 다온모비스텍")
    gone = await ask(api, "/unsubscribe 한빛누리전자")
    assert "해지" in gone.text
    assert (await store.subscribers.get(ME)).companies == ("다온모비스텍",)
    await press(api, gone, "다시 구독")
    assert (await store.subscribers.get(ME)).companies == ("다온모비스텍", "한빛누리전자")


async def test_unsubscribe_without_a_name_offers_what_is_followed(api) -> None:
    assert (await ask(api, "/unsubscribe")).labels == ["한빛누리전자", "다온모비스텍"]
    await ask(api, "/subscribe 새결바이오랩")
    assert (await ask(api, "/unsubscribe")).labels == ["새결바이오랩"]


async def test_what_the_register_has_forgotten_can_still_be_left(api, store, clock) -> None:
    await ask(api, "/start")
    await store.subscribers.subscribe(ME, "옛이름상사", clock())
    listed = await ask(api, "/list")
    api.press(listed, "해지")
    await api.until(lambda: api.messages(ME)[1].edits == 1)
    assert (await store.subscribers.get(ME)).companies == ()


async def test_the_list_shows_settings_and_leads_on(api, store, publish) -> None:
    await publish("한빛누리전자", "남궁솔", "공장을 늘리겠다")
    await ask(api, "/subscribe 한빛누리전자")
    listed = await ask(api, "/list")
    assert "한빛누리전자" in listed.text
    assert "08:00" in listed.text
    assert listed.labels == ["한빛누리전자", "해지", "설정"]
    assert "남궁솔" in (await press(api, listed, "한빛누리전자")).text


async def test_pressing_unsubscribe_changes_the_message_itself(api, store) -> None:
    await ask(api, "/subscribe 한빛누리전자")
    listed = await ask(api, "/list")
    api.press(listed, "해지")
    await api.until(lambda: api.messages(ME)[1].edits == 1)
    changed = api.messages(ME)[1]
    assert "해지" in changed.text
    assert changed.labels[0] == "다시 구독"
    assert len(api.messages(ME)) == 2


async def test_an_empty_list_says_what_to_do(api) -> None:
    assert (await ask(api, "/list")).labels == ["한빛누리전자", "다온모비스텍"]


# ---------------------------------------------------------------------- briefings


async def test_brief_tells_who_did_what_and_where_to_read_on(api, publish) -> None:
    await publish("한빛누리전자", "남궁솔", "공장을 늘리겠다")
    seen = await ask(api, "/brief 한빛누리전자")
    assert "남궁솔" in seen.text
    assert "대표이사" in seen.text
    assert "공장을 늘리겠다" in seen.text
    assert "https://garam.example/1" in seen.links
    assert seen.labels == ["30일", "구독", "근거 보기", "인물: 남궁솔"]


async def test_a_longer_period_finds_more(api, publish) -> None:
    await publish("한빛누리전자", "남궁솔", "공장을 늘리겠다", hours_ago=20 * 24)
    week = await ask(api, "/brief 한빛누리전자")
    assert "남궁솔" not in week.text
    assert "남궁솔" in (await ask(api, "/brief 한빛누리전자 30일")).text
    assert "남궁솔" in (await press(api, week, "30일")).text


async def test_evidence_shows_the_sentence_and_its_source(api, publish) -> None:
    await publish("한빛누리전자", "남궁솔", "공장을 늘리겠다")
    proof = await press(api, await ask(api, "/brief 한빛누리전자"), "근거 보기")
    assert "한빛누리전자가 남궁솔 부사장을 대표이사에 선임했다." in proof.text
    assert "가람일보" in proof.text
    assert "https://garam.example/1" in proof.links


async def test_evidence_of_several_stories(api, publish) -> None:
    await publish("한빛누리전자", "남궁솔", "공장을 늘리겠다")
    await publish("한빛누리전자", "제갈윤", "배당을 두 배로 하겠다", hours_ago=60)
    proofs = await press(api, await ask(api, "/brief 한빛누리전자"), "근거 보기")
    assert "남궁솔 부사장을" in proofs.text
    assert "제갈윤 부사장을" in proofs.text


async def test_evidence_that_is_no_longer_stored_is_answered(api, publish) -> None:
    await publish("한빛누리전자", "남궁솔", "공장을 늘리겠다")
    seen = await ask(api, "/brief 한빛누리전자")
    api.press_data(seen, "e|999999")
    assert "근거" in (await api.next_message(ME)).text


@pytest.mark.parametrize(
    "text", ["한빛누리전자", "한빛 누리 전자", "HNE 7일", "990010", "브리핑 한빛누리전자"]
)
async def test_a_plain_message_works_like_brief(api, publish, text) -> None:
    await publish("한빛누리전자", "남궁솔", "공장을 늘리겠다")
    assert "남궁솔" in (await ask(api, text)).text


async def test_a_plain_message_that_is_no_company_offers_the_nearest_for_a_briefing(api, publish) -> None:
    await publish("한빛누리전자", "남궁솔", "공장을 늘리겠다")
    asked = await ask(api, "한빛누리전저")
    assert "‘한빛누리전저’" in asked.text
    assert "남궁솔" in (await press(api, asked, "한빛누리전자")).text


async def test_plain_korean_commands_subscribe(api, store) -> None:
    await ask(api, "한빛누리전자 구독해줘")
    assert (await store.subscribers.get(ME)).companies == ("한빛누리전자",)
    await ask(api, "해지 한빛누리전자")
    assert (await store.subscribers.get(ME)).companies == ()


async def test_a_pasted_article_is_not_searched_for(api) -> None:
    said = await ask(api, "<b>" + "가나다라 " * 300)
    assert len(said.text) < 300
    assert said.labels == ["도움말"]
    assert "/brief" in (await press(api, said, "도움말")).text


async def test_brief_without_a_name_offers_what_is_followed(api, publish) -> None:
    assert (await ask(api, "/brief")).labels == ["한빛누리전자", "다온모비스텍"]
    await ask(api, "/subscribe 새결바이오랩")
    await publish("새결바이오랩", "남궁솔", "공장을 늘리겠다")
    asked = await ask(api, "/brief")
    assert asked.labels == ["새결바이오랩"]
    assert "남궁솔" in (await press(api, asked, "새결바이오랩")).text


async def test_a_follower_with_alerts_off_is_offered_alerts_instead_of_a_subscription(
    api, store, publish
) -> None:
    await publish("한빛누리전자", "남궁솔", "공장을 늘리겠다")
    await ask(api, "/subscribe 한빛누리전자")
    assert "구독" not in (await ask(api, "/brief 한빛누리전자")).labels
    await ask(api, "/alerts 끄기")
    seen = await ask(api, "/brief 한빛누리전자")
    assert seen.labels[:3] == ["30일", "알림 켜기", "근거 보기"]
    await press(api, seen, "알림 켜기")
    assert (await store.subscribers.get(ME)).alerts is AlertLevel.ALL
    assert "남궁솔" in next(m for m in api.messages(ME) if m.message_id == seen.message_id).text


async def test_a_name_too_long_for_a_button_still_works(api, store, publish) -> None:
    await publish(LONG_NAME, "남궁솔", "공장을 늘리겠다")
    seen = await ask(api, f"/brief {LONG_NAME}")
    await press(api, seen, "구독")
    assert (await store.subscribers.get(ME)).companies == (LONG_NAME,)


async def test_markup_in_what_people_type_does_no_harm(api) -> None:
    assert "<b>&amp;" in (await ask(api, "/brief <b>&amp;")).text


# ---------------------------------------------------------------------- digest and alerts


async def test_digest_now_without_subscriptions_says_what_to_do(api) -> None:
    assert (await ask(api, "/digest")).labels == ["한빛누리전자", "다온모비스텍"]


async def test_digest_now_holds_what_the_daily_one_would(api, clock, publish) -> None:
    await publish("한빛누리전자", "남궁솔", "공장을 늘리겠다")
    await publish("다온모비스텍", "제갈윤", "배당을 늘리겠다")
    clock.advance(minutes=1)
    await ask(api, "/subscribe 한빛누리전자")
    seen = await ask(api, "/digest")
    assert "남궁솔" in seen.text
    assert "제갈윤" not in seen.text


async def test_the_hour_of_the_digest(api, store) -> None:
    done = await ask(api, "/digest 7시 반")
    assert "07:30" in done.text
    me = await store.subscribers.get(ME)
    assert me.digest_time == time(7, 30)
    assert me.next_digest == datetime(2026, 3, 3, 22, 30, tzinfo=UTC)
    choice = await press(api, done, "시간 바꾸기")
    assert "✓ 07:30" in choice.labels
    api.press(choice, "18:00")
    await api.until(lambda: api.messages(ME)[1].edits)
    me = await store.subscribers.get(ME)
    assert me.digest_times == (time(7, 30), time(18))
    assert me.next_digest == datetime(2026, 3, 3, 9, 0, tzinfo=UTC), "this evening"


async def test_the_digest_off_and_on_again(api, store) -> None:
    await ask(api, "/digest 07:30")
    off = await ask(api, "/digest 끄기")
    me = await store.subscribers.get(ME)
    assert me.digest_time is None
    assert me.next_digest is None
    api.press(off, "다시 켜기")
    await api.until(lambda: api.messages(ME)[1].edits)
    assert (await store.subscribers.get(ME)).digest_time == time(7, 30)


async def test_what_is_no_hour_is_asked_back(api, store) -> None:
    asked = await ask(api, "/digest 아침에")
    assert "아침에" in asked.text
    assert "08:00" in asked.labels


async def test_switching_the_digest_off_survives_the_next_command(api, store) -> None:
    await ask(api, "/digest 끄기")
    await ask(api, "/subscribe 한빛누리전자")
    assert (await store.subscribers.get(ME)).next_digest is None


async def test_alerts_are_shown_and_changed_in_place(api, store) -> None:
    asked = await ask(api, "/alerts")
    assert asked.labels == ["끄기", "CEO급", "✓ 인사만", "전체"]
    api.press(asked, "전체")
    await api.until(lambda: api.messages(ME)[0].edits)
    assert api.messages(ME)[0].labels == ["끄기", "CEO급", "인사만", "✓ 전체"]
    assert (await store.subscribers.get(ME)).alerts is AlertLevel.ALL
    await ask(api, "/alerts 끄기")
    assert (await store.subscribers.get(ME)).alerts is AlertLevel.OFF


async def test_of_many_names_the_first_fit_the_limit(api, store, desk, talking) -> None:
    me = replace(desk, max_companies=2)
    from bot.handlers.companies import subscribe_to

    parts = await subscribe_to(
        me, ME, [Company("한빛누리전자"), Company("다온모비스텍"), Company("새결바이오랩")]
    )
    assert (await store.subscribers.get(ME)).companies == ("한빛누리전자", "다온모비스텍")
    assert "새결바이오랩" in parts[-1].html
    assert "2개" in parts[-1].html


async def test_of_many_names_beyond_the_limit_how_many_is_told(store, desk) -> None:
    me = replace(desk, max_companies=1)
    from bot.handlers.companies import subscribe_to

    parts = await subscribe_to(me, ME, [Company(f"가람{n}호") for n in range(9)])
    assert "가람1호, 가람2호, 가람3호, 가람4호, 가람5호 외 3개는 넣지 못했어요" in parts[-1].html
    assert (await store.subscribers.get(ME)).companies == ("가람0호",)
