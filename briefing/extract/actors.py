"""Who does what a predicate tells: subjects, joint subjects, modified nouns, omitted subjects, 두 사람."""

from __future__ import annotations

import re
from collections.abc import Sequence

from briefing.extract.deeds import Deed
from briefing.extract.document import Document, Mention
from briefing.extract.groups import Group, actors_before, modified
from briefing.extract.scene import Scene
from briefing.extract.subjects import Subject, find_subjects
from briefing.korean.kiwi import Sentence
from briefing.model import ActivityKind

_PLURAL = re.compile(r"이들|(?P<n>두|세|네)\s?(?:사람|대표|회장|총수|최고경영자|수장|CEO|행장|사장)")
_NUMBERS = {"두": 2, "세": 3, "네": 4}
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
    if deed.adnominal:
        group = modified(document, groups, deed.end, sentence)
        if group is not None and group.role != "with":
            return group.mentions, "modified"
    if deed.since >= 0:
        present = [g for g in groups if g.mentions[0].span.start >= deed.since and g.end <= deed.span.start]
        present = [g for g in present if g.role not in {"with", "object", "of"}]
        if present and present[-1].role == "subject":
            return tuple(m for g in present for m in g.mentions), "named"
    group = actors_before(document, sentence, groups, deed.span.start)
    if group is not None:
        return _together(groups, group, deed), "named"
    subjects = find_subjects(document, sentence.tokens, sentence.span.start, deed.span.start)
    if (plural := _plural(document, subjects, scene)) is not None:
        return plural, "plural"
    later = [g for g in groups if g.role == "subject" and g.mentions[0].span.start >= deed.end]
    if later:
        between = document.text[deed.end : later[0].mentions[0].span.start]
        if _PURPOSE.match(between) and between.count(",") <= 1:
            return later[0].mentions, "purpose"
        return (), ""
    blocking = [s for s in subjects if not s.place and not (s.weak and s.mention is None)]
    if blocking or scene.topic is None or deed.needs_name:
        return (), ""
    return (scene.topic,), "omitted"


def _together(groups: Sequence[Group], group: Group, deed: Deed) -> tuple[Mention, ...]:
    """The group with those in front of 비롯해, and with the other side where both act."""
    mentions = group.mentions
    number = list(groups).index(group)
    if number and groups[number - 1].role == "among":
        mentions = (*groups[number - 1].mentions, *mentions)
    if deed.mutual:
        for other in groups:
            sides = {"with", "object"} if deed.kind is ActivityKind.MEETING else {"with"}
            if other.role in sides and other.end <= deed.span.start and other is not group:
                mentions = (*mentions, *other.mentions)
    return mentions


def _plural(document: Document, subjects: Sequence[Subject], scene: Scene) -> tuple[Mention, ...] | None:
    """Whom 두 사람 or 이들 means, or None if nobody is meant so."""
    for subject in subjects:
        if subject.mention is not None:
            continue
        lead = document.text[max(0, subject.span.start - 3) : subject.span.end]
        match = _PLURAL.search(lead)
        if match is None:
            continue
        number = _NUMBERS.get(match["n"] or "", 0)
        if number and len(scene.gathered) != number:
            return tuple(scene.recent[-number:])
        return scene.gathered
    return None
