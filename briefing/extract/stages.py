"""What persons do at occasions beyond attending: 무대에 올랐다, 테이프를 잘랐다, 연탄을 날랐다."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from briefing.extract.absences import replaced
from briefing.extract.attendance import LISTS, event_at, modified_occasion
from briefing.extract.clauses import Argument, Clause, lemmas
from briefing.extract.deeds import Deed, Parse, deed_words, find_idiom, told
from briefing.extract.encounters import at_table
from briefing.extract.endings import lasts
from briefing.extract.groups import is_told
from briefing.extract.merging import AUDIENCE
from briefing.extract.occasions import Occasion, word_set
from briefing.extract.sites import is_work_place
from briefing.extract.speeches import own_speech
from briefing.extract.subjects import human
from briefing.korean.wordlists import affixes, listed, worded
from briefing.model import ActivityKind, Span

# 수여식에 이어 특강했다, 지난 주총까지 의장을 맡은: not there.
_AFTER = re.compile(r"에 이[어은]|까지|에 앞서")
# … 콘퍼런스의 첫 연사였다
_PART = worded(r"{occasions.held.roles}(?:였다|이었다|다\.|이다)")
# 10일 울산에서 열린 행사에서다; 입사식을 겸한 특강 자리였다; 상장식에 이은 이틀째 일정이다
_IT_WAS = worded(
    r"에\s이[은어]\s[^.\n]{0,20}{occasions.held.called}이?다\.?$"
    r"|(?:\([^()]*\))?[’'”\"]?(?:에서(?:였)?다|에서의 일이다|이었다|였다)\.?$"
    r"|\s?(?:자리|행사|현장)(?:에서)?(?:였|이었)?다\.?$"
)
# 10일 열린 ‘일일 점원’ 행사다, where nothing else is the subject
_IS_ONE = re.compile(r"이?다\.?$")
_SUBJECT = re.compile(r"[가-힣](?:은|는|이|가|도)\s")
_CHAIRED = worded(r"(?:\([^()]*\))?(?:의)?\s{occasions.held.chaired}(?:으?로|하에| 하에|\s?아래)\s")
# 조 사장 주재 사장단 회의에서
_CHAIRS = worded(r"(?:\([^()]*\))?\s{occasions.held.presided}\s(?P<of>(?:[^\s,.]+\s){0,2})")
# 임직원 등 150여 명이, 업계 관계자들이
_MANY = worded(r"(?:\d|여|몇)\s?명$|{people.crowds}(?:들|\s등)$")
# 나래공사는 곽 사장 취임식을 가졌다
_FOR_ONE = re.compile(r"(?:\([^()]*\))?(?:의)?\s(?:제?\s?\d+대\s)?(?:합동\s)?[가-힣]{2,4}식")
# B 부행장이 대신 자리를 (채웠다)
_IN_STEAD = re.compile(r"대신\s(?:\S+\s){1,2}$")
_WORDS = 12
# 조 사장 초청 강연회
_INVITED = worded(r"\s{occasions.held.invited}\s")
# 보육원을 찾아 도시락을 날랐다: a visit, and nothing besides.
HELPS = "works for others"
_WORKS = affixes("deeds.visit.works")
_AUDIENCES = affixes("occasions.held.audiences")
# 300그루
_NUMBER = "0123456789,"
# 시장에게, 군청에서: to whom and where gifts are handed over.
_OFFICIALS = affixes("occasions.meeting.officials")
_RECEIVERS = affixes("occasions.event.receivers")
_OFFICES = affixes("occasions.event.offices")
_BY_OTHERS = worded(r"{occasions.event.by_others}")
_BOARD_SEATS = listed("occasions.held.board_seats")
_NO_CHAIRS = affixes("occasions.held.no_chairs")
# 강연자는 조 대표였다
_ROLE_WAS = worded(r"(?:{occasions.held.roles}|{occasions.held.guests})(?:은|는)\s")
# 고무장갑을 끼고 일하던 시절을
_ONCE = worded(r"[^,.“”\"\n]{0,16}?던\s(?:\S+\s)?{times.once}")
# 공로상은 (다솔의 조 사장)
_PRIZE_OF = worded(r"{deeds.event.prizes}[’'”\"]?(?:은|는|에는|에)\s(?:[^\s,.]+\s){0,2}$")
_TWO = 2
# 조 사장의 두 번째 취임식
_BESIDE = 12


def find_stages(parse: Parse) -> list[Deed]:
    """Deeds on stages, at ribbons and by hand."""
    found: list[Deed] = []
    for clause, phrases in parse.pairs():
        found.extend(_on_stage(parse, clause, phrases))
        found.extend(_works(parse, clause, phrases))
        found.extend(_watches(parse, clause, phrases))
        found.extend(_own_day(parse, clause, phrases))
        found.extend(_is_given(parse, clause, phrases))
    return [*found, *_chairs(parse), *_it_was(parse)]


def _on_stage(parse: Parse, clause: Clause, phrases: Sequence[Argument]) -> list[Deed]:
    """무대에 올랐다, 테이프를 잘랐다, 의장을 맡았다, 기조연설자로 나선다, 시구했다."""
    alone = clause.lemma in lemmas("event", "alone")
    noun = find_idiom(clause, phrases, "stage", "gift", "opening", "chair", "role")
    if noun is None and not parse.document.quotes_in(parse.sentence.span):
        noun = find_idiom(clause, phrases, "memorial")  # “…”며 고인을 기렸다 is said anywhere
    crowded = noun is None and _of_many(parse, clause, phrases)
    if crowded:
        noun = _seat_filled(parse, find_idiom(clause, phrases, "crowd"))
    if noun is None and not alone:
        return _before_audience(parse, clause, phrases)
    if noun is not None and (
        noun.words.startswith(_NO_CHAIRS()) or _of_place(parse, phrases) or _for_long(parse, clause, phrases)
    ):
        return []  # 이사회 의장을 맡는다: a post
    here = _occasions_here(parse, clause, crowded=crowded)
    occasion = here[-1] if here else modified_occasion(parse, clause)
    if occasion is not None:
        since = occasion.span.end if here and LISTS.match(occasion.tail) else -1
        return [replace(event_at(parse, occasion, clause, "on stage"), since=since)]
    if (shown := at_table(parse, clause, phrases)) is not None:
        return [shown]
    by_hand = find_idiom(clause, phrases, "opening") is not None
    if by_hand and _ONCE().match(parse.text, clause.end, parse.bounds[1]):
        return []
    if noun is not None and _hands_over(parse, clause, phrases, noun):
        what = f"{parse.noun_phrase(noun.span.end, ' ,의')}{parse.text[noun.span.end : clause.end]}"
        return [told(clause, ActivityKind.EVENT, what, "hands over", pointing=True, needs_name=True)]
    strong = alone or by_hand or _to_audience(noun, phrases)
    if noun is not None and find_idiom(clause, phrases, "role") is not None:
        there = next((p for p in phrases if p.level == 0 and p.particle in {"에", "에서"}), None)
        if there is not None:
            if there.head.endswith(tuple(word_set("event", "courts"))):
                return []
            strong, noun = True, there  # 위원회에 참고인으로 출석한다
    what = parse.noun_phrase(noun.span.end, " ,의") if noun else parse.text[clause.span.start : clause.end]
    if not what:
        return []
    return [told(clause, ActivityKind.EVENT, what, "on stage", pointing=True, needs_scene=not strong)]


def _occasions_here(parse: Parse, clause: Clause, *, crowded: bool) -> list[Occasion]:
    """The occasions named before a deed on stage, the one at which it is done last."""
    before = [o for o in parse.occasions if o.span.end <= clause.span.start and not _AFTER.match(o.tail)]
    if crowded:  # 설명회 일정 때문에 오지 못해 B 부행장이 대신 자리를 채웠다: not there
        before = [o for o in before if LISTS.match(o.tail) or o.tail.startswith(" 자리")]
    return [o for o in before if not o.pointing] or [o for o in before if LISTS.match(o.tail)]


def _seat_filled(parse: Parse, seat: Argument | None) -> Argument | None:
    """A seat that many fill; 사외이사의 자리는 B 변호사가 채웠다 tells of one on the board."""
    if seat is None:
        return None
    before = parse.text[max(parse.bounds[0], seat.span.start - _WORDS) : seat.span.start].split()
    return None if before and before[-1].removesuffix("의") in _BOARD_SEATS() else seat


def _hands_over(parse: Parse, clause: Clause, phrases: Sequence[Argument], gift: Argument) -> bool:
    """True for 시장에게 성금을 전달했다, 군청에 장학금을 기탁했다: to whom, or where, makes an occasion."""
    if find_idiom(clause, phrases, "gift") is not gift or clause.form != "verb" or clause.adnominal:
        return False
    if _BY_OTHERS().search(parse.text, parse.bounds[0], clause.span.start):
        return False  # 계좌이체로, 담당자를 통해
    # 시장에게 이웃|돕기 성금을: what seems of another clause too
    own = [p for p in phrases if p.level <= 1]
    if not any(p.particle in {"이", "은"} and parse.names_person(p) for p in own):
        return False
    return any(
        (p.particle == "에게" and p.head.endswith((*_OFFICIALS(), *_RECEIVERS())))
        or (p.particle in {"에", "에서", "을"} and p.head.endswith(_OFFICES()))
        for p in own
    )


def _for_long(parse: Parse, clause: Clause, phrases: Sequence[Argument]) -> bool:
    """True for K팝의 대모를 맡아 왔다: no part of an occasion."""
    return (
        lasts(parse.sentence.tokens, clause.last + 1)
        and find_idiom(clause, phrases, "role") is not None
        and not any(p.level == 0 and p.particle in {"에", "에서"} for p in phrases)
    )


def _of_place(parse: Parse, phrases: Sequence[Argument]) -> bool:
    """True for 공장은 9월 첫 삽을 뜬다: nobody's deed."""
    subject = next((p for p in phrases if p.level == 0 and p.particle in {"이", "은"}), None)
    return (
        subject is not None and subject.head in word_set("visit", "words") and not parse.names_person(subject)
    )


def _to_audience(noun: Argument | None, phrases: Sequence[Argument]) -> bool:
    """신입사원 앞에서 마이크를 잡았다, 후배들에게 창업 이야기를 들려줬다."""
    if any(map(_is_audience, phrases)):
        return True
    tale = noun is not None and noun.head in deed_words("event", "tales")
    return tale and any(
        p.level == 0 and p.particle == "에게" and p.head.endswith(_AUDIENCES()) for p in phrases
    )


def _is_audience(phrase: Argument) -> bool:
    """True for 후배들 앞, 카메라 앞."""
    return phrase.head == "앞" and phrase.words.removesuffix("앞").strip().endswith(_AUDIENCES())


def _before_audience(parse: Parse, clause: Clause, phrases: Sequence[Argument]) -> list[Deed]:
    """주주들 앞에 섰다, 카메라 앞에서 고개를 숙였다: speaking before them, whatever the occasion."""
    noun = find_idiom(clause, phrases, "audience")
    if noun is None or not _is_audience(noun):
        return []
    occasion = parse.named_before(clause.span.start) or modified_occasion(parse, clause)
    if occasion is not None:
        return [event_at(parse, occasion, clause, "on stage")]
    what = parse.noun_phrase(noun.span.end, " ,의")
    return [told(clause, ActivityKind.EVENT, what, AUDIENCE, pointing=True)]


def _of_many(parse: Parse, clause: Clause, phrases: Sequence[Argument]) -> bool:
    """True if a crowd does it, or somebody in place of another: seats are filled then, and no post."""
    if any(p.level == 0 and p.particle in {"이", "은"} and _MANY().search(p.words) for p in phrases):
        return True
    if _IN_STEAD.search(parse.text, max(parse.bounds[0], clause.span.start - _WORDS), clause.span.start):
        return True
    return bool(replaced(parse.text, parse.groups, clause.span.start))


def _works(parse: Parse, clause: Clause, phrases: Sequence[Argument]) -> list[Deed]:
    """Work done by hand for others: 연탄을 날랐다, 감자를 캤다."""
    if (field := find_idiom(clause, phrases, "work")) is not None:
        what = parse.text[parse.start_of(field.span.end) : clause.end].strip(" ,")
        return [told(clause, ActivityKind.EVENT, what, HELPS, needs_name=True)]
    if (dish := _served(parse, clause, phrases)) is not None:
        if (here := parse.named_before(clause.span.start)) is not None:
            return [replace(event_at(parse, here, clause, HELPS), needs_name=True)]
        what = parse.noun_phrase(dish.span.end, " ,") or dish.head
        return [told(clause, ActivityKind.EVENT, what, HELPS, needs_name=True)]
    if clause.lemma not in lemmas("event", "help"):
        return []
    gifts = tuple(deed_words("event", "gifts"))
    for phrase in phrases:
        start = parse.start_of(phrase.span.end)
        noun = parse.text[start : phrase.span.end]
        given = any(w.lstrip(_NUMBER).startswith(gifts) for w in noun.split())
        if phrase.level == 0 and phrase.particle == "을" and given:
            what = parse.text[start : clause.end].strip(" ,")
            return [told(clause, ActivityKind.EVENT, what, HELPS, needs_name=True)]
    return []


def _served(parse: Parse, clause: Clause, phrases: Sequence[Argument]) -> Argument | None:
    """What somebody serves to others by hand: 직원들에게 떡국을 퍼 주었다, 국밥을 퍼 담았다."""
    to_whom = clause.lemma in lemmas("event", "serves_to")
    if not (to_whom or clause.lemma in lemmas("event", "serve")):
        return None
    own = [p for p in phrases if p.level == 0]
    if to_whom and not any(p.particle == "에게" and _are_served(parse, p) for p in own):
        return None
    return next((p for p in own if p.particle == "을" and _is_dish(p.head)), None)


def _is_dish(head: str) -> bool:
    """True for 소고기국밥, 밥; not for 결국."""
    dishes = deed_words("event", "dishes")
    return head in dishes or head.endswith(tuple(d for d in dishes if len(d) > 1))


def _are_served(parse: Parse, phrase: Argument) -> bool:
    """True for 어르신들에게, 직원 800여 명에게; not for somebody the text names."""
    named = parse.document.mentions_in(Span(phrase.span.start, phrase.span.end + 1))
    return not named and (human(phrase.head) or _MANY().search(phrase.words) is not None)


def _seen_works(parse: Parse, phrases: Sequence[Argument], seen: Argument) -> str | None:
    """Where somebody sees work done: 시험동에서 시제품 가동을 참관했다."""
    if not any(word.endswith(_WORKS()) for word in parse.noun_phrase(seen.span.end, " ,").split()):
        return None
    if parse.own_occasion(phrases, {"에서"}) is not None:
        return None  # 전시회에서 시운전을 참관했다
    at = next((p for p in phrases if p.level == 0 and p.particle == "에서"), None)
    return parse.noun_phrase(at.span.end, " ,") if at is not None else None


def _watches(parse: Parse, clause: Clause, phrases: Sequence[Argument]) -> list[Deed]:
    """공연을 관람했다, 훈련을 참관했다."""
    watches = clause.lemma in lemmas("event", "watch")
    if not watches and clause.lemma not in lemmas("visit", "sees"):
        return []
    seen = next((p for p in phrases if p.level == 0 and p.particle == "을"), None)
    if seen is None:
        return []
    works = _seen_works(parse, phrases, seen) if clause.lemma in lemmas("visit", "sees") else None
    if works is not None and (watches or is_work_place(works)):
        return [told(clause, ActivityKind.VISIT, works, "watches the works")]
    # 시험동을, 부스를 참관했다: a place
    if not watches or (clause.lemma in lemmas("visit", "sees") and is_work_place(seen.head)):
        return []
    return [told(clause, ActivityKind.EVENT, parse.noun_phrase(seen.span.end, " ,"), "watches")]


def _own_day(parse: Parse, clause: Clause, phrases: Sequence[Argument]) -> list[Deed]:
    """조 사장의 취임식이 열렸다, 조 사장 주재로 회의가 열렸다: an occasion that is somebody's own."""
    happens = clause.lemma in lemmas("event", "happen")
    if not happens and (clause.lemma not in lemmas("event", "hold") or clause.form != "verb"):
        return []
    own = parse.own_occasion(phrases, {"이", "은"} if happens else {"을", ""})
    if own is None:
        return []
    for group in parse.groups:
        if group.mentions[0].span.start >= clause.span.start:
            break
        if _CHAIRED().match(parse.text, group.mentions[-1].span.end):
            return [replace(event_at(parse, own, clause, "chaired"), actors=group.mentions)]
        if own.head in word_set("event", "personal") and _FOR_ONE.fullmatch(
            parse.text, group.mentions[-1].span.end, own.span.end
        ):
            return [replace(event_at(parse, own, clause, "own occasion"), actors=group.mentions)]
        if not happens and own.head not in word_set("held", "lectures"):
            continue  # 재단은 A 회장 초청 간담회를 열었다: who sits there, the text must tell
        personal = own.head in word_set("event", "speeches") or own.head in word_set("event", "own")
        if _INVITED().match(parse.text, group.mentions[-1].span.end, own.span.end):
            return [replace(event_at(parse, own, clause, "invited"), actors=group.mentions)]
        if happens and personal and group.role == "of" and -1 <= own.span.start - group.end <= _BESIDE:
            return [replace(event_at(parse, own, clause, "own occasion"), actors=group.mentions[-1:])]
    return []


def _chairs(parse: Parse) -> list[Deed]:
    """조 사장 주재 사장단 회의에서 계획을 확정했다: whatever the sentence goes on to tell."""
    return [
        replace(
            event_at(parse, occasion, Span(end, end + 1), "chaired"),
            what=parse.text[match.start("of") : occasion.span.end].strip(" ‘’'"),
            actors=group.mentions,
        )
        for group in parse.groups
        for occasion in parse.occasions
        if (end := group.mentions[-1].span.end) < occasion.span.end
        and (match := _CHAIRS().match(parse.text, end, occasion.span.end)) is not None
        and occasion.span.start <= match.end() < occasion.span.end
    ]


def _is_given(parse: Parse, clause: Clause, phrases: Sequence[Argument]) -> list[Deed]:
    """시상식에서 공로상은 A 부회장에게 돌아갔다; 공로상은 A 부회장, 혁신상은 B 대표가 받았다."""
    if clause.lemma in lemmas("event", "wins"):
        return _shared_out(parse, clause)
    if clause.lemma not in lemmas("event", "given") or not parse.occasions:
        return []
    prizes = tuple(deed_words("event", "prizes"))
    if not any(p.level == 0 and p.particle in {"이", "은"} and p.head.endswith(prizes) for p in phrases):
        return []
    for group in parse.groups:
        end = group.mentions[-1].span.end
        if end < clause.span.start and parse.text.startswith(("에게", "께"), end):
            return [replace(event_at(parse, parse.occasions[-1], clause, "is given"), actors=group.mentions)]
    return []


def _shared_out(parse: Parse, clause: Clause) -> list[Deed]:
    """공로상은 A 부회장, 혁신상은 B 대표가 받았다: those in front of the last one share the verb."""
    if clause.adnominal or clause.passive:
        return []
    winners = [
        g for g in parse.groups
        if g.mentions[-1].span.end < clause.span.start
        and _PRIZE_OF().search(parse.text, parse.bounds[0], g.mentions[0].span.start)
    ]  # fmt: skip
    if len(winners) < _TWO:
        return []
    actors = tuple(m for g in winners for m in g.mentions)
    if (here := parse.named_before(clause.span.start)) is not None:
        return [replace(event_at(parse, here, clause, "is given"), actors=actors)]
    return [
        told(clause, ActivityKind.EVENT, "행사", "is given", pointing=True, needs_scene=True, actors=actors)
    ]


def _it_was(parse: Parse) -> list[Deed]:
    """Sentences that say where the one before took place, or as what somebody was there."""
    part = _PART().search(parse.text, *parse.bounds)
    if part is not None and parse.occasions and not parse.document.quoted(part.start()):
        return [event_at(parse, parse.occasions[-1], Span(*part.span()), "has a part")]
    if parse.is_nominal and (was := _role_was(parse) or own_speech(parse)) is not None:
        return [was]
    for occasion in parse.occasions:
        end = occasion.span.end
        named = _IS_ONE.match(parse.text, end, parse.bounds[1]) and not _SUBJECT.search(
            parse.text, parse.bounds[0], occasion.span.start
        )
        if not occasion.pointing and (named or _IT_WAS().match(parse.text, end, parse.bounds[1])):
            return [event_at(parse, occasion, Span(end, end + 1), "it was there")]
    return []


def _role_was(parse: Parse) -> Deed | None:
    """강연자는 조 대표였다: at the occasion of the sentence, or of the one before."""
    start, end = parse.bounds
    match = _ROLE_WAS().search(parse.text, start, end)
    if match is None or parse.document.quoted(match.start()):
        return None
    shown = [g for g in parse.groups if g.mentions[0].span.start >= match.end()]
    if not shown or is_told(parse.text, shown[-1]) is None:
        return None
    at = Span(match.start(), match.end() - 1)
    people = tuple(m for g in shown for m in g.mentions)
    if (here := parse.named_before(match.start())) is not None:
        return replace(event_at(parse, here, at, "has a part"), actors=people)
    return Deed(
        ActivityKind.EVENT, at, at.end, "행사", "has a part", pointing=True, actors=people, needs_scene=True
    )  # fmt: skip
