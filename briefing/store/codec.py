"""Model objects to and from plain JSON values, as the database keeps them.

Readers take a missing field as its default, so that rows written by an older version stay readable.
"""

from __future__ import annotations

import array
import base64
import struct
import sys
from datetime import date
from typing import Any

from briefing.model import (
    Action,
    Activity,
    ActivityKind,
    Attachment,
    Button,
    Fact,
    Keyboard,
    Move,
    MoveKind,
    MoveStatus,
    Part,
    Quote,
    QuotedBy,
    Resolution,
    Span,
)

Value = dict[str, Any]


def fact_kind(fact: Fact) -> str:
    """move, activity or quote."""
    return type(fact).__name__.lower()


def encode_fact(fact: Fact) -> Value:
    """The fact without its kind; fields that say nothing are left out."""
    value: Value = {
        "company": fact.company,
        "evidence": [[span.start, span.end] for span in fact.evidence],
        "resolutions": [encode_resolution(resolution) for resolution in fact.resolutions],
        "rule": fact.rule or None,
    }
    match fact:
        case Move():
            value |= {
                "person": fact.person,
                "kind": fact.kind,
                "role": fact.role,
                "status": fact.status,
                "when": fact.when and fact.when.isoformat(),
            }
        case Activity():
            value |= {
                "person": fact.person,
                "kind": fact.kind,
                "what": fact.what,
                "when": fact.when and fact.when.isoformat(),
                "until": fact.until and fact.until.isoformat(),
                "title": fact.title,
                "place": fact.place,
                "companions": list(fact.companions),
                "planned": fact.planned,
            }
        case Quote():
            value |= {
                "speaker": fact.speaker,
                "title": fact.title,
                "text": fact.text,
                "by": fact.by,
                "strategic": fact.strategic,
                "span": [fact.span.start, fact.span.end],
                "topics": list(fact.topics),
            }
    return {name: field for name, field in value.items() if field not in (None, [], False)}


def decode_fact(kind: str, value: Value) -> Fact:
    """The fact of a stored kind.

    Raises:
        ValueError: If the kind is none of move, activity, quote.
    """
    company = value.get("company")
    evidence = tuple(Span(*span) for span in value.get("evidence", ()))
    resolutions = tuple(decode_resolution(entry) for entry in value.get("resolutions", ()))
    rule = value.get("rule", "")
    match kind:
        case "move":
            return Move(
                person=value["person"],
                company=company,
                kind=MoveKind(value["kind"]),
                role=value.get("role"),
                status=MoveStatus(value["status"]),
                evidence=evidence,
                resolutions=resolutions,
                rule=rule,
                when=_day(value.get("when")),
            )
        case "activity":
            return Activity(
                person=value["person"],
                company=company,
                kind=ActivityKind(value["kind"]),
                what=value.get("what", ""),
                when=_day(value.get("when")),
                until=_day(value.get("until")),
                title=value.get("title"),
                place=value.get("place"),
                companions=tuple(value.get("companions", ())),
                planned=value.get("planned", False),
                evidence=evidence,
                resolutions=resolutions,
                rule=rule,
            )
        case "quote":
            return Quote(
                speaker=value.get("speaker"),
                company=company,
                title=value.get("title"),
                text=value.get("text", ""),
                by=QuotedBy(value["by"]),
                strategic=value.get("strategic", False),
                span=Span(*value["span"]),
                evidence=evidence,
                topics=tuple(value.get("topics", ())),
                resolutions=resolutions,
                rule=rule,
            )
    raise ValueError(f"stored fact of unknown kind {kind!r}")


def encode_part(part: Part) -> Value:
    """A message with its keyboard.

    Raises:
        ValueError: It is a picture, which the outbox has no place for.
    """
    if part.picture is not None:
        raise ValueError("a picture cannot wait in the outbox")
    value: Value = {"html": part.html}
    if part.keyboard:
        value["keyboard"] = [[_encode_button(button) for button in row] for row in part.keyboard]
    if (file := part.attachment) is not None:
        value["attachment"] = [file.name, base64.b64encode(file.data).decode("ascii"), file.media_type]
    return value


def decode_part(value: Value) -> Part:
    """The message back."""
    keyboard: Keyboard = tuple(
        tuple(_decode_button(button) for button in row) for row in value.get("keyboard", ())
    )
    attachment = None
    if "attachment" in value:
        name, data, media_type = value["attachment"]
        attachment = Attachment(name, base64.b64decode(data), media_type)
    return Part(html=value["html"], keyboard=keyboard, attachment=attachment)


def pack_shingles(values: tuple[int, ...]) -> bytes:
    """MinHash values as a width byte (4 or 8) and little-endian unsigned numbers of that width.

    Raises:
        OverflowError: If a value is negative or takes more than 64 bits.
    """
    width = 4 if all(value < 2**32 for value in values) else 8
    packed = array.array("I" if width == 4 else "Q", values)
    if sys.byteorder == "big":
        packed.byteswap()
    return bytes([width]) + packed.tobytes()


def unpack_shingles(data: bytes) -> tuple[int, ...]:
    """The values back."""
    width = data[0]
    return struct.unpack_from(f"<{(len(data) - 1) // width}{'I' if width == 4 else 'Q'}", data, 1)


def encode_resolution(resolution: Resolution) -> list[Any]:
    """How a short form was read."""
    found = resolution.antecedent
    return [resolution.form, resolution.person, found and [found.start, found.end]]


def decode_resolution(value: list[Any]) -> Resolution:
    """The resolution back."""
    form, person, found = value
    return Resolution(form, person, found and Span(*found))


def _encode_button(button: Button) -> Value:
    value: Value = {"label": button.label}
    if button.action is not None:
        value["action"] = [button.action.name, *button.action.args]
    if button.url is not None:
        value["url"] = button.url
    return value


def _decode_button(value: Value) -> Button:
    action = value.get("action")
    return Button(
        label=value["label"],
        action=Action(action[0], tuple(action[1:])) if action else None,
        url=value.get("url"),
    )


def _day(value: str | None) -> date | None:
    return date.fromisoformat(value) if value else None
