"""What those who run the bot can ask, and that nobody else can."""

from __future__ import annotations

import logging
from dataclasses import replace
from datetime import time, timedelta

import pytest

from bot.administration import Administration
from bot.error_ring import ErrorRing
from bot.handlers.admin import LONGEST_BROADCAST
from briefing.model import Failed, Feed, Later, Part, Sent, Unknown
from briefing.pipeline.broadcasting import PER_SECOND, Broadcaster
from briefing.subscribers import Quiet
from tests.bot.talk import GROUP, ME, ask, press
from tests.store.making import record_poll, set_digest

BOSS, ROOM = 4711, -4712
NIGHTLY = "오늘 밤 10시부터 <b>점검</b> & 이전\n\n내일 아침에 돌아올게요."


@pytest.fixture
async def office(desk, talking):
    """The bot runs; BOSS runs it, and ROOM is told of its troubles."""
    async with talking(replace(desk, admin_ids=frozenset({BOSS, ROOM}))):
        yield


async def waiting(store, clock) -> list[tuple[int, str]]:
    """Everything that waits to be sent, taken out, with the time at which each was taken."""
    found: list[tuple[int, str]] = []
    for _ in range(100):
        claimed = await store.outbox.claim(clock() + timedelta(hours=3), 1000)
        if not claimed:
            break
        for message in claimed:
            found.append((message.chat_id, message.content.html))
            await store.outbox.record(message, Sent(1), clock())
    return found


# ---------------------------------------------------------------------- who may


@pytest.mark.parametrize("command", ["/stats", "/feeds", "/errors", "/broadcast 안녕하세요"])
async def test_to_others_the_commands_of_operators_are_unknown(api, store, office, command) -> None:
    unknown = (await ask(api, "/nosuchcommand")).text
    assert (await ask(api, command)).text == unknown
    api.say(GROUP, command)
    api.say(GROUP, command, by=BOSS)
    api.say(ROOM, command, by=ME)
    api.say(ME, "/help")
    await api.next_message(ME)
    assert api.messages(GROUP) == [], "not even the operator shows figures to a group of others"
    assert api.messages(ROOM) == []
    assert (await ask(api, command, BOSS)).text != unknown
    api.say(ROOM, command, by=BOSS)
    assert (await api.next_message(ROOM)).text != unknown


async def test_only_operators_find_them_in_their_menu(api, office) -> None:
    await api.until(lambda: api.menus)
    names = [line["command"] for line in api.menus[BOSS]]
    assert names[-4:] == ["stats", "feeds", "errors", "broadcast"]
    assert names[:-4] == [line["command"] for line in api.menu]
    assert set(api.menus) == {BOSS}, "a group's menu is seen by everybody in it"
    assert all(len(line["description"]) <= 40 for line in api.menus[BOSS])


async def test_an_operator_who_never_wrote_to_the_bot_stops_nobody(api, desk, talking, caplog) -> None:
    api.unreachable_chats.add(BOSS)
    async with talking(replace(desk, admin_ids=frozenset({BOSS}))):
        assert "/brief" in (await ask(api, "/help")).text
    assert f"administrator {BOSS} could not be set" in caplog.text


# ---------------------------------------------------------------------- /stats


async def test_the_figures_of_today(api, store, office, clock, publish) -> None:
    await publish("한빛누리전자", "남궁솔", "공장을 늘리겠다")
    await publish("한빛누리전자", "제갈윤", "배당을 늘리겠다", hours_ago=30)
    for chat in range(1, 6):
        await store.subscribers.ensure(chat, clock(), (time(8),))
    await set_digest(store, 1, (time(18),), clock() + timedelta(hours=9))
    await set_digest(store, 2, (time(8),), clock() + timedelta(hours=23))
    await store.subscribers.deactivate(5, clock())
    for chat, outcome in ((1, Sent(1)), (2, Unknown("?")), (3, Later("429")), (4, None)):
        await store.outbox.write_edition(f"digest:{chat}", chat, (Part("글"),), clock())
        if outcome:
            (message,) = await store.outbox.claim(clock(), 1)
            await store.outbox.record(message, outcome, clock())
    await store.outbox.write_edition("digest:yesterday", 3, (Part("글"),), clock() - timedelta(days=1))
    clock.advance(minutes=7)
    text = (await ask(api, "/stats", BOSS)).text
    assert "오늘 현황 (3.3(화) 08:37)" in text
    assert "구독자 4명 · 떠남 1명" in text
    assert "정기 브리핑 오늘 5건 가운데 4건 작성, 1건 보냄" in text
    assert "사실 4건" in text
    assert "대기 3 · 보내는 중 0 · 보냄 1 · 받을 수 없음 0 · 거절됨 0 · 알 수 없음 1" in text.splitlines()
    assert "보내기 1447분" in text
    assert "MB" in text


async def test_what_was_given_up_is_told_beside_what_telegram_refused(api, store, office, clock) -> None:
    await store.outbox.write_edition("digest:1", 1, (Part("글"),), clock() - timedelta(days=7))
    (message,) = await store.outbox.claim(clock(), 1)
    await store.outbox.record(message, Later("500"), clock())
    await store.outbox.recover(clock())
    said = (await ask(api, "/stats", BOSS)).text
    assert "받을 수 없음 0 · 거절됨 1 (7일 만에 포기 1) · 알 수 없음 0" in said


async def test_how_far_polling_is_behind(api, store, office, clock) -> None:
    await store.news.add_feeds([Feed("https://a.example/rss", "가람일보")], clock())
    clock.advance(minutes=42)
    assert "피드 42분 (1개)" in (await ask(api, "/stats", BOSS)).text


async def test_an_empty_database_has_figures_too(api, office) -> None:
    assert "구독자 0명" in (await ask(api, "/stats", BOSS)).text


# ---------------------------------------------------------------------- /feeds


async def test_feeds_in_trouble_with_what_is_wrong(api, store, office, clock) -> None:
    feeds = [
        Feed(f"https://user:secret@{name}.example/rss", outlet, "산업")
        for name, outlet in (("a", "가람일보"), ("b", "누리경제"))
    ]
    await store.news.add_feeds(feeds, clock())
    assert (await ask(api, "/feeds", BOSS)).text == "피드 2개에 지금 문제가 없어요."
    first = (await store.news.feeds())[0]
    await record_poll(store, first.id, Failed("HTTP 503 <busy>"), clock() + timedelta(minutes=5), clock())
    said = (await ask(api, "/feeds", BOSS)).text
    assert "피드 2개 가운데 1개에 문제가 있어요." in said
    assert "가람일보 산업 — 1번째 실패" in said
    assert "HTTP 503 <busy>" in said
    assert "https://a.example/rss" in said
    assert "secret" not in said
    assert "누리경제" not in said


async def test_when_everything_is_down_the_answer_still_fits(api, store, office, clock) -> None:
    feeds = [Feed(f"https://{n}.example/{'x' * 300}", f"매체{n}") for n in range(60)]
    await store.news.add_feeds(feeds, clock())
    for state in await store.news.feeds():
        await record_poll(store, state.id, Failed("이유 " * 100), clock(), clock())
    api.say(BOSS, "/feeds")
    first = await api.next_message(BOSS)
    assert "60개에 문제" in first.text
    while "외 40개" not in first.text:
        first = await api.next_message(BOSS)


# ---------------------------------------------------------------------- /errors


async def test_the_last_errors_newest_first_without_secrets(api, office) -> None:
    log = logging.getLogger("briefing.test")
    log.info("nothing of interest")
    for _ in range(3):
        log.warning("feed https://user:pass@a.example/ is <away>")
    try:
        raise RuntimeError(f"call to bot{api.token} failed")
    except RuntimeError:
        log.exception("digest of chat %d failed", 5)
    text = (await ask(api, "/errors", BOSS)).text
    assert api.token not in text
    assert "pass" not in text
    assert "nothing of interest" not in text
    digest, feed = (
        text.index("digest of chat 5 failed · RuntimeError: call to bot[token] failed"),
        text.index("<away>"),
    )
    assert digest < feed
    assert "WARNING ×3 briefing.test" in text


async def test_without_errors_it_says_so(api, office) -> None:
    assert (await ask(api, "/errors", BOSS)).text == "시작한 뒤로 경고나 오류가 없어요."


def test_the_ring_is_bounded_and_takes_out_what_it_was_told() -> None:
    ring = ErrorRing(secrets=("hush/hush",), size=3)
    for number in range(10):
        ring.handle(
            logging.makeLogRecord(
                {"levelno": 40, "levelname": "ERROR", "msg": f"{number} hush/hush hush%2Fhush"}
            )
        )
    kept = ring.newest()
    assert [one.text for one in kept] == [f"{n} [secret] [secret]" for n in (9, 8, 7)]
    ring.handle(logging.makeLogRecord({"levelno": 40, "levelname": "ERROR", "msg": "x" * 10_000}))
    assert len(ring.newest(1)[0].text) == 500


# ---------------------------------------------------------------------- /broadcast


async def people(store, clock, *chats: int) -> None:
    for chat in chats:
        await store.subscribers.ensure(chat, clock())


async def preview(api, text: str = NIGHTLY):
    asked = await ask(api, f"/broadcast {text}", BOSS)
    return asked, await api.next_message(BOSS)


async def test_a_broadcast_is_shown_first_and_reaches_everybody_once(api, store, office, clock) -> None:
    await people(store, clock, 1, 2, 3)
    await store.subscribers.deactivate(3, clock())
    asked, shown = await preview(api)
    assert asked.text == "아래 메시지를 2명에게 보낼까요? 보내기를 누르기 전에는 나가지 않아요."
    assert shown.text == NIGHTLY
    assert shown.labels == ["2명에게 보내기", "취소"]
    assert await waiting(store, clock) == [], "nothing before it is confirmed"
    done = await press(api, shown, "2명에게 보내기")
    assert "2명에게 보내기 시작했어요" in done.text
    now = next(m for m in api.messages(BOSS) if m.message_id == shown.message_id)
    assert (now.text, now.labels) == (NIGHTLY, [])
    sent = await waiting(store, clock)
    assert [chat for chat, _ in sent] == [1, 2]
    assert sent[0][1] == "오늘 밤 10시부터 &lt;b&gt;점검&lt;/b&gt; &amp; 이전\n\n내일 아침에 돌아올게요."
    # two taps, one of them long after
    clock.advance(minutes=1)
    assert "이미 보낸 메시지" in (await press(api, shown, "2명에게 보내기")).text
    assert await waiting(store, clock) == []


async def test_a_cancelled_broadcast_is_not_sent_even_by_a_late_tap(api, store, office, clock) -> None:
    await people(store, clock, 1, 2)
    _, shown = await preview(api)
    assert (await press(api, shown, "취소")).text == "취소했어요. 아무에게도 보내지 않아요."
    assert "취소했어요" in (await press(api, shown, "2명에게 보내기")).text
    assert await waiting(store, clock) == []


async def test_it_can_be_confirmed_after_a_restart_and_goes_on_where_it_was_cut_off(
    api, desk, store, talking, clock, monkeypatch
) -> None:
    monkeypatch.setattr("briefing.pipeline.broadcasting.BATCH", 2)
    mine = replace(desk, admin_ids=frozenset({BOSS}))
    await people(store, clock, *range(1, 8))
    async with talking(mine):
        _, shown = await preview(api, "한 번만")
    outbox = store.outbox

    class Dies:
        """The outbox of a process that is killed in the third batch."""

        calls = 0

        def __getattr__(self, name: str):
            return getattr(outbox, name)

        async def write_editions(self, new, now):
            self.calls += 1
            if self.calls == 3:
                raise RuntimeError("killed")
            return await outbox.write_editions(new, now)

    store.outbox = Dies()
    async with talking(mine):
        assert "답을 드리지 못했어요" in (await press(api, shown, "7명에게 보내기")).text
    store.outbox = outbox
    async with talking(mine):
        assert "3명에게" in (await press(api, shown, "7명에게 보내기")).text
    assert sorted(chat for chat, _ in await waiting(store, clock)) == list(range(1, 8))


async def test_two_broadcasts_of_the_same_words_are_two(api, store, office, clock) -> None:
    await people(store, clock, 1)
    for _ in range(2):
        _, shown = await preview(api, "알립니다")
        await press(api, shown, "1명에게 보내기")
    assert len(await waiting(store, clock)) == 2


async def test_the_buttons_work_for_operators_only(api, store, office, clock) -> None:
    await people(store, clock, 1)
    api.say(ROOM, "/broadcast 알립니다", by=BOSS)
    await api.next_message(ROOM)
    shown = await api.next_message(ROOM)
    for label in shown.labels:
        api.press(shown, label, by=ME)
    await api.until(lambda: len(api.notices) == 2)
    assert set(api.notices) == {"봇 운영자만 할 수 있어요."}
    # and by made-up data, from a chat of one's own
    hello = await ask(api, "/start")
    data = next(b["callback_data"] for row in shown.buttons for b in row)
    api.press_data(hello, data)
    await api.until(lambda: len(api.notices) == 3)
    assert await waiting(store, clock) == []


async def test_a_preview_of_another_day_is_not_sent(api, store, office, clock) -> None:
    await people(store, clock, 1)
    _, shown = await preview(api)
    clock.advance(hours=25)
    assert "오래된 버튼" in (await press(api, shown, "1명에게 보내기")).text
    assert await waiting(store, clock) == []


async def test_nothing_to_say_too_much_to_say_nobody_to_hear(api, store, office, clock) -> None:
    assert "/broadcast" in (await ask(api, "/broadcast", BOSS)).text
    assert "받을 사람이 아직 없어요." in (await ask(api, "/broadcast 여보세요", BOSS)).text
    await people(store, clock, 1)
    assert "2자 길어요" in (await ask(api, "/broadcast " + "가" * (LONGEST_BROADCAST + 2), BOSS)).text
    _, shown = await preview(api, "가" * LONGEST_BROADCAST)
    assert len(shown.text) == LONGEST_BROADCAST


async def test_only_who_may_be_written_to_is_counted_and_written_to(api, desk, store, talking, clock) -> None:
    await people(store, clock, 1, 2, 3)
    broadcaster = Broadcaster(store, clock, frozenset({BOSS, 2}))
    office = Administration(store, desk.replies, broadcaster, ErrorRing(), clock)
    async with talking(replace(desk, admin_ids=frozenset({BOSS}), office=office)):
        _, shown = await preview(api)
        await press(api, shown, "1명에게 보내기")
    assert [chat for chat, _ in await waiting(store, clock)] == [2]


async def test_a_broadcast_minds_quiet_hours_and_the_topic_of_a_forum(api, store, office, clock) -> None:
    await people(store, clock, 1, GROUP)
    quiet = Quiet(time(8), time(10))  # it is 08:30 in Seoul
    await store.subscribers.change(GROUP, lambda room: replace(room, quiet=quiet, thread_id=55))
    _, shown = await preview(api)
    await press(api, shown, "2명에게 보내기")
    (now,) = await store.outbox.claim(clock(), 10)
    assert now.chat_id == 1
    await store.outbox.record(now, Sent(1), clock())
    assert await store.outbox.claim(clock() + timedelta(minutes=89), 10) == ()
    (later,) = await store.outbox.claim(clock() + timedelta(minutes=90), 10)
    assert (later.chat_id, later.thread_id) == (GROUP, 55)


async def test_a_broadcast_leaves_room_for_what_is_urgent(api, store, office, clock) -> None:
    await people(store, clock, *range(1, 3 * PER_SECOND + 1))
    _, shown = await preview(api)
    await press(api, shown, f"{3 * PER_SECOND}명에게 보내기")
    due = [len(await store.outbox.claim(clock() + timedelta(seconds=second), 1000)) for second in range(4)]
    assert due == [PER_SECOND, PER_SECOND, PER_SECOND, 0]
