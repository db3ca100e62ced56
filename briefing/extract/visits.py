"""Going to see places of work: 공장을 둘러봤다, 물류센터에 들렀다, 시장에서 상인들을 격려했다."""

from __future__ import annotations

from collections.abc import Sequence

from briefing.extract.clauses import Argument, Clause, lemmas
from briefing.extract.counterparts import is_reporter
from briefing.extract.deeds import Deed, Parse, deed_words, find_idiom, told
from briefing.extract.endings import lasts
from briefing.extract.mourning import mourned_at, stream_of
from briefing.extract.occasions import word_set
from briefing.extract.places import AROUND, is_region
from briefing.extract.shopping import TRADE, bought_at
from briefing.extract.sites import KINDS, is_work_place, last_named, last_place, place_of
from briefing.extract.titles import title_kind
from briefing.extract.tours import with_earlier
from briefing.korean.wordlists import affixes, worded
from briefing.model import ActivityKind, Span

_VISIT = ActivityKind.VISIT
# 광주를 찾아 상인들을 만났다: where one was, if nothing else is told.
REGION = "visits a region"
GOES_TOO = "goes too"
# A sentence that is only a place is no longer than this.
_FRAGMENT = 40
# 첫 행선지는 … (방문)이었다
_AGENDA = worded(
    r"(?P<head>{occasions.visit.agenda})(?:은|는)\s(?P<place>[^.,“”\"]{2,40}?)(?:\s?{occasions.trip.tours})?(?:이었|였|이)다"
)
# 조 사장의 11일 첫 일정은
_BESIDE = 14
_TOO = ("함께 ", "같이 ", "직접 ")
_AIRPORTS = affixes("occasions.trip.airports+occasions.trip.terminals")
_WORKS = affixes("occasions.visit.works")
_GOAL = frozenset({"에", "로", "까지"})
_ENTERED = affixes("occasions.visit.entered")
# 16일 찾아간 (공장에서): whoever writes came, and found him at work.
_WRITER_CAME = worded(r"{occasions.visit.come_upon}\s(?:[^\s,.]+\s){0,3}$")
_HOUSES_OF_MOURNING = affixes("occasions.visit.mourning")


def setting(parse: Parse) -> str | None:
    """The place of work that a sentence without a verb consists of (오늘 오전 합동분향소.), or None."""
    start, end = parse.bounds
    if parse.clauses or end - start > _FRAGMENT:
        return None
    place = parse.noun_phrase(end - (parse.text[end - 1] == "."))
    return place if place and is_work_place(place) else None


def find_visits(parse: Parse, before: str | None = None, seen: str | None = None) -> list[Deed]:
    """Visits of a sentence.

    Args:
        parse: The sentence.
        before: The place of work that the sentence before consists of.
        seen: The place that somebody of the sentence before goes to see.
    """
    found = []
    for clause, phrases in parse.pairs():
        deed = _visit(parse, clause, phrases)
        if deed is None and before is not None and clause.lemma in lemmas("visit", "enter"):
            deed = told(clause, _VISIT, before, "visits", needs_name=True)
        if deed is None and seen is not None and _goes_too(parse, clause, phrases):
            deed = told(clause, _VISIT, seen, GOES_TOO, needs_name=True)
        if deed is not None:
            found += with_earlier(parse, deed, is_work_place) if deed.rule == "visits" else [deed]
    if not found and parse.is_nominal and (named := _named(parse)) is not None:
        found.append(named)
    return found


def _goes_too(parse: Parse, clause: Clause, phrases: Sequence[Argument]) -> bool:
    """True for B 대표도 함께 찾아: to the place of the sentence before."""
    if clause.form != "verb" or clause.passive or clause.adnominal:
        return False
    if clause.lemma not in lemmas("visit", "plain") and clause.lemma not in lemmas("visit", "houses"):
        return False
    if any(p.level == 0 and p.particle not in {"이", "은", "와"} for p in phrases):
        return False
    return parse.text.startswith(_TOO, max(0, clause.span.start - 3))


def _named(parse: Parse) -> Deed | None:
    """조 사장의 첫 행선지는 구미 사업장이었다, 첫 일정은 울산공장 방문이었다: told without a verb."""
    start, end = parse.bounds
    match = _AGENDA().search(parse.text, start, end)
    if match is None or parse.document.quoted(match.start()):
        return None
    place = parse.noun_phrase(match.end("place"), AROUND)
    owner = next((g for g in reversed(parse.groups) if g.role == "of" and g.end <= match.start()), None)
    if owner is None or not place or not is_work_place(place) or match.start() - owner.end > _BESIDE:
        return None
    at = Span(match.start(), match.end("head"))
    return Deed(_VISIT, at, at.end, place, "visits (told by its noun)", actors=owner.mentions[-1:])


def find_work(parse: Parse) -> list[Deed]:
    """11일 명동 매장에서 판매원으로 변신했다: at work where one goes seldom, if nothing else is told."""
    found = []
    for clause in parse.clauses:
        if clause.form != "verb" or clause.passive or clause.adnominal:
            continue
        if clause.lemma in lemmas("visit", "staying") or _says(parse, clause):
            continue
        phrases = [p for p in parse.arguments(clause) if p.level == 0]
        if any(p.particle == "이" and not parse.names_person(p) for p in phrases):
            continue
        if any(p.particle == "와" and is_reporter(p.head) for p in phrases):
            continue  # 공장에서 기자와 만나
        own = tuple(word_set("visit", "own"))
        at = next((p for p in phrases if p.particle == "에서" and is_work_place(p.head)), None)
        toil = at is not None and at.head.endswith(tuple(word_set("visit", "toil")))
        if at is not None and _WRITER_CAME().search(parse.text, parse.bounds[0], at.span.start):
            continue
        if at is not None and (toil or not at.head.endswith(own)):
            place = parse.noun_phrase(at.span.end, AROUND) or at.head
            found.append(told(clause, _VISIT, place, "is at work at", needs_name=True))
    return found


def _visit(parse: Parse, clause: Clause, phrases: Sequence[Argument]) -> Deed | None:
    if clause.lemma == "출근하" and "첫" not in parse.text[parse.bounds[0] : clause.span.start]:
        return None  # 이달부터 사옥으로 출근하며
    if clause.lemma in lemmas("visit", "there") and _says(parse, clause):
        return None  # 공장에서 “…”라고 돌아봤다
    choice = find_idiom(clause, phrases, "choice") is not None
    steps = find_idiom(clause, phrases, "foot") is not None
    if (market := bought_at(parse, clause, phrases)) is not None:
        return told(clause, _VISIT, market, "shops at", needs_name=True)
    for phrase in phrases:
        if not _fits(parse, clause, phrase, phrases, choice=choice, steps=steps):
            continue
        place = place_of(parse, clause, phrase)
        if place is not None:
            # 지점 창구를 둘러봤다: a part of a place of work
            at_work = is_work_place(place) or any(map(is_work_place, place.split()[:-1]))
            tour = clause.lemma in lemmas("visit", "tour") and not at_work
            sought = clause.lemma in lemmas("visit", "houses") and clause.lemma not in lemmas(
                "visit", "plain"
            )
            region = sought and is_region(place)
            rule = REGION if region else "looks round" if tour else "visits"
            return told(clause, _VISIT, place, rule, seen_only=clause.lemma in lemmas("visit", "tour"))
    if clause.form != "verb" and clause.lemma in lemmas("visit", "inspect"):
        # 평택항 동부두 안전 점검에 나섰다: the place inside the phrase of the noun
        inner = last_named(parse.text, parse.start_of(clause.span.start), clause.span.start)
        if inner is not None and not TRADE().search(inner):
            return told(clause, _VISIT, inner, "visits")
    if (stream := stream_of(parse, clause, phrases)) is not None:
        return stream
    times = tuple(word_set("visit", "times"))
    placed = any(
        p.level == 0 and p.particle in {"을", "에", "로"} and not p.head.endswith(times) for p in phrases
    )
    incense = find_idiom(clause, phrases, "incense") is not None
    if (incense or clause.lemma in lemmas("visit", "mourns")) and (
        house := mourned_at(parse, clause, phrases)
    ) is not None:
        return told(clause, _VISIT, house, "mourns", needs_name=True)
    if clause.lemma.startswith("다녀") and not placed and (last := last_place(parse, clause.span.start)):
        return told(clause, _VISIT, last, "visits", needs_name=True)
    return None


def _says(parse: Parse, clause: Clause) -> bool:
    """True behind words: “…”라고 돌아봤다."""
    return parse.tag_before(clause) == "JKQ"


def _goes_over(parse: Parse, clause: Clause, phrases: Sequence[Argument]) -> bool:
    """True for 공장으로 (자리를) 옮겨 설비를 점검했다; 연구소로 옮겨 tells a post."""
    if clause.lemma not in lemmas("visit", "moves") or clause.form != "verb" or clause.adnominal:
        return False
    behind = next((c for c in parse.clauses if c.first > clause.last and c.form == "verb"), None)
    if behind is None or behind.lemma not in lemmas("visit", "looks_after"):
        return False
    if lasts(parse.sentence.tokens, behind.last + 1):
        return False  # 울산공장으로 옮겨 생산을 점검해 왔다
    seat = deed_words("visit", "seat")
    return all(p.head in seat for p in phrases if p.level == 0 and p.particle == "을")


def _fits(
    parse: Parse, clause: Clause, phrase: Argument, phrases: Sequence[Argument], *, choice: bool, steps: bool
) -> bool:
    """True if a phrase stands where the predicate names the place one visits."""
    lemma, particle = clause.lemma, phrase.particle
    if particle == "에서" and lemma in lemmas("visit", "there"):
        return phrase.level <= 1
    if particle == "에서" and lemma in lemmas("visit", "scene"):
        # “…”라며 고개를 숙였다: what is done there may stand behind words
        return phrase.level <= (lemma not in lemmas("event", "says")) and phrase.head.endswith("현장")
    if phrase.level:
        return False
    if lemma in lemmas("visit", "passes") and not _is_house(parse, phrase) and _to_meet(parse, clause):
        return False  # 과학단지로 이동해 B 사장을 면담했다
    if lemma in lemmas("trip", "airport") and phrase.head.endswith(_AIRPORTS()):
        # 인천공항에 도착했다: a journey; 공항에 나와 제설 장비를 점검했다: none
        return lemma in lemmas("trip", "appears") and parse.looks_after_next(clause)
    plain = lemma in lemmas("visit", "plain")
    if particle == "부터":
        # 격납고부터 찾았다, 급수장부터 둘러봤다
        tours = lemma in lemmas("visit", "tour")
        place = is_work_place(phrase.head) or (tours and phrase.head.endswith(KINDS()))
        return place and (plain or tours or lemma in lemmas("visit", "houses"))
    if particle in {"을", ""}:
        return plain or choice or lemma in lemmas("visit", "object")
    if (
        particle == "에"
        and lemma in lemmas("visit", "houses")
        and phrase.head.endswith(_HOUSES_OF_MOURNING())
    ):
        return True  # 빈소에는 곽 회장이 찾아
    if particle not in _GOAL or (particle == "로" and title_kind(phrase.head) is not None):
        return False  # 자회사 대표로 이동했다: a post is no place
    if lemma in lemmas("visit", "board"):
        return phrase.head.endswith(tuple(word_set("visit", "vessels")))
    if lemma in lemmas("visit", "stand") and phrase.head.endswith(tuple(word_set("visit", "counters"))):
        return True
    if lemma in lemmas("visit", "stand") and phrase.head.endswith(_ENTERED()):
        return False  # 시장에 들어선 지 3년
    # going to one's own office is no visit, to that of others is one: 단체 사무실에 들러
    own = phrase.head.endswith(tuple(word_set("visit", "offices"))) and not (
        lemma in lemmas("visit", "drops_in") and " " in parse.noun_phrase(phrase.span.end)
    )
    going = steps or lemma in lemmas("visit", "goal") or _goes_over(parse, clause, phrases)
    return plain or (going and not own)


def _is_house(parse: Parse, phrase: Argument) -> bool:
    """True for 평택공장으로, 누리화학으로: where work is seen, whoever is met there."""
    return phrase.head.endswith(_WORKS()) or parse.names_company(phrase)


def _to_meet(parse: Parse, clause: Clause) -> bool:
    """True if the next verb tells of somebody who is met there."""
    then = next((c for c in parse.clauses if c.first > clause.last), None)
    meets = lemmas("meeting", "direct") | lemmas("meeting", "joint") | lemmas("meeting", "discuss")
    return then is not None and not clause.adnominal and then.lemma in meets
