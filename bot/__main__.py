"""`execbrief`, or `python -m bot`: the command line."""

from __future__ import annotations

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


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="execbrief")
def cli() -> None:
    """Korean executive news for Telegram: who moved, what they did, what they said."""


def main() -> None:
    """Entry point of the console script."""
    tell_uncaught()
    cli()


if __name__ == "__main__":
    main()
