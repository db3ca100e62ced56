"""Posts and ranks in running text: 사장, HE사업본부장(사장), 최고경영자(CEO), 신임 대표이사 부사장."""

from __future__ import annotations

import re
import string
from collections.abc import Mapping
from functools import cache, lru_cache

from briefing.extract.names import looks_foreign, shape
from briefing.extract.particles import AFTER_TITLE
from briefing.extract.records import record
from briefing.korean.kiwi import Token
from briefing.korean.lexicon import table, trie_branches, words
from briefing.korean.wordlists import affixes, listed, worded
from briefing.model import Span

_PREFIX = re.compile(r"[가-힣A-Za-z0-9&·ㆍ/]+$")
# 대표이사 사장 / 부회장 겸 CEO / CTO(최고기술책임자) / HE사업본부장(사장); not over the end of a line
_JOIN = re.compile(r"[^\S\n]?(?:겸|및|이자)?[^\S\n]?|[(（·]")
_LATIN = re.compile(r"[A-Za-z]")
# Nouns that may follow a title without a space or particle between them.
_FOLLOWERS = frozenset(words("titles.toml", "glued", "followers"))
_BAD_SUFFIXES = frozenset(words("titles.toml", "glued", "no_suffixes"))


# Behind a name these are titles, inside another word never (한별이앤씨).
COURTESY = listed("titles.courtesy.words")


# Ranks, to which companies and names are glued (SK회장, 김진만전무); units are glued to posts instead.
RANKS = frozenset(words("titles.toml", "glued", "ranks"))


@record(frozen=True, slots=True)
class Title:
    """A title as it stands in the text.

    Attributes:
        span: From the first qualifier inside the word to the end, joined titles included.
        text: Characters of `span`.
        heads: Title words in it, in order (대표이사, 사장).
        kind: "executive", "staff" or "other", from the strongest head.
        prefix: What is glued in front of the first head: a unit (HE사업), a company, a name, or "".
        start_head: Where the first head begins.
    """

    span: Span
    text: str
    heads: tuple[str, ...]
    kind: str
    prefix: str
    start_head: int

    def without_prefix(self) -> Title:
        """The title without a name or company glued to it."""
        cut = self.start_head - self.span.start
        return Title(
            Span(self.start_head, self.span.end), self.text[cut:], self.heads, self.kind, "", self.start_head
        )

    @property
    def head(self) -> str:
        """The last title word."""
        return self.heads[-1]


@cache
def kinds() -> Mapping[str, str]:
    """Title word -> "executive", "staff" or "other"; the first table wins."""
    table: dict[str, str] = {}
    for kind in ("executive", "staff", "other"):
        for word in words("titles.toml", kind, "words"):
            table.setdefault(word, kind)
    return table


@cache
def qualifiers(group: str) -> frozenset[str]:
    """Words of data/titles.toml [qualifiers]: former, coming, present or ranked."""
    return frozenset(words("titles.toml", "qualifiers", group))


@cache
def _heads() -> re.Pattern[str]:
    # 최고…책임자 and C…O are open classes
    return re.compile(rf"{trie_branches(kinds())}|최고[가-힣A-Z&]{{1,12}}책임자|C[A-Z]{{1,3}}O(?![A-Za-z])")


@cache
def _head_begins() -> re.Pattern[str]:
    """Where a title may begin, by two characters: `re` is quick to find one of a set."""
    heads = (*kinds(), "최고", *(f"C{letter}" for letter in string.ascii_uppercase))
    first, second = ({re.escape(head[n]) for head in heads if len(head) > 1} for n in (0, 1))
    alone = {re.escape(head) for head in heads if len(head) == 1}
    follows = f"(?=[{''.join(sorted(second))}])" + "".join(f"|(?<={head})" for head in sorted(alone))
    return re.compile(f"[{''.join(sorted(first | alone))}](?:{follows})")


@lru_cache(maxsize=4_096)
def title_kind(word: str) -> str | None:
    """The kind of a whole word that ends in a title (무선사업부장), or None."""
    table = kinds()
    acting = _ACTING().search(word)
    if acting is not None and acting.start():
        return title_kind(word[: acting.start()])  # 사장직무대행
    for start in range(len(word)):
        ending = word[start:]
        if (kind := table.get(ending)) is not None and ending not in COURTESY():
            return kind
    return "executive" if _OPEN.fullmatch(word) else None


_TEAM = worded(r"{titles.team.name}\s?{titles.team.behind}")
# 창업 멤버인 A 부사장: of a firm's beginnings, no member of a band
_MEMBER = "멤버"
# A full name has three syllables, and the shape of one.
_FULL, _NAMED = 3, 2
_NAME_REACH = 6
_FOUNDING = worded(r"{titles.team.founding}\s?$")
_ACTING = worded(r"{titles.acting.words}$")
_OPEN = re.compile(r"최고[가-힣A-Z&]{1,12}책임자|C[A-Z]{1,3}O")


def same_rank(one: str, other: str) -> bool:
    """True for one title or its short form (은행장, 행장; 대표이사, 대표); 부사장 is no 사장."""
    if one == other:
        return True
    longer, shorter = (one, other) if len(one) > len(other) else (other, one)
    lead = longer.removesuffix(shorter)
    if lead != longer:
        return lead not in OTHER_RANK() and not lead.endswith("부")
    return shorter in {"대표", "대표이사"} and longer.startswith("대표")


@cache
def _chiefs() -> Mapping[str, str]:
    return {str(k): str(v) for k, v in table("titles.toml")["chiefs"].items()}


def same_chief(one: str, other: str) -> bool:
    """최고기술책임자 and CTO."""
    korean, latin = (one, other) if other.isascii() else (other, one)
    field = _chiefs().get(latin)
    return field is not None and korean.startswith(f"최고{field}")


# What makes another rank of a rank.
OTHER_RANK = listed("titles.other_rank.words")


_PLACES = listed("titles.places.words")
_HOUSES = affixes("titles.places.houses")


def _is_team(text: str, start: int) -> bool:
    """True for 김천 상무 소속; not behind a name: 곽선우 상무 소속 팀."""
    if _TEAM().match(text, start) is None:
        return False
    before = text[max(0, start - _NAME_REACH) : start].split()
    return not before or len(before[-1]) < _FULL or shape(before[-1]) < _NAMED


def find_titles(text: str, tokens: Mapping[int, Token]) -> list[Title]:
    """Titles in order.

    Args:
        text: The article.
        tokens: Morphemes by where they begin; they tell where words end.
    """
    table = kinds()
    found: list[tuple[int, int, str]] = []
    position = 0
    heads = _heads()
    for begins in _head_begins().finditer(text):
        if begins.start() < position or (match := heads.match(text, begins.start())) is None:
            continue
        start, end = match.span()
        head = match.group()
        if not _ends(text, end, head, tokens) or (_LATIN.match(head) and not _alone(text, start, end)):
            # 안명수상무: 수상 is no title here, 상무 behind it may be; 선임부사장: two in one word
            continue
        position = end
        founding = head == _MEMBER and _FOUNDING().search(text, max(0, start - 6), start)
        if not founding and not _is_team(text, start):
            found.append((start, end, head))
    titles: list[Title] = []
    for start, end, head in found:
        prefix = ""
        if not head.isascii() and start and not text[start - 1].isspace():  # 지원TF장
            before = _PREFIX.search(text, max(0, start - 24), start)
            prefix = before.group().lstrip("·ㆍ/") if before else ""
            front, dot, rest = prefix.rpartition("·")
            if dot and title_kind(front) is not None:
                prefix = rest  # CFO·부사장: two titles
        if prefix + head in _PLACES() or (prefix + head).endswith(_HOUSES()):
            continue  # 터널 공사장을, 두레박출판사가
        if head in COURTESY() and prefix and not shape(prefix) and not looks_foreign(prefix):
            continue  # 가람에스이씨 사장
        kind, begin = table.get(head, "executive"), start
        if head == "의장" and not prefix and text[max(0, start - 4) : start] == "이사회 ":
            prefix, kind, begin = "", "executive", start - 4
        titles.append(
            Title(
                Span(begin - len(prefix), end), text[begin - len(prefix) : end], (head,), kind, prefix, begin
            )
        )
    return _joined(text, titles)


def _alone(text: str, start: int, end: int) -> bool:
    """Latin titles (CEO) are whole words; small letters and digits may not touch them."""
    before = text[start - 1] if start else " "
    after = text[end] if end < len(text) else " "
    return not (before.isascii() and before.isalnum()) and not (after.isascii() and after.isalnum())


def _ends(text: str, end: int, head: str, tokens: Mapping[int, Token]) -> bool:
    if end >= len(text) or not ("가" <= text[end] <= "힣" or text[end].isalnum()):
        return True
    if head == _CIRCLE and text[end] == "단":
        return True  # 부회장단에 이름을 올렸다
    token = tokens.get(end)
    if token is None:
        # Kiwi reads 대표는 as one thing rarely; a particle and then a break is good enough
        return bool(AFTER_TITLE.match(text, end)) or _LATIN.match(head) is not None
    if token.tag[0] == "J" or token.tag.startswith("VCP") or token.tag == "NNB":
        return True
    if token.tag == "XSN":
        return token.form not in _BAD_SUFFIXES
    if token.tag == "NNG" and token.form in {"도", "만", "로"} and bool(AFTER_TITLE.match(text, end)):
        return True
    if token.tag.startswith(("NNG", "NNP")):
        after = tokens.get(token.end)
        return token.form in _FOLLOWERS and (
            after is None or after.tag[0] != "N" or text[token.end : token.end + 1] == " "
        )
    return token.tag in {"EC", "EF", "SL", "SH"} and bool(AFTER_TITLE.match(text, end))


# The rank that those of a circle bear.
_CIRCLE = "부회장"
# More titles than these nobody bears; text that repeats one is no title.
_MOST_JOINED = 8


def _next_post(text: str, last: Title, title: Title) -> bool:
    """부사장에 A전무 [전무에] B상무를: the rank behind a person's own is the post of the next one."""
    called = 2 <= len(last.prefix) <= 4 and shape(last.prefix) == 2
    return (called or last.head == title.head) and text.startswith(("에 ", "에는 "), title.span.end)


def _joined(text: str, titles: list[Title]) -> list[Title]:
    merged: list[Title] = []
    for title in titles:
        last = merged[-1] if merged else None
        if last is not None and title.span.start - last.span.end <= 4:
            gap = text[last.span.end : title.span.start]
            if gap == " " and last.text == "옹":
                merged[-1] = title  # 옹 대표: a surname
                continue
            if gap == " " and title.kind == "other" and last.kind != "other":
                # 상무 감독, 사장 후보: the second word says who the person is
                merged[-1] = title
                continue
            glued = 2 <= len(title.prefix) <= 4 and shape(title.prefix) == 2 and gap == " "
            glued |= gap == " " and _next_post(text, last, title)
            if gap and _JOIN.fullmatch(gap) and not glued and len(last.heads) < _MOST_JOINED:
                end = title.span.end
                if gap in "(（" and text[end : end + 1] in {")", "）"}:
                    end += 1
                elif gap in "(（" and text[end : end + 1] != "·":
                    merged.append(title)
                    continue
                elif gap == "·" and text[end : end + 1] in {")", "）"}:
                    end += 1
                elif gap == "·" and (title.prefix or "(" in last.text):
                    merged.append(title)
                    continue
                rank = ("executive", "staff", "other")
                merged[-1] = Title(
                    Span(last.span.start, end), text[last.span.start : end], (*last.heads, *title.heads),
                    min(last.kind, title.kind, key=rank.index), last.prefix, last.start_head,
                )  # fmt: skip
                continue
        merged.append(title)
    return merged
