"""Exceptions of the news desk.

Expected trouble (a feed that is down, a page without text, a blocked chat) is a value,
see `briefing.model`. An exception means that the caller asked for something impossible,
that shipped or imported data is wrong, or that there is a bug or an outage.

    ExecbriefError
    ├── DataError            a data file, template, register or feed list is wrong; says file and line
    ├── SettingsError        a setting is missing or has a value that cannot be used
    └── StoreError
        ├── StoreUnavailable the database cannot be reached or opened
        └── SchemaError      the database is newer than this program, or not ours
"""

from __future__ import annotations


class ExecbriefError(Exception):
    """Root of everything this project raises on purpose; `str()` is fit for an operator."""


class DataError(ExecbriefError):
    """A data file cannot be used.

    Args:
        path: The file, as the operator would type it.
        problem: What is wrong and what to do.
        line: 1-based line, where one can be named.
    """

    def __init__(self, path: str, problem: str, line: int | None = None) -> None:
        self.path = path
        self.problem = problem
        self.line = line
        place = path if line is None else f"{path}:{line}"
        super().__init__(f"{place}: {problem}")


class SettingsError(ExecbriefError):
    """A setting is missing or unusable; names the setting and the remedy."""


class StoreError(ExecbriefError):
    """The database did something this program cannot go on with."""


class StoreUnavailable(StoreError):  # noqa: N818 (reads as what it says)
    """The database cannot be reached or opened."""


class SchemaError(StoreError):
    """The database's schema is not one this version can work with."""
