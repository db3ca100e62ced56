"""Speaking at occasions: 착공식에서 …라고 말했다, 기념사에서 “…”, 당선 인사에서 …."""

from __future__ import annotations

import re
from dataclasses import replace

from briefing.extract.attendance import AT, DURING, event_at, speech_at
from briefing.extract.clauses import Clause, lemmas
from briefing.extract.deeds import Deed, Parse
from briefing.extract.merging import SPEAKS
from briefing.extract.occasions import Occasion, word_set
from briefing.extract.spans import first_quote
from briefing.korean.wordlists import worded
from briefing.model import ActivityKind, Span

_THROUGH = re.compile(rf"(?:{AT.pattern}|을 통해|를 통해|을 |를 |로 |으로 )")
_PRESENTS = worded(
    r"{occasions.held.about}[^.\n]{0,24}?(?P<verb>{occasions.held.presented})(?:를|을)?(?: 각각| 직접)? ?"
    r"(?:했|하며|한 뒤|한다|할|진행|맡|이어)"
)
# The rule of who speaks on being chosen, or on going.
ACCEPTS = "speaks on the choice"
_ACCEPTING = worded(r"(?P<speech>{occasions.held.on_choice})에서\s")
_WRITTEN = worded(r"{occasions.held.written}")
_WRITTEN_BEFORE = 20
_CHOSEN = worded(r"{occasions.held.chosen}")
# (조 대표의) 기조연설이었다
_SPEECH_WAS = worded(
    r"\s?(?:[^\s.,]+\s)?(?P<speech>{occasions.event.speeches}|{occasions.held.toasts})(?:이었|였)다"
)


def find_speeches(parse: Parse) -> list[Deed]:
    """Words at occasions, and speeches that tell where somebody was."""
    return [*_speaks(parse), *_presents(parse), *_accepts(parse)]


def _speaks(parse: Parse) -> list[Deed]:
    """Speaking or acting at an occasion: 착공식에서 …라고 말했다, 시상식에서 대상을 받았다."""
    return [
        deed
        for occasion in parse.occasions
        if _THROUGH.match(occasion.tail)
        if (deed := _speaks_at(parse, occasion)) is not None
    ]


def _speaks_at(parse: Parse, occasion: Occasion) -> Deed | None:
    end, stop = occasion.span.end, parse.sentence.span.end
    quote = first_quote(parse.document, end, stop)
    verb = _governing(parse, occasion)
    call = (
        "통해" in occasion.tail and occasion.spoken and (quote < parse.sentence.span.end or verb is not None)
    )
    at_place = call or AT.match(occasion.tail) is not None
    if "통해" in occasion.tail and (verb is None or verb.lemma not in lemmas("event", "speech")):
        verb = next((c for c in parse.clauses if c.span.start > end and _tells_words(parse, c)), None)
    says = verb is not None and verb.lemma in lemmas("event", "speech")
    if (
        occasion.head in word_set("event", "speeches")
        and (at_place or "통해" in occasion.tail)
        and (quote < stop or says)
    ):
        return _speech(parse, occasion, verb)
    if not at_place or (quote == stop and verb is None):
        return None
    chosen = occasion.head in word_set("event", "assemblies") and quote == stop
    if chosen and _CHOSEN().search(parse.text, end, stop):
        return None  # 주총에서 A가 사외이사로 이름을 올렸다: what is decided there
    if verb is None or verb.span.start > quote:
        return event_at(parse, occasion, Span(quote, quote + 1), SPEAKS)
    at = verb.span if verb.adnominal else Span(verb.span.start, verb.span.start + 1)
    return replace(
        event_at(parse, occasion, at, SPEAKS),
        end=verb.end if verb.adnominal else at.end,
        adnominal=verb.adnominal,
        unreal=verb.unreal,
        ahead=verb.ahead,
    )


def _tells_words(parse: Parse, clause: Clause) -> bool:
    """True for 만들겠다고 했다, 끝자락이라고 경고하면서."""
    reported = parse.tag_before(clause) == "EC"
    return clause.form == "verb" and reported and clause.lemma in lemmas("event", "says")


def _writes(parse: Parse, clause: Clause) -> bool:
    """True for 어려웠다고 썼다, “…”라고 적었다; not for what somebody uses (힘을 쓰자고)."""
    reported = parse.tag_before(clause) in {"EC", "JKQ"}
    return reported and not clause.adnominal and clause.lemma in lemmas("event", "writes")


def _speech(parse: Parse, speech: Occasion, verb: Clause | None) -> Deed | None:
    """기념사에서 “…”, 축사를 통해 …: a greeting belongs to the occasion named before."""
    if any(_writes(parse, c) for c in parse.clauses if c.span.start > speech.span.end):
        return None  # 신년사에서 “…”고 적었다
    end = speech.span.end
    what = speech_at(parse, speech) or speech.phrase
    alone = what == speech.phrase
    occasioned = what.startswith(tuple(word_set("event", "occasioned")))
    inaugural = alone and (speech.head in word_set("event", "inaugurals") or occasioned)
    greeting = alone and speech.head in word_set("event", "greetings") and not inaugural
    return Deed(
        ActivityKind.EVENT, Span(end, end + 1), verb.end if verb else end + 1, what,
        "inaugural" if inaugural else "speech",
        pointing=greeting,
        needs_scene=inaugural or (greeting and speech.head in word_set("event", "of_prizes")),
    )  # fmt: skip


def _governing(parse: Parse, occasion: Occasion) -> Clause | None:
    """The predicate an occasion with 에서 belongs to, if it tells somebody's doing."""
    passed = False
    for clause in parse.clauses:
        if clause.span.start < occasion.span.end:
            continue
        phrases = parse.arguments(clause)
        own = parse.own_occasion(phrases, {"에서", "로", "을"}, [occasion])
        if own is None and not DURING.match(occasion.tail):
            if passed and clause.lemma in lemmas("event", "says"):
                return clause  # 실적이 나아질 것이라고 말했다: whoever says it is there
            continue
        of_thing = any(p.particle == "이" and p.level == 0 and not parse.names_person(p) for p in phrases)
        elsewhere = clause.passive or clause.lemma in lemmas("event", "elsewhere")
        about_thing = clause.adnominal and clause.lemma in lemmas("event", "asked")
        if not of_thing and not elsewhere and not about_thing and clause.form == "verb":
            return clause
        passed = True
    return None


def _presents(parse: Parse) -> list[Deed]:
    """…를 주제로 발표했다, without the occasion in the same sentence."""
    if parse.occasions:
        return []
    return [
        Deed(
            ActivityKind.EVENT, Span(*m.span("verb")), m.end(), m["verb"], "presents",
            pointing=True, needs_name=True,
        )
        for m in _PRESENTS().finditer(parse.text, *parse.bounds)
        if not parse.document.quoted(m.start("verb"))
    ]  # fmt: skip


def _writes_there(parse: Parse, at: int) -> bool:
    """True for 이메일 취임 인사에서, 사내 게시판에 올린 이임사에서: words that nobody heard."""
    return _WRITTEN().search(parse.text, max(parse.bounds[0], at - _WRITTEN_BEFORE), at) is not None


def _accepts(parse: Parse) -> list[Deed]:
    """당선 인사에서 “…”, 이임사에서 …: who is chosen or goes speaks at the assembly told before."""
    return [
        Deed(
            ActivityKind.EVENT,
            Span(*m.span("speech")),
            m.end(),
            m["speech"],
            ACCEPTS,
            pointing=True,
            needs_scene=True,
        )
        for m in _ACCEPTING().finditer(parse.text, *parse.bounds)
        if not parse.document.quoted(m.start("speech")) and not _writes_there(parse, m.start())
    ]


def own_speech(parse: Parse) -> Deed | None:
    """첫 순서는 조 대표의 기조연설이었다: at the occasion told before."""
    for group in parse.groups:
        match = _SPEECH_WAS().match(parse.text, group.end) if group.role == "of" else None
        if match is not None and not parse.document.quoted(match.start()):
            at = Span(match.start("speech"), match.end())
            return Deed(
                ActivityKind.EVENT, at, at.end, match["speech"], "own speech", pointing=True,
                actors=group.mentions[-1:], needs_scene=True,
            )  # fmt: skip
    return None
