"""The body of a Bot API call as python-telegram-bot sends it: a form, or a form with files (multipart/form-data)."""

from __future__ import annotations

import json
from dataclasses import dataclass
from email.parser import BytesParser
from email.policy import HTTP
from typing import Any
from urllib.parse import parse_qsl


@dataclass(frozen=True)
class File:
    """A file as it was uploaded."""

    name: str
    media_type: str
    data: bytes


def read_form(content_type: str, body: bytes) -> tuple[dict[str, Any], dict[str, File]]:
    """Values by name, those that are JSON read, and files by name."""
    if not content_type.startswith("multipart/form-data"):
        pairs = parse_qsl(body.decode(), keep_blank_values=True)
        return {name: _value(text) for name, text in pairs}, {}
    head = f"Content-Type: {content_type}\r\n\r\n".encode("latin-1")
    message = BytesParser(policy=HTTP).parsebytes(head + body)
    values: dict[str, Any] = {}
    files: dict[str, File] = {}
    for part in message.iter_parts():
        name = str(part.get_param("name", header="content-disposition"))
        content = part.get_payload(decode=True)
        assert isinstance(content, bytes)
        if (filename := part.get_filename()) is None:
            values[name] = _value(content.decode())
        else:
            files[name] = File(filename, part.get_content_type(), content)
    return values, files


def _value(text: str) -> Any:
    """Form values are JSON except for strings."""
    try:
        value = json.loads(text)
    except ValueError:
        return text
    return value if isinstance(value, dict | list | int | bool) else text
