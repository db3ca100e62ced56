"""What every command shares: settings, error lines, exit status, progress."""

from __future__ import annotations

import asyncio
import functools
import sys
from collections.abc import Callable, Coroutine, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, ParamSpec

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Column, Table
from rich.text import Text

from bot.logs import configure_logs
from bot.settings import Settings, load_settings, with_full_names
from briefing.collect.urls import without_credentials
from briefing.errors import ExecbriefError
from briefing.model import Feed

P = ParamSpec("P")

FAILED = 1
UNUSABLE = 2

# Progress and trouble go to standard error, so that a pipe gets answers only.
stderr = Console(stderr=True)


def command(body: Callable[P, Coroutine[Any, Any, int | None]]) -> Callable[P, None]:
    """Make an async body a click callback: own event loop, error lines, exit status.

    The body returns the exit status (None is 0). An `ExecbriefError` becomes its own text on
    standard error and exit status 2; Ctrl-C becomes 130; anything else is a bug and keeps its
    traceback.
    """

    @functools.wraps(body)
    def run(*args: P.args, **kwargs: P.kwargs) -> None:
        try:
            status = asyncio.run(body(*args, **kwargs))
        except ExecbriefError as error:
            click.echo(f"execbrief: {with_full_names(str(error))}", err=True)
            sys.exit(UNUSABLE)
        except KeyboardInterrupt:
            sys.exit(130)
        except BrokenPipeError:
            # The reader of our pipe went away (`| head`); nothing is left to say to it.
            sys.stderr.close()
            sys.exit(0)
        sys.exit(status or 0)

    return run


def settings_and_logs(log_level: str | None = None) -> Settings:
    """Settings from the environment, with logging set up for them.

    Args:
        log_level: Level that wins over the setting (commands that print an answer use WARNING).

    Raises:
        SettingsError: a setting cannot be used.
    """
    settings = load_settings()
    configure_logs(log_level or settings.log_level, settings.secrets, settings.zone, settings.log_format)
    return settings


def printable(text: str) -> str:
    """One line without control characters: what feeds bring must not move the cursor."""
    return "".join(letter if letter.isprintable() else " " for letter in text)


def counted(number: int, one: str, many: str | None = None) -> str:
    """A number with its noun: "1 entry", "2 entries".

    Args:
        number: How many.
        one: The noun for one.
        many: For any other number; by default with an s.
    """
    return f"{number} {one if number == 1 else many or one + 's'}"


def name_of(feed: Feed) -> str:
    """Outlet and section of a feed, on one line."""
    return printable(f"{feed.outlet} {feed.title}".strip())


def name_and_address(feed: Feed) -> str:
    """A feed as an operator finds it again; never with user and password."""
    name, address = name_of(feed), printable(without_credentials(feed.url))
    return name if name == address else f"{name} ({address})"


def print_rows(
    columns: Sequence[str],
    rows: Sequence[Sequence[str]],
    *,
    title: str | None = None,
    to: Console | None = None,
) -> None:
    """A table on a terminal; in a pipe tab-separated lines, of which nothing is cut.

    Args:
        columns: Their names, the first line of either form.
        rows: Cells as plain text; brackets in them are no mark-up.
        title: Printed above.
        to: Where; standard output by default.
    """
    console = to or Console()
    if console.is_terminal:
        table = Table(*(Column(name, overflow="fold") for name in columns), title=title)
        for row in rows:
            table.add_row(*(Text(printable(cell)) for cell in row))
        console.print(table)
        return
    lines = [title] if title else []
    lines += ["\t".join(printable(cell) for cell in row) for row in (columns, *rows)]
    click.echo("\n".join(lines), file=console.file)


@contextmanager
def progress_bar(label: str) -> Iterator[Callable[[int, int], None]]:
    """A bar on standard error for what may take longer than a second; silent where that is no terminal.

    Yields:
        A function to call with (done, total).
    """
    with Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        console=stderr,
        transient=True,
        disable=not stderr.is_terminal,
    ) as progress:
        task = progress.add_task(label, total=None)

        def update(done: int, total: int) -> None:
            progress.update(task, completed=done, total=total)

        yield update
