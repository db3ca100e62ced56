"""Builds the shared analysis of one article: titles, people, companies, and who is meant where."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import replace

from briefing.extract.asides import stands_aside
from briefing.extract.bodies import is_outside
from briefing.extract.companies import Names, find_companies
from briefing.extract.coreference import Reading, find_mentions, gather
from briefing.extract.document import (
    CompanyMention,
    Document,
    Mention,
    paragraph_spans,
    publication_day,
)
from briefing.extract.firms import shown_companies, signed_words, sure_companies
from briefing.extract.leading import subject_company
from briefing.extract.outsiders import outsiders
from briefing.extract.people import Finder
from briefing.extract.pronouns import with_pronouns
from briefing.extract.quotations import find_quotations
from briefing.extract.records import record
from briefing.extract.shortforms import complete
from briefing.extract.shortnames import shorten_map
from briefing.extract.standing import Setting, is_civil, may_be_executives, persona_of
from briefing.extract.titles import Title, find_titles
from briefing.extract.usage import Usage
from briefing.korean.kiwi import Sentence, Token
from briefing.korean.wordlists import affixes, listed, worded
from briefing.model import Article, Span

# A lead paragraph longer than this is no lead; then this much of the text counts as one.
LONGEST_LEAD = 400
SHORT_LEAD = 200


# (서울=가람통신) 홍아무개 기자 =, [가람일보 홍아무개 기자]: whose news it is, not whom it is about.
_BYLINE = worded(
    r"[(\[【]\s?[가-힣·]{2,12}\s?=\s?[가-힣A-Za-z0-9 ]{2,20}[)\]】]"
    r"|[\[【][^\[\]\n]{2,25}\s?{outlets.reporters.words}\s?[\]】]"
)


_FIRMS_ONLY = listed("contexts.posts.enterprise_only")
# 블룸버그통신에 따르면: who told the news is not whom it is about.
_SOURCE = affixes("outlets.reporters.sources")


def _weighed(
    text: str, companies: Sequence[CompanyMention], mentions: Sequence[Mention]
) -> list[tuple[CompanyMention, bool]]:
    """Enterprises that a text may be about, with True for those that stand between a name and its title."""
    beside = sorted((m.span.start, m.span.end) for m in mentions)
    starts = [start for start, _ in beside]
    weighed = []
    for n, company in enumerate(companies):
        if stands_aside(text, company, companies[n + 1 : n + 4]):
            continue
        if is_outside(company.name) or text.startswith(_SOURCE(), company.span.end):
            continue
        at = bisect_right(starts, company.span.start) - 1
        weighed.append((company, at >= 0 and company.span.end <= beside[at][1]))
    return weighed


def _common(company: CompanyMention, tokens: Mapping[int, Token], names: Names) -> bool:
    """True for a noun of the dictionary that only stood where companies stand (노사, 주가)."""
    token = tokens.get(company.span.start)
    if company.span.end - company.span.start < len(company.name):
        return False  # 협회는: a house spoken of by its kind
    noun = token is not None and token.known and token.tag == "NNG" and token.end >= company.span.end
    return noun and names.exact(company.name) is None


def bylines(text: str) -> list[Span]:
    """Where outlets and reporters name themselves."""
    return [Span(*match.span()) for match in _BYLINE().finditer(text)]


def _read(part: Titled, names: Names, usage: Usage) -> Reading:
    """Titles and sightings of one text."""
    text, tokens, ends, titles = part.text, part.tokens, part.ends, part.titles
    return Reading(text, tokens, titles, Finder(text, tokens, ends, titles, names=names, usage=usage).run())


def _by_offset(sentences: Sequence[Sentence]) -> tuple[dict[int, Token], dict[int, Token]]:
    """Morphemes by where they begin and by where they end."""
    tokens: dict[int, Token] = {}
    ends: dict[int, Token] = {}
    for sentence in sentences:
        for token in sentence.tokens:
            _, _, start, end, _ = token
            if end > start:
                if start not in tokens:
                    tokens[start] = token
                ends[end] = token
    return tokens, ends


def _outside(titles: list[Title], unread: Sequence[Span]) -> list[Title]:
    """The titles that stand in none of the stretches."""
    starts = [span.start for span in unread]
    before = ((title, bisect_right(starts, title.span.start) - 1) for title in titles)
    return [title for title, at in before if at < 0 or unread[at].end <= title.span.start]


@record(frozen=True, slots=True)
class Titled:
    """A text with its sentences, its morphemes by where they begin and end, and its titles."""

    text: str
    sentences: tuple[Sentence, ...]
    tokens: dict[int, Token]
    ends: dict[int, Token]
    titles: list[Title]

    @classmethod
    def of(cls, text: str, sentences: tuple[Sentence, ...]) -> Titled:
        """The titles of a text, as far as it is read.

        Sentences not read so far have no morphemes, and may be blank in it.
        """
        tokens, ends = _by_offset(sentences)
        titles = find_titles(text, tokens)
        unread = [sentence.span for sentence in sentences if not sentence.tokens]
        return cls(text, sentences, tokens, ends, _outside(titles, unread) if unread else titles)

    def may_tell_of_executives(self) -> bool:
        """False if it holds no title that could make an executive."""
        return may_be_executives(self.titles)


def build_document(article: Article, text_read: Titled, headline: Titled, names: Names) -> Document:
    """The analysis of an article.

    Args:
        article: What was read; the whole of it says whether it is about politics, a play or games.
        text_read: Its text, what is not read so far left blank, with the sentences of `Analyzer.analyze`.
        headline: Its headline.
        names: Company names of the lexicon.
    """
    text, sentences = text_read.text, text_read.sentences
    usage = Usage((article.title, text))
    signs = signed_words(text_read.tokens, text)
    known = names.together_with(sure_companies(signs))
    body = _read(text_read, known, usage)
    head = _read(headline, known, usage)
    complete(body, head, names)
    drafts = gather(body, head)
    mentions = with_pronouns(text, sentences, find_mentions(text, body, drafts))
    in_headline = find_mentions(article.title, head, drafts, headline=True)
    given = shown_companies(body, head, names, signs)
    taken = [*(m.name for m in mentions), *bylines(text)]
    companies = find_companies(text, body.tokens, names, given, taken)
    companies = tuple(c for c in companies if not _common(c, body.tokens, known))
    head_companies = find_companies(article.title, head.tokens, names, given, [m.name for m in in_headline])
    shorter = shorten_map(c.name for c in (*companies, *head_companies))
    companies, head_companies = _renamed(companies, shorter), _renamed(head_companies, shorter)
    lead = text.find("\n\n")
    subject = subject_company(
        _weighed(article.title, head_companies, in_headline),
        _weighed(text, companies, mentions),
        lead if 0 < lead < LONGEST_LEAD else SHORT_LEAD,
    )
    document = Document.assembled(
        article=article if text == article.text else replace(article, text=text),
        day=publication_day(article),
        sentences=sentences,
        paragraphs=paragraph_spans(text),
        quotations=find_quotations(text),
        mentions=tuple(_full_company(m, shorter) for m in mentions),
        companies=companies,
        subject=subject,
        headline=tuple(in_headline),
        tokens=body.tokens,
        titles=tuple(body.titles),
        head_companies=head_companies,
    )
    # whoever has a 사장 or 전무 is a firm, whatever stands before its name
    firms = {c for d in drafts for t in d.titles for c in d.companies if t.head in _FIRMS_ONLY()}
    houses = {c.name for c in companies} | {c for d in drafts for c in (*d.companies, *d.past)}
    document = replace(document, civil=is_civil(document), outsiders=outsiders(article.text, houses - firms))
    setting = Setting.of(document, article.text, drafts, shorter)
    personas = (persona_of(d, i, document, setting) for i, d in enumerate(drafts))
    return replace(document, personas=tuple(personas))


def _full_company(mention: Mention, shorter: Mapping[str, str]) -> Mention:
    if mention.company is None or mention.company not in shorter:
        return mention
    return replace(mention, company=shorter[mention.company])


def _renamed(mentions: Sequence[CompanyMention], shorter: Mapping[str, str]) -> tuple[CompanyMention, ...]:
    return tuple(replace(m, name=shorter[m.name]) if m.name in shorter else m for m in mentions)
