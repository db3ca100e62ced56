"""Going to see places of work: 공장을 둘러봤다, 물류센터에 들렀다, 시장에서 상인들을 격려했다."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from briefing.extract.clauses import Argument, Clause, lemmas
from briefing.extract.counterparts import is_reporter
from briefing.extract.deeds import Deed, Parse, deed_words, find_idiom, told
from briefing.extract.endings import lasts
from briefing.extract.mourning import mourned_at, stream_of
from briefing.extract.occasions import destinations, word_set
from briefing.extract.places import AROUND, bare_phrase, is_place, is_region
from briefing.extract.shopping import SHORTEST, TRADE, bought_at
from briefing.extract.spans import titles_in
from briefing.extract.subjects import human
from briefing.extract.titles import title_kind
from briefing.extract.tours import with_earlier
from briefing.korean.kiwi import Token
from briefing.korean.lexicon import trie_pattern, words
from briefing.korean.wordlists import affixes, listed, worded
from briefing.model import ActivityKind, Span

_VISIT = ActivityKind.VISIT
# 광주를 찾아 상인들을 만났다: where one was, if nothing else is told.
REGION = "visits a region"
GOES_TOO = "goes too"
# A sentence that is only a place is no longer than this.
_FRAGMENT = 40
# 이곳 and 다녀갔다 reach this far back for their place.
_PLACE_BACK = 240
# 첫 행선지는 … (방문)이었다
_AGENDA = worded(
    r"(?P<head>{occasions.visit.agenda})(?:은|는)\s(?P<place>[^.,“”\"]{2,40}?)(?:\s?{occasions.trip.tours})?(?:이었|였|이)다"
)
# 조 사장의 11일 첫 일정은
_BESIDE = 14
# A company's name with its brackets is no longer than this.
_NAME = 30
_COUNTED = re.compile(
    r"(\S+)\s(?:(?:한|두|세|네|다섯|여섯|여러|몇|\d+여?)\s?(?:곳|군데|개사|개|개소)|곳곳|구석구석)$"
)
_TOO = ("함께 ", "같이 ", "직접 ")
# 미국 거래처를 찾아 may be a search: only places inside a country tell a visit.
_COUNTRIES = listed("places.countries")
_AIRPORTS = affixes("occasions.trip.airports+occasions.trip.terminals")
_GOAL = frozenset({"에", "로", "까지"})
_ENTERED = affixes("occasions.visit.entered")
# What places are called after, whatever is done there: 제염소, 염색방.
_KINDS = affixes("occasions.visit.kinds")
# 해법을 찾아 나섰다, 협력사 대표를 찾아: what is no place.
_SOUGHT = affixes("occasions.visit.sought")
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


@cache
def _endings() -> tuple[str, ...]:
    return words("occasions.toml", "visit", "words")


def is_work_place(place: str) -> bool:
    """True if the last word of a phrase ends as names of places of work do."""
    word = place.rsplit(maxsplit=1)[-1]
    return word.endswith(_endings()) or word.removesuffix("들").removesuffix("등").endswith(_endings())


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
        place = _place(parse, clause, phrase)
        if place is not None:
            # 지점 창구를 둘러봤다: a part of a place of work
            at_work = is_work_place(place) or any(map(is_work_place, place.split()[:-1]))
            tour = clause.lemma in lemmas("visit", "tour") and not at_work
            sought = clause.lemma in lemmas("visit", "houses") and clause.lemma not in lemmas(
                "visit", "plain"
            )
            region = sought and is_region(place)
            rule = REGION if region else "looks round" if tour else "visits"
            return told(clause, _VISIT, place, rule)
    if clause.form != "verb" and clause.lemma in lemmas("visit", "inspect"):
        # 평택항 동부두 안전 점검에 나섰다: the place inside the phrase of the noun
        inner = _last_named(parse.text, parse.start_of(clause.span.start), clause.span.start)
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
    if clause.lemma.startswith("다녀") and not placed and (last := _last_place(parse, clause.span.start)):
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
    if lemma in lemmas("trip", "airport") and phrase.head.endswith(_AIRPORTS()):
        # 인천공항에 도착했다: a journey; 공항에 나와 제설 장비를 점검했다: none
        return lemma in lemmas("trip", "appears") and parse.looks_after_next(clause)
    plain = lemma in lemmas("visit", "plain")
    if particle == "부터" and is_work_place(phrase.head):
        return plain or lemma in lemmas("visit", "houses")  # 격납고부터 찾았다
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
    # going to one's own office is no visit
    going = (
        steps or lemma in lemmas("visit", "goal") or _goes_over(parse, clause, phrases)
    ) and not phrase.head.endswith(tuple(word_set("visit", "offices")))
    return plain or going


def _place(parse: Parse, clause: Clause, phrase: Argument) -> str | None:
    """The place of work a phrase names, or None."""
    end = phrase.span.end
    start = parse.start_of(end)
    name = bare_phrase(parse.text[start:end]) or phrase.head
    counted = _COUNTED.search(parse.text[start:end])
    head = counted[1] if counted else phrase.head
    if TRADE().search(name) or _names_official(parse, phrase):
        return None
    if is_work_place(head) or _is_branch(parse, phrase) or _is_port(head):
        if head in word_set("visit", "pointing"):
            return _last_place(parse, start) or name
        return name
    if clause.lemma in lemmas("visit", "board"):
        return name
    as_object = phrase.particle == "을"
    sought = clause.lemma in lemmas("visit", "houses") if as_object else phrase.particle != ""
    if sought and _in_region(parse, name, phrase):
        return name
    if as_object and counted and phrase.head[-1:] in "곳데":
        return name  # 스튜디오 세 곳을 돌며
    if _people(phrase.head) and (inner := _last_named(parse.text, start, phrase.span.start)):
        return inner  # 물류센터 야간 근무조를 찾아
    abroad = any(p.end == end for p in destinations(parse.document, start, end))
    if as_object and clause.lemma in lemmas("visit", "tour") and not abroad:
        return name
    plain = clause.lemma in lemmas("visit", "plain")
    if plain or (as_object and clause.lemma in lemmas("visit", "houses")):
        near = Span(max(start, end - _NAME), end)
        if any(c.span.end == end for c in parse.document.companies_in(near)):
            return name  # 고객사를 찾았다: a company as object is its house
    token = parse.document.tokens.get(phrase.span.start)
    proper = token is not None and token.tag in {"NNP", "SL"}
    if not as_object or abroad:
        return None
    if plain and (proper or _is_thing(phrase, token)):
        return name
    return name if clause.lemma in lemmas("visit", "houses") and _gone_to_see(parse, clause, phrase) else None


def _is_branch(parse: Parse, phrase: Argument) -> bool:
    """True for 잠실점을, 천안점으로: a shop called after its place."""
    tokens, at = parse.sentence.tokens, phrase.index
    if tokens[at].tag == "NNP":
        return len(tokens[at].form) >= SHORTEST and tokens[at].form.endswith("점")
    return tokens[at].form == "점" and at > 0 and tokens[at - 1].tag == "NNP"


def _is_port(head: str) -> bool:
    """True for 인천항을: the port of a town."""
    return head.endswith("항") and is_region(head.removesuffix("항"))


def _names_official(parse: Parse, phrase: Argument) -> bool:
    """True for 김 아무개 도지사를: a 지사 that is somebody; 시장 is a market here."""
    end = phrase.span.end
    if phrase.head.endswith("시장"):
        return False
    last = next((g.mentions[-1] for g in parse.groups if g.mentions[-1].span.end == end), None)
    # 평창 대관령지사를 찾아: a branch in a region, nobody's name
    return last is not None and not is_region(parse.text[last.span.start : end].split()[0])


def _gone_to_see(parse: Parse, clause: Clause, phrase: Argument) -> bool:
    """True for 구례를 찾았다, 누리랜드를 찾아 설비를 점검했다: no search, and nobody."""
    if is_region(phrase.head):
        return True
    token = parse.sentence.tokens[phrase.index]
    kind = len(phrase.head) >= SHORTEST and phrase.head.endswith(_KINDS())  # 두부공방을, 제염소를
    if not (kind or token.tag == "NNP") or not _is_thing(phrase, token):
        return False  # 주가를 찾아 수익률을 확인했다
    return parse.looks_after_next(clause)


def _is_thing(phrase: Argument, token: Token | None) -> bool:
    """True for a noun that may be gone to: no people, no post, nothing one looks for."""
    noun = token is not None and token.tag in {"NNG", "NNP", "XSN"}
    person = _people(phrase.head) or title_kind(phrase.head) is not None
    return noun and not person and not phrase.head.endswith(_SOUGHT())


def _in_region(parse: Parse, name: str, phrase: Argument) -> bool:
    """True for 경남 통영 위판장을, 제주 서귀포의 선과장을: a place of a region, whatever its kind."""
    region, *rest = name.split()
    inside = is_place(region.removesuffix("의")) and region not in _COUNTRIES()
    if not (inside and rest) or is_region(phrase.head):
        return False
    if not phrase.head.endswith(tuple(word_set("visit", "regional"))):
        return False
    titled = any(
        t.span.end == phrase.span.end for t in titles_in(parse.document, phrase.span.start, phrase.span.end)
    )
    return not titled and not _people(phrase.head)


def _people(head: str) -> bool:
    return human(head) or head.removesuffix("들").endswith(tuple(word_set("meeting", "staff")))


def _last_named(text: str, start: int, stop: int) -> str | None:
    """A stretch of text as far as the last place of work in it, or None."""
    end = start
    for match in re.finditer(r"\S+", text[start:stop]):
        if len(match[0]) > 1 and is_work_place(match[0].strip("‘’'") or "-"):
            end = start + match.end()
    return bare_phrase(text[start:end]) or None


def _last_place(parse: Parse, before: int) -> str | None:
    """The place of work named last in front of an offset, in this sentence or those before."""
    found = None
    for match in _place_noun().finditer(parse.text, max(0, before - _PLACE_BACK), before):
        if not parse.document.quoted(match.start()):
            found = match
    if found is None:
        return None
    return parse.earlier_phrase(found)


@cache
def _place_noun() -> re.Pattern[str]:
    nouns = [
        w for w in words("occasions.toml", "visit", "words") if len(w) > 2 or w in word_set("visit", "short")
    ]
    return re.compile(rf"[가-힣A-Za-z0-9]*(?:{trie_pattern(nouns)})(?=[\s,.을를이가은는에의과와입]|$)")
