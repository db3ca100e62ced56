"""What a predicate that tells an activity is, and where its stems stand in a sentence."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from briefing.extract.document import Document
from briefing.extract.occasions import stems
from briefing.korean.kiwi import Sentence
from briefing.korean.lexicon import words
from briefing.model import ActivityKind, Span

# Endings by which a verb modifies the noun behind it; 라는 and 는데 only look like them.
_MODIFIES = re.compile(r"(?:한|은|는|할|던|된|될|온|난|른|선|간|낸|본|친|진|운|룬|준|연|쓴|킨|인)$")
# 참석할 예정, 참석한 뒤: the verb modifies no person.
_BOUND_NOUN = re.compile(
    r"\s(?:예정|계획|것|방침|전망|수\s|때|당시|뒤|후|바\s|만큼|정도|가운데|듯|채|직후|다음|이후|자리에서)"
)
_UNDER_WAY = re.compile(r"\s?중인\s")


@dataclass(frozen=True, slots=True)
class Deed:
    """A predicate that tells an activity.

    Attributes:
        kind: Which; None for coming along with somebody.
        span: Stem of the predicate.
        end: Where its word ends.
        what: Occasion, counterpart, place or destination as written.
        rule: Name for `execbrief explain`.
        adnominal: True if the verb modifies a noun behind it.
        pointing: True if the occasion only points back.
        mutual: True if the other side acts too (A가 B와 계약에 서명).
        needs_name: True if an omitted subject is not filled in.
        listed: True if it is one of several occasions told with one verb.
        since: Where the occasion ends, if everybody named from there to the verb takes part; else -1.
    """

    kind: ActivityKind | None
    span: Span
    end: int
    what: str
    rule: str
    adnominal: bool = False
    pointing: bool = False
    mutual: bool = False
    needs_name: bool = False
    listed: bool = False
    since: int = -1


class Predicate(NamedTuple):
    """A stem in a sentence: where, its characters, where its word ends, whether it modifies a noun."""

    span: Span
    stem: str
    end: int
    adnominal: bool


def find_predicates(document: Document, sentence: Sentence, *keys: str) -> list[Predicate]:
    """Stems under a key of occasions.toml in a sentence, outside quotations."""
    text = document.text
    found = []
    for match in stems(*keys).finditer(text, sentence.span.start, sentence.span.end):
        if document.quoted(match.start()):
            continue
        end = match.end()
        while end < sentence.span.end and "가" <= text[end] <= "힣":
            end += 1
        word = text[match.start() : end]
        adnominal = _MODIFIES.search(word) is not None and not word.endswith(("라는", "는데", "은데"))
        adnominal = adnominal and _BOUND_NOUN.match(text, end) is None
        adnominal = adnominal or _UNDER_WAY.match(text, end) is not None
        found.append(Predicate(Span(match.start(), match.end()), match[0], end, adnominal))
    return found


@cache
def adverbs() -> str:
    """Adverbs that stand between an object and its verb, as an alternation with a space before each."""
    return (
        "(?:"
        + "|".join(rf"\s?{re.escape(w)}" for w in words("occasions.toml", "adverbs", "words"))
        + r"){0,3}\s?"
    )


@cache
def ends_in(*keys: str) -> re.Pattern[str]:
    """A word that ends in one of the nouns under a key."""
    return _alternation(words("occasions.toml", *keys))


def _alternation(nouns: Iterable[str]) -> re.Pattern[str]:
    return re.compile(
        "(?:" + "|".join(re.escape(n) for n in sorted(nouns, key=len, reverse=True)) + ")(?:들|등)?$"
    )


def first_quote(document: Document, start: int, end: int) -> int:
    """Where the first quotation behind an offset begins; `end` if none begins before it."""
    i = bisect_left(document.quotations, Span(start, start))
    return min(end, document.quotations[i].start) if i < len(document.quotations) else end
