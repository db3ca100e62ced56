"""Text to sentences of morphemes with offsets, in batches on Kiwi's own threads.

Kiwi's offsets are code points of the text it was given, and so are ours. Sentences are cut here and
not by Kiwi: a sentence never crosses a line end, a double quotation stays whole, and a full stop
without a space behind it ("말했다.이어") still ends one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import kiwipiepy
from kiwipiepy import Kiwi

from briefing.model import Span

# One call of Kiwi per chunk of this many code points bounds memory; a chunk ends at a line end.
CHUNK = 20_000
# A quotation longer than this is a lost closing mark; sentence ends inside it count again.
LONGEST_QUOTATION = 600

# Kiwi numbers morphemes of its dictionary; a word it lacks gets the number of its bare tag.
LAST_TAG_ID = 90
# Tags with a mark for regular (-R) or irregular (-I) inflection, and the tags without it.
_TAGS = {f"{tag}-{mark}": tag for tag in ("VV", "VA", "VX", "XSV", "XSA") for mark in "RI"}

_END = re.compile(
    r"""(?P<line>[\n\r\x0b\x0c\x85\u2028\u2029])"""
    r"""|(?P<open>[“「『])|(?P<close>[”」』])|(?P<plain>["＂])"""
    r"""|(?P<stop>[.!?…。]+)(?P<tail>["”’'」』)\]]*)(?P<gap>\s|$|(?=[가-힣A-Z"“‘'▲△◇■▶]))""",
)
# What stands behind a quotation that its sentence goes on after: 라고 말했다, 며, 이라는.
_GOES_ON = re.compile(r"\s?(?:이?라[고며면는]|고\s|며|면서|[이]?란\s|는\s|은\s|을\s|를\s|하고\s)")


class Token(NamedTuple):
    """A morpheme: dictionary form, Sejong tag without irregularity marks, half-open offsets.

    `known` is False for what Kiwi's dictionary lacks: names of people and companies, mostly.
    """

    form: str
    tag: str
    start: int
    end: int
    known: bool = True


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence with its morphemes; `span` has no white space at its ends."""

    span: Span
    tokens: tuple[Token, ...]


class Analyzer:
    """Kiwi behind a call that takes many texts at once; safe to call from several threads."""

    def __init__(self, kiwi: Kiwi) -> None:
        self._kiwi = kiwi

    def analyze(self, texts: Sequence[str]) -> tuple[tuple[Sentence, ...], ...]:
        """Sentences of each text, in order; never raises on any text."""
        return tuple(self.stream(texts))

    def stream(self, texts: Sequence[str]) -> Iterator[tuple[Sentence, ...]]:
        """Sentences of each text in order, as they become ready.

        A list call lets Kiwi work on its own threads without holding the interpreter
        (measured: an event loop beside it stalls 0.1 ms at the median), and what the caller does with
        one text runs beside the analysis of the next ones.
        """
        spans = [_chunks(text) for text in texts]
        chunks = [_plain(text[s:e]) for text, cut in zip(texts, spans, strict=True) for s, e in cut]
        results = iter(self._kiwi.tokenize(chunks) if chunks else ())
        for text, cut in zip(texts, spans, strict=True):
            tokens: list[Token] = []
            for base, _ in cut:
                tokens += _tokens(next(results), base)
            yield _sentences(text, tokens)


def _tokens(found: list[kiwipiepy.Token], base: int) -> list[Token]:
    new = tuple.__new__  # three times as fast as calling Token; a page has thousands of them
    return [
        new(
            Token,
            (
                t.form,
                _TAGS.get(tag := t.tag, tag),
                start := base + t.start,
                start + t.len,
                t.id > LAST_TAG_ID,
            ),
        )
        for t in found
    ]


def load_analyzer(workers: int = 2) -> Analyzer:
    """An analyzer with its model in memory; takes 1-3 s and about 320 MB."""
    # The multi-word dictionary costs 200 MB and brings no names we need (docs/extraction.md).
    return Analyzer(Kiwi(num_workers=workers, load_multi_dict=False))


def _plain(text: str) -> str:
    """The text without code points Kiwi cannot take (lone surrogates, NUL), same length."""
    if text.isascii() and "\x00" not in text:
        return text
    return "".join(" " if c == "\x00" or "\ud800" <= c <= "\udfff" else c for c in text)


def _chunks(text: str) -> list[tuple[int, int]]:
    chunks = []
    start = 0
    while len(text) - start > CHUNK:
        cut = text.rfind("\n", start + 1, start + CHUNK)
        if cut < 0:
            cut = text.rfind(" ", start + 1, start + CHUNK)
        cut = start + CHUNK if cut < 0 else cut
        chunks.append((start, cut))
        start = cut
    if start < len(text):
        chunks.append((start, len(text)))
    return chunks


def sentence_spans(text: str) -> list[Span]:
    """Where sentences stand: cut at line ends and at full stops outside quotations."""
    spans: list[Span] = []
    start = 0
    opened = -1  # where the quotation we are in began

    def close(end: int) -> None:
        nonlocal start
        left, right = start, end
        while left < right and text[left].isspace():
            left += 1
        while right > left and text[right - 1].isspace():
            right -= 1
        if left < right:
            spans.append(Span(left, right))
        start = end

    for match in _END.finditer(text):
        kind = match.lastgroup
        at = match.start()
        if opened >= 0 and at - opened > LONGEST_QUOTATION:
            opened = -1
        if match["line"]:
            close(match.end())
            opened = -1
        elif match["open"]:
            opened = at
        elif match["close"]:
            opened = -1
        elif match["plain"]:
            opened = -1 if opened >= 0 else at
        elif kind in {"stop", "tail", "gap"} or match["stop"]:
            tail = match["tail"] or ""
            inside = opened >= 0
            if any(mark in '"”' for mark in tail):
                # ." closes a quotation; with a space behind it the sentence may end here
                opened = -1 if inside or "”" in tail else at
                inside = opened >= 0
            before = text[at - 1] if at else ""
            if inside or (before.isdigit() and match["gap"] == ""):
                continue
            if tail and _GOES_ON.match(text, match.end() if match["gap"] else match.start("gap")):
                continue
            if before.isascii() and before.isalpha() and match["stop"] == ".":
                continue  # Inc. No. Mr.
            close(match.end())
    close(len(text))
    return spans


def bare_sentences(text: str) -> tuple[Sentence, ...]:
    """Sentences without morphemes, for texts that are not worth the analyzer."""
    return tuple(Sentence(span, ()) for span in sentence_spans(text))


def _sentences(text: str, tokens: list[Token]) -> tuple[Sentence, ...]:
    sentences = []
    i = 0
    for span in sentence_spans(text):
        while i < len(tokens) and tokens[i].start < span.start:
            i += 1
        first = i
        while i < len(tokens) and tokens[i].start < span.end:
            i += 1
        sentences.append(Sentence(span, tuple(tokens[first:i])))
    return tuple(sentences)
