"""run, migrate: what an operator keeps running."""

from __future__ import annotations

import asyncio
import logging
import os
import signal
import threading

import click

from bot.cli.frame import UNUSABLE, command, settings_and_logs
from bot.service import serve
from bot.settings import with_full_names
from briefing.errors import ExecbriefError
from briefing.store import migrate as migrate_store

log = logging.getLogger("execbrief")

# Seconds that opening the database has to end when told to stop.
CANCEL_S = 3


@click.command()
@command
async def run() -> int:
    """The bot and its scheduler, until Ctrl-C or SIGTERM.

    A second one on the same database stands by and takes over when the first ends.
    """
    settings = settings_and_logs()
    token = settings.require_token()
    stop, answering = asyncio.Event(), asyncio.Event()
    service = asyncio.create_task(serve(settings, token, stop, answering))

    def end() -> None:
        stop.set()
        # While this process stands by, the database is being opened, or Telegram asked for the first
        # time, nothing has begun that would have to be finished, and not everybody waits for `stop`.
        if not answering.is_set():
            service.cancel()
            # A thread that waits for a locked SQLite file cannot be cancelled.
            last = threading.Timer(CANCEL_S, os._exit, (0,))
            last.daemon = True
            last.start()

    for name in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(name, end)
    try:
        await service
    except asyncio.CancelledError:
        if not stop.is_set():
            raise
    except ExecbriefError as error:
        if settings.log_format != "json":
            raise
        # whoever collects the lines reads nothing else
        log.critical("%s", with_full_names(str(error)))
        return UNUSABLE
    log.info("stopped")
    return 0


@click.command()
@command
async def migrate() -> None:
    """Bring the database to the newest schema."""
    settings = settings_and_logs("WARNING")
    click.echo(f"schema version {await migrate_store(settings.database_url)}")
