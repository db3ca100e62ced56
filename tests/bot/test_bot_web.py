"""The HTTP port: what the webhook takes and refuses, health, readiness, metrics."""

from __future__ import annotations

import asyncio
import json
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Any

import httpx
import pytest
from telegram import Bot

from bot.web.readiness import Backlog, Duty, Limits, reasons_against
from bot.web.server import MOST_BODY_BYTES, SECRET_HEADER, Standing, open_server
from bot.web.webhook import Taken, UpdateDoor, WaitingUpdates
from briefing.errors import SettingsError
from briefing.model import Feed, Part
from briefing.pipeline.observing import Event

SECRET = "hook-secret-0123456789"
PATH = "/hook.(a)+"
HEADERS = {SECRET_HEADER: SECRET}


def update(number: int, text: str = "/help") -> dict[str, Any]:
    chat = {"id": 77, "type": "private", "first_name": "가"}
    return {
        "update_id": number,
        "message": {"message_id": number, "date": 1_700_000_000, "chat": chat, "text": text},
    }


@pytest.fixture
def standing(clock) -> Standing:
    return Standing(clock)


@pytest.fixture
def queue() -> WaitingUpdates:
    return WaitingUpdates()


@pytest.fixture
async def client(standing: Standing, queue: WaitingUpdates) -> AsyncIterator[httpx.AsyncClient]:
    standing.door = UpdateDoor(Bot("1:x"), queue, remembered=3, most_waiting=2)
    async with (
        open_server(standing, "127.0.0.1", 0, webhook=(PATH, SECRET)) as port,
        httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}", timeout=10) as opened,
    ):
        yield opened


def counted(standing: Standing, name: str) -> float:
    text = standing.metrics.exposition("text/plain")[0].decode()
    (line,) = [line for line in text.splitlines() if line.startswith(f"{name} ")]
    return float(line.rsplit(" ", 1)[1])


# ------------------------------------------------------------------ webhook


async def test_an_update_is_taken_once_however_often_it_comes(client, queue, standing) -> None:
    for _ in range(3):
        answer = await client.post(PATH, json=update(5), headers=HEADERS)
        assert answer.status_code == 200
    assert queue.qsize() == 1
    taken = await queue.get()
    assert taken.update_id == 5
    assert taken.message.text == "/help"
    assert counted(standing, 'execbrief_webhook_requests_total{outcome="accepted"}') == 1
    assert counted(standing, 'execbrief_webhook_requests_total{outcome="repeated"}') == 2


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {SECRET_HEADER: ""},
        {SECRET_HEADER: SECRET[:-1]},
        {SECRET_HEADER: SECRET + "x"},
        {SECRET_HEADER: SECRET.upper()},
        {SECRET_HEADER: "é".encode("latin-1")},
        {"Authorization": SECRET},
    ],
)
@pytest.mark.parametrize("method", ["POST", "GET"])
async def test_without_the_secret_nothing_is_done(client, queue, standing, headers, method) -> None:
    answer = await client.request(method, PATH, content=json.dumps(update(5)), headers=headers)
    assert answer.status_code == 403
    assert answer.headers["Connection"] == "close"
    assert SECRET not in answer.text
    assert queue.qsize() == 0
    assert counted(standing, 'execbrief_webhook_requests_total{outcome="refused"}') == 1


@asynccontextmanager
async def connected(
    client: httpx.AsyncClient,
) -> AsyncIterator[tuple[asyncio.StreamReader, asyncio.StreamWriter]]:
    reader, writer = await asyncio.open_connection("127.0.0.1", client.base_url.port)
    try:
        yield reader, writer
    finally:
        writer.close()


@pytest.mark.parametrize(
    ("secret", "length", "status"),
    [("wrong", 100, b"403"), (SECRET, MOST_BODY_BYTES + 1, b"413"), (SECRET, 10**30, b"413")],
)
async def test_turned_away_before_the_body_has_come(client, secret, length, status) -> None:
    async with connected(client) as (reader, writer), asyncio.timeout(5):
        writer.write(
            f"POST {PATH} HTTP/1.1\r\nHost: x\r\n{SECRET_HEADER}: {secret}\r\n"
            f"Content-Length: {length}\r\n\r\n".encode()
        )
        assert (await reader.readline()).split()[1] == status
        # nobody who asks next may take this connection for one that stays
        assert b"Connection: close" in await reader.read()


async def test_a_body_without_a_length_is_capped_too(client, queue) -> None:
    async def endless() -> AsyncIterator[bytes]:
        for _ in range(40):
            yield b" " * 65536

    try:
        answer = await client.post(PATH, content=endless(), headers=HEADERS)
    except httpx.HTTPError:
        pass  # closed while it was still sending
    else:
        assert answer.status_code == 400
    assert queue.qsize() == 0
    assert (await client.post(PATH, json=update(1), headers=HEADERS)).status_code == 200


@pytest.mark.parametrize(
    "body",
    [b"", b"{", b"[]", b"7", b'"x"', b"null", b"{}", b'{"update_id": "5"}', b"\xff\xfe", b"[" * 100_000],
)
async def test_what_is_no_update_is_refused(client, queue, body) -> None:
    answer = await client.post(PATH, content=body, headers=HEADERS)
    assert answer.status_code == 400
    assert queue.qsize() == 0


async def test_an_update_nobody_can_read_does_not_come_again_for_ever(client, queue, caplog) -> None:
    answer = await client.post(PATH, json={"update_id": 6, "message": {"chat": 3}}, headers=HEADERS)
    assert answer.status_code == 200
    assert queue.qsize() == 0
    assert "update 6 cannot be read" in caplog.text


async def test_telegram_is_told_to_come_again_when_too_much_waits(client, queue) -> None:
    statuses = [(await client.post(PATH, json=update(n), headers=HEADERS)).status_code for n in (1, 2, 3)]
    assert statuses == [200, 200, 503]
    # taken out, but not answered yet
    await queue.get()
    assert (await client.post(PATH, json=update(3), headers=HEADERS)).status_code == 503
    queue.task_done()
    assert (await client.post(PATH, json=update(3), headers=HEADERS)).status_code == 200


async def test_nobody_there_to_answer_is_no_loss(client, standing) -> None:
    standing.door = None
    assert (await client.post(PATH, json=update(1), headers=HEADERS)).status_code == 503


def test_ids_are_forgotten_in_their_order() -> None:
    door = UpdateDoor(Bot("1:x"), WaitingUpdates(), remembered=2)
    took = [door.take(json.dumps(update(number)).encode()) for number in (1, 2, 1, 3, 1)]
    assert took == [Taken.ACCEPTED, Taken.ACCEPTED, Taken.REPEATED, Taken.ACCEPTED, Taken.ACCEPTED]


@pytest.mark.parametrize("path", ["/", "/hook", "/hook.(a)+/", "/hookx(a)(a)", "/favicon.ico", "/metrics/x"])
async def test_other_paths_are_not_there(client, path, caplog) -> None:
    answer = await client.post(path, json=update(1), headers=HEADERS)
    assert (answer.status_code, answer.json()) == (404, {"error": "Not Found"})
    assert "tornado" not in str(answer.headers).lower()
    assert caplog.text == "", "anybody may ask for nonsense, and fills no disk with it"


async def test_other_methods_are_not_there(client) -> None:
    assert (await client.get(PATH, headers=HEADERS)).status_code == 405
    assert (await client.post("/healthz")).status_code == 405


async def test_without_a_webhook_there_is_no_way_in(standing) -> None:
    async with open_server(standing, "127.0.0.1", 0) as port, httpx.AsyncClient() as client:
        answer = await client.post(f"http://127.0.0.1:{port}/hook", json=update(1), headers=HEADERS)
        assert answer.status_code == 404
        assert (await client.get(f"http://127.0.0.1:{port}/healthz")).status_code == 200


async def test_a_port_that_is_taken_is_one_line(standing) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(SettingsError, match=f"port {port} on 127.0.0.1 cannot be opened"):
            async with open_server(standing, "127.0.0.1", port):
                pass


# ------------------------------------------------------------------ health and readiness


async def test_health_says_what_the_process_is_there_for(client, standing) -> None:
    answer = await client.get("/healthz")
    assert answer.status_code == 200
    assert answer.json()["alive"] is True
    assert answer.json()["duty"] == "starting"


async def ready(client: httpx.AsyncClient) -> tuple[int, dict[str, Any]]:
    answer = await client.get("/readyz")
    return answer.status_code, answer.json()


async def test_ready_is_who_leads_and_is_not_behind(client, standing, store, clock) -> None:
    status, told = await ready(client)
    assert (status, told["reasons"]) == (503, {"duty": "starting", "database": "not open yet"})
    standing.duty = Duty.STANDBY
    assert (await ready(client))[1]["reasons"] == {"duty": "standby"}
    standing.duty, standing.store = Duty.LEADING, store
    status, told = await ready(client)
    assert (status, told["ready"], told["reasons"]) == (200, True, {})
    await store.news.add_feeds([Feed("https://a.example/rss", outlet="가람일보")], clock())
    await store.outbox.write_edition("one", 7, (Part("waits"),), clock())
    clock.advance(minutes=15)
    assert (await ready(client))[0] == 200
    clock.advance(seconds=1)
    status, told = await ready(client)
    assert status == 503
    assert told["poll_lag_seconds"] == told["outbox_age_seconds"] == 901
    assert sorted(told["reasons"]) == ["outbox_age", "poll_lag"]


async def test_a_database_that_is_away_is_told_without_its_address(client, standing, tmp_path) -> None:
    from briefing.store import open_store

    file = tmp_path / "gone.sqlite3"
    async with open_store(f"sqlite:///{file}") as store:
        standing.duty, standing.store = Duty.LEADING, store
        assert (await ready(client))[0] == 200
        # its connections are opened again on need, and find whatever has become of the file
        await store.close()
        file.write_bytes(b"no database" * 1000)
        status, told = await ready(client)
        assert (status, told["reasons"]) == (503, {"database": "does not answer"})
        assert "gone" not in str(told)
        assert (await client.get("/healthz")).status_code == 200, "alive all the same"
        assert "execbrief_database_up 0.0" in (await client.get("/metrics")).text


@pytest.mark.parametrize(
    ("behind", "named"),
    [
        (Backlog(timedelta(minutes=15), timedelta(days=9), timedelta(minutes=15)), []),
        (Backlog(poll=timedelta(minutes=16)), ["poll_lag"]),
        (Backlog(outbox=timedelta(minutes=16)), ["outbox_age"]),
    ],
)
def test_limits(behind: Backlog, named: list[str]) -> None:
    assert list(reasons_against(Duty.LEADING, behind, Limits())) == named
    assert list(reasons_against(Duty.STANDBY, behind, Limits())) == ["duty"]


# ------------------------------------------------------------------ metrics


async def test_metrics_are_what_prometheus_reads(client, standing, store, clock) -> None:
    from prometheus_client.parser import text_string_to_metric_families

    standing.duty, standing.store = Duty.LEADING, store
    await store.outbox.write_edition("one", 7, (Part("waits"),), clock())
    clock.advance(seconds=42)
    standing.metrics.observe(Event.POLLS, "failed", 2)
    standing.metrics.observe(Event.FACTS, "move", 3)
    standing.metrics.update_handled(0.03)
    answer = await client.get("/metrics", headers={"Accept": "text/plain"})
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("text/plain; version=")
    found = {
        (sample.name, *sample.labels.values()): sample.value
        for family in text_string_to_metric_families(answer.text)
        for sample in family.samples
    }
    assert found["execbrief_polls_total", "failed"] == 2
    assert found["execbrief_polls_total", "new"] == 0, "there from the start, so that rates are right"
    assert found["execbrief_facts_total", "move"] == 3
    assert found["execbrief_outbox_age_seconds",] == 42
    assert found["execbrief_outbox_messages", "due"] == 1
    assert found["execbrief_update_handling_seconds_count",] == 1
    assert found["execbrief_update_handling_seconds_bucket", "0.025"] == 0
    assert found["execbrief_leader",] == 1
    assert found["process_resident_memory_bytes",] > 0
    assert not [name for name, *_ in found if name.endswith("_created")]
    ours = {name for name, *_ in found if not name.startswith(("process_", "python_"))}
    assert all(name.startswith("execbrief_") for name in ours)


async def test_nothing_unforeseen_becomes_a_label(standing) -> None:
    with pytest.raises(KeyError):
        standing.metrics.observe(Event.POLLS, "https://a.example/rss", 1)


async def test_log_lines_are_counted_by_level(standing) -> None:
    import logging

    log = logging.getLogger("test.counting")
    log.addHandler(standing.metrics.log_handler)
    log.propagate = False
    try:
        log.warning("a")
        log.error("b")
        log.error("c")
        log.info("d")
    finally:
        log.removeHandler(standing.metrics.log_handler)
    assert counted(standing, 'execbrief_log_messages_total{level="WARNING"}') == 1
    assert counted(standing, 'execbrief_log_messages_total{level="ERROR"}') == 2
