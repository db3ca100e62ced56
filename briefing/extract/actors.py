"""Who does what a predicate tells: subjects, joint subjects, modified nouns, omitted subjects, 두 사람."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from briefing.extract.counterparts import is_somebody
from briefing.extract.deeds import Deed
from briefing.extract.document import Document, Mention
from briefing.extract.groups import Group, actors_before, clause_ended, identified, modified, since_then
from briefing.extract.scene import Scene, topic
from briefing.extract.spans import between, titles_in
from briefing.extract.subjects import COUNTED, Subject, find_subjects, how_many, human
from briefing.extract.titles import title_kind
from briefing.korean.kiwi import Sentence
from briefing.korean.wordlists import listed, worded
from briefing.model import ActivityKind, QuotedBy, Span

# 두 사람은, 이들은, 남매는
_PLURAL_SUBJECT = worded(rf"(?<![가-힣])(?:{COUNTED})(?:은|는)\s")
_PLURAL = worded(COUNTED + r"|(?<![가-힣])(?P<kin>{people.kin})$")
_ALL = ("은 모두 ", "이 모두 ")
# … 소개한 뒤: who is spoken of, no subject
_REPORTED = re.compile(r"(?:라|다|자|냐)(?:고|며|면서)\s")
_PAIR = 2
_CROWD = re.compile(r"[가-힣]{2}들(?:을|이|은|과|에게|의)\s")
# … ‘작은 공장’을, (다른 회사의) B 사장은
_GAP = re.compile(r"[^.“”]{0,80}?[가-힣’'”)](?:을|를|에|에서|로|으로),\s(?:[^\s,.]+\s){0,4}")
# A 회장은 18일, (B 회장은 20일 출국한다)
_DAYS = re.compile(r"\s(?:[가-힣]+\s){0,2}\d{1,2}일,\s(?:[^\s,.]+\s){0,3}")
# 회사에서는 A 사장이, 노조에서는 (B 위원장이)
_SIDES = re.compile(r",\s(?:\S+\s){0,2}\S+(?:에서는|에선|에서|으로는|로는|쪽은|측은)\s(?:[^\s,.]+\s){0,3}")
# 의사봉을 두드린 이도 그였다
_IT_WAS_HE = worded(r"\s{people.pointing}(?:은|는|도)\s(?:바로\s)?그(?:였|이)")
# 사절단은 (14일 귀국한다)
_PARTY = worded(r"(?:^|(?<=[\s,]))[가-힣]{0,6}{occasions.trip.delegations}(?:은|는)\s")
# Whoever reports, of himself; not 취재진이 기다리는 가운데.
_WRITER = worded(r"(?:^|(?<=[\s,])){people.writers}\s(?![^.\n]{0,30}\s{occasions.held.amid}\s)")
# 조 사장의 발걸음은
_PARTS = worded(r"\s?(?:[^\s,.]+\s)?{people.parts}(?:은|는|이|가|도)\s")
# The noun behind a verb that modifies it, with its particle.
_WHOM = re.compile(r"\s(?:[가-힣]+\s)?(?P<who>[가-힣]+?들)(?:에게|과|을|의|이|은)(?:\s|$)")
# 연구팀은: those who act then are told by a noun of their own.
_UNITS = listed("people.units")
# A 회장이 세운 재단이 전달식을 열었다: so are these with 이.
_HOUSES = listed("people.houses")
_COMMAS = (",", "，")
_PURPOSE = re.compile(r"\s?(?:위해|위한|차\s)")

Actors = tuple[tuple[Mention, ...], str]


def find_actors(
    document: Document, sentence: Sentence, groups: Sequence[Group], deed: Deed, scene: Scene
) -> Actors:
    """Mentions of those who act, and how that is told.

    Returns:
        The mentions, empty if nobody known acts, and "named", "modified" (참석한 A), "plural"
        (두 사람은), "purpose" (서명을 위해 A가) or "omitted".
    """
    if deed.actors:
        return deed.actors, "named"
    if deed.adnominal and scene.topic is not None and _IT_WAS_HE().match(document.text, deed.end):
        return (scene.topic,), "identified"
    shown = _behind(document, sentence, groups, deed) or _listed(document, sentence, groups, deed)
    if shown is not None:
        return shown
    if deed.adnominal and (whom := _WHOM.match(document.text, deed.end)) and human(whom["who"]):
        return (), ""  # 부스를 찾은 바이어들에게
    group = actors_before(document, sentence, groups, deed.span.start)
    if deed.adnominal and (group is None or group.topic):
        return (), ""  # 본사를 찾은 부총리 일행을: somebody else does it
    if group is not None:
        if (both := _both(document, sentence, group, deed, scene)) is not None:
            return both, "plural"
        if _somebody_else(document, sentence, group, deed):
            return (), ""
        return (*_gapped(document, groups, group), *_together(groups, group, deed)), "named"
    return _nobody_named(document, sentence, groups, deed, scene)


def _behind(document: Document, sentence: Sentence, groups: Sequence[Group], deed: Deed) -> Actors | None:
    """Whom a verb modifies or tells of (행사에 참석한 조 사장, 리본을 자른 이는 조 사장이다)."""
    if not deed.adnominal:
        return None
    if people := identified(document, groups, deed.end, sentence):
        return people, "identified"
    group = modified(document, groups, deed.end, sentence)
    if (
        group is None
        or (group.role == "with" and deed.kind is not ActivityKind.TRIP)
        or _done_to(document, sentence, group, deed)
    ):
        return None
    return group.mentions, "modified"


def _listed(document: Document, sentence: Sentence, groups: Sequence[Group], deed: Deed) -> Actors | None:
    """Everybody between an occasion and its verb (협약식에는 A, B 등이 참석했다)."""
    last = deed.span.start
    present = [
        g for g in groups
        if deed.since >= 0 and g.mentions[0].span.start >= deed.since and g.mentions[-1].span.end <= last
        and g.role not in {"with", "object", "of"} and not since_then(sentence, g.end, last)
    ]  # fmt: skip
    if not present:
        return None
    subject = present[-1].role == "subject" and present[-1].end <= last
    if not subject and document.text[present[-1].mentions[-1].span.end : last].strip():
        return None
    return tuple(m for g in present for m in g.mentions), "named"


def _nobody_named(
    document: Document, sentence: Sentence, groups: Sequence[Group], deed: Deed, scene: Scene
) -> Actors:
    """Who acts where no person stands before the verb: 두 사람은, 서명을 위해 A가, or the topic."""
    before = sentence.span.start, deed.span.start
    if _WRITER().search(document.text, *before):
        return (), ""  # 저는 지금 공항에 나와 있습니다
    if _PARTY().search(document.text, *before):
        return tuple(scene.travellers.values()), "party"  # 사절단은 14일 귀국한다
    subjects = find_subjects(document, sentence.tokens, sentence.span.start, deed.span.start)
    if (plural := _plural(document, subjects, scene)) is not None:
        return plural, "plural"
    later = [g for g in groups if g.role == "subject" and g.mentions[0].span.start >= deed.end]
    if later:
        between = document.text[deed.end : later[0].mentions[0].span.start]
        if _PURPOSE.match(between) and between.count(",") <= 1:
            return later[0].mentions, "purpose"
        return (), ""
    if deed.others and any(s.by is not QuotedBy.EXECUTIVE and is_somebody(s.head) for s in subjects):
        return deed.others, "met"  # 장관은 A 사장과 간담회를 열고: nobody known invites
    if (owner := _whose(document, groups, deed)) is not None:
        return owner, "possessive"
    held = [s.mention for s in subjects if s.mention is not None and not s.weak and _by_title(s)]
    if held and not deed.adnominal:
        return (held[-1],), "by title"  # 이 회사 대표는 12일 공장을 찾아
    if (named := _in_headline(document, sentence, groups, deed)) is not None:
        return named, "headline"
    blocking = [s for s in subjects if not s.place and not (s.weak and s.mention is None)]
    if blocking or (known := topic(document, scene)) is None or deed.needs_name:
        return (), ""
    if known in scene.gathered and deed.kind is not ActivityKind.MEETING:
        return scene.gathered, "omitted"  # A 회장과 B 사장은 만났다. 9일에는 공장을 둘러봤다
    return (known, *_beside(groups, deed, known)), "omitted"


def _beside(groups: Sequence[Group], deed: Deed, known: Mention) -> list[Mention]:
    """Who acts with the one left out: 이틀 뒤에는 [B 대표]와 계약서에 서명했다."""
    if deed.kind is ActivityKind.MEETING:
        return [m for m in deed.others if m.persona != known.persona]
    mutual = deed.kind is ActivityKind.DEAL and deed.mutual
    beside = [g for g in groups if (g.role == "with" if mutual else g.joint)]
    return [m for g in beside if g.end <= deed.span.start for m in g.mentions]


def _whose(document: Document, groups: Sequence[Group], deed: Deed) -> tuple[Mention, ...] | None:
    """Whose steps or face act for him: 조 사장의 발걸음은 변전소로 향했다, 백 대표의 얼굴도 보였다."""
    before = [g for g in groups if g.end <= deed.span.start]
    if not before or before[-1].role != "of":
        return None
    match = _PARTS().match(document.text, before[-1].end, deed.span.start)
    return before[-1].mentions if match is not None else None


def _in_headline(
    document: Document, sentence: Sentence, groups: Sequence[Group], deed: Deed
) -> tuple[Mention, ...] | None:
    """Who is named before the first comma of a line without a final verb: A 사장, 위판장 찾아 점검."""
    if deed.kind is ActivityKind.TRIP or any(t.tag == "EF" for t in sentence.tokens[-2:]):
        return None  # journeys know their own headlines
    first = next((g for g in groups if g.mentions[-1].span.end <= deed.span.start), None)
    if first is None or first.role:
        return None
    end = first.mentions[-1].span.end
    named = [m.span for m in first.mentions]
    if any(
        t.tag[0] == "J" and not any(s.start <= t.start < s.end for s in named)  # 여민준: 여민주|ㄴ
        for t in between(sentence.tokens, sentence.span.start, end)
    ):
        return None
    return first.mentions if document.text[end : end + 1] in _COMMAS else None


def _by_title(subject: Subject) -> bool:
    """True for a title without a name that means one executive of the text (회사 대표는)."""
    mention = subject.mention
    return mention is not None and subject.by is QuotedBy.EXECUTIVE and mention.span != subject.span


def _done_to(document: Document, sentence: Sentence, group: Group, deed: Deed) -> bool:
    """True for 회사 측이 올린 B 부사장의 선임안, A 사장이 만난 B 회장은: another does it."""
    if group.role not in {"subject", "of"}:
        return False  # A 사장이 10일 방한한 B 회장을 접견했다
    subjects = find_subjects(document, sentence.tokens, sentence.span.start, deed.span.start)
    return any(not s.topic and not s.weak for s in subjects)


def _gapped(document: Document, groups: Sequence[Group], group: Group) -> tuple[Mention, ...]:
    """Those in front of somebody who share his verb: A 사장은 미국을, B 사장은 일본을 찾았다."""
    found: tuple[Mention, ...] = ()
    number = list(groups).index(group)
    for before, behind in zip(reversed(groups[:number]), reversed(groups[1 : number + 1]), strict=True):
        end = before.end if before.role else before.mentions[-1].span.end
        gap = document.text[end : behind.mentions[0].span.start]
        shared = _GAP.fullmatch(gap) is not None or (behind.topic and _DAYS.fullmatch(gap) is not None)
        gapped = _SIDES.fullmatch(gap) is not None or (before.topic and shared)
        if not gapped and before.role == "subject" and not behind.topic:
            gapped = _GAP.fullmatch(gap) is not None  # A 대표가 기술을, B 대표가 온실을 소개했다
        if before.role not in {"subject", ""} or not gapped:
            break
        found = (*before.mentions, *found)
    return found


def _somebody_else(document: Document, sentence: Sentence, group: Group, deed: Deed) -> bool:
    """True for 조 대표는 … 부인이 대신 상을 받았다: the topic is not who acts."""
    if not group.topic and not deed.adnominal:
        return _house_goes_on(document, sentence, group, deed)
    subjects = find_subjects(document, sentence.tokens, group.end, deed.span.start)
    return any(
        not s.topic
        and not s.weak
        and s.mention is None
        and s.by is QuotedBy.UNNAMED
        and (human(s.head) or (deed.adnominal and title_kind(s.head) is not None))
        for s in subjects
    )


def _house_goes_on(document: Document, sentence: Sentence, group: Group, deed: Deed) -> bool:
    """True for A 대표가 취임한 뒤 회사는 … 협약을 맺었다, A 전무가 이끄는 연구팀은: told of those then."""
    if not clause_ended(document, sentence, group.end, deed.span.start):
        return False
    subjects = find_subjects(document, sentence.tokens, group.end, deed.span.start)
    if any(
        (s.topic or s.head in _HOUSES())
        and not s.place and s.mention is None and s.by is QuotedBy.UNNAMED
        for s in subjects
    ):  # fmt: skip
        return True
    gap = between(sentence.tokens, group.end, deed.span.start)
    return any(
        t.tag == "JX" and b.form in _UNITS() and not document.quoted(t.start) for b, t in pairwise(gap)
    )


def _together(groups: Sequence[Group], group: Group, deed: Deed) -> tuple[Mention, ...]:
    """The group with those in front of 비롯해, and with the other side where both act."""
    mentions = group.mentions
    number = list(groups).index(group)
    if number and groups[number - 1].role == "among":
        mentions = (*groups[number - 1].mentions, *mentions)
    if deed.kind in {ActivityKind.EVENT, ActivityKind.VISIT, ActivityKind.TRIP}:
        for other in groups:
            if other.joint and other is not group and other.end <= deed.span.start:
                mentions = (*mentions, *other.mentions)
    if deed.others:
        return (*mentions, *(m for m in deed.others if m not in mentions))
    if deed.mutual:
        for other in groups:
            if other.role == "with" and other.end <= deed.span.start and other is not group:
                mentions = (*mentions, *other.mentions)
    return mentions


def _plural(document: Document, subjects: Sequence[Subject], scene: Scene) -> tuple[Mention, ...] | None:
    """Whom 두 사람 or 이들 means, or None if nobody is meant so."""
    for subject in subjects:
        if subject.mention is not None:
            continue
        lead = document.text[max(0, subject.span.start - 3) : subject.span.end]
        match = _PLURAL().search(lead)
        if match is None:
            continue
        if match["kin"] and not _are_kin(document, subject, scene):
            continue
        number = _PAIR if match["kin"] else how_many(match)
        if number and len(scene.gathered) != number:
            return tuple(scene.recent[-number:])
        if not number and document.text.startswith(_ALL, subject.span.end) and not _just_told(scene):
            # A 회장은 …. B 사장은 …. 이들은 모두 참석한다
            return tuple(scene.recent) if len(scene.recent) > 1 and not _crowd(document, subject) else ()
        return scene.gathered
    return None


def _are_kin(document: Document, subject: Subject, scene: Scene) -> bool:
    """True for A 회장과 동생 A' 사장은 …. 형제는: the two told of, with one family name."""
    sentence = document.sentence_at(subject.span.start)
    two = scene.gathered if len(scene.gathered) == _PAIR else scene.recent
    if sentence is None or len(two) != _PAIR:
        return False
    names = [document.persona_of(m).name or "" for m in two]
    alone = not document.text[sentence.span.start : subject.span.start].strip()
    return alone and names[0][:1] == names[1][:1]


def _crowd(document: Document, subject: Subject) -> bool:
    """True where the sentence before tells of a crowd: 직원들을 격려했다. 이들은 모두."""
    number = document.sentence_index(subject.span.start)
    if number < 1:
        return False
    return _CROWD.search(document.sentences[number - 1].span.of(document.text)) is not None


def _just_told(scene: Scene) -> bool:
    """True if those who were named together are whom the text spoke of last."""
    last = {m.persona for m in scene.recent[-len(scene.gathered) :]} if scene.gathered else set()
    return bool(last) and last == {m.persona for m in scene.gathered}


def _both(
    document: Document, sentence: Sentence, group: Group, deed: Deed, scene: Scene
) -> tuple[Mention, ...] | None:
    """A 사장은 답했고 두 사람은 의향서에 서명했다: whom the later subject means."""
    match = _PLURAL_SUBJECT().search(document.text, group.end, deed.span.start)
    if deed.adnominal or match is None:
        return None
    if _REPORTED.search(document.text, match.end(), deed.span.start):
        return None  # 이들은 우리의 미래라고 소개한 뒤
    told = document.mentions_in(Span(sentence.span.start, match.start()))
    people = {m.persona: m for m in told}
    here = [m for m in people.values() if document.persona_of(m).executive]
    strangers = titles_in(document, sentence.span.start, match.start())
    if len(here) < len(people) or len(told) < len(strangers):
        return tuple(here) or None  # A 사장은 박 장관을 만났으며 두 사람은
    if len(here) > 1:
        both = Scene(recent=here)
    else:
        own = {m.persona for m in here}
        others = [m for m in scene.recent if m.persona not in own]
        apart = len(others) > 1 and len(others) == len(scene.recent)  # A는 B를 만났다. C는 축하했고 두 사람은
        both = Scene(recent=others if apart else others + here)
        known = own <= {m.persona for m in scene.gathered}
        both.gathered = scene.gathered if known or _just_told(scene) else ()
    subjects = find_subjects(document, sentence.tokens, group.end, deed.span.start)
    meant = _plural(document, subjects, both)
    return meant if meant is not None and len(meant) > 1 else None
