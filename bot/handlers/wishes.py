"""Wishes in plain words: leaving, following, settings, own data. Words: data/wishes.toml. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from bot.handlers.asking import MARKS
from bot.handlers.phrasing import only_asks, plainer, without_ahead
from bot.handlers.words import LEVELS, LONGEST_QUERY, read_command, read_hours, read_weekdays
from briefing.korean.lexicon import table, words

_FILE: Final = "wishes.toml"
_BESIDE: Final = "beside"
# Commas part names.
_MARKS: Final = MARKS.replace(",", "")
# How many hours a command takes from a sentence.
_HOURS_OF: Final = {"digest": 1, "quiet": 2}


@dataclass(frozen=True, slots=True)
class Wish:
    """A wish read.

    Attributes:
        name: In data/wishes.toml.
        command: That answers it.
        args: For the command.
    """

    name: str
    command: str
    args: str = ""


def read_wish(text: str) -> Wish | None:
    """The wish that a plain message is; None for any other, and for what says a command exactly."""
    if len(text) > LONGEST_QUERY or _exact(read_command(text)):
        return None
    compact = "".join(text.lower().split())
    for name, row in table(_FILE).items():
        for keys in _said(name):
            if all(any(word in compact for word in options) for options in keys):
                left = _left(text, {word for options in keys for word in options})
                if not (row.get("alone") and left):
                    return _wish(name, row, text, left)
    return _ahead(text)


def _ahead(text: str) -> Wish | None:
    """A question about days to come or occasions, for the calendar: `LG전자 다음 주 일정 알려줘`."""
    events = words("phrases.toml", "ahead", "events")
    named = [word for word in without_ahead(text).split() if word.strip(MARKS).lower() not in events]
    rest = " ".join(named)
    if rest == " ".join(text.split()):
        return None
    bare = plainer(rest, lambda _: False)
    return Wish("ahead", "calendar", "" if only_asks(rest) else bare[0] if bare else rest)


def wish_of_command(name: str) -> Wish | None:
    """The wish that an unknown command stands for: `/stop`."""
    for wish, row in table(_FILE).items():
        if "commands" in row and name in words(_FILE, wish, "commands"):
            return _wish(wish, row, "", "")
    return None


@cache
def _said(name: str) -> tuple[tuple[tuple[str, ...], ...], ...]:
    said = table(_FILE)[name].get("said", ())
    return tuple(tuple(tuple(options.split()) for options in keys.values()) for keys in said)


def _wish(name: str, row: dict[str, Any], text: str, left: str) -> Wish:
    command, args = str(row.get("command", "")), str(row.get("with", ""))
    if row.get("names"):
        args = left
    if row.get("hours"):
        args = _hours(text, _HOURS_OF[command])
    if "page" in row and not (command and args):
        return Wish(name, "settings", row["page"])
    return Wish(name, command, args)


def _exact(command: tuple[str, str] | None) -> bool:
    """Whether a message is a command as it is taught, with words that the command reads."""
    match command:
        case ("alerts", level):
            return level.lower() in LEVELS
        case ("digest", hours):
            return bool(read_hours(read_weekdays(hours)[1]))
    return False


def _left(text: str, used: set[str]) -> str:
    """What a message names beside its wish."""
    beside = words(_FILE, _BESIDE, "words")
    kept = [
        word
        for word in (typed.strip(_MARKS) for typed in text.split())
        # a letter alone is no name
        if len(word) > 1 and word.lower() not in beside and not any(_part(word.lower(), key) for key in used)
    ]
    return " ".join(kept)


def _part(word: str, key: str) -> bool:
    """Whether a word is part of a wish's: of 그만보내 both 그만 and 보내주세요 are."""
    return key in word or (len(word) > 1 and word in key) or _overlap(word, key)


def _overlap(word: str, key: str) -> bool:
    return any(key.endswith(word[:size]) for size in range(2, min(len(word), len(key)) + 1))


def _hours(text: str, count: int) -> str:
    """The hours a sentence names, if they are as many; "" otherwise."""
    said = [_without_ending(typed.strip(_MARKS)) for typed in re.sub(r"[~–—-]", " ", text).split()]
    runs = (" ".join(said[first:last]) for first in range(len(said)) for last in range(len(said), first, -1))
    return next((run for run in runs if len(read_hours(run) or ()) == count), "")


def _without_ending(hour: str) -> str:
    """An hour without its particle: `7시로`, `10시부터`."""
    endings = sorted(words(_FILE, _BESIDE, "hours"), key=len, reverse=True)
    return next((hour.removesuffix(end) for end in endings if hour.endswith(end)), hour)
