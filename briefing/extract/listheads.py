"""Headings of lists: organisations, what happened, ranks, parts of the house; the company of a title."""

from __future__ import annotations

import re

from briefing.extract.companies import Names, enterprise_ending, is_enterprise_name, is_public
from briefing.extract.document import Document
from briefing.extract.listgrammar import BRACKETED, is_rank, is_unit_word, kind_in, rank_only
from briefing.extract.listheading import Heading, heading
from briefing.extract.listlines import items
from briefing.extract.listwords import Lexis, is_field, organisation
from briefing.extract.names import shape
from briefing.extract.records import record
from briefing.korean.wordlists import listed, worded

# A heading longer than this is an entry.
LONGEST = 40
# An item longer than this is prose.
LONGEST_ITEM = 400_000
_COLON = re.compile(r"([^:：=]{1,40}?)\s?[:：=]\s?")
LONGEST_TITLE = 120
_NOTICE = worded(
    r"^\s*(?:[\[<◇■◆▲【〈(]\s?(?:\S{0,6}\s)?{lists.titles.notices}\s?[\]>◇■◆▲】〉)]|인사\s*[:：=\-|])\s*"
)
_TITLE_WORDS = worded(
    r"(?:\d{4}년(?:도)?|\d+월(?:\d+일자?)?|\d+일자?|\S{1,4}급|\d+명|{lists.titles.words})+$"
)
_TAGS = re.compile(r"^\s*(?:[\[<【〈(][^\]>】〉)]{1,12}[\]>】〉)]\s*)+")
_CAREERS = listed("lists.notes.careers")
_MOVED = worded(r"{lists.notes.moving}")

_ANNOUNCES = re.compile(r"^(?:다음은|아래는|이하는)\s.{0,60}$|(?:다음|아래)(?:과|와)\s?같다[.]?$")
_ANNOUNCED = re.compile(
    r"([가-힣A-Za-z→]{2,12}(?:\s[가-힣→]{2,8}){0,3})(?:은|는)\s(?:다음|아래)(?:과|와)\s?같다"
)
# What prose counts: ▲부사장 6명 ▲외부 영입 2명이 포함됐다.
_COUNTED = re.compile(r"\d명|다[.]$")


@record(frozen=True, slots=True)
class Head:
    """What an item says as a heading.

    Attributes:
        company: The organisation it names.
        heading: What happened or to which rank.
        part: True if it names a part of the house.
        at: Where in the item an entry behind the heading begins; 0 for none.
        chosen: True if the heading speaks of choosing, not of moving about.
    """

    company: str | None = None
    heading: Heading | None = None
    part: bool = False
    at: int = 0
    chosen: bool = True


def head_of(text: str, lexis: Lexis, mark: str = "") -> Head | None:
    """Reads an item as a heading, or None.

    Examples: 부사장 승진 / 한들음료 임원 승진 / ㈜백양 / 상무 승진김규현 / 퇴임 : 전영무 CTO.
    """
    if text in _CAREERS() or (len(text) < LONGEST and text.rsplit(" ", maxsplit=1)[-1] in _CAREERS()):
        return Head(part=True)
    plain = text.strip()
    colon = _COLON.match(text)
    if colon is not None and colon.end() < len(text):
        before = colon.group(1).strip()
        read = heading(before) if 0 < len(before) <= LONGEST else None
        if read is not None and not read.rest:
            return Head(heading=read, at=colon.end(), chosen=is_chosen(before))
        return None
    if not plain or len(plain) > LONGEST_ITEM:
        return None
    rank = rank_only(plain)
    place = organisation(plain, lexis) if rank is None else None
    if place is not None and (shape(plain) < 2 or (mark and lexis.names.exact(plain))):
        return Head(company=place)
    if (read := heading(text)) is not None and (read.at if read.rest else len(plain)) <= LONGEST:
        said = text[: read.at] if read.rest else text
        return Head(heading=read, at=read.at, chosen=is_chosen(said))
    return _with_company(plain, lexis)


def _with_company(plain: str, lexis: Lexis) -> Head | None:
    """한들음료 임원 승진: an organisation, and what happened there."""
    words = plain.split()
    for cut in (1, 2):
        if len(words) <= cut or len(plain) > LONGEST:
            return None
        first = " ".join(words[:cut])
        if is_rank(first) or heading(first) is not None:
            return None
        place = organisation(first, lexis) or (lexis.company(first) if cut == 1 else None)
        rest = " ".join(words[cut:])
        read = heading(rest)
        if place is not None and read is not None and not read.rest and (read.kind or len(words) == cut + 1):
            return Head(company=place, heading=read, chosen=is_chosen(rest))
    return None


def is_part_of_house(name: str, lexis: Lexis) -> bool:
    """True for 생활가전사업부, 경영지원: a part of a company, as headings in the list of one company name."""
    if name in lexis.local or lexis.names.exact(name) is not None:
        return False
    unit = is_unit_word(name) and not is_enterprise_name(name) and not is_public(name)
    return unit or is_field(name)


def is_chosen(text: str) -> bool:
    """True if a heading speaks of choosing (선임, 신규, 영입), False for moving about (전보, 보임)."""
    return _MOVED().search(text) is None or kind_in(_MOVED().sub("", text)) is not None


# ---------------------------------------------------------------------- titles


def starts_list(title: str) -> bool:
    """True for the title of a notice: [인사] 해오름은행, ◇인사◇ …."""
    return _NOTICE().match(title) is not None


def is_announcement(line: str) -> bool:
    """True for a line that says that a list follows: 다음은 승진자 명단, 승진자는 다음과 같다."""
    return _ANNOUNCES.search(line) is not None


def announced_heading(line: str) -> Head | None:
    """What the announcement of a list says of everybody in it (부사장 승진자는 다음과 같다), or None."""
    found = _ANNOUNCED.search(line) if "같다" in line else None
    read = heading(found.group(1)) if found is not None else None
    if read is None or read.rest or not (read.kind or read.rank):
        return None
    return Head(heading=read, chosen=is_chosen(found.group(1) if found else ""))


def has_headings(line: str) -> bool:
    """True for a line with prose in it that is a list by its headings, not its counts (▲여성 4명)."""
    short = (i.text for i in items(line, 0) if i.mark and len(i.text) < 30)
    return any(heading(text) and not _COUNTED.search(text) for text in short)


def titled_company(title: str, lexis: Lexis) -> str | None:
    """The company that the title of an article on a list begins with: 온새미로 임원 승진자."""
    plain = _TAGS.sub("", title[:LONGEST_TITLE])
    first = _trimmed(re.split(r"[,…·|]|\.\.", plain)[0].strip())
    if first == plain.strip() or len(first.split()) > 2 or re.search(r"[\d\"'“‘’”]", first):
        return None
    return _named(first, lexis)


def notice_company(title: str, lexis: Lexis) -> str | None:
    """The company of the title "[인사] 들샘화재 하반기", or None if it names none or several."""
    match = _NOTICE().match(title)
    if match is None:
        return None
    body = title[match.end() : LONGEST_TITLE].strip()
    if re.search(r"(?:외|外|등)\s*$", body) or re.search(r"\s[/]\s|·", body):
        return None
    return _named(_trimmed(re.split(r"[,…/]", body)[0].strip()), lexis)


def _trimmed(first: str) -> str:
    """A title without the words at its end that say that it is about appointments."""
    while (found := _TITLE_WORDS().search(first)) is not None and found.start() > 0:
        cut = first[: found.start()].strip()
        if not cut or (first[found.start() - 1] not in " \t" and not is_enterprise_name(cut)):
            break
        first = cut
    return first


def _named(first: str, lexis: Lexis) -> str | None:
    """The company that is left of a title."""
    first = BRACKETED.sub("", first).strip()
    if not first or len(first) > 25 or rank_only(first):
        return None
    known = organisation(first, lexis)
    if known is not None:
        return known
    plain = " " not in first and heading(first) is None and not re.search(r"\d", first)
    return first if plain else None


def known_companies(document: Document, names: Names) -> dict[str, str]:
    """Companies of the article by their forms, but for those that only lists show."""
    found = {c.span.of(document.article.title): c.name for c in document.head_companies}
    for mention in document.companies:
        form = mention.span.of(document.text)
        if is_field(form) and names.exact(form) is None:
            continue
        if mention.particle or names.exact(form) is not None or is_enterprise_name(form):
            found[form] = mention.name
    return found


def house_of(document: Document, lexis: Lexis) -> str | None:
    """The company whose list an article holds, where no heading names one."""
    title = document.article.title
    named = notice_company(title, lexis) or document.subject
    first = titled_company(title, lexis)
    if first is None or named is None:
        return named or first
    # a company of the title goes before one that is only in the text
    elsewhere = named not in title and organisation(first, lexis) is not None
    heads = {c.name for c in document.head_companies}
    return first if _with_region(named, first) or (elsewhere and named not in heads) else named


def _with_region(named: str, first: str) -> bool:
    """True where the title has the name with a word more: 브라이트만 코리아."""
    rest = first.removeprefix(f"{named} ")
    return rest != first and enterprise_ending(rest) == rest
