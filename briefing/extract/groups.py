"""Persons who act together in a sentence: A 회장과 B 대표가; A, B, C 대표 등이; A 사장을 비롯해."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from briefing.extract.clauses import lemmas
from briefing.extract.document import Document, Mention
from briefing.extract.records import record
from briefing.extract.spans import between, in_brackets, titles_in
from briefing.korean.kiwi import Sentence, Token
from briefing.korean.wordlists import worded
from briefing.model import Span

# A bracket is no longer than this.
_BRACKET = 60
_JOIN = re.compile(r"^\s?(?:\([^()]{0,60}\)|\[[^\]]{0,40}\])?\s?(?:과|와|,|，|·|ㆍ|/|및|이랑|하고|그리고|\s)")
_TOPIC = frozenset({"은", "는", "도"})
_SUBJECT = _TOPIC | {"이", "가"}
_STOP = frozenset({"JKS", "JX", "JKO", "EC", "EF", "JKB"})
# A 대표, 설계를 맡은 B 사장이: what cannot stand in front of the second one.
_COMMA = re.compile(r"(?:\([^()]{0,60}\))?\s?[,，]\s")
_ENDS_LIST = frozenset({"JKS", "JX", "EC", "EF", "SP", "SF", "ETN"})
_WITH = re.compile(r"\s?(?:\([^()]{0,60}\))?\s?(?:과|와|하고|이랑)(?:의)?\s?(?P<next>\S+)?")
# 행장과 노조 간부 등 은행 직원들은: the person leads a crowd.
_CROWD = re.compile(r"^\s?(?:과|와) [^.,“”\"]{2,34}?(?:들|등|명)(?:\s?(?:이 )?)?(?P<p>은|는|이|가|도)\s")
_TOGETHER = worded(r"{people.jointly}(?:\s|$)")
# B 대표와 나눈 대담에서
_SHARED = worded(r"{people.shared}$")
# B 대표와 공장을 함께 둘러봤다
_AT_TOGETHER = worded(r"(?:[^\s,.]+\s){0,2}[^\s,.]+(?:을|를)\s{people.jointly}\s{people.jointly_done}")
_AMONG = worded(r"^\s?(?:\([^()]{0,60}\))?\s?(?:을|를)\s(?:{people.among}|{people.led_by}으?로)")
# A 회장 측은: his people, not himself.
_SIDE = re.compile(r"(?:\([^()]{0,60}\))?\s?측(?:은|이|도|에서|과)")
# A 사장 등 그룹 경영진과 [협의회장인 B 대표]
_WITH_OTHERS = re.compile(r"\s등\s(?:[^\s,.]+\s){0,3}?[^\s,.]+[과와]\s")
# A 회장 역시: who does so too, without a particle.
_TOO = re.compile(r"(?:\([^()]{0,60}\))?\s(?:역시|또한)\s")
# What cannot stand between a verb and whom it modifies.
_MARK = re.compile(r"[,.]")
_PARTICLE = re.compile(r"(?P<p>은|는|이|가|을|를|에|에서|에게|로|으로)\s")
# …한 이는, …한 사람은; A 대표였다, A 사장이다
_AMONG_THEM = worded(r"{people.among}|{people.led_by}")
_MET = worded(r"{people.met}")
# A 사장 대신 B 위원장이
_INSTEAD = re.compile(r"(?:\([^()]{0,60}\))?\s대신\s")
_ONE_WHO = worded(r"\s{people.pointing}(?:은|는|도)\s")
_IS = re.compile(r"(?:\([^()]*\))?\s?(?:이었|였|이다|다|입니|이며|이고|등이)")


@record(frozen=True, slots=True)
class Group:
    """Persons joined in one noun phrase.

    Attributes:
        mentions: In order.
        end: Where the phrase and its particle end.
        role: "subject" (은/는/이/가/도), "among" (…을 비롯해), "with" (…와), "object", "of" or "".
        topic: True for 은/는/도.
        joint: True for a counterpart who does the same (B 대표와 함께 조선소를 찾았다).
    """

    mentions: tuple[Mention, ...]
    end: int
    role: str
    topic: bool
    joint: bool = False


def _joined(document: Document, sentence: Sentence, left: Mention, right: Mention) -> bool:
    """True if two neighbouring mentions belong to one phrase."""
    gap = document.text[left.span.end : right.span.start]
    if (
        not gap.strip()
        or not _JOIN.match(gap)
        or len(gap) > 90
        or _INSTEAD.match(gap)
        or _TOO.match(gap)
        or left.particle in {"은", "는", "이", "가", "의", "을", "를", "에게", "께서"}
    ):
        return False
    bracket = 0
    for token in between(sentence.tokens, left.span.end, right.span.start):
        bracket += (token.tag == "SSO") - (token.tag == "SSC")
        if bracket > 0:
            continue
        if token.tag in _STOP and not (token.tag == "JKB" and token.form in {"과", "와"}):
            return _by_relative_clause(document, sentence, left, right)
    return True


def _by_relative_clause(document: Document, sentence: Sentence, left: Mention, right: Mention) -> bool:
    """True for A 대표와 부품을 만드는 B 회장이: what stands between tells only of the second."""
    if not (_WITH.match(document.text, left.span.end) or _WITH_OTHERS.match(document.text, left.span.end)):
        return False
    gap = between(sentence.tokens, left.span.end, right.span.start)
    verbs = [
        gap[i - 1].form + t.form if t.tag == "XSV" and i else t.form
        for i, t in enumerate(gap)
        if t.tag in {"VV", "VX", "VA", "XSV", "VCP"}  # 부친인 B 명예회장
    ]
    if len(verbs) != 1 or verbs[0] in lemmas("comitative", "words"):
        return False
    if any(t.tag in {"JKS", "EF", "EC"} or (t.tag == "JX" and t.form in {"은", "는"}) for t in gap):
        return False
    return any(t.tag == "ETM" for t in gap)


def find_groups(document: Document, sentence: Sentence) -> list[Group]:
    """All groups of persons outside quotations, in order."""
    mentions = [
        m for m in document.mentions_in(sentence.span)
        if not document.quoted(m.span.start)
        and not in_brackets(document.text, max(sentence.span.start, m.span.start - _BRACKET), m.span.start)
        and not (m.kind == "pronoun" and m.particle == "의")  # A 회장과 그의 동창 B 사장이
    ]  # fmt: skip
    chains: list[list[Mention]] = []
    for mention in mentions:
        if chains and _joined(document, sentence, chains[-1][-1], mention):
            chains[-1].append(mention)
        else:
            chains.append([mention])
    return _listed(document, sentence, [_group(document, sentence.tokens, chain) for chain in chains])


def _listed(document: Document, sentence: Sentence, groups: list[Group]) -> list[Group]:
    """A 대표, 설계를 맡은 B 사장, 시공을 맡은 C 부회장이: those of a list share the last one's role."""
    found = groups[-1:]
    for group in reversed(groups[:-1]):
        last = found[0]
        if last.role == "subject" and _lists_on(document, sentence, group, last):
            found[0] = replace(last, mentions=(*group.mentions, *last.mentions))
        else:
            found.insert(0, group)
    return found


def _lists_on(document: Document, sentence: Sentence, left: Group, right: Group) -> bool:
    """True if nothing but a comma and what tells of the second stands between two groups."""
    start, end = left.mentions[-1].span.end, right.mentions[0].span.start
    comma = _COMMA.match(document.text, start, end)
    if comma is None:
        return False
    gap = between(sentence.tokens, comma.end(), end)
    verbs = [
        i for i, t in enumerate(gap)
        if t.tag in {"VV", "VA", "VCP", "XSV", "XSA"} or (t.tag == "VX" and gap[i - 1].tag != "EC")
    ]  # fmt: skip
    if len(verbs) != 1 or any(t.tag in _ENDS_LIST or document.quoted(t.start) for t in gap):
        return False
    return any(t.tag == "ETM" and t.start >= gap[verbs[0]].start for t in gap)


def _group(document: Document, tokens: Sequence[Token], chain: list[Mention]) -> Group:
    text = document.text
    last = chain[-1]
    end = last.span.end
    rest = text[end : end + 80]
    if _INSTEAD.match(rest):
        return Group(tuple(chain), end, "", False)
    if _SIDE.match(rest):
        return Group(tuple(chain), end, "", False)
    if _AMONG().match(rest):
        return Group(tuple(chain), end + 2, "among", False)
    if too := _TOO.match(rest):
        return Group(tuple(chain), end + too.end(), "subject", True)
    if match := _WITH.match(rest):
        following = match["next"] or ""
        role, at, topic = _role_behind(document, tokens, end, joined=True)
        if role != "subject" and (crowd := _CROWD.match(rest)):
            role, at, topic = "subject", end + crowd.end(), crowd["p"] in "은는도"
        if role != "subject" and (other := _and_another(document, tokens, end)) is not None:
            role, at, topic = "subject", other.end, other.tag == "JX"
        shared = _SHARED().match(following) is not None
        if role == "subject" and not shared and not _MET().match(following):
            return Group(tuple(chain), at, "subject", topic)
        behind = match.start("next") if match["next"] else match.end()
        joint = shared or any(p().match(rest, behind) is not None for p in (_TOGETHER, _AT_TOGETHER))
        return Group(tuple(chain), end, "with", False, joint)
    role, at, topic = _role_behind(document, tokens, end)
    if (
        not role
        and last.particle in _SUBJECT
        and text.startswith((f"{last.particle} ", f"{last.particle},"), end)
    ):
        # 고 이사도 연사로, whose name the analyzer cuts into other words
        role, at, topic = "subject", end + len(last.particle), last.particle in _TOPIC
    return Group(tuple(chain), at, role, topic)


def _and_another(document: Document, tokens: Sequence[Token], end: int) -> Token | None:
    """The particle of 현 지사장과 구매를 책임지는 달 본부장이, where the second has but a title."""
    gap = between(tokens, end, end + 61)
    for i, token in enumerate(gap):
        if token.tag == "JKS" or (token.tag == "JX" and token.form in {"은", "는"}):
            if not any(t.span.end == token.start for t in titles_in(document, end, token.start)):
                return None
            verbs = [t.form for t in gap[:i] if t.tag in {"VV", "VX", "VA", "XSV"}]
            linked = any(t.tag in {"EF", "EC", "SP"} for t in gap[:i])
            return (
                token
                if len(verbs) <= 1 and not linked and not lemmas("comitative", "words") & set(verbs)
                else None
            )
    return None


def _as_object(text: str, end: int, token: Token, *, joined: bool) -> tuple[str, int, bool]:
    """The role of a phrase that ends at `end` where the first particle behind it is an object's."""
    if _AMONG_THEM().match(text[token.end : token.end + 4].strip()):
        return "among", token.end, False
    if not joined and text.startswith(",", end):
        return "", end, False  # A 부사장, 시공을 맡은 B 대표
    return "object", token.end, False


def _role_behind(
    document: Document, tokens: Sequence[Token], end: int, *, joined: bool = False
) -> tuple[str, int, bool]:
    """Role of a phrase from the first particle behind it: (role, where the particle ends, topic)."""
    bracket = 0
    named = document.companies_in(Span(end, end + 70))
    near = between(tokens, end, end + 71)
    for token, then in zip(near, (*near[1:], None), strict=False):
        if document.quoted(token.start):
            break
        bracket += (token.tag == "SSO") - (token.tag == "SSC")
        if bracket > 0 or token.tag == "SSC":
            continue
        if token.tag == "JKS":
            return "subject", token.end, False
        if token.tag == "JX" and token.form in {"은", "는", "ᆫ", "도", "만"}:
            return "subject", token.end, True
        if token.tag == "JKO":
            return _as_object(document.text, end, token, joined=joined)
        if any(c.span.start <= token.start < c.span.end for c in named):
            continue  # Kiwi may see verbs inside names
        if token.tag == "JKG":
            if joined:
                continue  # 단 회장과 가람의 아무개 대표가
            return "of", token.end, False
        if token.tag in {"JKB"} and token.form not in {"과", "와"}:
            return "", token.end, False
        if token.tag[:1] in {"V", "E"} or token.tag in {"XSV", "XSA"}:
            adverb = then is not None and then.form == "게"  # A 회장과 2시간 넘게 만찬을
            if joined and (adverb or token.form in lemmas("adverbial", "plain")):
                return "", end, False  # A 사장과 잇달아 만났다
            # a verb with no particle before it: 박정호 사장 동행
            return (
                "subject" if len(document.text[end : token.start].strip()) <= 8 else "",
                token.end,
                False,
            )
    return "", end, False


def actors_before(document: Document, sentence: Sentence, groups: Sequence[Group], at: int) -> Group | None:
    """The group that acts in the predicate at an offset."""
    best: Group | None = None
    weak: Group | None = None
    for group in groups:
        if group.end > at or group.role not in {"subject", "among"}:
            continue
        if not group.topic and clause_ended(document, sentence, group.end, at):
            weak = None if since_then(sentence, group.end, at) else group
            continue
        best = group
    return best or weak


def since_then(sentence: Sentence, start: int, end: int) -> bool:
    """True for A 대표가 창업한 지 8년 만의 첫 참가다: his is what happened then."""
    tokens = between(sentence.tokens, start, end)
    return any(t.tag == "NNB" and t.form == "지" and b.tag == "ETM" for b, t in pairwise(tokens))


def clause_ended(document: Document, sentence: Sentence, start: int, end: int) -> bool:
    """True if the clause of a subject that ends at an offset ends before another one."""
    predicate = False
    for token in between(sentence.tokens, start, end):
        if document.quoted(token.start):
            continue
        if token.tag[:1] == "V" or token.tag in {"XSV", "XSA"}:
            predicate = True
        elif (
            (predicate and token.tag == "ETM")
            or (predicate and token.tag == "EF")
            or (
                predicate
                and token.tag == "EC"
                and token.form in {"자", "니", "으니", "면", "으면", "는데", "ᆫ데", "은데"}
            )
        ):
            return True
    return False


def modified(document: Document, groups: Sequence[Group], verb_end: int, sentence: Sentence) -> Group | None:
    """The group an adnominal verb modifies: 행사에 참석한 조 사장, 동행한 협력업체 이든의 방 대표."""
    for group in groups:
        first = group.mentions[0]
        if first.span.start >= verb_end:
            gap = document.text[verb_end : first.span.start]
            if len(gap) > 26 or _MARK.search(gap):
                return None
            ends = {verb_end + m.end("p") for m in _PARTICLE.finditer(gap)}
            if any(
                t.tag[0] == "J" and t.end in ends
                for t in between(sentence.tokens, verb_end, first.span.start)
            ):
                return None  # 상을 탄 창업가 조 대표: no particle
            return group
    return None


def is_told(text: str, group: Group) -> re.Match[str] | None:
    """The match behind a group that ends a sentence as what it tells: A 대표였다, A 사장이다."""
    return _IS.match(text, group.mentions[-1].span.end)


def identified(
    document: Document, groups: Sequence[Group], verb_end: int, sentence: Sentence
) -> tuple[Mention, ...]:
    """Whom a verb tells of in 리본을 자른 이는 A 대표와 B 사장이었다; empty if it is no such sentence."""
    match = _ONE_WHO().match(document.text, verb_end, sentence.span.end)
    if match is None:
        return ()
    behind = [g for g in groups if g.mentions[0].span.start >= match.end()]
    if not behind or is_told(document.text, behind[-1]) is None:
        return ()
    return tuple(m for g in behind for m in g.mentions)
