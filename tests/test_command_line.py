"""The command line as people and scripts use it: real processes, real files."""

from __future__ import annotations

import asyncio
import io
import json
import os
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import click
import pytest
from rich.console import Console

from bot.cli.frame import print_rows
from bot.cli.news import parse_since
from briefing.extract.jsonl import BadLine, parse_line
from briefing.store.turns import Turn, hold

TOKEN = "123456789:AAbbCCddEEffGGhhIIjjKKllMMnnOOppQQr"


def execbrief(
    *args: str, cwd: Path, stdin: str | bytes | None = None, env: dict[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """Run the command in an empty environment, warnings as errors."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith("EXECBRIEF_")}
    clean |= {"PYTHONWARNINGS": "error::ResourceWarning", "PYTHONIOENCODING": "utf-8", **(env or {})}
    # this checkout, whichever one is installed
    clean["PYTHONPATH"] = str(Path(__file__).parents[1])
    data = stdin.encode() if isinstance(stdin, str) else stdin
    done = subprocess.run(
        [sys.executable, "-m", "bot", *args],
        check=False,
        cwd=cwd,
        env=clean,
        input=data or b"",
        capture_output=True,
        timeout=120,
    )
    return subprocess.CompletedProcess(
        done.args, done.returncode, done.stdout.decode("utf-8"), done.stderr.decode("utf-8")
    )


def article(number: int, text: str, **more: object) -> str:
    return json.dumps(
        {"id": f"a{number}", "text": text, "published": "2026-03-12", **more}, ensure_ascii=False
    )


def test_extract_answers_every_good_line_and_names_the_bad_ones(tmp_path: Path) -> None:
    good = article(1, "다온화학은 12일 이사회를 열고 유서진 부사장을 대표이사에 선임했다.", title=None)
    lines = [good, "{not json", json.dumps({"id": "a3"}), '["a list"]', good.replace("a1", "a5")]
    done = execbrief("extract", "-", cwd=tmp_path, stdin="\n".join(lines) + "\n")
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    assert done.returncode == 1
    assert len(answers) == 5
    assert [answer["id"] for answer in answers] == ["a1", None, None, None, "a5"]
    assert [answer.get("line") for answer in answers] == [None, 2, 3, 4, None]
    assert all(answer["error"] for answer in answers[1:4])
    move = answers[0]["moves"][0]
    assert (move["person"], move["company"], move["kind"], move["status"]) == (
        "유서진",
        "다온화학",
        "appointed",
        "done",
    )
    assert move["evidence"].startswith("다온화학은 12일")
    assert set(answers[0]) == {"id", "relevant", "story", "people", "moves", "activities", "quotes"}
    assert answers[0]["story"] == answers[4]["story"], "the same article twice is one story"


def test_extract_survives_bytes_that_are_not_utf8(tmp_path: Path) -> None:
    good = article(1, "다온화학은 12일 유서진 부사장을 대표이사에 선임했다.").encode()
    done = execbrief(
        "extract", cwd=tmp_path, stdin=b'{"id": "x", "text": "\xb4\xeb\xc7\xa5"}\n' + good + b"\n"
    )
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    assert done.returncode == 1
    assert answers[0]["line"] == 1
    assert "UTF-8" in answers[0]["error"]
    assert answers[1]["id"] == "a1"


def test_extract_gives_each_id_back_as_it_came(tmp_path: Path) -> None:
    given = ['"id": 7, ', '"id": "7", ', "", '"id": null, ']
    lines = "\n".join(f'{{{one}"text": "기사"}}' for one in given)
    done = execbrief("extract", cwd=tmp_path, stdin=lines)
    assert [json.loads(line)["id"] for line in done.stdout.splitlines()] == [7, "7", None, None]


def test_extract_loses_nothing_to_a_number_or_day_out_of_all_bounds(tmp_path: Path) -> None:
    said = "도윤재 미루반도체 사장은 12월 1일자로 물러난다. 전날 서울에서 회의에 참석했다."
    lines = [
        json.dumps({"id": "first", "text": said}),
        '{"id": %s, "text": "가"}' % ("9" * 5000),
        *(json.dumps({"id": day, "text": said, "published": day}) for day in ("9999-12-31", "0002-01-01")),
    ]
    (tmp_path / "a.jsonl").write_text("\n".join(lines), encoding="utf-8")
    done = execbrief("extract", "a.jsonl", cwd=tmp_path)
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    assert [answer["id"] for answer in answers] == ["first", None, "9999-12-31", "0002-01-01"]
    assert "write a long id as a string" in answers[1]["error"]
    assert all(answer["moves"] for answer in answers if answer["id"])
    assert done.returncode == 1
    assert 'execbrief: 1 of 4 lines could not be read; see "error" in the output' in done.stderr


def test_extract_of_nothing_is_nothing(tmp_path: Path) -> None:
    done = execbrief("extract", cwd=tmp_path, stdin="")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_extract_knows_companies_of_a_register(tmp_path: Path) -> None:
    register = tmp_path / "register.csv"
    register.write_text(
        "code,name,market,industry,representatives,homepage,region\n"
        "999990,해솔,KOSDAQ,도매업,노지환,http://haesol.example,서울\n",
        encoding="utf-8",
    )
    line = article(1, "해솔은 12일 주주총회에서 노지환 대표이사를 재선임했다.")
    done = execbrief("extract", "--companies", str(register), cwd=tmp_path, stdin=line)
    assert done.returncode == 0
    assert json.loads(done.stdout)["moves"][0]["company"] == "해솔"


def test_a_broken_register_is_named_with_its_line(tmp_path: Path) -> None:
    register = tmp_path / "register.csv"
    register.write_text("code,name,market,representatives\n999990,,KOSDAQ,노지환\n", encoding="utf-8")
    done = execbrief("extract", "--companies", str(register), cwd=tmp_path, stdin="")
    assert done.returncode == 2
    assert f"{register}:2" in done.stderr
    assert "Traceback" not in done.stderr


def test_run_with_what_is_no_token_is_one_clear_line_and_exit_2(tmp_path: Path) -> None:
    # a port at which nobody answers: it is not asked
    env = {"EXECBRIEF_TELEGRAM_TOKEN": "abc", "EXECBRIEF_TELEGRAM_API_URL": "http://127.0.0.1:9"}
    done = execbrief("run", cwd=tmp_path, env=env)
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)
    assert "EXECBRIEF_TELEGRAM_TOKEN is no bot token" in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_run_without_a_token_is_one_clear_line_and_exit_2(tmp_path: Path) -> None:
    done = execbrief("run", cwd=tmp_path)
    assert done.returncode == 2
    assert len(done.stderr.strip().splitlines()) == 1
    assert "EXECBRIEF_TELEGRAM_TOKEN" in done.stderr


def test_a_setting_that_cannot_be_used_is_one_clear_line_and_exit_2(tmp_path: Path) -> None:
    done = execbrief("poll", cwd=tmp_path, env={"EXECBRIEF_DATABASE_URL": "mysql://user:secret@db/x"})
    assert done.returncode == 2
    assert "postgresql" in done.stderr
    assert "secret" not in done.stderr
    assert "Traceback" not in done.stderr


def test_a_mistyped_command_is_answered_with_the_nearest_one(tmp_path: Path) -> None:
    done = execbrief("breif", "LG전자", cwd=tmp_path)
    assert done.returncode == 2
    assert "No such command 'breif'. Did you mean 'brief'?" in done.stderr
    assert "Did you mean" not in execbrief("xylophone", cwd=tmp_path).stderr


def test_a_mistyped_setting_is_known_by_its_last_word(tmp_path: Path) -> None:
    done = execbrief("run", cwd=tmp_path, env={"EXECBRIEF_TOKN": "1:x"})
    assert done.returncode == 2
    assert "did you mean EXECBRIEF_TELEGRAM_TOKEN?" in done.stderr


def test_brief_says_which_commands_of_the_chat_it_answers(tmp_path: Path) -> None:
    assert "draws a picture" in execbrief("brief", "/trend LG전자", cwd=tmp_path).stderr
    assert "did you mean /calendar?" in execbrief("brief", "/calender LG전자", cwd=tmp_path).stderr


def test_brief_of_an_unknown_company_offers_near_names(tmp_path: Path) -> None:
    done = execbrief("brief", "엘지전저", cwd=tmp_path)
    assert done.returncode == 1
    assert "LG전자" in done.stderr


@pytest.mark.parametrize("form", ["text", "html", "md", "json"])
def test_brief_of_an_empty_database_says_so_in_every_format(form: str, tmp_path: Path) -> None:
    done = execbrief("brief", "066570", "--format", form, cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert "LG전자" in done.stdout
    if form == "json":
        assert json.loads(done.stdout)


def test_feeds_can_be_added_listed_exported_imported_and_removed(tmp_path: Path) -> None:
    url = "https://news.example/rss/industry.xml"
    assert execbrief("feeds", "add", url, "--outlet", "새결경제", cwd=tmp_path).returncode == 0
    assert "새결경제" in execbrief("feeds", "list", cwd=tmp_path).stdout
    opml = execbrief("feeds", "export", cwd=tmp_path).stdout
    assert url in opml
    (tmp_path / "feeds.opml").write_text(opml, encoding="utf-8")
    assert execbrief("feeds", "remove", url, cwd=tmp_path).returncode == 0
    assert execbrief("feeds", "remove", url, cwd=tmp_path).returncode == 1
    back = execbrief("feeds", "import", "feeds.opml", cwd=tmp_path)
    assert "1 added" in back.stdout


def rows(done: subprocess.CompletedProcess[str]) -> list[list[str]]:
    """Cells of the tab-separated lines below the heading."""
    assert done.returncode == 0, done.stderr
    return [line.split("\t") for line in done.stdout.splitlines()[1:]]


def feeds_file(folder: Path, *urls: str, outlet: str = "새결경제") -> dict[str, str]:
    text = "".join(f"[[feed]]\nurl = '{url}'\noutlet = '{outlet}'\n" for url in urls)
    (folder / "feeds.toml").write_text(text, encoding="utf-8")
    return {"EXECBRIEF_FEEDS_FILE": "feeds.toml"}


def addresses(folder: Path, env: dict[str, str] | None = None) -> list[str]:
    return [row[2] for row in rows(execbrief("feeds", "list", cwd=folder, env=env))]


def test_a_feeds_file_takes_the_place_of_the_built_in_list_but_not_of_added_feeds(tmp_path: Path) -> None:
    built_in = addresses(tmp_path)
    assert len(built_in) > 20
    assert execbrief("feeds", "add", "https://hand.example/rss", cwd=tmp_path).returncode == 0
    ours = feeds_file(tmp_path, "https://file.example/rss")
    assert set(addresses(tmp_path, ours)) == {"https://file.example/rss", "https://hand.example/rss"}
    exported = execbrief("feeds", "export", cwd=tmp_path, env=ours).stdout
    assert exported.count("xmlUrl") == 2
    assert set(addresses(tmp_path)) == {*built_in, "https://hand.example/rss"}


def test_a_built_in_feed_can_be_removed_from_a_fresh_database_and_stays_away(tmp_path: Path) -> None:
    (one, two, *_) = addresses(tmp_path)
    (tmp_path / "execbrief.sqlite3").unlink()
    done = execbrief("feeds", "remove", one, cwd=tmp_path)
    assert (done.returncode, done.stdout) == (0, "removed\n")
    left = addresses(tmp_path)
    assert one not in left
    assert two in left


def test_removing_a_feed_of_the_feeds_file_says_where_it_stands(tmp_path: Path) -> None:
    ours = feeds_file(tmp_path, "https://file.example/rss")
    done = execbrief("feeds", "remove", "https://file.example/rss", cwd=tmp_path, env=ours)
    assert (done.returncode, done.stdout) == (1, "")
    assert "https://file.example/rss stands in feeds.toml" in done.stderr
    assert addresses(tmp_path, ours) == ["https://file.example/rss"]


@pytest.mark.parametrize(
    "url", ["http://", "https:///x", "http://[::1", "http://h:99999/x", "ftp://h/x", "x"]
)
def test_what_is_no_address_is_not_added(url: str, tmp_path: Path) -> None:
    done = execbrief("feeds", "add", url, cwd=tmp_path)
    assert done.returncode == 2
    assert "https://…" in done.stderr
    assert "Traceback" not in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_feed_that_would_not_be_fetched_is_refused_with_the_setting(tmp_path: Path) -> None:
    args = ("feeds", "add", "http://127.0.0.1:9/rss")
    done = execbrief(*args, cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert "EXECBRIEF_ALLOW_PRIVATE_NETWORK=true" in done.stderr
    allowed = execbrief(*args, cwd=tmp_path, env={"EXECBRIEF_ALLOW_PRIVATE_NETWORK": "true"})
    assert allowed.returncode == 0, allowed.stderr


def test_import_names_what_it_leaves_out(tmp_path: Path) -> None:
    (tmp_path / "mix.opml").write_text(
        '<opml version="2.0"><body>\n<outline text="group"/>\n<outline xmlUrl="https://d.example/rss"/>\n'
        '<outline xmlUrl="ftp://user:word@f.example/rss"/></body></opml>',
        encoding="utf-8",
    )
    done = execbrief("feeds", "import", "mix.opml", cwd=tmp_path)
    assert done.returncode == 0
    told = "execbrief: mix.opml:4: left out: ftp://f.example/rss is no http or https address\n"
    assert done.stderr == told


def test_feeds_in_place_of_feed_is_answered_with_the_right_name(tmp_path: Path) -> None:
    text = "[[feeds]]\nurl = 'https://d.example/rss'\noutlet = '도담일보'\n"
    (tmp_path / "feeds.toml").write_text(text, encoding="utf-8")
    done = execbrief("feeds", "import", "feeds.toml", cwd=tmp_path)
    assert done.returncode == 2
    assert "did you mean [[feed]]" in done.stderr


def test_passwords_in_addresses_are_shown_by_export_only(tmp_path: Path) -> None:
    ours = feeds_file(tmp_path, "https://file.example/rss")
    shown, secret = "https://news.example/rss", "https://kim:geheim@news.example/rss"
    execbrief("feeds", "add", secret, cwd=tmp_path, env=ours)
    listed = execbrief("feeds", "list", cwd=tmp_path, env=ours)
    assert "geheim" not in listed.stdout
    assert shown in addresses(tmp_path, ours)
    exported = execbrief("feeds", "export", cwd=tmp_path, env=ours)
    assert secret in exported.stdout
    assert "1 of the exported addresses" in exported.stderr
    assert "geheim" not in exported.stderr
    # removed by the address that the list shows
    assert execbrief("feeds", "remove", shown, cwd=tmp_path, env=ours).stdout == "removed\n"
    assert execbrief("feeds", "export", cwd=tmp_path, env=ours).stderr == ""


def test_lists_keep_brackets_and_long_addresses_in_a_pipe(tmp_path: Path) -> None:
    url = "https://news.example/" + "rss/" * 100
    ours = feeds_file(tmp_path, url, outlet="[/x] [bold]신문")
    (row,) = rows(execbrief("feeds", "list", cwd=tmp_path, env=ours))
    assert row[0] == "[/x] [bold]신문"
    assert row[2] == url


def test_lists_print_no_control_characters(tmp_path: Path) -> None:
    execbrief("feeds", "add", "https://a.example/x", "--outlet", "가\x1b[2J\t나", cwd=tmp_path)
    listed = execbrief("feeds", "list", cwd=tmp_path).stdout
    assert "\x1b" not in listed
    assert "가 [2J 나\t" in listed


def test_failing_feeds_with_brackets_are_told(tmp_path: Path) -> None:
    ours = feeds_file(tmp_path, "http://127.0.0.1:9/rss", outlet="[/x] 신문")
    done = execbrief("poll", cwd=tmp_path, env=ours)
    assert done.returncode == 1
    assert "[/x] 신문" in done.stderr
    assert "Traceback" not in done.stderr


def test_companies_with_brackets_are_listed(tmp_path: Path) -> None:
    register = tmp_path / "register.csv"
    register.write_text("code,name,market,representatives\n999990,[/x]해솔,KOSDAQ,노지환\n", encoding="utf-8")
    assert execbrief("companies", "import", "register.csv", cwd=tmp_path).returncode == 0
    (row,) = rows(execbrief("companies", "list", "999990", cwd=tmp_path))
    assert row[:2] == ["999990", "[/x]해솔"]


def test_a_table_on_a_terminal_keeps_brackets_and_whole_addresses() -> None:
    screen = Console(file=io.StringIO(), force_terminal=True, width=40, color_system=None)
    url = "https://news.example/" + "r" * 60
    print_rows(("outlet", "address"), [("[/x] 신문", url)], title="feeds", to=screen)
    assert isinstance(screen.file, io.StringIO)
    text = screen.file.getvalue()
    assert "[/x]" in text
    assert text.count("r") >= 60
    assert "…" not in text


SEOUL = ZoneInfo("Asia/Seoul")
# 01:30 on the 24th in Seoul, still the 23rd in UTC
NIGHT = datetime(2026, 11, 23, 16, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("asked", "start"),
    [
        ("2026-11-24", "2026-11-24T00:00+09:00"),
        ("2026-11-20", "2026-11-20T00:00+09:00"),
        ("2026-11-23T18:00", "2026-11-23T18:00+09:00"),
        ("2026-11-23T09:00+00:00", "2026-11-23T18:00+09:00"),
        ("24h", "2026-11-23T01:30+09:00"),
        ("36시간", "2026-11-22T13:30+09:00"),
        ("7d", "2026-11-18T00:00+09:00"),
        ("2w", "2026-11-11T00:00+09:00"),
        ("30", "2026-10-26T00:00+09:00"),
    ],
)
def test_since_is_read_in_the_operators_zone(asked: str, start: str) -> None:
    period = parse_since(asked, NIGHT, SEOUL)
    assert period.since == datetime.fromisoformat(start)
    assert period.until == NIGHT + timedelta(seconds=1)


@pytest.mark.parametrize(
    "asked", ["2026-11-25", "2026-11-24T02:00", "0d", "yesterday", "", "0001-01-01", "-3d"]
)
def test_since_that_does_not_look_back_is_refused(asked: str) -> None:
    with pytest.raises(click.BadParameter):
        parse_since(asked, NIGHT, SEOUL)


def test_brief_takes_a_date(tmp_path: Path) -> None:
    done = execbrief("brief", "066570", "--since", "2026-03-01", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")


def test_poll_reports_feeds_that_fail_and_exits_1(tmp_path: Path) -> None:
    # port 9 (discard) of loopback: refused, because private addresses are off
    (tmp_path / "feeds.toml").write_text(
        '[[feed]]\nurl = "http://127.0.0.1:9/rss"\noutlet = "새결경제"\n', encoding="utf-8"
    )
    done = execbrief("poll", cwd=tmp_path, env={"EXECBRIEF_FEEDS_FILE": "feeds.toml"})
    assert done.returncode == 1
    assert "새결경제" in done.stderr
    assert "0 new entries" in done.stdout


def test_poll_tells_how_many_failed_feeds_wait_for_their_next_try(tmp_path: Path) -> None:
    env = feeds_file(tmp_path, "http://127.0.0.1:9/a", "http://127.0.0.1:9/b")
    assert "not asked" not in execbrief("poll", cwd=tmp_path, env=env).stderr
    again = execbrief("poll", cwd=tmp_path, env=env)
    assert "2 feeds that failed before not asked: next tries from" in again.stderr
    assert "execbrief poll --all" in again.stderr


def test_explain_shows_facts_evidence_and_resolution(tmp_path: Path) -> None:
    page = tmp_path / "article.txt"
    page.write_text(
        "도윤재 미루반도체 사장이 19일 베트남 하이퐁 공장을 찾았다.\n도 사장은 “투자를 늦추지 않겠다”고 강조했다.\n",
        encoding="utf-8",
    )
    done = execbrief("explain", str(page), "--published", "2026-05-20", cwd=tmp_path)
    assert done.returncode == 0
    assert "도윤재 | 미루반도체" in done.stdout
    assert "“도 사장” = 도윤재" in done.stdout
    assert "2026-05-19" in done.stdout


def test_explain_says_that_it_shows_the_first_of_several(tmp_path: Path) -> None:
    text = "다온화학은 12일 유서진 부사장을 대표이사에 선임했다."
    lines = "\n".join(article(number, text) for number in (1, 2, 3))
    (tmp_path / "g.jsonl").write_text(lines, encoding="utf-8")
    done = execbrief("explain", "g.jsonl", cwd=tmp_path)
    assert done.returncode == 0
    assert "the first of 3 lines; for the others: execbrief extract g.jsonl" in done.stderr
    (tmp_path / "g.jsonl").write_text(article(1, text), encoding="utf-8")
    assert execbrief("explain", "g.jsonl", cwd=tmp_path).stderr == ""


def test_explain_of_a_missing_file_says_what_to_give(tmp_path: Path) -> None:
    done = execbrief("explain", "nowhere.txt", cwd=tmp_path)
    assert done.returncode == 2
    assert "nowhere.txt: no such file" in done.stderr


def test_explain_shows_what_differs_from_labels(tmp_path: Path) -> None:
    sentence = "도윤재 미루반도체 사장이 20일 대표이사에 선임됐다."
    left = {
        "person": "도윤재",
        "company": "미루반도체",
        "kind": "departed",
        "role": "사장",
        "evidence": sentence,
    }
    taken = {"person": "도윤재", "company": "미루반도체", "kind": "appointed", "role": "대표이사"}
    row = {"id": "one", "text": sentence, "moves": [left, taken]}
    labelled = tmp_path / "labelled.jsonl"
    labelled.write_text(json.dumps(row, ensure_ascii=False), encoding="utf-8")
    done = execbrief("explain", str(labelled), "--errors", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert "[1] one moves missed" in done.stdout
    assert "there  도윤재 | 미루반도체 | appointed | 대표이사" in done.stdout
    assert "1 difference" in done.stdout


def test_explain_of_labels_names_bad_lines_does_the_others_and_exits_1(tmp_path: Path) -> None:
    row = {"text": "도윤재 미루반도체 사장이 20일 대표이사에 선임됐다.", "moves": []}
    good = [json.dumps({"id": name, **row}, ensure_ascii=False) for name in ("one", "two")]
    labelled = tmp_path / "labelled.jsonl"
    labelled.write_text("\n".join(["{", good[0], '["a list"]', "", good[1], '{"id": "x"}']), encoding="utf-8")
    done = execbrief("explain", str(labelled), "--errors", cwd=tmp_path)
    assert done.returncode == 1
    assert [line.split(": ")[1].rpartition(":")[2] for line in done.stderr.splitlines()] == ["1", "3", "6"]
    assert "[1] one moves extra" in done.stdout
    assert "[2] two moves extra" in done.stdout
    assert "2 differences" in done.stdout
    short = execbrief("explain", str(labelled), "--errors", "--limit", "1", cwd=tmp_path)
    assert (short.returncode, short.stderr) == (1, done.stderr), "the limit hides no bad line"


def test_a_setting_is_named_in_full_wherever_it_is_found_wrong(tmp_path: Path) -> None:
    done = execbrief("feeds", "list", cwd=tmp_path, env={"EXECBRIEF_DATABASE_URL": "foo"})
    assert done.returncode == 2
    assert done.stderr.startswith("execbrief: EXECBRIEF_DATABASE_URL cannot be read")


def test_doctor_looks_at_the_templates(tmp_path: Path) -> None:
    env = feeds_file(tmp_path, "http://127.0.0.1:9/") | {"EXECBRIEF_TEMPLATES_DIR": "/nonexistent"}
    done = execbrief("doctor", cwd=tmp_path, env=env | {"EXECBRIEF_TELEGRAM_API_URL": "http://127.0.0.1:9"})
    assert done.returncode == 1
    assert "FAIL templates: /nonexistent: no such folder of templates" in done.stdout


async def test_only_one_poll_runs_at_a_time(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'execbrief.sqlite3'}"
    async with hold(url, Turn.POLL) as first:
        assert first
        done = await asyncio.to_thread(
            execbrief, "poll", cwd=tmp_path, env=feeds_file(tmp_path, "https://a.example/")
        )
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == "execbrief: another poll is running on this database; nothing was asked\n"
    async with hold(url, Turn.POLL) as again:
        assert again, "the lock goes with who held it"


def test_migrate_prints_the_version_twice_the_same(tmp_path: Path) -> None:
    first, second = execbrief("migrate", cwd=tmp_path), execbrief("migrate", cwd=tmp_path)
    assert first.returncode == 0
    assert first.stdout == second.stdout
    assert first.stdout.startswith("schema version ")


def test_try_answers_each_question_and_exits_0(tmp_path: Path) -> None:
    done = execbrief("try", "/brief LG전자", "/subscribe LG전자", "/digest", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert "조주완" in done.stdout
    for occasion in ("북미 테크 콘퍼런스", "기업설명회", "CEO 서밋"):
        assert occasion in done.stdout
    assert "구독했어요" in done.stdout
    assert list(tmp_path.iterdir()) == [], "nothing is left behind"


def test_try_without_a_terminal_answers_the_sample_questions(tmp_path: Path) -> None:
    done = execbrief("try", cwd=tmp_path, env={"EXECBRIEF_TIMEZONE": "nonsense"})
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.count("조주완") >= 2


def test_try_answers_each_line_of_a_pipe(tmp_path: Path) -> None:
    lines = "\ufeff/subscribe LG전자\n\n  1 \n\n/list\n/quit\n/digest"
    done = execbrief("try", cwd=tmp_path, stdin=lines)
    assert done.returncode == 0, done.stderr
    asked = [line for line in done.stdout.splitlines() if line.startswith("> ")]
    assert asked == ["> /subscribe LG전자", "> 1", "> /list"]
    assert "구독했어요" in done.stdout


async def test_try_answers_a_line_as_it_comes_and_ends_with_the_pipe(tmp_path: Path) -> None:
    pipe = asyncio.subprocess.PIPE
    chat = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot", "try"),
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": str(Path(__file__).parents[1]), "PYTHONIOENCODING": "utf-8"},
        stdin=pipe,
        stdout=pipe,
    )
    assert chat.stdin is not None
    assert chat.stdout is not None
    async with asyncio.timeout(60):
        chat.stdin.write(b"/list\n")
        said = b""
        while b"> /list" not in said or b"/subscribe" not in said.split(b"> /list")[1]:
            said += (line := await chat.stdout.readline())
            assert line, "it has ended without an answer"
        chat.stdin.close()
        assert await chat.wait() == 0


def test_what_is_wrong_with_a_line_is_told_where_it_is() -> None:
    cut = parse_line(b'{"text": "a"\n', 3)
    assert isinstance(cut, BadLine)
    assert "at column 13" in cut.error
    assert parse_line('{"text": null}', 1) == BadLine(1, "field 'text' is a JSON null, not a string")
    assert parse_line("{}", 1) == BadLine(1, "field 'text' is missing")


def test_a_console_that_lacks_a_character_ends_nothing(tmp_path: Path) -> None:
    line = article(1, "유서진 다온화학 대표는 12일 “좋다 – 아주”라고 말했다.")
    (tmp_path / "a.jsonl").write_text(line, encoding="utf-8")
    told = execbrief("extract", "a.jsonl", cwd=tmp_path, env={"PYTHONIOENCODING": "ascii"})
    assert told.returncode == 0
    assert json.loads(told.stdout)["quotes"][0]["text"] == "좋다 – 아주"
    shown = execbrief("explain", "a.jsonl", cwd=tmp_path, env={"PYTHONIOENCODING": "ascii"})
    assert (shown.returncode, "Traceback" in shown.stderr) == (0, False)
    assert "## quotes (1)" in shown.stdout
