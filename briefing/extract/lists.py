"""Moves of published lists: ◇ 승진 ▲ 부사장 김민 이진, 상무→전무: 최도윤(경영지원본부), and the like."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from briefing.extract.companies import Names, is_enterprise_name, is_public, is_unit
from briefing.extract.document import Document
from briefing.extract.listentries import Entry, Named, entry
from briefing.extract.listgrammar import (
    Heading,
    Item,
    has_mark,
    heading,
    is_title_word,
    items,
    organisation,
    rank_only,
)
from briefing.extract.listmoves import is_public_post, read_notes, readings
from briefing.extract.listrows import rows
from briefing.extract.names import shape
from briefing.korean.lexicon import Lexicon, words
from briefing.model import Move, MoveKind, MoveStatus, Rejection, Span

# So much of a text may tell that it is about personnel; a list that stands farther down has headings.
LOOKED_AT = 20_000
# An item longer than this is prose, a heading longer than that too.
LONGEST_ITEM = 200_000
LONGEST_HEADING = 30
_PROSE_END = re.compile(r"(?:다|요|까|죠)[.!?]?[\"”’')]*$|(?:했|됐|있|였|한다|된다|는다)")
_PROSE = re.compile(r"[가-힣](?:은|는|을|를)\s.*(?:다|요)[.\s]")
_PERSONNEL = re.compile(r"인사|승진|선임|전보|위촉|임원|내정|발령|보임|연임|유임|조직개편")
_SENTENCE = re.compile(r"[가-힣]다[.](?:\s|$)")
_RANK_COLON = re.compile(r"\s*[가-힣]{2,7}\s?[:：]\s?[가-힣]{2,4}(?:\s|[,·(]|$)")
_NAMED_BODY = re.compile(r"\s*\[인사\]\s*(.+)")
_LATIN_IN_BRACKETS = re.compile(r"^.*?\(([A-Z][A-Za-z&]{1,6})\)$")


@dataclass(slots=True)
class _State:
    """Where in a list the reader is: what the last headings said."""

    company: str | None = None
    public: bool = False
    kind: str | None = None
    rank: str | None = None
    post: str | None = None
    heading: Span | None = None
    inside: bool = False
    place_mark: str = ""
    entry_mark: str = ""


def find_list_moves(document: Document, lexicon: Lexicon) -> tuple[tuple[Move, ...], tuple[Rejection, ...]]:
    """Moves told as lists, and items that were read but not taken."""
    if not _PERSONNEL.search(document.article.title) and not _PERSONNEL.search(document.text[:LOOKED_AT]):
        return (), ()
    reader = _Reader(document, Names.of(lexicon))
    reader.lines()
    reader.sentences()
    return tuple(reader.moves), tuple(reader.rejected)


class _Reader:
    def __init__(self, document: Document, names: Names) -> None:
        self.document = document
        self.names = names
        self.moves: list[Move] = []
        self.rejected: list[Rejection] = []
        lead = f"{document.article.title}\n{document.text[:400]}"
        self.promotions = "승진" in lead
        self.personnel = bool(_PERSONNEL.search(lead))
        self.other = re.compile("|".join(words("lists.toml", "other_notices", "words")))
        self.local = {c.span.of(document.text): c.name for c in document.companies}
        self.default = self._headline_company()

    def _headline_company(self) -> str | None:
        """The company of "[인사] 들샘화재", else the one the article is about."""
        body = _NAMED_BODY.match(self.document.article.title)
        if body is not None and not {"외", "外"} & set(body.group(1).replace("外", " 外").split()):
            first = re.split(r"[,·…]", body.group(1))[0].strip()
            return organisation(first, self.names) or self.document.subject
        return self.document.subject

    def _fresh(self) -> _State:
        return _State(self.default, self._is_public(self.default))

    def lines(self) -> None:
        """Reads the lines that have marks, and those below them until prose begins."""
        state = self._fresh()
        for paragraph in self.document.paragraphs:
            line = paragraph.of(self.document.text)
            marked = has_mark().search(line) is not None
            if not marked and not state.inside and not (self.personnel and _RANK_COLON.match(line)):
                continue
            if self._is_prose(line, marked=marked):
                if not marked:
                    state = self._fresh()
                if not marked or not self._has_headings(line):
                    continue
            for item in items(line, paragraph.start):
                if len(item.text) > LONGEST_ITEM or self.other.search(item.text[:60]):
                    self._reject(item.text, "a notice of another kind", Span(item.start, item.end))
                else:
                    self._item(item, state)

    def sentences(self) -> None:
        """Reads enumerations inside sentences."""
        for sentence in self.document.sentences:
            span = sentence.span
            for row in rows(span.of(self.document.text), span.start, self.names):
                state = _State(self.default, kind=row.kind, rank=row.rank, heading=span)
                self._take(row.entry, None, span, state)

    @staticmethod
    def _is_prose(line: str, *, marked: bool) -> bool:
        if _PROSE_END.search(line[-12:]) and len(line) > 15:
            return True
        return not marked and len(line) > 60 and bool(_PROSE.search(line))

    @staticmethod
    def _has_headings(line: str) -> bool:
        """A line with prose in it counts as a list only by its headings."""
        return any(
            item.mark
            and len(item.text) < LONGEST_HEADING
            and heading(item.text)
            and not item.text.endswith("다.")
            for item in items(line, 0)
        )

    # ------------------------------------------------------------------ items

    def _item(self, item: Item, state: _State) -> None:
        text, start, span = item.text, item.start, Span(item.start, item.end)
        place = organisation(text, self.names)
        rank = rank_only(text)
        if place is not None and rank is None and self._is_place(text, item, state):
            state.place_mark = item.mark
            self._enter(place, span, state)
            return
        found = heading(text)
        if found is not None and self._sound(found, item):
            state.kind, state.rank, state.post = found.kind, found.rank, None
            state.inside, state.heading = True, span
            if not found.rest:
                return
            start += text.rindex(found.rest)
            text = found.rest
        elif rank is not None:
            state.rank, state.post, state.inside, state.heading = rank, None, True, span
            return
        if not state.inside and not self.personnel:
            return
        if _SENTENCE.search(text):
            self._reject(text, "a sentence, no entry of a list", span)
            return
        company, text, start = self._before_colon(text, start, state)
        read = entry(text, start, self.names)
        if read is None or not self._credible(read, item, state):
            if item.mark and len(text) < LONGEST_HEADING:
                self._reject(text, "no name and post that a list entry has", span)
            return
        state.inside = state.inside or item.mark != ""
        state.entry_mark = item.mark
        if read.same and read.post is None:
            read = replace(read, post=state.post)
        elif read.post is not None:
            state.post = read.post
        self._take(read, company, span, state)

    def _before_colon(self, text: str, start: int, state: _State) -> tuple[str | None, str, int]:
        """서목해운 : 정완수 / 부사장 : 이재현: a company or a rank, and what stands behind the colon."""
        match = re.match(r"([^:：]*)[:：]\s*(?=\S)", text)
        if match is None:
            return None, text, start
        head = match.group(1).strip()
        if (rank := rank_only(head)) is not None:
            state.rank = rank
            return None, text[match.end() :], start + match.end()
        company = organisation(head, self.names) or self.local.get(head)
        return company, text[match.end() :], start + match.end()

    def _is_place(self, text: str, item: Item, state: _State) -> bool:
        """가온대 may be a university or a person: it is what stood behind such a mark before."""
        if shape(text) < 2:
            return True
        if item.mark and item.mark == state.entry_mark:
            return False  # 한수원 among names behind the same mark
        if self.names.exact(text) is not None or is_enterprise_name(text):
            return True
        first = not state.entry_mark and state.kind is None and state.rank is None
        return item.mark != "" and (first or item.mark == state.place_mark)

    def _is_public(self, place: str | None) -> bool:
        """True for a body that is no enterprise, universities and towns among them."""
        if place is None or is_public(place):
            return place is not None
        return (
            place[-1] in "대도시군구청부처"
            and not is_enterprise_name(place)
            and self.names.exact(place) is None
        )

    def _enter(self, place: str, span: Span, state: _State) -> None:
        """A heading that names an organisation."""
        state.company = self.local.get(place, place)
        state.public = self._is_public(place)
        state.kind = state.rank = state.post = None
        state.inside, state.heading = True, span

    def _sound(self, found: Heading, item: Item) -> bool:
        """A heading is short, and what follows it holds names."""
        if found.rest and entry(found.rest, 0, self.names) is None:
            return False
        return len(item.text) - len(found.rest) <= LONGEST_HEADING

    @staticmethod
    def _credible(read: Entry, item: Item, state: _State) -> bool:
        """Names alone need a heading over them; a post beside a name speaks for itself."""
        if read.post is not None and any(map(is_title_word, read.post.split())):
            return True
        if state.kind is not None or state.rank is not None or (read.same and state.post is not None):
            return True
        note = read.names[0].note
        return bool(item.mark) and len(read.names) == 1 and any(map(is_title_word, note.split()))

    # ------------------------------------------------------------------ entries

    def _take(self, read: Entry, company: str | None, span: Span, state: _State) -> None:
        shared = next((n.note for n in reversed(read.names) if n.note.startswith("이상")), "")
        for named in read.names:
            notes = read_notes([n for n in (named.note or shared, read.note) if n])
            told = next((c for note in notes.rest if (c := self._company(note)) is not None), None)
            place = told or company or read.organisation or state.company
            where = Span(named.start, named.end)
            if place is None and self.document.civil:
                self._reject(named.name, "a list of a body that is no enterprise", where)
            elif state.public and (place is None or is_public(place) or place == state.company):
                self._reject(named.name, f"{place} is no enterprise", where)
            else:
                for found in readings(read, named, notes, state.kind, state.rank, promotions=self.promotions):
                    if found.role is not None and is_public_post(found.role):
                        self._reject(named.name, f"{found.role} is no post of an enterprise", where)
                        continue
                    self._add(named, place, MoveKind(found.kind), found.role, found.rule, span, state)

    def _company(self, note: str) -> str | None:
        """The company of a note in brackets, or None: (서율제지), (㈜서율), but not (경영지원본부)."""
        plain = note.replace("㈜", "").strip()
        if not plain:
            return None
        if plain != note.strip():
            return self.local.get(plain, plain)
        for form in (plain, plain.split()[0]):
            if form in self.local:
                return self.local[form]
        found = None if is_unit(plain) else organisation(plain, self.names)
        return self.local.get(found, found) if found else None

    def _add(  # noqa: PLR0917
        self,
        named: Named,
        company: str | None,
        kind: MoveKind,
        role: str | None,
        rule: str,
        span: Span,
        state: _State,
    ) -> None:
        latin = _LATIN_IN_BRACKETS.match(role) if role is not None else None
        evidence = (span,) if state.heading in {None, span} else (span, state.heading)
        self.moves.append(
            Move(
                person=named.name,
                company=company,
                kind=kind,
                role=latin.group(1) if latin else role,
                status=MoveStatus.DONE,
                evidence=tuple(s for s in evidence if s is not None),
                rule=rule,
            )
        )

    def _reject(self, what: str, reason: str, span: Span) -> None:
        self.rejected.append(Rejection(what[:40], reason, span))
