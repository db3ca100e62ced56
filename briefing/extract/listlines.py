"""The lines of an article as lists have them: items behind marks, headings in brackets, prose, page."""

from __future__ import annotations

import re
from functools import cache

from briefing.extract.companies import is_enterprise_name
from briefing.extract.listbrackets import with_round_notes
from briefing.extract.listgrammar import is_rank
from briefing.extract.listheading import heading
from briefing.extract.names import is_surname, shape
from briefing.extract.records import record
from briefing.korean.lexicon import table, trie_pattern, words
from briefing.korean.wordlists import worded

# A bracketed heading is not longer than this.
_LONGEST_BRACKET = 40
_BULLET = re.compile(
    r"\s*(?:[-–—‐*+]\s+|[-–—]\s?(?=[가-힣A-Z])|[①-⑳❶-❿]\s*|\(?\d{1,2}[.)]\s+|[가-하][.)]\s+|[oㅇ]\s+)"
)
_DATELINE = worded(
    r"\s*[\[(（〈<【][^\]()）〉>】\n=]{0,30}=[^\]()）〉>】\n]{0,30}[\])）〉>】]\s*"
    r"(?:[가-힣]{2,4}\s?{outlets.reporters.words}\s?=\s?)?"
)
_END = re.compile(r"[(（<\[]\s?끝\s?[)）>\]]")
_PROSE_END = re.compile(r"(?:다|요|까|죠)[.!?]?[\"”’')]*$|(?:했|됐|있|였|한다|된다|는다)")
_PROSE = re.compile(r"[가-힣](?:은|는|을|를)\s")
_PROSE_VERB = re.compile(r"(?:다|요)[.\s]")
# Of a name at the end of a line, and the word before it.
_LONGEST_END = 24
_NAME_AND_BEFORE = 3
_NAME_LENGTHS = (2, 3)
_FULL_NAME = 2
_SENTENCE = re.compile(r"[가-힣]다[.](?:\s|$)")
_TOPICS = re.compile(r"(?:^|\s)([가-힣]{2,8})(?:은|는|을|를)\s")
_ENTERED = worded(r"{lists.page_lines.entered}\s*[:：]?\s*\d{2,4}[-./년]")
# * 직위 순, 가나다순
_ORDER = worded(r"\(?(?:{lists.page_lines.orders}(?:,\s?|\s|·|및\s)?){1,4}(?:임)?\.?\)?")
_FOREIGN_HEAD = re.compile(r"([가-힣A-Za-z ]{1,12}?)\s?[:：]")
_QUOTED = re.compile(r"[“\"‘'][^“”\"‘’'\n]{3,}[”\"’']")
# 김도윤 회장 21.3%, 2023~2024년 : 김도윤 부사장: shares and terms of office appoint nobody.
_FIGURES = re.compile(r"\d%|(?:^|[^\d])(?:19|20)\d\d년?\s?[~∼–-]")
# 2010년 여수단지 총괄
_YEAR = re.compile(r"\s*(?:19|20)\d\d년(?:생|\s)")
_MAIL = re.compile(r"(?<![\w.])[\w.]{1,64}@[\w.]{1,64}\.[a-z]{2,}")
_BYLINE = worded(
    r"(?:^|[/=\s])[가-힣]{2,4}(?:[·,]\s?[가-힣]{2,4}){0,3}\s?{outlets.reporters.words}(?:\s|=|$|\()"
)


@record(frozen=True, slots=True)
class Item:
    """A piece of a list line: `mark` is the sign before it, the opening bracket, or "" at line start."""

    mark: str
    text: str
    start: int
    end: int

    @property
    def bracketed(self) -> bool:
        """True for a heading in brackets of its own."""
        return self.mark in _openers()


@cache
def _brackets() -> tuple[str, ...]:
    return tuple(str(table("lists.toml")["brackets"]).split())


_ROUND_HEADING = re.compile(r"\s*\(([^()\n]{2,20})\)\s*(?=\S)")


@cache
def _openers() -> frozenset[str]:
    return frozenset(p[0] for p in _brackets())


@cache
def _marks() -> frozenset[str]:
    return frozenset(str(table("lists.toml")["marks"]))


@cache
def splitter() -> re.Pattern[str]:
    """Finds a mark or a heading in brackets."""
    marks = re.escape(str(table("lists.toml")["marks"]))
    loose = re.escape(str(table("lists.toml")["loose_marks"]))
    brackets = "|".join(
        f"{re.escape(p[0])}[^{re.escape(p)}\\n]{{1,{_LONGEST_BRACKET}}}{re.escape(p[1])}" for p in _brackets()
    )
    return re.compile(rf"[{marks}]|(?:^|(?<=\s))[{loose}](?=\s*\S)|{brackets}")


def _tells(sign: str) -> bool:
    """True for what happened, between angle brackets: <승진>, <처장급 보임>."""
    if sign[0] not in "<〈":
        return False
    found = heading(sign[1:-1])
    return found is not None and found.kind is not None and not found.rest


def _houses(sign: str, behind: str) -> bool:
    """True for ◇사장 승진<다솔백화점>대표이사: a house between angle brackets, set against its entries."""
    return sign[0] in "<〈" and behind.isalnum() and is_enterprise_name(sign[1:-1].strip())


def _with_square_heading(line: str) -> str:
    """(임원 해촉) ▲상무 A ▲〃 B: a heading in round brackets before marks, in square ones; offsets stay."""
    match = _ROUND_HEADING.match(line)
    if match is None or line[match.end()] not in _marks() or not _tells(f"<{match[1]}>"):
        return line
    at, end = match.span(1)
    return f"{line[: at - 1]}[{match[1]}]{line[end + 1 :]}"


def items(line: str, base: int) -> list[Item]:
    """A line cut at its marks and bracketed headings; `base` is where the line begins."""
    found: list[Item] = []
    line = _with_square_heading(line)
    if _openers() & set(line):
        line = with_round_notes(line, _openers() | _marks())

    def append(mark: str, start: int, end: int) -> None:
        stripped = line[start:end].strip(" \t\r,;:　-–")
        if stripped:
            at = base + line.index(stripped, start)
            found.append(Item(mark, stripped, at, at + len(stripped)))

    dateline = _DATELINE().match(line)
    start = dateline.end() if dateline else 0
    bullet = _BULLET.match(line, start)
    mark = ""
    if bullet is not None:
        start = bullet.end()
        sign = bullet.group().strip()
        mark = "1" if any(c.isalnum() for c in sign) and len(sign) > 1 else sign[0]
    for match in splitter().finditer(line, start):
        sign = match.group().strip()
        before = line[match.start() - 1] if match.start() > start else " "
        behind = line[match.end() : match.end() + 1]
        if len(sign) > 1 and mark and before.isalnum() and not (_tells(sign) or _houses(sign, behind)):
            continue  # 보도국[취재1] 사회부장: no heading; ◇다솔정공<승진>▷전무: one
        append(mark, start, match.start())
        if len(sign) > 1:  # a bracketed heading, an item of its own
            append(sign[0], match.start() + 1, match.end() - 1)
            mark = ""
        else:
            mark = sign
        start = match.end()
    end = _END.search(line, start) if "끝" in line else None
    append(mark, start, end.start() if end else len(line))
    return found


# ---------------------------------------------------------------------- what is no list


def is_prose(line: str, *, marked: bool) -> bool:
    """True for a line of running text."""
    if _PROSE_END.search(line[-12:]) and len(line) > 15:
        return not (marked and _ends_in_name(line))
    return not marked and len(line) > 60 and _is_prose(line)


def _ends_in_name(line: str) -> bool:
    """True for 상무 박노을 장하다: a name that ends like a verb, behind a rank or another name."""
    words = line[-_LONGEST_END:].split()
    if len(words) < _NAME_AND_BEFORE or len(words[-1]) not in _NAME_LENGTHS or not is_surname(words[-1][0]):
        return False
    before = words[-2].rstrip(",·")
    return is_rank(before) or shape(before) == _FULL_NAME


def _is_prose(line: str) -> bool:
    """True for a line with a topic or object and, behind it, the end of a sentence."""
    opened = _PROSE.search(line)
    return opened is not None and _PROSE_VERB.search(line, opened.end()) is not None


def is_byline(text: str) -> bool:
    """True for <김현철기자> and the like."""
    return _BYLINE().search(text) is not None


def is_sentence(text: str) -> bool:
    """True for an item that is a sentence."""
    return bool(_SENTENCE.search(text)) or any(map(_is_topic, _TOPICS.findall(text)))


def _is_topic(word: str) -> bool:
    """True for a word of the vocabulary that a sentence is about: [승진자]는, [명단]은."""
    found = heading(word)
    return found is not None and not found.rest


@cache
def _page(group: str) -> re.Pattern[str]:
    return re.compile(trie_pattern(words("lists.toml", "page", group)))


def ends_list(text: str) -> bool:
    """True for what stands behind an article on its page, wherever it is found: copyright."""
    return _page("end").search(text.replace(" ", "")) is not None


def is_furniture(line: str) -> bool:
    """True for an unmarked line of the page: menus, bylines, dates of entry."""
    return bool(_MAIL.search(line) or _BYLINE().search(line) or _ENTERED().search(line) or is_menu(line))


def is_menu(line: str) -> bool:
    """True for an unmarked line that leads elsewhere: other headlines, buttons."""
    return _page("menu").search(line.replace(" ", "")) is not None


@cache
def _caption() -> re.Pattern[str]:
    return re.compile(rf"(?<![가-힣]){_page('caption').pattern}(?:부터|에서|으로)?(?![가-힣])")


def is_caption(text: str) -> bool:
    """True for what stands below a picture: ▲ 왼쪽부터 김도윤 대표, …."""
    return _caption().search(text) is not None


def is_career(text: str) -> bool:
    """True for a step of a career: △1988년 한빛대 졸업."""
    return _page("profile").search(text) is not None


def is_career_step(text: str) -> bool:
    """True for an item that is nothing else: ▲2010년 여수단지 총괄, ▲한빛대 경제학과."""
    return _YEAR.match(text) is not None or text.rstrip().endswith(words("lists.toml", "page", "steps"))


def is_no_entry(text: str) -> bool:
    """True for an item that quotes somebody, tells where to write, counts, or has a strange head."""
    head = _FOREIGN_HEAD.match(text)
    strange = head is not None and head.group(1).replace(" ", "") in words("lists.toml", "page", "heads")
    return (
        strange
        or _ORDER().fullmatch(text) is not None
        or any(mark.search(text) is not None for mark in (_QUOTED, _MAIL, _FIGURES))
    )


@cache
def _other() -> re.Pattern[str]:
    notices = trie_pattern(words("lists.toml", "other_notices", "words"))
    return re.compile(rf"(?<![가-힣]){notices}(?![가-힣])")  # 표창수 is a name


def other_notice(text: str) -> bool:
    """True for obituaries, prizes and the like."""
    return _other().search(text[:60]) is not None


@cache
def _rumour() -> re.Pattern[str]:
    rumours = trie_pattern(words("lists.toml", "kinds", "rumoured"))
    return re.compile(rf"(?<=\s)(?:{rumours})\s?(?=$|[(（])")


def rumoured(text: str) -> str | None:
    """An item without the word that says nothing is settled (대표이사 우신규 유력); None if it has none."""
    found = _rumour().search(text)
    return f"{text[: found.start()]}{' ' * len(found.group())}{text[found.end() :]}" if found else None
