"""English names of companies, by which readers ask: briefing/data/english_names.csv, checked at load."""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Mapping
from importlib.resources import files
from typing import Final

from briefing.errors import DataError

_FILE: Final = "english_names.csv"
_WORD: Final = re.compile(r"[a-z0-9]+")
_HANGUL: Final = re.compile(r"[가-힣]")
# Legal forms at the end of a name, and what may stand for &.
_LEGAL: Final = frozenset(
    {"inc", "incorporated", "co", "company", "corp", "corporation", "ltd", "limited", "plc"}
)
_PASSED_OVER: Final = frozenset({"and", "the"})


def english_key(name: str) -> str:
    """A name in Latin letters without case, spaces, marks and legal form; "" for one in Hangul.

    `Samsung Electronics Co., Ltd.` and `samsung electronics` have one key.
    """
    if _HANGUL.search(name):
        return ""
    # letters with accents as their letters: Hermès
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().casefold()
    said = [word for word in _WORD.findall(plain.replace("'", "")) if word not in _PASSED_OVER]
    while len(said) > 1 and said[-1] in _LEGAL:
        said.pop()
    return "".join(said)


def read_english(known: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    """The shipped English names by canonical name; see `parse_english`."""
    return parse_english((files("briefing") / "data" / _FILE).read_text(encoding="utf-8"), known)


def parse_english(text: str, known: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    """English names by canonical name.

    Args:
        text: CSV with the columns name, english; several names are separated by `;`.
        known: English key of every name the companies have elsewhere -> canonical name; canonical names
            stand in it as values.

    Raises:
        DataError: A row is no pair of a known company and names in Latin letters, or two companies share
            a name; says which line.
    """
    path = f"briefing/data/{_FILE}"
    body = [
        (n, line) for n, line in enumerate(text.splitlines(), 1) if line.strip() and not line.startswith("#")
    ]
    if not body or body[0][1] != "name,english":
        raise DataError(path, "the header must be name,english", body[0][0] if body else 1)
    canonical = set(known.values())
    names: dict[str, tuple[str, ...]] = {}
    taken = {key: name for key, name in known.items() if key}
    for number, line in body[1:]:
        row = [cell.strip() for cell in next(csv.reader([line]))]
        if len(row) != 2 or row[0] not in canonical or row[0] in names:
            raise DataError(path, "a row needs a company of companies.csv, once, and its names", number)
        english = tuple(name.strip() for name in row[1].split(";"))
        for name in english:
            key = english_key(name)
            if len(key) < 2 or not re.search("[a-z]", key):
                raise DataError(path, f"{name!r} is no English name", number)
            if taken.setdefault(key, row[0]) != row[0]:
                raise DataError(path, f"{name} is a name of {taken[key]} too", number)
        names[row[0]] = english
    return names
