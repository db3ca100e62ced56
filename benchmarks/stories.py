"""Many articles: answering /brief and adding an article to its story, beside reading rows by primary key.

A SQLite database is filled with invented news, a million articles in two years, all of executives, five a
story, some companies told of far more than others (Zipf, exponent 0.8: of 3,000 the first has a twentieth of
all news, about 95 stories and 470 articles a week, half of all have one story or two). Questions and new
articles are drawn the same way, so that the 99th percentile is that of the companies most told of. Texts are
short, 360 characters, and kept for 90 days as in production. Facts are merged as in production: all of the
last weeks, what is older waits for its turn. The floor reads as many rows by primary key as the work touches,
with the driver alone.

    EXECBRIEF_BENCH_ARTICLES=100000 python -m benchmarks stories

EXECBRIEF_BENCH_DATABASE names a file to keep the filled database in: made if it is missing, else used again
(with the same number of articles), and measured on a copy beside it, so that it stays as it was filled.
"""

from __future__ import annotations

import asyncio
import json
import os
import random
import shutil
import sqlite3
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from itertools import accumulate
from pathlib import Path

from briefing.compose.render import Renderer
from briefing.findings import Days
from briefing.korean.lexicon import load_lexicon
from briefing.model import (
    Article,
    Company,
    Entry,
    Extraction,
    Fact,
    Feed,
    Fetched,
    Move,
    MoveKind,
    MoveStatus,
    Person,
    Polled,
    Quote,
    QuotedBy,
    Signature,
    Span,
    person_of,
)
from briefing.pipeline.intake import COMPARED
from briefing.pipeline.merging import merge_changed
from briefing.pipeline.publishing import Publisher
from briefing.pipeline.tidying import KEEP_TEXT
from briefing.store import Store, migrate, open_store
from briefing.store.candidates import CANDIDATES
from briefing.store.codec import encode_fact, fact_kind, pack_shingles
from briefing.store.columns import key_of, number_of, second_of, week_of
from briefing.store.polls import MOST_UNREAD, PollRecord
from briefing.stories.grouping import WINDOW, assign, signature
from briefing.stories.rules import merging_rules

ARTICLES = int(os.environ.get("EXECBRIEF_BENCH_ARTICLES", "1000000"))
A_STORY = 5
STORIES = ARTICLES // A_STORY
KEPT = os.environ.get("EXECBRIEF_BENCH_DATABASE")
COMPANIES = 3000
# two years at a million articles; of fewer the same number a day, so that briefs are as long
SPAN = timedelta(days=max(730 * ARTICLES / 1_000_000, 40))
NOW = datetime(2026, 11, 26, 3, 0, tzinfo=UTC)
POOL = 5000
QUESTIONS = 400
ADDED = 400
BRIEF_MS, ADD_MS = 50, 10  # targets, 99th percentile

_SYLLABLES = (
    "가나다라마바사아자차카타파하거너더러머버서어저처고노"
    "도로모보소오조초구누두루무부수우주추기니디리미비시이지"
)
_NAMES = ("가람", "나래", "다솜", "라온", "마루", "새결", "온빛", "큰길", "한뫼", "여울")
_OUTLETS = [f"{name}{kind}" for name in _NAMES for kind in ("일보", "경제", "뉴스")]


class World:
    """Companies, people and words that do not exist, the same for every run."""

    def __init__(self) -> None:
        self.chance = random.Random(20261126)
        kinds = ("전자", "중공업", "화학", "소재", "모빌리티", "바이오", "건설", "금융지주")
        self.companies = sorted({f"{self.word(3)}{self.chance.choice(kinds)}" for _ in range(COMPANIES * 2)})
        self.chance.shuffle(self.companies)
        del self.companies[COMPANIES:]
        self.people = {name: [self.person() for _ in range(6)] for name in self.companies}
        self.words = [self.word(self.chance.choice((2, 3, 4))) for _ in range(6000)]
        self.shares = list(accumulate((rank + 1) ** -0.8 for rank in range(COMPANIES)))

    def word(self, length: int) -> str:
        return "".join(self.chance.choice(_SYLLABLES) for _ in range(length))

    def person(self) -> str:
        return self.chance.choice("김이박최정강조윤장임한오서신권황안송류홍") + self.word(2)

    def company(self, chance: random.Random | None = None) -> str:
        return (chance or self.chance).choices(self.companies, cum_weights=self.shares)[0]


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened, as sentences any article on it may use, each with its fact or none."""

    company: str
    when: datetime
    title: str
    sentences: tuple[tuple[str, Fact | None], ...]

    def article(self, number: int, chance: random.Random, *, most: float = 0.8) -> tuple[Article, Extraction]:
        """An article on it: some of the sentences, its own order of the later ones."""
        told = [self.sentences[0], *chance.sample(self.sentences[1:], int(len(self.sentences[1:]) * most))]
        outlet = chance.choice(_OUTLETS)
        published = self.when + timedelta(minutes=chance.randrange(600))
        facts = [fact for _, fact in told if fact is not None]
        names = dict.fromkeys(person_of(fact) or "" for fact in facts)
        found = Extraction(
            relevant=True,
            people=tuple(Person(name, self.company, "사장") for name in names),
            moves=tuple(fact for fact in facts if isinstance(fact, Move)),
            quotes=tuple(fact for fact in facts if isinstance(fact, Quote)),
        )
        url = f"https://news.example/{number}"
        text = "\n".join(sentence for sentence, _ in told)
        return Article(url, text, url, outlet, f"{self.title} {number}", published), found


def event(world: World, when: datetime, chance: random.Random | None = None) -> Event:
    chance = chance or world.chance
    company = world.company(chance)
    one, other = chance.sample(world.people[company], 2)
    words = chance.sample(world.words, 40)
    post = chance.choice(("대표이사", "사장", "부사장", "전무", "최고재무책임자"))
    said = f"{words[0]} {words[1]} 사업을 {words[2]} 시장에서 {chance.randrange(2, 90)}% 키우겠다"
    head = f"{company}은 {when.day}일 이사회를 열어 {one} 부사장을 {post}에 선임했다고 밝혔다."
    quoted = f'{other} {company} 사장은 "{said}"고 말했다.'
    span = Span(quoted.index('"') + 1, quoted.rindex('"'))
    told: list[tuple[str, Fact | None]] = [
        (head, Move(one, company, MoveKind.APPOINTED, post, MoveStatus.DONE, (Span(0, len(head)),))),
        (quoted, Quote(other, company, "사장", said, QuotedBy.EXECUTIVE, True, span, (span,), ("ai",))),
    ]
    for start in range(4, 40, 4):
        a, b, c, d = words[start : start + 4]
        told.append((f"{a} {b} 부문에서 {c}에 이어 {d} 설비 {chance.randrange(11, 999)}대를 들였다.", None))
    return Event(company, when, f"{company} {post}에 {one}", tuple(told))


# ------------------------------------------------------------------ filling


def stored(world: World, story: int, old: Sequence[Event]) -> tuple[Event, random.Random]:
    """The event of a stored story, by its number, and what its articles are drawn with."""
    chance = random.Random(story)
    when = NOW - SPAN * (1 - story / STORIES)
    # older events, which nothing is compared with, repeat each other's words
    if NOW - when < COMPARED:
        return event(world, when, chance), chance
    return replace(chance.choice(old), when=when), chance


def recent_events(world: World) -> list[Event]:
    """The stored events of the last two days, newest last."""
    first = STORIES - int(STORIES * (timedelta(days=2) / SPAN))
    return [stored(world, story, ())[0] for story in range(first + 1, STORIES + 1)]


def fill(path: Path, world: World) -> None:
    """Fill a database at the newest schema."""
    database = sqlite3.connect(path)
    for pragma in ("journal_mode=OFF", "synchronous=OFF", "cache_size=-400000", "foreign_keys=OFF"):
        database.execute(f"PRAGMA {pragma}")
    old = [event(world, NOW) for _ in range(POOL)]
    number = 0
    for first in range(0, STORIES, 2000):
        rows: dict[str, list[tuple[object, ...]]] = {name: [] for name in _INSERTS}
        for story in range(first + 1, min(first + 2000, STORIES) + 1):
            number = _story(rows, story, number, *stored(world, story, old))
        for name, statement in _INSERTS.items():
            database.executemany(statement, rows[name])
        database.commit()
    database.execute(_UNMERGED)
    database.execute("ANALYZE")
    database.commit()
    database.close()


def _marks(count: int) -> str:
    return ", ".join("?" * count)


_INSERTS = {
    "stories": f"INSERT INTO stories VALUES ({_marks(7)})",
    "articles": "INSERT INTO articles (id, story_id, url, url_key, outlet, title, published, dated, read_at,"
    f" relevant, headline_only) VALUES ({_marks(11)})",
    "bodies": f"INSERT INTO bodies VALUES ({_marks(4)})",
    "facts": "INSERT INTO facts (article_id, story_id, position, kind, company, person, published, read_at,"
    f" sentence, data) VALUES ({_marks(10)})",
    "people": f"INSERT INTO people VALUES ({_marks(6)})",
    "signatures": "INSERT INTO signatures (article_id, shingles, keys, facts, terms, published, week)"
    f" VALUES ({_marks(7)})",
    "signature_keys": "INSERT OR IGNORE INTO signature_keys (week, key, second, article_id)"
    f" VALUES ({_marks(4)})",
}


# as migration 0005 does
_UNMERGED = (
    "INSERT INTO story_companies (story_id, company, first_published, last_published, changes, rules)"
    " SELECT story_id, company, MIN(published), MAX(published), 1, 0 FROM facts GROUP BY story_id, company"
)


def _story(
    rows: dict[str, list[tuple[object, ...]]], story: int, number: int, happened: Event, chance: random.Random
) -> int:
    compared = NOW - happened.when < COMPARED
    outlets, people, times = [], {}, []
    for _ in range(A_STORY):
        number += 1
        page, found = happened.article(number, chance)
        assert page.published is not None
        at = f"{page.published:%Y-%m-%d %H:%M:%S.%f}"
        times.append(at)
        outlets.append([page.outlet, page.published.isoformat()])
        rows["articles"].append(
            (number, story, page.url, key_of(page.url), page.outlet, page.title, at, 1, at, 1, 0)
        )
        if NOW - happened.when < KEEP_TEXT:
            rows["bodies"].append((number, page.text, "[]", ""))
        for position, fact in enumerate(found.facts):
            data = json.dumps(encode_fact(fact), ensure_ascii=False)
            whom = person_of(fact)
            rows["facts"].append(
                (number, story, position, fact_kind(fact), fact.company, whom, at, at, page.text[:80], data)
            )
        for position, person in enumerate(found.people):
            people[person.name] = [person.name, person.company, person.title]
            rows["people"].append((number, position, person.name, person.company, person.title, at))
        if compared:
            _compared(rows, number, page.published, at, signature(page, found))
    told = json.dumps(list(people.values()), ensure_ascii=False)
    names = json.dumps(outlets, ensure_ascii=False)
    rows["stories"].append((story, happened.title, min(times), max(times), A_STORY, names, told))
    return number


def _compared(
    rows: dict[str, list[tuple[object, ...]]], number: int, published: datetime, at: str, mark: Signature
) -> None:
    second = second_of(published)
    values = [json.dumps(list(each), ensure_ascii=False) for each in (mark.keys, mark.facts, mark.terms)]
    rows["signatures"].append((number, pack_shingles(mark.shingles), *values, at, week_of(second)))
    rows["signature_keys"] += [(week_of(second), number_of(key), second, number) for key in mark.keys]


# ------------------------------------------------------------------ measuring


def percentile(seconds: Sequence[float], share: float) -> float:
    """In milliseconds."""
    return sorted(seconds)[min(int(len(seconds) * share), len(seconds) - 1)] * 1000


def told(name: str, seconds: Sequence[float], target: float | None = None) -> str:
    half, most = percentile(seconds, 0.5), percentile(seconds, 0.99)
    line = f"{name}: median {half:.1f} ms, 99th percentile {most:.1f} ms"
    return line if target is None else f"{line} (target at most {target})"


class Floor:
    """Reads rows by primary key, one statement a row, with the driver alone."""

    def __init__(self, path: Path, chance: random.Random) -> None:
        self._database = sqlite3.connect(path)
        self._last = self._database.execute("SELECT max(id) FROM facts").fetchone()[0]
        self._chance = chance

    def read(self, count: int) -> float:
        """Seconds that many rows take."""
        ids = [self._chance.randint(1, self._last) for _ in range(count)]
        start = time.perf_counter()
        for number in ids:
            self._database.execute("SELECT * FROM facts WHERE id = ?", (number,)).fetchone()
        return time.perf_counter() - start


async def briefs(publisher: Publisher, renderer: Renderer, world: World, floor: Floor) -> None:
    seconds: list[float] = []
    ratios: list[float] = []
    counts: list[int] = []
    busy: list[float] = []
    for turn in range(-20, QUESTIONS):
        name = world.company()
        start, worked = time.perf_counter(), time.process_time()
        found = await publisher.company_brief(Company(name), Days())
        renderer.brief(found)
        spent, work = time.perf_counter() - start, time.process_time() - worked
        touched = sum(1 + sum(len(m.sources) for m in story.facts) for story in found.stories)
        if turn >= 0:
            seconds.append(spent)
            busy.append(work)
            counts.append(touched)
            ratios.append(spent / max(floor.read(max(touched, 1)), 1e-6))
    print(told("/brief, 7 days", seconds, BRIEF_MS))
    print(told("  of that the processor", busy))
    print(
        f"/brief ÷ reading as many rows by primary key: {sorted(ratios)[len(ratios) // 2]:.1f} at the median"
    )
    print(f"rows of a brief: {sorted(counts)[len(counts) // 2]} at the median, {max(counts)} at most")


def entries(world: World, recent: Sequence[Event]) -> Iterator[tuple[Article, Extraction, bool]]:
    """New articles: four of five on an event of the last two days, the others on a new one."""
    for number in range(ADDED + 20):
        known = number % 5 != 0
        happened = world.chance.choice(recent) if known else event(world, NOW - timedelta(hours=1))
        page, found = happened.article(ARTICLES + number + 1, world.chance)
        yield page, found, known


async def added(store: Store, world: World, recent: Sequence[Event], floor: Floor) -> None:
    news = store.news
    feed = Feed("https://news.example/rss", "가람일보")
    await news.add_feeds([feed], NOW)
    (state,) = await news.feeds()
    fresh = list(entries(world, recent))
    brought = tuple(
        Entry(page.url, page.url, page.title, page.outlet, page.published) for page, _, _ in fresh
    )
    for at in range(0, len(brought), MOST_UNREAD):
        polled = Polled(brought[at : at + MOST_UNREAD], Fetched(feed.url, b""))
        await news.record_polls([PollRecord(state.id, polled, NOW, NOW)], first_window=None)
    waiting = {one.entry.url: one for one in await news.unread(NOW, len(fresh))}
    stages: dict[str, list[float]] = {name: [] for name in ("signature", "candidates", "choice", "recording")}
    ratios: list[float] = []
    busy: list[float] = []
    right = 0
    for number, (page, found, known) in enumerate(fresh):
        times, worked = [time.perf_counter()], time.process_time()

        def lap(times: list[float] = times) -> None:
            times.append(time.perf_counter())

        mark = signature(page, found)
        lap()
        near = await news.candidates(mark.keys, page.published or NOW, WINDOW)
        lap()
        story = assign(mark, near)
        lap()
        await news.record_article(waiting[page.url], page, found, mark, story, NOW)
        lap()
        if number < 20:
            continue
        busy.append(time.process_time() - worked)
        right += (story is not None) is known
        for name, start, end in zip(stages, times, times[1:], strict=False):
            stages[name].append(end - start)
        touched = len(mark.keys) * 2 + len(near) + len(found.facts) + len(found.people) + 8
        ratios.append((times[-1] - times[0]) / floor.read(touched))
    whole = [sum(parts) for parts in zip(*stages.values(), strict=True)]
    print(told("adding an article to its story", whole, ADD_MS))
    print(told("  of that the processor", busy))
    for name, seconds in stages.items():
        print(f"  of that {told(name, seconds)}")
    print(
        f"adding ÷ reading as many rows by primary key: {sorted(ratios)[len(ratios) // 2]:.1f} at the median"
    )
    start = time.perf_counter()
    merged = await merge_changed(store, len(fresh))
    spent = (time.perf_counter() - start) * 1000
    print(f"merging what they changed, once a batch: {spent / max(merged, 1):.1f} ms a story")
    print(f"joined or started as meant: {right} of {len(whole)}; at most {CANDIDATES} candidates compared")


async def merge(path: Path) -> None:
    """Merge the facts of the last weeks, as production does with everything that is told."""
    async with open_store(f"sqlite:///{path}") as store:
        start = time.perf_counter()
        merged = await merge_changed(store, int(STORIES * min(COMPARED / SPAN, 1)))
        print(f"{merged} stories of the last weeks merged in {time.perf_counter() - start:.0f} s")


def merge_again(path: Path) -> None:
    """Merge what other rules than today's have merged."""
    with closing(sqlite3.connect(path)) as database, database:
        others = database.execute(
            "UPDATE story_companies SET rules = 0, merged = NULL WHERE rules NOT IN (0, ?)",
            (merging_rules(),),
        )
        changed = others.rowcount
    if changed:
        asyncio.run(merge(path))


async def measure(path: Path, world: World) -> None:
    floor = Floor(path, world.chance)
    renderer = Renderer()
    async with open_store(f"sqlite:///{path}") as store:
        counts = await store.counts()
        print(f"{counts.articles} articles, {counts.stories} stories, {counts.facts} facts")
        clock: Callable[[], datetime] = lambda: NOW  # noqa: E731
        publisher = Publisher(store, load_lexicon(), renderer, clock)
        await briefs(publisher, renderer, world, floor)
        await added(store, world, recent_events(world), floor)


def make(path: Path) -> None:
    """A filled database; nothing is left of one that is not whole."""
    filling = path.with_name(f"{path.name}.filling")
    filling.unlink(missing_ok=True)
    asyncio.run(migrate(f"sqlite:///{filling}"))
    start = time.perf_counter()
    fill(filling, World())
    print(f"filled in {time.perf_counter() - start:.0f} s")
    asyncio.run(merge(filling))
    filling.rename(path)


def main() -> None:
    kept = Path(KEPT) if KEPT else None
    with tempfile.TemporaryDirectory(dir=kept and kept.parent) as folder:
        path = Path(folder) / "bench.sqlite3"
        if kept is None:
            make(path)
        else:
            if not kept.exists():
                make(kept)
            shutil.copyfile(kept, path)
            merge_again(path)
        print(f"{path.stat().st_size / 2**20:.0f} MiB")
        asyncio.run(measure(path, World()))


if __name__ == "__main__":
    main()
