"""Subscribing to people, topics and groups; deep links; first contact."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.deeplinks import name_of, payload_of
from briefing.store import Store
from briefing.subscribers import Subscriber
from tests.bot.talk import ME, ask, press
from tests.botapi import BotApi

pytestmark = pytest.mark.usefixtures("chat")


async def me(store: Store) -> Subscriber:
    found = await store.subscribers.get(ME)
    assert found is not None
    return found


def persons(subscriber: Subscriber) -> list[tuple[str, str | None]]:
    return [(one.name, one.company) for one in subscriber.persons]


def topics(subscriber: Subscriber) -> list[tuple[str, str | None]]:
    return [(one.topic, one.company) for one in subscriber.topics]


async def test_people_are_followed_by_name_even_before_the_news_know_them(api: BotApi, store: Store) -> None:
    answer = await ask(api, "/subscribe @인물 남궁별하")
    assert "남궁별하를 구독했어요" in answer.text
    assert persons(await me(store)) == [("남궁별하", None)]
    again = await ask(api, "/subscribe 인물 남궁별하")
    assert "이미 구독하고 있어요" in again.text
    api.press(answer, "구독 취소")
    await api.until(lambda: any(one.edits for one in api.messages(ME)))
    assert persons(await me(store)) == []


async def test_what_is_followed_by_a_word_is_asked_by_it_too(api: BotApi, publish) -> None:
    await publish("한빛누리전자", "남궁솔", "공장을 늘리겠다", topics=("ai",))
    assert (await ask(api, "@인물 남궁솔")).text.startswith("남궁솔 · 한빛누리전자")
    assert "공장을 늘리겠다" in (await ask(api, "@주제 AI")).text


async def test_the_page_of_a_person_follows_and_leaves_them(api: BotApi, store: Store, publish) -> None:
    await publish("한빛누리전자", "남궁솔", "공장을 늘리겠다")
    page = await ask(api, "/who 남궁솔")
    assert page.labels[-1] == "구독"
    assert "남궁솔을 구독했어요" in (await press(api, page, "구독")).text
    assert persons(await me(store)) == [("남궁솔", None)]
    again = await ask(api, "한빛누리전자 남궁솔")
    assert again.labels[-1] == "구독 취소"
    gone = await press(api, again, "구독 취소")
    assert "해지했어요" in gone.text
    assert persons(await me(store)) == []
    # the page itself stays
    assert next(one for one in api.messages(ME) if one.message_id == again.message_id).edits == 0


async def test_of_namesakes_the_one_of_the_page_is_followed(api: BotApi, store: Store, publish) -> None:
    await publish("한빛누리전자", "남궁솔", "공장을 늘리겠다")
    await publish("새결바이오랩", "남궁솔", "신약을 내겠다", hours_ago=5)
    await press(api, await ask(api, "새결바이오랩 남궁솔"), "구독")
    assert persons(await me(store)) == [("남궁솔", "새결바이오랩")]
    assert (await ask(api, "한빛누리전자 남궁솔")).labels[-1] == "구독"
    await press(api, await ask(api, "새결바이오랩 남궁솔"), "구독 취소")
    assert persons(await me(store)) == []


async def test_topics_of_all_and_of_one_company(api: BotApi, store: Store) -> None:
    both = await ask(api, "/subscribe 주제 AI, 한빛누리전자 투자")
    assert "AI 발언" in both.text
    assert "한빛누리전자 투자 발언" in both.text
    assert topics(await me(store)) == [("ai", None), ("investment", "한빛누리전자")]
    listed = await ask(api, "/list")
    assert "구독 2개" in listed.text
    gone = await ask(api, "/unsubscribe 한빛누리전자 투자")
    assert "해지했어요" in gone.text
    assert topics(await me(store)) == [("ai", None)]
    back = await press(api, gone, "다시 구독")
    assert "구독했어요" in back.text
    assert topics(await me(store)) == [("ai", None), ("investment", "한빛누리전자")]


async def test_a_deep_link_subscribes_and_a_bad_one_greets(api: BotApi, store: Store) -> None:
    payload = payload_of("한빛누리전자")
    assert payload is not None
    assert "구독했어요" in (await ask(api, f"/start {payload}")).text
    assert (await me(store)).companies == ("한빛누리전자",)
    for bad in ("n_%%%", "n_AAAA", "zzzzzzzz", "x" * 80):
        # what is followed already comes below
        assert "다시 오셨네요" in (await ask(api, f"/start {bad}")).text
        assert "한빛누리전자" in (await api.next_message(ME)).text
    assert (await me(store)).companies == ("한빛누리전자",)


async def test_a_press_at_first_contact_says_what_it_did_and_can_be_undone(api: BotApi, store: Store) -> None:
    hello = await ask(api, "/start")
    assert "바로 구독돼요" in hello.text
    done = await press(api, hello, hello.labels[0])
    assert "구독했어요" in done.text
    assert "구독 취소" in done.labels
    api.press(done, "구독 취소")
    await api.until(lambda: any(one.edits for one in api.messages(ME)))
    assert (await me(store)).companies == ()


async def test_two_companies_in_one_question_are_both_answered(api: BotApi) -> None:
    first = await ask(api, "/brief 한빛누리전자 다온모비스텍")
    second = await api.next_message(ME)
    assert "한빛누리전자" in first.text
    assert "다온모비스텍" in second.text


@given(st.text(min_size=1, max_size=15).map(lambda text: " ".join(text.split())).filter(bool))
def test_payloads_come_back_as_they_went(name: str) -> None:
    try:
        name.encode()
    except UnicodeEncodeError:
        return
    payload = payload_of(name)
    if payload is not None:
        assert name_of(payload) == name


@given(st.text(max_size=80))
def test_no_payload_breaks_anything(payload: str) -> None:
    found = name_of(payload)
    assert found is None or found == " ".join(found.split())
