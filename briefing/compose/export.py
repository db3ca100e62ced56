"""A chat's own data as a JSON file; its format is described in docs/privacy.md."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time
from typing import Any, Final

from briefing.model import Attachment

FORMAT: Final = "execbrief-export"
VERSION: Final = 1
FILE_NAME: Final = "execbrief-export.json"
# The one table with a row a chat, told as one object under another name.
SETTINGS: Final = ("subscribers", "settings")


def export_file(chat_id: int, tables: Mapping[str, Sequence[Mapping[str, Any]]], now: datetime) -> Attachment:
    """The file: indented UTF-8 JSON, times as ISO 8601 in UTC, local times of day as HH:MM.

    Args:
        chat_id: Whose data it is.
        tables: Table -> rows -> column -> value, as `store.privacy.PrivacyStore.export` gives them.
        now: Aware; stands in the file.
    """
    content: dict[str, Any] = {
        "format": FORMAT,
        "version": VERSION,
        "chat_id": chat_id,
        "exported_at": now.astimezone(UTC),
    }
    table, name = SETTINGS
    content[name] = _row(next(iter(tables.get(table, ())), {})) or None
    content |= {other: [_row(row) for row in rows] for other, rows in tables.items() if other != table}
    text = json.dumps(content, ensure_ascii=False, indent=1, default=_plain)
    return Attachment(FILE_NAME, text.encode("utf-8", "replace"), "application/json")


def _row(row: Mapping[str, Any]) -> dict[str, Any]:
    """The columns of a row without the chat's id, which the file names once."""
    return {column: value for column, value in row.items() if column != "chat_id"}


def _plain(value: object) -> str:
    match value:
        case datetime():
            return value.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
        case time():
            return value.strftime("%H:%M")
        case date():
            return value.isoformat()
        case bytes():
            return value.hex()
    raise TypeError(f"no place in an export for {type(value).__name__}")
