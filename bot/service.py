"""What `execbrief run` keeps going: the port, the election, and what the leader does."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import timedelta

from bot.app import App, open_app, register_feeds, utc_now
from bot.election import leading
from bot.handlers.application import (
    UPDATES,
    Receive,
    build_application,
    by_polling,
    check_token,
    run_bot,
)
from bot.handlers.application import App as BotApp
from bot.schedule import running_schedule
from bot.sender import open_sender
from bot.settings import Settings
from bot.web.address import webhook_path
from bot.web.readiness import Duty, Limits
from bot.web.server import Standing, open_server
from bot.web.webhook import UpdateDoor, WaitingUpdates, Webhook, first_done
from briefing.compose.render import Renderer
from briefing.pipeline import AlertFollowers
from briefing.pipeline.tidying import tidy

log = logging.getLogger("execbrief")


async def serve(settings: Settings, token: str, stop: asyncio.Event, answering: asyncio.Event) -> None:
    """Open the port, wait until this process leads, then work until `stop`; again if the lead is lost.

    Args:
        settings: What to build.
        token: Bot token.
        stop: Set to end.
        answering: Set while `stop` alone ends the work; while it is not, cancelling does no harm.

    Raises:
        ExecbriefError: what `open_app` raises; a template cannot be read; the port is taken; Telegram
            refuses the token.
    """
    # told now, and not by the first message that needs one of them
    Renderer(settings.templates_dir, settings.timezone).check()
    limits = Limits(
        timedelta(minutes=settings.ready_poll_minutes), timedelta(minutes=settings.ready_outbox_minutes)
    )
    standing = Standing(utc_now, limits)
    async with AsyncExitStack() as stack:
        if settings.http_port is not None:
            await stack.enter_async_context(_port(settings, settings.http_port, standing))
        led = False
        while not stop.is_set():
            async with leading(
                settings.database_url, stop, on_standby=lambda: _stand(standing, Duty.STANDBY), patient=led
            ) as lost:
                if lost is None:
                    return
                led = True
                async with _either(stop, lost) as end:
                    await _lead(settings, token, standing, end, answering)


def _stand(standing: Standing, duty: Duty) -> None:
    standing.duty = duty


@asynccontextmanager
async def _port(settings: Settings, port: int, standing: Standing) -> AsyncIterator[None]:
    webhook = None
    if settings.webhook_url is not None and settings.webhook_secret is not None:
        webhook = (webhook_path(settings.webhook_url), settings.webhook_secret.get_secret_value())
    root, counting = logging.getLogger(), standing.metrics.log_handler
    async with open_server(standing, settings.http_host, port, webhook=webhook):
        log.info("health, readiness and metrics at http://%s:%d", settings.http_host, port)
        root.addHandler(counting)
        try:
            yield
        finally:
            root.removeHandler(counting)


async def _lead(
    settings: Settings,
    token: str,
    standing: Standing,
    end: asyncio.Event,
    answering: asyncio.Event,
) -> None:
    """Open everything, make sure of the token, then answer and work by the timetable until told to end."""
    standing.duty = Duty.STARTING
    try:
        async with (
            open_sender(token, settings.telegram_api_url, settings.pace) as sender,
            open_app(settings, sender=sender, observe=standing.metrics.observe) as app,
        ):
            await register_feeds(app.store, settings.feeds_file, utc_now())
            updates = WaitingUpdates()
            application = build_application(
                token,
                app.desk(),
                base_url=settings.telegram_api_url,
                pace=app.pace,
                updates=updates,
                handled=standing.metrics.update_handled,
            )
            # Nothing is polled or delivered for a bot that Telegram does not know.
            await check_token(application)
            answering.set()
            standing.store, standing.duty = app.store, Duty.LEADING
            async with running_schedule(_jobs(app, end)):
                try:
                    await run_bot(application, end, _receiving(settings, standing, updates))
                finally:
                    # also where the bot ends by itself: delivery begins nothing more
                    end.set()
    finally:
        answering.clear()
        standing.store, standing.duty = None, Duty.STOPPING


def _jobs(app: App, end: asyncio.Event) -> dict[str, Callable[[], Awaitable[object]]]:
    """The work of the timetable (bot/schedule.py), by name; delivery begins nothing once `end` is set."""
    pipeline = app.pipeline
    keep_text = timedelta(days=app.settings.keep_text_days)
    return {
        "poll": pipeline.poll_due,
        "read": pipeline.read_unread,
        "alerts": lambda: pipeline.run(AlertFollowers()),
        "digests": pipeline.compose_due,
        "deliver": lambda: pipeline.deliver(end),
        "recover": pipeline.recover,
        "tidy": lambda: tidy(app.store, utc_now(), keep_text),
    }


@asynccontextmanager
async def _either(*events: asyncio.Event) -> AsyncIterator[asyncio.Event]:
    """An event that is set as soon as one of these is."""
    end = asyncio.Event()

    async def forward(event: asyncio.Event) -> None:
        await event.wait()
        end.set()

    tasks = [asyncio.create_task(forward(event)) for event in events]
    try:
        yield end
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.wait(tasks)


def _receiving(settings: Settings, standing: Standing, updates: WaitingUpdates) -> Receive:
    """How updates come in: by webhook if there is one, else by long polling, which takes a webhook away."""
    url, secret = settings.webhook_url, settings.webhook_secret
    if url is None or secret is None:
        return by_polling

    async def by_webhook(application: BotApp, stop: asyncio.Event, _refused: asyncio.Event) -> None:
        webhook = Webhook(application.bot, url, secret.get_secret_value(), list(UPDATES))
        # before Telegram is told: what it has kept for us comes at once
        standing.door = UpdateDoor(application.bot, updates)
        log.info("answering as @%s", application.bot.username)
        try:
            await first_done(asyncio.create_task(webhook.keep()), asyncio.create_task(stop.wait()))
        finally:
            standing.door = None

    return by_webhook
