"""`execbrief`, or `python -m bot`: the command line."""

from __future__ import annotations

import io
import sys
from difflib import get_close_matches
from importlib import import_module

import click

from bot.logs import tell_uncaught

# Where each command lives, in the order of the help.
COMMANDS = {
    "try": "bot.cli.sample:try_",
    "run": "bot.cli.service:run",
    "poll": "bot.cli.news:poll",
    "brief": "bot.cli.news:brief",
    "extract": "bot.cli.extraction:extract",
    "explain": "bot.cli.news:explain",
    "feeds": "bot.cli.registers:feeds",
    "companies": "bot.cli.registers:companies",
    "doctor": "bot.cli.doctor:doctor",
    "backup": "bot.cli.backup:backup",
    "restore": "bot.cli.backup:restore",
    "migrate": "bot.cli.service:migrate",
}


class Commands(click.Group):
    """Imports a command when it is asked for: `extract` needs no Telegram and no database (50 MB, 1 s)."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        """Names of all commands."""
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name, or None."""
        if cmd_name in COMMANDS and cmd_name not in self.commands:
            module, _, name = COMMANDS[cmd_name].partition(":")
            self.add_command(getattr(import_module(module), name), cmd_name)
        return super().get_command(ctx, cmd_name)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that is called; a name that nobody knows is answered with the nearest ones."""
        unknown = bool(args) and not args[0].startswith("-") and self.get_command(ctx, args[0]) is None
        if unknown and not ctx.resilient_parsing:  # shell completion asks with half a name
            near = get_close_matches(args[0].lower(), COMMANDS, n=2, cutoff=0.5)
            hint = f" Did you mean {' or '.join(map(repr, near))}?" if near else ""
            ctx.fail(f"No such command {args[0]!r}.{hint}")
        return super().resolve_command(ctx, args)


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="execbrief")
def cli() -> None:
    """Korean executive news for Telegram: who moved, what they did, what they said."""


def _print_anywhere() -> None:
    """A console that lacks a character (CP949 has no en dash) shows a question mark instead of ending us."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")


def main() -> None:
    """Entry point of the console script."""
    _print_anywhere()
    tell_uncaught()
    cli()


if __name__ == "__main__":
    main()
