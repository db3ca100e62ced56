"""People, moves and activities across stories, on SQLite and PostgreSQL."""

from __future__ import annotations

import uuid

from briefing.model import Activity, Extraction, Move, MoveKind, MoveStatus, Period, Span
from briefing.store import Store, open_store
from tests.store.conftest import administer, create, server_url
from tests.store.making import DAY, HOUR, NOW, article, entry, extraction, pending, signature


async def filled(store: Store) -> None:
    """Three articles: two of one company a day apart, one of another with the same name."""
    told = (
        (1, "다온전자", "서지안", NOW - DAY),
        (2, "다온전자", "서지안", NOW - HOUR),
        (3, "가온상사", "서지안", NOW - 3 * DAY),
    )
    for number, company, person, when in told:
        (found,) = await pending(store, entry(number, published=when))
        page = article(f"https://news.example/{number}", published=when)
        await store.news.record_article(
            found, page, extraction(company, person), signature(f"k{number}"), None, NOW
        )


async def test_the_newest_facts_of_a_name_earliest_first(store: Store) -> None:
    await filled(store)
    told = await store.news.latest_facts_of("서지안", 100)
    assert [fact.source.published for fact in told] == sorted(fact.source.published for fact in told)
    assert {fact.fact.company for fact in told} == {"다온전자", "가온상사"}
    newest = await store.news.latest_facts_of("서지안", 3)
    assert [fact.fact.company for fact in newest] == ["다온전자"] * 3
    assert {fact.source.url for fact in newest} == {"https://news.example/2"}
    assert await store.news.latest_facts_of("서지", 100) == ()


async def test_titles_newest_first_with_where_they_stand(store: Store) -> None:
    await filled(store)
    told = await store.news.mentions("서지안", 2)
    assert [(one.person.company, one.person.title) for one in told] == [("다온전자", "사장")] * 2
    assert [one.source.url for one in told] == ["https://news.example/2", "https://news.example/1"]
    assert await store.news.mentions("없는이", 2) == ()


async def test_the_newest_of_a_name_at_companies(store: Store) -> None:
    await filled(store)
    houses = ("다온전자", "없는회사")
    told = await store.news.latest_facts_at((*houses, "가온상사"), NOW - 2 * DAY, 4)
    assert [fact.source.url[-1] for fact in told] == ["1", "2", "2", "2"]
    everything = await store.news.latest_facts_at((*houses, "가온상사"), NOW - 9 * DAY, 99)
    assert [fact.source.url[-1] for fact in everything] == list("333111222")
    moves = await store.news.moves_at(("서지안", "없는이"), houses, 9)
    assert [fact.source.url[-1] for fact in moves] == ["1", "2"]
    assert await store.news.moves_at(("서지안",), ("가온상사",), 2) == ()
    titles = await store.news.mentions_at(("서지안",), houses, 1)
    assert [one.source.url[-1] for one in titles] == ["2"]
    assert len(await store.news.mentions_at(("서지안",), (*houses, "가온상사"), 2)) == 3


async def test_words_on_a_topic_and_how_far_back_they_go(store: Store) -> None:
    await filled(store)
    period = Period(NOW - 9 * DAY, NOW)
    told, reached = await store.news.words_on("invest", period, 9)
    assert [fact.source.url[-1] for fact in told] == ["3", "1", "2"]
    assert reached is None
    told, reached = await store.news.words_on("invest", period, 2)
    assert [fact.source.url[-1] for fact in told] == ["1", "2"]
    assert reached == NOW - DAY
    assert await store.news.words_on("nves", period, 9) == ((), None)


async def test_names_that_articles_know(store: Store) -> None:
    await filled(store)
    assert await store.news.people_named(("없는이", "서지안", "서지안")) == ("서지안",)
    assert await store.news.people_named(()) == ()
    assert await store.news.people_beginning("서지", 2) == ("서지안",)
    assert await store.news.people_beginning("%", 2) == ()


NAMES = (
    "가",
    # after 각 by Korean order
    "가z",
    "가漢",
    "가나",
    "가나다",
    "가낟",
    "각",
    "힣",
    "힣가",
    "LGZ",
    "LG%",
    "LG_가",
    "lga",
    "Z",
    "Za",
    "서 지안",
    "서지안",
    "😀",
    "가😀",
)


async def test_a_beginning_finds_what_begins_so_and_nothing_else(store: Store) -> None:
    await every_beginning(store)


async def every_beginning(store: Store) -> None:
    for number, waiting in enumerate(await pending(store, *(entry(number) for number in range(len(NAMES))))):
        found = extraction(NAMES[number], NAMES[number])
        sheet = article(f"https://news.example/{number}")
        await store.news.record_article(waiting, sheet, found, signature(f"k{number}"), None, NOW)
    for start in sorted({name[:length] for name in NAMES for length in (1, 2, 3)} | {"나", "%", "_", "힢"}):
        expected = {name for name in NAMES if name.startswith(start)}
        assert set(await store.news.people_beginning(start, 99)) == expected, start
        capitals = {name for name in NAMES if name.startswith(start.upper())}
        assert set(await store.news.companies_beginning(start, 99)) == expected | capitals, start


async def test_moves_of_a_period_and_nothing_else(store: Store) -> None:
    await filled(store)
    told = await store.news.moves(Period(NOW - 2 * DAY, NOW), 10)
    assert [fact.source.url for fact in told] == ["https://news.example/1", "https://news.example/2"]
    assert all(isinstance(fact.fact, Move) for fact in told)
    assert [f.source.url for f in await store.news.moves(Period(NOW - 9 * DAY, NOW), 1)] == [
        "https://news.example/2"
    ]


async def test_activities_of_companies_since(store: Store) -> None:
    await filled(store)
    told = await store.news.activities(("다온전자", "없는회사"), NOW - 2 * HOUR)
    assert [fact.source.url for fact in told] == ["https://news.example/2"]
    assert all(isinstance(fact.fact, Activity) for fact in told)
    assert len(await store.news.activities(("가온상사", "다온전자"), NOW - 9 * DAY)) == 3
    assert await store.news.activities((), NOW - 9 * DAY) == ()


async def test_beginnings_are_found_in_a_database_that_orders_texts_as_koreans_do() -> None:
    name = f"execbrief_{uuid.uuid4().hex}"
    await create(name, "LOCALE_PROVIDER icu ICU_LOCALE 'ko' LOCALE 'C.UTF-8'")
    try:
        async with open_store(server_url(name)) as opened:
            await every_beginning(opened)
    finally:
        await administer(f"DROP DATABASE {name} WITH (FORCE)")


async def test_the_newest_moves_of_many_people(store: Store) -> None:
    """Six of each at most, newest first kept; who is told of every day costs no more than others."""
    people = [f"남궁{a}" for a in "가나다라마바사아자차카타파하거너더러머"]
    waiting = await pending(store, *(entry(n) for n in range(1, 10)))
    for number, one in enumerate(waiting, 1):
        moves = tuple(
            Move(name, "다온전자", MoveKind.PROMOTED, f"직급{number}", MoveStatus.DONE, (Span(0, 5),))
            for name in people
        )
        page = article(f"https://news.example/{number}", published=NOW - number * HOUR)
        found = Extraction(relevant=True, moves=moves)
        await store.news.record_article(one, page, found, signature(), None, NOW)
    told = await store.news.moves_of([*people, "아무개"], Period(NOW - DAY, NOW))
    roles = [one.fact.role for one in told if isinstance(one.fact, Move) and one.fact.person == people[0]]
    assert roles == [f"직급{number}" for number in (6, 5, 4, 3, 2, 1)]
    assert len(told) == 6 * len(people)
    assert len(await store.news.moves_of(people, Period(NOW - 2 * HOUR, NOW))) == 2 * len(people)
    assert await store.news.moves_of([], Period(NOW - DAY, NOW)) == ()
