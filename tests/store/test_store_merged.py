"""What a story tells of a company, kept merged: told the same whether it is merged already or not."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import date

from briefing.model import Conflict, Extraction, MergedFact, MoveStatus, Period, Source
from briefing.store import Store
from briefing.store.merged import Unmerged
from briefing.store.merged_codec import pack_merged, unpack_merged
from tests.store.making import DAY, HOUR, NOW, article, entry, extraction, pending, signature

WEEK = Period(NOW - 7 * DAY, NOW + DAY)
RULES = 7
ONE, TWO = "다온전자", "세온중공업"


def alone(one: Unmerged) -> tuple[MergedFact, ...]:
    """Every telling a fact of its own: the store does not mind how facts are merged."""
    return tuple(MergedFact(told.fact, (told.source,), told.source) for told in one.facts)


async def merge_all(store: Store, rules: int = RULES) -> int:
    changed = await store.news.unmerged(rules, 100)
    return await store.news.keep_merged([(one, alone(one)) for one in changed], rules)


async def add(store: Store, number: int, story: int | None, told: Extraction, age: int = 1) -> int:
    (waiting,) = await pending(store, entry(number))
    page = article(f"https://news.example/{number}", published=NOW - age * HOUR)
    _, home = await store.news.record_article(waiting, page, told, signature(), story, NOW)
    assert home is not None
    return home


async def test_facts_are_read_one_by_one_until_they_are_merged(store: Store) -> None:
    story = await add(store, 1, None, extraction(ONE))
    told = await store.news.told([ONE], WEEK, RULES)
    assert ([row.id for row in told.rows], len(told.facts), told.merged) == ([story], 3, {})
    assert await merge_all(store) == 1
    assert await store.news.unmerged(RULES, 100) == ()
    merged = await store.news.told([ONE], WEEK, RULES)
    assert (merged.rows, merged.facts) == (told.rows, ())
    assert [one.fact for one in merged.merged[story]] == [one.fact for one in told.facts]
    assert [one.sources for one in merged.merged[story]] == [(one.source,) for one in told.facts]


async def test_another_article_makes_it_be_merged_anew(store: Store) -> None:
    story = await add(store, 1, None, extraction(ONE))
    await merge_all(store)
    await add(store, 2, story, extraction(ONE), age=3)
    told = await store.news.told([ONE], WEEK, RULES)
    assert (len(told.facts), told.merged) == (6, {})
    assert await merge_all(store) == 1
    told = await store.news.told([ONE], WEEK, RULES)
    assert (len(told.facts), len(told.merged[story])) == (0, 6)


async def test_what_changed_while_it_was_merged_is_not_kept(store: Store) -> None:
    story = await add(store, 1, None, extraction(ONE))
    (stale,) = await store.news.unmerged(RULES, 100)
    await add(store, 2, story, extraction(ONE))
    assert await store.news.keep_merged([(stale, alone(stale))], RULES) == 0
    assert len((await store.news.told([ONE], WEEK, RULES)).facts) == 6


async def test_of_a_story_partly_in_the_period_only_that_part_is_told(store: Store) -> None:
    story = await add(store, 1, None, extraction(ONE), age=8 * 24)
    await add(store, 2, story, extraction(ONE))
    await merge_all(store)
    told = await store.news.told([ONE], WEEK, RULES)
    assert ({one.source.url for one in told.facts}, told.merged) == ({"https://news.example/2"}, {})
    # the end does not belong to the period, the start does
    ends = Period(NOW - 8 * DAY, NOW - HOUR)
    assert {one.source.url for one in (await store.news.told([ONE], ends, RULES)).facts} == {
        "https://news.example/1"
    }
    assert (await store.news.told([ONE], Period(NOW - 9 * DAY, NOW), RULES)).merged.keys() == {story}
    assert (await store.news.told([ONE], Period(NOW - 20 * DAY, NOW - 10 * DAY), RULES)).rows == ()


async def test_companies_of_one_story_are_merged_apart_and_told_together(store: Store) -> None:
    story = await add(store, 1, None, extraction(ONE))
    await add(store, 2, story, extraction(TWO))
    assert await merge_all(store) == 2
    for name in (ONE, TWO):
        told = await store.news.told([name], WEEK, RULES)
        assert {one.fact.company for one in told.merged[story]} == {name}
    both = await store.news.told([ONE, TWO], WEEK, RULES)
    assert (len(both.rows), len(both.facts), both.merged) == (1, 6, {})
    assert (await store.news.told(["없는회사"], WEEK, RULES)).rows == ()


async def test_what_other_rules_merged_is_merged_anew_after_what_is_new(store: Store) -> None:
    story = await add(store, 1, None, extraction(ONE))
    await merge_all(store, rules=6)
    assert (await store.news.told([ONE], WEEK, RULES)).merged == {}
    new = await add(store, 2, None, extraction(ONE), age=30)
    assert [one.facts[0].story_id for one in await store.news.unmerged(RULES, 100)] == [new, story]
    assert len(await store.news.unmerged(RULES, 1)) == 1
    await merge_all(store)
    assert (await store.news.told([ONE], WEEK, RULES)).merged.keys() == {story, new}


async def test_a_correction_takes_a_company_out_of_what_is_told(store: Store) -> None:
    (waiting,) = await pending(store, entry(1))
    await store.news.record_article(waiting, article(), extraction(ONE), signature(), None, NOW)
    await merge_all(store)
    again = replace(waiting, revises=True)
    await store.news.record_article(again, article(), extraction(TWO), signature(), None, NOW + HOUR)
    assert (await store.news.told([ONE], WEEK, RULES)).rows == ()
    assert len((await store.news.told([TWO], WEEK, RULES)).facts) == 3
    await merge_all(store)
    assert (await store.news.told([ONE], WEEK, RULES)).rows == ()
    assert len((await store.news.told([TWO], WEEK, RULES)).merged) == 1


async def test_a_new_headline_is_told(store: Store) -> None:
    (waiting,) = await pending(store, entry(1))
    await store.news.record_article(waiting, article(), extraction(ONE), signature(), None, NOW)
    await merge_all(store)
    shorter = article(title="[정정] 새 제목", headline_only=True)
    again = replace(waiting, revises=True)
    await store.news.record_article(again, shorter, Extraction(), signature(), None, NOW + HOUR)
    told = await store.news.told([ONE], WEEK, RULES)
    assert {one.source.title for one in told.facts} == {"[정정] 새 제목"}


async def test_articles_that_join_at_once_are_all_merged(store: Store) -> None:
    story = await add(store, 1, None, extraction(ONE))
    waiting = await pending(store, *(entry(number) for number in range(2, 12)))

    async def record(number: int) -> None:
        page = article(f"https://news.example/{number}")
        await store.news.record_article(waiting[number - 2], page, extraction(ONE), signature(), story, NOW)

    await asyncio.gather(*(record(number) for number in range(2, 12)), merge_all(store), merge_all(store))
    await merge_all(store)
    told = await store.news.told([ONE], WEEK, RULES)
    assert (len(told.merged[story]), told.facts) == (33, ())


async def test_rumours_are_found_by_person_and_period(store: Store) -> None:
    sure = extraction(ONE)
    rumour = replace(sure, moves=(replace(sure.moves[0], status=MoveStatus.RUMORED),))
    await add(store, 1, None, sure)
    await add(store, 2, None, rumour)
    (found,) = await store.news.rumours_of(["서지안", "남궁솔"], WEEK)
    assert found.fact == rumour.moves[0]
    assert await store.news.rumours_of(["남궁솔"], WEEK) == ()
    assert await store.news.rumours_of(["서지안"], Period(NOW - 9 * DAY, NOW - DAY)) == ()


def test_merged_facts_survive_packing() -> None:
    told = extraction(ONE)
    source = Source(
        1, "가람일보", "https://news.example/1", "제목", NOW, "문장\udcff", (), NOW + HOUR, NOW + DAY
    )
    resolved = Source(
        2, "누리경제", "https://b.example/2", "다른 제목", NOW, "문장", told.quotes[0].resolutions, NOW
    )
    facts = (
        MergedFact(told.moves[0], (source, resolved), resolved, (), source, resolved),
        MergedFact(
            told.activities[0],
            (resolved,),
            None,
            (
                Conflict("when", date(2025, 3, 8), (source,)),
                Conflict("place", "창원 공장", (source, resolved)),
            ),
        ),
        MergedFact(told.quotes[0], (source,)),
    )
    assert unpack_merged(pack_merged(facts)) == facts
    assert unpack_merged(pack_merged(())) == ()
