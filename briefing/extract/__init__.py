"""Reads moves, activities and quotes of executives out of one article, each with its evidence."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from briefing.extract.activities import find_activities
from briefing.extract.companies import Names
from briefing.extract.document import Document
from briefing.extract.gate import passes
from briefing.extract.lists import find_list_moves
from briefing.extract.moves import find_moves
from briefing.extract.quotes import find_quotes
from briefing.extract.reading import build_document
from briefing.extract.standing import with_appointed
from briefing.extract.verdict import assemble
from briefing.korean.kiwi import Analyzer, load_analyzer
from briefing.korean.lexicon import Lexicon
from briefing.model import Article, Extraction, Rejection

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
        extractions = [Extraction(rejected=(Rejection("article", _GATE),))] * len(articles)
        for number, document in self._documents(articles):
            extractions[number] = self._extract(document)
        return tuple(extractions)

    def document(self, article: Article) -> Document:
        """The shared analysis of an article, gate or not (`execbrief explain`)."""
        body, head = self.analyzer.analyze([article.text, article.title])
        return build_document(article, body, head, self._names)

    def _documents(self, articles: Sequence[Article]) -> Iterator[tuple[int, Document]]:
        """The analysis of each article that passes the gate, with its place in the batch."""
        wanted = [(n, article) for n, article in enumerate(articles) if passes(article)]
        sentences = self.analyzer.stream([t for _, article in wanted for t in (article.text, article.title)])
        for number, article in wanted:
            yield number, build_document(article, next(sentences), next(sentences), self._names)

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
