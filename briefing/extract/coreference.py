"""Who is meant where: 조 사장, 베버 대표, 그는, and bare names."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache

from briefing.extract.companies import after_bracket
from briefing.extract.document import Mention
from briefing.extract.employer import THIS_FIRM
from briefing.extract.names import family_names
from briefing.extract.particles import AFTER_NAME, SUBJECT
from briefing.extract.records import record
from briefing.extract.sightings import Sighting
from briefing.extract.titles import Title, same_chief, same_rank
from briefing.korean.kiwi import Sentence, Token
from briefing.korean.lexicon import trie_branches, words
from briefing.korean.wordlists import listed, worded
from briefing.model import Span

# A pronoun reaches back this far for its person.
PRONOUN_REACH = 700
# …은 백 회장이다; …, 백 회장: the sentence presents its last word.
PRESENTED = re.compile(r"(?:이?다|입니다|이었다|였다|이었습니다|였습니다)?[.!]?\s*")
# 윤 사장의 방한은: the sentence speaks of the owner.
_OWNER = re.compile(r"의\s[가-힣]{1,6}(?:은|는)\s")
# A 본부장이 동행했다. 그는 …: whom he went with
_ONLY_BESIDE = worded(r"(?:이|가|도)\s(?:함께\s)?{people.came_along}(?:했다|한다)\.")
# 귀국길에 동승한 백 부사장은: 그는 behind it is whom the text was about before.
_BESIDE = worded(r"(?:{people.beside}|함께\s?)(?:한|하던|했던|온|간)\s(?:[가-힣A-Za-z]+\s)?$")


@cache
def pronouns() -> re.Pattern[str]:
    """Where a pronoun for a person stands: 그는, 본인의."""
    forms = trie_branches(words("people.toml", "pronouns"), not_behind="[가-힣A-Za-z0-9]")
    return re.compile(rf"(?:{forms})(?=(?:는|가|의|도|를|에게|와|은|이)(?![가-힣]))")


# Surnames that are words too: "이 대표", "전 사장", "한 부회장".
_WORDS_TOO = listed("people.words_too")


_TOGETHER = re.compile(r"(?:\([^()\n]{0,20}\))?\s?(?:,|·|과|와|및)\s?")
# B가 “…”고 묻자, B 교수가 수율을 묻자
_ASKED = worded(
    r"(?:이|가)\s(?:[^\n.“\"]{0,40}[“\"][^”\"\n]{1,200}[”\"][^\n.“\"]{0,12}|[^\n.“\"]{0,40}{speech.said.asking}하?)자[\s,]"
)
_TOPIC = frozenset({"은", "는"})
_SENTENCE_END = re.compile(r"다\.\s|\n")
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
    if sighting.name in _WORDS_TOO() and best not in recent:
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
            mentions.append(_mention(text, span, span, persona, "full" if whole else "title"))
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
        mentions.append(_mention(text, event.span, event.name_span, found, kind, event))
    return mentions


def _rises_to(text: str, end: int, titles: Mapping[int, Title]) -> Title | None:
    """The rank behind a name: A 상무를 [전무]로, A 상무는 [전무]로. From then on A is called by it."""
    particle = _BEFORE_RANK.match(text, end)
    rank = titles.get(particle.end()) if particle is not None else None
    return rank if rank is not None and _TO_RANK.match(text, rank.span.end) else None


_CALLED = worded(r"\s{people.courtesy}(?=[은는이가을를의도과와께에,.])")


def _mention(  # noqa: PLR0917
    text: str, span: Span, name: Span, persona: int, kind: str, sighting: Sighting | None = None
) -> Mention:
    called = _CALLED().match(text, span.end)  # 창업자 옥금자 [씨]는
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


def with_pronouns(text: str, sentences: Sequence[Sentence], mentions: list[Mention]) -> list[Mention]:
    """The mentions together with 그, 그녀, 본인, each meaning the last subject before it."""
    if not mentions:
        return mentions
    starts = [s.span.start for s in sentences]
    ordered = [m.span.start for m in mentions]
    merged = list(mentions)
    for match in pronouns().finditer(text):
        span = Span(*match.span())
        here = bisect_right(starts, span.start) - 1
        sentence = sentences[here].span.start if here >= 0 else 0
        at = bisect_right(ordered, span.start)
        near = [m for m in mentions[max(0, at - 12) : at] if span.start - m.span.start <= PRONOUN_REACH]
        before = starts[here - 1] if here > 0 else sentence
        last = [
            m for m in near if before <= m.span.start < sentence and "\n" not in text[m.span.end : span.start]
        ]
        alone = last[0] if len(last) == 1 else None
        chosen = next(
            (
                m
                for n, m in reversed([*enumerate(near)])
                if _spoken_of(text, m, alone=m is alone)
                and not _one_of(text, near, n)
                and not _within(text, near, n, span.start)
            ),
            None,
        )
        if chosen is not None and (topic := _topic_before(text, near, span.start)) is not None:
            chosen = topic
        if chosen is None and near:
            outside = [m for m in near if m.span.start < sentence]
            chosen = (outside or near)[-1]
        if chosen is not None:
            merged.append(_mention(text, span, span, chosen.persona, "pronoun"))
    merged.sort(key=lambda m: m.span)
    return merged


def _one_of(text: str, near: Sequence[Mention], n: int) -> bool:
    """True for the last of several who are told of together: A 사장, B 부사장이 동행했다. 그는 …"""
    return n > 0 and _TOGETHER.fullmatch(text, near[n - 1].span.end, near[n].span.start) is not None


def _topic_before(text: str, near: Sequence[Mention], at: int) -> Mention | None:
    """Whom the paragraph before is about, for a pronoun at the head of its own."""
    while at and text[at - 1] == " ":
        at -= 1
    if not at or text[at - 1] != "\n":
        return None
    while at and text[at - 1].isspace():
        at -= 1
    begin = text.rfind("\n", 0, at) + 1
    first = next((m for m in near if m.span.start >= begin), None)
    if first is None or first.particle not in _TOPIC:
        return None
    return None if _SENTENCE_END.search(text, begin, first.span.start) else first


def _within(text: str, near: Sequence[Mention], n: int, at: int) -> bool:
    """True for who only asks: A 대표는 [B가 “…”고 묻자] “…”고 답했다. 그는 …; [B가 “…”고 묻자] 그는 …

    Args:
        text: The article.
        near: The mentions before a pronoun.
        n: Which of them.
        at: Where the pronoun stands.
    """
    mention = near[n]
    asked = _ASKED().match(text, mention.span.end) if mention.particle in {"이", "가"} else None
    if asked is None:
        return False
    if _SENTENCE_END.search(text, asked.end(), at) is None:
        return True
    return any(
        m.particle in _TOPIC
        and m.persona != mention.persona
        and not _SENTENCE_END.search(text, m.span.end, mention.span.start)
        for m in near[:n]
    )


def _spoken_of(text: str, mention: Mention, *, alone: bool) -> bool:
    """True for a mention its sentence is about.

    Args:
        text: The article.
        mention: The mention.
        alone: True if the sentence before the pronoun names nobody else.
    """
    start, end = mention.span.start, mention.span.end
    if not alone and _BESIDE().search(text, max(0, start - 20), start):
        return False
    if _ONLY_BESIDE().match(text, end):
        return False
    if mention.particle in SUBJECT or (alone and mention.particle == "에게"):
        return True  # 대상은 A 대표에게 돌아갔다. 그는
    presented = PRESENTED.match(text, end)
    if presented is not None and any(mark in presented[0] for mark in ".\n"):
        return mention.particle != "의"
    return mention.particle == "의" and (alone or _OWNER.match(text, end) is not None)
