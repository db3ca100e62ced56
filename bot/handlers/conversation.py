"""A question from its message to its answer: rights, edits, topics of forums, replies in groups."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence

from telegram import Chat, Message, Update
from telegram.error import TelegramError

from bot.handlers import Desk
from bot.handlers.addressing import How, addressed, command_of
from bot.handlers.asking import is_everything
from bot.handlers.briefs import message as plain_message
from bot.handlers.channels import for_channel
from bot.handlers.chats import companies_named
from bot.handlers.commands import COMMANDS, PERSONAL, PersonalAnswer, changes, is_panel
from bot.handlers.edits import Answered, Edits, mended_in_time
from bot.handlers.phrasing import is_english_question
from bot.handlers.reply import edit_part, send_parts, with_keyboard
from bot.handlers.rights import refusal
from bot.handlers.smalltalk import Questions, small_talk
from bot.handlers.topics import settle, topic_of
from bot.handlers.wishes import Wish, read_wish, wish_of_command
from bot.handlers.words import LONGEST_QUERY, read_command
from bot.panel import Page
from bot.questions import AboutCompany, AboutPerson, AboutTitle, AboutTopic, NotFound, understand
from briefing.compose.texts import spoken, text
from briefing.model import Action, Button, Company, Part
from briefing.subscribers import Language

log = logging.getLogger(__name__)


class Conversation:
    """Answers commands and plain messages.

    Args:
        desk: What the answers need.
    """

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._edits = Edits()
        self._questions = Questions()

    async def command(self, update: Update, name: str, answer: PersonalAnswer | None = None) -> None:
        """Answer a command, by `answer` if it looks at who asks."""
        asked = update.effective_message
        if asked is None or not self._to_be_answered(update, asked):
            return
        _, *rest = (asked.text or "").split(maxsplit=1)
        await self._answer(update, asked, name, rest[0] if rest else "", answer)

    async def plain(self, update: Update) -> None:
        """Answer words without a slash: a command in Korean, or the name of a company or person."""
        asked = update.effective_message
        said = addressed(asked) if asked is not None else None
        if asked is None or said is None or not self._to_be_answered(update, asked):
            return
        if not said.text:
            await self._answer(update, asked, "help", "")
            return
        # A company may be called like one of our words.
        is_company = await self._desk.news.find_company(said.text) is not None
        command = None if is_company else read_command(said.text)
        wish = read_wish(said.text) if said.how is not How.REPLY and not is_company else None
        if wish is not None:
            await self._fulfil(update, asked, wish)
        elif command is not None:
            await self._answer(update, asked, *command)
        elif said.how is not How.REPLY and (talk := await self._small_talk(asked, said.text)):
            await self._reply(asked, talk)
        elif said.how is not How.REPLY or await self._makes_sense(asked.chat_id, said.text):
            await self._reply(asked, await plain_message(self._desk, asked.chat_id, said.text))
        if said.how is How.PRIVATE and spoken() is Language.KOREAN and is_english_question(said.text):
            await self._offer_english(asked)

    async def unknown_command(self, update: Update) -> None:
        """Say that nobody knows this command."""
        asked = update.effective_message
        if asked is None or not self._to_be_answered(update, asked):
            return
        if (wish := wish_of_command(command_of(asked))) is not None:
            await self._fulfil(update, asked, wish)
        else:
            await self._reply(
                asked, (self._desk.replies.chat("unknown_message", text=(asked.text or "")[:60]),)
            )

    async def _offer_english(self, asked: Message) -> None:
        """Say in English that the bot speaks it too."""
        part = self._desk.replies.chat("english_too")
        choose = Button(text("panel.language"), Action("settings", (Page.LANGUAGE.value, "new")))
        part = with_keyboard(part, ((choose,),))
        await send_parts(asked.get_bot(), asked.chat_id, (part,), topic_of(asked), _question(asked))

    async def _fulfil(self, update: Update, asked: Message, wish: Wish) -> None:
        """Answer a wish by its command; who leaves what nobody knows chooses from what is followed."""
        args = wish.args
        if wish.command == "unsubscribe" and args and not is_everything(args):
            news = self._desk.news
            known = await understand(args, news, news.find_companies)
            if isinstance(known, NotFound) and not await news.suggest(args):
                args = ""
        await self._answer(update, asked, wish.command, args, PERSONAL.get(wish.command))

    async def _small_talk(self, asked: Message, said: str) -> tuple[Part, ...] | None:
        """The answer to a greeting, or to yes and no; None where a company or person is called so."""
        chat_id = asked.chat_id
        parts = await small_talk(self._desk, self._questions, chat_id, said)
        return None if parts and await self._desk.news.find_company(said) else parts

    async def _makes_sense(self, chat_id: int, said: str) -> bool:
        """True for a question; people who reply to a briefing often talk to each other."""
        if len(said) > LONGEST_QUERY:
            return False

        async def find(names: Sequence[str]) -> Mapping[str, Company]:
            return await companies_named(self._desk, chat_id, names)

        return isinstance(
            await understand(said, self._desk.news, find),
            AboutCompany | AboutPerson | AboutTitle | AboutTopic,
        )

    def _to_be_answered(self, update: Update, asked: Message) -> bool:
        """False for an edit that comes late, or leaves the words as they were."""
        if update.edited_message is None:
            return True
        before = self._edits.of(asked) if asked.edit_date else None
        return mended_in_time(asked) and (before is None or before.text != asked.text)

    async def _answer(
        self, update: Update, asked: Message, name: str, args: str, answer: PersonalAnswer | None = None
    ) -> None:
        desk, change = self._desk, changes(name, args)
        if change and (no := await refusal(desk, update)) is not None:
            await self._reply(asked, (no,))
            return
        if change and update.edited_message is not None:
            before = self._edits.of(asked) if asked.edit_date else None
            # what has been done is not done again; what is not remembered may have been done
            if before is None or before.changed:
                part = desk.replies.chat("edited_setting")
                await send_parts(asked.get_bot(), asked.chat_id, [part], topic_of(asked), _question(asked))
                self._edits.remember(asked, Answered(asked.text or "", (), changed=True))
                return
        if answer is not None:
            parts = await answer(desk, update, asked.chat_id, args)
        else:
            parts = await COMMANDS[name](desk, asked.chat_id, args)
        self._questions.asked(asked.chat_id, parts, desk.clock())
        if name == "subscribe" and args.strip():
            parts = (*parts, *await settle(desk, asked))
        if asked.chat.type == Chat.CHANNEL:
            parts = for_channel(parts, panel=is_panel(name, args))
        await self._reply(asked, parts, changed=change)

    async def _reply(self, asked: Message, parts: Sequence[Part], *, changed: bool = False) -> None:
        """Send the answer, or put it in the place of an earlier one to the same question."""
        before = self._edits.of(asked) if asked.edit_date else None
        if before is not None and _interchangeable(before.answers, parts):
            sent: Sequence[Message] = await self._mend(asked, before.answers, parts)
        else:
            bot, question = asked.get_bot(), _question(asked)
            sent = await send_parts(bot, asked.chat_id, parts, topic_of(asked), question)
        self._edits.remember(asked, Answered(asked.text or "", tuple(sent), changed))

    @staticmethod
    async def _mend(asked: Message, answers: Sequence[Message], parts: Sequence[Part]) -> tuple[Message, ...]:
        topic = topic_of(asked)
        for message, part in zip(answers, parts, strict=False):
            await edit_part(message, part, topic)
        more = await send_parts(asked.get_bot(), asked.chat_id, parts[len(answers) :], topic)
        for message in answers[len(parts) :]:
            try:
                await message.delete()
            except TelegramError as error:
                log.debug("chat %d: an old answer stays: %s", asked.chat_id, type(error).__name__)
        return (*answers[: len(parts)], *more)


def _question(asked: Message) -> int | None:
    """The message that an answer in a group is a reply to; elsewhere it is plain what is answered."""
    return asked.message_id if asked.chat.type in {Chat.GROUP, Chat.SUPERGROUP} else None


def _interchangeable(answers: Sequence[Message], parts: Sequence[Part]) -> bool:
    """True for texts: Telegram turns no text into a picture or file, and back."""
    written = all(message.text is not None for message in answers)
    return bool(answers) and written and all(p.picture is None and p.attachment is None for p in parts)
