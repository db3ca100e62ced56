from __future__ import annotations

import asyncio
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from briefing.model import Extraction, Move, MoveKind, MoveStatus, Period, Person, Signature, Span
from briefing.store import Store, open_store
from briefing.store.candidates import PER_KEY
from briefing.store.codec import pack_shingles, unpack_shingles
from tests.store.making import (
    DAY,
    FEED,
    HOUR,
    NOW,
    OTHER_FEED,
    QUOTED,
    SENTENCE,
    article,
    entry,
    extraction,
    pending,
    signature,
)

ALWAYS = Period(NOW - 400 * DAY, NOW + 400 * DAY)


async def test_what_goes_in_comes_out(store: Store) -> None:
    (waiting,) = await pending(store, entry(1))
    told = extraction()
    keys = await store.news.record_article(waiting, article(), told, signature(), None, NOW)
    found = await store.news.facts(["다온전자"], ALWAYS)
    assert tuple(stored.fact for stored in found) == told.facts
    assert {stored.story_id for stored in found} == {keys[1]}
    source = found[0].source
    assert (source.article_id, source.outlet, source.url) == (keys[0], "가람일보", "https://news.example/1")
    assert (source.sentence, source.published) == (SENTENCE, NOW - HOUR)
    assert QUOTED in found[2].source.sentence
    assert found[2].source.resolutions == told.quotes[0].resolutions
    assert await store.news.article(keys[0]) == article()
    assert await store.news.article(999) is None
    counts = await store.counts()
    assert (counts.articles, counts.stories, counts.facts, counts.unread) == (1, 1, 3, 0)


async def test_an_entry_of_a_list_is_proved_by_its_heading_too(store: Store) -> None:
    (waiting,) = await pending(store, entry(1))
    heading, item = "◇ 부사장 승진", "▲ 생산본부장 남궁진"
    page = replace(article(), text=f"{heading}\n{item}")
    spans = (Span(len(heading) + 1, len(page.text)), Span(0, len(heading)))
    move = Move(
        "남궁진", "다온전자", MoveKind.PROMOTED, "부사장", MoveStatus.DONE, spans, rule="list-promoted"
    )
    await store.news.record_article(
        waiting, page, Extraction(relevant=True, moves=(move,)), signature(), None, NOW
    )
    (stored,) = await store.news.facts(["다온전자"], ALWAYS)
    assert stored.source.sentence == f"{heading} … {item}"


async def test_recording_twice_changes_nothing(store: Store) -> None:
    first, second = await pending(store, entry(1), entry(2))
    keys = await store.news.record_article(first, article(), extraction(), signature(), None, NOW)
    before = await store.counts(), await store.news.story_rows([keys[1]])
    assert await store.news.record_article(first, article(), extraction(), signature(), None, NOW) == keys
    renamed = article("https://news.example/renamed")
    assert await store.news.record_article(first, renamed, extraction(), signature(), None, NOW) == keys
    # another entry whose page names the same canonical address
    assert await store.news.record_article(second, article(), extraction(), signature(), None, NOW) == keys
    assert await store.news.unread(NOW, 10) == ()
    after = await store.counts(), await store.news.story_rows([keys[1]])
    assert after[1] == before[1]
    assert replace(after[0], unread=1) == before[0]


async def test_fields_missing_in_the_page_come_from_the_entry(store: Store) -> None:
    dated, undated = await pending(store, entry(1), entry(2, published=None))
    bare = article("", outlet="", title="", published=None)
    await store.news.record_article(dated, bare, extraction(), signature(), None, NOW)
    await store.news.record_article(undated, bare, extraction(), signature(), None, NOW)
    first, second = [stored.source for stored in await store.news.facts(None, ALWAYS)][::3]
    assert (first.url, first.outlet, first.title) == ("https://news.example/1", "가람일보", "기사 1")
    assert (first.published, second.published) == (NOW - HOUR, NOW)
    kept = await store.news.article(second.article_id)
    assert kept is not None
    assert kept.published is None


async def test_a_story_grows(store: Store) -> None:
    first, second, third = await pending(store, entry(1), entry(2), entry(3))
    _, story = await store.news.record_article(
        first, article(published=NOW - 2 * HOUR), extraction(), signature(), None, NOW
    )
    later = article("https://b.example/2", outlet="누리경제", published=NOW - HOUR)
    people = Extraction(people=(Person("서지안", "다온전자", "사장"), Person("남궁솔", None, "전무")))
    assert (await store.news.record_article(second, later, people, signature(), story, NOW))[1] == story
    earlier = article("https://c.example/3", outlet="세온통신", published=NOW - 3 * HOUR)
    await store.news.record_article(third, earlier, extraction(), signature(), story, NOW)
    (row,) = await store.news.story_rows([story, 999])
    assert (row.headline, row.article_count) == ("세온통신 기사", 3)
    assert (row.first_published, row.last_published) == (NOW - 3 * HOUR, NOW - HOUR)
    assert row.outlets == ("세온통신", "가람일보", "누리경제")
    assert row.people == (Person("서지안", "다온전자", "사장"), Person("남궁솔", None, "전무"))
    assert [stored.source.outlet for stored in await store.news.story_facts([story])] == [
        *["세온통신"] * 3,
        *["가람일보"] * 3,
    ]


async def test_a_story_that_is_no_more_starts_a_new_one(store: Store) -> None:
    (waiting,) = await pending(store, entry(1))
    _, story = await store.news.record_article(waiting, article(), extraction(), signature(), 4711, NOW)
    assert story != 4711
    assert (await store.news.story_rows([story]))[0].article_count == 1


async def test_facts_by_company_period_and_time_of_reading(store: Store) -> None:
    first, second = await pending(store, entry(1), entry(2))
    await store.news.record_article(
        first, article(published=NOW - 3 * DAY), extraction(), signature(), None, NOW
    )
    other = article("https://b.example/2", published=NOW - DAY)
    await store.news.record_article(second, other, extraction("세온중공업"), signature(), None, NOW + HOUR)

    async def companies(names: list[str] | None, period: Period, **how: bool) -> list[str | None]:
        return [stored.fact.company for stored in (await store.news.facts(names, period, **how))[::3]]

    assert await companies(None, ALWAYS) == ["다온전자", "세온중공업"]
    assert await companies(["세온중공업"], ALWAYS) == ["세온중공업"]
    assert await companies(["세온"], ALWAYS) == []
    assert await companies([], ALWAYS) == []
    # half-open: the start belongs to it, the end does not
    assert await companies(None, Period(NOW - 3 * DAY, NOW - DAY)) == ["다온전자"]
    assert await companies(None, Period(NOW, NOW + HOUR), by_read_time=True) == ["다온전자"]
    assert await companies(["세온중공업"], Period(NOW, NOW + DAY), by_read_time=True) == ["세온중공업"]
    assert len(await store.news.person_facts("서지안", ALWAYS)) == 6
    assert await store.news.person_facts("서지", ALWAYS) == ()


async def test_names_longer_than_an_index_row(store: Store) -> None:
    (waiting,) = await pending(store, entry(1))
    endless = "가나다라마바사아자차카타파하" * 400
    await store.news.record_article(waiting, article(), extraction(endless), signature(), None, NOW)
    (fact, *_) = await store.news.facts([endless], ALWAYS)
    assert fact.fact.company == endless


async def test_candidates_share_a_key_inside_the_window(store: Store) -> None:
    waiting = await pending(store, *(entry(number) for number in range(4)))
    marks = [("a", "b", "c"), ("a", "b"), ("a",), ("z",)]
    keys = []
    for number, (one, mark) in enumerate(zip(waiting, marks, strict=True)):
        page = article(f"https://news.example/{number}", published=NOW - number * DAY)
        keys.append(await store.news.record_article(one, page, extraction(), signature(*mark), None, NOW))
    found = await store.news.candidates(["a", "b", "c"], NOW, 10 * DAY)
    assert [(candidate.article_id, candidate.story_id) for candidate in found] == keys[:3]
    assert found[0].signature == replace(signature("a", "b", "c"), keys=())
    assert len(await store.news.candidates(["a", "b", "c"], NOW, DAY)) == 2
    assert len(await store.news.candidates(["a"], NOW, 10 * DAY, limit=1)) == 1
    assert await store.news.candidates(["nothing"], NOW, DAY) == ()
    assert await store.news.candidates([], NOW, DAY) == ()
    assert len(await store.news.candidates([*map(str, range(700)), "z"], NOW, 10 * DAY)) == 1


async def test_candidates_of_a_key_everybody_has_are_bounded(store: Store) -> None:
    waiting = await pending(store, *(entry(number) for number in range(PER_KEY + 5)))
    for one in waiting:
        page = article(one.entry.url)
        await store.news.record_article(one, page, Extraction(True), signature("all"), None, NOW)
    assert len(await store.news.candidates(["all"], NOW, DAY)) == PER_KEY


async def test_what_tells_nothing_of_executives_has_no_story_until_it_is_corrected(store: Store) -> None:
    (waiting,) = await pending(store, entry(1))
    idle = replace(extraction(), relevant=False)
    keys = await store.news.record_article(waiting, article(), idle, signature("a"), None, NOW)
    assert keys[1] is None
    assert await store.news.facts(None, ALWAYS) == ()
    assert await store.news.candidates(["a"], NOW, DAY) == ()
    assert (await store.counts()).stories == 0
    assert await store.news.companies_named(["다온전자"]) == ("다온전자",), "known by name all the same"
    again = replace(waiting, revises=True)
    known, story = await store.news.record_article(again, article(), extraction(), signature("b"), None, NOW)
    assert known == keys[0]
    assert story is not None
    assert {told.story_id for told in await store.news.facts(None, ALWAYS)} == {story}
    assert [found.article_id for found in await store.news.candidates(["b"], NOW, DAY)] == [known]


async def test_a_corrected_article_is_found_by_its_new_keys_only(store: Store) -> None:
    (waiting,) = await pending(store, entry(1))
    keys = await store.news.record_article(waiting, article(), extraction(), signature("a", "b"), None, NOW)
    again = replace(waiting, revises=True)
    await store.news.record_article(
        again, article(), extraction(), signature("b", "c"), None, NOW + HOUR, corrected={0}
    )
    assert await store.news.candidates(["a"], NOW, DAY) == ()
    assert [found.article_id for found in await store.news.candidates(["c"], NOW, DAY)] == [keys[0]]
    facts = await store.news.facts(None, ALWAYS)
    assert [told.source.corrected_at for told in facts] == [NOW + HOUR, None, None]
    assert [told.source.read_at for told in facts] == [NOW + HOUR, NOW, NOW], "what is corrected is news"


async def test_old_articles_are_compared_no_more_but_stay(store: Store) -> None:
    waiting = await pending(store, entry(1), entry(2))
    for one, age in zip(waiting, (60, 1), strict=True):
        page = article(one.entry.url, published=NOW - age * DAY)
        await store.news.record_article(one, page, extraction(), signature("a"), None, NOW)
    assert len(await store.news.candidates(["a"], NOW, 90 * DAY)) == 2
    assert await store.news.forget_signatures(NOW - 30 * DAY, 100) == 1
    assert await store.news.forget_signatures(NOW - 30 * DAY, 100) == 0
    (left,) = await store.news.candidates(["a"], NOW, 90 * DAY)
    assert (await store.news.story_rows([left.story_id]))[0].first_published == NOW - DAY
    assert len(await store.news.facts(None, ALWAYS)) == 6


async def test_articles_stay_when_their_feed_goes(store: Store) -> None:
    (waiting,) = await pending(store, entry(1))
    keys = await store.news.record_article(waiting, article(), extraction(), signature(), None, NOW)
    await store.news.remove_feed(FEED.url)
    assert (await store.counts()).articles == 1
    # read while the feed went: still kept, still once
    assert await store.news.record_article(waiting, article(), extraction(), signature(), None, NOW) == keys


async def test_two_processes_read_the_same_article(url: str) -> None:
    async with open_store(url) as one, open_store(url) as two:
        first = (await pending(one, entry(1)))[0]
        second = (await pending(one, entry(2), feed=OTHER_FEED))[0]
        results = await asyncio.gather(
            *(
                store.news.record_article(waiting, article(), extraction(), signature(), None, NOW)
                for waiting in (first, second)
                for store in (one, two)
            )
        )
        assert len(set(results)) == 1
        counts = await one.counts()
        assert (counts.articles, counts.stories, counts.facts, counts.unread) == (1, 1, 3, 0)


async def test_two_processes_grow_one_story(url: str) -> None:
    async with open_store(url) as one, open_store(url) as two:
        waiting = await pending(one, *(entry(number) for number in range(21)))
        _, story = await one.news.record_article(
            waiting[0], article(waiting[0].entry.url), extraction(), signature(), None, NOW
        )
        await asyncio.gather(
            *(
                (one, two)[number % 2].news.record_article(
                    each,
                    article(each.entry.url, outlet=f"매체 {number}"),
                    extraction(),
                    signature(),
                    story,
                    NOW,
                )
                for number, each in enumerate(waiting[1:])
            )
        )
        (row,) = await one.news.story_rows([story])
        assert (row.article_count, len(row.outlets)) == (21, 21)


@given(st.lists(st.integers(0, 2**64 - 1)).map(tuple))
def test_shingles_survive(values: tuple[int, ...]) -> None:
    assert unpack_shingles(pack_shingles(values)) == values


def test_an_empty_signature_is_kept() -> None:
    assert unpack_shingles(pack_shingles(Signature((), (), (), ()).shingles)) == ()


async def test_companies_only_the_news_knows_are_found_by_name_and_beginning(store: Store) -> None:
    first, second = await pending(store, entry(1), entry(2))
    one, two = extraction(company="미루반도체"), extraction(company="미루%소재")
    await store.news.record_article(first, article(), one, signature(), None, NOW)
    await store.news.record_article(
        second, article("https://news.example/2"), two, signature("k2"), None, NOW
    )
    assert await store.news.companies_named(("없는회사", "미루반도체")) == ("미루반도체",)
    assert set(await store.news.companies_beginning("미루", 5)) == {"미루%소재", "미루반도체"}
    assert await store.news.companies_beginning("미루%", 5) == ("미루%소재",)
