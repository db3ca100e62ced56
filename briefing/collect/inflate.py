"""Decompressing what a server sends without ever holding more than was asked for.

httpx unpacks each piece that arrives as a whole, through as many layers as the header names: 64 KiB
become 64 MiB in one step, and with a second layer 64 GiB. Here one layer is unpacked, up to a limit.
"""

from __future__ import annotations

import zlib

ACCEPT_ENCODING = "gzip, deflate"
"""What the fetcher asks for and can unpack."""

_GZIP = frozenset({"gzip", "x-gzip"})
# Never asked for; other words in the header (charsets, for example) are mistakes of the server.
_UNKNOWN = frozenset({"br", "zstd", "compress", "x-compress", "dcb", "dcz"})
# zlib's names for its formats: either header told by itself, or no header at all.
_GZIP_OR_ZLIB, _RAW = 47, -15


class Undecodable(ValueError):  # noqa: N818 (reads as what it says)
    """The body is not what its header says, or packed in a way that is not unpacked."""


class Inflation:
    """Unpacks one body piece by piece.

    Args:
        content_encoding: The header as sent, may be empty.

    Raises:
        Undecodable: The header names more than one layer, or one that was not asked for.
    """

    def __init__(self, content_encoding: str) -> None:
        names = [name.strip().lower() for name in content_encoding.split(",")]
        layers = [name for name in names if name in _GZIP or name == "deflate" or name in _UNKNOWN]
        if len(layers) > 1:
            raise Undecodable(f"packed {len(layers)} times over ({content_encoding[:80]})")
        self._kind = layers[0] if layers else ""
        if self._kind in _UNKNOWN:
            raise Undecodable(f"packed as {self._kind}, which was not asked for")
        self._zlib = zlib.decompressobj(_GZIP_OR_ZLIB) if self._kind else None
        self._begun = False

    def feed(self, piece: bytes, room: int) -> bytes:
        """What a piece holds; of more than `room` bytes only the first `room`.

        Args:
            piece: Bytes as they came.
            room: The most that is unpacked, at least 1.

        Raises:
            Undecodable: These bytes cannot be unpacked.
        """
        if self._zlib is None:
            return piece[:room]
        unpacked = bytearray()
        while piece and len(unpacked) < room:
            unpacked += self._step(piece, room - len(unpacked))
            if not self._zlib.eof:
                break
            # a gzip file may have several members, one behind the other
            piece = self._zlib.unused_data
            if self._kind not in _GZIP or not piece.startswith(b"\x1f\x8b"):
                break  # padding, as some servers send it
            self._zlib = zlib.decompressobj(_GZIP_OR_ZLIB)
        return bytes(unpacked)

    def _step(self, piece: bytes, room: int) -> bytes:
        assert self._zlib is not None
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

    def finish(self) -> None:
        """To be called after the last piece.

        Raises:
            Undecodable: The body ended in the middle.
        """
        if self._zlib is not None and self._begun and not self._zlib.eof:
            raise Undecodable(f"the {self._kind} data end in the middle")
