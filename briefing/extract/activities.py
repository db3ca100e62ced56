"""What executives publicly do (행보): journeys, meetings, occasions, visits, deals closed in person."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import cache

from briefing.extract.actors import find_actors
from briefing.extract.attendance import find_attendance, find_presence, occasion_kind
from briefing.extract.dates import Day, find_days
from briefing.extract.deeds import Deed
from briefing.extract.document import Document, Mention
from briefing.extract.encounters import find_deals, find_meetings
from briefing.extract.groups import find_groups
from briefing.extract.journeys import find_trips, find_visits
from briefing.extract.occasions import find_occasions, place_before, word_set
from briefing.extract.quotes import find_quotes
from briefing.extract.scene import Scene, announced, inside, remember
from briefing.extract.sessions import find_session, speakers
from briefing.korean.kiwi import Sentence
from briefing.korean.lexicon import Lexicon, words
from briefing.model import Activity, ActivityKind, Rejection, Resolution

# News is not older than this; what a text dates further back is background.
_NEWS = timedelta(days=60)
# Somebody who comes along is told within this many characters of what he comes along to.
_ALONG = 400
# 예정, 계획 this near the end of a sentence speak for all of it.
_AT_END = 25
# Nobody writes sentences this long: tables, menus, lists.
_LONGEST = 3000
_AHEAD = re.compile(r"예정|계획|할 것|될 것|방침|오는 |다음 ?달|내달|다음 ?주|내주|기로 했|[을할될] 전망")
_LONG_AGO = re.compile(
    r"지난해|작년|재작년|지지난해|전년|(?P<year>(?:19|20)\d\d)년|당시|그동안|평소|\d+년 전"
)
_NOW = re.compile(r"올해|이번|이날|오는|최근|현재")
# Plain present forms, with which news tells what is to come: 참석한다, 찾는다, 떠난다.
_PRESENT = re.compile(r"(?:한|는|난|선|간|연|온|본|된|른|린|진|든)다$")
_BACKGROUND = re.compile(r"바\s?있다|적[이도]?\s?있다")


def find_activities(
    document: Document, lexicon: Lexicon
) -> tuple[tuple[Activity, ...], tuple[Rejection, ...]]:
    """Activities of executives in order of the text, and the candidates that were not taken.

    Never raises; takes time linear in the text.
    """
    if not any(p.executive for p in document.personas):
        return (), ()
    scene = Scene()
    found: list[Activity] = []
    rejected: list[Rejection] = []
    for sentence in document.sentences:
        if sentence.span.end - sentence.span.start > _LONGEST:
            continue
        _read(document, sentence, scene, found, rejected)
    session = find_session(document, scene.dated)
    if session is not None:
        quotes, _ = find_quotes(document, lexicon)
        found.extend(a for a in speakers(document, session, quotes, found) if a.person not in scene.absent)
    return _merged(found), tuple(rejected)


@dataclass(frozen=True, slots=True)
class _Told:
    """A sentence with what was read out of it."""

    sentence: Sentence
    days: tuple[Day, ...]
    ahead: bool | None


def _read(
    document: Document, sentence: Sentence, scene: Scene, found: list[Activity], rejected: list[Rejection]
) -> None:
    ahead = _tense(document, sentence)
    start, end = sentence.span.start, sentence.span.end
    days = find_days(document.text, document.day, start=start, end=end, anchor=scene.anchor, ahead=ahead)
    told = _Told(sentence, tuple(d for d in days if not document.quoted(d.span.start)), ahead)
    occasions = find_occasions(document, sentence)
    groups = find_groups(document, sentence)
    events = find_attendance(document, sentence, occasions)
    events = [_fuller(document, deed, scene) for deed in events]
    if not events:
        kind = occasion_kind(document, scene.occasion) if scene.occasion else ActivityKind.EVENT
        events = [replace(d, kind=kind) for d in find_presence(document, sentence, scene.told)]
    deeds = [
        *events,
        *find_trips(document, sentence),
        *find_visits(document, sentence),
        *(d for d in find_meetings(document, sentence, groups) if not _leads_to(d, events)),
        *find_deals(document, sentence),
    ]
    deeds.sort(key=lambda d: d.span)
    for deed in deeds:
        if deed.kind is None:
            if scene.last is None or start - scene.last_at > _ALONG:
                continue
            if document.text.startswith("동행", deed.span.start) and scene.last.kind not in _JOURNEYS:
                continue
            deed = replace(deed, kind=scene.last.kind, what=scene.last.what)  # noqa: PLW2901
        actors, form = find_actors(document, sentence, groups, deed, scene)
        executives = [m for m in actors if document.persona_of(m).executive]
        if not executives:
            continue
        name = document.persona_of(executives[0]).name
        if refusal := _refusal(document, deed, told):
            rejected.append(Rejection(f"{deed.kind} of {name}: {deed.what}", refusal, deed.span))
            continue
        for mention in executives:
            if document.persona_of(mention).name in scene.absent:
                rejected.append(Rejection(f"{deed.kind} of {name}: {deed.what}", "is absent", deed.span))
                continue
            _take(document, told, deed, mention, form, actors, scene, found)
    remember(document, sentence, occasions, groups, told.days, scene)


def _fuller(document: Document, deed: Deed, scene: Scene) -> Deed:
    """The deed at the occasion named before, where it is told again by its last noun alone (간담회에는)."""
    known = scene.occasion
    if known is None or deed.what == known.phrase or not known.phrase.endswith(deed.what):
        return deed
    if deed.kind not in {ActivityKind.EVENT, ActivityKind.MEETING}:
        return deed
    return replace(deed, pointing=True, kind=occasion_kind(document, known))


def _leads_to(meeting: Deed, events: Sequence[Deed]) -> bool:
    """True for 투자자들을 만나 설명회를 연다: the meeting is the event."""
    return any(
        e.kind is ActivityKind.EVENT and meeting.span.start < e.span.start <= meeting.end + 20 for e in events
    ) and meeting.rule.endswith("(만나)")


def _tense(document: Document, sentence: Sentence) -> bool | None:
    match = _AHEAD.search(document.text, sentence.span.start, sentence.span.end)
    while match is not None and document.quoted(match.start()):
        match = _AHEAD.search(document.text, match.end(), sentence.span.end)
    past = any(
        t.tag == "EP" and t.form in {"었", "았", "였", "엇"} and not document.quoted(t.start)
        for t in sentence.tokens
    )
    if match is not None and (not past or sentence.span.end - match.start() <= _AT_END):
        return True
    return False if past else None


@cache
def _absent() -> re.Pattern[str]:
    return re.compile("|".join(re.escape(w) for w in words("occasions.toml", "absent", "words")))


def _refusal(document: Document, deed: Deed, told: _Told) -> str | None:
    """Why a deed is no news, or None."""
    text, sentence = document.text, told.sentence
    stop = min(sentence.span.end, deed.end + 14)
    behind = re.split(r"[,“\"]|며 |고 ", text[deed.span.start : stop])[0]
    if _absent().search(behind):
        return "does not take part, or only sees somebody off"
    if _BACKGROUND.search(text, max(deed.end, sentence.span.end - 12), sentence.span.end):
        return "background"
    day = _day_of(document, deed, told)
    if (
        document.day is not None
        and day is not None
        and day.first is not None
        and document.day - day.first > _NEWS
    ):
        return "long ago"
    match = _LONG_AGO.search(text, max(sentence.span.start, deed.span.start - 60), deed.span.start)
    if match is not None and _NOW.search(text, match.end(), deed.span.start):
        match = None
    if match is not None and (day is None or day.span.end <= match.start()):
        this_year = match["year"] and document.day is not None and int(match["year"]) >= document.day.year
        if not this_year:
            return "background"
    return None


def _day_of(document: Document, deed: Deed, told: _Told) -> Day | None:
    """The day of the sentence that belongs to a deed: the nearest one in front."""
    days = [d for d in told.days if not announced(document, d, told.sentence)]
    before = [d for d in days if d.span.start < deed.span.start]
    if before:
        return before[-1]
    behind = [d for d in days if deed.adnominal or d.span.start - deed.end <= 12]
    return behind[0] if behind else None


def _take(  # noqa: PLR0917
    document: Document, told: _Told, deed: Deed, mention: Mention, form: str, actors: tuple[Mention, ...],
    scene: Scene, found: list[Activity],
) -> None:  # fmt: skip
    """Adds an activity, or a companion to the one told last."""
    activity = _activity(document, told, deed, mention, form, actors, scene)
    if deed.rule == "comes along" and scene.last is not None:
        leader = found[scene.last_index]
        if leader.person != activity.person:
            names = dict.fromkeys((*leader.companions, activity.person))
            found[scene.last_index] = replace(leader, companions=tuple(names))
            activity = replace(activity, companions=(leader.person,))
        activity = replace(activity, when=leader.when, until=leader.until, place=leader.place)
    else:
        scene.last, scene.last_index, scene.last_at = activity, len(found), told.sentence.span.start
    found.append(activity)


def _activity(  # noqa: PLR0917
    document: Document, told: _Told, deed: Deed, mention: Mention, form: str, actors: tuple[Mention, ...],
    scene: Scene,
) -> Activity:  # fmt: skip
    persona = document.persona_of(mention)
    day = _day_of(document, deed, told)
    when, until = (day.first, day.last) if day is not None else (None, None)
    what = deed.what
    place = place_before(document, told.sentence.span.start, deed.span.start)
    if deed.pointing and scene.occasion is not None:
        what = scene.what
        place = place or scene.place
        if day is None or day.vague:
            when, until = scene.day or when, scene.until
    if when is None and (day is None or day.first is None) and told.ahead is not True and not deed.listed:
        when = scene.anchor
    if deed.mutual and deed.kind is ActivityKind.MEETING and persona.name in what.replace(" ", ""):
        what = next((m.form for m in actors if m.persona != mention.persona), what)
    evidence = [told.sentence.span]
    resolutions: tuple[Resolution, ...] = ()
    if mention.kind != "full" or form == "omitted":
        shown = "(생략)" if form == "omitted" else mention.form
        resolutions = (Resolution(shown, persona.name, persona.first),)
    for span in (mention.span, persona.first):
        if resolutions and not inside(span, told.sentence) and span not in evidence:
            evidence.append(span)
    others = dict.fromkeys(
        document.persona_of(m).name
        for m in actors
        if m.persona != mention.persona
        and document.persona_of(m).executive
        and not (deed.mutual and deed.kind is ActivityKind.MEETING)  # the counterpart comes not along
    )
    planned = told.ahead is True and (document.day is None or when is None or when >= document.day)
    planned = planned or (document.day is not None and when is not None and when > document.day)
    word = document.text[deed.span.start : deed.end]
    planned = planned or (when is None and told.ahead is None and _PRESENT.search(word) is not None)
    return Activity(
        person=persona.name, company=persona.company, kind=deed.kind or ActivityKind.EVENT,
        what=" ".join(what.split()), when=when, evidence=tuple(evidence), title=persona.title, until=until,
        place=place, companions=tuple(others), planned=planned, resolutions=resolutions,
        rule=f"{deed.rule}{_LISTED if deed.listed else ''}; {form}",
    )  # fmt: skip


# ------------------------------------------------------------------------------------------ merging

_LISTED = " (one of several)"
_JOURNEYS = frozenset({ActivityKind.TRIP, ActivityKind.VISIT})
_SPACES = re.compile(r"[\s‘’'\"“”·]+")
_ONE_A_DAY = frozenset({ActivityKind.EVENT, ActivityKind.TRIP, ActivityKind.DEAL})


def _merged(found: Sequence[Activity]) -> tuple[Activity, ...]:
    """One activity a person, kind and occasion; the fullest telling, with what the others add."""
    kept: dict[tuple[str, ActivityKind], list[Activity]] = {}
    deals = {(a.person, a.when) for a in found if a.kind is ActivityKind.DEAL}
    signed = {(a.person, a.evidence[0]) for a in found if a.kind is ActivityKind.DEAL}
    order: list[tuple[tuple[str, ActivityKind], int]] = []
    signing = tuple(word_set("event", "signing"))
    for activity in found:
        if (
            activity.kind is ActivityKind.EVENT
            and activity.what.endswith(signing)
            and (activity.person, activity.when) in deals
        ):
            continue  # the ceremony of the deal
        if (
            activity.kind is ActivityKind.MEETING
            and activity.rule.startswith("meet (")
            and (activity.person, activity.evidence[0]) in signed
        ):
            continue  # they met to sign (만나 계약서에 서명했다)
        key = (activity.person, activity.kind)
        known = kept.setdefault(key, [])
        for i, other in enumerate(known):
            if _same(other, activity):
                known[i] = _united(other, activity)
                break
        else:
            order.append((key, len(known)))
            known.append(activity)
    return tuple(kept[key][i] for key, i in order)


def _same(a: Activity, b: Activity) -> bool:
    if a.when is not None and b.when is not None and a.when != b.when:
        # a journey told from two days is one journey
        return a.kind is ActivityKind.TRIP and _SPACES.sub("", a.what) == _SPACES.sub("", b.what)
    if a.kind is ActivityKind.VISIT and a.when == b.when and a.evidence[0] == b.evidence[0]:
        return True  # 공장을 찾아 증설 현장을 점검했다
    x, y = _SPACES.sub("", a.what), _SPACES.sub("", b.what)
    if x in y or y in x or x[-3:] == y[-3:]:
        return True
    return a.when is not None and a.when == b.when and a.kind in _ONE_A_DAY


def _united(a: Activity, b: Activity) -> Activity:
    pointing = word_set("event", "pointing")
    plain_a, plain_b = _LISTED in a.rule or a.what in pointing, _LISTED in b.rule or b.what in pointing
    full = (
        b
        if (plain_a, len(a.what)) != (plain_b, len(b.what))
        and plain_a >= plain_b
        and (plain_a or len(a.what) < len(b.what))
        else a
    )
    dated, other = (a, b) if a.when is not None else (b, a)
    return replace(
        full,
        when=dated.when, until=a.until or b.until, place=dated.place or other.place,
        companions=tuple(dict.fromkeys((*a.companions, *b.companions))),
        planned=dated.planned and (other.planned or other.when is None),
    )  # fmt: skip
