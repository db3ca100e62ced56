"""Text to sentences of morphemes with offsets, in batches on Kiwi's own threads.

Kiwi's offsets are code points of the text it was given, and so are ours. Sentences are cut here and
not by Kiwi: a sentence never crosses a line end, a double quotation stays whole, and a full stop
without a space behind it ("말했다.이어") still ends one. Kiwi is what extraction spends most of its
time on, so a text need not be analysed whole: a `Passage` gets the morphemes of some sentences first
and of others later, of none twice.
"""

from __future__ import annotations

import os
import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import NamedTuple

import kiwipiepy
from kiwipiepy import Kiwi

from briefing.errors import DataError
from briefing.korean.lexicon import table
from briefing.model import Span

# Kiwi gets a text in pieces of about this many code points, cut between sentences: small enough to
# bound memory and to keep all its threads at work on one long text.
CHUNK = 4_000
# Nobody writes longer sentences: tables, lists, menus. They are cut at a space, so that what looks at all
# pairs of things in one sentence stays quick.
LONGEST_SENTENCE = 3_000
# A quotation longer than this is a lost closing mark; sentence ends inside it count again.
LONGEST_QUOTATION = 600

# How far behind the best reading, in Kiwi's scores, others are still followed. Kiwi's default is 8 (5 until
# 0.21); 5 takes 16 % less time, changes one morpheme of a thousand and no fact of 1,565 labelled articles
# for the worse; 4 loses facts.
_CUTOFF = 5.0

# More threads bring nothing: whoever takes their results is busier than two of them.
_MOST_WORKERS = 2

# Kiwi numbers morphemes of its dictionary; a word it lacks gets the number of its bare tag.
LAST_TAG_ID = 90
# What Kiwi cannot take: lone surrogates, NUL.
_UNTAKEN = re.compile("[\x00\ud800-\udfff]")
# Tags with a mark for regular (-R) or irregular (-I) inflection, and the tags without it.
_MARKED = {f"{tag}-{mark}": tag for tag in ("VV", "VA", "VX", "XSV", "XSA") for mark in "RI"}


class _Tags(dict[str, str]):
    """Tags as we keep them, one string of each."""

    def __missing__(self, tag: str) -> str:
        return self.setdefault(tag, _MARKED.get(tag, tag))


_TAGS = _Tags()

_END = re.compile(
    r"""(?P<line>[\n\r\x0b\x0c\x85\u2028\u2029])"""
    r"""|(?P<open>[“「『])|(?P<close>[”」』])|(?P<plain>["＂])"""
    r"""|(?P<stop>(?<![.!?…。])[.!?…。]++)(?P<tail>["”’'」』)\]]*+)(?P<gap>\s|$|(?=[가-힣A-Z"“‘'▲△◇■▶]))""",
)
# Where _END may match: `re` looks for single characters quickly.
_MARK = re.compile(r"[\n\r\x0b\x0c\x85\u2028\u2029“「『”」』\"＂.!?…。]")
# What stands behind a quotation that its sentence goes on after: 라고 말했다, 며, 이라는.
_GOES_ON = re.compile(r"\s?(?:이?라[고며면는]|고\s|며|면서|[이]?란\s|는\s|은\s|을\s|를\s|하고\s)")


_FILE = "analyzer.toml"
_MORPHEME = re.compile(r"(?P<form>[가-힣]+)/(?P<tag>[A-Z]+):(?P<length>\d)")

_start = itemgetter(2)  # Token.start, quicker than an attribute


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


class Passage:
    """A text cut into sentences, which get their morphemes when asked for, in one turn or in several.

    Attributes:
        text: The text.
        spans: Where its sentences stand.
    """

    __slots__ = ("_tokens", "spans", "text")

    def __init__(self, text: str) -> None:
        self.text = text
        self.spans = sentence_spans(text)
        self._tokens: list[tuple[Token, ...] | None] = [None] * len(self.spans)

    def sentences(self) -> tuple[Sentence, ...]:
        """The sentences; those not analysed so far have no morphemes."""
        return tuple(map(Sentence, self.spans, (tokens or () for tokens in self._tokens)))

    def unread(self) -> tuple[Sentence, ...]:
        """The sentences without morphemes, analysed or not."""
        return tuple(Sentence(span, ()) for span in self.spans)

    def visible(self, lead: int) -> str:
        """The text in place, all sentences but the first and those analysed left blank."""
        parts: list[str] = []
        at = 0
        for i, span in enumerate(self.spans):
            if i >= lead and self._tokens[i] is None:
                parts += (self.text[at : span.start], " " * (span.end - span.start))
                at = span.end
        return "".join((*parts, self.text[at:]))

    def read(self) -> list[int]:
        """The sentences that have been analysed, in order."""
        return [i for i, tokens in enumerate(self._tokens) if tokens is not None]

    def missing(self, wanted: Iterable[int]) -> list[int]:
        """Those among the wanted sentences that have not been analysed, in order."""
        return sorted(i for i in set(wanted) if 0 <= i < len(self.spans) and self._tokens[i] is None)

    def pieces(self, wanted: Iterable[int]) -> Iterator[tuple[int, int, Span]]:
        """What Kiwi has to read for the wanted sentences: first and last sentence, and the stretch.

        Neighbours go together as far as CHUNK allows; a sentence (`LONGEST_SENTENCE`) is shorter than that.
        """
        first = last = -1
        for i in self.missing(wanted):
            near = last >= 0 and i == last + 1
            if near and self.spans[i].end - self.spans[first].start <= CHUNK:
                last = i
                continue
            if last >= 0:
                yield first, last, Span(self.spans[first].start, self.spans[last].end)
            first = last = i
        if last >= 0:
            yield first, last, Span(self.spans[first].start, self.spans[last].end)

    def take(self, first: int, last: int, tokens: Sequence[Token]) -> None:
        """The morphemes of a piece."""
        begin = 0
        for i in range(first, last + 1):
            at = bisect_left(tokens, self.spans[i].end, begin, key=_start)
            self._tokens[i] = tuple(tokens[begin:at])
            begin = at


class Analyzer:
    """Kiwi behind a call that takes many texts at once; safe to call from several threads."""

    def __init__(self, kiwi: Kiwi) -> None:
        self._kiwi = kiwi

    def analyze(self, texts: Sequence[str]) -> tuple[tuple[Sentence, ...], ...]:
        """Sentences of each text, in order; never raises on any text."""
        return tuple(
            passage.sentences() for passage in self.read([(passage, None) for passage in map(Passage, texts)])
        )

    def read(self, asked: Sequence[tuple[Passage, Iterable[int] | None]]) -> Iterator[Passage]:
        """Morphemes for the sentences asked for (None: for all), each passage in order as it is ready.

        Kiwi begins at once, on its own threads and without holding the interpreter (measured: an
        event loop beside it stalls 0.1 ms at the median); what the caller does with one passage runs
        beside the analysis of the next ones.
        """
        pieces = [
            list(passage.pieces(range(len(passage.spans)) if wanted is None else wanted))
            for passage, wanted in asked
        ]
        results = iter(
            self._kiwi.tokenize(
                (
                    _takeable(span.of(passage.text))
                    for (passage, _), cut in zip(asked, pieces, strict=True)
                    for _, _, span in cut
                ),
                z_coda=False,  # 먹었어욥: newspapers do not write so; 4 % of the time
            )
        )
        return self._taken([passage for passage, _ in asked], pieces, results)

    @staticmethod
    def _taken(
        passages: Sequence[Passage],
        pieces: Sequence[Sequence[tuple[int, int, Span]]],
        results: Iterator[list[kiwipiepy.Token]],
    ) -> Iterator[Passage]:
        forms: dict[str, str] = {}
        for passage, cut in zip(passages, pieces, strict=True):
            for first, last, span in cut:
                passage.take(first, last, _tokens(next(results), span.start, forms))
            yield passage


def _tokens(found: list[kiwipiepy.Token], base: int, forms: dict[str, str]) -> list[Token]:
    """Our tokens of Kiwi's; `forms` keeps one string of each form, a long text repeats few."""
    new = tuple.__new__  # three times as fast as calling Token; a page has thousands of them
    return [
        new(
            Token,
            (
                forms.setdefault(form := t.form, form),
                _TAGS[t.tag],
                start := base + t.start,
                start + t.len,
                t.id > LAST_TAG_ID,
            ),
        )
        for t in found
    ]


def _takeable(text: str) -> str:
    """The text without what Kiwi refuses; most texts hold none of it, which encoding tells quickest."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return _UNTAKEN.sub(" ", text)
    return text.replace("\x00", " ")


def load_analyzer(workers: int | None = None) -> Analyzer:
    """An analyzer with its model in memory; takes 1-3 s and about 320 MB.

    Args:
        workers: Threads of Kiwi's own. None for as many as help: two, but on two processors one, because
            what is done with one text while Kiwi reads the next takes as long as Kiwi does.
    """
    if workers is None:
        workers = max(1, min(_MOST_WORKERS, processors() - 1))
    # The multi-word dictionary costs 200 MB and brings no names we need (docs/extraction.md); that of
    # typing errors costs 15 MB and changes no morpheme of newspaper text.
    kiwi = Kiwi(num_workers=workers, load_multi_dict=False, load_typo_dict=False)
    kiwi.global_config.cutoff_threshold = _CUTOFF
    for form, morphemes, score in _misread():
        kiwi.add_pre_analyzed_word(form, morphemes, score)
    return Analyzer(kiwi)


def _misread() -> Iterator[tuple[str, list[tuple[str, str, int, int]], float]]:
    """Words of data/analyzer.toml with their morphemes (form, tag, begin, end) and scores.

    Raises:
        DataError: a row is not as the comments of the file say.
    """
    for row in table(_FILE)["word"]:
        at, morphemes = 0, []
        for told in str(row.get("morphemes", "")).split():
            match = _MORPHEME.fullmatch(told)
            if match is None:
                raise DataError(f"briefing/data/{_FILE}", f"{told!r} is no morpheme; write form/tag:length")
            end = at + int(match["length"])
            morphemes.append((match["form"], match["tag"], at, end))
            at = end
        if at != len(str(row.get("form", ""))) or not isinstance(row.get("score"), float):
            what = f"{row!r}: the morphemes must cover `form`, and `score` is a number like 5.0"
            raise DataError(f"briefing/data/{_FILE}", what)
        yield str(row["form"]), morphemes, row["score"]


def processors() -> int:
    """Processors that this process may run on."""
    allowed = getattr(os, "sched_getaffinity", None)  # Linux only
    return len(allowed(0)) if allowed is not None else os.cpu_count() or 1


def _ends(text: str) -> Iterator[re.Match[str]]:
    """What `_END.finditer` finds."""
    done = 0
    for mark in _MARK.finditer(text):
        if mark.start() >= done and (match := _END.match(text, mark.start())) is not None:
            done = match.end()
            yield match


def sentence_spans(text: str) -> list[Span]:
    """Where sentences stand: cut at line ends and at full stops outside quotations."""
    spans: list[Span] = []
    start = 0
    opened = -1  # where the quotation we are in began

    def add(left: int, right: int) -> None:
        while left < right and text[left].isspace():
            left += 1
        while right > left and text[right - 1].isspace():
            right -= 1
        if left < right:
            spans.append(Span(left, right))

    def close(end: int) -> None:
        nonlocal start
        while end - start > LONGEST_SENTENCE:
            cut = text.rfind(" ", start + LONGEST_SENTENCE // 2, start + LONGEST_SENTENCE) + 1
            cut = cut or start + LONGEST_SENTENCE
            add(start, cut)
            start = cut
        add(start, end)
        start = end

    for match in _ends(text):
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
