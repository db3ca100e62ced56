"""Time zones by the names people call them (data/timezones.toml)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Final
from zoneinfo import ZoneInfo, available_timezones

from briefing.errors import DataError
from briefing.korean.lexicon import table

_FILE: Final = "briefing/data/timezones.toml"


@dataclass(frozen=True, slots=True)
class Zone:
    """A time zone with names.

    Attributes:
        key: IANA name.
        names: What people call it, the one to show first.
        offered: Whether it stands on a button.
    """

    key: str
    names: tuple[str, ...]
    offered: bool


@cache
def zones() -> tuple[Zone, ...]:
    """The zones that have names, in the order of the file.

    Raises:
        DataError: a zone does not exist, has no name, or shares one.
    """
    raw = table("timezones.toml")
    found: list[Zone] = []
    taken: set[str] = set()
    for key, row in raw.items():
        names = row.get("names")
        if key not in available_timezones():
            raise DataError(_FILE, f"[{key}] is no IANA time zone")
        if not isinstance(names, list) or not names or not all(isinstance(name, str) for name in names):
            raise DataError(_FILE, f"[{key}] names must be a list of texts")
        if not isinstance(row.get("offered"), bool):
            raise DataError(_FILE, f"[{key}] offered must be true or false")
        keys = {_plain(name) for name in names}
        if taken & keys:
            raise DataError(_FILE, f"[{key}] has a name of another zone: {sorted(taken & keys)}")
        taken |= keys
        found.append(Zone(key, tuple(names), row["offered"]))
    return tuple(found)


def zone_name(key: str) -> str:
    """The name to show for a zone; its IANA name if it has none."""
    return next((zone.names[0] for zone in zones() if zone.key == key), key)


def read_zone(text: str) -> str | None:
    """IANA name of "서울", "런던 시간", "Europe/Berlin"; None if nothing is called so."""
    wanted = _plain(text.removesuffix("시간").removesuffix("시각"))
    for zone in zones():
        if wanted in {_plain(name) for name in zone.names}:
            return zone.key
    return next(
        (key for key in sorted(available_timezones()) if key.casefold() == text.strip().casefold()), None
    )


def is_zone(key: str) -> bool:
    """Whether the time zone database knows this IANA name."""
    try:
        ZoneInfo(key)
    except (KeyError, ValueError, OSError):
        return False
    return True


def _plain(text: str) -> str:
    return "".join(text.split()).casefold()
