"""What a predicate that tells an activity is, and the idioms of deeds.toml."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cache
from typing import Any

from briefing.errors import DataError
from briefing.extract.clauses import Argument, Clause, arguments, find_clauses, lemmas
from briefing.extract.document import Document, Mention
from briefing.extract.groups import Group
from briefing.extract.occasions import Occasion, phrase_start, trimmed
from briefing.extract.places import bare_phrase
from briefing.extract.records import record
from briefing.extract.subjects import human
from briefing.korean.kiwi import Sentence
from briefing.korean.lexicon import table, words
from briefing.model import ActivityKind, Span

_FILE = "deeds.toml"
# 국감장에, 설명회(IR)를: what stands between an occasion and the end of its word.
_TRAIL = re.compile(r"(?:장|\([^()]*\)|[’'”\"」』>》〉)\]])*")
# 불출석하다, 미참석: prefixes that deny the deed.
_DENYING = frozenset({"불", "미"})
# ‘협력사를 실사하며 배운 것’을 주제로
_TITLE = re.compile(r"‘[^‘’\n]{2,60}’|(?<![가-힣A-Za-z0-9])'(?!\d\d년)[^'\n]{2,60}'")
# The last verb of a sentence is one of so many morphemes.
_LAST = 6
# A name with its title is no longer than this.
_NAME = 40


@record(frozen=True, slots=True)
class Deed:
    """A predicate that tells an activity.

    Attributes:
        kind: Which; None for coming along with somebody.
        span: Stem of the predicate.
        end: Where its word ends.
        what: Occasion, counterpart, place or destination as written.
        rule: Name for `execbrief explain`.
        adnominal: True if the verb modifies a noun behind it.
        pointing: True if the occasion only points back.
        mutual: True if the other side acts too (A가 B와 계약에 서명).
        others: The other side of a meeting, where it is known.
        needs_name: True if an omitted subject is not filled in.
        listed: True if it is one of several occasions told with one verb.
        since: Where the occasion ends, if everybody named from there to the verb takes part; else -1.
        actors: Who acts, where that is known already.
        seen_only: True for a visit told by a verb of looking round.
        needs_scene: True if it tells nothing without an occasion named before.
        ahead: As in Clause.
        unreal: As in Clause.
    """

    kind: ActivityKind | None
    span: Span
    end: int
    what: str
    rule: str
    adnominal: bool = False
    pointing: bool = False
    mutual: bool = False
    needs_name: bool = False
    listed: bool = False
    since: int = -1
    actors: tuple[Mention, ...] = ()
    others: tuple[Mention, ...] = ()
    seen_only: bool = False
    needs_scene: bool = False
    ahead: bool | None = None
    unreal: bool = False


def told(clause: Clause, kind: ActivityKind | None, what: str, rule: str, **more: Any) -> Deed:
    """The deed a predicate tells; `more` are further attributes of it."""
    return Deed(
        kind, clause.span, clause.end, what, rule, clause.adnominal,
        ahead=clause.ahead, unreal=clause.unreal, **more,
    )  # fmt: skip


@record(frozen=True, slots=True)
class Parse:
    """A sentence taken apart for the finders of deeds.

    Attributes:
        document: The article.
        sentence: Its tokens are those outside quotations.
        occasions: In order.
        groups: Persons, in order.
        clauses: Predicates, in order.
        phrases: Predicates that may tell a deed, each with its phrases, the nearest first.
        is_nominal: True if it says what something is (…였다, …이다), which a cheap look tells.
    """

    document: Document
    sentence: Sentence
    occasions: tuple[Occasion, ...]
    groups: tuple[Group, ...]
    clauses: tuple[Clause, ...]
    phrases: tuple[tuple[Clause, tuple[Argument, ...]], ...]
    is_nominal: bool

    @property
    def text(self) -> str:
        """Text of the article."""
        return self.document.text

    @property
    def bounds(self) -> tuple[int, int]:
        """Where the sentence begins and ends."""
        return self.sentence.span.start, self.sentence.span.end

    def pairs(self) -> Iterable[tuple[Clause, tuple[Argument, ...]]]:
        """Each predicate with its phrases."""
        return self.phrases

    def arguments(self, clause: Clause) -> list[Argument]:
        """Phrases of any predicate."""
        return arguments(self.text, self.sentence, clause)

    def start_of(self, at: int) -> int:
        """Where the noun phrase begins that runs up to an offset."""
        return trimmed(self.text, phrase_start(self.document, self.sentence.tokens, at), at)

    def looks_after_next(self, clause: Clause) -> bool:
        """True if the next verb looks after something there: 공장을 찾아 설비를 점검했다."""
        behind = next((c for c in self.clauses if c.first > clause.last and c.form != "light"), None)
        return behind is not None and not clause.adnominal and behind.lemma in lemmas("visit", "looks_after")

    def noun_phrase(self, end: int, strip: str = " ,·’‘'의") -> str:
        """The noun phrase that ends at an offset."""
        return bare_phrase(self.text[self.start_of(end) : end], strip)

    def earlier_phrase(self, found: re.Match[str]) -> str:
        """The noun phrase, perhaps of an earlier sentence, that ends with what was found in the text."""
        at = self.document.sentence_at(found.start()) or self.sentence
        start = phrase_start(self.document, at.tokens, found.end())
        return bare_phrase(self.text[start : found.end()])

    def names_company(self, phrase: Argument) -> bool:
        """True if a phrase ends with the name of a company (국내 1위 누리화학)."""
        end = phrase.span.end
        near = Span(self.start_of(end), end)
        return any(c.span.end == end for c in self.document.companies_in(near))

    def tag_before(self, clause: Clause) -> str:
        """The tag of the morpheme in front of a predicate; empty where the sentence begins with it."""
        return self.sentence.tokens[clause.first - 1].tag if clause.first else ""

    def own_occasion(
        self, phrases: Sequence[Argument], particles: Container[str], among: Sequence[Occasion] | None = None
    ) -> Occasion | None:
        """The occasion that stands as a predicate's own phrase with one of the particles, or None."""
        for phrase in phrases:
            if phrase.level or phrase.particle not in particles:
                continue
            end = self.sentence.tokens[phrase.index].end
            for occasion in reversed(self.occasions if among is None else among):
                if occasion.span.start < end and _TRAIL.fullmatch(self.text, occasion.span.end, end):
                    return occasion
        return None

    def named_before(self, offset: int) -> Occasion | None:
        """The last occasion that the sentence names before an offset."""
        named = (o for o in reversed(self.occasions) if o.span.end <= offset and not o.pointing)
        return next(named, None)

    def names_person(self, phrase: Argument) -> bool:
        """True for a phrase that ends in a person or a noun of people."""
        near = self.document.mentions_in(Span(max(0, phrase.span.start - _NAME), phrase.span.end))
        return human(phrase.head) or any(m.span.start <= phrase.span.start < m.span.end for m in near)


def parse(
    document: Document, sentence: Sentence, occasions: Sequence[Occasion], groups: Sequence[Group]
) -> Parse:
    """The sentence with its predicates outside quotations and their phrases."""
    plain = sentence
    if document.quotes_in(sentence.span):
        plain = Sentence(sentence.span, tuple(t for t in sentence.tokens if not document.quoted(t.start)))
    clauses = find_clauses(document.text, plain)
    if titled := _titled(document.text, sentence):
        clauses = tuple(c for c in clauses if not any(s < c.span.start < e for s, e in titled))
    telling = _telling()
    phrases = tuple(
        (clause, _also(document, clause, arguments(document.text, plain, clause)))
        for clause in clauses
        if clause.lemma in telling and not is_undone(plain, clause)
    )
    nominal = any(token.tag == "VCP" for token in plain.tokens[-_LAST:])
    return Parse(document, plain, tuple(occasions), tuple(groups), clauses, phrases, nominal)


def _titled(text: str, sentence: Sentence) -> list[tuple[int, int]]:
    """Where titles of talks stand between single marks: ‘협력사를 실사하며 배운 것’을 주제로."""
    start, end = sentence.span.start, sentence.span.end
    if not any(text.find(mark, start, end) >= 0 for mark in "‘'"):
        return []
    return [m.span() for m in _TITLE.finditer(text, start, end)]


def is_undone(sentence: Sentence, clause: Clause) -> bool:
    """True for 불출석했다, 미참석한: what the prefix denies."""
    if clause.first == 0:
        return False
    before, verb = sentence.tokens[clause.first - 1 : clause.first + 1]
    return before.form in _DENYING and before.tag == "XPN" and before.end == verb.start


def _also(document: Document, clause: Clause, phrases: list[Argument]) -> tuple[Argument, ...]:
    """The phrases, with 도 taken for the object's particle where it stands for it: 물류센터도 찾는다."""
    if phrases and clause.form == "verb" and clause.lemma in _with_object():
        near = phrases[0]
        if not near.level and near.topic and document.text.startswith("도", near.span.end):
            others = any(p.level == 0 and p.particle in {"이", "은"} for p in phrases[1:])
            around = document.mentions_in(Span(max(0, near.span.start - _NAME), near.span.end))
            named = any(m.span.end > near.span.start for m in around)  # A 나래물산 사장도
            if not named and (others or not human(near.head)):
                phrases[0] = replace(near, particle="을")
    return tuple(phrases)


@cache
def _with_object() -> frozenset[str]:
    """Verbs of deeds that take what one goes to, or whom one meets, as object."""
    keys = (("visit", "plain"), ("visit", "object"), ("trip", "object"), ("meeting", "direct"))
    return frozenset().union(*(lemmas(*key) for key in keys))


@record(frozen=True, slots=True)
class _Idiom:
    group: str
    nouns: tuple[str, ...]


@cache
def _idioms() -> Mapping[str, tuple[_Idiom, ...]]:
    found: dict[str, list[_Idiom]] = {}
    for row in table(_FILE)["idiom"]:
        try:
            idiom = _Idiom(row["group"], tuple(n.replace("_", " ") for n in row["nouns"].split()))
            verbs = [v.removesuffix("다") for v in row["verbs"].split()]
        except (KeyError, AttributeError):
            raise DataError(f"briefing/data/{_FILE}", "an [[idiom]] needs group, nouns and verbs") from None
        for verb in verbs:
            found.setdefault(verb, []).append(idiom)
    return {verb: tuple(rows) for verb, rows in found.items()}


# Lists under a kind of deed that tell none themselves.
_SIDE_LISTS = frozenset(
    {
        "looks_after",
        "writes",
        "shared",
        "asked",
        "says",
        "prizes",
        "tales",
        "gifts",
        "elsewhere",
        "staying",
        "dishes",
        "mourned",
        "wares",
        "steps",
        "seat",
    }
)


@cache
def _telling() -> frozenset[str]:
    """Every verb of deeds.toml that tells something of a deed, alone or with a noun."""
    groups = ("event", "meeting", "visit", "trip", "deal", "along")
    verbs = {v for g in groups for key in table(_FILE)[g] if key not in _SIDE_LISTS for v in lemmas(g, key)}
    return frozenset(verbs) | frozenset(_idioms())


def find_idiom(clause: Clause, phrases: Sequence[Argument], *groups: str) -> Argument | None:
    """The noun of an idiom of one of the groups among the predicate's own phrases, or None."""
    for idiom in _idioms().get(clause.lemma, ()):
        if idiom.group in groups:
            for phrase in phrases:
                if phrase.level == 0 and phrase.particle != "이" and phrase.words.endswith(idiom.nouns):
                    return phrase
    return None


def deed_words(*keys: str) -> frozenset[str]:
    """Nouns under a key of deeds.toml."""
    return frozenset(words(_FILE, *keys))
