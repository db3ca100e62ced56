"""What people type, read: company names, periods, hours, and commands as plain Korean words. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time
from typing import Final

from bot.handlers.asking import LATELY, NoDay, is_day_name, no_day, read_days, read_kind, without_request
from bot.handlers.phrasing import hours_in_digits
from briefing.findings import Days
from briefing.korean.lexicon import table, words
from briefing.model import FactKind
from briefing.subscribers import AlertLevel

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
    "@인물": "who",
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
    "정기브리핑": "digest",
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

# Words that say that a topic follows: "주제 AI".
TOPIC_WORDS: Final = frozenset({"@주제", "주제", "@topic", "topic"})

OFF_WORDS: Final = frozenset({"끄기", "끔", "꺼", "꺼줘", "중지", "off", "안함", "없음"})
LEVELS: Final = {
    **dict.fromkeys(OFF_WORDS, AlertLevel.OFF),
    **dict.fromkeys(("ceo", "ceo급", "대표", "top"), AlertLevel.TOP),
    **dict.fromkeys(("인사", "인사만", "moves"), AlertLevel.MOVES),
    **dict.fromkeys(("전체", "모두", "켜기", "켬", "켜", "켜줘", "on", "all"), AlertLevel.ALL),
}

_HOUR: Final = re.compile(
    r"(?:at\s+)?(?P<half>오전|오후|아침|저녁|밤)?\s*"
    r"(?:(?P<four>\d{4})(?!\d)|(?P<hour>\d{1,2})(?!\d)\s*"
    r"(?:[:：]\s*(?P<minute>\d{2})|시\s*(?:(?P<spoken>\d{1,2})\s*분|(?P<thirty>반))?)?)"
    r"(?:\s*(?P<english>[ap])\.?m\b\.?)?",
    re.IGNORECASE,
)
_BETWEEN_HOURS: Final = re.compile(r"[\s,、/·]*(?:와|과|하고|에|and\b)?[\s,、/·]*")
_AFTERNOON: Final = frozenset({"오후", "저녁", "밤"})


@dataclass(frozen=True, slots=True)
class WrongDate:
    """A date that is no day to ask about: its words, why, and the rest of the question."""

    text: str
    why: NoDay
    rest: str


@dataclass(frozen=True, slots=True)
class Question:
    """A company as typed, perhaps with a topic behind it, and the one kind of news asked for.

    Attributes:
        name: Without days and kind.
        days: As typed; None where nothing was said.
        kind: None for all kinds.
        wrong: A date that cannot be asked about, which the name still holds; somebody might be called so.
    """

    name: str
    days: Days | None = None
    kind: FactKind | None = None
    wrong: WrongDate | None = None


def read_question(text: str, today: date) -> Question:
    """What "LG전자 30일", "LG전자 5월 11일", "어제 LG전자 인사", "LG전자" name; nothing but days has no name.

    Args:
        text: As typed.
        today: The reader's day.
    """
    words, days, wrong = _without_days(without_request(text.split()), today)
    kinds: set[FactKind] = set()
    while words and (kind := read_kind(words[-1])):
        kinds.add(kind)
        words = words[:-1]
    if not kinds and len(words) > 1 and (kind := read_kind(words[0])):
        kinds.add(kind)
        words = words[1:]
    if kinds and days is None:
        words, days, wrong = _without_days(words, today)
    # of several kinds the whole is told
    (kind,) = kinds if len(kinds) == 1 else (None,)
    return Question(" ".join(words), days, kind, wrong)


def _without_days(words: Sequence[str], today: date) -> tuple[list[str], Days | None, WrongDate | None]:
    """Words without the period behind or, if it is named, before them; a date that is none stays."""
    left = list(words)
    # 2026년 5월 11일 has three words
    for size in (3, 2, 1):
        # a number of days alone may be a name
        if len(left) >= size and (len(left) > size or is_day_name(" ".join(left))):
            rest, last = left[:-size], " ".join(left[-size:])
            if (days := read_days(last, today)) is not None:
                if len(rest) > 1 and rest[-1].lower() in LATELY:
                    rest = rest[:-1]
                return rest, days, None
            if (why := no_day(last, today)) is not None:
                return left, None, WrongDate(last, why, " ".join(rest))
            rest, first = left[size:], " ".join(left[:size])
            if is_day_name(first) and (days := read_days(first, today)) is not None:
                return rest, days, None
            if (why := no_day(first, today)) is not None:
                return left, None, WrongDate(first, why, " ".join(rest))
    return left, None, None


def read_hours(text: str) -> tuple[time, ...] | None:
    """Wall-clock times of "07:00 18:30", "오전 7시, 오후 6시 반", "8am and 6:30 pm", in their order.

    None if a word is none.
    """
    rest = hours_in_digits(text).strip()
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
        # "22시 7시": the first one has taken the space
        if rest and rest == after and not _more_may_follow(match[0], rest):
            return None
    return tuple(found) or None


_MINUTES: Final = re.compile(r"\s*\d{1,2}\s*")


def _more_may_follow(hour: str, rest: str) -> bool:
    """Whether what is left may be another hour: behind a space, or a word that ends the first one."""
    if hour.rstrip().endswith("시") and _MINUTES.fullmatch(rest):
        return False  # 8시10: minutes
    return hour[-1:].isspace() or hour[-1:] in {"시", "분", "반"}


def read_weekdays(text: str) -> tuple[frozenset[int] | None, str]:
    """ISO weekdays before or behind hours ("평일 오전 8시", "9시 매일"), and the rest; None for none.

    Their words are data/questions.toml.
    """
    said = text.split()
    for days in table("questions.toml")["weekdays"]:
        named = words("questions.toml", "weekdays", days)
        # every day has two words
        for size in (2, 1):
            if "".join(said[:size]).lower() in named:
                return frozenset(map(int, days)), " ".join(said[size:])
            if "".join(said[-size:]).lower() in named:
                return frozenset(map(int, days)), " ".join(said[:-size])
    return None, text


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
    if (english := (match["english"] or "").lower()) and not 1 <= hour <= 12:
        return None
    if english:
        hour = hour % 12 + (12 if english == "p" else 0)
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
