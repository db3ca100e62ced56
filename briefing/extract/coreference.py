"""Who is meant where: 조 사장, 베버 대표, 그는, and bare names."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from briefing.extract.companies import after_bracket
from briefing.extract.document import Mention
from briefing.extract.employer import THIS_FIRM
from briefing.extract.names import family_names
from briefing.extract.particles import AFTER_NAME
from briefing.extract.records import record
from briefing.extract.sightings import Sighting
from briefing.extract.titles import Title, same_chief, same_rank
from briefing.korean.kiwi import Token
from briefing.korean.wordlists import listed, worded
from briefing.model import Span

# Surnames that are words too: "이 대표", "전 사장", "한 부회장".
_WORDS_TOO = listed("people.words_too")
# With these they are words: 한 책임자는, 전 관계자는.
_ANYBODY = listed("people.anybody")
# 창업자 옥금자 [씨]는
_CALLED = worded(r"\s{people.courtesy}(?=(?:은|는|이|가|을|를|의|과|와|께|에게)(?![가-힣])|[,.])")
_BEFORE_RANK = re.compile(r"(?:을|를|이|가|은|는)\s")
_TO_RANK = re.compile(r"(?:으로|로)(?![가-힣])")
# A 상무 등 3명을: what is said of all is said of the one named
_AND_OTHERS = re.compile(
    r"\s?등\s?(?:[가-힣]{1,8}\s){0,2}?(?:\d+|두|세|네|다섯|여러)\s?(?:명|인|사람)(?=[을를이가은는도에])"
)


@record(frozen=True, slots=True)
class Reading:
    """Morphemes, titles and sightings of one text."""

    text: str
    tokens: Mapping[int, Token]
    titles: list[Title]
    sightings: list[Sighting]


@dataclass(slots=True)
class Draft:
    """A persona while it is being put together.

    Attributes:
        first: Where the name stands first in the body, or None.
        companies: Companies beside the name, with how often.
        past: Companies where posts were held that are held no more.
        titles: Titles beside the name; `former` tells which are held no more.
        this_firm: True if named as of "이 회사".
    """

    name: str
    first: Span | None = None
    companies: Counter[str] = field(default_factory=Counter)
    past: Counter[str] = field(default_factory=Counter)
    titles: list[Title] = field(default_factory=list)
    former: list[bool] = field(default_factory=list)
    this_firm: bool = False
    _told: set[tuple[str, bool]] = field(default_factory=set, repr=False)

    def add(self, title: Title, *, former: bool) -> None:
        """One more title; the same again adds nothing."""
        if (title.text, former) not in self._told:
            self._told.add((title.text, former))
            self.titles.append(title)
            self.former.append(former)


def gather(body: Reading, head: Reading) -> list[Draft]:
    """One draft for each full name of body and headline, in order."""
    drafts: dict[str, Draft] = {}
    both = (*body.sightings, *head.sightings)
    parts = {part for s in both if s.full and " " in s.name for part in s.name.split()}
    for reading in (body, head):
        for sighting in reading.sightings:
            if sighting.name in parts:
                sighting.full = False  # 베버 대표, after 마르쿠스 베버 대표
            if not sighting.full:
                continue
            draft = drafts.setdefault(sighting.name, Draft(sighting.name))
            if draft.first is None and reading is body:
                draft.first = sighting.name_span
            draft.this_firm |= sighting.surface == THIS_FIRM
            if sighting.company:
                told = draft.past if sighting.former else draft.companies
                told[sighting.company] += 1
            for title in (sighting.title, *sighting.extra_titles):
                if title is not None:
                    draft.add(title, former=sighting.former and title is sighting.title)
    return list(drafts.values())


def same_surname(name: str, surname: str) -> bool:
    """True if `surname` is the family name of `name`: 조 of 조주완, 베버 of 마르쿠스 베버."""
    return surname in family_names(name)


def _of_surname(surname: str, drafts: Sequence[Draft]) -> list[int]:
    """Drafts of a family name; no text is about more people of one name than the last hundred."""
    return [i for i, d in enumerate(drafts) if same_surname(d.name, surname)][-100:]


def resolve(
    sighting: Sighting, drafts: Sequence[Draft], candidates: Sequence[int], recent: Mapping[int, int]
) -> int | None:
    """Whom a surname with a title means: the same title first, then the nearest before.

    Args:
        sighting: The surname with the title.
        drafts: Everybody.
        candidates: Those of the surname, by index.
        recent: Those spoken of before, with the number of their last mention.

    Returns:
        Index of the draft, or None if nobody fits.
    """
    title = sighting.title
    if not candidates or title is None:
        return None
    level = {i: max((kinship(t, title) for t in drafts[i].titles), default=0) for i in candidates}
    best = max(candidates, key=lambda i: (level[i], i in recent, recent.get(i, -1)))
    if level[best]:
        return best
    if title.kind == "other" and all(t.kind != "other" for t in drafts[best].titles):
        return None
    if sighting.name in _WORDS_TOO() and (best not in recent or title.head in _ANYBODY()):
        return None
    return best if best in recent or len(candidates) == 1 else None


def kinship(known: Title, said: Title) -> int:
    """2 for the same title, 1 for one that is short for the other (은행장, 행장; 최고경영자, CEO), else 0."""
    if set(known.heads) & set(said.heads):
        return 2
    return int(kin_heads(known.heads, said.heads))


@lru_cache(maxsize=4096)
def kin_heads(known: tuple[str, ...], said: tuple[str, ...]) -> bool:
    """True if two titles have a head in common, or one is short for the other."""
    if set(known) & set(said):
        return True
    return any(same_rank(a, b) or same_chief(a, b) for a in known for b in said)


def find_mentions(
    text: str, reading: Reading, drafts: list[Draft], *, headline: bool = False
) -> list[Mention]:
    """Mentions in order; titles of short forms are added to their drafts (not those of a headline)."""
    index = {d.name: i for i, d in enumerate(drafts)}
    events: list[tuple[int, Sighting | tuple[int, Span]]] = [(s.span.start, s) for s in reading.sightings]
    events.extend((span.start, (i, span)) for i, span in _bare_names(text, reading, drafts))
    events.sort(key=lambda e: e[0])
    mentions: list[Mention] = []
    of_surname: dict[str, list[int]] = {}
    recent: dict[int, int] = {}
    risen: dict[int, Title] = {}
    following = {t.span.start: t for t in reading.titles}
    for _, event in events:
        if mentions:
            recent[mentions[-1].persona] = len(mentions)
        if isinstance(event, tuple):
            persona, span = event
            form = span.of(text)
            whole = " " in form or drafts[persona].name == form
            mentions.append(mention_of(text, span, span, persona, "full" if whole else "title"))
            continue
        if event.full:
            found: int | None = index[event.name]
        else:
            if event.name not in of_surname:
                of_surname[event.name] = _of_surname(event.name, drafts)
            namesakes = of_surname[event.name]
            found = resolve(event, drafts, namesakes, recent)
            if len(namesakes) > 1 and event.title is not None:
                heads = event.title.heads
                called = [i for i in namesakes if i in risen and kin_heads(risen[i].heads, heads)]
                found = called[0] if len(called) == 1 else found
        if found is None:
            continue
        if event.full and (rank := _rises_to(text, event.span.end, following)) is not None:
            risen[found] = rank
        if not event.full and event.title is not None and not headline:
            drafts[found].add(event.title, former=event.former)
        kind = "full" if event.full else "title"
        mentions.append(mention_of(text, event.span, event.name_span, found, kind, event))
    return mentions


def _rises_to(text: str, end: int, titles: Mapping[int, Title]) -> Title | None:
    """The rank behind a name: A 상무를 [전무]로, A 상무는 [전무]로. From then on A is called by it."""
    particle = _BEFORE_RANK.match(text, end)
    rank = titles.get(particle.end()) if particle is not None else None
    return rank if rank is not None and _TO_RANK.match(text, rank.span.end) else None


def mention_of(  # noqa: PLR0917
    text: str, span: Span, name: Span, persona: int, kind: str, sighting: Sighting | None = None
) -> Mention:
    """A mention of a persona in a text, with the particle behind it.

    Args:
        text: The text.
        span: Name and title.
        name: The name alone.
        persona: Index of the person.
        kind: As in Mention.
        sighting: How it was seen, for title and company.
    """
    called = _CALLED().match(text, span.end) if span.end == name.end else None
    at = after_bracket(text, called.end() if called else span.end)
    others = _AND_OTHERS.match(text, at)
    particle = AFTER_NAME.match(text, others.end() if others else at)
    title = sighting.title.text if sighting is not None and sighting.title is not None else None
    return Mention(
        span, span.of(text), persona, kind, title, sighting.company if sighting else None, name,
        particle.group() if particle else "", sighting.former if sighting else False,
    )  # fmt: skip


def _word_starts(text: str, char: str) -> Iterator[int]:
    """Where a character begins a word."""
    at = text.find(char)
    while at >= 0:
        if not (at and text[at - 1].isalnum()):
            yield at
        at = text.find(char, at + 1)


def _bare_names(text: str, reading: Reading, drafts: Sequence[Draft]) -> list[tuple[int, Span]]:
    """Names known from elsewhere that stand without a title."""
    surfaces: dict[str, int] = {}
    for i, draft in enumerate(drafts):
        surfaces.setdefault(draft.name, i)
        if " " in draft.name:
            last = draft.name.split()[-1]
            if len(last) >= 2:
                surfaces.setdefault(last, i)
        elif len(draft.name) == 3:
            surfaces.setdefault(f"{draft.name[0]} {draft.name[1:]}", i)
    if not surfaces:
        return []
    taken = sorted((s.name_span.start, s.name_span.end) for s in reading.sightings)
    starts = [start for start, _ in taken]
    found: list[tuple[int, Span]] = []
    lengths = sorted({len(surface) for surface in surfaces}, reverse=True)
    first = {surface[0] for surface in surfaces}
    covered = 0
    for start in sorted(at for char in first for at in _word_starts(text, char)):
        if start < covered:
            continue
        at = bisect_right(starts, start) - 1
        if at >= 0 and taken[at][1] > start:
            continue
        for length in lengths:
            end = start + length
            persona = surfaces.get(text[start:end])
            if persona is not None and (
                not "가" <= text[end : end + 1] <= "힣" or AFTER_NAME.match(text, end)
            ):
                found.append((persona, Span(start, end)))
                covered = end
                break
    return found
