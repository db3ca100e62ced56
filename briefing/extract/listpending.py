"""An item of a list taken apart: what stands before a colon, behind an arrow, and the entries."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

from briefing.extract import names
from briefing.extract.listentries import chunks, read_group, read_post
from briefing.extract.listgrammar import arrow, is_title_word, is_unit_word
from briefing.extract.listlines import Item, is_career_step, rumoured
from briefing.extract.listmoves import Told, career, read_notes
from briefing.extract.listposts import Entry, Post
from briefing.extract.listwords import Lexis, Word, organisation, own_rank, split_words
from briefing.extract.places import all_places
from briefing.extract.records import record
from briefing.korean.kiwi import Token
from briefing.korean.wordlists import worded

_STROKE = re.compile(r"\s/\s|;\s?|\s\|\s")
_VACANT = worded(r"(?<![가-힣]){lists.notes.nobody}\s*(?:→|->|⇒|➝|➡|➔)")
# Names of two syllables are often words as well.
_SHORT = 2
_SIGN = re.compile(r"[=:：]")
_HEAD = re.compile(r"([^:：=()（）]{1,40}?(?:[(（][^()（）]{1,20}[)）])?)\s*[:：=]\s*(?=\S)")


@record(frozen=True, slots=True)
class Pending:
    """Entries that wait for the others of their group.

    Attributes:
        found: Their words, or nothing where `entry` is read already.
        company: The company told beside them (서목해운 : 정완수).
        step: What stands behind an arrow (→ 서목유통 대표이사 전무).
        after: Who stands behind an arrow (대표이사 강미르 → 도연후).
        guessed: True if nothing but its place makes `company` one.
        rumoured: True if a word behind the entry says that nothing is settled.
    """

    item: Item
    found: tuple[list[Word], ...] = ()
    entry: Entry | None = None
    company: str | None = None
    step: Post | None = None
    after: Entry | None = None
    guessed: bool = False
    rumoured: bool = False


def parted(text: str) -> Iterator[tuple[str, int]]:
    """이천=남기준 / 평택=오동석: the parts of an item of which each has a head of its own, with offsets."""
    signs = [m.start() for m in _SIGN.finditer(text)]
    start = 0
    for cut in _STROKE.finditer(text, 0, signs[-1]) if len(signs) > 1 else ():
        if _SIGN.search(text, start, cut.start()):
            yield text[start : cut.start()], start
            start = cut.end()
    yield text[start:], start


def pending(item: Item, text: str, lexis: Lexis, tokens: Mapping[int, Token]) -> Pending:
    """Takes an item apart; `text` begins where the item does."""
    told = rumoured(text)
    body, at = told or text, item.start
    wait = Pending(item, rumoured=told is not None)
    match = _HEAD.match(body)
    if match is not None:
        head = match.group(1).strip()
        company, entry, kept = _before_colon(head, at, body[match.end() :], lexis)
        known = organisation(head, lexis) is not None or lexis.company(head) is not None
        wait = replace(wait, company=company, entry=entry, guessed=company == head and not known)
        if kept:
            body = body[: match.end(1)] + " " * (match.end() - match.end(1)) + body[match.end() :]
        else:
            body, at = body[match.end() :], at + match.end()
    body = _VACANT().sub(lambda m: " " * len(m.group()), _without_tail(body))  # 공석 → 도하린 부사장
    steps = arrow().search(_outside(body))
    if steps is not None:
        behind, start = body[steps.end() :], at + steps.end()
        new = read_post(split_words(behind, start), lexis)
        after = _person(behind, start, lexis, tokens)
        if after is not None and wait.company is not None:
            after = after.without_notes()  # 다솔카드 : 강미르 → 도연후(다솔은행 부행장)
        wait = replace(wait, step=new, after=after)
        body = body[: steps.start()]
    if wait.entry is None:
        return replace(wait, found=tuple(chunks(body, at)))
    post = read_post(split_words(body, at), lexis)
    return replace(wait, entry=replace(wait.entry, post=post))


def _before_colon(head: str, start: int, body: str, lexis: Lexis) -> tuple[str | None, Entry | None, bool]:
    """서목해운 : 정완수 / 최유안 : 상무 → 전무 / 경영지원실장 : 정완수: what stands before a colon.

    Returns:
        The company, the entry whose post follows, and whether the head belongs to the words behind it.
    """
    company = organisation(head, lexis) or lexis.company(head)
    if company is not None:
        return lexis.local.get(company, company), None, False
    parts = head.split()
    last = parts[-1].partition("(")[0]
    if is_title_word(last) or is_unit_word(last) or head in all_places():
        return None, None, True
    read = read_group([chunks(head, start)], lexis)[0]
    named = read[0] if len(read) == 1 and read[0].post == Post() else None
    follows = bool(arrow().search(body)) or any(is_title_word(w.partition("(")[0]) for w in body.split())
    if named is not None and named.names[-1].worth > 0 and follows:
        return None, named, False
    return (head, None, False) if len(parts) == 1 else (None, None, True)


def _person(text: str, start: int, lexis: Lexis, tokens: Mapping[int, Token]) -> Entry | None:
    """대표이사 강미르 → 도연후: who follows, if a person stands behind the arrow."""
    found = read_group([chunks(text, start)], lexis)[0]
    if len(found) != 1 or len(found[0].names) != 1:
        return None
    named = found[0].names[0]
    if found[0].post == Post():
        return found[0] if named.worth > 0 else None
    sure = named.worth >= 2.6 and names.score(named.name, named.start, tokens) > 1
    return found[0] if sure else None


def _without_tail(text: str) -> str:
    """최고의학책임자 프리야 나이르 – 前 로슈 임상 총괄: what stands behind a dash is a career."""
    dash = re.search(r"\s[–—―-]\s", text)
    if dash is None:
        return text
    before = text[: dash.start()].split()
    behind = _outside(text[dash.end() :]).split()  # 도하린 상무 – 법무실장 (前 준법감시인)
    titles = [w for w in before if is_title_word(w.partition("(")[0])]
    takes = (
        bool(behind)
        and is_title_word(behind[-1])
        and not own_rank(behind[-1])
        and not career(text[dash.end() :])
    )
    if takes and titles and all(map(own_rank, titles)):  # 도하린 상무 - 법무실장
        return text[: dash.start()] + " " * len(dash.group()) + text[dash.end() :]
    if len(before) > 1 and any(is_title_word(w.partition("(")[0]) for w in before):
        return text[: dash.start()]
    return text[: dash.start()] + " " * len(dash.group()) + text[dash.end() :]


def _outside(text: str) -> str:
    """The text with what stands in brackets blanked out, so that offsets stay."""
    return re.sub(r"[(（][^()（）]*[)）]", lambda m: " " * len(m.group()), text)


# ---------------------------------------------------------------------- belief


def credible(read: Entry, waiting: Pending, told: Told, lexis: Lexis, tokens: Mapping[int, Token]) -> bool:
    """Names alone need a heading over them; a post beside one speaks for itself, a step of a career never."""
    if is_career_step(waiting.item.text):
        return False
    post, marked = read.post, bool(waiting.item.mark)
    titled = post.text is not None or post.rank is not None or post.same or waiting.step is not None
    if waiting.entry is not None:
        return titled or told.kind is not None
    if not _sure(read, lexis, tokens, titled=titled, marked=marked):
        return False
    if titled or told.kind is not None or told.rank is not None or waiting.company is not None:
        return True
    notes = [note for n in read.names for note in n.notes]
    noted = any(is_title_word(w) for note in notes for w in note.split())
    fate = post.company is not None and read_notes(notes).kind is not None  # 가람은행 국선우(신임)
    return marked and ((noted and len(read.names) == 1) or fate)


def _sure(read: Entry, lexis: Lexis, tokens: Mapping[int, Token], *, titled: bool, marked: bool) -> bool:
    """True if the words read as names may be names, for all that is known of them."""
    good = sum(n.worth > 0 for n in read.names)
    if len(read.names) > 1:
        return good * 10 >= len(read.names) * 7
    named = read.names[0]
    common = _common(named.name, named.start, tokens)
    ends = (read.post.text or read.post.rank or "").split(" ")[-1]
    if common and len(named.name) == _SHORT and ends and not is_title_word(ends):
        return False  # 주주가치 제고
    if not good:
        return titled and marked and named.worth > -2 and not common
    if titled or (marked and not (common and read.post.unit)):
        return True
    # on a line without a mark, names stand alone or beside parts of the house
    unit = (read.post.unit or "").split()
    return not common and all(is_unit_word(w) or w in all_places() or lexis.company(w) for w in unit[-1:])


def _common(word: str, start: int, tokens: Mapping[int, Token]) -> bool:
    """True for a word of the dictionary (체제, 강화)."""
    token = tokens.get(start)
    return token is not None and token.known and token.tag == "NNG" and token.end >= start + len(word)


def holds_name(text: str, start: int, lexis: Lexis, tokens: Mapping[int, Token]) -> bool:
    """True if an entry set behind its heading holds a name: 승진김규현, but not 영입 강화."""
    found = read_group([chunks(text, start)], lexis)[0]
    named = [n for e in found for n in e.names]
    return any(n.worth > 0 and not _common(n.name, n.start, tokens) for n in named)
