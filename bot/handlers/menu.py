"""The command menu that Telegram shows: everybody's, and a longer one for those who run the bot."""

from __future__ import annotations

import logging
from collections.abc import Callable, Coroutine
from typing import Any

from telegram import BotCommand, BotCommandScopeChat
from telegram.error import InvalidToken, TelegramError
from telegram.ext import Application

from bot.handlers import Desk
from briefing.compose.texts import in_language
from briefing.subscribers import Language

log = logging.getLogger(__name__)

Application_ = Application[Any, Any, Any, Any, Any, Any]


def set_menu(desk: Desk) -> Callable[[Application_], Coroutine[Any, Any, None]]:
    """Sets the menus when the bot starts; a bot without a menu still answers."""

    async def set_menus(application: Application_) -> None:
        for language in Language:
            with in_language(language):
                await _set_menu(application, desk, None if language is Language.KOREAN else language.value)

    return set_menus


async def _set_menu(application: Application_, desk: Desk, code: str | None) -> None:
    """The menus in the spoken language, for whom Telegram is set to `code`; None: for all others."""
    lines = [BotCommand(*line) for line in desk.replies.commands()]
    try:
        await application.bot.set_my_commands(lines, language_code=code)
    except TelegramError as error:
        log.warning("the command menu could not be set: %s", _said(error))
    lines += [BotCommand(*line) for line in desk.replies.admin_commands()]
    # a group's menu would be seen by everybody in it
    for person in sorted(one for one in desk.admin_ids if one > 0):
        scope = BotCommandScopeChat(person)
        try:
            await application.bot.set_my_commands(lines, scope=scope, language_code=code)
        except TelegramError as error:
            # who has never written to the bot is no chat yet
            log.warning("the menu of administrator %d could not be set: %s", person, _said(error))


def _said(error: TelegramError) -> str:
    # the text of InvalidToken holds the token
    shown = "the bot token is refused" if isinstance(error, InvalidToken) else error.message
    return f"{type(error).__name__}: {shown}"
