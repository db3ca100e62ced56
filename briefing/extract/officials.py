"""Officials, or a party of a house, who go to see something, for the executives named behind.

"산업부 장관은 13일 터빈 공장을 찾았다. 현장에는 연 사장이 함께했다": the visit is no executive's, and is
kept only for whoever the next sentences say was there too.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from briefing.extract.deeds import Deed
from briefing.extract.document import Document, Mention
from briefing.extract.records import record
from briefing.korean.wordlists import affixes, worded
from briefing.model import ActivityKind

# The rule of those who go with an official.
WITH_OFFICIAL = "goes with an official"
JOURNEYS = frozenset({ActivityKind.TRIP, ActivityKind.VISIT})
_OFFICIALS = affixes("occasions.meeting.officials")
_SUBJECT = worded(
    r"(?:{occasions.meeting.officials}|{occasions.visit.parties})(?:\([^()]*\))?(?:은|는|이|가|께서)\s"
)
# Who does this comes along on a journey or visit.
TRAVELS = affixes("deeds.beside.travels")
_THERE = re.compile(r"(?:[^\s,.]+\s){0,2}[^\s,.]+에(?:는|도)\s")
_NOT_THERE = worded(r"{occasions.held.not_there}")
# Who went with him is told within so many characters.
_NEAR = 240


@record(frozen=True, slots=True)
class Led:
    """A visit or journey of an official.

    Attributes:
        kind: Which.
        what: The place, as written.
        at: Where its sentence begins.
    """

    kind: ActivityKind
    what: str
    at: int


def led_by_official(document: Document, start: int, deed: Deed, actors: Sequence[Mention]) -> Led | None:
    """The visit or journey of an official that a deed tells, in a sentence from `start` on, or None."""
    if deed.kind not in JOURNEYS or deed.adnominal or deed.unreal:
        return None
    if actors:
        titles = [document.persona_of(m).title or "" for m in actors]
        leads = any(t.endswith(_OFFICIALS()) for t in titles)
    else:
        match = _SUBJECT().search(document.text, start, deed.span.start)
        leads = match is not None and not document.quoted(match.start())
    return Led(deed.kind, deed.what, start) if leads and deed.kind is not None else None


def goes_along(document: Document, deed: Deed) -> bool:
    """True for A 사장이 동행했다, 현장에는 A 사장이 함께했다; not 직원들과 함께했다."""
    if document.text.startswith(TRAVELS(), deed.span.start):
        return True
    sentence = document.sentence_at(deed.span.start)
    return sentence is not None and _THERE.match(document.text, sentence.span.start) is not None


def is_elsewhere(document: Document, deed: Deed) -> bool:
    """True for 현장에는 …, A 사장은 본사에서 화상으로 참석했다."""
    sentence = document.sentence_at(deed.span.start)
    return sentence is not None and bool(
        _NOT_THERE().search(document.text, sentence.span.start, deed.span.start)
    )


def behind_official(deed: Deed, led: Led | None) -> Deed | None:
    """The deed of who was there with an official whose visit was told before, or None."""
    if led is None or not 0 < deed.span.start - led.at <= _NEAR:
        return None
    return replace(deed, kind=led.kind, what=led.what, pointing=False, rule=WITH_OFFICIAL)
