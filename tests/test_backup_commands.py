"""`execbrief backup`, `restore` and `doctor` as operators use them."""

from __future__ import annotations

import asyncio
import sqlite3
import sys
from contextlib import closing
from pathlib import Path

import pytest

from briefing.model import Part
from briefing.store import open_store
from briefing.store.turns import Turn, hold
from tests.botapi import TOKEN, BotApi
from tests.store.making import NOW
from tests.store.reading_child import A_ROUND, ROUNDS
from tests.test_command_line import execbrief

ROOT = Path(__file__).parent.parent


def asked(folder: Path, *args: str, **settings: str):
    env = {"EXECBRIEF_DATABASE_URL": "sqlite:///news.sqlite3"}
    env |= {f"EXECBRIEF_{name.upper()}": value for name, value in settings.items()}
    return execbrief(*args, cwd=folder, env=env)


def matching(folder: Path, pattern: str) -> list[Path]:
    return list(folder.glob(pattern))


def articles_in(file: Path) -> int:
    with closing(sqlite3.connect(file)) as connection:
        return int(connection.execute("SELECT count(*) FROM articles").fetchone()[0])


def test_a_damaged_database_is_told_once_with_its_remedy(tmp_path: Path) -> None:
    made = asked(tmp_path, "migrate")
    assert made.returncode == 0, made.stderr
    file = tmp_path / "news.sqlite3"
    data = bytearray(file.read_bytes())
    data[100 : len(data)] = b"\xff" * (len(data) - 100)
    file.write_bytes(data)
    for args in (("migrate",), ("brief", "LG전자"), ("poll",)):
        done = asked(tmp_path, *args)
        assert (done.returncode, done.stdout) == (2, "")
        assert "malformed; put a backup in its place: execbrief restore BACKUP" in done.stderr
    done = asked(tmp_path, "backup", "x.sqlite3")
    assert done.returncode == 2
    assert done.stderr.startswith("execbrief: news.sqlite3 is damaged: ")
    assert "execbrief restore BACKUP" in done.stderr
    assert "x.sqlite3" not in done.stderr
    assert not matching(tmp_path, "x.*")
    list_of_one = "[[feed]]\nurl = 'http://127.0.0.1:9/'\noutlet = 'x'\n"
    (tmp_path / "feeds.toml").write_text(list_of_one, encoding="utf-8")
    told = asked(tmp_path, "doctor", feeds_file="feeds.toml").stdout
    assert told.count("malformed") == 1
    assert "-    polls: not looked at, see database" in told


async def test_backup_and_restore_with_a_writer_at_work(tmp_path: Path) -> None:
    database = tmp_path / "news.sqlite3"
    writer = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "tests.store.reading_child", f"sqlite:///{database}"),
        cwd=ROOT,
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.PIPE,
    )
    assert writer.stdout is not None
    try:
        while not (await writer.stdout.readline()).startswith(b"read"):
            pass
        done = await asyncio.to_thread(asked, tmp_path, "backup", "copy")
        assert done.returncode == 0, done.stderr
        assert "schema" in done.stdout
        held = articles_in(tmp_path / "copy")
        refused = await asyncio.to_thread(asked, tmp_path, "backup", "copy")
        assert (refused.returncode, refused.stdout) == (2, "")
        assert "copy is there already; nothing is overwritten" in refused.stderr
        said = (await writer.stdout.read()).decode()
    finally:
        if writer.returncode is None:
            writer.kill()
        await writer.wait()
    assert said.endswith("done\n"), "the writer went on to its end"
    total = ROUNDS * A_ROUND
    assert 1 <= held <= total
    assert articles_in(database) == total
    async with open_store(f"sqlite:///{database}") as store:
        await store.counts()
        in_use = await asyncio.to_thread(asked, tmp_path, "restore", "copy")
        assert in_use.returncode == 2
        assert "is in use" in in_use.stderr
    assert articles_in(database) == total
    done = await asyncio.to_thread(asked, tmp_path, "restore", "copy")
    assert done.returncode == 0, done.stderr
    assert articles_in(database) == held
    (replaced,) = matching(tmp_path, "news.sqlite3-replaced-*Z")
    assert articles_in(replaced) == total, "what was there before is kept"
    assert str(replaced.name) in done.stdout
    assert not matching(tmp_path, "*restoring*")
    assert articles_in(tmp_path / "copy") == held, "and so is the copy"


@pytest.fixture
async def copy(tmp_path: Path) -> Path:
    database = tmp_path / "news.sqlite3"
    async with open_store(f"sqlite:///{database}") as store:
        await store.outbox.write_edition("one", 7, (Part("waits"),), NOW)
    done = await asyncio.to_thread(asked, tmp_path, "backup", "copy")
    assert done.returncode == 0, done.stderr
    return tmp_path / "copy"


@pytest.mark.parametrize("turn", [Turn.RUN, Turn.POLL])
async def test_restore_waits_for_no_running_bot(copy: Path, tmp_path: Path, turn: Turn) -> None:
    async with hold(f"sqlite:///{tmp_path / 'news.sqlite3'}", turn):
        done = await asyncio.to_thread(asked, tmp_path, "restore", "copy")
    assert done.returncode == 2
    assert f"`execbrief {turn.name.lower()}` uses news.sqlite3; stop it first" in done.stderr


async def test_what_waited_in_the_copy_is_not_sent_again(copy: Path, tmp_path: Path) -> None:
    (tmp_path / "news.sqlite3").unlink()
    done = await asyncio.to_thread(asked, tmp_path, "restore", "copy")
    assert done.returncode == 0, done.stderr
    assert "1 message waited then and may have been sent since" in done.stdout
    assert "what was there before" not in done.stdout
    async with open_store(f"sqlite:///{tmp_path / 'news.sqlite3'}") as store:
        assert (await store.counts()).outbox == {"unknown": 1}


async def test_a_newer_or_damaged_copy_changes_nothing(copy: Path, tmp_path: Path) -> None:
    before = (tmp_path / "news.sqlite3").read_bytes()
    with closing(sqlite3.connect(copy)) as connection:
        connection.execute("UPDATE execbrief_version SET version_num = '9999'")
        connection.commit()
    done = await asyncio.to_thread(asked, tmp_path, "restore", "copy")
    assert done.returncode == 2
    assert "newer than this program" in done.stderr
    (tmp_path / "rubbish").write_bytes(b"rubbish" * 5000)
    done = await asyncio.to_thread(asked, tmp_path, "restore", "rubbish")
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    assert (tmp_path / "news.sqlite3").read_bytes() == before
    assert not matching(tmp_path, "*restoring*")


@pytest.mark.parametrize(("command", "tool"), [("backup", "pg_dump"), ("restore", "pg_restore")])
def test_postgresql_has_its_own_tools(tmp_path: Path, command: str, tool: str) -> None:
    done = asked(tmp_path, command, "copy", database_url="postgresql://nobody:geheim@127.0.0.1:1/none")
    assert done.returncode == 2
    assert tool in done.stderr
    assert "geheim" not in done.stderr


# ------------------------------------------------------------------ doctor


def lines(stdout: str) -> dict[str, str]:
    """What doctor says, by what was looked at: "ok …" or "FAIL …"."""
    told: dict[str, str] = {}
    for line in stdout.splitlines():
        verdict, _, rest = line.partition(" ")
        name, _, text = rest.strip().partition(":")
        told[name] = f"{verdict} {text.strip()}"
    return told


async def examined(tmp_path: Path, api: BotApi, **settings: str) -> dict[str, str]:
    feeds = tmp_path / "feeds.toml"
    feeds.write_text('[[feed]]\nurl = "http://127.0.0.1:9/rss"\noutlet = "가람일보"\n', encoding="utf-8")
    given = {"telegram_token": TOKEN, "telegram_api_url": api.url, "feeds_file": str(feeds), **settings}
    done = await asyncio.to_thread(lambda: asked(tmp_path, "doctor", **given))
    assert "Traceback" not in done.stderr
    assert TOKEN not in done.stdout
    return lines(done.stdout)


HOOK = {"webhook_url": "http://127.0.0.1:1/hook", "webhook_secret": "s" * 16}


async def test_doctor_looks_at_port_updates_disk_schema_and_time_zones(tmp_path: Path, api: BotApi) -> None:
    from tests.bot.running import free_port

    port = str(free_port())
    told = await examined(tmp_path, api, http_port=port)
    assert told["updates"] == "ok long polling, 0 updates waiting"
    assert told["port"] == f"ok 127.0.0.1:{port} is free"
    assert "MB free in" in told["disk"]
    assert "schema none, now " in told["database"]
    assert told["time zones"].startswith("ok package tzdata 20")


async def test_doctor_tells_a_webhook_that_does_not_work(tmp_path: Path, api: BotApi) -> None:
    server = await asyncio.start_server(lambda _r, w: w.close(), "127.0.0.1", 0)
    port = str(server.sockets[0].getsockname()[1])
    api.hook.url = "http://127.0.0.1:1/hook"
    # nobody is there to take it
    api.hook.last_error = (int(NOW.timestamp()) + 10**9, "Connection refused")
    told = await examined(tmp_path, api, http_port=port, **HOOK)
    assert told["port"].startswith(f"FAIL 127.0.0.1:{port} cannot be opened: Address already in use")
    assert told["updates"].startswith("FAIL Telegram could not deliver at ")
    assert told["updates"].endswith("Connection refused")
    assert "schema none" in told["database"]
    server.close()
    api.hook.url, api.hook.last_error = "http://127.0.0.1:1/other", None
    told = await examined(tmp_path, api, http_port=port, **HOOK)
    assert told["updates"].startswith("FAIL Telegram delivers elsewhere")
    assert "now" not in told["database"], "nothing was to be migrated the second time"


@pytest.mark.parametrize(
    ("wrong", "looked_at", "said"),
    [
        ({"telegram_api_url": "http://127.0.0.1:9"}, "clock", "- not looked at, see token"),
        ({"telegram_token": "abc"}, "updates", "- not looked at, see token"),
        # which the token does not hinder
        ({"telegram_token": "abc"}, "clock", ("ok ", "FAIL no time")),
    ],
)
async def test_doctor_does_not_say_the_same_twice(
    tmp_path: Path, api: BotApi, wrong: dict[str, str], looked_at: str, said: str | tuple[str, ...]
) -> None:
    told = await examined(tmp_path, api, **wrong)
    assert told["token"].startswith("FAIL ")
    assert told[looked_at].startswith(said)


NAMES = '[[feed]]\nurl = "https://{n}.invalid/rss"\noutlet = "가람일보"\n'


async def test_doctor_tells_once_that_there_is_no_network(tmp_path: Path, api: BotApi) -> None:
    feeds = tmp_path / "nowhere.toml"
    feeds.write_text(NAMES.format(n="a") + NAMES.format(n="b"), encoding="utf-8")
    offline = {"feeds_file": str(feeds), "telegram_api_url": "https://telegram.invalid"}
    told = await examined(tmp_path, api, **offline)
    failed = {name: line for name, line in told.items() if line.startswith("FAIL ")}
    assert failed == {
        "network": "FAIL no host name can be looked up (telegram.invalid, a.invalid, b.invalid): "
        "no network, or no DNS"
    }
    for name in ("token", "updates", "feeds", "polls", "sources", "clock"):
        assert told[name].endswith("not looked at, see network")
    # what needs no network is looked at all the same
    assert {told[name][:3] for name in ("database", "disk", "data", "port", "time zones")} == {"ok "}


async def test_doctor_looks_on_where_some_host_name_is_found(tmp_path: Path, api: BotApi) -> None:
    feeds = tmp_path / "gone.toml"
    feeds.write_text(NAMES.format(n="gone"), encoding="utf-8")
    named = api.url.replace("127.0.0.1", "localhost")
    told = await examined(tmp_path, api, feeds_file=str(feeds), telegram_api_url=named)
    assert told["network"] == "ok 1 of 2 host names found"
    assert told["token"].startswith("ok @")
    assert "gone.invalid cannot be resolved" in told["feeds"]


async def test_doctor_tells_what_is_wrong_with_several_feeds_once(tmp_path: Path, api: BotApi) -> None:
    feeds = tmp_path / "two.toml"
    each = '[[feed]]\nurl = "http://127.0.0.1:9/{n}"\noutlet = "가람일보"\n'
    feeds.write_text(each.format(n=1) + each.format(n=2), encoding="utf-8")
    told = (await examined(tmp_path, api, feeds_file=str(feeds)))["feeds"]
    assert told.startswith("FAIL 2 of 2 asked failed: ")
    assert told.count("loopback address") == 1


async def test_doctor_knows_a_running_bot_on_its_port(tmp_path: Path, api: BotApi, clock) -> None:
    from bot.web.server import Standing, open_server

    async with open_server(Standing(clock), "127.0.0.1", 0) as port:
        told = await examined(tmp_path, api, http_port=str(port))
    assert told["port"] == f"ok 127.0.0.1:{port} serves a running execbrief"
