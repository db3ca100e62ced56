"""Posts whose new holder is told without a verb: 신임 대표는 A 부사장이다, 새 대표이사에 B 전무."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from briefing.extract.arguments import Arguments, Clause
from briefing.extract.companies import after_bracket
from briefing.extract.conjuncts import with_conjoined
from briefing.extract.document import Document, Mention
from briefing.extract.predicates import Predicate, context
from briefing.extract.records import record
from briefing.extract.titles import Title
from briefing.korean.kiwi import Sentence
from briefing.korean.wordlists import listed, worded
from briefing.model import MoveKind, Span

# What tells that the post gets somebody new.
_NEW = worded(r"{moves.namings.new}|후보|내정자")
_COMING = worded(r"(?<![가-힣]){moves.namings.new}\s(?:[가-힣A-Za-z]{2,8}\s)?$")
_STANDS_FOR = worded(r"\s?(?:{moves.seats.standing_for}\s)?{moves.namings.stands_for}")
_NO_POST = listed("moves.namings.no_post")
_TOPIC = worded(r"{moves.seats.bare}?(?:은|는|로는|으로는|에는|엔|에)\s")
_CHANGED = worded(r"\s?{moves.seats.bare}?(?:도|을|를|이|가)\s")
_SEAT = worded(r"{moves.seats.coming}\s{moves.seats.helm}(?:은|는)\s")
# 사령탑이 A 사장으로 바뀐다
_HELM_CHANGES = worded(r"{moves.seats.helm}(?:이|가|을|를|도)\s")
_COPULA = re.compile(
    r"(?:\([^()\n]{1,30}\))?(?:씨|\s등\s?\d+명)?(?:이다|다|였다|이었다|입니다|이며|이고)[.,]?"
)
# 주인공은 A다, A가 주인공이다
_HERO = re.compile(r"(?:그\s)?주인공은\s(?:바로\s|다름\s아닌\s)?")
_IS_HERO = re.compile(r"(?:이|가)\s(?:그\s)?주인공(?:이다|으로|이\s됐다|이\s된다)")
_FILLED = worded(r"[을를이가도]\s(?:[가-힣]{1,6}\s){0,2}{moves.namings.filled}")
# A로 정해졌다, B로 교체했다
_SETTLED = worded(
    r"(?:\([^()\n]{1,30}\))?씨?(?:으로|로)\s(?:{moves.endings.adverbs}\s)?"
    r"(?:{moves.namings.settled}|{moves.namings.changes})[가-힣\s]{0,14}(?:\d{1,2}일\s[가-힣\s]{2,8})?[.]?"
)
_CHANGES = worded(r"{moves.namings.changes}")
# 후임은 A 부사장이다: the post is that of whom the text has just seen off.
_SUCCESSOR = re.compile(r"(?<![가-힣])후임(?:자는|자로는|은|에는|으로는|에|자에)\s")
# 취임 100일을 맞은 A 신임 대표: the move is old; 신임 대표 선임에 반대한다: it is open.
_LONG_NEW = worded(r"취임\s?(?:\d|{moves.namings.since_taken})")
_NOT_YET = worded(r"\s?{moves.namings.open_choice}")
_YEAR = re.compile(r"(?:19|20)\d\d(?=년)")
_NOTHING = re.compile(r"(?:\([^()\n]{1,30}\))?씨?[.…]?")
# Of Korean names without a space; what is longer may be a company (다솔상사 신임 사장에).
_LONGEST_NAME = 3
_CONJOINED = frozenset({"", "과", "와", "및"})
_BETWEEN = re.compile(r"\s?(?:[,·ㆍ/&]|과|와|및)?\s?(?:[가-힣A-Za-z0-9&㈜·()]{1,15}\s?){0,4}")


@record(frozen=True, slots=True)
class Naming:
    """A post, or the helm, and those who are named to it.

    Attributes:
        post: The post, or None for the helm.
        mentions: Who gets it.
        topic: Where the post stands.
        vacated: True if it is the post left just before.
    """

    post: Title | None
    mentions: tuple[Mention, ...]
    topic: Span
    vacated: bool = False

    def clause(self, sentence: Sentence) -> Clause:
        """The naming as a predicate of its sentence, at the end of the post."""
        at = Span(self.topic.end, self.topic.end)
        rule = "named to the post"
        predicate = Predicate(at, MoveKind.APPOINTED, "behind", "copula", post=False, rule=rule)
        return Clause.whole(sentence, predicate)


def find_naming(document: Document, arguments: Arguments, number: int) -> Naming | None:
    """The naming that a sentence, told by its number, consists of, or None."""
    text, span = document.text, document.sentences[number].span
    if not document.mentions_in(span):
        return None  # most sentences name nobody
    if number and (naming := _revealed(document, arguments, number)) is not None:
        return naming
    changes = _CHANGES().search(text, span.start, span.end) is not None
    if not changes and not _NEW().search(text, span.start, span.end):
        return None
    if changes and (helm := _HELM_CHANGES().search(text, span.start, span.end)) is not None:
        found = _named(document, Span(helm.end(), span.end), bare=False)
        if found and found[-1].particle in {"으로", "로"}:
            return Naming(None, found, Span(*helm.span()))
    if (helm := _SEAT().search(text, span.start, span.end)) is not None:
        found = _named(document, Span(helm.end(), span.end), bare=False)
        return Naming(None, found, Span(*helm.span())) if found else None
    if (successor := _SUCCESSOR.search(text, span.start, span.end)) is not None:
        bare = successor.group().rstrip().endswith("에")
        found = _named(document, Span(successor.end(), span.end), bare=bare)
        if found:
            return Naming(None, found, Span(*successor.span()), vacated=True)
    for title in arguments.titles_in(span):
        behind = after_bracket(text, title.span.end)
        stands = _STANDS_FOR().match(text, behind)
        topic = _TOPIC().match(text, stands.end() if stands else behind)
        new = stands or "후보" in title.text or _COMING().search(text, span.start, title.span.start)
        if changes and topic is None:
            topic = _CHANGED().match(text, behind)
        if topic is None or not (new or changes) or arguments.is_person(title) or title.text in _NO_POST():
            continue
        bare = bool(new) and topic.group().rstrip().endswith(("에", "엔", "에는", "로는"))
        found = _named(document, Span(topic.end(), span.end), bare=bare)
        return Naming(title, found, Span(title.span.start, topic.end())) if found else None
    return None


def newly_called(document: Document, told: Collection[tuple[str, str | None]]) -> list[Mention]:
    """Executives called new (A 신임 대표, 신임 A 사장) of whom nothing was told, each once.

    Args:
        document: The article.
        told: Names, with the posts that they are told to take.
    """
    found: dict[int, Mention] = {}
    lead = document.sentences[:2][-1].span.end if document.sentences else 0  # headline and first sentence
    if "신임 " in document.text and not _LONG_NEW().search(document.text):
        for mention in document.mentions:
            if mention.span.start >= lead:
                break  # further on everybody new of late is called so
            called = "신임 " in mention.form and mention.kind == "full" and not mention.former
            called = called and not _NOT_YET().match(document.text, mention.span.end)
            persona = document.persona_of(mention)
            called = called and (len(persona.name) <= _LONGEST_NAME or " " in persona.name)
            known = (persona.name, None) in told or (persona.name, mention.title) in told
            if called and mention.title and persona.executive and not known:
                found.setdefault(mention.persona, mention)
    names = {p.name for p in document.personas}  # A를 신임 대표로: no name A를
    return [
        m
        for m in found.values()
        if not document.quoted(m.span.start) and document.persona_of(m).name[:-1] not in names
    ]


def _revealed(document: Document, arguments: Arguments, number: int) -> Naming | None:
    """[다솔이 새 대표를 맞는다.] 주인공은 A 부사장이다: who gets the post of the sentence before."""
    text, span = document.text, document.sentences[number].span
    ahead = _HERO.match(text, span.start, span.end)
    behind = _IS_HERO.search(text, span.start, span.end) if ahead is None else None
    if ahead is not None:
        told = arguments.spoken(span)
        ends = bool(told) and _COPULA.fullmatch(text[told[-1].span.end : span.end].rstrip())
        found = with_conjoined(document, told[-1], told) if ends else ()
    elif behind is not None:
        found = tuple(m for m in document.mentions_in(span) if m.span.end == behind.start())
    else:
        return None
    before = document.sentences[number - 1].span
    posts = [t for t in arguments.titles_in(before) if t.kind == "executive" and not arguments.is_person(t)]
    if not found or not posts:
        return None
    years = (int(y) for y in _YEAR.findall(text, before.start, span.end))
    if document.day is not None and any(year < document.day.year for year in years):
        return None  # 주인공은 2015년 취임한 A 대표다
    at = posts[-1].span.end
    filled = context("appoints").search(text, at, before.end) or _FILLED().search(text, at, before.end)
    if filled is None:
        return None
    return Naming(posts[-1], found, Span(span.start, span.start))


def _named(document: Document, rest: Span, *, bare: bool) -> tuple[Mention, ...]:
    """All persons of a stretch that holds nothing but persons, its copula left out."""
    text = document.text
    found: Sequence[Mention] = [m for m in document.mentions_in(rest) if not document.quoted(m.span.start)]
    if not found:
        return ()
    last = found[-1]
    stop = text[last.span.end : rest.end].rstrip()
    named = _COPULA.fullmatch(stop) or _SETTLED().fullmatch(stop) or (bare and _NOTHING.fullmatch(stop))
    if not named:
        return ()
    if any(m.particle not in _CONJOINED for m in found[:-1]):
        return ()
    at = rest.start
    for mention in found:
        if not _BETWEEN.fullmatch(text[at : mention.span.start]):
            return ()
        at = mention.span.end
    return tuple(found)
