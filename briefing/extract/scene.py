"""What a text has told so far: days, occasions, persons; read by the sentences that point back."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from briefing.extract.dates import Day
from briefing.extract.document import Document, Mention
from briefing.extract.groups import Group, modified
from briefing.extract.occasions import Occasion, place_before
from briefing.extract.subjects import find_subjects
from briefing.korean.kiwi import Sentence
from briefing.model import Activity, QuotedBy, Span

_READ_FOR = re.compile(r"대독|대신 읽")
_ABSENT = re.compile(r"불참|자리를 비[웠운]|참석하지 (?:않|못)|(?:나오|오)지 (?:않|못)")
# 12일 가람전자에 따르면, 26일 밝혔다: the day of the announcement, not of what it tells.
_ANNOUNCED = re.compile(
    r"(?:(?!고 )[^,.“”\"]){0,24}?"
    r"(?:에 따르면|에 의하면|밝혔|발표했|전했|알렸|공시했|알려졌|전해졌|보도했|밝힌 바)"
)
# 올해 초 CES에서 내놓은, 지난해 포럼에서 밝힌: an occasion looked back on is not the one the text is at.
_LOOKING_BACK = re.compile(
    r"(?:올해?|연|(?:지난|올)\s?\d{1,2}월)\s?초|지난해|작년|재작년|지난\s?달|(?:19|20)\d\d년|앞서|당시"
)
_LOOK = 14
# Days further off do not carry the text.
_NEAR_DAYS = 60


@dataclass
class Scene:
    """The thread of one text.

    Attributes:
        anchor: Day last named.
        occasion: Occasion last named in full.
        what: Its characters.
        told: Index after the sentence that named it last.
        day: Its day.
        until: Its last day.
        place: Where it is held.
        topic: Person the text speaks of.
        gathered: Persons of the last group of two or more.
        recent: Executives in the order in which they were last spoken of.
        absent: Names of those who are said not to be there.
        dated: First and last day of each occasion, by where it begins.
        last: Activity told last, for those who come along, and its index among the activities.
        last_at: Where it was told.
    """

    anchor: date | None = None
    occasion: Occasion | None = None
    what: str = ""
    told: int = -1
    day: date | None = None
    until: date | None = None
    place: str | None = None
    topic: Mention | None = None
    gathered: tuple[Mention, ...] = ()
    recent: list[Mention] = field(default_factory=list)
    absent: set[str] = field(default_factory=set)
    dated: dict[int, tuple[date | None, date | None]] = field(default_factory=dict)
    last: Activity | None = None
    last_index: int = -1
    last_at: int = 0


def announced(document: Document, day: Day, sentence: Sentence) -> bool:
    """True for the day of an announcement rather than of what is announced."""
    match = _ANNOUNCED.match(document.text, day.span.end, sentence.span.end)
    return match is not None and not document.quoted(match.end())


def remember(  # noqa: PLR0917
    document: Document,
    sentence: Sentence,
    occasions: Sequence[Occasion],
    groups: Sequence[Group],
    days: Sequence[Day],
    scene: Scene,
) -> None:
    """Takes a sentence into the thread."""
    _days(document, sentence, days, scene)
    named = [o for o in occasions if not o.pointing and not _looked_back_on(document, sentence, o)]
    for occasion in named:
        scene.occasion = occasion
        scene.what = occasion.phrase
        scene.told = sentence.span.end
        before = [d for d in days if d.span.start < occasion.span.start] or list(days)
        scene.day = (before[-1].first if before else None) or scene.anchor
        scene.until = before[-1].last if before else None
        scene.place = place_before(document, sentence.span.start, occasion.span.start)
        scene.dated[occasion.span.start] = (scene.day, scene.until)
    for group in groups:
        if len(group.mentions) > 1:
            scene.gathered = group.mentions
        for mention in group.mentions:
            if document.persona_of(mention).executive:
                scene.recent[:] = [
                    *[m for m in scene.recent if m.persona != mention.persona][-8:],
                    mention,
                ]
    _absences(document, sentence, groups, scene)
    subjects = find_subjects(document, sentence.tokens, sentence.span.start, sentence.span.end)
    firm = [s for s in subjects if not s.place and (s.mention is not None or s.by is not QuotedBy.OTHER)]
    chosen = [s for s in firm if s.topic] or [s for s in firm if not s.weak]
    if chosen:
        scene.topic = chosen[0].mention


def _looked_back_on(document: Document, sentence: Sentence, occasion: Occasion) -> bool:
    start = max(sentence.span.start, occasion.span.start - _LOOK)
    return _LOOKING_BACK.search(document.text, start, occasion.span.start + 2) is not None


def _absences(document: Document, sentence: Sentence, groups: Sequence[Group], scene: Scene) -> None:
    """A 회장은 참석하지 않았다; 자리를 비운 A 회장; A 회장의 기념사를 B 사장이 대신 읽었다."""
    text, start, end = document.text, sentence.span.start, sentence.span.end
    away: list[Group] = []
    if (match := _READ_FOR.search(text, start, end)) and not document.quoted(match.start()):
        away = [g for g in groups if g.role == "of" and g.end <= match.start()][:1]
    elif (match := _ABSENT.search(text, start, end)) and not document.quoted(match.start()):
        behind = modified(document, groups, match.end(), sentence) if text[match.end() - 1] == "운" else None
        before = [g for g in groups if g.role == "subject" and g.end <= match.start()][-1:]
        away = [behind] if behind else before
    for group in away:
        scene.absent.add(document.persona_of(group.mentions[-1]).name)


def _days(document: Document, sentence: Sentence, days: Sequence[Day], scene: Scene) -> None:
    near = [
        d
        for d in days
        if d.first is not None
        and not d.vague
        and (document.day is None or abs((document.day - d.first).days) <= _NEAR_DAYS)
    ]
    told = [d for d in near if not announced(document, d, sentence)]
    if told:
        scene.anchor = told[0].first
    elif near and scene.anchor is None:
        scene.anchor = near[0].first


def inside(span: Span, sentence: Sentence) -> bool:
    """True if a span begins in a sentence."""
    return sentence.span.start <= span.start < sentence.span.end
