"""Stretches of sorted morphemes and titles by offset, and brackets, without looking at the rest."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from operator import itemgetter

from briefing.extract.document import Document
from briefing.extract.titles import Title
from briefing.korean.kiwi import Token
from briefing.model import Span

_token_start = itemgetter(2)  # Token.start, three times as fast as a function


def _title_start(title: Title) -> int:
    return title.span.start


def index_at(tokens: Sequence[Token], offset: int) -> int:
    """Index of the first morpheme that begins at or behind an offset."""
    return bisect_left(tokens, offset, key=_token_start)


def between(tokens: Sequence[Token], start: int, end: int) -> Sequence[Token]:
    """Morphemes that begin between two offsets."""
    return tokens[index_at(tokens, start) : index_at(tokens, end)]


def in_brackets(text: str, floor: int, at: int) -> bool:
    """True inside a bracket that began behind `floor`: 가람은행(행장 조단우)이."""
    return text.rfind("(", floor, at) > text.rfind(")", floor, at)


def titles_in(document: Document, start: int, end: int) -> Sequence[Title]:
    """Titles that begin between two offsets."""
    titles = document.titles
    return titles[bisect_left(titles, start, key=_title_start) : bisect_left(titles, end, key=_title_start)]


def first_quote(document: Document, start: int, end: int) -> int:
    """Where the first quotation behind an offset begins; `end` if none begins before it."""
    quotation = first_quotation(document, start)
    return min(end, quotation.start) if quotation is not None else end


def first_quotation(document: Document, start: int) -> Span | None:
    """The first quotation behind an offset, or None."""
    i = bisect_left(document.quotations, Span(start, start))
    return document.quotations[i] if i < len(document.quotations) else None
