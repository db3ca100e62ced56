"""A disclosure's document: the archive that OpenDART answers with, and the tables in it.

The API: https://opendart.fss.or.kr/guide/detail.do?apiGrpCd=DS001&apiId=2019003. Documents of the
exchange are HTML, the others DART's own markup, whose cells are TD, TE and TU; both come as `.xml` in UTF-8
or EUC-KR, declared or not, with ampersands and angle brackets as people type them.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath

from lxml import etree, html  # type: ignore[import-untyped]

from briefing.collect.charset import decode
from briefing.collect.markup import taken_apart
from briefing.model import Failed

# The forms we read have 2 to 30 KB packed and 10 to 300 KB unpacked, in one file or a few.
MOST_PACKED = 4 * 1024 * 1024
MOST_UNPACKED = 8 * 1024 * 1024
MOST_FILES = 20
# Larger tables are none of ours, longer cells tell careers.
MOST_ROWS, MOST_COLUMNS = 500, 40
LONGEST_CELL = 2000

_DOCUMENTS = frozenset({".xml", ".html", ".htm"})
# bzip2 and LZMA unpack past any limit; DART uses neither.
_METHODS = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
_ENCRYPTED = 0x1
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    OSError,
    ValueError,
    RuntimeError,
    NotImplementedError,
)
_CELL = re.compile(r"<(/?)T[EUH](?=[\s/>])", re.IGNORECASE)
# HTML knows no empty cells that close themselves
_SELF_CLOSED = re.compile(r"<td\b([^<>]*)/>", re.IGNORECASE)
_LINE_BREAK = re.compile(r"&(?:amp;)?cr;", re.IGNORECASE)
# libxml2 takes an XML declaration in front of HTML for a broken tag, and reads nothing behind an end
_AROUND = re.compile(r"^\s*<\?xml[^>]*>|</(?:html|body)\s*>", re.IGNORECASE)
_LINES = ("br", "p", "div", "li")
_BLANKS = re.compile(r"[^\S\n]+")


@dataclass(frozen=True, slots=True, eq=False)
class Cell:
    """One cell; where it spans rows or columns, the same object stands in each of them.

    Attributes:
        text: What it says; paragraphs are lines.
    """

    text: str


@dataclass(frozen=True, slots=True)
class Table:
    """One table of a document.

    Attributes:
        heading: Text between the table before and this one; its last line, may be empty.
        rows: Rows of cells, spans filled in.
    """

    heading: str
    rows: tuple[tuple[Cell, ...], ...]


def unpacked(archive: bytes, number: str) -> tuple[bytes, ...] | Failed:
    """The documents in an archive, the main one first.

    Args:
        archive: The ZIP.
        number: Receipt number of the disclosure, after which its main document is called.

    Returns:
        The documents; Failed if the archive is broken, which may pass, or larger than any of ours,
        which does not. No more than the caps above is ever unpacked.
    """
    if len(archive) > MOST_PACKED:
        return Failed(f"the archive is larger than {MOST_PACKED:,} bytes", permanent=True)
    try:
        with zipfile.ZipFile(io.BytesIO(archive)) as opened:
            return _read(opened, number)
    except _BROKEN as error:
        return Failed(f"the archive is broken: {' '.join(str(error).split())[:100]}")


def _read(opened: zipfile.ZipFile, number: str) -> tuple[bytes, ...] | Failed:
    entries = opened.infolist()
    if len(entries) > MOST_FILES:
        return Failed(f"the archive holds more than {MOST_FILES} files", permanent=True)
    found: list[bytes] = []
    left = MOST_UNPACKED
    for entry in sorted(entries, key=lambda entry: PurePosixPath(entry.filename).stem != number):
        if PurePosixPath(entry.filename).suffix.lower() not in _DOCUMENTS:
            continue
        if entry.flag_bits & _ENCRYPTED or entry.compress_type not in _METHODS:
            return Failed("the archive is packed in a way that is not unpacked", permanent=True)
        # the size that the archive states is only its word
        with opened.open(entry) as file:
            body = file.read(left + 1)
        left -= len(body)
        if left < 0:
            return Failed(f"the documents are larger than {MOST_UNPACKED:,} bytes", permanent=True)
        found.append(body)
    return tuple(found)


def tables(body: bytes) -> tuple[Table, ...]:
    """The tables of a document, outer before inner, in the order in which they begin.

    Nothing is raised, whatever the document: what cannot be parsed has no tables.
    """
    text = _SELF_CLOSED.sub(r"<td\1></td>", _CELL.sub(r"<\1td", decode(body)))
    markup = taken_apart(_LINE_BREAK.sub("\n", text)).visible
    markup = _AROUND.sub("", markup)
    try:
        root = html.document_fromstring(
            markup.encode("utf-8"), parser=html.HTMLParser(encoding="utf-8", huge_tree=False)
        )
    except (etree.LxmlError, ValueError, AssertionError):
        return ()
    for element in root.iter(*_LINES):
        element.tail = f"\n{element.tail or ''}"
    return tuple(_tables(root))


def _tables(root: html.HtmlElement) -> Iterator[Table]:
    heading = ""
    for event, element in etree.iterwalk(root, events=("start", "end")):
        if not isinstance(element.tag, str):
            continue
        if event == "start":
            if element.tag == "table":
                yield Table(heading, _grid(element))
            elif element.tag != "head" and not _in_table(element):
                heading = _last_line(element.text) or heading
        elif element.tag == "table":
            heading = _last_line(element.tail)
        elif not _in_table(element):
            heading = _last_line(element.tail) or heading


def _in_table(element: html.HtmlElement) -> bool:
    return element.tag == "table" or next(element.iterancestors("table"), None) is not None


def _last_line(text: str | None) -> str:
    lines = [" ".join(line.split()) for line in (text or "").splitlines()]
    return next((line for line in reversed(lines) if line), "")


def _grid(table: html.HtmlElement) -> tuple[tuple[Cell, ...], ...]:
    """Rows with every span filled in; cells of tables inside belong to those."""
    rows: list[tuple[Cell, ...]] = []
    hanging: dict[int, tuple[Cell, int]] = {}
    for row in _rows(table):
        if len(rows) == MOST_ROWS:
            break
        cells: list[Cell] = []
        for element in row.iterchildren("td"):
            _fill(cells, hanging)
            cell = Cell(_text(element))
            down = _span(element, "rowspan")
            for _ in range(_span(element, "colspan")):
                if down > 1:
                    hanging[len(cells)] = (cell, down - 1)
                cells.append(cell)
            if len(cells) > MOST_COLUMNS:
                break
        _fill(cells, hanging)
        rows.append(tuple(cells))
    return tuple(rows)


def _rows(parent: html.HtmlElement) -> Iterator[html.HtmlElement]:
    """The rows of a table or of a part of it, those of tables inside left out."""
    for child in parent.iterchildren():
        if child.tag == "tr":
            yield child
        elif child.tag not in {"td", "table"}:
            yield from _rows(child)


def _fill(cells: list[Cell], hanging: dict[int, tuple[Cell, int]]) -> None:
    """Put down the cells that hang into this row from rows above."""
    while (found := hanging.pop(len(cells), None)) is not None:
        cell, left = found
        if left > 1:
            hanging[len(cells)] = (cell, left - 1)
        cells.append(cell)


def _span(element: html.HtmlElement, name: str) -> int:
    value = (element.get(name) or "").strip()
    return (
        max(1, min(int(value), MOST_COLUMNS)) if value.isascii() and value.isdigit() and len(value) < 7 else 1
    )


def _text(element: html.HtmlElement) -> str:
    text = element.text_content()[:LONGEST_CELL]
    lines = (_BLANKS.sub(" ", line).strip() for line in text.splitlines())
    return "\n".join(line for line in lines if line)
