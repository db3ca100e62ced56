"""`execbrief`, or `python -m bot`: the command line."""

from __future__ import annotations

import click

from bot.cli.news import brief, explain, extract, poll
from bot.cli.registers import companies, feeds
from bot.cli.sample import try_
from bot.cli.service import doctor, migrate, run


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="execbrief")
def cli() -> None:
    """Korean executive news for Telegram: who moved, what they did, what they said."""


for command in (try_, run, poll, brief, extract, explain, feeds, companies, doctor, migrate):
    cli.add_command(command)


def main() -> None:
    """Entry point of the console script."""
    cli()


if __name__ == "__main__":
    main()
