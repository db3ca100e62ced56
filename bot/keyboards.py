"""Inline keyboards: buttons of the model to Telegram's, and callback data both ways.

Callback data is at most 64 bytes (https://core.telegram.org/bots/api#inlinekeyboardbutton) and
stays pressable for years, so its form is kept: a short code for the action, then its arguments,
separated by `|`; `%` and `|` inside an argument are percent-encoded. A last name that does not fit
is cut and ends in `…`; `Desk.news.find_company` completes it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, time, timedelta
from typing import Final

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from briefing.compose.texts import text
from briefing.model import Action, Button, Keyboard
from briefing.subscribers import AlertLevel

DATA_BYTES: Final = 64
# Telegram shows longer labels cut, on a phone even sooner.
LABEL_CHARS: Final = 40
CUT: Final = "…"

# Codes are never given to another action: old messages keep their buttons.
CODES: Final = {
    "brief": "b",  # company, days (below: how many, and the last one if it is not today)
    "evidence": "e",  # story ids
    "evidence_of": "E",  # company, days
    "subscribe": "s",  # company
    "unsubscribe": "u",  # company
    "unsubscribe_all": "U",  # yes and the minute of the question, or no
    "list": "l",
    "alerts": "a",  # level, or nothing to show the choice
    "digest": "d",  # today's digest now
    "digest_time": "t",  # HH:MM, or "off", or nothing to show the choice
    "help": "h",
    "brief_all": "B",  # company, days: nothing left out
    "topic": "T",  # company or "-", topic id, days
    "kind": "k",  # company, kind of fact, days
    "who": "w",  # name, mark of a company
    "names": "n",  # story id: a folded list unfolded
    "moves": "m",  # days, perhaps "all"
    "calendar": "c",  # company, or nothing for all that is followed
    "digest_all": "D",  # minutes since 1970 of the digest's period: since, until
    "trend": "g",  # company; light or dark to turn the picture
    "settings": "S",  # page, perhaps "new"; or nothing for a new message
    "set": "x",  # field of the settings, value
    "follow_person": "p",  # name, mark of a company or "-"
    "unfollow_person": "P",  # the same, perhaps "new": the message with the button stays
    "follow_topic": "o",  # company or "-", topic id
    "unfollow_topic": "O",
    "forget": "F",  # yes and the minute of the question, or no
    "broadcast": "N",  # send or cancel, and the minute of the preview
}
NAMES: Final = {code: name for name, code in CODES.items()}
OFF: Final = "off"


def encode(action: Action) -> str:
    """Callback data of an action, at most 64 bytes of UTF-8.

    Raises:
        ValueError: no button does that, or its arguments do not fit and are no name to be cut.
    """
    if action.name not in CODES:
        raise ValueError(f"no button does {action.name!r}")
    args = [_escape(arg) for arg in action.args]
    data = "|".join((CODES[action.name], *args))
    if len(data.encode()) <= DATA_BYTES:
        return data
    # The first argument is a name, or the first of several ids; what follows it must stay whole.
    if action.name == "evidence":
        while len(args) > 1 and len(data.encode()) > DATA_BYTES:
            args.pop()
            data = "|".join((CODES[action.name], *args))
        return data
    rest = "".join(f"|{arg}" for arg in args[1:])
    room = DATA_BYTES - len(f"{CODES[action.name]}|{CUT}{rest}".encode())
    if room < 1 or not args:
        raise ValueError(f"the arguments of {action.name!r} do not fit into {DATA_BYTES} bytes")
    return f"{CODES[action.name]}|{_cut(action.args[0], room)}{CUT}{rest}"


def decode(data: str) -> Action | None:
    """The action behind callback data; None for data this version does not know."""
    code, *args = data.split("|")
    name = NAMES.get(code)
    return None if name is None else Action(name, tuple(_unescape(arg) for arg in args))


def _escape(arg: str) -> str:
    return arg.replace("%", "%25").replace("|", "%7C")


def _unescape(arg: str) -> str:
    return arg.replace("%7C", "|").replace("%25", "%")


def _cut(name: str, room: int) -> str:
    """The longest start of a name whose escaped form fits into `room` bytes."""
    start = ""
    for char in name:
        longer = start + _escape(char)
        if len(longer.encode()) > room:
            break
        start = longer
    return start


# A button that ends or erases everything is not to be met by chance weeks later.
CONFIRM_WITHIN: Final = timedelta(hours=1)


def lately(asked: datetime | None, now: datetime) -> bool:
    """Whether a question was asked so short a while ago that its button still counts."""
    return asked is not None and now - asked <= CONFIRM_WITHIN


# Minutes since 1970; more digits lie beyond the years a datetime holds.
MINUTE_DIGITS: Final = 9


def minutes_of(moment: datetime) -> str:
    """A moment as an argument of a button: whole minutes since 1970, UTC."""
    return str(int(moment.timestamp()) // 60)


def moment_of(minutes: str) -> datetime | None:
    """The moment of `minutes_of`, UTC; None for what is none."""
    if not (minutes.isascii() and minutes.isdecimal()) or len(minutes) > MINUTE_DIGITS:
        return None
    return datetime.fromtimestamp(int(minutes) * 60, UTC)


def markup(keyboard: Keyboard) -> InlineKeyboardMarkup | None:
    """Telegram's form of a keyboard; None if it has no button.

    Raises:
        ValueError: a button has neither action nor link, or an action that cannot be encoded.
    """
    rows = [[_button(button) for button in row] for row in keyboard if row]
    return InlineKeyboardMarkup(rows) if rows else None


def _button(button: Button) -> InlineKeyboardButton:
    label = button.label if len(button.label) <= LABEL_CHARS else button.label[: LABEL_CHARS - 1] + CUT
    if button.action is not None:
        return InlineKeyboardButton(label, callback_data=encode(button.action))
    if button.url is not None:
        return InlineKeyboardButton(label, url=button.url)
    raise ValueError(f"button {button.label!r} does nothing")


def rows_of(buttons: Iterable[Button], per_row: int) -> Keyboard:
    """Buttons laid out in rows of at most `per_row`."""
    row: list[Button] = []
    rows: list[tuple[Button, ...]] = []
    for button in buttons:
        row.append(button)
        if len(row) == per_row:
            rows.append(tuple(row))
            row = []
    if row:
        rows.append(tuple(row))
    return tuple(rows)


# A screenful on a phone.
CHOICES_SHOWN: Final = 12


def company_choice(action: str, names: Sequence[str], *extra: str) -> Keyboard:
    """One button a company, each doing `action` with the name and `extra` arguments; the first 12."""
    buttons = (Button(name, Action(action, (name, *extra))) for name in names[:CHOICES_SHOWN])
    return rows_of(buttons, per_row=2)


def after_subscribing(companies: Sequence[str]) -> Keyboard:
    """What one may want next: another hour, a first briefing, or not to have pressed."""
    look = Button(
        text("buttons.look_now"),
        Action("brief", (companies[0], "7")) if len(companies) == 1 else Action("digest"),
    )
    undo = (
        ((Button(text("buttons.undo_subscribe"), Action("unsubscribe", (companies[0],))),),)
        if len(companies) == 1
        else ()
    )
    return ((Button(text("buttons.change_time"), Action("settings", ("hours", "new"))), look), *undo)


# Telegram takes 100 buttons a message; nobody scrolls further.
ROWS_SHOWN: Final = 40


def subscriptions(companies: Sequence[str], others: Sequence[Sequence[Button]] = ()) -> Keyboard:
    """A row a company: its briefing, and the way out; then a row for each person and topic; the first 40.

    Args:
        companies: Canonical names.
        others: Rows of people and topics.
    """
    rows = (
        *(
            (
                Button(name, Action("brief", (name, "7"))),
                Button(text("buttons.unsubscribe"), Action("unsubscribe", (name,))),
            )
            for name in companies
        ),
        *map(tuple, others),
    )
    return (*rows[:ROWS_SHOWN], (Button(text("buttons.settings"), Action("settings")),))


def list_button() -> Button:
    """Leads to what the chat follows."""
    return Button(text("buttons.list"), Action("list"))


def choice(label: str, action: Action, *, chosen: bool) -> Button:
    """A button of several to choose from, marked if it is chosen now."""
    return Button(f"✓ {label}" if chosen else label, action)


def level_said(level: AlertLevel) -> str:
    """A level of alerts as readers know it."""
    return text(f"alerts.{level.value}")


def alert_levels(now: AlertLevel) -> Keyboard:
    """The levels, the present one marked."""
    return (
        tuple(
            choice(level_said(level), Action("alerts", (level.value,)), chosen=level is now)
            for level in AlertLevel
        ),
    )


# Hours people choose: before work, at noon, before going home, at night.
DIGEST_HOURS: Final = (
    *(time(6), time(7), time(7, 30), time(8), time(8, 30), time(9), time(12), time(15)),
    *(time(17), time(18), time(19), time(21)),
)


def digest_hours(now: time | None) -> Keyboard:
    """Hours to choose from, the present one marked, and the way out."""
    hours = rows_of(
        (
            choice(f"{hour:%H:%M}", Action("digest_time", (f"{hour:%H:%M}",)), chosen=hour == now)
            for hour in DIGEST_HOURS
        ),
        per_row=4,
    )
    off = Button(text("buttons.off" if now is not None else "buttons.is_off"), Action("digest_time", (OFF,)))
    return (*hours, (off, Button(text("buttons.digest_now"), Action("digest"))))
