"""Words that tell a personnel move, and how they take their arguments: 선임했다, 선임된, 지휘봉을 잡는다."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from briefing.errors import DataError
from briefing.extract.records import record
from briefing.extract.titles import title_kind
from briefing.korean.lexicon import table, trie_branches, words
from briefing.model import MoveKind, Span

FILE = "moves.toml"
FRAMES = frozenset({"subject", "object", "recipient", "behind", "partner"})


@record(frozen=True, slots=True)
class Predicate:
    """A verb of a move.

    Attributes:
        span: Where it stands, as far as its stem.
        kind: What happens.
        frame: Where the person stands: "subject", "object" or "recipient" (에게) of this form,
            "behind" it (상무 승진자 중에는 A가), "partner" (A와 결별했다), or "any".
        form: "passive", "active", "causative", "resolved", "rejected", "ceremony", "headline",
            "phrase" or "idiom".
        post: True if the phrase is a move only with a post in front of it.
        rule: Name for `execbrief explain`.
        vacated: True if the post may be told only as that of whoever leaves it (지휘봉을 잡는다).
        elsewhere: True where somebody goes to no post (본사로 옮겨 부사장을 맡는다): it is no move, and what
            follows tells of a house that is not said.
    """

    span: Span
    kind: MoveKind
    frame: str
    form: str
    post: bool
    rule: str
    vacated: bool = False
    elsewhere: bool = False


@record(frozen=True, slots=True)
class _Noun:
    kind: MoveKind
    frame: str


@cache
def _nouns() -> dict[str, _Noun]:
    nouns: dict[str, _Noun] = {}
    for row in rows("noun"):
        for word in row["words"].split():
            nouns[word] = _Noun(kind_of(row), _frame(row))
    return nouns


@cache
def _noun_pattern() -> re.Pattern[str]:
    tails: dict[str, str] = table(FILE)["tails"]
    # An order of preference: a resolution before a plain verb, a passive before an active.
    order = ("rejected", "resolved", "passive", "causative", "active", "ceremony", "headline")
    return re.compile(
        rf"(?P<noun>{trie_branches(_nouns())})"
        "(?:" + "|".join(f"(?P<{name}>{tails[name]})" for name in order) + ")",
        re.MULTILINE,
    )


@record(frozen=True, slots=True)
class _Phrase:
    pattern: re.Pattern[str]
    # Without one of these in the text the pattern need not look at it; empty: it has to.
    stems: tuple[str, ...]
    kind: MoveKind
    frame: str
    post: bool
    at_post: bool
    name: str
    vacated: bool


@cache
def _phrases() -> tuple[_Phrase, ...]:
    return tuple(
        _Phrase(
            re.compile(_with_verbs(row), re.MULTILINE),
            tuple(_stem(verb) for verb in row.get("verbs", "").split()),
            kind_of(row),
            _frame(row),
            row["post"] == "required",
            at_post(row),
            row["name"],
            "seat" in row,
        )
        for row in rows("phrase")
    )


@cache
def _by_stem() -> tuple[frozenset[int], dict[str, list[tuple[str, list[int]]]]]:
    """Phrases that need no stem; and stems, by their first two characters, with those that need one."""
    needing: dict[str, list[int]] = {}
    for n, phrase in enumerate(_phrases()):
        for stem in phrase.stems:
            needing.setdefault(stem, []).append(n)
    by_head: dict[str, list[tuple[str, list[int]]]] = {}
    for stem, numbers in needing.items():
        by_head.setdefault(stem[:2], []).append((stem, numbers))
    return frozenset(n for n, phrase in enumerate(_phrases()) if not phrase.stems), by_head


@cache
def _stem_heads() -> re.Pattern[str]:
    """The first character of a stem before its second one; stems may overlap, so no more of them is taken."""
    seconds: dict[str, set[str]] = {}
    for head in _by_stem()[1]:
        seconds.setdefault(head[0], set()).add(head[1:])
    return re.compile(
        "|".join(
            first if "" in second else f"{first}(?=[{''.join(sorted(second))}])"
            for first, second in seconds.items()
        )
    )


def _possible(text: str) -> list[_Phrase]:
    """Phrases whose stems a text holds, in order; most stems go by their first two characters."""
    always, by_head = _by_stem()
    numbers = set(always)
    heads = {text[m.start() : m.start() + 2] for m in _stem_heads().finditer(text)}
    heads |= {head[0] for head in heads}  # stems of one syllable
    for head in by_head.keys() & heads:
        for stem, wanted in by_head[head]:
            if stem in text:
                numbers.update(wanted)
    return [_phrases()[n] for n in sorted(numbers)]


def _with_verbs(row: dict[str, Any]) -> str:
    pattern, verbs = str(row["pattern"]), str(row.get("verbs", "")).split()
    if ("{verbs}" in pattern) is not bool(verbs):
        raise DataError(FILE, f"phrase {row['name']!r}: `verbs` and {{verbs}} in `pattern` belong together")
    pattern = pattern.replace("{verbs}", f"(?:{'|'.join(verbs)})")
    return _OPTIONAL.sub(_written_out, pattern, count=1)


# (?:직|자리)?(?:에|로): what may stand before a phrase, and the particles behind it.
_OPTIONAL = re.compile(r"^\(\?:([^()]+)\)\?(\(\?:([^()]+)\))(?![?*+{])")


def _written_out(begin: re.Match[str]) -> str:
    """직(?:에|로)|자리(?:에|로)|에|로: `re` skips quickly only to what begins with a character."""
    words, particle, particles = begin.groups()
    return f"(?:{'|'.join(word + particle for word in words.split('|'))}|{particles})"


def _stem(verb: str) -> str:
    """The characters that a verb's regular expression begins with.

    Raises:
        DataError: it begins with something else.
    """
    plain = re.match(r"[가-힣0-9]+(?![가-힣0-9?*+{|])|[가-힣0-9]+(?=[가-힣0-9][?*+{])", verb)
    if plain is None:
        raise DataError(FILE, f"verb {verb!r} has to begin with its syllables")
    return plain.group()


@cache
def context(name: str) -> re.Pattern[str]:
    """A pattern of data/moves.toml [context]."""
    return re.compile(table(FILE)["context"][name])


def rows(name: str) -> list[dict[str, Any]]:
    """Rows of a table of data/moves.toml."""
    found: list[dict[str, Any]] = table(FILE)[name]
    return found


def kind_of(row: dict[str, Any]) -> MoveKind:
    """The kind of move of a row of data.

    Raises:
        DataError: it is none.
    """
    try:
        return MoveKind(row["kind"])
    except ValueError:
        raise DataError(FILE, f"{row['kind']!r} is no kind of move; use {', '.join(MoveKind)}") from None


def at_post(row: dict[str, Any]) -> bool:
    """True if a row of data wants a post right before its verb.

    Raises:
        DataError: it wants something else.
    """
    if row.get("at", "post") != "post":
        raise DataError(FILE, f"{row['at']!r} is nothing to stand before a verb; use post, or leave it out")
    return "at" in row


@cache
def _seats() -> tuple[str, ...]:
    return words(FILE, "seats", "words")


def is_seat(word: str) -> bool:
    """True for a word that is or ends in a post: 영업본부장, 대표이사직, 자리."""
    return word.endswith(_seats()) or title_kind(word) is not None


def _frame(row: dict[str, Any]) -> str:
    if row["frame"] not in FRAMES:
        raise DataError(FILE, f"{row['frame']!r} is no frame; use {', '.join(sorted(FRAMES))}")
    return str(row["frame"])


def find_predicates(text: str, span: Span) -> list[Predicate]:
    """Predicates of a stretch of text, in order, none overlapping (the longer reading wins).

    Cheapest for a whole article at once; what stands at a line end counts as a headline's form.
    """
    found: list[Predicate] = []
    for match in _noun_pattern().finditer(text, span.start, span.end):
        predicate = _from_noun(match, text)
        if predicate is not None:
            found.append(predicate)
    words = text[span.start : span.end]
    for phrase in _possible(words):
        found.extend(
            Predicate(
                Span(*match.span()),
                _again(phrase, text, match.start()),
                _turned(phrase, text, match.end()),
                "phrase",
                phrase.post,
                phrase.name,
                phrase.vacated,
                elsewhere=phrase.at_post and not _behind_seat(text, match),
            )
            for match in phrase.pattern.finditer(text, span.start, span.end)
            if not _LONG_AGO.match(text, match.end())
        )
    return [place[0] for place in readings(found)]


# The word before an offset, a bracket behind it left out (최고재무책임자(CFO)).
_WORD_BEFORE = re.compile(r"([가-힣A-Za-z]+)(?:[(（][^()（）\n]{0,30}[)）])?$")


def _behind_seat(text: str, match: re.Match[str]) -> bool:
    """True for a phrase whose noun is a post or a seat."""
    before = _WORD_BEFORE.search(text, max(0, match.start() - 50), match.start())
    return match.group().startswith(_seats()) or (before is not None and is_seat(before[1]))


_AGAIN = re.compile(r"(?:다시|계속|그대로|번 더|차례 더|년 더|년째|해 더|임기 더|년간 더|동안 더)\s?$")


def _again(phrase: _Phrase, text: str, start: int) -> MoveKind:
    """한 번 더 지휘봉을 잡는다: who takes it again keeps it."""
    again = phrase.kind is MoveKind.APPOINTED and _AGAIN.search(text, max(0, start - 8), start)
    return MoveKind.RETAINED if again else phrase.kind


# 후보로 뽑혔던 A 본부장: who somebody was, no news.
_LONG_AGO = re.compile(r"[가-힣]?던\s|\s?지\s")
_FORMS = {"phrase": 0, "idiom": 2}


def readings(found: list[Predicate]) -> list[list[Predicate]]:
    """Predicates in order, those that overlap together: the earliest, then phrases, nouns, idioms.

    다시 선임했다: the phrase begins earlier and says more than the noun inside it.
    """
    found.sort(key=lambda p: (p.span.start, _FORMS.get(p.form, 1), -p.span.end))
    places: list[list[Predicate]] = []
    for predicate in found:
        if places and predicate.span.start < places[-1][0].span.end:
            places[-1].append(predicate)
        else:
            places.append([predicate])
    return places


@cache
def _passive() -> re.Pattern[str]:
    return re.compile(table(FILE)["tails"]["passive"])


def _turned(phrase: _Phrase, text: str, end: int) -> str:
    """다시 선임됐다: what was the object is the subject."""
    return "subject" if phrase.frame == "object" and _passive().match(text, end) else phrase.frame


_TURNED = {MoveKind.DEPARTED: MoveKind.RETAINED, MoveKind.RETAINED: MoveKind.DEPARTED}


def _from_noun(match: re.Match[str], text: str) -> Predicate | None:
    word = match["noun"]
    noun = _nouns()[word]
    start, end = match.span("noun")
    before = text[start - 1] if start else " "
    # 신규선임, 승진선임 are welcome; 부선임, 책임선임 are ranks
    if "가" <= before <= "힣" and before not in "재규신및":
        return None
    form = str(match.lastgroup)
    if form == "noun" or (form != "resolved" and context("topic").match(text, end)):
        return None
    if form == "rejected":
        # 해임안은 부결됐다: who was to go stays, who was to stay goes; who was to come does not
        if noun.kind not in _TURNED:
            return None
        kind = _TURNED[noun.kind]
        return Predicate(Span(start, match.end()), kind, "any", form, False, f"{word} ({form})")
    kind = noun.kind
    if kind is MoveKind.APPOINTED and text.endswith("승진 ", 0, start):
        kind = MoveKind.PROMOTED  # 승진 발령, 승진 임명
    frame = noun.frame
    if form == "passive":
        frame = "subject"
    elif form == "causative":
        frame = "object"
    elif form in {"resolved", "headline", "ceremony"}:
        frame = "any"
    return Predicate(Span(start, match.end()), kind, frame, form, False, f"{word} ({form})")
