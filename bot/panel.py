"""Keyboards of /settings: one message, a page a setting; what is chosen now is marked with ✓.

Callback data (bot/keyboards.py): `settings` with a page shows that page, `set` with a field and a value
changes the field.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import time
from enum import StrEnum
from typing import Final

from bot.keyboards import DIGEST_HOURS, choice, level_said, list_button, rows_of
from briefing.compose.texts import spoken, text
from briefing.korean.zones import zone_name, zones
from briefing.model import Action, Button, FactKind, Keyboard
from briefing.subscribers import ALL_DAYS, AlertLevel, Language, Quiet, Subscriber


class Page(StrEnum):
    """Pages of the settings; the values stand in buttons of old messages and are kept."""

    MAIN = "main"
    HOURS = "hours"
    DAYS = "days"
    ALERTS = "alerts"
    QUIET = "quiet"
    KINDS = "kinds"
    ZONE = "zone"
    LANGUAGE = "lang"


MOST_HOURS: Final = 6
"""Digests a day; more is a feed reader."""

QUIETS: Final = (
    Quiet(time(22), time(7)),
    Quiet(time(23), time(7)),
    Quiet(time(21), time(8)),
    Quiet(time(0), time(8)),
)
WEEKDAYS: Final = frozenset(range(1, 6))
LANGUAGES: Final = {Language.KOREAN: "한국어", Language.ENGLISH: "English"}
"""Languages in themselves."""


def panel(page: Page, subscriber: Subscriber) -> Keyboard:
    """The buttons of a page for this subscriber."""
    return _PAGES[page](subscriber)


def quiet_text(quiet: Quiet) -> str:
    """`22:00-07:00`, as buttons carry it."""
    return f"{quiet.begins:%H:%M}-{quiet.ends:%H:%M}"


def _back() -> tuple[Button, ...]:
    return (Button(text("buttons.back_to_settings"), Action("settings", (Page.MAIN.value,))),)


def kinds_said() -> dict[FactKind, str]:
    """The kinds of news as readers know them, in the order of a briefing."""
    return {kind: text(f"kind.{kind.value}") for kind in FactKind}


def zone_said(key: str) -> str:
    """A time zone as readers know it: `런던`, `London`."""
    return zone_name(key) if spoken() is Language.KOREAN else key.rpartition("/")[2].replace("_", " ")


def _page(label: str, page: Page) -> Button:
    return Button(label, Action("settings", (page.value,)))


def _choice(label: str, field: str, value: str, *, chosen: bool) -> Button:
    return choice(label, Action("set", (field, value)), chosen=chosen)


def _main(_subscriber: Subscriber) -> Keyboard:
    return (
        (_page(text("panel.hours"), Page.HOURS), _page(text("panel.days"), Page.DAYS)),
        (_page(text("panel.alerts"), Page.ALERTS), _page(text("panel.quiet"), Page.QUIET)),
        (_page(text("panel.kinds"), Page.KINDS), _page(text("panel.zone"), Page.ZONE)),
        (_page(text("panel.language"), Page.LANGUAGE), list_button()),
    )


def _hours(subscriber: Subscriber) -> Keyboard:
    # an hour that was typed has a button too, or it could not be taken away
    shown = sorted({*DIGEST_HOURS, *subscriber.digest_times})
    hours = rows_of(
        (
            _choice(f"{hour:%H:%M}", "hour", f"{hour:%H:%M}", chosen=hour in subscriber.digest_times)
            for hour in shown
        ),
        per_row=4,
    )
    empty = _choice(text("panel.empty"), "empty", "toggle", chosen=subscriber.empty_digest)
    off = _choice(text("panel.no_digest"), "hour", "off", chosen=not subscriber.digest_times)
    return (*hours, (off, empty), _back())


def _days(subscriber: Subscriber) -> Keyboard:
    every = (
        _choice(text("panel.every_day"), "day", "all", chosen=subscriber.digest_days == ALL_DAYS),
        _choice(text("panel.weekdays"), "day", "weekdays", chosen=subscriber.digest_days == WEEKDAYS),
    )
    single = tuple(
        _choice(name, "day", str(day), chosen=day in subscriber.digest_days)
        for day, name in enumerate(text("day.weekdays").split(), 1)
    )
    holidays = _choice(text("panel.holidays"), "holidays", "toggle", chosen=subscriber.on_holidays)
    return (every, single[:4], single[4:], (holidays,), _back())


def _alerts(subscriber: Subscriber) -> Keyboard:
    levels = (
        _choice(level_said(level), "alerts", level.value, chosen=subscriber.alerts is level)
        for level in AlertLevel
    )
    return (*rows_of(levels, per_row=2), _back())


def _quiet(subscriber: Subscriber) -> Keyboard:
    own = (subscriber.quiet,) if subscriber.quiet and subscriber.quiet not in QUIETS else ()
    hours = (
        _choice(
            f"{quiet.begins:%H:%M}–{quiet.ends:%H:%M}",
            "quiet",
            quiet_text(quiet),
            chosen=quiet == subscriber.quiet,
        )
        for quiet in (*own, *QUIETS)
    )
    off = _choice(text("panel.no_quiet"), "quiet", "off", chosen=subscriber.quiet is None)
    return (*rows_of(hours, per_row=2), (off,), _back())


def _kinds(subscriber: Subscriber) -> Keyboard:
    kinds = tuple(
        _choice(label, "kind", kind.value, chosen=kind in subscriber.kinds)
        for kind, label in kinds_said().items()
    )
    return (kinds, _back())


def _zone(subscriber: Subscriber) -> Keyboard:
    offered = (
        _choice(zone_said(zone.key), "zone", zone.key, chosen=zone.key == subscriber.timezone)
        for zone in zones()
        if zone.offered or zone.key == subscriber.timezone
    )
    return (*rows_of(offered, per_row=3), _back())


def _language(subscriber: Subscriber) -> Keyboard:
    languages = tuple(
        _choice(label, "lang", language.value, chosen=language is subscriber.language)
        for language, label in LANGUAGES.items()
    )
    return (languages, _back())


_PAGES: Final[dict[Page, Callable[[Subscriber], Keyboard]]] = {
    Page.MAIN: _main,
    Page.HOURS: _hours,
    Page.DAYS: _days,
    Page.ALERTS: _alerts,
    Page.QUIET: _quiet,
    Page.KINDS: _kinds,
    Page.ZONE: _zone,
    Page.LANGUAGE: _language,
}


def days_said(days: frozenset[int]) -> str:
    """`매일`, `평일`, `월·수·금`."""
    if days == ALL_DAYS:
        return text("panel.daily")
    if days == WEEKDAYS:
        return text("panel.on_weekdays")
    names = text("day.weekdays").split()
    return "·".join(name for day, name in enumerate(names, 1) if day in days) or text("panel.no_days")


def when_said(subscriber: Subscriber) -> str:
    """`매일 08:00, 18:00`; empty if no digest is sent."""
    if not subscriber.digest_times:
        return ""
    hours = hours_said(subscriber.digest_times)
    return text("panel.when", days=days_said(subscriber.digest_days), hours=hours)


def hours_said(hours: Sequence[time]) -> str:
    """`08:00, 18:00`."""
    return ", ".join(f"{hour:%H:%M}" for hour in hours)
