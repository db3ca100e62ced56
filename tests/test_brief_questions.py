"""`execbrief brief QUERY`: the questions of the chat, asked of a database."""

from __future__ import annotations

import asyncio
import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from briefing.store import open_store
from tests.store.making import article, entry, extraction, pending, signature
from tests.test_command_line import execbrief

NOW = datetime.now(UTC)


@pytest.fixture(scope="module")
def newsroom(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database of two companies with one executive each, both called 서지안."""
    folder = tmp_path_factory.mktemp("newsroom")

    async def fill() -> None:
        async with open_store(f"sqlite:///{folder / 'execbrief.sqlite3'}") as store:
            for number, company in enumerate(("다온전자", "가온상사"), 1):
                when = NOW - timedelta(minutes=number)
                found = extraction(company)
                day = (NOW + timedelta(days=number)).date()
                found = replace(
                    found,
                    quotes=(replace(found.quotes[0], topics=("investment",)),),
                    activities=(replace(found.activities[0], when=day, until=None),),
                )
                url = f"https://news.example/{number}"
                (waits,) = await pending(store, entry(number, published=when))
                page = article(url, published=when)
                await store.news.record_article(waits, page, found, signature(f"k{number}"), None, NOW)

    asyncio.run(fill())
    return folder


def brief(folder: Path, *args: str) -> tuple[int, str, str]:
    env = {"EXECBRIEF_DATABASE_URL": f"sqlite:///{folder / 'execbrief.sqlite3'}"}
    done = execbrief("brief", *args, cwd=folder, env=env)
    return done.returncode, done.stdout, done.stderr


def test_words_are_one_question_without_quotation_marks(newsroom: Path) -> None:
    status, told, trouble = brief(newsroom, "다온전자", "투자", "30일")
    assert (status, trouble) == (0, "")
    assert "다온전자 · 투자 · 최근 30일" in told


def test_a_list_of_names_is_answered_with_what_can_be_asked(newsroom: Path) -> None:
    status, told, trouble = brief(newsroom, "다온전자, 가온상사")
    assert (status, told) == (1, "")
    assert "one company or person at a time" in trouble


@pytest.mark.parametrize(
    ("query", "said", "unsaid"),
    [
        ("다온전자 투자 30일", "다온전자 · 투자 · 최근 30일", "승진"),
        ("다온전자 서지안", "현직", "가온상사"),
        ("투자 30일", "투자 · 전략 발언 · 최근 30일", "승진"),
        ("다온전자 사장", "다온전자 · 사장\n• 서지안 사장 — 승진", "가온상사"),
        ("/who 가온상사 서지안 사장", "가온상사", "다온전자"),
        ("/moves 2일", "회사 2곳 · 2명", "배터리"),
        ("/calendar 다온전자", "다온전자 일정 · 예정 1건", "가온상사"),
    ],
)
def test_questions_of_the_chat(newsroom: Path, query: str, said: str, unsaid: str) -> None:
    code, out, error = brief(newsroom, query)
    assert (code, error) == (0, "")
    assert said in out
    assert unsaid not in out


def test_a_person_as_json_tells_posts_and_proof(newsroom: Path) -> None:
    code, out, error = brief(newsroom, "다온전자 서지안", "--format", "json")
    assert (code, error) == (0, "")
    values = json.loads(out)
    assert values["person"] == {"name": "서지안", "companies": ["다온전자"]}
    assert [(post["company"], post["titles"], post["by"]) for post in values["posts"]] == [
        ("다온전자", ["사장"], "move")
    ]
    (story,) = values["stories"]
    assert story["summary"] == "서지안 사장 승진"
    assert all(source["sentence"] for fact in story["facts"] for source in fact["sources"])


def test_who_holds_a_title_as_json(newsroom: Path) -> None:
    code, out, error = brief(newsroom, "다온전자 사장", "--format", "json", "--evidence")
    assert (code, error) == (0, "")
    (holder,) = json.loads(out)["people"]
    assert (holder["name"], holder["post"]["titles"]) == ("서지안", ["사장"])
    assert "서지안 사장" in brief(newsroom, "다온전자 사장", "--evidence")[1]


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("서지안", "2 people are called '서지안'; put the company in front: 가온상사, 다온전자"),
        ("주제 낚시", "no person or topic is called '낚시'"),
        ("다온전자 낚시", "no person or topic is called '낚시'; there are the topics AI, 투자"),
        ("/moves 언젠가", "no period"),
        ("2월 30일 다온전자", "'2월 30일' is no date"),
        ("다온전자 2190년 5월 1일", "'2190년 5월 1일' is still to come"),
        ("/calendar", "name a company"),
        ("/who", "name a company or a person"),
    ],
)
def test_what_cannot_be_answered_is_one_clear_line(newsroom: Path, query: str, said: str) -> None:
    code, out, error = brief(newsroom, query)
    assert (code, out) == (1, "")
    assert said in error
    assert error.count("\n") == 1
