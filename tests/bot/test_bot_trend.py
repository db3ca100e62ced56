"""/trend over the Bot API: a picture with its numbers in words, turned in place, drawn once."""

from __future__ import annotations

import io
import socket
from datetime import UTC, datetime

import pytest
from PIL import Image

import bot.pictures
from bot.console import run_console
from bot.pictures import Pictures
from briefing.compose.trend import Theme, text_bars
from briefing.store.codec import encode_part
from tests.bot.conftest import LONG_NAME
from tests.bot.talk import GROUP, ME, ask, press
from tests.botapi import Answer, too_many
from tests.compose.test_compose_trend import ROWS, made

WORDS = "인사 1건 · 행보 0건 · 전략 발언 1건"


def corner(png: bytes | None) -> tuple[int, ...]:
    assert png is not None
    with Image.open(io.BytesIO(png)) as image:
        assert image.size[0] == 1080
        pixel = image.convert("RGB").getpixel((0, 0))
    assert isinstance(pixel, tuple)
    return pixel


@pytest.mark.usefixtures("chat")
class TestChat:
    async def test_a_picture_comes_with_its_numbers_in_words(self, api, publish) -> None:
        await publish("한빛누리전자", "남궁솔", "공장을 늘리겠다")
        await publish("다온모비스텍", "윤서라", "배당을 늘리겠다")
        shown = await ask(api, "/trend HNE")
        assert [name for name, _ in api.calls if name.startswith("send")] == ["sendPhoto"]
        assert corner(shown.picture) == (255, 255, 255)
        # 08:30 on a Tuesday, published two hours before
        assert shown.text.splitlines()[:2] == ["한빛누리전자 · 최근 12주 (12.15–3.3)", WORDS]
        assert "인사 — 3.2 1건" in shown.text
        assert shown.labels == ["어둡게", "30일 브리핑"]
        with Image.open(io.BytesIO(shown.picture)) as image:
            assert "이번 주  █" in image.info["Description"]

    async def test_the_button_turns_it_in_its_place_and_back(self, api, publish) -> None:
        await publish("한빛누리전자", "남궁솔", "공장을 늘리겠다")
        light = await ask(api, "/trend 한빛누리전자")
        api.press(light, "어둡게")
        await api.until(lambda: api.messages(ME)[0].edits == 1)
        dark = api.messages(ME)[0]
        assert corner(dark.picture) == (0x17, 0x21, 0x2B)
        assert dark.text == light.text
        assert dark.labels == ["밝게", "30일 브리핑"]
        api.press(dark, "밝게")
        await api.until(lambda: api.messages(ME)[0].edits == 2)
        assert api.messages(ME)[0].picture == light.picture
        assert len(api.messages(ME)) == 1

    async def test_its_other_button_briefs(self, api, publish) -> None:
        await publish("한빛누리전자", "남궁솔", "공장을 늘리겠다")
        brief = await press(api, await ask(api, "/trend 한빛누리전자"), "30일 브리핑")
        assert brief.picture is None
        assert "최근 30일" in brief.text

    async def test_a_picture_that_is_gone_is_sent_anew(self, api, publish) -> None:
        await publish("한빛누리전자", "남궁솔", "공장을 늘리겠다")
        light = await ask(api, "/trend 한빛누리전자")
        api.script("editMessageMedia", Answer(400, "Bad Request: message to edit not found"))
        dark = await press(api, light, "어둡게")
        assert corner(dark.picture) == (0x17, 0x21, 0x2B)

    async def test_nothing_to_draw_is_a_line_without_picture(self, api, publish, clock) -> None:
        await publish("한빛누리전자", "남궁솔", "공장을 늘리겠다", hours_ago=24 * 7 * 13)
        said = await ask(api, "/trend 한빛누리전자")
        assert said.picture is None
        assert said.text == "한빛누리전자는 최근 12주 동안 임원 소식이 없어서 그릴 그림이 없어요."
        assert said.labels == ["1년 브리핑", "구독"]
        assert "남궁솔" in (await press(api, said, "1년 브리핑")).text

    async def test_a_group_counts_its_members(self, api, publish) -> None:
        await publish("한빛누리전자", "남궁솔", "공장을 늘리겠다")
        assert WORDS in (await ask(api, "/trend 한빛누리그룹")).text

    async def test_a_name_cut_to_fit_the_button_still_turns(self, api, publish) -> None:
        await publish(LONG_NAME, "남궁솔", "공장을 늘리겠다")
        light = await ask(api, f"/trend {LONG_NAME}")
        api.press(light, "어둡게")
        await api.until(lambda: api.messages(ME)[0].edits == 1)

    async def test_without_or_with_an_unknown_name_it_asks_back(self, api, publish) -> None:
        await publish("한빛누리전자", "남궁솔", "공장을 늘리겠다")
        for text in ("/trend", "/trend 한빛누리전저"):
            asked = await ask(api, text)
            shown = await press(api, asked, "한빛누리전자")
            assert shown.picture is not None

    @pytest.mark.parametrize("text", ["한빛누리전자 추이", "그래프 한빛누리전자", "/trend 한빛누리전자 12주"])
    async def test_plain_words_ask_for_it_too(self, api, publish, text) -> None:
        await publish("한빛누리전자", "남궁솔", "공장을 늘리겠다")
        assert (await ask(api, text)).picture is not None

    async def test_a_group_that_takes_no_pictures_gets_the_words(self, api, publish) -> None:
        await publish("한빛누리전자", "남궁솔", "공장을 늘리겠다")
        refusal = Answer(400, "Bad Request: not enough rights to send photos to the chat")
        api.script("sendPhoto", refusal, chat_id=GROUP)
        said = await ask(api, "/trend 한빛누리전자", GROUP)
        assert said.picture is None
        assert WORDS in said.text
        assert said.labels == ["어둡게", "30일 브리핑"]

    async def test_a_picture_is_sent_again_after_the_wait_telegram_asks_for(
        self, api, publish, waits
    ) -> None:
        await publish("한빛누리전자", "남궁솔", "공장을 늘리겠다")
        api.script("sendPhoto", too_many(7))
        assert (await ask(api, "/trend 한빛누리전자")).picture is not None
        assert waits.seconds == [7]


async def test_the_same_numbers_are_drawn_once_and_the_oldest_picture_goes(monkeypatch) -> None:
    drawn: list[tuple[str, Theme]] = []
    draw = bot.pictures._draw

    def noted(trend, theme):
        drawn.append((trend.name, theme))
        return draw(trend, theme)

    monkeypatch.setattr(bot.pictures, "_draw", noted)
    pictures = Pictures(kept=2)
    first = await pictures.trend(made(ROWS, "가"), Theme.LIGHT)
    assert await pictures.trend(made(ROWS, "가"), Theme.LIGHT) is first
    assert await pictures.trend(made(ROWS, "가"), Theme.DARK) != first
    await pictures.trend(made(ROWS, "나"), Theme.LIGHT)
    assert await pictures.trend(made(ROWS, "가"), Theme.LIGHT) == first
    assert drawn == [("가", Theme.LIGHT), ("가", Theme.DARK), ("나", Theme.LIGHT), ("가", Theme.LIGHT)]


def test_a_picture_is_no_message_of_the_outbox() -> None:
    from briefing.model import Part

    with pytest.raises(ValueError, match="outbox"):
        encode_part(Part("가", picture=b"png"))


# ---------------------------------------------------------------------- in the terminal


@pytest.fixture
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("the console has no network")

    monkeypatch.setattr(socket.socket, "connect", refuse)


@pytest.mark.usefixtures("no_network")
async def test_the_terminal_shows_bars_and_keeps_the_picture(desk, publish, tmp_path, clock) -> None:
    await publish("한빛누리전자", "남궁솔", "공장을 늘리겠다")
    out, folder = io.StringIO(), tmp_path / "new" / "pictures"
    await run_console(desk, ["/trend 한빛누리전자", "1"], file=out, pictures=folder)
    light, dark = sorted(folder.iterdir())
    assert (corner(light.read_bytes()), corner(dark.read_bytes())) == ((255, 255, 255), (0x17, 0x21, 0x2B))
    company = await desk.news.find_company("한빛누리전자")
    first, turned = out.getvalue().split("> 1")
    bars = text_bars(await desk.news._publisher.trend(company))
    assert bars in first
    assert str(light) in first
    assert WORDS in first
    assert "(바뀐 메시지)" in turned
    assert bars in turned


@pytest.mark.usefixtures("no_network")
async def test_files_of_an_earlier_run_stay_and_trouble_is_a_line(desk, publish, tmp_path) -> None:
    await publish("한빛누리전자", "남궁솔", "공장을 늘리겠다")
    for _ in range(2):
        await run_console(desk, ["/trend 한빛누리전자"], file=io.StringIO(), pictures=tmp_path / "all")
    assert sorted(path.name for path in (tmp_path / "all").iterdir()) == ["picture-1.png", "picture-2.png"]
    (tmp_path / "file").write_text("")
    out = io.StringIO()
    await run_console(desk, ["/trend 한빛누리전자"], file=out, pictures=tmp_path / "file")
    assert "저장하지 못했어요" in out.getvalue()
    assert WORDS in out.getvalue()


async def test_counting_is_of_the_present_moment(desk, publish, clock) -> None:
    await publish("한빛누리전자", "남궁솔", "공장을 늘리겠다")
    company = await desk.news.find_company("한빛누리전자")
    publisher = desk.news._publisher
    assert (await publisher.trend(company)).weeks[-1].counts == (1, 0, 1)
    clock.advance(days=7)
    trend = await publisher.trend(company)
    assert [week.counts for week in trend.weeks[-2:]] == [(1, 0, 1), (0, 0, 0)]
    assert clock() == datetime(2026, 3, 9, 23, 30, tzinfo=UTC)
