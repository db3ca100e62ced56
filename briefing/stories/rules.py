"""Which rules facts are merged by, as a number, so that what others merged is known and merged anew."""

from __future__ import annotations

import zlib
from functools import cache
from importlib.resources import files

_CODE = ("merging", "correcting", "facts", "vocabulary", "weights")
_DATA = ("grouping.toml", "weights.toml")


@cache
def merging_rules() -> int:
    """1 to 2^32: a checksum of the code and the data that `stories.merging.merge` decides by.

    Counted and not numbered by hand: nobody has to remember that a change of a word list changes facts.
    """
    briefing = files("briefing")
    parts = [briefing / "stories" / f"{name}.py" for name in _CODE]
    parts += [briefing / "data" / name for name in _DATA]
    value = 0
    for part in parts:
        value = zlib.crc32(part.read_bytes(), value)
    return value + 1
