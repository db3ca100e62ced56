"""Who a sentence is about: persons, organisations and unnamed people as topics and subjects.

The shared analysis knows persons by name and title. Words may as well be spoken by 관계자, by a
company, by somebody without a title; they are found here from particles, so that nobody else's
words end up in an executive's mouth.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache

from briefing.extract.document import Document, Mention
from briefing.extract.names import shape
from briefing.extract.outsiders import introduced_at
from briefing.extract.particles import TOPIC_FORMS
from briefing.extract.records import record
from briefing.extract.spans import between, index_at, titles_in
from briefing.extract.titles import same_rank
from briefing.korean.kiwi import Token
from briefing.korean.lexicon import words
from briefing.korean.wordlists import listed, worded
from briefing.model import QuotedBy, Span

_NOUNS = frozenset({"NNG", "NNP", "NNB", "NR", "SN", "SL", "SH", "XSN", "XPN", "NP", "MM", "XR"})
_PERSON_SUFFIXES = frozenset("자인원가사관꾼민생씨님들")
_THIS_HOUSE = listed("firms.this_house")
_WORDS = re.compile(r"[가-힣A-Za-z]+")
# 윤 사장 역시 “…”, 호랑이로 통하는 윤 사장이지만 이날은 “…”
_WITHOUT_PARTICLE = ("역시", "또한", "본인은", "자신은", "지만", "이지만", "였지만", "이었지만", "인데")
_CROWD = 60  # where so many are named, a bare title means nobody in particular
_COUNTED = re.compile(r"(?:\d+여?|여러|몇|수십|수백)?명")
_SPACE_SAVING = 12

COUNTED = r"이들|(?P<n>두|세|네)\s?{people.counted}"
"""Template of a subject that counts people instead of naming them: 두 사람; see `how_many`."""
# A name of a house is not longer than this in front of what is left of it.
_NAME_REACH = 20
_NUMBERS = {"두": 2, "세": 3, "네": 4}


@record(frozen=True, slots=True)
class Subject:
    """Somebody or something that a sentence makes its topic or subject.

    Attributes:
        span: The noun phrase, without particle.
        end: Where the particle ends.
        topic: True for 은/는/도, False for 이/가.
        by: Kind of speaker it would be.
        mention: The mention, for persons the analysis knows.
        company: Organisation that speaks, or to which the unnamed person belongs.
        head: Last word of the phrase.
        place: True for sources told as places (업계에서는).
        weak: True if its predicate seems to end before the quotation (…가 열린, …가 묻자).
    """

    span: Span
    end: int
    topic: bool
    by: QuotedBy
    mention: Mention | None = None
    company: str | None = None
    head: str = ""
    place: bool = False
    weak: bool = False


def _nouns(group: str) -> tuple[frozenset[str], tuple[str, ...]]:
    """Nouns that stand for themselves, and those of two syllables and more that end a compound."""
    found = words("speech.toml", "unnamed", group)
    return frozenset(found), tuple(w for w in found if len(w) > 1)


@cache
def _people() -> tuple[frozenset[str], tuple[str, ...]]:
    return _nouns("people")


@cache
def _organisations() -> tuple[frozenset[str], tuple[str, ...]]:
    return _nouns("organisations")


@cache
def _places() -> frozenset[str]:
    return frozenset(words("speech.toml", "unnamed", "places"))


@cache
def _things() -> frozenset[str]:
    return frozenset(
        (
            *words("speech.toml", "sayings", "words"),
            *words("speech.toml", "labels", "words"),
            *words("speech.toml", "things", "words"),
        )
    )


def how_many(match: re.Match[str]) -> int:
    """The number that a match of `COUNTED` says; 0 for 이들."""
    return _NUMBERS.get(match["n"] or "", 0)


@lru_cache(maxsize=4_096)
def human(word: str) -> bool:
    """True for a noun of people without a name (관계자, 직원들, 마씨)."""
    plain = word[:-1] if word.endswith("들") and len(word) > 2 else word
    if word.endswith("측") and len(word) > 1:
        return True
    if (word.endswith("씨") and 1 < len(word) <= 6) or _COUNTED.fullmatch(word):
        return True
    words_, endings = _people()
    return plain in words_ or word in words_ or plain.endswith(endings)


def organisation(word: str) -> bool:
    """True for a noun of organisations (회사, 노조, 재판부, 금융당국)."""
    words_, endings = _organisations()
    return word in words_ or word.endswith(endings)


def speaker_kind(document: Document, mention: Mention) -> QuotedBy:
    """Kind of speaker a known person is."""
    return QuotedBy.EXECUTIVE if document.persona_of(mention).executive else QuotedBy.OTHER


def _phrase_start(document: Document, tokens: Sequence[Token], last: int) -> int:
    """Index of the first token of the noun phrase that ends at index `last`."""
    first = last
    while first > 0 and last - first < _SPACE_SAVING:
        before = tokens[first - 1]
        if before.tag not in _NOUNS or tokens[first].start - before.end > 1 or document.quoted(before.start):
            break
        first -= 1
    return first


def _nameless(
    document: Document, tokens: Sequence[Token], last: int
) -> tuple[QuotedBy, str | None, Span] | None:
    """What a noun phrase without a known person stands for: kind of speaker, company, span."""
    text = document.text
    first = _phrase_start(document, tokens, last)
    span = Span(tokens[first].start, tokens[last].end)
    phrase = span.of(text)
    word = phrase.rsplit(None, 1)[-1] if phrase.strip() else ""
    companies = document.companies_in(Span(span.start, max(span.end, span.start + 1)))
    company = companies[-1].name if companies else None
    if tokens[last].tag in {"SSC"}:
        return None
    one = tokens[first].form == "한" and tokens[first].tag == "MM" and first < last and word not in _things()
    if human(word) or one or (tokens[last].tag == "XSN" and tokens[last].form in _PERSON_SUFFIXES):
        return QuotedBy.UNNAMED, company, span
    if any(t.span.end == span.end for t in titles_in(document, span.start, span.end)):
        return QuotedBy.UNNAMED, company, span
    if companies and companies[-1].span.end == span.end:
        return QuotedBy.UNNAMED, company, span
    # [한결]제약은: a name whose beginning the analyzer takes for another kind of word
    begun = document.companies_in(Span(max(0, span.start - _NAME_REACH), span.start))
    if begun and begun[-1].span.end == span.end:
        return QuotedBy.UNNAMED, begun[-1].name, Span(begun[-1].span.start, span.end)
    if organisation(word):
        return QuotedBy.UNNAMED, company or word, span
    if tokens[last].tag in {"NNP", "SL"} and len(word) >= 2:
        return QuotedBy.OTHER, None, span
    return None


def find_subjects(document: Document, tokens: Sequence[Token], start: int, end: int) -> list[Subject]:
    """Topics and subjects between two offsets of one sentence, outside quotations, in order.

    Args:
        tokens: Morphemes of the sentence.
        start: Where to begin.
        end: Where the quotation (or the sentence) begins (or ends).
    """
    mentions = [
        m for m in document.mentions_in(Span(start, end))
        if m.span.end <= end and not document.quoted(m.span.start)
    ]  # fmt: skip
    if not tokens and not mentions:
        return []  # a sentence not read
    by_end = _by_end(document, mentions, start, end)
    found: list[Subject] = []
    taken: set[int] = set()
    for i in range(index_at(tokens, start), index_at(tokens, end)):
        token = tokens[i]
        if not _marks(token, tokens, i) or document.quoted(token.start):
            continue
        topic = token.form in TOPIC_FORMS or _followed_by_topic(tokens, i)
        known = by_end.get(token.start) or _bracketed(document, by_end, token.start)
        if known is not None:
            taken.add(known.span.end)
            by = speaker_kind(document, known)
            found.append(Subject(known.span, token.end, topic, by, known, known.company, known.form))
        elif (subject := _unknown(document, tokens, i, topic, end)) is not None:
            found.append(subject)
    found.extend(_unmarked(document, mentions, taken, end))
    found.sort(key=lambda s: s.span)
    topics = [s.end for s in found if s.topic and s.mention is not None]
    return [
        _judged(document, tokens, s, end, inside=bool(topics) and topics[0] <= s.span.start) for s in found
    ]


def _by_end(document: Document, mentions: Sequence[Mention], start: int, end: int) -> dict[int, Mention]:
    """Mentions by where they end, a second title behind the name taken in.

    최고경영자(CEO) 권영수 부회장; 최고경영자인 표정호 한강증권 부회장.
    """
    by_end = {m.span.end: m for m in mentions}
    for title in titles_in(document, start, end):
        if title.span.end in by_end:
            continue
        at = title.span.start
        before = by_end.get(at - 1) or by_end.get(at)
        if before is None:
            firm = next(
                (c for c in document.companies_in(Span(max(0, at - 30), at)) if c.span.end == at - 1), None
            )
            # 창업자인 윤하람 [전] 회장은: a house the text knows, or any one word
            begins = firm.span.start if firm is not None else document.text.rfind(" ", start, at - 1) + 1
            before = by_end.get(begins - 1)
        if before is not None:
            by_end[title.span.end] = before
    return by_end


def _somebody(
    document: Document, tokens: Sequence[Token], last: int, end: int
) -> tuple[QuotedBy, str | None, Span] | None:
    """Whoever stands as topic right before a quotation speaks it: 배달 라이더는 “…”."""
    particle = tokens[last + 1] if last + 1 < len(tokens) else None
    if particle is None or particle.form not in {"은", "는"} or not 0 < end - particle.end <= 3:
        return None
    word = tokens[last]
    if word.tag != "NNG" or len(word.form) < 2 or word.form in _things():
        return None
    return QuotedBy.UNNAMED, None, Span(tokens[_phrase_start(document, tokens, last)].start, word.end)


# 도이현(9)군, 도이현양
_CALLED = worded(r"(?:[가-힣]\s?\(\d{1,3}[^()\n]{0,12}\)\s?|(?<![가-힣])(?P<w>[가-힣]{3})){people.called}$")


def _young(text: str, end: int) -> bool:
    """True for somebody named with his age or by a word for the young, which no executive is."""
    called = _CALLED().search(text, max(0, end - 24), end)
    return called is not None and (called["w"] is None or shape(called["w"]) == 2)


def _unknown(document: Document, tokens: Sequence[Token], i: int, topic: bool, end: int) -> Subject | None:
    """The speaker without a known name in front of the particle at index `i`, or None."""
    if i == 0 or tokens[i - 1].end != tokens[i].start:
        return None
    place = tokens[i].tag == "JX" and tokens[i - 1].tag == "JKB"
    last = i - 2 if place else i - 1
    at = tokens[i].start
    if topic and not place and (house := introduced_at(document.text, at)) is not None:
        return Subject(Span(house.start("w"), at), tokens[i].end, topic, QuotedBy.UNNAMED, None, house["w"])
    if _young(document.text, at):
        return Subject(Span(tokens[i - 1].start, at), tokens[i].end, topic, QuotedBy.OTHER)
    if last < 0 or tokens[last].tag not in _NOUNS or _mentioned(document, tokens[last].start):
        return None
    nameless = _nameless(document, tokens, last) or _somebody(document, tokens, last, end)
    if nameless is None:
        return None
    by, company, span = nameless
    head = span.of(document.text).rsplit(None, 1)[-1]
    if place and not (head in _places() or head.rstrip("들") in _places()):
        return None
    if not place and (holder := _holder(document, span)) is not None:
        return Subject(span, tokens[i].end, topic, QuotedBy.EXECUTIVE, holder, holder.company, head)
    return Subject(span, tokens[i].end, topic, by, None, company, head, place)


def _holder(document: Document, span: Span) -> Mention | None:
    """Whom a title without a name means: 이 회사 사장은, where the text knows one executive of that title."""
    title = next((t for t in titles_in(document, span.start, span.end) if t.span.end == span.end), None)
    if title is None or title.kind != "executive" or title.prefix or len(document.personas) > _CROWD:
        return None
    front = document.text[span.start : title.span.start].strip()
    holders: dict[int, Mention] = {}
    for mention in (*document.mentions, *document.headline):
        persona = document.persona_of(mention)
        if mention.persona in holders or not persona.executive or persona.former:
            continue
        if front and front not in _THIS_HOUSE() and front != persona.company:
            continue
        held = (word for t in persona.titles for word in _WORDS.findall(t))
        if any(same_rank(word, title.head) for word in held):
            holders[mention.persona] = mention
    return next(iter(holders.values())) if len(holders) == 1 else None


def _mentioned(document: Document, offset: int) -> bool:
    near = document.mentions_in(Span(max(0, offset - 60), offset + 1))
    return any(m.span.start <= offset < m.span.end for m in near)


def _unmarked(document: Document, mentions: Sequence[Mention], taken: set[int], end: int) -> list[Subject]:
    """Persons who speak without a particle: 조 사장 역시 "…", 윤 이사 "…"; 조 사장 측은."""
    found = []
    for mention in mentions:
        if mention.span.end in taken:
            continue
        behind = document.text[mention.span.end : min(end, mention.span.end + 8)].strip(" .:;=,\"“”'‘(")
        side = behind.startswith("측")
        adjoins = not behind and end - mention.span.end <= 3
        if not side and not adjoins and not behind.startswith(_WITHOUT_PARTICLE):
            continue
        by = QuotedBy.UNNAMED if side else speaker_kind(document, mention)
        known = None if side else mention
        found.append(
            Subject(mention.span, mention.span.end + 1, True, by, known, mention.company, mention.form)
        )
    return found


def _marks(token: Token, tokens: Sequence[Token], i: int) -> bool:
    """True for a particle that marks a topic or subject."""
    if token.tag == "JKS":
        return True
    if token.tag != "JX" or token.form not in TOPIC_FORMS:
        return False
    return not (i and tokens[i - 1].tag == "JKS")


def _followed_by_topic(tokens: Sequence[Token], i: int) -> bool:
    return i + 1 < len(tokens) and tokens[i + 1].tag == "JX" and tokens[i + 1].start == tokens[i].end


def _bracketed(document: Document, by_end: dict[int, Mention], at: int) -> Mention | None:
    """The mention in front of a bracket that ends at `at`: 조주완(61)은."""
    text = document.text
    if at == 0 or text[at - 1] not in ")）]":
        return None
    opened = max(text.rfind("(", max(0, at - 60), at), text.rfind("（", max(0, at - 60), at))
    return by_end.get(opened) if opened >= 0 else None


# Endings after which another subject's clause goes on.
_TURNS = frozenset(
    {
        "자", "니", "으니", "니까", "으니까", "면", "으면", "자마자", "더니", "ᆫ데", "는데", "은데", "도록",
        "게", "아도", "어도", "지만", "길래",
    }
)  # fmt: skip


def _judged(
    document: Document, tokens: Sequence[Token], subject: Subject, end: int, *, inside: bool
) -> Subject:
    """The subject, weak if its own predicate ends before `end`.

    Args:
        inside: A person is the topic before it: 채 행장은 [전임 소 행장이 추진하다 접은] 일과 관련해 “…”.
    """
    if subject.topic or subject.place:
        return subject
    predicate = False
    for token in between(tokens, subject.end, end):
        if document.quoted(token.start):
            continue
        if token.tag[:2] in {"VV", "VA", "VX", "VC"} or token.tag in {"XSV", "XSA"}:
            predicate = True
        elif predicate and token.tag == "ETM":
            return _weak(subject)
        elif predicate and token.tag == "EC":
            if token.form in _TURNS:
                return _weak(subject)
            if not inside:
                return subject
        elif predicate and token.tag == "EF":
            return _weak(subject)
    return subject


def _weak(s: Subject) -> Subject:
    return Subject(s.span, s.end, s.topic, s.by, s.mention, s.company, s.head, s.place, weak=True)


def choose(subjects: list[Subject]) -> Subject | None:
    """The most likely speaker among the subjects in front of a quotation, in order of the text."""
    for wanted in (
        [s for s in subjects if not s.weak and not s.place],
        [s for s in subjects if s.weak and s.mention is not None],
        [s for s in subjects if s.place],
    ):
        if wanted:
            return wanted[-1]
    return None
