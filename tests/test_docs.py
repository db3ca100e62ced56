"""The paperwork: every command and every setting is described where people look for it."""

from __future__ import annotations

import re
from enum import StrEnum
from pathlib import Path

import click
import pytest

from bot.__main__ import cli
from bot.schedule import TIMETABLE
from bot.settings import NOT_YET, PREFIX, Settings
from briefing.model import ActivityKind, MoveKind, MoveStatus, QuotedBy

ROOT = Path(__file__).parent.parent
SETTINGS = [PREFIX + name.upper() for name in Settings.model_fields]


def subcommand(group: click.Command, name: str) -> click.Command:
    assert isinstance(group, click.Group)
    command = group.get_command(click.Context(group), name)
    assert command is not None
    return command


def commands(group: click.Group, path: tuple[str, ...] = ()) -> list[tuple[str, ...]]:
    found: list[tuple[str, ...]] = []
    for name in group.list_commands(click.Context(group)):
        command = subcommand(group, name)
        found.append((*path, name))
        if isinstance(command, click.Group):
            found += commands(command, (*path, name))
    return found


@pytest.mark.parametrize("setting", SETTINGS)
def test_setting_is_in_env_example_and_settings_page(setting: str) -> None:
    example = (ROOT / ".env.example").read_text(encoding="utf-8")
    # a comment of its own directly above
    assert re.search(rf"^# .+\n{setting}=", example, re.MULTILINE), (
        f"{setting} is not explained in .env.example"
    )
    assert f"| `{setting}` |" in (ROOT / "docs/settings.md").read_text(encoding="utf-8")


def test_no_setting_is_documented_that_does_not_exist() -> None:
    known = {*SETTINGS, *(PREFIX + name for name in NOT_YET)}
    for page in [ROOT / ".env.example", ROOT / "README.md", *(ROOT / "docs").glob("*.md")]:
        for name in re.findall(r"EXECBRIEF_[A-Z_]+[A-Z]", page.read_text(encoding="utf-8")):
            assert name in known or name.startswith("EXECBRIEF_TEST_"), f"{page.name} names {name}"


PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")])


def anchor(heading: str) -> str:
    """The anchor GitHub gives a heading: lower case, no punctuation, dashes for spaces."""
    return re.sub(r"[^\w\- ]", "", heading.strip().lower()).replace(" ", "-")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_somewhere(page: Path) -> None:
    text = re.sub(r"```.*?```", "", page.read_text(encoding="utf-8"), flags=re.DOTALL)
    links = [link for link in re.findall(r"\]\(([^)\s]+)\)", text) if "://" not in link]
    # pages that are named rather than linked
    links += [f"/{name}" for name in re.findall(r"(?<![\w/.])docs/[\w-]+\.md", text)]
    for link in links:
        name, _, place = link.partition("#")
        target = ROOT / name[1:] if name.startswith("/") else page.parent / name if name else page
        assert target.exists(), f"{page.name} links to {link}, which does not exist"
        if place:
            headings = re.findall(r"^#+ (.+)$", target.read_text(encoding="utf-8"), re.MULTILINE)
            assert place in map(anchor, headings), f"{page.name} links to {link}: no such heading"


def test_each_line_of_the_chat_is_told_once() -> None:
    page = (ROOT / "docs/commands.md").read_text(encoding="utf-8").partition("\n## The chat\n")[2]
    rows = [
        line.split(" | ")[0] for line in page.partition("\n### ")[0].splitlines() if line.startswith("| `")
    ]
    told = [name for row in rows for name in re.findall(r"`([^`]+)`", row)]
    assert len(told) > 50
    assert sorted(told) == sorted(set(told))


def test_the_timetable_is_told_as_it_is() -> None:
    text = " ".join((ROOT / "docs/architecture.md").read_text(encoding="utf-8").split())
    told = re.search(r"(\w+) fixed ticks \(`bot/schedule\.py`: ([^)]+)\)", text)
    assert told is not None, "architecture.md does not tell the ticks"
    names = [tick.job for tick in TIMETABLE]
    assert re.findall(r"`(\w+)`", told[2]) == names
    numbers = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"]
    assert numbers.index(told[1]) + 1 == len(names)


@pytest.mark.parametrize("command", commands(cli), ids=" ".join)
def test_command_is_in_the_command_page(command: tuple[str, ...]) -> None:
    page = (ROOT / "docs/commands.md").read_text(encoding="utf-8")
    assert f"`execbrief {' '.join(command)}" in page, f"docs/commands.md lacks execbrief {' '.join(command)}"


@pytest.mark.parametrize("values", [MoveKind, MoveStatus, ActivityKind, QuotedBy])
def test_values_that_extract_prints_are_in_the_command_page(values: type[StrEnum]) -> None:
    page = (ROOT / "docs/commands.md").read_text(encoding="utf-8")
    assert not [value.value for value in values if f"`{value.value}`" not in page]


def test_every_command_has_help() -> None:
    for path in commands(cli):
        command: click.Command = cli
        for name in path:
            command = subcommand(command, name)
        assert command.help, f"{' '.join(path)} has no help text"


def test_env_example_as_it_is_can_be_loaded(monkeypatch: pytest.MonkeyPatch) -> None:
    from bot.settings import load_settings

    for name in SETTINGS:
        monkeypatch.delenv(name, raising=False)
    settings = load_settings(ROOT / ".env.example")
    assert settings.telegram_token is None
    assert settings.poll_minutes == 1440
