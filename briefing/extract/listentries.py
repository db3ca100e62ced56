"""Entries of lists of appointments: which words are names, and what stands beside them.

A list is written in one manner: the post before the name or behind it, one name an item or rows of them.
Each manner is tried on a whole group of items; the one under which their words read best wins. So a name
need not look like one (▲목동 탁영실 ▲센텀시티 최고봉 ▲수원 민들레).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from briefing.extract.listgrammar import COUNT, deputies, ditto, is_rank, is_title_word, kind_word
from briefing.extract.listnames import like_name, other, spans_from
from briefing.extract.listposts import Entry, Named, Post
from briefing.extract.listwords import HONORIFICS, Lexis, Word, acronym, own_rank, split_words
from briefing.extract.names import USUAL, fluency, is_surname, looks_foreign, shape
from briefing.extract.records import record
from briefing.korean.wordlists import listed, worded

# More words than these are no entry but a page without marks.
MOST_WORDS = 40_000
# A given name of foreign sound that may be a Korean name too.
_SHORT = 2
# Fields of work, which are no part of a name: 마케팅.
FIELD = worded(r"(?:{lists.notes.fields})$|^(?:{lists.notes.no_house})$|대(?:학교)?$")
_LAST_WORDS = listed("lists.notes.last")
_CAREER_ENDS = listed("lists.notes.career")
_FORMER = listed("lists.notes.former")


@record(frozen=True, slots=True)
class Manner:
    """How a list is written: `first` if names stand before posts, `many` if items may hold rows of names."""

    first: bool
    many: bool


MANNERS = (Manner(False, False), Manner(True, False), Manner(False, True), Manner(True, True))


# The best way to read the words up to a place: how good it is, the place and phase it comes from, and how
# good its name is. A plain tuple: a list makes thousands.
_Cell = tuple[float, tuple[int, int] | None, float]
# The same for each of the three phases: before, names, behind.
_Cells = list[_Cell | None]


def chunks(text: str, base: int) -> list[list[Word]]:
    """The words of an item, cut at commas and strokes."""
    found: list[list[Word]] = []
    for word in split_words(text, base):
        if word.cut or not found:
            found.append([])
        found[-1].append(word)
    return _merged([c for c in map(_trimmed, found) if c])


def _merged(found: list[list[Word]]) -> list[list[Word]]:
    """김도윤 / 부사장 / 재무총괄 is one entry: of its pieces one is a name and the others are posts."""
    if len(found) > 1 and len(found[0]) == 1 and own_rank(found[0][0].text) and like_name(found[1][0].text):
        first, second, *others = found  # 부사장 / 김도윤
        return [[*first, *(replace(word, cut=False) for word in second)], *others]
    if not 2 <= len(found) <= 4:
        return found
    posts = all(is_title_word(c[-1].text) and (len(c) == 1 or not shape(c[0].text)) for c in found[1:])
    if len(found[0]) > 2 or not posts or is_title_word(found[0][-1].text):
        return found
    return [[replace(word, cut=False) for chunk in found for word in chunk]]


_AFORESAID = "이상"


def with_shared_notes(read: list[list[Entry]]) -> list[list[Entry]]:
    """▲한익수 ▲오문규 ▲신석진(이상 전무): the last note holds for the names before it, up to the next."""
    if not any(
        note.startswith(_AFORESAID)
        for entries in read
        for entry in entries
        for notes in (entry.post.notes, *(named.notes for named in entry.names))
        for note in notes
    ):
        return read  # nearly all lists
    shared: str | None = None
    done: list[list[Entry]] = []
    for entries in reversed(read):
        kept: list[Entry] = []
        for entry in reversed(entries):
            names: list[Named] = []
            for n, named in enumerate(reversed(entry.names)):
                told = named.notes if n else (*named.notes, *entry.post.notes)
                own = next((note for note in told if note.startswith(_AFORESAID)), None)
                rank = shared is not None and is_rank(shared.removeprefix(_AFORESAID).strip())
                keeps = entry.post == Post() or n > 0 or (rank and entry.post.rank is None)
                shared = own or (shared if not named.notes and keeps else None)
                names.append(replace(named, notes=(shared,)) if shared and not named.notes else named)
            kept.append(replace(entry, names=tuple(reversed(names))))
        done.append(kept[::-1])
    return done[::-1]


def repeated(before: Post, entry: Entry) -> Entry:
    """〃: the post above, with what this line adds to it; 상무 안동공장장 … 〃 구매실장: the rank above."""
    post = entry.post
    if not post.same or post.rank is not None:
        return entry
    if post.unit or post.text:
        return replace(entry, post=replace(post, text=post.text or before.text, rank=before.rank))
    return replace(entry, post=replace(before, same=True, company=post.company or before.company))


def _trimmed(chunk: list[Word]) -> list[Word]:
    while chunk and (chunk[-1].text in _LAST_WORDS() or COUNT.fullmatch(chunk[-1].text)):
        chunk = chunk[:-1]
    return chunk


class _Weight(NamedTuple):
    """How likely a word is no name, its cost before and behind the name, and the names it begins."""

    other: float
    first: float
    last: float
    names: tuple[tuple[int, float], ...]


class _Table(NamedTuple):
    """How a chunk may be read in a manner: how good that is, and the phase it ends in (0: not at all)."""

    score: float
    phase: int = 0
    rows: Sequence[_Cells] = ()


def read_group(items: Sequence[Sequence[list[Word]]], lexis: Lexis) -> list[list[Entry]]:
    """The entries of each item of a group, all read in the one manner that fits the group best."""
    weighed = [[(chunk, _weights(chunk, lexis)) for chunk in item] for item in items]
    best: list[list[_Table]] = []
    top = float("-inf")
    for manner in MANNERS:
        read = [[_read(chunk, weights, manner) for chunk, weights in item] for item in weighed]
        total = sum(table.score for tables in read for table in tables)
        if total > top + 1e-9:
            top, best = total, read
    found = [
        [_entry(table, chunk, lexis) for table, (chunk, _) in zip(tables, item, strict=True) if table.phase]
        for tables, item in zip(best, weighed, strict=True)
    ]
    if (places := _at_places(found)) is not None:
        return places
    bare = sum(entry.post == Post() for entries in found for entry in entries)
    alone = bare * 2 > sum(map(len, found)) > 2
    return [_shared([_whole(entry) if alone else entry for entry in entries]) for entries in found]


def _at_places(found: list[list[Entry]]) -> list[list[Entry]] | None:
    """목동 왕민범, 범어 허수호: two words an item, the first short and no usual name, are branch and name."""
    pairs = {n: i[0].names for n, i in enumerate(found) if len(i) == 1 and i[0].post == Post()}
    if not pairs or len(found) < _SHORT or not all(_is_branch(names) for names in pairs.values()):
        return None
    others = [item for n, item in enumerate(found) if n not in pairs]
    if any(len(item) != 1 or len(item[0].names) != 1 for item in others):
        return None
    return [
        [Entry((pairs[n][1],), Post(unit=pairs[n][0].name))] if n in pairs else item
        for n, item in enumerate(found)
    ]


def _is_branch(names: Sequence[Named]) -> bool:
    """True for a short word that is no usual name before a name of three syllables."""
    if len(names) != _SHORT or len(names[0].name) != _SHORT or len(names[1].name) != _SHORT + 1:
        return False
    # two syllables of lower fluency are hardly a name: 목동, 범어; not 김준, 박건
    return not is_surname(names[0].name) and fluency(names[0].name) < USUAL


def _whole(entry: Entry) -> Entry:
    """다카하시 유이: among names alone, what looks foreign before a short name is part of it."""
    named, unit = entry.names[0], entry.post.unit
    if len(entry.names) > 1 or entry.first or unit is None or entry.post != Post(unit=unit):
        return entry
    if len(named.name) > _SHORT or " " in unit or not looks_foreign(unit) or FIELD().search(unit):
        return entry
    start = named.start - len(unit) - 1
    return Entry((replace(named, name=f"{unit} {named.name}", start=start),), Post())


def _shared(entries: list[Entry]) -> list[Entry]:
    """상무 김도윤, 이하늘: the rank before the first name is the other's too."""
    done: list[Entry] = []
    for entry in entries:
        last, post = (done[-1] if done else None), entry.post
        bare = post.text is None and post.rank is None and post.unit is None
        if last is None or last.first or not bare or last.post == Post():
            done.append(entry)
        else:
            done.append(replace(entry, post=replace(last.post, company=post.company or last.post.company)))
    return done


def _weights(chunk: list[Word], lexis: Lexis) -> list[_Weight]:
    """How likely each word is what, told once for all manners."""
    found: list[_Weight] = []
    if len(chunk) > MOST_WORDS:
        return found
    for at, word in enumerate(chunk):
        value = other(word, lexis)
        if at and _doubled(chunk[at - 1].text, word.text):
            value = -1.0  # 상무 전상무 조근우
        if at + 1 < len(chunk) and word.text.endswith("대") and chunk[at + 1].text in HONORIFICS():
            value = 4.0  # 라미경 한국대 교수
        company = lexis.company(word.text)
        last = _misplaced(word)
        firm = 3.0 if len(word.text) > 2 and company is not None else 0.0
        names = tuple((length, worth - firm) for length, worth in spans_from(chunk, at))
        found.append(_Weight(value, 0.3 if company else last, last, names))
    return found


def _read(chunk: list[Word], weights: list[_Weight], manner: Manner) -> _Table:
    """The best reading of a chunk in a manner."""
    size = len(chunk)
    if not size or size > MOST_WORDS:
        return _Table(0.0)
    row = _row(chunk)
    if row:
        manner = replace(manner, many=True)
    rows: list[_Cells] = [[None, None, None] for _ in range(size + 1)]
    rows[0][0] = (0.0, None, 0.0)
    for at, weight in enumerate(weights):
        other = weight.other
        before, behind = (weight.first, 0.0) if manner.first else (0.0, weight.last)
        alone = 0.0 if manner.many or chunk[at].joined else 4.0
        for phase, cell in enumerate(rows[at]):
            if cell is None:
                continue
            score, back = cell[0], (at, phase)
            if phase == 0:
                _reach(rows[at + 1], 0, (score + other - before, back, 0.0))
            elif at:
                _reach(rows[at + 1], 2, (score + other - behind, back, 0.0))
            if phase < 2:
                more = alone if phase == 1 else 0.0
                for length, worth in weight.names:
                    _reach(rows[at + length], 1, (score + worth - more, back, worth))
    ends = [(cell[0], phase) for phase in (1, 2) if (cell := rows[size][phase]) is not None]
    if not ends:
        return _Table(-2.0)
    score, phase = max(ends)
    return _Table(score - (1.2 if manner.many and not row else 0.0), phase, rows)


def _row(chunk: Sequence[Word]) -> bool:
    """전무 어윤택 민경실: what looks like names behind a rank is a row of them in every manner."""
    behind = chunk[1:]
    return len(behind) > 1 and own_rank(chunk[0].text) and all(like_name(w.text) for w in behind)


def _reach(cells: _Cells, phase: int, cell: _Cell) -> None:
    """Keeps the better way to get to a phase."""
    known = cells[phase]
    if known is None or cell[0] > known[0]:
        cells[phase] = cell


def _misplaced(word: Word) -> float:
    if own_rank(word.text):
        return 0.3
    return 3.5 if shape(word.text) == 2 else 2.0


def _doubled(before: str, word: str) -> bool:
    return is_rank(before) and len(word) > 2 and is_surname(word[0]) and is_rank(word[1:])


def _entry(read: _Table, chunk: list[Word], lexis: Lexis) -> Entry:
    names: list[Named] = []
    beside: list[Word] = []
    at, phase, first = len(chunk), read.phase, read.phase == 2
    while at > 0:
        cell = read.rows[at][phase]
        assert cell is not None
        _, back, worth = cell
        assert back is not None
        before, was = back
        if phase == 1:
            span = chunk[before:at]
            name = " ".join(w.text for w in span)
            names.append(Named(name, span[0].start, span[-1].end, span[-1].notes, worth))
        else:
            beside.append(chunk[before])
        at, phase = before, was
    beside.reverse()
    return Entry(tuple(reversed(names)), read_post(beside, lexis, behind=first), first)


# ---------------------------------------------------------------------- posts


def read_post(beside: Sequence[Word], lexis: Lexis, *, behind: bool = False) -> Post:
    """What the words beside names say: company, post, rank, unit; `behind` if a name stands before them."""
    same = any(w.text in ditto() for w in beside)
    notes = tuple(n for w in beside for n in w.notes)
    kept = [w for w in beside if w.text not in ditto() and w.text not in HONORIFICS()]
    kept = _without_career(kept, behind=behind)
    if kept and kept[-1].text in _CAREER_ENDS():
        ranked = next((i for i, w in enumerate(kept) if is_title_word(w.text)), -1)
        kept = kept[: ranked + 1]  # 이하늘 상무 나래바이오 재무이사 출신
    company, kept = _company(kept, lexis)
    if company is None and kept and (house := lexis.headed(kept[0].text)) is not None:
        company = house  # 다솔인재원장, 다솔은행장
        cut = len(house) - (2 if house.endswith("은행") else 1)
        kept = [replace(kept[0], text=kept[0].text[cut:]), *kept[1:]]
    kind = None
    while kept and (told := kind_word(kept[-1].text)) and not is_rank(kept[-1].text):
        kind, kept = told, kept[:-1]
    while kept and (told := kind_word(kept[0].text)) and not is_rank(kept[0].text):
        kind, kept = told, kept[1:]
    while kept and kept[-1].text in {"겸", "및", "&", "·"}:
        kept = kept[:-1]
    linked = any(w.text in deputies() for w in kept[1:])
    own = [w for w in kept if own_rank(w.text)]
    rest = [w for w in kept if not own_rank(w.text)]
    if linked:
        own, rest = [], list(kept)
    titled = any(is_title_word(w.text) for w in rest)
    text = " ".join(map(_written, rest)) or None
    chief = next((c for w in own if (c := acronym(w)) is not None and is_rank(c)), None)
    if chief is not None and not titled:  # 전무(CFO)
        text, titled = chief, True
    return Post(
        text=text if titled else None,
        rank=_written(own[-1]) if own else None,
        unit=None if titled else text,
        company=company,
        kind=kind,
        notes=notes,
        same=same,
    )


def _without_career(kept: list[Word], *, behind: bool) -> list[Word]:
    """권하니 커뮤니케이션담당 전 소라코리아 이사: what was before is left out."""
    for i, word in enumerate(kept):
        if word.text in _FORMER():
            return kept[:i] if i or behind else kept[1:]
    return kept


def _company(kept: list[Word], lexis: Lexis) -> tuple[str | None, list[Word]]:
    """The company that the words begin with, and the words behind it."""
    if len(kept) > 1:
        joined = f"{kept[0].text} {kept[1].text}"
        if joined in lexis.local or (lexis.names.exact(joined) and not is_title_word(kept[1].text)):
            return lexis.local.get(joined, joined), kept[2:]
    company: str | None = None
    while kept and (found := _house(kept[0], lexis)) is not None:
        if len(kept) > 1 and kept[1].text in {"&", "및", "·"}:
            break  # 이커머스 & 리테일 총괄
        company, kept = found, kept[1:]
    return company, kept


def _house(word: Word, lexis: Lexis) -> str | None:
    """The company that a word names: 나래전자, 나래(주)."""
    if "주" in word.notes or "유" in word.notes:
        return lexis.local.get(word.text, word.text)
    return lexis.company(word.text)


def _written(word: Word) -> str:
    """A word of a post with what belongs to it: 최고마케팅책임자(CMO), 상무(보)."""
    short = acronym(word)
    if short is not None and not own_rank(word.text):
        return f"{word.text}({short})"
    grade = next((n for n in word.notes if n in {"보", "대우"}), None)
    return f"{word.text}({grade})" if grade else word.text
