"""Houses and units given out without a post: 다솔카드는 A 부사장이, 다솔증권은 B 전무가 각각 이끈다.

One verb may stand far behind several pairs of a house, or of a part of one, and its new head.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from briefing.extract.bodies import is_unit_group
from briefing.extract.companies import is_unit
from briefing.extract.document import Document, Mention
from briefing.extract.predicates import context
from briefing.korean.kiwi import Sentence
from briefing.model import Span

_SUBJECT = frozenset({"이", "가"})
_TOPIC = frozenset({"은", "는"})
# What stands at the head of a conjunct: 글로벌그룹은, 가전사업부는.
_UNIT = re.compile(r"(?<![가-힣A-Za-z0-9·])(?P<w>[가-힣A-Za-z0-9·]{3,14})(?:은|는)\s")


@dataclass(frozen=True, slots=True)
class Share:
    """One house or unit and who gets it.

    Attributes:
        mention: The person.
        house: The company, or None where it is a unit.
        unit: The unit, or None where it is a company.
        verb: Where the verb stands.
        alone: True if the sentence gives out nothing else and does not say that this is new.
    """

    mention: Mention
    house: str | None
    unit: str | None
    verb: Span
    alone: bool


def find_shares(document: Document, sentence: Sentence) -> list[Share]:
    """Houses and units that a sentence gives to persons, in order."""
    mentions = document.mentions_in(sentence.span)
    if not any(m.particle in _SUBJECT for m in mentions):
        return []
    found: list[Share] = []
    for last in reversed(mentions):
        verb = context("gets_house").match(document.text, last.span.end + len(last.particle))
        if last.particle in _SUBJECT and verb is not None and verb.end() <= sentence.span.end:
            pairs = _pairs(document, sentence, mentions, last)
            alone = len(pairs) == 1 and not verb["new"] and not verb["helm"]
            found = [Share(m, h, u, Span(verb.start("verb"), verb.end()), alone) for h, u, m in pairs]
            break
    return found


def _pairs(
    document: Document, sentence: Sentence, mentions: Sequence[Mention], last: Mention
) -> list[tuple[str | None, str | None, Mention]]:
    """The conjuncts that end at a person, in order."""
    pairs: list[tuple[str | None, str | None, Mention]] = []
    floor = sentence.span.start
    heads = _heads(document, sentence)
    for mention in reversed([m for m in mentions if m.span.start <= last.span.start]):
        if mention.particle not in _SUBJECT:
            continue
        if pairs and document.text[mention.span.end + 1 : mention.span.end + 2] != ",":
            break
        earlier = [m.span.end for m in mentions if m.span.end < mention.span.start and m.particle in _SUBJECT]
        head = [h for h in heads if max([floor, *earlier]) <= h[0] < mention.span.start]
        if not head:
            break
        pairs.insert(0, (*head[-1][1:], mention))
    return pairs


def _heads(document: Document, sentence: Sentence) -> list[tuple[int, str | None, str | None]]:
    """Topics that are houses or units, each with where it begins, in order."""
    found: list[tuple[int, str | None, str | None]] = [
        (c.span.start, c.name, None)
        for c in document.companies_in(sentence.span)
        if c.particle in _TOPIC and not is_unit_group(c.name)
    ]
    firms = {start for start, *_ in found}
    text = document.text
    for match in _UNIT.finditer(text, sentence.span.start, sentence.span.end):
        word = match["w"]
        if match.start() not in firms and (is_unit(word) or is_unit_group(word)):
            found.append((match.start(), None, word))
    return sorted(found, key=lambda head: head[0])
