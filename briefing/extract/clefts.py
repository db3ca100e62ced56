"""What somebody did, told by a noun: 18일 찾은 곳은 연구소였다, 10일 만난 사람은 A 사장이었다."""

from __future__ import annotations

from dataclasses import replace

from briefing.extract.clauses import Clause, lemmas
from briefing.extract.deeds import Deed, Parse, deed_words, told
from briefing.extract.groups import identified
from briefing.extract.places import AROUND, abroad
from briefing.extract.sites import is_work_place
from briefing.korean.wordlists import worded
from briefing.model import ActivityKind

# (찾은) 곳은 당진의 연구소였다, (택한) 곳은 인도다
_WHERE = worded(
    r"\s(?:{deeds.cleft.places})(?:은|는)\s(?:(?:바로|다름\s아닌)\s)?(?P<place>[^.,“”\"]{2,40}?)(?P<is>이었|였|이|)다(?=[.\s]|$)"
)


def find_clefts(parse: Parse) -> list[Deed]:
    """Visits, journeys and meetings of a sentence that says whom or what a verb in front is about."""
    if not parse.is_nominal:
        return []
    found: list[Deed] = []
    for clause, phrases in parse.pairs():
        if not clause.adnominal or clause.form != "verb" or _is_habit(parse, clause):
            continue
        own = {p.particle for p in phrases if p.level == 0}
        deed = None if "을" in own else _where(parse, clause)  # 돌파구를 찾은 곳은
        met = clause.lemma in lemmas("meeting", "direct") or clause.lemma in lemmas("meeting", "joint")
        if deed is None and met and not own & {"을", "와"}:
            deed = _whom(parse, clause)
        if deed is not None:
            found.append(replace(deed, adnominal=False))
    return found


def _is_habit(parse: Parse, clause: Clause) -> bool:
    """True for 즐겨 찾는 곳은: 찾은, 찾을 tell of one time."""
    behind = parse.sentence.tokens[clause.last + 1 : clause.last + 2]
    return bool(behind) and behind[0].form == "는"


def _where(parse: Parse, clause: Clause) -> Deed | None:
    goes = any(
        clause.lemma in lemmas(*key) for key in (("visit", "plain"), ("visit", "object"), ("visit", "goal"))
    )
    chosen = clause.lemma in lemmas("cleft", "chosen")
    match = _WHERE().match(parse.text, clause.end, parse.bounds[1]) if goes or chosen else None
    if match is None or parse.document.quoted(match.start()):
        return None
    if chosen and not any(
        w in parse.text[parse.bounds[0] : clause.span.start] for w in deed_words("cleft", "aims")
    ):
        return None  # 올해의 기업으로 고른 곳은
    place = parse.noun_phrase(match.end("place"), AROUND)
    if not place:
        return None
    if is_work_place(place):
        return told(clause, ActivityKind.VISIT, place, "visits (told by its noun)")
    # 뭄바이다: the name's own 이, or the copula's
    for name in (place + match["is"], place) if match["is"] == "이" else (place,):
        if abroad().fullmatch(name.split()[-1]):
            return told(clause, ActivityKind.TRIP, name, "goes to (told by its noun)")
    return None


def _whom(parse: Parse, clause: Clause) -> Deed | None:
    """10일 만난 사람은 B 사장이었다."""
    others = identified(parse.document, parse.groups, clause.end, parse.sentence)
    if not others:
        return None
    what = parse.text[others[0].span.start : others[-1].span.end]
    return told(
        clause, ActivityKind.MEETING, what, f"meets ({parse.text[clause.span.start : clause.span.end]})",
        mutual=True, others=others,
    )  # fmt: skip
