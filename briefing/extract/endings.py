"""What the endings of a predicate tell: past or to come, real or only wished for, modifying a noun or not."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from briefing.korean.kiwi import Token
from briefing.korean.lexicon import words

# A verb's time is told by the last of at most so many linked verbs (만나 … 논의하고 … 둘러봤다).
_CHAIN = 5
# 메울 수도 있다고: an ending stands so near behind the one before it.
_NEAR = 6
_PAST = frozenset({"었", "았", "였", "엇"})
_TO_COME = frozenset({"ᆯ", "을"})
_LIGHT_VERBS = frozenset({"EP", "VX"})
# 점검해 왔다, 챙기게 됐다, 맡고 있다
_LASTING = {"어": {"오"}, "아": {"오"}, "여": {"오"}, "게": {"되"}, "고": {"있"}}
_STEMS = frozenset({"VV", "VA", "VCP", "XSV", "XSA"})

Mood = tuple[bool | None, bool]


@cache
def ending_set(key: str) -> frozenset[str]:
    """Endings and nouns under a key of deeds.toml [endings]."""
    return frozenset(words("deeds.toml", "endings", key))


def read_mood(tokens: Sequence[Token], i: int) -> Mood:
    """How a predicate is told whose endings begin at index `i`.

    Returns:
        True for what is said to come, False for the past, None if that is not told; and True for
        conditions, wishes, abilities and demands (만나면, 찾을 수 있다, 참석해 달라).
    """
    if i < len(tokens) and tokens[i].form in {"예정", "일정"}:
        return True, False
    if i + 1 < len(tokens) and tokens[i].form in ending_set("must") and tokens[i + 1].form in {"하", "되"}:
        return None, True
    for link in range(_CHAIN):
        mood, i = _one_verb(tokens, i)
        if mood is not None:
            # 행사에 참석해 … 끌어올려야 … 있다고 했다: the wish belongs to what he says
            return (None, False) if link and mood[1] and _reported(tokens, i) else mood
    return None, False


def _reported(tokens: Sequence[Token], i: int) -> bool:
    """True if the words that end at index `i` are what somebody says (… 수 있다고 했다)."""
    return any(t.tag == "EC" and t.form in ending_set("reported") for t in tokens[i : i + _NEAR])


def _one_verb(tokens: Sequence[Token], i: int) -> tuple[Mood | None, int]:
    """The mood, or None and where the endings of the next linked verb begin."""
    past = would = False
    while i < len(tokens) and tokens[i].tag in _LIGHT_VERBS:
        past |= tokens[i].form in _PAST
        would |= tokens[i].form == "겠"
        if tokens[i].form in {"싶", "달"}:
            return (True, True), i
        i += 1
    if i >= len(tokens):
        return (False if past else None, False), i
    ending = tokens[i]
    behind = tokens[i + 1] if i + 1 < len(tokens) else None
    if ending.tag == "EC":
        return _linked(tokens, i, past=past)
    if ending.tag == "ETM":
        return _adnominal(tokens, i)
    if ending.tag == "EF":
        return (False if past else True if would else None, ending.form in ending_set("demands")), i
    if ending.tag == "ETN":
        if _content(tokens, i):
            return (None, True), i
        if behind is not None and behind.tag == "JX" and i + 2 < len(tokens) and tokens[i + 2].form == "하":
            return None, i + 3  # 학생들을 만나기도 했다
        return (None, behind is not None and behind.form not in {"로", "에", "위하"}), i
    return (False if past else None, False), i


def _content(tokens: Sequence[Token], i: int) -> bool:
    """True for 행사를 열기로 하는 의정서, 합치기로 한 계약: what a paper says."""
    rest = tokens[i + 1 : i + 5]
    if len(rest) < 3 or rest[0].form != "로" or rest[1].form != "하" or rest[2].tag != "ETM":
        return False
    return len(rest) > 3 and rest[3].form in words("occasions.toml", "deal", "words")


def proposed_later(tokens: Sequence[Token], i: int, *, asked: bool = False) -> bool:
    """True where a verb whose endings begin at index `i` is linked to what was proposed there.

    `asked` for nothing but 달라고: 만나 … 만들자고 제안했다 may tell of a meeting to come.
    """
    if i >= len(tokens) or tokens[i].tag != "EC" or tokens[i].form not in ending_set("links"):
        return False
    behind = tokens[i + 1 :]
    if behind and behind[0].form == "달":
        return False  # 방문해 달라고: that very deed is asked for
    for k, token in enumerate(behind):
        if token.tag != "EC" or token.form not in ending_set("proposing"):
            continue
        if not asked or (k and behind[k - 1].form == "달"):
            return any(t.tag == "EP" and t.form in _PAST for t in behind[k : k + _NEAR])
    return False


def _linked(tokens: Sequence[Token], i: int, *, past: bool) -> tuple[Mood | None, int]:
    form = tokens[i].form
    behind = tokens[i + 1] if i + 1 < len(tokens) else None
    if form in ending_set("unreal"):
        return (None, True), i
    if behind is not None and behind.tag == "VX":
        return ((None, False), i) if form == "고" and behind.form == "있" else (None, i + 1)  # 둘러보고 있다
    if past or form in ending_set("quoting"):
        return (False if past else None, False), i
    return _from_next(tokens, i)


def _adnominal(tokens: Sequence[Token], i: int) -> tuple[Mood | None, int]:
    form = tokens[i].form
    behind = tokens[i + 1].form if i + 1 < len(tokens) else ""
    if form in ending_set("meant"):
        return (None, True), i
    if form in _TO_COME:
        hearsay = behind == "것" and _hearsay(tokens, i + 2)
        return (True, hearsay or behind in ending_set("merely")), i
    if behind in ending_set("then"):
        mood, k = _from_next(tokens, i)  # 면담한 뒤 … 찾을 예정이다
        if mood is None:
            return None, k
    return (None if form == "는" else False, False), i


def _hearsay(tokens: Sequence[Token], i: int) -> bool:
    """True for (참석할 것)이라는 소문."""
    return any(t.form in ending_set("hearsay") for t in tokens[i : i + 4])


def _from_next(tokens: Sequence[Token], i: int) -> tuple[Mood | None, int]:
    for k in range(i + 1, len(tokens)):
        if tokens[k].tag in _STEMS:
            return None, k + 1
    return (None, False), i


def lasts(tokens: Sequence[Token], i: int) -> bool:
    """True where the endings from a morpheme on tell what goes on or came about: 점검해 왔다, 챙기게 됐다."""
    if i + 1 >= len(tokens) or tokens[i].tag != "EC":
        return False
    return tokens[i + 1].form in _LASTING.get(tokens[i].form, ())


def modifies(tokens: Sequence[Token], i: int) -> bool:
    """True if the endings from index `i` on modify a noun that may do the deed (참석한 조 사장)."""
    if i + 2 < len(tokens) and tokens[i].tag == "EC" and tokens[i + 1].tag == "VX":
        i += 2  # 둘러보고 있는
    elif i + 1 < len(tokens) and tokens[i].form == "중" and tokens[i + 1].tag == "VCP":
        i += 2  # 방문 중인
    while i < len(tokens) and tokens[i].tag == "EP":
        i += 1
    if i + 1 >= len(tokens) or tokens[i].tag != "ETM":
        return False
    behind = tokens[i + 1]
    who = behind.form in {"이", "것"} and i + 2 < len(tokens) and tokens[i + 2].tag == "JX"
    return behind.form not in ending_set("bound") and (behind.tag != "NNB" or who)
