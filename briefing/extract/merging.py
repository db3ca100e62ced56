"""Several tellings of one occasion become one activity."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from briefing.extract.occasions import word_set
from briefing.korean.wordlists import affixes
from briefing.model import Activity, ActivityKind

# Marks in Activity.rule: told with others in one verb; the day is not told beside the deed.
LISTED = " (one of several)"
# Told by who listened, where the occasion is not named.
AUDIENCE = "before an audience"
# Told only by its end, where the text tells no other meeting of the person.
FROM_TALKS = "comes from talks"
# Told by words or signs at an occasion.
SPEAKS = "speaks at"
# Of those who meet each other: A 회장과 B 회장이 만나.
EACH_OTHER = "meet ("
BORROWED = ", day told before"
_HERE = "자리"
# 컨벤션에서 협약서를 들어 보였다: where it was signed, though fairs are called so too.
_FAIRGROUNDS = affixes("occasions.held.fairgrounds")
# An occasion that the sentence does not name.
_SOME = "행사"
_MARKS = "’'”\"」』〉》> "
_SPACES = re.compile(r"[\s‘’'\"“”·]+")
_ONE_A_DAY = frozenset({ActivityKind.EVENT, ActivityKind.TRIP, ActivityKind.DEAL})


def merged(found: Sequence[Activity]) -> tuple[Activity, ...]:
    """One activity a person, kind and occasion; the fullest telling, with what the others add."""
    kept: dict[tuple[str, ActivityKind], list[Activity]] = {}
    deals = {(a.person, a.when) for a in found if a.kind is ActivityKind.DEAL}
    signed = {(a.person, a.evidence[0]) for a in found if a.kind is ActivityKind.DEAL}
    met = {a.person for a in found if a.kind is ActivityKind.MEETING and not a.rule.startswith(FROM_TALKS)}
    order: list[tuple[tuple[str, ActivityKind], int]] = []
    signing = tuple(word_set("event", "signing"))
    for activity in found:
        if (
            activity.kind is ActivityKind.EVENT
            and activity.what.rstrip(_MARKS).endswith(signing)
            and (activity.person, activity.when) in deals
        ):
            continue  # the ceremony of the deal
        if (
            activity.kind is ActivityKind.EVENT
            and (
                activity.what.endswith(_HERE)
                or (activity.rule.startswith(SPEAKS) and activity.what.endswith(_FAIRGROUNDS()))
            )
            and (activity.person, activity.evidence[0]) in signed
        ):
            continue  # 이 자리에 참석해 협약서에 서명했다, 컨벤션에서 협약서를 들어 보이고 있다
        if (
            activity.kind is ActivityKind.EVENT
            and activity.what == _SOME
            and (activity.person, activity.evidence[0]) in signed
        ):
            continue  # A 사장이 참석한 가운데 협약을 맺었다
        if activity.rule.startswith(FROM_TALKS) and activity.person in met:
            continue  # 총리를 만났다. 면담을 마친 A 회장은
        if (
            activity.kind is ActivityKind.MEETING
            and activity.rule.startswith(EACH_OTHER)
            and (activity.person, activity.evidence[0]) in signed
            and (activity.when is None or (activity.person, activity.when) in deals)
        ):
            continue  # they met to sign (만나 계약서에 서명했다), and on no other day
        key = (activity.person, activity.kind)
        known = kept.setdefault(key, [])
        if _same_table(activity, known):
            continue  # 임직원들과 간담회를 가졌다: with whom, and as what, is one meeting
        for i, other in enumerate(known):
            if _same(other, activity):
                known[i] = _united(other, activity)
                break
        else:
            order.append((key, len(known)))
            known.append(activity)
    return tuple(kept[key][i] for key, i in order)


def _same(a: Activity, b: Activity) -> bool:
    borrowed = a.rule.endswith(BORROWED) or b.rule.endswith(BORROWED)
    if a.when is not None and b.when is not None and a.when != b.when and not borrowed:
        # a journey told from two days is one journey
        return a.kind is ActivityKind.TRIP and _SPACES.sub("", a.what) == _SPACES.sub("", b.what)
    if a.kind is ActivityKind.VISIT and a.when == b.when and a.evidence[0] == b.evidence[0]:
        return True  # 공장을 찾아 증설 현장을 점검했다
    if (
        a.kind is ActivityKind.MEETING
        and a.when == b.when
        and (a.rule.startswith(EACH_OTHER) or b.rule.startswith(EACH_OTHER))
    ):
        return True  # B 회장과 만났다 … 둘은 저녁을 함께했다
    x, y = _SPACES.sub("", a.what), _SPACES.sub("", b.what)
    if x in y or y in x or x[-3:] == y[-3:]:
        return True
    if a.kind is ActivityKind.EVENT and a.evidence[0] == b.evidence[0] and (_is_part(a) or _is_part(b)):
        return a.when == b.when  # 포럼 둘째 날에는 A 대표가 대담을 진행했다
    if a.kind is ActivityKind.EVENT and _named(a) and _named(b) and not _short_for(x, y):
        return False  # 협약식 and 세미나 of one day
    return a.when is not None and a.when == b.when and a.kind in _ONE_A_DAY


def _same_table(activity: Activity, known: Sequence[Activity]) -> bool:
    """True if its sentence has told already with whom somebody sat down to it (고객사와 오찬 간담회를)."""
    table = activity.what
    if activity.kind is ActivityKind.MEETING and " " in table:
        table = table.split()[-1]
    if table not in word_set("meeting", "words"):
        return False
    return any(o.evidence[0] == activity.evidence[0] and o.when == activity.when for o in known)


def _is_part(a: Activity) -> bool:
    """True for what is done at an occasion, and is none beside it."""
    return a.what.rsplit(maxsplit=1)[-1] in word_set("event", "parts") if a.what else False


def _named(a: Activity) -> bool:
    """True if the words name an occasion, and not what somebody did there."""
    head = a.what.split()[-1] if a.what else ""
    speech = head.endswith(tuple(word_set("event", "speeches")))
    return not _plain(a) and not speech and head.endswith(tuple(word_set("event", "words")))


def _short_for(a: str, b: str) -> bool:
    """True if the letters of one stand in the other in the same order (주총, 주주총회)."""
    long, short = (a, b) if len(a) >= len(b) else (b, a)
    letters = iter(long)
    return all(c in letters for c in short)


def _united(a: Activity, b: Activity) -> Activity:
    plain_a, plain_b = _plain(a), _plain(b)
    full = (
        b
        if (plain_a, len(a.what)) != (plain_b, len(b.what))
        and plain_a >= plain_b
        and (plain_a or len(a.what) < len(b.what))
        else a
    )
    dated, other = (a, b) if a.when is not None else (b, a)
    if a.rule.endswith(BORROWED) and b.when is not None and not b.rule.endswith(BORROWED):
        dated, other = b, a
    return replace(
        full,
        when=dated.when, until=a.until or b.until, place=dated.place or other.place,
        companions=tuple(dict.fromkeys((*a.companions, *b.companions))),
        planned=dated.planned and (other.planned or other.when is None),
    )  # fmt: skip


def _plain(a: Activity) -> bool:
    """True if its words only point at the occasion."""
    return (
        LISTED in a.rule
        or a.what in word_set("event", "pointing")
        or a.rule.startswith((EACH_OTHER, AUDIENCE))
    )
