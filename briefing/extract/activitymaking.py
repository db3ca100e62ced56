"""An activity from a deed: whose, what, where and when it is, and what shows it."""

from __future__ import annotations

import re
from datetime import date

from briefing.extract.counterparts import counterpart
from briefing.extract.deeds import Deed
from briefing.extract.document import Document, Mention
from briefing.extract.merging import BORROWED, LISTED
from briefing.extract.occasions import place_before
from briefing.extract.officials import WITH_OFFICIAL
from briefing.extract.scene import Scene, inside
from briefing.extract.timing import Told, day_of, goes_on, lies_ahead
from briefing.extract.visits import GOES_TOO
from briefing.korean.wordlists import affixes, worded
from briefing.model import Activity, ActivityKind, Resolution

_SPEECHES = affixes("occasions.event.speeches")
_VAGUELY = worded(
    r"(?<![가-힣]){times.vaguely}(?:에|에는|은|는)?\s|(?:오는|이르면|늦어도)\s(?:오는\s)?\d{1,2}월(?!\s?\d)"
)
# 3일에는 거래소를 방문하고, 내주 초 (노조와 상견례를 한다): a deed of a time of its own, without a day …
_NEXT_VAGUELY = worded(r",\s(?:이어\s)?{times.weeks}(?:에|에는|은|는)?\s")
# … that is no part of what it tells: 내주 초 노조, 6월 서울.
_TIME_FIRST = worded(r"^{times.weeks}\s(?=\S)")
_MONTH_FIRST = re.compile(r"^\d{1,2}월\s(?=\S)")
# A deed of another day, which is done elsewhere.
_THEN = worded(r"(?<=[\s,])(?:{times.next_days}|\d{1,2}일)(?:에는|엔)\s")
# Plain present forms, with which news tells what is to come: 참석한다, 찾는다, 떠난다.
_PRESENT = re.compile(r"(?:한|는|난|선|간|연|온|본|된|른|린|진|든)다$")


def made_activity(  # noqa: PLR0917
    document: Document, told: Told, deed: Deed, mention: Mention, form: str, actors: tuple[Mention, ...],
    scene: Scene,
) -> Activity:  # fmt: skip
    """The activity that one of those who act takes part in by a deed."""
    persona = document.persona_of(mention)
    what = counterpart(document, told.sentence, deed, mention, actors)
    start = told.sentence.span.start
    for then in _THEN().finditer(document.text, start, deed.span.start):
        start = then.end()  # 8일 부산에서 만나고, 9일에는 (울산 공장을 찾는다)
    place = place_before(document, start, deed.span.start)
    if deed.pointing and scene.occasion is not None:
        what, place = scene.what, place or scene.place
    when, until, own = _when(document, told, deed, scene)
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
    ahead = lies_ahead(deed, told)
    planned = ahead is True and (document.day is None or when is None or when >= document.day)
    planned = planned or (document.day is not None and when is not None and when > document.day)
    planned = planned or (when is None and ahead is None and is_present(document, deed))
    what = _TIME_FIRST().sub("", " ".join(what.split()))
    if what.count("'") % 2:
        what = what.replace("'", "")  # '2025 미래유통포럼' 기조연설, cut behind the first mark
    if deed.kind is not ActivityKind.EVENT:  # 6월 민주항쟁 기념식
        what = _MONTH_FIRST.sub("", what)
    return Activity(
        person=persona.name, company=persona.company, kind=deed.kind or ActivityKind.EVENT,
        what=what, when=when, evidence=tuple(evidence),
        title=persona.title_shown, until=until, place=place, companions=tuple(others), planned=planned,
        resolutions=resolutions,
        rule=f"{deed.rule}{LISTED if deed.listed else ''}; {form}{'' if own else BORROWED}",
    )  # fmt: skip


def is_present(document: Document, deed: Deed) -> bool:
    """True for the plain present with which news tells what is to come (참석한다)."""
    return _PRESENT.search(document.text[deed.span.start : deed.end]) is not None


def _when(document: Document, told: Told, deed: Deed, scene: Scene) -> tuple[date | None, date | None, bool]:
    """The first and the last day of a deed, and whether they are told with it."""
    day = day_of(document, deed, told)
    if (
        day is not None
        and _NEXT_VAGUELY().search(document.text, day.span.end, deed.span.start)
        and (deed.ahead or is_present(document, deed))
    ):
        return None, None, True
    when, until = (day.first, day.last) if day is not None else (None, None)
    if deed.pointing and scene.occasion is not None and (day is None or day.vague):
        when, until = scene.day or when, scene.until
    event = deed.kind is ActivityKind.EVENT
    if when is None and event and scene.day is not None and deed.what.endswith(_SPEECHES()):
        return scene.day, until, True  # 그는 개막 연설도 한다
    if when is not None or deed.listed or (day is not None and day.first is not None):
        return when, until, when is not None
    start = told.sentence.span.start
    if day is None and not deed.pointing and _VAGUELY().search(document.text, start, deed.span.start):
        return None, until, True  # 14일 업계에 따르면 A 회장은 지난주 대만을 찾았다
    if deed.rule in {GOES_TOO, WITH_OFFICIAL}:
        return scene.coming or scene.anchor, until, False
    if lies_ahead(deed, told) is True:
        coming = scene.coming
        if coming is None and scene.day is not None and document.day is not None and scene.day > document.day:
            coming = scene.day  # 8일부터 박람회를 연다. … 개막식에는
        return coming if event and not told.days else None, until, False
    goes = goes_on(document, told.sentence) and deed.ahead is None
    return scene.anchor if goes else scene.lately, until, False
