"""Stories as the lines of a briefing: what a template says, in order, nothing escaped yet.

Everything here is taken from merged facts; a view holds the sources of every line it makes.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from briefing.compose.wording import evidence_heading, label, move_words, plain, short_title
from briefing.model import (
    Company,
    Conflict,
    Fact,
    MergedFact,
    Move,
    MoveKind,
    Quote,
    QuotedBy,
    Source,
    Story,
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


@dataclass(frozen=True, slots=True)
class MoveLine:
    """One line of 인사: a person with what happened, or a folded list.

    Attributes:
        who: `남궁진 사장(CSO)`; for a folded list the post and verb, `상무 승진`.
        changes: `대표이사 선임`, one or more; empty where `who` already says it.
        company: Of the post, or None.
        names: People of a folded list, weightiest first; empty for one person.
        rumored: True if nothing of it is settled.
        doubts: What was corrected, is contradicted, was a rumour before.
    """

    who: str
    changes: tuple[str, ...]
    company: str | None
    sources: Sources
    names: tuple[str, ...] = ()
    rumored: bool = False
    doubts: Doubts = NO_DOUBTS


@dataclass(frozen=True, slots=True)
class Occasion:
    """One activity: `북미 테크 콘퍼런스 주관`, when and where."""

    what: str
    when: date | None
    until: date | None
    place: str | None
    planned: bool


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


def name_of(fact: Fact) -> str | None:
    """Whom a fact is about."""
    return fact.speaker if isinstance(fact, Quote) else fact.person


def worth_telling(fact: Fact) -> bool:
    """Whether a briefing says a fact: every move and activity, and strategic words of named executives."""
    if isinstance(fact, Quote):
        return fact.strategic and fact.by is QuotedBy.EXECUTIVE and fact.speaker is not None
    return True


def titles_of(story: Story) -> dict[str, list[str]]:
    """Titles the articles give each person, most often told first."""
    told: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for person in story.people:
        if person.title:
            told[person.name][person.title] += 1
    for merged in story.facts:
        fact = merged.fact
        if not isinstance(fact, Move) and fact.title and (name := name_of(fact)):
            told[name][fact.title] += 1
    return {name: sorted(titles, key=lambda title: -titles[title]) for name, titles in told.items()}


def about(story: Story, company: Company | None) -> tuple[MergedFact, ...]:
    """The facts of a story that belong in a company's briefing: its own, and those that name no company.

    Groups take everything their stories tell; so does a story that tells of nobody else.
    """
    if company is None or company.is_group:
        return story.facts
    names = {plain(name) for name in (company.name, *company.aliases)}
    own = tuple(m for m in story.facts if m.fact.company is None or plain(m.fact.company) in names)
    return own if any(m.fact.company for m in own) or not story.facts else story.facts


def move_lines(story: Story, facts: Sequence[MergedFact]) -> list[MoveLine]:
    """The moves of a story, people of one post and verb folded into one line where they are many."""
    people: dict[tuple[str, str | None], list[MergedFact]] = defaultdict(list)
    for merged in facts:
        if isinstance(merged.fact, Move):
            people[merged.fact.person, merged.fact.company].append(merged)
    if not people:
        return []
    titles = titles_of(story)
    alike: dict[tuple[str | None, str, str], list[tuple[str, MergedFact]]] = defaultdict(list)
    for (name, company), moves in people.items():
        if len(moves) == 1 and isinstance(move := moves[0].fact, Move):
            alike[company, move.role or "", move_words(moves[0])].append((name, moves[0]))
    lines: list[MoveLine] = []
    done: set[tuple[str | None, str, str]] = set()
    for (name, company), moves in people.items():
        move = moves[0].fact
        if not isinstance(move, Move):
            continue
        fold = (company, move.role or "", move_words(moves[0]))
        if len(moves) == 1 and len(alike[fold]) >= FOLD_FROM:
            if fold not in done:
                done.add(fold)
                names = tuple(person for person, _ in alike[fold])
                told = sources_of(merged for _, merged in alike[fold])
                who = f"{fold[1]} {fold[2]}".strip()
                doubts = doubts_of(merged for _, merged in alike[fold])
                lines.append(MoveLine(who, (), company, told, names, doubts=doubts))
            continue
        lines.append(_person_line(name, company, moves, titles.get(name, [])))
    return lines


def _person_line(
    name: str, company: str | None, moves: Sequence[MergedFact], titles: Sequence[str]
) -> MoveLine:
    facts = [merged.fact for merged in moves if isinstance(merged.fact, Move)]
    up = {MoveKind.APPOINTED, MoveKind.PROMOTED}
    taken = {plain(short_title(fact.role)) for fact in facts if fact.role and fact.kind in up}
    held = [title for title in titles if plain(short_title(title)) not in taken]
    left = [fact.role for fact in facts if fact.kind is MoveKind.DEPARTED or fact.kind is MoveKind.RETAINED]
    sources = sources_of(moves)
    rumored = all(fact.status == "rumored" for fact in facts)
    doubts = doubts_of(moves)
    if len(facts) == 1 and left:
        # 권도식 부회장 퇴임: the post stands before the verb, an arrow would say that it is new.
        post = left[0] or (titles[0] if titles else "")
        return MoveLine(label(name, [post]), (move_words(moves[0]),), company, sources, (), rumored, doubts)
    changes = tuple(
        f"{fact.role} {move_words(merged)}" if fact.role else move_words(merged)
        for merged in moves
        if isinstance(fact := merged.fact, Move)
    )
    return MoveLine(label(name, held), changes, company, sources, (), rumored, doubts)


def quote_items(
    story: Story, facts: Sequence[MergedFact], topics: Mapping[str, str], only: str | None = None
) -> list[QuoteItem]:
    """Strategic words of named executives, one item a speaker.

    Args:
        story: Whose people have titles.
        facts: Facts of it.
        topics: Topic id -> label.
        only: Id of the topic asked for; None for all.
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
    titles = titles_of(story)
    items = []
    for name, told in people.items():
        quotes = [(merged, merged.fact) for merged in told if isinstance(merged.fact, Quote)]
        labels = dict.fromkeys(topics.get(topic, topic) for _, quote in quotes for topic in quote.topics)
        items.append(
            QuoteItem(
                who=label(name, titles.get(name, [])),
                company=next((quote.company for _, quote in quotes if quote.company), None),
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
        read = [r for merged in together for r in merged.best.resolutions if r.form != r.person]
        proofs.append(
            Proof(
                headings=_headings(together),
                best=best,
                others=tuple(source for source in sources if source.article_id != best.article_id),
                resolutions=tuple(dict.fromkeys((r.form, r.person) for r in read)),
            )
        )
    return proofs


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
                rest = f" 외 {len(names) - FOLD_SHOWS}명" if len(names) > FOLD_SHOWS else ""
                heading = f"{what} {len(names)}명: {'·'.join(names[:FOLD_SHOWS])}{rest}"
        told.append(heading)
    return tuple(dict.fromkeys(told))
