"""Reads moves, activities and quotes of executives out of one article, each with its evidence."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from briefing.extract.activities import find_activities
from briefing.extract.companies import Names
from briefing.extract.document import Document
from briefing.extract.gate import passes
from briefing.extract.lists import find_list_moves
from briefing.extract.moves import find_moves
from briefing.extract.quotations import find_quotations
from briefing.extract.quotes import find_quotes
from briefing.extract.reading import build_document
from briefing.extract.standing import with_appointed
from briefing.extract.verdict import assemble
from briefing.korean.kiwi import Analyzer, bare_sentences, load_analyzer
from briefing.korean.lexicon import Lexicon
from briefing.model import Article, Extraction, QuotedBy, Rejection

__all__ = ["Extractor", "open_extractor"]


class Extractor:
    """Articles in, extractions out; keeps nothing between calls, safe from several threads.

    Args:
        analyzer: Morphemes and sentences.
        lexicon: Companies and topics.
        as_written: Give companies as the article writes them (`execbrief extract`) instead of by
            the lexicon's canonical names.
    """

    def __init__(self, analyzer: Analyzer, lexicon: Lexicon, *, as_written: bool = False) -> None:
        self.analyzer = analyzer
        self.lexicon = lexicon
        self.as_written = as_written
        self._names = Names.of(lexicon)

    def extract(self, article: Article) -> Extraction:
        """What one article says; an empty extraction where it says nothing of executives."""
        return self.extract_batch([article])[0]

    def extract_batch(self, articles: Sequence[Article]) -> tuple[Extraction, ...]:
        """What each article says, in order; the analyzer works on later ones meanwhile."""
        passing = [passes(article) for article in articles]
        documents = self._documents([a for a, passed in zip(articles, passing, strict=True) if passed])
        return tuple(
            self._extract(next(documents)) if passed else self._words_only(article)
            for article, passed in zip(articles, passing, strict=True)
        )

    def document(self, article: Article) -> Document:
        """The shared analysis of an article, gate or not (`execbrief explain`)."""
        body, head = self.analyzer.analyze([article.text, article.title])
        return build_document(article, body, head, self._names)

    def _documents(self, articles: Sequence[Article]) -> Iterator[Document]:
        """The analysis of each article, in order."""
        sentences = self.analyzer.stream([text for a in articles for text in (a.text, a.title)])
        for article in articles:
            yield build_document(article, next(sentences), next(sentences), self._names)

    def _words_only(self, article: Article) -> Extraction:
        """What an article without executives still says: direct quotations, found without the analyzer."""
        gate = Rejection("article", _GATE)
        if not find_quotations(article.text):
            return Extraction(rejected=(gate,))
        sentences, headline = bare_sentences(article.text), bare_sentences(article.title)
        document = build_document(article, sentences, headline, self._names)
        quotes, no_quotes = find_quotes(document, self.lexicon)
        others = tuple(q for q in quotes if q.by is not QuotedBy.EXECUTIVE)
        return Extraction(quotes=others, rejected=(gate, *no_quotes))

    def _extract(self, document: Document) -> Extraction:
        listed, no_list = find_list_moves(document, self.lexicon)
        moves, no_moves = find_moves(document, self.lexicon)
        document = with_appointed(document, (*listed, *moves))
        activities, no_activities = find_activities(document, self.lexicon)
        quotes, no_quotes = find_quotes(document, self.lexicon)
        rejected = (*no_list, *no_moves, *no_activities, *no_quotes)
        found = (*listed, *moves)
        return assemble(document, found, activities, quotes, rejected, as_written=self.as_written)


_FIRST = Article("", "이사회는 이날 “성장하겠다”고 말한 사장을 회의에서 선임했다.")
_GATE = "neither headline nor text names an executive's title or holds a list of appointments"


def open_extractor(lexicon: Lexicon, *, as_written: bool = False) -> Extractor:
    """An extractor with its analyzer and patterns loaded (1-3 s, about 320 MB)."""
    extractor = Extractor(load_analyzer(), lexicon, as_written=as_written)
    extractor.extract(_FIRST)  # compiles the patterns, so that the first article is as quick as the others
    return extractor
