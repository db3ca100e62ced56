"""Who is meant where: 조 사장, 베버 대표, 그는, and bare names."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from briefing.extract.companies import after_bracket
from briefing.extract.document import Mention
from briefing.extract.employer import THIS_FIRM
from briefing.extract.names import looks_chinese, surname_of
from briefing.extract.people import Sighting
from briefing.extract.surroundings import PARTICLE
from briefing.extract.titles import Title, same_rank
from briefing.korean.kiwi import Sentence, Token
from briefing.model import Span

# A pronoun reaches back this far for its person.
PRONOUN_REACH = 700
_SUBJECT = frozenset({"은", "는", "이", "가", "도", "께서", "께서는", "씨는", "씨가"})
_PRONOUN = re.compile(r"(?<![가-힣A-Za-z0-9])(그|그녀|본인)(?=(?:는|가|의|도|를|에게|와|은|이)(?![가-힣]))")
# Surnames that are words too: "이 대표", "전 사장", "한 부회장".
_WORDS_TOO = frozenset({"이", "전", "현", "신", "한", "양", "각", "두", "제"})


@dataclass(frozen=True, slots=True)
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
        titles: Titles beside the name; `former` tells which are held no more.
        this_firm: True if named as of "이 회사".
    """

    name: str
    first: Span | None = None
    companies: Counter[str] = field(default_factory=Counter)
    titles: list[Title] = field(default_factory=list)
    former: list[bool] = field(default_factory=list)
    this_firm: bool = False

    def add(self, title: Title, *, former: bool) -> None:
        """One more title."""
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
                draft.companies[sighting.company] += 1
            for title in (sighting.title, *sighting.extra_titles):
                if title is not None:
                    draft.add(title, former=sighting.former and title is sighting.title)
    return list(drafts.values())


def same_surname(name: str, surname: str) -> bool:
    """True if `surname` is the family name of `name`: 조 of 조주완, 베버 of 마르쿠스 베버."""
    if " " in name:
        return surname in name.split()
    if looks_chinese(name) and name.startswith(surname):
        return True
    return surname_of(name) == surname or (len(surname) == 1 and len(name) <= 3 and name.startswith(surname))


def resolve(sighting: Sighting, drafts: Sequence[Draft], before: Sequence[Mention]) -> int | None:
    """Whom a surname with a title means: the same title first, then the nearest before.

    Returns:
        Index of the draft, or None if nobody fits.
    """
    candidates = [i for i, d in enumerate(drafts) if same_surname(d.name, sighting.name)]
    title = sighting.title
    if not candidates or title is None:
        return None
    recent = {m.persona: n for n, m in enumerate(before)}
    level = {i: max((_kinship(t, title) for t in drafts[i].titles), default=0) for i in candidates}
    best = max(candidates, key=lambda i: (level[i], i in recent, recent.get(i, -1)))
    if level[best]:
        return best
    if title.kind == "other" and all(t.kind != "other" for t in drafts[best].titles):
        return None
    if sighting.name in _WORDS_TOO and best not in recent:
        return None
    return best if best in recent or len(candidates) == 1 else None


def _kinship(known: Title, said: Title) -> int:
    """2 for the same title, 1 for one that is short for the other (은행장, 행장; 대표이사, 대표), else 0."""
    if set(known.heads) & set(said.heads):
        return 2
    return int(any(same_rank(a, b) for a in known.heads for b in said.heads))


def find_mentions(
    text: str, reading: Reading, drafts: list[Draft], *, headline: bool = False
) -> list[Mention]:
    """Mentions in order; titles of short forms are added to their drafts (not those of a headline)."""
    index = {d.name: i for i, d in enumerate(drafts)}
    events: list[tuple[int, Sighting | tuple[int, Span]]] = [(s.span.start, s) for s in reading.sightings]
    events.extend((span.start, (i, span)) for i, span in _bare_names(text, reading, drafts))
    events.sort(key=lambda e: e[0])
    mentions: list[Mention] = []
    for _, event in events:
        if isinstance(event, tuple):
            persona, span = event
            form = span.of(text)
            whole = " " in form or drafts[persona].name == form
            mentions.append(_mention(text, span, span, persona, "full" if whole else "title"))
            continue
        found = index[event.name] if event.full else resolve(event, drafts, mentions)
        if found is None:
            continue
        if not event.full and event.title is not None and not headline:
            drafts[found].add(event.title, former=event.former)
        kind = "full" if event.full else "title"
        mentions.append(_mention(text, event.span, event.name_span, found, kind, event))
    return mentions


def _mention(  # noqa: PLR0917
    text: str, span: Span, name: Span, persona: int, kind: str, sighting: Sighting | None = None
) -> Mention:
    particle = PARTICLE.match(text, after_bracket(text, span.end))
    title = sighting.title.text if sighting is not None and sighting.title is not None else None
    return Mention(
        span, span.of(text), persona, kind, title, sighting.company if sighting else None, name,
        particle.group() if particle else "", sighting.former if sighting else False,
    )  # fmt: skip


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
    covered: set[int] = set()
    for surface in sorted(surfaces, key=len, reverse=True):
        start = text.find(surface)
        while start >= 0:
            end = start + len(surface)
            at = bisect_right(starts, start) - 1
            free = (at < 0 or taken[at][1] <= start) and start not in covered
            alone = not (start and text[start - 1].isalnum())
            if free and alone and (not "가" <= text[end : end + 1] <= "힣" or PARTICLE.match(text, end)):
                found.append((surfaces[surface], Span(start, end)))
                covered.update(range(start, end))
            start = text.find(surface, end)
    return found


def with_pronouns(text: str, sentences: Sequence[Sentence], mentions: list[Mention]) -> list[Mention]:
    """The mentions together with 그, 그녀, 본인, each meaning the last subject before it."""
    if not mentions:
        return mentions
    starts = [s.span.start for s in sentences]
    ordered = [m.span.start for m in mentions]
    merged = list(mentions)
    for match in _PRONOUN.finditer(text):
        span = Span(*match.span(1))
        here = bisect_right(starts, span.start) - 1
        sentence = sentences[here].span.start if here >= 0 else 0
        at = bisect_right(ordered, span.start)
        near = [m for m in mentions[max(0, at - 12) : at] if span.start - m.span.start <= PRONOUN_REACH]
        chosen = next((m for m in reversed(near) if m.particle in _SUBJECT), None)
        if chosen is None and near:
            outside = [m for m in near if m.span.start < sentence]
            chosen = (outside or near)[-1]
        if chosen is not None:
            merged.append(_mention(text, span, span, chosen.persona, "pronoun"))
    merged.sort(key=lambda m: m.span)
    return merged
