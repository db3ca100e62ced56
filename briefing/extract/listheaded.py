"""Whom a sentence names behind a rank or a post, unit or old post beside the names.

부사장에는 DS부문 곽선우, MX사업부 윤하람 등 2명이 승진했다. 부행장으로 승진한 이는 곽선우 기업부문장, 도은재
IT부문장 등이다. 해외법인장은 △싱가포르 곽선우 △시카고 도은재가 새로 맡는다. 승진자는 부사장 곽선우, 상무
도은재·윤하람 등 3명이다.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from briefing.extract.listentries import chunks, read_group
from briefing.extract.listgrammar import APPOINTED, PROMOTED, is_title_word
from briefing.extract.listheading import CATEGORIES, Heading, heading
from briefing.extract.listnames import like_name
from briefing.extract.listposts import Entry, Post, Row
from briefing.extract.listwords import Lexis
from briefing.extract.names import WHOLE
from briefing.korean.wordlists import worded

# 부사장 승진자 3명은, 전무로 승진한 이는, 해외법인장은
_HEAD = re.compile(
    r"(?<![가-힣])(?P<head>(?:[가-힣]{1,8}\s){0,3}[가-힣A-Z]{1,10}?)(?:\s?\d{1,3}명)?"
    r"(?:(?:으로는|에는|로는|은|는)\s(?=[가-힣A-Z△▲▷▶◆])|에\s(?=[△▲▷▶◆]))"
)
_MOST_WORDS = 4
_CLEFT = worded(
    r"(?:^|\s)(?P<rank>[가-힣]{2,8}?)(?:으로|로|에)\s(?:{lists.rows.adverbs}\s)?"
    r"(?:(?P<rises>{lists.rows.risen})|{lists.rows.chosen})\s{lists.rows.who}$"
)
# What ends the names: 등 3명이 승진했다, 등이다, 을 각각 선임했다
_TAIL = worded(
    r"(?:\s?씨)?(?:\s?등)?\s?(?:모두\s|총\s)?(?:\d{1,3}\s?(?:명|인))?"
    r"(?:(?P<is>(?:이다|입니다|이며|이고)(?=[\s.,]|$))"
    r"|(?:이|가|을|를|도)\s(?:{lists.rows.adverbs}\s){0,2}"
    r"(?:(?P<rises>{lists.rows.rises})|{lists.rows.named}|{lists.rows.holds}))"
)
_IN_TURN = re.compile(r"(?:(?<=[가-힣]{3})[이가을를])?,\s?$")
# What is expected, heard or denied.
UNSURE = worded(r"{lists.kinds.rumoured}|{lists.kinds.failed}|{lists.rows.unsure}")
_MARKS = re.compile(r"\s?[△▲▷▶◆]\s?")
_JOINT = re.compile(r"(?<=[가-힣]{2})(?:[와과](?=\s)|\s및(?=\s))")
# 업계 경험이 많은: a word that goes on speaking, as posts and units do not
_SPEAKS = re.compile(
    r"[가-힣]+(?:은|는|을|를|의|에서|에게|에는|으로|한|던|며|인|된|온)(?=\s)|[았었혔됐했]고(?![가-힣])"
)
_AGE = re.compile(r"\(\d\d\)")
_LONGEST = 1500
# Foreign names of several words weigh more, if their parts are known: 파벨 노박.
_SURE = 2.5


def headed(line: str, base: int, lexis: Lexis) -> Iterator[Row]:
    """The people whom a sentence that begins at `base` names behind heads."""
    if len(line) > _LONGEST or ("," not in line and "·" not in line and _MARKS.search(line) is None):
        return
    heads = [(m, told) for m in _HEAD.finditer(line) if (told := _told(m["head"])) is not None]
    follows: str | None = None
    found: list[list[Row]] = []
    for n in range(len(heads) - 1, -1, -1):
        opened, told = heads[n]
        stop = heads[n + 1][0].start() if n + 1 < len(heads) else len(line)
        tail = _TAIL().search(line, opened.end(), stop)
        end, follows = _ends(line, tail, told, follows, stop)
        if follows is None or any(UNSURE().search(line, *part) for part in (opened.span(), (end, stop))):
            continue
        entries = _entries(line[opened.end() : end], base + opened.end(), lexis)
        if (tail is None or not tail["is"]) and all(
            e.first and (e.post.text or e.post.rank) for e in entries
        ):
            continue  # 전무에는 곽선우 상무, 도은재 상무가 올랐다: as all prose
        found.append([_headed(entry, follows, told.rank) for entry in entries])
    for row in reversed(found):
        yield from row


def _ends(
    line: str, tail: re.Match[str] | None, told: Heading, follows: str | None, stop: int
) -> tuple[int, str | None]:
    """Where the names behind a head end, and what happened to those named."""
    if tail is None:
        turn = _IN_TURN.search(line, 0, stop)
        return (turn.start(), told.kind or follows) if turn is not None else (stop, None)
    if tail["is"]:
        return tail.start(), told.kind
    return tail.start(), told.kind or (PROMOTED if tail["rises"] else APPOINTED)


def _told(text: str) -> Heading | None:
    """What the last words before a particle say, as many of them as a heading is made of."""
    cleft = _CLEFT().search(text)
    if cleft is not None and is_title_word(cleft["rank"]):
        return Heading(PROMOTED if cleft["rises"] else APPOINTED, cleft["rank"])
    words = text.split()[-_MOST_WORDS:]
    for first in range(len(words)):
        read = heading(" ".join(words[first:]))
        if read is not None and not read.rest and (read.kind or read.rank):
            whole = read.rank is not None and words[-1].endswith(read.rank) and is_title_word(words[-1])
            return replace(read, rank=words[-1]) if whole else read  # 해외[법인장]
    return None


def _entries(text: str, start: int, lexis: Lexis) -> list[Entry]:
    """Two and more people; nobody if one of the items is none."""
    plain = _AGE.sub(lambda m: " " * len(m.group()), text)
    plain = _JOINT.sub(lambda m: "," + " " * (len(m.group()) - 1), plain)
    plain = _MARKS.sub(lambda m: "," + " " * (len(m.group()) - 1), plain)
    plain = re.sub(r"[·ㆍ]", " ", re.sub(r"^,", " ", plain))
    if (
        any(not like_name(m.group()) for m in _SPEAKS.finditer(plain))
        or "(" in plain
        or re.search(r"[“”\"‘’.]", plain) is not None
    ):
        return []
    read = read_group([chunks(plain, start)], lexis)[0]
    if len(read) != plain.count(",") + 1 or not all(map(_named, read)):
        return []
    joints = [start + m.start() for m in _JOINT.finditer(text)]
    for n in range(1, len(read)):
        house, own = read[n - 1].post.company, read[n].post
        between = (read[n - 1].names[-1].end, read[n].names[0].start)
        if house is not None and own.company is None and any(between[0] <= at <= between[1] for at in joints):
            read[n] = replace(read[n], post=replace(own, company=house))  # 다솔해운 A 부사장과 B 전무
    names = [n for entry in read for n in entry.names]
    sure = sum(like_name(n.name) or (" " in n.name and n.worth > _SURE) for n in names)
    return read if len(names) > 1 and 2 * sure > len(names) else []


def _named(entry: Entry) -> bool:
    """True for an item with names; 상무가 is none, and of 공대 윤하람 the first is none."""
    if len(entry.names) > 1 and len(entry.names[0].name) < WHOLE:
        return False
    return bool(entry.names) and all(n.worth >= 1 and not is_title_word(n.name[:-1]) for n in entry.names)


def _headed(entry: Entry, kind: str, rank: str | None) -> Row:
    """An entry without what somebody was before, where the head tells what they become."""
    post = entry.post
    if rank is not None and rank not in CATEGORIES():
        return Row(replace(entry, post=Post(company=post.company)), kind, rank)
    return Row(entry, kind, rank)
