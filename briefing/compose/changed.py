"""Trouble in templates that an operator changed: said in a line, where the same in ours is a bug."""

from __future__ import annotations

import traceback
from pathlib import Path

from jinja2 import TemplateSyntaxError

from briefing.errors import DataError

REMEDY = "mend it, or delete the file to have ours again"


def trouble_in(folder: Path | None, error: Exception, name: str) -> DataError | None:
    """What is wrong with an operator's template; None if the error comes from none.

    Args:
        folder: The operator's templates; None for none.
        error: Caught while a template was loaded or filled, its traceback rewritten by Jinja.
        name: Of the template that was asked for, below the folder.
    """
    if folder is None:
        return None
    if isinstance(error, TemplateSyntaxError):
        path = Path(error.filename or "")
        if not path.is_relative_to(folder):
            return None
        return DataError(str(path), f"{error.message}; {REMEDY}", error.lineno)
    frames = traceback.extract_tb(error.__traceback__)
    theirs = [frame for frame in frames if Path(frame.filename).is_relative_to(folder)]
    if theirs:
        # the innermost: a template of ours may call a macro of theirs
        return DataError(theirs[-1].filename, f"{_said(error)}; {REMEDY}", theirs[-1].lineno)
    path = folder / name
    if isinstance(error, UnicodeDecodeError) and path.is_file():
        return DataError(str(path), "is not UTF-8; save it as UTF-8")
    if isinstance(error, OSError) and path.exists():
        return DataError(str(path), f"cannot be read: {error.strerror or error}")
    return None


def _said(error: Exception) -> str:
    """The error in a line, with its kind where its text alone says little."""
    text = " ".join(str(error).split())
    return text if type(error).__module__.startswith("jinja2") else f"{type(error).__name__}: {text}"
