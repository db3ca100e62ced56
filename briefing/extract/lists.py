"""Moves of published lists: ◇ 승진 ▲ 부사장 김민 이진, 상무→전무: 최도윤(경영지원본부), and the like.

Lines are cut into items (`listlines.py`); an item is a heading (`listheads.py`) or holds entries. The entries
under one heading are read together (`listentries.py`) and become moves (`listtaking.py`) by what the headings
in force say (`liststate.py`). Tables are read by `listtables.py`, enumerations in sentences by `listrows.py`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from briefing.extract.companies import Names, is_enterprise_name
from briefing.extract.document import Document
from briefing.extract.listentries import chunks, read_group, repeated, with_shared_notes
from briefing.extract.listgrammar import (
    APPOINTED,
    DEPARTED,
    arrow,
    is_title_word,
    is_unit_word,
    kind_in,
    kind_word,
)
from briefing.extract.listheading import BOARD_SEATS, Heading
from briefing.extract.listheads import (
    LONGEST_ITEM,
    Head,
    announced_heading,
    has_headings,
    head_of,
    house_of,
    is_announcement,
    is_chosen,
    is_part_of_house,
    known_companies,
    notice_company,
    starts_list,
)
from briefing.extract.listhouses import noted_houses
from briefing.extract.listlines import (
    Item,
    ends_list,
    is_byline,
    is_caption,
    is_career,
    is_furniture,
    is_menu,
    is_no_entry,
    is_prose,
    is_sentence,
    items,
    other_notice,
    splitter,
)
from briefing.extract.listmoves import Told
from briefing.extract.listpending import Pending, credible, holds_name, parted, pending
from briefing.extract.listposts import Entry, Post
from briefing.extract.listpromotions import LEAD, Promotions
from briefing.extract.listrows import sentence_rows
from briefing.extract.liststate import State
from briefing.extract.listtables import tables
from briefing.extract.listtaking import Source, Taker, introduced_as_public, is_public_body
from briefing.extract.listvotes import NOT_PASSED, all_passed, failed, voted
from briefing.extract.listwords import Lexis, of_houses
from briefing.extract.names import shape
from briefing.korean.lexicon import Lexicon
from briefing.korean.wordlists import worded
from briefing.model import Move, MoveStatus, Rejection, Span

# So much of a text may tell that it is about personnel; a list that stands farther down has headings.
LOOKED_AT = 20_000
# A line with an arrow (김도윤 상무 → 전무) is not longer than this.
LONGEST_STEP = 80
_PERSONNEL = worded(r"인사(?!회|말|드|치레|를\s?나|이트)|{lists.titles.personnel}")
# Titles of articles whose lists appoint nobody.
_NO_LIST = worded(r"{lists.titles.no}|공모(?!전)|성명서?$")
# Other lists that are announced: 참석 임원은 다음과 같다.
_OTHERS = worded(
    r"{lists.titles.others}\S{0,3}\s?(?:\S{1,8}\s)?(?:다음|아래)|^(?:다음은|아래는).*{lists.titles.others}\S{0,3}$"
)
_ON_PERSONNEL = worded(r"인사(?!회|말)|{lists.titles.on_personnel}")
# The post that an article on heads of companies is about, where its list names none.
_TITLE_POST = worded(r"{lists.titles.posts}")
_TELLS = worded(r"{lists.titles.telling}")


def find_list_moves(document: Document, lexicon: Lexicon) -> tuple[tuple[Move, ...], tuple[Rejection, ...]]:
    """Moves told as lists, and items that were read but not taken."""
    title = document.article.title
    if _NO_LIST().search(title) and not starts_list(title):
        return (), ()
    if not _PERSONNEL().search(title) and not _PERSONNEL().search(document.text[:LOOKED_AT]):
        return (), ()
    reader = _Reader(document, Names.of(lexicon))
    reader.lines()
    reader.sentences()
    return tuple(reader.taker.moves), tuple(reader.taker.rejected)


class _Reader:
    def __init__(self, document: Document, names: Names) -> None:
        self.document = document
        title, lead = document.article.title, document.text[:LEAD]
        self.promotions = Promotions(title, document.text)
        self.personnel = bool(_PERSONNEL().search(f"{title}\n{lead}"))
        self.notice = starts_list(title)
        post = _TITLE_POST().search(title)
        self.fallback = post.group() if post else None
        # 사외이사 4명 선임: whom the list names without a heading
        self.seat = self.fallback if self.fallback in BOARD_SEATS() and kind_in(title) else None
        self.lexis = Lexis(names, known_companies(document, names))
        self.default = house_of(document, self.lexis)
        self.several = self.notice and notice_company(title, self.lexis) is None
        for company in (self.default, *(c.name for c in document.head_companies)):
            self.lexis.add_stem(company)
        self.lexis.local.update(noted_houses(document.text, self.default, self.lexis))
        self.all_passed = all_passed(f"{title}.\n{document.text[:LOOKED_AT]}")
        self.public = is_public_body(self.default, self.lexis) or introduced_as_public(self.default, lead)
        self.taker = Taker(document, self.lexis)
        self.state = self._fresh()
        self.pending: list[Pending] = []

    def _fresh(self) -> State:
        return State(self.default, self.public, inside=self.notice, announced=self.notice)

    # ------------------------------------------------------------------ lines

    def lines(self) -> None:
        """Reads the lines that have marks, and those below them until prose begins."""
        text = self.document.text
        paragraphs = self.document.paragraphs
        taken = self._tables(paragraphs)
        lines = [items(p.of(text), p.start) for p in paragraphs]
        for n, paragraph in enumerate(paragraphs):
            line = paragraph.of(text)
            marked = splitter().search(line) is not None or bool(lines[n] and lines[n][0].mark)
            if n in taken or not (self._wanted(line, marked=marked) or self._rows_begin(n)):
                continue
            following = lines[n + 1][0] if n + 1 < len(lines) and lines[n + 1] else None
            for i, item in enumerate(lines[n]):
                if ends_list(item.text):
                    self._close(keep=False)
                    self.state.inside = False
                    break
                self._item(item, lines[n][i + 1] if i + 1 < len(lines[n]) else following)
        self._flush()

    def _wanted(self, line: str, *, marked: bool) -> bool:
        """True for a line that belongs to a list; prose and page furniture close the list before them."""
        if not marked and is_furniture(line):
            if ends_list(line) or (self.state.filled and is_menu(line)):
                self._close(keep=False)
                self.state.inside = False
            return False
        announced = not marked and is_announcement(line)
        other = announced and _OTHERS().search(line) is not None
        if announced or is_prose(line, marked=marked):
            if not marked:
                self._close(keep=not other and (announced or bool(_TELLS().search(line[-60:]))))
                self.state.barred = other
                self._announce(line)
            return marked and has_headings(line)
        if marked or self.state.inside:
            return True
        stepped = len(line) < LONGEST_STEP and arrow().search(line) is not None
        if self.personnel and (stepped or voted(line)):
            self.state.inside = True
        return self.state.inside or (self.personnel and head_of(line, self.lexis) is not None)

    def _rows_begin(self, n: int) -> bool:
        """김도윤 부사장 재무총괄 and the like on two lines running: a list without marks or headings."""
        lines = [p.of(self.document.text) for p in self.document.paragraphs[n : n + 2]]
        if len(lines) < 2 or max(map(len, lines)) > LONGEST_STEP:
            return False
        if _ON_PERSONNEL().search(self.document.article.title) is None:
            return False
        if any(is_prose(line, marked=False) or is_furniture(line) for line in lines):
            return False
        for line in lines:
            read = read_group([chunks(line, 0)], self.lexis)[0]
            if not read or not all(
                (e.post.text or e.post.rank) and all(n.worth > 2.5 for n in e.names) for e in read
            ):
                return False
        self.state.inside = True
        return True

    def _close(self, *, keep: bool) -> None:
        """A list ends; `keep` if another one is announced."""
        self._flush()
        self.state = self._fresh()
        self.state.inside = self.state.announced = keep or self.notice

    def _announce(self, line: str) -> None:
        """부사장 승진자는 다음과 같다: what the announcement of a list says is its heading."""
        told = announced_heading(line)
        if told is not None and told.heading is not None:
            self.state.tell("", told.heading, None, chosen=told.chosen)

    def sentences(self) -> None:
        """Reads enumerations inside sentences."""
        spans = (sentence.span for sentence in self.document.sentences)
        for span, row in sentence_rows(self.document.text, spans, self.lexis):
            told = Told(row.kind, row.rank, promotions=self.promotions.anywhere())
            self.taker.take_row(row.entry, told, Source((span,), self.default, self.public, prose=True))

    def _tables(self, paragraphs: Sequence[Span]) -> set[int]:
        """Reads tables; the lines that belong to them."""
        taken: set[int] = set()
        for table in tables(self.document.text, paragraphs, self.lexis) if self.personnel else ():
            taken.update(table.lines)
            kinds = any(record.kind for record in table.records)
            for record in table.records:
                promotions = self.promotions.anywhere() and not kinds
                told = Told(record.kind, record.rank, chosen=record.chosen, promotions=promotions)
                entry = Entry((record.named,), record.post)
                source = Source((record.span,), self.default, self.state.public, record.company)
                self.taker.take(entry, told, source)
        return taken

    # ------------------------------------------------------------------ items

    def _item(self, item: Item, behind: Item | None) -> None:
        span = Span(item.start, item.end)
        if self.state.barred or len(item.text) > LONGEST_ITEM or other_notice(item.text):
            self.taker.reject(item.text, "a notice of another kind", span)
            return
        if item.bracketed and is_byline(item.text):
            return
        if self._voted(item, span):
            return
        if is_sentence(item.text) or is_caption(item.text) or is_no_entry(item.text):
            self._flush()
            self.taker.reject(item.text, "a sentence or caption, no entry of a list", span)
            return
        head = head_of(item.text, self.lexis, mark=item.mark) or self._by_place(item, behind)
        if head is not None and not self._sound(head, item):
            head = None
        if head is not None and head.company is not None and self._is_part(head.company):
            head = replace(head, company=None, part=head.heading is None)
            self.state.announced = True
        if head is not None and not self.personnel and not (head.heading and head.heading.kind):
            return  # ◇ 기업인, above who attended
        if head is not None:
            self._heading(head, item, span)
            if not head.at:
                return
            item = replace(item, text=item.text[head.at :], start=item.start + head.at)
        elif not self.state.inside and not (self.personnel and item.mark):
            return
        elif self.state.inline(item.mark):
            self._flush()
            self.state.leave(item.mark)
        self._entries(item, item.text)

    def _voted(self, item: Item, span: Span) -> bool:
        """Reads a motion of a meeting; False for an item that is none."""
        motion = voted(item.text, all_passed=self.all_passed) if self.personnel else None
        if motion == "" or (motion is None and failed(item.text)):
            self.taker.reject(item.text, NOT_PASSED, span)
        elif motion is not None:
            self._entries(item, motion)
        else:
            return False
        return True

    def _sound(self, head: Head, item: Item) -> bool:
        """False for an entry that looks like a heading."""
        if head.at and head.heading is not None and head.heading.rest:
            return holds_name(item.text[head.at :], item.start + head.at, self.lexis, self.document.tokens)
        # ▲ 홍콩법인 차이나, behind the mark of entries, is no organisation
        text = item.text
        known = text in self.lexis.local or self.lexis.names.exact(text) is not None
        among = item.mark == self.state.entry_mark != "" and " " in text and not known
        return head.company is None or not among

    def _is_part(self, name: str) -> bool:
        """True if a heading names a part of the one house that a list is of."""
        one = self.default and not (self.public or self.several or self.state.place_mark)
        return bool(one) and is_part_of_house(name, self.lexis)

    def _heading(self, head: Head, item: Item, span: Span) -> None:
        self._flush()
        if head.company is not None:
            company = self.lexis.local.get(head.company, head.company)
            self.state.enter(item.mark, company, span, public=is_public_body(head.company, self.lexis))
            self.promotions.house(span.start)
            self.lexis.add_stem(head.company)
        if head.heading is not None:
            self.state.tell(item.mark, head.heading, span, chosen=head.chosen)
        elif head.part:
            self.state.part(item.mark, span)

    def _by_place(self, item: Item, behind: Item | None) -> Head | None:
        """An organisation or a part of one, by where it stands: <나래페이> △대표이사 …, ◇편집국 △…."""
        text, state = item.text, self.state
        words = text.split()
        if not item.mark or len(text) > 25 or len(words) > 4 or re.search(r"[:：=→,.·(/]", text):
            return None
        if any(map(is_title_word, words)) or item.mark == state.entry_mark:
            return None
        if not item.bracketed and (behind is None or behind.mark in {item.mark, ""}):
            # ▣ 코퍼레이트, where ▣ 부문장 was a heading and lines without marks follow
            heads = behind is not None and not behind.mark and state.headed(item.mark)
            bare = not state.entry_mark or shape(text.replace(" ", "")) < 2
            return Head(part=True) if heads and bare else None
        place = item.mark == state.place_mark and " " not in text
        if kind_word(words[-1]) is not None:  # <고위공무원 승진>
            return Head(heading=Heading(kind_in(text)), chosen=is_chosen(text))
        if is_unit_word(words[-1]) and not place and not is_enterprise_name(text.replace(" ", "")):
            return Head(part=True)
        read = read_group([[chunk] for chunk in chunks(text, 0)], self.lexis)
        worth = max((n.worth for group in read for e in group for n in e.names), default=-9.0)
        outer = state.place_mark in {None, item.mark}
        if worth > 1.5 and item.mark != state.place_mark:
            told = state.kind is not None or state.rank is not None
            if told or len(words) > 1 or not outer or behind is None:
                return None
        return Head(company=text) if outer or worth < 0 else None

    def _entries(self, item: Item, text: str) -> None:
        """Puts the entries of an item with the others of its group; `text` begins where the item does."""
        self.state.use()
        if item.mark:
            self.state.entry_mark = item.mark
        for part, start in parted(text):
            whole = item if part == item.text else replace(item, text=part, start=item.start + start)
            self.pending.append(pending(whole, part, self.lexis, self.document.tokens))

    # ------------------------------------------------------------------ groups of entries

    def _flush(self) -> None:
        """Reads the entries that have gathered under the headings in force."""
        gathered, self.pending = self.pending, []
        state = self.state
        end = gathered[-1].item.end if gathered else 0
        rank = state.rank or (self.seat if state.kind is None else None)
        told = Told(state.kind, rank, state.chosen, self.promotions.under(end), self.fallback, state.hired)
        read = read_group([p.found for p in gathered], self.lexis)
        careers = sum(is_career(p.item.text) for p in gathered)
        named = sum(any(n.worth > 2.5 for e in found for n in e.names) for found in read)
        if told.kind is None and careers * 4 > len(gathered) and named * 2 < len(gathered):
            self._reject_all(gathered, "a career, no list of appointments")
            return
        alone = len(gathered) == 1 and sum(map(len, read)) < 2
        if alone and not state.announced and told.kind is None and told.rank is None:
            self._single(gathered[0])
            return
        read = with_shared_notes(read)
        before: Post | None = None
        for waiting, found in zip(gathered, read, strict=True):
            entries = [waiting.entry] if waiting.entry is not None else found
            kept = [e for e in entries if credible(e, waiting, told, self.lexis, self.document.tokens)]
            item = waiting.item
            if not kept and item.mark and len(item.text) < 30:
                what = "no name and post that a list entry has"
                self.taker.reject(item.text, what, Span(item.start, item.end))
            for entry in kept:
                state.inside = state.filled = True
                full = repeated(before, entry) if before is not None else entry
                before = full.post
                self._take(full, waiting, told)

    def _take(self, entry: Entry, waiting: Pending, told: Told) -> None:
        span = Span(waiting.item.start, waiting.item.end)
        state = self.state
        source = Source(
            evidence=(span,) if state.span in {None, span} else (span, state.span or span),
            over=state.company,
            public=state.public,
            # 칠곡=정태우, where the heading names a post: a place, no company; 자회사 대표 : a house
            beside=waiting.company if not waiting.guessed or of_houses(told.rank, waiting.company) else None,
            status=MoveStatus.RUMORED if waiting.rumoured else MoveStatus.DONE,
        )
        after = waiting.after
        if after is not None:  # 대표이사 강미르 → 도연후
            post = replace(entry.post, kind=None)
            follows = after.post if after.post != Post() else post
            self.taker.take(replace(entry, post=post), replace(told, kind=DEPARTED), source)
            self.taker.take(replace(after, post=follows), replace(told, kind=APPOINTED), source)
        elif waiting.step is not None:
            self.taker.step(entry, waiting.step, told, source)
        else:
            self.taker.take(entry, told, source)

    def _reject_all(self, gathered: Sequence[Pending], reason: str) -> None:
        for waiting in gathered:
            self.taker.reject(waiting.item.text, reason, Span(waiting.item.start, waiting.item.end))

    def _single(self, waiting: Pending) -> None:
        """One line without a heading is a caption, a link, a remark."""
        item = waiting.item
        if item.mark:
            self.taker.reject(item.text, "a line by itself, no list", Span(item.start, item.end))
