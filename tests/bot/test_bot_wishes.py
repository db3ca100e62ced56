"""Leaving, following and settings in plain words."""

from __future__ import annotations

from datetime import time

import pytest

from bot.handlers import Desk
from bot.handlers.commands import COMMANDS, PERSONAL
from bot.handlers.wishes import Wish, read_wish, wish_of_command
from bot.panel import Page
from briefing.korean.lexicon import table
from tests.bot.talk import GROUP, ME, ask, settled

HNE, DMB = "한빛누리전자", "다온모비스텍"


@pytest.mark.parametrize(
    ("text", "wish"),
    [
        ("구독 취소하고 싶어요", Wish("leave", "unsubscribe")),
        ("그만 보내", Wish("leave", "unsubscribe")),
        ("이제 그만 보내 주세요", Wish("leave", "unsubscribe")),
        (f"{HNE} 구독 취소할게요", Wish("leave", "unsubscribe", HNE)),
        ("구독 다 끊어줘", Wish("leave_all", "unsubscribe", "전체")),
        ("내 정보 지워줘", Wish("forget", "forget")),
        ("밤에는 알림 보내지 마", Wish("quiet", "quiet")),
        ("밤 11시부터 7시까지는 알림 보내지 마", Wish("quiet", "quiet", "밤 11시 7시")),
        ("토요일에는 안 받을래", Wish("days", "settings", "days")),
        ("영어로 바꿔줘", Wish("language", "settings", "lang")),
        ("브리핑 시간 7시로 바꿔줘", Wish("hours", "digest", "7시")),
        ("브리핑 시간 바꿔줘", Wish("hours", "settings", "hours")),
        ("언제 와?", Wish("when", "settings", "hours")),
        (f"{HNE} 알림 꺼줘", Wish("alerts", "alerts")),
        (f"{HNE} 구독할래", Wish("follow", "subscribe", HNE)),
        ("남궁별 소식 받고 싶어", Wish("follow", "subscribe", "남궁별")),
        ("subscribe to Kakao", Wish("follow", "subscribe", "Kakao")),
        # commands as they are taught, and questions
        ("알림 꺼줘", None),
        ("정기브리핑 평일 7시", None),
        (f"{HNE} 토요일 행사", None),
        (f"{HNE} 대표 언제 와?", None),
        (f"{HNE} 소식 알려줘", None),
    ],
)
def test_wishes(text: str, wish: Wish | None) -> None:
    assert read_wish(text) == wish


def test_a_wish_leads_somewhere() -> None:
    for name, row in table("wishes.toml").items():
        if name == "beside":
            continue
        assert row.get("command") in {*COMMANDS, *PERSONAL, None}
        assert row.get("page") in {*Page, None}
        assert row["said"]
        assert "command" in row or "page" in row
        assert all(
            isinstance(words, str) and words == words.lower()
            for said in row["said"]
            for words in said.values()
        )
        for command in row.get("commands", "").split():
            assert command not in {*COMMANDS, *PERSONAL}
            assert wish_of_command(command) is not None


@pytest.mark.usefixtures("chat")
async def test_leaving_in_plain_words(api, desk: Desk) -> None:
    await ask(api, f"/subscribe {HNE}, {DMB}")
    for text in ("구독 취소하고 싶어요", "/stop", "그만 보내주세요 너무 많아요"):
        asked = await ask(api, text)
        assert asked.text == "무엇을 해지할까요?"
        assert asked.labels == [HNE, DMB]
    assert (await ask(api, "구독 다 끊어줘")).labels == ["모두 해지", "그만두기"]
    assert (await ask(api, "내 정보 지워줘")).labels == ["모두 지우기", "그만두기"]
    assert (await ask(api, f"{DMB} 구독 끊을래요")).text.startswith(f"{DMB} 구독을 해지했어요")


@pytest.mark.usefixtures("chat")
async def test_settings_in_plain_words(api, desk: Desk) -> None:
    assert (await ask(api, "밤에는 알림 보내지 마")).text.startswith("조용한 시간")
    assert "✓ 토" in (await ask(api, "토요일에는 안 받을래")).labels
    assert "English" in (await ask(api, "영어로 바꿔줘")).labels
    assert (await ask(api, "브리핑 시간 7시로 바꿔줘")).text == "이제 매일 07:00에 보내 드릴게요."
    subscriber = await desk.subscribers.get(ME)
    assert subscriber is not None
    assert subscriber.digest_times == (time(7),)


@pytest.mark.usefixtures("chat")
async def test_people_of_a_group_may_tell_each_other_to_stop(api) -> None:
    briefing = await ask(api, f"/brief {HNE}", GROUP, by=900)
    api.say(GROUP, "이제 그만 보내", by=901, reply_to=briefing.message_id)
    before = len(api.messages(GROUP))
    assert await settled(api) == before


@pytest.mark.usefixtures("chat")
async def test_following_in_plain_words(api, desk: Desk, publish) -> None:
    await publish(HNE, "남궁별", "공장을 짓겠다")
    await ask(api, f"{HNE}랑 {DMB} 구독")
    await ask(api, "새결바이오랩을 구독할게요")
    await ask(api, "남궁별 소식 받고 싶어")
    subscriber = await desk.subscribers.get(ME)
    assert subscriber is not None
    assert subscriber.companies == (HNE, DMB, "새결바이오랩")
    assert [one.name for one in subscriber.persons] == ["남궁별"]
