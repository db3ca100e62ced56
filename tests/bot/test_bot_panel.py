"""/settings: one message that edits itself; what is chosen is in force at once."""

from __future__ import annotations

from datetime import UTC, time

import pytest

from bot.handlers.words import read_hours
from bot.keyboards import markup
from bot.panel import Page, panel
from briefing.korean.zones import read_zone, zone_name
from briefing.model import FactKind
from briefing.store import Store
from briefing.subscribers import AlertLevel, Language, Quiet, Subscriber
from tests.bot.talk import ME, ask
from tests.botapi import BotApi, Message

pytestmark = pytest.mark.usefixtures("chat")


async def labelled(api: BotApi, message: Message, *labels: str) -> Message:
    """Press through pages; every answer takes the place of the one message."""

    def now() -> Message:
        return next(one for one in api.messages(ME) if one.message_id == message.message_id)

    for label in labels:
        before = now().edits
        api.press(now(), label)
        await api.until(lambda edits=before: now().edits == edits + 1)
    return now()


async def me(store: Store) -> Subscriber:
    found = await store.subscribers.get(ME)
    assert found is not None
    return found


async def test_hours_and_days_are_toggled_in_one_message(api: BotApi, store: Store) -> None:
    first = await ask(api, "/settings")
    assert "매일 08:00" in first.text
    hours = await labelled(api, first, "받는 시각", "18:00", "✓ 08:00", "07:00")
    assert "매일 07:00, 18:00" in hours.text
    assert (await me(store)).digest_times == (time(7), time(18))
    days = await labelled(api, hours, "‹ 설정", "요일", "평일", "✓ 공휴일에도 받기")
    assert "평일, 공휴일은 쉬어요" in days.text
    now = await me(store)
    assert (now.digest_days, now.on_holidays) == (frozenset(range(1, 6)), False)
    assert now.next_digest is not None
    off = await labelled(api, days, "‹ 설정", "받는 시각", "받지 않기")
    assert "받지 않고 있어요" in off.text
    assert (await me(store)).next_digest is None


async def test_alerts_that_cannot_come_are_told(api: BotApi, store: Store) -> None:
    first = await ask(api, "/settings")
    kinds = await labelled(api, first, "소식 종류", "✓ 인사")
    assert "지금은 알림이 오지 않아요" in kinds.text
    alerts = await labelled(api, kinds, "‹ 설정", "바로 알림")
    assert "지금은 알림이 오지 않아요" in alerts.text
    assert "알림이 오지 않아요" in (await ask(api, "/alerts 인사만")).text
    assert "바로 알려" not in (await ask(api, "/subscribe 한빛누리전자")).text
    assert "오지 않아요" not in (await labelled(api, alerts, "전체")).text
    assert (await me(store)).kinds == {FactKind.ACTIVITY, FactKind.QUOTE}


async def test_the_last_day_and_the_last_kind_stay(api: BotApi, store: Store) -> None:
    first = await ask(api, "설정")
    page = await labelled(api, first, "요일", "✓ 월", "✓ 화", "✓ 수", "✓ 목", "✓ 금", "✓ 토")
    api.press(page, "✓ 일")
    page = await labelled(api, page, "‹ 설정", "소식 종류", "✓ 전략 발언", "✓ 행보")
    assert "인사 소식을" in page.text
    now = await me(store)
    assert now.digest_days == {7}
    assert now.kinds == {FactKind.MOVE}


async def test_alerts_quiet_zone_and_language(api: BotApi, store: Store) -> None:
    first = await ask(api, "/settings")
    page = await labelled(api, first, "바로 알림", "CEO급", "‹ 설정", "조용한 시간", "22:00–07:00")
    page = await labelled(api, page, "‹ 설정", "시간대", "런던", "‹ 설정")
    assert "런던" in page.text
    now = await me(store)
    assert (now.alerts, now.quiet, now.timezone) == (
        AlertLevel.TOP,
        Quiet(time(22), time(7)),
        "Europe/London",
    )
    # 08:00 in London, in winter
    assert now.next_digest is not None
    assert now.next_digest.astimezone(UTC).time() in {time(7), time(8)}
    await labelled(api, page, "언어 · Language", "English")
    assert (await me(store)).language is Language.ENGLISH


async def test_quiet_hours_and_zones_can_be_typed(api: BotApi, store: Store) -> None:
    assert "22:30–06:30" in (await ask(api, "/quiet 22:30 ~ 06:30")).text
    assert (await me(store)).quiet == Quiet(time(22, 30), time(6, 30))
    assert "읽지 못했어요" in (await ask(api, "/quiet 새벽에만")).text
    assert "꺼져 있어요. 알림을 아무 때나" in (await ask(api, "/quiet 끄기")).text
    assert "파리" in (await ask(api, "/timezone 파리")).text
    assert (await me(store)).timezone == "Europe/Paris"
    assert "읽지 못했어요" in (await ask(api, "/timezone 화성")).text
    assert (await me(store)).timezone == "Europe/Paris"


async def test_several_hours_and_switching_on_keeps_them(api: BotApi, store: Store) -> None:
    assert "07:00, 18:30" in (await ask(api, "/digest 오후 6시 반, 0700")).text
    await ask(api, "/digest 켜기")
    assert (await me(store)).digest_times == (time(7), time(18, 30))


@pytest.mark.parametrize("page", Page)
def test_every_page_can_be_sent(page: Page) -> None:
    odd = Subscriber(1, digest_times=(time(5, 55),), quiet=Quiet(time(1), time(2)), timezone="Asia/Dubai")
    keyboard = markup(panel(page, odd))
    assert keyboard is not None
    marked = [button.text for row in keyboard.inline_keyboard for button in row if "✓" in button.text]
    assert bool(marked) == (page is not Page.MAIN)


@pytest.mark.parametrize(
    ("text", "hours"),
    [
        ("07:00 18:30", [time(7), time(18, 30)]),
        ("0700", [time(7)]),
        ("오전 7시 30분, 오후 6시 반", [time(7, 30), time(18, 30)]),
        ("7시와 19시", [time(7), time(19)]),
        ("7:5", None),
        ("25:00", None),
        ("8시 말고", None),
        ("", None),
        ("123", None),
    ],
)
def test_hours_as_typed(text: str, hours: list[time] | None) -> None:
    assert read_hours(text) == (tuple(hours) if hours else None)


def test_zones_by_name() -> None:
    assert read_zone("런던 시간") == "Europe/London"
    assert read_zone("europe/berlin") == "Europe/Berlin"
    assert read_zone("America/Argentina/Ushuaia") == "America/Argentina/Ushuaia"
    assert read_zone("어딘가") is None
    assert zone_name("Asia/Seoul") == "서울"
    assert zone_name("Pacific/Apia") == "Pacific/Apia"
