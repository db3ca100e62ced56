"""Decompressing what a server sends without ever holding more than was asked for.

httpx unpacks each piece that arrives as a whole, through as many layers as the header names: 64 KiB
become 64 MiB in one step, and with a second layer 64 GiB. Here one layer is unpacked, up to a limit.
"""

from __future__ import annotations

import zlib
from typing import Protocol

import brotli

ACCEPT_ENCODING = "gzip, deflate, br"
"""What the fetcher asks for and can unpack."""

_GZIP = frozenset({"gzip", "x-gzip"})
# Never asked for; other words in the header (charsets, for example) are mistakes of the server.
_UNKNOWN = frozenset({"zstd", "compress", "x-compress", "dcb", "dcz"})
# zlib's names for its formats: either header told by itself, or no header at all.
_GZIP_OR_ZLIB, _RAW = 47, -15
_MAGIC = b"\x1f\x8b"
# Each costs a copy of what follows it. Servers send one; a file packed in blocks has some hundred.
_MOST_MEMBERS = 1000


class Undecodable(ValueError):  # noqa: N818 (reads as what it says)
    """The body is not what its header says, or packed in a way that is not unpacked."""


class _Unpacker(Protocol):
    """One packing."""

    def feed(self, piece: bytes, room: int) -> bytes:
        """As of `Inflation`; what is beyond the room may be lost."""

    def ends_early(self) -> bool:
        """Whether it has begun and has not come to its end."""


class Inflation:
    """Unpacks one body piece by piece.

    Args:
        content_encoding: The header as sent, may be empty.

    Raises:
        Undecodable: The header names more than one layer, or one that was not asked for.
    """

    def __init__(self, content_encoding: str) -> None:
        names = [name.strip().lower() for name in content_encoding.split(",")]
        layers = [name for name in names if name in _GZIP or name in {"deflate", "br"} or name in _UNKNOWN]
        if len(layers) > 1:
            raise Undecodable(f"packed {len(layers)} times over ({content_encoding[:80]})")
        self._kind = layers[0] if layers else ""
        if self._kind in _UNKNOWN:
            raise Undecodable(f"packed as {self._kind}, which was not asked for")
        self._unpacker: _Unpacker | None = None
        if self._kind:
            self._unpacker = _Brotli() if self._kind == "br" else _Zlib(self._kind)

    def feed(self, piece: bytes, room: int) -> bytes:
        """What a piece holds; of more than `room` bytes only the first `room`.

        Args:
            piece: Bytes as they came.
            room: The most that is unpacked, at least 1.

        Raises:
            Undecodable: These bytes cannot be unpacked.
        """
        return piece[:room] if self._unpacker is None else self._unpacker.feed(piece, room)

    def finish(self) -> None:
        """To be called after the last piece.

        Raises:
            Undecodable: The body ended in the middle.
        """
        if self._unpacker is not None and self._unpacker.ends_early():
            raise Undecodable(f"the {self._kind} data end in the middle")


class _Zlib:
    """gzip (RFC 1952) and deflate."""

    def __init__(self, kind: str) -> None:
        self._kind = kind
        self._zlib = zlib.decompressobj(_GZIP_OR_ZLIB)
        self._begun = False
        self._over = False
        self._members = 1
        # a beginning of what may be another member
        self._rest = b""

    def feed(self, piece: bytes, room: int) -> bytes:
        unpacked = bytearray()
        while piece and not self._over and len(unpacked) < room:
            if self._zlib.eof:
                piece = self._next_member(self._rest + piece)
                continue
            unpacked += self._step(piece, room - len(unpacked))
            # zlib would keep, and copy, whatever it is given behind the end
            piece = self._zlib.unused_data
        return bytes(unpacked)

    def _next_member(self, piece: bytes) -> bytes:
        """What is to be unpacked next; a gzip file may have several members, one behind the other."""
        self._rest = b""
        if self._kind in _GZIP and piece == _MAGIC[:1]:
            self._rest = piece
            return b""
        if self._kind not in _GZIP or not piece.startswith(_MAGIC):
            self._over = True  # padding, as some servers send it
            return b""
        self._members += 1
        if self._members > _MOST_MEMBERS:
            raise Undecodable(f"more than {_MOST_MEMBERS} gzip members")
        self._zlib = zlib.decompressobj(_GZIP_OR_ZLIB)
        return piece

    def _step(self, piece: bytes, room: int) -> bytes:
        try:
            unpacked = self._zlib.decompress(piece, room)
        except zlib.error as error:
            if self._begun or self._kind != "deflate":
                raise Undecodable(f"not {self._kind}: {error}") from None
            # "deflate" means zlib's format (RFC 9110, 8.4.1.2), but some servers leave the header out
            self._zlib = zlib.decompressobj(_RAW)
            self._begun = True
            return self._step(piece, room)
        self._begun = True
        return unpacked

    def ends_early(self) -> bool:
        return self._begun and not self._zlib.eof


class _Brotli:
    """br (RFC 7932)."""

    def __init__(self) -> None:
        self._brotli = brotli.Decompressor()
        self._begun = False

    def feed(self, piece: bytes, room: int) -> bytes:
        self._begun = self._begun or bool(piece)
        if piece and self._brotli.is_finished():
            raise Undecodable("not br: it goes on behind its end")
        unpacked = bytearray()
        while len(unpacked) < room and not self._brotli.is_finished():
            try:
                unpacked += self._brotli.process(piece, output_buffer_limit=room - len(unpacked))
            except brotli.error as error:
                raise Undecodable(f"not br: {error}") from None
            if self._brotli.can_accept_more_data():
                break
            # it keeps what it has not come to, and takes nothing new until then
            piece = b""
        # the limit is one of buffers, which may be larger
        return bytes(unpacked[:room])

    def ends_early(self) -> bool:
        return self._begun and not self._brotli.is_finished()
