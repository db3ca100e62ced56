"""Builds the shared analysis of one article: titles, people, companies, and who is meant where."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

from briefing.extract.companies import Names, find_companies, is_public, shorten_map, subject_company
from briefing.extract.coreference import Reading, find_mentions, gather, with_pronouns
from briefing.extract.document import (
    CompanyMention,
    Document,
    Mention,
    paragraph_spans,
    publication_day,
)
from briefing.extract.names import shape
from briefing.extract.people import Finder
from briefing.extract.quotations import find_quotations
from briefing.extract.standing import is_civil, is_political, persona_of
from briefing.extract.titles import find_titles, title_kind
from briefing.korean.kiwi import Sentence, Token
from briefing.model import Article

# A lead paragraph longer than this is no lead; then this much of the text counts as one.
LONGEST_LEAD = 400
SHORT_LEAD = 200
# An unknown word that a sentence is about: 온터는, 뉴로셀이.
_TOPIC = re.compile(
    r"(?:^|[.\n”\"]\s?)([가-힣A-Za-z0-9&]{2,12}?)(?:은|는|이|가|에서는|에서도)\s", re.MULTILINE
)
# An unknown word that the text introduces as a firm: 로봇 업체 베르텍은.
_INTRODUCED = re.compile(
    r"(?:업체|기업|회사|제조사|스타트업|운영사|개발사|은행)(?:인)?\s([가-힣A-Za-z0-9&]{2,12}?)(?:\([^)\n]{1,30}\))?"
    r"(?:은|는|이|가|의|을|를|과|와)\s"
)


def read_text(text: str, sentences: Sequence[Sentence], names: Names) -> Reading:
    """Titles and sightings of one text."""
    tokens: dict[int, Token] = {}
    ends: dict[int, Token] = {}
    for sentence in sentences:
        for token in sentence.tokens:
            if token.end > token.start:
                tokens.setdefault(token.start, token)
                ends[token.end] = token
    titles = find_titles(text, tokens)
    return Reading(text, tokens, titles, Finder(text, tokens, ends, titles, names).run())


def build_document(
    article: Article, sentences: tuple[Sentence, ...], headline: tuple[Sentence, ...], names: Names
) -> Document:
    """The analysis of an article.

    Args:
        article: What was read.
        sentences: Of article.text, from `Analyzer.analyze`.
        headline: Of article.title.
        names: Company names of the lexicon.
    """
    text = article.text
    body = read_text(text, sentences, names)
    head = read_text(article.title, headline, names)
    drafts = gather(body, head)
    mentions = with_pronouns(text, sentences, find_mentions(text, body, drafts))
    in_headline = find_mentions(article.title, head, drafts, headline=True)
    given = _companies_of_context(body, head, names)
    companies = find_companies(text, body.tokens, names, given, [m.name for m in mentions])
    head_companies = find_companies(article.title, head.tokens, names, given, [m.name for m in in_headline])
    shorter = shorten_map(c.name for c in (*companies, *head_companies))
    companies, head_companies = _renamed(companies, shorter), _renamed(head_companies, shorter)
    lead = text.find("\n\n")
    subject = subject_company(
        [c for c in head_companies if not is_public(c.name)],
        [c for c in companies if not is_public(c.name)],
        lead if 0 < lead < LONGEST_LEAD else SHORT_LEAD,
    )
    document = Document.assembled(
        article=article,
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
    document = replace(document, civil=is_civil(document))
    political = is_political(text)
    personas = (persona_of(d, i, document, shorter, political=political) for i, d in enumerate(drafts))
    return replace(document, personas=tuple(personas))


def _full_company(mention: Mention, shorter: Mapping[str, str]) -> Mention:
    if mention.company is None or mention.company not in shorter:
        return mention
    return replace(mention, company=shorter[mention.company])


def _renamed(mentions: Sequence[CompanyMention], shorter: Mapping[str, str]) -> tuple[CompanyMention, ...]:
    return tuple(replace(m, name=shorter[m.name]) if m.name in shorter else m for m in mentions)


def _companies_of_context(body: Reading, head: Reading, names: Names) -> list[tuple[str, str]]:
    """Surface and name of companies that only their surroundings show.

    Those beside persons, and unknown words that the text speaks about again and again or that open
    the headline.
    """
    given: dict[str, str] = {}
    sightings = (*body.sightings, *head.sightings)
    for s in sightings:
        told = s.title is not None and s.title.kind != "other"
        if s.company and told and len(s.surface) >= 2 and not is_public(s.company):
            given.setdefault(s.surface, s.company)
    people = {s.name for s in sightings}
    headline = head.text.lstrip("[('\"‘“")
    counts: Counter[str] = Counter()
    for match in _TOPIC.finditer(body.text):
        word = match.group(1)
        token = body.tokens.get(match.start(1))
        if token is None or word in people or word in given:
            continue
        headed = headline.startswith(word) and token.tag not in {"MAG", "MM", "NP"}
        if headed or (not token.known and token.end >= match.end(1)):
            counts[word] += 1
    for match in _INTRODUCED.finditer(body.text):
        token = body.tokens.get(match.start(1))
        if token is not None and not token.known and token.end >= match.end(1):
            counts[match.group(1)] += 2
    for word, count in counts.items():
        personal = (shape(word) == 2 and len(word) == 3) or any(
            p.startswith(word) or word in p.split() for p in people
        )
        if not personal and (count >= 2 or headline.startswith(word)) and not title_kind(word):
            given.setdefault(word, names.exact(word) or word)
    return list(given.items())
