"""Stories as the lines of a briefing: what a template says, in order, nothing escaped yet.

Everything here is taken from merged facts; a view holds the sources of every line it makes.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from briefing.compose.texts import text
from briefing.compose.titles import Rise, Titles
from briefing.compose.translation import change
from briefing.compose.wording import evidence_heading, label, move_words, plain
from briefing.korean.wordlists import worded
from briefing.model import (
    Company,
    Conflict,
    Fact,
    MergedFact,
    Move,
    Quote,
    QuotedBy,
    Source,
    Story,
    person_of,
)

FOLD_FROM = 4
"""From so many people with one post and one verb a list is folded (`상무 승진 37명: … 외 34명`)."""

FOLD_SHOWS = 3


@dataclass(frozen=True, slots=True)
class Sources:
    """Where a line was read.

    Attributes:
        first: The earliest.
        all: One an article, earliest first.
    """

    all: tuple[Source, ...]

    @property
    def first(self) -> Source:
        """The earliest source."""
        return self.all[0]

    @property
    def count(self) -> int:
        """Number of articles (`보도 6건`)."""
        return len(self.all)

    @property
    def articles(self) -> tuple[int, ...]:
        """Keys of the articles."""
        return tuple(source.article_id for source in self.all)

    @property
    def shown(self) -> tuple[int, int]:
        """What a reader sees of it; lines in a row that show the same need not say it again."""
        return self.first.article_id, self.count


@dataclass(frozen=True, slots=True)
class Doubts:
    """How sure a line is, where there is something to say about that.

    Attributes:
        corrected: True if a correction decided what it says (`정정`).
        rumoured: The first source that told it as a rumour, or None.
        conflicts: What sources contradict, with who does.
    """

    corrected: bool = False
    rumoured: Source | None = None
    conflicts: tuple[Conflict, ...] = ()


NO_DOUBTS = Doubts()

# a word with its particle: people.toml
_PRONOUN = worded(r"(?<!\w){people.pronouns}{people.pronoun_particles}(?!\w)")


@dataclass(frozen=True, slots=True)
class Occasion:
    """One activity: `북미 테크 콘퍼런스 주관`, when and where.

    Attributes:
        what: Without a word on whether it was held, which `state` says.
        state: `planned` for what is to come; `reported` for what was announced for a day that is over,
            and of which nobody told that it was held; "" for what was done.
    """

    what: str
    when: date | None
    until: date | None
    place: str | None
    state: str = ""


@dataclass(frozen=True, slots=True)
class ActivityItem:
    """One item of 행보: one person's activity, or a trip with its stations.

    Attributes:
        who: `남궁진 사장(CEO)`.
        main: The activity the item is named by; None where several stand side by side.
        stations: The others, by date.
        companions: Who came along, with posts.
        doubts: What was corrected or is contradicted.
    """

    who: str
    company: str | None
    main: Occasion | None
    stations: tuple[Occasion, ...]
    companions: tuple[str, ...]
    sources: Sources
    doubts: Doubts = NO_DOUBTS

    @property
    def dated(self) -> bool:
        """Whether a day of what was done is told; else the day of publication is all there is."""
        told = (*([self.main] if self.main else []), *self.stations)
        return any(one.when is not None for one in told)


@dataclass(frozen=True, slots=True)
class Saying:
    """One quotation and where it was read."""

    text: str
    sources: Sources


@dataclass(frozen=True, slots=True)
class QuoteItem:
    """One item of 전략 발언: what one person said in one story.

    Attributes:
        topics: Labels, `AI`, `신사업`.
    """

    who: str
    company: str | None
    topics: tuple[str, ...]
    sayings: tuple[Saying, ...]


def worth_telling(fact: Fact) -> bool:
    """Whether a briefing says a fact: every move and activity, and strategic words of named executives."""
    if isinstance(fact, Quote):
        return fact.strategic and fact.by is QuotedBy.EXECUTIVE and fact.speaker is not None
    return True


def about(story: Story, company: Company | None) -> tuple[MergedFact, ...]:
    """The facts of a story that belong in a company's briefing: its own, and those that name no company.

    Groups take everything their stories tell; so does a story that tells of nobody else.
    """
    if company is None or company.is_group:
        return story.facts
    names = {plain(name) for name in (company.name, *company.aliases)}
    own = tuple(m for m in story.facts if m.fact.company is None or plain(m.fact.company) in names)
    return own if any(m.fact.company for m in own) or not story.facts else story.facts


def quote_items(
    story: Story,
    facts: Sequence[MergedFact],
    topics: Mapping[str, str],
    only: str | None = None,
    rises: Mapping[str, Sequence[Rise]] | None = None,
) -> list[QuoteItem]:
    """Strategic words of named executives, one item a speaker.

    Args:
        story: Whose people have titles.
        facts: Facts of it.
        topics: Topic id -> label.
        only: Id of the topic asked for; None for all.
        rises: As of `Titles`.
    """
    people: dict[str, list[MergedFact]] = defaultdict(list)
    for merged in facts:
        fact = merged.fact
        if not isinstance(fact, Quote) or (only is not None and only not in fact.topics):
            continue
        if fact.speaker and worth_telling(fact):
            people[fact.speaker].append(merged)
    if not people:
        return []
    titles = Titles(story, rises)
    items = []
    for name, told in people.items():
        quotes = [(merged, merged.fact) for merged in told if isinstance(merged.fact, Quote)]
        company = next((quote.company for _, quote in quotes if quote.company), None)
        labels = dict.fromkeys(topics.get(topic, topic) for _, quote in quotes for topic in quote.topics)
        items.append(
            QuoteItem(
                who=label(name, titles.now(name, company, sources_of(told).all[-1].published)),
                company=company,
                topics=tuple(labels),
                sayings=tuple(Saying(quote.text, sources_of([merged])) for merged, quote in quotes),
            )
        )
    return items


def sources_of(facts: Iterable[MergedFact]) -> Sources:
    """The sources of several facts together, one an article, earliest first."""
    found: dict[int, Source] = {}
    for merged in facts:
        for source in merged.sources:
            found.setdefault(source.article_id, source)
    return Sources(tuple(sorted(found.values(), key=lambda source: (source.published, source.article_id))))


def doubts_of(facts: Iterable[MergedFact]) -> Doubts:
    """The doubts about several facts together; `NO_DOUBTS` where there are none."""
    told = list(facts)
    rumours = [merged.rumoured for merged in told if merged.rumoured]
    return Doubts(
        corrected=any(merged.corrected for merged in told),
        rumoured=min(rumours, key=lambda source: source.published, default=None),
        conflicts=tuple(dict.fromkeys(conflict for merged in told for conflict in merged.conflicts)),
    )


@dataclass(frozen=True, slots=True)
class Proof:
    """A sentence and what it proves.

    Attributes:
        headings: Facts it proves, in words.
        best: Where the sentence stands.
        others: Further sources of these facts.
        resolutions: Short forms it uses and the names they stand for.
    """

    headings: tuple[str, ...]
    best: Source
    others: tuple[Source, ...]
    resolutions: tuple[tuple[str, str], ...]


def proofs_of(facts: Sequence[MergedFact]) -> list[Proof]:
    """The best sentence for each fact worth telling; facts of one sentence together, in their order."""
    by_sentence: dict[tuple[int, str], list[MergedFact]] = defaultdict(list)
    for merged in facts:
        if not worth_telling(merged.fact):
            continue
        by_sentence[merged.best.article_id, merged.best.sentence].append(merged)
    proofs = []
    for together in by_sentence.values():
        sources = sources_of(together).all
        best = together[0].best
        read = [(r.form, r.person) for m in together for r in m.best.resolutions if r.form != r.person]
        read += _left_out(together, best.sentence, {person for _, person in read})
        proofs.append(
            Proof(
                headings=_headings(together),
                best=best,
                others=tuple(source for source in sources if source.article_id != best.article_id),
                resolutions=tuple(dict.fromkeys(read)),
            )
        )
    return proofs


def _left_out(facts: Sequence[MergedFact], sentence: str, told: Collection[str]) -> list[tuple[str, str]]:
    """Whom a sentence means that neither names its people nor is known to resolve them: `그는` is 남궁진."""
    found = _PRONOUN().search(sentence)
    form = found[0].strip() if found else text("line.nobody_named")
    names = dict.fromkeys(person_of(merged.fact) for merged in facts)
    missing = [name for name in names if name and name not in told and plain(name) not in plain(sentence)]
    # of several people a pronoun means one, and nobody says which
    return [(form, name) for name in missing] if len(missing) == 1 else []


def _headings(facts: Sequence[MergedFact]) -> tuple[str, ...]:
    """What a sentence proves; people of one post and verb together (`상무 승진 37명: …`)."""
    alike: dict[str, list[str]] = defaultdict(list)
    for merged in facts:
        if isinstance(move := merged.fact, Move):
            alike[f"{move.role or ''} {move_words(merged)}".strip()].append(move.person)
    told = []
    for merged in facts:
        heading = evidence_heading(merged)
        if isinstance(move := merged.fact, Move):
            what = f"{move.role or ''} {move_words(merged)}".strip()
            names = alike[what]
            if len(names) >= FOLD_FROM:
                told_names = "·".join(names[:FOLD_SHOWS])
                if more := len(names) - FOLD_SHOWS:
                    told_names = text("line.more_people", what=told_names, count=more)
                heading = text("line.folded", what=change(what), count=len(names), names=told_names)
        told.append(heading)
    return tuple(dict.fromkeys(told))
