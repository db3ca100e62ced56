"""Houses and units given out without a post: 다솔카드는 A 부사장이, 다솔증권은 B 전무가 각각 이끈다.

One verb may stand far behind several pairs of a house, or of a part of one, and its new head.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from briefing.extract.companies import is_unit
from briefing.extract.document import Document, Mention
from briefing.extract.particles import SUBJECT
from briefing.extract.parts import is_function, is_unit_group
from briefing.extract.predicates import context
from briefing.extract.records import record
from briefing.korean.kiwi import Sentence
from briefing.korean.wordlists import listed, worded
from briefing.model import Span

_SUBJECT = frozenset({"이", "가"})
_TOPIC = frozenset({"은", "는"})
# What stands at the head of a conjunct: 글로벌그룹은, 가전사업부는.
_UNIT = re.compile(r"(?<![가-힣A-Za-z0-9·])(?P<w>[가-힣A-Za-z0-9·]{3,14})(?:은|는)\s")
# 전기트럭 사업부를, 해외영업본부를, 대응 TF를
_UNIT_TAKEN = worded(
    r"(?<![가-힣A-Za-z0-9·])(?P<w>(?:[가-힣A-Za-z0-9·]{2,10}\s)?[가-힣A-Za-z0-9·]*{moves.units.words})(?=을\s|를\s)"
)
_BARE = listed("moves.units.words")  # these need a word before them to tell which
_RUN = worded(r"의?\s{moves.units.run}(?=을\s|를\s)")  # 다솔전자 [경영]을 맡는다
_RUN_TOPIC = worded(r"의?\s(?:안방\s)?{moves.units.run}(?=은\s|는\s)")
_TAKING = worded(r"[을를]\s[^.\n]{0,16}{moves.units.taking}")


@record(frozen=True, slots=True)
class Share:
    """One house or unit and who gets it.

    Attributes:
        mention: The person.
        house: The company, or None where it is a unit.
        unit: The unit, or None where it is a company.
        verb: Where the verb stands.
        alone: True if the sentence gives out nothing else and does not say that this is new.
        again: True if the person goes on with it.
    """

    mention: Mention
    house: str | None
    unit: str | None
    verb: Span
    alone: bool
    again: bool = False


# Adverbs of going on with what one has: 모바일부문은 A가 그대로 맡는다.
_AGAIN = listed("moves.endings.again")


def find_shares(document: Document, sentence: Sentence) -> list[Share]:
    """Houses and units that a sentence gives to persons, in order."""
    mentions = document.mentions_in(sentence.span)
    if not any(m.particle in _SUBJECT for m in mentions):
        return []
    found: list[Share] = []
    for last in reversed(mentions):
        verb = context("gets_house").match(document.text, last.span.end + len(last.particle))
        if last.particle in _SUBJECT and verb is not None and verb.end() <= sentence.span.end:
            pairs = _pairs(
                document, sentence, mentions, last, each="각각" in verb["new"], anew=bool(verb["new"])
            )
            anew = context("takes_anew").search(document.text, sentence.span.start, verb.start("verb"))
            # 플랫폼본부는 A가 함께 맡는다: a unit more; a house led together is long so
            new = verb["new"] if pairs and pairs[0][0] is None else verb["new"].replace("함께", "").strip()
            alone = len(pairs) == 1 and not new and not verb["helm"] and anew is None
            at, again = Span(verb.start("verb"), verb.end()), not _AGAIN().isdisjoint(verb["new"].split())
            found = [Share(m, h, u, at, alone, again) for h, u, m in pairs]
            break
    return found


def find_taking(document: Document, sentence: Sentence) -> Share | None:
    """The unit or company that a sentence lets somebody take over or go on with, or None.

    A 사장은 본사로 복귀해 [전기트럭 사업부를] 총괄한다; B 부사장이 다음 달부터 [다솔전자를] 이끈다.
    """
    text, span = document.text, sentence.span
    persons = [
        m for m in document.mentions_in(span) if m.particle in SUBJECT and not document.quoted(m.span.start)
    ]
    if not persons or not _TAKING().search(text, span.start, span.end):
        return None
    for house, unit, start, end in _objects(document, sentence):
        verb = context("takes").match(text, end)
        subject = next((m for m in reversed(persons) if m.span.end < start), None)
        if verb is None or subject is None or verb.end() > span.end:
            continue
        anew = context("takes_anew").search(text, span.start, verb.start("verb"))
        charged = house is not None and verb["verb"].startswith("맡")
        again = context("takes_again").search(text, subject.span.end, verb.start("verb"))
        if anew or again or charged:
            return Share(subject, house, unit, Span(*verb.span("verb")), alone=False, again=again is not None)
    return None


def _objects(document: Document, sentence: Sentence) -> Iterator[tuple[str | None, str | None, int, int]]:
    """Companies and units of a sentence with 을 or 를: which, and where they begin and end."""
    for company in document.companies_in(sentence.span):
        if is_unit_group(company.name):
            continue
        run = _RUN().match(document.text, company.span.end)
        if company.particle in {"을", "를"} or run is not None:
            yield company.name, None, company.span.start, run.end() if run is not None else company.span.end
    for match in _UNIT_TAKEN().finditer(document.text, sentence.span.start, sentence.span.end):
        word, start = match["w"], match.start("w")
        before, _, bare = word.rpartition(" ")
        token = document.tokens.get(start)
        if before and (bare not in _BARE() or token is None or token.tag[0] != "N"):
            start += len(before) + 1  # 돌아와 [본부를]
        yield None, document.text[start : match.end("w")], start, match.end("w")


def _pairs(
    document: Document,
    sentence: Sentence,
    mentions: Sequence[Mention],
    last: Mention,
    *,
    each: bool,
    anew: bool,
) -> list[tuple[str | None, str | None, Mention]]:
    """The conjuncts that end at a person, in order; where `each` has one, any topic is a unit."""
    pairs: list[tuple[str | None, str | None, Mention]] = []
    floor = sentence.span.start
    heads = _heads(document, sentence, any_word=each, anew=anew)
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


def _heads(
    document: Document, sentence: Sentence, *, any_word: bool, anew: bool
) -> list[tuple[int, str | None, str | None]]:
    """Topics that are houses or units, each with where it begins, in order."""
    found: list[tuple[int, str | None, str | None]] = [
        (c.span.start, c.name, None)
        for c in document.companies_in(sentence.span)
        if c.particle in _TOPIC and not is_unit_group(c.name)
    ]
    firms = {start for start, *_ in found}
    for company in document.companies_in(sentence.span):
        run = _RUN_TOPIC().match(document.text, company.span.end)
        if run is not None and not is_unit_group(company.name):
            found.append((company.span.start, company.name, None))  # 다솔의 안방 살림은 A가 책임진다
    text = document.text
    for match in _UNIT.finditer(text, sentence.span.start, sentence.span.end):
        word = match["w"]
        if match.start() not in firms and (
            any_word
            or is_unit(word)
            or is_unit_group(word)
            or word.endswith(tuple(_BARE()))
            or (anew and is_function(word))
        ):
            found.append((match.start(), None, word))
    return sorted(found, key=lambda head: head[0])
