"""What people type, read: company names, periods, hours, and commands as plain Korean words. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import time
from typing import Final

from briefing.subscribers import AlertLevel

DEFAULT_DAYS: Final = 7
MOST_DAYS: Final = 365
# A company's name is shorter; a pasted article is no question.
LONGEST_QUERY: Final = 60
# Names read in one message; also the words of a name that are tried as names of their own.
MOST_NAMES: Final = 30

# Words that stand for a command, before or after the name: "구독 LG전자", "LG전자 구독해줘".
VERBS: Final = {
    "구독": "subscribe",
    "구독해줘": "subscribe",
    "추가": "subscribe",
    "해지": "unsubscribe",
    "해지해줘": "unsubscribe",
    "구독해지": "unsubscribe",
    "구독취소": "unsubscribe",
    "삭제": "unsubscribe",
    "인물": "who",
    "일정": "calendar",
    "인사": "moves",
    "오늘인사": "moves",
    "인사소식": "moves",
    "브리핑": "brief",
    "소식": "brief",
    "추이": "trend",
    "그래프": "trend",
    "차트": "trend",
    "목록": "list",
    "구독목록": "list",
    "다이제스트": "digest",
    "요약": "digest",
    "알림": "alerts",
    "설정": "settings",
    "시간대": "timezone",
    "조용한시간": "quiet",
    "방해금지": "quiet",
    "도움말": "help",
    "시작": "start",
    "follow": "subscribe",
    "unfollow": "unsubscribe",
    "briefing": "brief",
    **{word: word for word in ("subscribe", "unsubscribe", "who", "moves", "calendar", "trend", "list")},
    **{word: word for word in ("digest", "alerts", "settings", "timezone", "help", "start")},
}
# These mean nothing in front of a company's name, so only alone or with their own arguments.
WITHOUT_NAME: Final = frozenset(
    {"list", "moves", "digest", "alerts", "settings", "timezone", "quiet", "help", "start"}
)

OFF_WORDS: Final = frozenset({"끄기", "끔", "꺼", "꺼줘", "중지", "off", "안함", "없음"})
LEVELS: Final = {
    **dict.fromkeys(OFF_WORDS, AlertLevel.OFF),
    **dict.fromkeys(("ceo", "ceo급", "대표", "top"), AlertLevel.TOP),
    **dict.fromkeys(("인사", "인사만", "moves"), AlertLevel.MOVES),
    **dict.fromkeys(("전체", "모두", "켜기", "켬", "켜", "켜줘", "on", "all"), AlertLevel.ALL),
}

_UNIT_DAYS: Final = {
    "일": 1, "일간": 1, "d": 1, "day": 1, "days": 1,
    "주": 7, "주일": 7, "주간": 7, "w": 7,
    "개월": 30, "달": 30, "m": 30,
    "년": 365, "y": 365,
}  # fmt: skip
_WORD_DAYS: Final = {"오늘": 1, "일주일": 7, "이번주": 7, "한달": 30, "이번달": 30, "일년": 365}
# A count with more digits is past the longest period in any unit.
_DIGITS: Final = 4
_COUNTED: Final = re.compile(
    r"(?P<count>\d+)\s*(?P<unit>" + "|".join(sorted(_UNIT_DAYS, key=len, reverse=True)) + r")",
    re.IGNORECASE,
)
_HOUR: Final = re.compile(
    r"(?P<half>오전|오후|아침|저녁|밤)?\s*"
    r"(?:(?P<four>\d{4})(?!\d)|(?P<hour>\d{1,2})(?!\d)\s*"
    r"(?:[:：]\s*(?P<minute>\d{2})|시\s*(?:(?P<spoken>\d{1,2})\s*분|(?P<thirty>반))?)?)"
)
_BETWEEN_HOURS: Final = re.compile(r"[\s,、/·]*(?:와|과|하고|에)?[\s,、/·]*")
_AFTERNOON: Final = frozenset({"오후", "저녁", "밤"})


@dataclass(frozen=True, slots=True)
class Question:
    """A company as typed, and how many days back."""

    name: str
    days: int = DEFAULT_DAYS


def read_question(text: str) -> Question:
    """Company and period of "LG전자 30일", "LG전자 최근 2주", "LG전자"; the period goes last.

    Days are bounded to 1–365.
    """
    words = text.split()
    for size in (2, 1):
        if len(words) > size and (days := read_days(" ".join(words[-size:]))) is not None:
            rest = words[:-size]
            if len(rest) > 1 and rest[-1] in {"최근", "지난"}:
                rest = rest[:-1]
            return Question(" ".join(rest), days)
    return Question(" ".join(words))


def read_days(text: str) -> int | None:
    """Days of "30일", "2주", "한 달", "7d"; None if the text is no period."""
    compact = text.replace(" ", "").removeprefix("최근").removeprefix("지난")
    if compact in _WORD_DAYS:
        return _WORD_DAYS[compact]
    match = _COUNTED.fullmatch(compact)
    if match is None:
        return None
    count = match["count"].lstrip("0")
    if len(count) > _DIGITS:
        return MOST_DAYS
    days = int(count or 0) * _UNIT_DAYS[match["unit"].lower()]
    return min(max(days, 1), MOST_DAYS)


def read_hours(text: str) -> tuple[time, ...] | None:
    """Wall-clock times of "07:00 18:30", "오전 7시, 오후 6시 반", in their order; None if a word is none."""
    rest = text.strip()
    found: list[time] = []
    while rest:
        match = _HOUR.match(rest)
        hour = _hour(match) if match else None
        if match is None or hour is None:
            return None
        found.append(hour)
        after = rest[match.end() :]
        between = _BETWEEN_HOURS.match(after)
        rest = after[between.end() :] if between else after
        if rest and rest == after:
            return None
    return tuple(found) or None


def _hour(match: re.Match[str]) -> time | None:
    if match["four"]:
        hour, minute = int(match["four"][:2]), int(match["four"][2:])
    else:
        hour = int(match["hour"])
        minute = 30 if match["thirty"] else int(match["minute"] or match["spoken"] or 0)
    if match["half"] in _AFTERNOON and hour < 12:
        hour += 12
    if match["half"] in {"오전", "아침"} and hour == 12:
        hour = 0
    if hour == 24 and minute == 0:
        hour = 0
    return time(hour, minute) if hour < 24 and minute < 60 else None


def read_names(text: str) -> tuple[str, ...]:
    """Names separated by commas, without repetition; a space may belong to a name."""
    parts = (" ".join(part.split()) for part in re.split(r"[,、，;\n]", text))
    return tuple(dict.fromkeys(part for part in parts if part))


def read_command(text: str) -> tuple[str, str] | None:
    """Command and arguments of a plain message such as "구독 LG전자" or "LG전자 구독"; None if it is none."""
    words = text.split()
    for size in (2, 1):
        if len(words) < size:
            continue
        head, tail = "".join(words[:size]).lower(), "".join(words[-size:]).lower()
        if head in VERBS:
            return VERBS[head], " ".join(words[size:])
        if tail in VERBS and VERBS[tail] not in WITHOUT_NAME:
            return VERBS[tail], " ".join(words[:-size])
    return None
