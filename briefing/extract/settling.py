"""What a deed is that the sentences before tell: 이 자리에는, 동행했다, 오찬에는 A 회장이 참석했다."""

from __future__ import annotations

from dataclasses import replace

from briefing.extract.activitymaking import is_present
from briefing.extract.companions import JOINS, JOINS_ALL, LOOKS_TOO, ON_IT
from briefing.extract.deeds import Deed
from briefing.extract.document import Document
from briefing.extract.fairgrounds import ROUND
from briefing.extract.occasions import Occasion, word_set
from briefing.extract.officials import JOURNEYS, TRAVELS, behind_official, goes_along, is_elsewhere
from briefing.extract.roundtables import occasion_kind
from briefing.extract.scene import Scene
from briefing.extract.speeches import ACCEPTS
from briefing.extract.talks import HERE, at_talks, in_the_hall, speaks
from briefing.model import Activity, ActivityKind

# Somebody who comes along is told within this many characters of what he comes along to.
_ALONG = 400


def settled(document: Document, deed: Deed, scene: Scene) -> Deed | None:
    """The deed with its kind, where that comes from the sentences before; None if they do not tell it."""
    if deed.rule != ROUND and at_talks(document, deed, scene):
        return replace(deed, kind=ActivityKind.MEETING, what=scene.talks, pointing=False)
    start, last = deed.span.start, scene.last
    deed = _joined(deed, scene)
    if deed.rule == JOINS:
        return deed if ActivityKind.TRIP in scene.journeys else None
    near = last is not None and start - scene.last_at <= _ALONG
    if deed.rule == LOOKS_TOO:
        return _looking_too(document, deed, last) if near else None
    if (led := _with_official(document, deed, scene)) is not None:
        return None if is_elsewhere(document, deed) else led
    if (led := _on_the_way(document, deed, scene)) is not None:
        return led
    if deed.kind is None and scene.occasion is not None and _at_hand(document, deed, scene):
        kind = occasion_kind(document, scene.occasion)
        return replace(deed, kind=kind, what=scene.what, pointing=True, rule="takes part")
    if deed.kind is None:
        leader = scene.journey if document.text.startswith(TRAVELS(), start) else last
        if not near or leader is None or (deed.rule == "again" and leader.kind in JOURNEYS):
            return None
        return replace(deed, kind=leader.kind, what=leader.what)
    talks = near and last is not None and last.kind is ActivityKind.MEETING
    visited = near and last is not None and last.kind is ActivityKind.VISIT and scene.told < scene.last_at
    if visited and last is not None and deed.what in HERE:
        # 공장을 찾았다. 이 자리에는 A 본부장도 함께했다
        return replace(deed, kind=last.kind, what=last.what, pointing=False, rule="comes along")
    here = deed.what in {"행사", *HERE} and scene.occasion is None
    if here and talks and last is not None and not speaks(document, deed):
        return replace(deed, kind=last.kind, what=last.what)
    if deed.needs_scene and (scene.occasion is None or not _fits(deed, scene.occasion)):
        return None
    coming = document.day is not None and scene.day is not None and scene.day > document.day
    if deed.needs_scene and coming and not (deed.ahead or is_present(document, deed)):
        return None  # 표창을 받았다, where the occasion is one to come; not 자리를 함께한다
    return deed


def _on_the_way(document: Document, deed: Deed, scene: Scene) -> Deed | None:
    """동행했다 behind what is still to be seen on a journey that has begun: along on all of it."""
    trip = scene.journeys.get(ActivityKind.TRIP)
    leader = scene.journey if document.text.startswith(TRAVELS(), deed.span.start) else scene.last
    if deed.kind is not None or deed.what or deed.ahead is not False or trip is None or leader is None:
        return None
    if leader.kind is not ActivityKind.VISIT or not leader.planned or trip.planned:
        return None
    if trip.person != leader.person:
        return None
    return replace(deed, kind=trip.kind, what=trip.what, rule=ON_IT)


def _looking_too(document: Document, deed: Deed, last: Activity | None) -> Deed | None:
    """B 본부장과 함께 재고를 확인했다: along with whoever went to see the place told last only."""
    if last is None or last.kind is not ActivityKind.VISIT:
        return None
    if not any(document.persona_of(m).name in {last.person, *last.companions} for m in deed.others):
        return None
    return replace(deed, kind=last.kind, what=last.what, rule="comes along", others=())


def _joined(deed: Deed, scene: Scene) -> Deed:
    """전 일정을 수행했다: on the journey told before, or else along with whoever acted last."""
    if deed.rule != JOINS_ALL:
        return deed
    if ActivityKind.TRIP in scene.journeys:
        return replace(deed, rule=ON_IT)
    return replace(deed, kind=None, rule="comes along")


def _with_official(document: Document, deed: Deed, scene: Scene) -> Deed | None:
    """이 자리에는 A 사장도 동행했다, where an official's visit was told last."""
    shown = -1 if scene.last is None else scene.last_at
    if scene.led is None or scene.led.at <= max(shown, scene.told):
        return None
    here = deed.what in {"행사", "현장", *HERE} and not speaks(document, deed)
    here = here or (deed.rule == ON_IT and deed.kind is ActivityKind.VISIT and " " not in deed.what)
    here = here or (deed.kind is None and goes_along(document, deed))
    return behind_official(deed, scene.led) if here else None


def _fits(deed: Deed, occasion: Occasion) -> bool:
    """True unless it is an inaugural address without a ceremony, which may be but written."""
    if deed.rule == ACCEPTS:
        return occasion.head in word_set("event", "assemblies")
    return deed.rule != "inaugural" or occasion.head.endswith("식")


def _at_hand(document: Document, deed: Deed, scene: Scene) -> bool:
    """True if somebody who sits in does so at the occasion named last, not at what was done last."""
    if scene.last is not None and scene.last.kind is ActivityKind.MEETING and in_the_hall(document, deed):
        return True  # 박람회에서 B 대표를 만났다. 현장에는 A 전무가 함께했다
    if not document.text.startswith(("배석", "동석"), deed.span.start):
        return False
    return scene.last is None or scene.told > scene.last_at or deed.span.start - scene.last_at > _ALONG


def fuller(document: Document, deed: Deed, scene: Scene) -> Deed:
    """The deed at the occasion named before, where it is told again by its last noun alone (간담회에는)."""
    known = scene.occasion
    if known is None or deed.kind not in {ActivityKind.EVENT, ActivityKind.MEETING}:
        return deed
    if deed.what in word_set("held", "halls"):
        return replace(deed, what=scene.what)  # 행사장을 찾아
    here = deed.pointing or deed.what in HERE
    if not here and (deed.what == known.phrase or not known.phrase.endswith(deed.what)):
        return deed
    return replace(deed, pointing=True, kind=occasion_kind(document, known))
