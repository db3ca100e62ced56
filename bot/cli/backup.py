"""backup, restore: a SQLite database copied while the bot runs, and put back."""

from __future__ import annotations

import asyncio
import logging
from pathlib import Path

import click

from bot.app import utc_now
from bot.cli.frame import command, counted, settings_and_logs
from bot.settings import Settings
from briefing.errors import SettingsError, StoreUnavailable
from briefing.store import open_store
from briefing.store.backup import back_up, put_in_place, sqlite_file, working_copy
from briefing.store.turns import Turn, hold

MIB = 2**20

log = logging.getLogger("execbrief")

FILE = click.Path(path_type=Path, dir_okay=False)


@click.command()
@click.argument("file", type=FILE)
@command
async def backup(file: Path) -> int:
    """Copy the SQLite database to FILE, as it is at this moment; the bot may run meanwhile.

    FILE must not be there yet. It can be read by its owner only: it holds who asked for what.
    """
    settings = settings_and_logs("WARNING")
    database = _file_of(settings, "pg_dump --format=custom --file=FILE NAME")
    done = await asyncio.to_thread(back_up, database, file)
    click.echo(f"{done.path}: {done.size / MIB:,.1f} MB, schema {done.schema_version}, checked")
    return 0


@click.command()
@click.argument("file", type=FILE)
@command
async def restore(file: Path) -> int:
    """Put FILE, made by `execbrief backup`, in the place of the SQLite database.

    Refused while another process uses the database. What was there is kept beside it. Messages
    that waited when FILE was made count as unknown: they may have been sent since.
    """
    settings = settings_and_logs("WARNING")
    database = _file_of(settings, "pg_restore --clean --if-exists --dbname=NAME FILE")
    url = settings.database_url
    async with hold(url, Turn.RUN) as running, hold(url, Turn.POLL) as polling:
        if running is None or polling is None:
            what = "run" if running is None else "poll"
            raise StoreUnavailable(f"`execbrief {what}` uses {database}; stop it first")
        # a link goes on leading to it
        place = await asyncio.to_thread(database.resolve)
        copy = await asyncio.to_thread(working_copy, file, place)
        now = utc_now()
        replaced = place.with_name(f"{place.name}-replaced-{now:%Y%m%dT%H%M%SZ}")
        try:
            # to the newest schema before it takes the place: what cannot be upgraded is not put there
            async with open_store(f"sqlite:///{copy}") as store:
                doubtful = await store.retention.doubt_unfinished(now)
                counts = await store.counts()
            had = await asyncio.to_thread(put_in_place, copy, place, replaced)
        except BaseException:
            copy.unlink(missing_ok=True)
            raise
    held = f"{counted(counts.articles, 'article')}, {counted(counts.subscribers, 'subscriber')}"
    click.echo(f"{database}: {held}, from {file}")
    if doubtful:
        waited = counted(doubtful, "message")
        click.echo(f"{waited} waited then and may have been sent since: unknown, and not sent again")
    if had:
        click.echo(f"what was there before: {replaced}")
    return 0


def _file_of(settings: Settings, postgresql: str) -> Path:
    path = sqlite_file(settings.database_url)
    if path is None:
        raise SettingsError(f"the database is PostgreSQL, which has its own tool: {postgresql}")
    return path
