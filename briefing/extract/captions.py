"""Speakers that stand beside a quotation as a label: broadcast captions, columns of sayings, "X의 말이다"."""

from __future__ import annotations

import re

from briefing.extract.document import Document, Mention
from briefing.extract.interviews import is_interview, opens_answer
from briefing.extract.speech import Reading
from briefing.extract.subjects import human, organisation, speaker_kind
from briefing.extract.voices import Voice, is_saying
from briefing.korean.wordlists import worded
from briefing.model import QuotedBy, Span

_BULLETS = " \t-–—―·•▶▷◀◇◆■□"
_CAPTION = worded(
    r"[\s▶▷◀◇◆■□▲△●○-]*(?:[\[【<〈(]|{speech.captions.words}\s?[:：])?[^\n“”\"]{2,60}?[:：>〉\]】)=]?\s*$"
)
_LABELLED = re.compile(r"(?:[:：>〉\]】=]|^\s*\([^()]+\))\s*$")
LONGEST = 70
_MARKED = worded(r"[ \t]{0,4}(?:[▶▷◀◆■\[【<〈]|{speech.captions.words})")
_BYLINE = worded(r"{outlets.reporters.words}|앵커|=\s*[^\s=]")
_PARTS = re.compile(r"[\s/·:：,\[\]【】<>〈〉()]+")
_OWNED = re.compile(
    r"의\s(?:[가-힣]+\s)?([가-힣]{1,5})(?:이다|다|였다|이었다|입니다|였습니다|이었습니다)?[.,]?(?:\s|$)"
)
_NEAR = 90


def caption_before(document: Document, span: Span) -> Voice | None:
    """▶ 인터뷰 : 단태율 / 누리전자 대표 - “…”; [단태율/누리전자 대표 : “…”]; <단태율> “…”."""
    text = document.text
    paragraph = document.paragraph_at(span.start)
    if paragraph is None:
        return None
    stop = max(paragraph.start, span.start - 1)
    if stop - paragraph.start > LONGEST:
        return None
    label = Span(paragraph.start, stop)
    if not label.of(text).strip(_BULLETS):
        above = document.paragraph_at(paragraph.start - 1) if paragraph.start else None
        if above is None or above.end - above.start > LONGEST or not _MARKED().match(text, above.start):
            return None
        label = above
        if "“" in label.of(text) or not (set("/:") & set(label.of(text)) or _LABELLED.search(label.of(text))):
            return None
    elif not _LABELLED.search(label.of(text)):
        return None
    if opens_answer(text, label.start, label.end) and is_interview(document):
        return None
    words = label.of(text)
    if not _CAPTION().fullmatch(words) or _BYLINE().search(words):
        return None
    return _labelled(document, label, "caption")


def caption_behind(document: Document, reading: Reading) -> Voice | None:
    """“…”=단태율 누리전자 대표, 신제품을 보이며."""
    if reading.link != "equals":
        return None
    text = document.text
    start = text.index("=", reading.tail) + 1
    end = min(len(text), start + 60)
    for mark in ",.\n":
        at = text.find(mark, start, end)
        end = at if at >= 0 else end
    return _labelled(document, Span(start, end), "“…”=X")


def _labelled(document: Document, label: Span, rule: str) -> Voice | None:
    mentions = document.mentions_in(label)
    if mentions:
        return _of(document, mentions[0], rule)
    parts = [p for p in _PARTS.split(label.of(document.text)) if p]
    if any(human(p) or organisation(p) for p in parts):
        return Voice(QuotedBy.UNNAMED, rule)
    return Voice(QuotedBy.OTHER if len(parts) > 1 else QuotedBy.UNNAMED, rule)


def owner_behind(document: Document, span: Span, reading: Reading) -> Voice | None:
    """“…” 단태율 대표의 말이다; “…” 한 주민의 하소연이다: the sentence behind says whose words these are."""
    text = document.text
    if reading.link or text[reading.tail : reading.tail + 1] == "\n":
        return None
    sentence = document.sentence_at(reading.tail + 1)
    if sentence is None or sentence.span.end <= reading.tail:
        return None
    start = max(sentence.span.start, reading.tail)
    end = min(sentence.span.end, start + _NEAR)
    for match in _OWNED.finditer(text, start, end):
        if document.quoted(match.start()) or not is_saying(match[1]):
            continue
        if match.end() < end - 2:
            return None  # the sentence goes on: its own subject decides
        for mention in document.mentions_in(Span(start, match.start())):
            if mention.span.end == match.start() and mention.persona not in {
                m.persona for m in document.mentions_in(span)
            }:
                return _of(document, mention, "X의 말이다")
        owner = text[start : match.start()].split()[-1:]
        if owner and (human(owner[0]) or organisation(owner[0])):
            return Voice(QuotedBy.UNNAMED, "X의 말이다")
    return None


def _of(document: Document, mention: Mention, rule: str) -> Voice:
    return Voice(speaker_kind(document, mention), rule, mention, mention.persona)
