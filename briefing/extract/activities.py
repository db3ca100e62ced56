"""What executives publicly do (행보): journeys, meetings, occasions, visits, deals closed in person."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from briefing.extract.absences import absences, away
from briefing.extract.activitymaking import made_activity
from briefing.extract.actors import find_actors
from briefing.extract.agenda import Entry, activities_of, find_agenda, within
from briefing.extract.attendance import AT_TABLE, CONFERENCE, find_attendance
from briefing.extract.calls import CALLS_ON, find_calls
from briefing.extract.clefts import find_clefts
from briefing.extract.companions import ON_IT, find_companions
from briefing.extract.counterparts import meets_himself, writer_met
from briefing.extract.deals import find_deals, find_paper, signs_for_house
from briefing.extract.deeds import Deed, Parse, parse
from briefing.extract.delegations import RULE as DELEGATED
from briefing.extract.delegations import find_delegation, find_members, names_delegation, when_it_goes
from briefing.extract.document import Document, Mention
from briefing.extract.encounters import find_meetings, is_event
from briefing.extract.fairgrounds import AT_ITS_PLACE, own_visits, round_the_fair
from briefing.extract.groups import Group, find_groups
from briefing.extract.invitations import by_those_who_ask, find_invited
from briefing.extract.journeys import GOES_TO, find_trips
from briefing.extract.likelydeeds import (
    LIKELY,
    NEARLY,
    TOLD,
    Before,
    Guesses,
    find_candidates,
    moves_on,
    placed,
    unsaid,
)
from briefing.extract.lineups import find_lined_up
from briefing.extract.merging import BORROWED, EACH_OTHER, merged
from briefing.extract.occasions import find_occasions
from briefing.extract.officials import JOURNEYS, TRAVELS, led_by_official
from briefing.extract.openings import Opening
from briefing.extract.presence import find_presence
from briefing.extract.quotes import find_quotes
from briefing.extract.roundtables import occasion_kind
from briefing.extract.scene import Scene, remember
from briefing.extract.sessions import ITEMS, elsewhere, find_session, is_held, speakers
from briefing.extract.settling import fuller, settled
from briefing.extract.speeches import find_speeches
from briefing.extract.stages import HELPS, find_stages
from briefing.extract.talks import at_talks
from briefing.extract.timing import (
    Told,
    day_of,
    day_of_one,
    other_days,
    read_days,
    refusal,
    repeated,
)
from briefing.extract.visits import REGION, find_visits, find_work, setting
from briefing.korean.kiwi import Sentence
from briefing.korean.lexicon import Lexicon
from briefing.korean.wordlists import affixes, worded
from briefing.model import Activity, ActivityKind, Quote, Rejection

# An article opens with a scene and names its occasion within so many characters.
_OPENING = 160
_TWO = 2
# How the names of ceremonies end that open a place, where it is shown.
_OF_PLACES = affixes("occasions.held.of_places")
# 준공식에 참석한 뒤, 오후에는: elsewhere, later.
_THEN = worded(r"(?<![가-힣])(?:뒤|후|이어|{times.hours})|{occasions.held.elsewhere}")
# A new item of a list has its own people.
_BULLETS = frozenset("◇◆▲△■□●○▶▷◈※")
# Nobody writes sentences this long: tables, menus, lists.
_LONGEST = 3000


def find_activities(
    document: Document,
    lexicon: Lexicon,
    quotes: Sequence[Quote] | None = None,
    agenda: Sequence[Entry] | None = None,
    guesses: Guesses | None = None,
) -> tuple[tuple[Activity, ...], tuple[Rejection, ...]]:
    """Activities of executives in order of the text, and the candidates that were not taken.

    Args:
        document: The article.
        lexicon: For the quotes.
        quotes: Those of `find_quotes`, where they are known already.
        agenda: Those of `find_agenda`, the same.
        guesses: What is known besides, and what whoever learns from it is shown.

    Never raises; takes time linear in the text.
    """
    if not any(p.executive for p in document.personas):
        return (), ()
    scene = Scene()
    found: list[Activity] = []
    rejected: list[Rejection] = []
    opening: list[Opening] = []
    guesses = guesses or Guesses()
    agenda = find_agenda(document) if agenda is None else agenda
    for sentence in document.sentences:
        if not sentence.tokens or sentence.span.end - sentence.span.start > _LONGEST:
            continue
        if agenda and within(agenda, sentence.span.end - 1):
            continue
        unnamed = _read(document, sentence, scene, found, rejected, guesses)
        if opening and scene.occasion is not None:
            _tell_opening(document, scene, opening, found, rejected)
            opening.clear()
        opening.extend(unnamed)
    session = find_session(document, scene.dated, scene.first, scene.named)
    if session is not None:
        if quotes is None:
            quotes, _ = find_quotes(document, lexicon)
        said = speakers(document, session, quotes, found, frozenset(who for who, _ in guesses.moved))
        found.extend(a for a in said if not away(scene, a.person, a.kind, a.what))
    found.extend(unsaid(guesses, found))
    if scene.delegation is not None and scene.delegation.first is not None:
        party = scene.delegation  # told of behind its members
        found = [
            when_it_goes(a, party, document.day) if a.when is None and a.rule.startswith(DELEGATED) else a
            for a in found
        ]
    if scene.signing is not None:
        found = [
            replace(a, when=scene.signing) if a.kind is ActivityKind.DEAL and a.when is None else a
            for a in found
        ]
    found = [_dated(a, scene) for a in found]
    if scene.first is not None:
        # the lead leaves the day to the sentences behind it
        found = [
            replace(a, when=scene.first)
            if a.when is None and not a.planned and a.rule.endswith(BORROWED)
            else a
            for a in found
        ]
    return merged([*found, *activities_of(document, agenda)]), tuple(rejected)


def _dated(activity: Activity, scene: Scene) -> Activity:
    """A planned part in an occasion with the day that is told behind it: 전시회는 18일 열린다."""
    if activity.when is not None or activity.kind is not ActivityKind.EVENT or not activity.planned:
        return activity
    day, until = scene.held.get(activity.what.split()[-1], (None, None))
    return replace(activity, when=day, until=until)


def _tell_opening(
    document: Document, scene: Scene, opening: Sequence[Opening], found: list[Activity],
    rejected: list[Rejection],
) -> None:  # fmt: skip
    """Takes what the sentences before told of an occasion that only the last one named."""
    known = scene.occasion
    if (
        known is None
        or known.span.start - opening[0].told.sentence.span.end > _OPENING
        or not is_held(document, known)
    ):
        return
    for part in opening:
        deed = replace(part.deed, kind=occasion_kind(document, known), pointing=True, needs_name=True)
        _take_deed(document, part.told, part.groups, deed, scene, found, rejected)


def _read(  # noqa: PLR0917
    document: Document, sentence: Sentence, scene: Scene, found: list[Activity], rejected: list[Rejection],
    guesses: Guesses,
) -> list[Opening]:  # fmt: skip
    """Takes what a sentence tells, and gives back what it tells of an occasion not named yet."""
    unnamed: list[Opening] = []
    before, first = Before.of(document, sentence.span.start, scene), len(found)
    if document.text[sentence.span.start] in _BULLETS:
        scene.topic = None
        scene.untold.clear()
        ends = document.text[sentence.span.end - 1] == "."
        if ends and document.text[sentence.span.start] in ITEMS:
            scene.occasion, scene.talked = None, -1  # no subhead
    told = read_days(document, sentence, scene.today)
    coming = document.day is not None and scene.today is not None and scene.today > document.day
    if coming and told.ahead is False and "이날" in sentence.span.of(document.text):
        told = read_days(document, sentence, scene.lately)  # 이날: not the day to come told of last
    groups = find_groups(document, sentence)
    occasions = scene.named[sentence.span.start] = find_occasions(document, sentence)
    absences(document, sentence, occasions, groups, scene)
    parsed = parse(document, sentence, occasions, groups)
    for deed in _deeds(parsed, told, scene):
        ready = settled(document, deed, scene)
        if ready is None and deed.needs_scene and scene.occasion is None and deed.rule != "inaugural":
            unnamed.append(Opening(deed, told, tuple(groups)))
        if ready is not None:
            _take_deed(document, told, groups, ready, scene, found, rejected)
    if before is not None:
        rejected.extend(_guess(parsed, told, before, scene, found[first:], guesses))
    remember(document, sentence, occasions, groups, told.days, scene)
    scene.setting = setting(parsed)
    scene.paper = find_paper(parsed) or scene.paper
    scene.delegation = find_delegation(parsed, told.days) or scene.delegation
    return unnamed


def _guess(  # noqa: PLR0917
    parsed: Parse, told: Told, before: Before, scene: Scene, known: Sequence[Activity], guesses: Guesses
) -> Iterator[Rejection]:
    """Adds what executives of whom the rules tell nothing here are likely to do; what is nearly likely."""
    document, watch = parsed.document, guesses.watch
    for candidate in find_candidates(parsed, told, before, scene, known, every=watch is not None):
        persona = document.persona_of(candidate.mention)
        name = persona.name
        if watch is not None:
            watch(parsed.sentence, candidate, frozenset(a.kind for a in known if a.person == name))
            continue
        if candidate.refused is not None or moves_on(guesses, name, parsed.sentence.span):
            continue
        likely, kind = candidate.likeliest()
        if kind not in TOLD:
            continue
        deed = placed(parsed, candidate, kind, before)
        if likely <= LIKELY:
            if likely > LIKELY - NEARLY:
                yield Rejection(f"{kind} of {name}: {deed.what}", "not likely enough", deed.span)
        elif scene.occasion is not None and (
            other := elsewhere(document, scene.occasion, parsed.sentence.span, persona.company)
        ):
            yield Rejection(f"{kind} of {name}: {deed.what}", other, deed.span)
        elif away(scene, name, kind, deed.what or scene.what, deed.span):
            yield Rejection(f"{kind} of {name}: {deed.what}", "is absent", deed.span)
        else:
            mentions, form = candidate.actors
            made = made_activity(document, told, deed, candidate.mention, form, mentions, scene)
            guesses.found.append((likely, made))


def _deeds(parsed: Parse, told: Told, scene: Scene) -> list[Deed]:
    """What a sentence tells of deeds, in order."""
    document = parsed.document
    if not (parsed.phrases or parsed.occasions or parsed.groups):
        scene.seen = None
        return []  # a third of the sentences: nothing in them tells a deed
    invited = find_invited(parsed)
    held = by_those_who_ask([*find_attendance(parsed), *find_speeches(parsed)], invited)
    events = [fuller(document, d, scene) for d in (*held, *invited, *find_stages(parsed))]
    # 이날 회의에 자리했다, where no talks were told
    events = [d for d in events if d.rule != AT_TABLE or d.what != CONFERENCE or at_talks(document, d, scene)]
    if not events:
        kind = occasion_kind(document, scene.occasion) if scene.occasion else ActivityKind.EVENT
        events = [replace(d, kind=kind) for d in find_presence(parsed, scene.told, scene.talked)]
    members = find_members(parsed, scene.delegation)
    joined = {d.span.start for d in members}
    visits = find_visits(parsed, scene.setting, scene.seen)
    scene.seen = visits[-1].what if visits else None
    fair = round_the_fair(parsed, visits, scene)
    calls, trips = find_calls(parsed), find_trips(parsed)
    # 노조를 찾아가 약속했다, 일본 기타큐슈를 찾았다: no visit besides
    told_so = [d for d in (*calls, *trips) if d.rule in {CALLS_ON, GOES_TO}]
    visits = [
        v
        for v in own_visits(visits, fair)
        if not any(_at_place(v, d) for d in events) and not any(_same_way(v, d) for d in told_so)
    ]
    meetings = [d for d in find_meetings(parsed) if not is_event(d, events)]
    deeds = [
        *(d for d in events if d.span.start not in joined and not (visits and d.rule == HELPS)),
        *members,
        *find_lined_up(parsed, scene),
        *(d for d in find_companions(parsed) if d.span.start not in joined),
        *trips,
        *(d for d in visits if not (_at_ceremony(document, d, events) or (meetings and d.rule == REGION))),
        *fair,
        *meetings,
        *find_clefts(parsed),
        *calls,
        *find_deals(parsed, scene.paper),
    ]
    if not deeds and told.days:
        deeds = [d for d in find_work(parsed) if day_of(document, d, told) is not None]
    return sorted(deeds, key=lambda d: d.span)


def _at_ceremony(document: Document, visit: Deed, events: Sequence[Deed]) -> bool:
    """True for 준공식에 참석해 … 생산 시설을 둘러봤다: what is shown at an occasion is no visit besides."""
    if visit.rule == "looks round" and events:
        return True
    before = [d for d in events if d.end <= visit.span.start and d.what.endswith(_OF_PLACES())]
    if not visit.seen_only or not before:
        return False
    return _THEN().search(document.text, before[-1].end, visit.span.start) is None


def _same_way(visit: Deed, other: Deed) -> bool:
    """True for the visit of whom one calls on, and of the town that a journey names (일본 기타큐슈)."""
    return visit.span == other.span and (other.rule == CALLS_ON or visit.what in other.what)


def _at_place(visit: Deed, event: Deed) -> bool:
    """True for the place of an occasion to which somebody went: 결승전이 열린 경기장을 찾았다."""
    return event.rule == AT_ITS_PLACE and event.span == visit.span


def _take_deed(  # noqa: PLR0917
    document: Document, told: Told, groups: Sequence[Group], deed: Deed, scene: Scene,
    found: list[Activity], rejected: list[Rejection],
) -> None:  # fmt: skip
    """Adds what each executive does, or why it does not count."""
    actors, form = find_actors(document, told.sentence, groups, deed, scene)
    executives = [m for m in actors if document.persona_of(m).executive or signs_for_house(deed, m)]
    if not executives:
        led = led_by_official(document, told.sentence.span.start, deed, actors)
        if led is not None and refusal(document, deed, told) is None:  # not 방문하려다 취소했다
            scene.led = led
        return
    if deed.rule.startswith(EACH_OTHER) and len(actors) < _TWO:
        return
    label = f"{deed.kind} of {document.persona_of(executives[0]).name}: {deed.what}"
    asked = meets_himself(deed, actors, form) or writer_met(document, deed, form)
    reason = "whoever writes met him" if asked else None
    if reason := reason or refusal(document, deed, told):
        rejected.append(Rejection(label, reason, deed.span))
        return
    for mention in executives:
        what = scene.what if deed.pointing and scene.occasion is not None else deed.what
        if away(scene, document.persona_of(mention).name, deed.kind, what, deed.span):
            rejected.append(Rejection(label, "is absent", deed.span))
            continue
        _take(document, told, deed, mention, form, actors, scene, found)
        if deed.kind is ActivityKind.TRIP and names_delegation(document, told.sentence, scene.delegation):
            scene.travellers.setdefault(mention.persona, mention)
        if len(actors) > 1 and (own := day_of_one(document, mention, told)) is not None:
            found[-1] = replace(found[-1], when=own.first, until=own.last)
        if deed.pointing and deed.kind in {ActivityKind.EVENT, ActivityKind.MEETING}:
            scene.told = told.sentence.span.end  # the sentence goes on with the occasion
        last = found[-1]
        for day, place in other_days(document, deed, told) if len(told.days) > 1 else ():
            if (told_again := repeated(deed, last.what, place)) is not None:
                found.append(replace(last, what=told_again, when=day.first, until=day.last, place=place))


def _take(  # noqa: PLR0917
    document: Document, told: Told, deed: Deed, mention: Mention, form: str, actors: tuple[Mention, ...],
    scene: Scene, found: list[Activity],
) -> None:  # fmt: skip
    """Adds an activity, or a companion to the one told last."""
    activity = made_activity(document, told, deed, mention, form, actors, scene)
    undated = activity.when is None or day_of(document, deed, told) is None
    if deed.rule == DELEGATED and scene.delegation is not None and undated:
        activity = when_it_goes(activity, scene.delegation, document.day)
    if deed.rule == ON_IT and deed.kind in scene.journeys and undated:
        journey = scene.journeys[deed.kind]
        activity = replace(activity, when=journey.when, until=journey.until, place=journey.place)
    if deed.rule == "comes along" and scene.last is not None:
        travels = document.text.startswith(TRAVELS(), deed.span.start) and scene.journey_index >= 0
        index = scene.journey_index if travels else scene.last_index
        leader = found[index]
        if leader.person != activity.person:
            names = dict.fromkeys((*leader.companions, activity.person))
            found[index] = replace(leader, companions=tuple(names))
            activity = replace(activity, companions=(leader.person,))
        activity = replace(activity, when=leader.when, until=leader.until, place=leader.place)
    else:
        scene.last, scene.last_index, scene.last_at = activity, len(found), told.sentence.span.start
        if activity.kind in JOURNEYS:
            scene.journey, scene.journey_index = activity, len(found)
            scene.journeys.setdefault(activity.kind, activity)
    found.append(activity)
