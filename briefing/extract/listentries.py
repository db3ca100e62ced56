"""Entries of lists of appointments: names with the post, company and notes that stand beside them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from briefing.extract.companies import Names, is_enterprise_name, is_public
from briefing.extract.listgrammar import COUNT, ditto, is_title_word, kind_in, rank_prefix
from briefing.extract.names import foreign_given, is_surname, looks_foreign, shape, surname_of
from briefing.extract.titles import kinds

# More words than these are no entry but a page without marks.
MOST_WORDS = 20_000
_WORD = re.compile(r"[^\s,·ㆍ、/()（）]+(?:[·ㆍ][^\s,·ㆍ、/()（）]+)*|[(（][^()（）]*[)）]|[,·ㆍ、/]")
_UNIT_END = re.compile(
    r"(?:본부|부문|사업부|그룹|센터|연구소|연구원|공장|지사|지점|사무소|팀|실|처|과|국|부|단|소|원|점|반|담당|총괄|파트|랩|섹터"
    r"|BU|BG|지역|법인|위원회|국가|권|사업소|발전소|조선소|제철소|캠퍼스|스쿨|교실|병원|대학|학교|학과)$"
)
_LATIN = re.compile(r"[A-Z][A-Za-z&]{1,6}")
_CAREER = re.compile(r"^(?:전|前|현|現|직전|전임|종전)[\s)]")
_FOREIGN_WORD = re.compile(r"[가-힣]+|[A-Z][A-Za-z.]+")
_LAST_WORDS = frozenset({",", "外", "외", "등", "이상", "끝"})
# Of a row of words so many must be Korean names for the rest to be taken as foreign ones.
ENOUGH_NAMES = 0.7


@dataclass(frozen=True, slots=True)
class Named:
    """A name in an entry with the note in brackets behind it."""

    name: str
    start: int
    end: int
    note: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """Names with what stands beside them: post, company, note behind the post; `same` for 〃."""

    names: tuple[Named, ...]
    post: str | None = None
    organisation: str | None = None
    note: str = ""
    same: bool = False


@dataclass(frozen=True, slots=True)
class _Part:
    """A word of an entry: T title, U unit, C company, N name, "," or ? for anything else."""

    text: str
    start: int
    kind: str
    note: str = ""


def career(note: str) -> bool:
    """True for a note that tells where somebody comes from (前 운용본부장)."""
    return bool(_CAREER.match(note + " "))


def entry(text: str, base: int, names: Names) -> Entry | None:
    """Reads an item as names with a post; None if no name is found.

    Examples: 기획본부장 송정환 / 상무 김민 이진 / 장동환 네트워크부문장(前 운용본부장) /
    최영민 대표이사 (신임) / 박결 박원석 / 이영호 한찬(이상 백양식품).
    """
    parts = _parts(text, base, names)
    if not parts or len(parts) > MOST_WORDS:
        return None
    for read in (_spaced_name, _rank_and_names, _row_of_names, _names_behind, _name_in_front, _foreign_row):
        found = read(parts, names)
        if found is not None:
            return found
    return None


def _parts(text: str, base: int, names: Names) -> list[_Part]:
    parts: list[_Part] = []

    def append(word: str, start: int) -> None:
        kind = "T" if not parts and word in ditto() else _kind(word, names)
        parts.append(_Part(word, start, kind))

    for match in _WORD.finditer(text):
        piece, start = match.group(), base + match.start()
        if piece[0] in "(（":
            if parts:
                last = parts[-1]
                parts[-1] = _Part(
                    last.text, last.start, last.kind, f"{last.note} {piece[1:-1].strip()}".strip()
                )
        elif piece in {",", "·", "ㆍ", "、", "/"}:
            append(",", start)
        elif not parts and (rank := rank_prefix(piece)) is not None:
            append(rank, start)
            append(piece[len(rank) :], start + len(rank))
        else:
            append(piece, start)
    while parts and (parts[-1].text in _LAST_WORDS or COUNT.fullmatch(parts[-1].text)):
        parts.pop()
    return parts


def _kind(word: str, names: Names) -> str:
    if word == ",":
        return ","
    if is_title_word(word):
        return "T"
    form = shape(word)
    if (is_public(word) and len(word) > 3) or (names.exact(word) is not None and form != 2):
        return "C"
    if is_enterprise_name(word) and len(word) >= 4:
        return "C"
    if form < 2 and (word in foreign_given() or (looks_foreign(word) and len(word) > 2)):
        return "?"
    if form == 2 or (form == 1 and len(word) in {2, 3}):
        return "N"
    if form == 1 and len(word) == 4:
        return "?"
    if _UNIT_END.search(word):
        return "U"
    return "N" if form else "?"


# ---------------------------------------------------------------------- ways to read an entry


def _spaced_name(parts: Sequence[_Part], names: Names) -> Entry | None:
    """감사실장 금 솔: a surname and a one-syllable given name apart."""
    if len(parts) < 2 or len(parts[-1].text) != 1 or parts[-1].kind == "," or not is_surname(parts[-2].text):
        return None
    return _with_post([_joined(parts[-2:])], parts[:-2], names)


def _rank_and_names(parts: Sequence[_Part], names: Names) -> Entry | None:
    """상무 전상무 조근우: a bare rank, then names whatever they look like."""
    del names
    first, rest = parts[0], [p for p in parts[1:] if p.kind != ","]
    if first.text not in kinds() or not rest or first.note:
        return None
    if len(parts) == 3 and _foreign_pair(parts[1], parts[2]):
        return Entry((_joined(parts[1:]),), first.text)
    if any(not _possible(p.text) or p.text in kinds() or kind_in(p.text) is not None for p in rest):
        return None
    return Entry(tuple(map(_named, rest)), first.text)


def _row_of_names(parts: Sequence[_Part], names: Names) -> Entry | None:
    """박결 박원석, in which a foreign one may stand (로건해들리); 소피 랑베르; 홍보실 김영수."""
    del names
    words = [p for p in parts if p.kind != ","]
    korean = sum(p.kind == "N" for p in words)
    if not words or any(p.kind not in "N?" for p in words):
        return None
    if len(words) == len(parts) == 2:
        if _foreign_pair(*words):
            return Entry((_joined(words),))
        if korean == 2 and _UNIT_END.search(words[0].text) and shape(words[0].text) < 2:
            return Entry((_named(words[1]),), words[0].text)
    separated = len(words) < len(parts) and korean > 0
    if korean == len(words):
        return Entry(tuple(map(_named, words)))
    if separated or (len(words) >= 4 and korean >= ENOUGH_NAMES * len(words)):
        return Entry(tuple(_named(p) for p in words if _possible(p.text, 7)))
    return None


def _names_behind(parts: Sequence[_Part], names: Names) -> Entry | None:
    """기획본부장 송정환, 강남본부 유상우, 기술고문 하인리히 보스."""
    at = len(parts)
    while at > 0 and parts[at - 1].kind in {"N", ","}:
        at -= 1
    behind = [p for p in parts[at:] if p.kind != ","]
    if not behind or at == 0:
        return None
    if len(behind) == 2 and len(parts) - at == 2 and _foreign_pair(*behind):
        return _with_post([_joined(behind)], parts[:at], names)
    if len(behind) == 1 and parts[at - 1].kind == "?" and _foreign_pair(parts[at - 1], behind[0]):
        return _with_post([_joined(parts[at - 1 :])], parts[: at - 1], names)
    return _with_post([_named(p) for p in behind], parts[:at], names)


def _name_in_front(parts: Sequence[_Part], names: Names) -> Entry | None:
    """장동환 네트워크부문장, 아쇼크 라마나탄 한별자동차 인도생산법인장."""
    at = 0
    while at < len(parts) and parts[at].kind == "N":
        at += 1
    if not at:
        while at < min(len(parts), 4) and parts[at].kind == "?":
            at += 1
    rest = parts[at:]
    if not at or not rest or rest[-1].kind not in {"T", "U"}:
        return None
    korean = parts[0].kind == "N"
    if (korean and at > 1) or (not korean and any(p.kind not in "CUT" for p in rest)):
        return None
    found = _with_post([_joined(parts[:at])], rest, names)
    return Entry(found.names, found.post, found.organisation, parts[-1].note)


def _foreign_row(parts: Sequence[_Part], names: Names) -> Entry | None:
    """CTO 소피 랑베르, 소피 마리 랑베르: what is left when Korean names fail."""
    at = next((i for i, p in enumerate(parts) if p.kind == "?"), None)
    if at is None or any(p.kind not in "N?," for p in parts[at:]) or (at and parts[0].kind not in "TU"):
        return None
    words = [p for p in parts[at:] if p.kind != ","]
    if any(p.kind == "N" for p in words) or len(words) > 3:
        single = [_named(p) for p in words if _possible(p.text, 5)]
        return _with_post(single, parts[:at], names) if single and (len(single) > 2 or at) else None
    spelled = all(_FOREIGN_WORD.fullmatch(p.text) for p in words)
    if not spelled or not any(looks_foreign(p.text) for p in words):
        return None
    return _with_post([_joined(words)], parts[:at], names)


# ---------------------------------------------------------------------- pieces


def _foreign_pair(first: _Part, second: _Part) -> bool:
    """소피 랑베르: two words that are one foreign name."""
    if not re.fullmatch(r"[가-힣]+", first.text + second.text):
        return False
    return first.text in foreign_given() or (
        looks_foreign(first.text) and shape(first.text) < 2 and looks_foreign(second.text)
    )


def _joined(parts: Sequence[_Part]) -> Named:
    end = parts[-1].start + len(parts[-1].text)
    return Named(" ".join(p.text for p in parts), parts[0].start, end, parts[-1].note)


def _named(part: _Part) -> Named:
    return Named(part.text, part.start, part.start + len(part.text), part.note)


def _possible(word: str, longest: int = 4) -> bool:
    """True if the word could be a name where only names are expected."""
    surname = surname_of(word)
    most = max(longest, 5 if surname is not None and len(surname) == 2 else 4)
    return 2 <= len(word) <= most and bool(re.fullmatch(r"[가-힣]+", word))


def _with_post(named: Sequence[Named], parts: Sequence[_Part], names: Names) -> Entry:
    """The words beside names: a company, and the post as written."""
    kept = [p for p in parts if p.text not in ditto() and p.kind != ","]
    house: str | None = None
    while len(kept) > 1 and kept[0].kind == "C":
        house = names.exact(kept[0].text) or kept[0].text
        kept.pop(0)
    words = [f"{p.text}({p.note})" if p.note and _LATIN.fullmatch(p.note) else p.text for p in kept]
    return Entry(tuple(named), " ".join(words) or None, house, same=any(p.text in ditto() for p in parts))
