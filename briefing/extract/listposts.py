"""What an entry of a list of appointments holds: names, and the post beside them."""

from __future__ import annotations

from dataclasses import replace

from briefing.extract.records import record


@record(frozen=True, slots=True)
class Named:
    """A name in an entry with the notes in brackets behind it."""

    name: str
    start: int
    end: int
    notes: tuple[str, ...] = ()
    worth: float = 0.0


@record(frozen=True, slots=True)
class Post:
    """The words beside names.

    Attributes:
        text: The post as written, without ranks beside it.
        rank: A rank (상무) that stands beside the post or alone.
        unit: Words that are neither (여신관리그룹).
        company: The company the words begin with.
        kind: What happened, if a word says so (신임 대표이사).
        notes: What brackets behind the post say.
        same: True for 〃.
    """

    text: str | None = None
    rank: str | None = None
    unit: str | None = None
    company: str | None = None
    kind: str | None = None
    notes: tuple[str, ...] = ()
    same: bool = False


@record(frozen=True, slots=True)
class Entry:
    """Names with the post beside them; `first` if the names stand before it."""

    names: tuple[Named, ...]
    post: Post
    first: bool = False

    def without_notes(self) -> Entry:
        """The entry without what the brackets behind its names say."""
        return replace(self, names=tuple(replace(named, notes=()) for named in self.names))


@record(frozen=True, slots=True)
class Row:
    """An entry read out of a sentence, with what the sentence says happened, and to which rank or seat."""

    entry: Entry
    kind: str
    rank: str | None
