"""Reads moves, activities and quotes of executives out of one article, each with its evidence."""

from __future__ import annotations

import gc
import itertools
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from briefing.extract.activities import find_activities
from briefing.extract.agenda import find_agenda, within
from briefing.extract.companies import Names
from briefing.extract.document import Document, paragraph_spans
from briefing.extract.effective import with_effective_days
from briefing.extract.elections import of_association
from briefing.extract.gate import HEADLINE, passes, tells_moves
from briefing.extract.likelydeeds import Guesses
from briefing.extract.listprose import outside_lists
from briefing.extract.lists import find_list_moves
from briefing.extract.moves import find_moves
from briefing.extract.presence import IS_THERE
from briefing.extract.quotations import find_quotations
from briefing.extract.quotes import find_quotes
from briefing.extract.reading import Titled, build_document
from briefing.extract.relevance import RelevanceWeights
from briefing.extract.selection import LEAD, Doubt, doubt, first_turn, second_turn
from briefing.extract.standing import with_appointed
from briefing.extract.verdict import assemble
from briefing.korean.kiwi import Analyzer, Passage, load_analyzer
from briefing.korean.lexicon import Lexicon
from briefing.korean.wordlists import check_wordlists
from briefing.model import Activity, Article, Extraction, Move, MoveKind, Rejection

__all__ = ["Extractor", "open_extractor"]


class _Page:
    """An article of a batch, and which sentences of it are wanted next (None: all)."""

    __slots__ = ("article", "body", "doubt", "head", "number", "wanted")

    def __init__(self, number: int, article: Article) -> None:
        self.number = number
        self.article = article
        self.head = Passage(article.title)
        self.body = Passage(article.text)
        self.doubt = doubt(article, self.body)
        self.wanted: Collection[int] | None = first_turn(article, self.body, self.doubt)

    def read(self) -> tuple[Titled, Titled]:
        """Text and headline with their titles, as far as they are read.

        What is not is blank, but for articles of little doubt: they have no second turn, and where it stands
        it tells which houses are meant. A word of moves in what is read leaves little doubt.
        """
        whole = self.doubt is Doubt.DOUBTFUL or self.complete()
        text = self.body.text if whole else self.body.visible(LEAD)
        if self.doubt is Doubt.UNLIKELY and tells_moves(self.article.title, text):
            self.doubt, text = Doubt.DOUBTFUL, self.body.text
        return Titled.of(text, self.body.sentences()), Titled.of(self.head.text, self.head.sentences())

    def complete(self) -> bool:
        """True if no sentence is left to read."""
        return not self.body.missing(range(len(self.body.spans)))


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
        """What each article says, in order.

        Two turns (`selection`): the analyzer reads sentences with executives' titles first, and the
        others only where somebody is an executive. It works beside us on what comes next: it is given
        all texts at once, the short ones first, in the order in which we look at them, so that neither
        waits for the other.
        """
        found: dict[int, Extraction] = {}
        stopped: list[tuple[int, str]] = []
        ready: list[Iterator[_Page]] = []  # each gives one page, when the analyzer has read it
        for number in sorted(range(len(articles)), key=lambda n: len(articles[n].text)):
            page = _Page(number, articles[number]) if passes(articles[number]) else None
            if page is not None and page.wanted != []:
                ready.append(self._read(page))
            else:
                hopeless = page is not None and page.doubt is Doubt.HOPELESS
                stopped.append((number, _HOPELESS if hopeless else _NOBODY))
        found.update((number, self._words_only(articles[number], why)) for number, why in stopped)
        again: list[Iterator[_Page]] = []
        for page in itertools.chain.from_iterable(ready):
            read = page.read()
            if page.wanted is None:
                found[page.number] = self.extract_document(self._build(page, *read))
                continue
            if not any(part.may_tell_of_executives() for part in read):
                found[page.number] = self._words_only(page.article, _NOBODY, page.body)
                continue
            document = self._build(page, *read)
            page.wanted = second_turn(document, page.body, page.doubt)
            if page.body.missing(page.wanted):
                again.append(self._read(page))
            elif page.wanted or page.complete():
                found[page.number] = self._told(page, document)
            elif (not page.doubt or HEADLINE().search(page.article.title)) and self._moves_somebody(document):
                page.wanted = None  # somebody who was no executive takes or leaves a post
                again.append(self._read(page))
            else:
                found[page.number] = self._words_only(page.article, _NOBODY, page.body)
        for page in itertools.chain.from_iterable(again):
            found[page.number] = self.extract_document(self._build(page, *page.read()))
        return tuple(found[number] for number in range(len(articles)))

    def document(self, article: Article) -> Document:
        """The shared analysis of an article, gate or not, all its sentences read."""
        page = _Page(0, article)
        page.wanted = None
        return self._build(next(self._read(page)), *page.read())

    def _read(self, page: _Page) -> Iterator[_Page]:
        """The page with the morphemes wanted, when it is ready; the analyzer begins at once."""
        texts = self.analyzer.read([(page.head, None), (page.body, page.wanted)])
        return (page for _ in zip(texts, texts, strict=True))

    def _build(self, page: _Page, text: Titled, headline: Titled) -> Document:
        return build_document(page.article, text, headline, self._names)

    def _told(self, page: _Page, document: Document) -> Extraction:
        """What an article says that was read in part, with how much it was doubted.

        The quotations of sentences left unread are told all the same.
        """
        if not page.doubt:
            return self.extract_document(document)
        if page.doubt is Doubt.DOUBTFUL:
            told = self.extract_document(document)
            return replace(told, rejected=(Rejection("article", _DOUBTED), *told.rejected))
        document = document.with_text(page.article, find_quotations(page.article.text))
        quotes, no_quotes = find_quotes(document, self.lexicon)
        rejected = (Rejection("article", _UNLIKELY), *no_quotes)
        return assemble(document, (), (), quotes, rejected, as_written=self.as_written)

    def _moves_somebody(self, document: Document) -> bool:
        return any(find(document, self.lexicon)[0] for find in (find_list_moves, find_moves))

    def _words_only(self, article: Article, why: str, body: Passage | None = None) -> Extraction:
        """What an article without executives still says: direct quotations, nobody named.

        Args:
            article: The article.
            why: Why no more is told.
            body: Its text cut into sentences, if it is so already.
        """
        gate = Rejection("article", why)
        quotations = find_quotations(article.text)
        if not quotations:
            return Extraction(rejected=(gate,))
        document = Document.assembled(
            article=article, day=None, sentences=(body or Passage(article.text)).unread(),
            paragraphs=paragraph_spans(article.text), quotations=quotations, mentions=(), companies=(),
            subject=None, headline=(), tokens={}, titles=(), head_companies=(),
        )  # fmt: skip
        quotes, no_quotes = find_quotes(document, self.lexicon)
        return Extraction(quotes=quotes, rejected=(gate, *no_quotes))

    def extract_document(self, document: Document) -> Extraction:
        """What an analysed article says (`document`), however little it promises."""
        listed, no_list = find_list_moves(document, self.lexicon)
        moves, no_moves = find_moves(document, self.lexicon)
        moves = outside_lists(document.text, moves, listed, no_list)
        agenda = find_agenda(document)
        if agenda:  # an entry of a schedule appoints nobody
            listed, moves = (
                tuple(m for m in found if not within(agenda, m.evidence[0].end - 1))
                for found in (listed, moves)
            )
        listed, moves = of_association(document, listed), of_association(document, moves)
        document = with_appointed(document, (*listed, *moves))
        quotes, no_quotes = find_quotes(document, self.lexicon)
        moved = frozenset((m.person, m.evidence[0].start) for m in (*listed, *moves))
        activities, no_activities = find_activities(
            document, self.lexicon, quotes, agenda, Guesses(moved=moved)
        )
        rejected = (*no_list, *no_moves, *no_activities, *no_quotes)
        moves = _not_merely_there(document, moves, activities)
        found = with_effective_days(document, (*listed, *moves))
        return assemble(document, found, activities, quotes, rejected, as_written=self.as_written)


def _not_merely_there(
    document: Document, moves: Sequence[Move], activities: Sequence[Activity]
) -> tuple[Move, ...]:
    """Without those who keep no post but sit at a table: 업계에서는 A 회장, B 대표가 자리를 지켰다.

    Only for articles that speak of no appointments: there the same words tell who keeps his post.
    """
    there = {(a.person, a.evidence[0]) for a in activities if a.rule.startswith(IS_THERE)}
    kept = tuple(
        m for m in moves if m.kind is not MoveKind.RETAINED or (m.person, m.evidence[0]) not in there
    )
    merely = len(kept) < len(moves) and not any(
        HEADLINE().search(part) for part in (document.article.title, document.text)
    )
    return kept if merely else tuple(moves)


# Python's own is 700.
_OBJECTS_A_COLLECTION = 50_000
_FIRST = Article("", "이사회는 이날 “성장하겠다”고 말한 사장을 회의에서 선임했다.")
_DOUBTED = "its words speak against news of executives: only sentences with titles were read"
_UNLIKELY = (
    "its words speak strongly against news of executives: neither moves nor activities were looked for"
)
_HOPELESS = "its words speak most strongly against news of executives: nothing but quotations was looked for"
_NOBODY = "nobody in it is an executive, and it holds no list of appointments"


def open_extractor(lexicon: Lexicon, *, as_written: bool = False) -> Extractor:
    """An extractor with its analyzer and patterns loaded (1-3 s, about 320 MB).

    Raises:
        DataError: a list of words is missing or empty.
    """
    check_wordlists()
    RelevanceWeights.shipped()
    extractor = Extractor(load_analyzer(), lexicon, as_written=as_written)
    extractor.extract(_FIRST)  # compiles the patterns, so that the first article is as quick as the others
    # What is loaded stays: the collector need not look through it again and again (15 % of the time). And it
    # comes less often: an article makes thousands of small objects, hardly any of them in cycles (3 %).
    gc.collect()
    gc.freeze()
    gc.set_threshold(_OBJECTS_A_COLLECTION)
    return extractor
