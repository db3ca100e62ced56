"""What a text has told so far: days, occasions, persons; read by the sentences that point back."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from briefing.extract.dates import Day
from briefing.extract.deals import Paper
from briefing.extract.delegations import Delegation
from briefing.extract.document import Document, Mention
from briefing.extract.groups import Group
from briefing.extract.occasions import Occasion, place_before, word_set
from briefing.extract.officials import Led
from briefing.extract.records import record
from briefing.extract.subjects import COUNTED, Subject, find_subjects
from briefing.korean.kiwi import Sentence
from briefing.korean.wordlists import affixes, worded
from briefing.model import Activity, ActivityKind, QuotedBy, Span

# 12일 가람전자에 따르면, 26일 밝혔다: the day of the announcement, not of what it tells.
_ANNOUNCED = worded(r"(?:(?!고 )[^,.“”\"]){0,24}?{speech.said.announced}")
# 올해 초 CES에서 내놓은, 지난해 포럼에서 밝힌: an occasion looked back on is not the one the text is at.
_LOOKING_BACK = worded(r"(?:올해?|연|(?:지난|올)\s?\d{1,2}월)\s?초|(?:19|20)\d\d년|{times.looking_back}")
# 총수들을 한꺼번에 만났다. 회동은 …: somebody met, whoever it was.
_TALKS = worded(
    r"(?<![가-힣])(?:(?P<noun>{occasions.held.talks})(?:장)?(?:은|는|이|가|을|를|에는|에서|으로|(?:했|하고|하며|한)[가-힣]{0,2})|(?:만났|만나)[가-힣]{0,2}|(?P<faced>{occasions.held.faced})[가-힣]{0,2})"
    r"(?=[\s.,])"
)
# 두 사람은, 세 총수가
_BOTH = worded(COUNTED)
_LOOK = 14
# 23일 입국한 (그는)
_MODIFYING = re.compile(r"\s(?:[^.,“”\"]{0,24}\s)?[가-힣]+[한은던온난간된낸진운른린]\s")
_ASIDE = 40
# 배석했(다); its subject is no topic with one of these.
_BESIDE = worded(r"(?:{people.beside}|함께|같이)[했한할]|맡[았은을]")
_VERB = 6
# Those who receive somebody answer him (화답했다), and somebody serves there (통역은 …가 맡았다).
_REPLIED = worded(r"{occasions.meeting.replied}")
_OFFICIALS = affixes("occasions.meeting.officials")
_SERVICE = worded(r"{occasions.held.services}(?:은|는)\s")
_REPLY = 8
# 영결식이 (21일)
_IS_ON = re.compile(r"[’'”」』>》]?[은는이가]\s")
# 만찬에는 (A 사장이 참석했다)
_THERE = re.compile(r"에(?:는|도)?\s")
_NO_TOPIC = frozenset({"이", "가", "도", "등이"})
# Days further off do not carry the text.
_NEAR_DAYS = 60


@record(frozen=True, slots=True)
class Absence:
    """Somebody who is told not to be there.

    Attributes:
        sentence: Where that is told.
        missed: The occasion; None where none is known.
        told: Journeys from here on in the sentence are made all the same.
        reason: What stands in front of this in the sentence is why, and done.
    """

    sentence: Span
    missed: str | None
    told: int
    reason: int


@dataclass
class Scene:
    """The thread of one text.

    Attributes:
        anchor: Day last named.
        today: The same, but for 전날: the day that 이날 means.
        coming: Day ahead that the sentence before names.
        first: Day named first that is not ahead of publication.
        lately: Day last named that is not ahead of publication.
        signing: Day of the ceremony at which papers are signed.
        occasion: Occasion last named in full.
        what: Its characters.
        told: Index after the sentence that named it last.
        day: Its day.
        until: Its last day.
        place: Where it is held.
        setting: Place of work that the sentence before consists of (오늘 오전 합동분향소.).
        seen: Place that somebody of the sentence before goes to see.
        topic: Person the text speaks of.
        untold: Sentences since then, from which `topic` tells it anew when it is asked for.
        beside: Who only sat in or helped, of whom the text speaks where it spoke of nobody before.
        gathered: Persons of the last group of two or more.
        recent: Executives in the order in which they were last spoken of.
        absent: Those who are said not to be there: by name, from which sentence on, from what occasion
            (None where the text has named none) and behind what offset the absence is told.
        named: Occasions of the sentences read so far, by where the sentence begins.
        dated: First and last day of each occasion, by where it begins.
        held: First and last day of occasions that the sentence dates, by their last word.
        journeys: The first journey and the first visit told, which 이번 출장 means.
        journey: Journey or visit told last, and its index among the activities.
        last: Activity told last, for those who come along, and its index among the activities.
        last_at: Where it was told.
        talks: What the last meeting told of is called (회동).
        talked: Index after the sentence that told of it.
        delegation: That told of last.
        travellers: Who is told to go with it, by persona.
        paper: What was told last to be signed.
        led: The visit of an official told last.
    """

    anchor: date | None = None
    today: date | None = None
    coming: date | None = None
    lately: date | None = None
    first: date | None = None
    signing: date | None = None
    occasion: Occasion | None = None
    what: str = ""
    told: int = -1
    day: date | None = None
    until: date | None = None
    place: str | None = None
    setting: str | None = None
    seen: str | None = None
    topic: Mention | None = None
    untold: list[tuple[Sentence, tuple[Group, ...]]] = field(default_factory=list)
    beside: Mention | None = None
    gathered: tuple[Mention, ...] = ()
    recent: list[Mention] = field(default_factory=list)
    absent: dict[str, Absence] = field(default_factory=dict)
    named: dict[int, list[Occasion]] = field(default_factory=dict)
    dated: dict[int, tuple[date | None, date | None]] = field(default_factory=dict)
    held: dict[str, tuple[date | None, date | None]] = field(default_factory=dict)
    journeys: dict[ActivityKind, Activity] = field(default_factory=dict)
    journey: Activity | None = None
    journey_index: int = -1
    last: Activity | None = None
    last_index: int = -1
    last_at: int = 0
    talks: str = ""
    talked: int = -1
    delegation: Delegation | None = None
    travellers: dict[int, Mention] = field(default_factory=dict)
    paper: Paper | None = None
    led: Led | None = None


def announced(document: Document, day: Day, sentence: Sentence, deed: int = -1) -> bool:
    """True for the day of an announcement rather than of what is announced.

    Args:
        document: The article.
        day: The day.
        sentence: Where it stands.
        deed: Where a deed begins; between the day and the announcement it takes the day (10일 열린
            행사에 참석해 … 밝혔다).
    """
    match = _ANNOUNCED().match(document.text, day.span.end, sentence.span.end)
    return match is not None and not document.quoted(match.end()) and not day.span.end <= deed < match.end()


def aside(document: Document, day: Day, anchor: date | None) -> bool:
    """True for a day before the one told of, which only says something of a person: 23일 입국한 그는."""
    if anchor is None or day.first is None or day.first >= anchor or day.vague:
        return False
    near = document.mentions_in(Span(day.span.end, day.span.end + _ASIDE))
    return bool(near) and _MODIFYING.fullmatch(document.text, day.span.end, near[0].span.start) is not None


def remember(  # noqa: PLR0917
    document: Document,
    sentence: Sentence,
    occasions: Sequence[Occasion],
    groups: Sequence[Group],
    days: Sequence[Day],
    scene: Scene,
) -> None:
    """Takes a sentence into the thread."""
    text = document.text
    _days(document, sentence, days, scene)
    greetings = word_set("event", "greetings")
    named = [o for o in occasions if not o.pointing and not looked_back_on(document, sentence, o)]
    for occasion in _whole(named):
        if scene.occasion is not None and occasion.head in greetings:
            continue  # a part of the ceremony told before
        # CES가 9일 개막한 가운데 경영진이 행사장을 찾았다
        here = scene.occasion is not None and occasion.phrase in word_set("held", "here")
        if here or (not days and scene.what.endswith(f" {occasion.phrase}")):
            scene.told = sentence.span.end  # 오찬 간담회를 열었다. 간담회에는
            scene.dated[occasion.span.start] = (scene.day, scene.until)
            continue
        scene.occasion = occasion
        scene.what = occasion.phrase
        scene.told = sentence.span.end
        before = [d for d in days if d.span.start < occasion.span.start] or list(days)
        # 지난 17일 별세한 곽 회장의 영결식이 21일 엄수됐다
        before = [d for d in days if _IS_ON.fullmatch(text, occasion.span.end, d.span.start)][:1] or before
        scene.day = (before[-1].first if before else None) or scene.anchor
        scene.until = before[-1].last if before else None
        scene.place = place_before(document, sentence.span.start, occasion.span.start)
        if days and not before[-1].vague and before[-1].first is not None:
            scene.held[occasion.phrase.split()[-1]] = (before[-1].first, before[-1].last)
        scene.dated[occasion.span.start] = (scene.day, scene.until)
        if occasion.head in word_set("event", "signing") and (before or days):
            scene.signing = scene.day
    for match in _TALKS().finditer(document.text, sentence.span.start, sentence.span.end):
        if match["faced"] and scene.occasion is not None:
            continue  # 포럼이 열렸다. 전문가들이 머리를 맞댔다
        if not document.quoted(match.start()) and not _with_press(document.text, match.start()):
            scene.talks, scene.talked = match["noun"] or "만남", sentence.span.end
    for group in groups:
        if len(group.mentions) > 1:
            scene.gathered = group.mentions
        for mention in group.mentions:
            if document.persona_of(mention).executive:
                scene.recent[:] = [
                    *[m for m in scene.recent if m.persona != mention.persona][-8:],
                    mention,
                ]
    scene.untold.append((sentence, tuple(groups)))


def _whole(named: Sequence[Occasion]) -> list[Occasion]:
    """Occasions of a sentence without the speeches given at them: 포럼에서 기조연설을 한다."""
    speeches = word_set("event", "speeches")
    return [
        o for n, o in enumerate(named) if not n or o.head not in speeches or named[n - 1].head in speeches
    ]


def topic(document: Document, scene: Scene) -> Mention | None:
    """Whom the sentences taken in so far speak of, told from the last ones that tell it."""
    scene.beside = None
    while scene.untold:
        sentence, groups = scene.untold.pop()
        if _tell_topic(document, sentence, groups, scene):
            scene.untold.clear()
    scene.topic = scene.topic or scene.beside
    return scene.topic


def _tell_topic(document: Document, sentence: Sentence, groups: Sequence[Group], scene: Scene) -> bool:
    """Sets the topic if the sentence tells it."""
    # a subject with 이/가 is whose sentence it is only if the last verb is his
    final = next((t.start for t in reversed(sentence.tokens) if t.tag == "EF"), sentence.span.end)
    subjects = find_subjects(document, sentence.tokens, sentence.span.start, final)
    firm = [s for s in subjects if not s.place and (s.mention is not None or s.by is not QuotedBy.OTHER)]
    chosen = [s for s in firm if s.topic] or [s for s in firm if not s.weak]
    leading = [g for g in groups if g.role == "subject" and g.topic]
    if (
        chosen
        and chosen[0].mention is None
        and _BOTH().search(document.text, sentence.span.start, chosen[0].span.end)
    ):
        return False  # 두 사람은 … 논의했다: of whom the text told before
    if chosen and (_replies(document, sentence, chosen[0], final) or _serves(document, sentence, firm)):
        return False
    if chosen and _only_beside(document, sentence, chosen[0], final):
        scene.beside = scene.beside or chosen[0].mention
        return False
    if chosen and not (leading and chosen[0].mention is None and chosen[0].head == "일행"):
        scene.topic = chosen[0].mention
    elif leading:
        scene.topic = leading[0].mentions[0]  # A 대표 일행은
    else:
        return False
    return True


def _with_press(text: str, at: int) -> bool:
    """True for 기자들과 만나: no talks anybody else sits in on."""
    words = text[max(0, at - _LOOK) : at].split()
    return any(
        w.rstrip("과와을를").removesuffix("들") in word_set("meeting", "reporters") for w in words[-2:]
    )


def _replies(document: Document, sentence: Sentence, subject: Subject, final: int) -> bool:
    """True for 총리는 협력하겠다고 화답했다: the text goes on with whom he received."""
    if subject.by is QuotedBy.EXECUTIVE or not subject.head.endswith(_OFFICIALS()):
        return False
    return _REPLIED().search(document.text, max(sentence.span.start, final - _REPLY), final + 1) is not None


def _serves(document: Document, sentence: Sentence, subjects: Sequence[Subject]) -> bool:
    """True for 사회는 나 교수가 본다: of him nothing else is told."""
    if any(s.by is QuotedBy.EXECUTIVE for s in subjects):
        return False
    return _SERVICE().match(document.text, sentence.span.start, sentence.span.end) is not None


def _only_beside(document: Document, sentence: Sentence, subject: Subject, final: int) -> bool:
    """True for 면담에는 B 부장이 배석했다: the text goes on with whom it spoke of before."""
    if subject.mention is None or subject.mention.particle not in _NO_TOPIC:
        return False
    start = sentence.span.start
    if _BESIDE().search(document.text, max(start, final - _VERB), final + 1) is not None:
        return True
    came = document.text.find("참석", max(start, final - _VERB), final) >= 0
    return came and _THERE.search(document.text, start, subject.mention.span.start) is not None


def looked_back_on(document: Document, sentence: Sentence, occasion: Occasion) -> bool:
    """True for an occasion the text only remembers (지난해 포럼에서 밝힌)."""
    if occasion.tail.startswith(("에 이은", "에 이어")):
        return True
    start = max(sentence.span.start, occasion.span.start - _LOOK)
    return _LOOKING_BACK().search(document.text, start, occasion.span.start + 2) is not None


def _days(document: Document, sentence: Sentence, days: Sequence[Day], scene: Scene) -> None:
    near = [
        d
        for d in days
        if d.first is not None
        and not d.vague
        and (document.day is None or abs((document.day - d.first).days) <= _NEAR_DAYS)
    ]
    told = [d for d in near if not announced(document, d, sentence) and not aside(document, d, scene.anchor)]
    scene.coming = next((d.first for d in told if document.day and d.first and d.first > document.day), None)
    if told:
        # 4일 별세한 …에는 5일에도: the last one up to publication
        past = [d.first for d in told if d.first and document.day and d.first <= document.day]
        scene.anchor = max(past) if past else told[0].first
        aside_only = all(document.text.startswith("전날", d.span.start) for d in told)
        scene.today = scene.today if aside_only and scene.today else scene.anchor
    elif near and scene.anchor is None:
        scene.anchor = scene.today = near[0].first
    if scene.anchor is not None and (document.day is None or scene.anchor <= document.day):
        scene.lately = scene.anchor
        scene.first = scene.first or scene.anchor


def inside(span: Span, sentence: Sentence) -> bool:
    """True if a span begins in a sentence."""
    return sentence.span.start <= span.start < sentence.span.end
