"""Entries become moves: the company that each belongs to, and what is turned down."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from functools import cache

from briefing.extract.affiliation import spoken_of
from briefing.extract.companies import is_enterprise_name, is_public, is_unit
from briefing.extract.document import Document
from briefing.extract.listentries import read_post
from briefing.extract.listgrammar import PROMOTED, arrow, ditto, is_title_word, ranks
from briefing.extract.listhouses import group_endings
from briefing.extract.listmoves import (
    RISEN,
    Notes,
    Reading,
    Told,
    is_public_post,
    is_seat,
    read_notes,
    readings,
    short,
    stepped,
)
from briefing.extract.listposts import Entry, Named, Post
from briefing.extract.listwords import Lexis, split_words
from briefing.extract.records import record
from briefing.extract.titles import title_kind
from briefing.korean.lexicon import words
from briefing.korean.wordlists import affixes
from briefing.model import Move, MoveKind, MoveStatus, Rejection, Span

# 곽선우(41·다솔대 전산학과): the age and what was studied
_AGE = re.compile(r"^\d{2}세?(?:\s?[·ㆍ・]\s?|\s)|\s?[·ㆍ・]\s?\d{2}세?$")
_JOINTS = re.compile(r"[\s·ㆍ・]")
_HOUSE_UNITS = affixes("organisations.house_units")
_STUDIES = affixes("lists.notes.studies")
# Before a post that is held still.
_STILL = affixes("lists.notes.still")
# Where a post taken is, and where somebody is who rises.
_Places = tuple[str | None, str | None]


@record(frozen=True, slots=True)
class Source:
    """Where an entry stands, and what holds for it there.

    Attributes:
        evidence: The entry, and the heading over it.
        over: The organisation of the heading in force.
        public: True if that is no enterprise.
        beside: A company told for the entry itself (서목해운 : 정완수).
        status: `rumored` if a word beside the entry says so.
        prose: True for an enumeration inside a sentence.
    """

    evidence: tuple[Span, ...]
    over: str | None
    public: bool = False
    beside: str | None = None
    status: MoveStatus = MoveStatus.DONE
    prose: bool = False


class Taker:
    """Collects the moves of the lists of one article.

    Attributes:
        moves: What was taken.
        rejected: What was read but not taken.
    """

    def __init__(self, document: Document, lexis: Lexis) -> None:
        self._document = document
        self._lexis = lexis
        self.moves: list[Move] = []
        self.rejected: list[Rejection] = []

    def take(self, read: Entry, told: Told, source: Source) -> None:
        """Takes the names of an entry with what the headings told."""
        shared = next((n for m in reversed(read.names) for n in m.notes if n.startswith("이상")), None)
        noted_before: tuple[str, ...] = ()
        for named in read.names:
            own = named.notes or ((shared,) if shared else ())
            if own and all(note in ditto() for note in own):
                own = noted_before  # 장미현(다솔제지) 원도현(〃)
            noted_before = own
            notes = read_notes([*own, *_telling(read.post.notes)])
            noted = next(
                (c for note in notes.rest if (c := self._company(note, source.over)) is not None), None
            )
            step = self._step([*own, *read.post.notes])
            if step is not None and step[1].company and not (step[1].text or step[1].rank):
                noted, step = step[1].company, None  # 이하늘 전무(다솔화학 → 다솔물산)
            if noted is None and not own and (source.over or "").endswith(group_endings()):
                noted = self._shared_house(read, named)
            place = noted or source.beside or read.post.company or source.over
            if _sits_on_board(read.post, told, source):
                place = source.over
            risen = place if noted or source.beside else self._holder(notes, source.over) or place
            where = Span(named.start, named.end)
            if place is None and self._document.civil:
                self.reject(named.name, "a list of a body that is no enterprise", where)
            elif source.public and (place is None or is_public(place) or place == source.over):
                self.reject(named.name, f"{place} is no enterprise", where)
            elif step is not None:
                there = replace(source, beside=place)  # 이하늘(영업본부장 → 전략본부장)
                self.step(Entry((named,), step[0]), step[1], told, there)
            else:
                self._read(read, named, notes, told, (place, risen), source)

    def take_row(self, read: Entry, told: Told, source: Source) -> None:
        """Takes a row of a sentence, at the house that its paragraph has come to."""
        house = spoken_of(self._document, read.names[0].start) or source.over
        public = source.public if house == source.over else is_public_body(house, self._lexis)
        self.take(read, told, replace(source, over=house, public=public))

    def step(self, read: Entry, new: Post, told: Told, source: Source) -> None:
        """Takes an entry that tells an old and a new post."""
        over = source.over
        if over is not None and over.endswith(group_endings()):
            over = read.post.company or over  # 이하늘 다솔전자 부사장 → 사장
        place = new.company or source.beside or over or read.post.company
        for named in read.names:
            for found in stepped(read.post, new, told):
                self._add(named, place, found, source)

    def reject(self, what: str, reason: str, span: Span) -> None:
        """Notes what was not taken, and why."""
        self.rejected.append(Rejection(what[:40], reason, span))

    def _read(  # noqa: PLR0917
        self, read: Entry, named: Named, notes: Notes, told: Told, places: _Places, source: Source
    ) -> None:
        hired = told.hired and places[1] is not None and self._lexis.of_group(places[1])
        for found in readings(read, notes, told, self._own_post):
            if found.rule == RISEN and source.status is MoveStatus.RUMORED:
                continue  # 곽선우 (현 다솔 사장) 유력: tipped for the post alone
            if found.role is not None and is_public_post(found.role):
                where = Span(named.start, named.end)
                self.reject(named.name, f"{found.role} is no post of an enterprise", where)
            elif places[0] == source.over and (held := self._held(found.role, source.over)) is not None:
                self._add(named, held[0], replace(found, role=held[1]), source)  # 유임 … (다솔화학 대표이사)
            else:
                self._add(named, places[found.kind == PROMOTED or hired], found, source)

    def _own_post(self, post: str) -> bool:
        """True for a post of the list's own house: 연구소장, 다솔화학 연구소장, but not 나래소재 연구소장."""
        house, _, rest = post.rpartition(" ")
        heads = is_title_word(rest) and title_kind(rest) == "executive" and rest not in ranks()
        return heads and (not house or self._lexis.of_group(house))

    def _holder(self, notes: Notes, over: str | None) -> str | None:
        """The house of the post in brackets, where a group promotes: (다솔화학 대표이사)."""
        posts = [*notes.rest, notes.taken]
        posts += [note.partition(" ")[2] for note in notes.past if note.startswith(_STILL())]
        return next((held[0] for post in posts if (held := self._held(post, over)) is not None), None)

    def _held(self, post: str | None, over: str | None) -> tuple[str, str] | None:
        """A post of a group's list as its house and what it is there: 다솔화학 대표이사."""
        first, _, rest = (post or "").partition(" ")
        if not rest or (over is not None and not over.endswith(group_endings())):
            return None
        found = self._lexis.company(first) if is_title_word(rest.split()[-1]) else None
        return (self._lexis.local.get(found, found), rest) if found is not None else None

    def _shared_house(self, read: Entry, named: Named) -> str | None:
        """도하린·이하늘(다솔전자): in a group's list the house behind a row of names is all of theirs."""
        behind = (n for n in read.names if n.start > named.start and n.notes)
        notes = read_notes(next((n.notes for n in behind), ())).rest
        return next((c for note in notes if (c := self._company(note)) is not None), None)

    def _step(self, notes: Iterable[str]) -> tuple[Post, Post] | None:
        """The old and the new post that brackets tell, or None."""
        for note in notes:
            if (found := arrow().search(note)) is not None:
                sides = (note[: found.start()], note[found.end() :])
                old, new = (read_post(split_words(side, 0), self._lexis) for side in sides)
                return (old, new) if new.text or new.rank or new.company else None
        return None

    def _company(self, note: str, over: str | None = None) -> str | None:
        """The company of a note in brackets, or None: (서율제지), (㈜서율), but not (경영지원본부).

        Args:
            note: The note.
            over: The house of the heading; what ends like a part of a house (선케어랩) is one of its own.
        """
        note = _AGE.sub("", note)
        plain = note.replace("㈜", "").strip()
        if over is not None and not over.endswith(group_endings()) and plain.endswith(_HOUSE_UNITS()):
            return None
        if plain.endswith(_STUDIES()):
            return None
        branch = is_unit(plain) and plain.endswith("지사") and " " in plain  # 다솔건업 두바이지사
        if not plain or (is_title_word(plain.split()[-1]) and not branch):
            return None  # 나래소재 대표: another post of the same person
        if plain != note.strip():
            return self._lexis.local.get(plain, plain)
        found: str | None = None
        for form in (plain, _JOINTS.split(plain)[0]):
            found = found or (None if is_unit(form) else self._lexis.company(form))
        return self._lexis.local.get(found, found) if found else None

    def _add(self, named: Named, company: str | None, found: Reading, source: Source) -> None:
        self.moves.append(
            Move(
                person=named.name,
                company=company,
                kind=MoveKind(found.kind),
                role=short(found.role) if found.role is not None else None,
                status=source.status,
                evidence=source.evidence,
                rule=found.rule.replace("list", "row", 1) if source.prose else found.rule,
            )
        )


def _sits_on_board(post: Post, told: Told, source: Source) -> bool:
    """True for ◇사외이사 △곽선우 나래소재 고문 in a list of one house: the post is held elsewhere."""
    alone = source.over is not None and not source.over.endswith(group_endings())
    return alone and is_seat(told.rank) and post.company is not None and bool(post.text or post.rank)


def _telling(notes: Iterable[str]) -> list[str]:
    """Of the notes behind a post those that say what happened."""
    return [n for n in notes if (read := read_notes([n])).kind is not None or read.past or read.kept]


@cache
def _bodies(group: str) -> tuple[str, ...]:
    return words("lists.toml", "bodies", group)


def introduced_as_public(place: str | None, lead: str) -> bool:
    """True if a text first calls the place what no enterprise is: 학교법인 다솔학원."""
    return place is not None and any(f"{kind} {place}" in lead for kind in _bodies("prefixes"))


def is_public_body(place: str | None, lexis: Lexis) -> bool:
    """True for a body that is no enterprise, universities and towns among them."""
    if place is None or is_public(place):
        return place is not None
    if place.startswith(_bodies("prefixes")) or place.endswith(_bodies("endings")):
        return True
    if place.endswith(("협회", "연맹")) and any(sport in place for sport in _bodies("sports")):
        return True
    return (
        place[-1] in "대도시군구청부처" and not is_enterprise_name(place) and lexis.names.exact(place) is None
    )
