"""Whom a sentence names behind a rank, their houses in brackets.

사장 승진자는 A(다솔제지)와 B(다솔로지텍) 두 명이다. A 사장은 대표이사직도 함께 맡는다. 부사장으로는 C(다솔),
D(다솔 중국법인)가, 상무로는 E(누리)가 승진했다.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from briefing.extract.listentries import chunks, read_group, read_post
from briefing.extract.listgrammar import APPOINTED, PROMOTED, is_title_word, rank_only
from briefing.extract.listheading import Heading, heading
from briefing.extract.listposts import Entry, Named, Post
from briefing.extract.listwords import Lexis, split_words
from briefing.extract.records import record
from briefing.korean.wordlists import worded

# 차오 린(다솔 중국법인), 곽선우 전무(다솔); not 승진한 이는 곽선우(다솔)
_NAME = r"(?:[가-힣]{0,4}[가-힣](?<![은는한된])\s){0,2}[가-힣]{1,6}\("
# 곽선우·도은재(다솔), 곽선우, 도은재(이상 다솔): the house behind several names is all of theirs
_ROW = (
    r"(?:(?:[가-힣]{2,4}\s?[·ㆍ]\s?){0,20}"
    rf"|(?:[가-힣]{{2,4}}\s?[·ㆍ,]\s?){{1,20}}(?={_NAME}이상\s)){_NAME}"
)
_HOUSED = rf"{_ROW}[^()\n]{{2,40}}\)"
_RUN = re.compile(rf"{_HOUSED}(?:(?:\s?[·ㆍ,]\s?|[과와]\s|\s및\s|\s){_HOUSED})*")
_JOINT = re.compile(r"(?<=\))(?:[과와](?=\s)|\s및(?=\s))|[·ㆍ](?![^()]*\))")
# 부사장 [승진자는], 새 전무로 승진한 이는: the words that may head whom it names
_HEAD = re.compile(
    r"(?<![가-힣])((?:[가-힣]{1,8}\s){0,3}[가-힣]{1,10}?)(?:으로는|에는|로는|은|는|으로|에|로)\s"
    rf"(?={_ROW})"
)
# Words of a head from the one that opens it; it has no more.
_MOST_WORDS = 4
_IS = worded(
    r"\s?(?:등)?\s?(?:모두\s|총\s)?(?:(?:\d{1,3}|{lists.rows.numbers})\s?(?:명|인))?\s?(?:뿐)?(?:이다|입니다|이며|이고|다[.]|였다|이었다|으?로(?=[\s,]))"
)
_IN_TURN = re.compile(r"\s?(?:등)?\s?(?:\d{1,3}명)?[은는이가을를]?,\s?$")
_TAKES = worded(
    r"\s?(?:등\s?)?(?:\d{1,3}명)?(?:이|가|도|을|를|은|는)\s[^.,]{0,24}?(?={lists.rows.got})[^.,]*"
)
# 사장으로 새로 올라선 이는
_CLEFT = worded(
    r"(?:^|\s)(?P<rank>[가-힣]{2,8}?)(?:으로|로|에)\s(?:{lists.rows.adverbs}\s)?"
    r"(?:(?P<rises>{lists.rows.risen})|{lists.rows.chosen})\s{lists.rows.who}$"
)
_RISES = worded(r"{lists.rows.rises}")
_UNSURE = worded(r"{lists.kinds.rumoured}|{lists.kinds.failed}|{lists.rows.unsure}")
# How far the words behind whom it names may tell what happened.
_REACH = 40
# 염 사장은 대표이사직도 함께 맡는다
_BESIDES = worded(
    r"(?P<surname>[가-힣]{1,2})\s(?P<rank>[가-힣]{2,6})(?:은|는|이|가)\s"
    r"(?P<post>(?:[가-힣A-Za-z0-9&]{2,12}\s)?[가-힣A-Za-z&]{2,14}?)(?:직|\s?자리)?"
    r"(?:도|까지|(?:을|를)?(?=\s(?:{lists.rows.besides}|겸)))\s(?:{lists.rows.besides}\s)?(?:맡|겸)"
)


@record(frozen=True, slots=True)
class Housed:
    """A stretch of a sentence that names people, with what happened to them and the rank they are told by."""

    entries: Sequence[Entry]
    kind: str
    rank: str
    start: int
    end: int


@record(frozen=True, slots=True)
class _Stretch:
    """Names and brackets behind a head, and the words up to the next one."""

    head: Heading
    start: int
    end: int
    tail: str


def housed(line: str, base: int, lexis: Lexis) -> Iterator[Housed]:
    """The people whom a sentence names with their houses, `base` where it begins."""
    if ")" not in line:
        return
    stretches = _stretches(line)
    kind: str | None = None
    found: list[Housed] = []
    for stretch in reversed(stretches):
        kind = _kind(stretch, kind)
        rank = stretch.head.rank
        if kind is None or rank is None:
            continue
        text = _JOINT.sub(lambda m: "," + " " * (len(m.group()) - 1), line[stretch.start : stretch.end])
        entries = with_shared(read_group([chunks(text, base + stretch.start)], lexis)[0])
        if entries and all(_named(entry, lexis) for entry in entries):
            named = [Entry((_with_notes(entry),), Post()) for entry in entries]
            found.append(Housed(named, kind, rank, stretch.start, stretch.end))
    yield from reversed(found)


def with_shared(entries: Sequence[Entry]) -> list[Entry]:
    """곽선우·도은재(다솔): each name with the bracket behind the last of its row."""
    done: list[Entry] = []
    shared: tuple[str, ...] = ()
    for entry in reversed(entries):
        for named in reversed(entry.names):
            bare = entry.post == Post() and not named.notes
            own = replace(named, notes=shared) if bare else named
            shared = own.notes or entry.post.notes
            done.append(replace(entry, names=(own,)))
    return done[::-1]


def _named(entry: Entry, lexis: Lexis) -> bool:
    """True for a name with a bracket; beside a title it tells a house: 곽선우 전무(다솔), not 상무(37)."""
    if len(entry.names) != 1 or entry.names[0].worth <= 0:
        return False
    notes = (*entry.names[0].notes, *entry.post.notes)
    return bool(notes) if entry.post == Post() else any(lexis.company(note) for note in notes)


def _with_notes(entry: Entry) -> Named:
    """곽선우 전무(다솔): the name with what stands behind the old title."""
    return replace(entry.names[0], notes=(*entry.names[0].notes, *entry.post.notes))


def _stretches(line: str) -> list[_Stretch]:
    """Every head of a sentence with the names behind it."""
    found: list[_Stretch] = []
    at = 0
    while (opened := _HEAD.search(line, at)) is not None:
        head = _head(opened.group(1))
        run = _RUN.match(line, opened.end()) if head is not None else None
        if head is None or run is None:
            at = opened.end()
            continue
        if found:  # no farther than the next head
            last = found[-1]
            found[-1] = replace(last, tail=line[last.end : min(opened.start(), last.end + _REACH)])
        at = run.end()
        found.append(_Stretch(head, run.start(), at, line[at : at + _REACH]))
    return found


def _head(text: str) -> Heading | None:
    """What the last words before a particle say, as many of them as a heading is made of."""
    cleft = _CLEFT().search(text)
    if cleft is not None and rank_only(cleft["rank"]):
        return Heading(PROMOTED if cleft["rises"] else APPOINTED, cleft["rank"])
    words = text.split()[-_MOST_WORDS:]
    for first in range(len(words)):
        read = heading(" ".join(words[first:]))
        if read is not None and not read.rest and read.rank is not None and rank_only(read.rank):
            return read
    return None


def _kind(stretch: _Stretch, follows: str | None) -> str | None:
    """What happened to whom a stretch names; `follows` is what happened to those behind them."""
    if _UNSURE().search(stretch.tail) is not None:
        return None
    told = stretch.head.kind
    if told is not None and _IS().match(stretch.tail) is not None:
        return told
    takes = _TAKES().match(stretch.tail)
    if takes is not None:
        return told or (PROMOTED if _RISES().search(takes.group()) is not None else APPOINTED)
    return (told or follows) if follows and _IN_TURN.match(stretch.tail.split(",")[0] + ",") else None


def besides(line: str, before: Sequence[Housed], lexis: Lexis) -> Entry | None:
    """염 사장은 대표이사직도 함께 맡는다: the post that one of those named before takes as well.

    Returns:
        Whom the sentence means, the post beside the name; None if it means none of them.
    """
    told = _BESIDES().match(line) if before else None
    if told is None or not is_title_word(told["post"].split()[-1]):
        return None
    meant = [
        entry.names[0]
        for row in before
        for entry in row.entries
        if row.rank == told["rank"] and _begins(entry.names[0], told["surname"])
    ]
    if len(meant) != 1:
        return None
    post = read_post(split_words(told["post"], 0), lexis)
    return Entry((replace(meant[0], notes=()) if post.company else meant[0],), post)


def _begins(named: Named, surname: str) -> bool:
    return named.name.startswith(surname) and len(named.name) > len(surname)
