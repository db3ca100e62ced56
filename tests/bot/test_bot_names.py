"""Many names in one message, and words that are not understood."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.handlers.companies import MOST_OTHERS, subscribe
from bot.handlers.words import LONGEST_QUERY, MOST_NAMES
from bot.keyboards import CHOICES_SHOWN
from briefing.model import Company
from briefing.subscribers import AlertLevel
from tests.bot.talk import ME, ask, press


class Counted:
    """The real answers, with the names they were asked for."""

    def __init__(self, news) -> None:
        self._news = news
        self.reads = 0
        self.names: list[str] = []

    def __getattr__(self, name: str):
        return getattr(self._news, name)

    async def find_company(self, query: str) -> Company | None:
        self.reads += 1
        self.names.append(query)
        return await self._news.find_company(query)

    async def find_companies(self, queries) -> dict[str, Company]:
        self.reads += 1
        self.names.extend(queries)
        return await self._news.find_companies(queries)


@pytest.mark.usefixtures("chat")
async def test_all_unknown_names_are_listed_in_one_message(api, store) -> None:
    await ask(api, "/subscribe 한빛누리전자, 가나나나, 나다다다, 다라라라, 라마마마, 다온모비스택")
    asked = await api.next_message(ME)
    for name in ("가나나나", "나다다다", "다라라라", "라마마마", "다온모비스택"):
        assert name in asked.text
    assert "다온모비스텍" in asked.labels
    assert (await store.subscribers.get(ME)).companies == ("한빛누리전자",)
    await press(api, asked, "다온모비스텍")
    assert (await store.subscribers.get(ME)).companies == ("한빛누리전자", "다온모비스텍")
    assert len(api.messages(ME)) == 3


@pytest.mark.usefixtures("chat")
async def test_all_unknown_names_to_leave_are_listed_too(api) -> None:
    asked = await ask(api, "/unsubscribe " + ", ".join(f"없는이름{n}" for n in range(5)))
    assert all(f"없는이름{n}" in asked.text for n in range(5))
    assert len(api.messages(ME)) == 1


@pytest.mark.parametrize("separator", [",", " ", ", "])
async def test_many_names_cost_few_reads_and_the_rest_is_said(desk, separator) -> None:
    news = Counted(desk.news)
    names = [f"가{n}" for n in range(1000)]
    parts = await subscribe(replace(desk, news=news), ME, separator.join(names))
    # one for the buttons of those left over
    assert news.reads <= 3 + MOST_OTHERS
    assert len(news.names) <= 2 * MOST_NAMES + MOST_OTHERS + CHOICES_SHOWN
    if "," in separator:
        assert f"{MOST_NAMES}곳" in parts[-1].html
        assert f"외 {1000 - MOST_NAMES - 10}곳" in parts[-1].html


async def test_known_names_past_the_limit_are_named(desk, store, publish) -> None:
    names = [f"산들바람{n}호" for n in range(MOST_NAMES + 3)]
    for name in names:
        await publish(name, "남궁솔", "공장을 늘리겠다")
    parts = await subscribe(desk, ME, " ".join(names))
    assert len((await store.subscribers.get(ME)).companies) == MOST_NAMES
    assert f"{', '.join(names[-3:])}는 다시" in parts[-1].html


async def test_a_name_longer_than_any_company_is_not_looked_up(desk) -> None:
    news = Counted(desk.news)
    long = "가" * (LONGEST_QUERY + 1)
    (part,) = await subscribe(replace(desk, news=news), ME, long)
    assert long not in news.names
    assert "찾지 못했어요" in part.html


@pytest.mark.usefixtures("chat")
async def test_a_forgotten_company_among_several_can_be_left(api, store, clock) -> None:
    await ask(api, "/subscribe 한빛누리전자")
    for name in ("옛이름상사", "옛이름물산"):
        await store.subscribers.subscribe(ME, name, clock())
    await ask(api, "/unsubscribe 옛이름상사, 옛이름물산")
    assert (await store.subscribers.get(ME)).companies == ("한빛누리전자",)


@pytest.mark.usefixtures("chat")
async def test_only_commas_name_nothing(api) -> None:
    assert (await ask(api, "/unsubscribe ,,")).labels == ["한빛누리전자", "다온모비스텍"]


@pytest.mark.usefixtures("chat")
async def test_an_alert_level_that_is_none_is_said_and_the_choice_offered(api, store) -> None:
    asked = await ask(api, "/alerts zzz")
    assert "‘zzz’" in asked.text
    assert asked.labels == ["끄기", "CEO급", "✓ 인사만", "전체"]
    assert (await store.subscribers.get(ME)).alerts is AlertLevel.MOVES


@pytest.mark.usefixtures("chat")
async def test_the_beginning_of_several_names_is_asked_back(api, store) -> None:
    asked = await ask(api, "/subscribe 하나")
    assert len(asked.labels) == 3
    assert all(label.startswith("하나") for label in asked.labels)
    await press(api, asked, asked.labels[0])
    assert (await store.subscribers.get(ME)).companies == (asked.labels[0],)
    # with one letter every second name would be offered
    assert (await ask(api, "/subscribe 하")).labels == ["도움말"]


@pytest.mark.usefixtures("chat")
async def test_companies_go_by_their_english_names(api, desk) -> None:
    assert (await ask(api, "/brief LG Electronics 30d")).text.startswith("LG전자 · 최근 30일")
    assert (await ask(api, "samsung electronics co., ltd.")).text.startswith("삼성전자 · ")
    assert (await ask(api, "Samsung Electroncs")).labels[0] == "삼성전자"
    asked = await ask(api, "Hyundai Moter")
    assert asked.labels[0] == "현대차"
    await ask(api, "/subscribe SK hynix, Hyundai Motor")
    subscriber = await desk.subscribers.get(ME)
    assert subscriber is not None
    assert set(subscriber.companies) == {"SK하이닉스", "현대차"}
