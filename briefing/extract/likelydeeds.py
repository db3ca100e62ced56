"""Deeds that no rule tells, judged by learned weights (`deedweights`).

"A 회장과 B 부회장이 나란히 향을 올렸다" takes part in the funeral told of before, and no list of verbs will
ever hold all that people do at one. So whatever executives do in a sentence in which no rule finds a deed
of theirs is weighed: its verbs and words, how it is told, and what the text has told before. Only parts in
occasions and meetings are told so, and only behind an occasion that the text has named: elsewhere rules
that say no are right more often than weights that say yes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import field, replace
from itertools import groupby
from operator import itemgetter

from briefing.extract.actors import Actors, find_actors
from briefing.extract.clauses import Argument, Clause
from briefing.extract.deeds import Deed, Parse, is_undone, told
from briefing.extract.deedweights import KINDS, DeedWeights
from briefing.extract.document import Document, Mention
from briefing.extract.occasions import Occasion, word_set
from briefing.extract.records import record
from briefing.extract.roundtables import occasion_kind
from briefing.extract.scene import Scene
from briefing.extract.timing import Told, refusal
from briefing.korean.kiwi import Sentence, Token
from briefing.korean.wordlists import worded
from briefing.model import Activity, ActivityKind, Span

RULE = "likely"
# A deed is told where it is more likely than this, as logit; chosen on sets left out, see docs/extraction.md.
LIKELY = 0.2
# Candidates less likely than that by no more than this are told in `execbrief explain`.
NEARLY = 1.0
# What was told within so many characters before is what the text is still at.
_NEAR = 300
_BESIDE = 60
_SINCE_DEED = 250
_LEAD = 150
_FAR = 2000
_CHANNELS = worded(r"{occasions.event.channels}|{occasions.held.not_there}")
# Where a phrase belongs by its particle.
_PLACES = {
    "을": "object",
    "": "object",
    "에": "goal",
    "로": "goal",
    "까지": "goal",
    "에서": "scene",
    "와": "beside",
}
# The kinds that are told so, with the particles of the phrase that says what such a deed is about.
TOLD = {
    ActivityKind.MEETING: frozenset({"와", "을"}),
    ActivityKind.EVENT: frozenset({"에", "에서", "을"}),
}
_SUBJECTS = frozenset({"이", "은"})
_PARTS = frozenset({"NN", "SL", "XR", "XS"})
# Words that say what is done.
CONTENT = frozenset({"NNG", "VV", "VA", "XR", "MAG", "SL", "VX", "NNB", "IC", "NP"})
_GRAMMAR = frozenset({"NNB", "MAG", "NP", "MM"})
_NAMED = frozenset({"named", "omitted", "modified", "plural"})


@record(frozen=True, slots=True)
class Before:
    """What the text has told before a sentence.

    Attributes:
        occasion: Kind of the occasion named last.
        since: Characters since then; -1 if that is not told.
        kind: Kind of the activity told last, or None.
        person: Whose it was.
        told: Characters since then.
        coming: True if the occasion lies ahead of publication.
    """

    occasion: ActivityKind
    since: int
    kind: ActivityKind | None
    person: str
    told: int
    coming: bool

    @classmethod
    def of(cls, document: Document, start: int, scene: Scene) -> Before | None:
        """What is told before an offset; None if that is no occasion."""
        known, last = scene.occasion, scene.last
        if known is None:
            return None
        return cls(
            occasion_kind(document, known),
            start - scene.told if scene.told >= 0 else -1,
            None if last is None else last.kind,
            "" if last is None else last.person,
            start - scene.last_at,
            document.day is not None and scene.day is not None and scene.day > document.day,
        )


@record(frozen=True, slots=True)
class Candidate:
    """What one person does in a sentence, and all that weighs on whether it is an activity.

    Attributes:
        mention: The person.
        clause: Its predicate.
        deed: Without a kind: the last thing he does.
        actors: Everybody who does it, and how that is told.
        refused: Why it would be no news, or None.
        words: By place, morphemes (악수/NNG).
        forms: Endings and particles.
        signs: What else is known, by name.
    """

    mention: Mention
    clause: Clause
    deed: Deed
    actors: Actors
    refused: str | None
    words: dict[str, list[str]]
    forms: frozenset[str]
    signs: dict[str, float] = field(default_factory=dict)

    def likeliest(self) -> tuple[float, ActivityKind]:
        """How likely the likeliest kind is, as logit, and that kind, which may be one that is never told."""
        said = DeedWeights.shipped().scores(self.words, self.forms, self.signs)
        kind = max(KINDS, key=said.__getitem__)
        return said[kind], kind


@record(frozen=True, slots=True)
class Guesses:
    """What is likely of the deeds that no rule tells.

    Attributes:
        found: Activities, each with how likely it is, as logit.
        watch: Is shown whatever executives do, with the kinds of deeds that rules find there; then nothing
            is guessed.
        moved: Who takes, leaves or keeps a post, with where that is told: the sentence tells that.
    """

    moved: frozenset[tuple[str, int]] = frozenset()
    found: list[tuple[float, Activity]] = field(default_factory=list)
    watch: Callable[[Sentence, Candidate, frozenset[ActivityKind]], None] | None = None


def moves_on(guesses: Guesses, name: str, sentence: Span) -> bool:
    """True if the sentence tells a move of the person."""
    return any(who == name and sentence.start <= at < sentence.end for who, at in guesses.moved)


def unsaid(guesses: Guesses, told: Sequence[Activity]) -> list[Activity]:
    """The likely activities of a kind that the rules tell of the person nowhere; one a person and kind."""
    taken = {(a.person, a.kind) for a in told}
    found = []
    for _, activity in sorted(guesses.found, key=itemgetter(0), reverse=True):
        if (activity.person, activity.kind) not in taken:
            taken.add((activity.person, activity.kind))
            found.append(activity)
    return sorted(found, key=lambda a: a.evidence)


def placed(parsed: Parse, candidate: Candidate, kind: ActivityKind, before: Before) -> Deed:
    """The deed with its kind, at the occasion told before where it is likely one of there."""
    deed = candidate.deed
    own = next((o for o in parsed.occasions if not _points_back(o)), None)
    here = kind is ActivityKind.EVENT and own is not None
    there = not here and before.occasion is kind
    if here and own is not None:
        what = own.phrase
    else:
        own_phrases = _own(parsed.arguments(candidate.clause))
        end = next((a.span.end for a in own_phrases if a.particle in TOLD[kind]), None)
        what = parsed.noun_phrase(end) if end is not None else ""
    return replace(deed, kind=kind, what=what or parsed.text[deed.span.start : deed.end], pointing=there)


def _points_back(occasion: Occasion) -> bool:
    """True for 이 행사, 행사장: an occasion that the text has named before."""
    return occasion.pointing or occasion.phrase.removesuffix("장") in word_set("event", "pointing")


def find_candidates(
    parsed: Parse, days: Told, before: Before, scene: Scene, known: Sequence[Activity], *, every: bool = False
) -> Iterator[Candidate]:
    """What executives do in a sentence.

    Args:
        parsed: The sentence.
        days: Its days.
        before: What was told before it.
        scene: The same, for those who are not named in it.
        known: What rules find in it.
        every: Also of those of whom rules find something.
    """
    document = parsed.document
    done = frozenset[str]() if every else {a.person for a in known}
    named = [m for g in parsed.groups for m in g.mentions]
    asked = [m for m in named if (p := document.persona_of(m)).executive and p.name not in done]
    if named and not asked:
        return
    doing: list[tuple[int, Mention, Clause, Deed, Actors]] = []
    # who acts stands before the verb, or behind one that modifies him
    first = min((m.span.start for m in asked), default=0)
    clauses = [
        c
        for c in parsed.clauses
        if not c.passive and (c.adnominal or c.span.start > first) and not is_undone(parsed.sentence, c)
    ]
    # where nobody is named, only what the sentence ends with is asked for
    for clause in clauses if named else clauses[-1:]:
        deed = told(clause, ActivityKind.EVENT, "", f"{RULE} ({clause.lemma})")
        actors = find_actors(document, parsed.sentence, parsed.groups, deed, scene)
        for mention in actors[0]:
            persona = document.persona_of(mention)
            if persona.executive and persona.name not in done:
                doing.append((mention.persona, mention, clause, deed, actors))
    if not doing:
        return
    words, forms = _sentence_words(parsed)
    for _, group in groupby(sorted(doing, key=itemgetter(0)), key=itemgetter(0)):
        own = list(group)
        refused = [refusal(document, deed, days) for _, _, _, deed, _ in own]
        real = [n for n, reason in enumerate(refused) if reason is None]
        told_by = next((n for n in reversed(real) if not own[n][2].adnominal), len(own) - 1)
        _, mention, clause, deed, actors = own[told_by]
        if clause.adnominal and actors[1] == "named":
            continue  # A 부사장이 이끄는 연구소는: another acts
        phrases = [_own(parsed.arguments(c)) for _, _, c, _, _ in own]
        things = [a for a in phrases[told_by] if a.particle in _SUBJECTS and not parsed.names_person(a)]
        if any(a.span.start > mention.span.end for a in things):
            continue  # A 전무가 개발한 로봇이 라인을 돌린다
        clauses = [c for _, _, c, _, _ in own]
        words_at = _by_place(parsed, phrases)
        words_at["verbs"] = [_key(t) for c in clauses for t in parsed.sentence.tokens[c.first : c.last + 1]]
        words_at["all"] = words
        if 0 <= before.since < _NEAR:
            words_at["verbs there"] = words_at["verbs"]
        signs = _signs(parsed, days, before, mention, clause, actors[1], phrases[told_by])
        name = document.persona_of(mention).name
        signs |= {f"another's {a.kind} here": 1.0 for a in known if a.person != name}
        signs["refused"] = float(len(real) < len(own))
        signs["unreal"] = float(any(c.unreal for c in clauses))
        signs["adnominal too"] = float(any(c.adnominal for c in clauses))
        signs["deeds"] = len(own) / 5
        signs["of a thing"] = float(any(a.topic for a in things))  # 설계는 A 대표가 맡았다
        why = None if real else refused[-1]
        if why is None and _elsewhere(parsed):
            why = "written, broadcast or said elsewhere"
        yield Candidate(mention, clause, deed, actors, why, words_at, forms, signs)


def _elsewhere(parsed: Parse) -> bool:
    """True if somebody writes, calls or is seen on a screen (본지와의 통화에서, 신년사를 통해)."""
    start, end = parsed.bounds
    return any(not parsed.document.quoted(m.start()) for m in _CHANNELS().finditer(parsed.text, start, end))


def _own(phrases: Sequence[Argument]) -> list[Argument]:
    """The predicate's own ones of its phrases."""
    return [a for a in phrases if not a.level]


def _sentence_words(parsed: Parse) -> tuple[list[str], frozenset[str]]:
    tokens = parsed.sentence.tokens
    return (
        [_key(t) for t in tokens if t.tag in CONTENT],
        frozenset(_key(t) for t in tokens if t.tag[0] in "EJVX" or t.tag in _GRAMMAR),
    )


def _key(token: Token) -> str:
    return f"{token.form}/{token.tag}"


def _by_place(parsed: Parse, phrases: Sequence[Sequence[Argument]]) -> dict[str, list[str]]:
    """The last nouns of phrases by what their particles make of them."""
    found: dict[str, list[str]] = {}
    tokens = parsed.sentence.tokens
    for argument in (a for own in phrases for a in own):
        place = _PLACES.get(argument.particle)
        if place is not None:
            last = tokens[max(0, argument.index - 1) : argument.index + 1]
            nouns = [_key(t) for t in last if t.start >= argument.span.start and t.tag[:2] in _PARTS]
            found.setdefault(place, []).extend(nouns)
    return found


def _signs(  # noqa: PLR0917
    parsed: Parse, days: Told, before: Before, mention: Mention, clause: Clause, form: str,
    phrases: Sequence[Argument],
) -> dict[str, float]:  # fmt: skip
    document, span = parsed.document, parsed.sentence.span
    persona = document.persona_of(mention)
    quoted = bool(document.quotes_in(span))
    first = span.start <= persona.first.start < span.end
    near = 0 <= before.since < _NEAR
    beside = {p.particle for p in phrases if parsed.names_person(p)}
    true = {
        "with somebody": not beside.isdisjoint({"을", "와"}),
        "to somebody": "에게" in beside,
        "adnominal": clause.adnominal,
        "ahead": clause.ahead is True,
        "past": clause.ahead is False,
        "noun": clause.form != "verb",
        "day": bool(days.days),
        "occasion here": bool(parsed.occasions),
        "quotation": quoted,
        "occasion": True,
        "occasion near": near,
        "occasion beside": 0 <= before.since < _BESIDE,
        "new person": first,
        "full name": mention.kind == "full",
        "lead": span.start < _LEAD,
        "occasion ahead": before.coming,
        "new person quoted": first and quoted,
        "new person at occasion": first,
        "new person quoted at occasion": first and quoted,
        "full name and day": mention.kind == "full" and bool(days.days),
        "quoted at occasion": quoted and near,
        f"occasion is {before.occasion}": True,
        f"near occasion is {before.occasion}": near,
    }
    if form in _NAMED:
        true[f"told as {form}"] = True
    if before.kind is not None:
        true[f"last is {before.kind}"] = True
        true[f"near last is {before.kind}"] = before.told < _SINCE_DEED
        true[f"last of another is {before.kind}"] = before.person != persona.name
    signs = {name: 1.0 for name, holds in true.items() if holds}
    return signs | {
        "bias": 1.0, "clauses": len(parsed.clauses) / 5, "place in text": min(span.start, _FAR) / _FAR,
    }  # fmt: skip
