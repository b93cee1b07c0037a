"""Port: pictures made anew."""

from dataclasses import dataclass
from typing import Protocol


class BadPicture(Exception):
    """This is no picture that can be shown: broken, of a kind that is not taken, or of too many pixels."""


@dataclass(frozen=True, slots=True)
class PictureBox:
    """The most pixels that a picture may have. A smaller one stays as small as it is."""

    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture as we keep it."""

    data: bytes
    media_type: str


class PictureEncoder(Protocol):
    """Decodes a picture and encodes its pixels anew: nothing else of the file is kept, neither what somebody hid in it
    nor where it was taken."""

    async def encode(self, picture: bytes, box: PictureBox, *, as_png: bool) -> Picture:
        """The first frame, upright, within ``box``.

        Args:
            picture: PNG, JPEG or WebP, small enough to be in memory.
            as_png: keeps what is transparent; otherwise a JPEG on white.

        Raises:
            BadPicture: see there.
        """
        ...
