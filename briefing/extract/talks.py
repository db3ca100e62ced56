"""Deeds at the talks of the sentences before: 이 자리에는, 이날 회의에는 A 전무도 자리했다."""

from __future__ import annotations

from briefing.extract.attendance import AT_TABLE, CONFERENCE
from briefing.extract.deeds import Deed
from briefing.extract.document import Document
from briefing.extract.scene import Scene
from briefing.korean.wordlists import affixes, worded
from briefing.model import ActivityKind

# The occasion told before, spoken of as a place: 이 자리에는 A 사장이 참석했다.
HERE = frozenset({"이 자리", "그 자리", "이날 자리", "자리"})
# Where 이 자리 means a meeting, it was told within this many characters before; where its own noun tells it
# again, within so many.
_TALKED, _AGAIN = 120, 400
# 강연했다, 특강한다.
_BY_ITSELF = affixes("occasions.held.lectures")
_HALL = worded(r"(?:이날\s)?(?:현장|{occasions.held.here})에(?:는|도)\s")
# The talks spoken of by their day: 첫날 회의에는.
_FIRST_DAY = worded(rf"{{occasions.held.days}}\s{CONFERENCE}")


def at_talks(document: Document, deed: Deed, scene: Scene) -> bool:
    """True for 이 자리에는 A 회장이 참석했다 behind a meeting that was told last."""
    event = deed.kind is ActivityKind.EVENT and not (deed.pointing and deed.what not in HERE)
    if (
        event
        and scene.talks
        and deed.what.removesuffix("장") == scene.talks
        and 0 <= deed.span.start - scene.talked <= _AGAIN
    ):
        # 총리가 총수들과 오찬을 함께했다. 오찬에는 A 회장이 참석했다; not 만찬에서 연설했다
        return scene.told < scene.talked
    here = deed.kind is ActivityKind.EVENT and deed.what in {*HERE, "행사"}
    conference = deed.what == CONFERENCE if deed.rule == AT_TABLE else _FIRST_DAY().fullmatch(deed.what)
    if speaks(document, deed) or not (here or conference):
        return False
    return scene.talked > scene.told and 0 <= deed.span.start - scene.talked <= _TALKED


def speaks(document: Document, deed: Deed) -> bool:
    """True for 이날 행사에서 40분간 강연했다: an occasion of its own, no talks told before."""
    return document.text.startswith(_BY_ITSELF(), deed.span.start)


def in_the_hall(document: Document, deed: Deed) -> bool:
    """True for 현장에는 A 전무가 함께했다: where the occasion is, and no talks."""
    sentence = document.sentence_at(deed.span.start)
    return sentence is not None and _HALL().match(document.text, sentence.span.start) is not None
