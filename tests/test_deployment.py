"""Dockerfile, compose file, systemd unit: what they name is there, and means what they think it does."""

from __future__ import annotations

import asyncio
import fnmatch
import json
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from bot.__main__ import COMMANDS
from bot.settings import PREFIX, Settings
from bot.web.server import Standing, open_server

ROOT = Path(__file__).parent.parent
FILES = ("Dockerfile", "compose.yaml", "deploy/execbrief.service", ".dockerignore")


def text(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def project() -> dict[str, object]:
    return tomllib.loads(text("pyproject.toml"))["project"]


@pytest.mark.parametrize("name", FILES)
def test_only_settings_there_are(name: str) -> None:
    known = {PREFIX + field.upper() for field in Settings.model_fields}
    assert set(re.findall(rf"{PREFIX}[A-Z_]+", text(name))) <= known


def test_what_the_dockerfile_copies_is_there_and_sent_to_the_builder() -> None:
    rules = [line for line in text(".dockerignore").splitlines() if line and not line.startswith("#")]
    copied = [
        source
        for line in re.findall(r"^COPY (?!--from)(.+)$", text("Dockerfile"), re.MULTILINE)
        for source in line.split()[:-1]
    ]
    assert {"bot", "briefing", "templates", "deploy/requirements.lock"} <= set(copied)
    for source in copied:
        assert (ROOT / source).exists(), source
        assert f"!{source}" in rules, f"{source} is kept from the builder"
    # everything else stays out, secrets above all
    assert rules[0] == "*"
    for private in (".env", "execbrief.sqlite3", ".git", "tests"):
        assert not any(fnmatch.fnmatch(private, rule[1:]) for rule in rules if rule.startswith("!"))


def test_the_wheel_is_made_of_what_is_copied() -> None:
    config = tomllib.loads(text("pyproject.toml"))["tool"]["hatch"]["build"]["targets"]["wheel"]
    needed = [*config["packages"], *config["force-include"], project()["readme"], *project()["license-files"]]
    for source in needed:
        assert re.search(rf"^COPY .*\b{re.escape(source)}\b", text("Dockerfile"), re.MULTILINE), source


def test_they_start_a_command_there_is() -> None:
    docker = text("Dockerfile")
    (entry,) = re.findall(r"^ENTRYPOINT (.+)$", docker, re.MULTILINE)
    (command,) = re.findall(r"^CMD (.+)$", docker, re.MULTILINE)
    (unit,) = re.findall(r"^ExecStart=(.+)$", text("deploy/execbrief.service"), re.MULTILINE)
    assert json.loads(entry)[0] in project()["scripts"]
    assert json.loads(command)[0] in COMMANDS
    program, *args = unit.split()
    assert Path(program).name in project()["scripts"]
    assert args[0] in COMMANDS


def test_an_image_runs_as_nobody_in_particular() -> None:
    docker = text("Dockerfile")
    assert re.search(r"^USER execbrief$", docker, re.MULTILINE)
    assert docker.index("USER execbrief") < docker.index("ENTRYPOINT")


async def test_the_health_check_tells_alive_from_dead(clock) -> None:
    (told,) = re.findall(r"HEALTHCHECK .*?CMD (\[.+?\])$", text("Dockerfile"), re.MULTILINE | re.DOTALL)
    _, *args = json.loads(told)

    async def check(**env: str) -> int:
        process = await asyncio.create_subprocess_exec(
            sys.executable, *args, env=env, stderr=asyncio.subprocess.DEVNULL
        )
        return await process.wait()

    async with open_server(Standing(clock), "127.0.0.1", 0) as port:
        assert await check(EXECBRIEF_HTTP_PORT=str(port)) == 0
    assert await check(EXECBRIEF_HTTP_PORT=str(port)) != 0
    assert await check(EXECBRIEF_HTTP_PORT="") == 0, "no port, nothing to be asked"


def pins(name: str) -> dict[str, str]:
    """Package -> its pin, hashes included."""
    found = re.findall(r"^([a-z0-9-]+)==(.+?)(?=^\S|^ +# via|\Z)", text(name), re.MULTILINE | re.DOTALL)
    return {f"{package} {pin.split()[0]}": " ".join(pin.split()) for package, pin in found}


def test_the_lock_of_the_image_is_part_of_the_lock() -> None:
    ours, whole = pins("deploy/requirements.lock"), pins("requirements.lock")
    assert ours.items() <= whole.items(), "renew both: make lock"
    names = {line.split()[0] for line in ours}
    wanted = {re.split(r"[\[<>=]", line)[0].replace("_", "-") for line in project()["dependencies"]}
    assert wanted <= names
    assert not names & {"pytest", "mypy", "ruff", "hypothesis", "hatchling"}


def test_systemd_understands_the_unit(tmp_path: Path) -> None:
    analyze = shutil.which("systemd-analyze")
    if analyze is None:
        pytest.skip("no systemd-analyze")
    unit = tmp_path / "execbrief.service"
    # it is looked whether the program is there
    unit.write_text(
        text("deploy/execbrief.service").replace("/opt/execbrief/.venv/bin/execbrief", "/bin/true")
    )
    done = subprocess.run([analyze, "verify", str(unit)], check=False, capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")


def test_a_stop_has_longer_than_answers_and_the_schedule_take_to_end() -> None:
    from bot.handlers.application import ANSWERS_FINISH
    from bot.schedule import TIMETABLE

    longest = (ANSWERS_FINISH + max(tick.finish for tick in TIMETABLE)).total_seconds()
    (unit,) = re.findall(r"^TimeoutStopSec=(\d+)s$", text("deploy/execbrief.service"), re.MULTILINE)
    (compose, _) = re.findall(r"stop_grace_period: (\d+)s", text("compose.yaml"))
    # an answer cut off, the last look for updates and the database take their time too
    assert min(int(unit), int(compose)) > longest + 10


def test_a_build_needs_no_image_beside_its_base() -> None:
    assert not re.search(r"^# *syntax=", text("Dockerfile"), re.MULTILINE), (
        "asked of Docker Hub at each build"
    )
    assert len({line.split()[1] for line in text("Dockerfile").splitlines() if line.startswith("FROM ")}) == 1


def test_docker_is_told_to_bound_each_log() -> None:
    compose = text("compose.yaml")
    services = compose[compose.index("\nservices:") : compose.index("\nvolumes:")]
    assert services.count("logging: *log") == len(re.findall(r"^  \w+:$", services, re.MULTILINE)) == 2
    assert re.search(r"max-size: \d+m", compose)


def test_the_image_alone_is_run_as_compose_runs_it() -> None:
    told = text("docs/operations.md")
    (command,) = re.findall(r"^docker run --detach (.+?[^\\])$", told, re.MULTILINE | re.DOTALL)
    compose = text("compose.yaml")
    (grace, _) = re.findall(r"stop_grace_period: (\d+)s", compose)
    assert "init: true" in compose, "process 1 does not hear SIGTERM while it starts"
    (memory,) = re.findall(r"mem_limit: (\w+)", compose)
    (size,) = re.findall(r"max-size: (\w+)", compose)
    for option in (
        f"--stop-timeout {grace} ",
        f"--memory {memory} ",
        f"--log-opt max-size={size} ",
        "--restart unless-stopped ",
        "--init ",
        "--read-only --tmpfs /tmp ",
    ):
        assert option in command, option


def test_compose_waits_for_a_database_that_answers() -> None:
    compose = text("compose.yaml")
    assert "condition: service_healthy" in compose
    # while a new database is made, PostgreSQL's image answers on its socket, and not to the bot
    assert re.search(r"test: .*pg_isready --host=127\.0\.0\.1 ", compose)
    # the bot reaches it under the name and account that it is made with
    (user, host, name) = re.findall(r"postgresql://(\w+):\$\{[^}]+\}@(\w+)/(\w+)", compose)[0]
    assert re.search(rf"^  {host}:$", compose, re.MULTILINE)
    assert f"POSTGRES_USER: {user}" in compose
    assert f"POSTGRES_DB: {name}" in compose
