"""Channels: set up by posts, pressed by readers."""

from __future__ import annotations

import pytest

from tests.bot.talk import ME, ask
from tests.botapi_rooms import member_changed, post

CHANNEL, OWNER, READER = -1009, 501, 502

pytestmark = pytest.mark.usefixtures("chat")


@pytest.fixture
def channel(api):
    api.kinds[CHANNEL] = "channel"
    api.members[CHANNEL, OWNER] = "creator"
    return api


async def posted(api, text: str):
    post(api, CHANNEL, text)
    return await api.next_message(CHANNEL)


async def test_a_post_sets_the_channel_up_and_an_edited_one_does_not(channel, store) -> None:
    said = await posted(channel, "/subscribe 한빛누리전자")
    assert "한빛누리전자를 구독했어요" in said.text
    assert said.labels == ["지금 보기"], "what readers may press"
    assert said.reply_to is None
    subscriber = await store.subscribers.get(CHANNEL)
    assert subscriber.companies == ("한빛누리전자",)
    assert subscriber.next_digest is not None
    post(channel, CHANNEL, "/unsubscribe 한빛누리전자", "edited_channel_post")
    post(channel, CHANNEL, "그냥 글이에요 한빛누리전자")
    assert "07:30" in (await posted(channel, "/digest 07:30")).text
    assert (await store.subscribers.get(CHANNEL)).companies == ("한빛누리전자",)
    assert len(channel.messages(CHANNEL)) == 2


async def test_what_a_reader_presses_opens_in_their_own_chat(channel, store, publish) -> None:
    await publish("한빛누리전자", "남궁솔", "로봇에 더 투자하겠다")
    briefing = await posted(channel, "/brief 한빛누리전자")
    for label in ("근거 보기", "구독"):
        channel.press(briefing, label, by=READER)
    await channel.until(lambda: len(channel.opened) == 2)
    evidence, subscribe = (url.partition("?start=")[2] for url in channel.opened)
    assert channel.opened[0].startswith("https://t.me/execbrief_test_bot?start=")
    assert len(channel.messages(CHANNEL)) == 1, "nothing is posted for everybody"
    assert "선임했다" in (await ask(channel, f"/start {evidence}")).text
    assert "구독했어요" in (await ask(channel, f"/start {subscribe}")).text
    assert await store.subscribers.get(CHANNEL) is None


async def test_settings_are_for_administrators_though_everybody_sees_the_buttons(channel, store) -> None:
    page = await posted(channel, "/settings")
    assert page.labels
    channel.press_data(page, "x|empty|toggle", by=READER)
    channel.press_data(page, "l", by=READER)
    await channel.until(lambda: len(channel.notices) == 2)
    assert channel.notices == [
        "이 대화의 관리자만 할 수 있어요.",
        "여기서는 누를 수 없어요. 봇과의 대화에서 이용해 주세요.",
    ]
    channel.press_data(page, "x|empty|toggle", by=OWNER)
    await channel.until(lambda: channel.messages(CHANNEL)[0].edits)
    assert (await store.subscribers.get(CHANNEL)).empty_digest is False
    assert len(channel.messages(CHANNEL)) == 1


@pytest.mark.parametrize("payload", ["a_eHxlbXB0eXx0b2dnbGU", "a_dXztlZzruZs", "a_!!", "a_////", "a_RnxOTw"])
async def test_links_that_would_change_something_only_greet(api, store, payload) -> None:
    # x|empty|toggle, u|…, no base64, F|NO
    said = await ask(api, f"/start {payload}")
    assert "임원 브리핑" in said.text
    assert (await store.subscribers.get(ME)).empty_digest is True


async def test_whoever_adds_the_bot_to_a_channel_is_told_how_and_its_readers_are_not(api, store) -> None:
    await ask(api, "/help")
    for before, after in (("left", "administrator"), ("administrator", "administrator")):
        member_changed(api, CHANNEL, "channel", before, after, by=ME, title="한빛 <소식>")
    said = await api.next_message(ME)
    assert "‘한빛 <소식>’ 채널" in said.text
    assert "/subscribe" in said.text
    await ask(api, "/help")
    assert len(api.messages(ME)) == 3
    assert api.messages(CHANNEL) == []


async def test_leaving_everything_is_confirmed_by_an_administrator(channel, store) -> None:
    await posted(channel, "/subscribe 한빛누리전자, 다온모비스텍")
    question = await posted(channel, "/unsubscribe 전체")
    assert question.labels == ["모두 해지", "그만두기"]
    channel.press(question, "모두 해지", by=READER)
    await channel.until(lambda: channel.notices)
    assert channel.notices == ["이 대화의 관리자만 할 수 있어요."]
    assert len((await store.subscribers.get(CHANNEL)).companies) == 2
    channel.press(question, "모두 해지", by=OWNER)
    await channel.until(lambda: channel.messages(CHANNEL)[1].edits)
    assert (await store.subscribers.get(CHANNEL)).follows_nothing
