"""Verbs of moves found by their dictionary forms: 지휘봉은 A 대표가 잡는다, 자리까지 꿰찼다.

The analyzer undoes inflection and adverbs, particles and subjects may stand between a noun and its verb.
Data: moves.toml [[idiom]].
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache

from briefing.errors import DataError
from briefing.extract.predicates import FILE, Predicate, at_post, is_seat, kind_of, rows
from briefing.extract.records import record
from briefing.korean.kiwi import Sentence, Token
from briefing.korean.wordlists import affixes, listed
from briefing.model import MoveKind, Span

# A noun stands at most this many morphemes before its verb (지휘봉은 A 전 B그룹 부사장이 잡는다).
REACH = 28
_AGAIN = listed("moves.endings.again")
_ADVERBS = listed("moves.endings.adverbs")  # 대표로 [수평] 이동한다
# Endings of what is only meant, feared or supposed.
_UNREAL = listed("moves.endings.unreal")
_ABOUT = listed("moves.endings.about")
_CONTESTS = affixes("moves.endings.contests")
_NEAR = 8
# 최연소 사장에 오르는 기록을 세웠다: the head of the clause is the event itself.
_EVENTS = listed("moves.endings.events")
# 사외이사로 들이는 안건은 가결됐다: a motion tells the move.
_MOTIONS = listed("moves.motions.words")
_ORDERS = listed("moves.seats.orders")
_STEMS = frozenset({"VV", "VA"})
_WORD_TAGS = frozenset({"NNG", "NNP", "NNB", "XPN", "XSN", "XR", "SL", "SH"})
_LIGHT = frozenset({"XSV", "XSA"})


@record(frozen=True, slots=True)
class _Idiom:
    name: str
    kind: MoveKind
    frame: str
    post: bool
    at_post: bool
    vacated: bool
    again: bool
    ahead: bool
    nouns: tuple[str, ...]
    particles: frozenset[str]
    source: tuple[str, ...]
    never: frozenset[str]
    unless: frozenset[str]


@cache
def _by_verb() -> dict[str, tuple[_Idiom, ...]]:
    table: dict[str, list[_Idiom]] = {}
    for row in rows("idiom"):
        if row.get("seat", "vacated") != "vacated":
            raise DataError(FILE, f"{row['seat']!r} is no seat; use vacated, or leave it out")
        idiom = _Idiom(
            row["name"],
            kind_of(row),
            row["frame"],
            row["post"] == "required",
            at_post(row),
            "seat" in row,
            row.get("again") == "required",
            row.get("tense") == "ahead",
            tuple(row.get("nouns", "").split()),
            frozenset(row.get("particles", "").split()),
            tuple(row.get("source", "").split()),
            frozenset(row.get("never", "").split()),
            frozenset(row.get("unless", "").split()),
        )
        for verb in row["verbs"].split():
            table.setdefault(verb, []).append(idiom)
    # what names its noun says more than what takes any post
    return {verb: tuple(sorted(idioms, key=lambda i: not i.nouns)) for verb, idioms in table.items()}


# Endings of what somebody did before he did something else.
_BEFORE = frozenset({"다", "다가", "던"})


def find_idioms(sentence: Sentence, houses: frozenset[int] = frozenset()) -> list[Predicate]:
    """Predicates of one sentence; of several that fit a verb, those with a noun come first.

    Args:
        sentence: The sentence.
        houses: Where names of companies end, which the analyzer may not know as names.
    """
    found: list[Predicate] = []
    tokens = sentence.tokens
    for i, (form, tag, start, _, _) in enumerate(tokens):
        if tag == "VV":
            lemma, first = form, i
            if (whole := _taken_apart(tokens, i)) is not None:
                lemma, first = whole
        elif tag in _LIGHT and i and tokens[i - 1].end == start:
            lemma, first = tokens[i - 1].form + form, i - 1
        elif tag == "VX" and _follows_stem(tokens, i):
            lemma, first = _compounded(tokens[i - 2].form) + form, i - 2
        else:
            continue
        idioms = _by_verb().get(lemma)
        if not idioms or _about(tokens, i, lemma):
            continue
        made = _made_to(tokens, i + 1)
        if made or not _goes_on(tokens, i + 1):
            found.extend(_predicates(idioms, tokens, first, i, houses, made=made))
    return found


def _about(tokens: Sequence[Token], i: int, lemma: str) -> bool:
    """True for 대표 자리를 놓고 맞섰다: nobody lets go of what it is about; not 직을 놓고 쉰다."""
    if lemma not in _ABOUT() or i + 1 >= len(tokens) or tokens[i + 1].form != "고":
        return False
    return any(t.form.startswith(_CONTESTS()) for t in tokens[i + 2 : i + 2 + _NEAR])


def _taken_apart(tokens: Sequence[Token], i: int) -> tuple[str, int] | None:
    """A verb that the analyzer takes apart, and where it begins: 넘겨 받는다, 박탈 당했다."""
    form, start = tokens[i].form, tokens[i].start
    if _follows_stem(tokens, i):
        whole, first = _compounded(tokens[i - 2].form) + form, i - 2
    elif i and tokens[i - 1].end == start and tokens[i - 1].tag == "NNG":
        whole, first = tokens[i - 1].form + form, i - 1
    else:
        return None
    return (whole, first) if whole in _by_verb() else None


def _follows_stem(tokens: Sequence[Token], i: int) -> bool:
    """True for a verb right behind a stem in -아/-어."""
    return i > 1 and tokens[i - 1].form == "어" and tokens[i - 2].tag in _STEMS


@cache
def _compounded(stem: str) -> str:
    """A stem with -아/-어 behind it, as compounds write it: 내리 -> 내려(놓다), 높 -> 높아(지다)."""
    if stem[-1] == "잇":
        return stem[:-1] + "이어"
    vowel, final = divmod((ord(stem[-1]) - 0xAC00) % 588, 28)
    if not final and vowel in _CONTRACTED:
        return stem[:-1] + chr(ord(stem[-1]) + (_CONTRACTED[vowel] - vowel) * 28)
    if not final and vowel in {0, 4, 6}:
        return stem
    return stem + ("아" if vowel in {0, 8} else "어")


# Indexes of vowels: ㅣ + ㅓ -> ㅕ, ㅗ + ㅏ -> ㅘ, ㅜ + ㅓ -> ㅝ.
_CONTRACTED = {20: 6, 8: 9, 13: 14}


def _made_to(tokens: Sequence[Token], i: int) -> bool:
    """True for 겸하게 했다, 맡도록 했다: somebody else makes the subject do it."""
    forms = [t.form for t in tokens[i : i + 3]]
    return forms in (["게", "하", "었"], ["도록", "하", "었"])


def _predicates(
    idioms: Sequence[_Idiom],
    tokens: Sequence[Token],
    first: int,
    last: int,
    houses: frozenset[int],
    *,
    made: bool,
) -> Iterator[Predicate]:
    for idiom in idioms:
        if made and idiom.frame != "subject":
            continue
        start = _object(idiom, tokens, first, houses)
        if start is None or (idiom.source and _from_elsewhere(idiom, tokens, start)):
            continue
        if idiom.never and any(t.form in idiom.never for t in tokens[last + 1 : last + 10]):
            continue
        if idiom.unless and any(t.form in idiom.unless for t in tokens[max(0, start - 3) : start]):
            continue
        behind = tokens[last + 1] if last + 1 < len(tokens) else None
        if idiom.ahead and behind is not None and (behind.tag == "EP" or behind.form in _BEFORE):
            continue  # 법인장으로 일했다, 법인장으로 일하다 돌아왔다
        kept = idiom.kind is MoveKind.RETAINED
        again = any(t.form in _AGAIN() for t in tokens[max(0, first - 6) : first])
        if kept and not again and "임기" not in idiom.nouns and _until(tokens, start, first):
            continue
        if idiom.again and not again:
            continue
        again |= "임기" in idiom.nouns and any(t.form == "째" for t in tokens[max(0, start - 2) : start])
        again &= idiom.kind is MoveKind.APPOINTED
        denied = [t.form for t in tokens[last + 1 : last + 3]]
        lost = kept and denied[:1] == ["지"] and denied[-1].startswith("못")  # 얻지 못하고 물러났다
        yield Predicate(
            Span(tokens[start].start, tokens[min(last + 3, len(tokens) - 1) if lost else last].end),
            MoveKind.RETAINED if again else MoveKind.DEPARTED if lost else idiom.kind,
            "object" if made else idiom.frame,
            "causative" if made else "idiom",
            idiom.post,
            idiom.name,
            idiom.vacated,
        )


def _object(idiom: _Idiom, tokens: Sequence[Token], verb: int, houses: frozenset[int]) -> int | None:
    """Where the predicate begins: at its noun if that stands next to the verb, else at the verb; or None."""
    if not idiom.nouns and not idiom.particles:
        return verb
    between = has_object = False
    for k in range(verb - 1, max(-1, verb - REACH), -1):
        token = tokens[k]
        if token.tag in {"EF", "SF"} or (
            token.tag == "EC"
            and (k < verb - 1 or token.form in {"고", "지만"})  # 승진하며 [앉는다]
            and tokens[k - 1].tag in {"VV", "XSV"}
            and tokens[k + 1].tag != "VX"  # 재무를 맡아 [온] A
        ):
            return None
        if token.tag in {"JKO", "JX", "JKB", "JKS", "JKC", "JC"} and k and token.form in idiom.particles:
            head = tokens[k - 1]
            if idiom.at_post and not _seat_ends(tokens, k - 1):
                continue  # 대표는 A 부사장이 공장에 갔다
            if not idiom.nouns:  # CIO 역할은 A에게 돌아갔다: a recipient may stand between
                # 사외이사로는 A 씨가 들어왔다: so may a subject, where the post is the topic
                topic = token.tag == "JX" or (tokens[k + 1].tag == "JX" and tokens[k + 1].start == token.end)
                open_ = topic or idiom.frame != "subject" or token.form in {"로서", "으로서"}
                if not between or open_:
                    return verb
                continue  # CTO는 [개발을 이끈] A가 맡는다: the object of another verb
            # @name: any name, as far as the analyzer does not know it (places it knows)
            named = "@name" in idiom.nouns and ((head.tag == "NNP" and not head.known) or head.end in houses)
            if named or head.form.endswith(idiom.nouns) or _compound(tokens, k - 1) in idiom.nouns:
                return verb if between else k - 1
        has_object |= token.tag == "JKO" and bool(idiom.nouns)
        if has_object and token.tag == "ETM":
            return None  # 회사를 물려받은 A 대표도 월급 두 달 치를 떼어: the object of another verb
        if not idiom.particles and token.form in idiom.nouns:
            return k - 1 if k and tokens[k - 1].tag in {"MM", "SN", "NR"} else k  # 한 계단, 두 단계
        between |= (token.tag[0] == "N" and token.form not in _ADVERBS()) or token.tag in {"SL", "SH"}
    return None


def _from_elsewhere(idiom: _Idiom, tokens: Sequence[Token], noun: int) -> bool:
    """True for 증설에서 손을 뗐다: not a post but something else is let go."""
    for k in range(noun - 1, max(0, noun - 6), -1):
        if tokens[k].form == "에서" and tokens[k].tag == "JKB":
            return not tokens[k - 1].form.endswith(idiom.source)
    return False


def _until(tokens: Sequence[Token], start: int, verb: int) -> bool:
    """True for 주총까지만 지키고: it ends then."""
    return any(t.form == "까지" and t.tag == "JX" for t in tokens[max(0, start - 2) : verb])


def _compound(tokens: Sequence[Token], k: int) -> str:
    """The word that ends at index `k`, two morphemes put together (대표직)."""
    word = tokens[k].form
    if not k or tokens[k - 1].end != tokens[k].start:
        return word
    if word == "자리" and tokens[k - 1].tag == "ETM" and k > 1 and tokens[k - 2].form == "비":
        return "빈자리"  # a word of its own, which the analyzer takes apart
    return tokens[k - 1].form + word


def _seat_ends(tokens: Sequence[Token], k: int) -> bool:
    """True if the word that ends at index `k` is a post or a seat, a bracket behind it left out."""
    if tokens[k].tag == "SSC":
        while k and tokens[k].tag != "SSO":
            k -= 1
        k -= 1
    first = k
    while first > 0 and tokens[first - 1].end == tokens[first].start and tokens[first - 1].tag in _WORD_TAGS:
        first -= 1
    return k >= 0 and is_seat("".join(t.form for t in tokens[first : k + 1]))


def _goes_on(tokens: Sequence[Token], i: int) -> bool:
    """True if the verb tells what has long been so: 맡던, 맡고 있다, 맡아 온, 물러나 있다, 맡은 바 있다."""
    if _modifies(tokens, i):
        return True
    forms = [t.form for t in tokens[i : i + 3]]
    if forms[:1] == ["던"] or forms[1:2] == ["던"]:
        return True
    if forms[:1] and forms[0] in _UNREAL():
        return True
    return forms[:2] in (
        ["게", "하"],
        ["지", "않"],
        ["고", "있"],
        ["어", "오"],
        ["아", "오"],
        ["어", "있"],
        ["아", "있"],
    ) or forms[1:3] == ["바", "있"]


def _modifies(tokens: Sequence[Token], i: int) -> bool:
    """True for 의장을 맡은 A 대표, 물러난 B 회장: it tells who somebody is, no news; 맡은 것으로 is news."""
    while i < len(tokens) and tokens[i].tag == "EP":
        i += 1
    if i + 1 >= len(tokens) or tokens[i].form not in {"ᆫ", "은", "는", "던"}:
        return False
    if any(t.form in _EVENTS() for t in tokens[i + 1 : i + 5]):
        return False
    head = tokens[i + 1]
    if head.form == "데" and any(t.form == "성공" for t in tokens[i + 2 : i + 5]):
        return False  # 끌어내리는 데 성공했다
    at = i + 1 + (i + 2 < len(tokens) and tokens[i + 2].form in _ORDERS() and head.tag == "NNG")
    if tokens[at].form in _ORDERS() and any(t.form in {"를", "의"} for t in tokens[at + 1 : at + 2]):
        return False  # 전무로 올리는 [사장단] 인사를 단행했다
    return head.form not in {"것", "거", *_MOTIONS()} and head.tag != "JKQ"
