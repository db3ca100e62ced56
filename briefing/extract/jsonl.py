"""The `extract` format: JSON Lines of articles in, JSON Lines of facts out.

The fields are the contract of docs/commands.md; programs of others rely on them.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

from briefing.model import Article, Extraction, Fact

SEOUL = timezone(timedelta(hours=9))


@dataclass(frozen=True, slots=True)
class BadLine:
    """A line that is no article.

    Attributes:
        number: 1-based line of the input.
        error: What is wrong and what to do, one line.
    """

    number: int
    error: str


def parse_line(line: bytes | str, number: int) -> Article | BadLine:
    """The article of one line.

    A day without a time counts as that day in Asia/Seoul, a time without a zone as Seoul time.

    Args:
        line: A JSON object with `text`, and optionally `id`, `url`, `outlet`, `published`, `title`.
        number: 1-based, for the error.
    """
    try:
        told = line.decode("utf-8-sig") if isinstance(line, bytes) else line
        row = json.loads(told.rstrip("\r\n"))  # else what is cut off is cut off in column 1 of the next line
    except UnicodeDecodeError:
        return BadLine(number, "not UTF-8; convert the file to UTF-8")
    except json.JSONDecodeError as error:
        return BadLine(
            number,
            f"not JSON: {error.msg.removesuffix(' at')} at column {error.colno}; write one object a line",
        )
    except RecursionError:
        return BadLine(number, "nested too deeply to be an article")
    except ValueError:  # Python takes no number of more than 4,300 digits
        return BadLine(number, "holds a number with thousands of digits; write a long id as a string")
    if not isinstance(row, dict):
        return BadLine(number, f"a JSON {_kind(row)}, not an object with the fields id and text")
    fields: dict[str, str] = {}
    for name in ("text", "id", "url", "outlet", "title"):
        value = row.get(name)
        if name == "id" and isinstance(value, int) and not isinstance(value, bool):
            value = str(value)
        if value is None and name != "text":
            value = ""
        if not isinstance(value, str):
            what = "is missing" if name not in row else f"is a JSON {_kind(value)}, not a string"
            return BadLine(number, f"field {name!r} {what}")
        fields[name] = value
    published = _published(row.get("published"))
    if isinstance(published, str):
        return BadLine(number, published)
    return Article(
        id=fields["id"],
        text=fields["text"],
        url=fields["url"],
        outlet=fields["outlet"],
        title=fields["title"],
        published=published,
    )


def _published(value: Any) -> datetime | str | None:
    """A moment in UTC, None, or what is wrong."""
    if value is None or value == "":
        return None
    if isinstance(value, str):
        try:
            when = datetime.fromisoformat(value.strip())
            return (when if when.tzinfo else when.replace(tzinfo=SEOUL)).astimezone(UTC)
        except (ValueError, OverflowError):
            pass
    shown = json.dumps(value, ensure_ascii=False)[:60]
    return f"field 'published' is {shown}, not an ISO date like 2026-11-24 or null"


def _kind(value: Any) -> str:
    names = {
        type(None): "null",
        bool: "boolean",
        int: "number",
        float: "number",
        str: "string",
        list: "array",
    }
    return names.get(type(value), "object")


def error_line(bad: BadLine) -> dict[str, Any]:
    """What stands in the output in place of a bad line."""
    return {"id": None, "line": bad.number, "error": bad.error}


def to_json(article: Article, extraction: Extraction, story: str) -> dict[str, Any]:
    """One line of the output.

    Args:
        article: What was read; evidence is cut from its text.
        extraction: What was found.
        story: Label shared by the lines of one run that report the same event.
    """
    return {
        "id": article.id,
        "relevant": extraction.relevant,
        "story": story,
        "people": [{"name": p.name, "company": p.company, "title": p.title} for p in extraction.people],
        "moves": [
            {
                "person": move.person,
                "company": move.company,
                "kind": move.kind.value,
                "role": move.role,
                "status": move.status.value,
                "evidence": _sentence(article, move),
            }
            for move in extraction.moves
        ],
        "activities": [
            {
                "person": activity.person,
                "company": activity.company,
                "kind": activity.kind.value,
                "what": activity.what,
                "when": activity.when.isoformat() if activity.when else None,
                "evidence": _sentence(article, activity),
            }
            for activity in extraction.activities
        ],
        "quotes": [
            {
                "speaker": quote.speaker,
                "company": quote.company,
                "title": quote.title,
                "text": quote.text,
                "by": quote.by.value,
                "strategic": quote.strategic,
                "evidence": _sentence(article, quote),
            }
            for quote in extraction.quotes
        ],
    }


def _sentence(article: Article, fact: Fact) -> str:
    return fact.evidence[0].of(article.text)
