"""Pictures in a terminal: their bars as text, and the file where somebody wants it."""

from __future__ import annotations

import io
from pathlib import Path


def words_of(png: bytes) -> str:
    """What the picture shows, as text: our pictures say so themselves under "Description"; else nothing."""
    # only where a picture is shown: a start does without Pillow
    from PIL import Image  # noqa: PLC0415

    with Image.open(io.BytesIO(png)) as image:
        told = image.info.get("Description", "")
    return told if isinstance(told, str) else ""


class PictureFolder:
    """Keeps pictures as picture-1.png, picture-2.png, …; files of earlier runs stay.

    Args:
        folder: Made if it is missing.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._next = 1

    def keep(self, png: bytes) -> Path:
        """Write a picture; its path.

        Raises:
            OSError: It cannot be written.
        """
        self._folder.mkdir(parents=True, exist_ok=True)
        while (path := self._folder / f"picture-{self._next}.png").exists():
            self._next += 1
        path.write_bytes(png)
        return path
