"""How documents of disclosures are read, as briefing/data/disclosures.toml tells it."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from briefing.collect.sources.dart_documents import Cell
from briefing.collect.sources.dart_names import Naming
from briefing.errors import DataError

_FILE = "briefing/data/disclosures.toml"
_NUMBERING = re.compile(r"^(?:\d{1,2}(?:-\d{1,2})?[.)]|[가-하][.)]|\(\d{1,2}\)|[①-⑳]|[-※*○●□■▶◆])+")
_BETWEEN = re.compile(r"[\sㆍ·・]+")
# longer cells are no labels, and patterns take their time with them
_LONGEST_LABEL = 40
# fields of a record, as [labels] names them; `other` is a label and no field
_FIELDS = ("before", "after", "name", "again", "what", "reason", "day", "post")
OTHER = "other"


@dataclass(frozen=True, slots=True)
class Form:
    """What is read in reports of some names.

    Attributes:
        reports: Their names, without spaces and dots.
        kind: `exchange` (those before, those after) or `people` (one row or block a person).
        post: Where the name of the report does not say which; empty: the row must.
    """

    reports: re.Pattern[str]
    kind: str
    post: str


@dataclass(frozen=True, slots=True)
class Deed:
    """What can happen to a person.

    Attributes:
        effect: enters, stays, leaves or none.
        sentence: With blanks `{company|은/는}`, `{day}`, `{person}`, `{post|을/를}`.
        usual: Whether it stands for its effect where no word says more.
    """

    effect: str
    sentence: str
    usual: bool = False


@dataclass(frozen=True, slots=True)
class Forms:
    """The part of disclosures.toml that tells how documents are read."""

    forms: tuple[Form, ...]
    labels: Mapping[str, re.Pattern[str]]
    naming: Naming
    unread: re.Pattern[str]
    comparison: re.Pattern[str]
    posts: Mapping[str, str]
    post: re.Pattern[str]
    deeds: tuple[Deed, ...]
    deed_of: Mapping[str, Deed]
    deed: re.Pattern[str]
    again: re.Pattern[str]

    def label(self, cell: Cell) -> str:
        """Which label a cell is; empty for none."""
        if len(cell.text) > _LONGEST_LABEL:
            return ""
        text = bare(_NUMBERING.sub("", cell.text.strip()))
        return next((name for name, pattern in self.labels.items() if pattern.fullmatch(text)), "")

    def deeds_in(self, text: str) -> tuple[Deed, ...]:
        """What a cell says happened, in the order of the data."""
        found = [self.deed_of[word] for word in self.deed.findall(bare(text))]
        return tuple(deed for deed in self.deeds if deed in found)

    def posts_in(self, text: str) -> tuple[str, ...]:
        """Posts that a text names, each once, in its order."""
        return tuple(dict.fromkeys(self.posts[word] for word in self.post.findall(bare(text))))


def bare(text: str) -> str:
    """A text without spaces and the dots between words."""
    return _BETWEEN.sub("", text)


def _any(words: Iterable[str]) -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, sorted(words, key=len, reverse=True))))


@cache
def forms() -> Forms:
    """The shipped forms.

    Raises:
        DataError: A table is missing or a pattern cannot be compiled.
    """
    raw = tomllib.loads((files("briefing") / "data" / "disclosures.toml").read_text(encoding="utf-8"))
    try:
        return _forms(raw)
    except (KeyError, TypeError, re.error) as error:
        raise DataError(_FILE, f"cannot be used: {error!r}") from error


def _forms(raw: Mapping[str, Any]) -> Forms:
    deeds = [
        (Deed(row["effect"], row["sentence"], row.get("usual", False)), row["words"]) for row in raw["deed"]
    ]
    deed_of = {word: deed for deed, words in deeds for word in words}
    return Forms(
        forms=tuple(Form(re.compile(row["reports"]), row["kind"], row["post"]) for row in raw["form"]),
        labels={name: re.compile(raw["labels"][name]) for name in (*_FIELDS, OTHER)},
        naming=Naming(re.compile(raw["titles"]["words"]), re.compile(raw["nobody"]["words"])),
        unread=_any(raw["documents"]["unread"]),
        comparison=re.compile(raw["documents"]["comparison"]),
        posts=dict(raw["posts"]),
        post=_any(raw["posts"]),
        deeds=tuple(deed for deed, _ in deeds),
        deed_of=deed_of,
        deed=_any(deed_of),
        again=re.compile(raw["again"]["yes"]),
    )
