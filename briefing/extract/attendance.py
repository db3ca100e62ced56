"""Taking part in occasions: 참석했다, 주재했다, 기조연설을 했다, 착공식에서 …라고 말했다."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from briefing.extract.deeds import Deed, Predicate, find_predicates, first_quote
from briefing.extract.document import Document
from briefing.extract.occasions import Occasion, phrase_start, word_set
from briefing.korean.kiwi import Sentence
from briefing.model import ActivityKind, Span

_TAKES_PART = re.compile(r"(?:\(|에|에는|에도|에서|에서는|엔|의|을|를|은|는|이|가|\s|,|과|와|장)")
_HELD = re.compile(r"(?:\([^)]{1,12}\))?(?:을|를|도)?(?: 등(?:을|도)?)?(?: [가-힣]{1,6}){0,2} ?$")
_AT = re.compile(r"에서|서\s|에선|장에서|도중|에 나")
_THROUGH = re.compile(r"(?:에서|서\s|에선|을 통해|를 통해|장에서|을 |를 |로 |으로 |도중|에 나)")
_HANDS = re.compile(r"손을 (?:맞잡|잡)|악수|기념 ?촬영|기념사진|포즈|서명하|서명을")
_LIST = re.compile(r"^\s?(?:,|·|▲|△|및|와|과|에 이어)\s?")
_LISTS = re.compile(r"에는|에|엔|에서는")
_JOURNEY = re.compile(
    r"((?P<trip>출장|순방|출국길?|방[한미중일북러])|점검|방문|시찰|순시|견학|현장경영)(?:길|단|일정)?(?:에는|에도|엔|에)\s"
)
_PRESENTS = re.compile(
    r"(?:주제로|대해|대하여|관해|관한|제목으로|주제의)[^.\n]{0,24}?"
    r"(?P<verb>(?:주제)?발표|발제|강연|특강|기조연설|연설|기조발표)(?:를|을)?(?: 각각| 직접)? ?"
    r"(?:했|하며|한 뒤|한다|할|진행|맡|이어)"
)
_THERE = re.compile(r"(?:현지|행사장|이 자리|회의장|전시장|포럼장)에서(?:는|도)?\s")
_MEAL = re.compile(r"(?:만찬|오찬|조찬|저녁|점심|아침|식사|자리|시간|뜻)(?:을|를|도) ?$")
_CAME = re.compile(r"(?:나왔|참여했|함께했|자리했|얼굴을 비|모습을 드러)")
_NAMED = re.compile(r"(\S+)에(?:는|도)?(?: (?:직접|함께|나란히|처음|모두|각각))? ?$")


def find_attendance(document: Document, sentence: Sentence, occasions: Sequence[Occasion]) -> list[Deed]:
    """Predicates by which persons take part in, hold, work or speak at occasions."""
    return [
        *_takes_part(document, sentence, occasions),
        *_holds(document, sentence, occasions),
        *_works(document, sentence),
        *_speaks(document, sentence, occasions),
        *_presents(document, sentence, occasions),
    ]


def occasion_kind(document: Document, occasion: Occasion) -> ActivityKind:
    """Event, or meeting where the occasion brings a counterpart."""
    if occasion.head in word_set("meeting", "talks"):
        before = document.text[max(0, occasion.span.start - 24) : occasion.span.start]
        if before.endswith(("과 ", "와 ")):
            return ActivityKind.MEETING
        named = any(word in occasion.phrase for word in word_set("meeting", "partners")) or any(
            word in before for word in word_set("meeting", "guests")
        )
        official = tuple(word_set("meeting", "officials"))
        if named or any(
            not p.executive and p.title and p.title.endswith(official) for p in document.personas
        ):
            return ActivityKind.MEETING
        return ActivityKind.EVENT
    return ActivityKind.MEETING if occasion.head in word_set("meeting", "words") else ActivityKind.EVENT


def _event(
    document: Document, occasion: Occasion, p: Predicate | Span, rule: str, *, listed: bool = False
) -> Deed:
    kind = occasion_kind(document, occasion)
    if isinstance(p, Span):
        return Deed(kind, p, p.end, occasion.phrase, rule, pointing=occasion.pointing)
    return Deed(kind, p.span, p.end, occasion.phrase, rule, p.adnominal, occasion.pointing, listed=listed)


def _takes_part(document: Document, sentence: Sentence, occasions: Sequence[Occasion]) -> list[Deed]:
    deeds = []
    for p in find_predicates(document, sentence, "event", "verbs", "part"):
        near = [o for o in occasions if o.span.end <= p.span.start and _TAKES_PART.match(o.tail)]
        strong = p.stem.split()[0] in word_set("event", "verbs", "surely") or p.stem.startswith(
            ("자리", "함께")
        )
        ahead = [o for o in occasions if p.adnominal and p.end < o.span.start <= p.end + 12]
        if strong and ahead and not near:
            deeds.append(_event(document, ahead[0], p, "takes part"))
        elif near:
            if strong or p.span.start - near[-1].span.end <= 24:
                one_verb = _enumerated(document, near)
                since = near[-1].span.end if strong and _LISTS.match(near[-1].tail) else -1
                deeds.extend(
                    replace(
                        _event(document, o, p, "takes part", listed=len(one_verb) > 1),
                        since=since,
                        needs_name=not strong,
                    )
                    for o in one_verb
                )
        elif p.stem == "동행" or p.stem.startswith("함께"):
            meal = _MEAL.search(document.text, max(sentence.span.start, p.span.start - 8), p.span.start)
            if meal is None:
                deeds.append(_along(document, sentence, p))
        elif p.stem in {"참석", "배석", "동석"}:
            deeds.append(_unlisted(document, sentence, p.span, p.end, p.adnominal))
    return deeds


def _along(document: Document, sentence: Sentence, p: Predicate) -> Deed:
    """이날 점검에는 A가 동행했다; 출장에 B가 함께했다; else to what the text told last."""
    match = _JOURNEY.search(document.text, sentence.span.start, p.span.start)
    if match is None or document.quoted(match.start()):
        return Deed(None, p.span, p.end, "", "comes along", p.adnominal, needs_name=True)
    kind = ActivityKind.TRIP if match["trip"] else ActivityKind.VISIT
    what = document.text[phrase_start(document, sentence.tokens, match.start(1)) : match.end(1)].strip(" ,")
    what = re.sub(r"^(?:이날|이번|당시)\s", "", what)
    return Deed(
        kind, p.span, p.end, what, "comes along on it", p.adnominal, needs_name=True, since=match.end()
    )


def _enumerated(document: Document, near: Sequence[Occasion]) -> list[Occasion]:
    """The last occasion and those listed together with it."""
    chosen = [near[-1]]
    for occasion in reversed(near[:-1]):
        gap = document.text[occasion.span.end : chosen[0].span.start]
        if not _LIST.match(gap) or len(gap) > 24:
            break
        chosen.insert(0, occasion)
    return chosen


def _unlisted(document: Document, sentence: Sentence, span: Span, end: int, adnominal: bool) -> Deed:
    """참석 with an occasion whose name is in no list: what stands before 에."""
    text = document.text
    low = max(sentence.span.start, span.start - 40)
    named = _NAMED.search(text[low : span.start])
    if named is None:
        return Deed(
            ActivityKind.EVENT, span, end, "행사", "takes part", adnominal, pointing=True, needs_name=True
        )
    stop = low + named.end(1)
    what = text[phrase_start(document, sentence.tokens, stop) : stop].strip(" ,·")
    return Deed(ActivityKind.EVENT, span, end, what, "takes part", adnominal)


def _holds(document: Document, sentence: Sentence, occasions: Sequence[Occasion]) -> list[Deed]:
    text = document.text
    deeds: list[Deed] = []
    for p in find_predicates(document, sentence, "event", "verbs", "hold"):
        near = [
            o for o in occasions
            if o.span.end <= p.span.start <= o.span.end + 18
            and _HELD.fullmatch(text[o.span.end : p.span.start])
        ]  # fmt: skip
        if near and not (near[-1].pointing and p.stem in {"했다", "한다", "하고"}):
            near = [o for o in occasions if o.span.end <= near[-1].span.end]
            together = _enumerated(document, near)
            whole = _speech_at(occasions, near[-1]) if len(together) == 1 else None
            deeds.extend(
                replace(_event(document, o, p, "holds", listed=len(together) > 1), what=whole or o.phrase)
                for o in together
            )
    return deeds


def _speech_at(occasions: Sequence[Occasion], speech: Occasion) -> str | None:
    """창립기념식에서 기념사를: the speech with the occasion it is given at, or None."""
    if speech.head not in word_set("event", "speeches"):
        return None
    before = [o for o in occasions if o.span.end < speech.span.start and _AT.match(o.tail) and not o.pointing]
    return f"{before[-1].phrase} {speech.phrase}" if before else None


def _works(document: Document, sentence: Sentence) -> list[Deed]:
    """Work done by hand for others: 연탄을 날랐다."""
    text = document.text
    deeds = []
    for p in find_predicates(document, sentence, "event", "verbs", "deeds"):
        low = max(sentence.span.start, p.span.start - 30)
        object_ = re.search(r"(\S+(?: \S+){0,3})(?:을|를) ?$", text[low : p.span.start])
        if object_ and any(g in object_[1] for g in word_set("event", "verbs", "gifts")):
            start = phrase_start(document, sentence.tokens, low + object_.end(1))
            what = text[start : p.span.start].strip() + " " + text[p.span.start : p.end]
            deeds.append(
                Deed(
                    ActivityKind.EVENT, p.span, p.end, what, "works for others", p.adnominal, needs_name=True
                )
            )
    return deeds


def _speaks(document: Document, sentence: Sentence, occasions: Sequence[Occasion]) -> list[Deed]:
    """Speaking at an occasion: 착공식에서 …라고 말했다, 기념사에서 “…”, 특별강연을 한다."""
    text = document.text
    deeds = []
    verbs = find_predicates(document, sentence, "event", "verbs", "speech") if occasions else []
    for occasion in occasions:
        end = occasion.span.end
        if occasion.head in word_set("event", "signing"):
            hands = _HANDS.search(text, end, sentence.span.end)
            if hands and not document.quoted(hands.start()):
                deeds.append(
                    Deed(
                        ActivityKind.DEAL,
                        Span(*hands.span()),
                        hands.end(),
                        occasion.phrase,
                        "shakes hands on it",
                        needs_name=True,
                    )
                )
        if not _THROUGH.match(occasion.tail):
            continue
        speech = occasion.head in word_set("event", "speeches")
        quoted = first_quote(document, end, sentence.span.end) < sentence.span.end
        verb = next((v for v in verbs if v.span.start >= end), None)
        at_place = _AT.match(occasion.tail) is not None
        if speech and (at_place or "통해" in occasion.tail) and (quoted or verb):
            stop = verb.end if verb else end + 1
            what = _speech_at(occasions, occasion) or occasion.phrase
            deeds.append(Deed(ActivityKind.EVENT, Span(end, end + 1), stop, what, "speech"))
        elif speech and re.match(r"[을를] ", occasion.tail) and verb and verb.span.start - end <= 8:
            deeds.append(
                Deed(
                    ActivityKind.EVENT, verb.span, verb.end, occasion.phrase, "gives a speech", verb.adnominal
                )
            )
        elif at_place and (quoted or (verb and verb.span.start - end <= 60)):
            at = min(
                verb.span.start if verb else sentence.span.end, first_quote(document, end, sentence.span.end)
            )
            deeds.append(_event(document, occasion, Span(at, at + 1), "speaks at"))
    return deeds


def find_presence(document: Document, sentence: Sentence, told: int) -> list[Deed]:
    """현지에서, 행사장에서: somebody acts where the occasion of the sentence before takes place.

    Args:
        told: Where the sentence ends that named an occasion last.
    """
    if not 0 <= sentence.span.start - told <= 3:
        return []
    match = _THERE.search(document.text, sentence.span.start, sentence.span.end) or _CAME.search(
        document.text, sentence.span.start, sentence.span.end
    )
    if match is None or document.quoted(match.start()):
        return []
    span = Span(match.start(), match.end())
    since = sentence.span.start
    return [
        Deed(
            ActivityKind.EVENT,
            span,
            span.end,
            "행사",
            "is there",
            pointing=True,
            needs_name=True,
            since=since,
        )
    ]


def _presents(document: Document, sentence: Sentence, occasions: Sequence[Occasion]) -> list[Deed]:
    """…를 주제로 발표했다, without the occasion in the same sentence."""
    if occasions:
        return []
    return [
        Deed(
            ActivityKind.EVENT,
            Span(*m.span("verb")),
            m.end(),
            m["verb"],
            "presents",
            pointing=True,
            needs_name=True,
        )
        for m in _PRESENTS.finditer(document.text, sentence.span.start, sentence.span.end)
        if not document.quoted(m.start("verb"))
    ]
