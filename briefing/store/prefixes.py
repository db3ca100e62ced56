"""Text that begins so, found by an index."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, and_

# Hangul syllables: 28 in a row have one vowel, the first of them without a final consonant (Unicode, 3.12)
_FIRST, _LAST, _OF_VOWEL = 0xAC00, 0xD7A3, 28
# no text has these code points, which stand for halves of others
_SURROGATES = range(0xD800, 0xE000)
_HIGHEST = 0x10FFFF


def begins(column: ColumnElement[Any], start: str, *, postgres: bool) -> ColumnElement[bool]:
    """Whether a text column begins with `start`, letter case told apart.

    LIKE is no question to an index: that of SQLite does not tell cases apart, PostgreSQL would need one of
    its own where texts are ordered by a language. A range is.
    """
    if not postgres:
        return _range(column, start, _following(start))
    alike = column.startswith(start, autoescape=True)
    for end in range(len(start), 0, -1):
        if following := _following_syllable(start[end - 1]):
            return and_(_range(column, start[:end], start[: end - 1] + following), alike)
    return alike


def _range(column: ColumnElement[Any], start: str, following: str | None) -> ColumnElement[bool]:
    return column >= start if following is None else and_(column >= start, column < following)


def _following(start: str) -> str | None:
    """What comes next after all that begins so, by code points, as SQLite orders; None if nothing does."""
    kept = start.rstrip(chr(_HIGHEST))
    if not kept:
        return None
    code = ord(kept[-1]) + 1
    return kept[:-1] + chr(_SURROGATES.stop if code in _SURROGATES else code)


def _following_syllable(sign: str) -> str | None:
    """A syllable that comes after all that begins with this one, however a PostgreSQL database orders.

    Syllables stand in the order of their code points by every language. But what follows one without a final
    consonant may come after those with one: 가z after 각 in Korean.
    """
    code = ord(sign)
    if not _FIRST <= code <= _LAST:
        return None
    following = code + (1 if (code - _FIRST) % _OF_VOWEL else _OF_VOWEL)
    return chr(following) if following <= _LAST else None
