"""Full names that only their short forms show: 맹 대표 must be the 맹준 대표 of the sentence before.

Korean news names a person in full once and says surname and title from then on. A short form that nobody
answers to is therefore evidence for a name that was too odd to be seen by itself: 우연 최고기술책임자, before
우 CTO; 카트린 폰 벨로 최고경영자, before 폰 벨로 CEO.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from briefing.extract.companies import Names, is_enterprise_name
from briefing.extract.coreference import Reading, kin_heads
from briefing.extract.employer import Employers
from briefing.extract.names import family_names, is_surname, shape
from briefing.extract.sightings import Sighting
from briefing.extract.surroundings import Surroundings
from briefing.extract.titles import Title, qualifiers, title_kind
from briefing.extract.transcription import name_links
from briefing.extract.usage import Usage
from briefing.extract.wordforms import Word
from briefing.korean.wordlists import listed
from briefing.model import Span

# A name stands at most this many words before its title.
_MOST_WORDS = 4
_REACH = 60
_MOST_ORPHANS = 20
_WORD = re.compile(r"[가-힣A-Za-z0-9&㈜]+(?:\([^()\n]{1,30}\))?")
_SHORT = re.compile(r"(?<![가-힣A-Za-z0-9])([가-힣]{1,2}) $")
_FAMILY = re.compile(r"(?<![가-힣A-Za-z0-9])([가-힣]{2,5}) $")
_FREE = re.compile(r"[은는이가도]|께서|역시|[\"“(]|[은는이가]?\s?[\"“]")
_MARKED = re.compile(rf"{_FREE.pattern}|[을를의]|에게")
_STROKE = re.compile(
    r"(?:(?<=[:：\[<【〈(])|(?<=[:：\[<【〈(] )|^)\s?([가-힣]{2,4})\s?/\s?"
    r"([^/\n:：>〉\]】“\"]{2,30}?)(?=\s?(?:[:：>〉\]】\n\[]|$))",
    re.MULTILINE,
)
_NEXT = re.compile(r"\s([가-힣]{2,4})(?![가-힣])")
_KINDS_OF_FIRM = listed("firms.kinds")
# What a bare surname may stand behind; behind a noun 전 is no surname (거산중공업 전 사장).
_OPENS = re.compile(
    r"(?:^|[.!?\n”\"’,)]|[가-힣][은는한된던인친린온간킨긴진난찬쓴선]|[가-힣](?:고|자|며|서|에))\s*$"
)


def complete(body: Reading, head: Reading, names: Names) -> None:
    """Adds the sightings of full names that orphaned short forms point to, and short forms passed over."""
    _add(body, _captioned(body, names))
    bearers = _Bearers((body, head))
    body.sightings.extend(_passed_over(body, bearers))
    families = list(_families(body))
    unseen = set(map(id, families))
    wanted: dict[str, list[Sighting]] = {}
    for short in (*body.sightings, *families):
        if short.full or short.title is None or short.title.kind == "other":
            continue
        if is_enterprise_name(short.name) or names.exact(short.name) is not None:
            continue  # 금빛건설 회장 전격 사임: nobody's family name
        if short.name in _KINDS_OF_FIRM():
            continue  # 상장사 대표로서: nor is a kind of firm
        if not bearers.fit(short.name, short.title):
            wanted.setdefault(short.name, []).append(short)
    orphans = list(wanted.items())[:_MOST_ORPHANS]
    places = [_Place(r, names, [name for name, _ in orphans]) for r in (body, head)] if orphans else []
    for surname, shorts in orphans:
        for place in places:
            found = place.full_name(surname, shorts, same=place.reading is body)
            if found is not None and found.name not in bearers.names:
                _add(place.reading, [found])
                _add(body, [s for s in shorts if id(s) in unseen and not _overlaps(s, found)])
                break
    for reading in (body, head):
        reading.sightings.sort(key=lambda s: s.span)


def _overlaps(one: Sighting, other: Sighting) -> bool:
    return one.span.start < other.span.end and other.span.start < one.span.end


def _add(reading: Reading, found: Sequence[Sighting]) -> None:
    """Puts sightings in the place of those they overlap."""
    if not found:
        return
    spans = sorted(s.span for s in found)
    starts = [span.start for span in spans]

    def free(sighting: Sighting) -> bool:
        at = bisect_left(starts, sighting.span.end)
        return at == 0 or spans[at - 1].end <= sighting.span.start

    reading.sightings[:] = [s for s in reading.sightings if free(s)] + list(found)


class _Bearers:
    """Full names by surname, with the titles that those of a surname bear."""

    def __init__(self, readings: Sequence[Reading]) -> None:
        titles: dict[str, set[tuple[str, ...]]] = {}
        for sighting in (s for r in readings for s in r.sightings if s.full):
            heads = titles.setdefault(sighting.name, set())
            heads.update(t.heads for t in (sighting.title, *sighting.extra_titles) if t is not None)
        self.names = titles.keys()
        self._count: Counter[str] = Counter()
        # by surname; () for somebody whose title is not told
        self._borne: dict[str, set[tuple[str, ...]]] = {}
        for name, heads in titles.items():
            for surname in family_names(name):
                self._count[surname] += 1
                self._borne.setdefault(surname, set()).update(heads or {()})
        self._known: dict[tuple[str, tuple[str, ...]], bool] = {}

    def one(self, surname: str) -> bool:
        """True if just one person has that surname."""
        return self._count[surname] == 1

    def fit(self, surname: str, title: Title) -> bool:
        """True if somebody of that name bears that title, or none that is told."""
        key = surname, title.heads
        if key not in self._known:
            borne = self._borne.get(surname, ())
            self._known[key] = any(not heads or kin_heads(heads, title.heads) for heads in borne)
        return self._known[key]


def _captioned(body: Reading, names: Names) -> list[Sighting]:
    """Names that captions of broadcasts set apart with a stroke: 유종칠 / 누리에코 대표이사."""
    if "/" not in body.text:
        return []
    found = []
    taken = {s.name_span.start for s in body.sightings if s.full}
    by_end = {t.span.end: t for t in body.titles}
    for match in _STROKE.finditer(body.text):
        title = by_end.get(match.end())
        if title is None or not shape(match[1]) or match.start(1) in taken:
            continue
        firm = body.text[match.start(2) : title.span.start].strip()
        company = names.exact(firm) or firm or None
        span = Span(*match.span(1))
        found.append(Sighting(match[1], span, Span(span.start, match.end()), title, company, firm))
    return found


def _passed_over(body: Reading, bearers: _Bearers) -> Iterator[Sighting]:
    """Surnames that are words too, taken for one where somebody of that name is known: 전 사장은."""
    taken = {s.title.span.start for s in body.sightings if s.title is not None}
    for title in body.titles:
        start = title.span.start
        if start in taken or title.prefix:
            continue
        match = _SHORT.search(body.text, max(0, start - 4), start)
        if match is None or not is_surname(match[1]):
            continue
        if not bearers.one(match[1]) and not bearers.fit(match[1], title):
            continue
        before = body.text[max(0, match.start() - 6) : match.start()]
        if _OPENS.search(before) and _MARKED.match(body.text, title.span.end):
            whole = Span(match.start(1), title.span.end)
            yield Sighting(match[1], Span(*match.span(1)), whole, title, full=False)


def _families(body: Reading) -> Iterator[Sighting]:
    """Words that stand as subject with an executive's title and nobody took for a name: 던바 CEO는."""
    taken = {s.title.span.start for s in body.sightings if s.title is not None}
    for title in body.titles:
        start = title.span.start
        if start in taken or title.prefix or title.kind != "executive":
            continue
        match = _FAMILY.search(body.text, max(0, start - 10), start)
        if match is not None and match[1] in qualifiers("coming") | qualifiers("ranked"):
            continue  # 판루이 신임 회장은
        if match is not None and _FREE.match(body.text, title.span.end):
            span = Span(*match.span(1))
            yield Sighting(match[1], span, Span(span.start, title.span.end), title, full=False)


class _Place:
    """Headline or body, searched for full names.

    Args:
        surnames: Those that will be asked for; titles beside words that begin so are looked up once for all.
    """

    def __init__(self, reading: Reading, names: Names, surnames: Iterable[str]) -> None:
        self.reading = reading
        self.names = names
        ends = {t.end: t for t in reading.tokens.values()}
        titles = {t.span.end: t for t in reading.titles}
        self._around = Surroundings(
            reading.text, reading.tokens, ends, names, Usage((reading.text,)), titles=titles
        )
        self._beside: dict[str, list[Title]] = {surname: [] for surname in surnames}
        lengths = sorted(set(map(len, self._beside)))
        for title in reading.titles:
            near = [w.text for w in _words_before(reading.text, title)]
            if (behind := _NEXT.match(reading.text, title.span.end)) is not None:
                near.append(behind[1])
            for begun in {text[:n] for text in near for n in lengths if n <= len(text)}:
                if begun in self._beside:
                    self._beside[begun].append(title)

    def full_name(self, surname: str, shorts: Sequence[Sighting], *, same: bool) -> Sighting | None:
        """The first name beside a title of the same rank that begins (of foreigners: ends) with `surname`.

        Args:
            same: True if the short forms stand in this text.
        """
        own: dict[tuple[str, ...], set[int]] = {}
        for short in shorts:
            if short.title is not None:
                own.setdefault(short.title.heads, set()).add(short.title.span.start)
        for title in self._beside[surname]:
            # a short form shows the name of another place, never of its own
            kin = any(
                kin_heads(title.heads, heads) and not (same and starts == {title.span.start})
                for heads, starts in own.items()
            )
            if kin and (found := self._before(title, surname) or self._after(title, surname)):
                return found
        return None

    def _before(self, title: Title, surname: str) -> Sighting | None:
        text = self.reading.text
        words = _words_before(text, title)
        if not any(w.text.startswith(surname) for w in words):
            return None
        for i, word in enumerate(words):
            span = _korean(word, surname, self.names) or _foreign(self.reading, words, i, surname, self.names)
            if span is None:
                if self._around.breaks(word):
                    return None
                continue
            between = [w for w in words if w.start >= span.end and not self._around.qualifies(w)]
            # 이름 회사 직함, else 회사 이름 직함
            pool = between or [w for w in words if w.start < span.start][:1]
            company, surface = Employers(self._around).among(pool, title)
            if company is not None and not between:
                company = company if self.names.exact(company) or is_enterprise_name(company) else None
            former = any(w.text in qualifiers("former") for w in words)
            whole = Span(span.start, title.span.end)
            return Sighting(span.of(text), span, whole, title, company, surface, former=former)
        return None

    def _after(self, title: Title, surname: str) -> Sighting | None:
        """대표 맹준"""
        match = _NEXT.match(self.reading.text, title.span.end)
        if match is None or not is_surname(surname) or not match[1].startswith(surname):
            return None
        if not shape(match[1]):
            return None
        span = Span(*match.span(1))
        return Sighting(match[1], span, Span(title.span.start, span.end), title)


def _words_before(text: str, title: Title) -> list[Word]:
    """Bare words in front of a title on its line, nearest first."""
    start = title.span.start
    floor = max(text.rfind("\n", 0, start) + 1, start - _REACH)
    found: list[Word] = []
    end = start
    for match in reversed(list(_WORD.finditer(text, floor, start))):
        if text[match.end() : end] != " " or len(found) == _MOST_WORDS:
            break
        found.append(Word(match.group().partition("(")[0], match.start()))
        end = match.start()
    return found


def _korean(word: Word, surname: str, names: Names) -> Span | None:
    """맹준, 우연, 마리안: the surname and one to three syllables."""
    text = word.text
    if not is_surname(surname) or not text.startswith(surname) or not shape(text):
        return None
    if len(text) - len(surname) > 2 or is_surname(text):
        return None  # 남궁 사장: no name that begins with 남
    if names.exact(text) is not None or title_kind(text) is not None or is_enterprise_name(text):
        return None
    if title_kind(text[:-1]) is not None:
        return None  # 전무가 부사장으로: a rank with its particle
    return Span(word.start, word.end)


def _foreign(reading: Reading, words: Sequence[Word], at: int, family: str, names: Names) -> Span | None:
    """아스트리드 린, 카트린 폰 벨로: given names in front of the family name."""
    before = at + 1
    while before < len(words) and words[before].text in name_links():
        before += 1
    if words[at].text != family or before >= len(words):
        return None
    given = words[before]
    if reading.text[given.end : given.end + 1] != " ":
        return None  # 보르(Anna Bor) 유럽사업
    token = reading.tokens.get(given.start)
    if not re.fullmatch(r"[가-힣]{2,6}", given.text) or names.exact(given.text) is not None:
        return None
    if title_kind(given.text) or is_enterprise_name(given.text):
        return None
    if len(given.text) == 4 and shape(given.text[:3]) == 2:
        return None  # 이석준이
    if len(given.text) == 3 and shape(given.text) == 2:
        return Span(given.start, given.end)  # 이름 회사 직함, and later 회사 직함
    if token is None or token.end < given.end or (token.known and token.tag != "NNP"):
        return None
    return Span(given.start, words[at].end)
