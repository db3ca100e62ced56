"""Enumerations inside sentences.

사장 승진은 A 회사 직함(전 직함), B …이다 / A(회사)·B(회사) 등 4명은 전무로 승진했다.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from briefing.extract.companies import Names
from briefing.extract.listentries import Entry, entry
from briefing.extract.listgrammar import PROMOTED, heading, kind_in

# A longer sentence is no sentence.
LONGEST = 5000
_KINDS = re.compile(r"올라|올랐|승진|선임|전보|위촉|보임|내정|이동|변경|유임|연임|퇴임|발령|임명")
_TOPIC = re.compile(r"([가-힣· ]{2,20}?)(?:자)?(?:은|는)\s(.{4,}?)(?:이다|입니다|다)?[.]?$")
_PIECE = re.compile(r"(?:[^,()]|\([^()]*\))+")
_PIECE_END = re.compile(r"\s*(?:등|총)?\s*\d*명?\s*(?:이다|입니다|이|다)?\s*[.]?$")
_RUN = re.compile(r"(?:[가-힣]{2,4}\([^()\n]{2,20}\)(?:\s?[·ㆍ,]\s?|\s(?=[가-힣]{2,4}\())?){2,}")
_RUN_HEAD = re.compile(
    r"([가-힣]{2,8}\s?(?:신규\s?)?(?:승진|선임|위촉|내정|발탁)자?)(?:으로는|에는|은|는|로는|:)\s*$"
)
_RUN_TAIL = re.compile(
    r"\s*(?:등)?\s*(?:[가-힣]{2,6}\s?)?(?:\d+명)?(?:은|는|이|가|을|를|도)?\s*(?:각각\s*|모두\s*)?([가-힣]{2,10})(?:으로|로|에)\s*"
    r"(?:각각\s*|나란히\s*)?((?:신규\s?)?[가-힣]{2,4})"
)


@dataclass(frozen=True, slots=True)
class Row:
    """An entry read out of a sentence, with what the sentence says happened, and to which rank."""

    entry: Entry
    kind: str
    rank: str | None


def rows(line: str, base: int, names: Names) -> Iterator[Row]:
    """Entries of the enumerations in one sentence; `base` is where it begins."""
    if "(" not in line or len(line) > LONGEST or _KINDS.search(line) is None:
        return
    topic = _TOPIC.match(line)
    if topic is not None and (found := heading(topic.group(1))) is not None and found.kind and not found.rest:
        for piece in _PIECE.finditer(topic.group(2)):
            start = base + topic.start(2) + piece.start()
            read = entry(_PIECE_END.sub("", piece.group()), start, names)
            if read is not None and len(read.names) == 1:
                yield Row(read, found.kind, found.rank)
    for run in _RUN.finditer(line):
        kind, rank = _told(line[: run.start()], line[run.end() :])
        read = entry(run.group(), base + run.start(), names) if kind else None
        if kind is not None and read is not None:
            yield Row(read, kind, rank)


def _told(head: str, tail: str) -> tuple[str | None, str | None]:
    """What happened to an enumeration, and the rank: from the words before it or behind it."""
    before = _RUN_HEAD.search(head)
    if before is not None and (found := heading(before.group(1))) is not None and not found.rest:
        return found.kind, found.rank
    after = _RUN_TAIL.match(tail)
    if after is None:
        return None, None
    return (PROMOTED if after.group(2).startswith("올") else kind_in(after.group(2))), after.group(1)
