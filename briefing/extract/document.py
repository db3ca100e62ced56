"""The shared analysis of one article: who is named where, with which title, at which company.

Built once per article; moves, activities and quotes all read it and never change it.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field, replace
from datetime import date, timedelta, timezone
from operator import attrgetter, itemgetter

from briefing.extract.records import record
from briefing.extract.titles import Title
from briefing.korean.kiwi import Sentence, Token
from briefing.model import Article, Span

SEOUL = timezone(timedelta(hours=9), "Asia/Seoul")


@record(frozen=True, slots=True)
class Persona:
    """One human being of the article.

    Attributes:
        name: Full name; Korean names without spaces, foreign ones as written.
        company: Canonical company beside the name, or told by context; None if the text does not say.
        title: The post or rank that says most about the person now (LG전자 사장 -> 사장), or None.
        titles: Every post and rank the text gives, in order, former ones included.
        executive: True if a title makes the person an executive (see docs/extraction.md).
        first: Where the name stands first.
        former: True if the text knows only former posts (방기정 전 원장).
        fictional: True for a person of a play (강무진 회장을 연기한 …).
        past: Company and title of an executive's post held no more (방기정 전 누리 대표), or None.
        came_from: Of who takes a post in this article: `past`, if that was in another company.
    """

    name: str
    company: str | None
    title: str | None
    titles: tuple[str, ...]
    executive: bool
    first: Span
    former: bool = False
    fictional: bool = False
    past: tuple[str, str] | None = None
    came_from: tuple[str, str] | None = None

    @property
    def title_shown(self) -> str | None:
        """The title, marked 전 where it is held no more."""
        return f"전 {self.title}" if self.former and self.title else self.title


@record(frozen=True, slots=True, order=True)
class Mention:
    """A place where a persona is spoken of.

    Attributes:
        span: Name and title together, without particles ("조주완 LG전자 사장", "조 사장", "그").
        form: Characters of `span`.
        persona: Index into `Document.personas`.
        kind: "full" (full name), "title" (surname and title), "pronoun" (그, 본인, 이 대표 …).
        title: Title as written at this place, or None.
        company: Company as written at this place, canonical, or None.
        name: Where the name or surname itself stands.
        particle: Form of the particle that follows (은, 이, 을, 에게 …) or "".
        former: True if the title here is marked as former (전, 前).
    """

    span: Span
    form: str
    persona: int
    kind: str
    title: str | None
    company: str | None
    name: Span
    particle: str = ""
    former: bool = False


@record(frozen=True, slots=True, order=True)
class CompanyMention:
    """A place where a company or organisation is spoken of.

    Attributes:
        span: The name, without particles.
        name: Canonical name.
        particle: Form of the particle that follows (은, 는, 이, 가, 의 …) or "".
    """

    span: Span
    name: str
    particle: str = ""


@record(frozen=True, slots=True)
class Document:
    """An article taken apart. Offsets are code points of `text`.

    Attributes:
        article: What was read.
        text: Same as article.text.
        day: Day of publication in Asia/Seoul, or None.
        sentences: In order, never overlapping.
        paragraphs: Lines with something on them, in order.
        quotations: Spans between double quotation marks, marks excluded.
        personas: Everybody named with a title, executives and others.
        mentions: Sorted by span.
        companies: Sorted by span.
        subject: Canonical company the article is mostly about, or None.
        headline: Mentions inside article.title (their spans count code points of the headline).
        tokens: Morphemes of `text` by where they begin.
        titles: Posts and ranks, with or without a person, in order.
        head_companies: Company mentions inside article.title.
        civil: True if headline and lead speak of government, schools or clubs and of no enterprise.
        outsiders: Houses that the text introduces as no enterprises, see `briefing.extract.outsiders`.
    """

    article: Article
    text: str
    day: date | None
    sentences: tuple[Sentence, ...]
    paragraphs: tuple[Span, ...]
    quotations: tuple[Span, ...]
    personas: tuple[Persona, ...]
    mentions: tuple[Mention, ...]
    companies: tuple[CompanyMention, ...]
    subject: str | None = None
    headline: tuple[Mention, ...] = ()
    tokens: Mapping[int, Token] = field(default_factory=dict, repr=False)
    titles: tuple[Title, ...] = field(default=(), repr=False)
    head_companies: tuple[CompanyMention, ...] = ()
    civil: bool = False
    outsiders: frozenset[str] = frozenset()
    _starts: tuple[int, ...] = field(default=(), repr=False)
    _mention_starts: tuple[int, ...] = field(default=(), repr=False)
    _company_starts: tuple[int, ...] = field(default=(), repr=False)
    _quotation_starts: tuple[int, ...] = field(default=(), repr=False)
    _quotation_ends: tuple[int, ...] = field(default=(), repr=False)

    @classmethod
    def assembled(
        cls,
        *,
        article: Article,
        day: date | None,
        sentences: tuple[Sentence, ...],
        paragraphs: tuple[Span, ...],
        quotations: tuple[Span, ...],
        mentions: tuple[Mention, ...],
        companies: tuple[CompanyMention, ...],
        subject: str | None,
        headline: tuple[Mention, ...],
        tokens: Mapping[int, Token],
        titles: tuple[Title, ...],
        head_companies: tuple[CompanyMention, ...],
    ) -> Document:
        """A document with its indexes, as yet without personas."""
        return cls(
            article=article, text=article.text, day=day, sentences=sentences, paragraphs=paragraphs,
            quotations=quotations, personas=(), mentions=mentions, companies=companies, subject=subject,
            headline=headline, tokens=tokens, titles=titles, head_companies=head_companies,
            _starts=tuple(s.span.start for s in sentences),
            _mention_starts=tuple(m.span.start for m in mentions),
            _company_starts=tuple(c.span.start for c in companies),
            _quotation_starts=tuple(q.start for q in quotations),
            _quotation_ends=tuple(q.end for q in quotations),
        )  # fmt: skip

    def with_text(self, article: Article, quotations: tuple[Span, ...]) -> Document:
        """The same with the whole text and its quotations, where parts were left blank; all else stays."""
        return replace(
            self, article=article, text=article.text, quotations=quotations,
            _quotation_starts=tuple(q.start for q in quotations),
            _quotation_ends=tuple(q.end for q in quotations),
        )  # fmt: skip

    def sentence_at(self, offset: int) -> Sentence | None:
        """The sentence around an offset (or the last one before it), or None in front of all text."""
        i = bisect_right(self._starts, offset) - 1
        return self.sentences[i] if i >= 0 else None

    def sentence_index(self, offset: int) -> int:
        """Index of `sentence_at(offset)`, -1 in front of all text."""
        return bisect_right(self._starts, offset) - 1

    def mentions_in(self, span: Span) -> tuple[Mention, ...]:
        """Mentions that begin inside the span, in order."""
        return self.mentions[
            bisect_left(self._mention_starts, span.start) : bisect_left(self._mention_starts, span.end)
        ]

    def companies_in(self, span: Span) -> tuple[CompanyMention, ...]:
        """Company mentions that begin inside the span, in order."""
        return self.companies[
            bisect_left(self._company_starts, span.start) : bisect_left(self._company_starts, span.end)
        ]

    def companies_before(self, offset: int) -> Iterator[CompanyMention]:
        """Company mentions that begin before an offset, the nearest first."""
        return (self.companies[i] for i in range(bisect_left(self._company_starts, offset) - 1, -1, -1))

    def persona_of(self, mention: Mention) -> Persona:
        """Whom the mention means."""
        return self.personas[mention.persona]

    def paragraph_at(self, offset: int) -> Span | None:
        """The line around an offset, or None."""
        i = bisect_right(self.paragraphs, offset, key=_SPAN_START) - 1
        return self.paragraphs[i] if i >= 0 and self.paragraphs[i].end >= offset else None

    def quoted(self, offset: int) -> bool:
        """True inside a quotation."""
        i = bisect_right(self._quotation_starts, offset)
        return i > 0 and offset < self._quotation_ends[i - 1]

    def quotes_in(self, span: Span) -> bool:
        """True if a quotation lies in the span or reaches into it."""
        i = bisect_right(self._quotation_ends, span.start)
        return i < len(self._quotation_starts) and self._quotation_starts[i] < span.end

    def quotation_at(self, offset: int) -> Span | None:
        """The quotation around an offset, marks excluded, or None."""
        i = bisect_right(self._quotation_starts, offset) - 1
        return self.quotations[i] if i >= 0 and offset < self._quotation_ends[i] else None


def in_headline(document: Document, offset: int) -> bool:
    """True in the headline, where a text begins with it: of some articles nothing else is known."""
    title = document.article.title.strip()
    return bool(title) and offset < len(title) and document.text.startswith(title)


# 한성순보, the first Korean newspaper, is of 1883; days far from both ends can be counted from safely.
_FIRST_YEAR, _LAST_YEAR = 1883, 2999


def publication_day(article: Article) -> date | None:
    """The day of publication in Asia/Seoul; None where the year can be no newspaper's (9999-12-31)."""
    if article.published is None or not _FIRST_YEAR <= article.published.year <= _LAST_YEAR:
        return None
    return article.published.astimezone(SEOUL).date()


def paragraph_spans(text: str) -> tuple[Span, ...]:
    """Lines with something on them, white space at the ends cut."""
    spans = []
    start = 0
    for line in text.split("\n"):
        stripped = line.strip()
        if stripped:
            at = start + line.index(stripped[0]) if line[0].isspace() else start
            spans.append(Span(at, at + len(stripped)))
        start += len(line) + 1
    return tuple(spans)


_SPAN_START = attrgetter("start")
_START = itemgetter(2)  # Token.start


def tokens_in(sentence: Sentence, span: Span) -> Sequence[Token]:
    """Morphemes of a sentence that begin inside a span."""
    tokens = sentence.tokens
    return tokens[bisect_left(tokens, span.start, key=_START) : bisect_left(tokens, span.end, key=_START)]
