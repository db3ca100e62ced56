"""Texts that readers see, by language: catalogues of briefing/data/texts, and which language is spoken now.

Whoever answers or writes to a chat says in which language (`speak`, `in_language`); what composes asks here.
The language belongs to the context (contextvars), not to every signature: a task or thread that is started
inside takes it along, and nobody else's answer is touched. Where nobody has said, it is Korean.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from briefing.errors import DataError
from briefing.subscribers import Language

_SPOKEN: ContextVar[Language] = ContextVar("spoken", default=Language.KOREAN)


@dataclass(frozen=True, slots=True)
class Plural:
    """A text that differs with its number, `count` (Unicode CLDR: the categories one and other)."""

    one: str
    other: str


def spoken() -> Language:
    """The language that is spoken now."""
    return _SPOKEN.get()


def speak(language: Language) -> None:
    """Speak this language for the rest of this task."""
    _SPOKEN.set(language)


@contextmanager
def in_language(language: Language) -> Iterator[None]:
    """Speak this language inside of a `with`."""
    token = _SPOKEN.set(language)
    try:
        yield
    finally:
        _SPOKEN.reset(token)


def language_of(code: str | None) -> Language:
    """The language for somebody whose Telegram is set to this one (BCP 47): English for en…, else Korean."""
    english = (code or "").lower().replace("_", "-").split("-")[0] == "en"
    return Language.ENGLISH if english else Language.KOREAN


def text(key: str, **values: object) -> str:
    """A text in the spoken language, its placeholders filled; `count` chooses between one and other.

    Args:
        key: Table and name, `buttons.list`.
        values: For its placeholders.

    Raises:
        KeyError: No such text, or a placeholder without a value.
    """
    found = catalogue(spoken()).get(key)
    if found is None:
        found = catalogue(Language.KOREAN)[key]
    if isinstance(found, Plural):
        found = found.one if values.get("count") == 1 else found.other
    return found.format(**values) if values else found


@cache
def catalogue(language: Language) -> Mapping[str, str | Plural]:
    """All texts of a language by key.

    Raises:
        DataError: The file holds something that is no text.
    """
    name = f"briefing/data/texts/{language.value}.toml"
    path = files("briefing") / "data" / "texts" / f"{language.value}.toml"
    raw = tomllib.loads(path.read_text(encoding="utf-8"))
    return dict(_texts(raw, "", name))


def _texts(table: Mapping[str, object], above: str, file: str) -> Iterator[tuple[str, str | Plural]]:
    for key, value in table.items():
        where = f"{above}{key}"
        if isinstance(value, str):
            yield where, value
        elif isinstance(value, dict) and value.keys() == {"one", "other"}:
            yield where, Plural(str(value["one"]), str(value["other"]))
        elif isinstance(value, dict):
            yield from _texts(value, f"{where}.", file)
        else:
            raise DataError(file, f"{where} must be text")
