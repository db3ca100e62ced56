"""Tables of appointments in plain text: a row of column names, below it cells, one a line or side by side.

직급 / 이름 / 새 보직 / 종전 보직, each on a line of its own, is what is left of a table when a page is
made text.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache

from briefing.extract.listentries import chunks, read_group, read_post
from briefing.extract.listgrammar import is_rank, is_title_word, is_unit_word, kind_word
from briefing.extract.listheading import Heading, heading
from briefing.extract.listheads import is_chosen
from briefing.extract.listmoves import rises
from briefing.extract.listposts import Named, Post
from briefing.extract.listwords import Lexis, split_words
from briefing.extract.names import shape
from briefing.extract.records import record
from briefing.korean.lexicon import words
from briefing.korean.wordlists import worded
from briefing.model import Span

_SEPARATOR = re.compile(r"\t|\s*[|│┃¦]\s*|\s{2,}")
_STROKE = re.compile(r"\s/\s")
# 성명 : 김도윤
_KEY = re.compile(r"[^\w\n]{0,4}([가-힣][가-힣 ()]{1,9}?)\s?[:：]\s?(\S[^\n]*)")
_SYLLABLES = re.compile(r"[가-힣]{2,8}")
_PAST = worded(r"{lists.notes.past_columns}")
_TAKER = worded(
    r"(?:({lists.columns.coming})|{lists.columns.going})\s?([가-힣A-Z]{2,8})(?:\s?{lists.page_lines.candidates})?"
)
_LONGEST_CELL = 60
LONGEST_HEAD = 200
_MOST_COLUMNS = 9


@record(frozen=True, slots=True)
class Record:
    """A row of a table."""

    named: Named
    post: Post
    company: str | None
    kind: str | None
    rank: str | None
    chosen: bool
    span: Span


@dataclass(slots=True)
class Table:
    """A table: its rows, and which lines of the text it takes."""

    records: list[Record] = field(default_factory=list)
    lines: list[int] = field(default_factory=list)


@record(frozen=True, slots=True)
class _Cell:
    text: str
    start: int


@cache
def _columns() -> dict[str, str]:
    found: dict[str, str] = {}
    for group in ("name", "rank", "old_rank", "post", "old_post", "company", "unit", "kind", "other"):
        for word in words("lists.toml", "columns", group):
            found.setdefault(word, group)
    return found


@lru_cache(maxsize=2000)
def _column(text: str) -> str | None:
    """What a column of that name holds, or None if it is no name of a column."""
    taker = _TAKER().fullmatch(text)
    if taker is not None and is_rank(taker[2]):
        return f"name:{taker[2]}" if taker[1] else "other"  # 계열사 | 신임 대표 | 전임 대표
    for form in (re.sub(r"[\s·/()（）]", "", text), text.replace(" ", "")):
        if (found := _columns().get(form)) is not None:
            return found
        past = _PAST().match(form)
        if past is not None and (found := _columns().get(form[past.end() :])) in {"rank", "post"}:
            return f"old_{found}"
    return None


def tables(text: str, paragraphs: Sequence[Span], lexis: Lexis) -> list[Table]:
    """The tables of a text."""
    found: list[Table] = []
    n = 0
    while n < len(paragraphs):
        table = None
        if paragraphs[n].end - paragraphs[n].start <= LONGEST_HEAD:
            for read in (_by_rows, _by_lines, _by_keys):
                table = table or read(text, paragraphs, n, lexis)
        if table is None:
            n += 1
        else:
            found.append(table)
            n = table.lines[-1] + 1
    return found


def _split(line: str, base: int, separator: re.Pattern[str] = _SEPARATOR) -> list[_Cell]:
    found: list[_Cell] = []
    at = 0
    for match in (*separator.finditer(line), None):
        end = match.start() if match else len(line)
        cell = line[at:end]
        if cell.strip() or match is None or at:
            found.append(_Cell(cell.strip(), base + at + len(cell) - len(cell.lstrip())))
        at = match.end() if match else end
    return found


def _layout(names: Sequence[str]) -> list[str] | None:
    """The columns that a row of names declares, or None if it is no such row."""
    if not 2 <= len(names) <= _MOST_COLUMNS:
        return None
    columns = [_column(n) for n in names]
    if "post" not in columns and columns.count("old_post") > 1:  # 현직 | 이전 직책
        at = next((i for i, n in enumerate(names) if n.startswith(("현", "現"))), None)
        columns = ["post" if i == at else c for i, c in enumerate(columns)]
    known = [c for c in columns if c is not None]
    if len(known) < len(columns) or sum(c.startswith("name") for c in known) != 1:
        return None
    return known if {"rank", "post", "kind", "unit", "company"} & set(known) else None


def _by_rows(text: str, paragraphs: Sequence[Span], n: int, lexis: Lexis) -> Table | None:
    """A table whose rows are lines."""
    line = paragraphs[n].of(text)
    separator = _SEPARATOR
    layout = _layout([c.text for c in _split(line, 0) if c.text])
    if layout is None and " / " in line:
        separator = _STROKE
        layout = _layout([c.text for c in _split(line, 0, separator)])
    if layout is None:  # 직급 성명 보직: the rows below are read as entries
        return Table(lines=[n]) if _layout(line.split()) is not None else None
    table = Table(lines=[n])
    carried: dict[str, _Cell] = {}
    for at in range(n + 1, len(paragraphs)):
        span = paragraphs[at]
        if not set(span.of(text)[:200]) - set("-|: +=─━┼"):
            table.lines.append(at)
            continue
        row = _split(span.of(text)[:400], span.start, separator)
        while len(row) > len(layout) and not (row[0].text and row[-1].text):
            row = row[1:] if not row[0].text else row[:-1]
        if not len(layout) - 1 <= len(row) <= len(layout):
            break
        record = _record(row, layout, carried, lexis)
        if record is not None:
            table.records.append(record)
        elif len(row) != len(layout) or not set("|\t") & set(span.of(text)):
            break  # a row without a name, of a table with strokes, does not end it
        table.lines.append(at)
    return table if table.records else None


def _by_lines(text: str, paragraphs: Sequence[Span], n: int, lexis: Lexis) -> Table | None:
    """A table whose cells are lines."""
    names: list[str] = []
    for span in paragraphs[n : n + _MOST_COLUMNS]:
        word = span.of(text)
        if len(word) > 15 or _column(word) is None:
            break
        names.append(word)
    layout = _layout(names) if len(names) > 1 else None
    if layout is None:
        return None
    at = n + len(names)
    table = Table(lines=list(range(n, at)))
    carried: dict[str, _Cell] = {}
    taken = 1
    while taken:
        taken = 0
        for size in (len(layout), len(layout) - 1):  # a cell over several rows stands once
            spans = paragraphs[at : at + size]
            row = [_Cell(p.of(text), p.start) for p in spans if p.end - p.start <= _LONGEST_CELL]
            record = _record(row, layout, carried, lexis) if len(row) == size else None
            if record is not None:
                table.records.append(record)
                taken = size
                break
        table.lines.extend(range(at, at + taken))
        at += taken
    return table if table.records else None


def _by_keys(text: str, paragraphs: Sequence[Span], n: int, lexis: Lexis) -> Table | None:
    """성명 : 김도윤, 현 직위 : 상무, 발령 : 전무: records whose cells are lines with names of their own."""
    table = Table()
    held: dict[str, _Cell] = {}
    for at in range(n, len(paragraphs) + 1):
        inside = at < len(paragraphs)
        pair = _KEY.match(text, paragraphs[at].start, paragraphs[at].end) if inside else None
        column = _column(pair.group(1)) if pair is not None else None
        if column == "kind" and column in held and "old_post" not in held:
            column = "old_post"  # 구분 : 사내이사 … 신규선임여부 : 재선임
        if column is None or column in held:
            record = _record([*held.values()], [*held], {}, lexis) if _complete(held) else None
            if record is not None:
                table.records.append(record)
            elif column is not None:
                return table if table.records else None  # a key again before a record was whole
            held = {}
        if pair is None or column is None:
            break
        held[column] = _Cell(pair.group(2).strip().replace("/", " ")[:_LONGEST_CELL], pair.start(2))
        table.lines.append(at)
    return table if table.records else None


def _complete(held: Mapping[str, _Cell]) -> bool:
    return "name" in held and bool({"rank", "post", "kind"} & set(held))


def _record(
    row: Sequence[_Cell], layout: Sequence[str], carried: dict[str, _Cell], lexis: Lexis
) -> Record | None:
    """A row as a record, or None if no name stands where it should."""
    short = len(row) < len(layout)
    if short and layout[0] == "name":
        return None
    held: dict[str, _Cell] = {}
    noted: Heading | None = None
    posted = ""
    for declared, cell in zip(layout[1:] if short else layout, row, strict=True):
        column, _, post_of = declared.partition(":")
        posted = post_of or posted
        if column == "kind" and column in held and heading(held[column].text) is not None:
            noted = heading(cell.text)  # 구분 | … | 비고: 부사장, … 유임
        held.setdefault(column, cell)
    if short:
        if layout[0] not in carried:
            return None
        held[layout[0]] = carried[layout[0]]
    named = _name(held["name"], lexis)
    if named is None:
        return None
    carried[layout[0]] = held[layout[0]]
    posts = [
        read_post(split_words(held[c].text, held[c].start), lexis) for c in ("post", "unit") if c in held
    ]
    post = next((p for p in posts if p != Post()), Post(text=posted or None))
    told = [h for c in ("kind", "rank", "post") if c in held and (h := heading(held[c].text)) is not None]
    kind = next((h.kind for h in [*told, *filter(None, [noted])] if h.kind), None)
    before = (heading(held[c].text.strip("()（）[]")) for c in ("old_post", "old_rank") if c in held)
    stays = [h for h in before if h is not None and h.kind is not None and not h.rest]  # (유임), [신규 영입]
    kind = kind or next((h.kind for h in stays), None)
    chosen = all(is_chosen(held[c].text) for c in ("kind", "rank") if c in held)
    # 구분 | 사장 승진
    rank = next(
        (h.rank for c in ("rank", "kind") if c in held and (h := heading(held[c].text)) and h.rank), None
    )
    if rank is None and "old_rank" in held:
        rank = post.rank
    raised = "old_rank" in held and rank is not None and held["old_rank"].text.strip() != rank
    if (
        kind is None and "old_post" in held and post.rank is not None and post.text is None
    ):  # 다솔전자 상무 | 다솔전자 전무
        old = read_post(split_words(held["old_post"].text, held["old_post"].start), lexis)
        raised |= old.rank is not None and rises(old.rank, post.rank)
    company = held["company"].text if "company" in held else None
    first, last = min(c.start for c in row), max(c.start + len(c.text) for c in row)
    return Record(
        named,
        post,
        company or None,
        kind or ("promoted" if raised else None),
        rank,
        chosen,
        Span(first, last),
    )


def _name(cell: _Cell, lexis: Lexis) -> Named | None:
    """The name that a cell consists of."""
    if not cell.text or len(cell.text) > 30:
        return None
    found = read_group([chunks(cell.text, cell.start)], lexis)[0]
    whole = _foreign(cell)
    if whole is not None and (len(found) != 1 or len(found[0].names) != 1 or found[0].post != Post()):
        return whole
    if (
        len(found) != 1
        or len(found[0].names) != 1
        or found[0].post != Post()
        or found[0].names[0].worth <= -1.6
    ):
        return None
    return found[0].names[0]


def _foreign(cell: _Cell) -> Named | None:
    """나카무라 유이: words in a column of names are one name, unless all may be Korean names."""
    words_of = cell.text.split()
    if not 2 <= len(words_of) <= 3 or not all(_SYLLABLES.fullmatch(w) for w in words_of):
        return None
    if any(is_title_word(w) or is_unit_word(w) or kind_word(w) for w in words_of):
        return None
    korean = shape(words_of[0]) == 2 and len(words_of[0]) > 2
    if korean or all(shape(w) == 2 for w in words_of):
        return None
    return Named(cell.text, cell.start, cell.start + len(cell.text), worth=1.0)
