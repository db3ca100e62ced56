"""Templates of every kind of message: found, filled, parted into messages within Telegram's limits.

Templates are looked for in an operator's folder first, then in the ones that ship; those of other languages
than Korean in a folder below (templates/en), and what is missing there in Korean. Everything that comes from
articles is escaped by Jinja and made harmless by `formatting.clean` on its way in.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from importlib.resources import files
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from jinja2 import ChoiceLoader, Environment, FileSystemLoader, StrictUndefined, Template, TemplateError
from markupsafe import Markup, escape

from briefing.compose import formatting, translation
from briefing.compose.changed import trouble_in
from briefing.compose.paging import ITEM, SECTION, pages
from briefing.compose.texts import spoken, text
from briefing.errors import DataError
from briefing.korean.josa import with_particle
from briefing.model import Button, Keyboard, Part, Source
from briefing.subscribers import Language


def default_templates() -> Path:
    """The folder of the templates that ship: inside the installed package, or the checkout's own."""
    packaged = Path(str(files("briefing") / "templates"))
    return packaged if packaged.is_dir() else Path(str(files("briefing"))).parent / "templates"


class Templates:
    """Fills templates. Safe to use from several threads.

    Args:
        templates_dir: An operator's templates, looked up before the shipped ones; None for none.
        timezone: IANA name; days and hours are told in it.
        topics: Topic id -> label (`Lexicon.topics`); an unknown id is shown as it is.

    Raises:
        DataError: `templates_dir` is no folder.
        zoneinfo.ZoneInfoNotFoundError: No such zone.
    """

    def __init__(
        self,
        templates_dir: Path | None = None,
        timezone: str = "Asia/Seoul",
        topics: Mapping[str, str] | None = None,
    ) -> None:
        if templates_dir is not None and not templates_dir.is_dir():
            raise DataError(str(templates_dir), "no such folder of templates; create it or unset the setting")
        self._zone = ZoneInfo(timezone)
        self._labels = dict(topics or {})
        shipped = default_templates()
        self._own = templates_dir
        self._folders = [*([templates_dir] if templates_dir else []), shipped]
        self._tellings: Mapping[str, object] | None = None
        self._envs = {language: self._environment(language) for language in Language}

    def _environment(self, language: Language) -> Environment:
        own = [] if language is Language.KOREAN else [folder / language.value for folder in self._folders]
        env = Environment(
            loader=ChoiceLoader([FileSystemLoader(folder) for folder in (*own, *self._folders)]),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=False,
            # shipped templates do not change; an operator's may be worked on
            auto_reload=len(self._folders) > 1,
            finalize=_finalize,
        )
        env.globals.update(SECTION=Markup(SECTION), ITEM=Markup(ITEM))  # noqa: S704 - our own marks
        env.filters.update(
            {
                "clip": formatting.clip,
                "some": formatting.some,
                "quote": formatting.cut_quote,
                "josa": with_particle,
                "link": _link,
                "hour": _hour,
                "plural": _plural,
                "person": translation.person,
                "title": translation.title,
                "change": translation.change,
                "occasion": translation.occasion,
            }
        )
        return env

    @property
    def _topics(self) -> Mapping[str, str]:
        return translation.topics(self._labels)

    @property
    def zone(self) -> ZoneInfo:
        """Where days and hours are told."""
        return self._zone

    def chat(self, name: str, **values: object) -> Part:
        """A reply of the chat: templates/chat/NAME.html.j2 with `values`; see the comment at its top.

        Raises:
            DataError: The operator's template cannot be read or filled.
            jinja2.TemplateNotFound: No such reply.
            jinja2.UndefinedError: A value that our template needs is missing.
        """
        rendered = self._render(f"chat/{name}.html.j2", date.min, **values)
        return Part(pages(rendered)[0])

    def admin(self, name: str, now: datetime, **values: object) -> tuple[Part, ...]:
        """A message to administrators: templates/admin/NAME.html.j2 with `values`; see its comment.

        Raises:
            DataError: The operator's template cannot be read or filled.
            jinja2.TemplateNotFound: No such message.
            jinja2.UndefinedError: A value that our template needs is missing.
        """
        rendered = self._render(f"admin/{name}.html.j2", formatting.local_day(now, self._zone), **values)
        return self._parts(rendered, ())

    def commands(self) -> tuple[tuple[str, str], ...]:
        """Commands of the menu and what they do, from templates/chat/commands.toml.

        Raises:
            DataError: The file is missing or is not a table of texts.
        """
        if (found := self._menu("commands")) is not None:
            return found
        raise DataError(
            str(self._folders[-1] / "chat" / "commands.toml"), "file is missing; reinstall execbrief"
        )

    def admin_commands(self) -> tuple[tuple[str, str], ...]:
        """Commands that only administrators find in their menu, from [admin] of the same file.

        Raises:
            DataError: The file has a table that is none of texts.
        """
        return self._menu("admin") or ()

    def _menu(self, table: str) -> tuple[tuple[str, str], ...] | None:
        """A table of commands.toml from the first folder whose file has it; None if none has."""
        for folder in self._folders:
            path = folder / "chat" / "commands.toml"
            if spoken() is not Language.KOREAN:
                own = folder / spoken().value / "chat" / "commands.toml"
                path = own if own.is_file() else path
            if not path.is_file():
                continue
            try:
                raw = tomllib.loads(path.read_text(encoding="utf-8")).get(table)
            except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
                raise DataError(str(path), f"is no valid TOML: {error}") from error
            if raw is None and table != "commands":
                continue
            if not isinstance(raw, dict) or not all(isinstance(text, str) for text in raw.values()):
                raise DataError(str(path), f"[{table}] must map each command to its description")
            return tuple(raw.items())
        return None

    def check(self) -> int:
        """Load every template of the operator, of all languages; how many there are.

        Raises:
            DataError: One of them cannot be read; names file and line.
        """
        if self._own is None:
            return 0
        names = [path.relative_to(self._own).as_posix() for path in sorted(self._own.rglob("*.j2"))]
        for name in names:
            # those of a language lie below the folder in which Korean ones are looked for
            self._template(name, Language.KOREAN)
        return len(names)

    # ------------------------------------------------------------------ how

    def _template(self, name: str, language: Language) -> Template:
        try:
            return self._envs[language].get_template(name)
        except (TemplateError, UnicodeDecodeError, OSError) as error:
            if (trouble := trouble_in(self._own, error, name)) is not None:
                raise trouble from error
            raise

    def _render(self, name: str, near: date, **values: object) -> str:
        template = self._template(name, spoken())
        # `template.render` would put the same functions and globals together for every message
        told = {**template.globals, **self._telling(near), **values}
        try:
            return "".join(template.root_render_func(template.new_context(told, shared=True)))
        except Exception:
            try:
                # the traceback then names the line of the template
                template.environment.handle_exception()
            except Exception as error:
                if (trouble := trouble_in(self._own, error, name)) is not None:
                    raise trouble from error
                raise

    def _telling(self, near: date) -> Mapping[str, object]:
        """What templates tell days and hours with, for readers of a day."""
        known = self._tellings
        if known is None or known["near"] != near:
            known = self._tellings = self._made(near)
        return known

    def _made(self, near: date) -> Mapping[str, object]:
        zone = self._zone

        def day(value: date | datetime, weekday: bool = True) -> str:
            plain = formatting.local_day(value, zone) if isinstance(value, datetime) else value
            return formatting.day(plain, near, weekday)

        def moment(value: datetime, today: bool = True) -> str:
            # midnight to the second is an outlet that tells the day only
            local = value.astimezone(zone)
            hour = "" if local.time() == time() else formatting.clock(value, zone)
            shown = day(value, weekday=False) if today or not hour or local.date() != near else ""
            return f"{shown} {hour}".strip()

        return {
            "near": near,
            "day": day,
            "days_of": lambda first, last: formatting.days(first, last, near),
            "moment": moment,
            "clock": lambda value: formatting.clock(value, zone),
        }

    @staticmethod
    def _parts(rendered: str, keyboard: Keyboard) -> tuple[Part, ...]:
        texts = pages(rendered)
        return (*(Part(text) for text in texts[:-1]), Part(texts[-1], keyboard))


def _finalize(value: Any) -> Any:
    return formatting.clean(value) if isinstance(value, str) and not hasattr(value, "__html__") else value


def _link(text: str, source: Source | None) -> Markup:
    """`text` as a link to a source, or plain where it has no usable address."""
    shown = escape(formatting.clean(text))
    url = source.url if source is not None else ""
    if not formatting.usable_address(url) or not shown:
        return shown
    return Markup('<a href="{}">{}</a>').format(url, shown)


def _hour(value: time | None) -> str:
    return value.strftime("%H:%M") if value else text("day.off")


def _plural(count: int, one: str, other: str | None = None) -> str:
    """`1 article`, `3 articles`, for languages that have a plural."""
    return f"{count:,} {one if count == 1 else other or f'{one}s'}"


def rows(buttons: Sequence[Button], width: int) -> Keyboard:
    """Buttons in rows of at most `width`."""
    return tuple(tuple(buttons[start : start + width]) for start in range(0, len(buttons), width))
