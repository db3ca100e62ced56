"""Notes in brackets of headings.

생산부문장 부사장 도하린 [유임] tells of her, and is no heading of the next line.
"""

from __future__ import annotations

import re
from functools import cache

from briefing.extract.companies import is_enterprise_name
from briefing.extract.listgrammar import is_title_word, is_unit_word
from briefing.extract.listheading import heading
from briefing.extract.listmoves import career
from briefing.extract.names import shape
from briefing.korean.lexicon import table
from briefing.korean.wordlists import affixes

_CAREER_ENDS = affixes("lists.notes.career")
_LONGEST = 60
_NAME = re.compile(r"[가-힣]{2,8}|[A-Z][a-z]+")
_FULL_NAME = 2


@cache
def _note() -> re.Pattern[str]:
    pairs = str(table("lists.toml")["brackets"]).split()
    found = "|".join(f"{re.escape(p[0])}[^{re.escape(p)}\\n]{{1,{_LONGEST}}}{re.escape(p[1])}" for p in pairs)
    return re.compile(rf"(?<=[가-힣a-z)])\s?({found})(?=\s*(?P<more>\S?))")


def with_round_notes(line: str, marks: frozenset[str]) -> str:
    """The line with notes behind names in round brackets, all offsets as they were.

    Args:
        marks: What opens an item.
    """
    start = 0
    notes = [*_note().finditer(line)]
    opened = sum(char in marks for char in line) - len(notes)
    each = len(notes) == opened and bool(notes) and not notes[-1]["more"]  # ▲… [승진] ▲… [유임]
    for match in notes:
        more, at, end = match["more"], match.start(1), match.end(1)
        before = line[start : match.start()]
        before = before[max(before.rfind(mark) for mark in marks) + 1 :]
        behind = not more or more in marks or more in ",/、"
        if behind and _tells_of(before, line[at + 1 : end - 1], last=each or not more):
            line = f"{line[:at]}({line[at + 1 : end - 1]}){line[end:]}"
        else:
            start = end
    return line


def _tells_of(before: str, note: str, *, last: bool) -> bool:
    """True for a note that tells of whoever is named before it; `last` if it ends the line."""
    note = note.strip()
    words = before.split()
    if not words or _NAME.fullmatch(words[-1]) is None:
        return False
    name = words[-1]
    if is_title_word(name) and len(words) > 1:  # 도하린 생산부문장 [유임]
        name = words[0]
        if shape(name) != _FULL_NAME:
            return False
    if is_title_word(name) or (is_unit_word(name) and shape(name) < _FULL_NAME) or is_enterprise_name(name):
        return False
    if career(note) or note.endswith(_CAREER_ENDS()):
        return True
    # what happened, a rank or another post, behind the last name of a line; before other items it heads them
    told = heading(note)
    says = (told is not None and not told.rest) or is_title_word(note.split()[-1])
    titled = any(map(is_title_word, words[:-1] if words[-1] == name else words[1:]))
    return last and (
        (titled and shape(name) == _FULL_NAME) or (says and (titled or shape(name) == _FULL_NAME))
    )
